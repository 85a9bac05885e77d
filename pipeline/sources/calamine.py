"""Old and other workbooks (.xls, .xlsb, .ods), read by python-calamine: their values, and no looks."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO

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
    rows = []
    for number, values in enumerate(source.iter_rows() if source.start else (), 1 + top):
        filled = {
            column: SourceCell(
                Place(name, number, column), (Run(shown(value)),), plain_value(value), number
            )
            for column, value in enumerate(values, 1 + left)
            if value != ""
        }
        if filled:
            rows.append(SourceRow(number, filled))
    return Sheet(name, hidden, tuple(rows), frozenset(), False, EPOCH)


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
