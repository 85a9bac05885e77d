"""The rows of a table: those that are headings again, where it ends, and what its ditto marks stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council.columns import COLUMN_FIELDS, Columns
from pipeline.council.dates import date_text
from pipeline.ingest.workbook import Sheet, SourceRow
from pipeline.model.action import COMMITTEE_FIELD, Place
from pipeline.model.text import ends_sentence
from pipeline.model.words import ends, is_one, key, squashed
from pipeline.normalise.heading_rows import Recognised, recognise
from pipeline.normalise.headings import FEWEST_HEADINGS, is_named, possible_fields
from pipeline.normalise.rows import Cells, Filled
from pipeline.normalise.title_words import committee_of_line, parts_of
from pipeline.normalise.tracker import Layout

_LONGEST_UNKNOWN_HEADING = 30  # characters


def _repeats_headings(headings: Recognised, at: Mapping[str, int]) -> bool:
    """Whether a row below the headings says them again: every cell by name, in its own column. A row of
    few words is none (*Complete* is a status, too), nor one whose words are all struck through.
    """
    if len(headings.words) < FEWEST_HEADINGS or headings.too_long:
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
    return is_told and _heads_another_table(headings)


def _heads_another_table(headings: Recognised) -> bool:
    """Whether a row below the headings heads another table: two thirds of its cells are headings by
    name, for *Done* or *Item* may stand in any row.
    """
    if not headings.are_mostly_named or len(headings.by_name) < FEWEST_HEADINGS:
        return False
    return not any(date_text(None, words).day for words in headings.words.values())


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


_DITTO_FIELDS = ("title", "officers", "due", "status", COMMITTEE_FIELD)
_DO = "do"  # short for ditto, however typed where dates stand


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
        if is_other or _heads_another_table(headings):
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


def filled_rows(table: TableRows, layout: Layout, known: Columns) -> list[Filled]:
    """The rows with words in the table's columns. A date that only repeats the one above is none, and
    other ditto marks stand for the cell above, as if merged; rows between which the headings come again, as
    on a new page, are not apart.
    """
    found: list[Filled] = []
    above: Cells = {}
    before = layout.heading_row
    for row in table.rows:
        held = {one.field: cell for one in layout.read if (cell := layout.cell(one.field, row))}
        if "due" in held and held["due"] is held.get("original_due"):
            del held["original_due"]
        said = held["date"].words if "date" in held else ""
        if found and (is_ditto(said, known) or key(said) == _DO):
            del held["date"]
        dittos = {n for n in _DITTO_FIELDS if n in held and is_ditto(held[n].words, known)}
        unmeant = tuple(held.pop(name) for name in sorted(dittos - above.keys()))
        held |= {name: above[name] for name in dittos & above.keys()}
        own = {name: cell for name, cell in held.items() if cell.anchor_row == row.number}
        if own:
            is_apart = row.number > before + 1 and not any(
                before < heading.row < row.number for heading in table.again
            )
            found.append(Filled(row, held, own, known, is_apart, unmeant))
            kept = ("title", COMMITTEE_FIELD) if found[-1].starts else COLUMN_FIELDS
            above = {**{name: cell for name, cell in above.items() if name in kept}, **held}
        if row.cells:
            before = row.number
    return found


def is_ditto(words: str, known: Columns) -> bool:
    """Whether words only say that what stands above holds."""
    return is_one(words, known.cells.dittos) or words.strip() in known.cells.ditto_marks
