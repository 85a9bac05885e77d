"""Published papers held against their records and against each other: editions in, differences out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from pipeline.alike import holds, is_same, letters
from pipeline.columns import key
from pipeline.data import ActionRecord
from pipeline.edition import Edition
from pipeline.printed import Said

FIELDS = ("reference", "title", "action", "update", "status_words")
FIELDS_OF_SOME = (
    "date_words",
    "officers_words",
    "due_words",
    "completed_words",
)  # not every house style's
ITEM_FIELDS = ("title", "date_words")  # which a house style may say on an item's first row only


def differences(editions: list[Edition]) -> Iterator[str]:
    """What does not agree: the files' records with each other, and each file's words with its records."""
    shown = []
    for one in editions:
        if one.records != editions[0].records:
            yield f"{one.path.name} carries other records than {editions[0].path.name}."
        if one.said is None:
            continue
        shown.append((one, one.said))
        yield from altered(one, one.said.rows)
        yield from unstamped(one, one.said)
        for page, words in one.said.added.items():
            yield f"{one.path.name}, page {page}: '{words}' was put on it, and is no part of the paper."
    for one, seen in shown[1:]:
        yield from unlike(*shown[0], one, seen)


def unstamped(one: Edition, seen: Said) -> Iterator[str]:
    """The pages whose foot names other records than the file carries, or none."""
    feet = seen.feet or ("",)
    bare = [number for number, foot in enumerate(feet, 1) if one.hash not in foot]
    if bare:
        which = "" if len(feet) == 1 else f", page {bare[0]}"
        yield f"{one.path.name}{which}: its foot does not name its records, {one.hash}."


def altered(one: Edition, rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Where the words of a file's table are not those of its records."""
    actions = one.records.actions
    if len(rows) != len(actions):
        yield f"{one.path.name} has {len(rows)} rows, and its records have {len(actions)} actions."
        return
    pairs = [
        (action, [letters(cell) for cell in row]) for action, row in zip(actions, rows, strict=True)
    ]
    shown = [field for field in FIELDS_OF_SOME if any(says(*pair, field) for pair in pairs)]
    item = 0
    for action, cells in pairs:
        is_blank = action.item == item and "" in cells
        item = action.item
        for field in (*FIELDS, *shown):
            words = "" if is_blank and field in ITEM_FIELDS else missing(action, cells, field)
            if words:
                yield (
                    f"{one.path.name}, {action.reference or action.id}, {field}: "
                    f"its records say '{words}', and its table does not."
                )


def says(action: ActionRecord, cells: list[str], field: str) -> bool:
    """Whether a row says what a field says, and that is anything."""
    return bool(key(said(action, field))) and not missing(action, cells, field)


def missing(action: ActionRecord, cells: list[str], field: str) -> str:
    """The words of a field, if no cell of a row holds them. A placeholder for words is not missed."""
    words = said(action, field)
    if not key(words) or any(holds(cell, letters(words)) for cell in cells):
        return ""
    return words


def said(action: ActionRecord, field: str) -> str:
    """The words of a field that stand in the table."""
    words: str = getattr(action, field)
    if field == "status_words":
        return words or action.raw_status  # of papers that were made before it was kept
    return words


def unlike(one: Edition, ours: Said, other: Edition, theirs: Said) -> Iterator[str]:
    """Where two files do not say the same: above the table, in its cells, and where its links lead."""
    names = one.path.name, other.path.name
    for pair in zip_longest(ours.outside, theirs.outside, fillvalue=""):
        yield from apart("Above the table", *pair, names)
    for action, our, their in zip(one.records.actions, ours.rows, theirs.rows, strict=False):
        for pair in zip_longest(our, their, fillvalue=""):
            yield from apart(action.reference or action.id, *pair, names)
    for action, *links in zip(one.records.actions, ours.links, theirs.links, strict=False):
        if links[0] != links[1]:
            listed = [", ".join(each) or "no address" for each in links]
            yield (
                f"{action.reference or action.id}: {names[0]} links to {listed[0]}, "
                f"and {names[1]} to {listed[1]}."
            )


def apart(where: str, ours: str, theirs: str, names: tuple[str, str]) -> Iterator[str]:
    """That two files' words at a place are not the same, if they are not."""
    if not is_same(ours, theirs):
        yield f"{where}: {names[0]} says '{ours}', and {names[1]} says '{theirs}'."
