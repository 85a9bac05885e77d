"""A workbook's sheets made into trackers: whose they are, which meeting they are for, and their actions."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from pipeline import columns, dates, drafts, layout, officers, text, title_block
from pipeline.columns import Columns
from pipeline.dates import date_text
from pipeline.drafts import Draft
from pipeline.errors import PipelineError
from pipeline.layout import Layout
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
from pipeline.title_block import Part, TitleBlock
from pipeline.workbook import Sheet, SourceCell, SourceRow, Workbook

COVER_ROWS = 20  # of a sheet without a table, in which names are looked for


class Unread(Struct, frozen=True):
    """A sheet that was not read, and why; without a reason, because it has no table at all."""

    sheet: Sheet
    why: str = ""


class Taken(Struct, frozen=True):
    """What the paper says of itself that no line above its own table says for certain: the part, its
    words, and the cell or the sheet that they were taken from.
    """

    part: Part
    words: str
    place: Place
    by_sheet_name: bool = False


class Tracker(Struct, frozen=True):
    """What one sheet says: the paper's names, its actions in order, and what was not read as one.

    `stray` are cells with words that no action took; `below` the rows of a second table; `carried` the
    places whose empty date was taken from the item above; `taken` what was guessed of the names;
    `unread` the workbook's other sheets that hold words.
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
    rows: tuple[SourceRow, ...]
    taken: tuple[Taken, ...] = ()
    unread: tuple[Unread, ...] = ()


class Table(Struct, frozen=True):
    """A sheet with a table that can be read, and the lines above it."""

    sheet: Sheet
    layout: Layout
    titles: TitleBlock


class Asked(Struct, frozen=True):
    """What the clerk gives: the `meeting` overrules the workbook's; `committee` and `paper` stand in
    where it has none.
    """

    meeting: date | None = None
    committee: str = ""
    paper: str = ""


def trackers(book: Workbook, known: Columns, asked: Asked) -> list[Tracker]:
    """A tracker for each visible sheet that has a table of actions.

    Raises `PipelineError` where no sheet has one, or one does not say whose it is.
    """
    visible = [sheet for sheet in book.sheets if not sheet.hidden]
    tables, refused = tables_of(visible, known)
    if not tables:
        raise next(iter(refused.values()), no_table(visible, known))
    others = [sheet for sheet in visible if sheet.name not in {one.sheet.name for one in tables}]
    covers = [cover(sheet, known) for sheet in others if not officers.is_directory(sheet)]
    usual = [*covers, *(one.titles for one in tables)]
    made: list[Tracker] = []
    for table in tables:
        try:
            made += sheet_trackers(book, table, known, asked, usual)
        except PipelineError as fault:
            refused[table.sheet.name] = fault
    if not made:
        raise next(iter(refused.values()))
    refuse_one_twice(made)
    read = {one.sheet.name for one in made}
    unread = tuple(
        Unread(sheet, refused[sheet.name].message if sheet.name in refused else "")
        for sheet in book.sheets
        if sheet.rows
        and sheet.name not in read
        and columns.key(sheet.name) not in known.ignored_sheets
        and (sheet.name in refused or not officers.is_directory(sheet))
    )
    return [replace(made[0], unread=unread), *made[1:]]


def tables_of(sheets: list[Sheet], known: Columns) -> tuple[list[Table], dict[str, PipelineError]]:
    """The tables that can be read, and why those that are like one cannot be."""
    tables: list[Table] = []
    refused: dict[str, PipelineError] = {}
    for sheet in sheets:
        try:
            found = layout.find(sheet, known)
        except PipelineError as fault:
            if not officers.is_directory(sheet):
                refused[sheet.name] = fault
            continue
        if found is not None and ("action" in found.columns or not officers.is_directory(sheet)):
            tables.append(Table(sheet, found, title_block.read(sheet, found.first_row, known)))
    return tables, refused


def no_table(sheets: list[Sheet], known: Columns) -> PipelineError:
    """That no sheet has a table, with the row that is most like its headings, or that they are a column."""
    laid_sideways = layout.sideways(sheets, known)
    if laid_sideways:
        return PipelineError(
            laid_sideways,
            "Write them in one row, and each action in a row of its own below (in Excel: copy, then "
            "Paste Special, Transpose).",
        )
    names = ", ".join(f"'{sheet.name}'" for sheet in sheets) or "none"
    return PipelineError(
        f"No sheet has a row of headings that we know (sheets: {names})."
        f"{layout.nearest_row(sheets, known)}",
        f"The table needs {', '.join(known.wanted())}; docs/columns.md says how to name others.",
    )


def cover(sheet: Sheet, known: Columns) -> TitleBlock:
    """What the first lines of a sheet without a table say for certain."""
    titles = title_block.read(sheet, COVER_ROWS, known)
    return titles if "committee" not in titles.guessed else TitleBlock()


def refuse_one_twice(made: list[Tracker]) -> None:
    """Raise `PipelineError` where two sheets are of one committee and meeting: there is one paper."""
    first: dict[tuple[str, date], Tracker] = {}
    for tracker in made:
        other = first.setdefault((columns.key(tracker.committee), tracker.meeting), tracker)
        if other is not tracker:
            raise PipelineError(
                f"The sheets '{other.sheet.name}' and '{tracker.sheet.name}' are both of "
                f"{tracker.committee}, {tracker.meeting:%d/%m/%Y}.",
                "Put their rows on one sheet, or name the other under [ignored] sheets in columns.toml.",
            )


def sheet_trackers(
    book: Workbook, table: Table, known: Columns, asked: Asked, usual: list[TitleBlock]
) -> list[Tracker]:
    """The actions of a sheet, a tracker for each committee that a column names, else one.

    Names that the sheet does not say are those of the first of the `usual` title blocks that says
    them. Raises `PipelineError` where committee or meeting is nowhere said, or there is no action.
    """
    sheet, found, titles = table.sheet, table.layout, table.titles
    lines = drafts.table_rows(sheet, found, known)
    rows, made = lines.rows, drafts.read(lines, found, known)
    if not made.drafts:
        raise PipelineError(
            f"{sheet.name}: there is no action under the headings (row {found.heading_row}).",
            "Write the actions below the headings.",
        )
    committee, whose = committee_of(table, known, asked, usual)
    day, when = meeting_of(table, asked, usual)
    paper = titles.paper or next((one.paper for one in usual if one.paper), "") or asked.paper
    extra = [cell for row in rows for cell in row.cells.values() if is_outside(cell, found)]
    unread = {cell.place: cell for cell in (*titles.unused, *made.stray, *extra) if cell.words}
    found_here: list[Tracker] = []
    for name, own in by_committee(made.drafts, committee).items():
        if not name:
            raise PipelineError(
                f"{sheet.name}!{found.place(COMMITTEE_FIELD, own[0].row).cell} names no committee.",
                "Write it there, or the committee of all actions in cell A1.",
            )
        mine = rows_of(own, made.drafts, rows)
        numbers = {row.number for row in mine}
        found_here.append(
            Tracker(
                sheet=sheet,
                book=book,
                layout=found,
                titles=titles,
                committee=name,
                paper=paper,
                meeting=day,
                actions=in_one_order(
                    tuple(action(draft, found, known, sheet.epoch) for draft in numbered(own))
                ),
                stray=tuple(unread[place] for place in sorted(unread)) if not found_here else (),
                below=lines.below if not found_here else (),
                carried={at: above for at, above in made.carried.items() if at.row in numbers},
                rows=mine,
                taken=(*whose, *when) if not found_here else (),
            )
        )
    return found_here


def committee_of(
    table: Table, known: Columns, asked: Asked, usual: list[TitleBlock]
) -> tuple[str, list[Taken]]:
    """The committee of a sheet, and from where it was taken if not from a line that says so: the sheet's
    name, or another sheet's lines. Empty where a column names committees.

    Raises `PipelineError` where there is none.
    """
    sheet, titles = table.sheet, table.titles
    if titles.committee:
        place = titles.places["committee"]
        guessed = [Taken("committee", titles.committee, place)] * ("committee" in titles.guessed)
        return titles.committee, guessed
    if asked.committee or COMMITTEE_FIELD in table.layout.columns:
        return asked.committee, []
    if title_block.has_any(sheet.name, known.title_block.bodies):
        place = Place(sheet.name, 1, 1)
        return sheet.name, [Taken("committee", sheet.name, place, by_sheet_name=True)]
    other = next((one for one in usual if one.committee), None)
    if other is not None:
        return other.committee, [Taken("committee", other.committee, other.places["committee"])]
    raise PipelineError(
        f"{sheet.name}: no line above the headings (row {table.layout.heading_row}) names the committee.",
        "Write the committee in the first line and the paper's title and meeting date in the line below it; "
        "for papers import, give --committee.",
    )


def meeting_of(table: Table, asked: Asked, usual: list[TitleBlock]) -> tuple[date, list[Taken]]:
    """The meeting's day, and from where it was taken if that is not certain.

    Raises `PipelineError` where it is nowhere said.
    """
    if asked.meeting:
        return asked.meeting, []
    titles = table.titles
    said = titles if titles.meeting else next((one for one in usual if one.meeting), None)
    if said is None or said.meeting is None:
        raise PipelineError(
            f"{table.sheet.name}: no line above the headings (row {table.layout.heading_row}) gives the "
            "meeting's date.",
            "Write it after the paper's title, such as 'Scrutiny Monitoring – 28 March 2027', or give --meeting.",
        )
    place = said.places["meeting"]
    is_sure = said is titles and "meeting" not in titles.guessed
    return said.meeting, [] if is_sure else [Taken("meeting", f"{said.meeting:%d/%m/%Y}", place)]


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
    headed = (layout.columns.values(), layout.unknown, layout.ignored)
    return not any(column in columns for columns in headed)


def in_one_order(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """Actions whose dates were typed in the American order, in a column that shows it, without a day for
    those that could be either.
    """
    doubtful = {
        name
        for name in DATE_FIELDS
        if dates.are_month_first(action.day(name) for action in actions)
    }
    return (
        tuple(
            replace(
                action,
                **{
                    name: DateText(action.day(name).text, None, unreadable=True)
                    for name in doubtful
                    if dates.is_doubtful(action.day(name))
                },
            )
            for action in actions
        )
        if doubtful
        else actions
    )


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
    return Status(known.status(plain(words)), words)
