"""Workbooks of LibreOffice (.ods): `content.xml` holds each cell's value and the text that people see of it
(OpenDocument 1.3, part 3, chapter 9).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from pipeline.ingest.areas import LAST_COLUMN, LAST_ROW
from pipeline.ingest.cells import FORMAT_HIDES, Pieces, cell_as_shown, is_empty
from pipeline.ingest.excel_styles import WHITE, Face, Look, known_colour
from pipeline.ingest.filling import Filling
from pipeline.ingest.lines import shortened
from pipeline.ingest.package import Element, Package, attribute, child, tag, whole_part
from pipeline.ingest.workbook import CellFault, Read, Sheet, SourceCell
from pipeline.model.action import Place
from pipeline.model.months import MONTHS

_SHOWN_KIND = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_REFERENCE = re.compile(r"of:=\[[^\]:]*\]")  # a formula that only fetches another cell
_LENGTH = re.compile(r"([\d.]+)(cm|mm|in|pt)")
_UNITS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0}
_UNSEEN = ("collapse", "filter")  # rows and columns that are not shown
_CHARACTER = 5.25  # points of a character's width, by which Excel measures columns
_MONTH = {"month", "year"}
_WHOLE_DAY = {"day", *_MONTH}
_TIMES = {"hours", "minutes", "seconds"}
_SHAPES = ("frame", "custom-shape", "g", "rect", "control")
_MOST_ALIKE = 1000  # rows or cells that the file says once and repeats


class _Looks(Struct, frozen=True):
    """The styles of a workbook by name, and what its formats show of days. `is_certain`: no condition changes
    how cells look.
    """

    styles: dict[str, Element]
    formats: dict[str, set[str]]
    is_certain: bool = True

    def look(self, name: str) -> Look:
        """How the cells of a style look; what it does not say, the style that it goes back to says."""
        face, ground = Face(), WHITE
        for style in reversed(list(self.chain(name))):
            face = _said_face(child(style, "text-properties"), face)
            properties = child(style, "table-cell-properties")
            colour = attribute(properties, "background-color") if properties is not None else ""
            ground = _colour(colour) or (WHITE if colour == "transparent" else ground)
        return Look(
            "General", face, "" if ground == WHITE else ground, ground if self.is_certain else ""
        )

    def is_hidden(self, name: str) -> bool:
        """Whether a table with a style is not shown."""
        properties = child(self.styles.get(name), "table-properties")
        return properties is not None and attribute(properties, "display") == "false"

    def size(self, one: Element, name: str) -> float | None:
        """The `row-height` or `column-width` of a row or a column, in points; None where its style gives none."""
        style = self.styles.get(attribute(one, "style-name"))
        properties = child(style, f"table-{name.partition('-')[0]}-properties")
        return None if properties is None else _points(attribute(properties, name))

    def shows(self, name: str) -> set[str]:
        """What a style shows of days: `words` where there are some about them."""
        named = (attribute(style, "data-style-name") for style in self.chain(name))
        return next((self.formats[one] for one in named if one in self.formats), _WHOLE_DAY)

    def chain(self, name: str) -> Iterator[Element]:
        """A style, and those that it goes back to."""
        seen = set[str]()
        while name in self.styles and name not in seen:
            seen.add(name)
            yield self.styles[name]
            name = attribute(self.styles[name], "parent-style-name")


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
                    formats[attribute(one, "name")] = set(map(_shown_part, one))
    return _Looks(styles, formats)


def _shown_part(one: Element) -> str:
    """What a part of a format shows: a `day`, a `month` and so on; `words` where it is a text with letters."""
    is_words = tag(one) == "text" and any(map(str.isalpha, one.text or ""))
    return "words" if is_words else tag(one)


def _said_face(properties: Element | None, base: Face) -> Face:
    """The type that a style's text has, over that of the style that it goes back to."""
    if properties is None:
        return base
    weight, slant = attribute(properties, "font-weight"), attribute(properties, "font-style")
    name, struck = attribute(properties, "font-name"), "text-line-through"
    line = attribute(properties, f"{struck}-style") or attribute(properties, f"{struck}-type")
    return Face(
        weight == "bold" if weight else base.bold,
        slant in ("italic", "oblique") if slant else base.italic,
        line != "none" if line else base.struck,
        name or attribute(properties, "font-family").strip("'") or base.typeface,
        _colour(attribute(properties, "color")) or base.colour,
        _place(attribute(properties, "text-position")) or base.place,
        _points(attribute(properties, "font-size")) or base.size,
    )


def _colour(said: str) -> str:
    """A colour as #RRGGBB, or empty."""
    return known_colour(said) if said.startswith("#") else ""


def _place(said: str) -> str:
    """Whether words stand above or below the line, by how far above it in percent, or by name."""
    return "sub" if said.startswith(("-", "sub")) else "sup" if said.strip("0% ") else ""


def _points(said: str) -> float | None:
    """A length in points, or None where there is none."""
    found = _LENGTH.fullmatch(said)
    return float(found[1]) * _UNITS[found[2]] if found else None


def _sheet(table: Element, looks: _Looks) -> Sheet:
    """A table, put together."""
    made = Filling(attribute(table, "name"))
    columns = []
    first = 1
    for one in table.iter("{*}table-column"):
        last = first + whole_part(attribute(one, "number-columns-repeated"), 1) - 1
        columns.append((first, last, attribute(one, "default-cell-style-name")))
        width = looks.size(one, "column-width")
        width = width and width / _CHARACTER
        made.hide_columns(first, last, width, is_hidden=attribute(one, "visibility") in _UNSEEN)
        first = last + 1
    if next(table.iter("{*}conditional-formats"), None) is not None:
        looks = replace(looks, is_certain=False)
    number = 0
    for row in table.iter("{*}table-row"):
        if next(one for one in row.iterancestors("{*}table")) is not table:
            continue
        times = whole_part(attribute(row, "number-rows-repeated"), 1)
        found = list(_row_cells(row))
        alike = min(times, _MOST_ALIKE) if any(_is_filled(one) for one, _, _ in found) else 0
        state = attribute(row, "visibility")
        for here in range(number + 1, min(number + alike, LAST_ROW) + 1):
            if state == "filter":
                made.filtered.append((here - 1, 1, here, LAST_COLUMN))
            made.hide_row(here, looks.size(row, "row-height"), is_hidden=state in _UNSEEN)
            for one, column, wide in found:
                style = (
                    attribute(one, "style-name")
                    or attribute(row, "default-cell-style-name")
                    or next((name for start, end, name in columns if start <= column <= end), "")
                )
                _add_cell(made, one, Place(made.name, here, column), wide, style, looks)
        number += times
    shapes = (what for each in table.iterchildren("{*}shapes") for what in _floating(each))
    made.objects += [(Place(made.name, 1, 1), what) for what in shapes]
    return made.sheet(hidden=looks.is_hidden(attribute(table, "style-name")))


def _add_cell(  # noqa: PLR0917  # what the file says of a cell, and where
    made: Filling, one: Element, place: Place, wide: int, style: str, looks: _Looks
) -> None:
    """A cell of a table with what is in it, as often as the file says that it stands there."""
    row, column = place.row, place.column
    look = looks.look(style)
    made.objects += [(place, what) for what in _floating(one)]
    if (note := child(one, "annotation")) is not None:
        made.noted[row, column] = "\n".join(map(str, note.itertext()))
    down, right = (
        whole_part(attribute(one, f"number-{side}-spanned"), 1) for side in ("rows", "columns")
    )
    if down > 1 or right > 1:
        made.merged.append((row, column, row + down - 1, column + right - 1))
    found = _source_cell(one, place, look, looks, style)
    if found is None:
        made.fill(row, column, look.fill)
        return
    for at in range(column, column + wide):
        made.add(replace(found, place=Place(place.sheet, row, at)))


def _row_cells(row: Element) -> Iterator[tuple[Element, int, int]]:
    """The cells of a row with something in them or a style: element, first column, and how many are alike."""
    column = 1
    for one in row:
        if tag(one) in ("table-cell", "covered-table-cell"):
            times = whole_part(attribute(one, "number-columns-repeated"), 1)
            if column <= LAST_COLUMN and (tag(one) == "table-cell" or _is_filled(one)):
                yield one, column, min(times, _MOST_ALIKE) if _is_filled(one) else 1
            column += times


def _is_filled(one: Element) -> bool:
    """Whether a cell has words or a value, or something on it."""
    return len(one) > 0 or bool(attribute(one, "value-type"))


def _source_cell(
    one: Element, place: Place, look: Look, looks: _Looks, style: str
) -> SourceCell | None:
    """One cell's words and oddities, or None where there is nothing in it."""
    pieces: Pieces = []
    for number, part in enumerate(each for each in one if tag(each) == "p"):
        pieces += [("\n", look.face, "")] if number else []
        pieces += _pieces_of(part, looks, look.face, "")
    words = "".join(text for text, _, _ in pieces)
    kind = attribute(one, "value-type")
    value = _value_of(one, kind, words, looks.shows(style))
    is_fetched = _REFERENCE.fullmatch(attribute(one, "formula")) is not None
    is_zero = (attribute(one, "value") or "1").strip("0.") == ""
    is_blank = not words.strip()
    if value in ("", None) or is_empty(words or "?") or (is_zero and (is_fetched or is_blank)):
        return None
    if is_blank:
        bare = cell_as_shown(place, value, look)
        unseen = tuple(range(len(bare.runs))) if bare is not None else ()
        return replace(bare, hidden=unseen, why_hidden=FORMAT_HIDES) if bare is not None else None
    fault: CellFault = "error" if one.get(_SHOWN_KIND) == "error" else ""
    kinds = {(face, to) for text, face, to in pieces if text != "\n"}
    if isinstance(value, datetime) or len(kinds) <= 1:
        face, link = next(iter(kinds), (None, ""))
        look = replace(look, face=face or look.face)
        return cell_as_shown(place, value, look, fault=fault, link=link)
    return cell_as_shown(place, pieces, look, fault=fault)


def _value_of(one: Element, kind: str, words: str, shows: set[str]) -> object:
    """A cell's value: a day where a whole day is shown, a month in full, a plain number, else the words that are
    shown.
    """
    if kind == "date" and shows >= _MONTH and "words" not in shows:
        try:
            day = datetime.fromisoformat(attribute(one, "date-value"))
        except ValueError:
            return words
        if shows >= _WHOLE_DAY:
            return day
        return words if shows & _TIMES else f"{MONTHS[day.month - 1]} {day.year}"
    if kind in ("float", "percentage", "currency", "date", "time"):
        try:
            number = float(attribute(one, "value") or (attribute(one, "date-value") and "1") or "0")
        except ValueError:
            return words
        plain = int(number) if number.is_integer() else number
        return plain if words in (str(plain), "") else words
    return words or attribute(one, "string-value")


def _pieces_of(
    part: Element, looks: _Looks, face: Face, link: str
) -> Iterator[tuple[str, Face, str]]:
    """The words of a paragraph in pieces."""
    if part.text:
        yield part.text, face, link
    for one in part:
        match tag(one):
            case "s":
                yield " " * min(whole_part(attribute(one, "c"), 1), _MOST_ALIKE), face, link
            case "tab" | "line-break" as name:
                yield "\t" if name == "tab" else "\n", face, link
            case "a":
                yield from _pieces_of(one, looks, face, attribute(one, "href"))
            case "span":
                style = looks.styles.get(attribute(one, "style-name"))
                own = _said_face(child(style, "text-properties"), face)
                yield from _pieces_of(one, looks, own, link)
            case "annotation" | "ruby-text" | "frame":
                pass
            case _:
                yield from _pieces_of(one, looks, face, link)
        if one.tail:
            yield one.tail, face, link


def _floating(one: Element) -> list[str]:
    """What floats over a cell or a sheet, in words."""
    made = []
    for shape in one:
        if tag(shape) not in _SHAPES:
            continue
        words = " ".join(" ".join(p.itertext()) for p in shape.iter("{*}p"))
        held = {tag(each) for each in shape.iter()}
        if words.strip():
            made.append(f"A text box {shortened(words)}")
        elif held & {"object", "object-ole", "plugin"}:
            made.append("An embedded object")
        elif "image" in held:
            made.append("A picture")
    return made
