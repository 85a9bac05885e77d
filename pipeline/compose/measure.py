"""How wide a table's columns are: the house style's shares, but none so narrow that a word is cut in two.

Letters are measured as Arial has them, which the house styles' fonts have in common; a style whose font
is broader has to give its narrow columns more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat

from pipeline.council.house import HouseStyle
from pipeline.model.document import BulletList, Cell, NumberedList, Paragraph, runs_of

MM_PER_PT = 25.4 / 72
# Widths in em of Arial's letters, none narrower than they are; any other letter is a full em.
_LETTERS_OF_WIDTH = {
    0.28: "I", 0.29: "iljtf.,:;'’/!", 0.34: "r", 0.5: "cksvxyzJ", 0.56: "abdeghnopqu0123456789-–\"“”()?L",
    0.62: "FTZ", 0.67: "ABEKPSVXY", 0.73: "wCDHNRU", 0.78: "GOQ", 0.84: "mM", 0.95: "W",
}  # fmt: skip
LETTER_WIDTHS = {letter: width for width, said in _LETTERS_OF_WIDTH.items() for letter in said}
_WIDEST = repeat(1.0)
BOLD = 1.12  # how much wider
# Millimetres, as paper.css.j2 and Word have.
INDENTS = {Paragraph: 0.0, BulletList: 5.0, NumberedList: 8.0}
LONGEST_WHOLE = 20  # letters; what is longer, such as an address, may be cut
_SPARE = 0.5  # millimetres, for what is rounded
_PARTS = re.compile(r"[^\s\-–—]+[\-–—]*")  # a line may end after a hyphen


@lru_cache(20_000)  # most words of a paper come again
def length(word: str) -> float:
    """The width of a word, in em."""
    return sum(map(LETTER_WIDTHS.get, word, _WIDEST))


def fitted(
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    house: HouseStyle,
    shares: Sequence[float],
) -> tuple[float, ...]:
    """Widths in millimetres, together as many as `shares`: columns in which a word would be cut take what
    they lack from the others. Where not all can have it, each has its part of what all need.
    """
    columns = zip(*rows, strict=True) if rows else repeat((), len(headings))
    needs = [
        max(_need([heading], house, BOLD), *(0.0, *_needs_of(cells, house)))
        for heading, cells in zip(headings, columns, strict=True)
    ]
    return shared(shares, needs)


def _needs_of(cells: Iterable[Cell], house: HouseStyle) -> Iterator[float]:
    """How wide a column has to be for its paragraphs, its lists, and the bold words of each."""
    said: dict[tuple[float, float], set[str]] = {}
    for block in (block for cell in cells for block in cell.blocks):
        indent = INDENTS[type(block)]
        for run in runs_of((block,)):
            weight = BOLD if run.bold or run.role == "missing" else 1.0
            said.setdefault((indent, weight), set()).update(run.text.split())
    for (indent, weight), words in said.items():
        yield _need(words, house, weight) + indent


def _need(words: Iterable[str], house: HouseStyle, weight: float) -> float:
    """How wide a column has to be for some words, in millimetres."""
    parts = {part for word in words for part in _PARTS.findall(word)}
    longest = max((length(part) for part in parts if len(part) <= LONGEST_WHOLE), default=0.0)
    return longest * weight * house.font.size * MM_PER_PT + 2 * house.table.padding + _SPARE


def shared(shares: Sequence[float], needs: Sequence[float]) -> tuple[float, ...]:
    """Widths that are as the shares where these are enough."""
    lack = [max(0.0, need - share) for share, need in zip(shares, needs, strict=True)]
    spare = [max(0.0, share - need) for share, need in zip(shares, needs, strict=True)]
    if sum(lack) > sum(spare):
        return tuple(need * sum(shares) / sum(needs) for need in needs)
    taken = sum(lack) / sum(spare) if sum(lack) else 0.0
    return tuple(
        share + more - taken * room for share, more, room in zip(shares, lack, spare, strict=True)
    )
