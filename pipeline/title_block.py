"""The lines above the table: which committee, which paper, which meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.columns import Columns, key
from pipeline.dates import date_text, day_at_end
from pipeline.workbook import Sheet, SourceCell


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """What the lines say, as far as they do; `unused` are the cells that say something else."""

    committee: str = ""
    paper: str = ""
    meeting: date | None = None
    unused: tuple[SourceCell, ...] = ()


def read(sheet: Sheet, heading_row: int, columns: Columns) -> TitleBlock:
    """The title block of a sheet: `Label: words`, or committee, then paper and date, line by line."""
    cells = [
        cell
        for row in sheet.rows
        if row.number < heading_row
        for cell in row.cells.values()
        if cell.words and cell.anchor_row == row.number
    ]
    said: dict[str, str] = {}
    meeting: date | None = None
    unused: list[SourceCell] = []
    label = ""
    for cell in cells:
        name, words = labelled(cell.words, label, columns)
        label = name if name and not words else ""
        if not words:
            continue
        day = date_text(cell.value if words == cell.words else words, words, sheet.epoch).day
        dated = day_at_end(words)
        if name == "remarks":
            unused.append(cell)
        elif meeting is None and day is not None and name in ("", "meeting"):
            meeting = day
        elif meeting is None and dated is not None and name in ("", "paper", "meeting"):
            meeting = dated[1]
            if name != "meeting":
                said.setdefault("paper", dated[0])
        elif name in ("committee", "paper"):
            said.setdefault(name, words)
        elif not name and "committee" not in said:
            said["committee"] = words
        elif not name and "paper" not in said:
            said["paper"] = words
        else:
            unused.append(cell)
    return TitleBlock(said.get("committee", ""), said.get("paper", ""), meeting, tuple(unused))


def labelled(words: str, label: str, columns: Columns) -> tuple[str, str]:
    """The label of a line and the words after it; `label` is the one that the cell before gave."""
    if label:
        return label, words
    labels = {
        key(known): name
        for name in ("committee", "paper", "meeting", "remarks")
        for known in getattr(columns.title_block, name)
    }
    before, colon, after = words.partition(":")
    if colon and key(before) in labels:
        return labels[key(before)], after.strip()
    lead = max(
        (
            known
            for known in labels
            if labels[known] == "remarks" and key(words).startswith(f"{known} ")
        ),
        default="",
    )
    return ("remarks", words) if lead else ("", words)
