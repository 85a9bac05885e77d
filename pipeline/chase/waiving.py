"""Which findings the clerk means to let pass, the waivers of them, and how the waivers that there are stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from msgspec.structs import replace

from pipeline.check.checked import Checked
from pipeline.check.rule import Finding, is_waived
from pipeline.council.clerk import VANISHED, Waiver
from pipeline.council.house import HouseStyle
from pipeline.council.rules import Severity
from pipeline.model.errors import PipelineError, typed
from pipeline.model.people import people_named
from pipeline.model.words import counted, key, listed, some

_CELL = re.compile(r"(?:(?P<sheet>.+)[!:])?(?P<cell>[A-Za-z]{1,3}[0-9]+)")
_MOST_SAID = 5  # findings of what there is
_Open: TypeAlias = tuple[Checked, Finding]
_Test: TypeAlias = Callable[[Finding], bool]


@dataclass(frozen=True, slots=True)
class WaiveRequest:
    """What the clerk named: places (cells and references), officers and checks; of each kind one has to fit."""

    cells: Sequence[str] = ()
    references: Sequence[str] = ()
    officers: Sequence[str] = ()
    checks: Sequence[str] = ()

    def tests(self) -> list[dict[str, _Test]]:
        """For each kind that was named, what tells whether a finding is meant. Raises `PipelineError` where
        one of the cells is none.
        """

        def has(said: str, names: Callable[[Finding], list[str]]) -> _Test:
            return lambda one: key(said) in map(key, names(one))

        at = {f"at {said}": _at_cell(said) for said in self.cells}
        of = {f"of {said}": has(said, lambda one: [one.reference]) for said in self.references}
        officers = {f"of {said}": has(said, _officers_of) for said in self.officers}
        checks = {
            f"of the check {said}": has(said, lambda one: [one.check]) for said in self.checks
        }
        return [kind for kind in (at | of, officers, checks) if kind]


def _at_cell(said: str) -> _Test:
    """Whether a finding stands at a cell, named with its sheet or without. Raises `PipelineError` where it is
    no cell.
    """
    named = _CELL.fullmatch(said.replace("$", "").strip())
    if named is None:
        raise PipelineError(
            f"'{said}' is no cell.",
            f"Give one such as G32, or an action's reference: --reference {typed(said)}.",
        )
    sheet = (named["sheet"] or "").strip("'").replace("''", "'").casefold()  # as Excel quotes it
    cell = named["cell"].upper()
    return lambda one: one.place.cell == cell and sheet in ("", one.place.sheet.casefold())


def _officers_of(one: Finding) -> list[str]:
    """The officers of a finding's action, together and each."""
    return [one.officer, *(person.name for person in people_named(one.officer))]


def selected(checked: list[Checked], asked: WaiveRequest, least: Severity) -> list[_Open]:
    """The findings that the clerk named: those from `least` on, and those whose check is named; where a cell or an
    action that is named has none, those that are waived there. Raises `PipelineError` where something that was named
    has none, or a cell is one of several sheets.
    """
    serious = [
        (made, one)
        for made in checked
        for one in made.findings
        if one.severity >= least or one.check in asked.checks
    ]
    kinds, places = asked.tests(), {one.place for _, one in serious}
    waived = [(made, one) for made in checked for one in made.waived if one.place not in places]
    chosen = [
        (made, one)
        for made, one in (*serious, *(waived if asked.cells or asked.references else ()))
        if all(any(test(one) for test in kind.values()) for kind in kinds)
    ]
    for said, test in ((said, test) for kind in kinds for said, test in kind.items()):
        theirs = [one for _, one in chosen if test(one)]
        if not theirs:
            raise _nothing(said, test, checked, [one for _, one in serious])
        sheets = list(dict.fromkeys(one.place.sheet for one in theirs))
        if said.startswith("at ") and len(sheets) > 1:
            cell = theirs[0].place.cell
            raise PipelineError(
                f"There are findings at {cell} of {listed(sheets)}.",
                f"Say which: {listed([typed(f'{sheet}:{cell}') for sheet in sheets])}.",
            )
    return chosen


def _nothing(
    said: str, test: _Test, checked: list[Checked], serious: list[Finding]
) -> PipelineError:
    """That nothing that was named can be waived, and what there is instead."""
    lesser = [one for made in checked for one in made.findings if test(one)]
    waived = [waiver for made in checked for one, waiver in made.waived.items() if test(one)]
    if lesser and not any(test(one) for one in serious):
        names = list(dict.fromkeys(f"{one.check} ({one.severity})" for one in lesser))
        there = (
            f"There is {listed(names)}, which keeps no paper from being ready; "
            f"--check {lesser[0].check} waives it all the same."
        )
    elif waived:
        there = f"It is waived already: {waived[0].reason}"
    elif serious:
        named = [one.reference if one.check == VANISHED else one.place for one in serious]
        shown = [f"{name} ({one.check})" for name, one in zip(named, serious, strict=True)]
        there = f"Open: {some(shown, _MOST_SAID)}."
    else:
        there = "Nothing keeps the paper from being ready."
    return PipelineError(f"There is nothing to waive {said}.", there)


def waiver(made: Checked, one: Finding, reason: str, by: str, until: date | None) -> Waiver:
    """What lets pass a finding and no other: by its action's reference, or by its cell and how what was asked for
    there begins, which go with the action when rows are moved. Raises `PipelineError` where it would not hold for the
    meeting.
    """
    meeting = made.tracker.meeting
    if until and until < meeting:
        raise PipelineError(
            f"The meeting is on {meeting:%d/%m/%Y}, and a waiver until {until:%d/%m/%Y} has ended by then.",
            f"Give a day from {meeting:%d/%m/%Y} on with --until, or leave it out.",
        )

    if before := made.waived.get(one):
        return replace(before, reason=reason, by=by, until=until or meeting)
    at_cell = {"reference": "", "cell": str(one.place), "action": one.asked}
    named = Waiver(
        check=one.check,
        committee=made.tracker.committee,
        reason=reason,
        by=by,
        until=until or meeting,
        **({"reference": one.reference} if one.reference else at_cell),
    )
    fitting = {other.place for other in made.findings if is_waived(other, named)}
    if one.check == VANISHED or len(fitting) == 1:
        return named
    return replace(named, **at_cell)


def list_lines(
    waivers: dict[Waiver, str], checked: list[Checked], house: HouseStyle
) -> Iterator[str]:
    """Every waiver, each with the file that it stands in: what, why, on whose word, until when, and how it
    stands with what was checked.
    """
    for one, file in waivers.items():
        until = house.long_day(one.until)
        yield (
            f"{one.cell or one.reference}: {one.check}, {one.committee}: {one.reason} "
            f"({one.by}, until {until}; in {file}). {_standing(one, checked)}"
        )


def _standing(one: Waiver, checked: list[Checked]) -> str:
    """Whether a waiver lets anything pass."""
    ours = [made for made in checked if key(made.tracker.committee) == key(one.committee)]
    passing = sum(used == one for made in ours for used in made.waived.values())
    if passing:
        return f"Lets {counted(passing, 'finding')} pass."
    if not ours:
        return "No workbook that was read is this committee's."
    if all(one.until < made.tracker.meeting for made in ours):
        return "Has ended: take it out."
    if any(one in made.idle for made in ours):
        names = listed(list(dict.fromkeys(made.book.name for made in ours)))
        return f"Lets nothing pass in {names}: take it out, unless it is for another workbook."
    return "Done: the action is withdrawn."
