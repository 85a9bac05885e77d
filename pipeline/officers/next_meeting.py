"""What the next meeting's workbook starts with: the open actions of the last, and where references go on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from pipeline.check.checked import Checked
from pipeline.check.columns import exempt_row, exempt_sheet
from pipeline.model.action import CLOSED, ITEM_FIELDS, Action, Place, plain
from pipeline.model.people import Officer, by_key, people_named
from pipeline.model.text import as_text
from pipeline.normalise.officers_list import directory

_NUMBERED = re.compile(r"(.*?)(\d+)", re.S)
_MINOR_WORDS = frozenset({"a", "an", "and", "for", "in", "of", "on", "s", "the", "to", "with"})
_DIGITS = 3


class Start(Struct, frozen=True):
    """What a workbook starts with. `references` are those that are free, in their order; `actions` those carried
    forward, each with its reference; `exempt` the places, from 0, of those whose rows are marked as not for
    publication.
    """

    committee: str
    paper: str
    meeting: date
    references: Iterator[str]
    actions: tuple[Action, ...] = ()
    officers: tuple[Officer, ...] = ()
    exempt: frozenset[int] = frozenset()


def blank(committee: str, paper: str, meeting: date, prefix: str | None) -> Start:
    """A committee's first workbook."""
    return Start(committee, paper, meeting, _free_references((), prefix or None, committee))


def carried(before: Checked, meeting: date, prefix: str | None) -> Start:
    """The workbook after one: its open actions, and its officers. References go on from the highest."""
    kept = [one for one in before.tracker.actions if one.status.canonical not in CLOSED]
    return _started(before, kept, meeting, prefix, directory(before.book))


def imported(paper: Checked, prefix: str | None) -> Start:
    """The workbook that a published paper was made from, as well as it says: all of its actions."""
    actions = list(paper.tracker.actions)
    people = by_key(named for one in actions for named in people_named(one.words["officers"]))
    return _started(paper, actions, paper.tracker.meeting, prefix, tuple(people.values()))


def _started(
    before: Checked,
    actions: list[Action],
    meeting: date,
    prefix: str | None,
    people: tuple[Officer, ...],
) -> Start:
    """A workbook with some actions of another, each with a reference and with its mark of exemption."""
    tracker = before.tracker
    references = _free_references(tracker.actions, prefix, tracker.committee)
    referred = tuple(
        one if one.reference else replace(one, reference=as_text(next(references)))
        for one in actions
    )
    marked = {id(one) for one in _exempt_actions(before)}
    exempt = frozenset(n for n, one in enumerate(actions) if id(one) in marked)
    return Start(tracker.committee, tracker.paper, meeting, references, referred, people, exempt)


def _exempt_actions(before: Checked) -> Iterator[Action]:
    """The actions that are marked as not for publication: in their rows, by a line somewhere above them, or by the
    name of their sheet.
    """
    tracker = before.tracker
    holding: dict[Place, list[Action]] = {}
    for one in tracker.actions:
        for place in set(one.cells.values()):
            holding.setdefault(place, []).append(one)
    firsts = {  # by the first cell of its own row
        min(place for name, place in one.cells.items() if name not in ITEM_FIELDS): one
        for one in tracker.actions
    }
    places, rows = sorted(firsts), {(place.sheet, place.row) for place in firsts}
    heads = {one.sheet.name: one.layout.heading_row for one in tracker.sheets}
    strays = {cell.place for cell in tracker.stray}
    above: dict[str, Place] = {}  # the first mark of a sheet that holds for all below it
    for mark, *_ in (*exempt_row(before), *exempt_sheet(before)):
        is_line = mark in strays and (mark.sheet, mark.row) not in rows
        at = bisect_right(places, mark)
        if is_line or mark.row <= heads[mark.sheet]:
            above[mark.sheet] = min(mark, above.get(mark.sheet, mark))
        elif mark in holding:
            yield from holding[mark]
        elif at and places[at - 1].sheet == mark.sheet:
            yield firsts[places[at - 1]]
    for place, one in firsts.items():
        if place.sheet in above and place > above[place.sheet]:
            yield one


def _free_references(
    actions: Iterable[Action], prefix: str | None, committee: str
) -> Iterator[str]:
    """The references that go on from those of some actions, such as `CLSP-001`: with the prefix given, else the one
    that most of them have, else the initials of the committee's weighty words.
    """
    found = [_NUMBERED.fullmatch(plain(action.reference)) for action in actions]
    pairs = [(match[1], match[2]) for match in found if match]
    if prefix is None and pairs:
        lead = Counter(lead for lead, _ in pairs).most_common(1)[0][0]
    else:
        words = [
            one for one in re.findall(r"[^\W_]+", committee) if one.lower() not in _MINOR_WORDS
        ]
        initials = "".join(word[0].upper() for word in words) or "A"
        lead = initials if prefix is None else prefix
        lead = f"{lead}-" if lead[-1:].isalnum() else lead
    numbers = [digits for one, digits in pairs if one == lead]
    digits = max(map(len, numbers), default=_DIGITS)
    last = max(map(int, numbers), default=0)
    return (f"{lead}{number:0{digits}}" for number in count(last + 1))
