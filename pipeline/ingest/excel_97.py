"""Workbooks of Excel 97-2003 (.xls), read by xlrd."""

from __future__ import annotations

import io
import struct
from typing import Any

import xlrd  # type: ignore[import-untyped]
from xlrd.compdoc import CompDocError  # type: ignore[import-untyped]
from xlrd.formula import (  # type: ignore[import-untyped]
    FMLA_TYPE_CELL,
    FormulaError,
    decompile_formula,
)

from pipeline.ingest.cells import Pieces, Stored, StoredSheet, cut, put_together
from pipeline.ingest.faces import BOLD_WEIGHT, WHITE, Face, Look, escapement
from pipeline.ingest.refusals import refused
from pipeline.ingest.workbook import EPOCH, LAST_COLUMN, LAST_ROW, MAC_EPOCH, CellFault, Read

_LACKING = "what floats over its cells, and the fills of whole rows"
# What xlrd lets through from damaged files: it looks into no record before it takes it apart.
_BROKEN = (
    xlrd.XLRDError, CompDocError, FormulaError, struct.error, LookupError, ValueError, TypeError, AssertionError,
    AttributeError, EOFError, NameError, ArithmeticError, MemoryError, OSError,
)  # fmt: skip
_SOLID = 1
# Records of a sheet: that a filter hides rows of it, its end, a formula ([MS-XLS] 2.4.121, 2.4.103, 2.4.127).
_FILTERED, _END, _FORMULA = 0x9B, 0x0A, 0x06
_CONDITIONS = (0x1B0, 0x879)  # [MS-XLS] 2.4.56, 2.4.57
_FIRST_TOKEN = 22  # byte of a formula's record
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
    made = put_together([_sheet(book, one, looks) for one in book.sheets()])
    return Read(made, _LACKING, passed_over=() if with_looks else ("how its cells look",))


def _look(book: Any, xf: Any) -> Look:
    """How the cells of a style look."""
    kept = book.format_map.get(xf.format_key)
    pattern = xf.background.fill_pattern
    fill = _colour(book, xf.background.pattern_colour_index) if pattern == _SOLID else ""
    code = kept.format_str if kept is not None else "General"
    return Look(code, _face(book, xf.font_index), fill if pattern else WHITE)


def _face(book: Any, number: int) -> Face:
    if number not in range(len(book.font_list)):
        return Face()
    font = book.font_list[number]
    return Face(
        font.weight >= BOLD_WEIGHT,
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


def _sheet(book: Any, source: Any, looks: list[Look]) -> StoredSheet:
    made = StoredSheet(
        source.name, is_hidden=source.visibility != 0, epoch=MAC_EPOCH if book.datemode else EPOCH
    )
    kinds, formulas = _passed_over(book, source.number)
    if not kinds.isdisjoint(_CONDITIONS):
        made.unknown_grounds.append((1, 1, LAST_ROW, LAST_COLUMN))
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            made.put(row + 1, column + 1, _stored(book, source, (row, column), looks, formulas))
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
    return made


def _passed_over(book: Any, number: int) -> tuple[set[int], dict[tuple[int, int], str]]:
    """What xlrd passes over of a sheet's records, which are walked: their kinds, and the formulas that give 0, by their
    cells.
    """
    at = book._sh_abs_posn[number]  # where its records begin
    kinds, kind = set[int](), 0
    formulas: dict[tuple[int, int], str] = {}
    while kind != _END and at + 4 <= len(book.mem):
        kind, size = struct.unpack_from("<HH", book.mem, at)
        kinds.add(kind)
        if kind == _FORMULA and size > _FIRST_TOKEN and not any(book.mem[at + 10 : at + 18]):
            row, column, length = struct.unpack_from("<HH16xH", book.mem, at + 4)
            tokens = book.mem[at + 4 + _FIRST_TOKEN : at + 4 + size]
            formulas[row, column] = _formula(book, tokens, length, row, column)
        at += 4 + size
    return kinds, formulas


def _formula(book: Any, tokens: bytes, length: int, row: int, column: int) -> str:
    """A formula as Excel writes it; empty where xlrd cannot tell."""
    try:
        return decompile_formula(book, tokens, length, FMLA_TYPE_CELL, row, column) or ""
    except _BROKEN:
        return ""


def _stored(
    book: Any,
    source: Any,
    at: tuple[int, int],
    looks: list[Look],
    formulas: dict[tuple[int, int], str],
) -> Stored:
    """One cell as the file has it."""
    one = source.cell(*at)
    look = looks[one.xf_index] if one.xf_index in range(len(looks)) else Look()
    value: object = one.value
    fault: CellFault = ""
    if one.ctype == xlrd.XL_CELL_ERROR:
        value, fault = xlrd.error_text_from_code.get(one.value, "#N/A"), "error"
    elif one.ctype == xlrd.XL_CELL_BOOLEAN:
        value = bool(one.value)
    elif one.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        value = None
    elif one.ctype == xlrd.XL_CELL_TEXT:
        value = _pieces(book, one.value, source.rich_text_runlist_map.get(at))
    link = source.hyperlink_map.get(at)
    target = (link.url_or_path if link is not None else None) or ""
    address = target.decode("utf-8", "replace") if isinstance(target, bytes) else target
    return Stored(value, look, formulas.get(at), fault, address)


def _pieces(book: Any, text: str, changes: list[tuple[int, int]] | None) -> Pieces | str:
    """A text, in pieces where parts of it have type of their own."""
    pieces = cut(text, changes) if changes else []
    return [
        (words, None if font is None else _face(book, font), "") for words, font in pieces
    ] or text
