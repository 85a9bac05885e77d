"""What the clerk decides, in `inputs/clerk.toml`: which findings pass, why, on whose word and until when.

The file is the clerk's own: what is written into it leaves their comments and line ends as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, field

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

    It is the one at a `cell` ("Actions!E17"), or at any cell of the action with a `reference`.
    """

    check: str
    committee: str
    reason: Annotated[str, Meta(min_length=1)]
    by: Annotated[str, Meta(min_length=1)]
    until: date
    reference: str = ""
    cell: str = ""

    def __post_init__(self) -> None:
        if bool(self.reference) == bool(self.cell):
            raise ValueError("a waiver names either a reference or a cell")
        if self.check == VANISHED and self.cell:
            raise ValueError("a vanished action is waived by its reference")

    @property
    def target(self) -> tuple[str, ...]:
        """What it lets pass, without what people vary."""
        cell = self.cell.replace("$", "").casefold()
        return key(self.committee), self.check, key(self.reference), cell


class Decisions(Settings, frozen=True):
    """All that a `clerk.toml` says, a list for each kind of decision."""

    waiver: list[Waiver] = field(default_factory=list)


def load(path: Path, checks: Collection[str]) -> Decisions:
    """What the clerk has decided; nothing where there is no such file. Raises `PipelineError` where it is
    wrong, or names none of the `checks`.
    """
    if not path.exists():
        return Decisions()
    made = settings.settings_in(path, Decisions, manual=_MANUAL)
    refuse_unknown(settings.place(path), (one.check for one in made.waiver), checks)
    return made


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
    known = {msgspec.convert(entry.unwrap(), Waiver).target: entry for entry in there}
    changed = [waiver for waiver in new if waiver.target in known]
    for waiver in changed:
        known[waiver.target].update(reason=waiver.reason, by=waiver.by, until=waiver.until)
    parts = [tomlkit.dumps(document) if changed else text]
    for waiver in new:
        if waiver.target not in known:
            added = tomlkit.aot()
            added.append(tomlkit.item(_values(waiver)))
            parts.append(tomlkit.dumps({"waiver": added}).replace("\n", end))
    made = end.join(part if part.endswith("\n") else part + end for part in parts)
    return (_BOM if data.startswith(_BOM) else b"") + made.encode()


def _values(waiver: Waiver) -> dict[str, Any]:
    """What a waiver says, as the file has it."""
    return {name: said for name in waiver.__struct_fields__ if (said := getattr(waiver, name))}
