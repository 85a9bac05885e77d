"""Which of a table's columns is each field, where several could be: from their headings and their cells.

Where words of what was asked or done would be lost, and nothing tells which column is meant, the table is
refused with both of their cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NoReturn

from msgspec import Struct

from pipeline.council.columns import Columns
from pipeline.ingest.workbook import Sheet, SourceCell
from pipeline.model.action import Place
from pipeline.model.errors import PipelineError
from pipeline.model.words import key
from pipeline.normalise import ages, title_block
from pipeline.normalise.headings import (
    LEAST_LEAD,
    HeadingMatch,
    Headings,
    Named,
    Readings,
    columns_by_name,
    guess,
    guesses,
    has_name,
    is_likely,
    is_named,
    is_weak,
    possible_fields,
    without,
)
from pipeline.normalise.looks import (
    LOST,
    SENTENCE_ENDS,
    DayRow,
    Signs,
    are_numbered,
    are_sentences,
    are_statuses,
    can_be,
    signs,
)

_COMPLETION = {
    "due": "its days are to come, or of open actions",
    "completed": "none of its days is to come, or of an open action",
}
_LOOKED_AT = 40  # cells of a column, to tell dates from words


class Head(Struct, frozen=True):
    """The headings of a table, the sheet on which they stand, and what a council calls things."""

    sheet: Sheet
    headings: Headings
    columns: Columns

    def below(self, number: int) -> list[SourceCell]:
        """The first cells with words of a column, below its heading."""
        last = self.headings.last_row
        cells = (row.cells.get(number) for row in self.sheet.rows if row.number > last)
        filled = (cell for cell in cells if cell is not None and cell.words)
        return [cell for cell, _ in zip(filled, range(_LOOKED_AT), strict=False)]

    def fits(self, number: int, field: str) -> bool:
        """Whether what stands in a column can be a field's."""
        if field == "due" and self.is_either(number) and not self.signs(number).are_due:
            return False
        return can_be(field, self.below(number), self.columns)

    @property
    def meeting(self) -> date | None:
        """The meeting's day, where a line above the table gives it."""
        return title_block.title_block_above(
            self.sheet, self.headings.first_row, self.columns
        ).meeting

    def is_either(self, number: int) -> bool:
        """Whether a heading names days due and days of completion alike, and no other one the latter alone."""
        is_both = all(self.is_named(number, name) for name in ("due", "completed"))
        return is_both and not any(
            self.is_named(other, "completed")
            and not self.is_named(other, "due")
            and can_be("completed", self.below(other), self.columns)
            for other in self.headings.words
            if other != number
        )

    def is_named(self, number: int, field: str) -> bool:
        """Whether a column's heading is a name of a field."""
        return is_named(self.headings.words.get(number, ""), field, self.columns)

    def signs(self, number: int) -> Signs:
        """What the rows tell of a column of days that are due, or of completion."""
        rows = [row for row in self.sheet.rows if row.number > self.headings.last_row]
        stated = next((n for n in self.headings.words if self.is_named(n, "status")), 0)
        return signs(
            (
                DayRow(
                    cell if cell is not None and cell.words else None,
                    self.columns.status(status.words if status is not None else ""),
                )
                for row in rows
                if sum(bool(one.words) for one in row.cells.values()) > 1
                for cell, status in [(row.cells.get(number), row.cells.get(stated))]
            ),
            self.meeting,
            self.columns,
        )

    def is_newer(self, one: int, other: int) -> bool:
        """Whether the headings tell that one column is newer than another."""
        words = self.headings.words
        return ages.is_newer(words[one], words[other], is_right=one > other)


def chosen(head: Head) -> Readings:
    """The columns of a table that are read, and those whose field another one is.

    Raises `PipelineError` where words would be lost, and nothing tells which of two columns is meant.
    """
    found = _with_status(head, columns_by_name(head.headings, head.columns, head.fits))
    _refuse_alike(head, found)
    yielding = {
        name: number
        for number, name in found.fields.items()
        if number in found.weak or name == "due"
    }
    sure = {*found.fields.values()} - yielding.keys()
    rest = without(head.headings, {*found.fields, *found.beaten})
    guessed = guesses(rest, sure, head.columns, head.fits)
    guessed = _without_lesser(head, guessed, yielding, found.weak)
    _refuse_two_guesses(head, guessed)
    _refuse_weak(head, {number: found.fields[number] for number in found.weak}, guessed)
    likelier = {match.field for match in guessed.matches.values()}
    given_way = {number: name for number, name in found.fields.items() if name in likelier}
    others = {
        number: name
        for number, name in guessed.beaten.items()
        if name in likelier or name in LOST & {*found.fields.values()}
    }
    matches = {
        number: HeadingMatch(name, head.headings.words[number])
        for number, name in found.fields.items()
        if number not in given_way
    }
    made = _by_cells(head, matches | guessed.matches)
    return Readings(dict(sorted(made.items())), found.beaten | given_way | others)


def _with_status(head: Head, found: Named) -> Named:
    """The columns known by name, with one of updates that holds only statuses as the status, where none other
    is it.
    """
    every = found.fields | found.beaten
    stated = (
        number
        for number, name in sorted(every.items())
        if name == "update" and are_statuses(head.below(number), head.columns)
    )
    number = next(stated, None)
    if number is None or "status" in found.fields.values():
        return found
    others = columns_by_name(without(head.headings, [number]), head.columns, head.fits)
    return Named({**others.fields, number: "status"}, others.beaten, others.weak)


def _by_cells(head: Head, matches: dict[int, HeadingMatch]) -> dict[int, HeadingMatch]:
    """Matches put right by what stands in the columns: a reference that is sentences is the title, an
    action that is only numbers the reference, and a title that may be the action is, where none other is.
    """
    made = dict(matches)
    at = {match.field: number for number, match in made.items()}
    if "title" not in at and are_sentences(head.below(at.get("reference", 0))):
        number = at.pop("reference")
        made[number] = _by_look(made[number], "title", "its cells are sentences")
    if "reference" not in at and are_numbered(head.below(at.get("action", 0))):
        number = at.pop("action")
        made[number] = _by_look(made[number], "reference", "its cells are references")
    if "status" not in at:
        guessed = ((n, guess(words, head.columns)) for n, words in head.headings.words.items())
        made |= {
            number: _by_look(match, "status", "its cells are statuses")
            for number, match in guessed
            if match is not None and match.field == "update" and number not in made
            if are_statuses(head.below(number), head.columns)
        }
    alone = {"due", "completed"} & at.keys()
    for name in alone if len(alone) == 1 else ():
        number = at[name]
        if head.is_either(number) and head.below(number) and not head.signs(number).are_sure:
            made[number] = _by_look(made[number], name, _COMPLETION[name])
    if "action" not in at and "title" in at:
        match = made[at["title"]]
        if is_named(match.heading, "action", head.columns):
            made[at["title"]] = HeadingMatch("action", match.heading)
    return made


def _by_look(match: HeadingMatch, field: str, why: str) -> HeadingMatch:
    """A match with another field, which its cells show."""
    return HeadingMatch(field, match.heading, 0.9, (why,), guessed=True)


def _without_lesser(
    head: Head, guessed: Readings, yielding: dict[str, int], weak: frozenset[int]
) -> Readings:
    """Guesses without those that give way to the column which is their field's by name: to a weaker name
    where they say less, to a date that is due where they are not newer.
    """
    lesser: dict[int, str] = {}
    for number, match in guessed.matches.items():
        held = yielding.get(match.field)
        if held is not None and not (
            _says_more(head, number, held, match.field)
            if held in weak
            else head.is_newer(number, held)
        ):
            lesser[number] = match.field
    kept = {number: match for number, match in guessed.matches.items() if number not in lesser}
    return Readings(kept, {**guessed.beaten, **lesser})


def _says_more(head: Head, one: int, other: int, field: str) -> bool:
    """Whether a column tells a field better than one whose name is weaker: it is newer; or it is not older, and
    has more words, or a name of the field in its heading over more than labels.
    """
    if head.is_newer(one, other) or head.is_newer(other, one):
        return head.is_newer(one, other)
    said, others = ([cell.words for cell in head.below(number)] for number in (one, other))
    sentences = sum(words.endswith(SENTENCE_ENDS) for words in said)
    is_named = has_name(head.headings.words[one], field, head.columns)
    return (is_named and 2 * sentences > len(said)) or sum(map(len, said)) > sum(map(len, others))


def earlier(head: Head, read: Readings) -> dict[str, tuple[int, ...]]:
    """The columns of each field that are older than the one which is read, the newest first."""
    columns = {match.field: number for number, match in read.matches.items()}
    older: dict[str, tuple[int, ...]] = {}
    for number in sorted(read.beaten, key=lambda number: ages.age(head.headings.words[number])):
        name = read.beaten[number]
        if head.is_newer(columns[name], number):
            older[name] = (*older.get(name, ()), number)
    return older


def _refuse_alike(head: Head, found: Named) -> None:
    """Raise `PipelineError` where nothing tells which of two columns that are known by name is meant."""
    columns = {name: number for number, name in found.fields.items()}
    for number, name in found.beaten.items():
        if _are_alike(head, number, columns[name], name):
            _refuse_twice(head, number, columns[name], name)


def _are_alike(head: Head, one: int, read: int, field: str) -> bool:
    """Whether nothing tells that one column is not meant, but the one which is read. Of most fields the name
    that stands first in its list will do; of what was asked and what was done no words may be lost.
    """
    keys = {key(head.headings.words[number]) for number in (one, read)}
    if field in LOST and not head.fits(one, field):
        return False
    if len(keys) == 1 or keys <= head.columns.own:
        return True
    if field not in LOST or (field == "update" and head.is_newer(read, one)):
        return False
    ways = [head.headings.ways[number] for number in (one, read)]
    forms = {dict(possible_fields(said, head.columns)).get(field) for said in ways}
    return len(forms) == 1 or not any(is_weak(said, field, head.columns) for said in ways)


def _refuse_two_guesses(head: Head, guessed: Readings) -> None:
    """Raise `PipelineError` where two columns with words are as likely what was asked, or what was done."""
    columns = {match.field: number for number, match in guessed.matches.items()}
    for number, field in guessed.beaten.items():
        other = guess(head.headings.words[number], head.columns)
        if field not in LOST & columns.keys() or other is None:
            continue
        read = columns[field]
        is_likelier = guessed.matches[read].score - other.score >= LEAST_LEAD
        is_older = field == "update" and head.is_newer(read, number)
        if not is_likelier and not is_older and head.below(number):
            _refuse_twice(head, number, read, field)


def _refuse_weak(head: Head, weak: dict[int, str], guessed: Readings) -> None:
    """Raise `PipelineError` where a weaker name alone is what was asked, or what was done, and another heading
    could be it too whose column says more.
    """
    guessed_fields = {match.field for match in guessed.matches.values()}
    for held, field in weak.items():
        if field in LOST - guessed_fields:
            for number in _unread(head, guessed):
                is_it = is_likely(head.headings.words[number], field, head.columns)
                if is_it and head.fits(number, field) and _says_more(head, number, held, field):
                    _refuse_twice(head, held, number, field)


def _unread(head: Head, guessed: Readings) -> Iterator[int]:
    """The columns whose headings are neither known by name nor guessed."""
    for number, ways in head.headings.ways.items():
        is_known = bool(possible_fields(ways, head.columns))
        if not is_known and number not in {*guessed.matches, *guessed.beaten}:
            yield number


def _refuse_twice(head: Head, one: int, other: int, field: str) -> NoReturn:
    """Raise `PipelineError` that names two columns of one field, too alike to tell which is meant."""
    last, words = head.headings.last_row, head.headings.words
    first, second = sorted((one, other))
    twice = " and ".join(
        f"'{words[number]}' ({Place(head.sheet.name, last, number).cell})"
        for number in (first, second)
    )
    dated = ", or write in both of which month and year they are" if field == "update" else ""
    is_parted = any(n not in words and not head.below(n) for n in range(first, second))
    tables = " If they are two tables, put the second on a sheet of its own." * is_parted
    raise PipelineError(
        f"{head.sheet.name}, row {last}: two columns are both "
        f"'{head.columns.fields[field].headings[0]}': {twice}.",
        f"Rename or delete one of them{dated}.{tables}",
    )
