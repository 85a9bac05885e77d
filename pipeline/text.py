"""Officers' text made into paragraphs and lists: tidied, and never a word dropped or moved."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from linkify_it import LinkifyIt
from msgspec.structs import replace

from pipeline.document import BulletList, Flow, Paragraph, Run, text_of
from pipeline.records import Text

BULLETS = "•\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\u25cf\u25aa\u2023\u2043"  # and Word's Symbol and Wingdings marks
ANYWHERE_BULLET = re.compile(f"[{BULLETS}]")
LINE_BULLET = re.compile(r"[-*·o]\s+(?=\S)")
SCHEMES = ("http:", "https:", "mailto:")
CLOSING = ".!?:;…"
WRAPPERS = "\"'”’)]»"
# Zero-width joiners stay: emoji and some scripts are spelled with them.
UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
NOT_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)

linkify = LinkifyIt()


def blocks(runs: Iterable[Run]) -> Text:
    """The paragraphs and lists that some runs of a cell make."""
    pieces = [piece for line in lines(runs) for piece in bullet_pieces(line)]
    filled = [(is_item, tidy(piece)) for is_item, piece in pieces]
    filled = [(is_item, linked(piece)) for is_item, piece in filled if piece]
    return grouped(filled)


def words(text: str) -> Text:
    """The paragraphs and lists of a plain text."""
    return blocks([Run(text)])


def grouped(pieces: Iterable[tuple[bool, tuple[Run, ...]]]) -> Text:
    """Paragraphs one by one, neighbouring list items as one list."""
    made: list[Flow] = []
    for is_item, group in groupby(pieces, key=lambda piece: piece[0]):
        if is_item:
            made.append(BulletList(tuple(piece for _, piece in group)))
        else:
            made.extend(Paragraph(piece) for _, piece in group)
    return tuple(made)


def pieces_of(text: Text) -> list[tuple[bool, tuple[Run, ...]]]:
    """A text as `grouped` takes it."""
    made: list[tuple[bool, tuple[Run, ...]]] = []
    for block in text:
        match block:
            case Paragraph(runs):
                made.append((False, runs))
            case BulletList(items):
                made.extend((True, item) for item in items)
    return made


def joined(above: Text, below: Text) -> Text:
    """A text and the row that continues it: mid-sentence by a space, else as a new paragraph."""
    first, second = pieces_of(above), pieces_of(below)
    if (
        first
        and second
        and not second[0][0]
        and mid_sentence(text_of(first[-1][1]), text_of(second[0][1]))
    ):
        seam = tidy((*first[-1][1], Run(" "), *second[0][1]))
        return grouped([*first[:-1], (first[-1][0], seam), *second[1:]])
    return grouped([*first, *second])


def mid_sentence(above: str, below: str) -> bool:
    """Whether `below` goes on with the sentence that `above` leaves open."""
    return not is_closed(above) and below[:1].islower()


def is_closed(line: str) -> bool:
    """Whether a line ends as a sentence does: with closing punctuation, quoted or bracketed or not."""
    bare = line.rstrip().rstrip(WRAPPERS)
    return bare.endswith(tuple(CLOSING)) or (bare != line.rstrip() and bool(bare))


def lines(runs: Iterable[Run]) -> Iterator[tuple[Run, ...]]:
    """The runs of each line, cleared of what is no text."""
    line: list[Run] = []
    for run in runs:
        first, *others = LINE_ENDS.split(seen(run.text))
        line.append(with_text(run, first))
        for other in others:
            yield tuple(line)
            line = [with_text(run, other)]
    yield tuple(line)


def seen(text: str) -> str:
    """A text without the characters that show nothing, and those that are no text."""
    return NOT_TEXT.sub("", UNSEEN.sub("", text))


def bullet_pieces(line: tuple[Run, ...]) -> Iterator[tuple[bool, tuple[Run, ...]]]:
    """A line cut at its bullets: (is a list item, its runs)."""
    start = len(text_of(line)) - len(text_of(line).lstrip())
    lead = LINE_BULLET.match(text_of(line), start)
    if lead:
        yield from cut(True, tail(line, lead.end()))
    else:
        yield from cut(False, line)


def cut(is_item: bool, line: tuple[Run, ...]) -> Iterator[tuple[bool, tuple[Run, ...]]]:
    """The pieces of a line between the bullets that count anywhere; the first `is_item` or not."""
    piece: list[Run] = []
    for run in line:
        first, *others = ANYWHERE_BULLET.split(run.text)
        piece.append(with_text(run, first))
        for other in others:
            yield is_item, tuple(piece)
            is_item, piece = True, [with_text(run, other)]
    yield is_item, tuple(piece)


def tail(runs: tuple[Run, ...], start: int) -> tuple[Run, ...]:
    """The runs from the character `start` on."""
    kept = []
    for run in runs:
        kept.append(with_text(run, run.text[start:]))
        start = max(0, start - len(run.text))
    return tuple(kept)


def tidy(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs with single spaces, none at the ends, and like runs put together; empty if there are no words."""
    kept: list[Run] = []
    space = True  # the last character kept is a space, or none is kept
    for run in runs:
        text = re.sub(r"\s+", " ", run.text)
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
        return tidy((*kept, with_text(last, last.text[:-1]))) if kept or last.text != " " else ()
    return tuple(kept)


def linked(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs whose bare addresses are live links; their visible text is kept."""
    return tuple(piece for run in runs for piece in link_pieces(run))


def link_pieces(run: Run) -> Iterator[Run]:
    """A run cut at its bare addresses."""
    done = 0
    if run.link is None and ("://" in run.text or "www." in run.text.lower() or "@" in run.text):
        for found in linkify.match(run.text) or []:
            if found.schema not in SCHEMES and not found.text.lower().startswith("www."):
                continue
            if found.index > done:
                yield with_text(run, run.text[done : found.index])
            yield replace(run, text=found.text, link=found.url)
            done = found.last_index
    if done < len(run.text):
        yield with_text(run, run.text[done:])


def with_text(run: Run, text: str) -> Run:
    """A run with other words. (`dataclasses.replace` took a third of the time of reading a text.)"""
    return (
        run
        if text == run.text
        else Run(text, run.bold, run.italic, run.link, run.role, run.language)
    )


def characters(words: str) -> set[str]:
    """The characters of some words, whole and in the parts that a font may draw them from."""
    return {*words, *unicodedata.normalize("NFKD", words)}


def has_words(text: str) -> bool:
    """Whether a text holds any letter, digit or sign at all."""
    return any(unicodedata.category(character)[0] in "LNSP" for character in text)
