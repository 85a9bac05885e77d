"""Rows below a table's headings that are headings too: the same again, or those of another table."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.columns import Columns, key
from pipeline.dates import date_text
from pipeline.reading.heading_names import is_named, named, possible_fields
from pipeline.reading.headings import FEWEST_HEADINGS, has_prose, one_row
from pipeline.reading.layout import Layout
from pipeline.text import is_closed
from pipeline.workbook import SourceRow

LONGEST_UNKNOWN_HEADING = 30  # characters


def repeats_headings(row: SourceRow, columns: Columns, at: Mapping[str, int]) -> bool:
    """Whether a row below the headings says them again: every cell by name, in its own column. A row of
    few words is none (*Complete* is a status, too), nor one whose words are all struck through.
    """
    headings = one_row(row)
    if len(headings.words) < FEWEST_HEADINGS or has_prose(headings):
        return False
    fields = {number: name for name, number in at.items()}
    return all(
        is_named(words, fields.get(number, ""), columns) for number, words in headings.words.items()
    )


def other_order(row: SourceRow, heads: Mapping[int, str]) -> dict[int, int]:
    """Where a row that says headings again in another order has each of them; empty if it does not."""
    here = {key(words): number for number, words in one_row(row).words.items()}
    there = {key(words): number for number, words in heads.items() if words}
    is_whole = len(there) == len(heads) >= FEWEST_HEADINGS and len(here) == len(row.cells)
    if not is_whole or here.keys() != there.keys() or here == there:
        return {}
    return {there[words]: number for words, number in here.items()}


def heads_actions(row: SourceRow, columns: Columns) -> bool:
    """Whether a row heads a table of actions: what was asked and something about it, or what was done."""
    found = set(named(one_row(row), columns).fields.values())
    about = {"update", "status", "officers", "due"}
    is_told = {"title", "update"} <= found or ("action" in found and not found.isdisjoint(about))
    return is_told and heads_another_table(row, columns)


def heads_another_table(row: SourceRow, columns: Columns) -> bool:
    """Whether a row below the headings heads another table: two thirds of its cells are headings by
    name, for *Done* or *Item* may stand in any row.
    """
    headings = one_row(row)
    if has_prose(headings):
        return False
    found = len(named(headings, columns).fields)
    is_date = any(date_text(None, words).day for words in headings.words.values())
    return found >= FEWEST_HEADINGS and 3 * found >= 2 * len(headings.words) and not is_date


def heads_unknown_table(rows: list[SourceRow], layout: Layout, known: Columns) -> bool:
    """Whether the middle one of three rows, which stands apart from the row above and not from the row
    below, reads as the headings of a table of something else: words in each cell, one of them the name of
    another field, none of them a sentence, a day or a number, and no status that there is.
    """
    above, row, below = rows
    words = {number: cell.words for number, cell in row.cells.items() if cell.words}
    is_apart = row.number > above.number + 1 or len(one_row(above).words) == 1
    if not is_apart or below.number > row.number + 1 or len(words) < FEWEST_HEADINGS:
        return False
    status = words.get(layout.columns.get("status", 0))
    if status is None or known.status(status) != "unknown":
        return False
    fields = {number: name for name, number in layout.columns.items()}
    is_dated = layout.columns.get("date") in (None, *row.cells)
    return (
        is_dated
        and any(names_another(said, fields.get(n, ""), known) for n, said in words.items())
        and all(
            len(said) <= LONGEST_UNKNOWN_HEADING
            and not is_closed(said)
            and not re.search(r"\d", said)
            for said in words.values()
        )
    )


def names_another(words: str, field: str, columns: Columns) -> bool:
    """Whether some words are the name of a field, and of others than the one given."""
    return bool(possible_fields((words,), columns)) and not is_named(words, field, columns)
