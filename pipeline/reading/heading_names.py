"""Which field a heading names: one whose list in `columns.toml` has it, as it stands or in one of its forms.

Of two columns of one field the newer wins (*Revised target date*, *Update (Jan 27)*), else one whose cells
can be the field's, else the one whose name stands first in the list. A heading that says that it is private
names nothing that is published.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from pipeline.columns import UNPUBLISHED, Columns, key, squashed
from pipeline.reading.ages import AGING, NO_DAY, age, is_number, when
from pipeline.reading.heading_words import word_scores
from pipeline.reading.headings import IN_BRACKETS, Headings
from pipeline.records import COMMITTEE_FIELD, DATE_FIELDS

NUMBERING = re.compile(r"^\s*(?:\d{1,2}|[a-z])[.)]\s+")
NUMBER_SIGN = re.compile(r"(?<=[^\W\d_])\s?#|\s*№")
Fits = Callable[[int, str], bool]  # whether what stands in a column can be a field's


class Named(Struct, frozen=True):
    """The columns whose headings are known by name, and those that gave way to another of their field.

    `weak` are those of `fields` whose name gives way to any other.
    """

    fields: dict[int, str]
    beaten: dict[int, str]
    weak: frozenset[int] = frozenset()


def anything(number: int, field: str) -> bool:  # noqa: ARG001
    """Whatever stands in a column."""
    return True


@lru_cache(4096)
def forms(heading: str) -> tuple[str, ...]:
    """The ways to look a heading up: as it is; without numbering, `(s)` and what brackets explain. A sign for a
    number after a word is said as one: `Resolution #`.
    """
    heading = NUMBER_SIGN.sub(" no", heading)
    bare = NUMBERING.sub("", heading)
    plural, single = bare.replace("(s)", "s"), bare.replace("(s)", "")
    found = (squashed(way) for way in (heading, bare, plural, single, IN_BRACKETS.sub(" ", single)))
    return tuple(dict.fromkeys(filter(None, found)))


def possible_fields(ways: Iterable[str], columns: Columns) -> list[tuple[str, str]]:
    """The fields that a heading can name, each with the form that names it; none for one that heads two.

    Of a heading in two languages (`Dyddiad/Date`) either part will do. A day in a heading says which of
    several columns is meant (`Update October 2026`), and makes none one of days; a number alone does so for
    updates and days. A private heading names a field that is published only if a list has it just so.
    """
    ways = tuple(ways)
    for way in ways:
        if parts_of_several(way, columns):
            return []
        found = fields_named(way, columns)
        if found and any(map(columns.is_private, ways)):
            whole = squashed(ways[0])
            found = [pair for pair in found if pair[0] in UNPUBLISHED or pair[1] == whole]
        if found:
            return found
    return []


def fields_named(heading: str, columns: Columns) -> list[tuple[str, str]]:
    """The fields of the first form of a heading that a list has, each with that form."""
    found = next(listed_forms(heading, columns), [])
    if found:
        return found
    undated, at = when(heading)
    for pairs in listed_forms(undated, columns) if at != NO_DAY else ():
        found = [pair for pair in pairs if can_say(at, pair[0])]
        if found:
            return found
    parts = (*(heading.split("/") if "/" in heading else ()), *known_lines(heading, columns))
    return next((pairs for part in parts for pairs in listed_forms(part, columns)), [])


def listed_forms(heading: str, columns: Columns) -> Iterator[list[tuple[str, str]]]:
    """The fields of each form of a heading that a list has, with that form."""
    for form in forms(heading):
        if form in columns.fields_of:
            yield [(name, form) for name in columns.fields_of[form]]


def listed_fields(heading: str, columns: Columns) -> list[str]:
    """The fields that any form of a heading names."""
    return [name for pairs in listed_forms(heading, columns) for name, _ in pairs]


def can_say(at: tuple[int, int, int], field: str) -> bool:
    """Whether a time in a heading may say which of several columns of a field it is."""
    return field in AGING if is_number(at) else field not in DATE_FIELDS


def known_lines(heading: str, columns: Columns) -> list[str]:
    """The lines that we know of a heading in several languages: all of these name one field, and no word of
    the others is one of ours.
    """
    lines = [line for line in heading.split("\n") if key(line)]
    if len(lines) == 1:
        return []
    fields = {line: set(listed_fields(line, columns)) for line in lines}
    known = [line for line in lines if fields[line]]
    is_one = bool(known) and bool(set.intersection(*(fields[line] for line in known)))
    is_foreign = not any(word_scores(line, columns) for line in lines if not fields[line])
    return known if is_one and is_foreign else []


def parts_of_several(heading: str, columns: Columns) -> list[str]:
    """The parts of a heading that heads several fields at once, such as `Owner / Deadline`."""
    parts = [part.strip() for part in heading.split("/")]
    fields = [set(listed_fields(part, columns)) for part in parts]
    if len(parts) < 2 or not all(fields) or set.intersection(*fields):  # noqa: PLR2004
        return []
    return parts


def named(headings: Headings, columns: Columns, fits: Fits = anything) -> Named:
    """The columns known by name. Of two possible fields a heading gives way to one that can be nothing
    else, and takes the first that is free and that its cells fit; a free field of dates must fit, if another
    column has the other field. A weaker name is one only where its cells fit.
    """
    possible = {number: possible_fields(ways, columns) for number, ways in headings.ways.items()}
    fitting = {
        number: [name for name, _ in pairs if fits(number, name)]
        for number, pairs in possible.items()
    }
    possible = {
        number: [pair for pair in pairs if pair not in columns.weaker or pair[0] in fitting[number]]
        for number, pairs in possible.items()
    }

    def order(number: int) -> tuple[bool, int, tuple[int, int, int], bool, int, int]:
        newness, dated = age(headings.words.get(number, ""))
        place = min((columns.ranks[pair] for pair in possible[number]), default=0)
        return len(possible[number]) > 1, newness, dated, not fitting[number], place, number

    fields: dict[int, str] = {}
    beaten: dict[int, str] = {}
    for number in sorted(possible, key=order):
        names = [
            name
            for name, _ in possible[number]
            if name != COMMITTEE_FIELD or name in fitting[number]  # else ticks would be committees
        ]
        taken = [name for name in names if name in fields.values()]
        free = [name for name in names if name not in taken]
        fit = [name for name in free if name in fitting[number]]
        if fit or (free and not (taken and set(free) <= set(DATE_FIELDS))):
            fields[number] = (fit or free)[0]
        elif taken:
            beaten[number] = taken[0]
    weak = frozenset(
        number
        for number, name in fields.items()
        if name not in fitting[number] or is_weak(headings.ways[number], name, columns)
    )
    return Named(dict(sorted(fields.items())), beaten, weak)


def is_weak(ways: Iterable[str], field: str, columns: Columns) -> bool:
    """Whether the name by which a heading is a field's gives way to any other."""
    return any(
        pair in columns.weaker for pair in possible_fields(ways, columns) if pair[0] == field
    )


def has_name(words: str, field: str, columns: Columns) -> bool:
    """Whether a word of a heading is itself a name of a field, and no weaker one."""
    return any(
        field in columns.fields_of.get(word, []) and (field, word) not in columns.weaker
        for word in key(words).split()
    )


def is_named(words: str, field: str, columns: Columns) -> bool:
    """Whether some words are a name of a field."""
    return any(name == field for name, _ in possible_fields((words,), columns))
