"""A workbook's sheets made into trackers, one for each paper."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline import officers
from pipeline.columns import Columns
from pipeline.errors import PipelineError
from pipeline.reading import hidden as hidden_words
from pipeline.reading.hidden import Hidden, parted
from pipeline.reading.joined_sheets import joined
from pipeline.reading.normalise import Tracker, Unread, sheet_trackers
from pipeline.reading.tables import cover, is_ignored, no_table, set_aside, tables_of
from pipeline.reading.whose import Asked
from pipeline.workbook import Workbook


def read(book: Workbook, known: Columns, asked: Asked) -> list[Tracker]:
    """A tracker for each visible sheet that has a table of actions, those of one committee and meeting as one.

    Words that nobody sees in the workbook are left out. Raises `PipelineError` where no sheet has a table, or
    none says whose it is.
    """
    seen, hidden = parted(book, known)
    try:
        found = read_seen(seen, known, asked)
    except PipelineError as fault:
        unseen = [one for sheet in hidden.values() for one in sheet]
        if known.hidden == "print" or not unseen:
            raise
        first = min(
            unseen, key=lambda one: one.why != hidden_words.COLUMN
        )  # a column more likely holds what is missed
        raise type(fault)(
            f"{fault.message.rstrip('.')}. {described(first)} hidden, and was not read.",
            f"Show it; or: {fault.remedy}",
        ) from None
    return [with_hidden(one, hidden) for one in found]


def described(one: Hidden) -> str:
    """What is hidden, as a sentence begins with it."""
    match one.why:
        case hidden_words.COLUMN:
            return f"Column {one.place.cell.rstrip('0123456789')} is"
        case hidden_words.ROW:
            return f"Row {one.place.row} is"
    return f"What {one.place.cell} says is"


def with_hidden(tracker: Tracker, hidden: dict[str, tuple[Hidden, ...]]) -> Tracker:
    """A tracker that says which words of its sheets nobody sees."""
    return replace(
        tracker,
        hidden=hidden.get(tracker.sheet.name, ()),
        joined=tuple(with_hidden(one, hidden) for one in tracker.joined),
    )


def read_seen(book: Workbook, known: Columns, asked: Asked) -> list[Tracker]:
    """The trackers of a workbook in which nothing is hidden but whole sheets."""
    visible = [sheet for sheet in book.sheets if not sheet.hidden]
    tables, refused = set_aside(*tables_of(visible, known), known)
    if not tables:
        raise next(iter(refused.values()), no_table(visible, known))
    others = [sheet for sheet in visible if sheet.name not in {one.sheet.name for one in tables}]
    covers = [cover(sheet, known) for sheet in others if not officers.is_directory(sheet)]
    usual = [*covers, *(one.titles for one in tables)]
    made: list[Tracker] = []
    for table in tables:
        try:
            made += sheet_trackers(book, table, known, asked, usual)
        except PipelineError as fault:
            refused[table.sheet.name] = fault
    if not made:
        raise next(iter(refused.values()))
    left = unread(book, {one.sheet.name for one in made}, refused, known)
    first, *rest = joined(made, known, asked)
    return [replace(first, unread=left), *rest]


def unread(
    book: Workbook, made: set[str], refused: dict[str, PipelineError], known: Columns
) -> tuple[Unread, ...]:
    """The sheets with words that no tracker was `made` of, without those that are not meant to be."""
    return tuple(
        Unread(sheet, refused[sheet.name].message if sheet.name in refused else "")
        for sheet in book.sheets
        if sheet.rows
        and sheet.name not in made
        and not is_ignored(sheet, known)
        and (sheet.name in refused or not officers.is_directory(sheet))
    )
