"""Workbooks of LibreOffice (.ods): `content.xml` holds each cell's value and the text that people see of it
(OpenDocument 1.3, part 3, chapter 9).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from pipeline.ingest.cells import Pieces, Stored, StoredSheet, is_empty, put_together
from pipeline.ingest.faces import WHITE, Face, Look, known_colour
from pipeline.ingest.figures import moment, plain_number, whole_number
from pipeline.ingest.lines import shape_words
from pipeline.ingest.package import Element, Package, attribute, child, children, inherited, tag
from pipeline.ingest.page_styles import points
from pipeline.ingest.workbook import LAST_COLUMN, LAST_ROW, CellFault, Read
from pipeline.model.action import Place
from pipeline.model.months import MONTHS

_SHOWN_KIND = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_REFERENCE = re.compile(r"of:=\[[^\]:]*\]")  # a formula that only fetches another cell
_UNSEEN = ("collapse", "filter")  # rows and columns that are not shown
_CHARACTER = 5.25  # points of a character's width, by which Excel measures columns
_MONTH = {"month", "year"}
_WHOLE_DAY = {"day", *_MONTH}
_TIMES = {"hours", "minutes", "seconds"}
_SHAPES = ("{*}frame", "{*}custom-shape", "{*}g", "{*}rect", "{*}control")
_SHOWS_NOTHING = ";;;"
_MOST_ALIKE = 1000  # rows or cells that the file says once and repeats


class _Looks(Struct, frozen=True):
    """The styles of a workbook by name, and what its formats show of days."""

    styles: dict[str, Element]
    formats: dict[str, set[str]]

    def look(self, name: str) -> Look:
        """How the cells of a style look; what it does not say, the style that it goes back to says."""
        face, ground = Face(), WHITE
        for style in reversed(list(self.chain(name))):
            face = _said_face(child(style, "text-properties"), face)
            colour = attribute(child(style, "table-cell-properties"), "background-color")
            ground = _colour(colour) or (WHITE if colour == "transparent" else ground)
        return Look("General", face, ground)

    def is_hidden(self, name: str) -> bool:
        """Whether a table with a style is not shown."""
        return attribute(child(self.styles.get(name), "table-properties"), "display") == "false"

    def size(self, one: Element, name: str) -> float | None:
        """The `row-height` or `column-width` of a row or a column, in points; None where its style gives none."""
        style = self.styles.get(attribute(one, "style-name"))
        said = attribute(child(style, f"table-{name.partition('-')[0]}-properties"), name)
        return points(said) if said else None

    def shows(self, name: str) -> set[str]:
        """What a style shows of days: `words` where there are some about them."""
        named = (attribute(style, "data-style-name") for style in self.chain(name))
        return next((self.formats[one] for one in named if one in self.formats), _WHOLE_DAY)

    def chain(self, name: str) -> Iterator[Element]:
        """A style, and those that it goes back to."""
        return inherited(self.styles, name, lambda style: attribute(style, "parent-style-name"))


def read_opendocument(data: bytes, name: str) -> Read:
    """What a workbook holds. Raises `PipelineError` where it is damaged or protected."""
    package = Package(data, name)
    looks = _known_looks(package)
    sheets = [
        _sheet(table, looks)
        for table in package.elements("content.xml", "table")
        if tag(table.getparent()) == "spreadsheet"
    ]
    pages = child(package.side("styles.xml"), "master-styles")
    margins = ["".join(one.itertext()) for one in pages.iter("{*}p")] if pages is not None else []
    for one in sheets:  # of all, for a sheet's pages are known by a style of a style alone
        one.margins += margins
    return Read(put_together(sheets), passed_over=tuple(package.passed_over))


def _known_looks(package: Package) -> _Looks:
    """The styles and formats of a workbook, those of its content before the shared ones."""
    styles: dict[str, Element] = {}
    formats: dict[str, set[str]] = {}
    for part in ("styles.xml", "content.xml"):
        root = package.side(part)
        for one in (*children(root, "styles"), *children(root, "automatic-styles")):
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
    weight, slant = attribute(properties, "font-weight"), attribute(properties, "font-style")
    name, struck = attribute(properties, "font-name"), "text-line-through"
    size = attribute(properties, "font-size")
    line = attribute(properties, f"{struck}-style") or attribute(properties, f"{struck}-type")
    return Face(
        weight == "bold" if weight else base.bold,
        slant in ("italic", "oblique") if slant else base.italic,
        line != "none" if line else base.struck,
        name or attribute(properties, "font-family").strip("'") or base.typeface,
        _colour(attribute(properties, "color")) or base.colour,
        _place(attribute(properties, "text-position")) or base.place,
        points(size, base.size) if size else base.size,
    )


def _colour(said: str) -> str:
    """A colour as #RRGGBB, or empty."""
    return known_colour(said) if said.startswith("#") else ""


def _place(said: str) -> str:
    """Whether words stand above or below the line, by how far above it in percent, or by name."""
    return "sub" if said.startswith(("-", "sub")) else "sup" if said.strip("0% ") else ""


def _sheet(table: Element, looks: _Looks) -> StoredSheet:
    made = StoredSheet(
        attribute(table, "name"), is_hidden=looks.is_hidden(attribute(table, "style-name"))
    )
    if next(table.iter("{*}conditional-formats"), None) is not None:
        made.unknown_grounds.append((1, 1, LAST_ROW, LAST_COLUMN))
    columns = []
    first = 1
    for one in table.iter("{*}table-column"):
        last = first + whole_number(attribute(one, "number-columns-repeated"), 1) - 1
        columns.append((first, last, attribute(one, "default-cell-style-name")))
        width = looks.size(one, "column-width")
        width = width and width / _CHARACTER
        made.hide_columns(first, last, width, is_hidden=attribute(one, "visibility") in _UNSEEN)
        first = last + 1
    number = 0
    for row in table.iter("{*}table-row"):
        if next(row.iterancestors("{*}table")) is not table:
            continue
        times = whole_number(attribute(row, "number-rows-repeated"), 1)
        found = list(_row_cells(row))
        alike = min(times, _MOST_ALIKE) if any(_is_filled(one) for one, _, _ in found) else 0
        last = min(number + alike, LAST_ROW)
        state = attribute(row, "visibility")
        if state == "filter":
            goes_on = made.filtered and made.filtered[-1][2] == number
            top = made.filtered.pop()[0] if goes_on else number
            made.filtered.append((top, 1, last, LAST_COLUMN))
        for here in range(number + 1, last + 1):
            made.hide_row(here, looks.size(row, "row-height"), is_hidden=state in _UNSEEN)
            for one, column, wide in found:
                own = attribute(one, "style-name") or attribute(row, "default-cell-style-name")
                usual = (name for start, end, name in columns if start <= column <= end)
                _add_cell(made, one, (here, column, wide), own or next(usual, ""), looks)
        number += times
    for each in table.iterchildren("{*}shapes"):
        _add_shapes(made, each, Place(made.name, 1, 1))
    return made


def _add_cell(
    made: StoredSheet, one: Element, at: tuple[int, int, int], style: str, looks: _Looks
) -> None:
    """A cell of a table with what is in it, at a row and a column, as often as the file says that it stands there."""
    row, column, wide = at
    _add_shapes(made, one, Place(made.name, row, column))
    if (note := child(one, "annotation")) is not None:
        made.noted[row, column] = "\n".join(map(str, note.itertext()))
    down, right = (
        whole_number(attribute(one, f"number-{side}-spanned"), 1) for side in ("rows", "columns")
    )
    if down > 1 or right > 1:
        made.merged.append((row, column, row + down - 1, column + right - 1))
    found = _stored(one, style, looks)
    for each in range(column, column + wide):
        made.put(row, each, found)


def _add_shapes(made: StoredSheet, one: Element, place: Place) -> None:
    """What floats over a cell or a sheet."""
    found = map(shape_words, one.iterchildren(*_SHAPES))
    made.objects += [(place, what) for what in found if what]


def _row_cells(row: Element) -> Iterator[tuple[Element, int, int]]:
    """The cells of a row with something in them or a style: element, first column, and how many are alike."""
    column = 1
    for one in row:
        if tag(one) in ("table-cell", "covered-table-cell"):
            times = whole_number(attribute(one, "number-columns-repeated"), 1)
            if column <= LAST_COLUMN and (tag(one) == "table-cell" or _is_filled(one)):
                yield one, column, min(times, _MOST_ALIKE) if _is_filled(one) else 1
            column += times


def _is_filled(one: Element) -> bool:
    """Whether a cell has words or a value, or something on it."""
    return len(one) > 0 or bool(attribute(one, "value-type"))


def _stored(one: Element, style: str, looks: _Looks) -> Stored:
    """One cell as the file has it."""
    look = looks.look(style)
    pieces: Pieces = []
    for number, part in enumerate(each for each in one if tag(each) == "p"):
        pieces += [("\n", look.face, "")] if number else []
        pieces += _pieces_of(part, looks, look.face, "")
    words = "".join(text for text, _, _ in pieces)
    value = _value_of(one, attribute(one, "value-type"), words, looks.shows(style))
    is_fetched = _REFERENCE.fullmatch(attribute(one, "formula")) is not None
    is_zero = (attribute(one, "value") or "1").strip("0.") == ""
    is_blank = not words.strip()
    if value in ("", None) or is_empty(words or "?") or (is_zero and (is_fetched or is_blank)):
        return Stored(look=look)
    if is_blank:
        return Stored(str(value), replace(look, number_format=_SHOWS_NOTHING))
    fault: CellFault = "error" if one.get(_SHOWN_KIND) == "error" else ""
    kinds = {(face, to) for text, face, to in pieces if text != "\n"}
    if isinstance(value, datetime) or len(kinds) <= 1:
        face, link = next(iter(kinds), (None, ""))
        return Stored(value, replace(look, face=face or look.face), fault=fault, link=link)
    return Stored(pieces, look, fault=fault)


def _value_of(one: Element, kind: str, words: str, shows: set[str]) -> object:
    """A cell's value: a day where a whole day is shown, a month in full, a plain number, else the words that are
    shown.
    """
    if kind == "date" and shows >= _MONTH and "words" not in shows:
        day = moment(attribute(one, "date-value"))
        if day is None or shows >= _WHOLE_DAY:
            return day or words
        return words if shows & _TIMES else f"{MONTHS[day.month - 1]} {day.year}"
    if kind in ("float", "percentage", "currency", "date", "time"):
        number = plain_number(
            attribute(one, "value") or (attribute(one, "date-value") and "1") or "0"
        )
        return number if number is not None and words in (str(number), "") else words
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
                yield " " * min(whole_number(attribute(one, "c"), 1), _MOST_ALIKE), face, link
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
