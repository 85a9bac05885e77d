"""Workbooks of Excel (.xlsx, .xlsm, templates; Transitional and Strict): the parts that hold words are read.

Read here and not through a library, so that a style, a rule or a link that is broken stops no words, and no
range is walked cell by cell. Macros are never run.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from pipeline.ingest import excel_objects, excel_styles, limits
from pipeline.ingest.cells import Pieces, cell_as_shown
from pipeline.ingest.excel_styles import Styles
from pipeline.ingest.figures import moment, plain_number, whole_number
from pipeline.ingest.filling import Filling
from pipeline.ingest.package import (
    Element,
    Package,
    Relation,
    attribute,
    child,
    is_on,
    tag,
    with_place,
)
from pipeline.ingest.refusals import refused
from pipeline.ingest.workbook import (
    EARLIEST,
    EPOCH,
    LAST_COLUMN,
    LAST_ROW,
    MAC_EPOCH,
    Area,
    CellFault,
    Read,
    Sheet,
    areas,
    column_of,
)
from pipeline.model.action import Place

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")  # ECMA-376-1 22.4.2.4 (ST_Xstring)
_HYPERLINK = re.compile(r'\s*=?\s*HYPERLINK\(\s*(?:"([^"]*)"\s*[,)])?', re.I)
_REFERENCE = re.compile(
    r"\+?(?:(?:'((?:[^']|'')+)'|([^'!()+*/&,\s-]+))!)?\$?([A-Z]{1,3})\$?(\d{1,7})", re.I
)
_FETCHES = re.compile(r"\b(?:INDEX|[VHX]?LOOKUP|OFFSET|INDIRECT|CHOOSE|FILTER|IMPORTRANGE)\(", re.I)
_WORKS_OUT = re.compile(
    r"\b(?:SUM|COUNT|AVERAGE|MIN|MAX|ROUND|INT|DAYS|NETWORKDAYS|MATCH|LEN)\w*\(|[*/^]|\w-\w", re.I
)
_SHEET_NAME = re.compile(r"(?:'((?:[^']|'')+)'|([\w.]+))!")
_BEYOND = "cells beyond a sheet's last row or column"
_TAGS = (
    "row", "col", "mergeCell", "hyperlink", "autoFilter", "dataValidation", "conditionalFormatting", "tablePart",
    "picture",
)  # fmt: skip


class _Stored(Struct, frozen=True):
    """A cell as the file has it; `value` is `Pieces` where parts of its text have type of their own. `formula` is None
    without one; `style` the number of its look.
    """

    value: object = None
    style: int = 0
    formula: str | None = None
    fault: CellFault = ""
    is_picture: bool = False


class _Parts(Struct):
    """What stands in a sheet's part, before it is put together."""

    made: Filling
    relations: dict[str, Relation]
    is_hidden: bool
    cells: dict[int, dict[int, _Stored]] = {}
    links: list[tuple[Area, str]] = []
    unknown_grounds: list[Area] = []
    lists: str = ""
    count: int = 0


class _Book(Struct, frozen=True):
    """What the sheets of a workbook share, and what stands in each."""

    package: Package
    styles: Styles
    texts: list[Pieces | str]
    epoch: date
    parts: dict[str, _Parts] = {}


def read_excel(data: bytes, name: str) -> Read:
    """What an Excel file holds. Raises `PipelineError` where it is none, or damaged."""
    return read_parts(Package(data, name))


def read_parts(package: Package) -> Read:
    """What the parts of an Excel file hold. Raises `PipelineError` where it is none, or damaged."""
    main = package.main("/xl/workbook.xml")
    if not main:
        raise refused(package.name, "no workbook")
    relations = package.relations(main)
    kinds = {one.kind: one.target for one in relations.values()}
    styles = excel_styles.styles_of(package, kinds.get("styles", ""), kinds.get("theme", ""))
    texts = _shared_texts(package, kinds.get("sharedStrings", ""), styles)
    listed, epoch, names = _book_parts(package, main)
    if lost := [title for title, key, _ in listed if key not in relations]:
        raise package.damaged(f"its sheet '{lost[0]}' is missing")
    book = _Book(package, styles, texts, epoch)
    for title, key, is_hidden in listed:
        if relations[key].kind == "worksheet":
            book.parts[title] = _sheet_parts(book, title, relations[key].target, is_hidden)
    cells = (row.values() for one in book.parts.values() for row in one.cells.values())
    used = max((each.style for row in cells for each in row), default=0)
    if styles.looks and used >= len(styles.looks):
        package.pass_over(f"{kinds['styles']} (a style that it does not hold)")
    named = " ".join([names, *(one.lists for one in book.parts.values())])
    choices = {(quoted or plain).replace("''", "'") for quoted, plain in _SHEET_NAME.findall(named)}
    sheets = tuple(_sheet(one, book, is_list=title in choices) for title, one in book.parts.items())
    return Read(sheets, package.lacking, _modified(package), tuple(package.passed_over))


def _book_parts(package: Package, main: str) -> tuple[list[tuple[str, str, bool]], date, str]:
    """A workbook's sheets (name, relation, hidden) in order, its day 0, and what its names stand for."""
    listed, epoch, names = [], EPOCH, ""
    for one in package.elements(main, "workbookPr", "sheet", "definedName"):
        match tag(one):
            case "workbookPr" if is_on(one, "date1904") and one.get("date1904"):
                epoch = MAC_EPOCH
            case "sheet":
                state = one.get("state") or "visible"
                listed.append((one.get("name") or "", attribute(one, "id"), state != "visible"))
            case "definedName" if not (one.get("name") or "").startswith("_xlnm"):
                names += f" {one.text or ''}"
    return listed, epoch, names


def _modified(package: Package) -> str:
    """When a workbook was last saved (ISO 8601, UTC), as it says itself; else the earliest day of a zip file."""
    said = child(package.side("docProps/core.xml"), "modified")
    found = None if said is None else moment(said.text)
    if said is not None and found is None:
        package.pass_over("docProps/core.xml (when it was saved)")
    return EARLIEST if found is None else f"{found:%Y-%m-%dT%H:%M:%SZ}"


def _shared_texts(package: Package, part: str, styles: Styles) -> list[Pieces | str]:
    """The texts that cells name by their number."""
    if not part or package.data(part) is None:
        return []
    made = []
    for element in package.elements(part, "si"):
        made.append(_text_of(element, styles))
        element.clear()
    return made


def _text_of(element: Element, styles: Styles) -> Pieces | str:
    """A text: plain, or in pieces with type of their own. How it sounds (`rPh`) is no part of it."""
    made: Pieces = []
    for one in element:
        if tag(one) in ("r", "t"):
            words = "".join(t.text or "" for t in one.iter("{*}t"))
            looks = child(one, "rPr")
            own = excel_styles.face(looks, styles.palette) if looks is not None else None
            made.append((_unescaped(words), own, ""))
    if all(face is None for _, face, _ in made):
        return "".join(words for words, _, _ in made)
    return made


def _unescaped(text: str) -> str:
    """A text without Excel's `_x000D_` escapes."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _sheet_parts(book: _Book, title: str, part: str, is_hidden: bool) -> _Parts:
    """What stands in the part of a sheet."""
    package, made = book.package, Filling(title)
    one = _Parts(made, package.relations(part), is_hidden)
    last = 0
    for element in package.elements(part, *_TAGS):
        match tag(element):
            case "row":
                last = whole_number(element.get("r"), last + 1)
                _add_row(element, last, one, book)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            case "col":
                ends = whole_number(element.get("min")), whole_number(element.get("max"))
                made.hide_columns(*ends, element.get("width"), is_hidden=_is_hidden(element))
            case "mergeCell":
                made.merged += areas(element.get("ref"))
            case "hyperlink":
                one.links += _links(element, one.relations, package, part)
            case "autoFilter" if child(element, "filterColumn") is not None:
                made.filtered += areas(element.get("ref"))
            case "dataValidation":
                one.lists += " ".join(f.text or "" for f in element if tag(f) == "formula1") + " "
            case "conditionalFormatting":
                one.unknown_grounds += areas(element.get("sqref"))
            case "picture":  # behind the whole sheet
                one.unknown_grounds.append((1, 1, LAST_ROW, LAST_COLUMN))
            case "tablePart":
                _add_table(package, one.relations.get(attribute(element, "id")), one)
    ranges = len(made.merged) + len(one.links) + len(one.unknown_grounds) + len(made.filtered)
    what = "cells times merged, linked and formatted ranges"
    limits.keep(package.name, one.count * ranges, limits.AREAS, what)
    return one


def _links(
    element: Element, relations: dict[str, Relation], package: Package, part: str
) -> list[tuple[Area, str]]:
    """The areas of a link, and where each leads."""
    key = attribute(element, "id")
    if key and key not in relations:
        package.pass_over(f"{part} (a link)")
    target = relations[key].target if key in relations else ""
    there = with_place(target, element.get("location"))
    return [(area, there) for area in areas(element.get("ref"))]


def _add_row(row: Element, number: int, one: _Parts, book: _Book) -> None:
    """A row's cells, and how it looks."""
    if not 1 <= number <= LAST_ROW:
        if len(row):
            book.package.pass_over(_BEYOND)
        return
    one.cells[number] = _row_cells(row, book)
    one.count += len(one.cells[number])
    limits.keep(book.package.name, len(one.cells), limits.ROWS, "rows in a sheet")
    limits.keep(book.package.name, one.count, limits.CELLS, "cells in a sheet")
    one.made.hide_row(number, row.get("ht"), is_hidden=_is_hidden(row))
    if row.get("customFormat"):
        one.made.grounds[number] = book.styles.look(whole_number(row.get("s"))).fill


def _is_hidden(element: Element) -> bool:
    """Whether a row or a column is hidden."""
    return bool(element.get("hidden")) and is_on(element, "hidden")


def _add_table(package: Package, relation: Relation | None, one: _Parts) -> None:
    """The filter of a table, and the ground that its style gives."""
    root = package.side(relation.target) if relation is not None else None
    if root is None:
        return
    if child(root, "autoFilter", "filterColumn") is not None:
        one.made.filtered += areas(root.get("ref"))
    if child(root, "tableStyleInfo") is not None:
        one.unknown_grounds += areas(root.get("ref"))


def _row_cells(row: Element, book: _Book) -> dict[int, _Stored]:
    """The cells of a row by column."""
    made: dict[int, _Stored] = {}
    column, styles = 0, book.styles
    for one in row:
        if tag(one) == "c":
            column = column_of(one.get("r")) or column + 1
            found = _stored(one, book)
            is_blank = found == _Stored(style=found.style)
            has_ground = styles.look(found.style).fill or row.get("customFormat")
            is_known = found.style < len(styles.looks)  # one that is not is reported
            if column > LAST_COLUMN:
                book.package.pass_over(_BEYOND)
            elif not (is_blank and is_known and not has_ground):
                made[column] = found
    return made


def _stored(one: Element, book: _Book) -> _Stored:
    """A cell as the file has it."""
    kind, style = one.get("t") or "n", whole_number(one.get("s"))
    said: str | None = None
    formula: str | None = None
    for part in one:
        match tag(part):
            case "v":
                said = part.text
            case "f":
                formula = part.text or ""
            case "is":
                return _Stored(_text_of(part, book.styles), style, formula)
    if kind == "e" and one.get("vm"):
        return _Stored(style=style, is_picture=True)
    if said is None:
        has_no_words = formula is not None and kind != "str"
        return _Stored(None, style, formula, "uncalculated" if has_no_words else "")
    match kind:
        case "s":
            at = whole_number(said, -1)
            if at not in range(len(book.texts)):
                return _Stored(None, style, formula, "lost")
            value: object = book.texts[at]
        case "b":
            value = said.strip() in ("1", "true")
        case "e" | "str":
            value = _unescaped(said)
        case "d":  # in Strict files
            value = moment(said) or said
        case _:
            value = said if (number := plain_number(said)) is None else number
    return _Stored(value, style, formula, "error" if kind == "e" else "")


def _sheet(one: _Parts, book: _Book, *, is_list: bool) -> Sheet:
    """A sheet, put together."""
    made = one.made
    numbers = sorted(one.cells)
    links = {
        (row, column): target
        for (top, left, bottom, right), target in one.links
        for row in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
        for column in one.cells[row]
        if left <= column <= right
    }
    stored = [
        (Place(made.name, row, column), each)
        for row, cells in one.cells.items()
        for column, each in cells.items()
    ]
    is_calculated = any(
        each.formula is not None and each.fault != "uncalculated" for _, each in stored
    )
    for place, each in stored:
        look = book.styles.look(each.style)
        made.fill(place.row, place.column, look.fill)
        if each.is_picture:
            made.objects.append((place, "A picture or a linked record in the cell"))
        if _is_nothing(each, made.name, book.parts, is_calculated=is_calculated):
            continue
        if (isinstance(each.value, list) or look.face.colour) and _is_inside(
            place, one.unknown_grounds
        ):
            look = replace(look, ground="")
        written = _HYPERLINK.match(each.formula) if each.formula else None
        link = links.get((place.row, place.column), "")
        found = cell_as_shown(
            place, each.value, look, epoch=book.epoch, fault=each.fault,
            link=(written[1] or f"={each.formula}") if written else link,
        )  # fmt: skip
        if found is not None:
            made.add(found)
    made.noted |= excel_objects.noted(book.package, one.relations)
    made.objects += excel_objects.floating(book.package, one.relations, made.name)
    return made.sheet(hidden=one.is_hidden, epoch=book.epoch, is_list=is_list)


def _is_inside(place: Place, among: list[Area]) -> bool:
    """Whether a cell is in one of some areas."""
    row, column = place.row, place.column
    return any(
        top <= row <= bottom and left <= column <= right for top, left, bottom, right in among
    )


def _is_nothing(
    each: _Stored, title: str, parts: dict[str, _Parts], *, is_calculated: bool
) -> bool:
    """Whether there is nothing in a cell: a formula without a value among others that have one, or one that
    gives 0 because what it fetches is empty.
    """
    if each.fault == "uncalculated":
        return is_calculated
    if each.formula is None or isinstance(each.value, bool | str) or each.value != 0:
        return False
    if found := _REFERENCE.fullmatch(each.formula.strip().lstrip("=")):
        quoted, plain, letters, row = found.groups()
        target = parts.get((quoted or plain or title).replace("''", "'"))
        cells = target.cells.get(int(row), {}) if target else {}
        there = cells.get(column_of(letters), _Stored())
        return there.value is None or there.formula is not None
    return _FETCHES.search(each.formula) is not None and not _WORKS_OUT.search(each.formula)
