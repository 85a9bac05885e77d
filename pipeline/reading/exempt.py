"""Which rows are marked as not for publication: exempt (Local Government Act 1972, Schedule 12A), confidential.

A column whose cells are the words that are private is not the matter here: none of it is published.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from pipeline.columns import AFTER_STATUS, FAINT_WORDS, Columns, key, squashed
from pipeline.reading.heading_names import forms
from pipeline.reading.layout import Layout
from pipeline.reading.looks import SENTENCE_ENDS, cell_day
from pipeline.reading.normalise import Tracker
from pipeline.workbook import SourceCell

LONGEST_MARK = 5  # words


class Asked(Struct, frozen=True):
    """What the heading of a column asks of its rows: whether to publish them, or if they are private; `may_ask`
    where it could also head words that are.
    """

    to_publish: bool
    is_private: bool
    asks: bool
    may_ask: bool


class Answers(Struct, frozen=True):
    """What cells say to that, without what people vary."""

    yes: frozenset[str]
    no: frozenset[str]
    private: frozenset[str]
    public: frozenset[str]


def marks(tracker: Tracker, known: Columns) -> Iterator[SourceCell]:
    """The cells of a sheet's table that mark their row as not for publication."""
    asked = {n: asked_by(words, known) for n, words in mark_headings(tracker.layout).items()}
    answers = Answers(
        yes=keys([*known.completed.yes, *known.private.ticks]) | {*known.private.ticks},
        no=keys(known.completed.no),
        private=keys(known.private.rows),
        public=keys(known.private.public),
    )
    for row in tracker.rows:
        for number, heading in asked.items():
            cell = row.cells.get(number)
            is_here = cell is not None and cell.anchor_row == row.number
            if cell is not None and is_here and is_mark(cell, heading, answers, known):
                yield cell


def mark_headings(layout: Layout) -> dict[int, str]:
    """The headings of the columns in which rows may be marked: those that are not published, and the status."""
    read = {
        layout.columns[name]: layout.heading(name)
        for name in ("notes", "status")
        if name in layout.columns
    }
    return {n: words for n, words in layout.unknown.items() if n not in layout.apart} | read


def asked_by(heading: str, known: Columns) -> Asked:
    """What a heading asks of its rows."""
    private = known.private
    is_private = known.is_private(heading)
    said = set(key(heading).split()) - FAINT_WORDS
    asking = words_of(private.asks)
    naming = words_of([*private.words, *private.public, *private.rows])
    return Asked(
        to_publish=not set(forms(heading)).isdisjoint(map(squashed, private.publish)),
        is_private=is_private,
        asks=is_private and ("?" in heading or bool(said & asking)) and said <= asking | naming,
        may_ask=is_private and key(heading) in keys(private.rows),
    )


def is_mark(cell: SourceCell, heading: Asked, answers: Answers, known: Columns) -> bool:
    """Whether a cell marks its row: a *Y* where the heading asks whether it is exempt, an *N* where it asks
    whether it may be published; elsewhere what says so by itself (*Part II*).
    """
    words = cell.words
    said = key(AFTER_STATUS.split(words, maxsplit=1)[0]) or words.strip()
    if said in answers.private:
        return True
    if heading.to_publish:
        return said in answers.no
    is_open = not said or said in answers.no | answers.public or cell_day(cell) is not None
    if is_open or not heading.is_private:
        return False
    is_told = heading.may_ask or known.is_private(words)
    return said in answers.yes or heading.asks or (is_told and is_short(words))


def is_short(words: str) -> bool:
    """Whether words are too few to be more than a mark."""
    return len(words.split()) <= LONGEST_MARK and not words.endswith(SENTENCE_ENDS)


def keys(listed: list[str]) -> frozenset[str]:
    """All that is listed, without what people vary."""
    return frozenset(map(key, listed)) - {""}


def words_of(listed: list[str]) -> set[str]:
    """The words of all that is listed."""
    return {word for one in listed for word in key(one).split()}
