"""The words of a heading row, and the field that a heading names: by name, or as its words suggest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import takewhile

from msgspec import Struct

from pipeline.council.columns import UNPUBLISHED, Columns
from pipeline.ingest.workbook import SourceRow
from pipeline.model.action import COMMITTEE_FIELD, DATE_FIELDS
from pipeline.model.words import FAINT_WORDS, key, squashed, stem
from pipeline.normalise.ages import AGING, NO_DAY, age, is_number, when

LONGEST_HEADING = 80  # characters
_LOOKED_AT = 1000  # characters; what is longer is no heading, and brackets in it explain nothing
FEWEST_HEADINGS = 3  # a row with fewer known headings is a title line that uses one of the words
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


class Headings(Struct, frozen=True):
    """A heading row, or two rows read as one: the words of each column, and the ways to read them."""

    first_row: int
    last_row: int
    words: dict[int, str]
    ways: dict[int, tuple[str, ...]]


def one_row(row: SourceRow) -> Headings:
    """A row as headings; cells merged from the rows above are those rows'."""
    words = {number: cell.words for number, cell in row.own.items()}
    ways: dict[int, tuple[str, ...]] = {number: (cell.lines,) for number, cell in row.own.items()}
    return Headings(row.number, row.number, words, ways)


def two_rows(upper: SourceRow, lower: SourceRow) -> Headings:
    """Two rows as headings: a cell merged over several columns heads each of them, and what stands under
    it may name one by itself.
    """
    above: dict[int, str] = {}
    across: set[int] = set()
    for number, cell in upper.cells.items():
        columns = range(number, max(number, cell.last_column) + 1)
        above |= dict.fromkeys(columns, cell.words)
        across |= set(columns) if len(columns) > 1 else set()
    below = one_row(lower).words
    words: dict[int, str] = {}
    ways: dict[int, tuple[str, ...]] = {}
    for number in sorted({*above, *below}):
        parts = (above.get(number, ""), below.get(number, ""))
        words[number] = " ".join(filter(None, parts))
        ways[number] = (words[number], *(reversed(parts) if number in across else ()))
    return Headings(
        upper.number, lower.number, {n: said for n, said in words.items() if said}, ways
    )


def without(headings: Headings, taken: Iterable[int]) -> Headings:
    """The headings of the other columns."""
    out = set(taken)
    left = {number: said for number, said in headings.words.items() if number not in out}
    ways = {number: said for number, said in headings.ways.items() if number not in out}
    return Headings(headings.first_row, headings.last_row, left, ways)


def too_long(headings: Headings) -> set[int]:
    """The columns whose words are longer than a heading, without what brackets explain."""
    return {
        number
        for number, words in headings.words.items()
        if len(words) > LONGEST_HEADING
        and len(_IN_BRACKETS.sub("", words[:_LOOKED_AT])) > LONGEST_HEADING
    }


def has_prose(headings: Headings) -> bool:
    """Whether any words are longer than a heading."""
    return bool(too_long(headings))


_UNKNOWN_WORD = 0.5  # what it weighs beside a word that points to one field
_BY_SOMEBODY = ("by", "from")  # a heading that ends so names a person


def _word_scores(words: str, columns: Columns) -> dict[str, float]:
    """How far a heading's words point to each field, 0 to 1: a word that many fields use counts for
    less, and one that none uses counts against all.
    """
    said = [
        columns.field_words.get(stem(word))
        for word in key(when(words)[0]).split()
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
_Fits = Callable[[int, str], bool]  # whether what stands in a column can be a field's


class Named(Struct, frozen=True):
    """The columns whose headings are known by name, and those that gave way to another of their field.

    `weak` are those of `fields` whose name gives way to any other.
    """

    fields: dict[int, str]
    beaten: dict[int, str]
    weak: frozenset[int] = frozenset()


def _anything(number: int, field: str) -> bool:  # noqa: ARG001
    """Whatever stands in a column."""
    return True


@lru_cache(4096)
def forms(heading: str) -> tuple[str, ...]:
    """The ways to look a heading up: as it is; without numbering, `(s)` and what brackets explain. A sign for a
    number after a word is said as one: `Resolution #`.
    """
    heading = _NUMBER_SIGN.sub(" no", heading[:_LOOKED_AT])
    bare = _NUMBERING.sub("", heading)
    plural, single = bare.replace("(s)", "s"), bare.replace("(s)", "")
    found = (
        squashed(way) for way in (heading, bare, plural, single, _IN_BRACKETS.sub(" ", single))
    )
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
        found = _fields_named(way, columns)
        if found and any(map(columns.is_private, ways)):
            whole = squashed(ways[0])
            found = [pair for pair in found if pair[0] in UNPUBLISHED or pair[1] == whole]
        if found:
            return found
    return []


def _fields_named(heading: str, columns: Columns) -> list[tuple[str, str]]:
    """The fields of the first form of a heading that a list has, each with that form."""
    found = next(_listed_forms(heading, columns), [])
    if found:
        return found
    undated, at = when(heading)
    for pairs in _listed_forms(undated, columns) if at != NO_DAY else ():
        found = [pair for pair in pairs if _can_say(at, pair[0])]
        if found:
            return found
    parts = (*(heading.split("/") if "/" in heading else ()), *_known_lines(heading, columns))
    return next((pairs for part in parts for pairs in _listed_forms(part, columns)), [])


def _listed_forms(heading: str, columns: Columns) -> Iterator[list[tuple[str, str]]]:
    """The fields of each form of a heading that a list has, with that form."""
    for form in forms(heading):
        if form in columns.fields_of:
            yield [(name, form) for name in columns.fields_of[form]]


def listed_fields(heading: str, columns: Columns) -> list[str]:
    """The fields that any form of a heading names."""
    return [name for pairs in _listed_forms(heading, columns) for name, _ in pairs]


def _can_say(at: tuple[int, int, int], field: str) -> bool:
    """Whether a time in a heading may say which of several columns of a field it is."""
    return field in AGING if is_number(at) else field not in DATE_FIELDS


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
    """The parts of a heading that heads several fields at once, such as `Owner / Deadline`."""
    parts = [part.strip() for part in heading.split("/")]
    fields = [set(listed_fields(part, columns)) for part in parts]
    if len(parts) < 2 or not all(fields) or set.intersection(*fields):  # noqa: PLR2004
        return []
    return parts


def columns_by_name(headings: Headings, columns: Columns, fits: _Fits = _anything) -> Named:
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


_LEAST_SCORE = 0.45  # that a heading's words have to reach
LEAST_LEAD = 0.2  # by which it has to beat the next field
_ONE_OF_TWO = 0.5  # the score of a heading that heads two fields at once


class HeadingMatch(Struct, frozen=True):
    """How a heading was read: by name, or as a guess from the `words` that point to the field."""

    field: str
    heading: str
    score: float = 1
    words: tuple[str, ...] = ()
    guessed: bool = False


class Readings(Struct, frozen=True):
    """How columns are read, and the field of those that are read as nothing since another column is it."""

    matches: dict[int, HeadingMatch]
    beaten: dict[int, str]


def guesses(
    headings: Headings, taken: Iterable[str], columns: Columns, fits: _Fits = _anything
) -> Readings:
    """The columns without a known name whose words point to one field, each field's newest or likeliest."""
    found = {number: guess(words, columns) for number, words in headings.words.items()}
    offers = {
        number: match for number, match in found.items() if match and fits(number, match.field)
    }
    made: dict[int, HeadingMatch] = {}
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


def guess(words: str, columns: Columns) -> HeadingMatch | None:
    """The field to which a heading's words point, if one leads; none for a private one, or a status."""
    if columns.is_private(words) or squashed(words) in columns.status_of:
        return None
    parts = parts_of_several(words, columns)
    if parts:
        first = listed_fields(parts[0], columns)[0]
        return HeadingMatch(first, words, _ONE_OF_TWO, (f"first of {len(parts)}",), guessed=True)
    ranked = sorted(_word_scores(words, columns).items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < _LEAST_SCORE or ranked[0][0] not in _guessable(words, columns):
        return None
    name, score = ranked[0]
    if len(ranked) > 1 and score - ranked[1][1] < LEAST_LEAD:
        return None
    why = tuple(w for w in key(words).split() if name in columns.field_words.get(stem(w), {}))
    return HeadingMatch(name, words, score, why, guessed=True)


def is_likely(words: str, field: str, columns: Columns) -> bool:
    """Whether a heading begins with a name of a field, or its words point there most, however little: those
    before the first *for* or *to*, which *Reason for action* has. A private one never does.
    """
    if columns.is_private(words) or field not in _guessable(words, columns):
        return False
    said = key(when(words)[0]).split()
    before = list(takewhile(lambda word: word not in FAINT_WORDS, said))
    first = before[:1]
    scores = _word_scores(" ".join(before), columns)
    nearest = max(scores, key=lambda name: scores[name], default="")
    return field in (nearest, *(name for word in first for name in columns.fields_of.get(word, [])))
