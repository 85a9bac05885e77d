"""Word documents (.docx), of which the paper's table is wanted: python-docx opens them, and the words are
read from their XML, since python-docx passes over content controls, insertions and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath
from typing import Any
from zipfile import BadZipFile

import docx
from docx.oxml.ns import qn

from pipeline.document import Run
from pipeline.errors import PipelineError
from pipeline.sources.tables import ITEM, STRUCK, Grid, Piece, Words, joined, shortened
from pipeline.sources.word_numbering import Numbering, said, value
from pipeline.workbook import Read

LACKING = "headers, footers and pictures"
SCHEMES = ("http:", "https:", "mailto:")
OFF = ("0", "false", "none", "off")
# What only holds other content; of `AlternateContent`, the form that newer Words show.
HOLDERS = frozenset(
    qn(f"w:{name}")
    for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "bdo", "dir")
) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice",
}  # fmt: skip
DELETED = (qn("w:del"), qn("w:moveFrom"))
BOXES = ("drawing", "pict")
NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
LINK = "Hyperlink"
SIGNS = {"tab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "-"}


class Source:
    """A document being read: its styles, notes and links, and how far its lists are counted."""

    def __init__(self, document: Any) -> None:
        self.links: Any = document.part.rels
        styles = document.styles.element.findall(qn("w:style"))
        self.styles = {said(one, "styleId"): one for one in styles}
        usual = [one for one in styles if said(one, "type") == "paragraph" and said(one, "default")]
        self.usual = said(usual[0], "styleId") if usual else ""
        parts = {one.reltype.rsplit("/", 1)[-1]: one for one in self.links.values()}
        self.numbering = Numbering(root_of(parts.get("numbering")))
        self.notes = {name: root_of(parts.get(f"{name}s")) for name in NOTES.values()}


def root_of(link: Any) -> Any:
    """The XML of a part that the document may have."""
    from docx.oxml.parser import parse_xml

    return None if link is None or link.is_external else parse_xml(link.target_part.blob)


def read(data: bytes, name: str) -> Read:
    """The document's lines and tables as one sheet. Raises `PipelineError` where it is no Word document."""
    try:
        document = docx.Document(BytesIO(data))
    except (BadZipFile, KeyError, ValueError) as fault:
        raise PipelineError(
            f"{name} is no Word document (.docx).", "Open it in Word and save it as one."
        ) from fault
    grid = Grid(PurePath(name).stem)
    source = Source(document)
    for block in content(document.element.body):
        if block.tag == qn("w:tbl"):
            add_table(grid, block, source)
        elif block.tag == qn("w:p"):
            grid.add_line(joined(lines([block], source)))
    return grid.read(LACKING)


def content(element: Any) -> Iterator[Any]:
    """What an element holds, as a reader sees it who accepts all changes; holders give way to their content."""
    for child in element:
        if child.tag in HOLDERS:
            yield from content(child)
        elif isinstance(child.tag, str):
            yield child


def add_table(grid: Grid, table: Any, source: Source) -> None:
    """A table's rows, cells merged downwards given to each row that they are on."""
    held: dict[int, tuple[Words, int]] = {}
    for row in rows_of(table):
        cells = []
        first = 1 + int(value(row.find(qn("w:trPr")), "gridBefore", "0"))
        for cell in cells_of(row):
            marks = cell.find(qn("w:tcPr"))
            last = first + int(value(marks, "gridSpan", "1")) - 1
            merged = None if marks is None else marks.find(qn("w:vMerge"))
            words, began = held.get(first, (Words(), 0))
            starts = merged is not None and said(merged, "val") == "restart"
            if merged is None or starts or not began:
                words, began = joined(lines(content(cell), source)), 0
                if starts:
                    held[first] = words, grid.next
                else:
                    held.pop(first, None)
            cells.append((first, last, words, began))
            first = last + 1
        grid.add_row(cells)


def rows_of(table: Any) -> Iterator[Any]:
    """The rows of a table that nobody has deleted."""
    for row in content(table):
        marks = row.find(qn("w:trPr"))
        if row.tag == qn("w:tr") and (marks is None or marks.find(qn("w:del")) is None):
            yield row


def cells_of(row: Any) -> Iterator[Any]:
    """The cells of a row."""
    return (one for one in content(row) if one.tag == qn("w:tc"))


def cells(row: Any, source: Source) -> Iterator[Words]:
    """The words of each cell of a row."""
    return (joined(lines(content(cell), source)) for cell in cells_of(row))


def lines(blocks: Any, source: Source) -> Iterator[Words]:
    """The lines of some paragraphs and of the tables among them, a line a row.

    A paragraph whose end is deleted goes on in the next.
    """
    begun: list[Piece] = []
    for block in blocks:
        if block.tag == qn("w:tbl"):
            for row in rows_of(block):
                yield joined(cells(row, source), " ")
        elif block.tag == qn("w:p"):
            found = [*begun, *pieces(block, source)]
            begun = found if ends_deleted(block) else []
            if not begun:
                yield line(found, marker(block, source))
    if begun:
        yield line(begun, [])


def line(found: list[Piece], lead: list[Run]) -> Words:
    """A paragraph's live words, after its number or bullet; and what is not live."""
    live = tuple(one.run for one in found if not one.kept_out and one.run.text)
    struck = "".join(one.run.text for one in found if one.kept_out == STRUCK)
    left_out = [
        shortened(one.run.text, one.kept_out)
        for one in together(found)
        if one.kept_out not in ("", STRUCK) and one.run.text.strip()
    ]
    shown = (*lead, *live) if any(run.text.strip() for run in live) else ()
    return Words(shown, " ".join(struck.split()), tuple(left_out))


def together(found: list[Piece]) -> list[Piece]:
    """Pieces, neighbours that are kept out for the same reason as one."""
    made: list[Piece] = []
    for one in found:
        if made and one.kept_out and made[-1].kept_out == one.kept_out:
            made[-1] = Piece(Run(made[-1].run.text + one.run.text), one.kept_out)
        else:
            made.append(one)
    return made


def pieces(
    element: Any, source: Source, style: str = "", link: str | None = None
) -> Iterator[Piece]:
    """The pieces of a paragraph, or of a link or a field in it; `style` is the paragraph's."""
    style = style or style_of(element, source)
    for child in element:
        if child.tag in DELETED:
            words = "".join(one.text or "" for one in child.iter(qn("w:delText"), qn("w:t")))
            yield Piece(Run(words), "was deleted in a tracked change")
        elif child.tag == qn("w:r"):
            yield from run_pieces(child, source, style, link)
        elif child.tag == qn("w:hyperlink"):
            yield from pieces(child, source, style, address(child, source))
        elif child.tag in HOLDERS:
            yield from pieces(child, source, style, link)


def only_leads(run: Any, style: str) -> bool:
    """Whether a run of a link has not a link's looks while another of it has: it leads to that (`render.links`)."""
    if style == LINK or run.getparent().tag != qn("w:hyperlink"):
        return False
    others = run.getparent().iter(qn("w:rStyle"))
    return any(said(one, "val") == LINK for one in others)


def run_pieces(run: Any, source: Source, style: str, link: str | None) -> Iterator[Piece]:
    """The pieces of a run: its words, and what hangs on it."""
    marks = run.find(qn("w:rPr"))
    own = value(marks, "rStyle", "")
    looks = [marks, *style_marks(own, source)]
    all_looks = [*looks, *style_marks(style, source)]
    why = ""
    if is_on("vanish", all_looks):
        why = "is hidden text"
    elif is_on("strike", all_looks) or is_on("dstrike", all_looks):
        why = STRUCK
    for child in content(run):
        name = str(child.tag).rpartition("}")[2]
        if name in NOTES:
            yield Piece(Run(note(child, source, NOTES[name])), f"is a {NOTES[name]}")
        elif name in BOXES:
            yield from boxes(child)
        elif words := shown(child, name):
            to = None if only_leads(run, own) else link
            yield Piece(Run(words, is_on("b", looks), is_on("i", looks), to), why)


def shown(child: Any, name: str) -> str:
    """The characters that a part of a run stands for."""
    if name == "t":
        return str(child.text or "")
    if name == "sym":
        return chr(int(said(child, "char"), 16))
    return SIGNS.get(name, "")


def boxes(drawing: Any) -> Iterator[Piece]:
    """The words of the text boxes in a drawing."""
    for box in drawing.iter(qn("w:txbxContent")):
        paragraphs = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in box.iter(qn("w:p")))
        yield Piece(Run(" ".join(paragraphs)), "stands in a text box")


def note(reference: Any, source: Source, kind: str) -> str:
    """The words of a footnote or an endnote."""
    notes = source.notes[kind]
    for one in () if notes is None else notes.findall(qn(f"w:{kind}")):
        if said(one, "id") == said(reference, "id"):
            return " ".join("".join(t.text or "" for t in one.iter(qn("w:t"))).split())
    return ""


def marker(paragraph: Any, source: Source) -> list[Run]:
    """The number or the bullet before a paragraph, if it is a list's."""
    style = style_of(paragraph, source)
    own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    number, level = value(own, "numId", ""), value(own, "ilvl", "")
    for name in chain(style, source):
        if number and level:
            break
        of_style = source.styles[name].find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if of_style is not None:
            number = number or value(of_style, "numId", "")
            level = level or str(source.numbering.level_of_style(number, name))
    if not number:
        return []
    sign = source.numbering.mark(number, int(level or 0))
    return [ITEM] if sign == "•" else [Run(f"{sign} ")] if sign else []


def ends_deleted(paragraph: Any) -> bool:
    """Whether the end of a paragraph is deleted in a tracked change."""
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None


def style_of(paragraph: Any, source: Source) -> str:
    """The name of a paragraph's style."""
    return value(paragraph.find(qn("w:pPr")), "pStyle", source.usual)


def chain(style: str, source: Source) -> Iterator[str]:
    """A style and those that it is based on."""
    seen: set[str] = set()
    while style in source.styles and style not in seen:
        seen.add(style)
        yield style
        style = value(source.styles[style], "basedOn", "")


def style_marks(style: str, source: Source) -> list[Any]:
    """How a style's words look, its own marks first."""
    return [source.styles[name].find(qn("w:rPr")) for name in chain(style, source)]


def is_on(name: str, looks: list[Any]) -> bool:
    """Whether the first of some marks that says so switches something on."""
    for marks in looks:
        mark = None if marks is None else marks.find(qn(f"w:{name}"))
        if mark is not None:
            return said(mark, "val") not in OFF
    return False


def address(link: Any, source: Source) -> str | None:
    """Where a link leads, if a reader of papers can go there."""
    known = source.links.get(link.get(qn("r:id")))
    target = str(known.target_ref) if known is not None and known.is_external else ""
    anchor = said(link, "anchor")
    if target and anchor and "#" not in target:
        target = f"{target}#{anchor}"
    return target if target.startswith(SCHEMES) else None
