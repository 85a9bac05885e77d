"""What reading a sheet gives: where its table stands, the names above it, its actions, and what was not read."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property

from msgspec import Struct

from pipeline.ingest.workbook import Sheet, SourceCell, SourceRow, Workbook
from pipeline.model.action import DATE_FIELDS, Action, Place
from pipeline.model.words import quoted
from pipeline.normalise.hidden import Hidden
from pipeline.normalise.looks import ReadColumn
from pipeline.normalise.names import Name, TitleBlock

_MOST_QUOTED = 4  # lines, in a message


class Layout(Struct, frozen=True, dict=True):
    """Where the table stands, and its columns. `first_row` is the heading row, or the upper one of two; `heads` are
    the columns with a heading, or read without one, from the left. `lacking` are required fields that a
    tracker of another layout does without; `moved` the columns of rows further down, under the same
    headings in another order.
    """

    sheet: str
    first_row: int
    heading_row: int
    heads: tuple[ReadColumn, ...]
    lacking: tuple[str, ...] = ()
    moved: dict[int, dict[str, int]] = {}

    @cached_property
    def read(self) -> tuple[ReadColumn, ...]:
        """The columns that are read as a field."""
        return tuple(one for one in self.heads if one.claim)

    @cached_property
    def columns(self) -> dict[str, int]:
        """The column of each field found, from 1."""
        shared = {self.shared.also: self.shared.number} if self.shared else {}
        return {**shared, **{one.field: one.number for one in self.read}}

    @cached_property
    def shared(self) -> ReadColumn | None:
        """The column that says both how an action stands and what has been done, if there is one."""
        return next((one for one in self.read if one.also), None)

    @cached_property
    def unknown(self) -> dict[int, str]:
        """The headings of the columns that are read as nothing, without the officers' own."""
        kept = ("", "beside")
        return {
            one.number: one.heading for one in self.heads if not one.claim and one.aside in kept
        }

    @cached_property
    def ignored(self) -> frozenset[int]:
        """The columns that are the officers' own."""
        return frozenset(
            one.number for one in self.heads if one.aside in ("ignored", "last update")
        )

    @cached_property
    def earlier(self) -> dict[str, list[int]]:
        """The older columns of each field, the newest first: of days one of these counts where the newer cell is
        empty. Of updates the first is one that keeps the last meeting's.
        """
        read = {one.number: one for one in self.read}
        older: dict[str, list[int]] = defaultdict(list)
        older["update"] += (one.number for one in self.heads if one.aside == "last update")
        for one in sorted(self.heads, key=lambda one: one.age):
            if one.lost and read[one.lost.to].is_newer(one):
                older[read[one.lost.to].field].append(one.number)
            elif one.field == "original_due":
                older["due"].append(one.number)
        return older

    def column(self, field_name: str) -> ReadColumn | None:
        """The column of a field, if there is one."""
        return next((one for one in self.read if field_name in (one.field, one.also)), None)

    def heading(self, field_name: str) -> str:
        """What heads a field's column; nothing where there is none."""
        column = self.column(field_name)
        return column.heading if column else ""

    @cached_property
    def _sources(self) -> dict[str, tuple[int, ...]]:
        """The columns of each field, of which the first with words gives it: of days the older ones too."""
        older = {name: self.earlier.get(name, ()) for name in DATE_FIELDS}
        return {name: (at, *older.get(name, ())) for name, at in self.columns.items()}

    def cell(self, field_name: str, row: SourceRow) -> SourceCell | None:
        """The cell that gives a field on a row, if one with words does."""
        for number in self._sources[field_name]:
            cell = row.cells.get(number)
            if cell is not None and cell.words:
                return cell
        return None

    @cached_property
    def older_dates(self) -> dict[int, str]:
        """The columns of days that are read where a newer one is empty, and their fields."""
        return {number: name for name in DATE_FIELDS for number in self.earlier.get(name, ())}

    def is_read_for_newer(self, number: int, row: SourceRow) -> bool:
        """Whether a column of older days gives a row's day, the newer one being empty there."""
        name = self.older_dates.get(number)
        return name is not None and self.cell(name, row) is row.cells[number]

    def place(self, field_name: str, row: int) -> Place:
        """The cell of a field on a row."""
        return Place(self.sheet, row, self.moved.get(row, self.columns)[field_name])


def cells_above(sheet: Sheet, layout: Layout) -> list[SourceCell]:
    """The cells with words above a table's headings."""
    rows = (row for row in sheet.rows if row.number < layout.first_row)
    return [cell for row in rows for cell in row.own.values()]


def quoted_lines(cells: list[SourceCell]) -> str:
    """The first lines of some cells, as a message quotes them; nothing where there is none."""
    more = ", …" if len(cells) > _MOST_QUOTED else ""
    said = ", ".join(quoted(cell.words) for cell in cells[:_MOST_QUOTED])
    return f": {said}{more}" if cells else ""


class RowRead(Struct, frozen=True):
    """What a row of the table was read as, from its first cell on, and why; and whether its words are withheld."""

    place: Place
    kind: str
    why: str
    is_withheld: bool


class Unread(Struct, frozen=True):
    """A sheet that was not read, and why; without a reason, because it has no table at all."""

    sheet: Sheet
    why: str = ""

    @property
    def cells(self) -> list[SourceCell]:
        """Its cells, each once."""
        rows = self.sheet.rows
        return [cell for r in rows for cell in r.cells.values() if cell.anchor_row == r.number]


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
