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
LONGEST_PLACEHOLDER = 60  # characters; Excel compares no more than 255
BEFORE, MEETING = "before", "meeting"  # no fields: the last update's cell, and the meeting's date
EXEMPT = "exempt"  # no field: whether the row must not be published

At: TypeAlias = Mapping[str, str]  # the cell of each field on a row, such as $B5


class Field(Struct, frozen=True):
    """`width` is in characters; `prompt` and `error` are what Excel shows, at most 255 of them.

    `lacks`, of the row's cells and the table's first row, is the condition on which `needed` is said.
    """

    width: float
    prompt: str
    error: str = ""
    needed: str = ""
    lacks: Callable[[At, int], str] | None = None


def is_begun(at: At) -> str:
    """Whether a row holds anything but its reference."""
    others = ("reference", BEFORE, MEETING, EXEMPT)
    return any_of(f'{cell}<>""' for name, cell in at.items() if name not in others)


def is_open(at: At) -> str:
    """Whether something is still to be done."""
    return f"COUNTIF({CLOSED_STATUSES},{at['status']})=0" if "status" in at else "TRUE"


def is_empty(name: str) -> Callable[[At, int], str]:
    """The condition that a row is begun without a field."""
    return lambda at, _: f'AND({is_begun(at)},{at[name]}="")'


def lacks_update(at: At, first: int) -> str:  # noqa: ARG001
    """The condition that a row is begun without an update, or with a placeholder or last time's words."""
    return any_of([is_without_update(at), *([is_as_before(at)] if BEFORE in at else [])])


def is_without_update(at: At) -> str:
    """The condition that a row is begun and its update says nothing, as the checks see it."""
    cell = at["update"]
    is_short = f"LEN({cell})<{LONGEST_PLACEHOLDER}"
    is_placeholder = f"IF({is_short},SUMPRODUCT(--({PLACEHOLDERS}=TRIM({cell})))>0,FALSE)"
    return f'AND({is_begun(at)},OR({cell}="",{is_placeholder}))'


def is_as_before(at: At) -> str:
    """The condition that an open action's update is word for word that of the last meeting."""
    return f'AND({at[BEFORE]}<>"",EXACT({at["update"]},{at[BEFORE]}),{is_open(at)})'


def is_empty_while_open(name: str) -> Callable[[At, int], str]:
    """The condition that a row is begun without a field, and is open."""
    return lambda at, _: f'AND({is_begun(at)},{is_open(at)},{at[name]}="")'


def is_owed_by_item(name: str, other: str) -> Callable[[At, int], str]:
    """The condition that an item has no date or no title: one without both belongs to the item above."""

    def condition(at: At, first: int) -> str:
        column = at[name].rstrip("0123456789")
        none_above = f"COUNTA({column}${first}:{at[name]})=0"
        starts = [f'{at[other]}<>""'] if other in at else []
        return f'AND({is_begun(at)},{at[name]}="",{any_of([*starts, none_above])})'

    return condition


def is_overdue(at: At) -> str:
    """The condition that an open action falls due before the meeting."""
    return f"AND(ISNUMBER({at['due']}),{at['due']}<{at[MEETING]},{is_open(at)})"


def lacks_or_passed(at: At, first: int) -> str:
    """The condition that an open action has no due date, or one before the meeting."""
    return any_of([is_empty_while_open("due")(at, first), is_overdue(at)])


def any_of(conditions: Iterable[str]) -> str:
    """The condition that one of several holds."""
    return f"OR({','.join(conditions)})"


FIELDS = {
    "reference": Field(
        12,
        "Made once, for good. Take the next free row; it keeps this reference until the action is closed.",
        "References stay as they are, so that an action is found again at the next meeting. Change it?",
    ),
    "date": Field(
        12,
        "The day on which the committee considered the item, such as 28/03/2027. Every row of an item has it.",
        "Write a day as day/month/year, such as 28/03/2027.",
        "Write the date.",
        is_owed_by_item("date", "title"),
    ),
    "title": Field(
        23,
        "What the item was called on the agenda. Every row of an item has it.",
        "",
        "Write the title.",
        is_owed_by_item("title", "date"),
    ),
    "action": Field(
        36,
        "What the committee asked for, in the words of its minutes. One action a row.",
        "",
        "Write what was asked for.",
        is_empty("action"),
    ),
    "officers": Field(
        18,
        "Who answers for it: choose a name. The names come from the sheet Officers; add yours there. "
        "For two officers type both, with ; between them.",
        "The sheet Officers does not have that name. Keep it all the same?",
        "Name an officer.",
        is_empty_while_open("officers"),
    ),
    "due": Field(
        12,
        "By when it is to be done, such as 30/09/2027. If there is no day yet, words such as Autumn 2027.",
        "That is no day. Keep the words?",
        "Give a due date.",
        lacks_or_passed,
    ),
    "update": Field(
        50,
        "What has been done since the last meeting, and what comes next, in whole sentences: the public "
        "reads it. Alt+Enter starts a new line; a line that starts with a hyphen and a space is a list item.",
        "",
        "Write an update.",
        lacks_update,
    ),
    "status": Field(
        16,
        "Choose how it stands from the list.",
        "Choose one of the words in the list.",
        "Choose a status.",
        is_empty("status"),
    ),
    "completed": Field(
        12,
        "If it is done: the day on which it was. Else leave it empty.",
        "Write a day as day/month/year, such as 28/03/2027.",
    ),
    "notes": Field(
        23,
        "Never published: for you and your colleagues alone.",
    ),
    EXEMPT: Field(
        10,
        "Yes if the row must not be published (exempt or confidential information), and why in the internal notes. "
        "The clerk then takes it out; until then no paper is published. Else leave it empty.",
        "Choose Yes or No, or leave it empty.",
    ),
}


def still_needed(at: At, first: int) -> str:
    """The formula that says in words what a row still needs, and nothing where it needs nothing."""
    plainer = {
        "due": lambda: is_empty_while_open("due")(at, first),
        "update": lambda: is_without_update(at),
    }
    said = [
        (plainer[name]() if name in plainer else field.lacks(at, first), field.needed)
        for name, field in FIELDS.items()
        if name in at and field.lacks is not None
    ]
    if BEFORE in at:
        said.append((is_as_before(at), "Write what has been done since."))
    if "due" in at:
        said.append((is_overdue(at), "Due before the meeting: agree a new date, or close it."))
    parts = "&".join(f'IF({condition},"{words} ","")' for condition, words in said)
    return f"=TRIM({parts})"
