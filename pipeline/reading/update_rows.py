"""Updates on rows of their own, below the action whose they are: labelled, dated, or across the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from pipeline.columns import Columns
from pipeline.dates import day_within
from pipeline.reading.heading_names import is_named
from pipeline.reading.looks import cell_day
from pipeline.reading.table_rows import Filled
from pipeline.text import is_sentence
from pipeline.workbook import SourceCell

WORDED = frozenset({"title", "action", "update"})
Gathered: TypeAlias = Mapping[
    str, tuple[SourceCell, ...]
]  # the cells of an action's rows, by field


def labelled_update(
    one: Filled, following: Filled | None, above: Gathered, known: Columns
) -> tuple[SourceCell, ...]:
    """The cells of a row that is labelled as an update of the action above (*Update: …*, in the cell or
    beside it), without a label that says nothing more; none where the row is no such.
    """
    (name, first), *others = sorted(one.own.items(), key=lambda pair: pair[1].place)
    label, colon, words = first.words.partition(":")
    found = day_within(label)
    if name == "update" or not is_named(found[0] if found else label, "update", known):
        return ()
    if not others:
        is_free = following is None or following.begins
        is_item = name == "title" and not (one.row.spanned or (is_free and "update" not in above))
        return (first,) if colon and words.strip() and not is_item else ()
    (field, said), *rest = others
    is_label = not words and (colon or name in ("reference", "date"))
    if rest or not is_label or not (field in WORDED or said.last_column):
        return ()
    return (first, said) if found else (said,)


def is_dated_update(one: Filled, above: Gathered) -> bool:
    """Whether a row has only a day and an update, the day no earlier than that of the action above."""
    if one.own.keys() != {"date", "update"} or "action" not in above:
        return False
    before = above.get("date", (one.own["date"],))[0]
    day, other = cell_day(one.own["date"]), cell_day(before)
    return day is not None and (other is None or other <= day)


def updates_across(filled: list[Filled]) -> set[int]:
    """Which rows are sentences across the table that can only be the updates of the actions right above
    them: several, each below an action, in a table whose column of updates is empty.
    """
    lines = [
        number
        for number, one in enumerate(filled)
        if one.row.spanned
        and len(one.own) == 1
        and all(is_sentence(c.words) for c in one.own.values())
    ]
    are_below = all(number and "action" in filled[number - 1].own for number in lines)
    is_empty = all("update" not in one.held for one in filled)
    return set(lines) if len(lines) > 1 and are_below and is_empty else set()
