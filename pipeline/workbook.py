"""The officers' workbook as the pipeline sees it: sheets of cells, as words with their places.

Does not know what a column means, nor any file format: `sources` has a reader for each. A file is
read once, whole, so that what is read is one consistent copy; it is never written to.
"""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct

from pipeline.document import Run
from pipeline.errors import PipelineError
from pipeline.records import Place
from pipeline.text import seen

# "lost": its words are not in the file; "format": it shows its value in a way that we cannot tell.
Fault: TypeAlias = Literal["", "uncalculated", "error", "lost", "format"]

EPOCH = date(1899, 12, 30)  # day 0 of Excel's serial numbers, but for the 1904 system
MAC_EPOCH = date(1904, 1, 1)
LEAST_TRIES = 3  # of reading a file that is being saved meanwhile


class SourceCell(Struct, frozen=True, dict=True):
    """A cell with something in it: its live words as runs, its raw value, and what was odd.

    `anchor_row`: the first row of the merged range that the cell belongs to, else its own;
    `last_column`: the last column that it is merged over, or 0.
    `struck`: words struck through. `left_out`: what else was not read, each said. `left_out_link`: an
    address that no reader could open. `hidden`: the numbers of those of its runs that nobody sees in the
    workbook, and `why_hidden`.
    """

    place: Place
    runs: tuple[Run, ...]
    value: object = None
    anchor_row: int = 0
    struck: str = ""
    left_out_link: str = ""
    has_comment: bool = False
    fault: Fault = ""
    last_column: int = 0
    left_out: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()
    why_hidden: str = ""

    @cached_property
    def words(self) -> str:
        """The live words, on one line."""
        return on_one_line(self.text)

    @cached_property
    def lines(self) -> str:
        """The live words, its lines apart."""
        return "\n".join(filter(None, map(on_one_line, self.text.splitlines())))

    @property
    def text(self) -> str:
        """The live words as they were typed."""
        return self.runs[0].text if len(self.runs) == 1 else "".join(run.text for run in self.runs)


def on_one_line(text: str) -> str:
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

    def colour(self, column: int) -> str:
        """What fills a cell without words."""
        return self.fills.get(column, self.fill)


class Sheet(Struct, frozen=True):
    """A sheet as read. `hidden_columns` are those with words. `is_list`: drop-downs take their choices from
    it. `objects`: what floats over its cells, and where.
    """

    name: str
    hidden: bool
    rows: tuple[SourceRow, ...]
    hidden_columns: frozenset[int]
    filtered: bool
    epoch: date
    is_list: bool = False
    objects: tuple[tuple[Place, str], ...] = ()


class Workbook(Struct, frozen=True):
    """A workbook as read. `modified`: when it was last saved (ISO 8601), as it says itself.

    `in_use`: somebody has it open. `lacking`: what its format cannot carry, in words. `passed_over`: parts of
    the file that are broken, without which it was read. `location` is its
    whole path, and `given` the path as it was given; no paper ever says either.
    """

    name: str
    sha256: str
    modified: str
    sheets: tuple[Sheet, ...]
    in_use: bool = False
    lacking: str = ""
    location: str = ""
    given: str = ""
    passed_over: tuple[str, ...] = ()


class Read(Struct, frozen=True):
    """What a reader of `sources` makes of a file's bytes; see `Workbook`."""

    sheets: tuple[Sheet, ...]
    modified: str
    lacking: str = ""
    passed_over: tuple[str, ...] = ()


def read(path: Path) -> Workbook:
    """The workbook at `path`. Raises `PipelineError` with a remedy where it cannot be read."""
    from pipeline import sources

    data = file_bytes(path)
    made = sources.reader(data, path)(data, path.name)
    return Workbook(
        name=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        modified=made.modified,
        sheets=made.sheets,
        in_use=is_open(path),
        lacking=made.lacking,
        location=str(path.resolve()),
        given=str(path),
        passed_over=made.passed_over,
    )


def is_open(path: Path) -> bool:
    """Whether Excel or LibreOffice has left its mark beside a file that it has open."""
    marks = (f"~${path.name}", f".~lock.{path.name}#")
    return any(path.with_name(mark).exists() for mark in marks)


def file_bytes(path: Path) -> bytes:
    """All of a file that can be a workbook. Raises `PipelineError` where it cannot."""
    if path.name.startswith("~$"):
        raise PipelineError(
            f"{path.name} is not the workbook: Excel keeps it while the workbook is open.",
            f"Give {path.name.removeprefix('~$')} instead.",
        )
    try:
        data = settled(path)
    except FileNotFoundError:
        raise PipelineError(f"{path} is not there.", "Check the name and the folder.") from None
    except IsADirectoryError:
        raise PipelineError(f"{path} is a folder.", "Give the workbooks in it by name.") from None
    except OSError as fault:
        if path.is_dir():  # Windows answers "permission denied"
            raise PipelineError(
                f"{path} is a folder.", "Give the workbooks in it by name."
            ) from None
        raise PipelineError(
            f"{path} cannot be read: {fault.strerror}.", "Close it elsewhere, or ask for access."
        ) from None
    if not data:
        raise PipelineError(
            f"{path.name} is empty (0 bytes).", "Ask for the workbook again, or copy it again."
        )
    return data


def settled(path: Path) -> bytes:
    """The bytes of a file that did not change while it was read. Raises `PipelineError` if it goes on changing."""
    for _ in range(LEAST_TRIES):
        before = path.stat()
        data = path.read_bytes()
        after = path.stat()
        if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size):
            return data
    raise PipelineError(
        f"{path.name} is being changed while it is read.", "Wait until it is saved, and try again."
    )
