"""What reading a sheet gives: where its table stands, the names above it, its actions, and what was not read."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import Literal, TypeAlias

from msgspec import Struct

from pipeline.ingest.workbook import Sheet, SourceCell, SourceRow, Workbook
from pipeline.model.action import DATE_FIELDS, Action, Place
from pipeline.normalise.headings import HeadingMatch
from pipeline.normalise.hidden import Hidden


class Layout(Struct, frozen=True):
    """Where the table stands: its heading row, and the column (from 1) of each field found.

    `first_row` is the heading row, or the upper one of two. `matches` say how each column was read,
    `unknown` are the other headings, `beaten` those of them whose field another column is, and `apart`
    those of a table beside it. `earlier` are the older columns of a field, the newest first: of days one
    of these counts where the newer cell is empty. `ignored` are the officers' own columns, `lacking`
    required ones that a tracker of another layout does without. `moved` are the columns of rows further
    down, under the same headings in another order.
    """

    sheet: str
    first_row: int
    heading_row: int
    columns: dict[str, int]
    unknown: dict[int, str]
    beaten: dict[int, str]
    matches: dict[int, HeadingMatch]
    ignored: frozenset[int] = frozenset()
    lacking: tuple[str, ...] = ()
    earlier: dict[str, tuple[int, ...]] = {}
    apart: frozenset[int] = frozenset()
    moved: dict[int, dict[str, int]] = {}

    def heading(self, field_name: str) -> str:
        """What heads a field's column; nothing where there is none."""
        column = self.columns.get(field_name, 0)
        return self.matches[column].heading if column in self.matches else ""

    def cell(self, field_name: str, row: SourceRow) -> SourceCell | None:
        """The cell that gives a field on a row, if one with words does."""
        older = self.earlier.get(field_name, ()) if field_name in DATE_FIELDS else ()
        cells = (row.cells.get(number) for number in (self.columns[field_name], *older))
        return next((cell for cell in cells if cell is not None and cell.words), None)

    @property
    def older_dates(self) -> dict[int, str]:
        """The columns of days that are read where a newer one is empty, and their fields."""
        return {number: name for name in DATE_FIELDS for number in self.earlier.get(name, ())}

    def place(self, field_name: str, row: int) -> Place:
        """The cell of a field on a row."""
        return Place(self.sheet, row, self.moved.get(row, self.columns)[field_name])


Label: TypeAlias = Literal["", "committee", "paper", "meeting", "following", "remarks"]
Part: TypeAlias = Literal["committee", "paper", "meeting"]


class Line(Struct, frozen=True):
    """A cell above the table: its label or none, its words, the meeting's day in them (`is_sure`: they
    call it so), the words about that, and what is `left` of them.
    """

    cell: SourceCell
    label: Label
    words: str
    day: date | None
    name: str
    is_sure: bool = False
    is_other: bool = False
    left: str = ""


class TitleBlock(Struct, frozen=True):
    """What the lines say, as far as they do. `places` are the cells that say it; `guessed` are those of
    its parts that were told by their place alone; `unused` are the cells that say something else.
    """

    committee: str = ""
    paper: str = ""
    meeting: date | None = None
    places: dict[Part, Place] = {}
    guessed: tuple[Part, ...] = ()
    unused: tuple[SourceCell, ...] = ()


LONGEST_QUOTED, MOST_QUOTED = 60, 4  # characters of a line, and lines, in a message


class Ground(IntEnum):
    """From where a name of the paper is, the best first."""

    GIVEN = 0  # and overrules the workbook
    LINE = 1  # a line above the table that says so
    PLACE = 2  # a line above the table, and no more than its place
    INSTEAD = 3  # given for a workbook without one; or the actions say it themselves
    SHEET = 4
    ELSEWHERE = 5  # another sheet's lines
    HOUSE = 6


class Name(Struct, frozen=True):
    """A name that the paper has or could have: its words (a `day` for the meeting), the cell that says it, and from
    where it is.
    """

    part: Part
    words: str
    day: date | None
    place: Place | None
    ground: Ground

    @property
    def is_sure(self) -> bool:
        """Whether a line of the table's own or the clerk says it for certain, or nothing is said at all."""
        return self.place is None or self.ground <= Ground.LINE


class RowRead(Struct, frozen=True):
    """What a row of the table was read as, from its first cell on, and why."""

    place: Place
    kind: str
    why: str


class Unread(Struct, frozen=True):
    """A sheet that was not read, and why; without a reason, because it has no table at all."""

    sheet: Sheet
    why: str = ""


class Tracker(Struct, frozen=True):
    """What one sheet says: the paper's names, its actions in order, and what was not read as one.

    `stray` are cells with words that no action took; `below` the rows of a second table; `carried` the
    places whose empty date was taken from the item above; `appended` the rows without a label that were
    read as updates of the action above; `taken` the names that no line above the table says for certain, and
    `lost` those that were not chosen; `unread` the workbook's other sheets that hold words; `beside` the
    committees that the column of committees named before this one, and where. `hidden` are the words of the
    sheet that nobody sees in the workbook. `kinds` are what its rows were read as, and `withheld` the cells
    whose words are neither in the paper nor in a finding, each with the rule.
    `joined` are the sheets whose actions, strays and guesses were added to this one's.
    """

    sheet: Sheet
    book: Workbook
    layout: Layout
    titles: TitleBlock
    committee: str
    paper: str
    meeting: date
    actions: tuple[Action, ...]
    stray: tuple[SourceCell, ...]
    below: tuple[SourceRow, ...]
    carried: dict[Place, Place]
    appended: tuple[SourceCell, ...]
    rows: tuple[SourceRow, ...]
    taken: tuple[Name, ...] = ()
    lost: tuple[Name, ...] = ()
    unread: tuple[Unread, ...] = ()
    beside: tuple[tuple[str, Place], ...] = ()
    joined: tuple[Tracker, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    kinds: tuple[RowRead, ...] = ()
    withheld: dict[Place, str] = {}

    @property
    def sheets(self) -> tuple[Tracker, ...]:
        """What each sheet says, in the order of the paper; of their actions all are in the first."""
        return (self, *self.joined)

    @property
    def fields(self) -> frozenset[str]:
        """The fields for which a sheet has a column."""
        return frozenset(name for one in self.sheets for name in one.layout.columns)
