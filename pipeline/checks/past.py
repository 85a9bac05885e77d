"""Checks against the committee's last paper; silent where there was none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.checks.actions import quoted
from pipeline.checks.run import Context, Fault, Severity, check
from pipeline.columns import key, squashed
from pipeline.data import ActionRecord
from pipeline.history import Pair, is_closed
from pipeline.house import date_words
from pipeline.records import Action, Place, plain

LIKELY_REFERENCE = 75  # of 100
RANKS = {"not started": 0, "in progress": 1, "on hold": 1, "recommended for closure": 2}


def pairs(actions: tuple[Action, ...], context: Context) -> Iterator[tuple[Action, Pair]]:
    """Each action beside what it was in the last paper; those that it did not have are left out."""
    if context.past is None:
        return
    shown = [pair for pair in context.past.pairs if not pair.is_reported]
    for action, pair in zip(actions, shown, strict=True):
        if pair.before is not None:
            yield action, pair


def last_meeting(context: Context) -> str:
    """The meeting of the last paper, as one says it."""
    assert context.past is not None
    return said_day(context.past.last.paper.meeting)


def said_day(iso: str) -> str:
    """An ISO date as one says it."""
    return date_words("{d} {month} {yyyy}", date.fromisoformat(iso))


def told(action: ActionRecord) -> str:
    """What an action is called in a message."""
    return action.reference or quoted(action.action or action.title)


@check(Severity.WARNING)
def stale_update(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:
    """The update of an open action has been written since the last paper."""
    for action, pair in pairs(actions, context):
        before = pair.before
        if before and pair.now.update and key(pair.now.update) == key(before.update):
            if is_closed(pair.now) or key(pair.now.update) in context.rules.thin_keys:
                continue
            what = f"The update says the same as in the paper of {last_meeting(context)}."
            yield (
                action.cells["update"],
                what,
                "Write what has been done since, or that nothing has and why.",
            )


@check(Severity.ERROR)
def vanished_action(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:
    """No open action of the last paper is missing from the workbook."""
    if context.past is None:
        return
    layout = context.tracker.layout
    place = Place(layout.sheet, layout.heading_row, min(layout.columns.values()))
    known = {id(action) for action, _ in pairs(actions, context)}
    new = tuple(action for action in actions if id(action) not in known)
    for gone in context.past.vanished:
        whose = f" ({', '.join(gone.officers)})" if gone.officers else ""
        what = (
            f"{told(gone)}{whose} was open in the paper of {last_meeting(context)} and is not in the "
            "workbook."
        )
        alike = nearly_referred(gone, new)
        ask = (
            f"Is it {plain(alike.reference)} in {alike.cells['reference'].seen_from(place)}? "
            if alike
            else ""
        )
        yield place, what, f"{ask}Put it back, with a status that says how it ended.", gone


def nearly_referred(gone: ActionRecord, actions: tuple[Action, ...]) -> Action | None:
    """The action whose reference is much like that of one that is gone, if there is one: `HP/5` and `HP5`."""
    from rapidfuzz import fuzz  # slow to load

    if not gone.reference:
        return None
    likeness = {
        number: fuzz.ratio(squashed(plain(action.reference)), squashed(gone.reference))
        for number, action in enumerate(actions)
        if action.reference and plain(action.title) == gone.title
    }
    best = max(likeness, key=lambda number: likeness[number], default=None)
    return actions[best] if best is not None and likeness[best] >= LIKELY_REFERENCE else None


@check(Severity.WARNING)
def status_went_back(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:
    """No open action stands further back than in the last paper."""
    for action, pair in pairs(actions, context):
        before = pair.before
        if (
            before
            and "status" in action.cells
            and RANKS.get(pair.now.status, 9) < RANKS.get(before.status, -1)
        ):
            what = f"The status was {quoted(before.raw_status)} on {last_meeting(context)}, and has gone back."
            yield action.cells["status"], what, "Say in the update why, or set the status right."


@check(Severity.WARNING)
def action_reworded(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:
    """What the committee asked for stands in the words that it agreed."""
    for action, pair in pairs(actions, context):
        before = pair.before
        if before and "action" in action.cells and key(before.action) != key(pair.now.action):
            what = (
                f"What was asked for has been altered; the last paper had {quoted(before.action)}."
            )
            yield action.cells["action"], what, "Restore the words that the committee agreed."


@check(Severity.WARNING)
def closed_reappears(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:
    """An action that was reported as closed is not open again."""
    for action, pair in pairs(actions, context):
        if pair.change == "reopened" and "status" in action.cells:
            what = "An earlier paper reported that the action is closed, and it is open again."
            yield action.cells["status"], what, "Say in the update why, or close it."


@check(Severity.WARNING)
def extended_again(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:
    """A due date is not moved to a later day without saying so."""
    for action, pair in pairs(actions, context):
        if pair.before and pair.is_extended:
            times = pair.marked.extended
            often = "once" if times == 1 else f"{times} times"
            what = (
                f"The due date was {said_day(pair.before.due)} and is now {said_day(pair.now.due)}; "
                f"it has been moved {often}."
            )
            yield action.cells["due"], what, "Say in the update why, and who agreed to it."


@check(Severity.NOTE)
def already_reported(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """A closed action is shown once as closed, and is then left out of the paper."""
    if context.past is None:
        return
    for pair in context.past.pairs:
        if pair.is_reported:
            sheet, _, cell = pair.now.cells["update"].rpartition("!")
            what = f"{told(pair.now)} was reported as closed before, and was left out."
            yield place_of(sheet, cell), what, "Take its row out of the workbook when you like."


def place_of(sheet: str, cell: str) -> Place:
    """The place of a cell such as `E6`."""
    from openpyxl.utils.cell import coordinate_to_tuple

    return Place(sheet, *coordinate_to_tuple(cell))
