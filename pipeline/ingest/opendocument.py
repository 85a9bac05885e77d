"""Workbooks of LibreOffice (.ods): `content.xml` holds each cell's value and the text that people see of it
(OpenDocument 1.3, part 3, chapter 9).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from pipeline.ingest import limits
from pipeline.ingest.areas import LAST_COLUMN, LAST_ROW, Area
from pipeline.ingest.cells import FORMAT_HIDES, LINK_SCHEMES, cell_as_shown, is_empty, spread_merged
from pipeline.ingest.excel_styles import SIX_DIGITS, WHITE, Face, Look
from pipeline.ingest.package import Element, Package, attribute, child, tag, whole_part
from pipeline.ingest.workbook import (
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

_SHOWN_KIND = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_REFERENCE = re.compile(r"of:=\[[^\]:]*\]")  # a formula that only fetches another cell
_WHOLE_DAY = {"day", "month", "year"}
_MOST_ALIKE = 1000  # rows or cells that the file says once and repeats
_POINTS = {"pt": 1, "in": 72, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75}
_THINNEST = {"row-height": THINNEST_ROW, "column-width": THINNEST_COLUMN * 9}  # points
_Piece = tuple[str, str, str]  # words, the name of their style, where they lead


class _Looks(Struct, frozen=True):
    """The styles of a workbook by name, and what its formats show of days. `is_certain`: no condition changes
    how cells look.
    """

    styles: dict[str, Element]
    formats: dict[str, set[str]]
    is_certain: bool = True

    def look(self, name: str) -> Look:
        """How the cells of a style look; what it does not say, the style that it goes back to says."""
        face, ground, seen = Face(), WHITE, set[str]()
        chain = []
        while name in self.styles and name not in seen:
            seen.add(name)
            chain.append(self.styles[name])
            name = attribute(chain[-1], "parent-style-name")
        for style in reversed(chain):
            face = _said_face(child(style, "text-properties"), face)
            properties = child(style, "table-cell-properties")
            colour = attribute(properties, "background-color") if properties is not None else ""
            ground = _known_colour(colour) or (WHITE if colour == "transparent" else ground)
        return Look(
            "General", face, "" if ground == WHITE else ground, ground if self.is_certain else ""
        )

    def is_hidden(self, name: str) -> bool:
        """Whether a table with a style is not shown."""
        properties = child(self.styles.get(name), "table-properties")
        return properties is not None and attribute(properties, "display") == "false"

    def is_thin(self, one: Element) -> bool:
        """Whether a row or a column is too thin for its words to be seen."""
        style = self.styles.get(attribute(one, "style-name"))
        properties = child(style, f"{tag(one)}-properties")
        if properties is None or attribute(properties, "use-optimal-row-height") == "true":
            return False
        return any(
            unit in _POINTS and is_thin(size, least / _POINTS[unit])
            for name, least in _THINNEST.items()
            for size, unit in [(attribute(properties, name)[:-2], attribute(properties, name)[-2:])]
        )

    def is_whole_day(self, name: str) -> bool:
        """Whether a style shows days with month and year, and no words about them."""
        seen = set[str]()
        while name in self.styles and name not in seen:
            seen.add(name)
            shown = attribute(self.styles[name], "data-style-name")
            if shown in self.formats:
                return self.formats[shown] >= _WHOLE_DAY and "words" not in self.formats[shown]
            name = attribute(self.styles[name], "parent-style-name")
        return True


def read_opendocument(data: bytes, name: str) -> Read:
    """What a workbook holds. Raises `PipelineError` where it is damaged or protected."""
    package = Package(data, name)
    looks = _known_looks(package)
    sheets = tuple(
        _sheet(table, looks)
        for table in package.elements("content.xml", "table")
        if tag(table.getparent()) == "spreadsheet"
    )
    return Read(sheets, passed_over=tuple(package.passed_over))


def _known_looks(package: Package) -> _Looks:
    """The styles and formats of a workbook, those of its content before the shared ones."""
    styles: dict[str, Element] = {}
    formats: dict[str, set[str]] = {}
    for part in ("styles.xml", "content.xml"):
        root = package.side(part)
        for group in root if root is not None else ():
            for one in group if tag(group) in ("styles", "automatic-styles") else ():
                if tag(one) == "style":
                    styles[attribute(one, "name")] = one
                elif tag(one).endswith("-style"):
                    words = any(
                        tag(p) == "text" and any(map(str.isalpha, p.text or "")) for p in one
                    )
                    formats[attribute(one, "name")] = {tag(p) for p in one} | (
                        {"words"} if words else set()
                    )
    return _Looks(styles, formats)


def _said_face(properties: Element | None, base: Face) -> Face:
    """The type that a style's text has, over that of the style that it goes back to."""
    if properties is None:
        return base
    weight, slant = attribute(properties, "font-weight"), attribute(properties, "font-style")
    line = attribute(properties, "text-line-through-style") or attribute(
        properties, "text-line-through-type"
    )
    return Face(
        weight == "bold" if weight else base.bold,
        slant in ("italic", "oblique") if slant else base.italic,
        line != "none" if line else base.struck,
        attribute(properties, "font-name")
        or attribute(properties, "font-family").strip("'")
        or base.typeface,
        _known_colour(attribute(properties, "color")) or base.colour,
    )


def _known_colour(said: str) -> str:
    """A colour as #RRGGBB, or empty."""
    return said.upper() if said.startswith("#") and SIX_DIGITS.fullmatch(said[1:]) else ""


class _Filled(Struct):
    """What a table has, before it is put together."""

    cells: dict[int, dict[int, SourceCell]]
    fills: dict[int, dict[int, str]]
    merged: list[Area]
    objects: list[tuple[Place, str]]


def _sheet(table: Element, looks: _Looks) -> Sheet:
    """A table's filled cells, row by row, with what is hidden."""
    title = attribute(table, "name")
    columns = list(_column_defaults(table, looks))
    made = _Filled({}, {}, [], [])
    state: dict[int, str] = {}
    if next(table.iter("{*}conditional-formats"), None) is not None:
        looks = replace(looks, is_certain=False)
    number = count = 0
    for row in table.iter("{*}table-row"):
        if next((one for one in row.iterancestors() if tag(one) == "table"), None) is not table:
            continue
        times = whole_part(attribute(row, "number-rows-repeated"), 1)
        found = list(_row_cells(row))
        count += len(found)
        limits.keep(title, count, limits.CELLS, "cells in a sheet")
        limits.keep(title, len(made.cells), limits.ROWS, "rows in a sheet")
        limits.keep(title, count * len(made.merged), limits.AREAS, "cells times merged ranges")
        alike = min(times, _MOST_ALIKE) if any(_is_filled(one) for one, _, _ in found) else 0
        seen = attribute(row, "visibility")
        seen = "collapse" if seen != "filter" and looks.is_thin(row) else seen
        for here in range(number + 1, min(number + alike, LAST_ROW) + 1):
            state[here] = seen
            for one, column, wide in found:
                style = (
                    attribute(one, "style-name")
                    or attribute(row, "default-cell-style-name")
                    or _default(columns, column)
                )
                _add_cell(made, one, Place(title, here, column), wide, style, looks)
        number += times
    spanned = spread_merged(made.merged, made.cells)
    rows = tuple(
        SourceRow(
            at,
            dict(sorted(cells.items())),
            hidden=state.get(at) == "collapse",
            spanned=at in spanned,
            fills=made.fills.get(at, {}),
            filtered=state.get(at) == "filter",
        )
        for at, cells in sorted(made.cells.items())
    )
    floats = [what for shapes in table.iterchildren("{*}shapes") for what in _floating(shapes)]
    used = {column for cells in made.cells.values() for column in cells}
    hidden = frozenset(
        c for c in used if any(first <= c <= last for first, last, _, out in columns if out)
    )
    is_hidden = looks.is_hidden(attribute(table, "style-name"))
    objects = (*made.objects, *((Place(title, 1, 1), what) for what in floats))
    return Sheet(title, rows, is_hidden, hidden, objects=objects)


def _add_cell(  # noqa: PLR0917  # what the file says of a cell, and where
    made: _Filled, one: Element, place: Place, wide: int, style: str, looks: _Looks
) -> None:
    """A cell of a table with what is in it, as often as the file says that it stands there."""
    look = looks.look(style)
    made.objects += [(place, what) for what in _floating(one)]
    found = _source_cell(one, place, look, looks, style)
    if found is None:
        made.fills.setdefault(place.row, {})[place.column] = look.fill
        return
    for column in range(place.column, place.column + wide):
        at = Place(place.sheet, place.row, column)
        made.cells.setdefault(place.row, {})[column] = replace(found, place=at)
    down, right = (
        whole_part(attribute(one, f"number-{side}-spanned"), 1) for side in ("rows", "columns")
    )
    if down > 1 or right > 1:
        made.merged.append(
            (place.row, place.column, place.row + down - 1, place.column + right - 1)
        )


def _column_defaults(table: Element, looks: _Looks) -> Iterator[tuple[int, int, str, bool]]:
    """The columns of a table as (first, last, style of their cells, hidden)."""
    first = 1
    for one in table.iter("{*}table-column"):
        last = first + whole_part(attribute(one, "number-columns-repeated"), 1) - 1
        out = attribute(one, "visibility") in ("collapse", "filter") or looks.is_thin(one)
        yield first, last, attribute(one, "default-cell-style-name"), out
        first = last + 1


def _default(columns: list[tuple[int, int, str, bool]], column: int) -> str:
    """The style of a column's cells that have none of their own."""
    return next((style for first, last, style, _ in columns if first <= column <= last), "")


def _row_cells(row: Element) -> Iterator[tuple[Element, int, int]]:
    """The cells of a row with something in them or a style: element, first column, and how many are alike."""
    column = 1
    for one in row:
        if tag(one) in ("table-cell", "covered-table-cell"):
            times = whole_part(attribute(one, "number-columns-repeated"), 1)
            if tag(one) == "table-cell" and column <= LAST_COLUMN:
                yield one, column, min(times, _MOST_ALIKE) if _is_filled(one) else 1
            column += times


def _is_filled(one: Element) -> bool:
    """Whether a cell has words or a value, or something on it."""
    return len(one) > 0 or bool(attribute(one, "value-type"))


def _source_cell(
    one: Element, place: Place, look: Look, looks: _Looks, style: str
) -> SourceCell | None:
    """One cell's words and oddities, or None where there is nothing in it."""
    pieces = [piece for part in _joined_lines(one) for piece in part]
    words = "".join(text for text, _, _ in pieces)
    kind = attribute(one, "value-type")
    value = _value_of(one, kind, words, is_whole_day=looks.is_whole_day(style))
    has_note = child(one, "annotation") is not None
    is_fetched = _REFERENCE.fullmatch(attribute(one, "formula")) is not None
    is_zero = (attribute(one, "value") or "1").strip("0.") == ""
    if (
        value in ("", None)
        or is_empty(words or "?")
        or (is_zero and (is_fetched or not words.strip()))
    ):
        return SourceCell(place, (), None, place.row, has_comment=True) if has_note else None
    if not words.strip():
        bare = cell_as_shown(place, value, look)
        unseen = tuple(range(len(bare.runs))) if bare is not None else ()
        return replace(bare, hidden=unseen, why_hidden=FORMAT_HIDES) if bare is not None else None
    fault: CellFault = "error" if one.get(_SHOWN_KIND) == "error" else ""
    faces = [
        _said_face(child(looks.styles.get(name), "text-properties"), look.face)
        for _, name, _ in pieces
    ]
    if isinstance(value, datetime) or len({*faces}) <= 1:
        link = next((to for _, _, to in pieces if to), "")
        safe = link.lower().startswith(LINK_SCHEMES)
        plain = replace(look, face=faces[0] if faces else look.face)
        made = cell_as_shown(place, value, plain, fault=fault, link=link if safe else None)
        left = link if link and not safe else ""
        return replace(made, has_comment=has_note, left_out_link=left) if made is not None else None
    made = cell_as_shown(
        place,
        None,
        look,
        pieces=[(text, face) for (text, _, _), face in zip(pieces, faces, strict=True)],
        fault=fault,
    )
    return replace(made, has_comment=has_note) if made is not None else None


def _value_of(one: Element, kind: str, words: str, *, is_whole_day: bool) -> object:
    """A cell's value: a day where a whole day is shown, a plain number, else the words that are shown."""
    if kind == "date" and is_whole_day:
        try:
            return datetime.fromisoformat(attribute(one, "date-value"))
        except ValueError:
            return words
    if kind in ("float", "percentage", "currency", "date", "time"):
        try:
            number = float(attribute(one, "value") or (attribute(one, "date-value") and "1") or "0")
        except ValueError:
            return words
        plain = int(number) if number.is_integer() else number
        return plain if words in (str(plain), "") else words
    return words or attribute(one, "string-value")


def _joined_lines(one: Element) -> Iterator[list[_Piece]]:
    """The paragraphs of a cell, with a line end before each but the first."""
    paragraphs = [part for part in one if tag(part) == "p"]
    for number, part in enumerate(paragraphs):
        made = list(_pieces_of(part, "", ""))
        yield [("\n", "", ""), *made] if number else made


def _pieces_of(part: Element, style: str, link: str) -> Iterator[_Piece]:
    """The words of a paragraph in pieces."""
    if part.text:
        yield part.text, style, link
    for one in part:
        match tag(one):
            case "s":
                yield " " * min(whole_part(attribute(one, "c"), 1), _MOST_ALIKE), style, link
            case "tab":
                yield "\t", style, link
            case "line-break":
                yield "\n", style, link
            case "a":
                yield from _pieces_of(one, style, attribute(one, "href"))
            case "span":
                yield from _pieces_of(one, attribute(one, "style-name"), link)
            case "annotation" | "ruby-text" | "frame":
                pass
            case _:
                yield from _pieces_of(one, style, link)
        if one.tail:
            yield one.tail, style, link


def _floating(one: Element) -> list[str]:
    """What floats over a cell or a sheet, in words."""
    made = []
    for shape in one:
        name = tag(shape)
        if name in ("frame", "custom-shape", "g", "rect", "control"):
            words = " ".join(" ".join(p.itertext()) for p in shape.iter("{*}p")).split()
            held = {tag(each) for each in shape.iter()}
            if words:
                made.append(f"A text box '{' '.join(words)[:60]}'")
            elif held & {"image", "object", "object-ole", "plugin"}:
                made.append(
                    "A picture"
                    if "image" in held and "object" not in held
                    else "An embedded object"
                )
    return made
