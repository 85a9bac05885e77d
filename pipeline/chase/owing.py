"""Who owes what: the findings on a workbook by the officers who can mend them, worst first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.check.checked import Checked
from pipeline.check.rule import Finding, has_officer
from pipeline.council.rules import Severity
from pipeline.model.action import Action, plain
from pipeline.model.people import NameMatch, Officer, by_key, name_matches, people_named
from pipeline.model.words import key, listed, some

# Faults in what the committee said, and in whom the clerk has named, are not the officer's to mend.
_CLERKS_FIELDS = frozenset({"reference", "date", "title", "action", "officers"})
_SEVERAL = 3  # findings of a kind that are one line
_MOST_QUOTED = 3  # of what they differ in
_MOST_NAMED = 12  # of their actions
# What the findings of a kind differ in: what they quote, days, cells and numbers.
_VARYING = re.compile(
    r"((?<!\w)'.+?'(?!\w)|\b\d{1,2} [^\W\d]+ \d{4}\b|\b[A-Z]{1,3}\d+\b|\d[\d,.]*\b%?)"
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """One finding, or several of a check that differ only in what they quote or name: one line to a reader."""

    findings: tuple[Finding, ...]

    @property
    def _seen(self) -> list[str]:
        """The cells, each once, as one says them beside the first."""
        first = self.findings[0].place
        return list(dict.fromkeys(one.place.seen_from(first) for one in self.findings))

    @property
    def places(self) -> str:
        """The cells, such as `Actions!G4, G7, G9`."""
        return f"{self.findings[0].place.sheet}!{', '.join(self._seen)}"

    @property
    def cells(self) -> str:
        """Its cells and their sheet, in words."""
        cells = "Cell" if len(self._seen) == 1 else "Cells"
        return f"{cells} {listed(self._seen)} of the sheet {self.findings[0].place.sheet}"

    @property
    def message(self) -> str:
        return _in_one(one.message for one in self.findings)

    @property
    def remedy(self) -> str:
        return _in_one(one.remedy for one in self.findings)

    @property
    def what(self) -> str:
        """What is wrong with which action, or how many times and with which."""
        first = self.findings[0]
        if len(self.findings) == 1:
            return first.what
        called = list(dict.fromkeys(filter(None, (f.reference or f.title for f in self.findings))))
        whose = f" ({some(called, _MOST_NAMED)})" if called else ""
        return f"{len(self.findings)} times{whose}: {self.message}"

    @property
    def words(self) -> str:
        """All but the places, on one line."""
        first = self.findings[0]
        return f"{first.severity}: {self.what} {self.remedy} [{first.check}]"


def gathered(findings: Iterable[Finding]) -> list[Gathered]:
    """Findings as they are told to a reader: several of a kind are one, where the first stands."""
    alike: dict[tuple[str, ...], list[Finding]] = {}
    for one in findings:
        alike.setdefault(_kind(one), []).append(one)
    told: dict[int, Gathered] = {}
    for ones in alike.values():
        each = [ones] if len(ones) >= _SEVERAL else [[one] for one in ones]
        told |= {id(some[0]): Gathered(tuple(some)) for some in each}
    return [told[id(one)] for one in findings if id(one) in told]


def _kind(one: Finding) -> tuple[str, ...]:
    """What findings share that are told as one: all but what they quote or name."""
    return one.check, str(one.severity), _VARYING.sub("", one.message), _VARYING.sub("", one.remedy)


def _in_one(texts: Iterable[str]) -> str:
    """Texts of one kind as one; where they differ, what each has: `'Green' / 'Amber' / …`."""
    columns = [
        list(dict.fromkeys(column)) for column in zip(*map(_VARYING.split, texts), strict=True)
    ]
    return "".join(
        " / ".join([*column[:_MOST_QUOTED], *(["…"] if len(column) > _MOST_QUOTED else [])])
        for column in columns
    )


@dataclass(frozen=True, slots=True)
class Owed:
    """An action and what is wrong with it."""

    action: Action
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """How the action is called: its reference and its item's title, or its row."""
        first = self.findings[0]
        return first.named or f"Row {first.place.row}"


@dataclass(frozen=True, slots=True)
class Person:
    """One who owes something. `officer` is the directory's; `matches` how the workbook's words led there."""

    officer: Officer
    known: bool
    matches: tuple[NameMatch, ...]
    owed: tuple[Owed, ...]

    @property
    def findings(self) -> list[Finding]:
        """All that is wrong with the person's actions."""
        return [finding for owed in self.owed for finding in owed.findings]

    @property
    def doubts(self) -> list[str]:
        """What the clerk should look at before trusting whom the workbook means."""
        name = self.officer.name
        if not self.known:
            return [f"'{name}' is not one person of the workbook's list of officers."]
        return [
            f"The workbook says '{match.words}'; taken for {name}, who is spelled much like it."
            for match in self.matches
            if match.how == "likely"
        ]


@dataclass(frozen=True, slots=True)
class Chase:
    """Who has to be chased, worst first; the actions that no officer has; and what belongs to no action."""

    people: tuple[Person, ...]
    unassigned: tuple[Owed, ...]
    others: tuple[Finding, ...]


def chase(made: Checked, least: Severity = Severity.WARNING) -> Chase:
    """Who owes what in a checked workbook; findings that are less serious than `least` are left out."""
    by_action: dict[int, list[Finding]] = {}
    others: list[Finding] = []
    for finding in made.findings:
        if finding.severity < least:
            continue
        action = finding.action
        fields = (name for name in _CLERKS_FIELDS if action and action.officers)
        if action is None or any(action.cells.get(name) == finding.place for name in fields):
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
    return Chase(_people(named, made.directory), unassigned, tuple(others))


def _people(owed: list[Owed], directory: tuple[Officer, ...]) -> tuple[Person, ...]:
    """Those who owe something, each with all of theirs, worst first."""
    named = [(one, said) for one in owed for said in people_named(plain(one.action.officers))]
    others = by_key(said for _, said in named)
    found: dict[Officer, list[tuple[NameMatch, Owed]]] = {}
    for one, said in named:
        other = NameMatch(said.name, others[key(said.name)], "name")
        for match in name_matches(said, directory) or [other]:
            found.setdefault(match.officer, []).append((match, one))
    made = [
        Person(
            officer,
            officer in directory,
            tuple(dict.fromkeys(match for match, _ in theirs)),
            tuple({id(one): one for _, one in theirs}.values()),
        )
        for officer, theirs in found.items()
    ]

    def badness(person: Person) -> tuple[list[int], str]:
        of_each = Counter(finding.severity for finding in person.findings)
        worst_first = [-of_each[severity] for severity in sorted(Severity, reverse=True)]
        return worst_first, person.officer.name.casefold()

    return tuple(sorted(made, key=badness))
