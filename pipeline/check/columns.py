"""Checks on the table's columns: which are not in the paper, which were guessed, and which are missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.check.rule import Fault, Told, check, check_at
from pipeline.check.seen import Context, Seen
from pipeline.council.columns import UNPUBLISHED, Columns
from pipeline.council.rules import Severity
from pipeline.model.action import COMMITTEE_FIELD, ITEM_FIELDS, Place
from pipeline.model.words import key, left_out, quoted, squashed
from pipeline.normalise import exempt
from pipeline.normalise.looks import ReadColumn
from pipeline.normalise.tracker import Tracker

_JOINED = frozenset({"title", "action", "officers", "update"})  # of which a cell can hold several


@check(Severity.ERROR, stands_for=("stray-text", "unknown-status", "broken-text", "shouting"))
def exempt_row(context: Context) -> Iterator[Fault]:
    """No row is in the table that is marked as exempt (Local Government Act 1972, Schedule 12A), confidential
    or not for publication: by *Y* under *Exempt (Y/N)*, by *Part II*, by *N* or *Not yet* under *Publish?*, by
    *Private* under *Meeting type*; or by words in a published cell, in the name of its committee, in a note on it, or
    in a line across the table, that stand as a mark: alone on their line, in brackets, in capitals, before a colon, a
    full stop or a dash (*Confidential: …*), behind a dash at the end, or citing a Schedule or a paragraph (*EXEMPT*,
    *(Part II)*, *by virtue of paragraph 3 of Part 1 of Schedule 12A*).
    *Part II*, *Private actions* and their like mark what stands below a line across the table.
    *The charge is exempt*, *Confidential waste*, *the EXEMPT list*, *the Local Plan (Part 2)* and
    *Part II of the Environmental Protection Act* are no marks.
    """
    told = set()  # rows, of each of which it is said once
    for place, what, remedy in (*_column_marks(context), *_worded_marks(context)):
        if (row := (place.sheet, place.row)) not in told:
            told.add(row)
            yield place, what, remedy


def _column_marks(context: Context) -> Iterator[tuple[Place, str, str]]:
    """The rows that a column of marks marks as exempt."""
    for tracker in context.tracker.sheets:
        for cell in exempt.marks(tracker, context.columns):
            heading = tracker.layout.unknown.get(cell.place.column, "")
            mark = (
                f"{quoted(cell.words)} under {quoted(heading)}" if heading else quoted(cell.words)
            )
            what = f"The row is marked as exempt ({mark}), and would be published."
            yield cell.place, what, "Take the row out, or clear the mark if it may be published."


def _worded_marks(context: Context) -> Iterator[tuple[Place, str, str]]:
    """The published cells, the notes on them, and the lines across a table, in which words stand as a mark."""
    heads = {one.sheet.name: one.layout.heading_row for one in context.tracker.sheets}
    strays = context.tracker.stray
    across = (cell for cell in strays if cell.place.row > heads.get(cell.place.sheet, 0))
    for cell in across:
        if words := exempt.heading_mark(cell.lines, context.columns):
            what = f"{quoted(words)} marks what stands here or below as exempt, and it would be published."
            yield cell.place, what, "Take those rows out, or the words if they may be published."
    if words := exempt.heading_mark(context.tracker.committee, context.columns):
        for place in (one.cells.get(COMMITTEE_FIELD) for one in context.actions):
            if place is not None:
                what = f"{quoted(words)} marks what is of that committee as exempt, and it would be published."
                yield place, what, "Take those rows out, or the words if they may be published."
    for cell in context.cells:
        if words := exempt.exempt_mark(cell.lines, context.columns):
            what = f"{quoted(words)} marks what stands here as exempt, and it would be published."
            yield cell.place, what, "Take the row out, or the words if it may be published."
        elif cell.note and (words := exempt.exempt_mark(cell.note, context.columns)):
            what = f"The cell has a note, {quoted(words)}: what stands here is exempt, and would be published."
            yield cell.place, what, "Take the row out, or the note if it may be published."


@check(Severity.ERROR)
def exempt_sheet(context: Context) -> Iterator[Fault]:
    """No sheet is in the paper that its name, a line above its table, or what is printed above or below its pages marks
    as exempt, confidential or not for publication: *Part II*, *EXEMPT*, *Trust Board (private)*, *Not for publication
    by virtue of paragraph 3 of Schedule 12A*.
    """
    for tracker in context.tracker.sheets:
        if words := exempt.margin_mark(tracker, context.columns):
            what = f"{quoted(words)}, printed above or below its pages, marks the whole sheet as exempt."
            remedy = (
                "Take the exempt rows out, and then the mark (in Excel: Insert, Header & Footer)."
            )
            yield Place(tracker.sheet.name, 1, 1), what, remedy
        for place, words in exempt.sheet_marks(tracker, context.columns):
            what = f"{quoted(words)} marks the whole sheet as exempt, and it would be published."
            yield place, what, "Take the exempt rows out, and then the mark."


@check(Severity.WARNING)
def unpublished_column(context: Context) -> Iterator[Fault]:
    """A column with words is in the paper: `columns.toml` names its heading, `house.toml` prints its field, no other
    column is read for the same field, and it does not say that it is private. An older target date is read where the
    newer is empty.
    """
    for tracker in context.tracker.sheets:
        yield from _unpublished_columns(tracker, context.columns)
        yield from _shared_notes(tracker, context.columns)


def _unpublished_columns(tracker: Tracker, columns: Columns) -> Iterator[Fault]:
    """The columns of a sheet that are not in the paper."""
    layout = tracker.layout
    of_marks = exempt.mark_columns(tracker, columns)  # which `exempt_row` reports
    for one in layout.heads:
        number, heading = one.number, one.heading
        is_unprinted = one.claim is not None and one.field not in columns.printed | UNPUBLISHED
        is_unread = number in layout.unknown or is_unprinted
        if number in of_marks or not is_unread:
            continue
        cells = [
            row.cells[number]
            for row in tracker.rows
            if number in row.cells
            and row.cells[number].words
            and not layout.is_read_for_newer(number, row)
        ]
        if not cells:
            continue
        column, left = f"The column {quoted(heading)}", left_out(len(cells), "cell")
        what = f"{column} is not one that the paper prints; {left}."
        remedy = "Rename the column if it should be published."
        to = one.lost.to if one.lost else None
        read = next((other for other in layout.read if other.number == to), None)
        if is_unprinted:
            remedy = (
                f"Name '{one.field}' in [[table.columns]] of house.toml if it should be published."
            )
        elif columns.is_private(heading):
            what = f"{column} says that it is private; {left}."
            remedy = "Take that out of its heading if it should be published."
        elif one.aside:
            what = f"{column} stands beside the table; {left}."
            remedy = "Move its words into the table if they should be published."
        elif read and _could_be_read(one, read):
            name = quoted(read.heading)
            what = f"{what} {name} was read for it."
            if read.field not in _JOINED:
                remedy = f"Rename {name} if this one is meant."
            elif _are_alike(one, read):
                remedy = f"Move its words to {name} if they should be published."
            if number in layout.older_dates:
                what = f"{what} Where that is empty, this one was."
                remedy = "Leave it if the newer one is meant."
        elif squashed(heading) in columns.status_of:
            status = columns.fields["status"].headings[0]
            remedy = f"Write the status in words, in one column headed '{status}'."
        yield Place(tracker.sheet.name, layout.heading_row, number), what, remedy, cells


def _could_be_read(one: ReadColumn, read: ReadColumn) -> bool:
    """Whether a column could be the field that another is read as: by its cells, and by its name or again by its
    cells.
    """
    return one.cells.can_be(read.field) and (read.field in one.names or _are_alike(one, read))


def _are_alike(one: ReadColumn, read: ReadColumn) -> bool:
    """Whether the words of a column could stand with those that are read for it: sentences beside sentences, and
    names beside names.
    """
    return one.cells.are_sentences == read.cells.are_sentences


def _shared_notes(tracker: Tracker, columns: Columns) -> Iterator[Fault]:
    """A column of notes that does not say itself that it is private."""
    layout = tracker.layout
    notes = layout.column("notes")
    if notes is None or key(notes.heading) in columns.own:
        return
    filled = sum(bool(r.cells[notes.number].words) for r in tracker.rows if notes.number in r.cells)
    if filled and not columns.is_private(notes.heading):
        yield (
            layout.place("notes", layout.heading_row),
            f"The column {quoted(notes.heading)} is read as private; {left_out(filled, 'cell')}.",
            f"Head it '{columns.fields['update'].headings[0]}' if it should be published.",
        )


@check(Severity.WARNING)
def guessed_heading(context: Context) -> Iterator[Fault]:
    """A heading that no `columns.toml` names is read by its words where they point to one field. A column of which
    the heading has two names (*Status / Update*), or that stands alone for both, is read as both.
    """
    for tracker in context.tracker.sheets:
        for column in tracker.layout.read:
            known = context.columns
            is_sure = not (column.is_guessed or column.also)
            if column.claim is None or is_sure or column.field not in known.printed:
                continue
            usual = known.fields[column.field].headings[0]
            named = quoted(column.heading) if column.heading else "The column without a heading"
            what = f"{named} was read as {usual} ({column.claim.why}: {column.claim.score:.0%})."
            remedy = f"Head it '{usual}', or name it in columns.toml, so that it is certain."
            if column.also:
                what = f"{named} was read as both status and update: a cell begins with the first, and is the second."
                remedy = "Part it in two columns if that is not meant."
            place = Place(tracker.sheet.name, tracker.layout.heading_row, column.number)
            yield place, what, remedy


@check_at("status", Severity.WARNING)
def yes_or_no(one: Seen) -> Iterator[Told]:
    """A column that asks whether an action is completed, and is answered with yes or no, is read as its
    status; the paper prints the bare answers.
    """
    sheet, columns, words = one.cells["status"].sheet, one.context.columns, one.words["status"]
    layouts = (tracker.layout for tracker in one.context.tracker.sheets)
    heading = next(layout.heading("status") for layout in layouts if layout.sheet == sheet)
    if columns.answer(heading, words) != "unknown":
        what = f"{quoted(words)} under {quoted(heading)} was read as '{one.status}'."
        yield what, f"Write how it stands, such as '{columns.statuses[one.status][0]}'."


@check(Severity.ERROR)
def missing_column(context: Context) -> Iterator[Fault]:
    """A tracker of another layout has a column for what was asked for and for how it stands, as the council's own
    must.
    """
    yield from _lacking_columns(context, lambda name: name not in ITEM_FIELDS)


@check(Severity.WARNING)
def missing_item_column(context: Context) -> Iterator[Fault]:
    """A tracker of another layout says when each item was considered, and what members may call an action. Days
    that head the rows of each meeting do for a column of dates, and references or lines across for one of titles.
    """
    done = {
        "date": all(one.action.date for one in context.actions),
        "title": all(one.words["reference"] or one.words["title"] for one in context.actions),
    }
    yield from _lacking_columns(context, lambda name: not done.get(name, True))


def _lacking_columns(context: Context, is_meant: Callable[[str], bool]) -> Iterator[Fault]:
    """The columns that a sheet does not have, of those that are meant."""
    for tracker in context.tracker.sheets:
        place = Place(tracker.sheet.name, tracker.layout.heading_row, 1)
        for name in filter(is_meant, tracker.layout.lacking):
            usual = context.columns.fields[name].headings[0]
            none = '; or write `without = ["status"]` at its head, if your trackers have none'
            remedy = f"Add it, or name it in columns.toml{none * (name == 'status')}."
            yield place, f"There is no column for '{usual}'.", remedy
