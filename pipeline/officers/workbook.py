"""The workbook that officers fill in: the sheet of actions, and the others put beside it.

The columns, statuses and looks are the council's. Sheets are protected without a password, so that
headings and formulas stay, and officers' cells are open. As a table of Excel does not grow on a
protected sheet, empty rows are made ready; `asides` knows them for no actions.
"""

from __future__ import annotations

from itertools import zip_longest

from openpyxl import Workbook as ExcelWorkbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.check.checked import Council
from pipeline.council.columns import Columns
from pipeline.council.dates import is_plain
from pipeline.model.action import DATE_FIELDS, Action, DateText, column_letters, plain
from pipeline.model.errors import PipelineError
from pipeline.model.words import key
from pipeline.officers.excel_file import LONGEST, lines_of, link_of, saved, write_text, write_words
from pipeline.officers.fields import EXEMPT, LAST_TIME, STILL_NEEDED, WORDS, needs
from pipeline.officers.next_meeting import Start
from pipeline.officers.sheets import (
    DATE,
    FIRST_ROW,
    TEXT,
    Looks,
    add_guidance,
    add_lists,
    add_officers,
    at,
    finish,
    set_widths,
)

_SHEET = "Actions"
_READY_ROWS = 200
_HEADING_HEIGHT = 32  # points: two lines
_ZOOM = 85  # per cent: the columns side by side on a usual screen


def made(start: Start, council: Council) -> bytes:
    """The workbook that a committee starts with, as a file.

    Raises `PipelineError` where an action carried forward has more words than a cell can hold.
    """
    house, headings = council.house, _own_headings(council.columns)
    looks = Looks(house)
    book = ExcelWorkbook()
    looks.set_usual_font(book)
    sheet = book.worksheets[0]
    sheet.title = _SHEET
    looks.title(sheet, 1, start.committee, house.font.title)
    looks.title(sheet, 2, f"{start.paper} – {house.long_day(start.meeting)}", house.font.subtitle)
    rows = range(FIRST_ROW, FIRST_ROW + len(start.actions) + _READY_ROWS)
    _add_table(sheet, headings, rows, start, looks)
    _add_validations(sheet, headings, rows)
    _add_marks(sheet, list(headings), rows, start, looks)
    _open_at(sheet, list(headings), rows[len(start.actions)])
    add_officers(book, start.officers, looks)
    add_guidance(book, headings, looks)
    add_lists(book, council.columns, council.rules.placeholders, looks)
    for one in book.worksheets:
        finish(one, house)
    book.security = WorkbookProtection(lockStructure=True)
    book.properties.creator = house.council.name
    book.properties.title = f"{start.committee}: {start.paper}"
    book.properties.language = house.council.language
    return saved(book, f"{start.meeting:%Y-%m-%d}T00:00:00Z", is_new=True)


def _own_headings(columns: Columns) -> dict[str, str]:
    """The fields that the council itself has headings for, in its order, and the first of each; and the column
    that asks whether a row is exempt.
    """
    own = {
        name: known.headings[0]
        for name, known in columns.fields.items()
        if name in WORDS.fields and known.headings and key(known.headings[0]) in columns.own
    }
    return {**own, EXEMPT: "Exempt"}


def _add_table(
    sheet: Worksheet, headings: dict[str, str], rows: range, start: Start, looks: Looks
) -> None:
    """Make the table with its headings, the actions carried forward and the references of the free rows, officers'
    cells open; and beside it what each row still needs, and what was written for the last meeting if there was one.
    """
    beside = [STILL_NEEDED, *([LAST_TIME] if start.actions else [])]
    looks.headings(sheet, FIRST_ROW - 1, [*headings.values(), *beside])
    sheet.row_dimensions[FIRST_ROW - 1].height = _HEADING_HEIGHT
    set_widths(sheet, [*(WORDS.fields[name].width for name in headings), *WORDS.beside.values()])
    for place, (row, action) in enumerate(zip_longest(rows, start.actions)):
        for number, name in enumerate(headings, 1):
            cell, is_day = at(sheet, row, number), name in DATE_FIELDS
            looks.cell(cell, is_open=True, number_format=DATE if is_day else TEXT)
            if action is None and name == "reference":
                write_words(cell, next(start.references))
            elif name == EXEMPT:
                cell.value = "Yes" if place in start.exempt else None
            elif action and is_day:
                _write_date(cell, action.day(name))
            elif action:
                _write_field(cell, action, name, looks)
        needed = at(sheet, row, len(headings) + 1)
        looks.cell(needed, is_open=False, number_format="General")
        needed.font = looks.needed
        said = needs(list(headings), row, rows[0], start)
        parts = [f'IF({lacks},"{need.words} ","")' for need, lacks in said]
        needed.value = f"=TRIM({'&'.join(parts)})"
        if action:
            before = at(sheet, row, len(headings) + 2)
            looks.cell(before, is_open=False)
            before.font = looks.quiet
            if action.update:
                write_words(before, "".join(run.text for run in lines_of(action.update)))
                before.hyperlink = link_of(action.update)
    last = column_letters(len(headings))
    sheet.add_table(Table(displayName=_SHEET, ref=f"A{FIRST_ROW - 1}:{last}{rows[-1]}"))


def _write_field(cell: Cell, action: Action, name: str, looks: Looks) -> None:
    """Put a field's text into its cell. Raises `PipelineError` where it is too long for one."""
    said = action.text(name)
    length = len("".join(run.text for run in lines_of(said)))
    if length > LONGEST:
        raise PipelineError(
            f"{action.cells[name]} and the rows that continue it have {length:,} characters; "
            f"a cell holds {LONGEST:,} ({plain(action.reference)}).",
            "Shorten it, or make two actions of it.",
        )
    if said:
        write_text(cell, said)
    if cell.hyperlink:
        cell.font = looks.link


def _write_date(cell: Cell, given: DateText) -> None:
    """Put a date into a cell as a date; with words in it, as the words."""
    if given.day and is_plain(given.text):
        cell.value = given.day
        cell.number_format = DATE
    elif given.text:
        write_words(cell, given.text)


def _add_validations(sheet: Worksheet, headings: dict[str, str], rows: range) -> None:
    """Say in each officers' cell what belongs there, and check dates and choices."""
    for number, (name, heading) in enumerate(headings.items(), 1):
        letter = column_letters(number)
        known = WORDS.fields[name]
        rule = DataValidation(
            **known.takes,
            allowBlank=True,
            showInputMessage=True,
            showErrorMessage=True,
            promptTitle=heading[:32],
            prompt=known.prompt,
            errorTitle=heading[:32],
            error=known.error,
        )
        rule.add(f"{letter}{rows[0]}:{letter}{rows[-1]}")
        sheet.add_data_validation(rule)


def _add_marks(
    sheet: Worksheet, fields: list[str], rows: range, start: Start, looks: Looks
) -> None:
    """Mark the cells that lack something, besides the words beside them."""
    side = Side(style="dashed", color=looks.missing)
    mark = DifferentialStyle(
        fill=PatternFill(bgColor=looks.missing_fill, fill_type="solid"),
        border=Border(left=side, right=side, top=side, bottom=side),
    )
    lacking: dict[str, list[str]] = {}
    for need, lacks in needs(fields, rows[0], rows[0], start):
        lacking.setdefault(need.field, []).append(lacks)
    for number, name in enumerate(fields, 1):
        if name in lacking:
            formula = f"OR({','.join(lacking[name])})"
            letter = column_letters(number)
            rule = Rule(type="expression", formula=[formula], dxf=mark)
            sheet.conditional_formatting.add(f"{letter}{rows[0]}:{letter}{rows[-1]}", rule)


def _open_at(sheet: Worksheet, fields: list[str], row: int) -> None:
    """Keep the headings and references in view, and open on the next free row."""
    kept = "B" if fields[0] == "reference" else "A"
    sheet.freeze_panes = f"{kept}{FIRST_ROW}"
    sheet.sheet_view.zoomScale = _ZOOM
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = f"{kept}{row}"
