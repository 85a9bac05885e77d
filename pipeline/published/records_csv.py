"""Records as CSV, safe to open in Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from pipeline.council.house import HouseStyle
from pipeline.model.action import OPTIONAL_DATES, OPTIONAL_TEXTS
from pipeline.published.records import ActionRecord, ClosedRecord

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
CSV_FIELDS = (
    "id", "reference", "date", "title", "action", "officers", "officers_words", "due", "update", "raw_status", "status",
    "completed", "change",
)  # fmt: skip
_OPTIONAL_FIELDS = (*OPTIONAL_TEXTS, *OPTIONAL_DATES)
_CLOSED_FIELDS = {
    "reference": "reference", "agreed": "date", "title": "title", "action": "action", "officer": "officers_words",
    "due": "due", "update": "update", "raw_status": "raw_status", "status": "status", "completed": "completed",
}  # fmt: skip


def actions_csv(actions: list[ActionRecord]) -> bytes:
    """The list of a paper's actions."""
    optional = [name for name in _OPTIONAL_FIELDS if any(getattr(one, name) for one in actions)]
    fields = [*CSV_FIELDS, *optional]
    return as_csv([fields, *([csv_cell(one, name) for name in fields] for one in actions)])


def closed_csv(closed: list[ClosedRecord], house: HouseStyle) -> bytes:
    """The list of closed actions, with the meeting whose paper reported each, why it was closed, at which meeting it
    was open again, and why the clerk withdrew it.
    """
    rows = (
        [
            one.meeting,
            *(csv_cell(one.action, name) for name in _CLOSED_FIELDS.values()),
            house.wording.closing.withdrawn.format(reason=one.withdrawn)
            if one.withdrawn
            else house.reason(one.action.status, one.action.raw_status),
            one.reopened,
            one.withdrawn,
        ]
        for one in closed
    )
    return as_csv([("meeting", *_CLOSED_FIELDS, "reason", "reopened", "withdrawn"), *rows])


def as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as CSV in UTF-8, with the mark by which Excel knows it."""
    text = io.StringIO()
    csv.writer(text).writerows(
        [f"'{words}" if words.startswith(_FORMULA_STARTS) else words for words in row]
        for row in rows
    )
    return text.getvalue().encode("utf-8-sig")


def csv_cell(action: ActionRecord, name: str) -> str:
    """One field of an action; several officers with semicolons between them."""
    value = getattr(action, name)
    return "; ".join(value) if isinstance(value, list) else str(value)
