"""What the officers' workbook says of each column, of each sheet, and of what a row needs: templates/workbook.toml."""

from __future__ import annotations

from typing import Any

import msgspec

from pipeline.council.settings import Settings, shipped_words
from pipeline.model.action import column_letters
from pipeline.officers.next_meeting import Start

EXEMPT = "exempt"  # no field: whether the row must not be published
STATUSES, CLOSED_STATUSES, OFFICER_NAMES = "Statuses", "ClosedStatuses", "OfficerNames"
PLACEHOLDERS = "Placeholders"


class _Field(Settings, frozen=True):
    """`takes` is what openpyxl's `DataValidation` is made of."""

    width: int
    prompt: str
    error: str | None = None
    takes: dict[str, Any] = msgspec.field(default_factory=dict)


class _Need(Settings, frozen=True):
    field: str
    words: str
    lacks: str


class _Sheet(Settings, frozen=True):
    headings: dict[str, int]
    hint: str = ""


class _WorkbookWords(Settings, frozen=True):
    needed: str
    closed: str
    open: str
    signs: list[str]
    next: str
    steps: list[str]
    fields: dict[str, _Field]
    needs: list[_Need]
    beside: dict[str, int]
    sheets: dict[str, _Sheet]


WORDS = shipped_words("workbook.toml", _WorkbookWords)
STILL_NEEDED, LAST_TIME = WORDS.beside


def needs(fields: list[str], row: int, first: int, start: Start) -> list[tuple[_Need, str]]:
    """What may be needed on a row, each with the condition on which it is, as Excel's formula; `first` is the
    table's first row.
    """
    day = start.meeting
    letters = {name: f"${column_letters(number)}" for number, name in enumerate(fields, 1)}
    cells = {name: f"{letter}{row}" for name, letter in letters.items()}
    own = [f'{cell}<>""' for name, cell in cells.items() if name not in ("reference", EXEMPT)]
    at = {
        **dict.fromkeys(WORDS.fields, '""'),
        **cells,
        **{f"first_{name}": f"{letter}${first}" for name, letter in letters.items()},
        "before": f"${column_letters(len(fields) + 2)}{row}",
        "meeting": f"DATE({day.year},{day.month},{day.day})",
        "begun": f"OR({','.join(own)})",
        "open": f"COUNTIF({CLOSED_STATUSES},{cells['status']})=0" if "status" in cells else "TRUE",
    }
    return [
        (one, one.lacks.format_map(at))
        for one in WORDS.needs
        if one.field in cells and (start.actions or "{before}" not in one.lacks)
    ]
