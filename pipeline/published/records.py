"""A paper's records: its actions as open data, beside the paper, inside it, and read back from it.

`docs/records.schema.json` describes the JSON; `papers read` gives it back from a made paper.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta

from pipeline.council.dates import is_plain
from pipeline.council.house import HouseStyle
from pipeline.council.languages import language_of
from pipeline.council.settings import Settings
from pipeline.model.action import (
    DATE_FIELDS,
    OPTIONAL_DATES,
    OPTIONAL_FIELDS,
    OPTIONAL_TEXTS,
    TEXT_FIELDS,
    Action,
    DateText,
    Status,
    Text,
    plain,
)
from pipeline.model.document import runs_of
from pipeline.model.months import iso_day
from pipeline.model.people import people_named
from pipeline.model.text import as_text
from pipeline.model.words import quoted

RECORDS_NAME = "records.json"  # beside the paper, and inside it
RECORDS_SPACE = "urn:committee-papers:records"  # the XML namespace of a DOCX's part with them
_LINKED_FIELDS = tuple(name for name in TEXT_FIELDS if name != "notes")
_OPTIONAL_KEYS = (*OPTIONAL_TEXTS, *OPTIONAL_DATES, *(f"{name}_words" for name in OPTIONAL_DATES))
# What readers call the fields of an action, and where the words that a paper prints of each stand.
FIELDS = {
    "reference": ("Reference", "reference"), "date": ("Date", "date_words"), "title": ("Title", "title"),
    "action": ("Action proposed", "action"), "officers_words": ("Lead officer", "officers_words"),
    "due": ("Due date", "due_words"), "original_due": ("Original due date", "original_due_words"),
    "response": ("Response", "response"), "responded": ("Date of response", "responded_words"),
    "update": ("Action taken", "update"), "raw_status": ("Progress status", "raw_status"),
    "completed": ("Date completed", "completed_words"), "priority": ("Priority", "priority"),
    "percent": ("Percentage complete", "percent"), "kind": ("Kind", "kind"),
}  # fmt: skip
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
_STAMP_LENGTH = 12  # of 64 digits; enough to tell every paper of a council from every other

# What has become of an action since the last paper; empty where there was none.
Change: TypeAlias = Literal["", "new", "updated", "same", "closed", "reopened"]


def _refuse_no_day(*days: str) -> None:
    """Raise `ValueError` where one is no day as we write it, of which folders are named."""
    for words in days:
        if iso_day(words) is None:
            raise ValueError(f"{words} is no date such as 2027-01-21")


class Revision(Settings, frozen=True):
    """That a published paper was made again on a day (ISO 8601), and why."""

    day: str
    reason: str

    def __post_init__(self) -> None:
        """Raises `ValueError` where the day is none."""
        _refuse_no_day(self.day)


class PaperRecord(Settings, frozen=True):
    """Which paper. `sha256` is the workbook's, `style` the house style's name and `style_sha256` that of
    `templates/house.toml` and its own together; `since` is the meeting of the paper that it was compared with,
    or empty, and `since_revision` which revision of that, if not the original. `revisions` are there once it has some.
    """

    committee: str
    title: str
    meeting: str
    final: bool
    draft: bool
    workbook: str
    sha256: str
    style: str
    style_sha256: str
    since: str = ""
    revisions: tuple[Revision, ...] | msgspec.UnsetType = msgspec.UNSET
    since_revision: int | msgspec.UnsetType = msgspec.UNSET

    @property
    def day(self) -> date:
        """The day of the meeting."""
        return date.fromisoformat(self.meeting)

    @property
    def revised(self) -> tuple[Revision, ...]:
        """How it was revised since it was first published."""
        return self.revisions or ()

    def __post_init__(self) -> None:
        """Raises `ValueError` where the meeting is no day, which `msgspec` reports as a fault of the JSON."""
        _refuse_no_day(self.meeting, self.since or self.meeting)


class ActionRecord(Settings, frozen=True):
    """One action. Texts are plain, a line a paragraph, list items after a bullet.

    A date is ISO 8601 where it is a day, else the officer's words; `…_words` is what the paper prints.
    `raw_status` is the officer's words.
    `officers` are the names of those whom the cell, `officers_words`, names.
    `id` names the action within its paper; `item` counts from 1; `status` is canonical. `extended` is
    how often its due date was moved to a later day. `links` are the addresses to which the words of each
    field lead, in order; null in records of an older version. The fields from `response` on are those that the
    house style prints.
    """

    id: str
    item: Annotated[int, Meta(ge=1)]
    reference: str
    date: str
    date_words: str
    title: str
    action: str
    update: str
    status: str
    raw_status: str
    officers: list[str]
    officers_words: str
    due: str
    due_words: str
    completed: str
    completed_words: str
    cells: dict[str, str]
    change: Change = ""
    extended: Annotated[int, Meta(ge=0)] = 0
    status_words: str = ""
    links: dict[str, list[str]] | None = None
    response: str = ""
    responded: str = ""
    responded_words: str = ""
    priority: str = ""
    percent: str = ""
    kind: str = ""
    original_due: str = ""
    original_due_words: str = ""

    @property
    def label(self) -> str:
        """What it is called in a message: its reference, else how what was asked for begins."""
        return self.reference or quoted(self.action or self.title)


class ClosedRecord(Settings, frozen=True):
    """An action as the paper of `meeting` reported that it is closed; at which meeting it was open again, if
    it was; and why it was withdrawn, if it was gone from the workbook and the clerk let that pass.
    """

    action: ActionRecord
    meeting: str
    reopened: str = ""
    withdrawn: str = ""

    def __post_init__(self) -> None:
        """Raises `ValueError` where a meeting is no day."""
        _refuse_no_day(self.meeting, self.reopened or self.meeting)


class Records(Settings, frozen=True):
    """`closed` holds every action that was ever closed, those of this paper included."""

    paper: PaperRecord
    actions: list[ActionRecord]
    closed: list[ClosedRecord] = msgspec.field(default_factory=list)


def action_records(actions: tuple[Action, ...], house: HouseStyle) -> list[ActionRecord]:
    """The records of some actions of one paper."""
    return [
        _action_record(action, name, house)
        for action, name in zip(actions, _names(actions), strict=True)
    ]


def _action_record(action: Action, called: str, house: HouseStyle) -> ActionRecord:
    words, left_out = action.words, OPTIONAL_FIELDS - house.printed
    said: dict[str, Any] = {
        name: words[name]
        for name in ("reference", "title", "action", "update", *OPTIONAL_TEXTS)
        if name not in left_out
    }
    for name in DATE_FIELDS:
        if name not in left_out:
            day = action.day(name)
            said[name] = day.day.isoformat() if day.day else day.text
            said[f"{name}_words"] = printed_date(day, house)
    return ActionRecord(
        **said,
        id=called,
        item=action.item,
        status=action.status.canonical,
        raw_status=words["status"],
        status_words=plain(printed_status(action.status, house)),
        officers=[one.name for one in people_named(words["officers"])],
        officers_words=words["officers"],
        cells={field: str(place) for field, place in action.cells.items() if field != "notes"},
        links={
            field: found
            for field in _LINKED_FIELDS
            if words[field] and field in house.printed
            if (found := [run.link for run in runs_of(action.text(field)) if run.link])
        },
    )


def printed_date(given: DateText, house: HouseStyle) -> str:
    """A date as the paper's table prints it: in the house's form, but for words, which stay as typed."""
    if given.day and is_plain(given.text):
        return house.day(given.day)
    return given.text


def printed_status(given: Status, house: HouseStyle) -> Text:
    """A status as the paper's table prints it: in the house's word where the whole cell is a listed word for
    it in the paper's own language, else as typed.
    """
    if not given.is_listed or language_of(plain(given.words), house.languages):
        return given.words
    return as_text(house.status_word(given.canonical))


def _names(actions: tuple[Action, ...]) -> list[str]:
    """A name for each action that no other of the paper has: its reference, or its place in the items."""
    taken: dict[str, int] = {}
    made = []
    number = item = 0
    for action in actions:
        number = number + 1 if action.item == item else 1
        item = action.item
        slug = re.sub(r"[\W_]+", "-", action.words["reference"].casefold()).strip("-")
        name = slug or f"item-{item}-action-{number}"
        taken[name] = taken.get(name, 0) + 1
        made.append(name if taken[name] == 1 else f"{name}-{taken[name]}")
    return made


def as_json(made: Records) -> str:
    """Records as JSON, two spaces a level; the same records give the same text."""
    data = msgspec.to_builtins(made)
    for one in (*data["actions"], *(closed["action"] for closed in data["closed"])):
        for name in _OPTIONAL_KEYS:
            if not one[name]:
                del one[name]  # so that papers that do not have them keep their records
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode()


def from_json(text: str | bytes) -> Records:
    """Records from their JSON. Raises `msgspec.DecodeError` where it is none, or not of records."""
    return msgspec.json.decode(text, type=Records)


def from_outside(text: str) -> Records:
    """Records from JSON that somebody else may have written. Raises `ValueError` also where a key stands twice, of
    which one would be dropped, and where they are nested too deep.
    """
    try:
        json.loads(text, object_pairs_hook=_refuse_repeated)
        return from_json(text)
    except RecursionError:
        raise ValueError("they are nested too deep") from None


def _refuse_repeated(pairs: list[tuple[str, Any]]) -> None:
    """Raise `ValueError` where a key stands twice."""
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError(f"'{max(names, key=names.count)}' stands twice in one place")


def short_hash(text: str) -> str:
    """The short hash that ties a printed paper to its records."""
    return hashlib.sha256(text.encode()).hexdigest()[:_STAMP_LENGTH]


def actions_csv(actions: list[ActionRecord]) -> bytes:
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
