"""The lines above the table: which committee, which paper, which meeting.

A label beats any other line. Without one a line is told by its words (a committee, panel or board; a
log, tracker or monitoring), and only then by its place, which is said. `title_words` reads the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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
from pipeline.normalise.title_words import (
    DayIn,
    Parts,
    depth,
    is_bare,
    is_byline,
    meeting_day,
    parts_of_line,
)
from pipeline.normalise.tracker import Ground, Name, Part, TitleBlock

Label: TypeAlias = Literal["", "committee", "paper", "meeting", "following", "remarks"]
_LABELS: tuple[Label, ...] = ("committee", "paper", "meeting", "following", "remarks")
_UNKNOWN_LABEL = re.compile(r"[^\W\d_][\w'’ ]{1,30}:(?:\s*\S|$)")  # such as `Chair: A. Hale`
# How surely a line names something: by its label 0, then by its words, then by its place, else not at all.
_BODY, _BY_WORDS, _BY_PLACE, _NOT = 1, 4, 5, 6


class Line(Struct, frozen=True):
    """A cell above the table: its label or none, its words, the meeting's day in them, and what the others name."""

    cell: SourceCell
    label: Label
    words: str
    said: DayIn
    parts: Parts

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
    days, day_rank = _best(lines, _meeting_rank, known)
    meeting = next(iter(days), None)
    bodies, rank = _best(lines, _committee_rank, known, _BY_WORDS if has_column else _BY_PLACE)
    committee, is_rivalled = next(iter(bodies), None), False
    if rank == _BODY:
        committee, is_rivalled = _lowest_body(bodies, known)
    others = [line for line in lines if line is not committee]
    papers, paper_rank = _best(others, _paper_rank, known)
    paper = next(iter(papers), None)
    unnamed = [line for line in lines if not line.label and line is not paper]
    is_likely = is_rivalled or (rank == _BY_PLACE and len(unnamed) > 1)
    parts = _committee_parts(committee, known)
    title, left = paper.name if paper else "", parts.left
    if parts.paper and paper and paper.label:
        left = _dashed(parts.paper, left)
    elif parts.paper:
        paper, paper_rank, title = committee, _BY_WORDS, parts.paper
    is_unsure = day_rank == _BY_PLACE or len({line.said.day for line in days}) > 1
    names: list[Name] = []
    if committee:
        names.append(_name("committee", committee, parts.committee, is_guess=is_likely))
    if paper:
        names.append(_name("paper", paper, title, is_guess=paper_rank == _BY_PLACE))
    if meeting and (day := meeting.said.day):
        named = _name("meeting", meeting, f"{day:%d/%m/%Y}", is_guess=is_unsure)
        names.append(replace(named, day=day))
    unused = _unused_cells(lines, (committee, paper), meeting, left, columns)
    return TitleBlock({name.part: name for name in names}, tuple(unused))


def _name(part: Part, line: Line, words: str, *, is_guess: bool) -> Name:
    """What a line names, or by its place alone may name."""
    return Name(part, words, line.cell.place, Ground.PLACE if is_guess else Ground.LINE)


def _best(
    lines: list[Line],
    rank: Callable[[Line, TitleLabels], int],
    known: TitleLabels,
    worst: int = _BY_PLACE,
) -> tuple[list[Line], int]:
    """The lines that say something most surely, of which the first is meant, and how surely they do; none where
    all are worse than `worst`.
    """
    ranks = [rank(line, known) for line in lines]
    best = min((one for one in ranks if one <= worst), default=_NOT)
    return [line for line, one in zip(lines, ranks, strict=True) if one == best <= worst], best


def _meeting_rank(line: Line, _: TitleLabels) -> int:
    """How surely a line gives the meeting's day; that of the following meeting stands in for it."""
    if line.said.day is None or line.label not in ("", "meeting", "following"):
        return _NOT
    if line.label:
        return 0 if line.label == "meeting" else _BY_PLACE
    return 1 if line.said.is_sure else _BY_WORDS


def _committee_rank(line: Line, known: TitleLabels) -> int:
    """How surely a line names a committee."""
    if line.label not in ("", "meeting", "committee") or not line.name:
        return _NOT
    parts = line.parts
    if line.label == "committee":
        return 0
    if parts.committee and parts.is_body:
        if not ends(parts.committee, known.bodies):
            return 3  # such as `Executive summary`
        return 2 if line.said.is_other else _BODY
    if line.label:
        return _NOT
    if parts.committee:
        return _BY_WORDS
    return _NOT if line.said.day or has_one(line.name, known.papers) else _BY_PLACE


def _paper_rank(line: Line, known: TitleLabels) -> int:
    """How surely a line gives the paper's title. The name of a council or a body alone is none."""
    if line.label not in ("", "paper") or not line.name:
        return _NOT
    if line.label:
        return 0
    parts = line.parts
    is_body = parts.is_body and ends(parts.committee, known.bodies)
    if is_body and not parts.paper and not parts.left:
        return _NOT
    if has_one(line.name, known.papers):
        return 1
    if line.said.day:
        return _BY_WORDS
    return _NOT if has_one(line.name, known.council) else _BY_PLACE


def _lowest_body(lines: list[Line], known: TitleLabels) -> tuple[Line, bool]:
    """Of lines that each name a body the committee's, and whether another could be it: a committee under a
    board, a sub-committee under a committee, else the last that says no more than a name. It is sure where it
    stands below the others and is lower, and says no more than they do.
    """
    bodies: dict[str, Line] = {}
    for line in lines:
        if not is_bare(line.parts.committee, known):
            bodies.setdefault(key(line.parts.committee), line)
    if not bodies:
        return lines[0], False

    def order(line: Line) -> tuple[int, bool, int]:
        parts = line.parts
        return depth(parts.committee, known), not (parts.paper or parts.left), line.cell.place.row

    *others, lowest = sorted(bodies.values(), key=order)
    low, is_name, row = order(lowest)
    is_sure = all(
        level < low and is_alone <= is_name and above < row
        for level, is_alone, above in map(order, others)
    )
    return lowest, not is_sure


def _committee_parts(line: Line | None, known: TitleLabels) -> Parts:
    """What the committee's line says; all of it is the name where a label or its place alone tells it."""
    if line is None:
        return Parts()
    parts = line.parts
    if not parts.committee or line.label == "committee":
        return Parts(committee=line.name)
    if is_byline(parts.paper, known):
        return replace(parts, paper="", left=_dashed(parts.paper, parts.left))
    return parts


def _unused_cells(
    lines: list[Line],
    names: tuple[Line | None, Line | None],
    meeting: Line | None,
    left: str,
    columns: Columns,
) -> Iterator[SourceCell]:
    """The cells that say something beside the names and the day, with those words alone; `left` are those
    of the committee's line.
    """
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following is meeting and _is_label_of(line, following, columns):
            continue
        is_named = any(line is other for other in names)
        is_bare = not line.name or _calls_meeting(line, columns)
        is_day = line is meeting and bool(line.label or is_bare)
        if not is_named and not is_day:
            yield line.cell
            continue
        beside = left if line is names[0] else "" if is_named or is_bare else line.name
        if _dashed(beside, line.said.left):
            yield replace(line.cell, runs=(Run(_dashed(beside, line.said.left)),))


def _is_label_of(label: Line, following: Line | None, columns: Columns) -> bool:
    """Whether a line is the label *Next meeting* of the day beside it."""
    return (
        following is not None
        and following.label == "following"
        and following.cell.place.row == label.cell.place.row
        and _label_of(label.words.rstrip(": "), columns) == "following"
    )


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
            found = "remarks" if label in ("remarks", "following") else None
        elif _is_remark(words, columns) or _labels_day(cell, cells[number:], columns):
            waiting = "remarks" if _goes_on(cell, cells[number:], columns) else None
            found = "remarks"
        if found is not None:
            yield _line(cell, found, words, sheet, columns)


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
    return Line(cell, label, words, said, parts_of_line(said.name, columns.title_block))
