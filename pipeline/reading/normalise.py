"""A sheet's table made into trackers: one for each committee that a column names, else one."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from pipeline.columns import Columns, key
from pipeline.errors import NoActionsError, PipelineError
from pipeline.reading import drafts
from pipeline.reading.action_fields import action_of, without_doubtful_days
from pipeline.reading.drafts import Draft, RowsRead
from pipeline.reading.hidden import Hidden
from pipeline.reading.layout import Layout
from pipeline.reading.table_rows import table_rows
from pipeline.reading.tables import Table
from pipeline.reading.title_block import TitleBlock
from pipeline.reading.whose import Asked, Taken, day_above, name_cells, named_by, names
from pipeline.records import COMMITTEE_FIELD, Action, Place
from pipeline.workbook import Sheet, SourceCell, SourceRow, Workbook


class Unread(Struct, frozen=True):
    """A sheet that was not read, and why; without a reason, because it has no table at all."""

    sheet: Sheet
    why: str = ""


class Tracker(Struct, frozen=True):
    """What one sheet says: the paper's names, its actions in order, and what was not read as one.

    `stray` are cells with words that no action took; `below` the rows of a second table; `carried` the
    places whose empty date was taken from the item above; `appended` the rows without a label that were
    read as updates of the action above; `taken` what was guessed of the names; `unread` the workbook's
    other sheets that hold words; `beside` the committees that the column of committees named before this
    one, and where. `hidden` are the words of the sheet that nobody sees in the workbook.
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
    taken: tuple[Taken, ...] = ()
    unread: tuple[Unread, ...] = ()
    beside: tuple[tuple[str, Place], ...] = ()
    joined: tuple[Tracker, ...] = ()
    hidden: tuple[Hidden, ...] = ()

    @property
    def sheets(self) -> tuple[Tracker, ...]:
        """What each sheet says, in the order of the paper; of their actions all are in the first."""
        return (self, *self.joined)

    @property
    def fields(self) -> frozenset[str]:
        """The fields for which a sheet has a column."""
        return frozenset(name for one in self.sheets for name in one.layout.columns)


def sheet_trackers(
    book: Workbook, table: Table, known: Columns, asked: Asked, usual: list[TitleBlock]
) -> list[Tracker]:
    """The actions of a sheet, a tracker for each committee that a column names, else one. What no action
    took is said by the first.

    Raises `PipelineError` where it is nowhere said whose the table is, or there is no action.
    """
    sheet, titles = table.sheet, table.titles
    lines = table_rows(sheet, table.layout, known)
    found = replace(table.layout, moved=lines.moved)
    heads = None if "date" in found.columns else day_above(titles, known)
    read = drafts.read(lines, found, known, titles.committee, heads)
    if not read.drafts:
        raise NoActionsError(
            f"{sheet.name}: there is no action under the headings (row {found.heading_row}).",
            "Write the actions below the headings.",
        )
    is_told = all(COMMITTEE_FIELD in draft.cells for draft in read.drafts)
    said = names(table, known, asked, usual, is_told=is_told)
    whole = Tracker(
        sheet=sheet,
        book=book,
        layout=found,
        titles=titles,
        committee=said.committee,
        paper=said.paper,
        meeting=said.meeting,
        actions=(),
        stray=stray_cells(titles, heads, lines.rows, read, found),
        below=lines.below,
        carried=read.carried,
        appended=tuple(read.joined),
        rows=lines.rows,
        taken=said.taken,
    )
    groups = by_committee(read.drafts, said.committee, known)
    parts = [of_committee(whole, name, own, read, known) for name, own in groups.items()]
    others = (
        replace(part, stray=(), below=(), taken=(), beside=named_committees(parts[:number]))
        for number, part in enumerate(parts)
        if number
    )
    return [parts[0], *others]


def of_committee(
    whole: Tracker, committee: str, own: list[Draft], read: RowsRead, known: Columns
) -> Tracker:
    """The tracker of a committee whose drafts are some of a sheet's, out of that of the `whole` sheet.

    Raises `PipelineError` where the committee has no name.
    """
    layout = whole.layout
    if not committee:
        raise PipelineError(
            f"{layout.sheet}!{layout.place(COMMITTEE_FIELD, own[0].row).cell} names no committee.",
            "Write it there, or the committee of all actions in cell A1.",
        )
    rows = rows_of(own, read.drafts, whole.rows)
    numbers = {row.number for row in rows}
    named = own[0].cells.get(COMMITTEE_FIELD)
    actions = tuple(
        action_of(draft, layout, known, whole.sheet.epoch, whole.meeting) for draft in numbered(own)
    )
    return replace(
        whole,
        titles=whole.titles if named is None else named_by(whole.titles, named[0].place),
        committee=committee,
        actions=without_doubtful_days(actions),
        carried={at: above for at, above in read.carried.items() if at.row in numbers},
        appended=tuple(cell for cell in read.joined if cell.place.row in numbers),
        rows=rows,
    )


def named_committees(trackers: list[Tracker]) -> tuple[tuple[str, Place], ...]:
    """The committees of trackers that a column names, and where."""
    return tuple(
        (one.committee, one.actions[0].cells[COMMITTEE_FIELD])
        for one in trackers
        if COMMITTEE_FIELD in one.actions[0].cells
    )


def stray_cells(
    titles: TitleBlock,
    heads: SourceCell | None,
    rows: tuple[SourceRow, ...],
    read: RowsRead,
    layout: Layout,
) -> tuple[SourceCell, ...]:
    """The cells of a sheet with words that no action took, nor any name of the paper: `heads` is the day
    that the actions have from a line above the table. The committee above it is one where each action has
    its own.
    """
    unused = [cell for cell in titles.unused if heads is None or cell.place != heads.place]
    if all(COMMITTEE_FIELD in draft.cells for draft in read.drafts):
        unused += name_cells(titles, "committee")
    outside = [cell for row in rows for cell in row.cells.values() if is_unheaded(cell, layout)]
    cells = {cell.place: cell for cell in (*unused, *read.stray, *outside) if cell.words}
    return tuple(cells[place] for place in sorted(cells))


def by_committee(drafts: list[Draft], usual: str, known: Columns) -> dict[str, list[Draft]]:
    """The drafts of each committee in the order of their first; those that name none are the `usual`.

    Raises `PipelineError` where a cell holds what is no committee's name.
    """
    groups: dict[str, list[Draft]] = {}
    spelled: dict[str, str] = {}  # as first written
    for made in drafts:
        cells = made.cells.get(COMMITTEE_FIELD)
        if cells and not known.can_be_committee(cells[0].words):
            raise PipelineError(
                f"{cells[0].place} says '{cells[0].words}', which can be no committee's name.",
                "Write the committee's name there.",
            )
        name = cells[0].words if cells else usual
        name = spelled.setdefault(key(name), name)
        groups.setdefault(name, []).append(made)
    return groups


def rows_of(
    own: list[Draft], drafts: list[Draft], rows: tuple[SourceRow, ...]
) -> tuple[SourceRow, ...]:
    """The rows of some drafts: each from its own row on to the next draft's; those above all drafts are
    the first one's.
    """
    if len(own) == len(drafts):
        return rows
    starts = {made.row for made in drafts}
    mine = {made.row for made in own}
    kept, is_mine = [], own[0].row == drafts[0].row
    for row in rows:
        is_mine = row.number in mine if row.number in starts else is_mine
        if is_mine:
            kept.append(row)
    return tuple(kept)


def numbered(drafts: list[Draft]) -> list[Draft]:
    """Drafts whose items are numbered from 1 without gaps."""
    numbers = {item: n for n, item in enumerate(dict.fromkeys(made.item for made in drafts), 1)}
    return [replace(made, item=numbers[made.item]) for made in drafts]


def is_unheaded(cell: SourceCell, layout: Layout) -> bool:
    """Whether a cell stands in a column without a heading."""
    column = cell.place.column
    headed = (layout.columns.values(), layout.unknown, layout.ignored)
    return not any(column in columns for columns in headed)
