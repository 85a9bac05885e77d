"""The one place where words that nobody sees in a workbook are left out: hidden rows and columns, number
formats that show nothing, type in the colour of its cell. What a filter hides is not hidden: anybody clears it.
"""

from __future__ import annotations

from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council.columns import UNPUBLISHED, Columns
from pipeline.ingest.workbook import Sheet, SourceCell, SourceRow, Workbook
from pipeline.model.action import Place
from pipeline.model.words import is_one

ROW, COLUMN = "row", "column"


class Hidden(Struct, frozen=True):
    """Words that nobody sees: in a cell, from a row to another, or in a column; and the `cells` that say them. `why`:
    `ROW`, `COLUMN`, or what hides them in words.
    """

    place: Place
    why: str
    cells: tuple[SourceCell, ...]


def parted(book: Workbook, known: Columns) -> tuple[Workbook, dict[str, tuple[Hidden, ...]]]:
    """A workbook without its hidden words, unless the council prints them; and what they are, by sheet."""
    found = {sheet.name: _hidden_in(sheet, known) for sheet in book.sheets if not sheet.hidden}
    if known.hidden == "print" or not any(found.values()):
        return book, found
    sheets = tuple(_shown(one) if found.get(one.name) else one for one in book.sheets)
    return replace(book, sheets=sheets), found


def _hidden_in(sheet: Sheet, known: Columns) -> tuple[Hidden, ...]:
    rows = [row for row in sheet.rows if row.hidden and row.own]
    made = []
    for _, group in groupby(enumerate(rows), key=lambda pair: pair[1].number - pair[0]):
        said = tuple(cell for _, row in group for cell in row.own.values())
        made.append(Hidden(Place(sheet.name, said[0].place.row, 1), ROW, said))
    for column in sorted(sheet.hidden_columns - never_printed(sheet, known)):
        cells = [row.own[column] for row in sheet.rows if not row.hidden and column in row.own]
        cells = [cell for cell in cells if _is_out_of_sight(cell, sheet)]
        if cells:
            made.append(Hidden(cells[0].place, COLUMN, tuple(cells)))
    made += [
        Hidden(cell.place, cell.why_hidden, (cell,))
        for row in sheet.rows
        for number, cell in row.own.items()
        if cell.hidden and not row.hidden and number not in sheet.hidden_columns
    ]
    return tuple(made)


def _is_out_of_sight(cell: SourceCell, sheet: Sheet) -> bool:
    """Whether a cell of a hidden column is not merged into one that is shown."""
    columns = range(cell.place.column, (cell.last_column or cell.place.column) + 1)
    return all(column in sheet.hidden_columns for column in columns)


def never_printed(sheet: Sheet, known: Columns) -> set[int]:
    """The hidden columns that are the officers' alone by a heading, hidden or not."""
    if not sheet.hidden_columns:
        return set()
    listed = [known.fields[name].headings for name in UNPUBLISHED if name in known.fields]
    ignored = sum(listed, known.ignored.columns + known.ignored.last_updates)
    heads = (
        (n, row.own[n].words) for row in sheet.rows for n in sheet.hidden_columns & row.own.keys()
    )
    return {n for n, words in heads if is_one(words, ignored) or known.is_private(words)}


def _shown(sheet: Sheet) -> Sheet:
    """A sheet without its hidden words. A cell merged over hidden rows is in the first that is shown."""
    rows: list[SourceRow] = []
    began: dict[tuple[int, int], int] = {}
    for row in sheet.rows:
        if row.hidden:
            continue
        cells = {}
        for number, cell in row.cells.items():
            if number in sheet.hidden_columns and _is_out_of_sight(cell, sheet):
                continue
            seen = _without_hidden(cell)
            if seen is not None:
                first = began.setdefault((number, cell.anchor_row), row.number)
                cells[number] = replace(seen, anchor_row=first) if first > cell.anchor_row else seen
        rows.append(replace(row, cells=cells))
    return replace(sheet, rows=tuple(row for row in rows if row.cells), hidden_columns=frozenset())


def _without_hidden(cell: SourceCell) -> SourceCell | None:
    """A cell without the words in it that nobody sees; None where nothing is left."""
    if not cell.hidden:
        return cell
    runs = tuple(run for number, run in enumerate(cell.runs) if number not in cell.hidden)
    if not runs and cell.note is None and not cell.struck:
        return None
    words = "".join(run.text for run in runs)
    return replace(cell, runs=runs, value=words or None, hidden=(), why_hidden="")
