"""A table's columns: what stands in their cells, which field that can be, and what they were read as."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council.columns import Columns
from pipeline.council.dates import date_text, day_within
from pipeline.ingest.workbook import SourceCell, SourceRow
from pipeline.model.action import CLOSED, COMMITTEE_FIELD, DATE_FIELDS, TO_CLOSE, column_letters
from pipeline.model.text import FEWEST_WORDS, is_sentence
from pipeline.model.words import is_one, key, squashed
from pipeline.normalise.ages import Age, age, is_newer
from pipeline.normalise.names import RankedGround

REFERENCE = re.compile(r"[A-Za-z]{0,8}[\W_]*\d[\w\W]{0,18}")  # such as CR17-64, SR (25/26) 01, 14
_FIGURES = re.compile(r"[\d\W_]+")  # such as 50%
_PARTED = re.compile(r"\s+/\s*|\s*[,;\n]\s*|\s[\u2013-]\s")  # such as J. Smith / March 2027
_PERCENTAGE = re.compile(r"\d{1,3}(?:\.\d+)?\s?%")
_LONGEST_POST = 6  # words
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DUE = re.compile(r"\b(?:by|due)\b", re.IGNORECASE)
_LOOKED_AT = 40  # cells of a column, to tell dates from words
SENTENCE_ENDS = (".", "!", "?")
LOST = frozenset({"action", "update"})  # of what was asked and what was done no words may be lost


class Profile(Struct, frozen=True, dict=True):
    """The first cells with words of a column, and what they look like."""

    cells: tuple[SourceCell, ...]
    known: Columns

    @cached_property
    def words(self) -> list[str]:
        return [cell.words for cell in self.cells]

    def can_be(self, field: str) -> bool:
        """Whether the cells can be a field's: days in one of dates, none in one of texts, references where two
        are never the same, and some committee's name. One day tells a column of days of completion from statuses.
        When an action is due may be said in words; what was asked and done is no figure, and no officer's
        post; what was asked is no number, and what was done more than a status. How those who were asked answered,
        and what kind of request each is, is none of what was asked, done and about what.
        """
        if not self.cells:
            return True
        if field == COMMITTEE_FIELD:
            return any(map(self.known.can_be_committee, self.words))
        if field == "reference":
            return self.are_references
        if field == "percent":
            return all(map(_FIGURES.fullmatch, self.words))
        if field in ("action", "title", "update", "status"):
            are_statuses = field == "status" and self.are_statuses
            if self.are_kinds or (self.are_responses and not are_statuses):
                return False
        times = sum(_is_time(cell, field, self.known) for cell in self.cells)
        if field in ("status", "completed"):
            return (times > 0 and not self.are_wordy) == (field == "completed")
        if field in DATE_FIELDS:
            return 2 * times >= len(self.cells)
        if (field == "update" and self.are_statuses) or (field == "action" and self.are_numbered):
            return False
        says_when = self._begins_with_time if field == "officers" else cell_day
        days = sum(bool(says_when(cell)) for cell in self.cells)
        odd = field in LOST and sum(_is_figure_or_post(words, self.known) for words in self.words)
        return 2 * days < len(self.cells) and 3 * odd < 2 * len(self.cells)

    def _begins_with_time(self, cell: SourceCell) -> bool:
        """Whether a cell has a day, or names a time and nobody before it."""
        first = _PARTED.split(cell.words)[0]
        return day_within(cell.words) is not None or self.known.is_time(first)

    @cached_property
    def are_statuses(self) -> bool:
        """Whether the cells, more than one, say only how actions stand, in words that are statuses."""
        return len(self.words) > 1 and all(self.known.status(w) != "unknown" for w in self.words)

    @cached_property
    def are_responses(self) -> bool:
        """Whether the cells, more than one, are answers such as *Agreed* or *In part*."""
        return len(self.words) > 1 and all(map(self.known.is_response, self.words))

    @cached_property
    def are_kinds(self) -> bool:
        """Whether each cell is a kind of request, such as *Action* or *Referral*."""
        known = set(map(squashed, self.known.cells.kinds))
        return bool(self.words) and known.issuperset(map(squashed, self.words))

    @cached_property
    def are_percentages(self) -> bool:
        """Whether each cell is a percentage."""
        return bool(self.words) and all(map(_PERCENTAGE.fullmatch, self.words))

    @cached_property
    def are_sentences(self) -> bool:
        """Whether most cells are sentences."""
        return 2 * sum(map(is_sentence, self.words)) > len(self.words)

    @property
    def are_wordy(self) -> bool:
        """Whether most cells have as many words as a sentence."""
        wordy = sum(len(words.split()) >= FEWEST_WORDS for words in self.words)
        return 2 * wordy > len(self.words)

    @property
    def are_references(self) -> bool:
        """Whether each cell is a reference."""
        return all(map(REFERENCE.fullmatch, self.words))

    @property
    def are_distinct(self) -> bool:
        """Whether there is more than one cell, and no two are the same."""
        return 1 < len(self.words) == len(set(self.words))

    @cached_property
    def are_numbered(self) -> bool:
        """Whether the cells are numbers of one form, each its own, such as *Action 1*."""
        is_one_form = len(set(map(reference_shape, self.words))) == 1
        return self.are_distinct and self.are_references and is_one_form


Aside: TypeAlias = Literal["", "ignored", "last update", "beside"]


class ColumnGround(RankedGround):
    """Why a column claims a field, the surest first."""

    NAME = "its name"
    WEAK = "a weaker name"  # that is listed as such
    WORDS = "its words"  # of a heading that no list names
    CELLS = "its cells"
    HINT = "a word of it"  # too little to be read for: it only makes a weaker column doubtful


class Claim(Struct, frozen=True):
    """That a column is a field. `fits`: its cells can be; `several`: its name is one of other fields too; `rank`:
    where its name stands in the list of the field (`form`: as listed); `score`: from 0 to 1, which is certain.
    """

    column: ReadColumn
    field: str
    ground: ColumnGround
    why: str
    fits: bool = True
    several: bool = False
    rank: int = 0
    score: float = 1
    form: str = ""

    @property
    def is_weak(self) -> bool:
        """Whether a column that says more may be the field instead."""
        return self.ground is ColumnGround.WEAK or not self.fits


class BeatenClaim(Struct, frozen=True):
    """A claim that lost its field to another column, and why."""

    claim: Claim
    to: int
    why: str


class ReadColumn(Struct, frozen=True):
    """A column: its heading, the fields that this can name, each with the form that does, and what its cells look
    like; the claim for which it is read, or else the one that it lost. `aside`: why it is not looked at; `also`: the
    field that it holds too, where it says in one cell how an action stands and what has been done; `meeting`: the
    day of the meeting that the table is for, where a line above it gives it.
    """

    number: int
    heading: str
    names: dict[str, str]
    cells: Profile
    claim: Claim | None = None
    lost: BeatenClaim | None = None
    aside: Aside = ""
    also: str = ""
    meeting: date | None = None

    @property
    def age(self) -> Age:
        """What sorts columns by their headings, the newer first."""
        return age(self.heading, self.meeting)

    def is_newer(self, other: ReadColumn) -> bool:
        """Whether the headings tell that this column is newer than another."""
        return is_newer(self.age, other.age, is_right=self.number > other.number)

    @property
    def letters(self) -> str:
        """The column as Excel calls it."""
        return column_letters(self.number)

    @property
    def field(self) -> str:
        """The field that the column is read as; nothing where it is none."""
        return self.claim.field if self.claim else ""

    @property
    def is_guessed(self) -> bool:
        """Whether it is read as a field that its heading does not name for certain."""
        claim = self.claim
        return claim is not None and (claim.ground is ColumnGround.WORDS or claim.score < 1)


def profile(rows: Iterable[SourceRow], number: int, known: Columns) -> Profile:
    """What a column of some rows looks like."""
    cells = (cell for row in rows if (cell := row.cells.get(number)) and cell.words)
    return Profile(tuple(islice(cells, _LOOKED_AT)), known)


def _is_time(cell: SourceCell, field: str, columns: Columns) -> bool:
    """Whether a cell is a day, or was meant as one; or when an action is due, in words. TRUE and FALSE, as
    a box holds that one ticks, are none.
    """
    if isinstance(cell.value, bool):
        return False
    said = date_text(cell.value, cell.words)
    return (
        said.day is not None or said.unreadable or (field == "due" and columns.is_time(cell.words))
    )


def _is_figure_or_post(words: str, columns: Columns) -> bool:
    """Whether words are a number, a share or a sign alone, or what an officer is called."""
    is_short = len(words.split()) <= _LONGEST_POST and not words.endswith(SENTENCE_ENDS)
    return _FIGURES.fullmatch(words) is not None or (is_short and columns.is_post(words))


def cell_day(cell: SourceCell) -> date | None:
    """The day that a cell is, if it is one."""
    return date_text(cell.value, cell.words).day


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
    if found is None or date_text(found[1], cell.words).unreadable:
        return None
    before, day, after = found
    rest = set(key(f"{before} {after}").split())
    if not rest <= known.section_words | set(key(committee).split()):
        return None
    return replace(cell, value=day)


def reference_shape(reference: str) -> str:
    """A reference without its numbers' values: `HP/12` and `HP/7` have one shape."""
    return re.sub(r"\d+", "0", reference)


def is_due(cell: SourceCell, status: str, meeting: date | None, known: Columns) -> bool:
    """Whether a cell says when an action of a status is due: a day after the meeting or of an open action, or
    words for a time that are no status (*Ongoing*) and more than a placeholder.
    """
    day = cell_day(cell)
    if day is not None:
        is_open = status not in CLOSED | {"unknown", TO_CLOSE}
        return is_open or (meeting is not None and day > meeting)
    is_bare = is_one(cell.words, known.title_block.marks)
    return known.is_time(cell.words) and known.status(cell.words) == "unknown" and not is_bare


def is_later(cell: SourceCell, meeting: date | None, known: Columns) -> bool:
    """Whether a cell says a day or a year after the meeting's, or in words a time that is neither (*Ongoing*)."""
    day, year = cell_day(cell), _YEAR.search(cell.words)
    if day:
        return meeting is not None and day > meeting
    if year:
        return meeting is not None and int(year[0]) > meeting.year
    return known.is_time(cell.words) and not is_one(cell.words, known.title_block.marks)
