"""The records: what an action is once it is read, and where in the workbook each field stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from typing import TypeAlias

from msgspec import Struct

from pipeline.model.document import Flow, Paragraph, flow_lines, text_of

Text: TypeAlias = tuple[Flow, ...]

# Fields that a tracker may have, and a paper has where its house style prints them.
OPTIONAL_TEXTS = ("response", "priority", "percent", "kind")
OPTIONAL_DATES = ("responded", "original_due")
OPTIONAL_FIELDS = frozenset({*OPTIONAL_TEXTS, *OPTIONAL_DATES})
TEXT_FIELDS = (
    "title", "action", "update", "status", "reference", "officers", "notes", *OPTIONAL_TEXTS,
)  # fmt: skip
ITEM_FIELDS = ("date", "title")  # that an item has for all its actions
DATE_FIELDS = ("date", "due", "completed", *OPTIONAL_DATES)
COMMITTEE_FIELD = "committee"
# Canonical statuses after which nothing is left to be done.
CLOSED = frozenset({"completed", "transferred", "not accepted", "no longer required"})
# Those that say that something is.
OPEN = frozenset({"not started", "in progress", "on hold"})
TO_CLOSE = "recommended for closure"  # says neither
OWED_FIELDS = ("date", "title", "action", "update", "status")


@cache
def column_letters(number: int) -> str:
    """What a workbook calls a column, counted from 1: `AB` is the 28th."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class Place(Struct, frozen=True, order=True, gc=False):
    """A cell of a workbook. Orders as one reads: sheet, row, column."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """Such as `E6`."""
        return f"{column_letters(self.column)}{self.row}"

    def seen_from(self, other: Place) -> str:
        """The cell as one says it beside another: with its sheet only where that is not the same."""
        return self.cell if self.sheet == other.sheet else str(self)

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


class DateText(Struct, frozen=True, gc=False):
    """A date as the officer gave it: `text` is empty for real dates, `day` is None for words.

    `unreadable`: it was meant as a day, and is none.
    """

    text: str = ""
    day: date | None = None
    unreadable: bool = False

    def __bool__(self) -> bool:
        return bool(self.text or self.day)


class Status(Struct, frozen=True):
    """The canonical state (`unknown` where no mapping names the words), and the officer's words.

    `colour` fills a cell that has no words: those are then the council's own for what it means. `is_listed`:
    they are one of the listed words, and nothing more.
    """

    canonical: str
    words: Text
    colour: str = ""
    is_listed: bool = False


class Action(Struct, frozen=True, dict=True):
    """One action. `cells` holds the place of every field, of empty ones too, and `several` those of all cells of a
    field that has more than one; `item` counts from 1.
    """

    item: int
    reference: Text
    date: DateText
    title: Text
    action: Text
    officers: Text
    due: DateText
    update: Text
    status: Status
    completed: DateText
    notes: Text
    response: Text
    responded: DateText
    priority: Text
    percent: Text
    kind: Text
    original_due: DateText
    cells: Mapping[str, Place]
    several: Mapping[str, tuple[Place, ...]] = {}

    @cached_property
    def words(self) -> dict[str, str]:
        """What each text says, a line a paragraph, and each date as the officer gave it in words."""
        texts = {name: plain(said) if (said := self.text(name)) else "" for name in TEXT_FIELDS}
        return texts | {name: self.day(name).text for name in DATE_FIELDS}

    def text(self, field: str) -> Text:
        """The words of a field that is not a date."""
        value = getattr(self, field)
        return value.words if isinstance(value, Status) else value

    def day(self, field: str) -> DateText:
        """The words or the day of a field that is a date."""
        given: DateText = getattr(self, field)
        return given


def plain(text: Text) -> str:
    """The words of a text, a line a paragraph; list items begin with a bullet or their number."""
    if len(text) == 1 and isinstance(text[0], Paragraph):  # as almost always
        return text_of(text[0].runs)
    return "\n".join(flow_lines(text))
