"""Word documents (.docx), of which the paper's table is wanted: python-docx reads them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath
from typing import Any
from zipfile import BadZipFile

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph

from pipeline.document import Run
from pipeline.errors import PipelineError
from pipeline.sources.tables import ITEM, Grid, joined
from pipeline.workbook import Read

LACKING = "headers, footers, text boxes, pictures and tracked changes"


def read(data: bytes, name: str) -> Read:
    """The document's lines and tables as one sheet. Raises `PipelineError` where it is no Word document."""
    try:
        document = docx.Document(BytesIO(data))
    except (BadZipFile, KeyError, ValueError) as fault:
        raise PipelineError(
            f"{name} is no Word document (.docx).", "Open it in Word and save it as one."
        ) from fault
    grid = Grid(PurePath(name).stem)
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            grid.add_line(line(block))
        else:
            add_table(grid, block)
    return grid.read(LACKING)


def add_table(grid: Grid, table: Table) -> None:
    """A table's rows, cells merged downwards given to each row that they are on."""
    held: dict[int, tuple[tuple[Run, ...], int]] = {}
    for row in table._tbl.tr_lst:
        cells = []
        first = 1 + row.grid_before
        for cell in row.tc_lst:
            last = first + cell.grid_span - 1
            runs, began = held.get(first, ((), 0))
            if cell.vMerge != "continue" or not began:
                runs, began = joined(lines(cell, table)), 0
                if cell.vMerge == "restart":
                    held[first] = runs, grid.next
                else:
                    held.pop(first, None)
            cells.append((first, last, runs, began))
            first = last + 1
        grid.add_row(cells)


def lines(cell: Any, table: Table) -> Iterator[tuple[Run, ...]]:
    """The lines of a cell; a table inside it gives a line a row."""
    for block in cell.iterchildren(qn("w:p"), qn("w:tbl"), qn("w:sdt")):
        if block.tag == qn("w:p"):
            yield line(Paragraph(block, table._parent))
        else:
            for inner in block.iter(qn("w:p")):
                yield line(Paragraph(inner, table._parent))


def line(paragraph: Paragraph) -> tuple[Run, ...]:
    """A paragraph's runs, after a bullet if it is a list item."""
    made: list[Run] = [ITEM] if is_item(paragraph) else []
    for piece in paragraph.iter_inner_content():
        if isinstance(piece, Hyperlink):
            address = piece.url if piece.url.startswith(("http:", "https:", "mailto:")) else None
            made.extend(
                Run(run.text, bool(run.bold), bool(run.italic), address) for run in piece.runs
            )
        elif not piece.font.strike:
            made.append(Run(piece.text, bool(piece.bold), bool(piece.italic)))
    return tuple(run for run in made if run.text)


def is_item(paragraph: Paragraph) -> bool:
    """Whether Word numbers or marks a paragraph, by itself or by its style."""
    style: Any = paragraph.style
    own = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
    return own or (style is not None and "list" in str(style.name).lower())
