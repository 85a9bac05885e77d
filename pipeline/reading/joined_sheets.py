"""The sheets of one committee and one meeting joined: there is one paper."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from pipeline.columns import UNPUBLISHED, Columns, key
from pipeline.errors import PipelineError
from pipeline.reading.normalise import Tracker
from pipeline.reading.whose import Asked, Taken, name_cells
from pipeline.records import Action, Place, plain


def joined(made: list[Tracker], known: Columns, asked: Asked) -> list[Tracker]:
    """The trackers, those of one committee and meeting as one: there is one paper.

    Raises `PipelineError` where they are too unlike, or too like, to be parts of one.
    """
    groups: dict[tuple[str, date], list[Tracker]] = {}
    for tracker in made:
        groups.setdefault((key(tracker.committee), tracker.meeting), []).append(tracker)
    for first, *others in groups.values():
        for number, other in enumerate(others):
            for earlier in (first, *others[:number]):
                refuse_unjoinable(earlier, other, known)
    return [as_one(group, asked) for group in groups.values()]


def refuse_unjoinable(one: Tracker, other: Tracker, known: Columns) -> None:
    """Raise `PipelineError` where two sheets of one committee and meeting have other columns, or the same
    actions. Only closed actions need a day of completion.
    """
    names = f"The sheets '{one.sheet.name}' and '{other.sheet.name}' are both of {one.committee}, "
    unlike = (one.fields ^ other.fields) - UNPUBLISHED - {"completed"}
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
    said = {what_was_asked(action) for action in one.actions}
    twice = sum(what_was_asked(action) in said for action in other.actions)
    if 2 * twice >= min(len(one.actions), len(other.actions)):
        raise PipelineError(
            f"{names}{one.meeting:%d/%m/%Y}, and {twice} of the actions are on both.",
            "Put their rows on one sheet, or name the other under [ignored] sheets in columns.toml.",
        )


def what_was_asked(action: Action) -> tuple[str, ...]:
    """What makes two actions the same."""
    words = (plain(action.title), plain(action.action))
    return (*map(key, words), str(action.date.day or action.date.text))


def as_one(group: list[Tracker], asked: Asked) -> Tracker:
    """Trackers of one committee and meeting put together, in their order. Where their sheets give the
    paper several titles it has none of them.
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
    taken = dict.fromkeys(guess for one in group for guess in one.taken)
    if len({key(one.paper) for one in group}) > 1:
        paper = asked.paper or paper
        stray += (cell for one in group for cell in name_cells(one.titles, "paper"))
        house = Taken("paper", paper, Place(first.sheet.name, 1, 1), "house")
        titles = replace(
            titles, places={part: at for part, at in titles.places.items() if part != "paper"}
        )
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
