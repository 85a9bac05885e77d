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
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from pipeline.check.seen import Became, Context, Entry
from pipeline.council.columns import UNPUBLISHED
from pipeline.council.dates import date_text, days_within
from pipeline.ingest.workbook import Sheet, SourceCell, SourceRow, Workbook
from pipeline.model.action import COMMITTEE_FIELD, DATE_FIELDS, Action, Place
from pipeline.model.words import is_one, key, squashed
from pipeline.normalise import hidden
from pipeline.normalise.exempt import asked_by
from pipeline.normalise.headings import possible_fields
from pipeline.normalise.officers_list import is_directory
from pipeline.normalise.table_rows import is_ditto
from pipeline.normalise.title_words import is_council
from pipeline.normalise.tracker import Tracker

_LINE_O = re.compile(r"(?m)^\s*o\s+(?=\S)")  # a bullet, as Word leaves it
_NUMBER_TO_COME = re.compile(r"(?=.*\d).{1,20}")
_CONTINUED = re.compile(r"cont(?:d|inued)?")
_BESIDE_DAYS = frozenset(
    ("and", "at", "be", "current", "dated", "for", "held", "meeting", "meets", "of", "on", "the", "this", "to")
)  # fmt: skip
_OF_SHEETS = ("hidden-words", "hidden-sheet", "unread-sheet", "unread-table")
_OF_THE_REST = ("second-table", "second-tracker")
_OF_HIDDEN = ("hidden-words", "printed-hidden-words")
_OF_STRAYS = ("stray-text", "exempt-row")


class _Claim(Struct, frozen=True):
    """That a field of an action has a cell's words; `said` is what the field says, if they are not all there, and
    `beside` what it says that no cell of its own has.
    """

    paper: int
    action: Action
    field: str
    is_whole: bool
    said: str
    beside: str


def account(
    book: Workbook,
    contexts: Sequence[Context],
    trackers: Sequence[Tracker],
    found: Iterable[tuple[Place, str]],
) -> list[list[Entry]]:
    """What became of each cell with words of a workbook, for each of its papers: a cell that is no paper's own is
    in the first. The `contexts` have the actions that the papers print, the `trackers` all of them; `found` are the
    place and the check of each finding.
    """
    made: list[list[Entry]] = [[] for _ in contexts]
    lookup = _Lookup(contexts, trackers, found)
    for sheet in book.sheets:
        if sheet.name in lookup.readers:
            for paper, entry in _Table(sheet, lookup).entries():
                made[paper].append(entry)
        else:
            made[0] += _unread(sheet, lookup)
    return made


class _Lookup:
    """What came of the reading, by cell: what one sees there, the fields that have it, the words outside tables (by
    row), and the checks that report it. `marked` are columns with marks of exemption, `off` the checks that are not
    made.
    """

    def __init__(
        self,
        contexts: Sequence[Context],
        trackers: Sequence[Tracker],
        found: Iterable[tuple[Place, str]],
    ) -> None:
        rules, self.known, self.trackers = contexts[0].rules, contexts[0].columns, trackers
        self.shown = self.known.printed | UNPUBLISHED
        self.off = {name for name, chosen in rules.severity.items() if chosen == "off"}
        self.printed = {id(action) for one in contexts for action in one.tracker.actions}
        self.found: dict[Place, set[str]] = {}
        for place, check in found:
            self.found.setdefault(place, set()).add(check)
        self.marked = {
            (place.sheet, place.column)
            for place, checks in self.found.items()
            if "exempt-row" in checks
        }
        self.readers: dict[str, list[tuple[int, Tracker]]] = {}
        self.cells: dict[Place, SourceCell] = {}
        self.claims: dict[Place, list[_Claim]] = {}
        self.strays: dict[tuple[str, int], dict[Place, list[str]]] = {}
        for number, whole in enumerate(trackers):
            for cell in whole.stray:
                row = self.strays.setdefault((cell.place.sheet, cell.place.row), {})
                row.setdefault(cell.place, []).append(cell.words)
            for one in whole.sheets:
                self.readers.setdefault(one.sheet.name, []).append((number, one))
                self.cells.update({c.place: c for row in one.sheet.rows for c in row.own.values()})
            for action in whole.actions:
                for name in action.cells:
                    if not _is_told_by_another(action, name):
                        self._claim(number, whole, action, name)

    def _claim(self, paper: int, whole: Tracker, action: Action, name: str) -> None:
        """Add the cells that a field of an action has."""
        places = (action.cells[name], *action.more.get(name, ()))
        cells = [self.cells[place] for place in places if place in self.cells]
        said = whole.committee if name == COMMITTEE_FIELD else action.words[name]
        day, epoch = name in DATE_FIELDS and action.day(name).day, whole.sheet.epoch
        beside, are_whole = "", [True]
        if day and not said:
            are_whole = [date_text(one.value, one.words, epoch).day == day for one in cells]
        elif [said] != [cell.text for cell in cells]:
            are_whole, beside = _parted(_letters(said), [_letters(cell.text) for cell in cells])
        for cell, has_letters in zip(cells, are_whole, strict=True):
            is_whole = has_letters and (cell.words in said or bool(key(cell.words)))  # a sign alone
            claim = _Claim(paper, action, name, is_whole, "" if is_whole else said, beside)
            self.claims.setdefault(cell.place, []).append(claim)

    def reported(self, places: Iterable[Place], checks: Sequence[str]) -> str:
        """The first of some checks that reports one of some cells, or is off; nothing where none does."""
        said = {one for place in places for one in self.found.get(place, ())}
        return next((one for one in checks if one in said or one in self.off), "")


def _is_told_by_another(action: Action, name: str) -> bool:
    """Whether a field's cell says another one too, which has all its words: a status, or the update behind it."""
    places = action.cells
    is_shared = places.get("status") is not None and places.get("status") == places.get("update")
    return is_shared and name == ("status" if action.update else "update")


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
    """The letters and figures of a text alone, without the mark of a list; of a sign alone nothing."""
    whole = unicodedata.normalize("NFKD", _LINE_O.sub("", text).casefold())
    return "".join(sign for sign in whole if sign.isalnum())


def _unread(sheet: Sheet, lookup: _Lookup) -> Iterator[Entry]:
    """What became of the cells of a sheet that no paper is made of."""
    taken = {guess.place for one in lookup.trackers for guess in one.taken}
    check = lookup.reported([Place(sheet.name, 1, 1)], _OF_SHEETS)
    rule = "ignored sheets" if is_one(sheet.name, lookup.known.ignored.sheets) else ""
    rule = rule or ("the list of officers" if is_directory(sheet) else "")
    for row in sheet.rows:
        for cell in row.own.values():
            if cell.place in taken:
                yield Entry(cell.place, "title")
            elif check or rule:
                yield Entry(cell.place, "reported" if check else "withheld", check or rule)
            else:
                yield _lost(cell)


def _lost(cell: SourceCell) -> Entry:
    """That all words of a cell are lost."""
    return Entry(cell.place, "unaccounted", "", cell.words)


class _Table:
    """A sheet with a table, and what its cells are looked up in."""

    def __init__(self, sheet: Sheet, lookup: _Lookup) -> None:
        self.sheet, self.known, self.lookup = sheet, lookup.known, lookup
        self.readers = lookup.readers[sheet.name]
        self.tracker = self.readers[0][1]
        layout = self.tracker.layout
        self.first, self.last = layout.first_row, layout.heading_row
        heads = [row for row in sheet.rows if self.first <= row.number <= self.last]
        self.headings = {squashed(cell.words) for row in heads for cell in row.own.values()}
        self.columns = {
            cell.place: (number, column)
            for number, one in self.readers
            for row in one.rows
            for column, cell in row.cells.items()
        }
        rows = (place.row for place in self.columns if place in lookup.claims)
        self.last_action = max(rows, default=0)
        self.withheld = dict(pair for _, one in self.readers for pair in one.withheld.items())
        self.names: dict[Place, list[str]] = {}  # of the paper
        for number, read in self.readers:
            for titles in (read.titles, lookup.trackers[number].titles):
                for name in titles.names.values():
                    if name.place is not None:
                        self.names.setdefault(name.place, []).append("" if name.day else name.words)
        # A row, a column or a cell (0: all of them), and where it is reported that it is hidden.
        self.hidden: dict[tuple[int, int], Place] = {}
        for one in self.tracker.hidden:
            place = one.place
            if one.why == hidden.ROW:
                self.hidden |= {(row, 0): place for row in range(place.row, one.last_row + 1)}
            else:
                self.hidden[0 if one.why == hidden.COLUMN else place.row, place.column] = place

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """What became of each cell, and the paper whose it is."""
        for row in self.sheet.rows:
            for cell in row.cells.values():
                if cell.anchor_row != row.number or not (cell.words or cell.struck):
                    continue
                claims = self.lookup.claims.get(cell.place, [])
                default = (self.readers[0][0], cell.place.column)
                number, column = self.columns.get(cell.place, default)
                seen = self.lookup.cells.get(cell.place)
                if not cell.words:
                    entry = self._struck(cell, column)
                elif seen is None:
                    entry = self._unseen(cell)
                else:
                    entry = self._seen(seen, row, column, claims)
                    lost = entry.lost or self._lost_beside(cell, seen, entry)
                    entry = replace(entry, kind="unaccounted", lost=lost) if lost else entry
                yield (claims[0].paper if claims else number), entry

    def _hidden_check(self, place: Place) -> str:
        """The check that reports hidden words of a cell; nothing where none does."""
        ways = ((place.row, 0), (0, place.column), (place.row, place.column))
        places = [self.hidden[way] for way in ways if way in self.hidden]
        return self.lookup.reported(places, _OF_HIDDEN) if places else ""

    def _unseen(self, cell: SourceCell) -> Entry:
        """What became of a cell that nobody sees in the workbook."""
        check, column = self._hidden_check(cell.place), cell.place.column
        if check:
            return Entry(cell.place, "reported", check)
        heads = (row.own[column].words for row in self.sheet.rows if column in row.own)
        is_ours = column in self.sheet.hidden_columns
        if is_ours and any(hidden.is_never_printed(words, self.known) for words in heads):
            return Entry(cell.place, "withheld", "hidden columns that are never printed")
        return _lost(cell)

    def _struck(self, cell: SourceCell, column: int) -> Entry:
        """What became of a cell whose words are all struck through."""
        if self._reported(cell, "struck-out-text"):
            return Entry(cell.place, "reported", "struck-out-text")
        field_of = {number: name for name, number in self.tracker.layout.columns.items()}
        is_meant = cell.place in self.columns and field_of.get(column, "notes") not in UNPUBLISHED
        if is_meant or cell.place.row <= self.last:
            return Entry(cell.place, "unaccounted", "", cell.struck)
        return Entry(cell.place, "withheld", "struck through, and not to be printed")

    def _lost_beside(self, cell: SourceCell, seen: SourceCell, entry: Entry) -> str:
        """What else a cell of the file says that is neither printed nor reported: words that nobody sees in the
        workbook, or that are struck through.
        """
        if len(seen.runs) < len(cell.runs) and not self._hidden_check(cell.place):
            return cell.words
        is_meant = entry.kind in ("printed", "title", "heading")
        if cell.struck and is_meant and not self._reported(cell, "struck-out-text"):
            return cell.struck
        return ""

    def _reported(self, cell: SourceCell, check: str) -> str:
        return self.lookup.reported([cell.place], (check,))

    def _seen(self, cell: SourceCell, row: SourceRow, column: int, claims: list[_Claim]) -> Entry:
        """What became of the words of a cell that one sees."""
        place, below = cell.place, self.tracker.below
        if place in self.withheld and not claims and place not in self.names:
            return Entry(place, "withheld", self.withheld[place])
        if place.row < self.first:
            return self._above(cell, claims)
        if place.row <= self.last:
            return Entry(place, "heading")
        if claims:
            return self._taken(cell, claims)
        _, check = self._stray(place)
        if not check and below and place.row >= below[0].number:
            start = Place(place.sheet, below[0].number, min(below[0].cells))
            check = self.lookup.reported([start], _OF_THE_REST)
        if check:
            return Entry(place, "reported", check)
        return self._in_column(place, column) or self._in_row(cell, row, column)

    def _stray(self, place: Place) -> tuple[list[str], str]:
        """The words of a cell that are outside the table, or that no name of the paper has; and the check that reports
        them with those of their row.
        """
        row = self.lookup.strays.get((place.sheet, place.row), {})
        return row.get(place, []), self.lookup.reported(row, _OF_STRAYS) if place in row else ""

    def _above(self, cell: SourceCell, claims: list[_Claim]) -> Entry:
        """What became of a cell above the table: a name of the paper, and its other words reported."""
        titles, place = self.known.title_block, cell.place
        labels = titles.committee + titles.paper + titles.meeting + titles.following
        strays, check = self._stray(place)
        if place not in self.names and not claims:
            if check:
                return Entry(place, "reported", check)
            if strays and is_council(cell.words, titles):
                return Entry(place, "withheld", "the council's name")
            return Entry(place, "title") if is_one(cell.words, labels) else _lost(cell)
        placed = [words for words in strays if check or is_council(words, titles)]
        placed += [*self.names.get(place, ()), *labels, *titles.upcoming]
        days = [self.lookup.trackers[number].meeting for number, _ in self.readers]
        days += [one.titles.meeting for _, one in self.readers if one.titles.meeting]
        days += [day for one in claims if (day := one.action.date.day)]
        return Entry(place, "title", check, self._without(cell, placed, days))

    def _without(
        self, cell: SourceCell, placed: Sequence[str], days: Collection[date | None]
    ) -> str:
        """The words of a cell that are not among those placed, none of some days, and not such as go with them."""
        words = cell.words
        if date_text(cell.value, words, self.tracker.sheet.epoch).day in {*days} - {None}:
            return ""
        for start, end, day in reversed(list(days_within(words))):
            words = f"{words[:start]} {words[end:]}" if day in days else words
        left = Counter(key(words).split()) - Counter(key(" ".join(placed)).split())
        may_go = self.known.section_words | _BESIDE_DAYS
        return " ".join(word for word in left if word not in may_go)

    def _taken(self, cell: SourceCell, claims: list[_Claim]) -> Entry:
        """What became of a cell that an action has, or several have."""
        shown = self.lookup.shown
        first = next((one for one in claims if one.field in shown), claims[0])
        kind: Became = "printed"
        what = f"{first.field} of {first.action.words['reference'] or f'item {first.action.item}'}"
        if first.field == "notes":
            kind, what = "withheld", "internal notes"
        elif first.field == COMMITTEE_FIELD:
            kind = "title"
        elif not any(id(claim.action) in self.lookup.printed for claim in claims):
            kind, what = "withheld", "closed in an earlier paper"
        elif first.field not in shown:
            head = Place(cell.place.sheet, self.last, cell.place.column)
            check = self.lookup.reported([head], ["unpublished-column"])
            return Entry(cell.place, "reported", check) if check else _lost(cell)
        lost = ""
        texts = [one for one in claims if one.field not in (COMMITTEE_FIELD, *DATE_FIELDS)]
        broken = next((one for one in texts if not one.is_whole), None)
        if broken is not None:
            there = {*map(key, broken.said.split()), ""}
            lost = " ".join(word for word in cell.words.split() if key(word) not in there)
            lost = lost or cell.words
        elif not texts:
            doubtful = (self._beside_names(cell, one, claims) for one in claims if not one.is_whole)
            lost = next(filter(None, doubtful), "")
        return Entry(cell.place, kind, what, lost)

    def _beside_names(self, cell: SourceCell, claim: _Claim, claims: list[_Claim]) -> str:
        """The words of a cell that are in none of the names and days which the action of a claim has from it."""
        same = [one for one in claims if one.action is claim.action]
        if any(one.is_whole for one in same):
            return ""
        days = [one.action.day(one.field).day for one in same if one.field in DATE_FIELDS]
        strays, check = self._stray(cell.place)
        names = [self.lookup.trackers[claim.paper].committee, *(strays if check else ())]
        return self._without(cell, [*names, *(one.said for one in same)], days)

    def _in_column(self, place: Place, column: int) -> Entry | None:
        """What became of a cell by its column, if that is not printed."""
        layout = self.tracker.layout
        if column in layout.ignored:
            return Entry(place, "withheld", "ignored columns")
        if column not in layout.unknown:
            return None
        head = Place(place.sheet, layout.heading_row, column)
        check = self.lookup.reported([head], ["unpublished-column"])
        if check:
            return Entry(place, "reported", check)
        asked = asked_by(layout.unknown[column], self.known)
        is_marked = (place.sheet, place.column) in self.lookup.marked
        is_marks = asked.asks or asked.to_publish or is_marked
        return Entry(place, "withheld", "marks of exemption") if is_marks else None

    def _in_row(self, cell: SourceCell, row: SourceRow, column: int) -> Entry:
        """What became of a cell that no action has and nothing reports, by what stands beside it."""
        place, words = cell.place, _letters(cell.text)
        found = self.lookup.claims
        others = [claim for one in row.own.values() for claim in found.get(one.place, [])]
        for one in others:
            if words and words in one.beside:
                return Entry(place, "printed", f"{one.field} of item {one.action.item}")
        if is_ditto(cell.words, self.known):
            return Entry(place, "printed", "as the cell above")
        if not others and all(map(self._is_heading, row.own.values())):
            return Entry(place, "heading")
        is_number = column == self.tracker.layout.columns.get("reference")
        is_below = place.row > self.last_action and len(row.own) == 1
        if is_number and is_below and _NUMBER_TO_COME.fullmatch(cell.words):
            return Entry(place, "withheld", "numbers made ready")
        if any(one.field == "update" for one in others) and self._is_heading(cell):
            return Entry(place, "withheld", "labels of updates")
        for one in others:
            number = _letters(one.action.words["reference"])
            if number and words.startswith(number) and _CONTINUED.fullmatch(words[len(number) :]):
                return Entry(place, "withheld", "references that are continued")
        return _lost(cell)

    def _is_heading(self, cell: SourceCell) -> bool:
        """Whether a cell of a row below the headings says one of them again."""
        is_again = squashed(cell.words) in self.headings
        return is_again or bool(possible_fields((cell.words,), self.known))


def summary(entries: Sequence[Entry]) -> str:
    """A paper's account in a line: `412 cells: 388 printed, 12 headings and titles, …`."""
    counts = Counter(entry.kind for entry in entries)
    rules = Counter(entry.what for entry in entries if entry.kind == "withheld")
    why = ", ".join(rule if len(rules) == 1 else f"{times} {rule}" for rule, times in rules.items())
    parts = [
        f"{counts['printed']} printed",
        f"{counts['heading'] + counts['title']} headings and titles",
        f"{counts['withheld']} withheld ({why})" if rules else "",
        f"{counts['reported']} reported" if counts["reported"] else "",
        f"{counts['unaccounted']} unaccounted for" if counts["unaccounted"] else "",
    ]
    return f"{len(entries)} cells: {', '.join(filter(None, parts))}"
