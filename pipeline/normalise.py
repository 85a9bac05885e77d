"""A workbook's sheets made into trackers: whose they are, which meeting they are for, and their actions."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline import (
    columns,
    dates,
    drafts,
    layout,
    officers,
    sections,
    text,
    title_block,
    title_words,
)
from pipeline.columns import UNPUBLISHED, Columns
from pipeline.dates import date_text
from pipeline.document import Run
from pipeline.drafts import Draft
from pipeline.errors import NoActionsError, PipelineError
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
from pipeline.table_rows import table_rows
from pipeline.title_block import Part, TitleBlock
from pipeline.workbook import Sheet, SourceCell, SourceRow, Workbook

Source: TypeAlias = Literal["cell", "sheet", "house"]

COVER_ROWS = 20  # of a sheet without a table, in which names are looked for
LONGEST_QUOTED, MOST_QUOTED = 60, 4  # characters of a line, and lines, in a message


class Unread(Struct, frozen=True):
    """A sheet that was not read, and why; without a reason, because it has no table at all."""

    sheet: Sheet
    why: str = ""


class Taken(Struct, frozen=True):
    """What the paper says of itself that no line above its own table says for certain: the part, its
    words, and whether they were taken from the cell at a place, the sheet's name or the house style.
    """

    part: Part
    words: str
    place: Place
    source: Source = "cell"


class Tracker(Struct, frozen=True):
    """What one sheet says: the paper's names, its actions in order, and what was not read as one.

    `stray` are cells with words that no action took; `below` the rows of a second table; `carried` the
    places whose empty date was taken from the item above; `appended` the rows without a label that were
    read as updates of the action above; `taken` what was guessed of the names; `unread` the workbook's
    other sheets that hold words; `beside` the committees that the column of committees named before this
    one, and where. `joined` are the sheets whose actions, strays and guesses were added to this one's.
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

    @property
    def sheets(self) -> tuple[Tracker, ...]:
        """What each sheet says, in the order of the paper; of their actions all are in the first."""
        return (self, *self.joined)

    @property
    def fields(self) -> frozenset[str]:
        """The fields for which a sheet has a column."""
        return frozenset(name for one in self.sheets for name in one.layout.columns)


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
    tables, refused = set_aside(*tables_of(visible, known), known)
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
    read = {one.sheet.name for one in made}
    made = joined(made, known, asked)
    unread = tuple(
        Unread(sheet, refused[sheet.name].message if sheet.name in refused else "")
        for sheet in book.sheets
        if sheet.rows
        and sheet.name not in read
        and not is_ignored(sheet, known)
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
            is_by_column = COMMITTEE_FIELD in found.columns
            titles = title_block.read(sheet, found.first_row, known, has_column=is_by_column)
            tables.append(Table(sheet, found, titles))
    return tables, refused


def set_aside(
    tables: list[Table], refused: dict[str, PipelineError], known: Columns
) -> tuple[list[Table], dict[str, PipelineError]]:
    """The tables without those that are no trackers: of an ignored sheet, or of a programme of work, which
    is said. Where nothing else is there, they are.
    """
    ignored = {one.sheet.name for one in tables if is_ignored(one.sheet, known)}
    programmes = {one.sheet.name for one in tables if is_programme(one, known)} - ignored
    kept = [one for one in tables if one.sheet.name not in ignored | programmes]
    if not kept:
        return tables, refused
    why = PipelineError(
        "it is called a programme of work, and is no tracker of actions.",
        "Call it otherwise if it holds actions.",
    )
    return kept, {**refused, **dict.fromkeys(programmes, why)}


def is_ignored(sheet: Sheet, known: Columns) -> bool:
    """Whether a sheet is the officers' alone."""
    return columns.key(sheet.name) in known.ignored_sheets


def is_programme(table: Table, known: Columns) -> bool:
    """Whether a sheet is a programme of work by its name or the end of its first line."""
    names = [table.sheet.name, *(cell.words for cell in cells_above(table)[:1])]
    return any(
        title_words.ends_with(name, known.ignored.programmes)
        and not title_words.has_any(name, known.title_block.papers)
        for name in names
    )


def cells_above(table: Table) -> list[SourceCell]:
    """The cells with words above a table's headings."""
    return [
        cell
        for row in table.sheet.rows
        if row.number < table.layout.first_row
        for cell in row.own.values()
    ]


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
    is_programme = title_words.ends_with(titles.committee, known.ignored.programmes)
    return TitleBlock() if is_programme or "committee" in titles.guessed else titles


def joined(made: list[Tracker], known: Columns, asked: Asked) -> list[Tracker]:
    """The trackers, those of one committee and meeting as one: there is one paper.

    Raises `PipelineError` where they are too unlike, or too like, to be parts of one.
    """
    groups: dict[tuple[str, date], list[Tracker]] = {}
    for tracker in made:
        groups.setdefault((columns.key(tracker.committee), tracker.meeting), []).append(tracker)
    for first, *others in groups.values():
        for number, other in enumerate(others):
            for earlier in (first, *others[:number]):
                refuse_unjoinable(earlier, other, known)
    return [as_one(group, asked) for group in groups.values()]


def refuse_unjoinable(one: Tracker, other: Tracker, known: Columns) -> None:
    """Raise `PipelineError` where two sheets of one committee and meeting have other columns, or the same
    actions. Only closed actions need a day of completion.
    """
    names = f"The sheets '{one.sheet.name}' and '{other.sheet.name}' are both of {one.committee}, "
    unlike = (one.fields ^ other.fields) - UNPUBLISHED - {"completed"}
    if unlike:
        lacking = ", ".join(
            f"'{has.sheet.name}' has a column for '{known.fields[name].headings[0]}'"
            for name in sorted(unlike)
            for has in (one, other)
            if name in has.fields
        )
        raise PipelineError(
            f"{names}{one.meeting:%d/%m/%Y}, and only {lacking}.",
            "Give them the same columns, or name the other under [ignored] sheets in columns.toml.",
        )
    said = {what_was_asked(action) for action in one.actions}
    twice = sum(what_was_asked(action) in said for action in other.actions)
    if 2 * twice >= min(len(one.actions), len(other.actions)):
        raise PipelineError(
            f"{names}{one.meeting:%d/%m/%Y}, and {twice} of the actions are on both.",
            "Put their rows on one sheet, or name the other under [ignored] sheets in columns.toml.",
        )


def what_was_asked(action: Action) -> tuple[str, ...]:
    """What makes two actions the same."""
    words = (plain(action.title), plain(action.action))
    return (*map(columns.key, words), str(action.date.day or action.date.text))


def as_one(group: list[Tracker], asked: Asked) -> Tracker:
    """Trackers of one committee and meeting put together, in their order. Where their sheets give the
    paper several titles it has none of them.
    """
    first, *others = group
    if not others:
        return first
    actions: list[Action] = []
    for one in group:
        before = actions[-1].item if actions else 0
        actions += (replace(action, item=before + action.item) for action in one.actions)
    paper, titles = first.paper, first.titles
    stray = [cell for one in group for cell in one.stray]
    taken = dict.fromkeys(guess for one in group for guess in one.taken)
    if len({columns.key(one.paper) for one in group}) > 1:
        paper = asked.paper or paper
        stray += (cell for one in group for cell in title_cells(one))
        house = Taken("paper", paper, Place(first.sheet.name, 1, 1), "house")
        titles = replace(
            titles, places={part: at for part, at in titles.places.items() if part != "paper"}
        )
        taken = dict.fromkeys([house, *(guess for guess in taken if guess.part != "paper")])
    return replace(
        first,
        titles=titles,
        paper=paper,
        actions=tuple(actions),
        stray=tuple(stray),
        carried={at: above for one in group for at, above in one.carried.items()},
        appended=tuple(cell for one in group for cell in one.appended),
        taken=tuple(taken),
        joined=tuple(others),
    )


def title_cells(one: Tracker) -> list[SourceCell]:
    """The title that a sheet gives the paper, as a cell that says no more."""
    place = one.titles.places.get("paper")
    return [SourceCell(place, (Run(one.titles.paper),), anchor_row=place.row)] if place else []


def sheet_trackers(
    book: Workbook, table: Table, known: Columns, asked: Asked, usual: list[TitleBlock]
) -> list[Tracker]:
    """The actions of a sheet, a tracker for each committee that a column names, else one.

    Names that the sheet does not say are those of the first of the `usual` title blocks that says
    them. Raises `PipelineError` where committee or meeting is nowhere said, or there is no action.
    """
    sheet, found, titles = table.sheet, table.layout, table.titles
    lines = table_rows(sheet, found, known)
    found = replace(found, moved=lines.moved)
    heads = None if "date" in found.columns else day_above(titles, known)
    rows, made = lines.rows, drafts.read(lines, found, known, titles.committee, heads)
    if not made.drafts:
        raise NoActionsError(
            f"{sheet.name}: there is no action under the headings (row {found.heading_row}).",
            "Write the actions below the headings.",
        )
    committee, whose = committee_of(table, known, asked, usual)
    day, when = meeting_of(table, asked, usual)
    paper, what = paper_of(table, asked, usual)
    extra = [cell for row in rows for cell in row.cells.values() if is_outside(cell, found)]
    unused = [cell for cell in titles.unused if heads is None or cell.place != heads.place]
    over = unused_committee(titles, made.drafts)
    unread = sorted(
        {cell.place: cell for cell in (*unused, *over, *made.stray, *extra) if cell.words}.values(),
        key=lambda cell: cell.place,
    )
    found_here: list[Tracker] = []
    for name, own in by_committee(made.drafts, committee, known).items():
        named = own[0].cells.get(COMMITTEE_FIELD)
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
                titles=titles if named is None else named_by(titles, named[0].place),
                committee=name,
                paper=paper,
                meeting=day,
                actions=in_one_order(
                    tuple(action(draft, found, known, sheet.epoch) for draft in numbered(own))
                ),
                stray=tuple(unread) if not found_here else (),
                below=lines.below if not found_here else (),
                carried={at: above for at, above in made.carried.items() if at.row in numbers},
                appended=tuple(cell for cell in made.joined if cell.place.row in numbers),
                rows=mine,
                taken=(*whose, *what, *when) if not found_here else (),
                beside=tuple(
                    (one.committee, one.actions[0].cells[COMMITTEE_FIELD])
                    for one in found_here
                    if COMMITTEE_FIELD in one.actions[0].cells
                ),
            )
        )
    return found_here


def day_above(titles: TitleBlock, known: Columns) -> SourceCell | None:
    """The day of the one meeting from which the actions are, where a line above the table says only that."""
    said = [sections.day_of_meeting(cell, known, titles.committee) for cell in titles.unused]
    days = [cell for cell in said if cell is not None]
    return days[0] if len(days) == 1 else None


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
    named = title_words.parted(sheet.name, known.title_block)
    if named.is_body:
        place = Place(sheet.name, 1, 1)
        return named.committee, [Taken("committee", named.committee, place, "sheet")]
    other = next((one for one in usual if one.committee), None)
    if other is not None:
        return other.committee, [Taken("committee", other.committee, other.places["committee"])]
    raise PipelineError(
        f"{sheet.name}: no line above the headings (row {table.layout.heading_row}) names the "
        f"committee{lines_above(table)}.",
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
            f"meeting's date{lines_above(table)}.",
            "Write it after the paper's title, such as 'Scrutiny Monitoring – 28 March 2027', or give --meeting.",
        )
    place = said.places["meeting"]
    is_sure = said is titles and "meeting" not in titles.guessed
    return said.meeting, [] if is_sure else [Taken("meeting", f"{said.meeting:%d/%m/%Y}", place)]


def paper_of(table: Table, asked: Asked, usual: list[TitleBlock]) -> tuple[str, list[Taken]]:
    """The paper's title, and from where it was taken if not from a line that says so."""
    titles = table.titles
    others = (one for one in usual if one.paper and "paper" not in one.guessed)
    said = titles if titles.paper else next(others, None)
    if said is None:
        place = Place(table.sheet.name, 1, 1)
        taken = [Taken("paper", asked.paper, place, "house")] if asked.paper else []
        return asked.paper, taken
    is_sure = said is titles and "paper" not in titles.guessed
    return said.paper, [] if is_sure else [Taken("paper", said.paper, said.places["paper"])]


def lines_above(table: Table) -> str:
    """The lines above a table's headings, as a message quotes them; nothing where there is none."""
    lines = [
        f"'{cell.words[:LONGEST_QUOTED]}{'…' if len(cell.words) > LONGEST_QUOTED else ''}'"
        for cell in cells_above(table)
    ]
    more = ", …" if len(lines) > MOST_QUOTED else ""
    return f": {', '.join(lines[:MOST_QUOTED])}{more}" if lines else ""


def named_by(titles: TitleBlock, place: Place) -> TitleBlock:
    """A title block whose committee a cell of the table names."""
    return replace(titles, places={**titles.places, "committee": place})


def unused_committee(titles: TitleBlock, drafts: list[Draft]) -> list[SourceCell]:
    """The committee above a table whose column names one for every action, as a cell that says no more."""
    if not titles.committee or not all(COMMITTEE_FIELD in made.cells for made in drafts):
        return []
    place = titles.places["committee"]
    return [SourceCell(place, (Run(titles.committee),), anchor_row=place.row)]


def by_committee(drafts: list[Draft], usual: str, known: Columns) -> dict[str, list[Draft]]:
    """The drafts of each committee in the order of their first; those that name none are the `usual`.

    Raises `PipelineError` where a cell holds what is no committee's name.
    """
    groups: dict[str, list[Draft]] = {}
    names: dict[str, str] = {}  # as first written
    for made in drafts:
        cells = made.cells.get(COMMITTEE_FIELD)
        if cells and not known.can_be_committee(cells[0].words):
            raise PipelineError(
                f"{cells[0].place} says '{cells[0].words}', which can be no committee's name.",
                "Write the committee's name there.",
            )
        name = cells[0].words if cells else usual
        name = names.setdefault(columns.key(name), name)
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
        for name in {**layout.columns, **made.cells}
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
    meant = known.status(plain(words))
    if meant == "unknown":
        meant = known.answer(layout.heading("status"), plain(words))
    return Status(meant, words)
