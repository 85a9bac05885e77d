"""A PDF's tag tree read back: what a screen reader says, and where on the pages it stands.

The words are read by pdfplumber, so that `pipeline.printed` is held against another reader's.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pdfplumber
import pikepdf
from pdfminer.layout import LTChar
from pdfplumber.page import Page

Mark = tuple[int, int]  # a page's number from 0, and that of a piece of its content


@dataclass(frozen=True)
class Tag:
    """A tag with what is in it, in order: tags, and the words of marks. `obj` is the PDF's own."""

    name: str
    obj: pikepdf.Object
    kids: list[Tag | str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[pikepdf.Object] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All words in it."""
        return "".join(kid if isinstance(kid, str) else kid.words for kid in self.kids)

    @property
    def pages(self) -> set[int]:
        """The pages that it is on."""
        inner = (page for kid in self.kids if isinstance(kid, Tag) for page in kid.pages)
        return {page for page, _ in self.marks}.union(inner)

    def all(self, *names: str) -> list[Tag]:
        """The tags of some names in it, in reading order."""
        return [tag for tag in self.walk() if tag.name in names]

    def walk(self) -> Iterator[Tag]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()


@dataclass(frozen=True)
class Tagged:
    """A PDF: its tag tree, the words of every mark, and the words that are artifacts, by page. `heights`
    are those of a mark's letters on its page.
    """

    pdf: pikepdf.Pdf
    document: Tag
    said: dict[Mark, str]
    artifacts: dict[int, str]
    heights: dict[Mark, list[float]]


def letters_of(page: Page) -> list[Any]:
    """The letters of a page, as pdfminer has them: `page.chars` takes a third longer."""
    return [one for one in page.layout if isinstance(one, LTChar)]


def tagged(data: bytes) -> Tagged:
    """A PDF as read."""
    said: dict[Mark, str] = defaultdict(str)
    artifacts: dict[int, str] = defaultdict(str)
    heights: dict[Mark, list[float]] = defaultdict(list)
    with pdfplumber.open(io.BytesIO(data)) as opened:
        for number, page in enumerate(opened.pages):
            for char in letters_of(page):
                text = char.get_text()
                if char.mcid is not None:
                    said[number, char.mcid] += text
                    heights[number, char.mcid] += [char.matrix[5]] * len(text)
                else:
                    assert char.tag == "Artifact"
                    artifacts[number] += text
    pdf = pikepdf.open(io.BytesIO(data))
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    (top,) = pdf.Root.StructTreeRoot.K
    return Tagged(pdf, tag(top, numbers, said), said, artifacts, heights)


def tag(obj: pikepdf.Object, numbers: dict[tuple[int, int], int], said: dict[Mark, str]) -> Tag:
    """A tag and all in it."""
    made = Tag(str(obj.S).lstrip("/"), obj)
    for kid in obj.K:
        if isinstance(kid, int):
            mark = (numbers[obj.Pg.objgen], kid)
        elif kid.get("/Type") == "/MCR":
            mark = (numbers[kid.Pg.objgen], int(kid.MCID))
        elif kid.get("/Type") == "/OBJR":
            made.links.append(kid.Obj)
            continue
        else:
            made.kids.append(tag(kid, numbers, said))
            assert kid.P.objgen == obj.objgen
            continue
        made.kids.append(said[mark])
        made.marks.append(mark)
    return made


def languages(read: Tagged) -> Iterator[tuple[str, str]]:
    """The language of each mark, which is its own, its tag's or that of the tags about it; and its words."""
    own = {}
    for number, page in enumerate(read.pdf.pages):
        for piece in pikepdf.parse_content_stream(page, "BDC"):
            said = piece.operands[1]
            if isinstance(said, pikepdf.Dictionary) and "/Lang" in said:
                own[number, int(said.MCID)] = str(said.Lang)

    def walk(tag: Tag, outer: str) -> Iterator[tuple[str, str]]:
        language = str(tag.obj.get("/Lang", outer))
        marks = iter(tag.marks)
        for kid in tag.kids:
            if isinstance(kid, Tag):
                yield from walk(kid, language)
            else:
                yield own.get(next(marks), language), kid

    return walk(read.document, str(read.pdf.Root.Lang))


def set_lines(read: Tagged, tag: Tag) -> list[str]:
    """The lines in which a tag's words are set on the pages, from the top down."""
    placed = [
        ((page, round(height)), letter + " " * (one.name == "Lbl"))
        for one in tag.walk()
        for page, mark in one.marks
        for letter, height in zip(read.said[page, mark], read.heights[page, mark], strict=True)
    ]
    placed.sort(key=lambda one: (one[0][0], -one[0][1]))
    return [
        "".join(letter for _, letter in line) for _, line in groupby(placed, lambda one: one[0])
    ]


def lines(document: Tag) -> Iterator[str]:
    """What `pipeline.document.outline` says of a paper, from its tags."""
    for block in document.kids:
        assert isinstance(block, Tag)
        match block.name:
            case "H1" | "H2":
                yield f"{'#' * int(block.name[1])} {block.words}"
            case "Table":
                for row in block.all("TR"):
                    yield from row_lines(row)
            case _:
                yield from flow_lines(block)


def row_lines(row: Tag) -> Iterator[str]:
    """A row's lines; the heading row is one."""
    cells = [cell for cell in row.kids if isinstance(cell, Tag)]
    if all(cell.name == "TH" for cell in cells):  # a body row has a date, which is none
        yield "| " + " | ".join(cell.words for cell in cells)
        return
    yield "|-"
    for cell in cells:
        yield "|"
        yield from flow_lines(cell)


def flow_lines(block: Tag) -> Iterator[str]:
    """The lines of a cell, a paragraph or a list."""
    if block.name == "L":
        for item in block.kids:
            assert isinstance(item, Tag)
            label, body = item.kids
            assert isinstance(label, Tag)
            assert isinstance(body, Tag)
            assert (item.name, label.name, body.name) == ("LI", "Lbl", "LBody")
            yield label.words + body.words
    elif any(isinstance(kid, Tag) and kid.name in {"P", "L"} for kid in block.kids):
        for kid in block.kids:
            assert isinstance(kid, Tag)
            yield from flow_lines(kid)
    else:
        yield block.words
