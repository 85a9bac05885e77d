"""What a reader has found of a sheet, put together: one way for every kind of file.

The lines and tables of a Word file or a web page are one sheet: rows are numbered as they come. So a table that goes
on as another is one, and its headings said again are skipped as in any tracker.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from pipeline.ingest import limits
from pipeline.ingest.figures import plain_number
from pipeline.ingest.lines import CellWords
from pipeline.ingest.workbook import EPOCH, Area, Sheet, SourceCell, SourceRow
from pipeline.model.action import Place
from pipeline.model.document import Run

_COVERED = "it stands under a merged cell"
_THINNEST_ROW, _THINNEST_COLUMN = 3.0, 0.75  # points, and characters, in which words can be seen


class Filling(Struct):
    """A sheet's cells, by row and column; `fills` are the colours of those without words, `grounds` of whole
    rows. `noted` has what notes say; `hidden` rows are not shown, which a filter can do in the areas `filtered`,
    and so are the columns from one to another in `hidden_columns`.
    """

    name: str
    cells: dict[int, dict[int, SourceCell]] = {}
    fills: dict[int, dict[int, str]] = {}
    grounds: dict[int, str] = {}
    merged: list[Area] = []
    noted: dict[tuple[int, int], str] = {}
    hidden: set[int] = set()
    filtered: list[Area] = []
    hidden_columns: list[tuple[int, int]] = []
    objects: list[tuple[Place, str]] = []
    margins: list[str] = []
    is_hidden: bool = False
    is_list: bool = False
    epoch: date = EPOCH
    count: int = 0
    last: int = 0

    def add(self, cell: SourceCell) -> None:
        """A cell with something in it. Raises `PipelineError` where there are more than are read."""
        self.cells.setdefault(cell.place.row, {})[cell.place.column] = cell
        self.keep_count(len(self.cells))

    def keep_count(self, rows: int) -> None:
        """Count one more cell, in so many rows. Raises `PipelineError` where there are more than are read."""
        self.count += 1
        limits.keep(f"The sheet '{self.name}'", self.count, limits.CELLS, "cells in a sheet")
        limits.keep(f"The sheet '{self.name}'", rows, limits.ROWS, "rows in a sheet")

    def add_line(self, words: CellWords) -> None:
        """A line outside tables, as a row of one cell."""
        self.add_row([(1, 1, words, 0)])

    def add_row(self, cells: Iterable[tuple[int, int, CellWords, int]]) -> None:
        """The next row: of (first column, last column, words, the row that a merged cell began in, or 0)."""
        self.last += 1
        for first, last, words, anchor in cells:
            if words:
                self.add(
                    SourceCell(
                        Place(self.name, self.last, first),
                        words.runs,
                        "".join(run.text for run in words.runs),
                        anchor or self.last,
                        words.struck,
                        left_out=words.left_out,
                        last_column=last if last > first else 0,
                    )
                )

    def hide_row(self, row: int, height: str | float | None, *, is_hidden: bool) -> None:
        """A row that is hidden, or too thin for its words to be seen; `height` is in points."""
        if is_hidden or _is_thin(height, _THINNEST_ROW):
            self.hidden.add(row)

    def hide_columns(
        self, first: int, last: int, width: str | float | None, *, is_hidden: bool
    ) -> None:
        """Columns that are hidden, or too thin for their words to be seen; `width` is in characters."""
        if is_hidden or _is_thin(width, _THINNEST_COLUMN):
            self.hidden_columns.append((first, last))

    def fill(self, row: int, column: int, colour: str) -> None:
        """The colour of a cell without words."""
        self.fills.setdefault(row, {})[column] = colour

    def sheet(self) -> Sheet:
        for (row, column), note in self.noted.items():
            own = self.cells.setdefault(row, {})
            own[column] = replace(own.get(column, _bare(self.name, row, column)), note=note)
        self._spread()
        out = {
            row for row in self.hidden if any(top < row <= end for top, _, end, _ in self.filtered)
        }
        rows = tuple(
            SourceRow(
                row, dict(sorted(cells.items())), row in self.hidden - out,
                any(cell.last_column and cell.anchor_row == row for cell in cells.values()),
                self.fills.get(row, {}), self.grounds.get(row, ""), row in out,
            )
            for row, cells in sorted(self.cells.items())
        )  # fmt: skip
        used = {column for cells in self.cells.values() for column in cells}
        unseen = {c for c in used if any(first <= c <= last for first, last in self.hidden_columns)}
        return Sheet(
            self.name, rows, self.is_hidden, frozenset(unseen), self.epoch, self.is_list,
            tuple(self.objects), tuple(self.margins),
        )  # fmt: skip

    def _spread(self) -> None:
        """Give each row of a merged range its first row's cell and colour.
        What other cells of it say, nobody sees. Rows without any other words are not made.
        """
        rows = sorted(self.cells)
        for top, left, bottom, right in self.merged:
            there = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
            colour = self.fills.get(top, {}).get(left)
            for row in there if colour is not None else ():
                self.fill(row, left, colour or "")
            anchor = self.cells.get(top, {}).pop(left, None)
            covered = [
                self.cells[row].pop(column)
                for row in there
                for column in sorted(self.cells[row])
                if left <= column <= right
            ]
            if anchor is None and not any(cell.words for cell in covered):
                continue
            anchor = _with_covered(anchor or _bare(self.name, top, left), covered)
            if right > left:
                anchor = replace(anchor, last_column=right)
            for row in {top, *there}:
                self.cells.setdefault(row, {})[left] = replace(anchor, anchor_row=top)


def _bare(name: str, row: int, column: int) -> SourceCell:
    """A cell with nothing in it."""
    return SourceCell(Place(name, row, column), (), None, row)


def _with_covered(anchor: SourceCell, covered: list[SourceCell]) -> SourceCell:
    """A merged cell with the words under it, as words that nobody sees."""
    words = [cell.runs for cell in covered if cell.words]
    if not words:
        return anchor
    runs = [*anchor.runs, *(run for each in words for run in (Run("\n"), *each))]
    hidden = (*anchor.hidden, *range(len(anchor.runs), len(runs)))
    return replace(
        anchor, runs=tuple(runs), value="".join(run.text for run in runs), hidden=hidden,
        why_hidden=anchor.why_hidden or _COVERED,
    )  # fmt: skip


def _is_thin(size: str | float | None, least: float) -> bool:
    """Whether a row's height or a column's width is given, and too small for words to be seen."""
    made = plain_number(size)
    return made is not None and made < least
