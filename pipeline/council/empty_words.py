"""Updates that have words and say nothing: "Ongoing", "No change since the last meeting", "As above".

A council lists them in `checks.toml`. A reason, or anything else that was done, makes an update of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from msgspec import Struct

from pipeline.council.dates import MONTH, with_days
from pipeline.model.words import FAINT_WORDS, any_of, is_one, key

_LONGEST = 120  # characters
_WITHOUT_REASON = re.compile(
    r"(?: (?:because|due|owing|reason|since|pending|awaiting|until|of|to|the))+$"
)
_IDLE = frozenset({
    "still", "now", "currently", "this", "that", "it", "remains", "has", "have", "been", "again", "also", "were", "are",
    "work",
})  # fmt: skip
_TOLD = frozenset({"officer", "officers", "advised", "confirmed", "give", "open"})  # as _IDLE
_PART = re.compile(r"(?<![.!?;:])[.!?;:]+(?:\s+|$)|\n|\s[-\u2013\u2014]\s|[\[\]()]")
_SENTENCE_END = re.compile(r"(?<![.!?])[.!?]+(?:\s+|$)|\n")
_PIECE = re.compile(rf"({_SENTENCE_END.pattern}|\s[-\u2013\u2014]\s|[\[\]()])")
_ANSWERS = frozenset({"yes", "no", "open", "pending"})  # to what stands before
INITIALS = re.compile(r"\b[A-Z](?:[A-Z]|(?:\.[A-Z]){1,2})\b")  # that an update is signed with
_YEAR = re.compile(r"(?<=[a-z])\.?,? (?:19|20)\d\d\b", re.I)
_IS_ON = re.compile(r"\b(?:is|was) (?:on|in|at)\b", re.I)  # "The meeting is on 3 May"
_STAMP = re.compile(r"\b(?:as (?:at|of)|^updated?) ([\d ]*\d\b|[a-z]+ \d{4}\b)", re.I | re.M)


class EmptyWords(Struct, frozen=True, dict=True):
    """`standing` are words for how things stand, `unchanged` those that nothing has changed or that lead to an
    earlier text; `besides` are words that add nothing to either, and `holds_place` tells a placeholder.
    """

    standing: tuple[str, ...]
    unchanged: tuple[str, ...]
    besides: tuple[str, ...]
    holds_place: Callable[[str], bool]

    def are(self, words: str, officers: str = "") -> bool:
        """Whether an update says only how things stand, or that nothing has changed, and gives no reason; its
        `officers`, initials and the numbers of other actions (*As H24*) add nothing.
        """
        if len(words) > _LONGEST:
            return False
        rest, found = self.phrases.subn(" ", _undated(_WITHOUT_REASON.sub("", key(words))))
        signed = {*key(officers).split(), *key(" ".join(INITIALS.findall(words))).split(), *_TOLD}
        left = (one for one in rest.split() if one not in signed and not one[-1].isdigit())
        return found > 0 and all(map(self.adds_nothing, left))

    def say_unchanged(self, words: str, officers: str = "") -> bool:
        """Whether an update says only that nothing has changed, or leads to an earlier text."""
        is_found = self._unchanged_phrases.search(_undated(key(words))) is not None
        return is_found and self.are(words, officers)

    def add_nothing(self, words: str, before: str, officers: str) -> bool:
        """Whether an update says what an earlier one says: without what says nothing and the names of its
        `officers`, who may sign it, none is left but sentences of that, in whatever order, or the same words in
        their order. A word added to a sentence or left out makes another update of it, but for the year of a month.
        """
        names = frozenset(key(officers).split())
        if self._are_one(words, before, names):
            return True
        has_one_a_year = (_YEAR.search(words) is None) != (_YEAR.search(before) is None)
        return has_one_a_year and self._are_one(_YEAR.sub("", words), _YEAR.sub("", before), names)

    def _are_one(self, words: str, before: str, names: frozenset[str]) -> bool:
        """Whether an update has the sentences of an earlier one, or some of them, or none."""
        now, old = (self._said(text, names, _PART) for text in (words, before))
        if not now or " ".join(now) == " ".join(old):
            return True
        if set(map(_word_set, now)) == set(map(_word_set, old)):
            return True
        left, told = (self._said(text, names, _SENTENCE_END) for text in (words, before))
        return set(left) <= set(told)

    def _said(self, text: str, names: frozenset[str], end: re.Pattern[str]) -> list[str]:
        """What each part of a text that says something says, cut at each `end`; each day has one form. What holds the
        place of words is left out.
        """
        pieces = _PIECE.split(text)
        kept = {one: key(one) in {*_ANSWERS, ""} or not self.holds_place(one) for one in {*pieces}}
        dated = _STAMP.sub(" ", with_days("".join(one for one in pieces if kept[one])))
        parts = (one for one in end.split(dated) if key(one) and not self._is_idle(one, names))
        return [said for part in parts if (said := " ".join(self._left_of(part)))]

    def _is_idle(self, part: str, names: frozenset[str]) -> bool:
        """Whether a part of a text says nothing, or only when it was written, and by whom (*JB, 3 March 2027*)."""
        words = key(INITIALS.sub(" ", part)).split()
        is_stamp = all(self.adds_nothing(one) or one in names for one in words)
        return self.are(part, " ".join(names)) or (is_stamp and not _IS_ON.search(part))

    def _left_of(self, part: str) -> list[str]:
        """The words of a part of a text without those that say that nothing has changed, or nothing at all."""
        said = self._unchanged_phrases.sub(" ", key(part)).split()
        return [word for word in said if word not in FAINT_WORDS | _IDLE]

    def adds_nothing(self, word: str) -> bool:
        """Whether a word beside an empty phrase makes no update of it: a filler, a number or a month."""
        return _is_of_a_day(word) or is_one(word, self.besides)

    @cached_property
    def phrases(self) -> re.Pattern[str]:
        return any_of(map(key, self.standing + self.unchanged))

    @cached_property
    def _unchanged_phrases(self) -> re.Pattern[str]:
        """Any of those that say that nothing has changed."""
        return any_of(map(key, self.unchanged))


def _undated(words: str) -> str:
    """A key without its figures and months."""
    return " ".join(word for word in words.split() if not _is_of_a_day(word))


def _is_of_a_day(word: str) -> bool:
    return word.isdigit() or word in MONTH


def _word_set(sentence: str) -> frozenset[str]:
    return frozenset(sentence.split())
