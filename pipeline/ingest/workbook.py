"""The officers' workbook as the pipeline sees it: sheets of cells, as words with their places.

Does not know what a column means, nor any file format: `read` finds a reader for each. A file is
read once, whole, so that what is read is one consistent copy; it is never written to.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal, TypeAlias

from msgspec import Struct

from pipeline.model.action import Place
from pipeline.model.document import Run
from pipeline.model.text import seen

# "lost": its words are not in the file; "format": it shows its value in a way that we cannot tell.
CellFault: TypeAlias = Literal["", "uncalculated", "error", "lost", "format"]

EPOCH = date(1899, 12, 30)  # day 0 of Excel's serial numbers, but for the 1904 system
EARLIEST = "1980-01-01T00:00:00Z"  # stands for when a file was saved that does not say so reliably
MAC_EPOCH = date(1904, 1, 1)

Area: TypeAlias = tuple[int, int, int, int]  # top, left, bottom, right, counted from 1

LAST_ROW, LAST_COLUMN = 1048576, 16384
_LETTERS = 26
_END = re.compile(r"([A-Z]{0,3})(\d{0,7})")


class SourceCell(Struct, frozen=True, dict=True):
    """A cell with something in it: its live words as runs, its raw value, and what was odd.

    `anchor_row`: the first row of the merged range that the cell belongs to, else its own;
    `last_column`: the last column that it is merged over, or 0.
    `struck`: words struck through. `left_out`: what else was not read, each said. `left_out_link`: an
    address that no reader could open. `hidden`: the numbers of those of its runs that nobody sees in the
    workbook, and `why_hidden`. `note`: what a note or comment on it says; None where there is none.
    """

    place: Place
    runs: tuple[Run, ...]
    value: object = None
    anchor_row: int = 0
    struck: str = ""
    left_out_link: str = ""
    note: str | None = None
    fault: CellFault = ""
    last_column: int = 0
    left_out: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()
    why_hidden: str = ""

    @cached_property
    def words(self) -> str:
        """The live words, on one line."""
        return _on_one_line(self.text)

    @property
    def lines(self) -> str:
        """The live words, its lines apart."""
        if self.text == self.words:
            return self.words  # as almost always
        lines = self.text.splitlines()
        return "\n".join(filter(None, map(_on_one_line, lines))) if len(lines) > 1 else self.words

    @property
    def text(self) -> str:
        """The live words as they were typed."""
        return self.runs[0].text if len(self.runs) == 1 else "".join(run.text for run in self.runs)


def _on_one_line(text: str) -> str:
    """The words of a text that one sees."""
    said = " ".join(text.split())
    return said if said.isprintable() else " ".join(seen(said).split())


class SourceRow(Struct, frozen=True, dict=True):
    """A row's cells by column, counted from 1; cells with nothing in them are not there.

    `hidden`: it is not shown; `filtered`: a filter, which anybody can clear, hides it.
    `spanned`: a cell of the row is merged over several columns. `fills`: the colours of cells
    without words, `fill` that of the row itself; `#RRGGBB`, or empty.
    """

    number: int
    cells: dict[int, SourceCell]
    hidden: bool = False
    spanned: bool = False
    fills: dict[int, str] = {}
    fill: str = ""
    filtered: bool = False

    @cached_property
    def own(self) -> dict[int, SourceCell]:
        """The cells with words that are not merged from the rows above."""
        return {
            number: cell
            for number, cell in self.cells.items()
            if cell.words and cell.anchor_row == self.number
        }

    @property
    def words(self) -> dict[int, str]:
        """The words of its cells, of those merged from the rows above too."""
        return {number: cell.words for number, cell in self.cells.items()}

    def colour(self, column: int) -> str:
        """What fills a cell without words."""
        return self.fills.get(column, self.fill)


class Sheet(Struct, frozen=True):
    """A sheet as read. `hidden_columns` are those with words. `is_list`: drop-downs take their choices from
    it. `objects`: what floats over its cells, and where. `margins`: the words that are printed above and below
    its pages.
    """

    name: str
    rows: tuple[SourceRow, ...]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    epoch: date = EPOCH
    is_list: bool = False
    objects: tuple[tuple[Place, str], ...] = ()
    margins: tuple[str, ...] = ()


class Read(Struct, frozen=True):
    """What a reader makes of a file's bytes. `lacking`: what its format cannot carry, in words. `modified`: when it was
    last saved (ISO 8601), as it says itself. `passed_over`: broken parts of the file, without which it was read.
    """

    sheets: tuple[Sheet, ...]
    lacking: str = ""
    modified: str = EARLIEST
    passed_over: tuple[str, ...] = ()


class Workbook(Read, frozen=True, kw_only=True):
    """A workbook as read. `in_use`: somebody has it open. `location` is its whole path, and `given` the path as it was
    given; no paper ever says either.
    """

    name: str
    sha256: str
    in_use: bool = False
    location: str = ""
    given: str = ""


def areas(said: str | None) -> list[Area]:
    """Some areas with spaces between them; what is none is passed over."""
    return [found for one in (said or "").split() if (found := _area(one)) is not None]


def _area(said: str) -> Area | None:
    """An area; the sides that are not named are the sheet's (`G:G`)."""
    first, _, second = said.replace("$", "").upper().partition(":")
    start, end = _END.fullmatch(first), _END.fullmatch(second or first)
    if not first or start is None or end is None:
        return None
    return (
        int(start[2] or 1), column_of(start[1]) or 1,
        int(end[2] or LAST_ROW), column_of(end[1]) or LAST_COLUMN,
    )  # fmt: skip


def column_of(said: str | None) -> int:
    """The number of the column that a cell's name begins with, or 0."""
    return _column_number((said or "").rstrip("0123456789$"))


@lru_cache(1024)
def _column_number(letters: str) -> int:
    """The number of a column by its letters, or 0."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number
