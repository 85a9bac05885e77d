"""What the officers' workbook says of each column: its width, the help in its cells, and what a row lacks.

Conditions and texts are Excel's formulas in English, as the file stores them whatever the language
of the officer's Excel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct

STATUSES, CLOSED_STATUSES, OFFICER_NAMES = "Statuses", "ClosedStatuses", "OfficerNames"
PLACEHOLDERS = "Placeholders"
_NO_DAY = "Write a day as day/month/year, such as 28/03/2027."
_LONGEST_PLACEHOLDER = 60  # characters; Excel compares no more than 255
BEFORE, MEETING = "before", "meeting"  # no fields: the last update's cell, and the meeting's date
EXEMPT = "exempt"  # no field: whether the row must not be published

_At: TypeAlias = Mapping[str, str]  # the cell of each field on a row, such as $B5


class _Field(Struct, frozen=True):
    """`width` is in characters; `prompt` and `error` are what Excel shows, at most 255 of them.

    `lacks`, of the row's cells and the table's first row, is the condition on which `needed` is said.
    """

    width: float
    prompt: str
    error: str = ""
    needed: str = ""
    lacks: Callable[[_At, int], str] | None = None


def _is_begun(at: _At) -> str:
    """Whether a row holds anything but its reference."""
    others = ("reference", BEFORE, MEETING, EXEMPT)
    return _any_of(f'{cell}<>""' for name, cell in at.items() if name not in others)


def _is_open(at: _At) -> str:
    """Whether something is still to be done."""
    return f"COUNTIF({CLOSED_STATUSES},{at['status']})=0" if "status" in at else "TRUE"


def _is_empty(name: str) -> Callable[[_At, int], str]:
    """The condition that a row is begun without a field."""
    return lambda at, _: f'AND({_is_begun(at)},{at[name]}="")'


def _lacks_update(at: _At, first: int) -> str:  # noqa: ARG001
    """The condition that a row is begun without an update, or with a placeholder or last time's words."""
    return _any_of([_is_without_update(at), *([_is_as_before(at)] if BEFORE in at else [])])


def _is_without_update(at: _At) -> str:
    """The condition that a row is begun and its update says nothing, as the checks see it."""
    cell = at["update"]
    is_short = f"LEN({cell})<{_LONGEST_PLACEHOLDER}"
    is_placeholder = f"IF({is_short},SUMPRODUCT(--({PLACEHOLDERS}=TRIM({cell})))>0,FALSE)"
    return f'AND({_is_begun(at)},OR({cell}="",{is_placeholder}))'


def _is_as_before(at: _At) -> str:
    """The condition that an open action's update is word for word that of the last meeting."""
    return f'AND({at[BEFORE]}<>"",EXACT({at["update"]},{at[BEFORE]}),{_is_open(at)})'


def _is_empty_while_open(name: str) -> Callable[[_At, int], str]:
    """The condition that a row is begun without a field, and is open."""
    return lambda at, _: f'AND({_is_begun(at)},{_is_open(at)},{at[name]}="")'


def _is_owed_by_item(name: str, other: str) -> Callable[[_At, int], str]:
    """The condition that an item has no date or no title: one without both belongs to the item above."""

    def condition(at: _At, first: int) -> str:
        column = at[name].rstrip("0123456789")
        none_above = f"COUNTA({column}${first}:{at[name]})=0"
        starts = [f'{at[other]}<>""'] if other in at else []
        return f'AND({_is_begun(at)},{at[name]}="",{_any_of([*starts, none_above])})'

    return condition


def _is_overdue(at: _At) -> str:
    """The condition that an open action falls due before the meeting."""
    return f"AND(ISNUMBER({at['due']}),{at['due']}<{at[MEETING]},{_is_open(at)})"


def _lacks_or_passed(at: _At, first: int) -> str:
    """The condition that an open action has no due date, or one before the meeting."""
    return _any_of([_is_empty_while_open("due")(at, first), _is_overdue(at)])


def _any_of(conditions: Iterable[str]) -> str:
    """The condition that one of several holds."""
    return f"OR({','.join(conditions)})"


WORKBOOK_FIELDS = {
    "reference": _Field(
        12,
        "Made once, for good. Take the next free row; it keeps this reference until the action is closed.",
        "References stay as they are, so that an action is found again at the next meeting. Change it?",
    ),
    "date": _Field(
        12,
        "The day on which the committee considered the item, such as 28/03/2027. Every row of an item has it.",
        _NO_DAY,
        "Write the date.",
        _is_owed_by_item("date", "title"),
    ),
    "title": _Field(
        23,
        "What the item was called on the agenda. Every row of an item has it.",
        "",
        "Write the title.",
        _is_owed_by_item("title", "date"),
    ),
    "action": _Field(
        36,
        "What the committee asked for, in the words of its minutes. One action a row.",
        "",
        "Write what was asked for.",
        _is_empty("action"),
    ),
    "officers": _Field(
        18,
        "Who answers for it: choose a name. The names come from the sheet Officers; add yours there. "
        "For two officers type both, with ; between them.",
        "The sheet Officers does not have that name. Keep it all the same?",
        "Name an officer.",
        _is_empty_while_open("officers"),
    ),
    "due": _Field(
        12,
        "By when it is to be done, such as 30/09/2027. If there is no day yet, words such as Autumn 2027.",
        "That is no day. Keep the words?",
        "Give a due date.",
        _lacks_or_passed,
    ),
    "update": _Field(
        50,
        "What has been done since the last meeting, and what comes next, in whole sentences: the public "
        "reads it. Alt+Enter starts a new line; a line that starts with a hyphen and a space is a list item.",
        "",
        "Write an update.",
        _lacks_update,
    ),
    "status": _Field(
        16,
        "Choose how it stands from the list.",
        "Choose one of the words in the list.",
        "Choose a status.",
        _is_empty("status"),
    ),
    "completed": _Field(
        12,
        "If it is done: the day on which it was. Else leave it empty.",
        _NO_DAY,
    ),
    "response": _Field(
        20,
        "How those who were asked have answered: agreed, not agreed or in part. Else leave it empty.",
    ),
    "responded": _Field(
        12,
        "The day on which they answered.",
        _NO_DAY,
    ),
    "original_due": _Field(
        12,
        "By when it was to be done at first, if that has been moved.",
        _NO_DAY,
    ),
    "priority": _Field(12, "How urgent it is, or how great the risk."),
    "percent": _Field(12, "How much of it is done, such as 40%."),
    "kind": _Field(16, "What kind of request it was, such as Recommendation or Referral."),
    "notes": _Field(
        23,
        "Never published: for you and your colleagues alone.",
    ),
    EXEMPT: _Field(
        10,
        "Yes if the row must not be published (exempt or confidential information), and why in the internal notes. "
        "The clerk then takes it out; until then no paper is published. Else leave it empty.",
        "Choose Yes or No, or leave it empty.",
    ),
}


def still_needed(at: _At, first: int) -> str:
    """The formula that says in words what a row still needs, and nothing where it needs nothing."""
    plainer = {
        "due": lambda: _is_empty_while_open("due")(at, first),
        "update": lambda: _is_without_update(at),
    }
    said = [
        (plainer[name]() if name in plainer else field.lacks(at, first), field.needed)
        for name, field in WORKBOOK_FIELDS.items()
        if name in at and field.lacks is not None
    ]
    if BEFORE in at:
        said.append((_is_as_before(at), "Write what has been done since."))
    if "due" in at:
        said.append((_is_overdue(at), "Due before the meeting: agree a new date, or close it."))
    parts = "&".join(f'IF({condition},"{words} ","")' for condition, words in said)
    return f"=TRIM({parts})"
