"""The lines above the table: which committee, which paper, which meeting.

A label beats any other line. Without one a line is told by its words (a committee, panel or board; a
log, tracker or monitoring), and only then by its place, which is said. `title_words` reads the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council.column_words import TitleLabels
from pipeline.council.columns import Columns
from pipeline.council.dates import date_text
from pipeline.ingest.workbook import Sheet, SourceCell
from pipeline.model.document import Run
from pipeline.model.words import begins, ends, has_one, is_one, key, keys, lead
from pipeline.normalise.looks import cell_day
from pipeline.normalise.names import Ground, Name, Part, TitleBlock, choose
from pipeline.normalise.title_words import (
    DayIn,
    Parts,
    depth,
    is_bare,
    is_byline,
    meeting_day,
    parts_of_line,
)

Label: TypeAlias = Literal["", "committee", "paper", "meeting", "following", "remarks"]
_LABELS: tuple[Label, ...] = ("committee", "paper", "meeting", "following", "remarks")
_UNKNOWN_LABEL = re.compile(r"[^\W\d_][\w'’ ]{1,30}:(?:\s*\S|$)")  # such as `Chair: A. Hale`
_Claimed: TypeAlias = tuple[Ground, tuple[int, ...]] | None  # a name's ground and rank


class Line(Struct, frozen=True):
    """A cell above the table: its label or none, its words, the meeting's day in them, and what the others name;
    `is_head` where it is only the label of the day of the next meeting, which stands right of it.
    """

    cell: SourceCell
    label: Label
    words: str
    said: DayIn
    parts: Parts
    is_head: bool = False

    @property
    def name(self) -> str:
        """Its words but for the meeting's day."""
        return self.said.name


def title_block_above(
    sheet: Sheet, heading_row: int, columns: Columns, *, has_column: bool = False
) -> TitleBlock:
    """The title block of a sheet, from the lines above a row. Where the table `has_column` for the
    committee, no line is taken for one by its place.
    """
    known = columns.title_block
    lines = list(_lines_above(sheet, heading_row, columns))
    claims = [*_committees(lines, known, has_column=has_column), *_meetings(lines)]
    claims += _papers(lines, choose(claims, "committee"), known)
    titles = TitleBlock(tuple(claims))
    return replace(titles, unused=tuple(_unused_cells(lines, titles.names, columns)))


def _committees(lines: list[Line], known: TitleLabels, *, has_column: bool) -> Iterable[Name]:
    """The committees that lines may name; of lines that say the same the first does."""
    found: dict[tuple[Ground, str], Name] = {}
    are_few = sum(line.label in ("", "paper") for line in lines) <= 2
    for number, line in enumerate(lines):
        words = line.parts.committee or line.name
        claimed = _as_committee(line, number, known) if line.name else None
        if claimed and not (has_column and claimed[0] >= Ground.PLACE):
            ground, rank = claimed
            if ground is Ground.PLACE and not are_few:
                ground = Ground.GUESS
            name = Name("committee", words, line.cell.place, ground, rank=rank)
            found.setdefault((ground, key(words)), name)
    return found.values()


def _as_committee(line: Line, number: int, known: TitleLabels) -> _Claimed:
    """How surely a line names a committee. Of bodies the lowest is meant: a committee under a board, a sub-committee
    under a committee, else one that says no more than its name, else the last.
    """
    parts = line.parts
    if line.label == "committee":
        return Ground.LABEL, (number,)
    if parts.is_body and line.label in ("", "meeting"):
        if not ends(parts.committee, known.bodies):
            return Ground.PART, (number,)
        if line.said.is_other or is_bare(parts.committee, known):
            return Ground.FAINT, (number,)
        says_more = bool(parts.paper or parts.left)
        return Ground.WORDS, (-depth(parts.committee, known), says_more, -number)
    if line.label:
        return None
    if parts.committee:
        return Ground.HINT, (number,)
    return None if line.said.day or has_one(line.name, known.papers) else (Ground.PLACE, (number,))


def _meetings(lines: list[Line]) -> Iterator[Name]:
    """The days that lines may give for the meeting's; that of the following meeting stands in for it."""
    for line in lines:
        by_words = Ground.WORDS if line.said.is_sure else Ground.HINT
        grounds = {"": by_words, "meeting": Ground.LABEL, "following": Ground.GUESS}
        if (day := line.said.day) and line.label in grounds:
            ground = grounds[line.label]
            yield Name("meeting", f"{day:%d/%m/%Y}", line.cell.place, ground, day)


def _papers(lines: list[Line], committee: Name | None, known: TitleLabels) -> Iterator[Name]:
    """The titles that lines may give the paper: that beside the committee before those in other lines."""
    for number, line in enumerate(lines):
        words, claimed = line.name, _as_paper(line, number, known)
        if committee and line.cell.place == committee.place:
            words, claimed = line.parts.paper, (Ground.WORDS, (-1,))
        if words and claimed:
            yield Name("paper", words, line.cell.place, claimed[0], rank=claimed[1])


def _as_paper(line: Line, number: int, known: TitleLabels) -> _Claimed:
    """How surely a line gives the paper's title. The name of a council or a body alone is none."""
    if line.label:
        return (Ground.LABEL, (number,)) if line.label == "paper" else None
    parts = line.parts
    is_body = parts.is_body and ends(parts.committee, known.bodies)
    if is_body and not parts.paper and not parts.left:
        return None
    if has_one(line.name, known.papers):
        return Ground.WORDS, (number,)
    if line.said.day:
        return Ground.HINT, (number,)
    return None if has_one(line.name, known.council) else (Ground.GUESS, ())


def _unused_cells(
    lines: list[Line], names: dict[Part, Name], columns: Columns
) -> Iterator[SourceCell]:
    """The cells that say something beside the names that are chosen, with those words alone."""
    for line, after in zip_longest(lines, lines[1:]):
        if line.is_head and after and "meeting" in _chosen(after, names):
            continue
        parts, chosen = line.parts, _chosen(line, names)
        is_bare = not line.name or _calls_meeting(line, columns)
        if not chosen or (chosen == {"meeting"} and not line.label and not is_bare):
            yield line.cell
            continue
        beside = line.name if chosen == {"meeting"} and not is_bare else ""
        if "committee" in chosen and parts.committee:
            beside = _dashed("" if "paper" in chosen else parts.paper, parts.left)
        if left := _dashed(beside, line.said.left):
            yield replace(line.cell, runs=(Run(left),))


def _chosen(line: Line, names: dict[Part, Name]) -> set[Part]:
    """The names that are chosen from a line."""
    return {part for part, name in names.items() if name.place == line.cell.place}


def _calls_meeting(line: Line, columns: Columns) -> bool:
    """Whether the words beside a day only call it a meeting's: *Board meeting*."""
    is_meeting = has_one(line.words, columns.title_block.meeting)
    return is_meeting and set(key(line.name).split()) <= columns.section_words


def _dashed(*parts: str) -> str:
    """Parts of a line with dashes between them."""
    return " – ".join(filter(None, parts))


def _lines_above(sheet: Sheet, heading_row: int, columns: Columns) -> Iterator[Line]:
    """The lines above a row, each with what it is labelled."""
    above = [row for row in sheet.rows if row.number < heading_row]
    pending: dict[int, Label] = {}  # labels of a row, whose words stand below them
    for row in above:
        cells = list(row.own.values())
        heads = pending
        pending = _labels_over_words(cells, columns)
        if pending:
            continue
        if heads and all(cell.place.column in heads for cell in cells):
            yield from (
                _line(cell, heads[cell.place.column], cell.words, sheet, columns) for cell in cells
            )
        else:
            yield from _labelled(cells, sheet, columns)


def _labels_over_words(cells: list[SourceCell], columns: Columns) -> dict[int, Label]:
    """The labels of a row that holds several of them and no words of its own."""
    found = {cell.place.column: _label_of(cell.words.rstrip(": "), columns) for cell in cells}
    known = [label for label in found.values() if label not in (None, "remarks")]
    if len(known) < 2 or len(found) - len(known) > len(known):  # noqa: PLR2004
        return {}
    return {column: label or "remarks" for column, label in found.items()}


def _label_of(words: str, columns: Columns) -> Label | None:
    """The label that some words are, if they are one."""
    known = columns.title_block
    return next((name for name in _LABELS if is_one(words, getattr(known, name))), None)


def _labelled(cells: list[SourceCell], sheet: Sheet, columns: Columns) -> Iterator[Line]:
    """The lines of a row. A label stands before a colon in the cell, or alone in the cell to the left."""
    waiting: Label | None = None
    is_aside = False
    for number, cell in enumerate(cells, 1):
        found: Label | None = ""
        is_head = False
        words = cell.words
        before, _, after = (part.strip() for part in words.partition(":"))
        label = _label_of(before, columns)
        is_aside = is_aside or _begins_aside(cell, columns)
        if is_aside:
            found = "remarks"
        elif waiting is not None:
            found, waiting = waiting, None
        elif label and after:
            found, words = label, after
        elif label:
            waiting = label if number < len(cells) else None
            is_head = waiting == "following"
            found = "remarks" if label in ("remarks", "following") else None
        elif _is_remark(words, columns) or _labels_day(cell, cells[number:], columns):
            waiting = "remarks" if _goes_on(cell, cells[number:], columns) else None
            found = "remarks"
        if found is not None:
            line = _line(cell, found, words, sheet, columns)
            yield replace(line, is_head=is_head)


def _begins_aside(cell: SourceCell, columns: Columns) -> bool:
    """Whether a cell begins a key to colours, or counts the actions, and the rest of its row with it; the
    paper's title may be such a word (*Actions*).
    """
    said, under = lead(cell.words), columns.under_table
    return said in keys(under.totals + under.keys) - keys(columns.title_block.papers)


def _labels_day(cell: SourceCell, after: list[SourceCell], columns: Columns) -> bool:
    """Whether words that nobody listed stand right before a cell that is a day: `Date issued`."""
    known = columns.title_block
    is_day = bool(after) and cell_day(after[0]) is not None
    is_told = has_one(cell.words, known.bodies + known.papers + known.council)
    return is_day and not is_told and _goes_on(cell, after, columns)


def _goes_on(cell: SourceCell, after: list[SourceCell], columns: Columns) -> bool:
    """Whether the cell right of one is about the same: it names no committee and no paper."""
    known = columns.title_block
    edge = max(cell.place.column, cell.last_column)
    is_beside = bool(after) and after[0].place.column == edge + 1
    return is_beside and not has_one(after[0].words, known.bodies + known.papers)


def _is_remark(words: str, columns: Columns) -> bool:
    """Whether a line says something else than committee, paper and meeting, such as when it was printed."""
    known = columns.title_block
    if begins(words, known.remarks) or is_byline(words, known):
        return True
    if meeting_day(words, known).is_other and not has_one(words, known.bodies + known.papers):
        return True
    label, _, after = words.partition(":")
    is_body = ends(after, known.bodies) and not is_bare(after, known)
    is_known = is_body or has_one(label, known.bodies + known.papers + known.council)
    return _UNKNOWN_LABEL.match(words) is not None and not is_known


def _line(cell: SourceCell, label: Label, words: str, sheet: Sheet, columns: Columns) -> Line:
    """A line with the day that it says, and its other words."""
    said = DayIn(None, "")
    if label != "remarks":
        real = date_text(cell.value, words, sheet.epoch).day if words == cell.words else None
        said = meeting_day(words, columns.title_block) if real is None else DayIn(real, "")
    is_committee = label == "committee"  # all of it
    parts = Parts(said.name) if is_committee else parts_of_line(said.name, columns.title_block)
    return Line(cell, label, words, said, parts)
