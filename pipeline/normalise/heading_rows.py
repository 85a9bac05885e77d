"""Which rows of a sheet can head a table: most of their cells are headings, by name or by their words; and which rows
are the table's, up to those that head another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain, islice, pairwise, takewhile

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council.columns import Columns
from pipeline.council.dates import date_text
from pipeline.ingest.workbook import Sheet, SourceRow
from pipeline.model.action import Place
from pipeline.model.text import ends_sentence, is_sentence
from pipeline.model.words import ends, key, squashed
from pipeline.normalise.ages import LONGEST_READ
from pipeline.normalise.claims import HeadedColumns, settle
from pipeline.normalise.headings import (
    FEWEST_HEADINGS,
    IN_BRACKETS,
    LONGEST_HEADING,
    is_named,
    possible_fields,
)
from pipeline.normalise.looks import Profile, ReadColumn
from pipeline.normalise.title_words import committee_of_line, parts_of
from pipeline.normalise.tracker import Layout

_LONGEST_UNKNOWN_HEADING = 30  # characters


class Recognised(Struct, frozen=True, dict=True):
    """The headings of a row, or of two rows read as one: the ways to read each, the first with all its words, and
    what they name.
    """

    first_row: int
    last_row: int
    ways: dict[int, tuple[str, ...]]
    known: Columns

    @cached_property
    def words(self) -> dict[int, str]:
        """The words of each heading, on one line."""
        return {number: " ".join(ways[0].split()) for number, ways in self.ways.items()}

    @cached_property
    def named(self) -> dict[int, dict[str, str]]:
        """The columns whose headings name fields, and those fields, each with the form that names it."""
        found = {number: possible_fields(ways, self.known) for number, ways in self.ways.items()}
        return {number: fields for number, fields in found.items() if fields}

    @cached_property
    def settled(self) -> dict[int, ReadColumn]:
        """What each column would be whatever stands below it."""
        empty = Profile((), self.known)
        columns = {
            n: ReadColumn(n, words, self.named.get(n, {}), empty) for n, words in self.words.items()
        }
        return settle(HeadedColumns(self.known, columns))

    @cached_property
    def by_name(self) -> dict[int, str]:
        """The field of each column that is read by its name."""
        return {n: one.field for n, one in self.settled.items() if one.claim and one.names}

    @cached_property
    def too_long(self) -> set[int]:
        """The columns whose words are longer than a heading, without what brackets explain."""
        return {
            number
            for number, (words, *_) in self.ways.items()
            if len(words) > LONGEST_HEADING
            and len(IN_BRACKETS.sub("", words[:LONGEST_READ])) > LONGEST_HEADING
        }

    @property
    def how_many(self) -> int:
        """How many columns are known, by name or by their words; 0 where only guesses are, for they are weak."""
        several = len(self.named)
        if not several:
            return 0
        guessed = sum(one.claim is not None and not one.names for one in self.settled.values())
        return several + guessed - (several == 1)  # a single sure one is weak evidence

    @property
    def heads_another_table(self) -> bool:
        """Whether a row below the headings heads another table: two thirds of its cells, for *Done* or *Item* may stand
        in any row, are headings by name, of one field each, and none is prose or a day. Most rows are known
        not to by their first cells.
        """
        if self.too_long:
            return False
        others = (ways for ways in self.ways.values() if not possible_fields(ways, self.known))
        if next(islice(others, len(self.ways) // 3, None), None) is not None:
            return False
        if len(self.by_name) < FEWEST_HEADINGS or 3 * len(self.by_name) < 2 * len(self.ways):
            return False
        return not any(date_text(None, words).day for words in self.words.values())

    @cached_property
    def is_heading(self) -> bool:
        """Whether most of the words are headings that we know, by name or by their words. Beside one that is
        longer than a heading all others have to be known by name, beside a sentence most; and most are not words for
        how things stand.
        """
        statuses = sum(squashed(words) in self.known.status_of for words in self.words.values())
        if 2 * statuses > len(self.words):
            return False
        if self.too_long:
            others = self.words.keys() - self.too_long
            is_alone = len(self.words) - 1 == len(others) > FEWEST_HEADINGS
            return is_alone and others <= self.named.keys()
        is_told = any(words.endswith(".") and is_sentence(words) for words in self.words.values())
        known = len(self.named) if is_told else self.how_many
        return known >= FEWEST_HEADINGS and 2 * known >= len(self.words)


def recognise(row: SourceRow, known: Columns) -> Recognised:
    """A row as headings; cells merged from the rows above are those rows'."""
    ways: dict[int, tuple[str, ...]] = {number: (cell.lines,) for number, cell in row.own.items()}
    return Recognised(row.number, row.number, ways, known)


def heading_rows(sheet: Sheet, known: Columns) -> Iterator[Recognised]:
    """The rows that can head a table, each with the row below where its headings go on there."""
    every = chain((recognise(row, known) for row in sheet.rows), [None])
    both = None
    for above, row, (this, other) in zip(
        (None, *sheet.rows), sheet.rows, pairwise(every), strict=False
    ):
        if both or this is None:  # it is the lower of two
            both = None
            continue
        if other and other.first_row == row.number + 1:
            both = _two_rows(row, this, other) or _said_twice(this, other)
        if both:
            yield both
        elif this.is_heading:
            is_above = above is not None and above.number + 1 == row.number
            yield _with_private_above(above, this) if above and is_above else this


def _two_rows(upper: SourceRow, alone: Recognised, below: Recognised) -> Recognised | None:
    """Two rows as headings, if those of the upper go on in the lower: under cells merged over columns, or by
    making more names known. A lower row that could head the table itself goes on with the upper one only where
    it stands under such cells, and the upper has names of its own beside them.
    """
    both = _joined(upper, below)
    across = [
        {*range(number, cell.last_column + 1)}
        for number, cell in upper.cells.items()
        if cell.last_column > number
    ]
    is_split = any(len(below.words.keys() & numbers) > 1 for numbers in across)
    if not both.is_heading:
        return None
    fields = [len(one.by_name) for one in (both, alone, below)]
    if below.is_heading:
        is_under = is_split and below.words.keys() <= set.union(*across)
        return both if is_under and fields[0] > fields[2] else None
    return both if fields[0] > fields[1] or (is_split and alone.is_heading) else None


def _joined(upper: SourceRow, below: Recognised) -> Recognised:
    """Two rows as headings: a cell merged over several columns heads each of them, and what stands under
    it may name one by itself.
    """
    over = {
        column: cell
        for number, cell in upper.cells.items()
        for column in range(number, max(number, cell.last_column) + 1)
    }
    ways: dict[int, tuple[str, ...]] = {}
    for number in sorted({*over, *below.words}):
        cell, under = over.get(number), below.words.get(number, "")
        parts = [*filter(None, (cell.words if cell else "", under))]
        is_across = cell is not None and cell.last_column > cell.place.column
        if parts:
            ways[number] = (" ".join(parts), *(reversed(parts) if is_across else ()))
    return Recognised(upper.number, below.last_row, ways, below.known)


def _said_twice(one: Recognised, other: Recognised) -> Recognised | None:
    """Two rows as headings, if both say the same, as in two languages: in each column both can name one field,
    as far as they are known, and two thirds of the lower are names. Those of the row of which more are known
    are read; what one of them calls private is.
    """
    if not one.is_heading or not other.is_heading or one.words.keys() != other.words.keys():
        return None
    both_named = one.named.keys() & other.named.keys()
    is_same = all(one.named[number].keys() & other.named[number] for number in both_named)
    if not is_same or 3 * len(other.by_name) < 2 * len(other.words):
        return None
    best = other if len(other.by_name) > len(one.by_name) else one
    both = {number: f"{words} {other.words[number]}" for number, words in one.words.items()}
    private = {number: (words,) for number, words in both.items() if best.known.is_private(words)}
    return replace(one, last_row=other.last_row, ways={**best.ways, **private})


def _with_private_above(above: SourceRow, headings: Recognised) -> Recognised:
    """Headings with the words of a cell above that is merged over some of them and says that they are private."""
    ways = dict(headings.ways)
    for number, cell in above.cells.items():
        group = ways.keys() & {*range(number, cell.last_column + 1)}
        if 0 < len(group) < len(ways) and headings.known.is_private(cell.words):
            ways |= {one: (f"{cell.words} {headings.words[one]}",) for one in group}
    return replace(headings, ways=ways)


def _repeats_headings(headings: Recognised, at: Mapping[str, int]) -> bool:
    """Whether a row below the headings says them again: every cell by name, in its own column. A row of
    few words is none (*Complete* is a status, too), nor one whose words are all struck through.
    """
    if len(headings.ways) < FEWEST_HEADINGS or headings.too_long:
        return False
    fields = {number: name for name, number in at.items()}
    known = headings.known
    return all(is_named(words, fields.get(n, ""), known) for n, words in headings.words.items())


def _other_order(row: SourceRow, there: Mapping[str, int], several: int) -> dict[int, int]:
    """Where a row that says headings again in another order has each of them; empty if it does not. `there` has the
    columns of the `several` headings by their keys.
    """
    if any(key(cell.words) not in there for cell in row.own.values()):
        return {}  # as almost always
    here = {key(cell.words): number for number, cell in row.own.items()}
    is_whole = len(there) == several >= FEWEST_HEADINGS and len(here) == len(row.cells)
    if not is_whole or here.keys() != there.keys() or here == there:
        return {}
    return {there[words]: number for words, number in here.items()}


def heads_actions(row: SourceRow, columns: Columns) -> bool:
    """Whether a row heads a table of actions: what was asked and something about it, or what was done."""
    headings = recognise(row, columns)
    found = set(headings.by_name.values())
    about = {"update", "status", "officers", "due"}
    is_told = {"title", "update"} <= found or ("action" in found and not found.isdisjoint(about))
    return is_told and headings.heads_another_table


def _heads_unknown_table(rows: list[SourceRow], layout: Layout, known: Columns) -> bool:
    """Whether the middle one of three rows, which stands apart from the row above and not from the row
    below, reads as the headings of a table of something else: words in each cell, one of them the name of
    another field, none of them a sentence, a day or a number, and no status that there is.
    """
    above, row, below = rows
    is_apart = row.number > above.number + 1 or len(above.own) == 1
    words = {number: words for number, words in row.words.items() if words} if is_apart else {}
    if below.number > row.number + 1 or len(words) < FEWEST_HEADINGS:
        return False
    status = words.get(layout.columns.get("status", 0))
    if status is None or known.status(status) != "unknown":
        return False
    fields = {number: name for name, number in layout.columns.items()}
    is_dated = layout.columns.get("date") in (None, *row.cells)
    return (
        is_dated
        and any(_names_another(said, fields.get(n, ""), known) for n, said in words.items())
        and all(
            len(said) <= _LONGEST_UNKNOWN_HEADING
            and not ends_sentence(said)
            and not re.search(r"\d", said)
            for said in words.values()
        )
    )


def _names_another(words: str, field: str, columns: Columns) -> bool:
    """Whether some words are the name of a field, and of others than the one given."""
    return bool(possible_fields((words,), columns)) and not is_named(words, field, columns)


class TableRows(Struct, frozen=True):
    """The rows of the table below its headings, those that say its headings `again` left out; and the rows of what
    stands `below` it, from the headings of another table on. Rows under the same headings in another order have their
    cells in the table's own; `moved` says where.
    """

    rows: tuple[SourceRow, ...]
    again: tuple[Place, ...] = ()
    below: tuple[SourceRow, ...] = ()
    moved: dict[int, dict[str, int]] = {}


def _lines_of_another(rows: list[SourceRow], layout: Layout, committee: str, known: Columns) -> int:
    """How many rows right above headings that come again are lines one of which names a committee other than the
    table's own; none where that is a council.
    """
    lefts = {1, min(layout.columns.values())}
    lines = [*takewhile(lambda row: len(row.own) == 1 and lefts & row.own.keys(), reversed(rows))]
    named = [
        committee_of_line(words, known.title_block) for row in lines for words in row.words.values()
    ]
    is_other = any(name and not ends(name, (committee,)) for name in named)
    return len(lines) if is_other and parts_of(committee, known.title_block).is_body else 0


def table_rows(sheet: Sheet, layout: Layout, known: Columns, committee: str) -> TableRows:
    """The rows of a sheet's table, that of a `committee`."""
    here = [row for row in sheet.rows if row.number > layout.heading_row]
    first, last = layout.first_row, layout.heading_row
    heads = [row.words for row in sheet.rows if first <= row.number <= last]
    said = {squashed(words) for row in heads for words in row.values()}
    there = {key(words): number for number, words in heads[-1].items() if words}
    rows: list[SourceRow] = []
    again: list[Place] = []
    below: tuple[SourceRow, ...] = ()
    moved: dict[int, dict[str, int]] = {}
    order: dict[int, int] = {}
    for index, row in enumerate(here):
        anew = _other_order(row, there, len(heads[-1]))
        headings = recognise(row, known)
        if anew or row.words in heads or _repeats_headings(headings, layout.columns):
            if others := _lines_of_another(rows, layout, committee, known):
                rows, below = rows[:-others], tuple(here[index - others :])
                break
            order = anew
            own = ((cell, n in headings.named) for n, cell in row.own.items())
            again += (cell.place for cell, named in own if named or squashed(cell.words) in said)
            continue
        is_other = 0 < index < len(here) - 1 and _heads_unknown_table(
            here[index - 1 : index + 2], layout, known
        )
        if is_other or headings.heads_another_table:
            below = tuple(here[index:])
            break
        rows.append(_in_order(row, order) if order else row)
        if order:
            moved[row.number] = {name: order.get(at, at) for name, at in layout.columns.items()}
    return TableRows(tuple(rows), tuple(again), below, moved)


def _in_order(row: SourceRow, order: Mapping[int, int]) -> SourceRow:
    """A row with its cells in the columns of the headings further up; what stands beside them stays."""
    others = row.cells.keys() - set(order.values())
    pairs = {**{number: number for number in others}, **order}
    return replace(
        row,
        cells={here: row.cells[at] for here, at in sorted(pairs.items()) if at in row.cells},
        fills={here: row.colour(at) for here, at in pairs.items()},
    )
