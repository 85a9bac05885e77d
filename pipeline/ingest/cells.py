"""What the readers of spreadsheets share: a cell's value made into the words that people see in it.

Words that nobody sees stay in the cell, marked (`SourceCell.hidden`); `reading.hidden` leaves them out.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.ingest import foreign, limits, number_formats
from pipeline.ingest.faces import Face, Look
from pipeline.ingest.figures import plain_number
from pipeline.ingest.lines import STRUCK, CellWords, span
from pipeline.ingest.page_styles import css_colour
from pipeline.ingest.workbook import EPOCH, CellFault, SourceCell
from pipeline.model.action import Place
from pipeline.model.document import Run

_ERROR = re.compile(r"#\S{1,30}[!?]|#N/A|#GETTING_DATA|#{3,}|Err:\d{3}|Loading(?:\.{3}|…)")
_NOTHING = re.compile(
    r'""|(?:0?0:00(?::00)?|0?0/0?1/1900|0?1/0?0/1900|30/12/1899|(?:1899-12-30|1900-01-00)(?:[ T]00:00:00)?)'
)
_FORMAT_HIDES = "its number format shows nothing"
_LINK_SCHEMES = ("http://", "https://", "mailto:")
_LAST_DAY = 2958465  # 31 December 9999

Pieces: TypeAlias = list[
    tuple[str, Face | None, str]
]  # words, type of their own, and where they lead


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
