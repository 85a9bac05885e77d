"""The words of a heading row, or of two rows read as one. Knows nothing of fields."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from pipeline.workbook import SourceRow

LONGEST_HEADING = 80  # characters
FEWEST_HEADINGS = 3  # a row with fewer known headings is a title line that uses one of the words
IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


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
        if len(words) > LONGEST_HEADING and len(IN_BRACKETS.sub("", words)) > LONGEST_HEADING
    }


def has_prose(headings: Headings) -> bool:
    """Whether any words are longer than a heading."""
    return bool(too_long(headings))
