"""How serious a council finds each check, and the words that the checks know."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cached_property, partial
from typing import Annotated

from msgspec import Meta, field

from pipeline.council.clerk import Waiver
from pipeline.council.dates import MONTH
from pipeline.council.empty_words import INITIALS, EmptyWords
from pipeline.council.placeholders import is_to_come
from pipeline.council.settings import Lists, with_keys_of
from pipeline.model.words import any_of, begins, is_one, key


class Severity(IntEnum):
    """How serious a finding is; while errors are open the paper is a DRAFT."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


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
    severity: dict[str, str] = field(default_factory=dict)
    waiver: list[Waiver] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Raises `ValueError` where a check has a severity that there is not."""
        for name, chosen in self.severity.items():
            if chosen not in ("off", *map(str, Severity)):
                raise ValueError(f"{name} is '{chosen}', and can be error, warning, note or off")

    @cached_property
    def reason(self) -> re.Pattern[str]:
        """What finds one of the listed words of a reason, whole."""
        return any_of(self.reasons, re.I)

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """What a short text begins with that is a placeholder all the same: entries that end in `…`."""
        return tuple(words for words in self.placeholders if words.endswith("…"))

    @cached_property
    def empty_words(self) -> EmptyWords:
        """The listed words that make no update."""
        holds_place = partial(is_placeholder, rules=self)
        return EmptyWords(self.thin, self.unchanged, self.fillers, holds_place)


_WHEN = frozenset(
    ["next", "meeting", "week", "month", "quarter", "year", "spring", "summer", "autumn", "winter"]
)
_LONGEST_PLACEHOLDER = 60  # characters, signs and all
_DOTTED = re.compile(r"\b(\w)\.(?=\w\b)")  # T.B.C.
_PART = re.compile(r"[/|()\n]|\s[-–—]\s")


def is_placeholder(words: str, rules: Rules) -> bool:
    """Whether some words only hold the place of an update: signs alone, some of those listed, with or without the
    initials of an officer (*TBC / none – JB*), or a kind of them.
    """
    if len(words) > _LONGEST_PLACEHOLDER:
        return is_to_come(words)
    said = _DOTTED.sub(r"\1", words)
    return _is_listed(said, rules) or is_to_come(said)


def _is_listed(words: str, rules: Rules) -> bool:
    """Whether words are signs alone, or each part of them is a listed placeholder."""
    if not key(words) or is_one(words, rules.placeholders) or begins(words, rules.beginnings):
        return True
    parts = [one for one in _PART.split(INITIALS.sub("", words)) if key(one)]
    return bool(parts) and all(is_one(one, rules.placeholders) for one in parts)


def adds_nothing(words: str, before: str, officers: str, rules: Rules) -> bool:
    """Whether an update says nothing, or nothing that an earlier one does not but the names of its officers."""
    is_empty = says_nothing(words, officers, rules)
    return is_empty or rules.empty_words.add_nothing(words, before, officers)


def says_nothing(words: str, officers: str, rules: Rules) -> bool:
    """Whether an update is none, or says only how things stand or that nothing has changed."""
    return is_no_update(words, rules) or rules.empty_words.are(words, officers)


def is_no_update(words: str, rules: Rules) -> bool:
    """Whether words are none, or hold the place of an update, or only say when: *12 May*, *Next meeting*."""
    has_words = any(
        one.isalpha() and one not in MONTH and one not in _WHEN for one in key(words).split()
    )
    return not has_words or is_placeholder(words, rules)
