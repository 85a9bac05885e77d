"""The lines above the table: which committee, which paper, which meeting.

A label beats any other line. Without one a line is told by its words (a committee, panel or board; a
log, tracker or monitoring), and only then by its place, which is said. `title_words` reads the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.council.columns import Columns
from pipeline.council.dates import date_text
from pipeline.ingest.workbook import Sheet, SourceCell
from pipeline.model.document import Run
from pipeline.model.words import begins, ends, has_one, is_one, key, keys, lead
from pipeline.normalise.looks import cell_day
from pipeline.normalise.title_words import (
    Parts,
    depth,
    is_bare,
    is_byline,
    meeting_day,
    parts_of_line,
)
from pipeline.normalise.tracker import Label, Line, Part, TitleBlock

_LABELS: tuple[Label, ...] = ("committee", "paper", "meeting", "following", "remarks")
_UNKNOWN_LABEL = re.compile(r"[^\W\d_][\w'’ ]{1,30}:(?:\s*\S|$)")  # such as `Chair: A. Hale`
# Ranks up to which a line names a body, a committee for sure, or likely:
_BODY, _BY_WORDS, _BY_PLACE = 1, 4, 5


def title_block_above(
    sheet: Sheet, heading_row: int, columns: Columns, *, has_column: bool = False
) -> TitleBlock:
    """The title block of a sheet, from the lines above a row. Where the table `has_column` for the
    committee, no line is taken for one by its place.
    """
    lines = list(_lines_above(sheet, heading_row, columns))
    free = [line for line in lines if not line.label]
    meeting, is_only = _meeting_line(lines, free)
    committee, rank = _committee_line(lines, columns, _BY_WORDS if has_column else _BY_PLACE)
    committee, is_rivalled = _lowest_body(committee, rank, lines, columns)
    parts = _committee_parts(committee, columns)
    paper, is_told = _paper_line(lines, [line for line in free if line is not committee], columns)
    is_likely = is_rivalled or (rank > _BY_WORDS and len(free) - (paper in free) > 1)
    title, left = paper.name if paper else "", parts.left
    if parts.paper and paper and paper.label:
        left = _dashed(parts.paper, left)
    elif parts.paper:
        paper, is_told, title = committee, True, parts.paper
    used: dict[Part, Line | None] = {"committee": committee, "paper": paper, "meeting": meeting}
    doubts: dict[Part, bool] = {
        "committee": is_likely, "paper": not is_told, "meeting": not is_only,
    }  # fmt: skip
    return TitleBlock(
        committee=parts.committee,
        paper=title,
        meeting=meeting.day if meeting else None,
        places={part: line.cell.place for part, line in used.items() if line is not None},
        guessed=tuple(part for part, is_doubtful in doubts.items() if is_doubtful),
        unused=tuple(_unused_cells(lines, used, left, columns)),
    )


def _committee_parts(line: Line | None, columns: Columns) -> Parts:
    """What the committee's line says; all of it is the name where a label or its place alone tells it."""
    if line is None:
        return Parts()
    known = columns.title_block
    parts = parts_of_line(line.name, known)
    if not parts.committee or line.label == "committee":
        return Parts(committee=line.name)
    if is_byline(parts.paper, known):
        return replace(parts, paper="", left=_dashed(parts.paper, parts.left))
    return parts


def _unused_cells(
    lines: list[Line], used: dict[Part, Line | None], left: str, columns: Columns
) -> Iterator[SourceCell]:
    """The cells that say something beside the names and the day, with those words alone; `left` are those
    of the committee's line.
    """
    names = (used["committee"], used["paper"])
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following is used["meeting"] and _is_label_of(line, following, columns):
            continue
        is_named = any(line is other for other in names)
        is_bare = not line.name or _calls_meeting(line, columns)
        is_day = line is used["meeting"] and bool(line.label or is_bare)
        if not is_named and not is_day:
            yield line.cell
            continue
        beside = left if line is names[0] else "" if is_named or is_bare else line.name
        if _dashed(beside, line.left):
            yield replace(line.cell, runs=(Run(_dashed(beside, line.left)),))


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


def _meeting_line(lines: list[Line], free: list[Line]) -> tuple[Line | None, bool]:
    """The line with the meeting's day: a labelled one, else one whose words call it so, else the first;
    and whether no other could be meant. The day of the following meeting stands in for it, unsure.
    """
    labelled = [line for line in lines if line.label == "meeting" and line.day]
    dated = [line for line in free if line.day]
    following = [line for line in lines if line.label == "following" and line.day]
    meant = labelled or [line for line in dated if line.is_sure] or dated
    is_only = len({line.day for line in meant}) <= 1 and bool(meant or not following)
    return next(iter([*meant, *following]), None), is_only


def _committee_line(lines: list[Line], columns: Columns, worst: int) -> tuple[Line | None, int]:
    """The line that names the committee, and how it was told: 0 by its label, up to `BY_WORDS` by its
    words, else by its place; none that is told worse than `worst`.
    """
    labelled = [line for line in lines if line.label == "committee" and line.name]
    if labelled:
        return labelled[0], 0
    named = _naming(lines)
    ranked = [(_committee_rank(line, columns), number) for number, line in enumerate(named)]
    best = min(ranked, default=(worst + 1, 0))
    return (named[best[1]], best[0]) if best[0] <= worst else (None, 0)


def _naming(lines: list[Line]) -> list[Line]:
    """The lines without the label of a committee that may name one all the same."""
    return [line for line in lines if line.label in ("", "meeting") and line.name]


def _lowest_body(
    best: Line | None, rank: int, lines: list[Line], columns: Columns
) -> tuple[Line | None, bool]:
    """Of lines that each name a body the committee's, and whether another could be it: a committee under a
    board, a sub-committee under a committee, else the last that says no more than a name. It is sure where it
    stands below the others and is lower, and says no more than they do.
    """
    if best is None or rank != _BODY:
        return best, False
    known = columns.title_block
    bodies: dict[str, Line] = {}
    for line in _naming(lines):
        name = parts_of_line(line.name, known).committee
        if _committee_rank(line, columns) == _BODY and not is_bare(name, known):
            bodies.setdefault(key(name), line)
    if not bodies:
        return best, False

    def order(line: Line) -> tuple[int, bool, int]:
        parts = parts_of_line(line.name, known)
        return depth(parts.committee, known), not (parts.paper or parts.left), line.cell.place.row

    *others, lowest = sorted(bodies.values(), key=order)
    low, is_name, row = order(lowest)
    is_sure = all(
        level < low and is_alone <= is_name and above < row
        for level, is_alone, above in map(order, others)
    )
    return lowest, not is_sure


def _committee_rank(line: Line, columns: Columns) -> int:
    """How surely a line names a committee, 1 the surest; more than `BY_PLACE` if it does not."""
    parts = parts_of_line(line.name, columns.title_block)
    if parts.committee and parts.is_body:
        if not ends(parts.committee, columns.title_block.bodies):
            return 3  # such as `Executive summary`
        return 2 if line.is_other else _BODY
    if line.label:
        return _BY_PLACE + 1
    if parts.committee:
        return _BY_WORDS
    is_paper = has_one(line.name, columns.title_block.papers)
    return _BY_PLACE + 1 if line.day or is_paper else _BY_PLACE


def _paper_line(lines: list[Line], free: list[Line], columns: Columns) -> tuple[Line | None, bool]:
    """The line that gives the paper's title: by its label, else by its words, else one with a day, else
    the next; and whether more than its place tells it. The name of a council or a body alone is none.
    """
    known = columns.title_block
    labelled = [line for line in lines if line.label == "paper" and line.name]
    named = [line for line in free if line.name and not _names_body(line.name, columns)]
    by_words = [line for line in named if has_one(line.name, known.papers)]
    dated = [line for line in named if line.day]
    told = [*labelled, *by_words, *dated]
    others = [line for line in named if not has_one(line.name, known.council)]
    return next(iter([*told, *others]), None), bool(told or not others)


def _names_body(words: str, columns: Columns) -> bool:
    """Whether words are a committee's name and nothing else."""
    parts = parts_of_line(words, columns.title_block)
    is_name = parts.is_body and ends(parts.committee, columns.title_block.bodies)
    return is_name and not parts.paper and not parts.left


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
        before, colon, after = cell.words.partition(":")
        label = _label_of(before, columns)
        is_aside = is_aside or _begins_aside(cell, columns)
        if is_aside:
            yield _line(cell, "remarks", cell.words, sheet, columns)
        elif waiting is not None:
            yield _line(cell, waiting, cell.words, sheet, columns)
            waiting = None
        elif label and colon and after.strip():
            yield _line(cell, label, after.strip(), sheet, columns)
        elif label and not after.strip():
            waiting = label if number < len(cells) else None
            if label in ("remarks", "following"):
                yield _line(cell, "remarks", cell.words, sheet, columns)
        elif _is_remark(cell.words, columns) or _labels_day(cell, cells[number:], columns):
            waiting = "remarks" if _goes_on(cell, cells[number:], columns) else None
            yield _line(cell, "remarks", cell.words, sheet, columns)
        else:
            yield _line(cell, "", cell.words, sheet, columns)


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
    if label == "remarks":
        return Line(cell, label, words, None, "")
    real = date_text(cell.value, cell.words, sheet.epoch).day if words == cell.words else None
    if real is not None:
        return Line(cell, label, words, real, "")
    found = meeting_day(words, columns.title_block)
    return Line(
        cell, label, words, found.day, found.name, found.is_sure, found.is_other, found.left
    )
