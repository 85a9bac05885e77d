"""Workbooks of Excel in binary parts (.xlsb, [MS-XLSB]): each record that tells something of the words is taken as
the element that stands for it in other Excel files, and read as that.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cached_property

from lxml import etree

from pipeline.ingest.cells import cut
from pipeline.ingest.excel import read_parts
from pipeline.ingest.faces import BOLD_WEIGHT, escapement
from pipeline.ingest.package import Element, Package, children, tag
from pipeline.ingest.workbook import Read
from pipeline.model.action import column_letters
from pipeline.model.errors import PipelineError

# What holds others, by the number of the record that begins it (the next one ends it); where in that record are
# the areas that it is about.
_HOLDERS = {
    161: ("autoFilter", 0), 163: ("filterColumn", None), 343: ("table", 0), 461: ("conditionalFormatting", 12),
    603: ("fills", None), 611: ("fonts", None), 615: ("numFmts", None), 617: ("cellXfs", None), 635: ("comment", 4),
}  # fmt: skip
_ROW, _END_OF_ROWS, _SHARED, _CONDITIONAL = 0, 146, 19, 461
_BLANK, _SHORT = 1, 2
_SHEET = 156
_KINDS = {
    _BLANK: "n", _SHORT: "n", 3: "e", 4: "b", 5: "n", 6: "str", 7: "s", 8: "str", 9: "n", 10: "b", 11: "e", 62: "is",
}  # fmt: skip
_BESIDE = range(12, 19)
_FORMULAS = (8, 9, 10, 11)
_COLOURS = {1: "indexed", 2: "rgb", 3: "theme"}
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# How a formula begins that fetches a cell of its sheet, or of another, and its bytes; [MS-XLSB] 2.5.97.
_HERE, _ELSEWHERE = (0x24, 0x44, 0x64), (0x3A, 0x5A, 0x7A)
_FETCH, _FETCH_ELSEWHERE = 7, 9
_TEXT, _CALLS, _CALL, _HYPERLINK = 0x17, (0x22, 0x42, 0x62), 4, 359
_BOOKS, _THIS_BOOK, _SHEETS_NAMED = range(355, 360), 357, 362
# What taking a damaged record apart raises.
_BROKEN = (struct.error, ValueError, IndexError)


def read_excel_binary(data: bytes, name: str) -> Read:
    """What a workbook holds. Raises `PipelineError` where it is damaged or protected."""
    return read_parts(_BinaryPackage(data, name))


class _BinaryPackage(Package):
    """Parts whose records are given as elements."""

    lacking = "which sheets its drop-down lists take choices from"

    def main(self, usual: str) -> str:
        return super().main(usual.replace(".xml", ".bin"))

    def side(self, part: str, *, is_named: bool = False) -> Element | None:
        if not part.endswith(".bin"):
            return super().side(part, is_named=is_named)
        root = etree.Element("part")
        try:
            root.extend(list(self._read(self.data(part))))
        except (PipelineError, *_BROKEN):
            self.pass_over(part)
        return root[0] if len(root) and root[0].tag == "table" else root

    def elements(self, part: str, *tags: str) -> Iterator[Element]:
        try:
            yield from (one for one in self._read(self.data(part)) if tag(one) in tags)
        except _BROKEN:
            raise self.damaged(f"its part {part} cannot be read") from None

    @cached_property
    def fonts(self) -> list[Element]:
        """The type that pieces of rich text name by its number."""
        named = self.relations(self.main("/xl/workbook.xml")).values()
        styles = (self.side(one.target) for one in named if one.kind == "styles")
        return [font for root in styles for font in children(root, "fonts")]

    @cached_property
    def _sheets_named(self) -> list[str]:
        """The sheets that formulas name by number, as they are written before a cell; empty for another file's."""
        records = list(_records(self.data(self.main("/xl/workbook.xml"))))
        names = [_sheet(record).get("name", "") for kind, record in records if kind == _SHEET]
        are_own = [kind == _THIS_BOOK for kind, _ in records if kind in _BOOKS]
        return [
            "'{}'!".format(names[first].replace("'", "''"))
            if are_own[book : book + 1] == [True] and first in range(len(names))
            else ""
            for kind, record in records
            if kind == _SHEETS_NAMED
            for book, first, _ in struct.iter_unpack("<Iii", record[4:])
        ]

    def _read(self, data: bytes) -> Iterator[Element]:
        """The elements of a part that are in no other, each when it is whole."""
        held: list[Element] = []
        for kind, record in _records(data):
            made = None
            if kind in {_ROW, _END_OF_ROWS} or kind - 1 in _HOLDERS:
                made = held.pop() if held else None
            elif kind in _KINDS:
                made = self._cell(kind, record)
            elif kind == _SHARED:
                made = self._text("si", record, 0)
            elif kind in _PLAIN:
                made = _PLAIN[kind](record)
            elif kind in _HOLDERS:
                name, at = _HOLDERS[kind]
                count = _whole(record, 8, 4) if kind == _CONDITIONAL else 1
                ends = "" if at is None else _areas(record, at, count)
                held.append(etree.Element(name, ref=ends, sqref=ends))
            if made is not None and held and kind != _ROW:
                held[-1].append(made)
            elif made is not None:
                yield made
            if kind == _ROW:
                held.append(_row(record))
        yield from held

    def _cell(self, kind: int, record: bytes) -> Element:
        """A cell. Of its formula, that it has one, which cell it fetches, or where it leads."""
        column, style = struct.unpack_from("<II", record)
        name = _KINDS[kind]
        cell = _with("c", r=column_letters(column + 1), s=style & 0xFFFFFF, t=name)
        said, end = "", 9
        match name:
            case "is":
                cell.append(self._text("is", record, 8))
            case "str":
                said, end = _string(record, 8)
            case "s":
                said = str(_whole(record, 8, 4))
            case "e":
                from xlrd import error_text_from_code  # type: ignore[import-untyped]

                said = error_text_from_code.get(record[8], "#N/A")
            case "b":
                said = str(record[8])
            case "n" if kind != _BLANK:
                said, end = _number(kind, record), 16
        if kind in _FORMULAS:
            etree.SubElement(cell, "f").text = self._formula(record[end + 2 :])
        if kind != _BLANK:
            etree.SubElement(cell, "v").text = _escaped(said)
        return cell

    def _formula(self, record: bytes) -> str:
        """A formula that does nothing but fetch a cell, or lead somewhere; empty for any other."""
        size = _whole(record, 0, 4)
        formula = record[4 : 4 + size]
        if (
            len(formula) == size > _CALL
            and formula[-4] in _CALLS
            and _whole(formula, size - 2, 2) == _HYPERLINK
        ):
            end = 3 + 2 * _whole(formula, 1, 2) if formula[0] == _TEXT else 0
            return f'HYPERLINK("{formula[3:end].decode("utf-16-le", "replace")}")'
        if len(formula) == size == _FETCH and formula[0] in _HERE:
            return _place(formula, 1)
        if len(formula) == size == _FETCH_ELSEWHERE and formula[0] in _ELSEWHERE:
            number = _whole(formula, 1, 2)
            sheet = self._sheets_named[number] if number < len(self._sheets_named) else ""
            return f"{sheet}{_place(formula, 3)}" if sheet else ""
        return ""

    def _text(self, name: str, record: bytes, at: int) -> Element:
        """A text, in pieces where it has type of its own."""
        made = _with(name)
        words, end = _string(record, at + 1)
        runs = []
        if record[at] & 1:
            count = _whole(record, end, 4)
            runs = list(struct.iter_unpack("<HH", record[end + 4 : end + 4 + 4 * count]))
        for piece, font in cut(words, runs):
            run = etree.SubElement(made, "r")
            if font is not None and font < len(self.fonts):
                run.append(_with("rPr", *deepcopy(self.fonts[font])))
            etree.SubElement(run, "t").text = _escaped(piece)
        return made


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part: number and content ([MS-XLSB] 2.1.4)."""
    at = column = 0
    while at < len(data):
        kind, at = _packed(data, at, 2)
        size, at = _packed(data, at, 4)
        record = data[at : at + size]
        at += size
        if kind in _BESIDE:  # a cell right of the one before it, which does not give its place
            kind, record = kind - _BESIDE[0] + _BLANK, struct.pack("<I", column) + record
        column = _whole(record, 0, 4) + 1 if kind in _KINDS else 0
        yield kind, record


def _packed(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in seven bits of each of some bytes, and where it ends. Raises `ValueError` where it does not."""
    made = 0
    for count, byte in enumerate(data[at : at + most]):
        made |= (byte & 0x7F) << 7 * count
        if not byte & 0x80:
            return made, at + count + 1
    raise ValueError("a record is cut off")


def _whole(record: bytes, at: int, size: int) -> int:
    return int.from_bytes(record[at : at + size], "little")


def _string(record: bytes, at: int) -> tuple[str, int]:
    """A text of a record, and where it ends. Raises `struct.error` where there is none."""
    (length,) = struct.unpack_from("<I", record, at)
    if length == 0xFFFFFFFF:  # noqa: PLR2004  # none at all
        return "", at + 4
    end = at + 4 + 2 * length
    return record[at + 4 : end].decode("utf-16-le", "replace"), end


def _escaped(words: str) -> str:
    """Words as other Excel files have them, with `_x000D_` for what XML does not take."""
    return _NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", words)


def _areas(record: bytes, at: int, count: int = 1) -> str:
    """Some areas, as they are written: `A1:C9`."""
    made = []
    for start in range(at, at + 16 * count, 16):
        top, bottom, left, right = struct.unpack_from("<IIII", record, start)
        made.append(f"{column_letters(left + 1)}{top + 1}:{column_letters(right + 1)}{bottom + 1}")
    return " ".join(made)


def _place(formula: bytes, at: int) -> str:
    """The cell that a formula names."""
    row, column = struct.unpack_from("<IH", formula, at)
    return f"{column_letters((column & 0x3FFF) + 1)}{row + 1}"


def _with(name: str, /, *held: Element, **given: object) -> Element:
    """An element with others in it, and attributes."""
    made = etree.Element(name, {key: str(value) for key, value in given.items()})
    made.extend(held)
    return made


def _row(record: bytes) -> Element:
    """A row without its cells; its height is in twentieths of a point."""
    number, style, height, _, flags = struct.unpack_from("<IIHBB", record)
    look = {"customFormat": 1} if flags & 0x40 else {}
    return _with("row", r=number + 1, s=style, ht=height / 20, hidden=flags >> 4 & 1, **look)


def _column(record: bytes) -> Element:
    """Some columns; their width is in parts of a character."""
    first, last, width, _, flags = struct.unpack_from("<IIIIB", record)
    return _with("col", min=first + 1, max=last + 1, width=width / 256, hidden=flags & 1)


def _number(kind: int, record: bytes) -> str:
    """The number of a cell; a short one is a whole number or half of a long one, or a hundredth of it."""
    if kind != _SHORT:
        return repr(struct.unpack_from("<d", record, 8)[0])
    (packed,) = struct.unpack_from("<i", record, 8)
    (long,) = struct.unpack("<d", struct.pack("<q", (packed & ~3) << 32))
    made = packed >> 2 if packed & 2 else long
    return repr(made / 100 if packed & 1 else made)


def _xf(record: bytes) -> Element:
    """How the cells of a style look."""
    form, font, fill = struct.unpack_from("<HHH", record, 2)
    return _with("xf", numFmtId=form, fontId=font, fillId=fill)


def _link(record: bytes) -> Element:
    """Where some cells lead."""
    key, at = _string(record, 16)
    return _with("hyperlink", ref=_areas(record, 0), id=key, location=_string(record, at)[0])


def _sheet(record: bytes) -> Element:
    key, at = _string(record, 8)
    state = "hidden" if _whole(record, 0, 4) else "visible"
    return _with("sheet", id=key, name=_string(record, at)[0], state=state)


def _colour(name: str, record: bytes, at: int) -> Element:
    kind, number, tint = struct.unpack_from("<BBh", record, at)
    told = {"indexed": number, "rgb": record[at + 4 : at + 7].hex(), "theme": number}
    named = _COLOURS.get(kind >> 1, "auto")
    return _with(name, tint=tint / 0x7FFF, **{named: told.get(named, 1)})


def _font(record: bytes) -> Element:
    flags, weight, place = struct.unpack_from("<HHH", record, 2)
    marks = (("b", weight >= BOLD_WEIGHT), ("i", flags & 2), ("strike", flags & 8))
    return _with(
        "font", *(_with(name) for name, is_there in marks if is_there), _with("sz", val=_whole(record, 0, 2) / 20),
        _with("vertAlign", val=escapement(place)), _colour("color", record, 12),
        _with("name", val=_string(record, 21)[0]),
    )  # fmt: skip


def _fill(record: bytes) -> Element:
    kind = {0: "none", 1: "solid"}.get(_whole(record, 0, 4), "other")
    return _with("fill", _with("patternFill", _colour("fgColor", record, 4), patternType=kind))


# What stands for a record that is whole in itself.
_PLAIN: dict[int, Callable[[bytes], Element]] = {
    43: _font, 45: _fill, 47: _xf, 60: _column, _SHEET: _sheet, 494: _link,
    44: lambda record: _with("numFmt", numFmtId=_whole(record, 0, 2), formatCode=_string(record, 2)[0]),
    153: lambda record: _with("workbookPr", date1904=record[0] & 1),
    176: lambda record: _with("mergeCell", ref=_areas(record, 0)),
    513: lambda _: etree.Element("tableStyleInfo"),
    562: lambda _: etree.Element("picture"),
    661: lambda record: _with("tablePart", id=_string(record, 0)[0]),
}  # fmt: skip
