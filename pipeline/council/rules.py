"""How serious a council finds each check, and the words that the checks know."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cached_property
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from pipeline.council.clerk import Waiver
from pipeline.council.dates import MONTH, with_days
from pipeline.council.placeholders import is_to_come
from pipeline.council.settings import Lists, with_keys_of
from pipeline.model.words import FAINT_WORDS, begins, is_one, key

_LONGEST = 120  # characters
_WITHOUT_REASON = re.compile(
    r"(?: (?:because|due|owing|reason|since|pending|awaiting|until|of|to|the))+$"
)
_IDLE = frozenset({
    "still", "now", "currently", "this", "that", "it", "remains", "has", "have", "been", "again", "also", "were", "are",
    "work",
})  # fmt: skip
_PART = re.compile(r"[.!?;:]+(?:\s+|$)|\n|\s[-\u2013\u2014]\s|[\[\]()]")


class Severity(IntEnum):
    """How serious a finding is; while errors are open the paper is a DRAFT."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class EmptyWords(Struct, frozen=True, dict=True):
    """Updates that have words and say nothing: "Ongoing", "No change since the last meeting", "As above". A reason, or
    anything else that was done, makes an update of them.

    `standing` are words for how things stand, `unchanged` those that nothing has changed or that lead to an
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
        sets = [{frozenset(sentence.split()) for sentence in said} for said in (now, old)]
        return not now or " ".join(now) == " ".join(old) or sets[0] == sets[1]

    def _said(self, text: str) -> list[str]:
        """What each sentence of a text that says something says; each day has one form."""
        parts = (one for one in _PART.split(with_days(text)) if key(one) and not self.is_idle(one))
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


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for whole phrases in words without what people vary, the longest first; none is never found."""
    keys = sorted(map(key, phrases), key=lambda said: (-len(said), said))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, keys))})(?!\w)" if keys else r"(?!)")


@with_keys_of("checks.toml")
class WordLists(Lists, frozen=True):
    """Words that the checks know; those of `templates/checks.toml` are for every council."""


class Rules(WordLists, frozen=True, dict=True):
    """A council's `checks.toml`: what it adds to the word lists, those of their words that it does not
    want (`without`), and the severities that are not the usual ones.
    """

    without: tuple[str, ...] = ()
    note_words: int = 5
    response_months: Annotated[int, Meta(ge=0, le=24)] = 2
    long_update: int = 1500
    severity: dict[str, Literal["error", "warning", "note", "off"]] = field(default_factory=dict)
    waiver: list[Waiver] = field(default_factory=list)

    @cached_property
    def reason(self) -> re.Pattern[str]:
        """What finds one of the listed words of a reason, whole."""
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, self.reasons)) or '(?!)'})\b", re.I)

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """What a short text begins with that is a placeholder all the same: entries that end in `…`."""
        return tuple(words for words in self.placeholders if words.endswith("…"))

    @cached_property
    def empty_words(self) -> EmptyWords:
        """The listed words that make no update."""
        return EmptyWords(self.thin, self.unchanged, self.fillers)


_LONGEST_PLACEHOLDER = 60  # characters, signs and all


def is_placeholder(words: str, rules: Rules) -> bool:
    """Whether some words only hold the place of an update: signs alone, one of those listed, or a kind of them."""
    said = key(words)
    if len(words) <= _LONGEST_PLACEHOLDER and (
        not said or is_one(said, rules.placeholders) or begins(words, rules.beginnings)
    ):
        return True
    return is_to_come(words)


def adds_nothing(words: str, before: str, rules: Rules) -> bool:
    """Whether an update says nothing, or nothing that an earlier one does not."""
    return says_nothing(words, rules) or rules.empty_words.add_nothing(words, before)


def says_nothing(words: str, rules: Rules) -> bool:
    """Whether an update is none, or says only how things stand or that nothing has changed."""
    return is_no_update(words, rules) or rules.empty_words.are(words)


def is_no_update(words: str, rules: Rules) -> bool:
    """Whether words are none, or hold the place of an update, or are figures and days alone: *0.5*, *12 May*."""
    has_words = any(one.isalpha() and one not in MONTH for one in key(words).split())
    return not has_words or is_placeholder(words, rules)
