"""Makes the two sample workbooks of inputs/ the way officers make them; the words are in sample_texts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell import Cell as OneCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from sample_texts import (
    COMMITTEE,
    COMMITTEE_ITEMS,
    COMMITTEE_PAPER,
    OFFICERS,
    PANEL,
    PANEL_PAPER,
    PANEL_ROWS,
)

from pipeline.officers.excel_file import saved

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, from anywhere

Cell: TypeAlias = str | date

INPUTS = ROOT / "inputs"
SAVED = datetime(2027, 1, 5, 16, 20)
PANEL_HEADINGS = ["Date", "Title", "Action proposed", "Action Taken", "Progress Status"]
COMMITTEE_HEADINGS: list[Cell] = [
    "Reference", "Date", "Title", "Action proposed", "Lead officer", "Due date", "Action taken",
    "Progress status", "Date completed", "Internal notes",
]  # fmt: skip
EDGE = Side(style="thin", color="FF999999")
GRID = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)


def panel() -> Workbook:
    """The panel's workbook: five columns, dates in several forms, a paste or two, and gaps."""
    book = Workbook()
    sheet = first_sheet(book, "Actions")
    banner(sheet, [PANEL, PANEL_PAPER], len(PANEL_HEADINGS))
    for number, row in enumerate([PANEL_HEADINGS, *PANEL_ROWS], 4):
        heads = row[0] in ("Date", "HEADINGS")
        for column, words in enumerate(PANEL_HEADINGS if heads else row, 1):
            sheet.cell(number, column, words or None)
        dress(sheet, number, len(PANEL_HEADINGS), heading=heads)
    sheet["A5"] = date(2026, 9, 24)
    sheet["A5"].number_format = "dd/mm/yyyy"
    sheet.merge_cells("A5:A8")  # one item's date and title over its four rows
    sheet.merge_cells("B5:B8")
    for row in sheet.iter_rows(min_row=5):
        for cell in row:
            if isinstance(cell.value, str) and "Waiting times have fallen" in cell.value:
                cell.value = emphasised(cell.value, "have risen in the west")
            if cell.value == "A letter was sent by the Chair on 16 November.":
                cell.hyperlink = "https://www.wexmouth.example/letters/2026-11-16"
                cell.style = "Normal"
                cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), GRID
    widths(sheet, [13, 26, 46, 80, 16])
    print_set_up(sheet, 4)
    return book


def committee() -> Workbook:
    """The committee's workbook: ten columns, a filter, frozen headings and a sheet of contacts."""
    book = Workbook()
    sheet = first_sheet(book, "Action log")
    banner(sheet, [COMMITTEE, COMMITTEE_PAPER], len(COMMITTEE_HEADINGS))
    sheet["A3"], sheet["C3"] = "Meeting date", date(2027, 1, 21)
    sheet["C3"].number_format, sheet["C3"].alignment = "d mmmm yyyy", Alignment(horizontal="left")
    for number, row in enumerate([COMMITTEE_HEADINGS, *committee_rows()], 4):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value or None)
            if isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"
        dress(sheet, number, len(COMMITTEE_HEADINGS), heading=number == 4)
    sheet.auto_filter.ref = f"A4:J{sheet.max_row}"
    sheet.freeze_panes = "D5"
    widths(sheet, [13, 12, 24, 40, 18, 14, 60, 16, 15, 30])
    print_set_up(sheet, 4)
    contacts = book.create_sheet("Contacts")
    for line in [("Name", "Role", "E-mail", "Telephone"), *OFFICERS]:
        contacts.append(line)
    widths(contacts, [20, 32, 36, 16])
    return book


def committee_rows() -> Iterator[list[Cell]]:
    """The committee's thirty rows, with references in order."""
    number = 0
    for (day, title), actions in COMMITTEE_ITEMS:
        for action, officer, due, update, status, completed, note in actions:
            number += 1
            name = OFFICERS[officer][0]
            yield [
                f"ETC/26/{number:03}", date.fromisoformat(day), title, action, name, day_or_words(due),
                update, status, day_or_words(completed), note,
            ]  # fmt: skip


def day_or_words(words: str) -> Cell:
    """A date where the words are one in ISO form, as Excel would have it; else the words as typed."""
    return date.fromisoformat(words) if words[:4].isdigit() else words


def emphasised(words: str, part: str) -> CellRichText:
    """Some words with a part of them in bold."""
    before, _, after = words.partition(part)
    return CellRichText(before, TextBlock(InlineFont(b=True, rFont="Calibri", sz=11), part), after)


def first_sheet(book: Workbook, name: str) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    return sheet


def banner(sheet: Worksheet, lines: list[str], columns: int) -> None:
    """The title lines, each merged over the table's width."""
    for number, line in enumerate(lines, 1):
        sheet.cell(number, 1, line).font = Font(name="Calibri", size=16 - 2 * number, bold=True)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=columns)


def dress(sheet: Worksheet, row: int, columns: int, *, heading: bool) -> None:
    """Borders and wrapping as officers set them."""
    for column in range(1, columns + 1):
        cell = sheet.cell(row, column)
        cell.border = GRID
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if heading:
            cell.font = Font(name="Calibri", bold=True)
            cell.fill = PatternFill("solid", fgColor="FFD9E2EC")


def print_set_up(sheet: Worksheet, heading_row: int) -> None:
    """Landscape A4, one page wide, the headings on every page, rows as high as their words."""
    for number in range(heading_row, sheet.max_row + 1):
        row = [cell for cell in sheet[number] if isinstance(cell, OneCell)]
        lines = [lines_of(str(cell.value or ""), sheet, cell.column_letter) for cell in row]
        sheet.row_dimensions[number].height = min(409, 15 * max(lines))  # points; Excel's most
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{heading_row}:{heading_row}"


def lines_of(words: str, sheet: Worksheet, letter: str) -> int:
    """How many lines some words take in a column, about."""
    room = sheet.column_dimensions[letter].width - 1
    return sum(1 + int(len(line) / room) for line in words.split("\n"))


def widths(sheet: Worksheet, characters: list[int]) -> None:
    for letter, width in zip("ABCDEFGHIJ", characters, strict=False):
        sheet.column_dimensions[letter].width = width


def save(book: Workbook, path: Path) -> None:
    """Save with fixed times, so that the same words give the same bytes."""
    book.properties.creator = "Wexmouth City Council"
    book.properties.created = book.properties.modified = SAVED
    path.write_bytes(saved(book, f"{SAVED:%Y-%m-%dT%H:%M:%SZ}"))


def main() -> None:
    """Write both workbooks."""
    INPUTS.mkdir(exist_ok=True)
    save(panel(), INPUTS / "children-and-learning-scrutiny-panel.xlsx")
    save(committee(), INPUTS / "environment-and-transport-committee.xlsx")


if __name__ == "__main__":
    main()
