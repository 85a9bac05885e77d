"""Whatever officers send: other files than .xlsx give the same records, and say what they cannot carry."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as ExcelWorkbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pipeline import line
from pipeline.ingest import number_formats, read
from pipeline.ingest.excel_97 import read_excel_97
from pipeline.model.action import plain
from pipeline.model.errors import PipelineError
from pipeline.published.records import ActionRecord
from tests.conftest import WEXMOUTH, Office

FIXTURES = Path(__file__).parents[1] / "fixtures"
COMMITTEE = Path(__file__).parents[2] / "inputs" / "environment-and-transport-committee.xlsx"
FEW = (
    "Harbour Panel\nMonitoring – 28 March 2027\nDate{0}Title{0}Action proposed{0}Action taken{0}Progress status\n"
    '24/01/27{0}Tide tables{0}"That the tables, all of them, are sent."{0}They were sent.{0}Completed\n'
)


def records(path: Path) -> list[ActionRecord]:
    council = WEXMOUTH
    (made,) = line.checked(path, council)
    return line.records_of(made, council).actions


def findings(path: Path) -> list[str]:
    (made,) = line.checked(path, WEXMOUTH)
    return [finding.check for finding in made.findings]


def said(record: ActionRecord) -> tuple[object, ...]:
    return (
        record.item, record.reference, record.date, record.title, record.action, record.update,
        record.status, record.officers, record.due, record.completed,
    )  # fmt: skip


LOG = "Harbour Panel\nLog – 14 January 2027\nDate,Title,Action proposed,Action taken,Progress status\n"
TYPED = {
    "shows-nothing": f'{LOG}1/12/26,Tides,That they turn.,=B4&" turned.",Completed\n'
    '2/12/26,Locks,That they open.,="",Open\n',
    "fetched": f"{LOG}1/12/26,Tides,That they turn.,=4-4,Open\n2/12/26,Locks,That they open.,=Z9,Open\n",
    "false": "=B2\n",
}
CELLS = [
    ("Typed", 0),
    ("Here", "=B1"),
    ("There", "=Other!A1"),
    ("Gone", "=B99"),
    ("Off", "=Other!B9"),
]
Saved = Callable[[str, str], Path]


def book_of(*rows: Sequence[Any]) -> tuple[ExcelWorkbook, Worksheet]:
    book = ExcelWorkbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    return book, sheet


@pytest.fixture(scope="module")
def saved(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """A file that LibreOffice has worked out and saved as one of another kind, by the name of what it shows."""
    folder = tmp_path_factory.mktemp("saved")
    for name, words in TYPED.items():
        (folder / f"{name}.csv").write_text(words, encoding="utf-8")
    book, _ = book_of(*CELLS)
    book.create_sheet("Other")["A1"] = 0
    book.save(folder / "zeros.xlsx")
    book, sheet = book_of([date(2027, 3, 4)])
    sheet["A1"].number_format = "mmm yy"
    book.save(folder / "month.xlsx")
    book, sheet = book_of(["Late"])
    sheet["A1"].font = Font(color="FFFFFF")
    book.save(folder / "hidden.xlsx")
    fill = PatternFill(bgColor="C00000")
    rule = FormulaRule(formula=['A1="Late"'], fill=fill)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add("A1", rule)
    book.save(folder / "perhaps-hidden.xlsx")

    @cache
    def all_as(kind: str) -> Path:
        reading = "--infilter=CSV:44,34,76,1,,0,false,true,false,true"
        office(sorted(folder.glob("*.csv")), kind, folder / kind, reading)
        office([COMMITTEE, *sorted(folder.glob("*.xlsx"))], kind, folder / kind)
        return folder / kind

    return lambda name, kind: all_as(kind) / f"{name}.{kind}"


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_other_workbooks_give_the_same_records(saved: Saved, suffix: str) -> None:
    path = saved(COMMITTEE.stem, suffix)
    assert list(map(said, records(path))) == list(map(said, records(COMMITTEE)))
    assert ("limited-format" in findings(path)) == (suffix == "xls")


def test_a_binary_workbook_gives_the_same_records() -> None:
    binary, plain_one = FIXTURES / "tidy.xlsb", FIXTURES / "tidy.xlsx"
    assert list(map(said, records(binary))) == list(map(said, records(plain_one)))
    assert "limited-format" in findings(binary)


@pytest.mark.parametrize(
    ("name", "separator", "encoding"),
    [("a.csv", ",", "utf-8"), ("a.csv", ";", "cp1252"), ("a.csv", ",", "utf-8-sig"), ("a.csv", "\t", "utf-16")],
)  # fmt: skip
def test_text_saved_by_a_spreadsheet(
    tmp_path: Path, name: str, separator: str, encoding: str
) -> None:
    text = FEW.format(separator)
    if separator == "\t":
        text = text.replace('"', "")
    (tmp_path / name).write_text(text, encoding=encoding)
    (record,) = records(tmp_path / name)
    assert (record.action, record.cells["action"]) == (
        "That the tables, all of them, are sent.",
        "a!C4",
    )


def test_a_text_with_tabs_saved_by_excel_has_cells_of_several_lines(tmp_path: Path) -> None:
    text = FEW.format("\t").replace("They were sent.", '"They were sent.\n• twice"')
    (tmp_path / "a.txt").write_text(text, encoding="utf-16")
    (record,) = records(tmp_path / "a.txt")
    assert record.update == "They were sent.\n• twice"
    assert record.action == "That the tables, all of them, are sent."


def test_a_paste_with_tabs_keeps_its_quotation_marks(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(
        FEW.format("\t").replace("sent.", 'sent "today".', 1), encoding="utf-8"
    )
    (record,) = records(tmp_path / "a.tsv")
    assert record.action == '"That the tables, all of them, are sent "today"."'


def test_a_pasted_paper_as_text_reads_as_it_does_in_a_sheet() -> None:
    as_text, as_sheet = (records(FIXTURES / f"pasted.{suffix}") for suffix in ("tsv", "xlsx"))
    assert list(map(said, as_text)) == list(map(said, as_sheet))


@pytest.mark.parametrize("mark", ["~$tracker.csv", ".~lock.tracker.csv#"])
def test_a_workbook_that_somebody_has_open_is_said(tmp_path: Path, mark: str) -> None:
    (tmp_path / "tracker.csv").write_text(FEW.format(","), encoding="utf-8")
    (tmp_path / mark).write_bytes(b"")
    assert "open-workbook" in findings(tmp_path / "tracker.csv")


def test_a_file_that_changes_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tracker.csv"
    path.write_text(FEW.format(","), encoding="utf-8")
    reads: list[int] = []
    read_bytes = Path.read_bytes

    def while_saved(self: Path) -> bytes:
        data = read_bytes(self)
        if self == path and len(reads) < saves:
            reads.append(len(data))
            path.write_bytes(data + b"\n")
        return data

    monkeypatch.setattr(Path, "read_bytes", while_saved)
    saves = 1
    assert plain(next(line.checked(path, WEXMOUTH)).tracker.actions[0].title) == "Tide tables"
    saves = 99
    with pytest.raises(PipelineError, match="is being changed"):
        read.workbook_at(path)


@pytest.mark.parametrize(
    ("value", "number_format", "words"),
    [
        (1.1, "0.00", "1.10"), (12, "0000", "0012"), (7, '"AC-"000', "AC-007"), (0.256, "0.0%", "25.6%"),
        (1234.5, "[$£-809]#,##0.00", "£1,234.50"), (12, '0" days"', "12 days"), (1.5, "#,##0.##", "1.5"),
        (-3, "0.0", "-3.0"), (2.5, "0.0_);(0.0)", "2.5"), (3, "0", "3"),
        (5, "General", "5"), (5, "@", "5"), (43489, "dd/mm/yyyy", None), (5, "# ?/?", "5"), (5, "0E+00", "5E+00"),
    ],
)  # fmt: skip
def test_a_number_reads_as_its_cell_shows_it(
    value: float, number_format: str, words: str | None
) -> None:
    assert number_formats.shown(value, number_format) == words


@pytest.mark.parametrize(
    ("number_format", "words"),
    [
        ("d-mmm", "4-Mar"), ("D/M", "4/3"), ("[$-809]dd mmmm;@", "04 March"), ('d"."mm', "4.03"), ("ddd d", "Thu 4"),
        ("dd/mm/yyyy", None), ("mm-dd-yy", None), ("d/m h:mm", "4/3 0:00"), ("General", None), ("", None),
    ],
)  # fmt: skip
def test_a_day_without_a_year_reads_as_its_cell_shows_it(
    number_format: str, words: str | None
) -> None:
    assert number_formats.day_shown(date(2027, 3, 4), number_format) == words


def test_a_formula_that_shows_nothing_is_told_from_one_never_calculated(saved: Saved) -> None:
    (made,) = line.checked(saved("shows-nothing", "xlsx"), WEXMOUTH)
    found = [(f.place.cell, f.check) for f in made.findings if str(f.severity) == "error"]
    assert found == [("D5", "missing-update")]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_zero_fetched_from_an_empty_cell_is_nothing_in_any_kind_of_file(
    kind: str, saved: Saved
) -> None:
    (made,) = line.checked(saved("fetched", kind), WEXMOUTH)
    assert [plain(action.update) for action in made.tracker.actions] == ["0", ""]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_zero_fetched_from_a_zero_is_one(kind: str, saved: Saved) -> None:
    made = read.workbook_at(saved("zeros", kind))
    words = [[cell.words for cell in row.cells.values()] for row in made.sheets[0].rows]
    assert words == [["Typed", "0"], ["Here", "0"], ["There", "0"], ["Gone"], ["Off"]]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize(("name", "is_hidden"), [("hidden", True), ("perhaps-hidden", False)])
def test_type_is_not_hidden_where_a_condition_may_fill_its_cell(
    kind: str, name: str, is_hidden: bool, saved: Saved
) -> None:
    made = read.workbook_at(saved(name, kind))
    assert bool(made.sheets[0].rows[0].cells[1].hidden) == is_hidden


def test_a_false_that_is_fetched_is_no_empty_cell(saved: Saved) -> None:
    formula = re.compile(rb"(\x06\0..\0{4}..)\0{8}", re.DOTALL)  # of A1, and its value
    false = b"\1\0\0\0\0\0\xff\xff"
    data, count = formula.subn(lambda found: found[1] + false, saved("false", "xls").read_bytes())
    made = read_excel_97(data, "log.xls")
    assert (count, [cell.words for cell in made.sheets[0].rows[0].cells.values()]) == (1, ["FALSE"])


def test_a_formula_that_cannot_be_told_leaves_the_workbook_readable(saved: Saved) -> None:
    formula = re.compile(rb"(\x06\0.{8}\0{8}.{8}).", re.DOTALL)  # to its first token
    told = saved("zeros", "xls").read_bytes()
    data, count = formula.subn(lambda found: found[1] + b"\x18", told)
    assert count > 1
    made = read_excel_97(data, "log.xls")
    assert [cell.words for cell in made.sheets[0].rows[0].cells.values()] == ["Typed", "0"]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_day_shown_as_a_month_is_one_in_any_kind_of_file(kind: str, saved: Saved) -> None:
    made = read.workbook_at(saved("month", kind))
    assert [cell.words for cell in made.sheets[0].rows[0].cells.values()] == ["March 2027"]


TABLE = [
    ["Harbour Panel", "", "", "", ""],
    ["Log – 14 January 2027", "", "", "", ""],
    ["Date", "Title", "Action proposed", "Action taken", "Progress status"],
    ["1/2/27", "Tides", "That this, that, and the other turn; all.", "They did; so, and so, yes.", "Completed"],
]  # fmt: skip


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["log.csv", "log.txt"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "utf-16", "cp1252"])
def test_a_text_is_read_whatever_parts_its_cells(
    separator: str, name: str, coding: str, tmp_path: Path
) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows(TABLE)
    (tmp_path / name).write_bytes(written.getvalue().encode(coding))
    (made,) = line.checked(tmp_path / name, WEXMOUTH)
    (action,) = made.stated
    assert (action.action, action.update) == (TABLE[3][2], TABLE[3][3])


def test_a_list_that_another_system_saved_under_a_workbooks_name(tmp_path: Path) -> None:
    cells = "".join(f"<tr>{''.join(f'<td>{one}' for one in row)}</tr>" for row in TABLE)
    (tmp_path / "log.xls").write_text(f"<html><table>{cells}</table></html>", encoding="utf-8")
    (made,) = line.checked(tmp_path / "log.xls", WEXMOUTH)
    assert made.stated[0].action == TABLE[3][2]
