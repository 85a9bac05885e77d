"""Sheets of one committee and meeting put together: they are one paper, or are refused where they cannot be."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Literal

from msgspec.structs import replace

from pipeline.council.columns import UNPUBLISHED, Columns
from pipeline.ingest.workbook import SourceCell
from pipeline.model.action import OPTIONAL_FIELDS, Action, Place, plain
from pipeline.model.document import Run
from pipeline.model.errors import PipelineError
from pipeline.model.words import key
from pipeline.normalise.names import Ground, Name, TitleBlock
from pipeline.normalise.tracker import Tracker


def joined(made: list[Tracker], known: Columns, title: str) -> list[Tracker]:
    """The trackers, those of one committee and meeting as one: there is one paper. Where their sheets give it several
    titles it is called `title`, if that is given.

    Raises `PipelineError` where they are too unlike, or too like, to be parts of one.
    """
    groups: dict[tuple[str, date], list[Tracker]] = {}
    for tracker in made:
        groups.setdefault((key(tracker.committee), tracker.meeting), []).append(tracker)
    for group in groups.values():
        for one, other in combinations(group, 2):
            _refuse_unjoinable(one, other, known)
    sheets = {tracker.sheet.name for tracker in made} if len(groups) == 1 else set()
    return [_as_one(group, title, sheets) for group in groups.values()]


def _refuse_unjoinable(one: Tracker, other: Tracker, known: Columns) -> None:
    """Raise `PipelineError` where two sheets of one committee and meeting have other columns, or the same
    actions. Only closed actions need a day of completion, and none the fields that only some papers have.
    """
    names = f"The sheets '{one.sheet.name}' and '{other.sheet.name}' are both of {one.committee}, "
    unlike = (one.fields ^ other.fields) - UNPUBLISHED - {"completed"} - OPTIONAL_FIELDS
    if unlike:
        lacking = ", ".join(
            f"'{has.sheet.name}' has a column for '{known.fields[name].headings[0]}'"
            for name in sorted(unlike)
            for has in (one, other)
            if name in has.fields
        )
        raise PipelineError(
            f"{names}{one.meeting:%d/%m/%Y}, and only {lacking}.",
            "Give them the same columns, or name the other under [ignored] sheets in columns.toml.",
        )
    said = {_what_was_asked(action) for action in one.actions}
    twice = sum(_what_was_asked(action) in said for action in other.actions)
    if 2 * twice >= min(len(one.actions), len(other.actions)):
        raise PipelineError(
            f"{names}{one.meeting:%d/%m/%Y}, and {twice} of the actions are on both.",
            "Put their rows on one sheet, or name the other under [ignored] sheets in columns.toml.",
        )


def _what_was_asked(action: Action) -> tuple[str, ...]:
    """What makes two actions the same."""
    words = (plain(action.title), plain(action.action))
    return (*map(key, words), str(action.date.day or action.date.text))


def _as_one(group: list[Tracker], title: str, sheets: set[str]) -> Tracker:
    """Trackers of one committee and meeting put together, in their order. Where their sheets give the
    paper several titles it has none of them. What one has from another of some `sheets` is no guess.
    """
    first, *others = group
    if not others:
        return first
    actions: list[Action] = []
    for one in group:
        before = actions[-1].item if actions else 0
        actions += (replace(action, item=before + action.item) for action in one.actions)
    paper, titles = first.paper, first.titles
    stray = [cell for one in group for cell in one.stray]
    guesses = [guess for one in group for guess in one.taken]
    taken = dict.fromkeys(one for one in guesses if not _is_of_sheets(one, sheets))
    if len({key(one.paper) for one in group}) > 1:
        paper = title or paper
        stray += (cell for one in group for cell in name_cells(one.titles, "paper"))
        house = Name("paper", paper, Place(first.sheet.name, 1, 1), Ground.HOUSE)
        kept = tuple(name for name in titles.claims if name.part != "paper")
        titles = replace(titles, claims=kept)
        taken = dict.fromkeys([house, *(guess for guess in taken if guess.part != "paper")])
    return replace(
        first,
        titles=titles,
        paper=paper,
        actions=tuple(actions),
        stray=tuple(stray),
        carried={at: above for one in group for at, above in one.carried.items()},
        appended=tuple(cell for one in group for cell in one.appended),
        taken=tuple(taken),
        joined=tuple(others),
    )


def _is_of_sheets(name: Name, sheets: set[str]) -> bool:
    """Whether a name is one that some sheets have from one another."""
    is_theirs = name.place is not None and name.place.sheet in sheets
    return is_theirs and name.ground is Ground.ELSEWHERE


def name_cells(titles: TitleBlock, part: Literal["committee", "paper"]) -> list[SourceCell]:
    """The committee or the paper's title above a table, as a cell that says no more; none without one."""
    name = titles.names.get(part)
    if name is None or name.place is None:
        return []
    return [SourceCell(name.place, (Run(name.words),), anchor_row=name.place.row)]
