"""Workbooks of Excel 97-2003 (.xls), read by xlrd."""

from __future__ import annotations

import io
import struct
from typing import Any

import xlrd  # type: ignore[import-untyped]
from msgspec.structs import replace
from xlrd.compdoc import CompDocError  # type: ignore[import-untyped]

from pipeline.ingest import limits
from pipeline.ingest.cells import LINK_SCHEMES, Pieces, cell_as_shown, spread_merged
from pipeline.ingest.excel_styles import WHITE, Face, Look
from pipeline.ingest.workbook import (
    EPOCH,
    MAC_EPOCH,
    THINNEST_COLUMN,
    THINNEST_ROW,
    CellFault,
    Read,
    Sheet,
    SourceCell,
    SourceRow,
    is_thin,
)
from pipeline.model.action import Place
from pipeline.model.errors import PipelineError

_LACKING = "what floats over its cells, and whether a filter hides rows"
_BROKEN = (
    xlrd.XLRDError, CompDocError, struct.error, IndexError, KeyError, ValueError, TypeError, AssertionError,
    AttributeError, EOFError, OverflowError, NotImplementedError, NameError, ArithmeticError, MemoryError, OSError,
)  # fmt: skip  # what xlrd lets through from damaged files
_SOLID = 1
_BOLD = 600  # of 400 for usual type and 700


def read_excel_97(data: bytes, name: str) -> Read:
    """What a workbook holds. Raises `PipelineError` where it is damaged or protected."""
    try:
        return _made(_opened(data, with_looks=True), ())
    except _BROKEN as fault:
        if "encrypted" in str(fault):
            raise PipelineError(
                f"{name} is protected by a password.",
                "Open it, and save it as 'Excel Workbook (.xlsx)' without the password.",
            ) from None
    try:
        return _made(_opened(data, with_looks=False), ("how its cells look",))
    except _BROKEN as fault:
        raise PipelineError(
            f"{name} cannot be read ({type(fault).__name__}).",
            "Open it where it was made, and save it as 'Excel Workbook (.xlsx)'.",
        ) from None


def _opened(data: bytes, *, with_looks: bool) -> Any:
    """xlrd's workbook."""
    return xlrd.open_workbook(file_contents=data, formatting_info=with_looks, logfile=io.StringIO())


def _made(book: Any, passed_over: tuple[str, ...]) -> Read:
    """The sheets of xlrd's workbook."""
    looks = [_look(book, xf) for xf in book.xf_list]
    sheets = tuple(_sheet(book, one, looks) for one in book.sheets())
    return Read(sheets, _LACKING, passed_over=passed_over)


def _look(book: Any, xf: Any) -> Look:
    """How the cells of a style look."""
    kept = book.format_map.get(xf.format_key)
    pattern = xf.background.fill_pattern
    fill = _colour(book, xf.background.pattern_colour_index) if pattern == _SOLID else ""
    return Look(
        kept.format_str if kept is not None else "General",
        _face(book, xf.font_index),
        "" if fill == WHITE else fill,
        fill if pattern else WHITE,
    )


def _face(book: Any, number: int) -> Face:
    """The type of a font."""
    if number not in range(len(book.font_list)):
        return Face()
    font = book.font_list[number]
    return Face(
        font.weight >= _BOLD,
        bool(font.italic),
        bool(font.struck_out),
        font.name,
        _colour(book, font.colour_index),
    )


def _colour(book: Any, number: int) -> str:
    """A colour of the workbook's palette; empty for the system's own."""
    known = book.colour_map.get(number)
    return "#{:02X}{:02X}{:02X}".format(*known) if known else ""


def _sheet(book: Any, source: Any, looks: list[Look]) -> Sheet:
    """A sheet's filled cells, row by row, with what is hidden."""
    by_row: dict[int, dict[int, SourceCell]] = {}
    filled: dict[int, dict[int, str]] = {}
    epoch = MAC_EPOCH if book.datemode else EPOCH
    limits.keep(source.name, source.nrows, limits.ROWS, "rows in a sheet")
    filled_cells = sum(map(source.row_len, range(source.nrows)))
    limits.keep(source.name, filled_cells, limits.CELLS, "cells in a sheet")
    limits.keep(
        source.name,
        filled_cells * len(source.merged_cells),
        limits.AREAS,
        "cells times merged ranges",
    )
    for row in range(source.nrows):
        for column, one in enumerate(source.row(row)):
            style = looks[one.xf_index] if one.xf_index in range(len(looks)) else Look()
            found = _source_cell(book, source, (row, column), style, epoch)
            if found is not None:
                by_row.setdefault(row + 1, {})[column + 1] = found
            elif style.fill:
                filled.setdefault(row + 1, {})[column + 1] = style.fill
    for row, column in source.cell_note_map:
        bare = SourceCell(Place(source.name, row + 1, column + 1), (), None, row + 1)
        own = by_row.setdefault(row + 1, {})
        own[column + 1] = replace(own.get(column + 1, bare), has_comment=True)
    merged = [
        (top + 1, left + 1, bottom, right) for top, bottom, left, right in source.merged_cells
    ]
    spanned = spread_merged(merged, by_row)
    rows = tuple(
        SourceRow(
            number,
            dict(sorted(cells.items())),
            hidden=_is_hidden(source.rowinfo_map.get(number - 1)),
            spanned=number in spanned,
            fills=filled.get(number, {}),
        )
        for number, cells in sorted(by_row.items())
    )
    hidden = frozenset(
        number + 1
        for number, info in source.colinfo_map.items()
        if info.hidden or is_thin(info.width / 256, THINNEST_COLUMN)
    )
    return Sheet(source.name, rows, source.visibility != 0, hidden, epoch)


def _is_hidden(row: Any) -> bool:
    """Whether a row is hidden, or too low for its words to be seen; its height is in twentieths of a point."""
    return row is not None and (bool(row.hidden) or is_thin(row.height / 20, THINNEST_ROW))


def _source_cell(
    book: Any, source: Any, at: tuple[int, int], style: Look, epoch: Any
) -> SourceCell | None:
    """One cell's words and oddities, or None where there is nothing in it."""
    row, column = at
    one = source.cell(row, column)
    value: object = one.value
    fault: CellFault = ""
    if one.ctype == xlrd.XL_CELL_ERROR:
        value, fault = xlrd.error_text_from_code.get(one.value, "#N/A"), "error"
    elif one.ctype == xlrd.XL_CELL_BOOLEAN:
        value = bool(one.value)
    elif one.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    link = source.hyperlink_map.get(at)
    target = (link.url_or_path if link is not None else None) or ""
    target = target.decode("utf-8", "replace") if isinstance(target, bytes) else target
    safe = target.lower().startswith(LINK_SCHEMES)
    found = cell_as_shown(
        Place(source.name, row + 1, column + 1), value, style,
        pieces=_pieces(book, source, at, style) if one.ctype == xlrd.XL_CELL_TEXT else None,
        epoch=epoch, fault=fault, link=target if safe else None,
    )  # fmt: skip
    return (
        replace(found, left_out_link=target) if found is not None and target and not safe else found
    )


def _pieces(book: Any, source: Any, at: tuple[int, int], style: Look) -> Pieces | None:
    """A text in pieces where parts of it have type of their own."""
    changes = source.rich_text_runlist_map.get(at)
    if not changes:
        return None
    text = source.cell(*at).value
    ends = [*(offset for offset, _ in changes[1:]), len(text)]
    return [
        (text[: changes[0][0]], style.face),
        *(
            (text[start:end], _face(book, font))
            for (start, font), end in zip(changes, ends, strict=True)
        ),
    ]
