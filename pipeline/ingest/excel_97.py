"""Workbooks of Excel 97-2003 (.xls), read by xlrd."""

from __future__ import annotations

import io
import struct
from datetime import date
from typing import Any, TypeAlias

import xlrd  # type: ignore[import-untyped]
from msgspec.structs import replace
from xlrd.compdoc import CompDocError  # type: ignore[import-untyped]
from xlrd.formula import get_externsheet_local_range  # type: ignore[import-untyped]

from pipeline.ingest.cells import Pieces, cell_as_shown, cut
from pipeline.ingest.faces import BOLD, WHITE, Face, Look, escapement
from pipeline.ingest.filling import Filling
from pipeline.ingest.refusals import refused
from pipeline.ingest.workbook import EPOCH, MAC_EPOCH, CellFault, Read, Sheet, SourceCell
from pipeline.model.action import Place

_Fetching: TypeAlias = dict[tuple[int, int], tuple[int, int, int]]

_LACKING = "what floats over its cells, and the fills of whole rows"
# What xlrd lets through from damaged files: it looks into no record before it takes it apart.
_BROKEN = (
    xlrd.XLRDError, CompDocError, struct.error, IndexError, KeyError, ValueError, TypeError, AssertionError,
    AttributeError, EOFError, OverflowError, NotImplementedError, NameError, ArithmeticError, MemoryError, OSError,
)  # fmt: skip
_SOLID = 1
# Records of a sheet: that a filter hides rows of it, its end, a formula ([MS-XLS] 2.4.121, 2.4.103, 2.4.127).
_FILTERED, _END, _FORMULA = 0x9B, 0x0A, 0x06
_CONDITIONS = (0x1B0, 0x879)  # [MS-XLS] 2.4.56, 2.4.57
_FIRST_TOKEN = 22  # byte of a formula's record
# How a formula begins that fetches a cell of its sheet, or of another, and its bytes.
_HERE, _ELSEWHERE = 5, 7
_FETCHES = dict.fromkeys((0x24, 0x44, 0x64), _HERE) | dict.fromkeys((0x3A, 0x5A, 0x7A), _ELSEWHERE)
_FILTER_AREA = "_FilterDatabase"


def read_excel_97(data: bytes, name: str) -> Read:
    """What a workbook holds. Raises `PipelineError` where it is damaged or protected."""
    why = ""
    for with_looks in (True, False):
        try:
            return _made(data, with_looks=with_looks)
        except _BROKEN as fault:
            why = "locked" if "encrypted" in str(fault) else type(fault).__name__
    raise refused(name, "locked") if why == "locked" else refused(name, "no records", why=why)


def _made(data: bytes, *, with_looks: bool) -> Read:
    """What xlrd makes of a workbook; where its looks are broken, without them."""
    book = xlrd.open_workbook(
        file_contents=data, formatting_info=with_looks, logfile=io.StringIO(), on_demand=True
    )
    looks = [_look(book, xf) for xf in book.xf_list]
    sheets = tuple(_sheet(book, one, looks) for one in book.sheets())
    return Read(sheets, _LACKING, passed_over=() if with_looks else ("how its cells look",))


def _look(book: Any, xf: Any) -> Look:
    """How the cells of a style look."""
    kept = book.format_map.get(xf.format_key)
    pattern = xf.background.fill_pattern
    fill = _colour(book, xf.background.pattern_colour_index) if pattern == _SOLID else ""
    code = kept.format_str if kept is not None else "General"
    return Look(code, _face(book, xf.font_index), fill if pattern else WHITE)


def _face(book: Any, number: int) -> Face:
    """The type of a font."""
    if number not in range(len(book.font_list)):
        return Face()
    font = book.font_list[number]
    return Face(
        font.weight >= BOLD,
        bool(font.italic),
        bool(font.struck_out),
        font.name,
        _colour(book, font.colour_index),
        escapement(font.escapement),
        font.height / 20,  # of twentieths of a point
    )


def _colour(book: Any, number: int) -> str:
    """A colour of the workbook's palette; empty for the system's own."""
    known = book.colour_map.get(number)
    return "#{:02X}{:02X}{:02X}".format(*known) if known else ""


def _sheet(book: Any, source: Any, looks: list[Look]) -> Sheet:
    """A sheet, put together."""
    made = Filling(source.name)
    epoch = MAC_EPOCH if book.datemode else EPOCH
    kinds, fetching = _passed_over(book, source.number)
    is_certain = kinds.isdisjoint(_CONDITIONS)  # no condition changes how cells look
    for row in range(source.nrows):
        for column, one in enumerate(source.row(row)):
            style = looks[one.xf_index] if one.xf_index in range(len(looks)) else Look()
            shown = style if is_certain else replace(style, ground="")
            found = _source_cell(book, source, (row, column), shown, epoch)
            target = fetching.get((row, column))
            if target and one.ctype == xlrd.XL_CELL_NUMBER and not one.value:
                found = found if _is_number(book, source, fetching, target) else None
            made.fill(row + 1, column + 1, style.fill)
            if found is not None:
                made.add(found)
    made.noted |= {
        (row + 1, column + 1): n.text for (row, column), n in source.cell_note_map.items()
    }
    made.merged += [
        (top + 1, left + 1, down, right) for top, down, left, right in source.merged_cells
    ]
    for number, info in source.rowinfo_map.items():  # heights in twentieths of a point
        made.hide_row(number + 1, info.height / 20, is_hidden=info.hidden)
    for number, info in source.colinfo_map.items():
        made.hide_columns(number + 1, number + 1, info.width / 256, is_hidden=info.hidden)
    if _FILTERED in kinds:
        for known in book.name_obj_list:
            if known.builtin and known.name == _FILTER_AREA and known.scope == source.number:
                _, top, bottom, left, right = known.area2d(clipped=False)
                made.filtered.append((top + 1, left + 1, bottom, right))
    return made.sheet(hidden=source.visibility != 0, epoch=epoch)


def _passed_over(book: Any, number: int) -> tuple[set[int], _Fetching]:
    """What xlrd passes over of a sheet's records, which are walked: their kinds, and the cells whose formulas do
    nothing but fetch another, with the sheet, row and column of that.
    """
    at = book._sh_abs_posn[number]  # where its records begin
    kinds, kind = set[int](), 0
    fetching: _Fetching = {}
    while kind != _END and at + 4 <= len(book.mem):
        kind, size = struct.unpack_from("<HH", book.mem, at)
        kinds.add(kind)
        if kind == _FORMULA and size > _FIRST_TOKEN:
            row, column, length, token = struct.unpack_from("<HH16xHB", book.mem, at + 4)
            if _FETCHES.get(token) == length:
                end = at + 4 + _FIRST_TOKEN + length
                sheet, there, across = struct.unpack_from("<HHH", book.mem, end - 6)
                is_elsewhere = length == _ELSEWHERE
                local = get_externsheet_local_range(book, sheet)[0] if is_elsewhere else number
                fetching[row, column] = local, there, across & 0x3FFF
        at += 4 + size
    return kinds, fetching


def _is_number(book: Any, source: Any, fetching: _Fetching, target: tuple[int, int, int]) -> bool:
    """Whether there is a number in a cell that another fetches: not where that cell only fetches one too."""
    number, row, column = target
    if number < 0 or (number == source.number and (row, column) in fetching):
        return False
    cells = book.sheet_by_index(number)
    is_there = row < cells.nrows and column < cells.row_len(row)
    return is_there and bool(cells.cell_type(row, column) == xlrd.XL_CELL_NUMBER)


def _source_cell(
    book: Any, source: Any, at: tuple[int, int], style: Look, epoch: date
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
    elif one.ctype == xlrd.XL_CELL_TEXT:
        value = _pieces(book, one.value, source.rich_text_runlist_map.get(at))
    link = source.hyperlink_map.get(at)
    target = (link.url_or_path if link is not None else None) or ""
    return cell_as_shown(
        Place(source.name, row + 1, column + 1), value, style, epoch=epoch, fault=fault,
        link=target.decode("utf-8", "replace") if isinstance(target, bytes) else target,
    )  # fmt: skip


def _pieces(book: Any, text: str, changes: list[tuple[int, int]] | None) -> Pieces | str:
    """A text, in pieces where parts of it have type of their own."""
    pieces = cut(text, changes) if changes else []
    return [
        (words, None if font is None else _face(book, font), "") for words, font in pieces
    ] or text
