"""The trackers of a workbook: one for each committee and meeting, sheets of one paper joined. The lines above a
table say whose it is, else other sheets, or the clerk.
"""

from __future__ import annotations

from bisect import bisect
from datetime import date
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council.columns import Columns
from pipeline.ingest.workbook import SourceCell, SourceRow, Workbook
from pipeline.model.action import (
    COMMITTEE_FIELD,
    Place,
    column_letters,
)
from pipeline.model.errors import NoActionsError, PipelineError
from pipeline.model.words import key
from pipeline.normalise import drafts, hidden, officers_list, row_kinds
from pipeline.normalise.drafts import Draft, RowsRead, action_of, without_doubtful_days
from pipeline.normalise.heading_rows import table_rows
from pipeline.normalise.hidden import COLUMN, Hidden, parted
from pipeline.normalise.joined import joined, name_cells
from pipeline.normalise.layout import ActionTable, cover, is_ignored, no_table, tables_of
from pipeline.normalise.looks import day_of_meeting
from pipeline.normalise.names import Ground, Name, Part, TitleBlock, choose
from pipeline.normalise.title_words import is_council, parts_of
from pipeline.normalise.tracker import Layout, Tracker, Unread, cells_above, quoted_lines

_MISSING: dict[Part, tuple[str, str]] = {
    "committee": ("names the committee", "'Committee: Harbour Panel'"),
    "meeting": ("gives the meeting's date", "'Meeting date: 28 March 2027'"),
}


class Asked(Struct, frozen=True):
    """What the clerk gives: the `meeting` overrules the workbook's; `committee` and `paper` stand in
    where it has none.
    """

    meeting: date | None = None
    committee: str = ""
    paper: str = ""


def _sheet_trackers(
    book: Workbook, table: ActionTable, known: Columns, asked: Asked, usual: list[TitleBlock]
) -> list[Tracker]:
    """The actions of a sheet, a tracker for each committee that a column names, else one. What no action
    took is said by the first.

    Raises `PipelineError` where it is nowhere said whose the table is, or there is no action.
    """
    sheet, titles = table.sheet, table.titles
    lines = table_rows(sheet, table.layout, known, titles.committee)
    found = replace(table.layout, moved=lines.moved)
    heads = None if "date" in found.columns else _day_above(titles, known)
    read = drafts.drafts_of(lines, found, known, titles.committee, heads)
    if not read.drafts:
        raise NoActionsError(
            f"{sheet.name}: there is no action under the headings (row {found.heading_row}).",
            "Write the actions below the headings.",
        )
    is_told = all(COMMITTEE_FIELD in draft.cells for draft in read.drafts)
    if is_told:  # so the committee above the table is not used
        titles = replace(titles, unused=(*titles.unused, *name_cells(titles, "committee")))
    withheld = {**_withheld_above(titles, known), **read.withheld}
    stray = [
        cell for cell in (*titles.unused, *read.stray) if not heads or cell.place != heads.place
    ]
    said = _names(table, known, asked, usual, is_told=is_told)
    committee, paper, meeting = chosen = [*TitleBlock(tuple(said)).names.values()]
    assert meeting.day is not None  # as `_names` has it
    whole = Tracker(
        sheet=sheet,
        book=book,
        layout=found,
        titles=titles,
        committee=committee.words,
        paper=paper.words,
        meeting=meeting.day,
        actions=(),
        stray=_stray_cells(stray, lines.rows, withheld, found),
        kinds=tuple(read.rows),
        withheld={**withheld, **dict.fromkeys(lines.again, "headings again")},
        below=lines.below,
        carried=read.carried,
        appended=tuple(read.joined),
        rows=lines.rows,
        taken=tuple(name for name in chosen if not name.is_sure(said)),
        lost=tuple(name for name in said if name.ground is not Ground.HOUSE and name not in chosen),
    )
    made: list[Tracker] = []
    for name, own in _by_committee(read.drafts, committee.words, known).items():
        part = _of_committee(whole, name, own, read, known)
        made.append(part)
        at = part.actions[0].cells.get(COMMITTEE_FIELD)
        beside = (*whole.beside, (name, at)) if at else whole.beside
        whole = replace(whole, stray=(), below=(), taken=(), beside=beside)
    return made


def _names(
    table: ActionTable, known: Columns, asked: Asked, usual: list[TitleBlock], *, is_told: bool
) -> list[Name]:
    """The names that a table could have: those that its own lines claim, those of the `usual` title blocks, and what
    is asked; the committee is empty where a column names it, or each action's `is_told`.

    Raises `PipelineError` where committee or meeting is nowhere said.
    """
    sheet = Place(table.sheet.name, 1, 1)
    found = [*table.titles.claims]
    for titles in usual:
        for name in titles.names.values() if titles is not table.titles else ():
            if name.part != "paper" or name.is_sure(titles.claims):
                found.append(replace(name, ground=Ground.ELSEWHERE, rank=()))
    if asked.meeting:
        words = f"{asked.meeting:%d/%m/%Y}"
        found.append(Name("meeting", words, None, Ground.GIVEN, asked.meeting))
    if asked.committee or is_told or COMMITTEE_FIELD in table.layout.columns:
        found.append(Name("committee", asked.committee, None, Ground.INSTEAD))
    named = parts_of(table.sheet.name, known.title_block)
    if named.is_body:
        found.append(Name("committee", named.committee, sheet, Ground.SHEET))
    found.append(Name("paper", asked.paper, sheet if asked.paper else None, Ground.HOUSE))
    missing = [part for part in _MISSING if choose(found, part) is None]
    if missing:
        what, shown = zip(*(_MISSING[part] for part in missing), strict=True)
        raise PipelineError(
            f"{table.sheet.name}: no line above the headings (row {table.layout.heading_row}) "
            f"{' or '.join(what)}{quoted_lines(cells_above(table.sheet, table.layout))}.",
            f"Write {' and '.join(shown)} there, or give --{' and --'.join(missing)}.",
        )
    return found


def _day_above(titles: TitleBlock, known: Columns) -> SourceCell | None:
    """The day of the one meeting from which the actions are, where a line above the table says only that."""
    said = [day_of_meeting(cell, known, titles.committee) for cell in titles.unused]
    days = [cell for cell in said if cell is not None]
    return days[0] if len(days) == 1 else None


def _of_committee(
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
    rows = _rows_of(own, read.drafts, whole.rows)
    numbers = {row.number for row in rows}
    titles, named = whole.titles, own[0].cells.get(COMMITTEE_FIELD)
    if named is not None:
        name = Name("committee", titles.committee, named[0].place, Ground.GIVEN)
        titles = replace(titles, claims=(name, *titles.claims))
    actions = tuple(
        action_of(draft, layout, known, whole.sheet.epoch, whole.meeting)
        for draft in _numbered(own)
    )
    return replace(
        whole,
        titles=titles,
        committee=committee,
        actions=without_doubtful_days(actions),
        carried={at: above for at, above in read.carried.items() if at.row in numbers},
        appended=tuple(cell for cell in read.joined if cell.place.row in numbers),
        rows=rows,
    )


def _stray_cells(
    stray: list[SourceCell], rows: tuple[SourceRow, ...], withheld: dict[Place, str], layout: Layout
) -> tuple[SourceCell, ...]:
    """The cells of a sheet with words that neither names nor actions took, with those beside its columns."""
    headed = {one.number for one in layout.heads}
    beside = (one for row in rows for one in row.cells.values() if one.place.column not in headed)
    cells = {
        cell.place: cell for cell in (*stray, *beside) if cell.words and cell.place not in withheld
    }
    return tuple(cells[place] for place in sorted(cells))


def _withheld_above(titles: TitleBlock, known: Columns) -> dict[Place, str]:
    """The cells above a table that say nothing else than a key, a total, the day of the update or the council's name;
    and which.
    """
    found: dict[Place, str] = {}
    kind = None
    for _, cells in groupby(titles.unused, key=lambda cell: cell.place.row):
        row = [cell for cell in cells if cell.words]
        kind = row_kinds.aside_above([cell.words for cell in row], kind, known) if row else None
        for cell in row:
            if kind is not None or is_council(cell.words, known.title_block):
                found[cell.place] = f"{kind} above the table" if kind else "the council's name"
    return found


def _by_committee(drafts: list[Draft], usual: str, known: Columns) -> dict[str, list[Draft]]:
    """The drafts of each committee in the order of their first; those that name none are the `usual`.

    Raises `PipelineError` where a cell holds what is no committee's name.
    """
    groups: dict[str, tuple[str, list[Draft]]] = {}
    for made in drafts:
        cells = made.cells.get(COMMITTEE_FIELD)
        if cells and not known.can_be_committee(cells[0].words):
            raise PipelineError(
                f"{cells[0].place} says '{cells[0].words}', which can be no committee's name.",
                "Write the committee's name there.",
            )
        name = cells[0].words if cells else usual
        groups.setdefault(key(name), (name, []))[1].append(made)
    return dict(groups.values())


def _rows_of(
    own: list[Draft], drafts: list[Draft], rows: tuple[SourceRow, ...]
) -> tuple[SourceRow, ...]:
    """The rows of some drafts: each from its own row on to the next draft's; those above all drafts are
    the first one's.
    """
    starts, mine = [made.row for made in drafts], {made.row for made in own}
    return tuple(row for row in rows if starts[max(0, bisect(starts, row.number) - 1)] in mine)


def _numbered(drafts: list[Draft]) -> list[Draft]:
    """Drafts whose items are numbered from 1 without gaps."""
    numbers = {item: n for n, item in enumerate(dict.fromkeys(made.item for made in drafts), 1)}
    return [replace(made, item=numbers[made.item]) for made in drafts]


def trackers_of(book: Workbook, known: Columns, asked: Asked) -> list[Tracker]:
    """A tracker for each visible sheet that has a table of actions, those of one committee and meeting as one.

    Words that nobody sees in the workbook are left out. Raises `PipelineError` where no sheet has a table, or
    none says whose it is.
    """
    seen, hidden = parted(book, known)
    try:
        return _read_seen(seen, known, asked, hidden)
    except PipelineError as fault:
        unseen = [one for sheet in hidden.values() for one in sheet]
        if known.hidden == "print" or not unseen:
            raise
        # A column more likely holds what is missed.
        first = min(unseen, key=lambda one: one.why != COLUMN)
        raise type(fault)(
            f"{fault.message.rstrip('.')}. {_described(first)} hidden, and was not read.",
            f"Show it; or: {fault.remedy}",
            fault.explained,
        ) from None


def _described(one: Hidden) -> str:
    """What is hidden, as a sentence begins with it."""
    column = f"Column {column_letters(one.place.column)} is"
    what = {hidden.COLUMN: column, hidden.ROW: f"Row {one.place.row} is"}
    return what.get(one.why, f"What {one.place.cell} says is")


def _read_seen(
    book: Workbook, known: Columns, asked: Asked, hidden: dict[str, tuple[Hidden, ...]]
) -> list[Tracker]:
    """The trackers of a workbook in which nothing is hidden but whole sheets; what was `hidden`, by sheet, is said."""
    visible = [sheet for sheet in book.sheets if not sheet.hidden]
    tables, refused = tables_of(visible, known)
    if not tables:
        raise next(iter(refused.values()), no_table(visible, known))
    others = [sheet for sheet in visible if sheet.name not in {one.sheet.name for one in tables}]
    usual = [cover(sheet, known) for sheet in others if not officers_list.is_directory(sheet)]
    usual += (one.titles for one in tables)
    made: list[Tracker] = []
    for table in tables:
        try:
            own = _sheet_trackers(book, table, known, asked, usual)
            made += (replace(one, hidden=hidden.get(one.sheet.name, ())) for one in own)
        except PipelineError as fault:
            refused[table.sheet.name] = fault
    if not made:
        raise next(iter(refused.values()))
    left = _unread(book, {one.sheet.name for one in made}, refused, known)
    first, *rest = joined(made, known, asked.paper)
    return [replace(first, unread=left), *rest]


def _unread(
    book: Workbook, made: set[str], refused: dict[str, PipelineError], known: Columns
) -> tuple[Unread, ...]:
    """The sheets with words that no tracker was `made` of, without those that are not meant to be."""
    return tuple(
        Unread(sheet, refused[sheet.name].message if sheet.name in refused else "")
        for sheet in book.sheets
        if sheet.rows
        and sheet.name not in made
        and not is_ignored(sheet, known)
        and (sheet.name in refused or not officers_list.is_directory(sheet))
    )
