"""Which field a heading that no list has may name: the one to which its words point. It is always said that
this is a guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from msgspec import Struct

from pipeline.columns import FAINT_WORDS, Columns, key, squashed, stem
from pipeline.reading.ages import AGING, age, when
from pipeline.reading.heading_names import Fits, anything, listed_fields, parts_of_several
from pipeline.reading.heading_words import guessable, word_scores
from pipeline.reading.headings import Headings

LEAST_SCORE = 0.45  # that a heading's words have to reach
LEAST_LEAD = 0.2  # by which it has to beat the next field
ONE_OF_TWO = 0.5  # the score of a heading that heads two fields at once


class Match(Struct, frozen=True):
    """How a heading was read: by name, or as a guess from the `words` that point to the field."""

    field: str
    heading: str
    score: float = 1
    words: tuple[str, ...] = ()
    guessed: bool = False


class Readings(Struct, frozen=True):
    """How columns are read, and the field of those that are read as nothing since another column is it."""

    matches: dict[int, Match]
    beaten: dict[int, str]


def guesses(
    headings: Headings, taken: Iterable[str], columns: Columns, fits: Fits = anything
) -> Readings:
    """The columns without a known name whose words point to one field, each field's newest or likeliest."""
    found = {number: guess(words, columns) for number, words in headings.words.items()}
    offers = {
        number: match for number, match in found.items() if match and fits(number, match.field)
    }
    made: dict[int, Match] = {}
    beaten: dict[int, str] = {}
    fields = set(taken)

    def order(number: int) -> tuple[tuple[int, tuple[int, int, int]], float, int]:
        is_aging = offers[number].field in AGING
        return age(headings.words[number] if is_aging else ""), -offers[number].score, number

    for number in sorted(offers, key=order):
        match = offers[number]
        if match.field in fields:
            beaten[number] = match.field
        else:
            made[number] = match
            fields.add(match.field)
    return Readings(made, beaten)


def guess(words: str, columns: Columns) -> Match | None:
    """The field to which a heading's words point, if one leads; none for a private one, or a status."""
    if columns.is_private(words) or squashed(words) in columns.status_of:
        return None
    parts = parts_of_several(words, columns)
    if parts:
        first = listed_fields(parts[0], columns)[0]
        return Match(first, words, ONE_OF_TWO, (f"first of {len(parts)}",), guessed=True)
    ranked = sorted(word_scores(words, columns).items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < LEAST_SCORE or ranked[0][0] not in guessable(words, columns):
        return None
    name, score = ranked[0]
    if len(ranked) > 1 and score - ranked[1][1] < LEAST_LEAD:
        return None
    why = tuple(w for w in key(words).split() if name in columns.field_words.get(stem(w), {}))
    return Match(name, words, score, why, guessed=True)


def is_likely(words: str, field: str, columns: Columns) -> bool:
    """Whether a heading begins with a name of a field, or its words point there most, however little: those
    before the first *for* or *to*, which *Reason for action* has. A private one never does.
    """
    if columns.is_private(words) or field not in guessable(words, columns):
        return False
    said = key(when(words)[0]).split()
    before = list(takewhile(lambda word: word not in FAINT_WORDS, said))
    first = before[:1]
    scores = word_scores(" ".join(before), columns)
    nearest = max(scores, key=lambda name: scores[name], default="")
    return field in (nearest, *(name for word in first for name in columns.fields_of.get(word, [])))
