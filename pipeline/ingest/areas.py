"""Places in a sheet as spreadsheets write them: `B7`, `A1:C9`, whole columns and rows."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

Area: TypeAlias = tuple[int, int, int, int]  # top, left, bottom, right, counted from 1

LAST_ROW, LAST_COLUMN = 1048576, 16384
_LETTERS = 26
_END = re.compile(r"([A-Z]{0,3})(\d{0,7})")


def areas(said: str | None) -> list[Area]:
    """Some areas with spaces between them; what is none is passed over."""
    return [found for one in (said or "").split() if (found := _area(one)) is not None]


def _area(said: str) -> Area | None:
    """An area; the sides that are not named are the sheet's (`G:G`)."""
    first, _, second = said.replace("$", "").upper().partition(":")
    start, end = _END.fullmatch(first), _END.fullmatch(second or first)
    if not first or start is None or end is None:
        return None
    return (
        int(start[2] or 1), column_of(start[1]) or 1,
        int(end[2] or LAST_ROW), column_of(end[1]) or LAST_COLUMN,
    )  # fmt: skip


def column_of(said: str | None) -> int:
    """The number of the column that a cell's name begins with, or 0."""
    return _column_number((said or "").rstrip("0123456789$"))


@lru_cache(1024)
def _column_number(letters: str) -> int:
    """The number of a column by its letters, or 0."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number
