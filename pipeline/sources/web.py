"""Web pages (.html), of which the paper's table is wanted: lxml reads them, and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from lxml import etree, html

from pipeline.document import Run
from pipeline.errors import PipelineError
from pipeline.sources.list_numbers import written
from pipeline.sources.tables import ITEM, STRUCK, Grid, Piece, Words, joined, shortened
from pipeline.workbook import Read

LACKING = "what style sheets and scripts show or hide"
BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "br", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"}
)
LINES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li"})
COUNTED = {
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip  # how a list counts, as Word calls it
SPANS = range(1, 1000)  # HTML Living Standard, 4.9.11


def read(data: bytes, name: str) -> Read:
    """The page's lines and tables as one sheet. Raises `PipelineError` where it has no table."""
    try:
        page: Any = html.document_fromstring(data)
    except (etree.LxmlError, ValueError):
        page = None
    if page is None or page.find(".//table") is None:
        raise PipelineError(f"{name} has no table in it.", "Give the page with the paper's table.")
    for element in page.xpath(
        "//script|//style|//form|//nav|//footer|//caption|//*[@id='Bar']|//*[@class='skip']"
        "|//*[@class='draft']|//a[@class='self']"
    ):
        element.drop_tree()
    grid = Grid(PurePath(name).stem)
    for element in page.body.iter():
        if element.tag == "table" and not inside(element, "table"):
            add_table(grid, element)
        elif element.tag in LINES and not inside(element, "table"):
            grid.add_line(joined(lines(element)))
    return grid.read(LACKING)


def inside(element: Any, name: str) -> bool:
    """Whether an element is in another of a name."""
    return next(element.iterancestors(name), None) is not None


def add_table(grid: Grid, table: Any) -> None:
    """A table's rows, cells merged downwards given to each row that they are on."""
    held: dict[int, tuple[int, int, Words, int]] = {}  # rows left, last column, words, row
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells = []
        column = 1
        waiting = list(row.iterchildren("td", "th"))
        while waiting or any(place >= column and one[0] for place, one in held.items()):
            left, last, words, began = held.get(column, (0, column, Words(), 0))
            if left:
                held[column] = left - 1, last, words, began
            elif waiting:
                cell = waiting.pop(0)
                last = column + span(cell, "colspan") - 1
                words, began = joined(lines(cell)), 0
                held[column] = span(cell, "rowspan") - 1, last, words, grid.next
            cells.append((column, last, words, began))
            column = last + 1
        grid.add_row(cells)


def span(cell: Any, name: str) -> int:
    """Over how many columns or rows a cell is merged."""
    said = str(cell.get(name, "1")).strip()
    return int(said) if said.isdigit() and int(said) in SPANS else 1


def lines(element: Any) -> Iterator[Words]:
    """The lines of an element's words: blocks and line breaks begin new ones, and list items a bullet or
    their number.
    """
    line: list[Piece] = []
    for piece in pieces(element, Run("")):
        if piece.run.text == "\n":
            yield words_of(line)
            line = []
        else:
            line.append(piece)
    yield words_of(line)


def words_of(line: list[Piece]) -> Words:
    """A line's live words, and what is struck out or hidden in it."""
    return Words(
        tuple(piece.run for piece in line if not piece.kept_out),
        " ".join("".join(piece.run.text for piece in line if piece.kept_out == STRUCK).split()),
        tuple(
            shortened(piece.run.text, piece.kept_out)
            for piece in line
            if piece.kept_out not in ("", STRUCK) and piece.run.text.strip()
        ),
    )


def pieces(element: Any, looks: Run, kept_out: str = "") -> Iterator[Piece]:
    """The pieces of an element, with a line end about each block."""
    yield from said(element.text, looks, kept_out)
    for child in element:
        if not isinstance(child.tag, str):  # a comment
            yield from said(child.tail, looks, kept_out)
            continue
        inner = Run(
            "",
            looks.bold or child.tag in ("b", "strong"),
            looks.italic or child.tag in ("i", "em"),
            address(child) or looks.link,
        )
        block = [Piece(Run("\n"))] if child.tag in BLOCKS else []
        yield from block
        yield from [Piece(mark(child))] if child.tag == "li" else []
        yield from pieces(child, inner, kept_out or why_kept_out(child))
        yield from block
        yield from said(child.tail, looks, kept_out)


def why_kept_out(element: Any) -> str:
    """Why an element's words are not live, or nothing."""
    if element.tag in ("del", "s", "strike"):
        return STRUCK
    return "is hidden" if element.get("hidden") is not None else ""


def mark(item: Any) -> Run:
    """What stands before a list item: a bullet, or its number as the page counts (HTML Living Standard, 4.4.5)."""
    above = item.getparent()
    if above is None or above.tag != "ol":
        return ITEM
    items = list(above.iterchildren("li"))
    is_reversed = above.get("reversed") is not None
    number = whole(above.get("start"), len(items) if is_reversed else 1)
    for one in items:
        number = whole(one.get("value"), number)
        if one is item:
            break
        number += -1 if is_reversed else 1
    end = ")" if "bracket" in above.get("class", "").split() else "."  # as our own pages have it
    return Run(f"{written(number, COUNTED.get(above.get('type', '1'), 'decimal'))}{end} ")


def whole(said: str | None, usual: int) -> int:
    """A whole number that an attribute gives, or the usual."""
    return int(said) if said is not None and re.fullmatch(r"\s*-?\d+\s*", said) else usual


def said(words: str | None, looks: Run, kept_out: str) -> Iterator[Piece]:
    """Words of a page, whose line ends are spaces."""
    text = " ".join((words or "").replace("\r", " ").split("\n"))
    if text:
        yield Piece(Run(text, looks.bold, looks.italic, looks.link), kept_out)


def address(element: Any) -> str | None:
    """Where a link leads, if a reader of papers can go there."""
    href = str(element.get("href", "")) if element.tag == "a" else ""
    return href if href.startswith(("http:", "https:", "mailto:")) else None
