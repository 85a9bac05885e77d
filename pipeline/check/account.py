"""The account of a workbook's cells: what became of the words of each.

The words of a cell that an action has are compared with what the action says, without what tidying changes: so it
notices what a change to the reading loses. Of the other cells the reading says by which rule they are withheld, and
the findings which of them they report.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from pipeline.check.seen import Became, Context, Entry
from pipeline.council.columns import UNPUBLISHED
from pipeline.council.dates import date_text, days_within
from pipeline.ingest.workbook import Sheet, SourceCell, Workbook
from pipeline.model.action import COMMITTEE_FIELD, DATE_FIELDS, Action, Place
from pipeline.model.words import is_one, key
from pipeline.normalise import hidden
from pipeline.normalise.exempt import mark_columns
from pipeline.normalise.layout import is_ignored
from pipeline.normalise.officers_list import is_directory
from pipeline.normalise.rows import is_ditto
from pipeline.normalise.tracker import Tracker

_LINE_O = re.compile(r"(?m)^\s*o\s+(?=\S)")  # a bullet, as Word leaves it
_STRUCK = "struck-out-text"
# Of what nobody sees in a cell, and not of what stands beside it there:
_OF_HIDDEN = ("hidden-words", "printed-hidden-words")


class _Claim(Struct, frozen=True):
    """That a field of an action has a cell's words; `said` is what the field says, if they are not all there."""

    paper: int
    action: Action
    field: str
    is_whole: bool
    said: str


class Account:
    """What came of the reading, by cell: what one sees there, the fields that have it, the names that it gives, its
    words that no action and no name has, the rule that withholds it, and the checks that report it.

    The `contexts` have the actions that the papers print, the `trackers` all of them; `reported` are the checks that
    report the words of a cell as left out.
    """

    def __init__(
        self,
        contexts: Sequence[Context],
        trackers: Sequence[Tracker],
        reported: Mapping[Place, Collection[str]],
    ) -> None:
        self.contexts, self.known, self.reported = contexts, contexts[0].columns, reported
        self.shown, titles = self.known.printed | UNPUBLISHED, self.known.title_block
        self.labels = titles.committee + titles.paper + titles.meeting + titles.following
        self.printed = {id(action) for one in contexts for action in one.tracker.actions}
        self.struck = {cell.place for one in contexts for cell in one.cells if cell.struck}
        # By sheet and row, and at row 0 of those that are no action's:
        self.papers: dict[tuple[str, int], int] = {}
        self.readers: dict[str, list[Tracker]] = {}
        self.cells: dict[Place, SourceCell] = {}
        self.claims: dict[Place, list[_Claim]] = {}
        self.names: dict[Place, list[str]] = {}
        self.strays: dict[Place, list[str]] = {}
        self.withheld: dict[Place, str] = {}
        self.committees: dict[str, list[str]] = {}
        self.days: dict[str, set[date]] = {}  # of the meetings
        for number, whole in enumerate(trackers):
            unused = (c for o in whole.sheets for c in o.titles.unused if c.place in o.withheld)
            for cell in (*whole.stray, *unused):
                self.strays.setdefault(cell.place, []).append(cell.words)
            names = [*whole.titles.names.values(), *whole.taken]
            for one in whole.sheets:
                self._add_sheet(number, one, whole)
                names += one.titles.names.values()
            for name in names:
                if name.place is not None:
                    self.names.setdefault(name.place, []).append("" if name.day else name.words)
            for action in whole.actions:
                for field in action.cells:
                    self._claim(number, whole, action, field)

    def _add_sheet(self, paper: int, one: Tracker, whole: Tracker) -> None:
        """Add the sheet that a tracker is made of; a paper's actions may be on several, and a sheet's in several."""
        name = one.sheet.name
        self.papers.setdefault((name, 0), paper)
        self.papers.update({(name, row.number): paper for row in one.rows})
        if name not in self.readers:
            self.cells |= {c.place: c for row in one.sheet.rows for c in row.own.values()}
        self.readers.setdefault(name, []).append(one)
        self.committees.setdefault(name, []).append(whole.committee)
        self.days.setdefault(name, set()).update(filter(None, (whole.meeting, one.titles.meeting)))
        self.withheld |= one.withheld
        shown = {number for field, number in one.layout.columns.items() if field in self.shown}
        marks = dict.fromkeys(mark_columns(one, self.known) - shown, "marks of exemption")
        aside = marks | dict.fromkeys(one.layout.ignored, "ignored columns")
        for row in one.rows if aside else ():
            self.withheld |= {row.cells[n].place: aside[n] for n in aside.keys() & row.cells.keys()}

    def _claim(self, paper: int, whole: Tracker, action: Action, name: str) -> None:
        """Add the cells that a field of an action has."""
        places = action.several.get(name) or (action.cells[name],)
        cells = [cell for place in places if (cell := self.cells.get(place))]
        if not cells:
            return  # as almost always of some fields
        said = whole.committee if name == COMMITTEE_FIELD else action.words[name]
        day, epoch = name in DATE_FIELDS and action.day(name).day, whole.sheet.epoch
        are_whole = [True]
        if day and not said:
            are_whole = [date_text(one.value, one.words, epoch).day == day for one in cells]
        elif [said] != [cell.text for cell in cells]:
            are_whole = _are_within(_letters(said), [_letters(cell.text) for cell in cells])
        for cell, has_letters in zip(cells, are_whole, strict=True):
            is_whole = has_letters and (cell.words in said or bool(key(cell.words)))  # a sign alone
            claim = _Claim(paper, action, name, is_whole, "" if is_whole else said)
            self.claims.setdefault(cell.place, []).append(claim)

    def _check(self, place: Place, *ways: str) -> str:
        """A check that reports what one sees in a cell, or one of some checks; nothing where none does."""
        for one in self.reported.get(place, ()):
            if one in ways if ways else one not in (_STRUCK, *_OF_HIDDEN):
                return one
        return ""

    def _left_out(self, cell: SourceCell, rule: str = "", *ways: str) -> Entry:
        """That a cell is reported, or withheld by a rule; else it is lost."""
        if check := self._check(cell.place, *ways):
            return Entry(cell.place, "reported", check)
        if rule:
            return Entry(cell.place, "withheld", rule)
        return Entry(cell.place, "unaccounted", "", cell.words or cell.struck)

    def entries(self, book: Workbook) -> list[list[Entry]]:
        """What became of each cell with words of a workbook, for each of its papers: a cell that is no paper's own is
        in the first.
        """
        made: list[list[Entry]] = [[] for _ in self.contexts]
        for sheet in book.sheets:
            usual, rules = self.papers.get((sheet.name, 0), 0), self._rules_of(sheet)
            for row in sheet.rows:
                number = self.papers.get((sheet.name, row.number), usual)
                for column, cell in row.cells.items():
                    if cell.anchor_row == row.number and (cell.words or cell.struck):
                        claims = self.claims.get(cell.place, [])
                        entry = self._entry(cell, claims, rules.get(column, rules[0]))
                        made[claims[0].paper if claims else number].append(entry)
        return made

    def _rules_of(self, sheet: Sheet) -> dict[int, str]:
        """The rules that withhold what nobody sees of a sheet, by column; at 0 that of all others."""
        if sheet.name in self.readers:
            private = hidden.never_printed(sheet, self.known)
            return {0: "", **dict.fromkeys(private, "hidden columns that are never printed")}
        if is_ignored(sheet, self.known):
            return {0: "ignored sheets"}
        return {0: "the list of officers" * is_directory(sheet)}

    def _entry(self, cell: SourceCell, claims: list[_Claim], rule: str) -> Entry:
        """What became of a cell that some `claims` have; the `rule` withholds it if nobody sees it."""
        read = self.readers.get(cell.place.sheet)
        if read and not cell.words:
            is_meant = cell.place in self.struck or cell.place.row <= read[0].layout.heading_row
            rule = "" if is_meant else "struck through, and not to be printed"
            return self._left_out(cell, rule, _STRUCK)
        seen = self.cells.get(cell.place)
        if seen is None:
            if not read and cell.place in self.names:
                return Entry(cell.place, "title")
            return self._left_out(cell, rule, *self.reported.get(cell.place, ()))
        entry = self._seen(seen, claims)
        lost = entry.lost or self._lost_beside(cell, seen, entry)
        return replace(entry, kind="unaccounted", lost=lost) if lost else entry

    def _lost_beside(self, cell: SourceCell, seen: SourceCell, entry: Entry) -> str:
        """What else a cell of the file says that is neither printed nor reported: words that nobody sees in the
        workbook, or that are struck through.
        """
        if len(seen.runs) < len(cell.runs) and not self._check(cell.place, *_OF_HIDDEN):
            return cell.words
        is_lost = cell.struck and entry.kind in ("printed", "title", "heading")
        return cell.struck if is_lost and not self._check(cell.place, _STRUCK) else ""

    def _seen(self, cell: SourceCell, claims: list[_Claim]) -> Entry:
        """What became of the words of a cell that one sees."""
        place = cell.place
        layout = self.readers[place.sheet][0].layout
        if not claims and place in self.withheld and place not in self.names:
            return Entry(place, "withheld", self.withheld[place])
        if place.row < layout.first_row:
            return self._above(cell, claims)
        if place.row <= layout.heading_row:
            return Entry(place, "heading")
        if claims:
            return self._taken(cell, claims)
        if is_ditto(cell.words, self.known) and not self._check(place):
            return Entry(place, "printed", "as the cell above")
        return self._left_out(cell)

    def _above(self, cell: SourceCell, claims: list[_Claim]) -> Entry:
        """What became of a cell above the table: a name of the paper, and its other words reported."""
        place, check = cell.place, self._check(cell.place)
        if place in self.names or claims:
            labels = self.labels + self.known.title_block.upcoming
            lost = self._without(cell, claims, self.days[place.sheet], *labels)
            return Entry(place, "title", check, lost)
        is_label = not check and is_one(cell.words, self.labels)
        return Entry(place, "title") if is_label else self._left_out(cell)

    def _without(
        self, cell: SourceCell, own: list[_Claim], days: Collection[date] = (), *labels: str
    ) -> str:
        """The words of a cell that are in no name of the paper or of some claims, in none of their days or of `days`,
        no `labels`, neither reported nor withheld, and not such as go with them.
        """
        place, words = cell.place, cell.words
        given = {one.action.day(one.field).day for one in own if one.field in DATE_FIELDS}
        given = {*days, *given} - {None}
        if date_text(cell.value, words, self.readers[place.sheet][0].sheet.epoch).day in given:
            return ""
        for start, end, day in reversed(list(days_within(words))):
            words = f"{words[:start]} {words[end:]}" if day in given else words
        is_placed = self._check(place) or place in self.withheld
        placed = [*labels, *self.committees[place.sheet], *self.names.get(place, ())]
        placed += [one.said for one in own]
        placed += self.strays.get(place, ()) if is_placed else ()
        left = Counter(key(words).split()) - Counter(key(" ".join(placed)).split())
        may_go = self.known.section_words.union(self.known.title_block.beside)
        return " ".join(word for word in left if word not in may_go)

    def _taken(self, cell: SourceCell, claims: list[_Claim]) -> Entry:
        """What became of a cell that an action has, or several have."""
        place = cell.place
        first = min(claims, key=lambda one: (one.field not in self.shown, not one.is_whole))
        kind: Became = "printed"
        what = f"{first.field} of {first.action.words['reference'] or f'item {first.action.item}'}"
        if first.field == "notes":
            kind, what = "withheld", "internal notes"
        elif first.field == COMMITTEE_FIELD:
            kind = "title"
        elif not any(id(claim.action) in self.printed for claim in claims):
            kind, what = "withheld", "closed in an earlier paper"
        elif first.field not in self.shown:
            return self._left_out(cell, self.withheld.get(place, ""))
        if all(one.is_whole for one in claims):
            return Entry(place, kind, what)  # as almost always
        check = self._check(place)
        if check and not any(one.said or one.is_whole for one in claims):
            return Entry(place, "reported", check)
        groups = (list(own) for _, own in groupby(claims, key=lambda one: id(one.action)))
        lost = (self._unsaid(cell, own, claims) for own in groups)
        return Entry(place, kind, what, next(filter(None, lost), ""))

    def _unsaid(self, cell: SourceCell, own: list[_Claim], claims: list[_Claim]) -> str:
        """The words of a cell that an action does not say, which has it by its `own` claims. Beside a name there may
        be days and other names, which any action may have if this one has only the committee from the cell.
        """
        if any(one.is_whole for one in own):
            return ""
        texts = [one.said for one in own if one.field not in (COMMITTEE_FIELD, *DATE_FIELDS)]
        if texts:
            there = {"", *(key(word) for said in texts for word in said.split())}
            lost = " ".join(word for word in cell.words.split() if key(word) not in there)
            return lost or cell.words
        return self._without(cell, own if any(one.field in DATE_FIELDS for one in own) else claims)


def _are_within(said: str, words: Sequence[str]) -> list[bool]:
    """Whether a text has the words of each cell, in their order."""
    found, at = [], 0
    for one in words:
        start = said.find(one, at)
        found.append(start >= 0)
        at = start + len(one) if start >= 0 else at
    return found


def _letters(text: str) -> str:
    """The letters and figures of a text alone, without the mark of a list; of a sign alone nothing."""
    whole = unicodedata.normalize("NFKD", _LINE_O.sub("", text).casefold())
    return "".join(sign for sign in whole if sign.isalnum())


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
