"""What the readers of Word files and web pages share: the words of lines and cells, live or left out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct

from pipeline.ingest.faces import Face, as_signs, why_unseen
from pipeline.ingest.letters import UNKNOWN
from pipeline.ingest.package import Element, tag
from pipeline.model.document import Run

ITEM = Run("• ")
STRUCK = "struck"
PICTURE = "is a picture"
TICKED, EMPTY = "☒", "☐"  # boxes of forms
# What a shape can hold, by the element that says so.
_HELD = {
    "object": "An embedded object", "object-ole": "An embedded object", "plugin": "An embedded object",
    "image": "A picture", "pic": "A picture", "graphicFrame": "A chart or diagram", "contentPart": "Handwriting",
}  # fmt: skip
_QUOTED = 60  # characters of what was left out


class Span(Struct, frozen=True):
    """A run of a line as it stands there; `kept_out`: why it is not live (`STRUCK`, or in words), or nothing."""

    run: Run
    kept_out: str = ""


class CellWords(Struct, frozen=True):
    """The live runs of a line or a cell; `struck` is struck out, `left_out` says what else is not in them."""

    runs: tuple[Run, ...] = ()
    struck: str = ""
    left_out: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.struck or self.left_out or any(run.text.strip() for run in self.runs))


def span(words: str, face: Face, ground: str, link: str | None, why: str = "") -> Span:
    """Words as their type shows them on a ground; `why` they are not live, where their type is not why."""
    why = why or (STRUCK if face.struck else "") or why_unseen(face.colour, ground, face.size)
    shown = as_signs(words, face.typeface, face.place)
    return Span(Run(shown, face.bold, face.italic, link), why)


def joined_lines(lines: Iterable[CellWords], seam: str = "\n") -> CellWords:
    """Lines as the words of one cell, with line ends (or another seam) between them."""
    made: list[Run] = []
    struck: list[str] = []
    left_out: list[str] = []
    for line in lines:
        if any(run.text.strip() for run in line.runs):
            made += [*([Run(seam)] if made else []), *line.runs]
        struck += [line.struck] if line.struck else []
        left_out += line.left_out
    return CellWords(tuple(made), " ".join(struck), tuple(left_out))


def line_of(found: Iterable[Span], lead: Iterable[Run] = ()) -> CellWords:
    """A line's live words after its number or bullet; what is struck out in it, and what else is not live."""
    found = [one for one in found if one.run.text]
    live = tuple(one.run for one in found if not one.kept_out)
    struck = "".join(one.run.text for one in found if one.kept_out == STRUCK)
    left_out: list[str] = []
    for why, group in groupby(found, key=lambda one: one.kept_out):
        words = "".join(one.run.text for one in group)
        if why not in ("", STRUCK) and words.strip():
            left_out.append(shortened(words, why))
    if any(UNKNOWN in run.text for run in live):
        left_out.append(f"A letter, which stands as {UNKNOWN}, cannot be read")
    shown = (*lead, *live) if any(run.text.strip() for run in live) else ()
    return CellWords(shown, " ".join(struck.split()), tuple(left_out))


def without_pictures(words: CellWords) -> CellWords:
    """A line outside tables without what is said of pictures, which are a page's own or a crest."""
    kept = tuple(one for one in words.left_out if not one.endswith(PICTURE))
    return CellWords(words.runs, words.struck, kept)


def gone(words: str, why: str) -> CellWords:
    """What is listed of words that are not live."""
    reason = "is struck through" if why == STRUCK else why
    return CellWords((), "", (shortened(words, reason),)) if words.strip() else CellWords()


def shortened(words: str, why: str = "") -> str:
    """What was left out and why, as a finding says it."""
    line = " ".join(words.split())
    short = line if len(line) <= _QUOTED else line[: _QUOTED - 1].rstrip() + "…"
    return f"'{short}' {why}".rstrip()


def shape_words(shape: Element) -> str:
    """What a shape over a sheet's cells holds, in words; empty where nothing, as in one that is only drawn."""
    words = " ".join(" ".join(line.itertext()) for line in shape.iter("{*}p"))
    if words.strip():
        return f"A text box {shortened(words)}"
    held = set(map(tag, shape.iter()))
    return next((said for name, said in _HELD.items() if name in held), "")
