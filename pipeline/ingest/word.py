"""Word documents (.docx), of which the paper's table is wanted: their words as Word shows them to a reader who
accepts all changes, read from the XML; what is not among the words is listed with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from docx.oxml.ns import nsmap, qn
from lxml import html

from pipeline.ingest import symbol_type, word_fields, word_math
from pipeline.ingest.excel_styles import WHITE, known_colour
from pipeline.ingest.filling import Filling
from pipeline.ingest.letters import decoded
from pipeline.ingest.lines import (
    ITEM,
    PICTURE,
    STRUCK,
    CellWords,
    Span,
    gone,
    joined_lines,
    line_of,
    shortened,
    without_pictures,
)
from pipeline.ingest.list_numbers import whole_number
from pipeline.ingest.package import Package, Relation, is_on, with_place
from pipeline.ingest.sight import why_unseen
from pipeline.ingest.word_numbering import Numbering, said, value
from pipeline.ingest.workbook import Read
from pipeline.model.document import Run, text_of
from pipeline.model.errors import PipelineError

_LACKING = "headers, footers, comments, and pictures outside tables"
_SCHEMES = ("http:", "https:", "mailto:")
_WORD = f"{{{nsmap['w']}}}"
_ALTERNATE, _CHOICE, _FALLBACK = (
    f"{{http://schemas.openxmlformats.org/markup-compatibility/2006}}{name}"
    for name in ("AlternateContent", "Choice", "Fallback")
)
# What only holds other content.
_HOLDERS = frozenset(
    qn(f"w:{name}")
    for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "bdo", "dir")
)  # fmt: skip
_DELETED = word_fields.DELETED
_BOXES = ("drawing", "pict", "object")
# What a drawing holds beside words, by the end of its kind's address (ECMA-376-1, 20.1.2.2.17).
_DRAWN = {"chart": "is a chart", "chartex": "is a chart", "diagram": "is a diagram"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_LINK = "Hyperlink"
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "-"}
PARTS = ("styles", "numbering", "footnotes", "endnotes")
_FIRST_LOOKS = f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
_MOST_SPANNED = 63  # columns of a table of Word's
_THINNEST = 60  # twentieths of a point of a row in which words can be seen
_PLAIN_SHADES = ("clear", "nil", "")  # shadings that let the fill alone be seen
_GONE = "was deleted in a tracked change"
_CODE = re.compile("[0-9A-Fa-f]{1,4}")


class _Source:
    """A document being read: its styles, notes and links, and how far its lists are counted."""

    def __init__(self, package: Package) -> None:
        """Raises `PipelineError` where the part with the words cannot be read."""
        main = package.main("word/document.xml")
        root = package.side(main)
        found = None if root is None else root.find(qn("w:body"))
        if found is None:
            package.needed(main)  # raises where it tells why
            raise package.damaged("its words (word/document.xml) cannot be read")
        self.package = package
        self.body: Any = found
        word_fields.resolve(self.body)
        self.links = package.relations(main)
        parts = {one.kind: self.part(one) for one in self.links.values() if one.kind in PARTS}
        whole_styles = parts.get("styles")
        styles = [] if whole_styles is None else whole_styles.findall(qn("w:style"))
        self.styles = {said(one, "styleId"): one for one in styles}
        usual = [one for one in styles if said(one, "type") == "paragraph" and said(one, "default")]
        self.usual = said(usual[0], "styleId") if usual else ""
        first = None if whole_styles is None else whole_styles.find(_FIRST_LOOKS)
        self.first_looks = [] if first is None else [first]
        self.looks: dict[str, list[Any]] = {}
        self.numbering = Numbering(parts.get("numbering"))
        self.notes = {name: _notes(parts.get(f"{name}s"), name) for name in _NOTES.values()}

    def part(self, link: Relation) -> Any:
        """The root of a part that a link leads to, or None."""
        return None if link.is_outside else self.package.side(link.target, is_named=True)

    def feet(self) -> list[str]:
        """The words of each footer."""
        roots = [self.part(one) for one in self.links.values() if one.kind == "footer"]
        return [
            _plain(paragraph)
            for root in roots
            if root is not None
            for paragraph in root.iter(qn("w:p"))
        ]


def _plain(element: Any, *tags: str) -> str:
    """The words of an element as they were typed, in elements with some names, or the usual one."""
    return "".join(one.text or "" for one in element.iter(*map(qn, tags or ("w:t",))))


def _notes(part: Any, kind: str) -> dict[str, str]:
    """The words of the footnotes or endnotes by their number."""
    found = [] if part is None else part.findall(qn(f"w:{kind}"))
    return {said(one, "id"): " ".join(_plain(one).split()) for one in found}


def source_of(data: bytes, name: str) -> _Source:
    """A document, opened. Raises `PipelineError` where it cannot be read."""
    return _Source(Package(data, name))


def read_word(data: bytes, name: str) -> Read:
    """The document's lines and tables as one sheet. Raises `PipelineError` where it cannot be read."""
    source = source_of(data, name)
    sheet = Filling(PurePath(name).stem)
    for block in content(source.body):
        if block.tag == qn("w:tbl"):
            _add_table(sheet, block, source)
        else:
            sheet.add_line(without_pictures(joined_lines(word_lines([block], source))))
    return Read((sheet.sheet(),), _LACKING, passed_over=tuple(source.package.passed_over))


def content(element: Any) -> Iterator[Any]:
    """What an element holds, as a reader sees it who accepts all changes; holders give way to their content."""
    for child in element:
        if child.tag in _HOLDERS:
            yield from content(child)
        elif child.tag == _ALTERNATE:
            yield from content(_shown_of(child))
        elif isinstance(child.tag, str):
            yield child


def _shown_of(alternate: Any) -> Any:
    """Of content in two forms the one that newer Words show."""
    choice = alternate.find(_CHOICE)
    fallback = alternate.find(_FALLBACK)
    return choice if choice is not None else fallback if fallback is not None else ()


def _add_table(sheet: Filling, table: Any, source: _Source) -> None:
    """A table's rows, cells merged downwards given to each row that they are on."""
    held: dict[int, tuple[CellWords, int]] = {}
    for row in _held(table, "w:tr"):
        if why := _why_gone(row):
            found = (text_of(words.runs) for words in cells(row, source))
            sheet.add_line(gone(" ".join(found), why))
            continue
        made = []
        first = 1 + _span(row.find(qn("w:trPr")), "gridBefore", 0)
        for cell in _held(row, "w:tc"):
            marks = cell.find(qn("w:tcPr"))
            last = first + _span(marks, "gridSpan", 1) - 1
            merged = None if marks is None else marks.find(qn("w:vMerge"))
            words, began = held.get(first, (CellWords(), 0))
            starts = merged is not None and said(merged, "val") == "restart"
            if began and merged is not None and not starts:
                under = " ".join(_plain(cell).split())
                if under and under != " ".join(text_of(words.runs).split()):
                    sheet.add_line(gone(under, "stands under a merged cell"))
            else:
                words, began = _cell_words(cell, source), 0
                if starts:
                    held[first] = words, sheet.last + 1
                else:
                    held.pop(first, None)
            made.append((first, last, words, began))
            first = last + 1
        sheet.add_row(made)


def _span(marks: Any, name: str, usual: int) -> int:
    """Over how many columns a cell is merged, or how many stand empty."""
    return min(whole_number(value(marks, name, ""), usual), _MOST_SPANNED)


def _held(element: Any, name: str) -> Iterator[Any]:
    """What an element holds of one name: a table's rows, a row's cells."""
    return (one for one in content(element) if one.tag == qn(name))


def word_rows(table: Any) -> Iterator[Any]:
    """The rows of a table that are shown and that nobody has deleted."""
    return (row for row in _held(table, "w:tr") if not _why_gone(row))


def _why_gone(row: Any) -> str:
    """Why a row's words are not live, or nothing."""
    marks = row.find(qn("w:trPr"))
    if marks is None:
        return ""
    height = marks.find(qn("w:trHeight"))
    is_exact = height is not None and said(height, "hRule") == "exact"
    is_thin = is_exact and whole_number(said(height, "val"), _THINNEST) < _THINNEST
    if is_thin or is_on(marks.find(qn("w:hidden"))):
        return "stands in a hidden row"
    return _GONE if marks.find(qn("w:del")) is not None else ""


def cells(row: Any, source: _Source) -> Iterator[CellWords]:
    """The words of each cell of a row."""
    return (_cell_words(cell, source) for cell in _held(row, "w:tc"))


def _cell_words(cell: Any, source: _Source) -> CellWords:
    """The words of a cell; of a deleted one they are listed."""
    words = joined_lines(word_lines(content(cell), source))
    if cell.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is None:
        return words
    return gone(text_of(words.runs), _GONE)


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
        if block.tag == qn("w:tbl"):
            made = [joined_lines(cells(row, source), " ") for row in word_rows(block)]
        elif block.tag == qn("w:p"):
            found = [*begun, *_pieces(block, source)]
            begun = found if _ends_deleted(block) else []
            if not begun:
                lead = _marker(block, source)
                number = number or ([] if lead == [ITEM] else lead)
                made = [line_of(found, lead)]
        elif block.tag == qn("w:altChunk"):
            made = [CellWords((), "", (_embedded(block, source),))]
        elif block.tag in word_math.EQUATIONS:
            made = [CellWords((Run(word_math.text(block)),))]
        has_words = has_words or any(one.runs for one in made)
        yield from made
    if begun:
        yield line_of(begun)
    elif number and not has_words:
        yield CellWords(tuple(Run(run.text.strip()) for run in number))


def _embedded(block: Any, source: _Source) -> str:
    """What is said of a document in the document: its words where it is a page or a text, else its name."""
    link = source.links.get(block.get(qn("r:id"), ""))
    try:
        data = None if link is None or link.is_outside else source.package.data(link.target)
    except PipelineError:
        data = None
    name = "" if link is None else link.target.rpartition("/")[2]
    if data and name.lower().endswith((".htm", ".html", ".xhtml", ".txt")):
        page = f"<div>{decoded(data).text}</div>".encode()
        words: Any = html.fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
        return shortened(str(words.text_content()), "stands in an embedded document")
    return shortened(name or "without a name", "is an embedded document")


def _pieces(
    element: Any, source: _Source, style: str = "", link: str | None = None
) -> Iterator[Span]:
    """The pieces of a paragraph, or of a link or a field in it; `style` is the paragraph's."""
    style = style or _style_of(element, source)
    for child in content(element):
        if child.tag in _DELETED:
            yield Span(Run(_plain(child, "w:delText", "w:t")), _GONE)
        elif child.tag == qn("w:r"):
            yield from _run_pieces(child, source, style, link)
        elif child.tag == qn("w:hyperlink"):
            yield from _pieces(child, source, style, _address(child, source))
        elif child.tag in word_math.EQUATIONS:
            yield Span(Run(word_math.text(child), link=link))


def _only_leads(run: Any, style: str) -> bool:
    """Whether a run of a link has not a link's looks while another of it has: it leads to that (`render.links`)."""
    if style == _LINK or run.getparent().tag != qn("w:hyperlink"):
        return False
    others = run.getparent().iter(qn("w:rStyle"))
    return any(said(one, "val") == _LINK for one in others)


def _run_pieces(run: Any, source: _Source, style: str, link: str | None) -> Iterator[Span]:
    """The pieces of a run: its words, and what hangs on it."""
    marks = run.find(qn("w:rPr"))
    own = value(marks, "rStyle", "")
    looks = [marks, *_style_marks(own, source)]
    all_looks = [*looks, *_style_marks(style, source), *source.first_looks]
    why = ""
    if _is_on("vanish", all_looks):
        why = "is hidden text"
    elif unseen := why_unseen(*_type(run, all_looks, source)):
        why = unseen
    elif _is_on("strike", all_looks) or _is_on("dstrike", all_looks):
        why = STRUCK
    typeface = _font(all_looks)
    place = next(filter(None, (value(m, "vertAlign", "") for m in all_looks)), "")
    for child in content(run):
        name = str(child.tag).rpartition("}")[2]
        if name in _NOTES:
            kind = _NOTES[name]
            yield Span(Run(source.notes[kind].get(said(child, "id"), "")), f"is a {kind}")
        elif name in _BOXES:
            yield from _boxes(child)
        elif name == "ruby":
            for base in child.iter(qn("w:rubyBase")):
                yield from _pieces(base, source, style, link)
        elif words := _shown(child, name, typeface):
            to = None if _only_leads(run, own) else (child.get(word_fields.LINK) or link)
            to = to if to and to.startswith(_SCHEMES) else None
            shown = symbol_type.raised(words, place)
            yield Span(Run(shown, _is_on("b", looks), _is_on("i", looks), to), why)


def _shown(child: Any, name: str, typeface: str) -> str:
    """The characters that a part of a run stands for, in some type."""
    if name == "t":
        return symbol_type.as_signs(str(child.text or ""), typeface)
    if name == "sym":
        code = said(child, "char")
        sign = chr(int(code, 16)) if _CODE.fullmatch(code) else ""
        return symbol_type.as_signs(sign, said(child, "font"))
    return _SIGNS.get(name, "")


def _type(run: Any, looks: list[Any], source: _Source) -> tuple[str, str, float]:
    """The colour of a run's type, of what is behind it, and its size in points; empty or 0 where not known."""
    shade = known_colour(next(filter(None, (value(one, "color", "") for one in looks)), ""))
    size = next(filter(None, (value(one, "sz", "") for one in looks)), "")
    return shade, _ground(run, looks, source) if shade else "", whole_number(size, 0) / 2


def _ground(run: Any, looks: list[Any], source: _Source) -> str:
    """The colour behind a run: of what shades it, its paragraph, its cell or its table; else the page's white."""
    above = [one for name in ("p", "tc", "tbl") for one in run.iterancestors(qn(f"w:{name}"))]
    marks = [*looks, *(one.find(f"{one.tag}Pr") for one in above)]
    styled = [value(one, name, "") for one in marks for name in ("pStyle", "tblStyle")]
    if any(one is not None and one.find(qn("w:highlight")) is not None for one in looks):
        return ""
    for one in marks:
        shade = None if one is None else one.find(qn("w:shd"))
        if shade is not None and said(shade, "fill") not in ("", "auto"):
            return known_colour(said(shade, "fill")) if said(shade, "val") in _PLAIN_SHADES else ""
    chains = (source.styles[name] for style in styled for name in _chain(style, source))
    return "" if any(next(one.iter(qn("w:shd")), None) is not None for one in chains) else WHITE


def _font(looks: list[Any]) -> str:
    """The name of the type that the first of some marks that says so has for Latin letters."""
    for marks in looks:
        fonts = None if marks is None else marks.find(qn("w:rFonts"))
        if fonts is not None and (fonts.get(qn("w:asciiTheme")) or said(fonts, "ascii")):
            return "" if fonts.get(qn("w:asciiTheme")) else said(fonts, "ascii")
    return ""


def _boxes(drawing: Any) -> Iterator[Span]:
    """What is said of a drawing: the words of the text boxes in it, else what it is."""
    found = list(drawing.iter(qn("w:txbxContent")))
    for box in found:
        words = " ".join(map(_plain, box.iter(qn("w:p"))))
        yield Span(Run(words), "stands in a text box")
    if found:
        return
    for textpath in drawing.iter("{urn:schemas-microsoft-com:vml}textpath"):
        yield Span(Run(str(textpath.get("string", ""))), "is drawn")
        return
    for object_ in drawing.iter("{urn:schemas-microsoft-com:office:office}OLEObject"):
        yield Span(Run(str(object_.get("ProgID", "object"))), "is an embedded object")
        return
    kinds = [str(one.get("uri", "")).rpartition("/")[2] for one in drawing.iter("{*}graphicData")]
    yield Span(
        Run(_name_of(drawing)), next((_DRAWN[one] for one in kinds if one in _DRAWN), PICTURE)
    )


def _name_of(drawing: Any) -> str:
    """What a drawing is called: by its description, else by its name."""
    said_of = list(drawing.iter("{*}docPr", "{*}shape"))
    words = (one.get(name, "") for name in ("descr", "title", "alt", "name") for one in said_of)
    return next((one for one in words if one.strip()), "picture")


def _marker(paragraph: Any, source: _Source) -> list[Run]:
    """The number or the bullet before a paragraph, if it is a list's."""
    style = _style_of(paragraph, source)
    own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    number, level = value(own, "numId", ""), value(own, "ilvl", "")
    for name in _chain(style, source):
        if number and level:
            break
        of_style = source.styles[name].find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if of_style is not None:
            number = number or value(of_style, "numId", "")
            level = level or str(source.numbering.level_of_style(number, name))
    if not number:
        return []
    sign = source.numbering.mark(number, whole_number(level, 0))
    return [ITEM] if sign == "•" else [Run(f"{sign} ")] if sign else []


def _ends_deleted(paragraph: Any) -> bool:
    """Whether the end of a paragraph is deleted in a tracked change."""
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None


def _style_of(paragraph: Any, source: _Source) -> str:
    """The name of a paragraph's style."""
    return value(paragraph.find(qn("w:pPr")), "pStyle", source.usual)


def _chain(style: str, source: _Source) -> Iterator[str]:
    """A style and those that it is based on."""
    seen: set[str] = set()
    while style in source.styles and style not in seen:
        seen.add(style)
        yield style
        style = value(source.styles[style], "basedOn", "")


def _style_marks(style: str, source: _Source) -> list[Any]:
    """How a style's words look, its own marks first."""
    if style not in source.looks:
        marks = [source.styles[name].find(qn("w:rPr")) for name in _chain(style, source)]
        source.looks[style] = [one for one in marks if one is not None]
    return source.looks[style]


def _is_on(name: str, looks: list[Any]) -> bool:
    """Whether the first of some marks that says so switches something on."""
    for marks in looks:
        mark = None if marks is None else marks.find(qn(f"w:{name}"))
        if mark is not None:
            return is_on(mark)
    return False


def _address(link: Any, source: _Source) -> str | None:
    """Where a link leads, if a reader of papers can go there."""
    known = source.links.get(link.get(qn("r:id"), ""))
    target = known.target if known is not None and known.is_outside else ""
    target = with_place(target, said(link, "anchor"))
    return target if target.startswith(_SCHEMES) else None
