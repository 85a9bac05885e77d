"""Words compared and counted: what people vary left out, lists and plurals, the start of a text in quotation marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

_P = ParamSpec("_P")
_T = TypeVar("_T")

FAINT_WORDS = frozenset({"a", "an", "and", "any", "at", "be", "by", "for", "from", "in", "is", "of", "on",
                         "or", "out", "s", "the", "to", "was", "with"})  # fmt: skip
_MOST = 1 << 15  # texts of which what was found out is kept
_STEM = 6  # letters
_WORD = re.compile(r"[^\W_]+")
# What a key has for each byte of a text: a small letter, a figure or a space.
_ASCII = bytes(ord(chr(n).lower()) if chr(n).isalnum() else ord(" ") for n in range(256))
LEAD_END = re.compile(r":|=|\s[-–—]\s")
_FORGET: list[Callable[[], None]] = []


def kept(worked_out: Callable[_P, _T]) -> Callable[_P, _T]:
    """Keeps what a function finds out of a text, for it is asked again and again of a workbook's."""
    keeping = lru_cache(_MOST)(worked_out)
    _FORGET.append(keeping.cache_clear)
    return cast(Callable[_P, _T], keeping)


def forget() -> None:
    """Forget what was found out of texts, so that many workbooks take no more memory than one."""
    for each in _FORGET:
        each()


@kept
def key(words: str) -> str:
    """Words without what people vary: capitals, spaces, line ends, hyphens and closing marks; and
    letters with accents in one piece.
    """
    return key_of_one(words)


def key_of_one(words: str) -> str:
    """The key of words that are not asked for again, such as a sentence: it is not kept."""
    if words.isascii():  # as almost always, and far sooner done
        return " ".join(words.encode().translate(_ASCII, b"-").decode().split())
    whole = unicodedata.normalize("NFC", words.casefold())
    return " ".join(_WORD.findall(whole.replace("-", "")))


@lru_cache(_MOST)
def keys(listed: tuple[str, ...]) -> frozenset[str]:
    """Some words, each without what people vary."""
    return frozenset(map(key, listed))


def is_one(words: str, listed: tuple[str, ...]) -> bool:
    """Whether words are one of those listed."""
    return key(words) in keys(listed)


def begins(words: str, listed: tuple[str, ...]) -> bool:
    """Whether words begin with one of those listed."""
    said = f"{key(words)} "
    return any(said.startswith(f"{one} ") for one in keys(listed))


def ends(words: str, listed: tuple[str, ...]) -> bool:
    """Whether words end with one of those listed."""
    said = f" {key(words)}"
    return any(said.endswith(f" {one}") for one in keys(listed))


def has_one(words: str, listed: tuple[str, ...]) -> bool:
    """Whether words have one of those listed among them."""
    said = f" {key(words)} "
    return any(f" {one} " in said for one in keys(listed))


def without(said: str, listed: tuple[str, ...]) -> str:
    """A key between spaces without the words that are listed; what stood beside them stays apart."""
    for one in sorted(keys(listed), key=len, reverse=True):
        said = said.replace(f" {one} ", "  ")
    return said


@lru_cache(_MOST)
def single_words(listed: tuple[str, ...]) -> frozenset[str]:
    """The words of all that is listed, one by one."""
    return frozenset(word for one in keys(listed) for word in one.split())


def any_of(phrases: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """A pattern with one group for whole phrases, the longest first; of none, one that finds nothing."""
    known = sorted(filter(None, phrases), key=lambda said: (-len(said), said))
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, known)) or '(?!)'})(?!\w)", flags)


def squashed(words: str) -> str:
    """Words without their spaces too: `on-going`, `on going` and `ongoing` are one. A sign alone (`#`, `✓`)
    is itself.
    """
    return key(words).replace(" ", "") or words.strip()


def stem(word: str) -> str:
    """A word without its ending: enough to tell *recommended* for *recommendation*."""
    return word[:_STEM]


def quoted(words: str, longest: int = 60) -> str:
    """The start of some words, in quotation marks, on one line."""
    line = " ".join(words.split())
    return f"'{line}'" if len(line) <= longest else f"'{line[: longest - 1].rstrip()}…'"


def listed(parts: Sequence[str], joint: str = "and") -> str:
    """Parts of a sentence with commas, and an 'and' before the last, or another joint."""
    return f" {joint} ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def some(parts: Sequence[str], most: int) -> str:
    """The first parts of a list with commas, and how many more there are."""
    more = f" and {len(parts) - most} more" if len(parts) > most else ""
    return f"{', '.join(parts[:most])}{more}"


def sentence_case(words: str) -> str:
    """Words with a capital letter first."""
    return words[:1].upper() + words[1:]


def counted(number: int, one: str, several: str = "") -> str:
    """A number of things; several are called as one with an s, unless otherwise."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def left_out(number: int, one: str) -> str:
    """That a number of things were left out."""
    return f"{counted(number, one)} {'was' if number == 1 else 'were'} left out"


def often(times: int) -> str:
    """How many times something was done."""
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


LIKELY_NAME = 85  # of 100


def is_nearly(one: str, other: str) -> bool:
    """Whether a committee's name is another's but for some words or letters."""
    from rapidfuzz import fuzz  # slow to load

    first, second = key(one), key(other)
    return first != second and (
        first in second or second in first or fuzz.token_sort_ratio(first, second) >= LIKELY_NAME
    )


@kept
def lead(words: str) -> str:
    """What some words begin with, up to a colon, a dash or an equals sign, without numbers, as a key."""
    first = LEAD_END.split(words, maxsplit=1)[0]
    return key("".join(sign for sign in first if not sign.isdigit()))
