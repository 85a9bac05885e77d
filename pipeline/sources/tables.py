"""What the readers of Word files and web pages share: lines and tables as the one sheet of a workbook.

A table's rows are numbered as they come, after the lines before it; the lines after it follow. So a
table that goes on as another is one, and its headings said again are skipped as in any tracker.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.document import Run
from pipeline.records import Place
from pipeline.workbook import EPOCH, Read, Sheet, SourceCell, SourceRow

EARLIEST = "1980-01-01T00:00:00Z"  # neither says reliably when it was saved
ITEM = Run("• ")


@dataclass(slots=True)
class Grid:
    """The rows so far. `below` are the cells that reach down over the next rows, and how many."""

    name: str
    rows: list[SourceRow] = field(default_factory=list)

    @property
    def next(self) -> int:
        """The number of the next row."""
        return self.rows[-1].number + 1 if self.rows else 1

    def add_line(self, runs: Iterable[Run]) -> None:
        """A line outside tables, as a row of one cell."""
        self.add_row([(1, 1, tuple(runs), 0)])

    def add_row(self, cells: Iterable[tuple[int, int, tuple[Run, ...], int]]) -> None:
        """A row of (first column, last column, words, the row that a merged cell began in, or 0)."""
        number = self.next
        made = {
            first: SourceCell(
                Place(self.name, number, first),
                runs,
                "".join(run.text for run in runs),
                anchor or number,
                last_column=last if last > first else 0,
            )
            for first, last, runs, anchor in cells
            if any(run.text.strip() for run in runs)
        }
        spanned = any(cell.last_column for cell in made.values())
        self.rows.append(SourceRow(number, made, spanned=spanned))

    def read(self, lacking: str) -> Read:
        """All of it; rows with nothing in them are left out."""
        rows = tuple(row for row in self.rows if row.cells)
        return Read((Sheet(self.name, False, rows, frozenset(), False, EPOCH),), EARLIEST, lacking)


def joined(lines: Iterable[tuple[Run, ...]]) -> tuple[Run, ...]:
    """Lines as the runs of one cell, with line ends between them."""
    made: list[Run] = []
    for line in lines:
        if any(run.text.strip() for run in line):
            made += [*([Run("\n")] if made else []), *line]
    return tuple(made)
