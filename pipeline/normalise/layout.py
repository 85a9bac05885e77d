"""Where a sheet's table stands, and the column of each field in it."""

from __future__ import annotations

from pipeline.council.columns import Columns
from pipeline.ingest.workbook import Sheet
from pipeline.model.action import Place
from pipeline.model.errors import PipelineError
from pipeline.model.words import key
from pipeline.normalise import rivals
from pipeline.normalise.heading_rows import heading_rows, how_many_known, is_heading
from pipeline.normalise.headings import (
    FEWEST_HEADINGS,
    LONGEST_HEADING,
    HeadingMatch,
    Headings,
    Readings,
    columns_by_name,
    is_named,
    listed_fields,
    one_row,
    parts_of_several,
    possible_fields,
    too_long,
    without,
)
from pipeline.normalise.looks import REFERENCE, are_wordy
from pipeline.normalise.rivals import Head
from pipeline.normalise.tracker import Layout

_NEARLY = 2  # headings that make a row worth naming where no sheet has enough
_SIDEWAYS = 3  # columns in which headings that stand below one another are looked for


def find(sheet: Sheet, columns: Columns) -> Layout | None:
    """The layout of the first table on a sheet that can be read, or None where it has no heading row.

    Raises `PipelineError` where a column is there twice, or a required one is missing.
    """
    refused: PipelineError | None = None
    for headings in heading_rows(sheet, columns):
        try:
            return _layout_under(sheet, headings, columns)
        except PipelineError as fault:
            refused = refused or fault
    if refused is not None:
        raise refused
    return None


def _layout_under(sheet: Sheet, every: Headings, columns: Columns) -> Layout:
    """The layout of the table under some headings. Raises `PipelineError` where it cannot be read."""
    beside = _columns_beside(sheet, every, columns)
    headings = without(every, beside)
    head = Head(sheet, headings, columns)
    read = rivals.chosen(head)
    matches = read.matches
    positions = {match.field: number for number, match in matches.items()}
    unnamed = _unnamed_reference(head) if "reference" not in positions else None
    if unnamed is not None:
        positions["reference"] = unnamed
        why = ("its cells are references",)
        matches = {**matches, unnamed: HeadingMatch("reference", "", 0.9, why, guessed=True)}
    unknown = {
        number: words
        for number, words in every.words.items()
        if number not in matches and key(words) not in columns.ignored_columns
    }
    lacking = tuple(name for name in columns.required() if name not in positions)
    if lacking and _is_councils_own([key(match.heading) for match in matches.values()], columns):
        _refuse_lacking(sheet, headings, lacking, columns)
    if not _is_enough(positions):
        _refuse_too_little(head, positions, unknown)
    return Layout(
        sheet.name, headings.first_row, headings.last_row,
        positions, unknown, read.beaten, matches, frozenset(every.words) - matches.keys() - unknown.keys(), lacking,
        _earlier_columns(head, every, read), beside,
    )  # fmt: skip


def _earlier_columns(head: Head, every: Headings, read: Readings) -> dict[str, tuple[int, ...]]:
    """The older columns of each field, the newest first; of updates the one that keeps the last meeting's is."""
    kept = [
        number
        for number, words in every.words.items()
        if key(words) in head.columns.last_update_columns
    ]
    older = rivals.earlier(head, read)
    return {**older, "update": (*kept, *older.get("update", ()))} if kept else older


def _columns_beside(sheet: Sheet, headings: Headings, columns: Columns) -> frozenset[int]:
    """The columns of a small table beside the one of actions: beyond a column without any cell, and with a
    heading that the first table has too.
    """
    held = {
        number
        for row in sheet.rows
        if row.number >= headings.first_row
        for number, cell in row.cells.items()
        if cell.words
    }
    blocks: list[list[int]] = []
    for number in sorted({*held, *headings.words}):
        if not blocks or blocks[-1][-1] + 1 < number:
            blocks.append([])
        blocks[-1].append(number)
    fields = [
        set(
            columns_by_name(
                without(headings, headings.ways.keys() - block), columns
            ).fields.values()
        )
        for block in map(set, blocks)
    ]
    most = max(fields, key=len, default=set())
    return frozenset(
        number
        for block, names in zip(blocks, fields, strict=True)
        if names is not most and len(names) < FEWEST_HEADINGS and names & most
        for number in block
    )


def _is_councils_own(keys: list[str], columns: Columns) -> bool:
    """Whether a tracker is the council's own: most of its headings are, and one that is no other's."""
    return 2 * sum(one in columns.own for one in keys) >= len(keys) and not (
        columns.peculiar.isdisjoint(keys)
    )


def _is_enough(positions: dict[str, int]) -> bool:
    """Whether a tracker of any layout can be read: it says what was asked or about what, and what was done."""
    return "update" in positions and bool(positions.keys() & {"action", "title"})


def _unnamed_reference(head: Head) -> int | None:
    """The column left of all headings, if it has none and its cells are references, each its own."""
    words = head.headings.words
    if not words or min(words) == 1:
        return None
    column = min(words) - 1
    said = [cell.words for cell in head.below(column)]
    if len(said) < FEWEST_HEADINGS - 1 or len(set(said)) < len(said):
        return None
    return column if all(REFERENCE.fullmatch(words) for words in said) else None


def _refuse_lacking(
    sheet: Sheet, headings: Headings, lacking: tuple[str, ...], columns: Columns
) -> None:
    """Raise `PipelineError` that names what is missing, what was found, and what is wanted."""
    name = columns.fields[lacking[0]].headings[0]
    raise PipelineError(
        f"{sheet.name}, row {headings.last_row}: there is no '{name}' column; "
        f"the headings are {_quoted_headings(headings.words)}.",
        f"Add it: the table needs {', '.join(columns.wanted())}.",
    )


def _refuse_too_little(head: Head, positions: dict[str, int], unknown: dict[int, str]) -> None:
    """Raise `PipelineError` that names the column without which no tracker can be read, and what it may be."""
    sheet, headings, columns = head.sheet, head.headings, head.columns
    lacks = "update" if "update" not in positions else "action"
    says = {"update": "what has been done", "action": "what was asked for"}[lacks]
    kept = {
        number: words
        for number, words in headings.words.items()
        if number == positions.get("notes") or (number in unknown and columns.is_private(words))
    }
    private = (
        f" {_quoted_headings(kept)} {'are' if len(kept) > 1 else 'is'} never published."
        if kept
        else ""
    )
    stated = headings.words.get(positions.get("status", 0), "")
    only = f" '{stated}' holds only statuses." if is_named(stated, "update", columns) else ""
    usual = columns.fields[lacks].headings[0]
    others = unknown.keys() - kept.keys()
    remedy = f"Head it '{usual}', or name its heading in columns.toml.{_perhaps(head, positions, others)}"
    both = {number: words for number, words in kept.items() if _heads(words, lacks, columns)}
    if both:
        private = f"{private} That heads notes as well as {says}."
        remedy = f"Head {_quoted_headings(both)} '{usual}' if all of it may be published, else part it in two columns."
    raise PipelineError(
        f"{sheet.name}, row {headings.last_row}: no column says {says}; "
        f"the headings are {_quoted_headings(headings.words)}.{private}{only}",
        remedy,
    )


def _heads(words: str, field: str, columns: Columns) -> bool:
    """Whether one part of a heading of several names a field: `Notes/Status update`."""
    return any(field in listed_fields(part, columns) for part in parts_of_several(words, columns))


def _perhaps(head: Head, positions: dict[str, int], others: set[int]) -> str:
    """Which column may be the one that a refusal asks for: one of the `others`, or of how actions stand, that
    holds sentences; else any of the others.
    """
    words, last = head.headings.words, head.headings.last_row
    stated = {positions[name] for name in ("status", "completed") if name in positions}
    told = {
        number: f"'{words[number]}' ({Place(head.sheet.name, last, number).cell})"
        for number in sorted(stated | others)
        if number in words and are_wordy(head.below(number))
    }
    if told:
        return f" Is it {', or '.join(told.values())}, which holds sentences?"
    unread = {number: words[number] for number in others if number in words}
    return f" Is it one of {_quoted_headings(unread)}?" if unread else ""


def _quoted_headings(words: dict[int, str]) -> str:
    """Headings in quotation marks, the start of long ones."""
    return ", ".join(
        f"'{said if len(said) <= LONGEST_HEADING else said[:LONGEST_HEADING].rstrip() + '…'}'"
        for _, said in sorted(words.items())
    )


def nearest_row(sheets: list[Sheet], columns: Columns) -> str:
    """The row that is most like headings, and which of them are known; nothing where none is."""
    rows = [
        (how_many_known(one_row(row), columns), sheet, row)
        for sheet in sheets
        for row in sheet.rows
    ]
    known, sheet, row = max(rows, key=lambda found: found[0], default=(0, None, None))
    if sheet is None or row is None or known < _NEARLY:
        return ""
    headings = one_row(row)
    found = columns_by_name(headings, columns)
    others = without(headings, {*found.fields, *found.beaten}).words
    ours = {n: said for n, said in headings.words.items() if n not in others}
    long = len(too_long(headings))
    missing = f", and not {_quoted_headings(others)}" if others else ""
    too = f"; {long} of them are longer than a heading ({LONGEST_HEADING} characters)" * (long > 1)
    return f" {sheet.name}, row {row.number} is the nearest: we know {_quoted_headings(ours)}{missing}{too}."


def sideways(sheets: list[Sheet], columns: Columns) -> str:
    """That headings stand below one another, in the first column where they do; nothing where none do."""
    for sheet in sheets:
        for number in range(1, _SIDEWAYS + 1):
            cells = [row.cells[number] for row in sheet.rows if number in row.cells]
            words = {cell.place.row: cell.words for cell in cells if cell.words}
            ways: dict[int, tuple[str, ...]] = {row: (said,) for row, said in words.items()}
            if is_heading(Headings(1, 1, words, ways), columns):
                first = min(row for row, said in words.items() if possible_fields((said,), columns))
                return (
                    f"{sheet.name}: the headings stand below one another, from "
                    f"{Place(sheet.name, first, number).cell} on."
                )
    return ""
