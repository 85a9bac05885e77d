"""The editions of a published paper as they stand in their files, and what in them does not agree.

The words are read from the page and not from the records, since each can be altered after it was made. They are
compared as a reader would: what each edition sets in its own way is not told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

import pikepdf

from pipeline.ingest import page_styles, web, word
from pipeline.ingest.letters import decoded
from pipeline.ingest.lines import CellWords, joined_lines
from pipeline.ingest.package import tag
from pipeline.ingest.page_styles import Frame
from pipeline.ingest.read import file_bytes
from pipeline.model.document import BULLET, text_of
from pipeline.model.errors import PipelineError
from pipeline.model.words import key
from pipeline.published import readback
from pipeline.published.kept import sums
from pipeline.published.printed import Said, printed_edition, printed_links
from pipeline.published.records import (
    FIELDS,
    ActionRecord,
    Records,
    actions_csv,
    from_json,
    short_hash,
)

# A web page's own, and no edition's.
_NOT_SAID = "//a[@class='self'] | //main/form | //main/*[@id='Bar']"
# What pikepdf lets through from damaged files.
_BROKEN = (
    pikepdf.PdfError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError, MemoryError,
)  # fmt: skip
_LINES = "//main/h1 | //main/h2 | //main/p | //main/ul/li"
# One glyph is both in Arial and its stand-in, and so a PDF says either for both.
_LOOK_ALIKES = str.maketrans({"\u2219": "\u00b7", "\u2215": "\u2044", BULLET: ""})
_JOINING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_FROM_THE_RIGHT = {"R", "AL", "AN"}  # as Unicode calls the letters of Hebrew, Arabic and their kin
_ALWAYS = ("reference", "title", "action", "update", "status_words")
_SOMETIMES = [words for _, words in FIELDS.values() if words not in (*_ALWAYS, "raw_status")]
_ITEM_FIELDS = ("title", "date_words")  # which a house style may say on an item's first row only


@dataclass(frozen=True, slots=True)
class Edition:
    """One file of a paper: its records as JSON, and `said`, what a reader sees, where it has any."""

    path: Path
    json: str
    said: Said | None

    @property
    def records(self) -> Records:
        return from_json(self.json)

    @property
    def hash(self) -> str:
        """What stands in the stamp at the foot of its pages."""
        return short_hash(self.json)


def edition_at(path: Path) -> Edition:
    """A file as read. Raises `PipelineError` where it carries no records, or cannot be read."""
    json = readback.records_json(path)
    reader = _READERS.get(path.suffix.lower())
    return Edition(path, json, reader(path) if reader else None)


def _in_word(path: Path) -> Said:
    """What a DOCX says; its list numbers too, which stand in no paragraph."""
    source = word.source_of(path.read_bytes(), path.name)
    outside, cells = [], []
    for block in word.content(source.body):
        if tag(block) == "p":
            outside.append(joined_lines(word.word_lines([block], source)))
        elif tag(block) == "tbl":
            rows = islice(word.word_rows(block), 1, None)  # without the headings
            cells += [list(word.cells(row, source)) for row in rows]
    return _said(outside, cells, source.margins("footer"))


def _on_page(path: Path) -> Said:
    """What a web page says. Raises `PipelineError` where its styles are deeper than can be read."""
    page: Any = web.tree(decoded(path.read_bytes()).text)
    try:
        page_styles.inline(page)
    except RecursionError:  # brackets in brackets, which tinycss2 writes out by calling itself
        raise _damaged(path) from None
    for own in page.xpath(_NOT_SAID):
        own.clear(keep_tail=True)
    outside = map(_on_its_ground, page.xpath(_LINES))
    rows = page.xpath("//tbody/tr")
    cells = [[_on_its_ground(cell) for cell in row.iterchildren("*")] for row in rows]
    return _said(outside, cells, (foot.text_content() for foot in page.xpath("//footer")))


def _on_its_ground(element: Any) -> CellWords:
    """The words of an element of a page, as what it stands in shows or hides them."""
    around = reversed([*element.iterancestors()])
    return joined_lines(web.lines_of_page(element, reduce(Frame.inner, around, Frame())))


def _in_print(path: Path) -> Said:
    """What a PDF says in print. Raises `PipelineError` where it is damaged."""
    try:
        return printed_edition(path)
    except _BROKEN:
        raise _damaged(path) from None


def _damaged(path: Path) -> PipelineError:
    """That a file cannot be read, though it has records."""
    return PipelineError(
        f"{path.name} is damaged: its pages cannot be read.",
        "Give the paper as it was published.",
    )


def _said(outside: Iterable[CellWords], cells: list[list[CellWords]], feet: Iterable[str]) -> Said:
    """Words of a file put together."""
    return Said(
        outside=tuple(filter(None, map(_text, outside))),
        rows=tuple(tuple(map(_text, row)) for row in cells),
        links=tuple(
            printed_links(run.link for words in row for run in words.runs) for row in cells
        ),
        feet=tuple(feet),
    )


def _text(words: CellWords) -> str:
    """The live words."""
    return text_of(words.runs).strip()


_READERS = {".docx": _in_word, ".html": _on_page, ".pdf": _in_print}
EDITION_SUFFIXES = (*_READERS, ".json")


def letters(words: str) -> str:
    """Words without what editions set differently (spaces, bullets), and what no PDF tells: letters
    that are drawn alike, and those that only join others.
    """
    alike = unicodedata.normalize("NFKC", words.translate(_LOOK_ALIKES))
    return "".join(letter for letter in alike if not _is_unseen(letter))


def reads_same(words: str, others: str) -> bool:
    """Whether two editions' words are the same to a reader."""
    one, other = letters(words), letters(others)
    return _holds(one, other) and _holds(other, one)


def _holds(cell: str, words: str) -> bool:
    """Whether the letters of a cell have some others among them, in their order. Words written from
    the right stand in a PDF in the order in which they are seen: of those, in any order.
    """
    if any(unicodedata.bidirectional(letter) in _FROM_THE_RIGHT for letter in words):
        return Counter(words) <= Counter(cell)
    return words in cell


def _is_unseen(letter: str) -> bool:
    """Whether a letter is a space, only joins others or says how they are drawn, or is none of Unicode's."""
    kind = unicodedata.category(letter)
    return letter.isspace() or kind[0] == "C" or _JOINING.match(letter) is not None


def differences(editions: list[Edition]) -> Iterator[str]:
    """What does not agree: the files' records with each other, and each file's words with its records; those of a
    list (.csv) beside them too, which carries none.
    """
    shown = []
    for one in editions:
        if one.records != editions[0].records:
            yield f"{one.path.name} carries other records than {editions[0].path.name}."
        if one.said is None:
            continue
        shown.append((one, one.said))
        yield from _altered(one, one.said.rows)
        yield from _unstamped(one, one.said)
        for page, words in one.said.added.items():
            yield f"{one.path.name}, page {page}: '{words}' was put on it, and is no part of the paper."
    for one, seen in shown[1:]:
        yield from _unlike(*shown[0], one, seen)
    for path in dict.fromkeys(one.path.with_suffix(".csv") for one in editions):
        if path.exists() and file_bytes(path) != actions_csv(editions[0].records.actions):
            yield f"{path.name} says something else than the records of {editions[0].path.name}."


def unlike_published(folder: Path, given: Collection[Path] = ()) -> Iterator[str]:
    """The files of a meeting's folder (if some are `given`, of these) that are not those that were published."""
    for name, digest in sums(folder).items():
        path = folder / name
        if given and path not in given:
            continue
        if not path.is_file():
            yield f"{name} is missing: it was published with the others."
        elif sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{name} is not the file that was published: it was altered, or saved again. Put the original back."


def _unstamped(one: Edition, seen: Said) -> Iterator[str]:
    """The pages whose foot names other records than the file carries, or none."""
    feet = seen.feet or ("",)
    bare = [number for number, foot in enumerate(feet, 1) if one.hash not in foot]
    if bare:
        which = "" if len(feet) == 1 else f", page {bare[0]}"
        yield f"{one.path.name}{which}: its foot does not name its records, {one.hash}."


def _altered(one: Edition, rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Where the words of a file's table are not those of its records."""
    actions = one.records.actions
    if len(rows) != len(actions):
        yield f"{one.path.name} has {len(rows)} rows, and its records have {len(actions)} actions."
        return
    pairs = [
        (action, [letters(cell) for cell in row]) for action, row in zip(actions, rows, strict=True)
    ]
    shown = [field for field in _SOMETIMES if any(all(_in_row(*pair, field)) for pair in pairs)]
    later = [
        pair for pair, above in zip(pairs[1:], actions, strict=False) if pair[0].item == above.item
    ]
    is_classic = 2 * sum(_in_row(*pair, "title")[1] for pair in later) < len(later) - 1
    item = 0
    for action, cells in pairs:
        is_blank = action.item == item and (is_classic or "" in cells)
        item = action.item
        for field in (*_ALWAYS, *shown):
            words, is_there = _in_row(action, cells, field)
            if words and not is_there and not (is_blank and field in _ITEM_FIELDS):
                yield (
                    f"{one.path.name}, {action.reference or action.id}, {field}: "
                    f"its records say '{words}', and its table does not."
                )


def _in_row(action: ActionRecord, cells: list[str], field: str) -> tuple[str, bool]:
    """The words of a field, and whether a cell of a row holds them. A placeholder for words is none."""
    words: str = getattr(action, field)
    if field == "status_words":
        words = words or action.raw_status  # of papers that were made before it was kept
    return words if key(words) else "", any(_holds(cell, letters(words)) for cell in cells)


def _unlike(one: Edition, ours: Said, other: Edition, theirs: Said) -> Iterator[str]:
    """Where two files do not say the same: above the table, in its cells, and where its links lead."""
    names = one.path.name, other.path.name
    for pair in zip_longest(ours.outside, theirs.outside, fillvalue=""):
        yield from _apart("Above the table", *pair, names)
    for action, our, their in zip(one.records.actions, ours.rows, theirs.rows, strict=False):
        for pair in zip_longest(our, their, fillvalue=""):
            yield from _apart(action.reference or action.id, *pair, names)
    for action, *links in zip(one.records.actions, ours.links, theirs.links, strict=False):
        if links[0] != links[1]:
            listed = [", ".join(each) or "no address" for each in links]
            yield (
                f"{action.reference or action.id}: {names[0]} links to {listed[0]}, "
                f"and {names[1]} to {listed[1]}."
            )


def _apart(where: str, ours: str, theirs: str, names: tuple[str, str]) -> Iterator[str]:
    """That two files' words at a place are not the same, if they are not."""
    if not reads_same(ours, theirs):
        yield f"{where}: {names[0]} says '{ours}', and {names[1]} says '{theirs}'."
