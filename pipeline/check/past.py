"""Checks on what is new: against the committee's last paper, where there was one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from pipeline.check.actions import earlier_cell, earlier_update
from pipeline.check.conduct import is_denied, is_overdue
from pipeline.check.rule import Context, Fault, check, has_updates, is_open
from pipeline.council.clerk import Merged, Moved, Renamed
from pipeline.council.rules import Rules, Severity, adds_nothing, is_placeholder, says_nothing
from pipeline.ingest.areas import areas
from pipeline.model.action import Action, Place, Text, plain
from pipeline.model.document import runs_of
from pipeline.model.months import date_words
from pipeline.model.text import text_blocks
from pipeline.model.words import key, listed, often, quoted, squashed
from pipeline.normalise.tracker import Tracker
from pipeline.published.history import (
    PART,
    History,
    Pair,
    reference_key,
    split_references,
)
from pipeline.published.records import ActionRecord

_LIKELY_REFERENCE = 75  # of 100
_MOST_SAID = 5  # references that one message names
_NO_UPDATES = (
    "broken-text",
    "long-update",
    "bare-link",
    "shouting",
)  # of words that are to be replaced
_WRITE_UPDATE = "Write what has been done since, or that nothing has and why."
_NAMED = r"(?:actions?|items?|recommendations?|ref(?:erence)?s?\.?|nos?\.?|numbers?|#)?\s*"
_WITH = (
    r"(?:merged|combined|joined|amalgamated|consolidated|incorporated|included|subsumed|absorbed|covered"
    r"|replaced|superseded)\s+(?:with|into|in|by|under|to)"
)
_MERGED = re.compile(rf"\b(?:{_WITH}|see(?: also)?|includes|replaces|takes in)\s+{_NAMED}"
                    r"([\w/.-]*\d(?:[\w/.-]*\w)?)", re.I)  # fmt: skip
_LEADS_TO = re.compile(rf"(?:please )?{_MERGED.pattern}", re.I)
_RANKS = {"not started": 0, "in progress": 1, "on hold": 1, "recommended for closure": 2}


def _pairs(context: Context) -> Iterator[tuple[Action, Pair]]:
    """Each action beside what it was in the last paper; those that it did not have are left out."""
    if context.past is None:
        return
    shown = [pair for pair in context.past.pairs if not pair.is_reported]
    for action, pair in zip(context.actions, shown, strict=True):
        if pair.before is not None:
            yield action, pair


def _last_meeting(context: Context) -> str:
    """The meeting of the last paper, as one says it."""
    assert context.past is not None
    return _said_day(context.past.last.paper.meeting)


def _said_day(iso: str) -> str:
    """An ISO date as one says it."""
    return _day(date.fromisoformat(iso))


def _day(day: date) -> str:
    """A day as one says it."""
    return date_words("{d} {month} {yyyy}", day)


def _first_heading(context: Context) -> Place:
    """The cell for what belongs to no action."""
    layout = context.tracker.layout
    return Place(layout.sheet, layout.heading_row, min(layout.columns.values()))


def _told(action: ActionRecord) -> str:
    """What an action is called in a message."""
    return action.reference or quoted(action.action or action.title)


@check(Severity.ERROR, stands_for=_NO_UPDATES)
def stale_update(context: Context) -> Iterator[Fault]:
    """An action that is in progress or overdue has an update of this meeting: what it says beside the sentences of
    the last paper's (in whatever order; a new link is an update), or of what a workbook keeps under *At the last
    meeting* where there was no paper. It says more than that nothing has changed
    ("No change.", "As above", "Ongoing": `thin` and `unchanged` in `checks.toml`). "No change since January
    because …" is an update.
    """
    for action, what in _stale(context.actions, context):
        if not _is_waiting(action, context):
            yield action.cells["update"], what, _WRITE_UPDATE


@check(Severity.WARNING, stands_for=_NO_UPDATES)
def stale_on_hold(context: Context) -> Iterator[Fault]:
    """An action that is on hold, not started or recommended for closure, and not overdue, has an update of
    this meeting too (see `stale-update`).
    """
    for action, what in _stale(context.actions, context):
        if _is_waiting(action, context):
            yield action.cells["update"], what, _WRITE_UPDATE


@check(Severity.WARNING, stands_for=("broken-text", "shouting"))
def thin_update(context: Context) -> Iterator[Fault]:
    """The first update of an action says what has been done, in more than "ongoing" (`thin` in `checks.toml`)."""
    known = {id(action) for action, _ in _stale(context.actions, context)}
    for action in context.actions:
        words = plain(action.update)
        is_told = id(action) in known or is_placeholder(words, context.rules)
        if is_open(action) and not is_told and context.rules.empty_words.are(words):
            what = f"The update says only {quoted(words)}."
            yield action.cells["update"], what, "Write what has been done, and what comes next."


@check(Severity.ERROR, stands_for=("broken-text",))
def completed_without_update(context: Context) -> Iterator[Fault]:
    """An action that is said to be completed says how, in more than "Ongoing" or "No change" (`thin` and `unchanged`
    in `checks.toml`).
    """
    for action in context.actions if has_updates(context.tracker, context.rules) else ():
        is_said = is_denied(action) or not says_nothing(plain(action.update), context.rules)
        if action.status.canonical == "completed" and not is_said:
            what = f"The action is {quoted(plain(action.status.words))} and does not say what was done."
            what = f"{what}{earlier_update(action, context)}"
            yield action.cells["update"], what, "Write what was done, or change the status."


def _is_waiting(action: Action, context: Context) -> bool:
    """Whether nothing has to be done on an action for now: it waits, and is not overdue."""
    status = action.status.canonical
    return status == "recommended for closure" or (
        status in ("on hold", "not started") and not is_overdue(action, context)
    )


def _stale(actions: tuple[Action, ...], context: Context) -> Iterator[tuple[Action, str]]:
    """The open actions without an update of this meeting though they have words for one, and what is wrong."""
    again = {id(action) for action in repeated(context.tracker, context.past, context.rules)}
    known = {id(action) for action, _ in _pairs(context)}
    empty = context.rules.empty_words
    references = {key(plain(action.reference)) for action in actions}
    for action in actions:
        words = plain(action.update)
        if not is_open(action) or is_placeholder(words, context.rules):
            continue
        led = _LEADS_TO.fullmatch(" ".join(words.split()).rstrip("."))
        if empty.are(words) and (
            empty.say_unchanged(words) or id(action) in known or id(action) in again
        ):
            as_before = ", as in the last paper" if context.past and id(action) in again else ""
            yield action, f"The update says only {quoted(words)}{as_before}."
        elif id(action) in again:
            where = (
                f"in the paper of {_last_meeting(context)}"
                if context.past
                else "at the last meeting"
            )
            yield action, f"The update says the same as {where}."
        elif led and key(led[1]) in references:
            yield (
                action,
                f"The update says only {quoted(words)}: was the action merged with that one?",
            )


def repeated(tracker: Tracker, past: History | None, rules: Rules) -> Iterator[Action]:
    """The open actions whose update adds nothing to what it was: in the last paper, or where there was none,
    in the workbook's own column of an earlier update.
    """
    shown = (
        [one for one in past.pairs if not one.is_reported]
        if past
        else [None] * len(tracker.actions)
    )
    for action, one in zip(tracker.actions, shown, strict=True):
        words = plain(action.update)
        if not is_open(action) or is_placeholder(words, rules):
            continue
        if one is not None:
            is_empty = "update" in one.altered and rules.empty_words.are(words)
            is_again = one.is_stale and not is_empty
        else:
            kept = earlier_cell(action, tracker)
            before = text_blocks(kept.runs) if kept else ()
            is_again = (
                kept is not None
                and adds_nothing(words, plain(before), rules)
                and _addresses(action.update) == _addresses(before)
            )
        if is_again:
            yield action


def _addresses(text: Text) -> list[str]:
    """Where the words of a text lead."""
    return [run.link for run in runs_of(text) if run.link]


@check(Severity.ERROR)
def changed_plans(context: Context) -> Iterator[Fault]:
    """`inputs/clerk.toml` says which meetings were moved and which committees renamed or merged. It has to where a
    published paper for another day says most of what the workbook says, or most of the open actions of another
    committee's last paper are in it; `papers check` ends with the lines to add.
    """
    place = _first_heading(context)
    add = "add to inputs/clerk.toml the lines that papers check ends with"
    for one in context.proposed:
        match one:
            case Moved():
                what = (
                    f"The workbook is for {_day(one.to)}, and most of it is what the paper of {_day(one.was)} says. "
                    f"If that meeting was moved or cancelled, {add}."
                )
                yield place, what, "If not, have the updates written."
            case Renamed() | Merged():
                names = listed(one.names)
                what = (
                    f"The workbook is of {one.committee}, and has most of the open actions of {names}. "
                    f"If that is another name or a merger, {add}."
                )
                yield place, what, "If not, waive this."


@check(Severity.WARNING)
def numbered_anew(context: Context) -> Iterator[Fault]:
    """Actions keep their references: it is by these that minutes and members know them. Where numbers were
    given anew, actions are found again by their words.
    """
    if context.past is None:
        return
    moved = [one for one in _pairs(context) if one[1].is_renumbered and one[1].before]
    past = context.past
    found = {id(one.before) for one in past.pairs}
    gone = {
        reference_key(one.action): one.action
        for one in past.last.closed
        if one.meeting == past.last.paper.meeting
        and one.action.reference
        and id(one.action) not in found
    }
    known = {id(action) for action, _ in _pairs(context)}
    reused = [
        (action, gone[key(plain(action.reference))])
        for action in context.actions
        if id(action) not in known and key(plain(action.reference)) in gone
    ]
    said = [
        *(
            f"{pair.before.reference} is now {pair.now.reference}"
            for _, pair in moved
            if pair.before
        ),
        *(f"{one.reference} was {quoted(one.action or one.title)}" for _, one in reused),
    ]
    if said:
        more = f" and {len(said) - _MOST_SAID} more" if len(said) > _MOST_SAID else ""
        what = f"References were given anew since the paper of {_last_meeting(context)}"
        first = (moved or reused)[0][0]
        yield (
            first.cells["reference"],
            f"{what}: {', '.join(said[:_MOST_SAID])}{more}.",
            "Give each action back the reference that it had, and a new one to each new action.",
        )


@check(Severity.ERROR)
def vanished_action(context: Context) -> Iterator[Fault]:
    """No open action of the last paper is missing from the workbook. Of one that seems to be reworded, split
    (16a and 16b where 16 was) or merged with another ("merged with 12"), that is asked. One that stands in a hidden
    row is found by `hidden-words`, unless that is waived.
    """
    if context.past is None:
        return
    place = _first_heading(context)
    known = {id(action) for action, _ in _pairs(context)}
    new = tuple(action for action in context.actions if id(action) not in known)
    clues = _clues_of(context.actions, new, context.past)
    hidden = _hidden_keys(context)
    for gone in context.past.vanished:
        if {reference_key(gone) or key(gone.action)} <= hidden:
            continue
        whose = f" ({', '.join(gone.officers)})" if gone.officers else ""
        what = (
            f"{_told(gone)}{whose} was open in the paper of {_last_meeting(context)} and is not in the "
            "workbook."
        )
        ask = _asked(gone, clues, place)
        yield place, what, f"{ask}Put it back, with a status that says how it ended.", gone


def _hidden_keys(context: Context) -> frozenset[str]:
    """What the cells of hidden rows say, for which `hidden-words` keeps the paper from being ready."""
    if context.columns.hidden == "print" or "hidden-words" in context.rules.severity:
        return frozenset()
    waived = {waiver.cell for waiver in context.rules.waiver if waiver.check == "hidden-words"}
    parts = (one for tracker in context.tracker.sheets for one in tracker.hidden)
    return frozenset().union(*(one.keys for one in parts if str(one.place) not in waived))


class _Clues(Struct, frozen=True):
    """What tells of actions that are gone, by the keys of references: the parts of another, the actions that
    are new, those that say that they took another in, and what every action is called.
    """

    parts: dict[str, list[str]]
    new: dict[str, Action]
    taken_in: dict[str, str]
    called: dict[str, str]


def _clues_of(actions: tuple[Action, ...], new: tuple[Action, ...], past: History) -> _Clues:
    """What the actions of now, of which some are new, tell of those that are gone."""
    return _Clues(
        split_references([one.now for one in past.pairs], past.last),
        {key(plain(one.reference)): one for one in new if one.reference},
        {
            key(name): _told_now(one)
            for one in actions
            for words in (plain(one.update), plain(one.status.words), plain(one.action))
            for name in _MERGED.findall(words)
        },
        {key(plain(one.reference)): plain(one.reference) for one in actions if one.reference},
    )


def _asked(gone: ActionRecord, clues: _Clues, place: Place) -> str:
    """The question about an action that is gone; nothing where nothing tells of it."""
    name = reference_key(gone)
    led = [key(one) for one in _MERGED.findall(f"{gone.update}\n{gone.raw_status}")]
    whole = PART.fullmatch(gone.reference.strip())
    if whole and key(whole[1]) in clues.new:
        led.append(key(whole[1]))
    other = clues.taken_in.get(name) or next(
        (clues.called[one] for one in led if one in clues.called), ""
    )
    if name in clues.parts:
        return f"Was it split into {listed(clues.parts[name])}? "
    if other:
        return f"Was it merged with {other}? "
    if name and name in clues.new:
        at = clues.new[name].cells["reference"].seen_from(place)
        return f"{gone.reference} in {at} says something else: was it reworded, or its number given away? "
    alike = _nearly_referred(gone, tuple(clues.new.values()))
    if alike is None:
        return ""
    return f"Is it {plain(alike.reference)} in {alike.cells['reference'].seen_from(place)}? "


def _told_now(action: Action) -> str:
    """What an action of the workbook is called in a message."""
    return plain(action.reference) or quoted(plain(action.action) or plain(action.title))


def _nearly_referred(gone: ActionRecord, actions: tuple[Action, ...]) -> Action | None:
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
    return actions[best] if best is not None and likeness[best] >= _LIKELY_REFERENCE else None


def _says_why(pair: Pair, rules: Rules) -> bool:
    """Whether an update that the last paper did not have gives a reason."""
    return "update" in pair.altered and rules.reason.search(pair.now.update) is not None


@check(Severity.WARNING)
def status_went_back(context: Context) -> Iterator[Fault]:
    """No open action stands further back than in the last paper, unless its update says why: it is not the last
    paper's, and has a word of a reason ("because", "agreed", "delayed": `reasons` in `checks.toml`).
    """
    for action, pair in _pairs(context):
        before = pair.before
        if (
            before
            and "status" in action.cells
            and _RANKS.get(pair.now.status, 9) < _RANKS.get(before.status, -1)
            and not _says_why(pair, context.rules)
        ):
            what = f"The status was {quoted(before.raw_status)} on {_last_meeting(context)}, and has gone back."
            yield action.cells["status"], what, "Say in the update why, or set the status right."


@check(Severity.WARNING, stands_for=("broken-text",))
def action_reworded(context: Context) -> Iterator[Fault]:
    """What the committee asked for stands in the words that it agreed."""
    for action, pair in _pairs(context):
        before = pair.before
        if before and "action" in action.cells and key(before.action) != key(pair.now.action):
            what = (
                f"What was asked for has been altered; the last paper had {quoted(before.action)}."
            )
            yield action.cells["action"], what, "Restore the words that the committee agreed."


@check(Severity.WARNING)
def closed_reappears(context: Context) -> Iterator[Fault]:
    """An action that was reported as closed is not open again, unless its update says why (see `status-went-back`)."""
    for action, pair in _pairs(context):
        is_unsaid = pair.change == "reopened" and not _says_why(pair, context.rules)
        if is_unsaid and "status" in action.cells:
            what = "An earlier paper reported that the action is closed, and it is open again."
            yield action.cells["status"], what, "Say in the update why, or close it."


@check(Severity.WARNING)
def extended_again(context: Context) -> Iterator[Fault]:
    """A due date is not moved to a later day unless the update says why (see `status-went-back`)."""
    for action, pair in _pairs(context):
        if pair.before and pair.is_extended and not _says_why(pair, context.rules):
            what = (
                f"The due date was {_said_day(pair.before.due)} and is now {_said_day(pair.now.due)}; "
                f"it has been moved {often(pair.marked.extended)}."
            )
            yield action.cells["due"], what, "Say in the update why, and who agreed to it."


@check(Severity.NOTE)
def already_reported(context: Context) -> Iterator[Fault]:
    """A closed action is shown once as closed, and is then left out of the paper."""
    if context.past is None:
        return
    for pair in context.past.pairs:
        if pair.is_reported:
            cells = pair.now.cells
            sheet, _, cell = cells.get("update", next(iter(cells.values()))).rpartition("!")
            what = f"{_told(pair.now)} was reported as closed before, and was left out."
            yield _place_of(sheet, cell), what, "Take its row out of the workbook when you like."


def _place_of(sheet: str, cell: str) -> Place:
    """The place of a cell such as `E6`."""
    row, column, *_ = areas(cell)[0]
    return Place(sheet, row, column)
