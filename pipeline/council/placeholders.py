"""What officers write where words are still to come, recognised by its kind and not only by a list.

Marks are certain wherever they stand ("[insert figures]", "£XX", "Draft:"); other words are placeholders
only as a whole sentence, and some of those only where there is nothing else ("Jo to provide update"). A text
that opens with "Draft:" says of itself that it is not final; one that opens with "Draft minutes:" does not.
"""

from __future__ import annotations

import re

from pipeline.council.settings import shipped_words
from pipeline.model.words import kept, key, key_of_one

_LONGEST = 200  # characters of a sentence that says only that words will come
_ADDRESS = re.compile(r"\b(?:[a-z]{2,9}://|www\.)\S+|\b[\w.+-]{1,64}@\S+", re.I)
SAID = shipped_words("placeholders.toml", dict[str, tuple[str, ...]])
_TELLING = frozenset(SAID["telling"])


def _ways(name: str) -> str:
    """A pattern for what one of the lists has."""
    return re.sub(r"\{([a-z_]+)\}", lambda one: f"(?:{_ways(one[1])})", "|".join(SAID[name]))


_MARK = _ways("mark")  # compiled when there is a sign of one
_UNNAMED, _SURE, _ALONE = (re.compile(_ways(name)) for name in ("unnamed", "sure", "alone"))
_DRAFT, _PAPER = (re.compile(_ways(name), re.I | re.M) for name in ("draft", "paper"))
_SENTENCE_END = re.compile(r"[.!?;\n](?:(?<![.!?;\n]{2})[.!?;\n]*(?:\s+|$)|(?<=\n))")
# A number of a list with nothing behind it:
_EMPTY_ITEM = re.compile(r"^\(?(?:\d{1,2}|[a-z])[.)]$", re.M)
_LABEL = re.compile(  # such as `March 2027:` or `Jo Bell –`, but no sentence
    r"(?:(?i:in progress|on hold|on track|not (?:yet )?started|under ?way)"
    r"|(?:update (?:for |on )?)?[A-Z0-9][\w'./]*(?:[ ,]+(?:(?:of|for|on|from) )?[A-Z0-9][\w'./]*){0,5})"
    r"\s*(?:[:–—]|(?<=\s)-\s)\s*|\(?(?:[a-z]|\d{1,2})\)\s*"
)
_ASKED = re.compile(  # of whoever reads it: `x`, `@Jo Bell`, `Jo - is this still live?`; a label with nothing behind it
    r"([^\W\d_])\1{0,4}\W*|[\w.+-]{0,64}@\w\S*|@\w+(?: \w+){0,2}|[^:–—\n]{1,30}[:–—]|\w+(?: \w+)?\?+"
    r"|(?:\w+(?: \w+)?(?:,|:| [-–—]) )?(?:is|are|was|were|do|does|did|can|could|should|has|have) [^.?\n]{1,80}\?+",
    re.I,
)


@kept
def placeholder_mark(words: str) -> str:
    """The first mark in a text of words still to come, as it was written; nothing where there is none."""
    small = words.lower()
    if not any(map(small.__contains__, SAID["signs"])):
        return ""  # as almost always
    said = _ADDRESS.sub(lambda found: " " * len(found[0]), words)
    found = re.search(_MARK, said, re.I)
    return words[found.start() : found.end()] if found else ""


def to_come_in(words: str) -> str:
    """What in an update says that its words are still to come, though others stand beside it; nothing where
    nothing does.
    """
    small = words.lower()
    draft = _DRAFT.search(words) if "draf" in small or "hold" in small else None
    if draft:
        return draft[0].strip()
    if "\n" in words and (empty := _EMPTY_ITEM.search(words)):
        return empty[0]
    sure = (one for one, said in _sentences(words) if _fits(one, said, _SURE))
    return placeholder_mark(words) or next(sure, "")


@kept
def is_to_come(words: str) -> bool:
    """Whether a text says nothing but that its words are still to come."""
    sentences = _sentences(words)
    return _ASKED.fullmatch(words.strip()) is not None or (
        bool(sentences)
        and all(
            _fits(*one, _SURE, _ALONE) or placeholder_mark(one[0]) == one[0] for one in sentences
        )
    )


def is_unnamed(words: str) -> bool:
    """Whether a text only says that it is not known yet: *TBC*, *To be agreed*, *??*."""
    return _UNNAMED.fullmatch(key(words)) is not None or ("?" in words and not key(words))


@kept
def _sentences(words: str) -> list[tuple[str, str]]:
    """The sentences of a text, without their closing marks, each with its key where it has a telling word; none of a
    text in which none can be of a kind.
    """
    if not placeholder_mark(words) and _TELLING.isdisjoint(key(words).split()):
        return []  # as often
    sentences = filter(None, map(str.strip, _SENTENCE_END.split(words)))
    said = ((one, key_of_one(one) if len(one) <= _LONGEST else "") for one in sentences)
    return [(one, "" if _TELLING.isdisjoint(way.split()) else way) for one, way in said]


def _fits(sentence: str, said: str, *kinds: re.Pattern[str]) -> bool:
    """Whether a sentence (its key: `said`) is one of some kinds, with or without a label before it."""
    label = _LABEL.match(sentence) if said else None
    ways = (said, key_of_one(sentence[label.end() :])) if label else (said,)
    return bool(said) and any(
        kind.fullmatch(f"{way} ")
        for way in filter(None, ways)
        for kind in kinds
        if kind is not _ALONE or not _PAPER.match(way)
    )
