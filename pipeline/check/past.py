"""Checks on what is new: against the committee's last paper, where there was one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.check.done import says_done
from pipeline.check.rule import Fault, Told, check, check_at
from pipeline.check.seen import Context, Seen
from pipeline.council.clerk import Merged, Moved, Renamed
from pipeline.council.dates import is_when
from pipeline.council.rules import Severity, adds_nothing, says_nothing
from pipeline.ingest.workbook import areas
from pipeline.model.action import CLOSED, OPEN, TO_CLOSE, Place, Text, plain
from pipeline.model.document import runs_of
from pipeline.model.months import plain_day
from pipeline.model.text import text_blocks
from pipeline.model.words import key, listed, often, quoted, some, squashed
from pipeline.normalise.hidden import ROW
from pipeline.published.history import PARTED_REFERENCE, Pair, reference_key, split_references
from pipeline.published.records import ActionRecord

_LIKELY = 75  # of 100
_MOST_SAID = 5  # references that one message names
# Of words that are to be replaced:
_NO_UPDATES = ("broken-text", "long-update", "bare-link", "shouting")
_WRITE_UPDATE = "Write what has been done since, or that nothing has and why."
_NAMED = r"(?:(?:actions?|items?|recommendations?|ref(?:erence)?s?\.?|nos?\.?|numbers?|#)\s*)*"
_WITH = (
    r"(?:merged|combined|joined|amalgamated|consolidated|incorporated|included|subsumed|absorbed|covered"
    r"|replaced|superseded)\s+(?:with|into|in|by|under|to)"
)
_MERGED = re.compile(rf"\b(?:{_WITH}|see(?: also)?|includes|replaces|takes in)\s+{_NAMED}"
                    r"([\w/.-]*\d(?:[\w/.-]*\w)?)", re.I)  # fmt: skip
_LEADS_TO = re.compile(
    rf"(?:(?:please|it|this|the|action|item|is|was|has|been|now) )*{_MERGED.pattern}", re.I
)
_JOINED = re.compile(r"[&+,;]|\band\b", re.I)
_BACK = {TO_CLOSE: OPEN, "in progress": {"not started"}, "on hold": {"not started"}}  # fmt: skip


def _last_meeting(context: Context) -> str:
    """The meeting of the last paper, as one says it."""
    assert context.past is not None
    return _said_day(context.past.last.paper.meeting)


def _said_day(iso: str) -> str:
    """An ISO date as one says it."""
    return plain_day(date.fromisoformat(iso))


def _first_heading(context: Context) -> Place:
    """The cell for what belongs to no action."""
    layout = context.tracker.layout
    return Place(layout.sheet, layout.heading_row, min(layout.columns.values()))


def _told(action: ActionRecord) -> str:
    """What an action is called in a message."""
    return action.reference or quoted(action.action or action.title)


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
        before = f"in the paper of {_last_meeting(one.context)}"
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
        now.status == "no longer required" and " " in now.raw_status
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
            what = f"The update is that of {_told(other)} in the paper of {_last_meeting(context)}."
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
        return f"in the paper of {_last_meeting(one.context)}"
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


@check(Severity.ERROR)
def changed_plans(context: Context) -> Iterator[Fault]:
    """`inputs/clerk.toml` says which meetings were moved and which committees renamed or merged. It has to where a
    published paper for another day says most of what the workbook says, or most of the open actions of another
    committee's last paper are in it; `papers check` ends with the lines to add. No committee is gone
    from a workbook of several whose last paper, of the same file as another's there, had open actions.
    """
    place = _first_heading(context)
    add = "add to inputs/clerk.toml the lines that papers check ends with"
    for one in context.proposed:
        match one:
            case Moved():
                what = (
                    f"The workbook is for {plain_day(one.to)}, and most of it is what the paper of "
                    f"{plain_day(one.was)} says. If that meeting was moved or cancelled, {add}."
                )
                yield place, what, "If not, have the updates written."
            case Renamed() | Merged():
                names = listed(one.names)
                what = (
                    f"The workbook is of {one.committee}, and has most of the open actions of {names}. "
                    f"If that is another name or a merger, {add}."
                )
                yield place, what, "If not, waive this."
    for made in context.left_out:
        gone = [_told(one) for one in made.actions if one.status not in CLOSED]
        whose = f"{made.paper.committee}, whose paper of {_said_day(made.paper.meeting)} had open actions"
        what = f"The workbook has no row of {whose}: {some(gone, _MOST_SAID)}."
        remedy = "Put its rows back; if it has another name now, say so in inputs/clerk.toml. If neither, waive this."
        yield place, what, remedy


@check(Severity.WARNING)
def numbered_anew(context: Context) -> Iterator[Fault]:
    """Actions keep their references: it is by these that minutes and members know them. Where numbers were
    given anew, actions are found again by their words.
    """
    past = context.past
    if past is None:
        return
    closed = {
        reference_key(one.action): one.action
        for one in past.last.closed
        if one.meeting == past.last.paper.meeting
    }
    kept, moved = [], []
    for one in context.actions:
        pair, before, other = one.pair, one.before, closed.get(one.keys["reference"])
        if pair and before:
            is_unnumbered = bool(before.reference) and not pair.now.reference
            now = f"is now {pair.now.reference}" if pair.now.reference else "has none now"
            if pair.is_renumbered or is_unnumbered:
                kept.append((one, f"{before.reference} {now}"))
        elif other and other.reference:
            moved.append((one, f"{other.reference} was {quoted(other.action or other.title)}"))
    if anew := kept + moved:
        said = some([words for _, words in anew], _MOST_SAID)
        what = f"References were given anew since the paper of {_last_meeting(context)}: {said}."
        remedy = (
            "Give each action back the reference that it had, and a new one to each new action."
        )
        yield anew[0][0].cells.get("reference", _first_heading(context)), what, remedy


@check(Severity.ERROR)
def vanished_action(context: Context) -> Iterator[Fault]:
    """No open action of the last paper is missing from the workbook. Of one that seems to be reworded, split
    (16a and 16b where 16 was) or merged with another ("merged with 12"), that is asked. One that stands in a hidden
    row is found by `hidden-words`, unless that is waived.
    """
    past = context.past
    if past is None:
        return
    place, hidden = _first_heading(context), _hidden_keys(context)
    parts = split_references([one.now for one in past.pairs], past.last)
    new = {name: one for name, one in context.called.items() if one.before is None}
    taken_in = {
        key(name): _told(one.now)
        for one in past.pairs
        if not one.is_reported
        for said in (one.now.update, one.now.raw_status, one.now.action)
        for name in _MERGED.findall(said)
    }
    for gone in past.vanished:
        if (reference_key(gone) or key(gone.action)) in hidden:
            continue
        whose = f" ({', '.join(gone.officers)})" if gone.officers else ""
        was = f"was open in the paper of {_last_meeting(context)} and is not in the workbook."
        split = parts.get(reference_key(gone))
        ask = f"Was it split into {listed(split)}? " if split else ""
        ask = ask or _asked(gone, new, taken_in.get(reference_key(gone)), context)
        remedy = f"{ask}Put it back, with a status that says how it ended."
        yield place, f"{_told(gone)}{whose} {was}", remedy, gone


def _hidden_keys(context: Context) -> frozenset[str]:
    """What the cells of hidden rows say, for which `hidden-words` keeps the paper from being ready."""
    if context.columns.hidden == "print" or "hidden-words" in context.rules.severity:
        return frozenset()
    waived = {waiver.at for waiver in context.rules.waiver if waiver.check == "hidden-words"}
    parts = (one for tracker in context.tracker.sheets for one in tracker.hidden)
    rows = (one for one in parts if one.why == ROW and str(one.place).casefold() not in waived)
    return frozenset(key(cell.words) for one in rows for cell in one.cells) - {""}


def _asked(gone: ActionRecord, new: dict[str, Seen], other: str | None, context: Context) -> str:
    """The question about an action that is gone; nothing where nothing tells of it. `new` are the actions that the
    last paper did not have, by the keys of their references, and `other` says that it took it in.
    """
    name, called, place = reference_key(gone), context.called, _first_heading(context)
    led = [key(one) for one in _MERGED.findall(f"{gone.update}\n{gone.raw_status}")]
    whole = PARTED_REFERENCE.fullmatch(gone.reference.strip())
    led += [key(whole[1])] if whole and key(whole[1]) in new else []
    led += [told for told, one in called.items() if name and _is_joined(name, told, one)]
    others = [called[one].words["reference"] for one in led if one in called]
    if other or others:
        return f"Was it merged with {other or others[0]}? "
    if name and name in new:
        at = new[name].cells["reference"].seen_from(place)
        return f"{gone.reference} in {at} says something else: was it reworded, or its number given away? "
    alike = _alike(gone, new.values())
    names = [one.words["reference"] for one in alike]
    if len(names) > 1:
        return f"Was it split into {listed(names)}? "
    return f"Is it {names[0]} in {alike[0].cells['reference'].seen_from(place)}? " if alike else ""


def _is_joined(name: str, told: str, one: Seen) -> bool:
    """Whether a reference joins the one that an action had that is gone to others: *HP/1 & 2*."""
    return bool(_JOINED.search(one.words["reference"])) and set(name.split()) < set(told.split())


def _alike(gone: ActionRecord, actions: Iterable[Seen]) -> list[Seen]:
    """The new actions that may be one that is gone, under its title: the one whose reference is most like its own
    (`HP/5` and `HP5`), else those of much the same words.
    """
    from rapidfuzz import fuzz, process  # slow to load

    titled = [one for one in actions if one.words["title"] == gone.title]
    best = gone.reference and process.extractOne(
        squashed(gone.reference),
        [squashed(one.words["reference"]) for one in titled],
        scorer=fuzz.ratio,
        score_cutoff=_LIKELY,
    )
    if best:
        return [titled[best[2]]]
    asked = key(gone.action)
    return [one for one in titled if fuzz.token_set_ratio(asked, one.keys["action"]) >= _LIKELY]


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
        was, day = quoted(before.raw_status), _last_meeting(one.context)
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
        days = f"was {_said_day(before.due)} and is now {_said_day(pair.now.due)}"
        what = f"The due date {days}; it has been moved {often(pair.marked.extended)}."
        yield what, "Say in the update why, and who agreed to it."


@check(Severity.NOTE)
def already_reported(context: Context) -> Iterator[Fault]:
    """A closed action is shown once as closed, and is then left out of the paper, with what is written of it since."""
    for pair in context.past.pairs if context.past else ():
        if pair.is_reported:
            cells = pair.now.cells
            sheet, _, cell = cells.get("update", next(iter(cells.values()))).rpartition("!")
            row, column, *_ = areas(cell)[0]
            what = f"{_told(pair.now)} was reported as closed before, and was left out."
            remedy = "Take its row out of the workbook when you like."
            if "update" in pair.altered and not pair.is_stale:
                what += " Its update has been written since."
                remedy = "If the committee should read that, open the action again; if not, take its row out."
            yield Place(sheet, row, column), what, remedy
