"""A spreadsheet's cells as its file has them, put together as people see them: one way for every kind of file, whose
module says only where the file has each.

Words that nobody sees stay in the cell, marked (`SourceCell.hidden`); `normalise.hidden` leaves them out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.ingest import foreign, limits, number_formats
from pipeline.ingest.faces import Face, Look
from pipeline.ingest.figures import plain_number
from pipeline.ingest.filling import Filling
from pipeline.ingest.lines import STRUCK, CellWords, span
from pipeline.ingest.page_styles import css_colour
from pipeline.ingest.workbook import EPOCH, Area, CellFault, Sheet, SourceCell, column_of
from pipeline.model.action import Place
from pipeline.model.document import Run

_ERROR = re.compile(r"#\S{1,30}[!?]|#N/A|#GETTING_DATA|#{3,}|Err:\d{3}|Loading(?:\.{3}|…)")
_NOTHING = re.compile(
    r'""|(?:0?0:00(?::00)?|0?0/0?1/1900|0?1/0?0/1900|30/12/1899|(?:1899-12-30|1900-01-00)(?:[ T]00:00:00)?)'
)
_FORMAT_HIDES = "its number format shows nothing"
_LINK_SCHEMES = ("http://", "https://", "mailto:")
_LAST_DAY = 2958465  # 31 December 9999
_HYPERLINK = re.compile(r'\s*=?\s*HYPERLINK\(\s*(?:"([^"]*)"\s*[,)])?', re.I)
# One cell, which xlrd writes as `Other!A1:A1`.
_REFERENCE = re.compile(
    r"\+?(?:(?:'((?:[^']|'')+)'|([^'!()+*/&,\s-]+))!)?\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?\3\$?\4)?",
    re.I,
)
_FETCHES = re.compile(r"\b(?:INDEX|[VHX]?LOOKUP|OFFSET|INDIRECT|CHOOSE|FILTER|IMPORTRANGE)\(", re.I)
_WORKS_OUT = re.compile(
    r"\b(?:SUM|COUNT|AVERAGE|MIN|MAX|ROUND|INT|DAYS|NETWORKDAYS|MATCH|LEN)\w*\(|[*/^]|\w-\w", re.I
)
# LibreOffice stores 0 in .xls for words that a formula gives: joined ones, or either of two.
_GIVES_WORDS = re.compile(r'(?:[^"&]|"[^"]*")*&.*|IF\([^()]*,"[^"]*","[^"]*"\)', re.I | re.S)

# Words, type of their own, and where they lead.
Pieces: TypeAlias = list[tuple[str, Face | None, str]]


class Stored(Struct, frozen=True):
    """A cell as the file has it; `value` is `Pieces` where parts of its text have type of their own. `formula` is as
    Excel writes it, None without one, and empty where it is not known.
    """

    value: object = None
    look: Look = Look()
    formula: str | None = None
    fault: CellFault = ""
    link: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether it has nothing but its looks."""
        return self.value is None and self.formula is None and not self.fault


class StoredSheet(Filling):
    """A spreadsheet's cells, by row and column; what they lead to by areas, and where conditions or pictures may change
    what words stand on.
    """

    stored: dict[int, dict[int, Stored]] = field(default_factory=dict)
    links: list[tuple[Area, str]] = field(default_factory=list)
    unknown_grounds: list[Area] = field(default_factory=list)

    def put(self, row: int, column: int, cell: Stored) -> None:
        """A cell, unless it is blank and looks as its row does. Raises `PipelineError` where there are too many."""
        if cell.is_blank and not cell.look.fill and row not in self.grounds:
            return
        self.stored.setdefault(row, {})[column] = cell
        self.keep_count(len(self.stored))

    def shown(self, others: dict[str, StoredSheet]) -> Sheet:
        """All of it, beside the workbook's sheets by their names. Raises `PipelineError` where there is more than is
        read.
        """
        ranges = len(self.merged) + len(self.links) + len(self.unknown_grounds) + len(self.filtered)
        what = "cells times merged, linked and formatted ranges"
        limits.keep(f"The sheet '{self.name}'", self.count * ranges, limits.AREAS, what)
        links = self._by_cell()
        is_calculated = any(
            one.formula is not None and one.fault != "uncalculated"
            for cells in self.stored.values()
            for one in cells.values()
        )
        for row, cells in self.stored.items():
            for column, one in cells.items():
                self.fill(row, column, one.look.fill)
                if one.fault == "uncalculated" and is_calculated:  # a formula that gives nothing
                    continue
                if self._fetches_nothing(one, others):
                    continue
                written = _HYPERLINK.match(one.formula) if one.formula else None
                link = (written[1] or f"={one.formula}") if written else one.link
                fault: CellFault = "uncalculated" if _has_lost_words(one) else one.fault
                found = cell_as_shown(
                    Place(self.name, row, column), None if fault == "uncalculated" else one.value,
                    self._look(one, row, column), epoch=self.epoch, fault=fault,
                    link=link or links.get((row, column), ""),
                )  # fmt: skip
                if found is not None:
                    self.cells.setdefault(row, {})[column] = found
        return self.sheet()

    def _by_cell(self) -> dict[tuple[int, int], str]:
        """Where each cell leads that is in an area of a link."""
        rows = sorted(self.stored)
        return {
            (row, column): target
            for (top, left, bottom, right), target in self.links
            for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
            for column in self.stored[row]
            if left <= column <= right
        }

    def _look(self, one: Stored, row: int, column: int) -> Look:
        """How a cell looks, as far as it is known."""
        is_unsure = (isinstance(one.value, list) or one.look.face.colour) and any(
            top <= row <= bottom and left <= column <= right
            for top, left, bottom, right in self.unknown_grounds
        )
        return replace(one.look, ground="") if is_unsure else one.look

    def _fetches_nothing(self, one: Stored, others: dict[str, StoredSheet]) -> bool:
        """Whether a cell gives 0 because what its formula fetches is empty."""
        if one.formula is None or isinstance(one.value, bool | str) or one.value != 0:
            return False
        if found := _REFERENCE.fullmatch(one.formula.strip().lstrip("=")):
            quoted, plain, letters, row = found.groups()
            target = others.get((quoted or plain or self.name).replace("''", "'"))
            cells = target.stored.get(int(row), {}) if target else {}
            there = cells.get(column_of(letters), Stored())
            return there.formula is not None or type(there.value) not in (int, float)
        return _FETCHES.search(one.formula) is not None and not _WORKS_OUT.search(one.formula)


def _has_lost_words(one: Stored) -> bool:
    """Whether a cell holds 0 in the place of the words that its formula gives."""
    is_zero = type(one.value) in (int, float) and one.value == 0
    return is_zero and _GIVES_WORDS.fullmatch((one.formula or "").strip().lstrip("=")) is not None


def put_together(sheets: list[StoredSheet]) -> tuple[Sheet, ...]:
    """The sheets of a workbook. Raises `PipelineError` where there is more than is read."""
    by_name = {one.name: one for one in sheets}
    return tuple(one.shown(by_name) for one in sheets)


def cut(text: str, changes: list[tuple[int, int]]) -> list[tuple[str, int | None]]:
    """The pieces of a text, each with the number of its font; `changes` are where one begins, and which."""
    bounds = [(0, None), *changes, (len(text), None)]
    return [(text[start:end], font) for (start, font), (end, _) in pairwise(bounds) if start < end]


class _Value(Struct, frozen=True):
    """What a cell shows: its words, its value as the reader of dates takes it, and what is odd about it."""

    words: str
    value: object
    fault: CellFault = ""
    is_hidden: bool = False


def value_of(value: object, code: str, epoch: date = EPOCH) -> _Value | None:
    """What a cell shows of its value by its number format; None where there is nothing in it."""
    match value:
        case None:
            return None
        case bool():
            return _Value(str(value).upper(), value)
        case str():
            return _text_of(value, code)
        case datetime() | date():
            return _day_of(value, code)
        case int() | float() if number_formats.day_part(code).is_day and 0 <= value <= _LAST_DAY:
            if not value:
                return None
            lost = 1 if value < 60 and epoch == EPOCH else 0  # noqa: PLR2004  # Excel's 29 February 1900
            start = datetime(epoch.year, epoch.month, epoch.day) + timedelta(days=lost)
            shown = start + timedelta(seconds=round(float(value) * 86400))
            return _day_of(shown, code, is_time=value < 1)
        case int() | float():
            return _number_of(value, code)
    return _text_of(str(value), code)


def _text_of(text: str, code: str) -> _Value | None:
    """What a cell shows of a text."""
    bare = text.strip()
    if is_empty(text):
        return None
    said = number_formats.shown(text, code)
    if not (said or "").strip():
        return _Value(text, text, is_hidden=True)
    is_error = _ERROR.fullmatch(bare) is not None and (bare[0] != "#" or bare == bare.upper())
    return _Value(said or text, said or text, "error" if is_error else "")


def is_empty(text: str) -> bool:
    """Whether a text says nothing: no words, an empty quotation, or what day 0 and no time look like."""
    bare = text.strip()
    return not bare or _NOTHING.fullmatch(bare) is not None


def _number_of(value: float, code: str) -> _Value | None:
    """What a cell shows of a number."""
    number = plain_number(value)
    said = number_formats.shown(value, code)
    if said is None:
        return _Value(number_formats.general(value), number, "format")
    if is_empty(said):
        return _Value(number_formats.general(value), number, is_hidden=True) if value else None
    is_plain = said == number_formats.general(value)
    return _Value(said, number if is_plain else said)


def _day_of(value: date, code: str, *, is_time: bool = False) -> _Value:
    """What a cell shows of a day: the day in the UK's form, or less or more where its format says so; of less than
    a day, the time alone.
    """
    form = number_formats.day_part(code)
    said = number_formats.day_shown(value, code) if form.is_time or not is_time else None
    if said is not None:
        return _Value(said, value if {"d", "m"} <= set(form.days) and not form.has_words else said)
    has_time = isinstance(value, datetime) and (value.hour or value.minute)
    words = f"{value:%d/%m/%Y %H:%M}" if has_time else f"{value:%d/%m/%Y}"
    if is_time:
        words = f"{value:%H:%M}"
    return _Value(
        words, words if is_time else value, "" if form.is_known and not is_time else "format"
    )


def cell_as_shown(
    place: Place,
    value: object,
    look: Look,
    *,
    epoch: date = EPOCH,
    fault: CellFault = "",
    link: str = "",
) -> SourceCell | None:
    """A cell of a spreadsheet; None where there is nothing in it. `value` is `Pieces` where parts of its text
    have type of their own; `link` is where it leads.
    """
    if isinstance(value, str):
        limits.keep(str(place), len(value), limits.LETTERS, "characters in a cell")
    code = look.number_format
    pieces: Pieces | None = value if isinstance(value, list) else None
    said = value_of(value if pieces is None else "".join(t for t, _, _ in pieces), code, epoch)
    if said is None:
        return SourceCell(place, (), None, place.row, fault=fault) if fault else None
    live: list[Run] = []
    unseen: list[int] = []
    struck: list[str] = []
    left_out: list[str] = []
    why = _FORMAT_HIDES if said.is_hidden else ""
    closed = ""
    own = number_formats.colour(value, code) if isinstance(value, float | int) else ""
    for text, own_face, to in pieces or [(said.words, None, "")]:
        face = own_face or look.face
        face = replace(face, colour=css_colour(own) or "") if own else face
        target = to or link
        is_open = target.lower().startswith(_LINK_SCHEMES)
        closed = closed or ("" if is_open else target)
        one = span(text, face, look.ground, target if is_open else None)
        if one.kept_out == STRUCK:
            struck.append(one.run.text)
            continue
        made = CellWords((one.run,)) if pieces else foreign.cell_words(one.run)
        struck.append(made.struck)
        left_out += made.left_out
        if one.kept_out and one.run.text.strip():
            why = why or f"its type {one.kept_out}"
        if said.is_hidden or (why and one.kept_out):
            unseen += range(len(live), len(live) + len(made.runs))
        live += made.runs
    is_text = isinstance(said.value, str)
    return SourceCell(
        place, tuple(live), "".join(run.text for run in live) if is_text else said.value, place.row,
        " ".join("".join(struck).split()), closed,
        fault=fault or said.fault, left_out=tuple(left_out), hidden=tuple(unseen), why_hidden=why,
    )  # fmt: skip
