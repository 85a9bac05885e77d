"""What a check is: what it yields, and how it is registered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from string import digits
from typing import Literal, TypeAlias

from pipeline.check.seen import Context, Seen
from pipeline.council.clerk import VANISHED, Waiver
from pipeline.council.placeholders import placeholder_mark
from pipeline.council.rules import Rules, Severity, is_placeholder, is_unchanged
from pipeline.ingest.workbook import SourceCell
from pipeline.model.action import ITEM_FIELDS, Action, Place
from pipeline.model.words import is_one, key, lead
from pipeline.published.records import ActionRecord


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `officer` and `reference` are those of the action that the place belongs to, or that is gone;
    `title` is its item's, or how what was asked for begins where it has none. `leaves_out`: it reports cells whose
    words are not in the paper. `asked`: how what was asked for begins. `action` is the one of the tracker that has
    the place, if one does.
    """

    place: Place
    severity: Severity
    message: str
    remedy: str
    check: str
    officer: str = ""
    reference: str = ""
    title: str = ""
    leaves_out: bool = False
    asked: str = ""
    action: Action | None = field(default=None, compare=False, repr=False)

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

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.what} {self.remedy} [{self.check}]"


# Where, what and what to do; and the action, if it is one of the last paper that the workbook has no more, or one of
# several that share the cell; or the cells that the finding reports as left out.
_More: TypeAlias = ActionRecord | Action | list[SourceCell]
Fault: TypeAlias = tuple[Place, str, str] | tuple[Place, str, str, _More]
Told: TypeAlias = tuple[str, str]  # what and what to do, of a cell that the check names
_Check: TypeAlias = Callable[[Context], Iterator[Fault]]
_CheckOfOne: TypeAlias = Callable[[Seen], Iterator[Told]]
_Usual: TypeAlias = Severity | Literal["off"]

CHECKS: dict[str, tuple[_Check, _Usual]] = {}
STANDS_FOR: dict[str, tuple[str, ...]] = {}  # checks whose findings another's makes needless


def check(severity: _Usual, stands_for: tuple[str, ...] = ()) -> Callable[[_Check], _Check]:
    """Register a check under its function's name, with the severity it has unless a council says. The remedy
    of its findings does away with those of the checks that it `stands_for`, at the same cell: these are not
    reported beside it.
    """

    def register(function: _Check) -> _Check:
        name = function.__name__.replace("_", "-")
        CHECKS[name], STANDS_FOR[name] = (function, severity), stands_for
        return function

    return register


def check_at(
    name: str, severity: _Usual, stands_for: tuple[str, ...] = ()
) -> Callable[[_CheckOfOne], _CheckOfOne]:
    """Register a check of each action that has a cell for a field, of which its findings are."""

    def register(function: _CheckOfOne) -> _CheckOfOne:
        @wraps(function)
        def of_each(context: Context) -> Iterator[Fault]:
            for one in context.actions:
                if name in one.cells:
                    for what, remedy in function(one):
                        fault = one.cells[name], what, remedy
                        yield fault if name in ITEM_FIELDS else (*fault, one.action)

        check(severity, stands_for)(of_each)
        return function

    return register


def set_lower(rules: Rules) -> Iterator[str]:
    """The checks that a council finds less serious than is usual: how serious, and how usually."""
    grades = ["off", *map(str, Severity)]
    for name, chosen in sorted(rules.severity.items()):
        usual = str(CHECKS[name][1])
        if grades.index(chosen) < grades.index(usual):
            yield f"{name} ({chosen}, usually {'an' if usual == 'error' else 'a'} {usual})"


def is_waived(finding: Finding, waiver: Waiver) -> bool:
    """Whether a finding is the one that a waiver lets pass."""
    if waiver.check != finding.check:
        return False
    if waiver.reference:
        return key(waiver.reference) == key(finding.reference)
    here = str(finding.place).casefold()
    if waiver.action:  # in whatever row that stands now
        is_its = key(waiver.action) == key(finding.asked)
        return is_its and waiver.at.rstrip(digits) == here.rstrip(digits)
    return waiver.at == here


def has_officer(action: Action, rules: Rules) -> bool:
    """Whether an action names somebody, and not only says that nobody is known; `placeholder` finds "[name]"."""
    words = action.words["officers"]
    is_none = (
        is_placeholder(words, rules)
        or is_one(words, rules.nobody)
        or is_one(lead(words), rules.placeholders)
        or is_unchanged(words, "", rules)
    )
    return bool(words) and (bool(placeholder_mark(words)) or not is_none)
