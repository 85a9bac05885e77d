"""Which rows are marked as not for publication: exempt (Local Government Act 1972, Schedule 12A), confidential.

A column whose cells are the words that are private is not the matter here: none of it is published.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.columns import AFTER_STATUS, FAINT_WORDS, Columns, key, squashed
from pipeline.heading_names import forms
from pipeline.layout import Layout
from pipeline.looks import SENTENCE_ENDS, cell_day
from pipeline.normalise import Tracker
from pipeline.workbook import SourceCell

LONGEST_MARK = 5  # words


def marks(tracker: Tracker, known: Columns) -> Iterator[SourceCell]:
    """The cells of a sheet's table that mark their row as not for publication."""
    headings = mark_headings(tracker.layout)
    for row in tracker.rows:
        for number, heading in headings.items():
            cell = row.cells.get(number)
            if cell is not None and cell.anchor_row == row.number and is_mark(cell, heading, known):
                yield cell


def mark_headings(layout: Layout) -> dict[int, str]:
    """The headings of the columns in which rows may be marked: those that are not published, and the status."""
    read = {
        layout.columns[name]: layout.heading(name)
        for name in ("notes", "status")
        if name in layout.columns
    }
    return {n: words for n, words in layout.unknown.items() if n not in layout.apart} | read


def is_mark(cell: SourceCell, heading: str, known: Columns) -> bool:
    """Whether a cell marks its row: a *Y* where the heading asks whether it is exempt, an *N* where it asks
    whether it may be published; elsewhere what says so by itself (*Part II*).
    """
    words, private = cell.words, known.private
    said = key(AFTER_STATUS.split(words, maxsplit=1)[0]) or words.strip()
    is_no = said in map(key, known.completed.no)
    if not set(forms(heading)).isdisjoint(map(squashed, private.publish)):
        return is_no or said in map(key, private.rows)
    if not said or is_no or said in map(key, private.public) or cell_day(cell) is not None:
        return False
    if said in map(key, private.rows):
        return True
    if not known.is_private(heading):
        return False
    is_yes = said in map(key, known.completed.yes) or said in private.ticks
    return is_yes or asks(heading, known) or (is_short(words) and may_ask(heading, words, known))


def is_short(words: str) -> bool:
    """Whether words are too few to be more than a mark."""
    return len(words.split()) <= LONGEST_MARK and not words.endswith(SENTENCE_ENDS)


def asks(heading: str, known: Columns) -> bool:
    """Whether a heading asks of each row if it is private: *Exempt (Y/N)*. It has no other words."""
    private = known.private
    said = set(key(heading).split()) - FAINT_WORDS
    asking = words_of(private.asks)
    naming = words_of([*private.words, *private.public, *private.rows])
    return ("?" in heading or bool(said & asking)) and said <= asking | naming


def may_ask(heading: str, words: str, known: Columns) -> bool:
    """Whether a heading that is private may ask that, or some words under it answer it by themselves."""
    return key(heading) in map(key, known.private.rows) or known.is_private(words)


def words_of(listed: list[str]) -> set[str]:
    """The words of all that is listed."""
    return {word for one in listed for word in key(one).split()}
