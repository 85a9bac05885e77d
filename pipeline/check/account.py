"""The account of a workbook's cells: what became of the words of each.

It is worked out from what came of the reading (the records with their places, the names of the paper, the
findings), and not from the reading's own decisions: so it notices what a change to the reading loses. Words are
compared without what tidying changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council.columns import Columns
from pipeline.council.dates import date_text, days_within
from pipeline.ingest.workbook import Sheet, SourceCell, SourceRow, Workbook
from pipeline.model.action import COMMITTEE_FIELD, DATE_FIELDS, Action, Place, plain
from pipeline.model.words import key, squashed
from pipeline.normalise import hidden
from pipeline.normalise.exempt import asked_by
from pipeline.normalise.headings import possible_fields
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
_OF_HIDDEN = ("hidden-words", "printed-hidden-words")
_OF_STRAYS = ("stray-text", "exempt-row")


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
    by cell and the columns in which rows are `marked` as exempt, the actions that are in the papers (by id), and the checks that are `off`.
    """

    trackers: Sequence[Tracker]
    readers: dict[str, list[tuple[int, Tracker]]]
    cells: dict[Place, SourceCell]
    claims: dict[Place, list[_Claim]]
    beside: dict[tuple[str, int], list[tuple[_Claim, str]]]
    strays: dict[Place, list[str]]
    found: dict[Place, set[str]]
    marked: set[tuple[str, int]]
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
    found: Iterable[tuple[Place, str]],
    known: Columns,
    off: Collection[str],
) -> list[list[Entry]]:
    """What became of each cell with words of a workbook, for each of its papers: a cell that is no paper's own is
    in the first. `printed` are the ids of the actions that the papers have; `found` are the places and checks of
    all findings; `off` are checks that are not made.
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
    found: Iterable[tuple[Place, str]],
    known: Columns,
    off: Collection[str],
) -> _Came:
    """What came of the reading, by where it came from."""
    came = _Came(trackers, {}, {}, {}, {}, {}, {}, set(), printed, known, off)
    for place, check in found:
        came.found.setdefault(place, set()).add(check)
        if check == "exempt-row":
            came.marked.add((place.sheet, place.column))
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


@dataclass(frozen=True, slots=True)
class _Here:
    """A sheet with a table: its names of the paper by cell, the words outside the table by row, and what is hidden
    by row, column and cell.
    """

    sheet: Sheet
    tracker: Tracker
    names: dict[Place, list[str]]
    strays: dict[int, list[Place]]
    hidden: dict[tuple[int, int] | Place, Place]


def _of_sheet(sheet: Sheet, came: _Came) -> Iterator[tuple[int, Entry]]:
    """What became of the cells of a sheet that has a table, each with the paper whose it is."""
    readers = came.readers[sheet.name]
    first, tracker = readers[0]
    columns = {
        cell.place: (number, column)
        for number, one in readers
        for row in one.rows
        for column, cell in row.own.items()
    }
    strays: dict[int, list[Place]] = {}
    for place in sorted(place for place in came.strays if place.sheet == sheet.name):
        strays.setdefault(place.row, []).append(place)
    here = _Here(sheet, tracker, _names(readers, came), strays, _hidden_parts(tracker))
    for row in sheet.rows:
        for cell in row.own.values():
            number, column = columns.get(cell.place, (first, cell.place.column))
            claims = came.claims.get(cell.place, [])
            shown = came.cells.get(cell.place)
            if shown is None:
                entry = _unseen(cell, here, came)
            else:
                entry = _seen(shown, row, column, claims, here, came)
                lost = entry.lost or _lost_beside(cell, shown, entry, here, came)
                entry = replace(entry, kind="unaccounted", lost=lost) if lost else entry
            yield (claims[0].paper if claims else number), entry


def _names(readers: list[tuple[int, Tracker]], came: _Came) -> dict[Place, list[str]]:
    """The cells above a table that give names of the paper, and those names."""
    made: dict[Place, list[str]] = {}
    for number, one in readers:
        whole = came.trackers[number]
        for titles in (one.titles, whole.titles):
            said = {"committee": titles.committee, "paper": titles.paper}
            for part, place in titles.places.items():
                made.setdefault(place, []).append(said.get(part, ""))
    return made


def _hidden_parts(tracker: Tracker) -> dict[tuple[int, int] | Place, Place]:
    """Where the hidden words of a sheet are reported: by (row, 0), (0, column) and cell."""
    made: dict[tuple[int, int] | Place, Place] = {}
    for one in tracker.hidden:
        match one.why:
            case hidden.ROW:
                rows = range(one.place.row, one.last_row + 1)
                made |= {(number, 0): one.place for number in rows}
            case hidden.COLUMN:
                made[0, one.place.column] = one.place
            case _:
                made[one.place] = one.place
    return made


def _hidden_check(place: Place, here: _Here, came: _Came) -> str:
    """The check that reports hidden words of a cell; nothing where none does."""
    keys: tuple[tuple[int, int] | Place, ...] = ((place.row, 0), (0, place.column), place)
    said = (came.reported(here.hidden[one], *_OF_HIDDEN) for one in keys if one in here.hidden)
    return next(filter(None, said), "")


def _unseen(cell: SourceCell, here: _Here, came: _Came) -> Entry:
    """What became of a cell that nobody sees in the workbook."""
    check = _hidden_check(cell.place, here, came)
    if check:
        return Entry(cell.place, "reported", check)
    column = cell.place.column
    heads = (row.own[column].words for row in here.sheet.rows if column in row.own)
    if column in here.sheet.hidden_columns and any(
        hidden.is_never_printed(words, came.known) for words in heads
    ):
        return Entry(cell.place, "withheld", "hidden columns that are never printed")
    return Entry(cell.place, "unaccounted", "", cell.words)


def _lost_beside(cell: SourceCell, shown: SourceCell, entry: Entry, here: _Here, came: _Came) -> str:
    """What else a cell of the file says that is neither printed nor reported: words that nobody sees in the
    workbook, or that are struck through.
    """
    if len(shown.runs) < len(cell.runs) and not _hidden_check(cell.place, here, came):
        return cell.words
    is_meant = entry.kind in ("printed", "title", "heading")
    if cell.struck and is_meant and not came.reported(cell.place, "struck-out-text"):
        return cell.struck
    return ""


def _seen(
    cell: SourceCell, row: SourceRow, column: int, claims: list[_Claim], here: _Here, came: _Came
) -> Entry:
    """What became of the words of a cell that one sees."""
    place, layout, below = cell.place, here.tracker.layout, here.tracker.below
    if place.row < layout.first_row:
        return _above(cell, claims, here, came)
    if place.row <= layout.heading_row:
        return Entry(place, "heading")
    if claims:
        return _taken(cell, claims, here, came)
    check = _stray_check(place, here, came)
    if not check and below and place.row >= below[0].number:
        start = Place(place.sheet, below[0].number, min(below[0].cells))
        check = came.reported(start, *_OF_THE_REST)
    if check:
        return Entry(place, "reported", check)
    return _in_column(place, column, here, came) or _in_row(cell, row, column, here, came)


def _stray_check(place: Place, here: _Here, came: _Came) -> str:
    """The check that reports some words outside the table, with those of their row."""
    places = here.strays.get(place.row, [])
    if place not in places:
        return ""
    said = (came.reported(one, *_OF_STRAYS) for one in (places[0], place))
    return next(filter(None, said), "")


def _above(cell: SourceCell, claims: list[_Claim], here: _Here, came: _Came) -> Entry:
    """What became of a cell above the table: a name of the paper, and its other words reported."""
    titles, place = came.known.title_block, cell.place
    labels = [*titles.committee, *titles.paper, *titles.meeting, *titles.following]
    said = key(cell.words)
    is_stray = place in came.strays
    check = _stray_check(place, here, came)
    if is_stray and not check and is_council(cell.words, titles):
        return Entry(place, "withheld", "the council's name")
    if place not in here.names and not claims:
        if check:
            return Entry(place, "reported", check)
        is_label = said in map(key, labels)
        return Entry(place, "title") if is_label else Entry(place, "unaccounted", "", cell.words)
    placed = [*here.names.get(place, ()), *(came.strays[place] if check else ())]
    free = {word for one in (*labels, *titles.upcoming) for word in key(one).split()}
    lost = _without(cell, placed, free | came.known.section_words | _BESIDE_DAYS)
    return Entry(place, "title", check, lost)


def _without(cell: SourceCell, placed: Sequence[str], free: Collection[str]) -> str:
    """The words of a cell that are not among those placed, no days, and not free to be left out."""
    if date_text(cell.value, cell.words).day is not None:
        return ""
    words = cell.words
    for start, end, _ in reversed(list(days_within(words))):
        words = f"{words[:start]} {words[end:]}"
    left = Counter(key(words).split())
    left.subtract(key(" ".join(placed)).split())
    return " ".join(word for word, times in left.items() if times > 0 and word not in free)


def _taken(cell: SourceCell, claims: list[_Claim], here: _Here, came: _Came) -> Entry:
    """What became of a cell that an action has, or several have."""
    first = claims[0]
    what = f"{first.field} of {plain(first.action.reference) or f'item {first.action.item}'}"
    kind: Kind = "printed"
    if first.field == "notes":
        kind, what = "withheld", "internal notes"
    elif first.field == COMMITTEE_FIELD:
        kind = "title"
    elif not any(id(claim.action) in came.printed for claim in claims):
        kind, what = "withheld", "closed in an earlier paper"
    soft = [one for one in claims if one.field in (COMMITTEE_FIELD, *DATE_FIELDS)]
    broken = [one for one in claims if not one.is_whole and one not in soft]
    lost = ""
    if broken:
        lost = _without(cell, [broken[0].said], ()) or cell.words
    elif len(soft) == len(claims) and not any(one.is_whole for one in soft):
        names = [came.trackers[one.paper].committee for one in soft[:1]]
        names += [one.said for one in soft]
        names += came.strays.get(cell.place, []) if _stray_check(cell.place, here, came) else []
        lost = _without(cell, names, came.known.section_words | _BESIDE_DAYS)
    return Entry(cell.place, kind, what, lost)


def _in_column(place: Place, column: int, here: _Here, came: _Came) -> Entry | None:
    """What became of a cell by its column, if that is not printed."""
    layout = here.tracker.layout
    if column in layout.ignored:
        return Entry(place, "withheld", "ignored columns")
    if column not in layout.unknown:
        return None
    check = came.reported(Place(place.sheet, layout.heading_row, column), "unpublished-column")
    if check:
        return Entry(place, "reported", check)
    asked = asked_by(layout.unknown[column], came.known)
    is_mark = asked.asks or asked.to_publish or (place.sheet, place.column) in came.marked
    return Entry(place, "withheld", "marks of exemption") if is_mark else None


def _in_row(cell: SourceCell, row: SourceRow, column: int, here: _Here, came: _Came) -> Entry:
    """What became of a cell that no action has and nothing reports, by what stands beside it."""
    place, words = cell.place, _letters(cell.text)
    others = [claim for one in row.own.values() for claim in came.claims.get(one.place, [])]
    for claim, rest in came.beside.get((place.sheet, place.row), ()):
        if words in _letters(rest):
            return Entry(place, "printed", f"{claim.field} of item {claim.action.item}")
    if is_ditto(cell.words):
        return Entry(place, "printed", "as the cell above")
    is_named = bool(possible_fields((cell.words,), came.known))
    if not others and all(_is_heading(one, here, came) for one in row.own.values()):
        return Entry(place, "heading")
    if len(row.own) == 1 and _NUMBER_TO_COME.fullmatch(cell.words):
        return Entry(place, "withheld", "numbers made ready")
    if others and is_named and any(claim.field == "update" for claim in others):
        return Entry(place, "withheld", "labels of updates")
    for claim in others:
        number = _letters(plain(claim.action.reference))
        if number and words.startswith(number) and _CONTINUED.fullmatch(words[len(number) :]):
            return Entry(place, "withheld", "references that are continued")
    return Entry(place, "unaccounted", "", cell.words)


def _is_heading(cell: SourceCell, here: _Here, came: _Came) -> bool:
    """Whether a cell of a row below the headings says one of them again."""
    said = {key(match.heading) for match in here.tracker.layout.matches.values()}
    said |= {key(words) for words in here.tracker.layout.unknown.values()}
    return key(cell.words) in said or bool(possible_fields((cell.words,), came.known))


def summary(entries: Sequence[Entry]) -> str:
    """A paper's account in a line: `412 cells: 388 printed, 12 headings and titles, …`."""
    counts = Counter(entry.kind for entry in entries)
    rules = Counter(entry.what for entry in entries if entry.kind == "withheld")
    why = ", ".join(rule if len(rules) == 1 else f"{rule} {times}" for rule, times in rules.items())
    parts = [
        f"{counts['printed']} printed",
        f"{counts['heading'] + counts['title']} headings and titles",
        f"{counts['withheld']} withheld ({why})" if rules else "",
        f"{counts['reported']} reported" if counts["reported"] else "",
        f"{counts['unaccounted']} unaccounted for" if counts["unaccounted"] else "",
    ]
    return f"{len(entries)} cells: {', '.join(filter(None, parts))}"
