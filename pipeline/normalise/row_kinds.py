"""What each row of a table is: one table of rules, of which the first that fits is meant.

Does not put rows together; `drafts` does, by their kinds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council.columns import Columns
from pipeline.council.dates import day_within, is_when
from pipeline.ingest.workbook import SourceCell, SourceRow
from pipeline.model.action import COMMITTEE_FIELD, DATE_FIELDS
from pipeline.model.document import Run
from pipeline.model.text import is_sentence
from pipeline.model.words import begins, is_one, key, lead
from pipeline.normalise.exempt import heading_mark
from pipeline.normalise.headings import FEWEST_HEADINGS, is_named
from pipeline.normalise.looks import REFERENCE, cell_day, day_of_meeting, reference_shape
from pipeline.normalise.rows import (
    SINGLE,
    TOLD,
    Filled,
    Kind,
    PlacedRow,
    are_counts,
    is_bare_key,
    is_stamp,
)
from pipeline.normalise.title_words import committee_of_line, parts_of

_WORD = re.compile(r"[a-z]{3}")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[/–-]\s*\d{2,4})?")
_YEARS = re.compile(r"\d{4}\s*[/–-]\s*\d{2,4}")
_LABEL = re.compile(r"\(?[A-Za-z\d]{1,2}[).]")  # of columns, such as (a) (b) (c)
_HINT = re.compile(
    r"[(\[]?d{1,2}\s?[/.-]\s?m{1,3}\s?[/.-]\s?y{2,4}[)\]]?", re.IGNORECASE
)  # such as dd/mm/yyyy
_ITEM = re.compile(  # such as `Item 5 – Berths` and `9. Berths`
    r"(?:(?:agenda )?e?item \d+\w?|\d{1,3}[a-z]?(?=\s*[-–—:.)])(?:\.\d+)*)\W+[^\W\d]{2}",
    re.IGNORECASE,
)
_LONGEST_TITLE = 12  # words
_CONTINUED = re.compile(r"(.+?)\s*\(?\s*cont(?:['’]?d|inued|\.)?\.?\s*\)?", re.IGNORECASE)
_WORDED = frozenset({"title", "action", "update"})
_Fit: TypeAlias = bool | tuple[SourceCell, ...]  # whether a rule fits, or the cells that it read


class Rule(Struct, frozen=True):
    """What a row is if it `fits`, and why, with an example; whether its words are `withheld`: in no paper, and in
    no finding.
    """

    kind: Kind
    fits: Callable[[PlacedRow], _Fit]
    why: str
    example: str
    withheld: bool = False


def aside_above(words: list[str], before: Kind | None, known: Columns) -> Kind | None:
    """What the words of a line above the table are that go in no paper: a total, a key, or the day of the update.

    `before` is what the line before it was.
    """
    if are_counts(words, known):
        return Kind.TOTAL
    if is_bare_key(words, known, goes_on=before is Kind.KEY):
        return Kind.KEY
    return Kind.STAMP if is_stamp(words, known) else None


def _is_key(row: PlacedRow) -> _Fit:
    return row.one.begins_key or (row.before is Kind.KEY and not row.one.is_told)


def _only_explains(row: PlacedRow) -> _Fit:
    goes_on = row.before is Kind.KEY
    return bool(_is_key(row)) and is_bare_key(row.one.words, row.table.known, goes_on=goes_on)


def _only_stamps(row: PlacedRow) -> _Fit:
    is_under = row.number > row.table.last  # above, it may be about the action above
    return is_under and is_stamp(row.one.words, row.table.known)


def _section_day(row: PlacedRow) -> _Fit:
    name = row.one.only
    if not name or not row.below or "date" in row.below:
        return False
    cell = row.own[name]
    if name == "reference" and reference_shape(cell.words) in row.table.shapes:
        return False
    if name == "date" and row.one.has_day:
        return (cell,) if "title" in row.below else ()
    if not row.is_section:
        return False
    if is_when(cell.words) and cell_day(cell) is None:
        return (cell,)  # the month of one
    day = day_of_meeting(cell, row.table.known, row.table.committee)
    return () if day is None else (day,)


def _labelled_update(row: PlacedRow) -> _Fit:
    if not row.above or len(row.own) > 2:  # noqa: PLR2004  # more than a label and an update
        return False
    (name, first), *others = sorted(row.own.items(), key=lambda pair: pair[1].place)
    label, colon, words = first.words.partition(":")
    found = day_within(label)
    if name == "update" or not is_named(found[0] if found else label, "update", row.table.known):
        return False
    if not others:
        is_more = row.one.row.spanned or (row.is_free and "update" not in row.above)
        is_update = bool(words.strip()) and (name != "title" or is_more)
        return (first,) if is_update else False
    ((field, said),) = others
    is_label = not words and (colon or name in ("reference", "date"))
    if not is_label or not (field in _WORDED or said.last_column):
        return False
    return (first, said) if found else (said,)


def _is_update_across(row: PlacedRow) -> _Fit:
    return bool(row.above) and row.number in row.table.across


def _is_dated_update(row: PlacedRow) -> _Fit:
    if row.own.keys() != {"date", "update"} or "action" not in row.above:
        return False
    before = row.above.get("date", (row.own["date"],))[0]
    day, other = cell_day(row.own["date"]), cell_day(before)
    return day is not None and (other is None or other <= day)


def _is_spare(row: PlacedRow) -> _Fit:
    """Whether the row is only the number of an action to come."""
    if row.one.only != "reference" or _YEARS.fullmatch(words := row.one.words[0]):
        return False
    is_number = REFERENCE.fullmatch(words) is not None and not _WORD.search(words)
    return is_number or reference_shape(words) in row.table.shapes


def _section_committee(row: PlacedRow) -> _Fit:
    """The committee of the rows below a line that names one, in a table of a council's: in that of a committee
    the line may name any other body.
    """
    titles = row.table.known.title_block
    if COMMITTEE_FIELD in row.table.fields or not row.is_section:
        return False
    (cell,) = row.one.cells
    name = committee_of_line(cell.words, titles)
    if not name or parts_of(row.table.committee, titles).is_body:
        return False
    return (replace(cell, runs=(Run(name),)),)


def _guides(row: PlacedRow) -> _Fit:
    """Whether a row above all actions only says how to fill the table in: labels or numbers of the columns,
    an example, or hints at what belongs in each column. Two cells may begin as an example's in an action, too.
    """
    if row.above:
        return False
    if row.one.only:
        return _HINT.fullmatch(row.one.words[0]) is not None
    words, guidance = row.one.words, row.table.known.guidance
    examples = sum(begins(said, guidance.examples) for said in words)
    is_labelled = all(map(_LABEL.fullmatch, words)) or _are_numbers(row.one.row)
    is_told = row.one.is_told and not is_one(lead(words[0]), guidance.examples)
    return is_labelled or examples > 1 + is_told or _has_hints(row.one)


def _are_numbers(row: SourceRow) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 and so on."""
    words = [cell.words for cell in row.cells.values() if cell.words]
    numbers = [str(number) for number in range(1, len(words) + 1)]
    return len(words) >= FEWEST_HEADINGS and words == numbers


def _has_hints(one: Filled) -> bool:
    """Whether a row hints at what belongs in its columns: the form of a date, or several cells that are
    other names of their columns, or say how to write a status or a date. None is a day, or a status that
    there is.
    """
    if one.has_day or one.has_status:
        return False
    own, known = one.own, one.known
    chosen = [own[name].words for name in (*DATE_FIELDS, "status") if name in own]
    named = sum(is_named(cell.words, name, known) for name, cell in own.items())
    hints = sum(begins(said, known.guidance.hints) for said in chosen)
    return any(map(_HINT.fullmatch, chosen)) or named + hints >= FEWEST_HEADINGS


def _only_parts(row: PlacedRow) -> _Fit:
    if not row.below or not row.is_section:
        return False
    known, (words,) = row.table.known, row.one.words
    status = " ".join(one for one in key(words).split() if one not in known.section_words)
    is_status = known.is_listed(words) or known.is_listed(status)
    return is_status or _YEAR.fullmatch(words) is not None


def _is_title(row: PlacedRow) -> _Fit:
    if "title" in row.table.fields or "action" not in row.below or not row.is_section:
        return False
    (cell,), words = row.one.cells, row.one.words[0]
    if not (row.one.row.spanned or _ITEM.match(words)):
        return False
    is_name = len(words.split()) <= _LONGEST_TITLE and not is_sentence(words)
    is_marked = heading_mark(cell.lines, row.table.known)
    return (cell,) if is_name and not day_within(words) and not is_marked else False


def _continues(row: PlacedRow) -> _Fit:
    if "reference" not in row.own or "reference" not in row.above:
        return False
    found = _CONTINUED.fullmatch(row.own["reference"].words)
    return found is not None and key(found[1]) == key(row.above["reference"][0].words)


def _differs(row: PlacedRow) -> _Fit:
    shared = row.own.keys() & row.above.keys() & SINGLE
    other = {
        n for n in shared if key(row.own[n].words) not in {key(one.words) for one in row.above[n]}
    }
    return len(shared) > 1 and len(other) + (bool(other) and "update" in row.own) > 1


def _is_waited_for(row: PlacedRow) -> _Fit:
    if not row.above or row.is_new or not row.above.keys().isdisjoint(TOLD):
        return False
    return not row.own.keys() & row.above.keys() - {COMMITTEE_FIELD}


# The first that fits is meant.
RULES = (
    Rule(
        Kind.KEY, _only_explains, "it is a key's name, or a colour or a status that a key explains, in no sentence",
        "Key: Green = achieved", withheld=True,
    ),
    Rule(
        Kind.TOTAL, lambda row: row.one.is_bare_total,
        "it is words for a total or a status, and numbers, and nothing else",
        "Completed | 1", withheld=True,
    ),
    Rule(
        Kind.STAMP, _only_stamps, "it says when the workbook was updated, below the last action",
        "Last updated 3 March 2027", withheld=True,
    ),
    Rule(
        Kind.END, lambda row: row.number >= row.table.below, "it stands apart, below the last action",
        "Printed by the clerk",
    ),
    Rule(Kind.KEY, _is_key, "it begins as a key does, or goes on with one", "Key | Ask Ann Lee what these mean."),
    Rule(Kind.DAY, _section_day, "it is the day of a meeting and says nothing else", "Meeting of 10 September 2026"),
    Rule(Kind.UPDATE, _labelled_update, "it is labelled as an update", "Update: | The tables were sent."),
    Rule(
        Kind.JOINED, _is_update_across, "it is one of several sentences across a table without updates",
        "They were sent in May.",
    ),
    Rule(Kind.JOINED, _is_dated_update, "it has only a day and an update", "9/3/27 | | | They were sent."),
    Rule(
        Kind.SPARE, lambda row: row.number > row.table.last and _is_spare(row),
        "it has only a reference, below the last action, made ready for one to come",
        "SR (26/27) 02", withheld=True,
    ),
    Rule(Kind.SPARE, _is_spare, "it has only a reference, among the actions", "H2"),
    Rule(Kind.BODY, _section_committee, "it is a line that names one, in a council's table", "Planning Committee"),
    Rule(
        Kind.TOTAL, lambda row: row.one.is_total, "it begins as a total does, or has a number for a status",
        "Total | | 1 action",
    ),
    Rule(
        Kind.SECTION, lambda row: row.one.only == "date" and row.one.has_day and row.is_free,
        "it is a day, and the row below begins an item of its own", "2/2/27",
    ),
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
    Rule(
        Kind.SECTION, lambda row: row.is_section, "it is a line across the table, or a section's name",
        "Carried over from 2026",
    ),
    Rule(
        Kind.BODY, lambda row: row.one.only == COMMITTEE_FIELD, "it has only a committee, in the column of committees",
        "Quay Panel",
    ),
    Rule(Kind.CONTINUED, _continues, "its reference says that it goes on with that above", "12 (cont'd) | | It ends."),
    Rule(
        Kind.WAITING, _is_waited_for, "the row above has an item's date and title, and no action yet",
        " | | That the rail is painted.",
    ),
    Rule(
        Kind.ACTION, lambda row: row.one.starts or not row.above,
        "it has a date, a title, a reference, a committee or what was asked for",
        "H1 | Dredge two berths. | The dredger is booked.",
    ),
    Rule(
        Kind.ACTION, _differs,
        "it has two of an officer, a due date and a status that differ from those above it, or one and an update",
        " | | Ann Lee | | In progress",
    ),
    Rule(Kind.MORE, lambda _: True, "it has none of these", " | | | Users will be told by letter."),
)  # fmt: skip


def rule_of(row: PlacedRow) -> tuple[Rule, tuple[SourceCell, ...]]:
    """The rule that says what a row is, and the cells that it read."""
    for rule in RULES:
        found = rule.fits(row)
        if found:
            return rule, found if isinstance(found, tuple) else ()
    raise AssertionError  # the last rule fits every row
