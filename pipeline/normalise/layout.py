"""Which sheets have a table of actions, where it stands, and the column of each field; and why others have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from pipeline.council.columns import Columns
from pipeline.ingest.workbook import Sheet
from pipeline.model.action import COMMITTEE_FIELD, Place, column_letters
from pipeline.model.errors import PipelineError
from pipeline.model.words import ends, has_one, is_one, quoted, some
from pipeline.normalise import officers_list
from pipeline.normalise.claims import HeadedColumns, refuse_doubt, settle
from pipeline.normalise.heading_rows import Recognised, heading_rows, recognise
from pipeline.normalise.headings import (
    FEWEST_HEADINGS,
    LONGEST_HEADING,
    listed_fields,
    parts_of_several,
)
from pipeline.normalise.looks import Aside, ReadColumn, profile
from pipeline.normalise.names import Ground, TitleBlock
from pipeline.normalise.title_block import title_block_above
from pipeline.normalise.tracker import Layout, cells_above

_COVER_ROWS = 20  # of a sheet without a table, in which names are looked for
_NEARLY = 2  # headings that make a row worth naming where no sheet has enough
_SIDEWAYS = 3  # columns in which headings that stand below one another are looked for
_MOST_OFFERED = 3  # columns, in a refusal
_LONGEST_SHOWN = 31  # characters of a heading, in a refusal
_ASIDE = {
    "ignored": "columns.toml says that it is the officers' own",
    "last update": "columns.toml says that it keeps the last update",
    "beside": "it stands beside the table",
}
_LACKS = {"action": "what was asked for", "update": "what has been done"}
_SAID_BY = {"action": ("action", "title"), "update": ("update",)}


def find(sheet: Sheet, known: Columns) -> Layout | None:
    """The layout of the first table on a sheet that can be read, or None where it has no heading row.

    Raises `PipelineError` where a column is there twice, or a required one is missing.
    """
    refused: list[PipelineError] = []
    for headings in heading_rows(sheet, known):
        try:
            return _layout_under(sheet, headings)
        except PipelineError as fault:
            refused.append(fault)
    if refused:
        raise refused[0]
    return None


def _layout_under(sheet: Sheet, headings: Recognised) -> Layout:
    """The layout of the table under some headings. Raises `PipelineError` where it cannot be read."""
    known = headings.known
    settled = settle(_table(sheet, headings))
    read = {name for one in settled.values() if one.claim for name in (one.field, one.also)}
    missing = tuple(name for name in known.required() if name not in read)
    heads = tuple(settled[n] for n in sorted(settled) if settled[n].heading or settled[n].claim)
    layout = Layout(sheet.name, headings.first_row, headings.last_row, heads, missing)
    try:
        refuse_doubt(settled, Place(sheet.name, headings.last_row, 1))
        _refuse_missing(layout, known)
    except PipelineError as fault:
        raise type(fault)(fault.message, fault.remedy, tuple(explained(layout))) from None
    return layout


def _table(sheet: Sheet, headings: Recognised) -> HeadedColumns:
    """The columns under some headings, and the one left of them."""
    known, words = headings.known, headings.words
    below = tuple(row for row in sheet.rows if row.number > headings.last_row)
    beside = _columns_beside(sheet, headings)
    left = min(words) - 1
    meeting = title_block_above(sheet, headings.first_row, known).meeting
    columns = {}
    for number in range(left or 1, max(words) + 1):
        said, names = words.get(number, ""), headings.named.get(number, {})
        aside: Aside = "ignored" if is_one(said, known.ignored.columns) else ""
        aside = "last update" if is_one(said, known.ignored.last_updates) else aside
        aside = "beside" if number in beside else aside
        columns[number] = ReadColumn(
            number, said, names, profile(below, number, known), aside=aside, meeting=meeting
        )
    return HeadedColumns(known, columns, below, meeting)


def _columns_beside(sheet: Sheet, headings: Recognised) -> frozenset[int]:
    """The columns of a small table beside the one of actions: beyond a column without any cell, and with a
    heading that the first table has too.
    """
    rows = (row for row in sheet.rows if row.number >= headings.first_row)
    held = {number for row in rows for number, cell in row.cells.items() if cell.words}
    numbers = sorted({*held, *headings.words})
    groups = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    blocks = [{number for _, number in group} for _, group in groups]
    fields = [{min(headings.named[n]) for n in block & headings.named.keys()} for block in blocks]
    most = max(fields, key=len)
    return frozenset(
        number
        for block, names in zip(blocks, fields, strict=True)
        if names is not most and len(names) < FEWEST_HEADINGS and names & most
        for number in block
    )


def _refuse_missing(layout: Layout, known: Columns) -> None:
    """Raise `PipelineError` where the council's own tracker has not each column that it must have, or any other
    does not say what was asked or about what, and what was done; it names all that is missing, and which column
    that may be.
    """
    at = f"{layout.sheet}, row {layout.heading_row}:"
    if layout.lacking and known.is_own_tracker(one.heading for one in layout.read):
        raise PipelineError(
            f"{at} there is no {' and no '.join(_usual(layout.lacking, known))} column.{_offer(layout)}",
            f"Add {'it' if len(layout.lacking) == 1 else 'them'}: the table needs {', '.join(known.wanted())}.",
        )
    missing = [
        name
        for name, fields in _SAID_BY.items()
        if name not in known.without and layout.columns.keys().isdisjoint(fields)
    ]
    if not missing:
        return
    said = " and ".join(_LACKS[name] for name in missing)
    usual = " and ".join(_usual(missing, known))
    private = [one for one in layout.heads if _is_private(one, known)]
    are = "are" if len(private) > 1 else "is"
    notes = f" {_quoted(private)} {are} never published." if private else ""
    remedy = f"Head it {usual}, or name its heading in columns.toml.{_offer(layout)}"
    both = [one for one in private if any(_heads(one.heading, name, known) for name in missing)]
    if both:
        notes = f"{notes} That heads notes as well as {said}."
        remedy = f"Head {_quoted(both)} {usual} if all of it may be published, else part it in two columns."
    raise PipelineError(f"{at} no column says {said}.{notes}", remedy)


def _usual(fields: Iterable[str], known: Columns) -> list[str]:
    """The names that we would give the columns of some fields, in quotation marks."""
    return [f"'{known.fields[name].headings[0]}'" for name in fields]


def _is_private(column: ReadColumn, known: Columns) -> bool:
    """Whether a column is never published."""
    return column.field == "notes" or (not column.claim and known.is_private(column.heading))


def _heads(words: str, field: str, columns: Columns) -> bool:
    """Whether one part of a heading of several names a field: `Notes/Status update`."""
    return any(field in listed_fields(part, columns) for part in parts_of_several(words, columns))


def _offer(layout: Layout) -> str:
    """Which column may be the one that a refusal asks for: one that is not read, or of how actions stand, that
    holds sentences; else any of those that are not read.
    """
    unread = [
        one
        for one in layout.heads
        if not one.claim and not one.aside and not _is_private(one, one.cells.known)
    ]
    stated = [one for one in layout.read if one.field in ("status", "completed")]
    wordy = [one for one in (*unread, *stated) if one.cells.are_wordy]
    if wordy:
        best = max(wordy, key=lambda one: len(" ".join(one.cells.words)) / len(one.cells.words))
        place = Place(layout.sheet, layout.heading_row, best.number)
        return f" Is it {_quoted([best])} ({place.cell}), which holds sentences?"
    return f" Is it one of {_quoted(unread)}?" if unread else ""


def _quoted(columns: Iterable[ReadColumn]) -> str:
    """The headings of the first columns in quotation marks, the start of long ones, and how many more there are."""
    return some([quoted(one.heading, _LONGEST_SHOWN) for one in columns], _MOST_OFFERED)


def _nearest_row(sheets: list[Sheet], known: Columns) -> tuple[str, tuple[str, ...]]:
    """The row that is most like headings, and which of them are known: the first of them, and all, a line each;
    nothing where none is.
    """
    rows = [(sheet, recognise(row, known)) for sheet in sheets for row in sheet.rows]
    sheet, row = max(rows, key=lambda pair: pair[1].how_many, default=(None, None))
    if sheet is None or row is None or row.how_many < _NEARLY:
        return "", ()
    columns = row.settled.values()
    others = [one for one in columns if not one.names]
    missing = f", and not {_quoted(others)}" if others else ""
    long = len(row.too_long)
    too = f"; {long} of them are longer than a heading ({LONGEST_HEADING} characters)" * (long > 1)
    ours = _quoted(one for one in columns if one.names)
    every = (
        f"  {one.letters}: {one.heading} is {'known' if one.names else 'not known'}"
        for one in columns
    )
    said = f" {sheet.name}, row {row.first_row} is the nearest: we know {ours}{missing}{too}."
    return said, tuple(every)


def _sideways(sheets: list[Sheet], known: Columns) -> str:
    """That headings stand below one another, in the first column where they do; nothing where none do."""
    for sheet in sheets:
        for number in range(1, _SIDEWAYS + 1):
            cells = [row.cells[number] for row in sheet.rows if number in row.cells]
            headings = Recognised(
                1, 1, {cell.place.row: (cell.words,) for cell in cells if cell.words}, known
            )
            if headings.is_heading:
                first = Place(sheet.name, min(headings.named), number)
                return f"{sheet.name}: the headings stand below one another, from {first.cell} on."
    return ""


def explained(layout: Layout) -> Iterator[str]:
    """How each column was read, why, and what lost, a line each."""
    for one in layout.heads:
        yield f"  {one.letters}: {one.heading or '(no heading)'} {_became(one, layout)}"
    for name in layout.lacking:
        yield f"  No column is read as {name}"


def _became(one: ReadColumn, layout: Layout) -> str:
    """What became of a column, and why."""
    if one.claim:
        lost = [
            other.letters for other in layout.heads if other.lost and other.lost.to == one.number
        ]
        sure = f" ({one.claim.why}: {one.claim.score:.0%})" * one.is_guessed
        beaten = f"; and not {' or '.join(lost)}" * bool(lost)
        both = f" and {one.also}" * bool(one.also)
        is_older = one.number in layout.older_dates
        due = column_letters(layout.columns["due"]) if is_older else ""
        older = f"; and as due where {due} is empty" * is_older
        return f"is read as {one.field}{both}, by {one.claim.ground.value}{sure}{beaten}{older}"
    if one.aside:
        return f"is not published: {_ASIDE[one.aside]}"
    if one.lost is None:
        return "is read as nothing, and not published"
    is_read = next(other for other in layout.read if other.number == one.lost.to)
    why = f"{is_read.letters} is {is_read.field}, and {one.lost.why}"
    if one.number in layout.older_dates:
        return f"is read as {is_read.field} where {is_read.letters} is empty: {why}"
    return f"is not published: {why}"


class ActionTable(Struct, frozen=True):
    """A sheet with a table that can be read, and the lines above it."""

    sheet: Sheet
    layout: Layout
    titles: TitleBlock


def tables_of(
    sheets: list[Sheet], known: Columns
) -> tuple[list[ActionTable], dict[str, PipelineError]]:
    """The tables that can be read, and why those that are like one are not: they cannot be, or a sheet is called a
    programme of work. Where nothing else is there, such a sheet is read, and so is an ignored one.
    """
    tables: list[ActionTable] = []
    refused: dict[str, PipelineError] = {}
    for sheet in sheets:
        is_directory = officers_list.is_directory(sheet)
        try:
            found = find(sheet, known)
        except PipelineError as fault:
            refused |= {} if is_directory else {sheet.name: fault}
            continue
        if found and ("action" in found.columns or not is_directory):
            by_column = COMMITTEE_FIELD in found.columns
            titles = title_block_above(sheet, found.first_row, known, has_column=by_column)
            tables.append(ActionTable(sheet, found, titles))
    others = [one for one in tables if not is_ignored(one.sheet, known)]
    kept = [one for one in others if not _is_programme(one, known)]
    if not kept:
        return tables, refused
    why = PipelineError(
        "it is called a programme of work, and is no tracker of actions.",
        "Call it otherwise if it holds actions.",
    )
    return kept, {**refused, **{one.sheet.name: why for one in others if one not in kept}}


def is_ignored(sheet: Sheet, known: Columns) -> bool:
    """Whether a sheet is the officers' alone."""
    return is_one(sheet.name, known.ignored.sheets)


def _is_programme(table: ActionTable, known: Columns) -> bool:
    """Whether a sheet is a programme of work by its name or the end of its first line."""
    names = [table.sheet.name, *(cell.words for cell in cells_above(table.sheet, table.layout)[:1])]
    return any(
        ends(name, known.ignored.programmes) and not has_one(name, known.title_block.papers)
        for name in names
    )


def cover(sheet: Sheet, known: Columns) -> TitleBlock:
    """What the first lines of a sheet without a table say; nothing where its place alone tells a committee."""
    titles = title_block_above(sheet, _COVER_ROWS, known)
    is_programme = ends(titles.committee, known.ignored.programmes)
    grounds = {name.ground for name in titles.names.values() if name.part == "committee"}
    is_by_place = bool(grounds & {Ground.PLACE, Ground.GUESS})
    return TitleBlock() if is_programme or is_by_place else titles


def no_table(sheets: list[Sheet], known: Columns) -> PipelineError:
    """That no sheet has a table, with the row that is most like its headings, or that they are a column."""
    laid_sideways = _sideways(sheets, known)
    if laid_sideways:
        return PipelineError(
            laid_sideways,
            "Write them in one row, and each action in a row of its own below (in Excel: copy, then "
            "Paste Special, Transpose).",
        )
    nearest, explained = _nearest_row(sheets, known)
    names = ", ".join(f"'{sheet.name}'" for sheet in sheets) or "none"
    return PipelineError(
        f"No sheet has a row of headings that we know.{nearest}",
        f"The table needs {', '.join(known.wanted())}; docs/columns.md says how to name others.",
        (f"  Sheets: {names}", *explained),
    )
