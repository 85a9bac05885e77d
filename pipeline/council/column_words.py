"""What a `columns.toml` holds: a table of words for each thing that councils call by names of their own.

`columns` lays a council's over those of councils at large, and reads headings and cells with them.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, field

from pipeline.council.settings import Lists, Settings, with_keys_of

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


@with_keys_of("columns.toml", "title_block")
class TitleLabels(Lists, frozen=True):
    """Labels in the lines above a table; words that tell what a line without one names (`bodies`, of which some
    are `parents` or `children` of others, `council`, `papers`) or only mentions (`mentions`), for a body's
    answer, which is a paper (`answers`), that a council's name begins with (`councils`), or that begin one that
    says who reports (`bylines`) or with an item's number (`enclosures`), `executives` being posts with such a
    word; what in a committee's column is none (`marks`); words before a day that is the meeting's (`upcoming`),
    or is not (`elsewhere`), or that go with it (`beside`); and those beside the day of a meeting at which the items
    under it were considered (`sections`).
    """


@with_keys_of("columns.toml", "private")
class _Private(Lists, frozen=True):
    """The words of a heading by which its column is never published, and those that only seem to be such.

    Of single rows: what a cell says that marks its row (`rows`, `ticks`, the `parts` of an agenda) or does not
    (`public`), the `schedules` of exempt information, the words of a heading that `asks` whether its rows are
    private, headings that ask whether to `publish` them (`cleared` says yes), and those over what session they were
    in (`sittings`); `matters` are what a mark calls exempt, `sections` mark what stands below a line that says
    nothing else. A part in brackets behind one of `in_parts` is no mark, nor is what `rules` are about.
    """


@with_keys_of("columns.toml", "ignored")
class _Ignored(Lists, frozen=True):
    """What is passed over: columns, sheets, names of programmes; and columns of last meeting's updates."""


@with_keys_of("columns.toml", "cells")
class _Cells(Lists, frozen=True):
    """Words that tell what stands in a cell: a time that is no day, what an officer is called, how those who were
    asked answered, what kind of request it was, or that what stands above holds.
    """


@with_keys_of("columns.toml", "under_table")
class _UnderTable(Lists, frozen=True):
    """What begins rows under a table that are no actions: totals, keys, names of colours, stamps before a day."""


@with_keys_of("columns.toml", "guidance")
class _Guidance(Lists, frozen=True):
    """What rows between the headings and the first action begin with that say how to fill the table in."""


@with_keys_of("columns.toml", "completed")
class _YesOrNo(Lists, frozen=True):
    """The names of columns that ask whether an action is completed, and the answers."""


@with_keys_of("columns.toml", "qualified")
class _Qualified(Lists, frozen=True):
    """Words behind a status by which an action that seems closed is not, or not wholly."""


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
