"""The workbook that officers are given: filled in as they would, it gives the paper that says just that."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from pipeline import line
from pipeline.commands.cli import main
from tests.conftest import Office

CALCULATED = "xlsx:Calc MS Excel 2007 XML"  # its formulas worked out
TYPED: dict[str, date | str] = {
    "Date": date(2027, 1, 24), "Title": "Tides", "Action proposed": "That the tables are sent to every berth.",
    "Lead officer": "Jo Bell", "Due date": date(2027, 9, 1),
    "Action taken": "They were sent:\n- to the quay\n- to the lock",
    "Progress status": "In progress",
}  # fmt: skip


def papers(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "panel.xlsx"
    result = papers("new", path, "--committee", "Harbour Panel", "--meeting", "28/3/2027")
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def book(empty: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty, tmp_path))


def filled(path: Path) -> None:
    """Type an action and its officer into the workbook, as they would be typed."""
    made = load_workbook(path)
    sheet = made["Actions"]
    columns = {str(cell.value).split(" (")[0]: cell.column for cell in sheet[4] if cell.value}
    for heading, value in TYPED.items():
        sheet.cell(5, columns[heading], value)
    people = made["Officers"]
    top = next(row[0].row for row in people.iter_rows() if row[0].value == "Name")
    assert top is not None
    for column, value in enumerate(["Jo Bell", "Lock Keeper", "jo.bell@wexmouth.example"], 1):
        people.cell(top + 1, column, value)
    made.save(path)


def test_filled_in_it_is_ready_and_the_paper_says_what_was_typed(
    book: Path, tmp_path: Path
) -> None:
    filled(book)
    checked = papers("check", book, "--fail-on", "note", "--today", "1/3/2027")
    assert checked.exit_code == 0, checked.output
    result = papers("build", book, "--final", "--to", "docx", "--output", tmp_path / "out")
    assert result.exit_code == 0, result.output
    (paper,) = (tmp_path / "out").rglob("*.docx")
    table = docx.Document(str(paper)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
        [
            "HP-001", "24/01/27", "Tides", "That the tables are sent to every berth.",
            "Jo Bell\nDue 01/09/27", "They were sent:\nto the quay\nto the lock", "In progress",
        ]
    ]  # fmt: skip


def test_a_row_that_an_officer_marks_as_exempt_is_an_error_until_it_is_taken_out(
    book: Path, tmp_path: Path
) -> None:
    filled(book)
    made = load_workbook(book)
    (column,) = (cell.column for cell in made["Actions"][4] if cell.value == "Exempt")
    rules = made["Actions"].data_validations.dataValidation
    assert '"Yes,No"' in [rule.formula1 for rule in rules]
    assert "Exempt" in [cell.value for cell in made["Guidance"]["A"]]
    for answer, exit_code in (("No", 0), ("Yes", 1)):
        made["Actions"].cell(5, column, answer)
        made.save(book)
        said = papers("check", book, "--fail-on", "note", "--today", "1/3/2027")
        assert said.exit_code == exit_code, said.output
        assert ("[exempt-row]" in said.output) == (answer == "Yes")
    refused = papers("build", book, "--final", "--output", tmp_path / "out")
    assert (refused.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert (
        papers("new", tmp_path / "next.xlsx", "--from", book, "--meeting", "23/5/2027").exit_code
        == 0
    )
    following = load_workbook(tmp_path / "next.xlsx")["Actions"]
    assert [following.cell(row, column).value for row in (5, 6)] == ["Yes", None]


def test_it_has_what_officers_are_promised(book: Path) -> None:
    made = load_workbook(book)
    assert made.sheetnames == ["Actions", "Officers", "Guidance", "Lists"]
    sheet = made["Actions"]
    assert sheet.protection.sheet
    assert [sheet.cell(4, 1).protection.locked, sheet.cell(5, 3).protection.locked] == [True, False]
    assert sheet.freeze_panes is not None
    assert {sheet.cell(row, 3).alignment.horizontal for row in (4, 5)} == {"left"}
    assert len(sheet.tables) == 1
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert {"list"} <= kinds
    assert all(len(rule.formula1 or "") <= 255 for rule in sheet.data_validations.dataValidation)
    assert sheet.conditional_formatting


def test_the_next_meeting_s_has_what_is_open_with_its_reference(book: Path, tmp_path: Path) -> None:
    filled(book)
    after = tmp_path / "next.xlsx"
    said = papers("new", after, "--from", book, "--meeting", "23/5/2027").output
    assert "1 open action carried forward" in said
    sheet = load_workbook(after)["Actions"]
    assert [sheet.cell(5, 1).value, sheet.cell(6, 1).value] == ["HP-001", "HP-002"]
    early = papers("new", tmp_path / "b.xlsx", "--from", book, "--meeting", "28/3/2027")
    assert (early.exit_code, "the next cannot be on 28/03/2027" in early.output) == (2, True)
    other = ("--meeting", "23/5/2027", "--committee", "Quay Panel")
    others = papers("new", tmp_path / "b.xlsx", "--from", book, *other)
    assert (others.exit_code, "has no actions of 'Quay Panel'" in others.output) == (2, True)
    refused = papers("new", after, "--from", book, "--meeting", "23/5/2027")
    assert (refused.exit_code, "is there already" in refused.output) == (2, True)


def still_needed(path: Path) -> dict[int, str]:
    """What each row still needs, as the workbook says it."""
    sheet = load_workbook(path, data_only=True)["Actions"]
    columns = {str(cell.value): cell.column for cell in sheet[4] if cell.value}
    return {
        row: str(said)
        for row in range(5, 12)
        if (said := sheet.cell(row, columns["Still needed"]).value)
    }


def test_the_workbook_says_by_itself_what_the_checks_say(
    book: Path, office: Office, tmp_path: Path
) -> None:
    filled(book)
    made = load_workbook(book)
    sheet = made["Actions"]
    columns = {str(cell.value): cell.column for cell in sheet[4] if cell.value}
    for row, (update, due) in enumerate(
        [("TBC", date(2027, 9, 1)), ("?", date(2027, 9, 1)), ("They were sent.", date(2027, 3, 27)),
         ("y" * 2000, date(2027, 3, 28)), ("", date(2027, 9, 1)),
         ("<5 were late; >40 came *twice?*", date(2027, 9, 1))], 6,
    ):  # fmt: skip
        for heading, value in {**TYPED, "Action taken": update, "Due date": due}.items():
            sheet.cell(row, columns[heading], value or None)
    made.save(book)
    said = still_needed(office(book, CALCULATED, tmp_path / "calc"))
    assert said == {
        6: "Write an update.", 7: "Write an update.", 10: "Write an update.",
        8: "Due before the meeting: agree a new date, or close it.",
    }  # fmt: skip
    result = papers("check", tmp_path / "calc" / book.name, "--format", "csv").output
    found = [line.split(",")[2:4] for line in result.splitlines()[1:]]
    assert [cell for cell, check in found if check == "missing-update"] == ["G6", "G7", "G10"]
    assert [cell for cell, check in found if check == "overdue"] == ["F8"]
    assert not [cell for cell, check in found if check == "stray-text"]


def test_the_next_workbook_asks_for_what_has_been_done_since(
    book: Path, office: Office, tmp_path: Path
) -> None:
    filled(book)
    may = tmp_path / "may.xlsx"
    assert papers("new", may, "--from", book, "--meeting", "27/5/2027").exit_code == 0
    made = load_workbook(may)
    columns = {str(cell.value): cell.column for cell in made["Actions"][4] if cell.value}
    made["Actions"].cell(5, columns["Action taken"], "They were sent to the lock too.")
    made.save(tmp_path / "answered.xlsx")
    before, after = office([may, tmp_path / "answered.xlsx"], CALCULATED, tmp_path / "calc")
    assert still_needed(before) == {5: "Write what has been done since."}
    assert still_needed(after) == {}
    (checked,) = line.checked(after, line.council("wexmouth"))
    assert [
        f.check for f in checked.findings if f.check in ("stray-text", "unpublished-column")
    ] == []


def test_what_nobody_has_filled_in_since_is_not_ready(book: Path, tmp_path: Path) -> None:
    filled(book)
    may, out = tmp_path / "may.xlsx", tmp_path / "out"
    papers("new", may, "--from", book, "--meeting", "27/5/2027")
    checked = papers("check", may, "--output", out, "--today", "1/4/2027")
    assert checked.exit_code == 1
    assert "  1 of 1 update says nothing that the last meeting did not." in checked.output
    assert "NOT READY. Missing: 1 update. From 1 officer" in checked.output
    papers("build", book, "--final", "--to", "docx", "--output", out)
    checked = papers("check", may, "--output", out, "--today", "1/4/2027")
    assert "  1 of 1 update says nothing that the paper of 28 March 2027 did not." in checked.output
    (paper,) = out.rglob("*.docx")
    again = tmp_path / "again.xlsx"
    assert papers("import", paper, again).exit_code == 0
    checked = papers("check", again, "--output", tmp_path / "none", "--today", "1/4/2027")
    assert (checked.exit_code, "stale-update" in checked.output) == (1, True)


def test_a_link_carried_forward_is_no_news_and_another_is(book: Path, tmp_path: Path) -> None:
    filled(book)
    may = tmp_path / "may.xlsx"
    for path, link, code in ((book, "a", 0), (may, "", 1), (may, "b", 0)):
        if path == may and not link:
            papers("new", may, "--from", book, "--meeting", "27/5/2027")
        if link:
            made = load_workbook(path)
            columns = {str(cell.value): cell.column for cell in made["Actions"][4] if cell.value}
            address = f"https://www.wexmouth.example/{link}"
            made["Actions"].cell(5, columns["Action taken"]).hyperlink = address
            made.save(path)
        assert papers("check", path, "--today", "1/3/2027").exit_code == code, link
