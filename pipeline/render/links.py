"""What a link says of where it goes, to those who hear it without the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TypeAlias

from pipeline.model.document import Run, text_of
from pipeline.model.text import between

_Runs: TypeAlias = tuple[Run, ...]

_BARE = re.compile(r"https?://|www\.", re.IGNORECASE)
_SENTENCE_END = re.compile(r"""[.!?]["”’)\]]*\s""")
_WORDS = re.compile(r".*\w", re.DOTALL)


def leads_to(words: str, address: str, wording: str) -> str:
    """Where a link goes, in words that make sense without those around it."""
    shown = address.removeprefix("mailto:")
    bare = shown.removeprefix("https://").removeprefix("http://")
    if words.strip("/ ") in {shown.rstrip("/"), bare.rstrip("/")}:
        return wording.format(address=shown)
    return f"{words}: {shown}"


def link_parts(words: _Runs) -> Iterator[tuple[str | None, _Runs, _Runs]]:
    """Runs in order, those of one address together: the address if any, what leads to it, and the runs.

    A bare address says nothing to a listener (WCAG 2.2, 2.4.9), so the words of its sentence
    before it lead to it.
    """
    waiting: _Runs = ()
    for address, group in groupby(words, key=lambda run: run.link):
        said = tuple(group)
        if address is None:
            waiting = said
            continue
        above = text_of(waiting)
        start = _lead_start(above) if _BARE.match(text_of(said)) else len(above)
        if before := between(waiting, 0, start):
            yield None, (), before
        yield address, between(waiting, start), said
        waiting = ()
    if waiting:
        yield None, (), waiting


def _lead_start(text: str) -> int:
    """Where in a text its last sentence that says anything starts; its end, if none does."""
    words = _WORDS.match(text)
    if words is None:
        return len(text)
    return max((found.end() for found in _SENTENCE_END.finditer(text, 0, words.end())), default=0)
