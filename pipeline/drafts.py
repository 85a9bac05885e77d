"""The rows of a table put together into actions: items carried down, continuations joined, the rest left out.

What no action took is given back with its place, so that it can be said. Knows nothing of what the
words mean, but for dates that head the rows below them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline import headings
from pipeline.columns import Columns, key
from pipeline.dates import date_text
from pipeline.headings import FEWEST_HEADINGS
from pipeline.layout import Layout
from pipeline.records import COMMITTEE_FIELD, Place
from pipeline.rivals import REFERENCE
from pipeline.text import is_closed
from pipeline.workbook import Sheet, SourceCell, SourceRow

ITEM_FIELDS = ("date", "title")
STARTERS = frozenset(
    {"action", "reference", COMMITTEE_FIELD}
)  # what only an action's first row has
FILLED = frozenset({"update", "status", "officers", "due"})
TOLD = frozenset({"action", "update", "status"})  # what an item's own row lacks
LONGEST_UNKNOWN_HEADING = 30  # characters
ACROSS = 2  # columns more than its own, over which a cell is a line across the table
WORD = re.compile(r"[a-z]{3}")
YEARS = re.compile(r"\d{4}\s*[/–-]\s*\d{2,4}")
LABEL = re.compile(r"\(?[A-Za-z\d]{1,2}[).]")  # of columns, such as (a) (b) (c)
HINT = re.compile(r"d{1,2}\s?[/.-]\s?m{1,3}\s?[/.-]\s?y{2,4}", re.IGNORECASE)  # such as dd/mm/yyyy
COLON = re.compile(r":|=|\s[-–—]\s")
DITTO = frozenset({"as above", "ditto", "see above", "same", "do"})
DITTO_MARKS = frozenset({'"', "''", "”", "“", "″", "〃"})
CONTINUED = re.compile(r"(.+?)\s*\(?\s*cont(?:['’]?d|inued|\.)?\.?\s*\)?", re.IGNORECASE)

Cells: TypeAlias = Mapping[str, SourceCell]  # by field


class Draft(Struct, frozen=True):
    """An action while its rows are being read: the cells of each field, row by row.

    `fill`: the colour of its status cell, where that has no words.
    """

    item: int
    row: int
    cells: dict[str, tuple[SourceCell, ...]]
    fill: str = ""


class Filled(Struct, frozen=True):
    """A row with words: its cells by field, those that are its `own` and not merged from above, and
    whether rows without words stand between it and the one before (`apart`).
    """

    row: SourceRow
    held: dict[str, SourceCell]
    own: dict[str, SourceCell]
    apart: bool = False

    @property
    def begins(self) -> bool:
        """Whether the row has an item's date or title."""
        return not self.own.keys().isdisjoint(ITEM_FIELDS)

    @property
    def starts(self) -> bool:
        """Whether the row has what only an action's first row has."""
        return self.begins or not self.own.keys().isdisjoint(STARTERS)


class TableRows(Struct, frozen=True):
    """The rows of the table below its headings, those that repeat its headings left out (`repeats` are
    their numbers); and the rows of what stands `below` it, from the headings of another table on.
    """

    rows: tuple[SourceRow, ...]
    repeats: tuple[int, ...] = ()
    below: tuple[SourceRow, ...] = ()


def table_rows(sheet: Sheet, layout: Layout, known: Columns) -> TableRows:
    """The rows of a sheet's table."""
    here = [row for row in sheet.rows if row.number > layout.heading_row]
    heads = [
        {number: cell.words for number, cell in row.cells.items()}
        for row in sheet.rows
        if layout.first_row <= row.number <= layout.heading_row
    ]
    rows: list[SourceRow] = []
    repeats: list[int] = []
    for index, row in enumerate(here):
        is_same = {number: cell.words for number, cell in row.cells.items()} in heads
        if is_same or headings.is_repeated(row, known, layout.columns):
            repeats.append(row.number)
            continue
        is_other = bool(rows) and heads_something_else(row, here[index - 1], layout, known)
        if is_other or headings.heads_another(row, known):
            return TableRows(tuple(rows), tuple(repeats), tuple(here[index:]))
        rows.append(row)
    return TableRows(tuple(rows), tuple(repeats))


@dataclass(slots=True)
class RowsRead:
    """Drafts in order; `carried` are places whose empty date was taken from the item above, `stray` the
    cells that no action took. `committee` and `item` are what the next rows may leave out.
    """

    drafts: list[Draft] = field(default_factory=list)
    carried: dict[Place, Place] = field(default_factory=dict)
    stray: list[SourceCell] = field(default_factory=list)
    committee: Cells = field(default_factory=dict)
    item: Cells = field(default_factory=dict)
    is_under_date: bool = False

    def add(self, one: Filled, layout: Layout) -> None:
        """Take a row: as a new action, as the first of a waiting item, or as more of the last action."""
        if COMMITTEE_FIELD in one.held:
            self.committee = {COMMITTEE_FIELD: one.held[COMMITTEE_FIELD]}
        held = {**self.committee, **one.held}
        is_new = one.begins and not is_same_item(one, self.item)
        if is_new:
            if "date" in held:
                self.is_under_date = False
            elif "date" in self.item:
                if not self.is_under_date:
                    self.carried[layout.place("date", one.row.number)] = self.item["date"].place
                held = {"date": self.item["date"], **held}
            self.item = {name: held[name] for name in ITEM_FIELDS if name in held}
        last = self.drafts[-1] if self.drafts else None
        item = (last.item if last else 0) + (is_new or last is None)
        fill = one.row.colour(layout.columns["status"]) if "status" in layout.columns else ""
        if last is not None and continues(one, last):
            own = {name: cell for name, cell in one.own.items() if name != "reference"}
            self.drafts[-1] = continued(last, own, fill)
        elif last is not None and not is_new and is_waiting(last, one):
            first = {name: cells[0] for name, cells in last.cells.items()}
            self.drafts[-1] = draft(item, one.row.number, {**first, **held}, fill)
        elif one.starts or last is None:
            self.drafts.append(draft(item, one.row.number, {**self.item, **held}, fill))
        else:
            self.drafts[-1] = continued(last, one.own, fill)


def heads_something_else(row: SourceRow, above: SourceRow, layout: Layout, known: Columns) -> bool:
    """Whether a row that stands apart reads as the headings of a table of something else: words in each
    cell, none of them a sentence, a day or a number, and no status that there is.
    """
    words = [cell.words for cell in row.cells.values() if cell.words]
    is_apart = row.number > above.number + 1 or len(headings.one_row(above).words) == 1
    if not is_apart or len(words) < FEWEST_HEADINGS or "status" not in layout.columns:
        return False
    status = row.cells.get(layout.columns["status"])
    if status is None or known.status(status.words) != "unknown":
        return False
    is_dated = layout.columns.get("date") in (None, *row.cells)
    return is_dated and all(
        len(said) <= LONGEST_UNKNOWN_HEADING and not is_closed(said) and not re.search(r"\d", said)
        for said in words
    )


def read(table: TableRows, layout: Layout, known: Columns) -> RowsRead:
    """The actions' drafts of a table's rows, and what was left out."""
    filled = filled_rows(table, layout)
    whole = [number for number, one in enumerate(filled) if is_whole(one, known)]
    referred = [filled[number].own.get("reference") for number in whole]
    shapes = {shape(cell.words) for cell in referred if cell is not None}
    last = whole[-1] if whole else -1
    made = RowsRead()
    is_key = False  # what follows explains signs or colours
    for number, one in enumerate(filled):
        following = filled[number + 1] if number + 1 < len(filled) else None
        is_key = (is_key or leading_words(one.own) in known.keys) and not is_told(one.own)
        if number > last and one.apart:
            made.stray.extend(cell for rest in filled[number:] for cell in rest.own.values())
            break
        if one.own.keys() == {"reference"} and is_ready(one.own["reference"].words, shapes):
            continue  # a number made ready for an action
        if is_key or is_sum(one.own, known):
            made.stray.extend(one.own.values())
        elif one.own.keys() == {"date"} and is_dated(one.own) and is_alone(following):
            if following is not None and "title" in following.own:
                made.item, made.is_under_date = dict(one.own), "date" not in following.own
            if not made.is_under_date:
                made.stray.extend(one.own.values())
        elif is_outside(one, following, is_first=number == 0):
            made.stray.extend(one.own.values())
        elif one.own.keys() == {COMMITTEE_FIELD}:
            made.committee = dict(one.own)
        else:
            made.add(one, layout)
    return made


def filled_rows(table: TableRows, layout: Layout) -> list[Filled]:
    """The rows with words in the table's columns. A date that only repeats the one above is none; and
    rows between which the headings come again, as on a new page, are not apart.
    """
    found: list[Filled] = []
    before = layout.heading_row
    for row in table.rows:
        given = {name: layout.cell(name, row) for name in layout.columns}
        held = {name: cell for name, cell in given.items() if cell is not None}
        if "date" in held and found and is_ditto(held["date"].words):
            del held["date"]
        own = {name: cell for name, cell in held.items() if cell.anchor_row == row.number}
        if own:
            is_new_page = any(before < number < row.number for number in table.repeats)
            found.append(Filled(row, held, own, row.number > before + 1 and not is_new_page))
        if row.cells:
            before = row.number
    return found


def is_ditto(words: str) -> bool:
    """Whether words only say that what stands above holds."""
    return key(words) in DITTO or words.strip() in DITTO_MARKS


def is_whole(one: Filled, known: Columns) -> bool:
    """Whether a row is surely an action's: it says what was asked for, or has a reference and more."""
    if is_sum(one.own, known) or leading_words(one.own) in known.keys:
        return False
    names = one.own.keys()
    return (
        "action" in names
        or {"reference"} < names
        or ("title" in names and not names.isdisjoint(FILLED))
    )


def leading_words(own: Cells) -> str:
    """What a row begins with: the words of its first cell up to a colon or a dash, without numbers."""
    first = min(own.values(), key=lambda cell: cell.place)
    return key("".join(sign for sign in COLON.split(first.words)[0] if not sign.isdigit()))


def is_told(own: Cells) -> bool:
    """Whether a row has what only an action has: a day, or what was asked and what was done."""
    return is_dated(own) or {"action", "update"} <= own.keys()


def is_dated(own: Cells) -> bool:
    """Whether a row has a day in its date column."""
    return "date" in own and date_text(own["date"].value, own["date"].words).day is not None


def is_sum(own: Cells, known: Columns) -> bool:
    """Whether a row counts the actions above it: it says so, or has a number for a status."""
    if is_told(own):
        return False
    counts = "status" in own and own["status"].words.isdecimal()
    return leading_words(own) in known.totals or (
        counts and own.keys().isdisjoint(("action", "reference"))
    )


def shape(reference: str) -> str:
    """A reference without its numbers' values: `HP/12` and `HP/7` have one shape."""
    return re.sub(r"\d+", "0", reference)


def is_ready(words: str, shapes: set[str]) -> bool:
    """Whether words alone in the column of references are the number of an action to come."""
    if shape(words) in shapes:
        return not YEARS.fullmatch(words)
    return REFERENCE.fullmatch(words) is not None and not (
        WORD.search(words) or YEARS.fullmatch(words)
    )


def is_outside(one: Filled, following: Filled | None, *, is_first: bool) -> bool:
    """Whether a row is no action: a line across the table, a section's name, labels of the columns."""
    words = [cell.words for cell in one.own.values()]
    if is_first and len(words) > 1:
        return all(map(LABEL.fullmatch, words)) or any(map(HINT.fullmatch, words))
    if len(words) != 1:
        return False
    (name, cell), *_ = one.own.items()
    if name == "reference":
        return True
    if name == "date" and date_text(cell.value, cell.words).day is None:
        return True
    if name == "title":
        return following is not None and "title" in following.own
    is_across = cell.last_column - cell.place.column >= ACROSS
    return one.row.spanned and (name not in TOLD or (name == "action" and is_across))


def is_alone(following: Filled | None) -> bool:
    """Whether a day on a row by itself is no item's whose action stands on the next row: that row is an
    item of its own.
    """
    return following is None or following.begins


def is_same_item(one: Filled, item: Cells) -> bool:
    """Whether a row says only what the item above says too: its date, its title, or both again."""
    date, title = one.own.get("date"), one.own.get("title")
    is_dated = date is None or ("date" in item and date.words == item["date"].words)
    is_titled = title is None or ("title" in item and key(title.words) == key(item["title"].words))
    return bool(item) and is_dated and is_titled


def continues(one: Filled, last: Draft) -> bool:
    """Whether a row's reference says that the row goes on with the action above: `12 (cont'd)`."""
    if "reference" not in one.own or "reference" not in last.cells:
        return False
    found = CONTINUED.fullmatch(one.own["reference"].words)
    return found is not None and key(found[1]) == key(last.cells["reference"][0].words)


def is_waiting(last: Draft, one: Filled) -> bool:
    """Whether a draft is an item's own row, whose first action stands a row below."""
    twice = {name for name in one.own if name in last.cells} - {COMMITTEE_FIELD}
    return last.cells.keys().isdisjoint(TOLD) and not twice


def draft(item: int, row: int, cells: Cells, fill: str) -> Draft:
    """A new action's draft."""
    return Draft(item, row, {name: (cell,) for name, cell in cells.items()}, fill)


def continued(above: Draft, own: Cells, fill: str) -> Draft:
    """A draft with the cells of a row that continues it."""
    joined = {name: (*above.cells.get(name, ()), cell) for name, cell in own.items()}
    return replace(above, cells={**above.cells, **joined}, fill=above.fill or fill)
