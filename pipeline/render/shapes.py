"""Which characters have no shape in any font of this machine: found by the PDF's engine, which draws them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from pipeline.model.document import Block, Column, Heading, Paper, Paragraph, Run, Table
from pipeline.model.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.council.house import HouseStyle
    from pipeline.render.studio import Studio

# What Arial and each of its stand-ins have: Latin with Welsh, Irish and Polish, Greek, Cyrillic, punctuation.
_UNUSUAL = re.compile(
    "[^\t\n -~\u00a0-\u017f\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f"
    "\u1e80-\u1e85\u1ef2\u1ef3–—‘’‚“”„†‡•…‰‹›€™←↑→↓≈≠≤≥]"
)
_LINE = 50  # words; the time that a paragraph takes to draw grows faster than it


def undrawable(
    house: HouseStyle, said: Iterable[str], studio: Callable[[], Studio]
) -> frozenset[str]:
    """The characters of some words that no font has; none where no PDF can be drawn. Nothing is drawn, and no
    studio asked for, unless some are unusual.
    """
    marked = (words for words in said if _UNUSUAL.search(words))
    every = dict.fromkeys(word for words in marked for word in words.split(" "))
    unusual = [word for word in every if _UNUSUAL.search(word)]
    if not unusual:
        return frozenset()
    lines = (unusual[n : n + _LINE] for n in range(0, len(unusual), _LINE))
    paper = sample("\n".join(map(" ".join, lines)), house.council.language)
    with suppress(PipelineError):
        return studio().draw(paper, house, ["pdf"])["pdf"].result().undrawable
    return frozenset()


def private(letters: Iterable[str]) -> frozenset[str]:
    """Those of some letters that mean what a font says, and that no page may show (ISO 19005-3, 6.2.11.7.3)."""
    return frozenset(letter for letter in letters if unicodedata.category(letter) == "Co")


def sample(words: str, language: str) -> Paper:
    """A paper of some words, a paragraph a line, to see what this machine can draw."""
    table = Table("Sample", "", (Column("title", (Run("Title"),)),), (), (100.0,))
    lines = [Paragraph((Run(line),)) for line in words.splitlines()]
    blocks: tuple[Block, ...] = (Heading("Sample", 1), *lines, table)
    return Paper("Sample", "", language, "1980-01-01T00:00:00Z", draft=False, blocks=blocks)
