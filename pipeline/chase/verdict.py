"""The clerk's answer: can the paper be published, and if not, who is to be rung and what for.

A checked workbook goes in, and a verdict comes out that every way of saying it is drawn from. No
clock is read here: today is an argument.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.chase.deadlines import deadline, deadline_words
from pipeline.chase.owing import chase
from pipeline.check import past
from pipeline.check.checked import Checked, Council
from pipeline.check.rule import Finding, set_lower
from pipeline.council.clerk import Waiver, lines_to_add
from pipeline.council.house import HouseStyle
from pipeline.council.rules import Severity
from pipeline.model.errors import in_words
from pipeline.model.words import counted, key, some

_MOST_ENDED = 3  # that are named
_WHERE = "papers waive --list says where each stands"
_TO_COME = (
    " That meeting is still to come: if it was moved or cancelled, say so in inputs/clerk.toml "
    "(docs/when-plans-change.md)."
)
_UNREACHED = "no telephone or e-mail known"
_CLERKS = ("No officer named", "For the clerk")  # groups that are no officer's
# What a clerk calls the usual faults, one and several; all others are errors, warnings or notes.
_LACKS = {
    "missing-update": ("update", "updates"),
    "completed-without-update": ("update", "updates"),
    "missing-status": ("status", "statuses"),
    "stale-update": ("update", "updates"),
    "missing-officer": ("officer", "officers"),
    "missing-due-date": ("due date", "due dates"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """What one officer can fix, or nobody named, worst first; `reached` is how to get hold of them."""

    name: str
    reached: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a paper is ready, why not, by when it has to be, and who can fix what; `repeated` is how many
    updates are the last meeting's, `compared` with which paper, `lowered` which checks the council has set
    lower than usual, `next` what the clerk does next, `waive` the command that lets pass what is open, `plans` the
    lines to add to clerk.toml if plans have changed as it looks.
    """

    title: str
    ready: bool
    answer: str
    compared: str
    deadline: str
    repeated: str
    waived: tuple[str, ...]
    lowered: str
    next: str
    waive: str
    plans: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def more_lines(self) -> list[str]:
        """How a change of plan is written down, if it looks as if there was one; and how what is open is let pass."""
        head = "If plans have changed so, add to inputs/clerk.toml:"
        plans = [head, *(f"  {line}" for line in self.plans)] if self.plans else []
        waive = f"To let it pass instead, with your reason: {self.waive}"
        return [*plans, waive] if self.waive else plans


def verdict(
    made: Checked,
    council: Council,
    today: date,
    least: Severity,
    output: Path,
    *,
    publish: str,
    waive: str,
) -> Verdict:
    """The verdict on a checked workbook, for which findings from `least` on are open. `output` is where earlier
    papers were looked for, `publish` what is next where nothing is open, and `waive` the command that lets pass
    what is.
    """
    house = council.house
    grouped = _groups(made)
    opened = [finding for finding in made.findings if finding.severity >= least]
    owing = [one for one in grouped if any(found.severity >= least for found in one.findings)]
    tracker = made.tracker
    compared = f"No earlier final paper in {in_words(output)}: nothing was compared."
    if made.last:
        was = made.last.paper.day
        is_kept = made.last.paper.sha256 == made.book.sha256
        before = "what the workbook keeps of the meeting" if is_kept else "the paper"
        compared = f"Compared with {before} of {house.long_day(was)}."
        if today <= was:
            compared += _TO_COME
    if any(group.reached not in ("", _UNREACHED) for group in owing):
        todo = "Next: ring them, or let papers chase write the e-mails; then run this again."
    else:
        todo = "Next: correct the workbook, then run this again."
    lowered = ", ".join(set_lower(made.rules))
    day = house.long_day(tracker.meeting)
    return Verdict(
        title=f"{made.book.name}: {tracker.committee}, {day} ({house.council.name})",
        ready=not opened,
        answer=_answer(made, opened, owing),
        compared=compared,
        deadline=deadline_words(deadline(tracker.meeting, house.calendar), house, today),
        repeated=_repeated(made),
        waived=tuple(_waiver_lines(made, house)),
        lowered=lowered
        and f"Set lower than usual by templates/{council.style}/checks.toml: {lowered}.",
        next=todo if owing else publish,
        waive=waive,
        plans=tuple(line for plan in made.proposed for line in lines_to_add(plan)),
        groups=grouped,
    )


def _groups(made: Checked) -> tuple[Group, ...]:
    """The findings by who can fix them: officers worst first, then no officer, then no one action."""
    owed = chase(made, Severity.NOTE)
    found: list[tuple[str, str, list[Finding]]] = []
    for person in owed.people:
        officer = person.officer
        name = ", ".join(filter(None, (officer.name, officer.role)))
        reached = ", ".join(filter(None, (officer.telephone, officer.email))) or _UNREACHED
        found.append((name, reached, person.findings))
    nobodys = [finding for one in owed.unassigned for finding in one.findings]
    found += [(_CLERKS[0], "", nobodys), (_CLERKS[1], "", list(owed.others))]
    return tuple(
        Group(name, reached, tuple(sorted(theirs, key=lambda one: (-one.severity, one.place))))
        for name, reached, theirs in found
        if theirs
    )


def _answer(made: Checked, opened: list[Finding], owing: list[Group]) -> str:
    """READY, with how many warnings, or NOT READY with how much is missing and from how many officers."""
    if not opened:
        warnings = sum(one.severity is Severity.WARNING for one in made.findings)
        look = f", with {counted(warnings, 'warning')} to look at" if warnings else ""
        return f"READY{look}"
    officers = sum(group.name not in _CLERKS for group in owing)
    lacks = Counter(_LACKS[one.check] for one in opened if one.check in _LACKS)
    missing = ", ".join(counted(number, *names) for names, number in lacks.items())
    others = Counter(str(one.severity) for one in opened if one.check not in _LACKS)
    other = "other " if lacks else ""
    parts = [
        *([f"Missing: {missing}"] if lacks else []),
        *(counted(number, f"{other}{name}") for name, number in others.items()),
        *([f"From {counted(officers, 'officer')}"] if officers else []),
    ]
    return f"NOT READY. {'. '.join(parts)}"


def _repeated(made: Checked) -> str:
    """How many updates add nothing to those of the last paper or meeting; nothing where none is so."""
    again = [where for one in made.actions if (where := past.repeated(one))]
    if not again:
        return ""
    given = sum(not one.is_placeholder for one in made.actions)
    whose = " or ".join(dict.fromkeys(where.partition(" ")[2] for where in again))
    say = "says" if len(again) == 1 else "say"
    return f"{len(again)} of {counted(given, 'update')} {say} nothing that {whose} did not."


def _waiver_lines(made: Checked, house: HouseStyle) -> Iterator[str]:
    """What the clerk lets pass, with the reason; and the waivers that let nothing pass, and why."""
    committee = made.tracker.committee
    for finding, one in made.waived.items():
        yield f"{finding.place}: {finding.what} [{finding.check}] Waived: {_reason(one, house)}"
    ended = []
    for one in made.idle:
        is_ours = key(one.committee) == key(committee)
        if is_ours and one.until < made.tracker.meeting:
            ended.append(f"{one.cell or one.reference} ({one.check})")
            continue
        why = "fits nothing" if is_ours else f"names '{one.committee}', and this is '{committee}'"
        yield (
            f"{one.cell or one.reference}: the waiver of {one.check} {why}. "
            f"Put it right, or delete it ({_WHERE}): {_reason(one, house)}"
        )
    if ended:
        yield f"Waivers that have ended: {some(ended, _MOST_ENDED)}. {_WHERE}."


def _reason(one: Waiver, house: HouseStyle) -> str:
    """Why a finding passes, on whose word and until when."""
    return f"{one.reason} ({one.by}, until {house.long_day(one.until)})"
