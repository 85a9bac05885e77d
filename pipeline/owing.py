"""Who owes what: the findings on a workbook by the officers who can mend them, worst first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline import lead_officers, officers
from pipeline.checks import Finding, Severity
from pipeline.checks.conduct import has_officer
from pipeline.checks.run import owners
from pipeline.columns import key
from pipeline.line import Checked
from pipeline.officers import Match, Officer
from pipeline.records import Action, plain

# Faults in what the committee said, and in whom the clerk has named, are not the officer's to mend.
CLERKS_FIELDS = frozenset({"reference", "date", "title", "action", "officers"})


@dataclass(frozen=True, slots=True)
class Owed:
    """An action and what is wrong with it."""

    action: Action
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """How the action is called: its reference and its item's title, or its row."""
        names = (plain(self.action.reference), plain(self.action.title))
        said = " ".join(": ".join(name for name in names if name).split())
        return said or f"Row {self.findings[0].place.row}"


@dataclass(frozen=True, slots=True)
class Person:
    """One who owes something. `officer` is the directory's; `matches` how the workbook's words led there."""

    officer: Officer
    known: bool
    matches: tuple[Match, ...]
    owed: tuple[Owed, ...]

    @property
    def findings(self) -> list[Finding]:
        """All that is wrong with the person's actions."""
        return [finding for owed in self.owed for finding in owed.findings]


@dataclass(frozen=True, slots=True)
class Chase:
    """Who has to be chased, worst first; the actions that no officer has; and what belongs to no action."""

    people: tuple[Person, ...]
    unassigned: tuple[Owed, ...]
    others: tuple[Finding, ...]


def chase(made: Checked, least: Severity = Severity.WARNING) -> Chase:
    """Who owes what in a checked workbook; findings that are less serious than `least` are left out."""
    directory = officers.directory(made.book)
    action_of = owners(made.tracker.actions)
    by_action: dict[int, list[Finding]] = {}
    others: list[Finding] = []
    for finding in made.findings:
        if finding.severity < least:
            continue
        action = action_of.get(finding.place)
        if action is None or is_clerks(finding, action):
            others.append(finding)
        else:
            by_action.setdefault(id(action), []).append(finding)
    owed = [
        Owed(action, tuple(by_action[id(action)]))
        for action in made.tracker.actions
        if id(action) in by_action
    ]
    named = [one for one in owed if has_officer(one.action, made.rules)]
    unassigned = tuple(one for one in owed if one not in named)
    return Chase(people(named, directory), unassigned, tuple(others))


def is_clerks(finding: Finding, action: Action) -> bool:
    """Whether a fault of an action with an officer is the clerk's to mend."""
    return bool(action.officers) and any(
        action.cells.get(name) == finding.place for name in CLERKS_FIELDS
    )


def people(owed: list[Owed], directory: tuple[Officer, ...]) -> tuple[Person, ...]:
    """Those who owe something, each with all of theirs, worst first."""
    named = [(one, said) for one in owed for said in lead_officers.read(plain(one.action.officers))]
    others = as_cells_have_them([said for _, said in named])
    matches: dict[Officer, list[Match]] = {}
    theirs: dict[Officer, list[Owed]] = {}
    for one, said in named:
        found = officers.matches(said, directory)
        for match in found or [Match(said.name, others[key(said.name)], "name")]:
            matches.setdefault(match.officer, []).append(match)
            theirs.setdefault(match.officer, []).append(one)
    known = set(directory)
    made = [
        Person(
            officer,
            officer in known,
            tuple(dict.fromkeys(matches[officer])),
            tuple({id(one): one for one in theirs[officer]}.values()),
        )
        for officer in theirs
    ]
    return tuple(sorted(made, key=badness))


def as_cells_have_them(named: list[Officer]) -> dict[str, Officer]:
    """The officers named in cells by their names' keys, each with all that any cell says of them."""
    found: dict[str, Officer] = {}
    for said in named:
        before = found.setdefault(key(said.name), said)
        found[key(said.name)] = Officer(
            before.name,
            before.role or said.role,
            before.email or said.email,
            before.telephone or said.telephone,
        )
    return found


def badness(person: Person) -> tuple[tuple[int, ...], str]:
    """Sorts the worst first: by errors, then by warnings, then by notes, then by name."""
    of_each = Counter(finding.severity for finding in person.findings)
    return tuple(-of_each[severity] for severity in sorted(Severity, reverse=True)), (
        person.officer.name.casefold()
    )
