"""Checks on the workbook and its sheets: what is hidden, was not read, or was taken for the paper's names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rule import Fault, check
from pipeline.check.seen import Context
from pipeline.council.columns import Columns
from pipeline.council.rules import Severity
from pipeline.ingest.workbook import Sheet
from pipeline.model.action import COMMITTEE_FIELD, Place, column_letters
from pipeline.model.text import is_sentence
from pipeline.model.words import (
    FAINT_WORDS,
    LIKELY_NAME,
    has_one,
    is_one,
    key,
    left_out,
    listed,
    quoted,
)
from pipeline.normalise import hidden
from pipeline.normalise.heading_rows import TableRows, heads_actions
from pipeline.normalise.headings import FEWEST_HEADINGS
from pipeline.normalise.looks import cell_day
from pipeline.normalise.names import Ground
from pipeline.normalise.rows import filled_rows
from pipeline.normalise.tracker import Tracker, quoted_lines

_BETWEEN_NAMES = re.compile(r"\s*[;/&,\n]\s*|\s+and\s+")
_NAMES = {
    "committee": "the committee",
    "meeting": "the meeting's date",
    "paper": "the paper's title",
}
_GROUNDS = {Ground.SHEET: "the sheet's name", Ground.HOUSE: "the house style, for no line says it"}


@check(Severity.ERROR)
def hidden_words(context: Context) -> Iterator[Fault]:
    """Words that nobody sees in the workbook are in no edition: hidden rows, columns and sheets, rows and columns too
    small to read, number formats that show nothing, type in the colour of its cell or too small to read.
    (`hidden = "print"` in `columns.toml` prints them, but for sheets, and `printed-hidden-words` then says so.)
    """
    if context.columns.hidden != "print":
        remedy = "Show them, or delete what should not be published."
        yield from _hidden_parts(context.tracker, "were left out", remedy)
    for unread in context.tracker.unread:
        if unread.sheet.hidden and not unread.sheet.is_list:
            what = "The sheet is hidden, and was not read."
            remedy = "Show it, delete it, or name it under [ignored] in columns.toml."
            yield _top(unread.sheet), what, remedy, unread.cells


@check(Severity.WARNING)
def printed_hidden_words(context: Context) -> Iterator[Fault]:
    """Words that nobody sees in the workbook are printed where `columns.toml` has `hidden = "print"`."""
    if context.columns.hidden == "print":
        remedy = "Delete what should not be published."
        yield from _hidden_parts(context.tracker, "are in the paper", remedy)


def _hidden_parts(whole: Tracker, what: str, remedy: str) -> Iterator[Fault]:
    """The hidden rows, columns and cells of each sheet, and what became of their words."""
    for one in (one for tracker in whole.sheets for one in tracker.hidden):
        match one.why:
            case hidden.ROW if (last := one.cells[-1].place.row) > one.place.row:
                said = f"Rows {one.place.row} to {last} are hidden; their words {what}."
            case hidden.ROW:
                said = f"Row {one.place.row} is hidden; its words {what}."
            case hidden.COLUMN:
                said = f"Column {column_letters(one.place.column)} is hidden; its words {what}."
            case why:
                said = f"The cell has words that nobody sees ({why}); they {what}."
        yield one.place, said, remedy, list(one.cells)


@check(Severity.WARNING)
def filtered_rows(context: Context) -> Iterator[Fault]:
    """Rows that a filter hides are printed like any other."""
    for tracker in context.tracker.sheets:
        rows = [row.number for row in tracker.rows if row.filtered and row.own]
        if rows:
            count = f"{len(rows)} rows" if len(rows) > 1 else f"row {rows[0]}"
            what = f"A filter hides {count}; what stands there is in the paper."
            remedy = "Clear the filter, and delete the rows that should not be published."
            yield Place(tracker.sheet.name, rows[0], 1), what, remedy


@check(Severity.NOTE)
def hidden_sheet(context: Context) -> Iterator[Fault]:
    """A hidden sheet from which drop-downs take their choices is not read."""
    for unread in context.tracker.unread:
        if unread.sheet.hidden and unread.sheet.is_list:
            what = "The sheet is hidden, and was not read: drop-downs take their choices from it."
            yield _top(unread.sheet), what, "Show it if it holds actions.", unread.cells


@check(Severity.WARNING)
def left_out_object(context: Context) -> Iterator[Fault]:
    """What floats over a sheet's cells or is embedded in it (text boxes, pictures, charts, documents) is in no
    edition. Nor does a rule that hides or strikes out words (conditional formatting) do so there: they are printed.
    """
    for tracker in context.tracker.sheets:
        for place, what in tracker.sheet.objects:
            remedy = "Write in a cell what readers need of it, and delete what they should not see."
            yield place, f"{what} was left out.", remedy


@check(Severity.WARNING)
def passed_over_part(context: Context) -> Iterator[Fault]:
    """A part of the file that holds no words (styles, links, drawings, properties) can be read."""
    if parts := listed(context.tracker.book.passed_over):
        what = f"Part of the file could not be read, and the words were read without it: {parts}."
        remedy = "Save the workbook again in Excel if looks or links are wrong."
        yield _top(context.tracker.sheet), what, remedy


@check(Severity.NOTE)
def unread_sheet(context: Context) -> Iterator[Fault]:
    """A sheet without a table of actions is not read (nor are those of `ignored` in `columns.toml`); of one
    that gave names of the paper the other lines are quoted.
    """
    taken = {name.place for name in context.tracker.taken if name.place}
    for unread in context.tracker.unread:
        if not unread.sheet.hidden and not unread.why:
            what = "The sheet has no row of headings that we know, and was not read."
            if unread.sheet.name in {place.sheet for place in taken}:
                others = [cell for cell in unread.cells if cell.words and cell.place not in taken]
                what = f"But for the paper's names the sheet was not read{quoted_lines(others)}."
            remedy = "Give it the table's headings if it holds actions."
            yield _top(unread.sheet), what, remedy, unread.cells


def _top(sheet: Sheet) -> Place:
    """Where a finding on a whole sheet stands."""
    return Place(sheet.name, 1, 1)


@check(Severity.WARNING)
def unread_table(context: Context) -> Iterator[Fault]:
    """A sheet with a table that is much like one of actions, but cannot be read, is left out beside one
    that can.
    """
    for unread in context.tracker.unread:
        if not unread.sheet.hidden and unread.why:
            what = f"The sheet was not read: {unread.why}"
            remedy = "Fix it if it holds actions; if not, name the sheet under [ignored] in columns.toml."
            yield _top(unread.sheet), what, remedy, unread.cells


@check(Severity.WARNING)
def joined_sheets(context: Context) -> Iterator[Fault]:
    """Sheets of one committee and one meeting are read as one table, in their order."""
    tracker = context.tracker
    if tracker.joined:
        names = listed([quoted(one.sheet.name) for one in tracker.sheets])
        what = f"The sheets {names} are of one committee and meeting, and were read as one, in this order."
        remedy = "Name one under [ignored] sheets in columns.toml if it should not be in the paper."
        yield _top(tracker.joined[0].sheet), what, remedy


@check(Severity.WARNING)
def second_table(context: Context) -> Iterator[Fault]:
    """A second table lower down on a sheet is not read, unless it has the headings of the first in any
    order.
    """
    yield from _tables_below(context, "A second table", of_actions=False)


@check(Severity.ERROR, stands_for=("unread-sheet",))
def second_tracker(context: Context) -> Iterator[Fault]:
    """No second table lower down on a sheet has actions under other headings than the first, or below a line that
    names another committee, and no sheet goes on with a table's rows without its headings: these are not read.
    """
    what = "A second table of actions, under other headings or of another committee,"
    yield from _tables_below(context, what, of_actions=True)
    for one in context.tracker.unread:
        if not (one.why or one.sheet.hidden) and _goes_on(one.sheet, context):
            what = "The sheet has rows like those of the table, but not its headings, and was not read."
            remedy = "Give it the table's headings, or name it under [ignored] in columns.toml."
            yield _top(one.sheet), what, remedy, one.cells


def _goes_on(sheet: Sheet, context: Context) -> bool:
    """Whether a sheet begins with a row that would be an action of a table: what stands in its date is a day, and it
    has two of a day, a status and a sentence for an update.
    """
    for tracker in context.tracker.sheets:
        row = next(iter(filled_rows(TableRows(sheet.rows), tracker.layout, context.columns)), None)
        if row is None or "action" not in row.own or len(row.own) <= FEWEST_HEADINGS:
            continue
        is_dated = "date" not in row.own or cell_day(row.own["date"]) is not None
        is_updated = "update" in row.own and is_sentence(row.own["update"].words)
        if is_dated and row.has_day + row.has_status + is_updated > 1:
            return True
    return False


def _tables_below(context: Context, what: str, *, of_actions: bool) -> Iterator[Fault]:
    """What stands below a sheet's table, from the headings of another one on."""
    for below in (tracker.below for tracker in context.tracker.sheets if tracker.below):
        if of_actions == any(heads_actions(row, context.columns) for row in below):
            cells = [cell for row in below for cell in row.own.values()]
            rows = left_out(len(below) - 1, "row")  # without its headings
            said = f"{what} starts here; its {rows}."
            remedy = "Move its rows into the first table, or onto a sheet of their own."
            at = Place(cells[0].place.sheet, below[0].number, min(below[0].cells))
            yield at, said, remedy, cells


@check(Severity.WARNING)
def guessed_title(context: Context) -> Iterator[Fault]:
    """Committee, paper and meeting stand in lines that say so by a label or by their words, above the table."""
    for taken in context.tracker.taken:
        if taken.place is not None:
            where = _GROUNDS.get(taken.ground, str(taken.place))
            what = f"{quoted(taken.words)} was taken for {_NAMES[taken.part]}, from {where}."
            name = taken.part.capitalize()
            remedy = f"If it is right, write '{name}: {taken.words}' above the table."
            yield taken.place, what, remedy


@check(Severity.WARNING)
def like_committees(context: Context) -> Iterator[Fault]:
    """Each committee has one name in the column of committees: a paper is made for each name."""
    ours = context.tracker.committee
    for other, place in context.tracker.beside:
        if _are_one_body(ours, other, context.columns):
            what = f"{quoted(ours)} and {quoted(other)} ({place.cell}) make a paper each."
            remedy = "Write the committee's name in one way, if they are one."
            yield context.actions[0].cells[COMMITTEE_FIELD], what, remedy


@check(Severity.WARNING)
def missing_committee(context: Context) -> Iterator[Fault]:
    """Each item names its committee in a column of committees. One that is empty, where a committee is named more
    than once, or nothing stands above, is in the paper of the committee above.
    """
    ours = quoted(context.tracker.committee)
    titles = {
        one.cells["title"]: one.cells.get(COMMITTEE_FIELD)
        for one in context.actions
        if one.words["title"]
    }
    for tracker in context.tracker.sheets:
        layout, column = tracker.layout, tracker.layout.column(COMMITTEE_FIELD)
        named = {one.place: key(one.words) for one in column.cells.cells} if column else {}
        is_often = len(set(named.values())) < len(named)
        for row in tracker.rows if named else ():
            title = layout.cell("title", row) if "title" in layout.columns else None
            above = titles.get(title.place) if title and title.anchor_row == row.number else None
            if above and not layout.cell(COMMITTEE_FIELD, row):
                at = layout.place(COMMITTEE_FIELD, row.number)
                if is_often or at == above:
                    what = f"The item names no committee, and is in the paper of {ours}."
                    yield at, what, "Write the committee."


@check(Severity.ERROR)
def several_committees(context: Context) -> Iterator[Fault]:
    """No cell of the column of committees names several: its action would be in the paper of none of them."""
    bodies, beside = context.columns.title_block.bodies, context.tracker.beside
    if not (beside and context.actions):  # all may have been reported as closed
        return
    at = context.actions[0].cells[COMMITTEE_FIELD]
    lines = (
        cell.lines for row in context.tracker.rows for cell in row.own.values() if cell.place == at
    )
    ours = next(lines, context.tracker.committee), at
    for theirs in beside:
        for (name, place), (by_itself, _) in ((ours, theirs), (theirs, ours)):
            parts, last = _BETWEEN_NAMES.split(name), name.split()[-1]
            if (
                is_one(one := last.removesuffix("s"), bodies) and one != last
            ):  # *Quay and Tide Panels*
                parts = [f"{part.removesuffix(last).strip()} {one}" for part in parts]
            are_named = len(parts) > 1 and all(has_one(part, bodies) for part in parts)
            if are_named and key(by_itself) in map(key, parts):
                what = f"{quoted(name)} makes a paper of its own; {quoted(by_itself)} is a committee by itself."
                yield place, what, "Give the action a row for each committee."


def _are_one_body(one: str, other: str, columns: Columns) -> bool:
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
def open_workbook(context: Context) -> Iterator[Fault]:
    """Nobody has the workbook open; what was read is what was last saved."""
    if context.tracker.book.in_use:
        what = "Somebody has the workbook open; what was read is what they saved last."
        yield _top(context.tracker.sheet), what, "Ask them to save and close it, and run again."


@check(Severity.ERROR)
def unaccounted_cell(context: Context) -> Iterator[Fault]:
    """Every word of every cell, on every sheet, is in the paper, is withheld by a rule, or is reported. Where one
    is not, the fault is the pipeline's, not the officers'. `papers check --explain` counts what became of the
    cells, and with `--format json` lists it.
    """
    for entry in context.account:
        if entry.lost:
            yield (
                entry.place,
                f"We lost {quoted(entry.lost)}, which is neither in the paper nor reported. "
                "That is a fault of ours.",
                "Tell us; waive it once you have seen that the paper needs none of it.",
            )


@check(Severity.NOTE)
def limited_format(context: Context) -> Iterator[Fault]:
    """A file other than .xlsx or .xlsm gives its words and dates, and not all else that Excel keeps."""
    book = context.tracker.book
    if book.lacking:
        what = f"{book.name} was read without {book.lacking}."
        yield _top(context.tracker.sheet), what, "Save it as .xlsx if the paper needs them."
