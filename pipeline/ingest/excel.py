"""Workbooks of Excel (.xlsx, .xlsm, templates; Transitional and Strict): the parts that hold words are read.

Read here and not through a library, so that a style, a rule or a link that is broken stops no words, and no
range is walked cell by cell. Macros are never run.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from pipeline.ingest import excel_styles
from pipeline.ingest.cells import Pieces, Stored, StoredSheet, put_together
from pipeline.ingest.excel_styles import ExcelStyles
from pipeline.ingest.figures import moment, plain_number, whole_number
from pipeline.ingest.lines import shape_words
from pipeline.ingest.package import (
    Element,
    Package,
    Relation,
    attribute,
    child,
    every,
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
    Read,
    areas,
    column_of,
)
from pipeline.model.action import Place

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")  # ECMA-376-1 22.4.2.4 (ST_Xstring)
_SHEET_NAME = re.compile(r"(?:'((?:[^']|'')+)'|([\w.]+))!")
_BEYOND = "cells beyond a sheet's last row or column"
_IN_CELL = "A picture or a linked record in the cell"
_ANCHORS = ("{*}twoCellAnchor", "{*}oneCellAnchor", "{*}absoluteAnchor")
_SHAPES = ("{*}sp", "{*}pic", "{*}graphicFrame", "{*}contentPart")
# What a part of it begins with; what else it says of type, colour, size, pages and files.
_MARGIN_PART = re.compile(r"(?<!&)(?:&&)*&[LCR]")
_MARGIN_CODE = re.compile(r'(?<!&)&(?:"[^"]*"|K[0-9A-Fa-f+-]{6}|\d+|[A-Za-z])')
_TAGS = (
    "row", "col", "mergeCell", "hyperlink", "autoFilter", "dataValidation", "conditionalFormatting", "tablePart",
    "picture", "headerFooter",
)  # fmt: skip


class _Book(Struct, frozen=True):
    """What the sheets of a workbook share; `named` is what names and drop-down lists take their choices from."""

    package: Package
    styles: ExcelStyles
    texts: list[Pieces | str]
    epoch: date
    named: list[str]


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
    book = _Book(package, styles, texts, epoch, names)
    sheets = [
        _sheet_of(book, title, relations[key].target, is_hidden=is_hidden)
        for title, key, is_hidden in listed
        if relations[key].kind == "worksheet"
    ]
    named = {q or plain for q, plain in _SHEET_NAME.findall(" ".join(book.named))}
    for one in sheets:
        one.is_list = one.name.replace("'", "''") in named
    return Read(
        put_together(sheets), package.lacking, _modified(package), tuple(package.passed_over)
    )


def _book_parts(package: Package, main: str) -> tuple[list[tuple[str, str, bool]], date, list[str]]:
    """A workbook's sheets (name, relation, hidden) in order, its day 0, and what its names stand for."""
    listed, epoch, names = [], EPOCH, list[str]()
    for one in package.elements(main, "workbookPr", "sheet", "definedName"):
        match tag(one):
            case "workbookPr" if is_on(one, "date1904", "0"):
                epoch = MAC_EPOCH
            case "sheet":
                state = one.get("state") or "visible"
                listed.append((one.get("name") or "", attribute(one, "id"), state != "visible"))
            case "definedName" if not (one.get("name") or "").startswith("_xlnm"):
                names.append(one.text or "")
    return listed, epoch, names


def _modified(package: Package) -> str:
    """When a workbook was last saved (ISO 8601, UTC), as it says itself; else the earliest day of a zip file."""
    said = child(package.side("docProps/core.xml"), "modified")
    found = None if said is None else moment(said.text)
    if said is not None and found is None:
        package.pass_over("docProps/core.xml (when it was saved)")
    return EARLIEST if found is None else f"{found:%Y-%m-%dT%H:%M:%SZ}"


def _shared_texts(package: Package, part: str, styles: ExcelStyles) -> list[Pieces | str]:
    """The texts that cells name by their number."""
    if not package.has(part):
        return []
    made = []
    for element in package.elements(part, "si"):
        made.append(_text_of(element, styles))
        element.clear()
    return made


def _text_of(element: Element, styles: ExcelStyles) -> Pieces | str:
    """A text: plain, or in pieces with type of their own. How it sounds (`rPh`) is no part of it."""
    made: Pieces = []
    for one in element:
        if tag(one) in ("r", "t"):
            words = "".join(t.text or "" for t in one.iter("{*}t"))
            looks = child(one, "rPr")
            own = styles.face(looks) if looks is not None else None
            made.append((_unescaped(words), own, ""))
    if all(face is None for _, face, _ in made):
        return "".join(words for words, _, _ in made)
    return made


def _unescaped(text: str) -> str:
    """A text without Excel's `_x000D_` escapes."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _sheet_of(book: _Book, title: str, part: str, *, is_hidden: bool) -> StoredSheet:
    """What stands in the part of a sheet."""
    package = book.package
    relations = package.relations(part)
    made = StoredSheet(title, is_hidden=is_hidden, epoch=book.epoch)
    last = 0
    for element in package.elements(part, *_TAGS):
        match tag(element):
            case "row":
                last = whole_number(element.get("r"), last + 1)
                _add_row(element, last, made, book)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            case "col":
                ends = whole_number(element.get("min")), whole_number(element.get("max"))
                made.hide_columns(
                    *ends, element.get("width"), is_hidden=is_on(element, "hidden", "0")
                )
            case "mergeCell":
                made.merged += areas(element.get("ref"))
            case "hyperlink":
                made.links += _links(element, relations, package, part)
            case "autoFilter" if child(element, "filterColumn") is not None:
                made.filtered += areas(element.get("ref"))
            case "dataValidation":
                book.named.extend(f.text or "" for f in every(element, "formula1"))
            case "conditionalFormatting":
                made.unknown_grounds += areas(element.get("sqref"))
                _add_rules(element, made, book.styles)
            case "picture":  # behind the whole sheet
                made.unknown_grounds.append((1, 1, LAST_ROW, LAST_COLUMN))
            case "headerFooter":
                made.margins += [words for one in element for words in _printed(one.text or "")]
            case "tablePart":
                _add_table(package, relations.get(attribute(element, "id")), made)
    _add_beside(package, relations, made)
    return made


def _add_rules(element: Element, made: StoredSheet, styles: ExcelStyles) -> None:
    """That rules may hide or strike out words, where they do: whether they hold is not known."""
    said = element.get("sqref") or ""
    rules = {whole_number(one.get("dxfId"), -1) for one in every(element, "cfRule")}
    for top, left, _, _ in areas(said)[:1] if rules & styles.hiding else ():
        what = f"A rule (conditional formatting) that hides or strikes out words in {said}"
        made.objects.append((Place(made.name, top, left), what))


def _printed(said: str) -> list[str]:
    """The words of the parts of what is printed above or below a sheet's pages, without its codes (ECMA-376-1,
    18.3.1.46).
    """
    parts = (_MARGIN_CODE.sub("", part).replace("&&", "&") for part in _MARGIN_PART.split(said))
    return [part.strip() for part in parts]


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


def _add_row(row: Element, number: int, made: StoredSheet, book: _Book) -> None:
    """A row's cells, and how it looks."""
    column = 0
    if len(row) and not 1 <= number <= LAST_ROW:
        book.package.pass_over(_BEYOND)
        return
    if row.get("customFormat"):
        made.grounds[number] = book.styles.look(whole_number(row.get("s"))).fill
    for one in every(row, "c"):
        column = column_of(one.get("r")) or column + 1
        found = _stored(one, book)
        if column > LAST_COLUMN:
            book.package.pass_over(_BEYOND)
        else:
            made.put(number, column, found)
        if found.is_blank and one.get("vm"):
            made.objects.append((Place(made.name, number, column), _IN_CELL))
    made.hide_row(number, row.get("ht"), is_hidden=is_on(row, "hidden", "0"))


def _add_table(package: Package, relation: Relation | None, made: StoredSheet) -> None:
    """The filter of a table, and the ground that its style gives."""
    root = package.side(relation.target) if relation is not None else None
    if root is None:
        return
    if child(root, "autoFilter", "filterColumn") is not None:
        made.filtered += areas(root.get("ref"))
    if child(root, "tableStyleInfo") is not None:
        made.unknown_grounds += areas(root.get("ref"))


def _add_beside(package: Package, relations: dict[str, Relation], made: StoredSheet) -> None:
    """What a sheet has beside the words of its cells: notes, what floats over the cells, and what is embedded in it."""
    floating: list[tuple[Place, str]] = []
    for relation in relations.values():
        match relation.kind:
            case "comments" | "threadedComment":
                root = package.side(relation.target)
                for one in (
                    root.iter("{*}comment", "{*}threadedComment") if root is not None else ()
                ):
                    for top, left, _, _ in areas(one.get("ref")):
                        said = f"{made.noted.get((top, left), '')}\n{''.join(one.itertext())}"
                        made.noted[top, left] = said
            case "drawing":
                root = package.side(relation.target)
                for anchor in root.iterchildren(*_ANCHORS) if root is not None else ():
                    ends = (anchor.findtext(f"{{*}}from/{{*}}{name}") for name in ("row", "col"))
                    row, column = map(whole_number, ends)  # counted from 0
                    place = Place(made.name, row + 1, column + 1)
                    found = map(shape_words, anchor.iter(*_SHAPES))
                    floating += [(place, words) for words in found if words]
            case "oleObject" | "package":
                floating.append((Place(made.name, 1, 1), "An embedded document"))
    made.objects += dict.fromkeys(floating)


def _stored(one: Element, book: _Book) -> Stored:
    """A cell as the file has it."""
    kind, look = one.get("t") or "n", book.styles.look(whole_number(one.get("s")))
    said: str | None = None
    formula: str | None = None
    for part in one:
        match tag(part):
            case "v":
                said = part.text
            case "f":
                formula = part.text or ""
            case "is":
                return Stored(_text_of(part, book.styles), look, formula)
    if kind == "e" and one.get("vm"):
        return Stored(look=look)
    if said is None:
        is_open = formula is not None and kind != "str"
        return Stored(None, look, formula, "uncalculated" if is_open else "")
    match kind:
        case "s":
            at = whole_number(said, -1)
            if at not in range(len(book.texts)):
                return Stored(None, look, formula, "lost")
            value: object = book.texts[at]
        case "b":
            value = said.strip() in ("1", "true")
        case "e" | "str":
            value = _unescaped(said)
        case "d":  # in Strict files
            value = moment(said) or said
        case _:
            value = said if (number := plain_number(said)) is None else number
    return Stored(value, look, formula, "error" if kind == "e" else "")
