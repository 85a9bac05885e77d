"""The lines above the table: which committee, which paper, which meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from pipeline.columns import Columns, key
from pipeline.dates import date_text, day_at_end
from pipeline.workbook import Sheet, SourceCell

NAMES = ("committee", "paper")
LABELS = (*NAMES, "meeting", "remarks")


class TitleBlock(Struct, frozen=True):
    """What the lines say, as far as they do; `unused` are the cells that say something else."""

    committee: str = ""
    paper: str = ""
    meeting: date | None = None
    unused: tuple[SourceCell, ...] = ()


def read(sheet: Sheet, heading_row: int, columns: Columns) -> TitleBlock:
    """The title block of a sheet: `Label: words`, or committee, then paper and date, line by line."""
    said: dict[str, str] = {}
    meeting: date | None = None
    unused: list[SourceCell] = []
    for cell, name, words in labelled_cells(sheet, heading_row, columns):
        day = date_text(cell.value if words == cell.words else words, words, sheet.epoch).day
        dated = day_at_end(words)
        if name == "remarks":
            unused.append(cell)
        elif meeting is None and day is not None and name in ("", "meeting"):
            meeting = day
        elif meeting is None and dated is not None and name in ("", "paper", "meeting"):
            meeting = dated[1]
            if name != "meeting" and said.setdefault("paper", dated[0]) != dated[0]:
                unused.append(cell)
        elif name in ("committee", "paper"):
            said.setdefault(name, words)
        elif not name and len(said) < len(NAMES):
            said[next(free for free in NAMES if free not in said)] = words
        else:
            unused.append(cell)
    return TitleBlock(said.get("committee", ""), said.get("paper", ""), meeting, tuple(unused))


def labelled_cells(
    sheet: Sheet, heading_row: int, columns: Columns
) -> Iterator[tuple[SourceCell, str, str]]:
    """Each cell above the table with its label, or none, and its words.

    A label stands before a colon in the cell, or alone in the cell to the left.
    """
    known = columns.title_block
    labels = {key(words): name for name in LABELS for words in getattr(known, name)}
    for row in sheet.rows:
        if row.number >= heading_row:
            return
        cells = [c for c in row.cells.values() if c.words and c.anchor_row == row.number]
        label = ""
        for index, cell in enumerate(cells):
            before, colon, after = cell.words.partition(":")
            is_last = index == len(cells) - 1
            if label:
                yield cell, label, cell.words
                label = ""
            elif key(before) in labels and colon and after:
                yield cell, labels[key(before)], after.strip()
            elif key(before) in labels and not after and not is_last:
                label = labels[key(before)]
            elif is_remark(cell.words, known.remarks):
                yield cell, "remarks", cell.words
            else:
                yield cell, "", cell.words


def is_remark(words: str, leads: list[str]) -> bool:
    """Whether a line says how old the workbook is: `Updated 20/03/27`, `Position as at 20 March 2027`."""
    dated = day_at_end(words)
    before = f" {key(dated[0])} " if dated else ""
    return any(
        key(words).startswith(f"{lead} ") or before.endswith((f" {lead} ", f" {lead} on "))
        for lead in map(key, leads)
    )
