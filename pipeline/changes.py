"""What has changed from one paper to another, word by word: records in, values out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from diff_match_patch import diff_match_patch

from pipeline import history
from pipeline.data import ActionRecord, Change, Records

Kind: TypeAlias = Literal["new", "vanished", "closed", "reopened", "reported", "changed", "same"]
Piece: TypeAlias = tuple[Literal["kept", "removed", "added"], str]

# What each of a record's fields that a reader sees is called, and where its printed words stand.
FIELDS = {
    "title": ("Title", "title"), "action": ("Action proposed", "action"),
    "officers_words": ("Lead officer", "officers_words"), "due": ("Due date", "due_words"),
    "update": ("Action taken", "update"), "raw_status": ("Progress status", "raw_status"),
    "completed": ("Date completed", "completed_words"),
}  # fmt: skip
KINDS: dict[Change, Kind] = {
    "new": "new", "updated": "changed", "same": "same", "closed": "closed", "reopened": "reopened"
}  # fmt: skip
PIECES: dict[int, Literal["kept", "removed", "added"]] = {0: "kept", -1: "removed", 1: "added"}
WORDS = re.compile(r"\w+(?:[/.,:'’\-]\w+)*|\s+|[^\w\s]")  # a date or a sum is one word
FIRST_PRIVATE = 0xE000  # a letter of its own for each word, where Unicode has none
SURROGATES_END = 0x10000


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that was altered: its words in order, each kept, removed or added."""

    field: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ActionChange:
    """What has become of one action; `fields` are those whose words were altered."""

    kind: Kind
    action: ActionRecord
    fields: tuple[FieldChange, ...] = ()

    @property
    def name(self) -> str:
        """How the action is called."""
        return ": ".join(filter(None, (self.action.reference, self.action.title))) or self.action.id


def changes(old: Records, new: Records, reading: history.Reading) -> list[ActionChange]:
    """Every action of two papers, the new one's in their order and then those that are gone.

    An action that the old paper reported as closed, and the new one has not, is not gone.
    """
    past = history.history(new.actions, old, reading)
    paired = [ActionChange(kind(pair), pair.now, altered(pair)) for pair in past.pairs]
    return [*paired, *(ActionChange("vanished", gone) for gone in past.vanished)]


def kind(pair: history.Pair) -> Kind:
    """What has become of an action, said shortly; `reported`: the old paper had it as closed already."""
    return "reported" if pair.is_reported else KINDS[pair.change]


def altered(pair: history.Pair) -> tuple[FieldChange, ...]:
    """The fields of an action whose words are others, or lead elsewhere."""
    if pair.before is None:
        return ()
    before, now = pair.before, pair.now
    made = []
    for field in pair.altered:
        name, words = FIELDS[field]
        is_linked = not history.has_same_links(before, now, field)
        texts = (
            " ".join((getattr(one, words), *(history.links(one, field) if is_linked else ())))
            for one in (before, now)
        )
        made.append(FieldChange(name, difference(*texts)))
    return tuple(made)


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts as one: what was kept, removed and added, by whole words.

    The kept and the removed are the old text, the kept and the added the new one.
    """
    letters: dict[str, str] = {}
    words: dict[str, str] = {}
    texts = []
    for text in (old, new):
        coded = []
        for word in WORDS.findall(text):
            if word not in letters:
                number = FIRST_PRIVATE + len(letters)
                letters[word] = chr(number if number < SURROGATES_END - 0x100 else number + 0x100)
                words[letters[word]] = word
            coded.append(letters[word])
        texts.append("".join(coded))
    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # the same texts give the same difference on every machine
    found = engine.diff_main(*texts, False)
    engine.diff_cleanupSemantic(found)
    return tuple(
        (PIECES[sign], "".join(words[letter] for letter in coded)) for sign, coded in found
    )
