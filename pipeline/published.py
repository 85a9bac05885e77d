"""Published papers held against their records and against each other: files in, differences out.

The words of a DOCX, a web page and a PDF are read as they stand in the table, since each can be
altered after it was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as given
from pathlib import Path
from typing import Any

import docx
import pikepdf
from lxml import html

from pipeline import readback
from pipeline.alike import holds, is_same, letters
from pipeline.columns import key
from pipeline.data import ActionRecord, Records, from_json, short_hash
from pipeline.errors import PipelineError
from pipeline.printed import Printed, printed

FIELDS = ("reference", "title", "action", "update", "raw_status")
FIELDS_OF_SOME = (
    "date_words",
    "officers_words",
    "due_words",
    "completed_words",
)  # not every house style's
ITEM_FIELDS = ("title", "date_words")  # which a house style may say on an item's first row only
SUFFIXES = (".docx", ".html", ".pdf", ".json")


@dataclass(frozen=True, slots=True)
class Edition:
    """One file of a paper: its records as JSON; the words of its table's cells, where it has a table;
    and by page what was put on a PDF's pages and is no part of the paper.
    """

    path: Path
    json: str
    rows: tuple[tuple[str, ...], ...] | None
    added: dict[int, str] = given(default_factory=dict)

    @property
    def records(self) -> Records:
        """What the file carries."""
        return from_json(self.json)

    @property
    def hash(self) -> str:
        """What stands in the stamp at the foot of its pages."""
        return short_hash(self.json)


def edition(path: Path) -> Edition:
    """A file as read. Raises `PipelineError` where it carries no records, or cannot be read."""
    json = readback.records_json(path)
    match path.suffix.lower():
        case ".docx":
            return Edition(path, json, tuple(word_rows(path)))
        case ".html":
            return Edition(path, json, tuple(page_rows(path)))
        case ".pdf":
            said = in_print(path)
            return Edition(path, json, said.rows, said.added)
        case _:
            return Edition(path, json, None)


def word_rows(path: Path) -> Iterator[tuple[str, ...]]:
    """The words of each cell of a DOCX's table, the heading row left out."""
    for table in docx.Document(str(path)).tables:
        for row in table.rows[1:]:
            yield tuple(cell.text for cell in row.cells)


def page_rows(path: Path) -> Iterator[tuple[str, ...]]:
    """The words of each cell of a web page's table; the link that a row has to itself is none of them."""
    page: Any = html.document_fromstring(path.read_bytes())
    for link in page.xpath("//a[@class='self']"):
        link.drop_tree()
    for row in page.xpath("//tbody/tr"):
        yield tuple(cell.text_content() for cell in row)


def in_print(path: Path) -> Printed:
    """What a PDF says in print."""
    try:
        return printed(path)
    except (pikepdf.PdfError, LookupError, ValueError):
        raise PipelineError(
            f"{path.name} is damaged: its pages cannot be read.",
            "Give the paper as it was published.",
        ) from None


def differences(editions: list[Edition]) -> Iterator[str]:
    """What does not agree: the files' records with each other, and each file's words with its records."""
    for one in editions:
        if one.json != editions[0].json:
            yield f"{one.path.name} carries other records than {editions[0].path.name}."
        if one.rows is not None:
            yield from altered(one, one.rows)
        for page, words in one.added.items():
            yield f"{one.path.name}, page {page}: '{words}' was put on it, and is no part of the paper."
    shown = [one for one in editions if one.rows is not None]
    for one in shown[1:]:
        yield from unlike(shown[0], one)


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
            for words in () if is_blank and field in ITEM_FIELDS else lacking(action, cells, field):
                yield (
                    f"{one.path.name}, {action.reference or action.id}, {field}: "
                    f"its records say '{words}', and its table does not."
                )


def says(action: ActionRecord, cells: list[str], field: str) -> bool:
    """Whether a row says what a field says, and that is anything."""
    return bool(said(action, field)) and not lacking(action, cells, field)


def lacking(action: ActionRecord, cells: list[str], field: str) -> list[str]:
    """The words of a field that no cell of a row holds."""
    words = said(action, field)
    return [one for one in words if not any(holds(cell, letters(one)) for cell in cells)]


def said(action: ActionRecord, field: str) -> list[str]:
    """The words of a field that stand in the table, if any do; a placeholder for words does not."""
    value = getattr(action, field)
    words = value if isinstance(value, list) else [value]
    return [one for one in words if key(one)]


def unlike(one: Edition, other: Edition) -> Iterator[str]:
    """Where the tables of two files do not say the same."""
    assert one.rows is not None
    assert other.rows is not None
    for action, ours, theirs in zip(one.records.actions, one.rows, other.rows, strict=False):
        for our_words, their_words in zip(ours, theirs, strict=False):
            if not is_same(our_words, their_words):
                yield (
                    f"{action.reference or action.id}: {one.path.name} says '{our_words}', "
                    f"and {other.path.name} says '{their_words}'."
                )
