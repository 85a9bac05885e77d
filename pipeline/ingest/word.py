"""Word documents (.docx), of which the paper's table is wanted: their words as Word shows them to a reader who
accepts all changes, read from the XML; what is not among the words is listed with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from lxml import html
from msgspec.structs import replace

from pipeline.ingest import lines, word_fields, word_math
from pipeline.ingest.faces import WHITE
from pipeline.ingest.figures import whole_number
from pipeline.ingest.filling import Filling
from pipeline.ingest.letters import decoded
from pipeline.ingest.lines import CellWords, Span
from pipeline.ingest.package import (
    Package,
    Relation,
    attribute,
    child,
    every,
    is_on,
    tag,
    value,
    with_place,
)
from pipeline.ingest.word_numbering import Numbering
from pipeline.ingest.word_styles import WordStyles, face, first
from pipeline.ingest.workbook import Read
from pipeline.model.document import Run, text_of
from pipeline.model.errors import PipelineError
from pipeline.model.text import live_link

_LACKING = "headers, footers, comments, and pictures outside tables"
# What only holds other content.
_HOLDERS = frozenset({
    "sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "bdo", "dir",
})  # fmt: skip
_BOXES = ("drawing", "pict", "object")
# What a drawing holds beside words, by the end of its kind's address (ECMA-376-1, 20.1.2.2.17).
_DRAWN = {"chart": "is a chart", "chartex": "is a chart", "diagram": "is a diagram"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_LINK = "Hyperlink"
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "-"}
READ_PARTS = ("styles", "numbering", "footnotes", "endnotes")
_MOST_SPANNED = 63  # columns of a table of Word's
_THINNEST = 60  # twentieths of a point of a row in which words can be seen
_GONE = "was deleted in a tracked change"
_CODE = re.compile("[0-9A-Fa-f]{1,4}")


class _Source:
    """A document being read: its styles, notes and links, and how far its lists are counted."""

    def __init__(self, package: Package) -> None:
        """Raises `PipelineError` where the part with the words cannot be read."""
        main = package.main("word/document.xml")
        root = package.side(main)
        self.body: Any = child(root, "body")
        if self.body is None:
            package.data(main)  # raises where it tells why
            raise package.damaged("its words (word/document.xml) cannot be read")
        self.package = package
        word_fields.resolve(self.body)
        self.links = package.relations(main)
        parts = {one.kind: self.part(one) for one in self.links.values() if one.kind in READ_PARTS}
        has_ground = child(root, "background") is not None  # which Word can leave white
        self.styles = WordStyles(parts.get("styles"), "" if has_ground else WHITE)
        self.numbering = Numbering(parts.get("numbering"))
        self.notes = {name: _notes(parts.get(f"{name}s"), name) for name in _NOTES.values()}

    def part(self, link: Relation) -> Any:
        """The root of a part that a link leads to, or None."""
        return None if link.is_outside else self.package.side(link.target, is_named=True)

    def margins(self, *kinds: str) -> list[str]:
        """The words of what is printed above and below the pages: of each `header`, each `footer`, or both."""
        parts = (self.part(one) for one in self.links.values() if one.kind in kinds)
        return [_plain(one) for part in parts if part is not None for one in part.iter("{*}p")]


def _plain(element: Any, *tags: str) -> str:
    """The words of an element as they were typed, in elements with some names, or the usual one."""
    return "".join(one.text or "" for one in element.iter("{*}t", *tags))


def _notes(part: Any, kind: str) -> dict[str, str]:
    """The words of the footnotes or endnotes by their number."""
    return {attribute(one, "id"): " ".join(_plain(one).split()) for one in every(part, kind)}


def source_of(data: bytes, name: str) -> _Source:
    """A document, opened. Raises `PipelineError` where it cannot be read."""
    return _Source(Package(data, name))


def read_word(data: bytes, name: str) -> Read:
    """The document's lines and tables as one sheet. Raises `PipelineError` where it cannot be read."""
    source = source_of(data, name)
    sheet = Filling(PurePath(name).stem)
    sheet.margins += source.margins("header", "footer")
    for block in content(source.body):
        if tag(block) == "tbl":
            _add_table(sheet, block, source)
        else:
            sheet.add_line(lines.without_pictures(lines.joined_lines(word_lines([block], source))))
    return Read((sheet.sheet(),), _LACKING, passed_over=tuple(source.package.passed_over))


def content(element: Any) -> Iterator[Any]:
    """What an element holds, as a reader sees it who accepts all changes; holders give way to their content."""
    for one in element:
        if tag(one) in _HOLDERS:
            yield from content(one)
        elif tag(one) == "AlternateContent":  # in two forms, of which newer Words show the first
            yield from content(next(one.iterchildren("{*}Choice", "{*}Fallback"), ()))
        else:
            yield one


def _add_table(sheet: Filling, table: Any, source: _Source) -> None:
    """A table's rows, cells merged downwards given to each row that they are on."""
    held: dict[int, tuple[CellWords, int]] = {}
    for row in _held(table, "tr"):
        if why := _why_gone(row):
            words_of = (text_of(words.runs) for words in cells(row, source))
            sheet.add_line(lines.gone(" ".join(words_of), why))
            continue
        made = []
        first = 1 + _span(row, "trPr", "gridBefore", usual=0)
        for cell in _held(row, "tc"):
            last = first + _span(cell, "tcPr", "gridSpan", usual=1) - 1
            merged = child(cell, "tcPr", "vMerge")
            words, began = held.get(first, (CellWords(), 0))
            starts = attribute(merged, "val") == "restart"
            if began and merged is not None and not starts:
                under = " ".join(_plain(cell).split())
                if under and under != " ".join(text_of(words.runs).split()):
                    sheet.add_line(lines.gone(under, "stands under a merged cell"))
            else:
                words, began = _cell_words(cell, source), 0
                if starts:
                    held[first] = words, sheet.last + 1
                else:
                    held.pop(first, None)
            made.append((first, last, words, began))
            first = last + 1
        sheet.add_row(made)


def _span(element: Any, *names: str, usual: int) -> int:
    """Over how many columns a cell is merged, or how many stand empty."""
    return min(whole_number(value(element, *names), usual), _MOST_SPANNED)


def _held(element: Any, name: str) -> Iterator[Any]:
    """What an element holds of one name: a table's rows, a row's cells."""
    return (one for one in content(element) if tag(one) == name)


def word_rows(table: Any) -> Iterator[Any]:
    """The rows of a table that are shown and that nobody has deleted."""
    return (row for row in _held(table, "tr") if not _why_gone(row))


def _why_gone(row: Any) -> str:
    """Why a row's words are not live, or nothing."""
    height = child(row, "trPr", "trHeight")
    is_exact = attribute(height, "hRule") == "exact"
    is_thin = is_exact and whole_number(attribute(height, "val"), _THINNEST) < _THINNEST
    if is_thin or is_on(child(row, "trPr", "hidden")):
        return "stands in a hidden row"
    return _GONE if child(row, "trPr", "del") is not None else ""


def cells(row: Any, source: _Source) -> Iterator[CellWords]:
    """The words of each cell of a row."""
    return (_cell_words(cell, source) for cell in _held(row, "tc"))


def _cell_words(cell: Any, source: _Source) -> CellWords:
    """The words of a cell; of a deleted one they are listed."""
    words = lines.joined_lines(word_lines(content(cell), source))
    if child(cell, "tcPr", "cellDel") is None:
        return words
    return lines.gone(text_of(words.runs), _GONE)


def word_lines(blocks: Any, source: _Source) -> Iterator[CellWords]:
    """The lines of some paragraphs and of the tables among them, a line a row.

    A paragraph whose end is deleted goes on in the next. A number without words after it counts where there
    are no words at all, as in a column of references that Word counts.
    """
    begun: list[Span] = []
    number: list[Run] = []
    has_words = False
    for block in blocks:
        made: list[CellWords] = []
        if tag(block) == "tbl":
            made = [lines.joined_lines(cells(row, source), " ") for row in word_rows(block)]
        elif tag(block) == "p":
            pieces = [*begun, *_pieces(block, source)]
            begun = pieces if child(block, "pPr", "rPr", "del") is not None else []
            if not begun:
                lead = _marker(block, source)
                number = number or ([] if lead == [lines.ITEM] else lead)
                made = [lines.line_of(pieces, lead)]
        elif tag(block) == "altChunk":
            made = [CellWords((), "", (_embedded(block, source),))]
        elif tag(block) in word_math.EQUATIONS:
            made = [CellWords((Run(word_math.text(block)),))]
        has_words = has_words or any(one.runs for one in made)
        yield from made
    if begun:
        yield lines.line_of(begun)
    elif number and not has_words:
        yield CellWords(tuple(Run(run.text.strip()) for run in number))


def _embedded(block: Any, source: _Source) -> str:
    """What is said of a document in the document: its words where it is a page or a text, else its name."""
    link = source.links.get(attribute(block, "id"))
    try:
        data = None if link is None or link.is_outside else source.package.data(link.target)
    except PipelineError:
        data = None
    name = "" if link is None else link.target.rpartition("/")[2]
    if data and name.lower().endswith((".htm", ".html", ".xhtml", ".txt")):
        page = f"<div>{decoded(data).text}</div>".encode()
        words: Any = html.fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
        return lines.shortened(str(words.text_content()), "stands in an embedded document")
    return lines.shortened(name or "without a name", "is an embedded document")


def _pieces(
    element: Any, source: _Source, style: str = "", link: str | None = None
) -> Iterator[Span]:
    """The pieces of a paragraph, or of a link or a field in it; `style` is the paragraph's."""
    style = style or source.styles.of(element)
    for one in content(element):
        match tag(one):
            case "del" | "moveFrom":
                yield Span(Run(_plain(one, "{*}delText")), _GONE)
            case "r":
                yield from _run_pieces(one, source, style, link)
            case "hyperlink":
                yield from _pieces(one, source, style, _address(one, source))
            case "oMath" | "oMathPara":
                yield Span(Run(word_math.text(one), link=link))


def _only_leads(run: Any, style: str) -> bool:
    """Whether a run of a link has not a link's looks while another of it has: it leads to that (`render.links`)."""
    if style == _LINK or tag(run.getparent()) != "hyperlink":
        return False
    others = run.getparent().iter("{*}rStyle")
    return any(attribute(one, "val") == _LINK for one in others)


def _run_pieces(run: Any, source: _Source, style: str, link: str | None) -> Iterator[Span]:
    """The pieces of a run: its words, and what hangs on it."""
    marks = child(run, "rPr")
    own = value(marks, "rStyle")
    styles = source.styles
    of_run = [marks, *styles.marks(own)]
    looks = [*of_run, *styles.marks(style), styles.first]
    why = "is hidden text" if is_on(first("vanish", looks)) else ""
    made = face(of_run, looks)
    ground = styles.ground(run, looks) if made.colour else ""
    for one in content(run):
        name = tag(one)
        if name in _NOTES:
            kind = _NOTES[name]
            yield Span(Run(source.notes[kind].get(attribute(one, "id"), "")), f"is a {kind}")
        elif name in _BOXES:
            yield from _boxes(one)
        elif name == "ruby":
            for base in one.iter("{*}rubyBase"):
                yield from _pieces(base, source, style, link)
        elif words := _characters(one):
            to = None if _only_leads(run, own) else (one.get(word_fields.LINK) or link)
            type_ = replace(made, typeface=attribute(one, "font")) if name == "sym" else made
            yield lines.span(words, type_, ground, live_link(to), why)


def _characters(one: Any) -> str:
    """The characters that a part of a run stands for."""
    if tag(one) == "sym":
        code = attribute(one, "char")
        return chr(int(code, 16)) if _CODE.fullmatch(code) else ""
    return str(one.text or "") if tag(one) == "t" else _SIGNS.get(tag(one), "")


def _boxes(drawing: Any) -> Iterator[Span]:
    """What is said of a drawing: the words of the text boxes in it, else what it is."""
    boxes = list(drawing.iter("{*}txbxContent"))
    for box in boxes:
        words = " ".join(map(_plain, box.iter("{*}p")))
        yield Span(Run(words), "stands in a text box")
    if boxes:
        return
    for textpath in drawing.iter("{*}textpath"):
        yield Span(Run(str(textpath.get("string", ""))), "is drawn")
        return
    for object_ in drawing.iter("{*}OLEObject"):
        yield Span(Run(str(object_.get("ProgID", "object"))), "is an embedded object")
        return
    kinds = [str(one.get("uri", "")).rpartition("/")[2] for one in drawing.iter("{*}graphicData")]
    yield Span(
        Run(_name_of(drawing)), next((_DRAWN[one] for one in kinds if one in _DRAWN), lines.PICTURE)
    )


def _name_of(drawing: Any) -> str:
    """What a drawing is called: by its description, else by its name."""
    said_of = list(drawing.iter("{*}docPr", "{*}shape"))
    words = (one.get(name, "") for name in ("descr", "title", "alt", "name") for one in said_of)
    return next((one for one in words if one.strip()), "picture")


def _marker(paragraph: Any, source: _Source) -> list[Run]:
    """The number or the bullet before a paragraph, if it is a list's."""
    own = child(paragraph, "pPr", "numPr")
    number, level = value(own, "numId"), value(own, "ilvl")
    for style in source.styles.chain(source.styles.of(paragraph)):
        if number and level:
            break
        of_style = child(style, "pPr", "numPr")
        if of_style is not None:
            number = number or value(of_style, "numId")
            name = attribute(style, "styleId")
            level = level or str(source.numbering.level_of_style(number, name))
    if not number:
        return []
    sign = source.numbering.mark(number, whole_number(level, 0))
    return [lines.ITEM] if sign == "•" else [Run(f"{sign} ")] if sign else []


def _address(link: Any, source: _Source) -> str | None:
    """Where a link leads, if a reader of papers can go there."""
    known = source.links.get(attribute(link, "id"))
    target = known.target if known is not None and known.is_outside else ""
    return live_link(with_place(target, attribute(link, "anchor")))
