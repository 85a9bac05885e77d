"""Running the checks: which there are, how serious a council finds each, and what they found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Literal, TypeAlias

from msgspec import field
from msgspec.structs import replace

from pipeline import settings
from pipeline.clerk import VANISHED, Waiver, refuse_unknown
from pipeline.columns import Columns, key
from pipeline.data import ActionRecord
from pipeline.empty_words import EmptyWords
from pipeline.errors import PipelineError
from pipeline.history import History, called
from pipeline.officers import Officer
from pipeline.placeholders import is_to_come
from pipeline.reading.normalise import Tracker
from pipeline.records import Action, Place, plain
from pipeline.settings import Settings


class Severity(IntEnum):
    """How serious a finding is; while errors are open the paper is a DRAFT."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class WordLists(Settings, frozen=True):
    """Words that the checks know; those of `templates/checks.toml` are for every council."""

    placeholders: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    no_day: list[str] = field(default_factory=list)
    thin: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    fillers: list[str] = field(default_factory=list)
    intranet: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)


class Rules(WordLists, frozen=True, dict=True):
    """A council's `checks.toml`: what it adds to the word lists, those of their words that it does not
    want (`without`), and the severities that are not the usual ones.
    """

    without: list[str] = field(default_factory=list)
    note_words: int = 5
    long_update: int = 1500
    severity: dict[str, Literal["error", "warning", "note", "off"]] = field(default_factory=dict)
    waiver: list[Waiver] = field(default_factory=list)

    @cached_property
    def placeholder_keys(self) -> frozenset[str]:
        """The listed placeholders, without what people vary."""
        return frozenset(key(words) for words in self.placeholders)

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """What a short text begins with that is a placeholder all the same: entries that end in `…`."""
        return tuple(f"{key(words)} " for words in self.placeholders if words.endswith("…"))

    @cached_property
    def no_day_keys(self) -> frozenset[str]:
        """The listed words for no day, without what people vary."""
        return frozenset(key(words) for words in self.no_day)

    @cached_property
    def empty_words(self) -> EmptyWords:
        """The listed words that make no update."""
        return EmptyWords(self.thin, self.unchanged, self.fillers)


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may look at beside the actions; `past` is there if there was a paper before.

    `directory` are the officers of the workbook's list of them, if it has one; `undrawable` the
    characters that no font had, once the paper is drawn.
    """

    tracker: Tracker
    columns: Columns
    rules: Rules
    past: History | None = None
    directory: tuple[Officer, ...] = ()
    undrawable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `officer` and `reference` are those of the action that the place belongs to, or that is gone."""

    place: Place
    severity: Severity
    message: str
    remedy: str
    check: str
    officer: str = ""
    reference: str = ""

    @property
    def words(self) -> str:
        """All but the place, on one line."""
        return f"{self.severity}: {self.message} {self.remedy} [{self.check}]"

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"


# Where, what and what to do; and the action, if it is one of the last paper that the workbook has no more.
Fault: TypeAlias = tuple[Place, str, str] | tuple[Place, str, str, ActionRecord]
Check: TypeAlias = Callable[[tuple[Action, ...], Context], Iterator[Fault]]

LIKELY_NAME = 85  # of 100
LONGEST_PLACEHOLDER = 60  # characters, signs and all

CHECKS: dict[str, tuple[Check, Severity]] = {}
ON_DRAWING = "missing-glyph"  # the one check that is made when a paper is drawn


def check(severity: Severity) -> Callable[[Check], Check]:
    """Register a check under its function's name, with the severity it has unless a council says."""

    def register(function: Check) -> Check:
        CHECKS[function.__name__.replace("_", "-")] = function, severity
        return function

    return register


def load(style: str) -> Rules:
    """A council's severities, and its words with those of every council. Raises `PipelineError` where it names
    a check that there is not, or takes out a word that no list has.
    """
    own = settings.load(settings.folder(style) / "checks.toml", Rules)
    shared = settings.load(settings.TEMPLATES / "checks.toml", WordLists)
    named = {*own.severity, *(waiver.check for waiver in own.waiver)}
    refuse_unknown(f"{style}/checks.toml", named, CHECKS)
    usual: dict[str, list[str]] = {name: getattr(shared, name) for name in shared.__struct_fields__}
    known = {key(words) for listed in usual.values() for words in listed}
    unlisted = [words for words in own.without if key(words) not in known]
    if unlisted:
        raise PipelineError(
            f"{style}/checks.toml, without: '{unlisted[0]}' is in no list of templates/checks.toml.",
            "Write it as it stands there, or take it out.",
        )
    unwanted = set(map(key, own.without))
    return replace(
        own,
        **{
            name: [*getattr(own, name), *(one for one in words if key(one) not in unwanted)]
            for name, words in usual.items()
        },
    )


def run(context: Context) -> list[Finding]:
    """Every finding on a tracker, in the order of its cells."""
    owned = owners(context.tracker.actions)
    found = []
    for name, (function, usual) in CHECKS.items():
        chosen = context.rules.severity.get(name, str(usual))
        if chosen == "off":
            continue
        for fault in function(context.tracker.actions, context):
            place, message, remedy = fault[:3]
            officer, reference = whose(fault, owned)
            severity = Severity[chosen.upper()]
            found.append(Finding(place, severity, message, remedy, name, officer, reference))
    return sorted(found, key=lambda finding: (finding.place, finding.check))


def whose(fault: Fault, owned: dict[Place, Action]) -> tuple[str, str]:
    """The officer and the reference of the action that a fault is about, as its cells have them."""
    if len(fault) > len(("place", "message", "remedy")):
        gone = fault[-1]
        assert isinstance(gone, ActionRecord)
        return gone.officers_words, called(gone)
    owner = owned.get(fault[0])
    return (plain(owner.officers), plain(owner.reference)) if owner else ("", "")


def lowered(rules: Rules) -> dict[str, tuple[str, str]]:
    """The checks that a council finds less serious than is usual: how serious, and how usually."""
    grades = ["off", *map(str, Severity)]
    return {
        name: (chosen, str(CHECKS[name][1]))
        for name, chosen in sorted(rules.severity.items())
        if grades.index(chosen) < CHECKS[name][1]
    }


def is_waived(finding: Finding, waiver: Waiver) -> bool:
    """Whether a finding is the one that a waiver lets pass."""
    where = (
        key(waiver.reference) == key(finding.reference)
        if waiver.reference
        else waiver.cell.replace("$", "").casefold() == str(finding.place).casefold()
    )
    return where and waiver.check == finding.check


@dataclass(frozen=True, slots=True)
class Settled:
    """Findings: those that are open, and those that a waiver lets pass; and the waivers that let nothing."""

    open: list[Finding]
    waived: list[tuple[Finding, Waiver]]
    idle: list[Waiver]


def settled(findings: list[Finding], context: Context) -> Settled:
    """What is left of some findings when the waivers for this meeting have let theirs pass."""
    committee, meeting = context.tracker.committee, context.tracker.meeting
    ours = [one for one in context.rules.waiver if key(one.committee) == key(committee)]
    current = [waiver for waiver in ours if waiver.until >= meeting]
    let_pass = {
        id(finding): waiver
        for waiver in reversed(current)
        for finding in findings
        if is_waived(finding, waiver)
    }
    used = {id(waiver) for waiver in let_pass.values()}
    earlier = context.past.last.closed if context.past else []
    withdrawn = {key(called(one.action)) for one in earlier if one.withdrawn}
    misnamed = [
        one
        for one in context.rules.waiver
        if is_nearly(one.committee, committee)
        and any(is_waived(finding, one) for finding in findings)
    ]
    return Settled(
        [finding for finding in findings if id(finding) not in let_pass],
        [(one, let_pass[id(one)]) for one in findings if id(one) in let_pass],
        [
            waiver
            for waiver in (*ours, *misnamed)
            if id(waiver) not in used
            and (waiver.check != ON_DRAWING or context.undrawable)
            and (waiver.check != VANISHED or key(waiver.reference) not in withdrawn)  # it is done
        ],
    )


def is_nearly(one: str, other: str) -> bool:
    """Whether a committee's name is another's but for some words or letters."""
    from rapidfuzz import fuzz  # slow to load

    first, second = key(one), key(other)
    return first != second and (
        first in second or second in first or fuzz.token_sort_ratio(first, second) >= LIKELY_NAME
    )


def owners(actions: tuple[Action, ...]) -> dict[Place, Action]:
    """The action that each cell belongs to."""
    return {
        place: action
        for action in actions
        for name, place in action.cells.items()
        if name not in ("date", "title")  # these belong to a whole item
    }


def is_placeholder(words: str, rules: Rules) -> bool:
    """Whether some words only hold the place of an update: signs alone, one of those listed, or a kind of them."""
    said = key(words)
    if len(words) <= LONGEST_PLACEHOLDER and (
        not said or said in rules.placeholder_keys or f"{said} ".startswith(rules.beginnings)
    ):
        return True
    return is_to_come(words)


def says_nothing(words: str, rules: Rules) -> bool:
    """Whether an update is none, or says only how things stand or that nothing has changed."""
    return is_placeholder(words, rules) or rules.empty_words.are(words)
