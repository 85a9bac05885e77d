"""Rows made into actions: items carried down, continuations joined, every field with its cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline import columns, officers, text, title_block
from pipeline.columns import Columns, Layout
from pipeline.dates import date_text, written_day
from pipeline.errors import PipelineError
from pipeline.records import (
    COMMITTEE_FIELD,
    DATE_FIELDS,
    TEXT_FIELDS,
    Action,
    DateText,
    Place,
    Status,
    Text,
    plain,
)
from pipeline.workbook import Sheet, SourceCell, SourceRow, Workbook

ITEM_FIELDS = ("date", "title")
TOLD_FIELDS = ("action", "update", "status")
LEAST_ACROSS = 3  # columns that a line across the table is merged over
STARTERS = frozenset(
    {"action", "reference", COMMITTEE_FIELD}
)  # what only an action's first row has

Cells: TypeAlias = Mapping[str, SourceCell]  # by field


class Tracker(Struct, frozen=True):
    """What one sheet says: the paper's names, its actions in order, and what was not read as one.

    `stray` are cells with words that no action took; `carried` the places whose empty date was
    taken from the item above; `unread` the workbook's sheets that hold words and no table.
    """

    sheet: Sheet
    book: Workbook
    layout: Layout
    committee: str
    paper: str
    meeting: date
    actions: tuple[Action, ...]
    stray: tuple[SourceCell, ...]
    carried: dict[Place, Place]
    rows: tuple[SourceRow, ...]
    unread: tuple[Sheet, ...] = ()


class Draft(Struct, frozen=True):
    """An action while its rows are being read: the cells of each field, row by row.

    `fill`: the colour of its status cell, where that has no words.
    """

    item: int
    row: int
    cells: dict[str, tuple[SourceCell, ...]]
    fill: str = ""


def trackers(book: Workbook, known: Columns, meeting: date | None, paper: str) -> list[Tracker]:
    """A tracker for each visible sheet that has a table of actions.

    Raises `PipelineError` where no sheet has one, or one is not complete.
    """
    visible = [sheet for sheet in book.sheets if not sheet.hidden]
    people = {sheet.name for sheet in book.sheets if officers.is_directory(sheet)}
    found = [(sheet, columns.find(sheet, known)) for sheet in visible if sheet.name not in people]
    tables = [(sheet, layout) for sheet, layout in found if layout is not None]
    if not tables:
        names = ", ".join(f"'{sheet.name}'" for sheet in visible) or "none"
        raise PipelineError(
            f"No sheet has a row of headings that we know (sheets: {names}).",
            f"The table needs {', '.join(known.wanted())}.",
        )
    made = [
        one
        for sheet, layout in tables
        for one in sheet_trackers(book, sheet, layout, known, meeting=meeting, paper=paper)
    ]
    read = people | {sheet.name for sheet, _ in tables}
    unread = tuple(
        sheet
        for sheet in book.sheets
        if sheet.rows
        and sheet.name not in read
        and columns.key(sheet.name) not in known.ignored_sheets
    )
    return [replace(made[0], unread=unread), *made[1:]]


def sheet_trackers(
    book: Workbook,
    sheet: Sheet,
    layout: Layout,
    known: Columns,
    *,
    meeting: date | None,
    paper: str,
) -> list[Tracker]:
    """The actions of a sheet, a tracker for each committee that a column names, else one.

    `meeting` overrules the sheet's; `paper` is the title where it has none. Raises `PipelineError`
    where committee or meeting is nowhere said, or there is no action.
    """
    titles = title_block.read(sheet, layout.first_row, known)
    if not titles.committee and COMMITTEE_FIELD not in layout.columns:
        raise PipelineError(
            f"{sheet.name}: no line above the headings (row {layout.heading_row}) names the committee.",
            "Write the committee in cell A1 and the paper's title and meeting date in the line below it.",
        )
    day = meeting or titles.meeting
    if day is None:
        raise PipelineError(
            f"{sheet.name}: no line above the headings (row {layout.heading_row}) gives the meeting's date.",
            "Write it after the paper's title, such as 'Scrutiny Monitoring – 28 March 2027', or give --meeting.",
        )
    rows, below = table_rows(sheet, layout, known)
    drafts, carried, stray = read_rows(rows, layout, known)
    if not drafts:
        raise PipelineError(
            f"{sheet.name}: there is no action under the headings (row {layout.heading_row}).",
            "Write the actions below the headings.",
        )
    extra = [cell for row in rows for cell in row.cells.values() if is_outside(cell, layout)]
    under = [cell for row in below for cell in row.cells.values()]
    unread = {cell.place: cell for cell in (*titles.unused, *stray, *extra, *under) if cell.words}
    made: list[Tracker] = []
    for committee, own in by_committee(drafts, titles.committee).items():
        if not committee:
            raise PipelineError(
                f"{sheet.name}!{layout.place(COMMITTEE_FIELD, own[0].row).cell} names no committee.",
                "Write it there, or the committee of all actions in cell A1.",
            )
        mine = rows_of(own, drafts, rows)
        numbers = {row.number for row in mine}
        made.append(
            Tracker(
                sheet=sheet,
                book=book,
                layout=layout,
                committee=committee,
                paper=titles.paper or paper,
                meeting=day,
                actions=tuple(action(draft, layout, known, sheet.epoch) for draft in numbered(own)),
                stray=tuple(unread[place] for place in sorted(unread)) if not made else (),
                carried={at: above for at, above in carried.items() if at.row in numbers},
                rows=mine,
            )
        )
    return made


def by_committee(drafts: list[Draft], usual: str) -> dict[str, list[Draft]]:
    """The drafts of each committee in the order of their first; those that name none are the `usual`."""
    groups: dict[str, list[Draft]] = {}
    names: dict[str, str] = {}  # as first written
    for made in drafts:
        cells = made.cells.get(COMMITTEE_FIELD)
        name = cells[0].words if cells else usual
        name = names.setdefault(columns.key(name), name)
        groups.setdefault(name, []).append(made)
    return groups


def rows_of(
    own: list[Draft], drafts: list[Draft], rows: tuple[SourceRow, ...]
) -> tuple[SourceRow, ...]:
    """The rows of some drafts: each from its own row on to the next draft's."""
    if len(own) == len(drafts):
        return rows
    starts = {made.row for made in drafts}
    mine = {made.row for made in own}
    kept, is_mine = [], False
    for row in rows:
        is_mine = row.number in mine if row.number in starts else is_mine
        if is_mine:
            kept.append(row)
    return tuple(kept)


def numbered(drafts: list[Draft]) -> list[Draft]:
    """Drafts whose items are numbered from 1 without gaps."""
    numbers = {item: n for n, item in enumerate(dict.fromkeys(made.item for made in drafts), 1)}
    return [replace(made, item=numbers[made.item]) for made in drafts]


def is_outside(cell: SourceCell, layout: Layout) -> bool:
    """Whether a cell stands in a column without a heading."""
    column = cell.place.column
    return column not in layout.columns.values() and column not in layout.unknown


def table_rows(
    sheet: Sheet, layout: Layout, known: Columns
) -> tuple[tuple[SourceRow, ...], tuple[SourceRow, ...]]:
    """The rows of the table below its headings, repeated headings left out; and the rows of what
    stands below it, from the heading row of another table on.
    """
    here = [row for row in sheet.rows if row.number > layout.heading_row]
    heads = [
        {number: cell.words for number, cell in row.cells.items()}
        for row in sheet.rows
        if layout.first_row <= row.number <= layout.heading_row
    ]
    rows: list[SourceRow] = []
    for index, row in enumerate(here):
        if {number: cell.words for number, cell in row.cells.items()} in heads:
            continue
        if columns.is_heading_row(row, known):
            if any(layout.columns.get(f) != at for at, f in columns.heading_fields(row, known)):
                return tuple(rows), tuple(here[index:])
            continue
        if rows and columns.is_unknown_heading(row, here[index - 1], layout, known):
            return tuple(rows), tuple(here[index:])
        rows.append(row)
    return tuple(rows), ()


def read_rows(
    rows: tuple[SourceRow, ...], layout: Layout, known: Columns
) -> tuple[list[Draft], dict[Place, Place], list[SourceCell]]:
    """The actions' drafts in order, the dates carried down, and the cells that no action took."""
    drafts: list[Draft] = []
    carried: dict[Place, Place] = {}
    stray: list[SourceCell] = []
    item: Cells = {}
    committee: Cells = {}
    is_key = False  # what follows explains colours or signs
    for row in rows:
        held = {name: row.cells[at] for name, at in layout.columns.items() if at in row.cells}
        held = {name: cell for name, cell in held.items() if cell.words}
        own = {name: cell for name, cell in held.items() if cell.anchor_row == row.number}
        if not own or is_number_made_ready(own):
            continue
        lead = leading_words(own)
        is_key = (is_key or lead in known.keys) and not is_told(own)
        if is_key or is_sum(own, lead, known) or is_banner(row, own, layout):
            stray.extend(own.values())
            continue
        if COMMITTEE_FIELD in held:
            committee = {COMMITTEE_FIELD: held[COMMITTEE_FIELD]}
        held = {**committee, **held}
        starts_item = "date" in own or "title" in own
        is_headed = "date" not in own and bool(drafts) and is_date_alone(drafts[-1])
        if starts_item:
            if "date" not in held and "date" in item:
                if is_headed:
                    drafts.pop()
                else:
                    carried[layout.place("date", row.number)] = item["date"].place
                held = {"date": item["date"], **held}
            item = {name: held[name] for name in ITEM_FIELDS if name in held}
        number = (drafts[-1].item if drafts else 0) + (starts_item or not drafts)
        fill = row.colour(layout.columns["status"]) if "status" in layout.columns else ""
        if not starts_item and drafts and is_bare(drafts[-1]):
            waiting = drafts.pop()
            first = {name: cells[0] for name, cells in waiting.cells.items()}
            drafts.append(draft(number, row.number, {**first, **held}, fill))
        elif starts_item or own.keys() & STARTERS or not drafts:
            drafts.append(draft(number, row.number, {**item, **held}, fill))
        else:
            drafts[-1] = continued(drafts[-1], own, fill)
    unread = [made for made in drafts if is_date_alone(made)]
    while drafts and is_key_line(drafts[-1]):
        unread.append(drafts.pop())
    stray.extend(cell for made in unread for cells in made.cells.values() for cell in cells)
    return [made for made in drafts if not is_date_alone(made)], carried, stray


def is_number_made_ready(own: Cells) -> bool:
    """Whether a row holds only a reference, made ready for an action to come."""
    if own.keys() != {"reference"}:
        return False
    words = own["reference"].words
    is_number = columns.REFERENCE.fullmatch(words) is not None or " " not in words
    return is_number and any(map(str.isdigit, words)) and written_day(words) is None


def leading_words(own: Cells) -> str:
    """What a row begins with: the words of its first cell up to a colon, without numbers."""
    first = min(own.values(), key=lambda cell: cell.place.column)
    return columns.key("".join(c for c in first.words.partition(":")[0] if not c.isdigit()))


def is_dated(own: Cells) -> bool:
    """Whether a row has a day in its date column."""
    return "date" in own and date_text(own["date"].value, own["date"].words).day is not None


def is_told(own: Cells) -> bool:
    """Whether a row has what only an action has: a day, or what was asked and what was done."""
    return is_dated(own) or {"action", "update"} <= own.keys()


def is_sum(own: Cells, lead: str, known: Columns) -> bool:
    """Whether a row counts the actions above it: it says so, or has a number for a status."""
    if is_told(own):
        return False
    counts = "status" in own and own["status"].words.isdecimal()
    return lead in known.totals or (counts and not own.keys() & {"action", "reference"})


def is_banner(row: SourceRow, own: Cells, layout: Layout) -> bool:
    """Whether a row is a line across the table, or a word where dates stand, and no action."""
    if len(own) > 1 or is_dated(own):
        return False
    ((name, cell),) = own.items()
    over = sum(cell.place.column <= at <= cell.last_column for at in layout.columns.values())
    is_line = row.spanned and (over >= LEAST_ACROSS or name not in TOLD_FIELDS)
    return is_line or name == "date" or (name == "reference" and not is_number_made_ready(own))


def is_date_alone(made: Draft) -> bool:
    """Whether a draft is a day above the items that it is the date of, or of nothing."""
    return made.cells.keys() == {"date"}


def is_key_line(made: Draft) -> bool:
    """Whether a draft at the table's end only says what a word or a sign means."""
    if made.cells.keys() - {"reference", *ITEM_FIELDS}:
        return False
    own = {name: cells[0] for name, cells in made.cells.items() if cells[0].place.row == made.row}
    signs = [own[name] for name in ("reference", "date") if name in own]
    return bool(signs) and not any(any(map(str.isdigit, cell.words)) for cell in signs)


def is_bare(waiting: Draft) -> bool:
    """Whether a draft is an item's date and title alone, whose first action stands a row below."""
    return not waiting.cells.keys() & {*TOLD_FIELDS}


def draft(item: int, row: int, cells: Cells, fill: str) -> Draft:
    """A new action's draft."""
    return Draft(item, row, {name: (cell,) for name, cell in cells.items()}, fill)


def continued(above: Draft, own: Cells, fill: str) -> Draft:
    """A draft with the cells of a row that continues it."""
    joined = {name: (*above.cells.get(name, ()), cell) for name, cell in own.items()}
    return replace(above, cells={**above.cells, **joined}, fill=above.fill or fill)


def action(made: Draft, layout: Layout, known: Columns, epoch: date) -> Action:
    """The record of a draft."""
    texts = {name: words_of(made.cells.get(name, ())) for name in TEXT_FIELDS}
    days = {name: date_of(made.cells.get(name, ()), epoch) for name in DATE_FIELDS}
    places = {
        name: made.cells[name][0].place if name in made.cells else layout.place(name, made.row)
        for name in layout.columns
    }
    return Action(
        item=made.item,
        reference=texts["reference"],
        date=days["date"],
        title=texts["title"],
        action=texts["action"],
        officers=texts["officers"],
        due=days["due"],
        update=texts["update"],
        status=status_of(texts["status"], days["completed"], made.fill, layout, known),
        completed=days["completed"],
        notes=texts["notes"],
        cells=places,
    )


def words_of(cells: tuple[SourceCell, ...]) -> Text:
    """The text of a field from the cells that hold it, in order."""
    said: Text = ()
    for cell in cells:
        said = text.joined(said, text.blocks(cell.runs))
    return said


def date_of(cells: tuple[SourceCell, ...], epoch: date) -> DateText:
    """The date of a field; the words of all its cells where they are several."""
    if not cells:
        return DateText()
    words = plain(text.words(" ".join(cell.words for cell in cells))).replace("\n", " ")
    return date_text(cells[0].value if len(cells) == 1 else words, words, epoch)


def status_of(
    words: Text, completed: DateText, fill: str, layout: Layout, known: Columns
) -> Status:
    """The status that an officer's words mean, or the colour in their stead; in a tracker without
    statuses, that a day of completion means.
    """
    if "status" not in layout.columns and completed.day:
        return Status("completed", ())
    if not words and fill:
        meant = known.colour_status(fill)
        said = text.words(known.statuses[meant][0]) if meant else ()
        return Status(meant or "unknown", said, fill)
    return Status(known.status_of.get(columns.key(plain(words)), "unknown"), words)
