"""Web pages (.html), of which the paper's table is wanted: lxml reads them, and nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from lxml import etree, html

from pipeline.document import Run
from pipeline.errors import PipelineError
from pipeline.sources.tables import ITEM, Grid, joined
from pipeline.workbook import Read

LACKING = "what style sheets and scripts show or hide"
BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "br", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"}
)
LINES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li"})
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
    held: dict[
        int, tuple[int, int, tuple[Run, ...], int]
    ] = {}  # rows left, last column, words, row
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells = []
        column = 1
        waiting = list(row.iterchildren("td", "th"))
        while waiting or any(place >= column and one[0] for place, one in held.items()):
            left, last, runs, began = held.get(column, (0, column, (), 0))
            if left:
                held[column] = left - 1, last, runs, began
            elif waiting:
                cell = waiting.pop(0)
                last = column + span(cell, "colspan") - 1
                runs, began = joined(lines(cell)), 0
                held[column] = span(cell, "rowspan") - 1, last, runs, grid.next
            cells.append((column, last, runs, began))
            column = last + 1
        grid.add_row(cells)


def span(cell: Any, name: str) -> int:
    """Over how many columns or rows a cell is merged."""
    said = str(cell.get(name, "1")).strip()
    return int(said) if said.isdigit() and int(said) in SPANS else 1


def lines(element: Any) -> Iterator[tuple[Run, ...]]:
    """The lines of an element's words: blocks and line breaks begin new ones, and list items a bullet."""
    line: list[Run] = []
    for run in runs(element, Run("")):
        if run.text == "\n":
            yield tuple(line)
            line = []
        else:
            line.append(run)
    yield tuple(line)


def runs(element: Any, looks: Run) -> Iterator[Run]:
    """The runs of an element, with a line end about each block."""
    yield from said(element.text, looks)
    for child in element:
        if not isinstance(child.tag, str):  # a comment
            yield from said(child.tail, looks)
            continue
        inner = Run(
            "",
            looks.bold or child.tag in ("b", "strong"),
            looks.italic or child.tag in ("i", "em"),
            address(child) or looks.link,
        )
        block = [Run("\n")] if child.tag in BLOCKS else []
        yield from block
        yield from [ITEM] if child.tag == "li" else []
        yield from runs(child, inner)
        yield from block
        yield from said(child.tail, looks)


def said(words: str | None, looks: Run) -> Iterator[Run]:
    """Words of a page, whose line ends are spaces."""
    text = " ".join((words or "").replace("\r", " ").split("\n"))
    if text:
        yield Run(text, looks.bold, looks.italic, looks.link)


def address(element: Any) -> str | None:
    """Where a link leads, if a reader of papers can go there."""
    href = str(element.get("href", "")) if element.tag == "a" else ""
    return href if href.startswith(("http:", "https:", "mailto:")) else None
