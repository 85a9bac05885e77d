"""The account of a workbook's cells: what became of the words of each.

It is worked out from what came of the reading (the records with their places, the names of the paper, the
findings), and not from the reading's own decisions: so it notices what a change to the reading loses. Words are
compared without what tidying changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from msgspec import Struct

from pipeline.check.rule import Finding
from pipeline.council.columns import Columns
from pipeline.council.dates import date_text, days_within
from pipeline.ingest.workbook import Sheet, SourceCell, SourceRow, Workbook
from pipeline.model.action import COMMITTEE_FIELD, DATE_FIELDS, Action, Place, plain
from pipeline.model.words import key, squashed
from pipeline.normalise.exempt import asked_by
from pipeline.normalise.headings import possible_fields
from pipeline.normalise.hidden import is_never_printed
from pipeline.normalise.officers_list import is_directory
from pipeline.normalise.table_rows import is_ditto
from pipeline.normalise.tables import is_ignored
from pipeline.normalise.title_words import is_council
from pipeline.normalise.tracker import Tracker

Kind: TypeAlias = Literal["printed", "title", "heading", "withheld", "reported", "unaccounted"]

_LINE_O = re.compile(r"(?m)^\s*o\s+(?=\S)")  # a bullet, as Word leaves it
_NUMBER_TO_COME = re.compile(r"(?=.*\d).{1,20}")
_CONTINUED = re.compile(r"cont(?:d|inued)?")
_BESIDE_DAYS = frozenset(
    "for the this current meeting meets of on to at be held dated and".split()
)
_OF_SHEETS = ("hidden-words", "hidden-sheet", "unread-sheet", "unread-table")
_OF_THE_REST = ("second-table", "second-tracker")


class Entry(Struct, frozen=True):
    """What became of a cell. `what`: the field and the action that print it, the rule that withholds it, or the
    check that reports it. `lost`: those of its words that are nowhere.
    """

    place: Place
    kind: Kind
    what: str = ""
    lost: str = ""


class _Claim(Struct, frozen=True):
    """That a field of an action has a cell's words; `said` is what the field says, if they are not all there."""

    paper: int
    action: Action
    field: str
    is_whole: bool
    said: str


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of the reading, to be looked up: the papers' trackers by sheet (`readers`), the live cells, the
    claims of each cell, what fields say `beside` these (by row), the words outside tables, the findings' checks
    by cell, the actions that are in the papers (by id), and the checks that are `off`.
    """

    trackers: Sequence[Tracker]
    readers: dict[str, list[tuple[int, Tracker]]]
    cells: dict[Place, SourceCell]
    claims: dict[Place, list[_Claim]]
    beside: dict[tuple[str, int], list[tuple[_Claim, str]]]
    strays: dict[Place, list[str]]
    found: dict[Place, set[str]]
    printed: Collection[int]
    known: Columns
    off: Collection[str]

    def reported(self, place: Place, *checks: str) -> str:
        """The first of some checks, or of all, that reports a cell, or is off; nothing where none does."""
        said = self.found.get(place, set())
        return next((one for one in checks if one in said or one in self.off), "")


def account(
    book: Workbook,
    trackers: Sequence[Tracker],
    printed: Collection[int],
    found: Sequence[Finding],
    known: Columns,
    off: Collection[str],
) -> list[list[Entry]]:
    """What became of each cell with words of a workbook, for each of its papers: a cell that is no paper's own is
    in the first. `printed` are the ids of the actions that the papers have; `off` are checks that are not made.
    """
    came = _came(trackers, printed, found, known, off)
    made: list[list[Entry]] = [[] for _ in trackers]
    for sheet in book.sheets:
        if sheet.name not in came.readers:
            made[0] += _unread(sheet, came)
            continue
        for paper, entry in _of_sheet(sheet, came):
            made[paper].append(entry)
    return made


def _came(
    trackers: Sequence[Tracker],
    printed: Collection[int],
    found: Sequence[Finding],
    known: Columns,
    off: Collection[str],
) -> _Came:
    """What came of the reading, by where it came from."""
    came = _Came(trackers, {}, {}, {}, {}, {}, {}, printed, known, off)
    for finding in found:
        came.found.setdefault(finding.place, set()).add(finding.check)
    for number, whole in enumerate(trackers):
        for cell in whole.stray:
            came.strays.setdefault(cell.place, []).append(cell.words)
        for one in whole.sheets:
            came.readers.setdefault(one.sheet.name, []).append((number, one))
            came.cells.update(
                (cell.place, cell) for row in one.sheet.rows for cell in row.own.values()
            )
    for number, whole in enumerate(trackers):
        for action in whole.actions:
            for field in action.cells:
                _claim(came, number, action, field)
    return came


def _claim(came: _Came, paper: int, action: Action, field: str) -> None:
    """Add the claims of a field of an action, and what it says beside them."""
    whole = came.trackers[paper]
    places = (action.cells[field], *action.more.get(field, ()))
    cells = [came.cells[place] for place in places if place in came.cells]
    if field == COMMITTEE_FIELD:
        said = whole.committee
    elif field in DATE_FIELDS:
        said = action.day(field).text
    else:
        said = plain(action.text(field))
    if field in DATE_FIELDS and not said:
        day = action.day(field).day
        are_whole = [
            date_text(cell.value, cell.words, whole.sheet.epoch).day == day for cell in cells
        ]
        rest = ""
    else:
        are_whole, rest = _parted(squashed(said), [squashed(cell.text) for cell in cells])
        if not all(are_whole):
            are_whole, rest = _parted(_letters(said), [_letters(cell.text) for cell in cells])
    for cell, is_whole in zip(cells, are_whole, strict=True):
        claim = _Claim(paper, action, field, is_whole, "" if is_whole else said)
        came.claims.setdefault(cell.place, []).append(claim)
        if rest:
            at = (cell.place.sheet, cell.place.row)
            came.beside.setdefault(at, []).append((claim, rest))


def _parted(said: str, words: Sequence[str]) -> tuple[list[bool], str]:
    """Whether a text has the words of each cell, in their order, and what it says beside them."""
    found, rest, at = [], "", 0
    for one in words:
        start = said.find(one, at)
        found.append(start >= 0)
        if start >= 0:
            rest += said[at:start]
            at = start + len(one)
    return found, rest + said[at:]


def _letters(text: str) -> str:
    """The letters and figures of a text alone, without the mark of a list."""
    whole = unicodedata.normalize("NFKD", _LINE_O.sub("", text).casefold())
    return "".join(sign for sign in whole if sign.isalnum()) or text.strip()


def _unread(sheet: Sheet, came: _Came) -> Iterator[Entry]:
    """What became of the cells of a sheet that no paper is made of."""
    taken = {guess.place for one in came.trackers for guess in one.taken}
    check = came.reported(Place(sheet.name, 1, 1), *_OF_SHEETS)
    kind: Kind = "reported" if check else "withheld"
    why = check or ("ignored sheets" if is_ignored(sheet, came.known) else "")
    why = why or ("the list of officers" if is_directory(sheet) else "")
    for row in sheet.rows:
        for cell in row.own.values():
            if cell.place in taken:
                yield Entry(cell.place, "title")
            elif why:
                yield Entry(cell.place, kind, why)
            else:
                yield Entry(cell.place, "unaccounted", "", cell.words)


def _of_sheet(sheet: Sheet, came: _Came) -> Iterator[tuple[int, Entry]]:
    """What became of the cells of a sheet that has a table, each with the paper whose it is."""
    readers = came.readers[sheet.name]
    columns = {
        cell.place: (number, column)
        for number, one in readers
        for row in one.rows
        for column, cell in row.own.items()
    }
    first, tracker = readers[0]
    hidden = list(_hidden_places(tracker, came))
    names = _names_above(sheet.name, came)
    stray_rows: dict[int, Place] = {}
    for place in sorted(place for place in came.strays if place.sheet == sheet.name):
        stray_rows.setdefault(place.row, place)
    for row in sheet.rows:
        for cell in row.own.values():
            place = cell.place
            number, column = columns.get(place, (first, place.column))
            entry = _shown_or_hidden(cell, row, column, tracker, hidden, names, stray_rows, came)
            claims = came.claims.get(place, [])
            yield (claims[0].paper if claims else number), entry
