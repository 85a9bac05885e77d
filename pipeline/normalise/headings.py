"""The field that a heading names, by name or as its words suggest, and how old it says that its column is:
*Revised target date*, *Update (Jan 27)*, *Q2 progress*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from typing import TypeAlias

from pipeline.council.columns import UNPUBLISHED, Columns
from pipeline.model.action import DATE_FIELDS
from pipeline.model.words import FAINT_WORDS, kept, key, squashed, stem
from pipeline.normalise.ages import LONGEST_READ, NO_TIME, time_in

LONGEST_HEADING = 80  # characters
FEWEST_HEADINGS = 3  # a row with fewer known headings is a title line that uses one of the words
IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_UNKNOWN_WORD = 0.5  # what it weighs beside a word that points to one field
_Named: TypeAlias = dict[str, str]  # fields, each with the form of a heading that names it
_BETWEEN = re.compile(r"[/&+]|\band\b", re.IGNORECASE)  # the names of a heading of several
_BY_SOMEBODY = ("by", "from")  # a heading that ends so names a person


def _word_scores(words: str, columns: Columns) -> dict[str, float]:
    """How far a heading's words point to each field, 0 to 1: a word that many fields use counts for
    less, and one that none uses counts against all.
    """
    said = [
        columns.field_words.get(stem(word))
        for word in key(time_in(words)[0]).split()
        if word not in FAINT_WORDS
    ]
    clear = sum(max(shares.values()) if shares else _UNKNOWN_WORD for shares in said)
    scores: dict[str, float] = {}
    for shares in filter(None, said):
        for name, share in shares.items():
            scores[name] = scores.get(name, 0) + share * max(shares.values()) / clear
    return scores


def _guessable(words: str, columns: Columns) -> set[str]:
    """The fields that a heading may be guessed to name. What is not published, or parts papers, never is."""
    *before, last = ["", *key(words).split()][-2:]
    if last in _BY_SOMEBODY:
        return set()
    if last in ("date", "dates") and before != ["to"]:
        return set(DATE_FIELDS)
    return set(columns.fields) - UNPUBLISHED


_NUMBERING = re.compile(r"^\s*(?:\d{1,2}|[a-z])[.)]\s+")
_NUMBER_SIGN = re.compile(r"(?<=[^\W\d_])\s?#|\s*№")


@lru_cache(4096)
def forms(heading: str) -> tuple[str, ...]:
    """The ways to look a heading up: as it is; without numbering, `(s)` and what brackets explain. A sign for a
    number after a word is said as one (`Resolution #`), and so is `%`.
    """
    heading = _NUMBER_SIGN.sub(" no", heading[:LONGEST_READ]).replace("%", " percent ")
    bare = _NUMBERING.sub("", heading)
    plural, single = bare.replace("(s)", "s"), bare.replace("(s)", "")
    found = (squashed(way) for way in (heading, bare, plural, single, IN_BRACKETS.sub(" ", single)))
    return tuple(dict.fromkeys(filter(None, found)))


@kept
def asks_to_publish(heading: str, columns: Columns) -> bool:
    """Whether a heading asks if its rows may be published."""
    return not set(forms(heading)).isdisjoint(map(squashed, columns.private.publish))


@kept
def possible_fields(ways: tuple[str, ...], columns: Columns) -> _Named:
    """The fields that a heading can name, each with the form that names it; none for one that heads two.

    Of a heading in two languages (`Dyddiad/Date`) either part will do. A day in a heading says which of
    several columns is meant (`Update October 2026`), and makes none one of days; a number alone does so for
    updates and days. A private heading names a field that is published only if a list has it just so.
    """
    for way in ways:
        if parts_of_several(way, columns):
            return {}
        found = next(filter(None, _fields_named(way, columns)), {})
        if found and any(map(columns.is_private, ways)):
            whole = squashed(ways[0])
            found = {n: form for n, form in found.items() if n in UNPUBLISHED or form == whole}
        if found:
            return found
    return {}


def _fields_named(heading: str, columns: Columns) -> Iterator[_Named]:
    """The fields of each form of a heading that a list has, with that form: as it is, without a time or what makes it
    older or newer, or a part of it.
    """
    yield from _listed_forms(heading, columns)
    undated, at = time_in(heading)
    for named in _listed_forms(undated, columns) if at != NO_TIME else ():
        yield {name: form for name, form in named.items() if _can_say(at, name)}
    for named in _listed_forms(" ".join(_AGED.sub("", undated).split()), columns):
        is_sure = "meeting" in key(heading) or columns.weaker.isdisjoint(named.items())
        if "update" in named and is_sure:  # not *Further comments*
            yield {"update": named["update"]}
    for part in (*(heading.split("/") if "/" in heading else ()), *_known_lines(heading, columns)):
        yield from _listed_forms(part, columns)


def _listed_forms(heading: str, columns: Columns) -> Iterator[_Named]:
    """The fields of each form of a heading that a list has, with that form."""
    for form in forms(heading):
        if form in columns.fields_of:
            yield dict.fromkeys(columns.fields_of[form], form)


def listed_fields(heading: str, columns: Columns) -> list[str]:
    """The fields that any form of a heading names."""
    return [name for named in _listed_forms(heading, columns) for name in named]


def _can_say(at: tuple[int, int, int], field: str) -> bool:
    """Whether a time in a heading may say which of several columns of a field it is."""
    year, number, _ = at
    if not year:  # a number alone, or else a month
        return field in _AGING if number else field == "update"
    return field not in DATE_FIELDS


def _known_lines(heading: str, columns: Columns) -> list[str]:
    """The lines that we know of a heading in several languages: all of these name one field, and no word of
    the others is one of ours.
    """
    lines = [line for line in heading.split("\n") if key(line)]
    if len(lines) == 1:
        return []
    fields = {line: set(listed_fields(line, columns)) for line in lines}
    known = [line for line in lines if fields[line]]
    is_one = bool(known) and bool(set.intersection(*(fields[line] for line in known)))
    is_foreign = not any(_word_scores(line, columns) for line in lines if not fields[line])
    return known if is_one and is_foreign else []


def parts_of_several(heading: str, columns: Columns) -> list[str]:
    """The parts of a heading that heads several fields at once, such as `Owner / Deadline` or `Date and minute`."""
    if len(heading) > LONGEST_HEADING:
        return []
    parts = [part.strip() for part in _BETWEEN.split(heading)]
    fields = [set(listed_fields(part, columns)) for part in parts]
    if len(parts) < 2 or not all(fields):  # noqa: PLR2004
        return []
    is_listed = any(  # with a sign between its words too, and not as *Progress status*
        squashed(said) in forms(heading) and _BETWEEN.search(said)
        for name in listed_fields(heading, columns)
        for said in columns.fields[name].headings
    )
    return [] if is_listed or set.intersection(*fields) else parts


def has_name(words: str, field: str, columns: Columns) -> bool:
    """Whether a word of a heading is itself a name of a field, and no weaker one."""
    return any(
        field in columns.fields_of.get(word, []) and (field, word) not in columns.weaker
        for word in key(words).split()
    )


def is_named(words: str, field: str, columns: Columns) -> bool:
    """Whether some words are a name of a field."""
    return field in possible_fields((words,), columns)


_LEAST_SCORE = 0.45  # that a heading's words have to reach
LEAST_LEAD = 0.2  # by which it has to beat the next field
_ORDER = ("first", "second", "third")
_ONE_OF_TWO = 0.5  # the score of a heading that heads two fields at once


def guesses_of(words: str, columns: Columns) -> list[tuple[str, float, str]]:
    """The field to which a heading's words point, if one leads, how surely (0 to 1), and which words; the fields of a
    heading of several in their order; none for a private one, one that asks whether to publish, or a status.
    """
    is_aside = columns.is_private(words) or asks_to_publish(words, columns)
    if is_aside or squashed(words) in columns.status_of:
        return []
    parts = parts_of_several(words, columns)
    if parts:
        return [
            (listed_fields(part, columns)[0], _ONE_OF_TWO, f"{_ORDER[number]} of {len(parts)}")
            for number, part in enumerate(parts[: len(_ORDER)])
        ]
    scores = sorted(_word_scores(words, columns).items(), key=lambda pair: -pair[1])
    (name, score), (_, second) = (*scores, ("", 0.0), ("", 0.0))[:2]
    if (
        score < _LEAST_SCORE
        or score - second < LEAST_LEAD
        or name not in _guessable(words, columns)
    ):
        return []
    why = (w for w in key(words).split() if name in columns.field_words.get(stem(w), {}))
    return [(name, score, ", ".join(why))]


def is_likely(words: str, field: str, columns: Columns) -> bool:
    """Whether a heading's words point to a field most, however little: those before the first *for* or *to*, which
    *Reason for action* has. A private one never does.
    """
    if columns.is_private(words) or field not in _guessable(words, columns):
        return False
    before = takewhile(lambda word: word not in FAINT_WORDS, key(time_in(words)[0]).split())
    scores = _word_scores(" ".join(before), columns)
    return field == max(scores, key=lambda name: scores[name], default="")


_AGED = re.compile(  # of a column of updates: *Further update*, *Position at last meeting*
    r"\b(?:new|old|further|additional)\b|\b(?:(?:at|since|from|given (?:at|to)) )?(?:the )?last meeting(?:['’]s)?\b",
    re.I,
)
_AGING = frozenset({"update", *DATE_FIELDS})  # fields that have newer columns and older ones
