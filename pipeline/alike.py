"""Words of two editions compared as a reader would: what each sets in its own way is not told apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from pipeline.document import BULLET

# One glyph is both in Arial and its stand-in, and so a PDF says either for both.
LOOK_ALIKES = str.maketrans({"\u2219": "\u00b7", "\u2215": "\u2044", BULLET: ""})
JOINING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
FROM_THE_RIGHT = {"R", "AL", "AN"}  # as Unicode calls the letters of Hebrew, Arabic and their kin


def letters(words: str) -> str:
    """Words without what editions set differently (spaces, bullets), and what no PDF tells: letters
    that are drawn alike, and those that only join others.
    """
    alike = unicodedata.normalize("NFKC", words.translate(LOOK_ALIKES))
    return "".join(letter for letter in alike if not is_unseen(letter))


def is_same(words: str, others: str) -> bool:
    """Whether two editions' words are the same to a reader."""
    one, other = letters(words), letters(others)
    return holds(one, other) and holds(other, one)


def holds(cell: str, words: str) -> bool:
    """Whether the letters of a cell have some others among them, in their order. Words written from
    the right stand in a PDF in the order in which they are seen: of those, in any order.
    """
    if any(unicodedata.bidirectional(letter) in FROM_THE_RIGHT for letter in words):
        return Counter(words) <= Counter(cell)
    return words in cell


def is_unseen(letter: str) -> bool:
    """Whether a letter is a space, only joins others or says how they are drawn, or is none of Unicode's."""
    kind = unicodedata.category(letter)
    return letter.isspace() or kind[0] == "C" or JOINING.match(letter) is not None
