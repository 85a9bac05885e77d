"""The names of a paper: its committee, its title and its meeting's day, as something claims them, and the one rule by
which they are chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import cached_property
from operator import le
from typing import Literal, TypeAlias

from msgspec import Struct

from pipeline.ingest.workbook import SourceCell
from pipeline.model.action import Place
from pipeline.model.words import key

Part: TypeAlias = Literal["committee", "paper", "meeting"]
PARTS: tuple[Part, ...] = ("committee", "paper", "meeting")


class Ground(Enum):
    """From where a name of the paper is, the best first; the lines above the table from `LABEL` to `GUESS`."""

    GIVEN = "as given"  # and overrules the workbook
    LABEL = "by its label"
    WORDS = "by its words"
    FAINT = "by some of its words"  # a body, but not which, or beside the day of another meeting
    PART = "by a word in it"  # *Executive summary*
    HINT = "by words that say less"  # a council; the day of some meeting, or a title beside it
    PLACE = "by its place"  # in few lines
    GUESS = "by no more than its place"
    INSTEAD = "as given for want of another"  # or the actions say it themselves
    SHEET = "from the sheet's name"
    ELSEWHERE = "from another sheet"
    HOUSE = "from the house style"

    def __lt__(self, other: Ground) -> bool:
        every = list(Ground)
        return every.index(self) < every.index(other)


BY_PLACE = (Ground.PLACE, Ground.GUESS)


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

    def is_sure(self, names: Iterable[Name]) -> bool:
        """Whether the clerk or a line above the table says it, and no other of some names may be the one as well, for
        it has the same ground, and a rank that is not worse from the first number on; or nothing is said at all.
        """
        others = (one for one in names if key(one.words) != key(self.words))
        rivals = (one.rank for one in others if (one.part, one.ground) == (self.part, self.ground))
        beaten = (self.rank[:1] < rank[:1] and all(map(le, self.rank, rank)) for rank in rivals)
        return self.place is None or (self.ground < Ground.GUESS and all(beaten))


def choose(names: Iterable[Name], part: Part) -> Name | None:
    """The name of a part: of those with the best ground the one with the least rank; None where there is none."""
    ours = (name for name in names if name.part == part)
    return min(ours, key=lambda name: (name.ground, name.rank), default=None)


class TitleBlock(Struct, frozen=True, dict=True):
    """The names that the lines above a table could give, and the cells that say something beside those chosen."""

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
