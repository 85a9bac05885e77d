"""Workbooks of Excel in binary parts (.xlsb), read by python-calamine: their values, and no looks."""

from __future__ import annotations

from datetime import time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from pipeline.ingest import limits
from pipeline.ingest.cells import cell_as_shown, spread_merged
from pipeline.ingest.excel_styles import Look
from pipeline.ingest.workbook import Read, Sheet, SourceCell, SourceRow
from pipeline.model.action import Place
from pipeline.model.errors import PipelineError

_LACKING = "bold type, links, notes, struck-out text, fill colours, number formats and hidden rows"


def read_excel_binary(data: bytes, name: str) -> Read:
    """What a workbook holds. Raises `PipelineError` where it is damaged or protected."""
    try:
        book = CalamineWorkbook.from_object(BytesIO(data))
        sheets = tuple(
            _sheet(
                book.get_sheet_by_name(known.name),
                known.name,
                hidden=known.visible != SheetVisibleEnum.Visible,
            )
            for known in book.sheets_metadata
        )
    except BaseException as fault:
        is_panic = type(fault).__module__ == "pyo3_runtime"  # an abort of Rust, of no known class
        if not is_panic and not isinstance(fault, CalamineError | OSError | ValueError):
            raise
        raise PipelineError(
            f"{name} cannot be read ({type(fault).__name__}).",
            "Open it where it was made, and save it as 'Excel Workbook (.xlsx)'.",
        ) from None
    return Read(sheets, _LACKING)


def _sheet(source: CalamineSheet, name: str, *, hidden: bool) -> Sheet:
    """A sheet's filled cells, row by row. Cells count from the first that is filled, so from `start`."""
    top, left = source.start or (0, 0)
    by_row: dict[int, dict[int, SourceCell]] = {}
    limits.keep(name, source.total_height, limits.ROWS, "rows in a sheet")
    limits.keep(name, source.height * source.width, limits.CELLS, "cells in a sheet")
    for number, values in enumerate(source.iter_rows() if source.start else (), 1 + top):
        for column, value in enumerate(values, 1 + left):
            made = _source_cell(Place(name, number, column), value)
            if made is not None:
                by_row.setdefault(number, {})[column] = made
    ranges = source.merged_cell_ranges or ()
    spanned = spread_merged(
        ((up + 1, first + 1, down + 1, last + 1) for (up, first), (down, last) in ranges), by_row
    )
    rows = tuple(
        SourceRow(number, dict(sorted(cells.items())), spanned=number in spanned)
        for number, cells in sorted(by_row.items())
    )
    return Sheet(name, rows, hidden)


def _source_cell(place: Place, value: object) -> SourceCell | None:
    """A cell's words; a number's are as it is stored, for how it is shown is not read."""
    if isinstance(value, timedelta):
        value = str(value)
    if isinstance(value, time):
        value = f"{value:%H:%M}"
    is_number = isinstance(value, float | int) and not isinstance(value, bool)
    return cell_as_shown(place, value, Look(), fault="format" if is_number else "")
