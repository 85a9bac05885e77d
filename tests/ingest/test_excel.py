"""What stands in an Excel file's cells, as Excel stores it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelWorkbook
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pipeline.council.dates import date_text
from pipeline.ingest import read
from pipeline.ingest.read import workbook_at
from pipeline.ingest.workbook import SourceCell
from pipeline.model.document import Run

Read = Callable[..., dict[str, SourceCell]]


@pytest.fixture
def cells(tmp_path: Path) -> Read:
    """The cells that a workbook gives when `fill` has filled it; `edit` changes the sheet's XML."""

    def read(
        fill: Callable[[ExcelWorkbook], None],
        edit: tuple[str, str] = ("", ""),
    ) -> dict[str, SourceCell]:
        book = ExcelWorkbook()
        fill(book)
        path = tmp_path / "book.xlsx"
        book.save(tmp_path / "raw.xlsx")
        with zipfile.ZipFile(tmp_path / "raw.xlsx") as raw, zipfile.ZipFile(path, "w") as edited:
            for name in raw.namelist():
                data = raw.read(name)
                if name == "xl/worksheets/sheet1.xml":
                    assert edit[0].encode() in data
                    data = data.replace(edit[0].encode(), edit[1].encode()) if edit[0] else data
                edited.writestr(name, data)
        (sheet,) = workbook_at(path).sheets
        return {cell.place.cell: cell for row in sheet.rows for cell in row.cells.values()}

    return read


def put(**values: str | date | datetime) -> Callable[[ExcelWorkbook], None]:
    def fill(book: ExcelWorkbook) -> None:
        assert book.active is not None
        for name, value in values.items():
            book.active[name] = value

    return fill


def stored(formula: str, value: str) -> tuple[str, str]:
    """The change of a sheet's XML that stores a formula's value as Excel does."""
    return (
        f'<c r="A1"><f>{formula}</f><v></v>',
        f'<c r="A1" t="str"><f>{formula}</f><v>{value}</v>',
    )


def test_a_formula_gives_its_stored_value(cells: Read) -> None:
    made = cells(put(A1="=UPPER(B1)"), stored("UPPER(B1)", "SENT."))["A1"]
    assert (made.words, made.fault) == ("SENT.", "")


def test_a_formula_never_calculated_is_said(cells: Read) -> None:
    assert cells(put(A1="=UPPER(B1)"))["A1"].fault == "uncalculated"


def test_a_hyperlink_formula_gives_words_and_link(cells: Read) -> None:
    formula = 'HYPERLINK("https://www.wexmouth.example/tides","Tide tables")'
    made = cells(put(A1=f"={formula}"), stored(formula, "Tide tables"))["A1"]
    assert made.runs == (Run("Tide tables", link="https://www.wexmouth.example/tides"),)


def test_excel_s_escapes_are_undone(cells: Read) -> None:
    assert cells(put(A1="one_x000D_\ntwo"))["A1"].runs == (Run("one\r\ntwo"),)


def test_the_1904_date_system(cells: Read) -> None:
    def fill(book: ExcelWorkbook) -> None:
        book.epoch = CALENDAR_MAC_1904
        put(A1=datetime(2027, 1, 24))(book)

    made = cells(fill)["A1"]
    assert date_text(made.value, made.words).day == date(2027, 1, 24)


def test_a_date_shown_as_a_month_is_a_month(cells: Read) -> None:
    def fill(book: ExcelWorkbook) -> None:
        put(A1=date(2027, 3, 1))(book)
        assert book.active is not None
        book.active["A1"].number_format = "mmm-yy"

    assert cells(fill)["A1"].words == "March 2027"


def test_a_whole_cell_struck_through_has_no_live_words(cells: Read) -> None:
    def fill(book: ExcelWorkbook) -> None:
        put(A1="Old words.")(book)
        assert book.active is not None
        book.active["A1"].font = Font(strike=True)

    made = cells(fill)["A1"]
    assert (made.words, made.struck) == ("", "Old words.")


@pytest.mark.parametrize(
    ("in_the_file", "typed"),
    [
        ("spoil_x005F_x0041_.csv", "spoil_x0041_.csv"),  # Excel's way to store it
        ("spoil_x005f_x0041_.csv", "spoil_x0041_.csv"),
        ("two_x000A_lines", "two lines"),
        ("a_x005F_b", "a_b"),
    ],
)
def test_excels_escapes_give_what_was_typed(cells: Read, in_the_file: str, typed: str) -> None:
    assert cells(put(A1="WORDS"), ("WORDS", in_the_file))["A1"].words == typed


def test_a_workbook_as_excel_writes_it() -> None:
    (sheet, *_) = read.workbook_at(
        Path(__file__).parents[1] / "fixtures" / "excel-like.xlsx"
    ).sheets
    (said,) = (row.cells[4].words for row in sheet.rows if row.number == 10)
    assert said.endswith("The survey file is named spoil_x0041_.csv.")


def test_rows_that_a_filter_hides_are_filtered_and_others_hidden(tmp_path: Path) -> None:
    book = ExcelWorkbook()
    sheet = book.worksheets[0]
    for number in range(1, 6):
        sheet.append([f"Row {number}"])
    sheet.auto_filter.ref = "A1:A4"
    sheet.auto_filter.add_filter_column(0, ["Row 3"])
    for number in (2, 4, 5):
        sheet.row_dimensions[number].hidden = True
    book.save(tmp_path / "book.xlsx")
    (made,) = workbook_at(tmp_path / "book.xlsx").sheets
    assert [row.number for row in made.rows if row.filtered] == [2, 4]
    assert [row.number for row in made.rows if row.hidden] == [5]


def test_a_stray_cell_in_the_last_corner_costs_nothing(cells: Read) -> None:
    assert list(cells(put(A1="words", XFD1048576="stray"))) == ["A1", "XFD1048576"]
