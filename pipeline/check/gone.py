"""Checks on what the last papers had and a workbook has no more: actions, their numbers, committees, meetings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.check.rule import Fault, check
from pipeline.check.seen import Context, Seen
from pipeline.council.clerk import Merged, Moved, Renamed
from pipeline.council.rules import Severity
from pipeline.model.action import CLOSED
from pipeline.model.months import plain_day
from pipeline.model.words import key, listed, quoted, some, squashed
from pipeline.normalise.hidden import ROW
from pipeline.published.history import MERGED, PARTED_REFERENCE, reference_key, split_references
from pipeline.published.records import ActionRecord

_LIKELY = 75  # of 100
_MOST_SAID = 5  # references that one message names
_JOINED = re.compile(r"[&+,;]|\band\b", re.I)


@check(Severity.ERROR)
def changed_plans(context: Context) -> Iterator[Fault]:
    """`inputs/clerk.toml` says which meetings were moved and which committees renamed or merged. It has to where a
    published paper for another day says most of what the workbook says, or most of the open actions of another
    committee's last paper are in it; `papers check` ends with the lines to add.
    """
    place = context.first_heading
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


@check(Severity.WARNING)
def gone_committee(context: Context) -> Iterator[Fault]:
    """No committee is gone from a workbook of several whose last paper, of the same file as another's there, had open
    actions: it may have a workbook of its own now, or no meeting.
    """
    place = context.first_heading
    for made in context.left_out:
        gone = [one.label for one in made.actions if one.status not in CLOSED]
        whose = (
            f"{made.paper.committee}, whose paper of {plain_day(made.paper.day)} had open actions"
        )
        what = f"The workbook has no row of {whose}: {some(gone, _MOST_SAID)}."
        remedy = "Put its rows back, or its new name in inputs/clerk.toml, if its actions are not elsewhere."
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
        what = f"References were given anew since the paper of {context.last_meeting}: {said}."
        remedy = (
            "Give each action back the reference that it had, and a new one to each new action."
        )
        yield anew[0][0].cells.get("reference", context.first_heading), what, remedy


@check(Severity.ERROR)
def vanished_action(context: Context) -> Iterator[Fault]:
    """No open action of the last paper is missing from the workbook. Of one that seems to be reworded, split
    (16a and 16b where 16 was) or merged with another ("merged with 12"), that is asked. One that stands in a hidden
    row is found by `hidden-words`, unless that is waived.
    """
    past = context.past
    if past is None:
        return
    place, hidden = context.first_heading, _hidden_keys(context)
    parts = split_references([one.now for one in past.pairs], past.last)
    new = {name: one for name, one in context.called.items() if one.before is None}
    taken_in = {
        key(name): one.now.label
        for one in past.pairs
        if not one.is_reported
        for said in (one.now.update, one.now.raw_status, one.now.action)
        for name in MERGED.findall(said)
    }
    for gone in past.vanished:
        if (reference_key(gone) or key(gone.action)) in hidden:
            continue
        whose = f" ({', '.join(gone.officers)})" if gone.officers else ""
        was = f"was open in the paper of {context.last_meeting} and is not in the workbook."
        split = parts.get(reference_key(gone))
        ask = f"Was it split into {listed(split)}? " if split else ""
        ask = ask or _asked(gone, new, taken_in.get(reference_key(gone)), context)
        remedy = f"{ask}Put it back, with a status that says how it ended."
        yield place, f"{gone.label}{whose} {was}", remedy, gone


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
    name, called, place = reference_key(gone), context.called, context.first_heading
    led = [key(one) for one in MERGED.findall(f"{gone.update}\n{gone.raw_status}")]
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
