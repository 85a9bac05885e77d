"""One edition of a published paper as it stands in its file: its words, its links and what it carries.

The words are read from the page and not from the records, since each can be altered after it was made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from docx.oxml.ns import qn

from pipeline.ingest import page_styles, web, word
from pipeline.ingest.letters import decoded
from pipeline.ingest.lines import CellWords, joined_lines
from pipeline.model.document import text_of
from pipeline.model.errors import PipelineError
from pipeline.published import readback
from pipeline.published.printed import Said, printed_edition, printed_links
from pipeline.published.records import Records, from_json, short_hash

# A web page's own, and no edition's.
_NOT_SAID = "//a[@class='self'] | //main/form | //main/*[@id='Bar']"
# What pikepdf lets through from damaged files.
_BROKEN = (
    pikepdf.PdfError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError, MemoryError,
)  # fmt: skip
_LINES = "//main/h1 | //main/h2 | //main/p | //main/ul/li"


@dataclass(frozen=True, slots=True)
class Edition:
    """One file of a paper: its records as JSON, and `said`, what a reader sees, where it has any."""

    path: Path
    json: str
    said: Said | None

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
    reader = _READERS.get(path.suffix.lower())
    return Edition(path, json, reader(path) if reader else None)


def _in_word(path: Path) -> Said:
    """What a DOCX says; its list numbers too, which stand in no paragraph."""
    source = word.source_of(path.read_bytes(), path.name)
    outside, cells = [], []
    for block in word.content(source.body):
        if block.tag == qn("w:p"):
            outside.append(joined_lines(word.word_lines([block], source)))
        elif block.tag == qn("w:tbl"):
            _, *rows = word.word_rows(block)
            cells += [list(word.cells(row, source)) for row in rows]
    return _said(outside, cells, source.feet())


def _on_page(path: Path) -> Said:
    """What a web page says."""
    page: Any = web.tree(decoded(path.read_bytes()).text)
    page_styles.inline(page)
    for own in page.xpath(_NOT_SAID):
        own.drop_tree()
    outside = (joined_lines(web.lines_of_page(line)) for line in page.xpath(_LINES))
    rows = page.xpath("//tbody/tr")
    cells = [[joined_lines(web.lines_of_page(cell)) for cell in row] for row in rows]
    return _said(outside, cells, (foot.text_content() for foot in page.xpath("//footer")))


def _in_print(path: Path) -> Said:
    """What a PDF says in print. Raises `PipelineError` where it is damaged."""
    try:
        return printed_edition(path)
    except _BROKEN:
        raise PipelineError(
            f"{path.name} is damaged: its pages cannot be read.",
            "Give the paper as it was published.",
        ) from None


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
