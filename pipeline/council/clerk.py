"""What the clerk decides, in `inputs/clerk.toml`: which findings pass, why, on whose word and until when; and
which meetings were moved or cancelled, which committees renamed or merged.

The file is the clerk's own: what is written into it leaves their comments and line ends as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta, field
from msgspec.structs import replace

from pipeline.council import settings
from pipeline.council.settings import Settings
from pipeline.model.errors import PipelineError
from pipeline.model.words import key

_MANUAL = "docs/clerk.md"
VANISHED = "vanished-action"  # the check whose findings have no cells of their own
_BOM = b"\xef\xbb\xbf"
_HEAD = """\
# What the clerk decides. `papers waive` writes here, and it may be edited by hand; docs/clerk.md explains it.
"""


class Waiver(Settings, frozen=True):
    """A finding that the clerk lets pass for now: which, why, on whose word, and up to which meeting.

    It is the one at a `cell` ("Actions!E17"), or at any cell of the action with a `reference`. Where `action` says
    how what was asked for there begins, it goes with that action to whatever row it is moved.
    """

    check: str
    committee: str
    reason: Annotated[str, Meta(min_length=1)]
    by: Annotated[str, Meta(min_length=1)]
    until: date
    reference: str = ""
    cell: str = ""
    action: str = ""

    def __post_init__(self) -> None:
        if bool(self.reference) == bool(self.cell):
            raise ValueError("a waiver names either a reference or a cell")
        if self.check == VANISHED and self.cell:
            raise ValueError("a vanished action is waived by its reference")

    @property
    def target(self) -> tuple[str, ...]:
        """What it lets pass, without what people vary."""
        return key(self.committee), self.check, key(self.reference), self.at, key(self.action)

    @property
    def at(self) -> str:
        """Its cell, without what people vary."""
        return self.cell.replace("$", "").casefold()


class Moved(Settings, frozen=True):
    """A meeting that is held on another day than the one it was called for."""

    committee: str
    was: date = field(name="from")
    to: date


class Cancelled(Settings, frozen=True):
    """A meeting that was not held, and on no other day either."""

    committee: str
    meeting: date


class Renamed(Settings, frozen=True):
    """A committee that has another name from its meeting on a day."""

    committee: str
    formerly: str
    since: date

    @property
    def names(self) -> list[str]:
        """What it was called before."""
        return [self.formerly]


class Merged(Settings, frozen=True):
    """A committee that has taken over others' actions from its meeting on a day; it may have been one of them."""

    committee: str
    formerly: Annotated[list[str], Meta(min_length=1)]
    since: date

    @property
    def names(self) -> list[str]:
        """Whose actions it has taken over."""
        return self.formerly


Plan: TypeAlias = Moved | Cancelled | Renamed | Merged


class Decisions(Settings, frozen=True):
    """All that a `clerk.toml` says, a list for each kind of decision. Moves count in the order of the file."""

    waiver: list[Waiver] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    cancelled: list[Cancelled] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)

    def now(self, committee: str, meeting: date) -> tuple[str, date]:
        """What a committee is called at a meeting, and on which day that is held."""
        names = self._names_to_come(committee)
        for move in self.moved:
            if key(move.committee) in names and move.was == meeting:
                meeting = move.to
        for one in self._new_names():
            if one.since <= meeting and key(committee) in map(key, one.names):
                committee = one.committee
        return committee, meeting

    def is_cancelled(self, committee: str, meeting: date) -> bool:
        """Whether a meeting was not held."""
        names = self._names_to_come(committee)
        return any(key(one.committee) in names and one.meeting == meeting for one in self.cancelled)

    def is_off(self, committee: str, meeting: date) -> bool:
        """Whether a committee did not meet on a day for which it was called."""
        return self.is_cancelled(committee, meeting) or self.now(committee, meeting)[1] != meeting

    def changes(self, committee: str, until: date) -> list[Renamed | Merged]:
        """The changes of name up to a day by which a committee came to be."""
        ours = [one for one in self._new_names() if key(one.committee) == key(committee)]
        return [one for one in ours if one.since <= until]

    def _names_to_come(self, committee: str) -> set[str]:
        """What a committee is called, and will be, without what people vary."""
        names = {key(committee)}
        for one in self._new_names():
            if names & set(map(key, one.names)):
                names.add(key(one.committee))
        return names

    def _new_names(self) -> list[Renamed | Merged]:
        """The changes of names, the first one first."""
        return sorted([*self.renamed, *self.merged], key=lambda one: one.since)


def load(path: Path, checks: Collection[str]) -> Decisions:
    """What the clerk has decided; nothing where there is no such file. Raises `PipelineError` where it is
    wrong, or names none of the `checks`.
    """
    if not path.exists():
        return Decisions()
    made = settings.settings_in(path, Decisions, manual=_MANUAL)
    refuse_unknown(settings.place(path), (one.check for one in made.waiver), checks)
    return replace(made, waiver=_waivers(made))


def _waivers(made: Decisions) -> list[Waiver]:
    """The waivers of some decisions, each with what its committee is called and its meeting's day."""
    held = [(one, *made.now(one.committee, one.until)) for one in made.waiver]
    return [replace(one, committee=name, until=day) for one, name, day in held]


def lines_to_add(plan: Plan) -> Iterator[str]:
    """A decision as a `clerk.toml` has it; beside a move, that the meeting was not held at all."""
    yield from _written(plan).splitlines()
    if isinstance(plan, Moved):
        yield "# or, if it is cancelled:"
        yield from lines_to_add(Cancelled(committee=plan.committee, meeting=plan.was))


def _written(one: Plan | Waiver) -> str:
    """A decision as a table of a `clerk.toml`."""
    import tomlkit  # slow to load

    said = msgspec.to_builtins(one, builtin_types=(date,))
    tables = tomlkit.aot()
    tables.append(tomlkit.item({name: value for name, value in said.items() if value}))
    return tomlkit.dumps({type(one).__name__.lower(): tables})


def refuse_unknown(place: str, named: Iterable[str], checks: Collection[str]) -> None:
    """Raises `PipelineError` where a check is `named` at a place that is none of the `checks`."""
    strange = sorted(set(named) - set(checks))
    if strange:
        raise PipelineError(
            f"{place}: there is no check called '{strange[0]}'.",
            f"Checks are {', '.join(sorted(checks))}.",
        )


def with_waivers(data: bytes, new: Sequence[Waiver]) -> bytes:
    """A `clerk.toml` with waivers more, at its end; one that is there for the same finding is changed instead.

    Raises `PipelineError` where its waivers stand in brackets on one line.
    """
    import tomlkit  # slow to load
    from tomlkit.items import AoT

    text = data.removeprefix(_BOM).decode() or _HEAD
    end = "\r\n" if "\r\n" in text else "\n"
    document = tomlkit.parse(text)
    there = document.get("waiver", tomlkit.aot())
    if not isinstance(there, AoT):
        raise PipelineError(
            "clerk.toml: `waiver = [...]` cannot be added to.",
            "Write each waiver below a line [[waiver]] of its own.",
        )
    ours = _waivers(msgspec.convert(document.unwrap(), Decisions))
    known = {one.target: entry for one, entry in zip(ours, there, strict=True)}
    changed = [waiver for waiver in new if waiver.target in known]
    for waiver in changed:
        known[waiver.target].update(reason=waiver.reason, by=waiver.by, until=waiver.until)
    parts = [tomlkit.dumps(document) if changed else text]
    for waiver in new:
        if waiver.target not in known:
            parts.append(_written(waiver).replace("\n", end))
    made = end.join(part if part.endswith("\n") else part + end for part in parts)
    return (_BOM if data.startswith(_BOM) else b"") + made.encode()
