"""What a `columns.toml` says: the words of a council, or of councils at large, as the file has them.

`docs/columns.md` explains each; `columns` puts a council's together with the others'.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, field

from pipeline.council.settings import Settings

_WhatIsHidden: TypeAlias = Literal["leave out", "print"]
_Colour: TypeAlias = Annotated[str, Meta(pattern="^#[0-9A-Fa-f]{6}$")]


class FieldHeadings(Settings, frozen=True):
    """The names of a field's column; those that are `weaker` give way to any other, and the words of those that
    are `exact` say nothing of headings that no list has.
    """

    headings: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    weaker: tuple[str, ...] = ()
    required: bool = False


class TitleLabels(Settings, frozen=True):
    """Labels in the lines above a table; words that tell what a line without one names (`bodies`, of which
    some are `parents` or `children` of others, `council`, `papers`), for a body's answer, which is a paper
    (`answers`), that a council's name begins with (`councils`), or that begin one that says who reports
    (`bylines`), `executives` being posts with such a word; what in a committee's column is none (`marks`); words
    before a day that is the meeting's (`upcoming`), or is not (`elsewhere`); and those beside the day of a
    meeting at which the items under it were considered (`sections`).
    """

    committee: tuple[str, ...] = ()
    paper: tuple[str, ...] = ()
    meeting: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    council: tuple[str, ...] = ()
    councils: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    executives: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    upcoming: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


class _Private(Settings, frozen=True):
    """The words of a heading by which its column is never published, and those that only seem to be such.

    Of single rows: what a cell says that marks its row (`rows`, `ticks`, the `parts` of an agenda) or does not
    (`public`), the `schedules` of exempt information, the words of a heading that `asks` whether its rows are
    private, and headings that ask whether to `publish` them; `matters` are what a mark calls exempt. A part in
    brackets behind one of `in_parts` is no mark, nor is what `rules` are about.
    """

    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    in_parts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    schedules: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    publish: tuple[str, ...] = ()


class _Ignored(Settings, frozen=True):
    columns: tuple[str, ...] = ()
    last_updates: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()


class _Cells(Settings, frozen=True):
    """Words that tell what stands in a cell: a time that is no day, what an officer is called, how those who were
    asked answered, or what kind of request it was.
    """

    times: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class _UnderTable(Settings, frozen=True):
    totals: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    stamps: tuple[str, ...] = ()


class _Guidance(Settings, frozen=True):
    """What rows between the headings and the first action begin with that say how to fill the table in."""

    examples: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


class _YesOrNo(Settings, frozen=True):
    """The names of columns that ask whether an action is completed, and the answers."""

    headings: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class _Qualified(Settings, frozen=True):
    """Words behind a status by which an action that seems closed is not, or not wholly."""

    words: tuple[str, ...] = ()


class ColumnWords(Settings, frozen=True):
    """One `columns.toml`. `hidden`: what becomes of words that nobody sees in the workbook; `without`: the fields
    that the council's trackers do not have, so that no row owes one.
    """

    hidden: _WhatIsHidden = "leave out"
    without: list[Literal["status", "update"]] = field(default_factory=list)
    fields: dict[str, FieldHeadings] = field(default_factory=dict)
    title_block: TitleLabels = field(default_factory=TitleLabels)
    under_table: _UnderTable = field(default_factory=_UnderTable)
    guidance: _Guidance = field(default_factory=_Guidance)
    completed: _YesOrNo = field(default_factory=_YesOrNo)
    qualified: _Qualified = field(default_factory=_Qualified)
    private: _Private = field(default_factory=_Private)
    cells: _Cells = field(default_factory=_Cells)
    ignored: _Ignored = field(default_factory=_Ignored)
    statuses: dict[str, list[str]] = field(default_factory=dict)
    colours: dict[str, list[_Colour]] = field(default_factory=dict)
