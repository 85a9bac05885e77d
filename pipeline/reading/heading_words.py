"""How far the words of a heading point to each field, from the words of the headings that councils use."""

from __future__ import annotations

from pipeline.columns import FAINT_WORDS, UNPUBLISHED, Columns, key, stem
from pipeline.reading.ages import when
from pipeline.records import DATE_FIELDS

UNKNOWN_WORD = 0.5  # what it weighs beside a word that points to one field
BY_SOMEBODY = ("by", "from")  # a heading that ends so names a person


def word_scores(words: str, columns: Columns) -> dict[str, float]:
    """How far a heading's words point to each field, 0 to 1: a word that many fields use counts for
    less, and one that none uses counts against all.
    """
    said = [
        columns.field_words.get(stem(word))
        for word in key(when(words)[0]).split()
        if word not in FAINT_WORDS
    ]
    clear = sum(max(shares.values()) if shares else UNKNOWN_WORD for shares in said)
    scores: dict[str, float] = {}
    for shares in filter(None, said):
        for name, share in shares.items():
            scores[name] = scores.get(name, 0) + share * max(shares.values()) / clear
    return scores


def guessable(words: str, columns: Columns) -> set[str]:
    """The fields that a heading may be guessed to name. What is not published, or parts papers, never is."""
    *before, last = ["", *key(words).split()][-2:]
    if last in BY_SOMEBODY:
        return set()
    if last in ("date", "dates") and before != ["to"]:
        return set(DATE_FIELDS)
    return set(columns.fields) - UNPUBLISHED
