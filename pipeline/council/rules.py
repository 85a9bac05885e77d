"""How serious a council finds each check, the words that the checks know, and which updates say nothing by them:
"Ongoing", "No change since the last meeting", "As above". A reason, or anything else that was done, makes an update of
them.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cached_property
from typing import Annotated

from msgspec import Meta, field

from pipeline.council.clerk import Waiver
from pipeline.council.dates import MONTH, with_days
from pipeline.council.placeholders import SAID, is_to_come
from pipeline.council.settings import Lists, with_keys_of
from pipeline.model.words import FAINT_WORDS, any_of, begins, is_one, key


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
    def empty(self) -> re.Pattern[str]:
        """What finds words for how things stand, or that nothing has changed."""
        return any_of(map(key, self.thin + self.unchanged))

    @cached_property
    def telling(self) -> frozenset[str]:
        """A word of each of those that say that nothing has changed, the longest: far sooner looked for."""
        return frozenset(max(key(one).split(), key=len, default="") for one in self.unchanged)

    @cached_property
    def same(self) -> re.Pattern[str]:
        """What finds words that nothing has changed, or that lead to an earlier text."""
        return any_of(map(key, self.unchanged))


_WHEN = frozenset(SAID["when"])
_DATED = frozenset({"", "q", *MONTH})  # before a number that says when
_LONGEST_PLACEHOLDER = 60  # characters, signs and all
_DOTTED = re.compile(r"\b(\w)\.(?=\w\b)")  # T.B.C.
_PART = re.compile(r"[/|()\n]|\s[-–—]\s")
_LONGEST_EMPTY = 120  # characters
_WITHOUT_REASON = re.compile(
    r"(?: (?:because|due|owing|reason|since|pending|awaiting|until|of|to|the))+$"
)
_IDLE = FAINT_WORDS.union(SAID["idle"])
_TOLD = frozenset(SAID["told"])
_ANSWERS = frozenset({*SAID["answers"], ""})  # to what stands before, or none
_CLAUSE_END = re.compile(r"(?<![.!?;:])[.!?;:]+(?:\s+|$)|\n|\s[-\u2013\u2014]\s|[\[\]()]")
_SENTENCE_END = re.compile(r"(?<![.!?])[.!?]+(?:\s+|$)|\n")
_PIECE = re.compile(rf"({_SENTENCE_END.pattern}|:\s+|\s[-\u2013\u2014]\s|[\[\]()])")
_INITIALS = re.compile(r"\b[A-Z](?:[A-Z]|(?:\.[A-Z]){1,2})\b")  # that an update is signed with
_YEAR = re.compile(r"(?<=[a-z])\.?,? (?:19|20)\d\d\b", re.I)
_IS_ON = re.compile(r"\b(?:is|was) (?:on|in|at)\b", re.I)  # "The meeting is on 3 May"
_STAMP = re.compile(r"\b(?:as (?:at|of)|^updated?) ([\d ]*\d\b|[a-z]+ \d{4}\b)", re.I | re.M)


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
    parts = [one for one in _PART.split(_INITIALS.sub("", words)) if key(one)]
    return bool(parts) and all(is_one(one, rules.placeholders) for one in parts)


def is_no_update(words: str, rules: Rules) -> bool:
    """Whether words are none, or hold the place of an update, or only say when: *12 May*, *Next meeting*."""
    has_words = any(
        one.isalpha() and one not in MONTH and one not in _WHEN for one in key(words).split()
    )
    return not has_words or is_placeholder(words, rules)


def says_nothing(words: str, officers: str, rules: Rules) -> bool:
    """Whether an update is none, or says only how things stand or that nothing has changed."""
    return is_no_update(words, rules) or is_empty(words, officers, rules)


def is_empty(words: str, officers: str, rules: Rules) -> bool:
    """Whether an update says only how things stand, or that nothing has changed, and gives no reason; its
    `officers`, initials and the numbers of other actions (*As H24*) add nothing.
    """
    if len(words) > _LONGEST_EMPTY:
        return False
    rest, found = rules.empty.subn(" ", _undated(_WITHOUT_REASON.sub("", key(words))))
    signed = _TOLD.union(key(f"{officers} {' '.join(_INITIALS.findall(words))}").split())
    left = (one for one in rest.split() if one not in signed and not one[-1].isdigit())
    return found > 0 and all(_is_filler(one, rules) for one in left)


def is_unchanged(words: str, officers: str, rules: Rules) -> bool:
    """Whether an update says only that nothing has changed, or leads to an earlier text."""
    return (
        len(words) <= _LONGEST_EMPTY
        and not rules.telling.isdisjoint(key(words).split())
        and rules.same.search(_undated(key(words))) is not None
        and is_empty(words, officers, rules)
    )


def adds_nothing(words: str, before: str, officers: str, rules: Rules) -> bool:
    """Whether an update says nothing, or what an earlier one says: without what says nothing and the names of its
    `officers`, who may sign it, none is left but sentences of that, in whatever order, or the same words in
    their order. A word added to a sentence or left out makes another update of it, but for the year of a month.
    """
    if says_nothing(words, officers, rules) or _are_one(words, before, officers, rules):
        return True
    has_one_a_year = (_YEAR.search(words) is None) != (_YEAR.search(before) is None)
    return has_one_a_year and _are_one(_YEAR.sub("", words), _YEAR.sub("", before), officers, rules)


def _are_one(words: str, before: str, officers: str, rules: Rules) -> bool:
    """Whether an update has the sentences of an earlier one, or some of them, or none."""
    now, old = (_said(text, officers, _CLAUSE_END, rules) for text in (words, before))
    if not now or " ".join(now) == " ".join(old):
        return True
    if {frozenset(one.split()) for one in now} == {frozenset(one.split()) for one in old}:
        return True
    left, told = (_said(text, officers, _SENTENCE_END, rules) for text in (words, before))
    return set(left) <= set(told)


def _said(text: str, officers: str, end: re.Pattern[str], rules: Rules) -> list[str]:
    """What each part of a text that says something says, cut at each `end`; each day has one form. What holds the
    place of words is left out.
    """
    pieces = _PIECE.split(text)
    kept = {one: key(one) in _ANSWERS or not is_placeholder(one, rules) for one in {*pieces}}
    dated = _STAMP.sub(" ", with_days("".join(one for one in pieces if kept[one])))
    parts = (one for one in end.split(dated) if key(one) and not _is_idle(one, officers, rules))
    return [said for part in parts if (said := " ".join(_left_of(part, rules)))]


def _is_idle(part: str, officers: str, rules: Rules) -> bool:
    """Whether a part of a text says nothing, or only when it was written, and by whom (*JB, 3 March 2027*)."""
    words, names = key(_INITIALS.sub(" ", part)).split(), key(officers).split()
    is_stamp = all(_is_filler(one, rules) or one in names for one in words)
    return is_empty(part, officers, rules) or (is_stamp and not _IS_ON.search(part))


def _left_of(part: str, rules: Rules) -> list[str]:
    """The words of a part of a text without those that say that nothing has changed, or nothing at all."""
    said = rules.same.sub(" ", key(part)).split()
    return [word for word in said if word not in _IDLE]


def _is_filler(word: str, rules: Rules) -> bool:
    """Whether a word beside an empty phrase makes no update of it: a listed one, a number or a month."""
    return _is_of_a_day(word) or is_one(word, rules.fillers)


def _undated(words: str) -> str:
    """A key without its figures and months."""
    return " ".join(word for word in words.split() if not _is_of_a_day(word))


def _is_of_a_day(word: str) -> bool:
    """Whether a word is a number, a month or a quarter, with a number behind it or without: *jan27*, *q3*."""
    return word in MONTH or (word[-1:].isdigit() and word.rstrip("0123456789") in _DATED)
