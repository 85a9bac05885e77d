"""Workbooks of LibreOffice and of Excel 97-2003 give what people see in them, as those of Excel do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelWorkbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.styles.fills import PatternFill

from pipeline.ingest import read
from pipeline.ingest.workbook import SourceCell
from tests.conftest import Office


def filled(path: Path) -> None:
    """A workbook with what each kind of file must carry."""
    book = ExcelWorkbook()
    sheet = book.active
    assert sheet is not None
    for place, value, code in (
        ("A1", 7, '"QSP/"000'), ("B1", 46447, "mmmm yyyy"), ("C1", 0.75, "0%"), ("D1", 46447, "dd/mm/yyyy"),
        ("A2", "Secret", ";;;"), ("B2", "White", "General"), ("C2", "Struck", "General"), ("D2", "Bold", "General"),
        ("A3", "Hidden row", "General"), ("E1", "Hidden column", "General"), ("A4", "#N/A", "General"),
        ("B4", "Merged", "General"), ("A5", "Linked", "General"), ("B5", "Noted", "General"), ("C5", "=1/0", "General"),
        ("A6", "Thin row", "General"), ("F1", "Thin column", "General"), ("A7", "Low row", "General"),
    ):  # fmt: skip
        sheet[place], sheet[place].number_format = value, code
    sheet["B2"].font, sheet["C2"].font, sheet["D2"].font = (
        Font(color="FFFFFF"),
        Font(strike=True),
        Font(bold=True),
    )
    sheet["D4"].fill = PatternFill("solid", fgColor="92D050")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet.row_dimensions[6].height, sheet.row_dimensions[7].height = 1, 6
    sheet.column_dimensions["F"].width = 0.3
    sheet.merge_cells("B4:C4")
    sheet["A5"].hyperlink = "https://quay.example/s"
    sheet["B5"].comment = Comment("Private", "Jo")
    book.create_sheet("Old").sheet_state = "hidden"
    book["Old"]["A1"] = "Old"
    book.save(path)


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_other_kinds_of_file_give_what_is_shown(
    suffix: str, office: Office, tmp_path: Path
) -> None:
    filled(tmp_path / "book.xlsx")
    sheet, old = read.workbook_at(office(tmp_path / "book.xlsx", suffix, tmp_path)).sheets
    cells = {cell.place.cell: cell for row in sheet.rows for cell in row.cells.values()}
    assert [cells[place].words for place in ("A1", "B1", "C1", "D1")] == [
        "QSP/007",
        "March 2027",
        "75%",
        "01/03/2027",
    ]
    assert [cells[place].why_hidden for place in ("A2", "B2", "D2")] == [
        "its number format shows nothing", "its type has the colour of what is behind it", "",
    ]  # fmt: skip
    assert (cells["C2"].words, cells["C2"].struck) == ("", "Struck")
    assert cells["D2"].runs[0].bold
    assert [row.number for row in sheet.rows if row.hidden] == [3, 6]
    assert (set(sheet.hidden_columns), old.hidden) == ({5, 6}, True)
    assert [cells[place].fault for place in ("A4", "C5")] == ["error", "error"]
    assert (cells["B4"].last_column, cells["A5"].runs[0].link) == (3, "https://quay.example/s")
    assert cells["B5"].note
    assert {row.number: row.fills.get(4) for row in sheet.rows}[4] == "#92D050"


CONTENT = """<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:number="n"
 xmlns:fo="f"><office:automatic-styles>
 <number:date-style style:name="N1"><number:month/><number:text> </number:text><number:year/></number:date-style>
 <style:style style:name="c1" style:family="table-cell" style:data-style-name="N1"/>
 <style:style style:name="c2" style:family="table-cell"><style:text-properties style:font-name="Symbol"/></style:style>
 </office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Log">
 <table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="c1"/>
 <table:table-row table:visibility="filter">{}</table:table-row>
 <table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/>
 </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
DATE = 'office:value-type="date" office:date-value="2027-03-01"'
STRING, FLOAT = 'office:value-type="string"', 'office:value-type="float"'


def put(words: str, kind: str = STRING) -> str:
    """A cell of a kind, with words."""
    return f"<table:table-cell {kind if words else ''}>{words}</table:table-cell>"


def cells_of(tmp_path: Path, row: str) -> list[SourceCell]:
    path = tmp_path / "log.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", CONTENT.format(row))
    (sheet,) = read.workbook_at(path).sheets
    assert all(one.filtered and not one.hidden for one in sheet.rows)
    return [cell for one in sheet.rows for cell in one.cells.values()]


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (put("<text:p>One<text:s text:c='2'/>two</text:p><text:p>three</text:p>"), ["One two three"]),
        (put("<text:p>x</text:p>", f"{STRING} table:number-columns-repeated='2'"), ["x", "x"]),
        (put("<text:p>0</text:p>", f"{FLOAT} office:value='0' table:formula='of:=[$Z.$A$1]'"), []),
        (put("<text:p>0</text:p>", f"{FLOAT} office:value='0'"), ["0"]),
        (put("<text:p/>", f"{FLOAT} office:value='0'"), []),
        (put("<text:p>£3.10</text:p>", f"{FLOAT} office:value='3.10'"), ["£3.10"]),
        (put("<text:p>5 mm</text:p>", f"{STRING} table:style-name='c2'"), ["5 µµ"]),
        (put("<text:p>Err:502</text:p>"), ["Err:502"]),
        (2 * put("") + put("<text:p>March 2027</text:p>", DATE), ["March 2027"]),
    ],
)  # fmt: skip
def test_an_open_document_gives_the_text_that_is_shown(
    row: str, shown: list[str], tmp_path: Path
) -> None:
    assert [cell.words for cell in cells_of(tmp_path, row)] == shown
