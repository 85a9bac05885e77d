"""What has become of each action since the committee's last paper; records in, values out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz, process

from pipeline.columns import key
from pipeline.data import ActionRecord, Change, ClosedRecord, Records
from pipeline.records import CLOSED

LEAST_LIKENESS = 85  # of 100, for two wordings under one title to be the same action
# What a reader sees of an action; days are compared as days, however they are typed.
READ_FIELDS = ("title", "action", "officers_words", "due", "update", "raw_status", "completed")


class Pair(Struct, frozen=True):
    """An action as it is now, and as an earlier paper had it, if one did."""

    now: ActionRecord
    before: ActionRecord | None

    @property
    def change(self) -> Change:
        """What has become of it."""
        if self.before is None:
            return "new"
        if is_closed(self.before):
            return "closed" if is_closed(self.now) else "reopened"
        if is_closed(self.now):
            return "closed"
        return "updated" if altered(self.before, self.now) else "same"

    @property
    def is_reported(self) -> bool:
        """Whether an earlier paper has already shown that it is closed."""
        return self.before is not None and is_closed(self.before) and is_closed(self.now)

    @property
    def is_extended(self) -> bool:
        """Whether its due date was moved to a later day."""
        before = self.before
        return (
            before is not None
            and is_day(before.due)
            and is_day(self.now.due)
            and (before.due < self.now.due)
        )

    @property
    def marked(self) -> ActionRecord:
        """The action of now with what has become of it."""
        moved = self.before.extended if self.before else 0
        return replace(self.now, change=self.change, extended=moved + self.is_extended)


class History(Struct, frozen=True):
    """The actions of now beside those of the last paper; `vanished` are the latter's that are gone."""

    last: Records
    pairs: tuple[Pair, ...]
    vanished: tuple[ActionRecord, ...]


def altered(before: ActionRecord, now: ActionRecord) -> tuple[str, ...]:
    """The fields of an action that say something else to a reader, capitals and signs aside."""
    return tuple(
        name for name in READ_FIELDS if key(getattr(before, name)) != key(getattr(now, name))
    )


def history(actions: list[ActionRecord], last: Records) -> History:
    """Each action with what it was in the last paper, or when it was closed: by its reference, else by
    its words, and where those were altered by their likeness under the same title.
    """
    earlier = [one.action for one in last.closed if not one.reopened]
    left = dict(enumerate([*earlier, *(one for one in last.actions if not is_closed(one))]))
    found: dict[int, ActionRecord] = {}
    for same in (reference_key, words_key):
        known = {same(before): place for place, before in left.items()}
        for number, action in enumerate(actions):
            place = known.get(same(action), -1) if same(action) and number not in found else -1
            if place in left:
                found[number] = left.pop(place)
    for number, action in enumerate(actions):
        if number not in found and not action.reference:
            likest = most_like(action, left)
            if likest is not None:
                found[number] = left.pop(likest)
    return History(
        last,
        tuple(Pair(action, found.get(number)) for number, action in enumerate(actions)),
        tuple(before for before in left.values() if not is_closed(before)),
    )


def closed(
    actions: list[ActionRecord],
    meeting: str,
    last: Records | None,
    withdrawn: Iterable[tuple[ActionRecord, str]] = (),
) -> list[ClosedRecord]:
    """Every action that was ever closed: those of the last paper's list, those that this one reports, and those
    `withdrawn`, each with the reason. One that is open again stays in it, with the meeting at which it was.
    """
    before = last.closed if last else []
    open_now = {name(action) for action in actions if not is_closed(action)}
    return [
        *(
            replace(one, reopened=meeting)
            if name(one.action) in open_now and not one.reopened
            else one
            for one in before
        ),
        *(ClosedRecord(action, meeting) for action in actions if is_closed(action)),
        *(ClosedRecord(ended(action), meeting, withdrawn=why) for action, why in withdrawn),
    ]


def ended(action: ActionRecord) -> ActionRecord:
    """An action that nobody has to do any more, though its officers never wrote so."""
    return replace(action, status="no longer required", change="closed")


def called(action: ActionRecord) -> str:
    """What an action is called where it has no cell: by its reference, else by its title and words."""
    words = ": ".join(filter(None, (action.title, action.action)))
    return action.reference or " ".join(words.split())


def name(action: ActionRecord) -> str:
    """What tells an action from all others of its committee, in every paper."""
    return reference_key(action) or words_key(action)


def is_closed(action: ActionRecord) -> bool:
    """Whether an action's status says that nothing more is to be done."""
    return action.status in CLOSED


def is_day(iso: str) -> bool:
    """Whether a record's date is a day, and not words."""
    return iso[:4].isdigit() and len(iso) == len("2027-01-24")


def reference_key(action: ActionRecord) -> str:
    """An action's reference without what people vary."""
    return key(action.reference)


def words_key(action: ActionRecord) -> str:
    """An action's title and words without what people vary; nothing where it has a reference."""
    return "" if action.reference else f"{key(action.title)}|{key(action.action)}"


def most_like(action: ActionRecord, others: dict[int, ActionRecord]) -> int | None:
    """The place of the action under the same title whose wording is most like this one's, if like enough."""
    title = key(action.title)
    same_item = {
        place: other.action
        for place, other in others.items()
        if not other.reference and key(other.title) == title
    }
    best = process.extractOne(
        action.action, same_item, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS
    )
    return int(best[2]) if best else None


LastPaper = Callable[[str, str], Records | None]  # of a committee, before a meeting (ISO 8601)
