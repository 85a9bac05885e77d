"""Checks on what an action says now, against the committee's last paper, where there was one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.check.done import says_done
from pipeline.check.rule import Fault, Told, check, check_at
from pipeline.check.seen import Context, Seen
from pipeline.council.dates import is_when
from pipeline.council.rules import Severity, adds_nothing, says_nothing
from pipeline.ingest.workbook import areas
from pipeline.model.action import CLOSED, OPEN, TO_CLOSE, Place, Text, plain
from pipeline.model.document import runs_of
from pipeline.model.months import plain_day
from pipeline.model.text import text_blocks
from pipeline.model.words import key, often, quoted
from pipeline.published.history import MERGED, Pair

# Of words that are to be replaced:
_NO_UPDATES = ("broken-text", "long-update", "bare-link", "shouting")
_WRITE_UPDATE = "Write what has been done since, or that nothing has and why."
_LEADS_TO = re.compile(
    rf"(?:(?:please|it|this|the|action|item|is|was|has|been|now) )*{MERGED.pattern}", re.I
)
_BACK = {TO_CLOSE: OPEN, "in progress": {"not started"}, "on hold": {"not started"}}  # fmt: skip


@check_at("update", Severity.ERROR, stands_for=_NO_UPDATES)
def stale_update(one: Seen) -> Iterator[Told]:
    """An action that is in progress or overdue has an update of this meeting: not sentences of the last paper's, nor
    of what the workbook keeps under *At the last meeting*, some or all, in whatever order (a sentence with other words
    and a new link are an update). It says more than that nothing has changed ("No change.", "As above", "Ongoing":
    `thin` and `unchanged` in `checks.toml`). "No change since January because …" is an update.
    """
    if not _is_waiting(one) and (what := _stale(one)):
        yield what, _WRITE_UPDATE


@check_at("update", Severity.WARNING, stands_for=_NO_UPDATES)
def stale_on_hold(one: Seen) -> Iterator[Told]:
    """An action that is on hold, not started or recommended for closure, and not overdue, has an update of
    this meeting too (see `stale-update`).
    """
    if _is_waiting(one) and (what := _stale(one)):
        yield what, _WRITE_UPDATE


@check_at("update", Severity.WARNING, stands_for=("broken-text", "shouting"))
def thin_update(one: Seen) -> Iterator[Told]:
    """The first update of an action says what has been done, in more than "ongoing" (`thin` in `checks.toml`), and
    that of a closed one in more than "Done."
    """
    is_thin = one.is_open and one.is_empty and not one.is_placeholder
    is_bare = one.context.columns.listed_status(one.update) in CLOSED
    if is_thin and not _stale(one):
        yield f"{one.says_only}.", "Write what has been done, and what comes next."
    elif one.status in CLOSED and (is_bare or (one.status != "completed" and one.says_unchanged)):
        yield f"{one.says_only}.", "Write how it ended."


@check_at("update", Severity.ERROR, stands_for=("broken-text", "moved-update"))
def completed_without_update(one: Seen) -> Iterator[Told]:
    """An action that is said to be completed says how, in more than "Ongoing" or "No change" (`thin` and `unchanged`
    in `checks.toml`); and in more than the last paper's words for it while it was open, as does one that is no longer
    required ("Lapsed" says why itself); but for one that was recommended for closure, that has a day of completion, or
    whose words, or status, say how it ended.
    """
    if one.status not in CLOSED or not one.context.has_updates or one.is_denied:
        return
    status, officers = quoted(one.words["status"]), one.words["officers"]
    is_empty = one.repeats_row or says_nothing(one.update, officers, one.context.rules)
    if one.status == "completed" and is_empty:
        what = f"The action is {status} and does not say what was done.{one.earlier_words}"
        yield what, "Write what was done, or change the status."
    elif one.pair and not is_empty and _is_closed_unsaid(one.pair, one.context):
        before = f"in the paper of {one.context.last_meeting}"
        what = f"The action is {status}, and the update says no more than it did {before}."
        yield what, "Write what was done since, or change the status."


def _is_closed_unsaid(pair: Pair, context: Context) -> bool:
    """Whether nothing but its status tells that an action was closed since the last paper, and that not why."""
    now, before = pair.now, pair.before
    was_proposed = before is not None and before.status == TO_CLOSE
    behind = context.columns.behind_status(now.raw_status).strip(" ()/–-")
    is_told = " " in behind and not says_nothing(behind, now.officers_words, context.rules)
    is_said = now.completed or is_when(behind) or is_told or says_done(now.update)
    is_bare = now.status == "completed" or (
        now.status == "no longer required"
        and " " in now.raw_status
        and context.columns.is_listed(now.raw_status)
    )
    return pair.change == "closed" and pair.is_stale and is_bare and not (was_proposed or is_said)


@check(Severity.ERROR, stands_for=_NO_UPDATES)
def moved_update(context: Context) -> Iterator[Fault]:
    """No action has the words that another one's update had in the last paper: cells were moved, or sorted without
    their rows. Words of a note's length (`note_words`) may be the same.
    """
    others = {key(one.update): one for one in (context.past.last.actions if context.past else ())}
    for one in context.actions:
        said, pair = one.keys["update"], one.pair
        other = others.get(said) if len(said.split()) > context.rules.note_words else None
        if other and pair and other is not pair.before and not pair.is_stale:
            what = f"The update is that of {other.label} in the paper of {context.last_meeting}."
            remedy = "Put each update beside its own action, or write it anew."
            yield one.cells["update"], what, remedy


def _is_waiting(one: Seen) -> bool:
    """Whether nothing has to be done on an action for now: it waits, and is not overdue."""
    return one.status == TO_CLOSE or (
        one.status in ("on hold", "not started") and not one.is_overdue
    )


def _stale(one: Seen) -> str:
    """What is wrong with the words that an open action has for an update of this meeting; nothing where nothing is."""
    if not one.is_open or one.is_placeholder:
        return ""
    words, where, before = one.newest, repeated(one), one.before
    led = _LEADS_TO.fullmatch(" ".join(words.split()).rstrip("."))
    if one.is_empty and (before or where or one.says_unchanged):
        is_as_before = one.pair and before and "update" not in one.pair.altered
        as_before = ", as in the last paper" if is_as_before else ""
        return f"{one.says_only}{as_before}."
    if where:
        return f"The update says no more than it did {where}."
    if led and key(led[1]) in one.context.called:
        return f"The update says only {quoted(words)}: was the action merged with that one?"
    return ""


def repeated(one: Seen) -> str:
    """Where the last paper, or the workbook's own column of an earlier update, says what the update of an open action
    only says again; nothing where it says more.
    """
    if not one.is_open or one.is_placeholder:
        return ""
    if one.pair and one.pair.is_stale:
        return f"in the paper of {one.context.last_meeting}"
    before = text_blocks(one.earlier.runs) if one.earlier else ()
    is_again = (
        bool(before)
        and adds_nothing(one.update, plain(before), one.words["officers"], one.context.rules)
        and _addresses(one.action.update) == _addresses(before)
    )
    return "at the last meeting" if is_again else ""


def _addresses(text: Text) -> list[str]:
    """Where the words of a text lead."""
    return [run.link for run in runs_of(text) if run.link]


def _says_why(pair: Pair, context: Context) -> bool:
    """Whether an update that the last paper did not have gives a reason."""
    return "update" in pair.altered and context.rules.reason.search(pair.now.update) is not None


@check_at("status", Severity.WARNING)
def status_went_back(one: Seen) -> Iterator[Told]:
    """No open action stands further back than in the last paper, unless its update says why: it is not the last
    paper's, and has a word of a reason ("because", "agreed", "delayed": `reasons` in `checks.toml`).
    """
    pair, before = one.pair, one.before
    if not pair or not before or pair.now.status not in _BACK.get(before.status, ()):
        return
    if not _says_why(pair, one.context):
        was, day = quoted(before.raw_status), one.context.last_meeting
        what = f"The status was {was} on {day}, and has gone back."
        yield what, "Say in the update why, or set the status right."


@check_at("action", Severity.WARNING, stands_for=("broken-text",))
def action_reworded(one: Seen) -> Iterator[Told]:
    """What the committee asked for stands in the words that it agreed."""
    before = one.before
    if before and key(before.action) != one.keys["action"]:
        what = f"What was asked for has been altered; the last paper had {quoted(before.action)}."
        yield what, "Restore the words that the committee agreed."


@check_at("status", Severity.WARNING)
def closed_reappears(one: Seen) -> Iterator[Told]:
    """An action that was reported as closed is not open again, unless its update says why (see `status-went-back`)."""
    if one.pair and one.pair.change == "reopened" and not _says_why(one.pair, one.context):
        what = "An earlier paper reported that the action is closed, and it is open again."
        yield what, "Say in the update why, or close it."


@check_at("due", Severity.WARNING)
def extended_again(one: Seen) -> Iterator[Told]:
    """A due date is not moved to a later day unless the update says why (see `status-went-back`)."""
    pair, before = one.pair, one.before
    if pair and before and pair.is_extended and not _says_why(pair, one.context):
        was, now = (plain_day(date.fromisoformat(each.due)) for each in (before, pair.now))
        what = f"The due date was {was} and is now {now}; it has been moved {often(pair.marked.extended)}."
        yield what, "Say in the update why, and who agreed to it."


@check(Severity.NOTE)
def already_reported(context: Context) -> Iterator[Fault]:
    """A closed action is shown once as closed, and is then left out of the paper, with what is written of it since."""
    for pair in context.past.pairs if context.past else ():
        if pair.is_reported:
            cells = pair.now.cells
            sheet, _, cell = cells.get("update", next(iter(cells.values()))).rpartition("!")
            row, column, *_ = areas(cell)[0]
            what = f"{pair.now.label} was reported as closed before, and was left out."
            remedy = "Take its row out of the workbook when you like."
            if "update" in pair.altered and not pair.is_stale:
                what += " Its update has been written since."
                remedy = "If the committee should read that, open the action again; if not, take its row out."
            yield Place(sheet, row, column), what, remedy
