"""What has become of each action since the committee's last paper; records in, values out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council.dates import beside_days, with_days
from pipeline.model.action import CLOSED
from pipeline.model.months import iso_day
from pipeline.model.words import key
from pipeline.published.records import FIELDS, ActionRecord, Change, ClosedRecord, Records

_LEAST_LIKENESS = 85  # of 100, for two wordings under one title to be the same action
_LEAST_REWORDED = 75  # of 100, where the reference is the same too
_MOST_NAMESAKES = 50  # of one reference: those of the newest papers
# What a reader sees of an action; days are compared as days, however they are typed.
READ_FIELDS = tuple(name for name in FIELDS if name not in ("reference", "date", "responded"))
_LINKS_OF = {"raw_status": "status", "officers_words": "officers"}
# 16a, 16(i), 16.1
PARTED_REFERENCE = re.compile(r"(.*\d)\s*(?:[a-z]|\([a-z\d]{1,4}\)|[./-](?:[a-z]|\d{1,2}))", re.I)

# Words that say which action another was merged with, and that one's reference:
_NAMED = r"(?:(?:actions?|items?|recommendations?|ref(?:erence)?s?\.?|nos?\.?|numbers?|#)\s*)*"
_WITH = (
    r"(?:merged|combined|joined|amalgamated|consolidated|incorporated|included|subsumed|absorbed|covered"
    r"|replaced|superseded)\s+(?:with|into|in|by|under|to)"
)
MERGED = re.compile(rf"\b(?:{_WITH}|see(?: also)?|includes|replaces|takes in)\s+{_NAMED}"
                    r"([\w/.-]*\d(?:[\w/.-]*\w)?)", re.I)  # fmt: skip


class Reading(Struct, frozen=True):
    """How a council's words are read where two papers are compared: `behind_status` gives what stands behind
    the words of a status, `adds_nothing` whether an update says nothing that an earlier one does not, but for
    the names of its officers.
    """

    behind_status: Callable[[str], str]
    adds_nothing: Callable[[str, str, str], bool]


class Pair(Struct, frozen=True):
    """An action as it is now, and as an earlier paper had it, if one did; what has become of it, and the
    fields that say something else to a reader; `is_stale`: its update adds nothing to the earlier one.
    """

    now: ActionRecord
    before: ActionRecord | None
    change: Change
    altered: tuple[str, ...] = ()
    is_stale: bool = False

    @property
    def is_reported(self) -> bool:
        """Whether an earlier paper has already shown that it is closed."""
        return self.before is not None and _is_closed(self.before) and _is_closed(self.now)

    @property
    def is_renumbered(self) -> bool:
        """Whether it has another reference than it had."""
        old, new = reference_key(self.before) if self.before else "", reference_key(self.now)
        return bool(old and new) and old != new

    @property
    def is_extended(self) -> bool:
        """Whether its due date was moved to a later day."""
        days = [self.before.due, self.now.due] if self.before else []
        return bool(days) and all(map(iso_day, days)) and days[0] < days[1]

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


def pair(now: ActionRecord, before: ActionRecord | None, reading: Reading) -> Pair:
    """An action beside what it was, and what has become of it. An update that says nothing replaces none."""
    if before is None:
        return Pair(now, None, "new")
    fields = _altered(before, now, reading)
    is_linked = has_same_links(before, now, "update")
    officers = f"{before.officers_words} {now.officers_words}"
    is_stale = is_linked and reading.adds_nothing(now.update, before.update, officers)
    news = [name for name in fields if not (name == "update" and is_stale)]
    change: Change = "updated" if news else "same"
    if _is_closed(now):
        change = "closed"
    elif _is_closed(before):
        change = "reopened"
    return Pair(now, before, change, fields, is_stale)


def _altered(before: ActionRecord, now: ActionRecord, reading: Reading) -> tuple[str, ...]:
    """The fields of an action that say something else to a reader, or whose links lead elsewhere. Capitals,
    spaces, signs, the form of a day, the spelling of a status and the order of officers are nothing else.
    """
    return tuple(
        name for name in READ_FIELDS
        if not (_is_same_field(before, now, name, reading) and has_same_links(before, now, name))
    )  # fmt: skip


def _is_same_field(before: ActionRecord, now: ActionRecord, name: str, reading: Reading) -> bool:
    """Whether a field of an action says the same to a reader."""
    if name == "raw_status":
        added = [reading.behind_status(one.raw_status) for one in (before, now)]
        return before.status == now.status and _says_same(*added)
    if name == "officers_words":
        return _officers_key(before) == _officers_key(now)
    return _says_same(getattr(before, name), getattr(now, name))


def has_same_links(before: ActionRecord, now: ActionRecord, name: str) -> bool:
    """Whether a field's links lead where they led; records of an older version do not tell."""
    is_told = before.links is not None and now.links is not None
    return not is_told or links_of_field(before, name) == links_of_field(now, name)


def links_of_field(action: ActionRecord, name: str) -> list[str]:
    """Where the words of one of `READ_FIELDS` lead."""
    return (action.links or {}).get(_LINKS_OF.get(name, name), [])


def _says_same(one: str, other: str) -> bool:
    """Whether two texts are the same to a reader: capitals, spaces, signs and the form of a day aside."""
    if _said_key(one) == _said_key(other):
        return True
    can_be_dated = all(any(letter.isdigit() for letter in words) for words in (one, other))
    return (
        can_be_dated
        and beside_days(one) == beside_days(other)
        and _said_key(with_days(one)) == _said_key(with_days(other))
    )


def _said_key(words: str) -> str:
    """Words without what people vary; signs alone are themselves."""
    return key(words) or words.strip()


def _officers_key(action: ActionRecord) -> list[str]:
    """The words for who answers for an action, in whatever order."""
    return sorted(word for word in key(action.officers_words).split() if word != "and")


def history(actions: list[ActionRecord], last: Records, reading: Reading) -> History:
    """Each action with what it was in the last paper, or when it was closed.

    The reference and the words tell it together, then the words alone, whatever reference they now have; then
    the reference where the words were no more than reworded; then what was asked and when, under a reworded title;
    then, without a reference, their likeness under the same title. A reference that another action has now tells
    nothing.
    """
    earlier = [one.action for one in last.closed if not one.reopened]
    left = dict(enumerate([*earlier, *(one for one in last.actions if not _is_closed(one))]))
    found: dict[int, ActionRecord] = {}
    split = {whole for whole, parts in split_references(actions, last).items() if len(parts) > 1}

    def is_renumbered(before: ActionRecord, now: ActionRecord) -> bool:
        """Whether the words alone tell an action: not of one that was closed, or is in parts now."""
        if not _are_alike(before.title, now.title):
            return False
        if _is_unreferred(before, now):
            return True
        is_again = _is_closed(before) and not _is_closed(now)
        return bool(key(now.action)) and not is_again and reference_key(before) not in split

    _take(actions, left, found, lambda one: _named(reference_key(one), _words_key(one)))
    _take(actions, left, found, lambda one: _named(_words_key(one), key(one.date)), is_renumbered)
    _take(actions, left, found, reference_key, _is_reworded)
    _take(actions, left, found, lambda one: _named(key(one.action), key(one.date)), is_renumbered)
    _take(actions, left, found, _words_key, _is_unreferred)
    _take_likest(actions, left, found)
    return History(
        last,
        tuple(pair(action, found.get(number), reading) for number, action in enumerate(actions)),
        tuple(before for before in left.values() if not _is_closed(before)),
    )


def _named(first: str, second: str) -> str:
    """Two names of an action as one; nothing where it does not have the first."""
    return first and f"{first}|{second}"


def _take(
    actions: list[ActionRecord],
    left: dict[int, ActionRecord],
    found: dict[int, ActionRecord],
    name: Callable[[ActionRecord], str],
    is_meant: Callable[[ActionRecord, ActionRecord], bool] = lambda before, now: True,  # noqa: ARG005
) -> None:
    """Move from those `left` to those `found` what each action was: what has its name, and is meant."""
    known: dict[str, list[int]] = {}
    for place, before in left.items():
        known.setdefault(name(before), []).append(place)
    for number, action in enumerate(actions):
        places = known.get(said, []) if (said := name(action)) and number not in found else []
        for place in places[-_MOST_NAMESAKES:]:
            if is_meant(left[place], action):
                found[number] = left.pop(place)
                places.remove(place)
                break


def _take_likest(
    actions: list[ActionRecord], left: dict[int, ActionRecord], found: dict[int, ActionRecord]
) -> None:
    """Move from those `left` to those `found` what is most like an action under the same title, if like enough
    and one of the two has no reference.
    """
    from rapidfuzz import fuzz, process  # slow to load

    titled: dict[str, dict[int, str]] = {}
    for place, before in left.items():
        titled.setdefault(key(before.title), {})[place] = before.action
    for number, action in enumerate(actions):
        same_item = titled.get(key(action.title), {}) if number not in found else {}
        if action.reference:
            same_item = {at: said for at, said in same_item.items() if not left[at].reference}
        best = process.extractOne(
            action.action, same_item, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS
        )
        if best:
            found[number] = left.pop(best[2])
            del titled[key(action.title)][best[2]]


def _is_unreferred(before: ActionRecord, now: ActionRecord) -> bool:
    """Whether one of two actions has no reference to tell it by."""
    return not (before.reference and now.reference)


def _is_reworded(before: ActionRecord, now: ActionRecord) -> bool:
    """Whether two actions of one reference are one, no more than reworded: of date, title and action the
    first two are the same, or the first and the last, or the last two are alike.
    """
    is_same_day = bool(key(now.date)) and key(before.date) == key(now.date)
    is_same_title, is_same_action = (
        key(getattr(before, name)) == key(getattr(now, name)) for name in ("title", "action")
    )
    if is_same_day and (is_same_title or is_same_action):
        return True
    return _are_alike(before.title, now.title) and _are_alike(before.action, now.action)


def _are_alike(one: str, other: str) -> bool:
    """Whether one text can be the other reworded, words added or taken; an empty one can."""
    from rapidfuzz import fuzz  # slow to load

    words = key(one), key(other)
    likeness = max(fuzz.ratio(*words), fuzz.token_set_ratio(*words))
    return not all(words) or likeness >= _LEAST_REWORDED


def split_references(actions: list[ActionRecord], last: Records) -> dict[str, list[str]]:
    """The references that the last paper did not have and that are parts of another (16a and 16b), by the
    key of that.
    """
    known = set(map(reference_key, last.actions))
    parts: dict[str, list[str]] = {}
    for action in actions:
        whole = PARTED_REFERENCE.fullmatch(action.reference.strip())
        if whole and reference_key(action) not in known:
            parts.setdefault(key(whole[1]), []).append(action.reference)
    return parts


def closed_records(
    actions: list[ActionRecord],
    meeting: str,
    past: History | None,
    withdrawn: Iterable[tuple[ActionRecord, str]] = (),
) -> list[ClosedRecord]:
    """Every action that was ever closed: those of the last paper's list, those that this one reports, and those
    `withdrawn`, each with the reason. One that is open again stays in it, with the meeting at which it was.
    """
    again = {id(one.before) for one in past.pairs if one.change == "reopened"} if past else set()
    return [
        *(
            replace(one, reopened=meeting) if id(one.action) in again else one
            for one in (past.last.closed if past else [])
        ),
        *(ClosedRecord(action, meeting) for action in actions if _is_closed(action)),
        *(
            # Nobody has to do it any more, though its officers never wrote so.
            ClosedRecord(
                replace(one, status="no longer required", change="closed"), meeting, withdrawn=why
            )
            for one, why in withdrawn
        ),
    ]


def called(action: ActionRecord) -> str:
    """What an action is called where it has no cell: by its reference, else by its title and words."""
    words = ": ".join(filter(None, (action.title, action.action)))
    return action.reference or " ".join(words.split())


def _is_closed(action: ActionRecord) -> bool:
    """Whether an action's status says that nothing more is to be done."""
    return action.status in CLOSED


def reference_key(action: ActionRecord) -> str:
    """An action's reference without what people vary."""
    return key(action.reference)


def _words_key(action: ActionRecord) -> str:
    """An action's title and words without what people vary."""
    return f"{key(action.title)}|{key(action.action)}"
