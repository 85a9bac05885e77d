"""What the readers of spreadsheets have found of a sheet, put together: one way for every kind of file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from pipeline.ingest import limits
from pipeline.ingest.areas import Area
from pipeline.ingest.workbook import EPOCH, Sheet, SourceCell, SourceRow
from pipeline.model.action import Place
from pipeline.model.document import Run

_COVERED = "it stands under a merged cell"


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
    count: int = 0

    def add(self, cell: SourceCell) -> None:
        """A cell with something in it. Raises `PipelineError` where there are more than are read."""
        self.cells.setdefault(cell.place.row, {})[cell.place.column] = cell
        self.count += 1
        limits.keep(self.name, self.count, limits.CELLS, "cells in a sheet")
        limits.keep(self.name, len(self.cells), limits.ROWS, "rows in a sheet")

    def fill(self, row: int, column: int, colour: str) -> None:
        """The colour of a cell without words."""
        self.fills.setdefault(row, {})[column] = colour

    def sheet(self, *, hidden: bool = False, epoch: date = EPOCH, is_list: bool = False) -> Sheet:
        """All of it. Raises `PipelineError` where there is more than is read."""
        what = "cells times merged ranges"
        limits.keep(self.name, self.count * len(self.merged), limits.AREAS, what)
        for (row, column), note in self.noted.items():
            own = self.cells.setdefault(row, {})
            own[column] = replace(own.get(column, _bare(self.name, row, column)), note=note)
        spanned = self._spread()
        out = {
            row for row in self.hidden if any(top < row <= end for top, _, end, _ in self.filtered)
        }
        rows = tuple(
            SourceRow(
                row, dict(sorted(cells.items())), row in self.hidden - out, row in spanned,
                self.fills.get(row, {}), self.grounds.get(row, ""), row in out,
            )
            for row, cells in sorted(self.cells.items())
        )  # fmt: skip
        used = {column for cells in self.cells.values() for column in cells}
        unseen = {c for c in used if any(first <= c <= last for first, last in self.hidden_columns)}
        return Sheet(
            self.name, rows, hidden, frozenset(unseen), epoch, is_list, tuple(self.objects)
        )

    def _spread(self) -> set[int]:
        """Give each row of a merged range its first row's cell and colour; the rows merged over columns.
        What other cells of it say, nobody sees. Rows without any other words are not made.
        """
        spanned = set()
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
                spanned.add(top)
                anchor = replace(anchor, last_column=right)
            for row in {top, *there}:
                self.cells.setdefault(row, {})[left] = replace(anchor, anchor_row=top)
        return spanned


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
