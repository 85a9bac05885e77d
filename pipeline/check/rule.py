"""What a check is: what it may look at, what it yields, and how it is registered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from msgspec import Struct

from pipeline.council.clerk import VANISHED, Plan, Waiver
from pipeline.council.columns import Columns
from pipeline.council.dates import MONTH
from pipeline.council.placeholders import placeholder_mark
from pipeline.council.rules import Rules, Severity, is_no_update, is_placeholder
from pipeline.model.action import CLOSED, Action, Place, Text, plain
from pipeline.model.people import Officer, initials, people_named
from pipeline.model.words import key
from pipeline.normalise.tracker import Tracker
from pipeline.published.history import History
from pipeline.published.records import ActionRecord

Became: TypeAlias = Literal["printed", "title", "heading", "withheld", "reported", "unaccounted"]


class Entry(Struct, frozen=True):
    """What became of a cell. `what`: the field and the action that print it, the rule that withholds it, or the
    check that reports it. `lost`: those of its words that are nowhere.
    """

    place: Place
    kind: Became
    what: str = ""
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may look at beside the actions; `past` is there if there was a paper before.

    `directory` are the officers of the workbook's list of them, if it has one; `undrawable` tells the characters
    of some words that no font has; `account` says what became of the workbook's cells; `proposed` are changes of
    plan that the clerk may have to write down.
    """

    tracker: Tracker
    columns: Columns
    rules: Rules
    past: History | None = None
    directory: tuple[Officer, ...] = ()
    undrawable: Callable[[Iterable[str]], frozenset[str]] = frozenset[str]().intersection
    account: tuple[Entry, ...] = ()
    proposed: tuple[Plan, ...] = ()

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions of the tracker."""
        return self.tracker.actions


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `officer` and `reference` are those of the action that the place belongs to, or that is gone;
    `title` is its item's, or how what was asked for begins where it has none.
    """

    place: Place
    severity: Severity
    message: str
    remedy: str
    check: str
    officer: str = ""
    reference: str = ""
    title: str = ""

    @property
    def named(self) -> str:
        """The action, by its reference (but for one that has vanished: there the message has it) and its title;
        nothing where the place belongs to none.
        """
        reference = "" if self.check == VANISHED else self.reference
        return ", ".join(filter(None, (reference, self.title)))

    @property
    def what(self) -> str:
        """What is wrong with which action."""
        return ": ".join(filter(None, (self.named, self.message)))

    @property
    def words(self) -> str:
        """All but the place, on one line."""
        return f"{self.severity}: {self.what} {self.remedy} [{self.check}]"

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"


# Where, what and what to do; and the action, if it is one of the last paper that the workbook has no more.
Fault: TypeAlias = tuple[Place, str, str] | tuple[Place, str, str, ActionRecord]
_Check: TypeAlias = Callable[[Context], Iterator[Fault]]

CHECKS: dict[str, tuple[_Check, Severity | Literal["off"]]] = {}
STANDS_FOR: dict[str, tuple[str, ...]] = {}  # checks whose findings another's makes needless
_LONGEST_SIGNATURE = 6  # words: "Jo Bell, 3 February 2027"


def check(
    severity: Severity | Literal["off"], stands_for: tuple[str, ...] = ()
) -> Callable[[_Check], _Check]:
    """Register a check under its function's name, with the severity it has unless a council says. The remedy
    of its findings does away with those of the checks that it `stands_for`, at the same cell: these are not
    reported beside it.
    """

    def register(function: _Check) -> _Check:
        name = function.__name__.replace("_", "-")
        CHECKS[name], STANDS_FOR[name] = (function, severity), stands_for
        return function

    return register


def set_lower(rules: Rules) -> dict[str, tuple[str, str]]:
    """The checks that a council finds less serious than is usual: how serious, and how usually."""
    grades = ["off", *map(str, Severity)]
    return {
        name: (chosen, str(CHECKS[name][1]))
        for name, chosen in sorted(rules.severity.items())
        if grades.index(chosen) < grades.index(str(CHECKS[name][1]))
    }


def is_waived(finding: Finding, waiver: Waiver) -> bool:
    """Whether a finding is the one that a waiver lets pass."""
    where = (
        key(waiver.reference) == key(finding.reference)
        if waiver.reference
        else waiver.cell.replace("$", "").casefold() == str(finding.place).casefold()
    )
    return where and waiver.check == finding.check


def owners(actions: tuple[Action, ...]) -> dict[Place, Action]:
    """The action that each cell belongs to."""
    return {
        place: action
        for action in actions
        for name, place in action.cells.items()
        if name not in ("date", "title")  # these belong to a whole item
    }


def has_updates(tracker: Tracker, rules: Rules) -> bool:
    """Whether a tracker's paper has a column of updates: not where a council that asks for none has none."""
    is_asked = rules.severity.get("missing-update") != "off"
    return "update" in tracker.fields and (is_asked or any(one.update for one in tracker.actions))


def has_update(action: Action, context: Context) -> bool:
    """Whether an action says what has been done, in more than a placeholder, figures or its row's own words."""
    return not is_no_update(plain(action.update), context.rules) and not repeats_row(action)


def repeats_row(action: Action) -> bool:
    """Whether an update says only what else its row says: what was asked for, the title, or who answers for it and a
    day.
    """
    said = key(plain(action.update))
    if said in {key(plain(action.action)), key(plain(action.title))}:
        return True
    words, officers = said.split(), plain(action.officers)
    if len(words) > _LONGEST_SIGNATURE or not officers:
        return False
    signed = {*key(officers).split(), *(key(initials(one.name)) for one in people_named(officers))}
    return all(one in signed or one in MONTH or one.isdigit() for one in words)


def placed(context: Context, name: str) -> Iterator[tuple[Action, Place]]:
    """The actions of a sheet with a column for a field, each with its cell there."""
    return ((one, one.cells[name]) for one in context.actions if name in one.cells)


def texts(
    context: Context, names: Iterable[str] = ("action", "update")
) -> Iterator[tuple[Place, Text]]:
    """The texts of some fields of the actions, each with its cell."""
    for action in context.actions:
        for name in names:
            if name in action.cells:
                yield action.cells[name], action.text(name)


def is_open(action: Action) -> bool:
    """Whether something is still to be done, as its status and its day of completion have it."""
    return action.status.canonical not in CLOSED and action.completed.day is None


def has_officer(action: Action, rules: Rules) -> bool:
    """Whether an action names somebody, and not only says that nobody is known; `placeholder` finds "[name]"."""
    words = plain(action.officers)
    is_none = is_placeholder(words, rules) or rules.empty_words.say_unchanged(words)
    return bool(words) and (bool(placeholder_mark(words)) or not is_none)
