"""Rows of a table that are no action's: guidance on how to fill it in, numbers made ready, keys and totals."""

from __future__ import annotations

import re

from pipeline.columns import Columns, key
from pipeline.reading.heading_names import is_named
from pipeline.reading.headings import FEWEST_HEADINGS
from pipeline.reading.looks import REFERENCE, shape
from pipeline.reading.table_rows import Cells, Filled, has_day
from pipeline.records import DATE_FIELDS
from pipeline.text import is_sentence
from pipeline.workbook import SourceRow

FILLED = frozenset({"update", "status", "officers", "due"})
WORD = re.compile(r"[a-z]{3}")
YEARS = re.compile(r"\d{4}\s*[/–-]\s*\d{2,4}")
LABEL = re.compile(r"\(?[A-Za-z\d]{1,2}[).]")  # of columns, such as (a) (b) (c)
HINT = re.compile(r"d{1,2}\s?[/.-]\s?m{1,3}\s?[/.-]\s?y{2,4}", re.IGNORECASE)  # such as dd/mm/yyyy
COLON = re.compile(r":|=|\s[-–—]\s")


def is_surely_action(one: Filled, known: Columns) -> bool:
    """Whether a row is surely an action's: it says what was asked for, or has a reference and more."""
    if begins_key(one.own, known) or is_total(one.own, known):
        return False
    names = one.own.keys()
    return (
        "action" in names
        or {"reference"} < names
        or ("title" in names and not names.isdisjoint(FILLED))
    )


def begins_key(own: Cells, known: Columns) -> bool:
    """Whether a row, and what follows, explains signs or colours."""
    return leading_words(own) in known.keys and not is_told(own, known)


def leading_words(own: Cells) -> str:
    """What a row begins with: the words of its first cell up to a colon or a dash, without numbers."""
    first = min(own.values(), key=lambda cell: cell.place)
    return key("".join(sign for sign in COLON.split(first.words)[0] if not sign.isdigit()))


def is_told(own: Cells, known: Columns) -> bool:
    """Whether a row has what only an action has: a day, what was asked (which no status is) and what was
    done, or a sentence that asks and how it stands.
    """
    if "action" in own and known.status(own["action"].words) == "unknown":
        stands = has_status(own, known)
        if "update" in own or (stands and is_sentence(own["action"].words)):
            return True
    return has_day(own)


def has_status(own: Cells, known: Columns) -> bool:
    """Whether a row has a status that there is."""
    return "status" in own and known.status(own["status"].words) != "unknown"


def is_total(own: Cells, known: Columns) -> bool:
    """Whether a row counts the actions above it: it says so, or has a number for a status."""
    if is_told(own, known):
        return False
    counts = "status" in own and own["status"].words.isdecimal()
    return leading_words(own) in known.totals or (
        counts and own.keys().isdisjoint(("action", "reference"))
    )


def is_spare(words: str, shapes: set[str]) -> bool:
    """Whether words alone in the column of references are the number of an action to come."""
    if shape(words) in shapes:
        return not YEARS.fullmatch(words)
    return REFERENCE.fullmatch(words) is not None and not (
        WORD.search(words) or YEARS.fullmatch(words)
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
        all(map(LABEL.fullmatch, words))
        or are_numbers(one.row)
        or examples > 1
        or has_hints(one.own, known)
    )


def are_numbers(row: SourceRow) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 and so on."""
    words = [cell.words for cell in row.cells.values() if cell.words]
    numbers = [str(number) for number in range(1, len(words) + 1)]
    return len(words) >= FEWEST_HEADINGS and words == numbers


def has_hints(own: Cells, known: Columns) -> bool:
    """Whether a row hints at what belongs in its columns: the form of a date, or several cells that are
    other names of their columns, or say how to write a status or a date. None is a day, or a status that
    there is.
    """
    if has_day(own) or has_status(own, known):
        return False
    chosen = [own[name].words for name in (*DATE_FIELDS, "status") if name in own]
    named = sum(is_named(cell.words, name, known) for name, cell in own.items())
    hints = sum(f"{key(said)} ".startswith(known.hints) for said in chosen)
    return any(map(HINT.fullmatch, chosen)) or named + hints >= FEWEST_HEADINGS
