"""The letters of a text's bytes: UTF-8 wherever they are that, else as the text says, else as Windows or a Macintosh
writes.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_WINDOWS = "cp1252"
_MACINTOSH = "mac_roman"  # of the system that ended lines with a carriage return alone, as Excel's CSV (Macintosh) does
_DECLARED = re.compile(
    rb"""<meta[^>]{1,999}charset\s*=\s*["']?\s*([-\w:.]+)|<\?xml[^>]{1,999}encoding\s*=\s*["']([-\w]+)""",
    re.IGNORECASE,
)
UNKNOWN = "\ufffd"  # what stands for bytes that are no letter
_BEHIND = bytes(range(0x80, 0xC0)).decode(_WINDOWS, "ignore")  # behind a letter's first byte
# UTF-8 (£, é, ŵ, ’) or a Macintosh's letters (’, –, é, ”) read as Windows', where no word has such letters:
_MISREAD = re.compile(
    rf"\u00c2[\u00a1-\u00bf]|(?<=\S)\u00c2\u00a0|\u00c3[{_BEHIND}]|[\u00c4\u00c5](?![‘-”–—…»])[{_BEHIND}]|â[€‚]"
    r"|[a-zà-ÿ][ÐÑÔÕŽ]|(?<!\w)[ÐÑ](?!\w)|[a-z]{2}Ó(?!\w)"
)
_ODD = re.compile("[ÂÃÄÅâÐÑÔÕŽÓ]")  # of which one is in each, and far sooner found
_LETTERS = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_START = 400  # bytes by which UTF-16 without a mark is known
_HEAD = 4096  # bytes in which a page says its encoding


class Letters(NamedTuple):
    """A text with `UNKNOWN` for each byte that is no letter, and its encoding."""

    text: str
    coding: str


def decoded(data: bytes) -> Letters:
    coding = _coding(data)
    return Letters(data.decode(coding, "replace"), coding)


def misread(text: str) -> str:
    """The first letters of a text that were misread on the way to it; nothing where none were."""
    found = _MISREAD.search(text) if _ODD.search(text) else None
    return found[0] if found else ""


def _coding(data: bytes) -> str:
    """The encoding of some bytes: by their mark, else UTF-8 if they are that, else by what is said of them, else
    by most of them.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    for first, name in enumerate(("utf-16-be", "utf-16-le")):
        if data[first:_START:2].count(0) > len(data[:_START]) // 4:
            return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    import webencodings

    found = _DECLARED.search(data[:_HEAD])
    known = webencodings.lookup((found[1] or found[2]).decode("latin-1")) if found else None
    if known and not known.name.startswith(("utf-16", "x-", "repl")):
        return str(known.codec_info.name)
    whole = _LETTERS.findall(data)
    others = len(data) - len(data.translate(None, bytes(range(0x80, 0x100)))) - sum(map(len, whole))
    if len(whole) >= others:
        return "utf-8"
    return _MACINTOSH if b"\r" in data and b"\n" not in data else _WINDOWS
