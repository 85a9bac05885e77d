"""What a row is if it is no action of its own: an aside, a section, an update of the action above."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from msgspec.structs import replace

from pipeline.council.columns import Columns
from pipeline.council.dates import date_text, day_within
from pipeline.ingest.workbook import SourceCell, SourceRow
from pipeline.model.action import DATE_FIELDS
from pipeline.model.document import Run
from pipeline.model.text import is_sentence
from pipeline.model.words import key
from pipeline.normalise.headings import FEWEST_HEADINGS, is_named
from pipeline.normalise.looks import REFERENCE, cell_day, shape
from pipeline.normalise.table_rows import TOLD, Cells, Filled, has_day
from pipeline.normalise.title_words import ENDS, LEAD, ends_with, is_bare, parts_of_line

_FILLED = frozenset({"update", "status", "officers", "due"})
_WORD = re.compile(r"[a-z]{3}")
_YEARS = re.compile(r"\d{4}\s*[/–-]\s*\d{2,4}")
_LABEL = re.compile(r"\(?[A-Za-z\d]{1,2}[).]")  # of columns, such as (a) (b) (c)
_HINT = re.compile(r"d{1,2}\s?[/.-]\s?m{1,3}\s?[/.-]\s?y{2,4}", re.IGNORECASE)  # such as dd/mm/yyyy
_COLON = re.compile(r":|=|\s[-–—]\s")


def is_surely_action(one: Filled, known: Columns) -> bool:
    """Whether a row is surely an action's: it says what was asked for, or has a reference and more."""
    if begins_key(one.own, known) or is_total(one.own, known):
        return False
    names = one.own.keys()
    return (
        "action" in names
        or {"reference"} < names
        or ("title" in names and not names.isdisjoint(_FILLED))
    )


def begins_key(own: Cells, known: Columns) -> bool:
    """Whether a row, and what follows, explains signs or colours."""
    return _leading_words(own) in known.keys and not is_told(own, known)


def _leading_words(own: Cells) -> str:
    """What a row begins with: the words of its first cell up to a colon or a dash, without numbers."""
    first = min(own.values(), key=lambda cell: cell.place)
    return key("".join(sign for sign in _COLON.split(first.words)[0] if not sign.isdigit()))


def is_told(own: Cells, known: Columns) -> bool:
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


def is_total(own: Cells, known: Columns) -> bool:
    """Whether a row counts the actions above it: it says so, or has a number for a status."""
    if is_told(own, known):
        return False
    counts = "status" in own and own["status"].words.isdecimal()
    return _leading_words(own) in known.totals or (
        counts and own.keys().isdisjoint(("action", "reference"))
    )


def is_spare(words: str, shapes: set[str]) -> bool:
    """Whether words alone in the column of references are the number of an action to come."""
    if shape(words) in shapes:
        return not _YEARS.fullmatch(words)
    return REFERENCE.fullmatch(words) is not None and not (
        _WORD.search(words) or _YEARS.fullmatch(words)
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
    hints = sum(f"{key(said)} ".startswith(known.hints) for said in chosen)
    return any(map(_HINT.fullmatch, chosen)) or named + hints >= FEWEST_HEADINGS


_ACROSS = 2  # columns more than its own, over which a cell is a line across the table
_TOWARDS = re.compile(
    r"\b(?:to|by|with)\b", re.IGNORECASE
)  # such as `Referred to Planning Committee`
_DUE = re.compile(r"\b(?:by|due)\b", re.IGNORECASE)


def section_day(
    one: Filled, following: Filled | None, shapes: set[str], known: Columns, committee: str
) -> SourceCell | None:
    """The day of the rows below, where a row says nothing else: they are of that meeting."""
    if len(one.own) != 1 or following is None or "date" in following.own:
        return None
    (name, cell), *_ = one.own.items()
    if name == "reference" and shape(cell.words) in shapes:
        return None
    if name == "date" and has_day(one.own):
        return cell if "title" in following.own else None
    return day_of_meeting(cell, known, committee) if is_section(one, following) else None


def section_committee(one: Filled, known: Columns, committee: str) -> SourceCell | None:
    """The committee of the rows below a line that names one, in a table of a council's: in that of a committee
    the line may name any other body.
    """
    titles = known.title_block
    (cell,) = one.own.values()
    before, _, after = day_within(cell.words) or (cell.words, None, "")
    said = parts_of_line(LEAD.sub("", before).strip(ENDS), titles)
    is_name = said.is_body and ends_with(said.committee, titles.bodies)
    is_whole = not said.left and not after.strip(ENDS) and not is_bare(said.committee, titles)
    if (
        not is_name
        or not is_whole
        or _TOWARDS.search(before)
        or parts_of_line(committee, titles).is_body
    ):
        return None
    return replace(cell, runs=(Run(said.committee),))


def is_section(one: Filled, following: Filled | None) -> bool:
    """Whether a row is no action: a line across the table, or a section's name."""
    if len(one.own) != 1:
        return False
    (name, cell), *_ = one.own.items()
    if name == "reference":
        return True
    if name == "date" and cell_day(cell) is None:
        return True
    if name == "title":
        return following is not None and "title" in following.own
    is_across = cell.last_column - cell.place.column >= _ACROSS
    return one.row.spanned and (name not in TOLD or (name == "action" and is_across))


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


def is_lone_day(one: Filled, following: Filled | None) -> bool:
    """Whether a row is a day by itself, and no item's whose action stands on the next row: that row is an
    item of its own.
    """
    return (
        one.own.keys() == {"date"} and has_day(one.own) and (following is None or following.begins)
    )


_WORDED = frozenset({"title", "action", "update"})
_Gathered: TypeAlias = Mapping[
    str, tuple[SourceCell, ...]
]  # the cells of an action's rows, by field


def labelled_update(
    one: Filled, following: Filled | None, above: _Gathered, known: Columns
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
        is_item = name == "title" and not (one.row.spanned or (is_free and "update" not in above))
        return (first,) if colon and words.strip() and not is_item else ()
    (field, said), *rest = others
    is_label = not words and (colon or name in ("reference", "date"))
    if rest or not is_label or not (field in _WORDED or said.last_column):
        return ()
    return (first, said) if found else (said,)


def is_dated_update(one: Filled, above: _Gathered) -> bool:
    """Whether a row has only a day and an update, the day no earlier than that of the action above."""
    if one.own.keys() != {"date", "update"} or "action" not in above:
        return False
    before = above.get("date", (one.own["date"],))[0]
    day, other = cell_day(one.own["date"]), cell_day(before)
    return day is not None and (other is None or other <= day)


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
