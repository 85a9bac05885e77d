"""What a row of a table says by itself, whatever stands above it: facts found once, which the rules of `row_kinds`
read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from pipeline.council.columns import Columns
from pipeline.council.dates import day_within
from pipeline.ingest.workbook import SourceCell, SourceRow
from pipeline.model.action import COMMITTEE_FIELD, DATE_FIELDS
from pipeline.model.text import is_sentence
from pipeline.model.words import LEAD_END, is_one, key, keys, lead
from pipeline.normalise.looks import cell_day

ITEM_FIELDS = ("date", "title")
TOLD = frozenset({"action", "update", "status"})  # what an item's own row lacks
_STARTERS = frozenset({"action", "reference", COMMITTEE_FIELD})  # on an action's first row alone
_FILLED = frozenset({"update", "status", "officers", "due"})
_PARTS = re.compile(r"[;,|]")
_COUNT = re.compile(r"(?:(\d{1,3})\s+)?(\D*?)(\d{1,3}(?:\s?%)?)?")  # such as `Completed: 4`
_LONGEST_COUNT = 40  # characters
Cells: TypeAlias = Mapping[str, SourceCell]  # by field


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
        return sorted(self.own.values(), key=lambda cell: cell.place)

    @cached_property
    def words(self) -> list[str]:
        """The words of its own cells."""
        return [cell.words for cell in self.cells]

    @property
    def only(self) -> str:
        """The field of its only cell; nothing where it has several."""
        return next(iter(self.own)) if len(self.own) == 1 else ""

    @property
    def begins(self) -> bool:
        """Whether the row has an item's date or title."""
        return not self.own.keys().isdisjoint(ITEM_FIELDS)

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
        done, or a sentence that asks and how it stands.
        """
        if self.has_day or "action" not in self.own:
            return self.has_day
        asked = self.own["action"].words
        is_done = "update" in self.own or (self.has_status and is_sentence(asked))
        return is_done and self.known.status(asked) == "unknown"

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
    said = [*behind, *words[1:]] if is_head else words
    entries = said[0].split(";") if said else []
    return (is_head or goes_on) and all(_is_sign(LEAD_END.split(one)[0], known) for one in entries)


def _is_sign(words: str, known: Columns) -> bool:
    """Whether words are a colour or a status, as a key explains them."""
    return is_one(words, known.under_table.colours) or known.is_listed(words)


def is_stamp(words: list[str], known: Columns) -> bool:
    """Whether words only say on what day the workbook was updated or printed."""
    found = day_within(" ".join(words))
    return found is not None and is_one(found[0], known.under_table.stamps) and not key(found[2])
