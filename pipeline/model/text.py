"""Officers' text made into paragraphs and lists: tidied, and never a word dropped or moved."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypeAlias, cast

from linkify_it import LinkifyIt
from msgspec.structs import replace

from pipeline.model.action import Text
from pipeline.model.document import (
    BULLET,
    BulletList,
    Flow,
    NumberedList,
    NumberMark,
    Paragraph,
    Run,
    led_lines,
    text_of,
)
from pipeline.model.words import kept

BULLETS = "•\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\u25cf\u25aa\u2023\u2043"  # and Word's Symbol and Wingdings marks
_ANYWHERE_BULLET = re.compile(f"[{BULLETS}]")
_LINE_BULLET = re.compile(r"[-*·o]\s+(?=\S)")
_LINE_NUMBER = re.compile(rf"([1-9]\d?[.)])\s+(?=[^\s{BULLETS}])")
_LINE_LEAD = re.compile(rf"\s*(?:{_LINE_BULLET.pattern}|{_LINE_NUMBER.pattern})")
_SCHEMES = ("http:", "https:", "mailto:")
_MISLEADING = re.compile(  # lengths are bounded, or a long cell would take long
    r"https?:[/\\]{0,9}[^/\\?#\s]{0,256}@[^\s/]{0,256}|mailto:[^?\s]{0,256}\?\S{0,256}",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?<!//)www\.", re.IGNORECASE)  # without a scheme
FEWEST_WORDS = 4  # of a sentence
_CLOSING = ".!?:;…"
_WRAPPERS = "\"'”’)]»"
# Zero-width joiners stay: emoji and some scripts are spelled with them.
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_NOT_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)

_RIGHT_TO_LEFT = "rtl"
# Hebrew, Arabic and the scripts about them; and the letters that run from left to right.
_LEFTWARDS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHTWARDS = "A-Za-z\u00aa-\u058f\u0900-\u1fff"
# Words of one direction, with all between them that has none, in words of the other.
_AMONG = {
    "": re.compile(f"[{_LEFTWARDS}](?:[^{_RIGHTWARDS}]*[{_LEFTWARDS}])?"),
    _RIGHT_TO_LEFT: re.compile(f"[{_RIGHTWARDS}](?:[^{_LEFTWARDS}]*[{_RIGHTWARDS}])?"),
}
_Piece: TypeAlias = tuple[str, tuple[Run, ...]]  # the bullet or number before a line, and its runs


@kept
def text_blocks(runs: tuple[Run, ...]) -> Text:
    """The paragraphs and lists that some runs of a cell make."""
    if len(runs) == 1 and _is_one_line(runs[0].text):  # as almost always
        words = " ".join(runs[0].text.split())
        return (Paragraph(linked((with_text(runs[0], words),))),) if words else ()
    clear = (with_text(run, seen(run.text)) for run in runs)
    pieces = [piece for line in _split(clear, _LINE_ENDS) for piece in _bullet_pieces(line)]
    filled = [(lead, _tidy(piece)) for lead, piece in pieces]
    return _grouped((lead, linked(piece)) for lead, piece in filled if piece)


def _is_one_line(text: str) -> bool:
    """Whether a text is one line without bullets or a number before it, and nothing in it is no text."""
    is_bulleted = not text.isascii() and _ANYWHERE_BULLET.search(text)
    return text.isprintable() and not is_bulleted and not _LINE_LEAD.match(text)


def as_text(text: str) -> Text:
    """The paragraphs and lists of a plain text."""
    return text_blocks((Run(text),))


def _grouped(pieces: Iterable[_Piece]) -> Text:
    """Paragraphs one by one, neighbouring list items as one list."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if groups and _goes_on(groups[-1][-1][0], piece[0]):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return tuple(map(_block, groups))


def _goes_on(above: str, below: str) -> bool:
    """Whether what leads a line goes on with the list of the line above."""
    if above in ("", BULLET):
        return above == below == BULLET
    return below == f"{int(above[:-1]) + 1}{above[-1]}"


def _block(group: list[_Piece]) -> Flow:
    """A paragraph, or the list that some items make."""
    lead, runs = group[0]
    items = tuple(item for _, item in group)
    if not lead:
        return Paragraph(runs)
    if lead == BULLET:
        return BulletList(items)
    return NumberedList(items, int(lead[:-1]), cast(NumberMark, lead[-1]))


def _pieces_of(text: Text) -> list[_Piece]:
    """A text as `grouped` takes it."""
    return [piece for each in text for piece in led_lines(each)]


def joined_texts(above: Text, below: Text) -> Text:
    """A text and the row that continues it: mid-sentence by a space, else as a new paragraph."""
    if not (above and below):
        return above or below
    first, second = _pieces_of(above), _pieces_of(below)
    if not second[0][0] and _mid_sentence(text_of(first[-1][1]), text_of(second[0][1])):
        seam = _tidy((*first[-1][1], Run(" "), *second[0][1]))
        return _grouped([*first[:-1], (first[-1][0], seam), *second[1:]])
    return _grouped([*first, *second])


def _mid_sentence(above: str, below: str) -> bool:
    """Whether `below` goes on with the sentence that `above` leaves open."""
    return not ends_sentence(above) and below[:1].islower()


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does: with closing punctuation, quoted or bracketed or not."""
    bare = line.rstrip().rstrip(_WRAPPERS)
    return bare.endswith(tuple(_CLOSING)) or (bare != line.rstrip() and bool(bare))


def is_sentence(line: str) -> bool:
    """Whether a line is more than a name or a number: it ends as a sentence does, or is long."""
    words = len(line.split())
    return words >= FEWEST_WORDS and (ends_sentence(line) or words > 2 * FEWEST_WORDS)


def seen(text: str) -> str:
    """A text without the characters that show nothing, and those that are no text."""
    return _NOT_TEXT.sub("", _UNSEEN.sub("", text))


def _bullet_pieces(line: tuple[Run, ...]) -> Iterator[_Piece]:
    """A line cut at its bullets, the number before it told apart."""
    said = text_of(line)
    lead, start = "", len(said) - len(said.lstrip())
    if bullet := _LINE_BULLET.match(said, start):
        lead, line = BULLET, between(line, bullet.end())
    elif number := _LINE_NUMBER.match(said, start):
        lead, line = number[1], between(line, number.end())
    for piece in _split(line, _ANYWHERE_BULLET):
        yield lead, piece
        lead = BULLET


def _split(runs: Iterable[Run], mark: re.Pattern[str]) -> Iterator[tuple[Run, ...]]:
    """The runs between the places where a mark stands."""
    piece: list[Run] = []
    for run in runs:
        first, *others = mark.split(run.text)
        piece.append(with_text(run, first))
        for other in others:
            yield tuple(piece)
            piece = [with_text(run, other)]
    yield tuple(piece)


def between(runs: tuple[Run, ...], start: int, end: int = sys.maxsize) -> tuple[Run, ...]:
    """The runs from the character `start` up to `end`, without those that say nothing."""
    kept = []
    for run in runs:
        if text := run.text[max(0, start) : max(0, end)]:
            kept.append(with_text(run, text))
        start, end = start - len(run.text), end - len(run.text)
    return tuple(kept)


def _tidy(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs with single spaces, none at the ends, and like runs put together; empty if there are no words."""
    kept: list[Run] = []
    space = True  # the last character kept is a space, or none is kept
    for run in runs:
        text = " ".join(f"|{run.text}|".split())[1:-1]
        if space:
            text = text.removeprefix(" ")
        if not text:
            continue
        space = text.endswith(" ")
        if kept and with_text(kept[-1], "") == with_text(run, ""):
            kept[-1] = with_text(run, kept[-1].text + text)
        else:
            kept.append(with_text(run, text))
    if kept and kept[-1].text.endswith(" "):
        last = kept.pop()
        return _tidy((*kept, with_text(last, last.text[:-1]))) if kept or last.text != " " else ()
    return tuple(kept)


def linked(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs whose bare addresses are live links, in however many runs each stands, and misleading ones none; their
    visible text is kept.
    """
    words = text_of(runs)
    if not _may_have_address(words) and not any(run.link for run in runs):
        return runs  # as almost always
    kept: list[Run] = []
    found = iter((*_addresses(words), (sys.maxsize, sys.maxsize, "")))
    start, end, address = next(found)
    first = 0  # the character that a run begins with
    for run in runs:
        at, last = first, first + len(run.text)
        while at < last:
            if at >= end:
                start, end, address = next(found)
            stop = min(last, start if at < start else end)
            piece = run.text[at - first : stop - first]
            link = run.link or (address if at >= start else "")
            live = None if misleading(link) else link or None
            kept.append(Run(piece, run.bold, run.italic, live, run.role, run.language))
            at = stop
        first = last
    return tuple(kept)


def misleading(words: str) -> str:
    """The part of an address, or of words with one, that hides where it leads: a user name before the host, or an
    e-mail that is begun with words of somebody else; nothing where it has none.
    """
    found = _MISLEADING.search(words) if ":" in words else None
    return found[0] if found else ""


def live_link(address: str | None) -> str | None:
    """An address that a reader of papers can go to; None for any other."""
    return address if address and address.startswith(_SCHEMES) else None


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the bare addresses in a text begin and end, and whole. None has a space, and to look into the words that
    may be one alone takes a tenth of the time.
    """
    at = 0
    for word in filter(_may_have_address, text.split()):
        at = text.index(word, at)
        finder = _finder(_HOST.search(word) is not None, "@" in word)
        for found in finder.match(word) or ():
            if found.schema in _SCHEMES or found.text.lower().startswith("www."):
                yield at + found.index, at + found.last_index, found.url
        at += len(word)


def _may_have_address(words: str) -> bool:
    """Whether some words have a sign that every address has."""
    return "://" in words or "@" in words or "www." in words.lower()


@cache
def _finder(hosts: bool, emails: bool) -> LinkifyIt:
    """What finds addresses with a scheme; hosts and e-mail addresses without one too, if asked. The patterns of
    each take 8 ms to compile.
    """
    return LinkifyIt(options={"fuzzy_link": hosts, "fuzzy_email": emails})


def with_text(run: Run, text: str) -> Run:
    """A run with other words. (`dataclasses.replace` took a third of the time of reading a text.)"""
    if text == run.text:
        return run
    return Run(text, run.bold, run.italic, run.link, run.role, run.language)


def characters(words: str) -> set[str]:
    """The characters of some words, whole and in the parts that a font may draw them from."""
    return {*words, *unicodedata.normalize("NFKD", words)}


def codes(letters: Iterable[str]) -> str:
    """Characters by their numbers in Unicode, as a PDF's box does not show them."""
    return ", ".join(f"U+{ord(letter):04X}" for letter in sorted(letters))


def direction(words: str) -> str:
    """`rtl` where some words run from right to left, else nothing."""
    if words.isascii():
        return ""
    ways = map(unicodedata.bidirectional, words)
    first = next((way for way in ways if way in ("L", "R", "AL")), "L")
    return "" if first == "L" else _RIGHT_TO_LEFT


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
