"""Updates that have words and say nothing: "Ongoing", "No change since the last meeting", "As above".

A council lists them in `checks.toml`. A reason, or anything else that was done, makes an update of them.
"""

from __future__ import annotations

import re
from functools import cached_property

from msgspec import Struct

from pipeline.council.dates import MONTH
from pipeline.model.words import key

_LONGEST = 120  # characters


class EmptyWords(Struct, frozen=True, dict=True):
    """`standing` are words for how things stand, `unchanged` those that nothing has changed or that lead to an
    earlier text; `besides` are words that add nothing to either.
    """

    standing: list[str]
    unchanged: list[str]
    besides: list[str]

    def are(self, words: str) -> bool:
        """Whether an update says only how things stand, or that nothing has changed, and gives no reason."""
        if len(words) > _LONGEST:
            return False
        rest, found = self.phrases.subn(" ", key(words))
        return found > 0 and all(map(self.adds_nothing, rest.split()))

    def say_unchanged(self, words: str) -> bool:
        """Whether an update says only that nothing has changed, or leads to an earlier text."""
        return self.are(words) and self.unchanged_phrases.search(key(words)) is not None

    def adds_nothing(self, word: str) -> bool:
        """Whether a word beside an empty phrase makes no update of it: a filler, a number or a month."""
        return word.isdigit() or word in MONTH or word in self.beside_keys

    @cached_property
    def phrases(self) -> re.Pattern[str]:
        """Any of the phrases."""
        return _any_of([*self.standing, *self.unchanged])

    @cached_property
    def unchanged_phrases(self) -> re.Pattern[str]:
        """Any of those that say that nothing has changed."""
        return _any_of(self.unchanged)

    @cached_property
    def beside_keys(self) -> frozenset[str]:
        """The words that add nothing, without what people vary."""
        return frozenset(map(key, self.besides))


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    """A pattern for whole phrases in words without what people vary, the longest first; none is never found."""
    keys = sorted(map(key, phrases), key=lambda said: (-len(said), said))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, keys))})(?!\w)" if keys else r"(?!)")
