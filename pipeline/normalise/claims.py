"""Which of a table's columns is each field: columns make claims, and each field keeps the best.

Every kind of evidence (a heading's name, its words, its cells) makes claims, and `_beats` alone says which of two
is better. A column offers itself to its fields in turn, a field keeps the better of two columns, and the other goes
on to its next field (deferred acceptance: Gale and Shapley, 1962), so that the order of the columns decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council.columns import Columns
from pipeline.ingest.workbook import SourceRow
from pipeline.model.action import CLOSED, COMMITTEE_FIELD, DATE_FIELDS, Place
from pipeline.model.errors import PipelineError
from pipeline.model.words import key
from pipeline.normalise.ages import is_older, is_only_a_time
from pipeline.normalise.headings import (
    LEAST_LEAD,
    guesses_of,
    has_name,
    is_likely,
    listed_fields,
    parts_of_several,
)
from pipeline.normalise.looks import (
    LOST,
    SENTENCE_ENDS,
    BeatenClaim,
    Claim,
    ColumnGround,
    ReadColumn,
    is_due,
    is_later,
)

_BY_CELLS = 0.9  # the score of what cells alone show
_COMPLETION = {
    "due": "its days are to come, or of open actions",
    "completed": "none of its days is to come, or of an open action",
}


class HeadedColumns(Struct, frozen=True, dict=True):
    """The columns of a table, and the rows below the headings: none where only the headings are looked at. `meeting`:
    the meeting's day, where a line above the table gives it.
    """

    known: Columns
    columns: dict[int, ReadColumn]
    rows: tuple[SourceRow, ...] = ()
    meeting: date | None = None

    @cached_property
    def signs(self) -> dict[int, tuple[bool, bool]]:
        """The columns whose headings name days due and days of completion alike, where no other names one of the
        two alone; and what their rows tell: that actions are due then, and that open ones have gaps, as they do
        where a day is only written when an action is completed.
        """
        ends = {
            number: {name for name in _COMPLETION if name in column.names}
            for number, column in self.columns.items()
        }
        alone = [
            number
            for number, names in ends.items()
            if len(names) == 1 and all(map(self.columns[number].cells.can_be, names))
        ]
        return {n: self._signs(n) for n, names in ends.items() if len(names) > 1 and not alone}

    def _signs(self, number: int) -> tuple[bool, bool]:
        """What the rows tell of a column that may be either."""
        stated = next((n for n, column in self.columns.items() if "status" in column.names), 0)
        is_told, has_gaps = False, False
        for row in self.rows:
            if sum(bool(cell.words) for cell in row.cells.values()) > 1:
                cell, said = row.cells.get(number), row.cells.get(stated)
                status = self.known.status(said.words if said else "")
                if cell and cell.words:
                    is_told = is_told or is_due(cell, status, self.meeting, self.known)
                else:
                    has_gaps = has_gaps or status not in CLOSED
        return is_told, has_gaps

    def fits(self, column: ReadColumn, field: str) -> bool:
        """Whether what stands in a column can be a field's."""
        are_due, _ = self.signs.get(column.number, (True, False))
        if (field == "due" and not are_due) or (field == "date" and self.is_due_date(column)):
            return False
        return column.cells.can_be(field)

    def is_waiting(self, column: ReadColumn) -> bool:
        """Whether a column is there for updates at a meeting of a later month, and has none yet."""
        _, (year, month, _) = column.age
        later = self.meeting and (-year, -month) > (self.meeting.year % 100, self.meeting.month)
        return bool("update" in column.names and later and not column.cells.words)

    def is_due_date(self, column: ReadColumn) -> bool:
        """Whether a column that is called a date is when actions are due: its heading may name that too, and no
        other does; or it stands right of what was asked, and has a day or a time to come.
        """
        can_be_due = "due" in column.names
        if "date" not in column.names or not (can_be_due or len(key(column.heading).split()) == 1):
            return False
        others = [one for one in self.columns.values() if one is not column]
        if can_be_due:
            return not any("due" in one.names for one in others)
        is_behind = any("action" in one.names and one.number < column.number for one in others)
        if self.known.is_own_tracker(one.heading for one in self.columns.values()):
            return False
        cells = column.cells.cells
        return is_behind and any(is_later(one, self.meeting, self.known) for one in cells)


def _by_name(column: ReadColumn, table: HeadedColumns) -> Iterator[Claim]:
    """A list has the heading. A weaker name counts only where the cells can be the field's; and one of updates left
    of what was asked (*Reason*) is no more than a guess.
    """
    known, several = table.known, len(column.names) > 1
    asked = max((n for n, one in table.columns.items() if "action" in one.names), default=0)
    for field, form in column.names.items():
        fits, is_weak = table.fits(column, field), (field, form) in known.weaker
        if not fits and (is_weak or field == COMMITTEE_FIELD or (several and field in DATE_FIELDS)):
            continue
        are_due, has_gaps = table.signs.get(column.number, (False, True))
        doubt = _COMPLETION.get(field, "") if are_due == has_gaps and column.cells.cells else ""
        if field == "update" and is_weak and column.number < asked:
            doubt = "left of what was asked for"
        elif field == "update" and is_older(column.heading):
            doubt = "of an earlier meeting by its name"
        yield Claim(
            column, field, ColumnGround.WEAK if is_weak else ColumnGround.NAME,
            doubt, fits, several, known.ranks[field, form], _BY_CELLS if doubt else 1, form,
        )  # fmt: skip


def _by_words(column: ReadColumn, table: HeadedColumns) -> Iterator[Claim]:
    """The words of a heading that no list has point to one field, as the words of the lists do, or to several."""
    guesses = [] if column.names else guesses_of(column.heading, table.known)
    fitting = [one for one in guesses if table.fits(column, one[0])]
    for field, score, why in fitting:
        yield Claim(column, field, ColumnGround.WORDS, why, score=score)
    if not (fitting or column.names):
        for field in sorted(LOST):
            if is_likely(column.heading, field, table.known) and table.fits(column, field):
                yield Claim(column, field, ColumnGround.HINT, "")


def _by_cells(column: ReadColumn, table: HeadedColumns) -> Iterator[Claim]:
    """The cells show that the field is another than the heading says, or than none says."""
    cells, known = column.cells, table.known
    form = column.names.get("update")
    guesses = guesses_of(column.heading, known) if cells.are_statuses and not column.names else []
    is_update = form is not None or any(field == "update" for field, _, _ in guesses)
    is_left = not column.heading and column.number == min(table.columns)
    shown = (
        ("reference" in column.names and cells.are_sentences, "title", "sentences"),
        ("action" in column.names and cells.are_numbered, "reference", "references"),
        (is_left and cells.are_distinct and cells.are_references, "reference", "references"),
        (is_update and cells.are_statuses and "status" not in column.names, "status", "statuses"),
        (is_only_a_time(column.heading) and cells.can_be("update"), "update", "under a time"),
        (cells.are_kinds, "kind", "kinds of request"),
        (cells.are_percentages, "percent", "percentages"),
        (cells.are_responses, "response", "answers"),
        (table.is_due_date(column), "due", "days to come"),
        (not column.heading and not is_left and cells.are_wordy, "action", "sentences"),
    )
    for is_shown, field, what in shown:
        if is_shown and field not in column.names:
            is_sure = field == "status" and form and ("update", form) not in known.weaker
            why, score = f"its cells are {what}", 1 if is_sure else _BY_CELLS
            yield Claim(column, field, ColumnGround.CELLS, why, rank=is_left, score=score)


_EVIDENCE = (_by_name, _by_words, _by_cells)

# Of two claims to a field, what the better one has: the first of these in which they differ.
PRECEDENCE: tuple[tuple[str, Callable[[Claim], Any]], ...] = (
    ("has a surer ground", lambda claim: max(claim.ground, ColumnGround.WEAK)),
    ("can be nothing else", lambda claim: claim.several),
    ("is newer", lambda claim: claim.column.age),
    ("has cells that can be it", lambda claim: not claim.fits),
    ("has a name that stands before the other's in the list", lambda claim: claim.rank),
    ("has words that point there more", lambda claim: -claim.score),
    ("stands first", lambda claim: claim.column.number),
)
SAYS_MORE, REVISED = "says more than a weaker name does", "is a newer date than the named one"


def _beats(one: Claim, other: Claim) -> str:
    """Why the first of two claims to a field is better than the second; nothing where it is not. A heading's words
    are better than a name only where that is weak and its column says less, or is the older of two dates.
    """
    if _is_exception(one, other):
        return SAYS_MORE if other.is_weak else REVISED
    if _is_exception(other, one):
        return ""
    for why, part in PRECEDENCE:
        if part(one) != part(other):
            return why if part(one) < part(other) else ""
    return ""


def _is_exception(one: Claim, other: Claim) -> bool:
    """Whether the words of a heading are better than another's name."""
    if one.ground is not ColumnGround.WORDS or other.ground > ColumnGround.WEAK:
        return False
    if other.is_weak:
        return _says_more(one.column, other.column, one.field)
    return one.field == "due" and one.column.is_newer(other.column)


def _says_more(one: ReadColumn, other: ReadColumn, field: str) -> bool:
    """Whether a column tells a field better than one whose name is weaker: it is newer; or it is not older, and
    has more words, or a name of the field in its heading over more than labels.
    """
    if one.is_newer(other) or other.is_newer(one):
        return one.is_newer(other)
    said, others = one.cells.words, other.cells.words
    sentences = sum(words.endswith(SENTENCE_ENDS) for words in said)
    is_named = has_name(one.heading, field, one.cells.known)
    return (is_named and 2 * sentences > len(said)) or sum(map(len, said)) > sum(map(len, others))


def settle(table: HeadedColumns) -> dict[int, ReadColumn]:
    """The columns of a table with what each is read as, or what it lost."""
    claims = {number: _claims_of(column, table) for number, column in table.columns.items()}
    held = _held(claims)
    read = {claim.column.number: claim for claim in held.values()}
    lost = {
        number: BeatenClaim(claim, winner.column.number, _beats(winner, claim))
        for number, own in claims.items()
        for claim in own[::-1]
        if number not in read and (winner := held.get(claim.field))
    }
    oldest = _first_due(lost, held.get("due")) if "original_due" not in held else None
    if oldest is not None:
        read[oldest] = replace(lost.pop(oldest).claim, field="original_due")
    shared = dict(_shared(held, table))
    return {
        number: replace(
            column, claim=read.get(number), lost=lost.get(number), also=shared.get(number, "")
        )
        for number, column in table.columns.items()
    }


def _held(claims: dict[int, list[Claim]]) -> dict[str, Claim]:
    """The claim that each field keeps."""
    held: dict[str, Claim] = {}
    waiting = {
        number: iter([claim for claim in own if claim.ground is not ColumnGround.HINT])
        for number, own in claims.items()
    }
    free = list(waiting)
    while free:
        claim = next(waiting[free.pop()], None)
        if claim is None:
            continue
        other = held.get(claim.field)
        if other is None or _beats(claim, other):
            held[claim.field], claim = claim, other
        if claim is not None:
            free.append(claim.column.number)
    title = held.get("title")
    if "action" not in held and title and "action" in title.column.names:
        held["action"] = replace(title, field="action")  # *Description*, beside no other
        del held["title"]
    return held


def _first_due(lost: dict[int, BeatenClaim], due: Claim | None) -> int | None:
    """The oldest of the columns of due dates of which a newer one is read."""
    columns = [one.claim.column for one in lost.values() if one.claim.field == "due"]
    older = {one.number: one.age for one in columns if due and due.column.is_newer(one)}
    return max(older, key=lambda number: older[number], default=None)


def _shared(held: dict[str, Claim], table: HeadedColumns) -> Iterator[tuple[int, str]]:
    """The column that says both how an action stands and what has been done, as its heading's two names, its cells,
    or its standing alone tell, and the field that it holds too.
    """
    known = table.known
    for field, other in (("update", "status"), ("status", "update")):
        if other not in held or field in held or field in known.without:
            continue
        column = held[other].column
        parts = parts_of_several(column.heading, known)
        named = {name for part in parts for name in listed_fields(part, known)}
        if named >= {field, other}:
            yield column.number, field
        elif other == "update":
            stated = [known.parted_status(words, column.heading)[0] for words in column.cells.words]
            if 2 * sum(map(bool, stated)) > len(stated) > 1:
                yield column.number, field
        else:  # unless the council calls its statuses so, and asks for updates beside them
            is_own = key(column.heading) in known.own and "update" in known.required()
            if not is_own and not any(_may_be_update(c, held) for c in table.columns.values()):
                yield column.number, field


def _may_be_update(column: ReadColumn, held: dict[str, Claim]) -> bool:
    """Whether a column that is read as nothing, or as notes, may say what has been done."""
    if "notes" in held and held["notes"].column is column:
        return True
    is_read = any(claim.column is column for claim in held.values())
    if is_read or column.aside or not column.heading:
        return False
    return column.cells.are_wordy or is_likely(column.heading, "update", column.cells.known)


def _claims_of(column: ReadColumn, table: HeadedColumns) -> list[Claim]:
    """What a column may be, the likeliest first."""
    if column.aside or table.is_waiting(column):
        return []
    claims = (claim for evidence in _EVIDENCE for claim in evidence(column, table))
    return sorted(claims, key=lambda claim: not claim.fits)


def refuse_doubt(settled: dict[int, ReadColumn], heading_row: Place) -> None:
    """Raise `PipelineError` where words of what was asked or done would be lost, and nothing tells which of two
    columns is meant; or where two of another field are headed alike.
    """
    for column in settled.values():
        held = settled[column.lost.to].claim if column.lost else None
        if held and column.lost and _is_doubtful(column.lost.claim, held):
            _refuse_twice(column, held, heading_row)


def _is_doubtful(lost: Claim, held: Claim) -> bool:
    """Whether nothing tells that a column is not meant, but the one which is read."""
    column, read = lost.column, held.column
    are_named = {lost.ground, held.ground} <= {ColumnGround.NAME, ColumnGround.WEAK}
    keys = {key(column.heading), key(read.heading)}
    is_alike = are_named and (len(keys) == 1 or keys <= column.cells.known.own)
    if lost.field not in LOST:  # the name that stands first in the list will do
        return is_alike
    if not lost.fits or (lost.field == "update" and read.is_newer(column)):
        return False
    if lost.field == "update" and lost.ground is held.ground is ColumnGround.CELLS:
        return True
    if are_named:
        weak = ColumnGround.WEAK in (lost.ground, held.ground)
        return is_alike or lost.form == held.form or not weak
    if lost.ground is ColumnGround.HINT:
        return held.is_weak and _says_more(column, read, lost.field)
    if lost.ground is held.ground is ColumnGround.WORDS:
        return held.score - lost.score < LEAST_LEAD and bool(column.cells.cells)
    return False


def _refuse_twice(one: ReadColumn, held: Claim, heading_row: Place) -> NoReturn:
    """Raise `PipelineError` that names two columns of one field, too alike to tell which is meant."""
    sheet, row = heading_row.sheet, heading_row.row
    twice = " and ".join(
        f"'{column.heading}' ({Place(sheet, row, column.number).cell})"
        for column in sorted((one, held.column), key=lambda column: column.number)
    )
    dated = ", or write in both of which month and year they are" * (held.field == "update")
    raise PipelineError(
        f"{sheet}, row {row}: two columns are both "
        f"'{one.cells.known.fields[held.field].headings[0]}': {twice}.",
        f"Rename or delete one of them{dated}; if they are two tables, put the second on a sheet of its own.",
    )
