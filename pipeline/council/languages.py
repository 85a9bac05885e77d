"""Words of another language than the paper's, marked so that a screen reader speaks them rightly.

A workbook cannot say what language its words are in, so the house style does, by lists: a paragraph or
list item is in a language if at least three of its words, and a fifth of all, are among the small words
of that language; and its fixed phrases are, wherever they stand. Nothing else is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec.structs import replace

from pipeline.council.house import Language
from pipeline.model.document import BulletList, Flow, NumberedList, Paragraph, Run, text_of
from pipeline.model.words import any_of

_FEWEST = 3  # listed words
_SHARE = 5  # of so many words one is listed
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def language_of(words: str, languages: Iterable[Language]) -> str:
    """The code of the language that some words are in, if it is one of those listed."""
    said = [word.casefold().replace("’", "'") for word in _WORD.findall(words)]
    for language in languages:
        phrases = map(str.casefold, language.phrases)
        known = sum(word in _small_words(language) for word in said)
        is_most = known >= _FEWEST and _SHARE * known >= len(said)
        if is_most or words.strip().casefold() in phrases:
            return language.code
    return ""


@lru_cache(8)
def _small_words(language: Language) -> frozenset[str]:
    """The small words of a language, as they are looked up."""
    return frozenset(word.casefold().replace("’", "'") for word in language.words)


@lru_cache(8)
def _phrases(language: Language) -> re.Pattern[str]:
    """What finds a language's phrases in a text, and parts it there."""
    return any_of(language.phrases, re.IGNORECASE)


def with_languages(blocks: Sequence[Flow], languages: list[Language]) -> tuple[Flow, ...]:
    """Paragraphs and lists with what is of another language marked."""
    if not languages:
        return tuple(blocks)
    made: list[Flow] = []
    for block in blocks:
        match block:
            case Paragraph(runs):
                made.append(replace(block, runs=marked_runs(runs, languages)))
            case BulletList(items) | NumberedList(items):
                said = tuple(marked_runs(item, languages) for item in items)
                made.append(replace(block, items=said))
    return tuple(made)


def marked_runs(runs: tuple[Run, ...], languages: list[Language]) -> tuple[Run, ...]:
    """The runs of one line: all in a language, or only its phrases."""
    code = language_of(text_of(runs), languages)
    if code:
        return tuple(replace(run, language=code) for run in runs)
    for language in languages:
        runs = tuple(
            replace(run, text=piece, language=language.code if place % 2 else run.language)
            for run in runs
            for place, piece in enumerate(
                [run.text] if run.language else _phrases(language).split(run.text)
            )
            if piece
        )
    return runs
