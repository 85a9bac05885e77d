"""A row of a table: what it says by itself (with what its ditto marks stand for), and what in its place. The rules of
`row_kinds` read it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from pipeline.council.columns import COLUMN_FIELDS, Columns
from pipeline.council.dates import day_within
from pipeline.ingest.workbook import SourceCell, SourceRow
from pipeline.model.action import COMMITTEE_FIELD, DATE_FIELDS
from pipeline.model.people import is_person, people_named
from pipeline.model.text import is_sentence
from pipeline.model.words import LEAD_END, is_one, key, keys, lead
from pipeline.normalise.heading_rows import TableRows
from pipeline.normalise.looks import cell_day, reference_shape
from pipeline.normalise.tracker import Layout

TOLD = frozenset({"action", "update", "status"})  # what an item's own row lacks
SINGLE = frozenset({"officers", "due", "status"})  # of an action, of which each has one
_STARTERS = frozenset({"action", "reference", COMMITTEE_FIELD})  # on an action's first row alone
_FILLED = frozenset({"update", "status", "officers", "due"})
_DITTO_FIELDS = ("title", "officers", "due", "status", COMMITTEE_FIELD)
_DO = "do"  # short for ditto, however typed where dates stand
_PARTS = re.compile(r"[;,|]")
_COUNT = re.compile(r"(?:(\d{1,3})\s+)?(\D*?)(\d{1,3}(?:\s?%)?)?")  # such as `Completed: 4`
_LONGEST_COUNT = 40  # characters
_ACROSS = 2  # columns more than its own, over which a cell is a line across the table
Cells: TypeAlias = Mapping[str, SourceCell]  # by field
ActionCells: TypeAlias = Mapping[str, tuple[SourceCell, ...]]  # an action's cells, by field


class Filled(Struct, frozen=True, dict=True):
    """A row with words: its cells by field, those that are its `own` and not merged from above, and
    whether rows without words stand between it and the one before (`apart`). `unmeant` are ditto marks below
    nothing.
    """

    row: SourceRow
    held: dict[str, SourceCell]
    own: dict[str, SourceCell]
    known: Columns
    apart: bool = False
    unmeant: tuple[SourceCell, ...] = ()

    @cached_property
    def cells(self) -> list[SourceCell]:
        """Its own cells, as one reads them."""
        return sorted(self.own.values(), key=lambda cell: cell.place.column)

    @cached_property
    def words(self) -> list[str]:
        return [cell.words for cell in self.cells]

    @property
    def only(self) -> str:
        """The field of its only cell; nothing where it has several."""
        return next(iter(self.own)) if len(self.own) == 1 else ""

    @property
    def begins(self) -> bool:
        """Whether the row has an item's date or title."""
        return "date" in self.own or "title" in self.own

    @property
    def starts(self) -> bool:
        """Whether the row has what only an action's first row has."""
        return self.begins or not self.own.keys().isdisjoint(_STARTERS)

    @cached_property
    def has_day(self) -> bool:
        """Whether the row has a day in a column of days."""
        return any(cell_day(self.own[name]) is not None for name in DATE_FIELDS if name in self.own)

    @cached_property
    def has_status(self) -> bool:
        """Whether the row has a status that there is."""
        return "status" in self.own and self.known.status(self.own["status"].words) != "unknown"

    @cached_property
    def is_told(self) -> bool:
        """Whether the row has what only an action has: a day, what was asked (which no status is) and what was
        done or who does it, or a sentence that asks and how it stands.
        """
        if self.has_day or "action" not in self.own:
            return self.has_day
        asked = self.own["action"].words
        is_done = "update" in self.own or (self.has_status and is_sentence(asked))
        return (is_done or self._has_officer) and self.known.status(asked) == "unknown"

    @property
    def _has_officer(self) -> bool:
        """Whether the row has a person for an officer, and counts nothing."""
        given = people_named(self.own["officers"].words) if "officers" in self.own else ()
        is_count = any(map(str.isdecimal, self.words[1:]))
        return not is_count and any(is_person(one.name) for one in given)

    @cached_property
    def _lead(self) -> str:
        """What the row begins with: the words of its first cell up to a colon or a dash, without numbers."""
        return lead(self.words[0])

    @cached_property
    def begins_key(self) -> bool:
        """Whether the row, and what follows, explains signs or colours."""
        return self._lead in keys(self.known.under_table.keys) and not self.is_told

    @cached_property
    def is_bare_total(self) -> bool:
        """Whether the row is words for a total or a status and their numbers, and nothing else."""
        is_count = self.only not in TOLD and are_counts(self.words, self.known)
        return is_count and not self.has_status and not self.is_told

    @cached_property
    def is_total(self) -> bool:
        """Whether the row counts the actions above it: it says so, or has a number for a status."""
        counts = "status" in self.own and self.own["status"].words.isdecimal()
        is_total = self._lead in keys(self.known.under_table.totals) or (
            counts and self.own.keys().isdisjoint(("action", "reference"))
        )
        return (is_total and not self.is_told) or self.is_bare_total

    @property
    def is_surely_action(self) -> bool:
        """Whether the row is surely an action's: it says what was asked for, or has a reference and more."""
        names = self.own.keys()
        is_action = (
            "action" in names
            or {"reference"} < names
            or ("title" in names and not names.isdisjoint(_FILLED))
        )
        return is_action and not self.begins_key and not self.is_total


def are_counts(words: list[str], known: Columns) -> bool:
    """Whether words, the first of them a label, are those for totals or statuses, and numbers: *Completed | 1*."""
    labels: list[str] = []
    has_number = False
    for part in (part.strip() for said in words for part in _PARTS.split(said)):
        found = _COUNT.fullmatch(part) if len(part) <= _LONGEST_COUNT else None
        if found is None:
            return False
        label = found[2].strip(" :=–—-")
        if label and not (is_one(label, known.under_table.totals) or known.is_listed(label)):
            return False
        labels.append(label)
        has_number = has_number or bool(found[1] or found[3])
    return has_number and bool(labels[0])


def is_bare_key(words: list[str], known: Columns, *, goes_on: bool) -> bool:
    """Whether words only explain colours or statuses, in no sentence: a key's name, or one that `goes_on`."""
    if any(map(is_sentence, words)):
        return False
    first, *behind = LEAD_END.split(words[0], maxsplit=1)
    is_head = is_one(lead(first), known.under_table.keys)
    said = [*filter(key, behind), *words[1:]] if is_head else words
    entries = said[0].split(";") if said else []
    return (is_head or goes_on) and all(_is_sign(LEAD_END.split(one)[0], known) for one in entries)


def _is_sign(words: str, known: Columns) -> bool:
    """Whether words are a colour or a status, as a key explains them."""
    return is_one(words, known.under_table.colours) or known.is_listed(words)


def is_stamp(words: list[str], known: Columns) -> bool:
    """Whether words only say on what day the workbook was updated or printed."""
    found = day_within(" ".join(words))
    return found is not None and is_one(found[0], known.under_table.stamps) and not key(found[2])


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


class Kind(StrEnum):
    """What a row is, and so what becomes of it."""

    DAY = "meeting's day"
    BODY = "committee"
    SECTION = "section"
    GUIDANCE = "guidance"
    SPARE = "spare reference"
    KEY = "key"
    TOTAL = "total"
    STAMP = "day of the update"
    TITLE = "item's title"
    UPDATE = "update"
    JOINED = "joined update"
    CONTINUED = "continued action"
    WAITING = "item's first action"
    MORE = "more of the action"
    ACTION = "action"
    END = "below the table"


class WholeTable(Struct, frozen=True, dict=True):
    """The rows of a table with words, and what they are like as a whole. It has columns for some `fields`; the
    `committee` may stand in lines that head the rows of a meeting.
    """

    rows: list[Filled]
    known: Columns
    committee: str
    fields: Container[str]

    @cached_property
    def _sure(self) -> list[int]:
        """The numbers of the rows that are surely an action's."""
        return [n for n, one in enumerate(self.rows) if one.is_surely_action]

    @cached_property
    def shapes(self) -> set[str]:
        """The shapes of the actions' references."""
        given = (self.rows[number].own.get("reference") for number in self._sure)
        return {reference_shape(cell.words) for cell in given if cell is not None}

    @cached_property
    def last(self) -> int:
        """The number of the last row that is surely an action's."""
        return self._sure[-1] if self._sure else -1

    @cached_property
    def below(self) -> int:
        """The number of the first row that stands apart below it."""
        numbers = range(self.last + 1, len(self.rows))
        return next((n for n in numbers if self.rows[n].apart), len(self.rows))

    @cached_property
    def across(self) -> set[int]:
        """Which rows are sentences across the table that can only be the updates of the actions right above
        them: several, each below an action, in a table whose column of updates is empty.
        """
        lines = {
            number
            for number, one in enumerate(self.rows)
            if one.row.spanned and one.only and is_sentence(one.words[0])
        }
        are_below = all(number and "action" in self.rows[number - 1].own for number in lines)
        is_empty = all("update" not in one.held for one in self.rows)
        return lines if len(lines) > 1 and are_below and is_empty else set()


class PlacedRow(Struct, frozen=True, dict=True):
    """A row in its place: the kind of the row `before`, the cells of the action `above` it, those of its `item`,
    and whether the row `begins` another item in any case.
    """

    number: int
    table: WholeTable
    before: Kind | None
    above: ActionCells
    item: Cells
    begins: bool

    @cached_property
    def one(self) -> Filled:
        """What it says by itself."""
        return self.table.rows[self.number]

    @cached_property
    def own(self) -> Cells:
        """Its own cells, by field."""
        return self.one.own

    @property
    def below(self) -> Cells:
        """The cells of the row below it, by field."""
        rows = self.table.rows
        return rows[self.number + 1].own if self.number + 1 < len(rows) else {}

    @property
    def is_free(self) -> bool:
        """Whether the row below it, if there is one, begins an item."""
        return not self.below or self.table.rows[self.number + 1].begins

    @cached_property
    def is_new(self) -> bool:
        """Whether the row begins an item."""
        return self.begins or (self.one.begins and not _is_same_item(self.own, self.item))

    @cached_property
    def is_section(self) -> bool:
        """Whether the row is a line across the table, or a section's name."""
        name = self.one.only
        if not name:
            return False
        cell = self.own[name]
        if name == "reference" or (name == "date" and not self.one.has_day):
            return True
        if name == "title":
            return "title" in self.below
        is_across = cell.last_column - cell.place.column >= _ACROSS
        return self.one.row.spanned and (name not in TOLD or (name == "action" and is_across))


def _is_same_item(own: Cells, item: Cells) -> bool:
    """Whether a row says only what the item above says too: its date, its title, or both again."""
    date, title = own.get("date"), own.get("title")
    is_dated = date is None or ("date" in item and _is_same_day(date, item["date"]))
    is_titled = title is None or ("title" in item and key(title.words) == key(item["title"].words))
    return bool(item) and is_dated and is_titled


def _is_same_day(one: SourceCell, other: SourceCell) -> bool:
    """Whether two cells are the same day, however it was typed, or the same words."""
    return one.words == other.words or cell_day(one) == cell_day(other) is not None
