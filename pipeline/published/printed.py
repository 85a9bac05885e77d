"""What a PDF's table says in print, read as a screen reader does: from its tags to the marks on its pages.

pikepdf splits the pages, and each font's ToUnicode map, into operators and operands, so that nothing
is parsed here. That takes 4 ms a page, of 289 pages and of 911; pdfminer takes 26, and PDFium, which
takes 2, spells ligatures and Thai in its own way and knows the tags of one page at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote

import pikepdf

_ObjGen: TypeAlias = tuple[int, int]  # what names an object of a PDF
_Marked: TypeAlias = dict[int, str]  # a page's words by the number of their mark

_ARTIFACT = -1  # instead of a mark's number: words that pages repeat, which no reader says
_UNMARKED = -2  # words in no mark, which are none of the paper's
_OPERATORS = "BMC BDC EMC Tf Tj TJ ' \""
_CELLS = ("/TH", "/TD")
_LINES = ("/H1", "/H2", "/P", "/LI")


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader sees of an edition: its lines outside the table, the words of each cell of the table's
    body, the addresses that each row links to, the foot of each page; and by page what was put on a
    PDF's and is no part of the paper.
    """

    outside: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[tuple[str, ...], ...]
    feet: tuple[str, ...]
    added: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Font:
    """What the codes of a font stand for, each of so many bytes."""

    length: int
    letters: dict[bytes, str]

    def words(self, codes: bytes) -> str:
        """The letters of some codes; of a font that does not say, those that Windows has for them."""
        if not self.letters:
            return codes.decode("cp1252", "replace")
        each = (codes[place : place + self.length] for place in range(0, len(codes), self.length))
        return "".join(self.letters.get(code, "\ufffd") for code in each)


def printed_edition(path: Path) -> Said:
    """A PDF as read. Raises `pikepdf.PdfError`, `LookupError` or `ValueError` where it is damaged."""
    with pikepdf.open(BytesIO(path.read_bytes())) as pdf:
        fonts: dict[_ObjGen, Font] = {}
        pages = {page.obj.objgen: _marked(page, fonts) for page in pdf.pages}
        tree = pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())
        rows = [row for body in _tags(tree, "/TBody") for row in _tags(body, "/TR")]
        over = [
            page[_UNMARKED] + _notes(on) for page, on in zip(pages.values(), pdf.pages, strict=True)
        ]
        lines = (line for line in _tags(tree, *_LINES, "/Table") if line["/S"] != "/Table")
        return Said(
            outside=tuple(_words(line, pages) for line in lines),
            rows=tuple(tuple(_words(cell, pages) for cell in _tags(row, *_CELLS)) for row in rows),
            links=tuple(printed_links(_address(kid) for kid, _ in _leaves(row)) for row in rows),
            feet=tuple(page[_ARTIFACT] for page in pages.values()),
            added={number: text for number, text in enumerate(over, 1) if text.strip()},
        )


def printed_links(addresses: Iterable[str | None]) -> tuple[str, ...]:
    """Addresses as editions agree on them: each once, in order, with letters and not their codes."""
    return tuple(dict.fromkeys(unquote(address) for address in addresses if address))


def _address(leaf: Any) -> str:
    """Where what is in a tag leads, if it is a link."""
    link = leaf.get("/Obj") if isinstance(leaf, pikepdf.Dictionary) else None
    return "" if link is None else str(link.get("/A", pikepdf.Dictionary()).get("/URI", ""))


def _tags(tag: Any, *names: str) -> Iterator[Any]:
    """The tags of some names in a tag, in reading order; none of those within them."""
    for kid in kids(tag):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") in names:
            yield kid
        elif isinstance(kid, pikepdf.Dictionary):
            yield from _tags(kid, *names)


def kids(tag: Any) -> list[Any]:
    """What is in a tag: tags, marks and links."""
    inside = tag.get("/K", pikepdf.Array())
    return list(inside) if isinstance(inside, pikepdf.Array) else [inside]


def _words(tag: Any, pages: dict[_ObjGen, _Marked]) -> str:
    """All words in a tag, with a space between those of two marks, which are mostly of two lines."""
    said = []
    for kid, parent in _leaves(tag):
        if isinstance(kid, int):
            said.append((parent["/Pg"], kid))
        elif "/MCID" in kid:
            said.append((kid.get("/Pg", parent.get("/Pg")), int(kid["/MCID"])))
    return " ".join(pages[page.objgen].get(mark, "") for page, mark in said if page.objgen in pages)


def _leaves(tag: Any) -> Iterator[tuple[Any, Any]]:
    """The marks and links in a tag, in reading order, each with the tag that it is in."""
    for kid in kids(tag):
        if isinstance(kid, pikepdf.Dictionary) and "/MCID" not in kid and "/Obj" not in kid:
            yield from _leaves(kid)
        else:
            yield kid, tag


def _marked(page: pikepdf.Page, fonts: dict[_ObjGen, Font]) -> _Marked:
    """The words of each mark on a page. `fonts` are those that were met on the pages before."""
    found: _Marked = defaultdict(str)
    font = Font(1, {})
    inside = [_UNMARKED]
    spelt = [False]  # whether its words are said beside its letters, which are then not read
    for instruction in pikepdf.parse_content_stream(page, _OPERATORS):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BMC" | "BDC":
                mark, instead = _mark(page, operands, inside[-1])
                inside.append(mark)
                found[mark] += "" if spelt[-1] else instead
                spelt.append(spelt[-1] or bool(instead))
            case "EMC":
                inside.pop()
                spelt.pop()
            case "Tf":
                font = font_of(page.resources["/Font"][operands[0]], fonts)
            case _ if not spelt[-1]:
                # Shows words; TJ has a list of them, and of distances between them.
                pieces = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
                codes = (bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
                found[inside[-1]] += font.words(b"".join(codes))
    return found


def _mark(page: pikepdf.Page, operands: Any, outer: int) -> tuple[int, str]:
    """The number of a mark that begins, or of the one that it is in; and what is said instead of its letters."""
    if operands[0] == "/Artifact":
        return _ARTIFACT, ""
    said = operands[1] if len(operands) > 1 else pikepdf.Dictionary()
    if isinstance(said, pikepdf.Name):
        said = page.resources["/Properties"][said]
    return int(said.get("/MCID", outer)), str(said.get("/ActualText", ""))


def font_of(font: Any, fonts: dict[_ObjGen, Font]) -> Font:
    """A font as read: once, if it has a name to know it by."""
    if font.objgen not in fonts or not font.is_indirect:
        length = 2 if font["/Subtype"] == "/Type0" else 1
        fonts[font.objgen] = Font(length, dict(_letters(font.get("/ToUnicode"), length)))
    return fonts[font.objgen]


def _letters(to_unicode: Any, length: int) -> Iterator[tuple[bytes, str]]:
    """What each code of a font stands for, one by one as WeasyPrint says it: a letter, several or none."""
    for instruction in pikepdf.parse_content_stream(to_unicode, "endbfchar") if to_unicode else ():
        pairs: list[Any] = list(instruction.operands)
        for code, text in zip(pairs[::2], pairs[1::2], strict=True):
            yield bytes(code)[-length:], bytes(text).decode("utf-16-be")


def _notes(page: pikepdf.Page) -> str:
    """What was laid over a page: notes, and boxes of words."""
    return " ".join(
        str(note.get("/Contents", note.get("/Subtype")))
        for note in page.obj.get("/Annots", [])
        if note.get("/Subtype") != "/Link"
    )
