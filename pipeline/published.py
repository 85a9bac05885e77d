"""Published papers held against their records and against each other: files in, differences out.

The words of a DOCX and of a web page are read as they stand in the table, since either can be
altered after it was made. A PDF's printed words are not read: its records are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from lxml import html

from pipeline import readback
from pipeline.columns import key
from pipeline.data import ActionRecord, Records, from_json, short_hash

FIELDS = ("reference", "title", "action", "update", "raw_status", "officers_words")
SUFFIXES = (".docx", ".html", ".pdf", ".json")
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Edition:
    """One file of a paper: its records as JSON, and the words of its table's cells, where they are read."""

    path: Path
    json: str
    rows: tuple[tuple[str, ...], ...] | None

    @property
    def records(self) -> Records:
        """What the file carries."""
        return from_json(self.json)

    @property
    def hash(self) -> str:
        """What stands in the stamp at the foot of its pages."""
        return short_hash(self.json)


def edition(path: Path) -> Edition:
    """A file as read. Raises `PipelineError` where it carries no records."""
    json = readback.records_json(path)
    match path.suffix.lower():
        case ".docx":
            return Edition(path, json, tuple(word_rows(path)))
        case ".html":
            return Edition(path, json, tuple(page_rows(path)))
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


def letters(words: str) -> str:
    """Words without spaces and bullets, which a table in Word and one in a browser set differently."""
    return "".join(words.replace(BULLET, "").split())


def differences(editions: list[Edition]) -> Iterator[str]:
    """What does not agree: the files' records with each other, and each file's words with its records."""
    for one in editions:
        if one.json != editions[0].json:
            yield f"{one.path.name} carries other records than {editions[0].path.name}."
        if one.rows is not None:
            yield from altered(one, one.rows)
    shown = [one for one in editions if one.rows is not None]
    for one in shown[1:]:
        yield from unlike(shown[0], one)


def altered(one: Edition, rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Where the words of a file's table are not those of its records."""
    actions = one.records.actions
    if len(rows) != len(actions):
        yield f"{one.path.name} has {len(rows)} rows, and its records have {len(actions)} actions."
        return
    for action, row in zip(actions, rows, strict=True):
        cells = [letters(cell) for cell in row]
        for field in FIELDS:
            for words in said(action, field):
                if not any(letters(words) in cell for cell in cells):
                    yield (
                        f"{one.path.name}, {action.reference or action.id}, {field}: "
                        f"its records say '{words}', and its table does not."
                    )


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
            if letters(our_words) != letters(their_words):
                yield (
                    f"{action.reference or action.id}: {one.path.name} says '{our_words}', "
                    f"and {other.path.name} says '{their_words}'."
                )
