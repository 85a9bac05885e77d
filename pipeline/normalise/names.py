"""The names of a paper (its committee, its title, its meeting's day), each with the ground on which something claims
it, and the one rule that chooses between claims, wherever they are from.
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
NAME_PARTS: tuple[Part, ...] = ("committee", "paper", "meeting")


class RankedGround(Enum):
    """Why something is claimed, the best ground first."""

    def __lt__(self, other: RankedGround) -> bool:
        every = list(type(self))
        return every.index(self) < every.index(other)


class Ground(RankedGround):
    """Why words are taken for a name of the paper, the best ground first; a line above the table has one from `LABEL`
    to `GUESS`.
    """

    GIVEN = "as given"  # by the clerk, who overrules the workbook, or by the actions' own column
    LABEL = "by its label"
    WORDS = "by its words"
    FAINT = "by some of its words"  # a body, but not which, or beside the day of another meeting
    PART = "by a word in it"  # *Executive summary*
    HINT = "by words that say less"  # a council; the day of some meeting, or a title beside it
    PLACE = "by its place"  # the line's, among few
    GUESS = "by no more than its place"
    INSTEAD = "as given for want of another"  # by the clerk; or the actions will say it themselves
    SHEET = "from the sheet's name"
    ELSEWHERE = "from another sheet"
    HOUSE = "from the house style"


class Name(Struct, frozen=True):
    """A name that the paper has or could have: its words (a `day` for the meeting), the cell that says it, and its
    ground. Of several with one ground the least `rank` is meant; where a claim is made says what that counts.
    """

    part: Part
    words: str
    place: Place | None
    ground: Ground
    day: date | None = None
    rank: tuple[int, ...] = ()

    def is_sure(self, names: Iterable[Name]) -> bool:
        """Whether no cell says it, or a line above the table does, and of some names each that has its ground and other
        words is surely not meant: its rank is higher from the first number on, and nowhere lower.
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
        chosen = ((part, choose(self.claims, part)) for part in NAME_PARTS)
        return {part: name for part, name in chosen if name is not None}

    @property
    def committee(self) -> str:
        """The committee's name; nothing where no line gives it."""
        return self.names["committee"].words if "committee" in self.names else ""

    @property
    def meeting(self) -> date | None:
        """The meeting's day, if a line gives it."""
        return self.names["meeting"].day if "meeting" in self.names else None
