"""The rows of a table put together into actions: items carried down, continuations joined, the rest left out.

What no action took is given back with its place, so that it can be said. Knows nothing of what the
words mean; `asides`, `sections` and `update_rows` tell what a row is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council import dates
from pipeline.council.columns import Columns
from pipeline.council.dates import date_text, day_within
from pipeline.ingest.workbook import SourceCell
from pipeline.model.action import (
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
from pipeline.model.document import Run, runs_of
from pipeline.model.text import as_text, joined_texts, text_blocks
from pipeline.model.words import key
from pipeline.normalise.looks import cell_day, shape
from pipeline.normalise.row_kinds import (
    begins_key,
    day_of_meeting,
    is_dated_update,
    is_guidance,
    is_lone_day,
    is_section,
    is_spare,
    is_surely_action,
    is_told,
    is_total,
    labelled_update,
    section_committee,
    section_day,
    updates_across,
)
from pipeline.normalise.table_rows import ITEM_FIELDS, TOLD, Cells, Filled, TableRows, filled_rows
from pipeline.normalise.tracker import Layout

_CONTINUED = re.compile(r"(.+?)\s*\(?\s*cont(?:['’]?d|inued|\.)?\.?\s*\)?", re.IGNORECASE)


class Draft(Struct, frozen=True):
    """An action while its rows are being read: the cells of each field, row by row.

    `fill`: the colour of its status cell, where that has no words.
    """

    item: int
    row: int
    cells: dict[str, tuple[SourceCell, ...]]
    fill: str = ""


@dataclass(slots=True)
class RowsRead:
    """Drafts in order; `carried` are places whose empty date was taken from the item above, `stray` the
    cells that no action took. `committee` and `item` are what the next rows may leave out.

    `joined` are rows without a label that the action above took for more of its update.
    `is_under_date`: the item's date stands on a row above it; `begins`: the next row begins an item, and
    `is_doubtful`: a section begins that says no day, so that the one above may not be its own.
    """

    drafts: list[Draft] = field(default_factory=list)
    carried: dict[Place, Place] = field(default_factory=dict)
    stray: list[SourceCell] = field(default_factory=list)
    joined: list[SourceCell] = field(default_factory=list)
    committee: Cells = field(default_factory=dict)
    item: Cells = field(default_factory=dict)
    is_under_date: bool = False
    begins: bool = False
    is_doubtful: bool = False

    def under(self, day: SourceCell) -> None:
        """Take the day of a meeting that heads the rows below it."""
        self.item, self.is_under_date = {"date": day}, True
        self.begins, self.is_doubtful = True, False

    def head(self, committee: SourceCell, line: SourceCell, day: SourceCell | None) -> None:
        """Take a line across the table that names the committee of the rows below it, and may say the day of
        its meeting.
        """
        self.committee = {COMMITTEE_FIELD: committee}
        self.begins = self.is_doubtful = True
        if day is not None:
            self.under(day)
        elif key(line.words) != key(committee.words):
            self.stray.append(line)

    def leave_out(self, one: Filled) -> None:
        """Take a row that is no action's; a line across the table may end what a day heads, and does if it
        says another day.
        """
        self.stray.extend(one.own.values())
        if self.is_under_date and len(one.own) == 1:
            self.begins = self.is_doubtful = True
            if any(day_within(cell.words) for cell in one.own.values()):
                self.item, self.is_under_date = {}, False

    def go_on(self, update: tuple[SourceCell, ...]) -> None:
        """Take what a row below the last action says of what has been done."""
        for cell in update:
            self.drafts[-1] = _continued(self.drafts[-1], {"update": cell}, "")

    def join(self, one: Filled) -> None:
        """Take a row without a label as such, with the day that it may have."""
        *day, said = (one.own[name] for name in sorted(one.own))  # `date` before `update`
        runs = (run for cell in day for run in (*cell.runs, Run(" ")))
        self.joined.append(said)
        self.go_on((replace(said, runs=(*runs, *said.runs)),))

    def add(self, one: Filled, layout: Layout) -> None:
        """Take a row: as a new action, as the first of a waiting item, or as more of the last action."""
        if COMMITTEE_FIELD in one.held:
            self.committee = {COMMITTEE_FIELD: one.held[COMMITTEE_FIELD]}
        held = {**self.committee, **one.held}
        is_new = self.begins or (one.begins and not _is_same_item(one, self.item))
        self.begins = False
        if is_new:
            if "date" in held:
                self.is_under_date = False
            elif "date" in self.item:
                if not self.is_under_date or self.is_doubtful:
                    self.carried[_date_place(one, layout)] = self.item["date"].place
                held = {"date": self.item["date"], **held}
            self.is_doubtful = False
            self.item = {name: held[name] for name in ITEM_FIELDS if name in held}
        last = self.drafts[-1] if self.drafts else None
        item = (last.item if last else 0) + (is_new or last is None)
        fill = one.row.colour(layout.columns["status"]) if "status" in layout.columns else ""
        if last is not None and _continues(one, last):
            own = {name: cell for name, cell in one.own.items() if name != "reference"}
            self.drafts[-1] = _continued(last, own, fill)
        elif last is not None and not is_new and _is_waiting(last, one):
            first = {name: cells[0] for name, cells in last.cells.items()}
            self.drafts[-1] = _new_draft(item, one.row.number, {**first, **held}, fill)
        elif one.starts or last is None:
            self.drafts.append(_new_draft(item, one.row.number, {**self.item, **held}, fill))
        else:
            self.drafts[-1] = _continued(last, one.own, fill)


def drafts_of(
    table: TableRows,
    layout: Layout,
    known: Columns,
    committee: str = "",
    day: SourceCell | None = None,
) -> RowsRead:
    """The actions' drafts of a table's rows, and what was left out. `committee` may stand in lines that
    head the rows of a meeting; `day` heads the first of them. Where it is a council, a line may name the
    committee of the rows below it.
    """
    filled = filled_rows(table, layout)
    whole = [number for number, one in enumerate(filled) if is_surely_action(one, known)]
    referred = [filled[number].own.get("reference") for number in whole]
    shapes = {shape(cell.words) for cell in referred if cell is not None}
    last = whole[-1] if whole else -1
    across = updates_across(filled)
    made = RowsRead()
    if day is not None:
        made.under(day)
    has_column = COMMITTEE_FIELD in layout.columns
    is_key = False  # what follows explains signs or colours
    for number, one in enumerate(filled):
        following = filled[number + 1] if number + 1 < len(filled) else None
        made.stray.extend(one.unmeant)
        is_key = (is_key and not is_told(one.own, known)) or begins_key(one.own, known)
        if number > last and one.apart:
            made.stray.extend(cell for rest in filled[number:] for cell in rest.own.values())
            break
        heads = None if is_key else section_day(one, following, shapes, known, committee)
        above = made.drafts[-1] if made.drafts and not is_key else None
        more = labelled_update(one, following, above.cells, known) if above is not None else ()
        if heads is not None:
            made.under(heads)
        elif more:
            made.go_on(more)
        elif above is not None and (number in across or is_dated_update(one, above.cells)):
            made.join(one)
        elif one.own.keys() == {"reference"} and is_spare(one.own["reference"].words, shapes):
            if number < last:  # below the last action it is a number made ready for one
                made.stray.extend(one.own.values())
        elif (
            not is_key
            and is_section(one, following)
            and (body := None if has_column else section_committee(one, known, committee))
        ):
            line = next(iter(one.own.values()))
            made.head(body, line, day_of_meeting(line, known, body.words))
        elif (
            is_key
            or is_total(one.own, known)
            or is_lone_day(one, following)
            or (not made.drafts and is_guidance(one, known))
            or is_section(one, following)
        ):
            made.leave_out(one)
        elif one.own.keys() == {COMMITTEE_FIELD}:
            made.committee = dict(one.own)
        else:
            made.add(one, layout)
    return made


def _date_place(one: Filled, layout: Layout) -> Place:
    """Where a row's date stands, or should; its first cell in a table without dates."""
    if "date" in layout.columns:
        return layout.place("date", one.row.number)
    return min(cell.place for cell in one.own.values())


def _is_same_item(one: Filled, item: Cells) -> bool:
    """Whether a row says only what the item above says too: its date, its title, or both again."""
    date, title = one.own.get("date"), one.own.get("title")
    is_dated = date is None or ("date" in item and _is_same_day(date, item["date"]))
    is_titled = title is None or ("title" in item and key(title.words) == key(item["title"].words))
    return bool(item) and is_dated and is_titled


def _is_same_day(one: SourceCell, other: SourceCell) -> bool:
    """Whether two cells are the same day, however it was typed, or the same words."""
    day = cell_day(one)
    return one.words == other.words or (day is not None and day == cell_day(other))


def _continues(one: Filled, last: Draft) -> bool:
    """Whether a row's reference says that the row goes on with the action above: `12 (cont'd)`."""
    if "reference" not in one.own or "reference" not in last.cells:
        return False
    found = _CONTINUED.fullmatch(one.own["reference"].words)
    return found is not None and key(found[1]) == key(last.cells["reference"][0].words)


def _is_waiting(last: Draft, one: Filled) -> bool:
    """Whether a draft is an item's own row, whose first action stands a row below."""
    twice = {name for name in one.own if name in last.cells} - {COMMITTEE_FIELD}
    return last.cells.keys().isdisjoint(TOLD) and not twice


def _new_draft(item: int, row: int, cells: Cells, fill: str) -> Draft:
    """A new action's draft."""
    return Draft(item, row, {name: (cell,) for name, cell in cells.items()}, fill)


def _continued(above: Draft, own: Cells, fill: str) -> Draft:
    """A draft with the cells of a row that continues it."""
    joined = {name: (*above.cells.get(name, ()), cell) for name, cell in own.items()}
    return replace(above, cells={**above.cells, **joined}, fill=above.fill or fill)


def action_of(made: Draft, layout: Layout, known: Columns, epoch: date, meeting: date) -> Action:
    """The record of a draft."""
    texts = {name: _words_of(made.cells.get(name, ())) for name in TEXT_FIELDS}
    days = {name: _date_of(made.cells.get(name, ()), epoch) for name in DATE_FIELDS}
    is_done = days["completed"].day is not None and days["completed"].day <= meeting
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
        status=_status_of(texts["status"], made.fill, layout, known, is_done=is_done),
        completed=days["completed"],
        notes=texts["notes"],
        cells=places,
        more={
            name: tuple(cell.place for cell in cells[1:])
            for name, cells in made.cells.items()
            if len(cells) > 1
        },
    )


def _words_of(cells: tuple[SourceCell, ...]) -> Text:
    """The text of a field from the cells that hold it, in order."""
    said: Text = ()
    for cell in cells:
        said = joined_texts(said, text_blocks(cell.runs))
    return said


def _date_of(cells: tuple[SourceCell, ...], epoch: date) -> DateText:
    """The date of a field; the words of all its cells where they are several."""
    if not cells:
        return DateText()
    words = plain(as_text(" ".join(cell.words for cell in cells))).replace("\n", " ")
    return date_text(cells[0].value if len(cells) == 1 else words, words, epoch)


def _status_of(words: Text, fill: str, layout: Layout, known: Columns, *, is_done: bool) -> Status:
    """The status that an officer's words mean, or the colour in their stead; in a tracker without
    statuses an action `is_done` by its day of completion.
    """
    if "status" not in layout.columns and is_done:
        return Status("completed", ())
    if not words and fill:
        meant = known.colour_status(fill)
        said = as_text(known.statuses[meant][0]) if meant else ()
        return Status(meant or "unknown", said, fill, is_listed=bool(meant))
    meant = known.status(plain(words))
    if meant == "unknown":
        return Status(known.answer(layout.heading("status"), plain(words)), words)
    has_link = any(run.link for run in runs_of(words))
    return Status(meant, words, is_listed=known.is_listed(plain(words)) and not has_link)


def without_doubtful_days(actions: tuple[Action, ...]) -> tuple[Action, ...]:
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
