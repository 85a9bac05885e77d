"""The rows of a table put together into actions: items carried down, continuations joined, the rest left out.

What no action took is given back with its place, so that it can be said. Knows nothing of what the
words mean, but for dates that head the rows below them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.columns import FIELDS, Columns, key
from pipeline.dates import date_text, day_within
from pipeline.document import Run
from pipeline.heading_names import is_named
from pipeline.headings import FEWEST_HEADINGS, one_row
from pipeline.later_headings import heads_another, is_repeated, names_another, order_of
from pipeline.layout import Layout
from pipeline.looks import REFERENCE, shape
from pipeline.records import COMMITTEE_FIELD, DATE_FIELDS, Place
from pipeline.text import is_closed, is_sentence
from pipeline.workbook import Sheet, SourceCell, SourceRow

ITEM_FIELDS = ("date", "title")
STARTERS = frozenset(
    {"action", "reference", COMMITTEE_FIELD}
)  # what only an action's first row has
FILLED = frozenset({"update", "status", "officers", "due"})
TOLD = frozenset({"action", "update", "status"})  # what an item's own row lacks
WORDED = frozenset({"title", "action", "update"})
LONGEST_UNKNOWN_HEADING = 30  # characters
ACROSS = 2  # columns more than its own, over which a cell is a line across the table
WORD = re.compile(r"[a-z]{3}")
YEARS = re.compile(r"\d{4}\s*[/–-]\s*\d{2,4}")
LABEL = re.compile(r"\(?[A-Za-z\d]{1,2}[).]")  # of columns, such as (a) (b) (c)
HINT = re.compile(r"d{1,2}\s?[/.-]\s?m{1,3}\s?[/.-]\s?y{2,4}", re.IGNORECASE)  # such as dd/mm/yyyy
DUE = re.compile(r"\b(?:by|due)\b", re.IGNORECASE)
COLON = re.compile(r":|=|\s[-–—]\s")
DITTO_FIELDS = ("title", "officers", "due", "status", COMMITTEE_FIELD)
DITTO = frozenset({"as above", "ditto", "see above", "same"})
DO = "do"  # short for ditto, but in a column of officers somebody's initials
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
    whether rows without words stand between it and the one before (`apart`). `unmeant` are ditto marks below
    nothing.
    """

    row: SourceRow
    held: dict[str, SourceCell]
    own: dict[str, SourceCell]
    apart: bool = False
    unmeant: tuple[SourceCell, ...] = ()

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
    their numbers); and the rows of what stands `below` it, from the headings of another table on. Rows
    under the same headings in another order have their cells in the table's own; `moved` says where.
    """

    rows: tuple[SourceRow, ...]
    repeats: tuple[int, ...] = ()
    below: tuple[SourceRow, ...] = ()
    moved: dict[int, dict[str, int]] = {}


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
    below: tuple[SourceRow, ...] = ()
    moved: dict[int, dict[str, int]] = {}
    order: dict[int, int] = {}
    for index, row in enumerate(here):
        is_same = {number: cell.words for number, cell in row.cells.items()} in heads
        anew = order_of(row, heads[-1])
        if anew or is_same or is_repeated(row, known, layout.columns):
            order = anew
            repeats.append(row.number)
            continue
        is_other = 0 < index < len(here) - 1 and heads_something_else(
            here[index - 1 : index + 2], layout, known
        )
        if is_other or heads_another(row, known):
            below = tuple(here[index:])
            break
        rows.append(in_order(row, order) if order else row)
        if order:
            moved[row.number] = {name: order.get(at, at) for name, at in layout.columns.items()}
    return TableRows(tuple(rows), tuple(repeats), below, moved)


def in_order(row: SourceRow, order: Mapping[int, int]) -> SourceRow:
    """A row with its cells in the columns of the headings further up; what stands beside them stays."""
    others = row.cells.keys() - set(order.values())
    pairs = {**{number: number for number in others}, **order}
    return replace(
        row,
        cells={here: row.cells[at] for here, at in sorted(pairs.items()) if at in row.cells},
        fills={here: row.colour(at) for here, at in pairs.items()},
    )


@dataclass(slots=True)
class RowsRead:
    """Drafts in order; `carried` are places whose empty date was taken from the item above, `stray` the
    cells that no action took. `committee` and `item` are what the next rows may leave out.

    `joined` are rows without a label that the action above took for more of its update.
    `is_under_date`: the item's date stands on a row above it; `begins`: the next row begins an item, and
    `is_doubtful`: a section begins that says no day, so that the one above may not be its own.
    """

    drafts: list[Draft] = field(default_factory=list)
    carried: dict[Place, Place] = field(default_factory=dict)
    stray: list[SourceCell] = field(default_factory=list)
    joined: list[SourceCell] = field(default_factory=list)
    committee: Cells = field(default_factory=dict)
    item: Cells = field(default_factory=dict)
    is_under_date: bool = False
    begins: bool = False
    is_doubtful: bool = False

    def under(self, day: SourceCell) -> None:
        """Take the day of a meeting that heads the rows below it."""
        self.item, self.is_under_date = {"date": day}, True
        self.begins, self.is_doubtful = True, False

    def leave_out(self, one: Filled) -> None:
        """Take a row that is no action's; a line across the table may end what a day heads, and does if it
        says another day.
        """
        self.stray.extend(one.own.values())
        if self.is_under_date and len(one.own) == 1:
            self.begins = self.is_doubtful = True
            if any(day_within(cell.words) for cell in one.own.values()):
                self.item, self.is_under_date = {}, False

    def go_on(self, update: tuple[SourceCell, ...]) -> None:
        """Take what a row below the last action says of what has been done."""
        for cell in update:
            self.drafts[-1] = continued(self.drafts[-1], {"update": cell}, "")

    def join(self, one: Filled) -> None:
        """Take a row without a label as such, with the day that it may have."""
        *day, said = (one.own[name] for name in sorted(one.own))  # `date` before `update`
        runs = (run for cell in day for run in (*cell.runs, Run(" ")))
        self.joined.append(said)
        self.go_on((replace(said, runs=(*runs, *said.runs)),))

    def add(self, one: Filled, layout: Layout) -> None:
        """Take a row: as a new action, as the first of a waiting item, or as more of the last action."""
        if COMMITTEE_FIELD in one.held:
            self.committee = {COMMITTEE_FIELD: one.held[COMMITTEE_FIELD]}
        held = {**self.committee, **one.held}
        is_new = self.begins or (one.begins and not is_same_item(one, self.item))
        self.begins = False
        if is_new:
            if "date" in held:
                self.is_under_date = False
            elif "date" in self.item:
                if not self.is_under_date or self.is_doubtful:
                    self.carried[date_place(one, layout)] = self.item["date"].place
                held = {"date": self.item["date"], **held}
            self.is_doubtful = False
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


def heads_something_else(rows: list[SourceRow], layout: Layout, known: Columns) -> bool:
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


def date_place(one: Filled, layout: Layout) -> Place:
    """Where a row's date stands, or should; its first cell in a table without dates."""
    if "date" in layout.columns:
        return layout.place("date", one.row.number)
    return min(cell.place for cell in one.own.values())


def read(
    table: TableRows,
    layout: Layout,
    known: Columns,
    committee: str = "",
    day: SourceCell | None = None,
) -> RowsRead:
    """The actions' drafts of a table's rows, and what was left out. `committee` may stand in lines that
    head the rows of a meeting; `day` heads the first of them.
    """
    filled = filled_rows(table, layout)
    whole = [number for number, one in enumerate(filled) if is_whole(one, known)]
    referred = [filled[number].own.get("reference") for number in whole]
    shapes = {shape(cell.words) for cell in referred if cell is not None}
    last = whole[-1] if whole else -1
    across = updates_across(filled)
    made = RowsRead()
    if day is not None:
        made.under(day)
    is_key = False  # what follows explains signs or colours
    for number, one in enumerate(filled):
        following = filled[number + 1] if number + 1 < len(filled) else None
        made.stray.extend(one.unmeant)
        is_key = (is_key or leading_words(one.own) in known.keys) and not is_told(one.own, known)
        if number > last and one.apart:
            made.stray.extend(cell for rest in filled[number:] for cell in rest.own.values())
            break
        heads = None if is_key else headed_by(one, following, shapes, known, committee)
        above = made.drafts[-1] if made.drafts and not is_key else None
        more = labelled_update(one, following, above, known) if above is not None else ()
        if heads is not None:
            made.under(heads)
        elif more:
            made.go_on(more)
        elif above is not None and (number in across or is_dated_update(one, above)):
            made.join(one)
        elif one.own.keys() == {"reference"} and is_ready(one.own["reference"].words, shapes):
            continue  # a number made ready for an action
        elif (
            is_key
            or is_sum(one.own, known)
            or is_day_of_nothing(one, following)
            or (not made.drafts and is_guidance(one, known))
            or is_outside(one, following)
        ):
            made.leave_out(one)
        elif one.own.keys() == {COMMITTEE_FIELD}:
            made.committee = dict(one.own)
        else:
            made.add(one, layout)
    return made


def filled_rows(table: TableRows, layout: Layout) -> list[Filled]:
    """The rows with words in the table's columns. A date that only repeats the one above is none, and
    other ditto marks stand for the cell above, as if merged; rows between which the headings come again, as
    on a new page, are not apart.
    """
    found: list[Filled] = []
    above: Cells = {}
    before = layout.heading_row
    for row in table.rows:
        given = {name: layout.cell(name, row) for name in layout.columns}
        held = {name: cell for name, cell in given.items() if cell is not None}
        said = held["date"].words if "date" in held else ""
        if found and (is_ditto(said) or key(said) == DO):
            del held["date"]
        dittos = {n for n in DITTO_FIELDS if n in held and is_ditto(held[n].words)}
        unmeant = tuple(held.pop(name) for name in sorted(dittos - above.keys()))
        held |= {name: above[name] for name in dittos & above.keys()}
        own = {name: cell for name, cell in held.items() if cell.anchor_row == row.number}
        if own:
            is_new_page = any(before < number < row.number for number in table.repeats)
            is_apart = row.number > before + 1 and not is_new_page
            found.append(Filled(row, held, own, is_apart, unmeant))
            kept = ("title", COMMITTEE_FIELD) if found[-1].starts else FIELDS
            above = {**{name: cell for name, cell in above.items() if name in kept}, **held}
        if row.cells:
            before = row.number
    return found


def is_ditto(words: str) -> bool:
    """Whether words only say that what stands above holds."""
    return key(words) in DITTO or words.strip() in DITTO_MARKS


def is_whole(one: Filled, known: Columns) -> bool:
    """Whether a row is surely an action's: it says what was asked for, or has a reference and more."""
    is_key = leading_words(one.own) in known.keys and not is_told(one.own, known)
    if is_key or is_sum(one.own, known):
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


def is_told(own: Cells, known: Columns) -> bool:
    """Whether a row has what only an action has: a day, what was asked (which no status is) and what was
    done, or a sentence that asks and how it stands.
    """
    if "action" in own and known.status(own["action"].words) == "unknown":
        stands = "status" in own and known.status(own["status"].words) != "unknown"
        if "update" in own or (stands and is_sentence(own["action"].words)):
            return True
    return any(
        date_text(own[name].value, own[name].words).day for name in DATE_FIELDS if name in own
    )


def is_dated(own: Cells) -> bool:
    """Whether a row has a day in its date column."""
    return "date" in own and date_text(own["date"].value, own["date"].words).day is not None


def is_sum(own: Cells, known: Columns) -> bool:
    """Whether a row counts the actions above it: it says so, or has a number for a status."""
    if is_told(own, known):
        return False
    counts = "status" in own and own["status"].words.isdecimal()
    return leading_words(own) in known.totals or (
        counts and own.keys().isdisjoint(("action", "reference"))
    )


def is_ready(words: str, shapes: set[str]) -> bool:
    """Whether words alone in the column of references are the number of an action to come."""
    if shape(words) in shapes:
        return not YEARS.fullmatch(words)
    return REFERENCE.fullmatch(words) is not None and not (
        WORD.search(words) or YEARS.fullmatch(words)
    )


def is_guidance(one: Filled, known: Columns) -> bool:
    """Whether a row above all actions only says how to fill the table in: labels or numbers of the columns,
    an example, or hints at what belongs in each column.
    """
    words = [cell.words for cell in one.own.values()]
    if len(words) == 1:
        return False
    examples = sum(f"{key(said)} ".startswith(known.examples) for said in words)
    return (
        all(map(LABEL.fullmatch, words))
        or are_numbers(one.row)
        or examples > 1
        or has_hints(one.own, known)
    )


def are_numbers(row: SourceRow) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 and so on."""
    words = [cell.words for cell in row.cells.values() if cell.words]
    numbers = [str(number) for number in range(1, len(words) + 1)]
    return len(words) >= FEWEST_HEADINGS and words == numbers


def has_hints(own: Cells, known: Columns) -> bool:
    """Whether a row hints at what belongs in its columns: the form of a date, or several cells that are
    other names of their columns, or say how to write a status or a date. None is a day, or a status that
    there is.
    """
    if any(date_text(own[name].value, own[name].words).day for name in DATE_FIELDS if name in own):
        return False
    if "status" in own and known.status(own["status"].words) != "unknown":
        return False
    chosen = [own[name].words for name in (*DATE_FIELDS, "status") if name in own]
    named = sum(is_named(cell.words, name, known) for name, cell in own.items())
    hints = sum(f"{key(said)} ".startswith(known.hints) for said in chosen)
    return any(map(HINT.fullmatch, chosen)) or named + hints >= FEWEST_HEADINGS


def is_outside(one: Filled, following: Filled | None) -> bool:
    """Whether a row is no action: a line across the table, or a section's name."""
    if len(one.own) != 1:
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


def headed_by(
    one: Filled, following: Filled | None, shapes: set[str], known: Columns, committee: str
) -> SourceCell | None:
    """The day of the rows below, where a row says nothing else: they are of that meeting."""
    if len(one.own) != 1 or following is None or "date" in following.own:
        return None
    (name, cell), *_ = one.own.items()
    if name == "reference" and shape(cell.words) in shapes:
        return None
    if name == "date" and is_dated(one.own):
        return cell if "title" in following.own else None
    return said_day(cell, known, committee) if is_outside(one, following) else None


def said_day(cell: SourceCell, known: Columns, committee: str = "") -> SourceCell | None:
    """A cell that says the day of a meeting, as the date of what was considered there; None where it says
    something else too.
    """
    if DUE.search(cell.words):
        return None
    value = cell.value if isinstance(cell.value, date) else None  # a number may be a reference
    if date_text(value, cell.words).day is not None:
        return cell
    found = day_within(cell.words)
    if found is None:
        return None
    before, day, after = found
    rest = set(key(f"{before} {after}").split())
    if not rest <= known.section_words | set(key(committee).split()):
        return None
    return replace(cell, value=day)


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


def labelled_update(
    one: Filled, following: Filled | None, last: Draft, known: Columns
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
        is_item = name == "title" and not (
            one.row.spanned or (is_free and "update" not in last.cells)
        )
        return (first,) if colon and words.strip() and not is_item else ()
    (field, said), *rest = others
    is_label = not words and (colon or name in ("reference", "date"))
    if rest or not is_label or not (field in WORDED or said.last_column):
        return ()
    return (first, said) if found else (said,)


def is_dated_update(one: Filled, last: Draft) -> bool:
    """Whether a row has only a day and an update, the day no earlier than that of the action above."""
    if one.own.keys() != {"date", "update"} or "action" not in last.cells or not is_dated(one.own):
        return False
    above = last.cells.get("date", (one.own["date"],))[0]
    day, other = (date_text(cell.value, cell.words).day for cell in (one.own["date"], above))
    return day is not None and (other is None or other <= day)


def is_day_of_nothing(one: Filled, following: Filled | None) -> bool:
    """Whether a row is a day by itself, and no item's whose action stands on the next row: that row is an
    item of its own.
    """
    return (
        one.own.keys() == {"date"} and is_dated(one.own) and (following is None or following.begins)
    )


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
