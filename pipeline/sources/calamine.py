"""Old and other workbooks (.xls, .xlsb, .ods), read by python-calamine: their values, and no looks."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO

from msgspec.structs import replace
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from pipeline.document import Run
from pipeline.errors import PipelineError
from pipeline.records import Place
from pipeline.workbook import EPOCH, Read, Sheet, SourceCell, SourceRow

LACKING = "bold type, links, notes, struck-out text, fill colours and hidden rows"
EARLIEST = "1980-01-01T00:00:00Z"  # these readers do not give when a file was saved


def read(data: bytes, name: str) -> Read:
    """What a workbook holds. Raises `PipelineError` where it is damaged or protected."""
    try:
        book = CalamineWorkbook.from_object(BytesIO(data))
        sheets = tuple(
            sheet(
                book.get_sheet_by_name(known.name),
                known.name,
                hidden=known.visible != SheetVisibleEnum.Visible,
            )
            for known in book.sheets_metadata
        )
    except CalamineError as fault:
        raise PipelineError(
            f"{name} cannot be read ({type(fault).__name__}).",
            "Open it where it was made, and save it as 'Excel Workbook (.xlsx)'.",
        ) from None
    return Read(sheets, EARLIEST, LACKING)


def sheet(source: CalamineSheet, name: str, *, hidden: bool) -> Sheet:
    """A sheet's filled cells, row by row. Cells count from the first that is filled, so from `start`."""
    top, left = source.start or (0, 0)
    by_row: dict[int, dict[int, SourceCell]] = {}
    for number, values in enumerate(source.iter_rows() if source.start else (), 1 + top):
        filled = {
            column: SourceCell(
                Place(name, number, column), (Run(shown(value)),), plain_value(value), number
            )
            for column, value in enumerate(values, 1 + left)
            if value != ""
        }
        if filled:
            by_row[number] = filled
    spanned = spread_merged(source, by_row)
    rows = tuple(
        SourceRow(number, dict(sorted(cells.items())), spanned=number in spanned)
        for number, cells in sorted(by_row.items())
    )
    return Sheet(name, hidden, rows, frozenset(), False, EPOCH)


def spread_merged(source: CalamineSheet, by_row: dict[int, dict[int, SourceCell]]) -> set[int]:
    """Give each row of a merged range its first row's cell; the rows merged over columns."""
    spanned = set()
    for (top, left), (bottom, right) in source.merged_cell_ranges or ():
        anchor = by_row.get(top + 1, {}).get(left + 1)
        if anchor is None:
            continue
        if right > left:
            spanned.add(top + 1)
            anchor = replace(anchor, last_column=right + 1)
            by_row[top + 1][left + 1] = anchor
        for number in range(top + 2, min(bottom + 1, max(by_row)) + 1):
            by_row.setdefault(number, {})[left + 1] = replace(anchor, anchor_row=top + 1)
    return spanned


def plain_value(value: object) -> object:
    """A value as the date reader takes it: whole numbers as such."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def shown(value: object) -> str:
    """A value in words, as far as its format is known."""
    match value:
        case bool():
            return str(value).upper()
        case datetime() if value.time() == time():
            return f"{value:%d/%m/%Y}"
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
    return str(plain_value(value))
