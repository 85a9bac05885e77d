"""Checks on the workbook and its sheets: what is hidden, was not read, or was taken for the paper's names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from openpyxl.utils import get_column_letter

from pipeline.checks.actions import quoted
from pipeline.checks.run import LIKELY_NAME, Context, Fault, Severity, check
from pipeline.columns import FAINT_WORDS, UNPUBLISHED, Columns, key
from pipeline.phrases import left_out, listed
from pipeline.reading.later_headings import heads_actions
from pipeline.reading.normalise import Tracker
from pipeline.reading.whose import MOST_QUOTED
from pipeline.records import COMMITTEE_FIELD, Action, Place
from pipeline.workbook import Sheet


@check(Severity.WARNING)
def hidden_row(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """Rows and columns that are hidden or filtered away are read like any other, and reported."""
    for tracker in context.tracker.sheets:
        yield from hidden_parts(tracker)


def hidden_parts(tracker: Tracker) -> Iterator[Fault]:
    """The hidden rows and columns of a sheet."""
    hidden = [
        row.number
        for row in tracker.rows
        if row.hidden and any(c.words for c in row.cells.values())
    ]
    why = "A filter hides" if tracker.sheet.filtered else "Hidden:"
    for _, group in groupby(enumerate(hidden), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in group]
        rows = f"row {numbers[0]}" if len(numbers) == 1 else f"rows {numbers[0]} to {numbers[-1]}"
        yield (
            Place(tracker.sheet.name, numbers[0], 1),
            f"{why} {rows}; what stands there is in the paper.",
            "Clear the filter or unhide the rows, and delete those that should not be published.",
        )
    read = {column: name for name, column in tracker.layout.columns.items()}
    for column, name in (read | tracker.layout.older_dates).items():
        if column in tracker.sheet.hidden_columns and name not in UNPUBLISHED:
            yield (
                Place(tracker.sheet.name, tracker.layout.heading_row, column),
                f"Column {get_column_letter(column)} is hidden; what stands there is in the paper.",
                "Unhide it, or delete what should not be published.",
            )


@check(Severity.NOTE)
def hidden_sheet(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """A hidden sheet is not read."""
    for unread in context.tracker.unread:
        if unread.sheet.hidden:
            what = "The sheet is hidden, and was not read."
            yield Place(unread.sheet.name, 1, 1), what, "Unhide it if it holds actions."


@check(Severity.NOTE)
def unread_sheet(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """A sheet without a table of actions is not read (nor are those of `ignored` in `columns.toml`); of one
    that gave names of the paper the other lines are quoted.
    """
    taken = {guess.place for guess in context.tracker.taken if guess.source == "cell"}
    for unread in context.tracker.unread:
        if not unread.sheet.hidden and not unread.why:
            what = "The sheet has no row of headings that we know, and was not read."
            if unread.sheet.name in {place.sheet for place in taken}:
                what = f"But for the paper's names the sheet was not read{others(unread.sheet, taken)}."
            yield (
                Place(unread.sheet.name, 1, 1),
                what,
                "Give it the table's headings if it holds actions.",
            )


def others(sheet: Sheet, taken: set[Place]) -> str:
    """The lines of a sheet beside those that were taken, as a message quotes them; nothing without any."""
    cells = [cell for row in sheet.rows for cell in row.own.values()]
    said = [quoted(cell.words) for cell in cells if cell.words and cell.place not in taken]
    more = ", …" if len(said) > MOST_QUOTED else ""
    return f": {', '.join(said[:MOST_QUOTED])}{more}" if said else ""


@check(Severity.WARNING)
def unread_table(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """A sheet with a table that is much like one of actions, but cannot be read, is left out beside one
    that can.
    """
    for unread in context.tracker.unread:
        if not unread.sheet.hidden and unread.why:
            yield (
                Place(unread.sheet.name, 1, 1),
                f"The sheet was not read: {unread.why}",
                "Fix it if it holds actions; if not, name the sheet under [ignored] in columns.toml.",
            )


@check(Severity.WARNING)
def joined_sheets(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """Sheets of one committee and one meeting are read as one table, in their order."""
    tracker = context.tracker
    if tracker.joined:
        names = listed([quoted(one.sheet.name) for one in tracker.sheets])
        yield (
            Place(tracker.joined[0].sheet.name, 1, 1),
            f"The sheets {names} are of one committee and meeting, and were read as one, in this order.",
            "Name one under [ignored] sheets in columns.toml if it should not be in the paper.",
        )


@check(Severity.WARNING)
def second_table(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """A second table lower down on a sheet is not read, unless it has the headings of the first in any
    order.
    """
    for tracker in context.tracker.sheets:
        if not any(heads_actions(row, context.columns) for row in tracker.below):
            yield from tables_below(tracker, "A second table")


@check(Severity.ERROR)
def second_tracker(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """No second table lower down on a sheet has actions under other headings than the first: it is not
    read.
    """
    for tracker in context.tracker.sheets:
        if any(heads_actions(row, context.columns) for row in tracker.below):
            yield from tables_below(tracker, "A second table of actions, under other headings,")


def tables_below(tracker: Tracker, what: str) -> Iterator[Fault]:
    """What stands below a sheet's table, from the headings of another one on."""
    below = tracker.below
    if below:
        first = min(below[0].cells)
        rows = left_out(len(below) - 1, "row")  # without its headings
        yield (
            Place(tracker.sheet.name, below[0].number, first),
            f"{what} starts here; its {rows}.",
            "Move its rows into the first table, or onto a sheet of their own.",
        )


@check(Severity.WARNING)
def guessed_title(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """Committee, paper and meeting stand in lines that say so by a label or by their words, above the table."""
    names = {
        "committee": "the committee",
        "meeting": "the meeting's date",
        "paper": "the paper's title",
    }
    for taken in context.tracker.taken:
        where = {
            "cell": str(taken.place),
            "sheet": "the sheet's name",
            "house": "the house style, for no line says it",
        }[taken.source]
        yield (
            taken.place,
            f"{quoted(taken.words)} was taken for {names[taken.part]}, from {where}.",
            f"If it is right, write '{taken.part.capitalize()}: {taken.words}' above the table.",
        )


@check(Severity.WARNING)
def like_committees(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:
    """Each committee has one name in the column of committees: a paper is made for each name."""
    ours = context.tracker.committee
    for other, place in context.tracker.beside:
        if are_one_body(ours, other, context.columns):
            yield (
                actions[0].cells[COMMITTEE_FIELD],
                f"{quoted(ours)} and {quoted(other)} ({place.cell}) make a paper each.",
                "Write the committee's name in one way, if they are one.",
            )


def are_one_body(one: str, other: str, columns: Columns) -> bool:
    """Whether two names may be one committee's: they differ by *Committee* and the like alone, one of them has
    no such word and the words of one are among the other's, or a single word is spelled in two ways.
    """
    from rapidfuzz import fuzz  # slow to load

    bodies = {word for body in columns.title_block.bodies for word in key(body).split()}
    first, second = (set(key(name).split()) - FAINT_WORDS for name in (one, other))
    bare, rest = first - bodies, second - bodies
    is_short = bare == first or rest == second
    if bare and rest and (bare == rest or (is_short and (bare < rest or rest < bare))):
        return True
    mine, theirs = first - second, second - first
    return len(mine) == len(theirs) == 1 and fuzz.ratio(mine.pop(), theirs.pop()) >= LIKELY_NAME


@check(Severity.WARNING)
def open_workbook(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """Nobody has the workbook open; what was read is what was last saved."""
    tracker = context.tracker
    if tracker.book.in_use:
        what = "Somebody has the workbook open; what was read is what they saved last."
        yield Place(tracker.sheet.name, 1, 1), what, "Ask them to save and close it, and run again."


@check(Severity.NOTE)
def limited_format(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """A file other than .xlsx or .xlsm gives its words and dates, and not all else that Excel keeps."""
    tracker = context.tracker
    if tracker.book.lacking:
        what = f"{tracker.book.name} was read without {tracker.book.lacking}."
        yield Place(tracker.sheet.name, 1, 1), what, "Save it as .xlsx if the paper needs them."
