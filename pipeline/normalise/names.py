"""The names of a paper: its committee, its title and its meeting's day, as something claims them, and the one rule by
which they are chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Literal, TypeAlias

from msgspec import Struct

from pipeline.ingest.workbook import SourceCell
from pipeline.model.action import Place
from pipeline.model.words import key

Part: TypeAlias = Literal["committee", "paper", "meeting"]
PARTS: tuple[Part, ...] = ("committee", "paper", "meeting")


class Ground(IntEnum):
    """From where a name of the paper is, the best first; from `LABEL` to `GUESS` it is a line above the table."""

    GIVEN = 0  # and overrules the workbook
    LABEL = 1
    WORDS = 2
    FAINT = 3  # a body, but not which, or beside the day of another meeting
    PART = 4  # a body's word among others: *Executive summary*
    HINT = 5  # a council; the day of some meeting, or a title beside it
    PLACE = 6  # the one place where a name that has to be there can be
    GUESS = 7
    INSTEAD = 8  # given for a workbook without one; or the actions say it themselves
    SHEET = 9
    ELSEWHERE = 10  # another sheet's lines
    HOUSE = 11


GROUNDS = {
    Ground.GIVEN: "as given",
    Ground.LABEL: "by its label",
    Ground.WORDS: "by its words",
    Ground.FAINT: "by some of its words",
    Ground.PART: "by a word of it",
    Ground.HINT: "by a word of it",
    Ground.PLACE: "by its place",
    Ground.GUESS: "by no more than its place",
    Ground.INSTEAD: "as given for want of another",
    Ground.SHEET: "from the sheet's name",
    Ground.ELSEWHERE: "from another sheet",
    Ground.HOUSE: "from the house style",
}


class Name(Struct, frozen=True):
    """A name that the paper has or could have: its words (a `day` for the meeting), the cell that says it, and from
    where it is. Of several with one ground that with the least `rank` is meant.
    """

    part: Part
    words: str
    place: Place | None
    ground: Ground
    day: date | None = None
    rank: tuple[int, ...] = ()

    def beats(self, other: Name) -> bool:
        """Whether another name with the same ground is surely not the one: its rank is worse from the first number
        on, and better in none.
        """
        pairs = zip(self.rank, other.rank, strict=False)
        return self.rank[:1] < other.rank[:1] and all(ours <= its for ours, its in pairs)

    def is_sure(self, names: Iterable[Name]) -> bool:
        """Whether the clerk or a line of the table's own says it, and no other of some names may be the one as well;
        or nothing is said at all.
        """
        ours = (self.part, self.ground)
        rivals = (
            one
            for one in names
            if (one.part, one.ground) == ours and key(one.words) != key(self.words)
        )
        return self.place is None or (self.ground <= Ground.PLACE and all(map(self.beats, rivals)))


def choose(names: Iterable[Name], part: Part) -> Name | None:
    """The name of a part: the one with the best ground, of several the best rank, the first; None where there is none."""
    ours = (name for name in names if name.part == part)
    return min(ours, key=lambda name: (name.ground, name.rank), default=None)


class TitleBlock(Struct, frozen=True, dict=True):
    """The names that the lines above a table claim, and the cells that say something else than those that are chosen."""

    claims: tuple[Name, ...] = ()
    unused: tuple[SourceCell, ...] = ()

    @cached_property
    def names(self) -> dict[Part, Name]:
        """The names that are chosen."""
        chosen = ((part, choose(self.claims, part)) for part in PARTS)
        return {part: name for part, name in chosen if name is not None}

    @property
    def committee(self) -> str:
        """The committee's name; nothing where no line gives it."""
        return self.names["committee"].words if "committee" in self.names else ""

    @property
    def meeting(self) -> date | None:
        """The meeting's day, if a line gives it."""
        return self.names["meeting"].day if "meeting" in self.names else None
