"""What each row of a table is: one table of rules, of which the first that fits is meant.

Does not put rows together; `drafts` does, by their kinds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council.columns import Columns
from pipeline.council.dates import date_text, day_within, is_when
from pipeline.ingest.workbook import SourceCell, SourceRow
from pipeline.model.action import COMMITTEE_FIELD, DATE_FIELDS
from pipeline.model.document import Run
from pipeline.model.text import is_sentence
from pipeline.model.words import LEAD_END, begins, ends, is_one, key, lead
from pipeline.normalise.exempt import exempt_mark
from pipeline.normalise.headings import FEWEST_HEADINGS, is_named
from pipeline.normalise.looks import REFERENCE, cell_day, shape
from pipeline.normalise.table_rows import TOLD, Cells, Filled, has_day
from pipeline.normalise.title_words import ENDS, LEAD, is_bare, parts_of_line
from pipeline.normalise.tracker import SPARE

_FILLED = frozenset({"update", "status", "officers", "due"})
_WORD = re.compile(r"[a-z]{3}")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[/–-]\s*\d{2,4})?")
_YEARS = re.compile(r"\d{4}\s*[/–-]\s*\d{2,4}")
_LABEL = re.compile(r"\(?[A-Za-z\d]{1,2}[).]")  # of columns, such as (a) (b) (c)
_HINT = re.compile(
    r"[(\[]?d{1,2}\s?[/.-]\s?m{1,3}\s?[/.-]\s?y{2,4}[)\]]?", re.IGNORECASE
)  # such as dd/mm/yyyy
_PARTS = re.compile(r"[;,|]")
_ITEM = re.compile(  # such as `Item 5 – Berths` and `9. Berths`
    r"(?:(?:agenda )?e?item \d+\w?|\d{1,3}[a-z]?(?=\s*[-–—:.)])(?:\.\d+)*)\W+[^\W\d]{2}",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?:(\d{1,3})\s+)?(\D*?)(\d{1,3}(?:\s?%)?)?")  # such as `Completed: 4`
_LONGEST_COUNT, _LONGEST_TITLE = 40, 12  # characters; words


def _is_surely_action(one: Filled, known: Columns) -> bool:
    """Whether a row is surely an action's: it says what was asked for, or has a reference and more."""
    if _begins_key(one, known) or _is_total(one, known):
        return False
    names = one.own.keys()
    return (
        "action" in names
        or {"reference"} < names
        or ("title" in names and not names.isdisjoint(_FILLED))
    )


def _begins_key(one: Filled, known: Columns) -> bool:
    """Whether a row, and what follows, explains signs or colours."""
    return is_one(one.lead, known.under_table.keys) and not _is_told(one.own, known)


def _is_told(own: Cells, known: Columns) -> bool:
    """Whether a row has what only an action has: a day, what was asked (which no status is) and what was
    done, or a sentence that asks and how it stands.
    """
    if "action" in own and known.status(own["action"].words) == "unknown":
        stands = _has_status(own, known)
        if "update" in own or (stands and is_sentence(own["action"].words)):
            return True
    return has_day(own)


def _has_status(own: Cells, known: Columns) -> bool:
    """Whether a row has a status that there is."""
    return "status" in own and known.status(own["status"].words) != "unknown"


def _is_total(one: Filled, known: Columns) -> bool:
    """Whether a row counts the actions above it: it says so, or has a number for a status."""
    own = one.own
    counts = "status" in own and own["status"].words.isdecimal()
    is_total = (
        is_one(one.lead, known.under_table.totals)
        or (counts and own.keys().isdisjoint(("action", "reference")))
        or _is_bare_total(own, known)
    )
    return is_total and not _is_told(own, known)


def _is_bare_total(own: Cells, known: Columns) -> bool:
    """Whether a row is words for a total or a status and their numbers, and nothing else."""
    is_more = len(own) == 1 and not own.keys().isdisjoint(TOLD)
    is_count = not is_more and _are_counts(_words_in_order(own), known)
    return is_count and not _has_status(own, known)


def _words_in_order(own: Cells) -> list[str]:
    """The words of a row's cells, as one reads them."""
    return [cell.words for cell in sorted(own.values(), key=lambda cell: cell.place)]


def _are_counts(words: list[str], known: Columns) -> bool:
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


def _is_bare_key(words: list[str], known: Columns, *, goes_on: bool) -> bool:
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
    return is_one(words, known.under_table.colours) or known.is_listed(words.strip())


def _is_stamp(words: str, known: Columns) -> bool:
    """Whether words only say on what day the workbook was updated or printed."""
    found = day_within(words)
    return found is not None and is_one(found[0], known.under_table.stamps) and not key(found[2])


def aside_above(words: list[str], before: Kind | None, known: Columns) -> Kind | None:
    """What the words of a line above the table are that go in no paper: a total, a key, or the day of the update.

    `before` is what the line before it was.
    """
    if _are_counts(words, known):
        return Kind.TOTAL
    if _is_bare_key(words, known, goes_on=before is Kind.KEY):
        return Kind.KEY
    return Kind.STAMP if _is_stamp(" ".join(words), known) else None


def _is_spare(words: str, shapes: set[str]) -> bool:
    """Whether words alone in the column of references are the number of an action to come."""
    if shape(words) in shapes:
        return not _YEARS.fullmatch(words)
    return REFERENCE.fullmatch(words) is not None and not (
        _WORD.search(words) or _YEARS.fullmatch(words)
    )


def _is_guidance(one: Filled, known: Columns) -> bool:
    """Whether a row above all actions only says how to fill the table in: labels or numbers of the columns,
    an example, or hints at what belongs in each column.
    """
    words = [cell.words for cell in one.own.values()]
    if len(words) == 1:
        return _HINT.fullmatch(words[0]) is not None
    examples = sum(begins(said, known.guidance.examples) for said in words)
    return (
        all(map(_LABEL.fullmatch, words))
        or _are_numbers(one.row)
        or examples > 1
        or _has_hints(one.own, known)
    )


def _are_numbers(row: SourceRow) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 and so on."""
    words = [cell.words for cell in row.cells.values() if cell.words]
    numbers = [str(number) for number in range(1, len(words) + 1)]
    return len(words) >= FEWEST_HEADINGS and words == numbers


def _has_hints(own: Cells, known: Columns) -> bool:
    """Whether a row hints at what belongs in its columns: the form of a date, or several cells that are
    other names of their columns, or say how to write a status or a date. None is a day, or a status that
    there is.
    """
    if has_day(own) or _has_status(own, known):
        return False
    chosen = [own[name].words for name in (*DATE_FIELDS, "status") if name in own]
    named = sum(is_named(cell.words, name, known) for name, cell in own.items())
    hints = sum(begins(said, known.guidance.hints) for said in chosen)
    return any(map(_HINT.fullmatch, chosen)) or named + hints >= FEWEST_HEADINGS


_ACROSS = 2  # columns more than its own, over which a cell is a line across the table
_TOWARDS = re.compile(
    r"\b(?:to|by|with)\b", re.IGNORECASE
)  # such as `Referred to Planning Committee`
_DUE = re.compile(r"\b(?:by|due)\b", re.IGNORECASE)
_CONTINUED = re.compile(r"(.+?)\s*\(?\s*cont(?:['’]?d|inued|\.)?\.?\s*\)?", re.IGNORECASE)
_WORDED = frozenset({"title", "action", "update"})
_Gathered: TypeAlias = Mapping[str, tuple[SourceCell, ...]]  # an action's cells, by field
_Fit: TypeAlias = bool | tuple[SourceCell, ...]  # whether a rule fits, or the cells that it read


class Kind(StrEnum):
    """What a row is, and so what becomes of it."""

    DAY = "meeting's day"
    BODY = "committee"
    SECTION = "section"
    GUIDANCE = "guidance"
    SPARE = SPARE
    KEY = "key"
    TOTAL = "total"
    STAMP = "day of the update"
    TITLE = "item's title"
    UPDATE = "update"
    JOINED = "joined update"
    CONTINUED = "continued action"
    WAITING = "item's first action"
    MORE = "more of the action"
    ACTION = "action"
    END = "below the table"


class Table(Struct, frozen=True, dict=True):
    """The rows of a table with words, and what they are like as a whole. It has columns for some `fields`; the
    `committee` may stand in lines that head the rows of a meeting.
    """

    rows: list[Filled]
    known: Columns
    committee: str
    fields: Container[str]

    @cached_property
    def sure(self) -> list[int]:
        """The numbers of the rows that are surely an action's."""
        return [n for n, one in enumerate(self.rows) if _is_surely_action(one, self.known)]

    @cached_property
    def shapes(self) -> set[str]:
        """The shapes of the actions' references."""
        given = (self.rows[number].own.get("reference") for number in self.sure)
        return {shape(cell.words) for cell in given if cell is not None}

    @property
    def last(self) -> int:
        """The number of the last row that is surely an action's."""
        return self.sure[-1] if self.sure else -1

    @cached_property
    def below(self) -> int:
        """The number of the first row that stands apart below it."""
        numbers = range(self.last + 1, len(self.rows))
        return next((n for n in numbers if self.rows[n].apart), len(self.rows))

    @cached_property
    def across(self) -> set[int]:
        """Which rows are sentences across the table that can only be the updates of the actions right above
        them: several, each below an action, in a table whose column of updates is empty.
        """
        lines = {
            number
            for number, one in enumerate(self.rows)
            if one.row.spanned
            and len(one.own) == 1
            and all(is_sentence(cell.words) for cell in one.own.values())
        }
        are_below = all(number and "action" in self.rows[number - 1].own for number in lines)
        is_empty = all("update" not in one.held for one in self.rows)
        return lines if len(lines) > 1 and are_below and is_empty else set()


class Row(Struct, frozen=True):
    """A row in its place: the kind of the row `before`, the cells of the action `above` it, those of its `item`,
    and whether the row `begins` another item in any case.
    """

    number: int
    table: Table
    before: Kind | None
    above: _Gathered
    item: Cells
    begins: bool

    @property
    def one(self) -> Filled:
        """Its cells."""
        return self.table.rows[self.number]

    @property
    def own(self) -> Cells:
        """Its own cells, by field."""
        return self.one.own

    @property
    def following(self) -> Filled | None:
        """The row below it."""
        number = self.number + 1
        return self.table.rows[number] if number < len(self.table.rows) else None

    @property
    def is_new(self) -> bool:
        """Whether the row begins an item."""
        return self.begins or (self.one.begins and not _is_same_item(self.own, self.item))


class Rule(Struct, frozen=True):
    """What a row is if it `fits`, and why, with an example; whether its words are `withheld`: in no paper, and in
    no finding.
    """

    kind: Kind
    fits: Callable[[Row], _Fit]
    why: str
    example: str
    withheld: bool = False


def _only_explains(row: Row) -> _Fit:
    known = row.table.known
    return bool(_is_key(row)) and _is_bare_key(
        _words_in_order(row.own), known, goes_on=row.before is Kind.KEY
    )


def _only_counts(row: Row) -> _Fit:
    return _is_bare_total(row.own, row.table.known) and not _is_told(row.own, row.table.known)


def _only_stamps(row: Row) -> _Fit:
    if row.number <= row.table.last:
        return False  # there it may be about the action above
    return _is_stamp(" ".join(_words_in_order(row.own)), row.table.known)


def _is_below(row: Row) -> _Fit:
    return row.number >= row.table.below


def _is_key(row: Row) -> _Fit:
    known = row.table.known
    goes_on = row.before is Kind.KEY and not _is_told(row.own, known)
    return goes_on or _begins_key(row.one, known)


def _section_day(row: Row) -> _Fit:
    if len(row.own) != 1 or row.following is None or "date" in row.following.own:
        return False
    (name, cell), *_ = row.own.items()
    if name == "reference" and shape(cell.words) in row.table.shapes:
        return False
    if name == "date" and has_day(row.own):
        return (cell,) if "title" in row.following.own else ()
    if not _is_section(row):
        return False
    if is_when(cell.words) and cell_day(cell) is None:
        return (cell,)  # the month of one
    day = day_of_meeting(cell, row.table.known, row.table.committee)
    return () if day is None else (day,)


def _labelled_update(row: Row) -> _Fit:
    if not row.above:
        return False
    (name, first), *others = sorted(row.own.items(), key=lambda pair: pair[1].place)
    label, colon, words = first.words.partition(":")
    found = day_within(label)
    if name == "update" or not is_named(found[0] if found else label, "update", row.table.known):
        return False
    if not others:
        is_free = row.following is None or row.following.begins
        is_item = name == "title" and not (
            row.one.row.spanned or (is_free and "update" not in row.above)
        )
        return (first,) if colon and words.strip() and not is_item else False
    (field, said), *rest = others
    is_label = not words and (colon or name in ("reference", "date"))
    if rest or not is_label or not (field in _WORDED or said.last_column):
        return False
    return (first, said) if found else (said,)


def _is_update_across(row: Row) -> _Fit:
    return bool(row.above) and row.number in row.table.across


def _is_dated_update(row: Row) -> _Fit:
    if row.own.keys() != {"date", "update"} or "action" not in row.above:
        return False
    before = row.above.get("date", (row.own["date"],))[0]
    day, other = cell_day(row.own["date"]), cell_day(before)
    return day is not None and (other is None or other <= day)


def _is_spare_row(row: Row) -> _Fit:
    return row.own.keys() == {"reference"} and _is_spare(
        row.own["reference"].words, row.table.shapes
    )


def _is_spare_below(row: Row) -> _Fit:
    return row.number > row.table.last and _is_spare_row(row)


def _section_committee(row: Row) -> _Fit:
    """The committee of the rows below a line that names one, in a table of a council's: in that of a committee
    the line may name any other body.
    """
    titles = row.table.known.title_block
    if COMMITTEE_FIELD in row.table.fields or not _is_section(row):
        return False
    (cell,) = row.own.values()
    before, _, after = day_within(cell.words) or (cell.words, None, "")
    said = parts_of_line(LEAD.sub("", before).strip(ENDS), titles)
    is_name = said.is_body and ends(said.committee, titles.bodies)
    is_whole = not said.left and not after.strip(ENDS) and not is_bare(said.committee, titles)
    is_ours = is_name and is_whole and not _TOWARDS.search(before)
    if not is_ours or parts_of_line(row.table.committee, titles).is_body:
        return False
    return (replace(cell, runs=(Run(said.committee),)),)


def _counts(row: Row) -> _Fit:
    return _is_total(row.one, row.table.known)


def _is_lone_day(row: Row) -> _Fit:
    is_free = row.following is None or row.following.begins
    return row.own.keys() == {"date"} and has_day(row.own) and is_free


def _guides(row: Row) -> _Fit:
    return not row.above and _is_guidance(row.one, row.table.known)


def _is_section(row: Row) -> bool:
    if len(row.own) != 1:
        return False
    (name, cell), *_ = row.own.items()
    if name == "reference":
        return True
    if name == "date" and cell_day(cell) is None:
        return True
    if name == "title":
        return row.following is not None and "title" in row.following.own
    is_across = cell.last_column - cell.place.column >= _ACROSS
    return row.one.row.spanned and (name not in TOLD or (name == "action" and is_across))


def _only_parts(row: Row) -> _Fit:
    if row.following is None or not _is_section(row):
        return False
    known = row.table.known
    (cell,) = row.own.values()
    said = cell.words.split()
    status = next((n for n in range(len(said), 0, -1) if known.is_listed(" ".join(said[:n]))), 0)
    if _YEAR.fullmatch(cell.words):
        return True
    return bool(status) and set(key(" ".join(said[status:])).split()) <= known.section_words


def _is_title(row: Row) -> _Fit:
    following = row.following
    if "title" in row.table.fields or following is None or "action" not in following.own:
        return False
    if not _is_section(row):
        return False
    (cell,) = row.own.values()
    words, known = cell.words, row.table.known
    if not (row.one.row.spanned or _ITEM.match(words)):
        return False
    is_name = len(words.split()) <= _LONGEST_TITLE and not is_sentence(words)
    is_free = is_name and not day_within(words) and not exempt_mark(cell.lines, known)
    return (cell,) if is_free else False


def _names_committee(row: Row) -> _Fit:
    return row.own.keys() == {COMMITTEE_FIELD}


def _continues(row: Row) -> _Fit:
    if "reference" not in row.own or "reference" not in row.above:
        return False
    found = _CONTINUED.fullmatch(row.own["reference"].words)
    return found is not None and key(found[1]) == key(row.above["reference"][0].words)


def _is_waited_for(row: Row) -> _Fit:
    if not row.above or row.is_new:
        return False
    twice = {name for name in row.own if name in row.above} - {COMMITTEE_FIELD}
    return row.above.keys().isdisjoint(TOLD) and not twice


def _starts(row: Row) -> _Fit:
    return row.one.starts or not row.above


# The first that fits is meant.
RULES = (
    Rule(
        Kind.KEY, _only_explains, "it is a key's name, or a colour or a status that a key explains, in no sentence",
        "Key: Green = achieved", withheld=True,
    ),
    Rule(
        Kind.TOTAL, _only_counts, "it is words for a total or a status, and numbers, and nothing else",
        "Completed | 1", withheld=True,
    ),
    Rule(
        Kind.STAMP, _only_stamps, "it says when the workbook was updated, below the last action",
        "Last updated 3 March 2027", withheld=True,
    ),
    Rule(Kind.END, _is_below, "it stands apart, below the last action", "Printed by the clerk"),
    Rule(Kind.KEY, _is_key, "it begins as a key does, or goes on with one", "Key | Ask Ann Lee what these mean."),
    Rule(Kind.DAY, _section_day, "it is the day of a meeting and says nothing else", "Meeting of 10 September 2026"),
    Rule(Kind.UPDATE, _labelled_update, "it is labelled as an update", "Update: | The tables were sent."),
    Rule(
        Kind.JOINED, _is_update_across, "it is one of several sentences across a table without updates",
        "They were sent in May.",
    ),
    Rule(Kind.JOINED, _is_dated_update, "it has only a day and an update", "9/3/27 | | | They were sent."),
    Rule(
        Kind.SPARE, _is_spare_below, "it has only a reference, below the last action, made ready for one to come",
        "SR (26/27) 02", withheld=True,
    ),
    Rule(Kind.SPARE, _is_spare_row, "it has only a reference, among the actions", "H2"),
    Rule(Kind.BODY, _section_committee, "it is a line that names one, in a council's table", "Planning Committee"),
    Rule(Kind.TOTAL, _counts, "it begins as a total does, or has a number for a status", "Total | | 1 action"),
    Rule(Kind.SECTION, _is_lone_day, "it is a day, and the row below begins an item of its own", "2/2/27"),
    Rule(
        Kind.GUIDANCE, _guides, "above all actions it labels the columns, or says how to fill them in",
        "dd/mm/yyyy | Choose from list",
    ),
    Rule(
        Kind.SECTION, _only_parts, "it is a line across that parts the actions by status or year", "Completed actions",
        withheld=True,
    ),
    Rule(
        Kind.TITLE, _is_title,
        "it is a line across or begins with an item's number, right above an action, in a table without titles",
        "Ferry timetable",
    ),
    Rule(Kind.SECTION, _is_section, "it is a line across the table, or a section's name", "Carried over from 2026"),
    Rule(Kind.BODY, _names_committee, "it has only a committee, in the column of committees", "Quay Panel"),
    Rule(Kind.CONTINUED, _continues, "its reference says that it goes on with that above", "12 (cont'd) | | It ends."),
    Rule(
        Kind.WAITING, _is_waited_for, "the row above has an item's date and title, and no action yet",
        " | | That the rail is painted.",
    ),
    Rule(
        Kind.ACTION, _starts, "it has a date, a title, a reference, a committee or what was asked for",
        "H1 | Dredge two berths. | The dredger is booked.",
    ),
    Rule(Kind.MORE, lambda _: True, "it has none of these", " | | | Users will be told by letter."),
)  # fmt: skip


def rule_of(row: Row) -> tuple[Rule, tuple[SourceCell, ...]]:
    """The rule that says what a row is, and the cells that it read."""
    for rule in RULES:
        found = rule.fits(row)
        if found:
            return rule, found if isinstance(found, tuple) else ()
    raise AssertionError  # the last rule fits every row


def day_of_meeting(cell: SourceCell, known: Columns, committee: str = "") -> SourceCell | None:
    """A cell that says the day of a meeting, as the date of what was considered there; None where it says
    something else too.
    """
    if _DUE.search(cell.words):
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


def _is_same_item(own: Cells, item: Cells) -> bool:
    """Whether a row says only what the item above says too: its date, its title, or both again."""
    date, title = own.get("date"), own.get("title")
    is_dated = date is None or ("date" in item and _is_same_day(date, item["date"]))
    is_titled = title is None or ("title" in item and key(title.words) == key(item["title"].words))
    return bool(item) and is_dated and is_titled


def _is_same_day(one: SourceCell, other: SourceCell) -> bool:
    """Whether two cells are the same day, however it was typed, or the same words."""
    day = cell_day(one)
    return one.words == other.words or (day is not None and day == cell_day(other))
