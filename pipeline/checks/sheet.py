"""Checks on the sheet itself: what is hidden, struck out, broken, or stands outside the table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from openpyxl.utils import get_column_letter

from pipeline.checks.actions import quoted
from pipeline.checks.run import LIKELY_NAME, Context, Fault, Severity, check
from pipeline.columns import FAINT_WORDS, UNPUBLISHED, Columns, key, squashed
from pipeline.headings import is_of_actions
from pipeline.normalise import Tracker
from pipeline.phrases import listed
from pipeline.records import COMMITTEE_FIELD, Action, Place, plain
from pipeline.workbook import SourceCell


def table_cells(context: Context) -> Iterator[SourceCell]:
    """The cells of the table's published columns, each once, in the order one reads them."""
    for tracker in context.tracker.sheets:
        layout, older = tracker.layout, tracker.layout.older_dates
        published = {number for name, number in layout.columns.items() if name not in UNPUBLISHED}
        for row in tracker.rows:
            for number, cell in row.cells.items():
                is_read = number in published or (
                    number in older and layout.cell(older[number], row) is cell
                )
                if is_read and cell.anchor_row == row.number:
                    yield cell


def read_cells(context: Context) -> Iterator[SourceCell]:
    """The cells of the lines above the table and of its headings, and then those of the table."""
    for tracker in context.tracker.sheets:
        for row in tracker.sheet.rows:
            if row.number <= tracker.layout.heading_row:
                yield from (cell for cell in row.cells.values() if cell.anchor_row == row.number)
    yield from table_cells(context)


@check(Severity.WARNING)
def hidden_row(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """Rows and columns that are hidden or filtered away are read like any other, and said."""
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


@check(Severity.WARNING)
def struck_out_text(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """Words that are struck through are left out of the paper, and said."""
    for cell in read_cells(context):
        if cell.struck:
            what = f"{quoted(cell.struck)} is struck through, and was left out."
            yield cell.place, what, "Delete it, or take the line off if it still holds."


@check(Severity.WARNING)
def left_out_text(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """What a Word document or a web page keeps apart from a cell's words is left out, and said: hidden
    text, deletions that nobody has accepted, footnotes, text boxes.
    """
    for cell in read_cells(context):
        for what in cell.left_out:
            yield (
                cell.place,
                f"{what}, and was left out.",
                "Write it in the cell if readers need it.",
            )


@check(Severity.ERROR)
def uncalculated_formula(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """A formula has a stored value; one that was never calculated would read as an empty cell."""
    for cell in table_cells(context):
        if cell.fault == "uncalculated":
            what = "The cell holds a formula that was never calculated, so it reads as empty."
            yield cell.place, what, "Open the workbook in Excel and save it, or type the words in."


@check(Severity.ERROR)
def error_value(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """No cell shows an error such as #REF!."""
    for cell in table_cells(context):
        if cell.fault == "error":
            yield (
                cell.place,
                f"The cell shows {cell.words}.",
                "Mend the formula, or type the words in.",
            )


@check(Severity.WARNING)
def stray_text(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """Text outside the table, such as a key, a total or a second table, is not in the paper."""
    for cell in context.tracker.stray:
        what = f"{quoted(cell.words)} is no part of the table, and was left out."
        yield cell.place, what, "Move it into the table if it should be published."


@check(Severity.WARNING)
def unpublished_column(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """A column with words is in the paper: `columns.toml` names its heading, no other column is read for the
    same field, and it does not say that it is private. An older target date is read where the newer is empty.
    """
    for tracker in context.tracker.sheets:
        yield from unpublished_columns(tracker, context.columns)
        yield from shared_notes(tracker, context.columns)


def unpublished_columns(tracker: Tracker, columns: Columns) -> Iterator[Fault]:
    """The columns of a sheet that are not in the paper."""
    layout, older = tracker.layout, tracker.layout.older_dates
    for number, heading in layout.unknown.items():
        cells = [
            row.cells[number]
            for row in tracker.rows
            if number in row.cells
            and not (number in older and layout.cell(older[number], row) is row.cells[number])
        ]
        filled = sum(bool(cell.words) for cell in cells)
        if not filled:
            continue
        what = f"The column {quoted(heading)} is not one that the paper prints; {left_out(filled)}."
        remedy = "Rename the column if it should be published."
        if columns.is_private(heading):
            what = f"The column {quoted(heading)} says that it is private; {left_out(filled)}."
            remedy = "Take that out of its heading if it should be published."
        elif number in layout.apart:
            what = f"The column {quoted(heading)} stands beside the table; {left_out(filled)}."
            remedy = "Move its words into the table if they should be published."
        elif number in layout.beaten:
            read = quoted(layout.matches[layout.columns[layout.beaten[number]]].heading)
            what = f"{what} {read} was read for it."
            remedy = f"Move its words to {read} if they should be published."
            if number in older:
                what = f"{what} Where that is empty, this one was."
                remedy = "Leave it if the newer one is meant."
        elif squashed(heading) in columns.status_of:
            status = columns.fields["status"].headings[0]
            remedy = f"Write the status in words, in one column headed '{status}'."
        yield Place(tracker.sheet.name, layout.heading_row, number), what, remedy


def left_out(count: int) -> str:
    """That some cells were left out."""
    return "1 cell was left out" if count == 1 else f"{count} cells were left out"


def shared_notes(tracker: Tracker, columns: Columns) -> Iterator[Fault]:
    """A column of notes that does not say itself that it is private."""
    layout = tracker.layout
    match = layout.matches.get(layout.columns.get("notes", 0))
    if match is None or key(match.heading) in columns.own:
        return
    column = layout.columns["notes"]
    filled = sum(bool(r.cells[column].words) for r in tracker.rows if column in r.cells)
    if filled and not columns.is_private(match.heading):
        yield (
            layout.place("notes", layout.heading_row),
            f"The column {quoted(match.heading)} is read as private; {left_out(filled)}.",
            f"Head it '{columns.fields['update'].headings[0]}' if it should be published.",
        )


@check(Severity.WARNING)
def left_out_link(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """A link goes to a web page or an e-mail address, not to a file on somebody's drive."""
    for cell in table_cells(context):
        if cell.left_out_link:
            what = f"The link to {quoted(cell.left_out_link)} opens for no reader; its words were kept."
            yield cell.place, what, "Link to a published page, or take the link off."


@check(Severity.NOTE)
def private_comment(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """A note or comment on a cell is never printed."""
    rows = (row for tracker in context.tracker.sheets for row in tracker.sheet.rows)
    for row in rows:
        for cell in row.cells.values():
            if cell.has_comment and cell.anchor_row == row.number:
                yield (
                    cell.place,
                    "The cell has a note, which is not printed.",
                    "Write it in the cell if readers need it.",
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
    """A sheet without a table of actions is not read (nor are those of `ignored` in `columns.toml`)."""
    for unread in context.tracker.unread:
        if not unread.sheet.hidden and not unread.why:
            what = "The sheet has no row of headings that we know, and was not read."
            yield (
                Place(unread.sheet.name, 1, 1),
                what,
                "Give it the table's headings if it holds actions.",
            )


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
                "Mend it if it holds actions; if not, name the sheet under [ignored] in columns.toml.",
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
def dated_reference(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:
    """A reference is text: Excel makes a date of one such as 14/3, and shows it in a form of its own."""
    references = {action.cells.get("reference") for action in actions}
    for cell in table_cells(context):
        if cell.words and cell.place in references and isinstance(cell.value, date):
            yield (
                cell.place,
                f"The reference {quoted(cell.words)} is a date to Excel ({cell.value:%d/%m/%Y}).",
                "Make the column's format Text, and write the reference again.",
            )


@check(Severity.WARNING)
def joined_update(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """A row below an action that holds only a day and an update, or a sentence across a table without any
    update, is read as more of that action's update.
    """
    for cell in context.tracker.appended:
        yield (
            cell.place,
            f"{quoted(cell.words)} was read as the update of the action above.",
            "Write it in the action's own row; or write what was asked for, if it is an action.",
        )


@check(Severity.WARNING)
def second_table(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """A second table lower down on a sheet is not read, unless it has the headings of the first in any
    order.
    """
    for tracker in context.tracker.sheets:
        if not any(is_of_actions(row, context.columns) for row in tracker.below):
            yield from tables_below(tracker, "A second table")


@check(Severity.ERROR)
def second_tracker(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """No second table lower down on a sheet has actions under other headings than the first: it is not
    read.
    """
    for tracker in context.tracker.sheets:
        if any(is_of_actions(row, context.columns) for row in tracker.below):
            yield from tables_below(tracker, "A second table of actions, under other headings,")


def tables_below(tracker: Tracker, what: str) -> Iterator[Fault]:
    """What stands below a sheet's table, from the headings of another one on."""
    below = tracker.below
    if below:
        first = min(below[0].cells)
        count = len(below) - 1  # without its headings
        rows = "1 row was" if count == 1 else f"{count} rows were"
        yield (
            Place(tracker.sheet.name, below[0].number, first),
            f"{what} starts here; its {rows} left out.",
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
def guessed_heading(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:  # noqa: ARG001
    """A heading that no `columns.toml` names is read by its words where they point to one field."""
    guessed = (
        (tracker, number, match)
        for tracker in context.tracker.sheets
        for number, match in tracker.layout.matches.items()
    )
    for tracker, number, match in guessed:
        if match.guessed:
            usual = context.columns.fields[match.field].headings[0]
            named = quoted(match.heading) if match.heading else "The column without a heading"
            what = f"{named} was read as {usual} ({', '.join(match.words)}: {match.score:.0%})."
            place = Place(tracker.sheet.name, tracker.layout.heading_row, number)
            yield (
                place,
                what,
                f"Head it '{usual}', or name it in columns.toml, so that it is certain.",
            )


@check(Severity.WARNING)
def yes_or_no(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:
    """A column that asks whether an action is completed, and is answered with yes or no, is read as its
    status; the paper prints the bare answers.
    """
    headings = {one.sheet.name: one.layout.heading("status") for one in context.tracker.sheets}
    for action in actions:
        if "status" not in action.cells:
            continue
        heading = headings[action.cells["status"].sheet]
        words = plain(action.status.words)
        if context.columns.answer(heading, words) != "unknown":
            yield (
                action.cells["status"],
                f"{quoted(words)} under {quoted(heading)} was read as '{action.status.canonical}'.",
                f"Write how it stands, such as '{context.columns.statuses[action.status.canonical][0]}'.",
            )


@check(Severity.ERROR)
def missing_column(actions: tuple[Action, ...], context: Context) -> Iterator[Fault]:
    """A tracker of another layout may lack a column that the council's own must have; that is said. Days
    that head the rows of each meeting do for a column of dates.
    """
    lacking = (
        (tracker, name) for tracker in context.tracker.sheets for name in tracker.layout.lacking
    )
    for tracker, name in lacking:
        if name == "date" and all(action.date for action in actions):
            continue
        usual = context.columns.fields[name].headings[0]
        place = Place(tracker.sheet.name, tracker.layout.heading_row, 1)
        yield place, f"There is no column for '{usual}'.", "Add it, or name it in columns.toml."


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
