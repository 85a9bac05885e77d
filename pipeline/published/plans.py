"""What a workbook and the published papers tell of plans that have changed, for the clerk to write down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from pipeline.council.clerk import Merged, Moved, Plan, Renamed
from pipeline.model.action import CLOSED, TO_CLOSE
from pipeline.model.words import key
from pipeline.published import history
from pipeline.published.history import History, Pair, Reading
from pipeline.published.records import ActionRecord, Records

_LONGEST_MOVE = 42  # days; further on it is the next meeting's workbook, with nothing new yet
_LEAST_SHARED = 2  # actions that have no reference to tell them by
_WAITING = ("on hold", "not started", TO_CLOSE)  # updates may stay as they are


def proposed(
    actions: list[ActionRecord],
    past: History | None,
    beside: Sequence[Records],
    now: tuple[str, date],
    reading: Reading,
) -> Iterator[Plan]:
    """The changes of plan that the actions of a committee's meeting look like, compared with the last paper
    and with those `beside` it: its own of a later meeting, and the last ones of others.
    """
    committee, meeting = now
    names = []
    if past and _is_again(past):
        was = past.last.paper.day
        if abs(was - meeting).days <= _LONGEST_MOVE:
            yield Moved(committee=committee, was=was, to=meeting)
    for other in beside:
        is_own = key(other.paper.committee) == key(committee)
        before = other if is_own else replace(other, closed=[])
        pairs = history.history(actions, before, reading).pairs
        same = [one for one in pairs if one.before and not one.altered]
        if is_own and 2 * len(same) > len(actions):
            yield Moved(committee=committee, was=other.paper.day, to=meeting)
        elif not is_own and _are_most(pairs, other):
            names.append(other.paper.committee)
    if names and (past or len(names) > 1):
        yield Merged(committee=committee, formerly=names, since=meeting)
    elif names:
        yield Renamed(committee=committee, formerly=names[0], since=meeting)


def _is_again(past: History) -> bool:
    """Whether the last paper's closures stand in the workbook still, and most of what owes an update says what
    it said there: so it is of the same meeting, or nobody has written in it since.
    """
    last = past.last
    fresh = {id(one.action) for one in last.closed if one.meeting == last.paper.meeting}
    if not any(one.is_reported and id(one.before) in fresh for one in past.pairs):
        return False
    open_pairs = [one for one in past.pairs if not one.is_reported]
    owing = [one for one in open_pairs if one.before and one.now.status not in _WAITING]
    same = [one for one in owing or open_pairs if one.before and not one.altered]
    return 2 * len(same) > len(owing) if owing else len(same) == len(open_pairs)


def _are_most(pairs: Sequence[Pair], other: Records) -> bool:
    """Whether most of another committee's open actions are among those of now."""
    left = sum(one.status not in CLOSED for one in other.actions)
    shared = [one for one in pairs if one.before and one.before.status not in CLOSED]
    is_sure = any(one.now.reference and not one.is_renumbered for one in shared)
    return 2 * len(shared) > left and (is_sure or len(shared) >= _LEAST_SHARED)
