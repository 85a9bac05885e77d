"""What has changed from one paper to another, word by word: records in, values out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal, TypeAlias

from diff_match_patch import diff_match_patch

from pipeline.published import history
from pipeline.published.records import FIELDS, ActionRecord, Change, Records

_Kind: TypeAlias = Literal[
    "new", "vanished", "withdrawn", "closed", "reopened", "reported", "changed", "same"
]
Passage: TypeAlias = tuple[Literal["kept", "removed", "added"], str]

_KINDS: dict[Change, _Kind] = {
    "new": "new", "updated": "changed", "same": "same", "closed": "closed", "reopened": "reopened"
}  # fmt: skip
_PIECES: dict[int, Literal["kept", "removed", "added"]] = {0: "kept", -1: "removed", 1: "added"}
_WORDS = re.compile(r"\w+(?:[/.,:'’\-]\w+)*|\s+|[^\w\s]")  # a date or a sum is one word
# One for each word, mostly where Unicode has none.
_LETTERS = (range(0xE000, 0xFF00), range(0x10000, 0x110000))


@dataclass(frozen=True, slots=True)
class ActionChange:
    """What has become of one action; `fields` are those that were altered, each with its words in order, kept, removed
    or added.
    """

    kind: _Kind
    action: ActionRecord
    fields: dict[str, tuple[Passage, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How the action is called."""
        return ": ".join(filter(None, (self.action.reference, self.action.title))) or self.action.id


def changes(old: Records, new: Records, reading: history.Reading) -> list[ActionChange]:
    """Every action of two papers, the new one's in their order and then those that are gone.

    An action that the old paper reported as closed, and the new one has not, is not gone; one that the clerk let go is
    withdrawn.
    """
    past = history.history(new.actions, old, reading)
    withdrawn = {one.action.id for one in new.closed if one.withdrawn}
    paired = [ActionChange(_kind(pair), pair.now, _altered(pair)) for pair in past.pairs]
    gone = (
        ActionChange("withdrawn" if one.id in withdrawn else "vanished", one)
        for one in past.vanished
    )
    return [*paired, *gone]


def _kind(pair: history.Pair) -> _Kind:
    """What has become of an action, said shortly; `reported`: the old paper had it as closed already."""
    return "reported" if pair.is_reported else _KINDS[pair.change]


def _altered(pair: history.Pair) -> dict[str, tuple[Passage, ...]]:
    """The fields of an action whose words are others, or lead elsewhere."""
    if pair.before is None:
        return {}
    before, now = pair.before, pair.now
    made = {}
    for altered in pair.altered:
        name, words = FIELDS[altered]
        is_linked = not history.has_same_links(before, now, altered)
        texts = (
            " ".join(
                (getattr(one, words), *(history.links_of_field(one, altered) if is_linked else ()))
            )
            for one in (before, now)
        )
        made[name] = difference(*texts)
    return made


def difference(old: str, new: str) -> tuple[Passage, ...]:
    """Two texts as one: what was kept, removed and added, by whole words.

    The kept and the removed are the old text, the kept and the added the new one.
    """
    found = [_WORDS.findall(text) for text in (old, new)]
    words = dict(zip(map(chr, chain(*_LETTERS)), dict.fromkeys(chain(*found)), strict=False))
    letters = {word: letter for letter, word in words.items()}
    texts = ("".join(map(letters.__getitem__, each)) for each in found)
    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # the same texts give the same difference on every machine
    pieces = engine.diff_main(*texts, False)
    engine.diff_cleanupSemantic(pieces)
    return tuple(
        (_PIECES[sign], "".join(words[letter] for letter in coded)) for sign, coded in pieces
    )
