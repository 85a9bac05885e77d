"""The letters of a text's bytes: UTF-8 wherever they are that, else as the text says, else as Windows writes."""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_WINDOWS = "cp1252"
# What pages that say these are written in: WHATWG Encoding, 4.2.
_WINDOWS_NAMES = ("ascii", "iso8859-1", "latin-1")
UNKNOWN = "\ufffd"  # what stands for bytes that are no letter
_LETTERS = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_START = 400  # bytes by which UTF-16 without a mark is known


class Letters(Struct, frozen=True):
    """A text, and how many of its characters stand for bytes that are no letters (`UNKNOWN`)."""

    text: str
    unknown: int = 0


def decoded(data: bytes, declared: str = "") -> Letters:
    """The letters of some bytes; `declared` is the encoding that the text says of itself, or nothing."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _replaced(data, name)
    if data[1:_START:2].count(0) > len(data[:_START]) // 4:
        return _replaced(data, "utf-16-le")
    try:
        return Letters(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _replaced(data, _encoding(data, declared))


def _replaced(data: bytes, name: str) -> Letters:
    """The letters in an encoding, with a sign for each byte that is none."""
    before = data.decode(name, "ignore").count(UNKNOWN)
    text = data.decode(name, "replace")
    return Letters(text, text.count(UNKNOWN) - before)


def _encoding(data: bytes, declared: str) -> str:
    """The encoding of bytes that are not all UTF-8: by what is said of them, else by most of them."""
    try:
        known = codecs.lookup(declared).name if declared else ""
    except LookupError:
        known = ""
    if known and not known.startswith(("utf-16", "utf-32")):
        return _WINDOWS if known in _WINDOWS_NAMES else known
    whole = _LETTERS.findall(data)
    others = len(data) - len(data.translate(None, bytes(range(0x80, 0x100)))) - sum(map(len, whole))
    return "utf-8" if len(whole) > others else _WINDOWS
