"""Which rows of a sheet can head a table: most of their cells are headings, by name or by their words."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.council.columns import Columns
from pipeline.ingest.workbook import Sheet, SourceRow
from pipeline.model.words import squashed
from pipeline.normalise.headings import (
    FEWEST_HEADINGS,
    Headings,
    columns_by_name,
    guesses,
    has_prose,
    one_row,
    possible_fields,
    too_long,
    two_rows,
    without,
)


def heading_rows(sheet: Sheet, columns: Columns) -> Iterator[Headings]:
    """The rows that can head a table, each with the row below where its headings go on there."""
    skipped = 0
    for index, row in enumerate(sheet.rows):
        if row.number == skipped:
            continue
        below = sheet.rows[index + 1] if index + 1 < len(sheet.rows) else None
        is_next = below is not None and below.number == row.number + 1
        if below is not None and is_next and _are_two_rows(row, below, columns):
            skipped = below.number
            yield two_rows(row, below)
        elif below is not None and is_next and _are_said_twice(row, below, columns):
            skipped = below.number
            yield _said_twice(row, below, columns)
        elif is_heading(one_row(row), columns):
            above = sheet.rows[index - 1] if index else None
            is_above = above is not None and above.number + 1 == row.number
            yield (
                _with_private_above(above, one_row(row), columns)
                if above and is_above
                else one_row(row)
            )


def _are_said_twice(upper: SourceRow, lower: SourceRow, columns: Columns) -> bool:
    """Whether a row's headings stand in the row below again, as in another language: in each column both can
    name one field, as far as they are known, and two thirds of the lower are names.
    """
    one, other = one_row(upper), one_row(lower)
    if not is_heading(one, columns) or not is_heading(other, columns):
        return False
    is_known = 3 * len(columns_by_name(other, columns).fields) >= 2 * len(other.words)
    pairs = [
        [{name for name, _ in possible_fields(row.ways[n], columns)} for row in (one, other)]
        for n in one.words.keys() & other.words.keys()
    ]
    are_one = all(not first or not second or first & second for first, second in pairs)
    return is_known and are_one and one.words.keys() == other.words.keys()


def _said_twice(upper: SourceRow, lower: SourceRow, columns: Columns) -> Headings:
    """The headings of two rows that say the same: those of the row of which more are known; what one of them
    calls private is.
    """
    one, other = one_row(upper), one_row(lower)
    is_lower = len(columns_by_name(other, columns).fields) > len(
        columns_by_name(one, columns).fields
    )
    words, ways = dict((other if is_lower else one).words), dict((other if is_lower else one).ways)
    for number in words:
        both = f"{one.words[number]} {other.words[number]}"
        if columns.is_private(both):
            words[number], ways[number] = both, (both,)
    return Headings(upper.number, lower.number, words, ways)


def _with_private_above(above: SourceRow, headings: Headings, columns: Columns) -> Headings:
    """Headings with the words of a cell above that is merged over some of them and says that they are private."""
    private: dict[int, str] = {}
    for number, cell in above.cells.items():
        group = headings.words.keys() & {*range(number, cell.last_column + 1)}
        if 0 < len(group) < len(headings.words) and columns.is_private(cell.words):
            private |= dict.fromkeys(group, cell.words)
    words = {
        number: f"{private[number]} {said}" if number in private else said
        for number, said in headings.words.items()
    }
    ways = {**headings.ways, **{number: (words[number],) for number in private}}
    return Headings(headings.first_row, headings.last_row, words, ways)


def _are_two_rows(upper: SourceRow, lower: SourceRow, columns: Columns) -> bool:
    """Whether a row's headings go on in the row below: under cells merged over columns, or by making
    more names known. A lower row that could head the table itself goes on with the upper one only where
    it stands under such cells, and the upper has names of its own beside them.
    """
    both, alone, below = two_rows(upper, lower), one_row(upper), one_row(lower)
    across = [
        {*range(number, cell.last_column + 1)}
        for number, cell in upper.cells.items()
        if cell.last_column > number
    ]
    is_split = any(len(below.words.keys() & numbers) > 1 for numbers in across)
    is_under = is_split and below.words.keys() <= set.union(*across)
    known, known_alone, known_below = (
        len(set(columns_by_name(some, columns).fields.values())) for some in (both, alone, below)
    )
    if not is_heading(both, columns):
        return False
    if is_heading(below, columns):
        return is_under and known > known_below
    return known > known_alone or (is_split and is_heading(alone, columns))


def is_heading(headings: Headings, columns: Columns) -> bool:
    """Whether most of some words are headings that we know, by name or by their words. Beside one that is
    longer than a heading all others have to be known by name; and most are not words for how things stand.
    """
    statuses = sum(squashed(words) in columns.status_of for words in headings.words.values())
    if 2 * statuses > len(headings.words):
        return False
    if has_prose(headings):
        found = columns_by_name(headings, columns)
        others = headings.words.keys() - too_long(headings)
        return others <= {*found.fields, *found.beaten} and (
            len(headings.words) - 1 == len(others) > FEWEST_HEADINGS
        )
    known = how_many_known(headings, columns)
    return known >= FEWEST_HEADINGS and 2 * known >= len(headings.words)


def how_many_known(headings: Headings, columns: Columns) -> int:
    """How many columns are known, by name or by their words; 0 where only guesses are, for they are weak."""
    found = columns_by_name(headings, columns)
    if not found.fields:
        return 0
    rest = without(headings, {*found.fields, *found.beaten})
    guessed = guesses(rest, found.fields.values(), columns).matches
    several = len(found.fields) + len(found.beaten)
    return several + len(guessed) - (several == 1)  # a single sure one is weak evidence
