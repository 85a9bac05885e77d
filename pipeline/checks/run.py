"""Running the checks: which there are, how serious a council finds each, and what they found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Literal, TypeAlias

from msgspec import field

from pipeline import settings
from pipeline.columns import Columns, key
from pipeline.errors import PipelineError
from pipeline.history import History
from pipeline.normalise import Tracker
from pipeline.records import Action, Place, plain
from pipeline.settings import Settings


class Severity(IntEnum):
    """How serious a finding is; while errors are open the paper is a DRAFT."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Rules(Settings, frozen=True, dict=True):
    """A council's `checks.toml`."""

    placeholders: list[str]
    note_words: int
    unfinished: list[str]
    thin: list[str] = field(default_factory=list)
    long_update: int = 1500
    intranet: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    severity: dict[str, Literal["error", "warning", "note", "off"]] = field(default_factory=dict)

    @cached_property
    def placeholder_keys(self) -> frozenset[str]:
        """The listed placeholders, without what people vary."""
        return frozenset(key(words) for words in self.placeholders)

    @cached_property
    def thin_keys(self) -> frozenset[str]:
        """The listed thin updates, without what people vary."""
        return frozenset(key(words) for words in self.thin)


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may look at beside the actions; `past` is there if there was a paper before."""

    tracker: Tracker
    columns: Columns
    rules: Rules
    past: History | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `officer` and `reference` are those of the action that the place belongs to."""

    place: Place
    severity: Severity
    message: str
    remedy: str
    check: str
    officer: str = ""
    reference: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message} {self.remedy} [{self.check}]"


Fault: TypeAlias = tuple[Place, str, str]
Check: TypeAlias = Callable[[tuple[Action, ...], Context], Iterator[Fault]]

LONGEST_PLACEHOLDER = 60  # characters, signs and all

CHECKS: dict[str, tuple[Check, Severity]] = {}


def check(severity: Severity) -> Callable[[Check], Check]:
    """Register a check under its function's name, with the severity it has unless a council says."""

    def register(function: Check) -> Check:
        CHECKS[function.__name__.replace("_", "-")] = function, severity
        return function

    return register


def load(style: str) -> Rules:
    """A council's severities and word lists. Raises `PipelineError` where a check is not known."""
    rules = settings.load(settings.folder(style) / "checks.toml", Rules)
    strange = sorted(set(rules.severity) - set(CHECKS))
    if strange:
        raise PipelineError(
            f"{style}/checks.toml: there is no check called '{strange[0]}'.",
            f"Checks are {', '.join(sorted(CHECKS))}.",
        )
    return rules


def run(context: Context) -> list[Finding]:
    """Every finding on a tracker, in the order of its cells."""
    owned = owners(context.tracker.actions)
    found = []
    for name, (function, usual) in CHECKS.items():
        chosen = context.rules.severity.get(name, str(usual))
        if chosen == "off":
            continue
        for place, message, remedy in function(context.tracker.actions, context):
            owner = owned.get(place)
            found.append(
                Finding(
                    place, Severity[chosen.upper()], message, remedy, name,
                    plain(owner.officers) if owner else "",
                    plain(owner.reference) if owner else "",
                )
            )  # fmt: skip
    return sorted(found, key=lambda finding: (finding.place, finding.check))


def owners(actions: tuple[Action, ...]) -> dict[Place, Action]:
    """The action that each cell belongs to."""
    return {
        place: action
        for action in actions
        for name, place in action.cells.items()
        if name not in ("date", "title")  # these belong to a whole item
    }


def is_placeholder(words: str, rules: Rules) -> bool:
    """Whether some words only hold the place of an update: signs alone, or one of those listed."""
    if len(words) > LONGEST_PLACEHOLDER:
        return False
    return not key(words) or key(words) in rules.placeholder_keys
