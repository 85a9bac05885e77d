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

    headings: list[str] = field(default_factory=list)
    exact: list[str] = field(default_factory=list)
    weaker: list[str] = field(default_factory=list)
    required: bool = False


class TitleLabels(Settings, frozen=True):
    """Labels in the lines above a table; words that tell what a line without one names (`bodies`, of which
    some are `parents` or `children` of others, `council`, `papers`), that a council's name begins with
    (`councils`), or that begin one that says who reports (`bylines`), `executives` being posts with such a
    word; what in a committee's column is none (`marks`); words before a day that is the meeting's
    (`upcoming`), or is not (`elsewhere`); and those
    beside the day of a meeting at which the items under it were considered (`sections`).
    """

    committee: list[str] = field(default_factory=list)
    paper: list[str] = field(default_factory=list)
    meeting: list[str] = field(default_factory=list)
    following: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    council: list[str] = field(default_factory=list)
    councils: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    executives: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    upcoming: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)


class _Private(Settings, frozen=True):
    """The words of a heading by which its column is never published, and those that only seem to be such.

    Of single rows: what a cell says that marks its row (`rows`, `ticks`, the `parts` of an agenda) or does not
    (`public`), the `schedules` of exempt information, the words of a heading that `asks` whether its rows are
    private, and headings that ask whether to `publish` them; `matters` are what a mark calls exempt. A part in
    brackets behind one of `in_parts` is no mark, nor is what `rules` are about.
    """

    words: list[str] = field(default_factory=list)
    unless: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    in_parts: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    matters: list[str] = field(default_factory=list)
    schedules: list[str] = field(default_factory=list)
    ticks: list[str] = field(default_factory=list)
    public: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    publish: list[str] = field(default_factory=list)


class _Ignored(Settings, frozen=True):
    columns: list[str] = field(default_factory=list)
    last_updates: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)


class _Cells(Settings, frozen=True):
    """Words that tell what stands in a cell: a time that is no day, what an officer is called, how those who were
    asked answered, or what kind of request it was.
    """

    times: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    responses: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


class _UnderTable(Settings, frozen=True):
    totals: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    colours: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)


class _Guidance(Settings, frozen=True):
    """What rows between the headings and the first action begin with that say how to fill the table in."""

    examples: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)


class _YesOrNo(Settings, frozen=True):
    """The names of columns that ask whether an action is completed, and the answers."""

    headings: list[str] = field(default_factory=list)
    yes: list[str] = field(default_factory=list)
    no: list[str] = field(default_factory=list)


class _Qualified(Settings, frozen=True):
    """Words behind a status by which an action that seems closed is not, or not wholly."""

    words: list[str] = field(default_factory=list)


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
