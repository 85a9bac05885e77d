"""Which way words run: that of their first strong letter (Unicode Standard Annex #9, P2 and P3)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.model.document import Run

_RIGHT_TO_LEFT = "rtl"
# Hebrew, Arabic and the scripts about them; and the letters that run from left to right.
_LEFTWARDS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHTWARDS = "A-Za-z\u00aa-\u058f\u0900-\u1fff"
# Words of one direction, with all between them that has none, in words of the other.
_AMONG = {
    "": re.compile(f"[{_LEFTWARDS}](?:[^{_RIGHTWARDS}]*[{_LEFTWARDS}])?"),
    _RIGHT_TO_LEFT: re.compile(f"[{_RIGHTWARDS}](?:[^{_LEFTWARDS}]*[{_RIGHTWARDS}])?"),
}


def direction(words: str) -> str:
    """`rtl` where some words run from right to left, else nothing."""
    if words.isascii():
        return ""
    for letter in words:
        match unicodedata.bidirectional(letter):
            case "R" | "AL":
                return _RIGHT_TO_LEFT
            case "L":
                return ""
    return ""


def stretches(run: Run, base: str) -> Iterator[tuple[Run, str]]:
    """A run cut where its direction changes, each piece with its own; `base` is the paragraph's."""
    other = "" if base else _RIGHT_TO_LEFT
    done = 0
    for found in _AMONG[base].finditer(run.text) if base or not run.text.isascii() else ():
        if found.start() > done:
            yield replace(run, text=run.text[done : found.start()]), base
        yield replace(run, text=found[0]), other
        done = found.end()
    if done < len(run.text) or not run.text:
        yield replace(run, text=run.text[done:]), base
