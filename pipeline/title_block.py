"""The lines above the table: which committee, which paper, which meeting.

A label beats any other line. Without one a line is told by its words (a committee, panel or board; a
log, tracker or monitoring), and only then by its place, which is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from pipeline.columns import Columns, key
from pipeline.dates import date_text, day_within
from pipeline.records import Place
from pipeline.workbook import Sheet, SourceCell

Label: TypeAlias = Literal["", "committee", "paper", "meeting", "remarks"]
Part: TypeAlias = Literal["committee", "paper", "meeting"]

LABELS: tuple[Label, ...] = ("committee", "paper", "meeting", "remarks")
UNKNOWN_LABEL = re.compile(r"[^\W\d_][\w'’ ]{1,30}:\s*\S")  # such as `Chair: A. Hale`
LEAD = re.compile(
    r"\b(?:for )?(?:the )?(?:meeting )?(?:of|on)?:?\s*$", re.IGNORECASE
)  # before a day
ENDS = " –—-:,.("
BY_WORDS, BY_PLACE = 3, 5  # ranks up to which a committee's name is sure, or likely


class Line(Struct, frozen=True):
    """A cell above the table: its label or none, its words, the day in them and the words about that."""

    cell: SourceCell
    label: Label
    words: str
    day: date | None
    name: str


class TitleBlock(Struct, frozen=True):
    """What the lines say, as far as they do. `places` are the cells that say it; `guessed` are those of
    its parts that were told by their place alone; `unused` are the cells that say something else.
    """

    committee: str = ""
    paper: str = ""
    meeting: date | None = None
    places: dict[Part, Place] = {}
    guessed: tuple[Part, ...] = ()
    unused: tuple[SourceCell, ...] = ()


def read(sheet: Sheet, heading_row: int, columns: Columns) -> TitleBlock:
    """The title block of a sheet, from the lines above a row."""
    lines = list(lines_above(sheet, heading_row, columns))
    free = [line for line in lines if not line.label]
    meeting, is_only = meeting_line(lines, free)
    committee, rank = committee_line(lines, columns)
    name, rest = parted(committee.name, columns) if committee else ("", "")
    paper = paper_line(lines, [line for line in free if line is not committee], columns)
    if paper is None and meeting is not None and meeting is not committee and not meeting.label:
        paper = meeting if meeting.name else None
    title = rest or (paper.name if paper else "")
    used: dict[Part, Line | None] = {"committee": committee, "paper": paper, "meeting": meeting}
    guessed: list[Part] = []
    if rank > BY_WORDS and len(free) - (paper in free) > 1:
        guessed.append("committee")
    if not is_only:
        guessed.append("meeting")
    cells = {id(line.cell) for line in (committee, paper) if line is not None}
    if meeting is not None and not (meeting.name and not meeting.label):
        cells.add(id(meeting.cell))  # else it says something more than its day
    return TitleBlock(
        committee=name,
        paper=title,
        meeting=meeting.day if meeting else None,
        places={part: line.cell.place for part, line in used.items() if line is not None},
        guessed=tuple(guessed),
        unused=tuple(line.cell for line in lines if id(line.cell) not in cells),
    )


def meeting_line(lines: list[Line], free: list[Line]) -> tuple[Line | None, bool]:
    """The line with the meeting's day: a labelled one, else the first; and whether no other could be meant."""
    labelled = [line for line in lines if line.label == "meeting" and line.day]
    dated = labelled or [line for line in free if line.day]
    return (dated[0] if dated else None), bool(labelled) or len({line.day for line in dated}) <= 1


def committee_line(lines: list[Line], columns: Columns) -> tuple[Line | None, int]:
    """The line that names the committee, and how it was told: 0 by its label, up to `BY_WORDS` by its
    words, else by its place.
    """
    labelled = [line for line in lines if line.label == "committee" and line.name]
    if labelled:
        return labelled[0], 0
    named = [line for line in lines if line.label in ("", "meeting") and line.name]
    ranked = [(committee_rank(line, columns), number) for number, line in enumerate(named)]
    best = min(ranked, default=(BY_PLACE + 1, 0))
    return (named[best[1]], best[0]) if best[0] <= BY_PLACE else (None, 0)


def committee_rank(line: Line, columns: Columns) -> int:
    """How surely a line names a committee, 1 the surest; more than `BY_PLACE` if it does not."""
    is_paper = has_any(line.name, columns.title_block.papers)
    if has_any(line.name, columns.title_block.bodies):
        return 2 if is_paper else 1
    if line.label:
        return BY_PLACE + 1
    if has_any(line.name, columns.title_block.council) and not is_paper:
        return 3
    return BY_PLACE + 1 if line.day else BY_PLACE - (not is_paper)


def parted(name: str, columns: Columns) -> tuple[str, str]:
    """A committee's name and the paper's title where one line says both: `Harbour Panel Action Log`."""
    words = name.split()
    bodies = {key(word) for word in columns.title_block.bodies}
    ends = [number for number, word in enumerate(words, 1) if key(word) in bodies]
    if not ends or not has_any(name, columns.title_block.papers):
        return name, ""
    rest = " ".join(words[ends[-1] :]).strip(ENDS)
    if not has_any(rest, columns.title_block.papers):
        return name, ""
    return " ".join(words[: ends[-1]]).strip(ENDS), rest


def paper_line(lines: list[Line], free: list[Line], columns: Columns) -> Line | None:
    """The line that gives the paper's title: by its label, else by its words, else the next without a day."""
    labelled = [line for line in lines if line.label == "paper" and line.name]
    named = [line for line in free if line.name]
    by_words = [line for line in named if has_any(line.name, columns.title_block.papers)]
    dated = [line for line in named if line.day]
    return next(iter([*labelled, *by_words, *dated, *named]), None)


def has_any(words: str, listed: list[str]) -> bool:
    """Whether words have one of those listed among them."""
    said = f" {key(words)} "
    return any(f" {key(one)} " in said for one in listed)


def lines_above(sheet: Sheet, heading_row: int, columns: Columns) -> Iterator[Line]:
    """The lines above a row, each with what it is labelled."""
    above = [row for row in sheet.rows if row.number < heading_row]
    pending: dict[int, Label] = {}  # labels of a row, whose words stand below them
    for row in above:
        cells = [c for c in row.cells.values() if c.words and c.anchor_row == row.number]
        heads = pending
        pending = labels_over_words(cells, columns)
        if pending:
            continue
        if heads and all(cell.place.column in heads for cell in cells):
            yield from (line(cell, heads[cell.place.column], cell.words, sheet) for cell in cells)
        else:
            yield from labelled(cells, sheet, columns)


def labels_over_words(cells: list[SourceCell], columns: Columns) -> dict[int, Label]:
    """The labels of a row that holds several of them and no words of its own."""
    found = {cell.place.column: label_of(cell.words.rstrip(": "), columns) for cell in cells}
    known = [label for label in found.values() if label not in (None, "remarks")]
    if len(known) < 2 or len(found) - len(known) > len(known):  # noqa: PLR2004
        return {}
    return {column: label or "remarks" for column, label in found.items()}


def label_of(words: str, columns: Columns) -> Label | None:
    """The label that some words are, if they are one."""
    known = columns.title_block
    said = key(words)
    return next((name for name in LABELS if said in map(key, getattr(known, name))), None)


def labelled(cells: list[SourceCell], sheet: Sheet, columns: Columns) -> Iterator[Line]:
    """The lines of a row. A label stands before a colon in the cell, or alone in the cell to the left."""
    waiting: Label | None = None
    for number, cell in enumerate(cells, 1):
        before, colon, after = cell.words.partition(":")
        label = label_of(before, columns)
        if waiting is not None:
            yield line(cell, waiting, cell.words, sheet)
            waiting = None
        elif label and colon and after.strip():
            yield line(cell, label, after.strip(), sheet)
        elif label and not after.strip():
            waiting = label if number < len(cells) else None
            if label == "remarks":
                yield line(cell, "remarks", cell.words, sheet)
        elif is_remark(cell.words, columns):
            yield line(cell, "remarks", cell.words, sheet)
        else:
            yield line(cell, "", cell.words, sheet)


def is_remark(words: str, columns: Columns) -> bool:
    """Whether a line says something else than committee, paper and meeting, such as when it was printed."""
    known = columns.title_block
    said = key(words)
    if any(said == key(lead) or said.startswith(f"{key(lead)} ") for lead in known.remarks):
        return True
    if any(f" {key(lead)} " in f" {said} " for lead in known.elsewhere):
        return True
    label = words.partition(":")[0]
    return UNKNOWN_LABEL.match(words) is not None and not has_any(
        label, [*known.bodies, *known.papers, *known.council]
    )


def line(cell: SourceCell, label: Label, words: str, sheet: Sheet) -> Line:
    """A line with the day that it says, and its other words."""
    if label == "remarks":
        return Line(cell, label, words, None, "")
    real = date_text(cell.value, cell.words, sheet.epoch).day if words == cell.words else None
    if real is not None:
        return Line(cell, label, words, real, "")
    found = day_within(words)
    if found is None:
        return Line(cell, label, words, None, words)
    before, day, _ = found
    return Line(cell, label, words, day, LEAD.sub("", before).strip(ENDS))
