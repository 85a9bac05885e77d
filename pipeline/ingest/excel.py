"""Workbooks of Excel (.xlsx, .xlsm, templates; Transitional and Strict): the parts that hold words are read.

Read here and not through a library, so that a style, a rule or a link that is broken stops no words, and no
range is walked cell by cell. Macros are never run.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from pipeline.ingest import excel_objects, excel_styles, limits
from pipeline.ingest.areas import LAST_COLUMN, LAST_ROW, Area, areas, column_of
from pipeline.ingest.cells import LINK_SCHEMES, Pieces, cell_as_shown, spread_merged
from pipeline.ingest.excel_styles import Look, Styles
from pipeline.ingest.package import (
    Element,
    Package,
    Relation,
    attribute,
    child,
    is_on,
    tag,
    whole_part,
)
from pipeline.ingest.workbook import (
    EARLIEST,
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
_TAGS = (
    "row", "col", "mergeCell", "hyperlink", "autoFilter", "dataValidation", "conditionalFormatting", "tablePart",
    "picture",
)  # fmt: skip


class _Stored(Struct, frozen=True):
    """A cell as the file has it. `formula` is None without one; `style` the number of its look."""

    value: object = None
    pieces: Pieces | None = None
    style: int = 0
    formula: str | None = None
    fault: CellFault = ""
    is_picture: bool = False


class _Parts(Struct):
    """What stands in a sheet's part, before it is put together."""

    cells: dict[int, dict[int, _Stored]]
    rows: dict[int, tuple[bool, int]]  # hidden, and the style of the whole row
    hidden: list[tuple[int, int]]
    merged: list[Area]
    links: list[tuple[Area, str]]
    filtered: list[Area]
    unknown_grounds: list[Area]
    lists: str = ""


class _Book(Struct, frozen=True):
    """What the sheets of a workbook share, and what stands in each."""

    package: Package
    styles: Styles
    epoch: date
    parts: dict[str, _Parts]


def read_excel(data: bytes, name: str) -> Read:
    """What an Excel file holds. Raises `PipelineError` where it is none, or damaged."""
    package = Package(data, name)
    main = package.main("/xl/workbook.xml")
    if not main:
        raise PipelineError(
            f"{name} is not an Excel workbook, whatever its name says.",
            "Open it where it was made, and save it as 'Excel Workbook (.xlsx)'.",
        )
    relations = package.relations(main)
    kinds = {one.kind: one.target for one in relations.values()}
    styles = excel_styles.styles_of(package, kinds.get("styles", ""), kinds.get("theme", ""))
    texts = _shared_texts(package, kinds.get("sharedStrings", ""), styles)
    listed, epoch, names = _book_parts(package, main)
    lost = [title for title, key, _ in listed if key not in relations]
    if lost:
        raise package.damaged(f"its sheet '{lost[0]}' is missing")
    parts = {
        title: (
            _sheet_parts(package, relations[key].target, texts, styles),
            relations[key].target,
            hidden,
        )
        for title, key, hidden in listed
        if key in relations and relations[key].kind == "worksheet"
    }
    used = (
        each.style
        for one, _, _ in parts.values()
        for row in one.cells.values()
        for each in row.values()
    )
    if styles.looks and max(used, default=0) >= len(styles.looks):
        package.pass_over(f"{kinds['styles']} (a style that it does not hold)")
    named = " ".join([names, *(one.lists for one, _, _ in parts.values())])
    choices = {(quoted or plain).replace("''", "'") for quoted, plain in _SHEET_NAME.findall(named)}
    book = _Book(package, styles, epoch, {title: one for title, (one, _, _) in parts.items()})
    sheets = tuple(
        _sheet(title, one, book, part, is_hidden=hidden, is_list=title in choices)
        for title, (one, part, hidden) in parts.items()
    )
    return Read(sheets, "", _modified(package), tuple(package.passed_over))


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
    root = package.side("docProps/core.xml")
    said = child(root, "modified")
    try:
        found = (
            datetime.fromisoformat((said.text or "").strip().removesuffix("Z"))
            if said is not None
            else None
        )
    except ValueError:
        package.pass_over("docProps/core.xml (when it was saved)")
        found = None
    return f"{found:%Y-%m-%dT%H:%M:%SZ}" if found else EARLIEST


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
    runs = [one for one in element if tag(one) == "r"]
    if not runs:
        return "".join(_unescaped(one.text or "") for one in element if tag(one) == "t")
    made = []
    for one in element:
        if tag(one) in ("r", "t"):
            words = (
                (one.text or "")
                if tag(one) == "t"
                else "".join(t.text or "" for t in one if tag(t) == "t")
            )
            looks = child(one, "rPr")
            made.append(
                (
                    _unescaped(words),
                    excel_styles.face(looks, styles.palette) if looks is not None else None,
                )
            )
    return made  # type: ignore[return-value]  # None: the cell's own type, put in below


def _unescaped(text: str) -> str:
    """A text without Excel's `_x000D_` escapes."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _sheet_parts(package: Package, part: str, texts: list[Pieces | str], styles: Styles) -> _Parts:
    """What stands in the part of a sheet."""
    made = _Parts({}, {}, [], [], [], [], [])
    relations = package.relations(part)
    last = count = 0
    for one in package.elements(part, *_TAGS):
        match tag(one):
            case "row":
                last = whole_part(one.get("r"), last + 1)
                if 1 <= last <= LAST_ROW:
                    made.cells[last] = _row_cells(one, texts, styles)
                    count += len(made.cells[last])
                    limits.keep(package.name, len(made.cells), limits.ROWS, "rows in a sheet")
                    limits.keep(package.name, count, limits.CELLS, "cells in a sheet")
                    is_hidden = bool(one.get("hidden")) and is_on(one, "hidden")
                    style = whole_part(one.get("s")) if one.get("customFormat") else 0
                    made.rows[last] = is_hidden or is_thin(one.get("ht"), THINNEST_ROW), style
                one.clear()
                while one.getprevious() is not None:
                    del one.getparent()[0]
            case "col" if (one.get("hidden") and is_on(one, "hidden")) or is_thin(
                one.get("width"), THINNEST_COLUMN
            ):
                made.hidden.append((whole_part(one.get("min")), whole_part(one.get("max"))))
            case "mergeCell":
                made.merged += areas(one.get("ref"))
            case "hyperlink":
                made.links += [(area, _address(one, relations)) for area in areas(one.get("ref"))]
            case "autoFilter":
                made.filtered += (
                    areas(one.get("ref")) if child(one, "filterColumn") is not None else []
                )
            case "dataValidation":
                made.lists += " ".join((f.text or "") for f in one if tag(f) == "formula1") + " "
            case "conditionalFormatting":
                made.unknown_grounds += areas(one.get("sqref"))
            case "picture":  # behind the whole sheet
                made.unknown_grounds.append((1, 1, LAST_ROW, LAST_COLUMN))
            case "tablePart":
                _add_table(package, relations.get(attribute(one, "id")), made)
    ranges = len(made.merged) + len(made.links) + len(made.unknown_grounds) + len(made.filtered)
    what = "cells times merged, linked and formatted ranges"
    limits.keep(package.name, count * ranges, limits.AREAS, what)
    return made


def _add_table(package: Package, relation: Relation | None, made: _Parts) -> None:
    """The filter of a table, and the ground that its style gives."""
    root = package.side(relation.target) if relation is not None else None
    if root is None:
        return
    made.filtered += (
        areas(root.get("ref")) if child(root, "autoFilter", "filterColumn") is not None else []
    )
    if child(root, "tableStyleInfo") is not None:
        made.unknown_grounds += areas(root.get("ref"))


def _row_cells(row: Element, texts: list[Pieces | str], styles: Styles) -> dict[int, _Stored]:
    """The cells of a row by column."""
    made: dict[int, _Stored] = {}
    column = 0
    for one in row:
        if tag(one) == "c":
            column = column_of(one.get("r")) or column + 1
            found = _stored(one, texts, styles)
            is_blank = found == _Stored(style=found.style)
            has_ground = styles.look(found.style).fill or row.get("customFormat")
            is_known = found.style < len(styles.looks)  # one that is not is reported
            if column <= LAST_COLUMN and not (is_blank and is_known and not has_ground):
                made[column] = found
    return made


def _stored(one: Element, texts: list[Pieces | str], styles: Styles) -> _Stored:
    """A cell as the file has it."""
    kind, style = one.get("t") or "n", whole_part(one.get("s"))
    said: str | None = None
    formula: str | None = None
    for part in one:
        match tag(part):
            case "v":
                said = part.text
            case "f":
                formula = part.text or ""
            case "is":
                return _with_text(_text_of(part, styles), style, formula, styles)
    if kind == "e" and one.get("vm"):
        return _Stored(None, None, style, is_picture=True)
    if said is None:
        has_no_words = formula is not None and kind != "str"
        return _Stored(None, None, style, formula, "uncalculated" if has_no_words else "")
    match kind:
        case "s":
            number = whole_part(said, -1)
            if number not in range(len(texts)):
                return _Stored(None, None, style, formula, "lost")
            return _with_text(texts[number], style, formula, styles)
        case "b":
            return _Stored(said.strip() in ("1", "true"), None, style, formula)
        case "e":
            return _Stored(said, None, style, formula, "error")
        case "str":
            return _Stored(_unescaped(said), None, style, formula)
        case "d":
            return _Stored(_iso_day(said), None, style, formula)
    return _Stored(_number_of(said), None, style, formula)


def _with_text(text: Pieces | str, style: int, formula: str | None, styles: Styles) -> _Stored:
    """A cell with a text, whose pieces without type of their own have the cell's."""
    if isinstance(text, str):
        return _Stored(text, None, style, formula)
    own = styles.look(style).face
    return _Stored(None, [(words, face or own) for words, face in text], style, formula)


def _number_of(said: str) -> object:
    """A number, or what stands there as a text where it is none."""
    try:
        made = float(said)
    except ValueError:
        return said
    if made != made or made in (float("inf"), float("-inf")):  # noqa: PLR0124  # NaN
        return said
    return int(made) if made.is_integer() else made


def _iso_day(said: str) -> object:
    """A day as Strict files write it."""
    try:
        return datetime.fromisoformat(said.removesuffix("Z"))
    except ValueError:
        return said


def _sheet(
    title: str, one: _Parts, book: _Book, part: str, *, is_hidden: bool, is_list: bool
) -> Sheet:
    """A sheet's filled cells, row by row, with what is hidden."""
    relations = book.package.relations(part)
    by_row = _source_cells(title, one, book)
    for row, column in excel_objects.noted(book.package, relations):
        bare = SourceCell(Place(title, row, column), (), None, row)
        own = by_row.setdefault(row, {})
        own[column] = replace(own.get(column, bare), has_comment=True)
    spanned = spread_merged(one.merged, by_row)
    filled = _fills(one, by_row, book.styles)
    rows = tuple(
        SourceRow(
            number,
            dict(sorted(cells.items())),
            hidden=is_out and not _is_filtered(number, one),
            spanned=number in spanned,
            fills=filled.get(number, {}),
            fill=book.styles.look(style).fill if style else "",
            filtered=is_out and _is_filtered(number, one),
        )
        for number, cells in sorted(by_row.items())
        for is_out, style in [one.rows.get(number, (False, 0))]
    )
    used = {column for cells in by_row.values() for column in cells}
    hidden = frozenset(c for c in used if any(first <= c <= last for first, last in one.hidden))
    pictures = [
        (Place(title, row, column), "A picture or a linked record in the cell")
        for row, cells in one.cells.items()
        for column, each in cells.items()
        if each.is_picture
    ]
    objects = (*pictures, *excel_objects.floating(book.package, relations, title))
    return Sheet(title, rows, is_hidden, hidden, book.epoch, is_list, objects)


def _source_cells(title: str, one: _Parts, book: _Book) -> dict[int, dict[int, SourceCell]]:
    """The cells of a sheet that have something in them, by row and column."""
    numbers = sorted(one.cells)
    links = {
        (row, column): target
        for area, target in one.links
        for row in _within(area, numbers)
        for column in one.cells[row]
        if area[1] <= column <= area[3]
    }
    is_calculated = any(
        each.formula is not None and each.fault != "uncalculated"
        for row in one.cells.values()
        for each in row.values()
    )
    made: dict[int, dict[int, SourceCell]] = {}
    for row, cells in one.cells.items():
        for column, each in cells.items():
            if _is_nothing(each, title, book.parts, is_calculated=is_calculated):
                continue
            look = book.styles.look(each.style)
            if (each.pieces or look.face.colour) and _is_inside(row, column, one.unknown_grounds):
                look = replace(look, ground="")
            target = links.get((row, column), "")
            found = _source_cell(Place(title, row, column), each, look, target, book.epoch)
            if found is not None:
                made.setdefault(row, {})[column] = found
    return made


def _within(area: Area, rows: list[int]) -> list[int]:
    """Those of some rows, in order, that an area has."""
    return rows[bisect_left(rows, area[0]) : bisect_right(rows, area[2])]


def _is_inside(row: int, column: int, among: list[Area]) -> bool:
    """Whether a cell is in one of some areas."""
    return any(
        top <= row <= bottom and left <= column <= right for top, left, bottom, right in among
    )


def _fills(
    one: _Parts, by_row: dict[int, dict[int, SourceCell]], styles: Styles
) -> dict[int, dict[int, str]]:
    """The colours of a sheet's cells without words, by row and column; a merged one's on all its rows."""
    made = {
        row: {
            column: styles.look(each.style).fill
            for column, each in cells.items()
            if column not in by_row.get(row, {})
        }
        for row, cells in one.cells.items()
    }
    numbers = sorted(by_row)
    for top, left, bottom, right in one.merged:
        colour = made.get(top, {}).get(left)
        for row in _within((top + 1, left, bottom, right), numbers) if colour is not None else ():
            made.setdefault(row, {})[left] = colour or ""
    return made


def _is_filtered(row: int, one: _Parts) -> bool:
    """Whether a row is one of those that a filter can hide."""
    return any(top < row <= bottom for top, _, bottom, _ in one.filtered)


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
        there = (
            target.cells.get(int(row), {}).get(column_of(letters), _Stored())
            if target
            else _Stored()
        )
        return there.value is None or there.formula is not None
    return _FETCHES.search(each.formula) is not None and not _WORKS_OUT.search(each.formula)


def _source_cell(
    place: Place, each: _Stored, look: Look, target: str, epoch: date
) -> SourceCell | None:
    """One cell's words and oddities, or None where there is nothing in it."""
    written = _HYPERLINK.match(each.formula) if each.formula else None
    if written:
        target = written[1] or f"={each.formula}"
    safe = target.lower().startswith(LINK_SCHEMES)
    made = cell_as_shown(
        place,
        each.value,
        look,
        pieces=each.pieces,
        epoch=epoch,
        fault=each.fault,
        link=target if safe else None,
    )
    if made is None or not target or safe:
        return made
    return replace(made, left_out_link=target)


def _address(link: Element, relations: dict[str, Relation]) -> str:
    """Where a link leads; Excel keeps what stands after the `#` apart."""
    relation = relations.get(attribute(link, "id"))
    target = relation.target if relation is not None else ""
    place = link.get("location") or ""
    return f"{target}#{place}" if place and "#" not in target else target
