"""The paper's records as CSV that Excel opens: a heading row, then an action a line.

A cell that a spreadsheet would take for a formula has an apostrophe before it, and so has one that
begins with an apostrophe: taking one apostrophe off the front of every cell that has one gives back
what was written (OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from pipeline.data import ActionRecord, ClosedRecord, from_json
from pipeline.document import Paper
from pipeline.house import HouseStyle
from pipeline.render import Drawn

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
FIELDS = (
    "id", "reference", "date", "title", "action", "officers", "officers_words", "due", "update", "raw_status", "status",
    "completed", "change",
)  # fmt: skip
CLOSED_FIELDS = ("reference", "title", "action", "update", "raw_status", "status", "completed")


def render(paper: Paper, house: HouseStyle) -> Drawn:  # noqa: ARG001  # data has no looks
    """The CSV's bytes."""
    return Drawn(actions_csv(from_json(paper.records).actions))


def actions_csv(actions: list[ActionRecord]) -> bytes:
    """The list of a paper's actions."""
    return written([FIELDS, *([cell(one, name) for name in FIELDS] for one in actions)])


def closed_csv(closed: list[ClosedRecord], house: HouseStyle) -> bytes:
    """The list of closed actions, with the meeting whose paper reported each, and why it was closed."""
    rows = (
        [
            one.meeting,
            *(cell(one.action, name) for name in CLOSED_FIELDS),
            house.wording.closing.withdrawn.format(reason=one.withdrawn)
            if one.withdrawn
            else house.reason(one.action.status, one.action.raw_status),
            one.reopened,
        ]
        for one in closed
    )
    return written([("meeting", *CLOSED_FIELDS, "reason", "reopened"), *rows])


def written(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as CSV in UTF-8, with the mark by which Excel knows it."""
    text = io.StringIO()
    csv.writer(text).writerows([guarded(words) for words in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def cell(action: ActionRecord, name: str) -> str:
    """One field of an action; several officers with semicolons between them."""
    value = getattr(action, name)
    return "; ".join(value) if isinstance(value, list) else str(value)


def guarded(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(FORMULA_STARTS) else words


def unguarded(words: str) -> str:
    """What `guarded` was given."""
    return words.removeprefix("'")
