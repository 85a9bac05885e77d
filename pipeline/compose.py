"""The paper made from the actions: its headings, its counts, its table; roles, no looks."""

from __future__ import annotations

from collections import Counter

import msgspec

from pipeline.checks import Rules
from pipeline.checks.run import is_placeholder
from pipeline.columns import UNPUBLISHED
from pipeline.data import ActionRecord, Records, as_json
from pipeline.document import Block, Cell, Column, Heading, Paper, Paragraph, Row, Run, Table
from pipeline.house import BelowField, HouseStyle, TableColumn
from pipeline.normalise import Tracker
from pipeline.records import DATE_FIELDS, OWED_FIELDS, Action, Text, plain

ITEM_FIELDS = ("date", "title")


def paper(tracker: Tracker, made: Records, rules: Rules, house: HouseStyle, modified: str) -> Paper:
    """The monitoring paper of a tracker, whose records are `made`."""
    subtitle = house.wording.subtitle.format(
        paper=tracker.paper, meeting=house.long_day(tracker.meeting)
    )
    blocks: list[Block] = [
        Heading(tracker.committee, 1),
        Paragraph((Run(subtitle),), role="subtitle"),
        Paragraph((Run(counts(tracker.actions, rules, house)),), role="counts"),
    ]
    if house.key:
        blocks.append(Heading(house.wording.key, 2))
        blocks.extend(
            Paragraph((Run(entry.status, bold=True), Run(f": {entry.meaning}")), role="key")
            for entry in house.key
        )
    return Paper(
        title=f"{tracker.committee}: {subtitle}",
        author=house.council.name,
        language=house.council.language,
        modified=modified,
        draft=made.paper.draft,
        blocks=(*blocks, table(tracker, made, house)),
        records=as_json(made),
    )


def counts(actions: tuple[Action, ...], rules: Rules, house: HouseStyle) -> str:
    """The line of figures on page 1: how many actions, how they stand, how many updates are awaited."""
    states = Counter(action.status.canonical for action in actions)
    always = ("completed", "in progress")
    stated = [
        f"{states[name]} {words}"
        for name, words in house.status_words.items()
        if states[name] or name in always
    ]
    awaited = sum(
        not action.update or is_placeholder(plain(action.update), rules) for action in actions
    )
    total = number(house.wording.actions, len(actions))
    return f"{total}: {', '.join(stated)}. {number(house.wording.updates_awaited, awaited)}."


def number(forms: list[str], n: int) -> str:
    """A count in its singular or its plural wording."""
    return (forms[0] if n == 1 else forms[-1]).format(n=n)


def table(tracker: Tracker, made: Records, house: HouseStyle) -> Table:
    """The table of all actions, in the house style's columns that the workbook has."""
    shown = shown_columns(house, set(tracker.layout.columns) - UNPUBLISHED)
    rows = []
    item = 0
    for action, record in zip(tracker.actions, made.actions, strict=True):
        rows.append(row(action, record, shown, house, is_first=action.item != item))
        item = action.item
    return Table(
        title=house.wording.table.format(committee=tracker.committee),
        description=", ".join(column.heading for column in shown),
        columns=tuple(Column(column.field, column.heading) for column in shown),
        rows=tuple(rows),
    )


def shown_columns(house: HouseStyle, there: set[str]) -> list[TableColumn]:
    """The house style's columns for the fields that are there; see `BelowField`."""
    shown = []
    for column in house.table.columns:
        below = [under for under in column.below if under.field in there]
        if column.field in there:
            shown.append(msgspec.structs.replace(column, below=below))
        else:
            shown.extend(
                TableColumn(field=u.field, heading=u.heading, width=column.width, empty=u.empty)
                for u in below
            )
    return shown


def row(
    action: Action,
    record: ActionRecord,
    shown: list[TableColumn],
    house: HouseStyle,
    *,
    is_first: bool,
) -> Row:
    """An action's row; the item's date and title are said again, or left blank, after its first."""
    name = plain(action.title).replace("\n", " ") or house.wording.missing
    cells = tuple(cell(action, column, house, is_first=is_first) for column in shown)
    return Row(
        cells,
        bookmark=name if is_first else "",
        name=record.id,
        status=record.status,
        officers=tuple(record.officers),
    )


def cell(action: Action, column: TableColumn, house: HouseStyle, *, is_first: bool) -> Cell:
    """One field of an action, never empty but for the classic blank look of repeated items."""
    is_repeat = column.field in ITEM_FIELDS and not is_first
    if is_repeat and not house.table.repeat_item:
        return Cell((), repeated=True)
    blocks = said(action, column.field, house)
    if not blocks:
        owed = column.field in OWED_FIELDS
        words = column.empty or house.wording.missing
        blocks = (Paragraph((Run(words, role="missing" if owed else "plain"),)),)
    under = tuple(block for below in column.below for block in said_below(action, below, house))
    return Cell((*blocks, *under), repeated=is_repeat)


def said(action: Action, field: str, house: HouseStyle) -> Text:
    """What a field of an action says; empty where it says nothing."""
    if field not in DATE_FIELDS:
        return action.text(field)
    given = action.day(field)
    words = given.text or (house.day(given.day) if given.day else "")
    return (Paragraph((Run(words),)),) if words else ()


def said_below(action: Action, below: BelowField, house: HouseStyle) -> Text:
    """What stands under another field in its cell."""
    blocks = said(action, below.field, house)
    if not blocks:
        return (Paragraph((Run(below.empty),)),) if below.empty else ()
    before, _, after = below.words.partition("{}")
    match blocks:
        case (Paragraph(runs),):
            framed = (Run(before), *runs, Run(after))
            return (Paragraph(tuple(run for run in framed if run.text)),)
    return blocks
