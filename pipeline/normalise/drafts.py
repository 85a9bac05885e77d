"""The rows of a table put together into actions: items carried down, continuations joined, the rest left out.

What no action took is given back with its place, so that it can be reported. `row_kinds` says what a row is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any, assert_never

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council import dates
from pipeline.council.columns import UNPUBLISHED, Columns
from pipeline.council.dates import date_in_words, date_text, day_within
from pipeline.ingest.workbook import SourceCell
from pipeline.model.action import (
    CLOSED,
    COMMITTEE_FIELD,
    DATE_FIELDS,
    ITEM_FIELDS,
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
from pipeline.normalise.heading_rows import TableRows
from pipeline.normalise.looks import LOST, day_of_meeting
from pipeline.normalise.row_kinds import rule_of
from pipeline.normalise.rows import Cells, Filled, Kind, PlacedRow, WholeTable, filled_rows
from pipeline.normalise.tracker import Layout, RowRead


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
    """Drafts in order, and what each row was read as; `carried` are places whose empty date was taken from the
    item above, `stray` the cells that no action took, `withheld` those of them that are in no finding either, and by
    which rule. `committee`, `heading` and `item` are what the next rows may leave out; `before` is the kind of the
    last row.

    `joined` are rows without a label that the action above took for more of its update.
    `is_under_date`: the item's date stands on a row above it; `begins`: the next row begins an item, and
    `is_doubtful`: a section begins that says no day, so that the one above may not be its own.
    """

    drafts: list[Draft] = field(default_factory=list)
    rows: list[RowRead] = field(default_factory=list)
    carried: dict[Place, Place] = field(default_factory=dict)
    stray: list[SourceCell] = field(default_factory=list)
    joined: list[SourceCell] = field(default_factory=list)
    committee: Cells = field(default_factory=dict)
    item: Cells = field(default_factory=dict)
    heading: Cells = field(default_factory=dict)
    withheld: dict[Place, str] = field(default_factory=dict)
    before: Kind | None = None
    is_under_date: bool = False
    begins: bool = False
    is_doubtful: bool = False

    def take(self, row: PlacedRow, layout: Layout) -> None:
        """Take the next row, as what it is."""
        one = row.one
        rule, cells = rule_of(row)
        self.before = rule.kind
        self.rows.append(RowRead(one.cells[0].place, rule.kind, rule.why, rule.withheld))
        if rule.withheld:
            self.withheld |= {cell.place: f"{rule.kind}: {rule.why}" for cell in one.cells}
        match rule.kind:
            case Kind.DAY:
                self.under(cells[0])
            case Kind.BODY if cells:
                self._head(cells[0], row)
            case Kind.BODY:
                self.committee = dict(one.own)
            case Kind.KEY | Kind.TOTAL | Kind.GUIDANCE | Kind.SECTION:
                self._leave_out(one)
            case Kind.SPARE | Kind.STAMP | Kind.END:
                self.stray.extend(one.cells)
            case Kind.TITLE:
                self.heading, self.begins = {"title": cells[0]}, True
            case Kind.UPDATE:
                self._go_on(cells)
                label = (cell.place for cell in one.cells if cell not in cells)
                self.withheld |= dict.fromkeys(label, "labels of updates")
            case Kind.JOINED:
                self._join(one)
            case Kind.CONTINUED | Kind.WAITING | Kind.MORE | Kind.ACTION:
                self._add(row, rule.kind, layout)
            case _:
                assert_never(rule.kind)

    def under(self, day: SourceCell) -> None:
        """Take the day of a meeting that heads the rows below it."""
        self.item, self.is_under_date = {"date": day}, True
        self.begins, self.is_doubtful, self.heading = True, False, {}

    def _head(self, committee: SourceCell, row: PlacedRow) -> None:
        """Take a line across the table that names the committee of the rows below it, and may say the day of
        its meeting.
        """
        (line,) = row.one.cells
        day = day_of_meeting(line, row.table.known, committee.words)
        self.committee, self.heading = {COMMITTEE_FIELD: committee}, {}
        self.begins = self.is_doubtful = True
        if day is not None:
            self.under(day)
        elif key(line.words) != key(committee.words):
            self.stray.append(line)

    def _leave_out(self, one: Filled) -> None:
        """Take a row that is no action's; a line across the table may end what a day heads, and does if it
        says another day, and what a title heads.
        """
        self.stray.extend(one.cells)
        self.heading = {} if one.only else self.heading
        if self.is_under_date and one.only:
            self.begins = self.is_doubtful = True
            if day_within(one.words[0]):
                self.item, self.is_under_date = {}, False

    def _go_on(self, update: tuple[SourceCell, ...]) -> None:
        """Take what a row below the last action says of what has been done."""
        for cell in update:
            self.drafts[-1] = _continued(self.drafts[-1], {"update": cell}, "")

    def _join(self, one: Filled) -> None:
        """Take a row without a label as such, with the day that it may have."""
        *day, said = (one.own[name] for name in sorted(one.own))  # `date` before `update`
        runs = (run for cell in day for run in (*cell.runs, Run(" ")))
        self.joined.append(said)
        said_elsewhere = (replace(cell, runs=()) for cell in day)
        self._go_on((*said_elsewhere, replace(said, runs=(*runs, *said.runs))))

    def _add(self, row: PlacedRow, kind: Kind, layout: Layout) -> None:
        """Take a row: as a new action, as the first of a waiting item, or as more of the last action."""
        one = row.one
        if COMMITTEE_FIELD in one.held:
            self.committee = {COMMITTEE_FIELD: one.held[COMMITTEE_FIELD]}
        held = {**self.committee, **self.heading, **one.held}
        self.begins = False
        if row.is_new:
            if "date" in held:
                self.is_under_date = False
            elif "date" in self.item:
                if not self.is_under_date or self.is_doubtful:
                    has_column = "date" in layout.columns
                    at = layout.place("date", one.row.number) if has_column else one.cells[0].place
                    self.carried[at] = self.item["date"].place
                held = {"date": self.item["date"], **held}
            self.is_doubtful = False
            self.item = {name: held[name] for name in ITEM_FIELDS if name in held}
        fill = one.row.colour(layout.columns["status"]) if "status" in layout.columns else ""
        if kind is Kind.ACTION or kind is Kind.WAITING:
            last = self.drafts[-1] if self.drafts else None
            item = (last.item if last else 0) + (row.is_new or last is None)
            first: Cells = self.item
            if last and kind is Kind.WAITING:
                first = {name: cells[0] for name, cells in self.drafts.pop().cells.items()}
            every: dict[str, tuple[SourceCell, ...]] = {
                name: (cell,) for name, cell in {**first, **held}.items()
            }
            self.drafts.append(Draft(item, one.row.number, every, fill))
        else:
            own = dict(one.own)
            if kind is Kind.CONTINUED:
                self.withheld[own.pop("reference").place] = "references that are continued"
            if kind is Kind.MORE:
                there = self.drafts[-1].cells.keys() - LOST - UNPUBLISHED
                self.joined.extend(cell for name, cell in own.items() if name in there)
            self.drafts[-1] = _continued(self.drafts[-1], own, fill)


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
    filled = filled_rows(table, layout, known)
    whole = WholeTable(filled, known, committee, layout.columns)
    made = RowsRead()
    if day is not None:
        made.under(day)
    for number, one in enumerate(filled):
        made.stray.extend(one.unmeant)
        above = made.drafts[-1].cells if made.drafts else {}
        made.take(PlacedRow(number, whole, made.before, above, made.item, made.begins), layout)
    return made


def _continued(above: Draft, own: Cells, fill: str) -> Draft:
    """A draft with the cells of a row that continues it."""
    joined = {name: (*above.cells.get(name, ()), cell) for name, cell in own.items()}
    return replace(above, cells={**above.cells, **joined}, fill=above.fill or fill)


def action_of(made: Draft, layout: Layout, known: Columns, epoch: date, meeting: date) -> Action:
    cells = _with_shared(made.cells, layout)
    texts = {name: _text_of(cells.get(name, ())) for name in TEXT_FIELDS}
    days = {name: _date_of(cells.get(name, ()), epoch) for name in DATE_FIELDS}
    if layout.shared:
        stated, done = known.parted_status(plain(texts["update"]), layout.shared.heading)
        texts["status"] = as_text(stated) if done else texts["update"]
        texts["update"] = texts["update"] if done else ()
    day = days["completed"].day
    is_done = day is not None and day <= meeting
    status = _status_of(texts["status"], made.fill, layout, known, is_done=is_done)
    if layout.shared and status.canonical in CLOSED and not days["completed"]:
        days["completed"] = DateText(day=_day_said(texts["status"]))
    if texts["response"] and not days["responded"] and known.is_response(plain(texts["response"])):
        days["responded"] = DateText(day=_day_said(texts["response"]))
    fields: dict[str, Any] = {**texts, **days, "status": status}
    return Action(
        item=made.item,
        **fields,
        cells={
            name: next(one.place for one in cells[name] if one.runs)
            if name in cells
            else layout.place(name, made.row)
            for name in {**layout.columns, **cells}
        },
        several={
            name: tuple(cell.place for cell in own) for name, own in cells.items() if len(own) > 1
        },
    )


def _text_of(cells: tuple[SourceCell, ...]) -> Text:
    """The text of a field, of all its cells."""
    if len(cells) == 1:
        return text_blocks(cells[0].runs)  # as almost always
    return reduce(joined_texts, (text_blocks(cell.runs) for cell in cells), ())


def _with_shared(
    cells: dict[str, tuple[SourceCell, ...]], layout: Layout
) -> dict[str, tuple[SourceCell, ...]]:
    """A draft's cells, of which those that say both how an action stands and what has been done are both."""
    if layout.shared is None:
        return cells
    fields = (layout.shared.field, layout.shared.also)
    both = tuple(cell for name in fields for cell in cells.get(name, ()))
    return {**cells, **dict.fromkeys(fields, both)} if both else cells


def _day_said(words: Text) -> date | None:
    """The day with which some words end, if it is the only one in them."""
    found = day_within(plain(words))
    return found[1] if found and not key(found[2]) else None


def _date_of(cells: tuple[SourceCell, ...], epoch: date) -> DateText:
    """The date of a field; the words of all its cells where they are several and not of one day."""
    if not cells:
        return DateText()
    each = [date_in_words(date_text(cell.value, _line(cell.words), epoch)) for cell in cells]
    if len({one.day for one in each}) == 1 and (each[0].day or len(each) == 1):
        return each[0]
    words = " ".join(_line(cell.words) for cell in cells)
    return date_in_words(date_text(words, words, epoch))


def _line(words: str) -> str:
    """Words as they are read, on one line."""
    return plain(as_text(words)).replace("\n", " ")


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
    for name in DATE_FIELDS:
        if dates.are_month_first(one.day(name) for one in actions):
            actions = tuple(
                replace(one, **{name: DateText(one.day(name).text, unreadable=True)})
                if dates.is_doubtful(one.day(name))
                else one
                for one in actions
            )
    return actions
