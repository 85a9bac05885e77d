"""What the checks look at: a tracker with all that it is checked by, and each of its actions.

What several checks ask of an action is worked out once, and kept on it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Literal, TypeAlias

from msgspec import Struct

from pipeline.check.done import SENTENCE, is_denial
from pipeline.council.clerk import Plan
from pipeline.council.columns import UNPUBLISHED, Columns
from pipeline.council.dates import MONTH, newest_entry, span_of, written_day
from pipeline.council.rules import Rules, is_empty, is_no_update, is_placeholder, is_unchanged
from pipeline.ingest.workbook import SourceCell
from pipeline.model.action import CLOSED, OPEN, Action, Place
from pipeline.model.document import Run, runs_of
from pipeline.model.months import plain_day
from pipeline.model.people import Officer, initials, people_named
from pipeline.model.words import FAINT_WORDS, key, quoted
from pipeline.normalise.tracker import Tracker
from pipeline.published.history import History, Pair
from pipeline.published.records import ActionRecord, Records

Became: TypeAlias = Literal["printed", "title", "heading", "withheld", "reported", "unaccounted"]
_LONGEST_SIGNATURE = 6  # words: "Jo Bell, 3 February 2027"


class Entry(Struct, frozen=True):
    """What became of a cell. `what`: the field and the action that print it, the rule that withholds it, or the
    check that reports it. `lost`: those of its words that are nowhere.
    """

    place: Place
    kind: Became
    what: str = ""
    lost: str = ""


class Context(Struct, frozen=True, dict=True):
    """What a check may look at; `past` is there if there was a paper before.

    `directory` are the officers of the workbook's list of them, if it has one; `undrawable` tells
    the characters of some words that no font has; `account` says what became of the workbook's cells; `proposed`
    are changes of plan that the clerk may have to write down, `left_out` the last papers of committees that were in
    the workbook and have no row in it now.
    """

    tracker: Tracker
    columns: Columns
    rules: Rules
    past: History | None = None
    directory: tuple[Officer, ...] = ()
    undrawable: Callable[[Iterable[str]], frozenset[str]] = frozenset[str]().intersection
    account: tuple[Entry, ...] = ()
    proposed: tuple[Plan, ...] = ()
    left_out: tuple[Records, ...] = ()

    @cached_property
    def actions(self) -> list[Seen]:
        """The actions of the tracker, each beside what it was in the last paper."""
        actions, past = self.tracker.actions, self.past
        pairs = (
            [pair for pair in past.pairs if not pair.is_reported] if past else [None] * len(actions)
        )
        return [
            Seen(one, self, pair, one.cells, one.words, one.words["update"], one.status.canonical)
            for one, pair in zip(actions, pairs, strict=True)
        ]

    @property
    def last_meeting(self) -> str:
        """The meeting of the last paper, as one says it; nothing where there was none."""
        return plain_day(self.past.last.paper.day) if self.past else ""

    @property
    def first_heading(self) -> Place:
        """The cell for what belongs to no action."""
        layout = self.tracker.layout
        return Place(layout.sheet, layout.heading_row, min(layout.columns.values()))

    @cached_property
    def called(self) -> dict[str, Seen]:
        """The actions that have a reference, by its key."""
        return {one.keys["reference"]: one for one in self.actions if one.words["reference"]}

    @cached_property
    def said(self) -> list[tuple[Place, str, list[Run]]]:
        """The cells that say what was asked for and what has been done: their words, and the runs that are links."""
        return [
            (one.cells[name], one.words[name], [run for run in runs_of(text) if run.link])
            for one in self.actions
            for name, text in (("action", one.action.action), ("update", one.action.update))
            if name in one.cells
        ]

    @cached_property
    def cells(self) -> list[SourceCell]:
        """The cells of the table's published columns, each once, in the order one reads them."""
        found = []
        for tracker in self.tracker.sheets:
            layout = tracker.layout
            published = {n for name, n in layout.columns.items() if name not in UNPUBLISHED}
            found += [
                cell
                for row in tracker.rows
                for number, cell in row.cells.items()
                if cell.anchor_row == row.number
                and (number in published or layout.is_read_for_newer(number, row))
            ]
        return found

    @cached_property
    def has_updates(self) -> bool:
        """Whether the paper has a column of updates."""
        return has_updates(self.tracker, self.rules)


class Seen(Struct, frozen=True, dict=True):
    """An action as the checks look at it, with the cells and the words of its fields; `pair` is what has become of
    it since the last paper, `status` canonical.
    """

    action: Action
    context: Context
    pair: Pair | None
    cells: Mapping[str, Place]
    words: dict[str, str]
    update: str
    status: str

    @property
    def before(self) -> ActionRecord | None:
        """What it was in the last paper, if that had it."""
        return self.pair.before if self.pair else None

    @cached_property
    def keys(self) -> dict[str, str]:
        """What the fields that tell one action from another say, without what people vary."""
        return {name: key(self.words[name]) for name in ("reference", "title", "action", "update")}

    @cached_property
    def item(self) -> tuple[str, str]:
        """What tells its item from others: the title, and the day, however it was typed, or the words for it."""
        given = self.action.date
        return self.keys["title"], given.day.isoformat() if given.day else key(given.text)

    @cached_property
    def is_open(self) -> bool:
        """Whether something is still to be done, as its status and its day of completion have it."""
        return self.status not in CLOSED and self.action.completed.day is None

    @property
    def is_overdue(self) -> bool:
        """Whether it is open and was due before the meeting."""
        days = span_of(self.words["due"])
        day = self.action.due.day or (days[1] if days else None)
        return day is not None and day < self.context.tracker.meeting and self.is_open

    @cached_property
    def newest(self) -> str:
        """What its update says for this meeting: its newest entry, where each stands behind its day, or all of it."""
        entry = newest_entry(self.update, self.context.tracker.meeting)
        return self.update if entry is None else entry

    @property
    def says_only(self) -> str:
        """That its update, or the newest entry of it, has too little in it: a sentence without its full stop."""
        which = "The update" if self.newest == self.update else "The newest entry of the update"
        return f"{which} says only {quoted(self.newest)}" if self.newest else f"{which} is empty"

    @cached_property
    def is_placeholder(self) -> bool:
        """Whether its update only holds the place of one."""
        return is_placeholder(self.newest, self.context.rules)

    @cached_property
    def is_empty(self) -> bool:
        """Whether its update says only how things stand, or that nothing has changed."""
        return is_empty(self.newest, self.words["officers"], self.context.rules)

    @property
    def says_unchanged(self) -> bool:
        """Whether its update says only that nothing has changed, or leads to an earlier text."""
        return is_unchanged(self.newest, self.words["officers"], self.context.rules)

    @cached_property
    def has_update(self) -> bool:
        """Whether it says what has been done, in more than a placeholder, figures or its row's own words."""
        return not is_no_update(self.newest, self.context.rules) and not self.repeats_row

    @cached_property
    def repeats_row(self) -> bool:
        """Whether its update says only what else its row says: what was asked for, the title, or who answers for it
        and a day.
        """
        said, officers = self.keys["update"], self.words["officers"]
        if said in (self.keys["action"], self.keys["title"]):
            return True
        named, _, post = self.update.partition(", ")  # *Jo Bell, Head of Works*
        is_name = all(one[0].isupper() or one in FAINT_WORDS for one in post.split())
        said = key(named) if is_name and self.context.columns.is_post(post) else said
        if not officers or len(words := said.split()) > _LONGEST_SIGNATURE:
            return False
        signed = {
            *key(officers).split(),
            *(key(initials(one.name)) for one in people_named(officers)),
        }
        return all(one in signed or one in MONTH or one.isdigit() for one in words)

    @cached_property
    def earlier(self) -> SourceCell | None:
        """The cell that keeps an earlier update, the newest with words; None where there is none."""
        place, tracker = self.cells["update"], self.context.tracker
        sheet = next((one for one in tracker.sheets if one.sheet.name == place.sheet), tracker)
        columns = sheet.layout.earlier.get("update", ())
        at = bisect_left(sheet.rows, place.row, key=lambda row: row.number) if columns else 0
        rows = (row for row in sheet.rows[at : at + 1] if row.number == place.row)
        cells = (row.cells[column] for row in rows for column in columns if column in row.cells)
        return next((cell for cell in cells if cell.words), None)

    @property
    def earlier_words(self) -> str:
        """What that cell says, as a message goes on with it; nothing where it says nothing."""
        if self.earlier is None or is_placeholder(self.earlier.words, self.context.rules):
            return ""
        return f" {self.earlier.place.cell} has an earlier one: {quoted(self.earlier.words)}."

    @cached_property
    def is_denied(self) -> bool:
        """Whether it is called completed, and its update says only that it is not, or its status that it will be."""
        if self.status != "completed" or "status" not in self.cells:
            return False
        if self.is_to_come:
            return True
        is_open = self.context.columns.status(self.update) in OPEN and not self.is_empty
        return is_open or is_denial(self.update, self.keys["action"])

    @property
    def is_to_come(self) -> bool:
        """Whether its status says by when it is to be so, after the meeting: *Complete (target March 2027)*."""
        behind = self.context.columns.behind_status(self.words["status"]).strip(" ()–-")
        by, _, when = behind.partition(" ")
        if by.casefold() not in self.context.rules.targets:
            return False
        days = span_of(when)
        day = written_day(when) or (days[1] if days else None)
        return day is not None and day > self.context.tracker.meeting

    def stated(self, kinds: frozenset[str]) -> str:
        """A sentence of its update that is a status of some kinds, and nothing more; empty where none is."""
        known = self.context.columns
        said = (one.strip() for one in SENTENCE.findall(self.update))
        return next((one for one in said if known.listed_status(one) in kinds), "")


def has_updates(tracker: Tracker, rules: Rules) -> bool:
    """Whether a tracker's paper has a column of updates: not where a council that asks for none has none."""
    is_asked = rules.severity.get("missing-update") != "off"
    return "update" in tracker.fields and (is_asked or any(one.update for one in tracker.actions))
