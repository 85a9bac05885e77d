"""How the officers' workbook looks, and the sheets beside the actions: officers, guidance and lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import astuple
from openpyxl import Workbook as ExcelWorkbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.council.columns import Columns
from pipeline.council.contrast import blended
from pipeline.council.house import HouseStyle
from pipeline.model.action import CLOSED, column_letters
from pipeline.model.people import Officer
from pipeline.officers.excel_file import write_words
from pipeline.officers.fields import (
    CLOSED_STATUSES,
    OFFICER_NAMES,
    PLACEHOLDERS,
    STATUSES,
    STILL_NEEDED,
    WORDS,
)

_OFFICERS, _GUIDANCE, _LISTS = "Officers", "Guidance", "Lists"
_OFFICER_ROWS = 100
FIRST_ROW = 5  # of the table on each sheet; its headings are a row above
_PAPER_SIZES = {"A3": 8, "A4": 9}  # ECMA-376-1 18.3.1.63
_HIGHEST = 409.0  # points, as Excel has it
_INCH = 25.4  # millimetres
_SIZE = 11  # points
_LINE = 14.5  # points: a line of that size
_SPARE = 5.5  # points between the words and the next row
_TINT, _GRID_TINT = 0.12, 0.45  # of the colour, the rest is the page's
DATE = "dd/mm/yyyy"
TEXT = "@"  # so that a line that begins with a hyphen is no formula


class Looks:
    """The house style as Excel has it."""

    def __init__(self, house: HouseStyle) -> None:
        """Take fonts and colours from the house style."""
        colours, family = house.colours, house.font.family
        self.house = house
        self.usual = Font(name=family, sz=_SIZE, color=_argb(colours.text))
        self.bold = Font(name=family, sz=_SIZE, b=True, color=_argb(colours.heading_text))
        self.quiet = Font(name=family, sz=_SIZE, color=_argb(colours.repeated))
        self.needed = Font(name=family, sz=_SIZE, b=True, color=_argb(colours.missing))
        self.link = Font(name=family, sz=_SIZE, u="single", color=_argb(colours.link))
        self.heading_fill = PatternFill("solid", fgColor=_argb(colours.heading_fill))
        self.missing = _argb(colours.missing)
        self.missing_fill = _argb(blended(colours.page, colours.missing, _TINT))
        side = Side(style="thin", color=_argb(blended(colours.page, colours.rule, _GRID_TINT)))
        self.grid = Border(left=side, right=side, top=side, bottom=side)

    def title(self, sheet: Worksheet, row: int, words: str, size: float) -> None:
        cell = at(sheet, row, 1)
        write_words(cell, words)
        cell.font = Font(
            name=self.usual.name, sz=size, b=True, color=_argb(self.house.colours.title)
        )

    def headings(self, sheet: Worksheet, row: int, words: Sequence[str]) -> None:
        for column, heading in enumerate(words, 1):
            cell = at(sheet, row, column)
            write_words(cell, heading)
            cell.font, cell.fill, cell.border = self.bold, self.heading_fill, self.grid
            cell.alignment = Alignment("left", "center", wrap_text=True, indent=1)

    def cell(self, cell: Cell, *, is_open: bool, number_format: str = TEXT) -> None:
        """Make a cell of a table; officers write in those that are `is_open`."""
        cell.font, cell.border, cell.number_format = self.usual, self.grid, number_format
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
        cell.protection = Protection(locked=not is_open)

    def rows(
        self,
        sheet: Worksheet,
        first: int,
        rows: Sequence[tuple[str, ...]],
        *,
        column: int = 1,
        is_open: bool = False,
    ) -> None:
        """Write rows of a table, from a row and a column on."""
        for row, words in enumerate(rows, first):
            for number, said in enumerate(words, column):
                self.cell(at(sheet, row, number), is_open=is_open)
                if said:
                    write_words(at(sheet, row, number), said)

    def set_usual_font(self, book: ExcelWorkbook) -> None:
        """Make the house font the workbook's, by which it counts widths."""
        inner: Any = book  # no public way in openpyxl
        inner._named_styles["Normal"].font = self.usual
        inner._fonts[0] = self.usual


def at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell; there are no merged ones."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def fit_rows(sheet: Worksheet, first: int) -> None:
    """Give each row the height that its words need: Excel counts it too, but not before they are edited."""
    columns = range(1, sheet.max_column + 1)  # openpyxl counts it over all cells each time
    for row in range(first, sheet.max_row + 1):
        lines = 1
        for column in columns:
            cell = at(sheet, row, column)
            width = sheet.column_dimensions[cell.column_letter].width - 3  # its indents
            if cell.value is not None and cell.data_type != "f":
                said = str(cell.value).split("\n")
                lines = max(lines, sum(1 + int(len(line) / width) for line in said))
        sheet.row_dimensions[row].height = min(_LINE * lines + _SPARE, _HIGHEST)


def _argb(colour: str) -> str:
    """A #RRGGBB colour as Excel writes it."""
    return f"FF{colour[1:].upper()}"


def add_officers(book: ExcelWorkbook, officers: Sequence[Officer], looks: Looks) -> None:
    """Add the sheet of officers, from which lead officers are chosen."""
    free = max(_OFFICER_ROWS, 2 * len(officers)) - len(officers)
    rows = [*map(astuple, officers), *[("",) * len(WORDS.sheets[_OFFICERS].headings)] * free]
    looks.rows(_listing(book, _OFFICERS, looks), FIRST_ROW, rows, is_open=True)
    names = f"{_OFFICERS}!$A${FIRST_ROW}:$A${FIRST_ROW + len(rows) - 1}"
    grown = f"OFFSET({_OFFICERS}!$A${FIRST_ROW},0,0,MAX(1,COUNTA({names})),1)"
    book.defined_names[OFFICER_NAMES] = DefinedName(OFFICER_NAMES, attr_text=grown)


def add_guidance(book: ExcelWorkbook, headings: dict[str, str], looks: Looks) -> None:
    """Add the page that says what to write in each column, and what happens next."""
    sheet = _listing(book, _GUIDANCE, looks)
    lines = [(heading, WORDS.fields[name].prompt) for name, heading in headings.items()]
    looks.rows(sheet, FIRST_ROW, [*lines, (STILL_NEEDED, WORDS.needed)])
    row = FIRST_ROW + len(lines) + 2
    looks.headings(sheet, row, [WORDS.next, ""])
    steps = [(f"Step {number}", words) for number, words in enumerate(WORDS.steps, 1)]
    looks.rows(sheet, row + 1, steps)


def add_lists(
    book: ExcelWorkbook, columns: Columns, placeholders: Sequence[str], looks: Looks
) -> None:
    """Add the statuses that there are to choose from, those of open actions first; and what is no update."""
    sheet = _listing(book, _LISTS, looks)
    words = {name: raws[0] for name, raws in columns.statuses.items() if raws}
    opened = [(said, WORDS.open) for name, said in words.items() if name not in CLOSED]
    closed = [(said, WORDS.closed) for name, said in words.items() if name in CLOSED]
    no_update = [*(one for one in placeholders if not one.endswith("…")), *WORDS.signs]
    looks.rows(sheet, FIRST_ROW, [*opened, *closed])
    looks.rows(sheet, FIRST_ROW, [(one,) for one in no_update], column=3)
    last = FIRST_ROW + len(words) - 1
    for named, letter, first, end in (
        (PLACEHOLDERS, "C", FIRST_ROW, FIRST_ROW + len(no_update) - 1),
        (STATUSES, "A", FIRST_ROW, last),
        (CLOSED_STATUSES, "A", min(last, FIRST_ROW + len(opened)), last),
    ):
        area = f"{_LISTS}!${letter}${first}:${letter}${end}"
        book.defined_names[named] = DefinedName(named, attr_text=area)


def _listing(book: ExcelWorkbook, name: str, looks: Looks) -> Worksheet:
    """A new sheet with a title, a line of what it is for, and its headings."""
    sheet: Worksheet = book.create_sheet(name)
    looks.title(sheet, 1, name, looks.house.font.subtitle)
    write_words(at(sheet, 2, 1), WORDS.sheets[name].hint)
    at(sheet, 2, 1).font = looks.usual
    looks.headings(sheet, FIRST_ROW - 1, list(WORDS.sheets[name].headings))
    set_widths(sheet, WORDS.sheets[name].headings.values())
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.sheet_view.showGridLines = False
    return sheet


def set_widths(sheet: Worksheet, widths: Iterable[int]) -> None:
    """Make the columns as wide as so many characters, from the first."""
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[column_letters(number)].width = width


def print_landscape(sheet: Worksheet, heading_row: int, size: str = "A4") -> None:
    """Print landscape, one page wide, with the heading row on every page."""
    sheet.page_setup.paperSize = _PAPER_SIZES[size]
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def finish(sheet: Worksheet, house: HouseStyle) -> None:
    """Fit the rows and what is printed, and lock what is not open, without a password; officers may still sort,
    filter, size and link.
    """
    fit_rows(sheet, FIRST_ROW)
    print_landscape(sheet, FIRST_ROW - 1, house.page.size)
    sheet.page_setup.fitToWidth = 1
    margins = house.page.margins
    sheet.page_margins = PageMargins(
        **{side: getattr(margins, side) / _INCH for side in ("left", "right", "top", "bottom")}
    )
    footer = sheet.oddFooter
    assert footer is not None
    footer.center.text = house.wording.page.format(page="&P", pages="&N")
    locks = sheet.protection
    locks.sheet = True
    locks.sort = locks.autoFilter = locks.formatCells = locks.formatColumns = False
    locks.formatRows = locks.insertRows = locks.insertHyperlinks = False
