"""Checks on single cells: what in them is left out or broken, and those that no action took, or not for certain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from pipeline.check.rule import Fault, check
from pipeline.check.seen import Context
from pipeline.council.rules import Severity
from pipeline.ingest.letters import UNKNOWN, misread
from pipeline.ingest.workbook import SourceCell
from pipeline.model.text import misleading
from pipeline.model.words import counted, listed, quoted
from pipeline.normalise.rows import Kind

_READ_AS_EMPTY = (
    "missing-update", "completed-without-update", "missing-status", "missing-action", "missing-officer",
    "missing-due-date", "missing-title", "missing-date",
)  # fmt: skip  # what is found where a cell could not be read


def _read_cells(context: Context) -> Iterator[SourceCell]:
    """The cells of the lines above the table and of its headings, and then those of the table."""
    for tracker in context.tracker.sheets:
        for row in tracker.sheet.rows:
            if row.number <= tracker.layout.heading_row:
                yield from (cell for cell in row.cells.values() if cell.anchor_row == row.number)
    yield from context.cells


@check(Severity.WARNING)
def struck_out_text(context: Context) -> Iterator[Fault]:
    """Words that are struck through are left out of the paper, and reported."""
    for cell in _read_cells(context):
        if cell.struck:
            what = f"{quoted(cell.struck)} is struck through, and was left out."
            yield cell.place, what, "Delete it, or take the line off if it still holds.", [cell]


@check(Severity.WARNING)
def left_out_text(context: Context) -> Iterator[Fault]:
    """What a Word document or a web page keeps apart from a cell's words is left out, and reported: hidden
    text, deletions that nobody has accepted, footnotes, text boxes.
    """
    for cell in _read_cells(context):
        for kept_apart in cell.left_out:
            what = f"{kept_apart}, and was left out."
            yield cell.place, what, "Write it in the cell if readers need it."


@check(Severity.ERROR, stands_for=_READ_AS_EMPTY)
def uncalculated_formula(context: Context) -> Iterator[Fault]:
    """A formula has a stored value; one that was never calculated would read as an empty cell."""
    for cell in context.cells:
        if cell.fault == "uncalculated":
            what = "The cell holds a formula that was never calculated, so it reads as empty."
            yield cell.place, what, "Open the workbook in Excel and save it, or type the words in."


@check(
    Severity.ERROR, stands_for=(*_READ_AS_EMPTY, "unknown-status", "unreadable-date", "placeholder")
)
def error_value(context: Context) -> Iterator[Fault]:
    """No cell shows an error such as #REF!."""
    for cell in context.cells:
        if cell.fault == "error":
            what = f"The cell shows {cell.words}."
            yield cell.place, what, "Fix the formula, or type the words in."


@check(Severity.ERROR)
def lost_words(context: Context) -> Iterator[Fault]:
    """Every word of a cell can be read: none is missing from the file, and no character is broken, unknown or
    misread on the way (*ownerâ€™s*, *cafÃ©*, *ownerÕs*).
    """
    for cell in _read_cells(context):
        if cell.fault == "lost":
            what = "The cell's words are not in the file, which is damaged."
            yield cell.place, what, "Write them again, or ask for the workbook again."
        elif UNKNOWN in cell.text:
            unknown = counted(cell.text.count(UNKNOWN), "character")
            what = f"{unknown} of the cell cannot be read: {quoted(cell.words)}."
            yield cell.place, what, "Write the words again."
        elif odd := misread(cell.text):
            what = f"Letters of the cell were misread ({odd}): {quoted(cell.words)}."
            yield cell.place, what, "Write the words again, or save a text file again as UTF-8."


@check(Severity.WARNING)
def number_format(context: Context) -> Iterator[Fault]:
    """A number or a day is printed as its cell shows it: each format can be followed."""
    for cell in context.cells:
        if cell.fault == "format":
            what = f"The cell may show this in another form: it is printed as {quoted(cell.words)}."
            yield cell.place, what, "Make its format Text, and type what readers should see."


@check(Severity.WARNING)
def left_out_link(context: Context) -> Iterator[Fault]:
    """A link goes to a web page or an e-mail address, not to a file on somebody's drive; and it does not hide
    where, by a user name before the host or an e-mail that is begun.
    """
    for cell in context.cells:
        for words in (cell.words, *(run.link for run in cell.runs if run.link)):
            if hiding := misleading(words):
                what = f"{quoted(hiding)} hides where it leads, and is no link in the paper; its words were kept."
                yield cell.place, what, "Give the plain address, without what hides it."
                break
        if cell.left_out_link:
            what = f"The link to {quoted(cell.left_out_link)} opens for no reader; its words were kept."
            yield cell.place, what, "Link to a published page, or take the link off."


@check(Severity.NOTE)
def private_comment(context: Context) -> Iterator[Fault]:
    """A note or comment on a cell is never printed."""
    rows = (row for tracker in context.tracker.sheets for row in tracker.sheet.rows)
    for row in rows:
        for cell in row.cells.values():
            if cell.note is not None and cell.anchor_row == row.number:
                what = "The cell has a note, which is not printed."
                yield cell.place, what, "Write it in the cell if readers need it."


@check(Severity.WARNING)
def dated_reference(context: Context) -> Iterator[Fault]:
    """A reference is text: Excel makes a date of one such as 14/3, and shows it in a form of its own."""
    references = {one.cells.get("reference") for one in context.actions}
    for cell in context.cells:
        if cell.words and cell.place in references and isinstance(cell.value, date):
            what = f"The reference {quoted(cell.words)} is a date to Excel ({cell.value:%d/%m/%Y})."
            yield cell.place, what, "Make the column's format Text, and write the reference again."


@check(Severity.WARNING)
def stray_text(context: Context) -> Iterator[Fault]:
    """Text outside the table, such as a key, a total or a second table, is not in the paper. The words of a
    row are reported together; a council's name alone, above the table, is not reported. A row among the
    actions that has only a reference is reported too.
    """
    spare = {
        one.place
        for sheet in context.tracker.sheets
        for one in sheet.kinds
        if one.kind == Kind.SPARE
    }
    for _, group in groupby(
        context.tracker.stray, key=lambda one: (one.place.sheet, one.place.row)
    ):
        cells = list(group)
        if cells[0].place in spare:
            what = f"The row has only a reference, {quoted(cells[0].words)}, and was left out."
            yield cells[0].place, what, "Write its action, or leave the row free.", cells
            continue
        words = listed([quoted(cell.words) for cell in cells])
        what = f"{words} are no part of the table, and were left out."
        remedy = "Move them into the table if they should be published."
        if len(cells) == 1:
            what = f"{words} is no part of the table, and was left out."
            remedy = "Move it into the table if it should be published."
        yield cells[0].place, what, remedy, cells


@check(Severity.WARNING)
def joined_update(context: Context) -> Iterator[Fault]:
    """A row below an action that holds only a day and an update, an officer, a status or a due date beside that of
    the action, or a sentence across a table without any update, is read as more of that action. With another
    officer, status or due date, two of these in all, it is an action of its own, and lacks what was asked for
    (`missing-action`).
    """
    for cell in context.tracker.appended:
        what = f"{quoted(cell.words)} was read as part of the action above."
        remedy = "Write it in the action's own row; if it is an action, say what was asked for."
        yield cell.place, what, remedy
