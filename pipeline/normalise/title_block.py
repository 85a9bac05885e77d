"""The lines above the table: what each could name, and by which ground; and what they say beside that.

`title_words` reads their words, and `names` chooses between what they could name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise, zip_longest
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.council.column_words import TitleLabels
from pipeline.council.columns import Columns
from pipeline.council.dates import date_text, days_within
from pipeline.ingest.workbook import Sheet, SourceCell
from pipeline.model.document import Run
from pipeline.model.words import begins, has_one, is_one, key, keys, lead, single_words
from pipeline.normalise.looks import cell_day
from pipeline.normalise.names import Ground, Name, Part, TitleBlock, choose
from pipeline.normalise.title_words import DayIn, Parts, depth, is_remark, meeting_day, parts_of

_Label: TypeAlias = Literal["", "committee", "paper", "meeting", "following", "remarks"]
_LABELS: tuple[_Label, ...] = ("committee", "paper", "meeting", "following", "remarks")
_Labelled: TypeAlias = tuple[SourceCell, _Label, str]  # a cell, its label, and its words without it
_BEFORE_LABEL = re.compile(r"(?<=[^\s:])(?:\s{2,}|\s*[\n;,|]\s*)(?=[^\W\d_][\w'’ -]{1,30}:)")
_FEW = 2  # lines without a label: a committee and a paper


class _Line(Struct, frozen=True):
    """A cell above the table: its label or none, its other words, the meeting's day in them, and what the rest
    names.
    """

    cell: SourceCell
    label: _Label
    words: str
    said: DayIn
    parts: Parts


def title_block_above(
    sheet: Sheet, heading_row: int, columns: Columns, *, has_column: bool = False
) -> TitleBlock:
    """The title block of a sheet, from the lines above a row. Where the table `has_column` for the
    committee, no line is taken for one by its place.
    """
    known = columns.title_block
    above = [list(row.own.values()) for row in sheet.rows if row.number < heading_row]
    lines = [_line(one, sheet, known) for one in _labelled_cells(above, columns)]
    are_few = sum(line.label in ("", "paper") for line in lines) <= _FEW
    by_place = None if has_column else Ground.PLACE if are_few else Ground.GUESS
    claims = [*_meetings(lines, columns), *_committees(lines, known, by_place)]
    claims += _papers(lines, choose(claims, "committee"), known)
    titles = TitleBlock(tuple(claims))
    return replace(titles, unused=tuple(_unused_cells(lines, titles.names, columns)))


def _meetings(lines: list[_Line], columns: Columns) -> Iterator[Name]:
    """The days that may be the meeting's; that of the following meeting stands in for it. One right behind words
    that name neither a body, a paper nor a meeting (*Closing date*) is a guess.
    """
    names = columns.title_block
    for line in lines:
        rest = set(key(line.said.name).split()) - columns.section_words - single_words(names.beside)
        behind = line.words.partition(line.said.name or " ")[2].lstrip()
        is_named = has_one(
            line.words, (*names.bodies, *names.papers, *names.council, "meeting", "cyfarfod")
        )
        is_hint = not rest or is_named or not behind[:1].isalnum()
        by_words = Ground.WORDS if line.said.is_sure else Ground.HINT if is_hint else Ground.GUESS
        grounds = {"": by_words, "meeting": Ground.LABEL, "following": Ground.GUESS}
        if (day := line.said.day) and (ground := grounds.get(line.label)):
            yield Name("meeting", f"{day:%d/%m/%Y}", line.cell.place, ground, day)


def _committees(lines: list[_Line], known: TitleLabels, by_place: Ground | None) -> Iterable[Name]:
    """What may be the committee's name; lines that say the same by one ground are one. Of bodies the lowest is meant: a
    committee under a board, a sub-committee under a committee; else one that does not report, else one whose line says
    no more, else the last.
    """
    found: dict[tuple[Ground, str], Name] = {}
    for number, line in enumerate(lines):
        parts = line.parts
        ground = _committee_ground(line, known, by_place)
        rank: tuple[int, ...] = (number,)
        if ground is Ground.WORDS:
            says_more, is_whose = bool(parts.paper or parts.left), begins(line.words, known.bylines)
            rank = (-depth(parts.committee, known), is_whose, says_more, -number)
        if ground:
            words = parts.committee or line.said.name
            name = Name("committee", words, line.cell.place, ground, rank=rank)
            found.setdefault((ground, key(words)), name)
    return found.values()


def _committee_ground(line: _Line, known: TitleLabels, by_place: Ground | None) -> Ground | None:
    """By which ground a line could name the committee; None where it could not."""
    name, parts = line.said.name, line.parts
    is_open = line.label in ("", "committee") or (line.label == "meeting" and parts.is_body)
    if not name or not is_open:
        return None
    if parts.ground is Ground.WORDS and line.said.is_other:
        return Ground.FAINT
    is_other = line.said.day or has_one(name, known.papers)
    return parts.ground or (None if is_other else by_place)


def _papers(lines: list[_Line], committee: Name | None, known: TitleLabels) -> Iterator[Name]:
    """What may be the paper's title; of the committee's line what stands beside its name, before other lines."""
    for number, line in enumerate(lines):
        words, ground, rank = line.said.name, _paper_ground(line, known), number
        if committee and _is_from(committee, line):
            words, ground, rank = line.parts.paper, Ground.WORDS, -1
        if words and ground:
            yield Name("paper", words, line.cell.place, ground, rank=(rank,))


def _paper_ground(line: _Line, known: TitleLabels) -> Ground | None:
    """By which ground a line could be the paper's title. The name of a council or a body alone is none."""
    parts = line.parts
    if line.label:
        return Ground.LABEL if line.label == "paper" else None
    if parts.ground in (Ground.WORDS, Ground.FAINT) and not parts.paper + parts.left:
        return None
    if has_one(line.said.name, known.papers):
        return Ground.WORDS
    if line.said.day:
        return Ground.HINT
    return None if has_one(line.said.name, known.council) else Ground.GUESS


def _unused_cells(
    lines: list[_Line], names: dict[Part, Name], columns: Columns
) -> Iterator[SourceCell]:
    """The cells that say something beside the names that are chosen, with those words alone."""
    unused = _unused_parts(lines, names, columns)
    for _, parts in groupby(unused, key=lambda cell: cell.place):
        first, *more = parts
        said = _dashed(first.words, *(cell.words for cell in more))
        yield replace(first, runs=(Run(said),)) if more else first


def _unused_parts(
    lines: list[_Line], names: dict[Part, Name], columns: Columns
) -> Iterator[SourceCell]:
    """Each line, or the words of it, that says something beside the names that are chosen."""
    committee = set(key(names["committee"].words).split()) if "committee" in names else set()
    for line, after in zip_longest(lines, lines[1:]):
        parts, chosen = line.parts, _chosen(line, names)
        is_head = not line.words and after and line.label == after.label == "following"
        if is_head and _chosen(after, names):
            continue  # the label *Next meeting* of the day right of it
        is_bare = not line.said.name or (  # or only calls it a meeting's: *Board meeting*
            has_one(line.words, columns.title_block.meeting)
            and set(key(line.said.name).split()) <= columns.section_words | committee
        )
        if not chosen:
            yield line.cell
            continue
        beside = line.said.name if chosen == {"meeting"} and not is_bare else ""
        if "committee" in chosen and parts.committee:
            beside = _dashed("" if "paper" in chosen else parts.paper, parts.left)
        if left := _dashed(beside, _other_day(line, names), line.said.left):
            yield replace(line.cell, runs=(Run(left),))


def _other_day(line: _Line, names: dict[Part, Name]) -> str:
    """The words of a line's day where another line's is the meeting's."""
    if not line.said.day or ("meeting" in names and names["meeting"].day == line.said.day):
        return ""
    found = (line.words[at:end] for at, end, day in days_within(line.words) if day == line.said.day)
    return next(found, "")


def _chosen(line: _Line, names: dict[Part, Name]) -> set[Part]:
    """The names that are chosen from a line."""
    return {part for part, name in names.items() if _is_from(name, line)}


def _is_from(name: Name, line: _Line) -> bool:
    """Whether a line gives a name. It may be one of several in its cell."""
    said = (line.parts.committee, line.parts.paper, line.said.name)
    is_said = name.day == line.said.day if name.day else name.words in said
    return is_said and name.place == line.cell.place


def _dashed(*parts: str) -> str:
    """Parts of a line with dashes between them."""
    return " – ".join(filter(None, parts))


def _labelled_cells(above: list[list[SourceCell]], columns: Columns) -> Iterator[_Labelled]:
    """The cells of some rows, each with what it is labelled."""
    heads: dict[int, _Label] = {}  # labels of a row, whose words stand below them
    for whole in above:
        cells = [part for cell in whole for part in _apart(cell, columns)]
        over, heads = heads, _labels_over_words(cells, columns)
        if heads:
            others = (cell for cell in cells if heads[cell.place.column] == "remarks")
            yield from ((cell, "remarks", cell.words) for cell in others)
        elif over and all(cell.place.column in over for cell in cells):
            yield from ((cell, over[cell.place.column], cell.words) for cell in cells)
        else:
            yield from _labelled(cells, columns)


def _apart(cell: SourceCell, columns: Columns) -> list[SourceCell]:
    """A cell in a part for each label in it: `Committee: Audit   Date: 14 January 2027`."""
    parts = _BEFORE_LABEL.split(cell.text)
    labels = [_label_of(part.partition(":")[0], columns) for part in parts]
    if not any(labels[1:]) or {*labels} <= {None, "remarks"}:
        return [cell]
    return [replace(cell, runs=(Run(part),)) for part in parts]


def _labels_over_words(cells: list[SourceCell], columns: Columns) -> dict[int, _Label]:
    """The labels of a row that holds several of them and no words of its own: right of a label stands another."""
    found = {cell.place.column: _label_of(cell.words, columns) for cell in cells}
    known = [label for label in found.values() if label not in (None, "remarks")]
    is_list = any(one and other for one, other in pairwise(found.values()))
    if len(known) < 2 or not is_list:  # noqa: PLR2004
        return {}
    return {column: label or "remarks" for column, label in found.items()}


def _label_of(words: str, columns: Columns) -> _Label | None:
    """The label that some words are, if they are one, or are in two languages: `Date / Dyddiad`."""
    known, ways = columns.title_block, words.split("/")
    return next((n for n in _LABELS if all(is_one(one, getattr(known, n)) for one in ways)), None)


def _labelled(cells: list[SourceCell], columns: Columns) -> Iterator[_Labelled]:
    """The cells of a row. A label stands before a colon in the cell, or alone in the cell to the left."""
    known = columns.title_block
    waiting: _Label = ""
    names = known.bodies + known.papers + known.council
    for number, cell in enumerate(cells):
        right = cells[number + 1 :]
        before, _, after = (part.strip() for part in cell.words.partition(":"))
        label, goes_on = _label_of(before, columns), _goes_on(cell, right, columns)
        labels_day = goes_on and not has_one(cell.words, names) and cell_day(right[0]) is not None
        if _begins_aside(cell, columns):
            yield from ((one, "remarks", one.words) for one in (cell, *right))
            return
        if waiting:
            yield cell, waiting, cell.words
            waiting = ""
        elif label and after:
            yield cell, label, after
        elif label and (right or ":" in cell.words or not is_one(cell.words, known.parents)):
            waiting = label if right else ""
            if label in ("remarks", "following"):
                yield cell, label, ""
        elif is_remark(cell.words, known) or labels_day:
            waiting = "remarks" if goes_on else ""
            yield cell, "remarks", cell.words
        else:
            yield cell, "", cell.words


def _begins_aside(cell: SourceCell, columns: Columns) -> bool:
    """Whether a cell begins a key to colours, or counts the actions, and the rest of its row with it; the
    paper's title may be such a word (*Actions*).
    """
    said, under = lead(cell.words), columns.under_table
    return said in keys(under.totals + under.keys) - keys(columns.title_block.papers)


def _goes_on(cell: SourceCell, after: list[SourceCell], columns: Columns) -> bool:
    """Whether the cell right of one is about the same: it names no committee and no paper."""
    known = columns.title_block
    edge = max(cell.place.column, cell.last_column)
    is_beside = bool(after) and after[0].place.column == edge + 1
    return is_beside and not has_one(after[0].words, known.bodies + known.papers)


def _line(labelled: _Labelled, sheet: Sheet, known: TitleLabels) -> _Line:
    """A labelled cell with the day that it says, and its other words."""
    cell, label, words = labelled
    said = DayIn(None, "")
    if label != "remarks":
        real = date_text(cell.value, words, sheet.epoch).day if words == cell.words else None
        said = meeting_day(words, known) if real is None else DayIn(real, "")
    if label == "committee":  # all of it
        return _Line(cell, label, words, said, Parts(said.name, ground=Ground.LABEL))
    return _Line(cell, label, words, said, parts_of(said.name, known))
