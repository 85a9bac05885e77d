"""Updates that have words and say nothing: "Ongoing", "No change since the last meeting", "As above".

A council lists them in `checks.toml`. A reason, or anything else that was done, makes an update of them.
"""

from __future__ import annotations

import re
from functools import cached_property

from msgspec import Struct

from pipeline.council.dates import MONTH, with_days
from pipeline.model.words import FAINT_WORDS, is_one, key

_LONGEST = 120  # characters
_WITHOUT_REASON = re.compile(
    r"(?: (?:because|due|owing|reason|since|pending|awaiting|until|of|to|the))+$"
)
_IDLE = frozenset({
    "still", "now", "currently", "this", "that", "it", "remains", "has", "have", "been", "again", "also", "were", "are",
    "work",
})  # fmt: skip
_PART = re.compile(r"[.!?;:]+(?:\s+|$)|\n|\s[-\u2013\u2014]\s|[\[\]()]")


class EmptyWords(Struct, frozen=True, dict=True):
    """`standing` are words for how things stand, `unchanged` those that nothing has changed or that lead to an
    earlier text; `besides` are words that add nothing to either.
    """

    standing: tuple[str, ...]
    unchanged: tuple[str, ...]
    besides: tuple[str, ...]

    def are(self, words: str) -> bool:
        """Whether an update says only how things stand, or that nothing has changed, and gives no reason."""
        if len(words) > _LONGEST:
            return False
        rest, found = self.phrases.subn(" ", _WITHOUT_REASON.sub("", key(words)))
        return found > 0 and all(map(self.adds_nothing, rest.split()))

    def say_unchanged(self, words: str) -> bool:
        """Whether an update says only that nothing has changed, or leads to an earlier text."""
        return self.are(words) and self.unchanged_phrases.search(key(words)) is not None

    def add_nothing(self, words: str, before: str) -> bool:
        """Whether an update says what an earlier one says: without what says nothing, the same sentences are left, in
        whatever order, or the same words in their order. A word added or left out makes another update of it.
        """
        now, old = self._said(words), self._said(before)
        is_again = " ".join(now) == " ".join(old) or set(map(_word_set, now)) == set(
            map(_word_set, old)
        )
        return not now or is_again

    def _said(self, text: str) -> list[str]:
        """What each sentence of a text that says something says; each day has one form."""
        parts = (one for one in _parts(with_days(text)) if not self.is_idle(one))
        return [said for part in parts if (said := " ".join(self.left_of(part)))]

    def is_idle(self, part: str) -> bool:
        """Whether a part of a text says nothing, or only when it was written (*Update 3 March 2027*)."""
        return self.are(part) or all(map(self.adds_nothing, key(part).split()))

    def left_of(self, part: str) -> list[str]:
        """The words of a part of a text without those that say nothing."""
        said = self.phrases.sub(" ", key(part)).split()
        return [word for word in said if word not in FAINT_WORDS | _IDLE]

    def adds_nothing(self, word: str) -> bool:
        """Whether a word beside an empty phrase makes no update of it: a filler, a number or a month."""
        return word.isdigit() or word in MONTH or is_one(word, self.besides)

    @cached_property
    def phrases(self) -> re.Pattern[str]:
        """Any of the phrases."""
        return _any_of(self.standing + self.unchanged)

    @cached_property
    def unchanged_phrases(self) -> re.Pattern[str]:
        """Any of those that say that nothing has changed."""
        return _any_of(self.unchanged)


def _parts(words: str) -> list[str]:
    """The sentences of a text, and what leads one before a colon or a dash."""
    return [part for part in _PART.split(words) if key(part)]


def _word_set(sentence: str) -> frozenset[str]:
    return frozenset(sentence.split())


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for whole phrases in words without what people vary, the longest first; none is never found."""
    keys = sorted(map(key, phrases), key=lambda said: (-len(said), said))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, keys))})(?!\w)" if keys else r"(?!)")
