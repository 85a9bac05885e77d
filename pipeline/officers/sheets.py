"""How the officers' workbook looks, and the sheets beside the actions: officers, guidance and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook as ExcelWorkbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.council.columns import Columns
from pipeline.council.house import HouseStyle
from pipeline.model.action import CLOSED
from pipeline.model.people import Officer
from pipeline.officers.excel_file import write_words
from pipeline.officers.fields import (
    CLOSED_STATUSES,
    OFFICER_NAMES,
    PLACEHOLDERS,
    STATUSES,
    WORKBOOK_FIELDS,
)

STILL_NEEDED = "Still needed"  # headings and sheets that templates/columns.toml ignores
LAST_TIME = "At the last meeting"
_SIGNS = ("-", "–", "?", ".", "…")  # that hold an update's place
_OFFICERS, _GUIDANCE, _LISTS = "Officers", "Guidance", "Lists"
_OFFICER_ROWS = 100
_FIRST_ROW = 5  # of the lists on these sheets; their headings are a row above
_PAPER_SIZES = {"A3": 8, "A4": 9}  # ECMA-376-1 18.3.1.63
_HIGHEST = 409.0  # points, as Excel has it
_INCH = 25.4  # millimetres
_SIZE = 11  # points
_LINE = 14.5  # points: a line of that size
_SPARE = 5.5  # points between the words and the next row
_TINT, _GRID_TINT = 0.12, 0.45  # of the colour, the rest is the page's
DATE = "dd/mm/yyyy"
TEXT = "@"  # so that a line that begins with a hyphen is no formula

_NEXT_STEPS = [
    "Save the workbook and tell the clerk that you are done.",
    "If something is missing, the clerk tells you the cell and what to write there.",
    "The committee's paper has your words as you wrote them. It is published, but for internal notes "
    "and the sheet of officers.",
    "For the next meeting you get a workbook with the actions that are still open.",
]


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
        self.missing_fill = _argb(_mixed(colours.missing, colours.page, _TINT))
        side = Side(style="thin", color=_argb(_mixed(colours.rule, colours.page, _GRID_TINT)))
        self.grid = Border(left=side, right=side, top=side, bottom=side)

    def title(self, sheet: Worksheet, row: int, words: str, size: float) -> None:
        """Write a line of the title."""
        cell = at(sheet, row, 1)
        write_words(cell, words)
        cell.font = Font(
            name=self.usual.name, sz=size, b=True, color=_argb(self.house.colours.title)
        )

    def headings(self, sheet: Worksheet, row: int, words: Sequence[str]) -> None:
        """Write a row of headings."""
        for column, heading in enumerate(words, 1):
            cell = at(sheet, row, column)
            write_words(cell, heading)
            cell.font, cell.fill, cell.border = self.bold, self.heading_fill, self.grid
            cell.alignment = Alignment(wrap_text=True, vertical="center", indent=1)

    def cell(self, cell: Cell, *, is_open: bool, number_format: str = TEXT) -> None:
        """Make a cell of a table; officers write in those that are `is_open`."""
        cell.font, cell.border, cell.number_format = self.usual, self.grid, number_format
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
        cell.protection = Protection(locked=not is_open)

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


def _mixed(one: str, other: str, share: float) -> str:
    """A colour with a `share` of one #RRGGBB colour and the rest of another."""
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02X}" for a, b in pairs)


def add_officers(book: ExcelWorkbook, officers: Sequence[Officer], looks: Looks) -> None:
    """Add the sheet of officers, from which lead officers are chosen."""
    hint = "Lead officers are chosen from these names, and the clerk writes to these addresses. Never published."
    headings = {"Name": 28, "Role": 38, "E-mail": 40, "Telephone": 20}
    sheet = _listing(book, _OFFICERS, hint, headings, looks)
    rows = max(_OFFICER_ROWS, 2 * len(officers))
    for row in range(_FIRST_ROW, _FIRST_ROW + rows):
        for column in range(1, len(headings) + 1):
            looks.cell(at(sheet, row, column), is_open=True)
    for row, officer in enumerate(officers, _FIRST_ROW):
        for column, words in enumerate(
            (officer.name, officer.role, officer.email, officer.telephone), 1
        ):
            if words:
                write_words(at(sheet, row, column), words)
    fit_rows(sheet, _FIRST_ROW)
    names = f"{_OFFICERS}!$A${_FIRST_ROW}:$A${_FIRST_ROW + rows - 1}"
    grown = f"OFFSET({_OFFICERS}!$A${_FIRST_ROW},0,0,MAX(1,COUNTA({names})),1)"
    book.defined_names[OFFICER_NAMES] = DefinedName(OFFICER_NAMES, attr_text=grown)


def add_guidance(book: ExcelWorkbook, headings: dict[str, str], looks: Looks) -> None:
    """Add the page that says what to write in each column, and what happens next."""
    hint = (
        "Write on the sheet Actions, in the next free row: one action a row. Headings are locked."
    )
    sheet = _listing(book, _GUIDANCE, hint, {"Column": 30, "What to write": 110}, looks)
    lines = [(heading, WORKBOOK_FIELDS[name].prompt) for name, heading in headings.items()]
    needed = "What the row lacks, by itself; cells that lack something have a dashed edge. Empty: you are done."
    for row, (heading, words) in enumerate([*lines, (STILL_NEEDED, needed)], _FIRST_ROW):
        for column, said in enumerate((heading, words), 1):
            looks.cell(at(sheet, row, column), is_open=False)
            write_words(at(sheet, row, column), said)
    row = _FIRST_ROW + len(lines) + 2
    looks.headings(sheet, row, ["What happens next", ""])
    for number, words in enumerate(_NEXT_STEPS, 1):
        for column, said in enumerate((f"Step {number}", words), 1):
            looks.cell(at(sheet, row + number, column), is_open=False)
            write_words(at(sheet, row + number, column), said)
    fit_rows(sheet, _FIRST_ROW)


def add_lists(
    book: ExcelWorkbook, columns: Columns, placeholders: Sequence[str], looks: Looks
) -> None:
    """Add the statuses that there are to choose from, those of open actions first; and what is no update."""
    hint = "The statuses to choose from. The clerk's settings (columns.toml) give them."
    sheet = _listing(book, _LISTS, hint, {"Status": 30, "Means": 30, "No update": 30}, looks)
    words = {name: raws[0] for name, raws in columns.statuses.items() if raws}
    ordered = sorted(words, key=lambda name: name in CLOSED)
    for row, name in enumerate(ordered, _FIRST_ROW):
        means = "nothing more is to be done" if name in CLOSED else "the action is open"
        for column, said in enumerate((words[name], means), 1):
            looks.cell(at(sheet, row, column), is_open=False)
            write_words(at(sheet, row, column), said)
    said_for_none = [words for words in placeholders if not words.endswith("…")]
    for row, none in enumerate((*said_for_none, *_SIGNS), _FIRST_ROW):
        looks.cell(at(sheet, row, 3), is_open=False)
        write_words(at(sheet, row, 3), none)
    fit_rows(sheet, _FIRST_ROW)
    area = f"{_LISTS}!$C${_FIRST_ROW}:$C${_FIRST_ROW + len(said_for_none) + len(_SIGNS) - 1}"
    book.defined_names[PLACEHOLDERS] = DefinedName(PLACEHOLDERS, attr_text=area)
    last = _FIRST_ROW + len(ordered) - 1
    first_closed = min(last, _FIRST_ROW + sum(name not in CLOSED for name in ordered))
    for named, first in ((STATUSES, _FIRST_ROW), (CLOSED_STATUSES, first_closed)):
        area = f"{_LISTS}!$A${first}:$A${last}"
        book.defined_names[named] = DefinedName(named, attr_text=area)


def _listing(
    book: ExcelWorkbook, name: str, hint: str, headings: Mapping[str, int], looks: Looks
) -> Worksheet:
    """A new sheet with a title, a line of what it is for, and headings of some widths."""
    sheet: Worksheet = book.create_sheet(name)
    looks.title(sheet, 1, name, looks.house.font.subtitle)
    write_words(at(sheet, 2, 1), hint)
    at(sheet, 2, 1).font = looks.usual
    looks.headings(sheet, _FIRST_ROW - 1, list(headings))
    for letter, width in zip("ABCD", headings.values(), strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{_FIRST_ROW}"
    sheet.sheet_view.showGridLines = False
    print_setup(sheet, looks.house, _FIRST_ROW - 1)
    protect(sheet)
    return sheet


def print_setup(sheet: Worksheet, house: HouseStyle, heading_row: int) -> None:
    """Print landscape, one page wide, with the heading row and the page's number on every page."""
    margins = house.page.margins
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _PAPER_SIZES[house.page.size]
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(
        left=margins.left / _INCH, right=margins.right / _INCH,
        top=margins.top / _INCH, bottom=margins.bottom / _INCH,
    )  # fmt: skip
    words = house.wording.page.format(page="&P", pages="&N")
    footer = sheet.oddFooter
    assert footer is not None
    footer.center.text = words


def protect(sheet: Worksheet) -> None:
    """Lock what is not open, without a password; officers may still sort, filter, size and link."""
    locks = sheet.protection
    locks.sheet = True
    locks.sort = locks.autoFilter = locks.formatCells = locks.formatColumns = False
    locks.formatRows = locks.insertRows = locks.insertHyperlinks = False
