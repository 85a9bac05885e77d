"""The paper made from the actions: its headings, its counts, its table; roles, no looks."""

from __future__ import annotations

from collections import Counter

from pipeline.checks import Finding, Rules, Severity
from pipeline.checks.run import is_placeholder
from pipeline.columns import UNPUBLISHED
from pipeline.document import Block, Cell, Column, Heading, Paper, Paragraph, Row, Run, Table
from pipeline.house import HouseStyle, TableColumn
from pipeline.normalise import Tracker
from pipeline.records import DATE_FIELDS, OWED_FIELDS, Action, Text, plain

ITEM_FIELDS = ("date", "title")


def paper(
    tracker: Tracker, findings: list[Finding], rules: Rules, house: HouseStyle, modified: str
) -> Paper:
    """The monitoring paper of a tracker. It is a draft while any finding is an error."""
    subtitle = house.wording.subtitle.format(
        paper=tracker.paper, meeting=house.long_day(tracker.meeting)
    )
    blocks: list[Block] = [
        Heading(tracker.committee, 1),
        Paragraph((Run(subtitle),), role="subtitle"),
        Paragraph((Run(counts(tracker.actions, rules, house)),), role="counts"),
    ]
    if house.key:
        blocks.append(Paragraph((Run(house.wording.key, bold=True),), role="key"))
        blocks.extend(
            Paragraph((Run(entry.status, bold=True), Run(f": {entry.meaning}")), role="key")
            for entry in house.key
        )
    return Paper(
        title=f"{tracker.committee}: {subtitle}",
        author=house.council.name,
        language=house.council.language,
        modified=modified,
        draft=any(finding.severity is Severity.ERROR for finding in findings),
        blocks=(*blocks, table(tracker, house)),
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


def table(tracker: Tracker, house: HouseStyle) -> Table:
    """The table of all actions, in the house style's columns that the workbook has."""
    shown = [
        c
        for c in house.table.columns
        if c.field in tracker.layout.columns and c.field not in UNPUBLISHED
    ]
    rows = []
    item = 0
    for action in tracker.actions:
        rows.append(row(action, shown, house, is_first=action.item != item))
        item = action.item
    return Table(
        title=house.wording.table.format(committee=tracker.committee),
        description=", ".join(column.heading for column in shown),
        columns=tuple(Column(column.field, column.heading) for column in shown),
        rows=tuple(rows),
    )


def row(action: Action, shown: list[TableColumn], house: HouseStyle, *, is_first: bool) -> Row:
    """An action's row; the item's date and title are said again, or left blank, after its first."""
    name = plain(action.title).replace("\n", " ") or house.wording.missing
    cells = tuple(cell(action, column, house, is_first=is_first) for column in shown)
    return Row(cells, bookmark=name if is_first else "")


def cell(action: Action, column: TableColumn, house: HouseStyle, *, is_first: bool) -> Cell:
    """One field of an action, never empty but for the classic blank look of repeated items."""
    is_repeat = column.field in ITEM_FIELDS and not is_first
    if is_repeat and not house.table.repeat_item:
        return Cell((), repeated=True)
    blocks: Text = ()
    if column.field in DATE_FIELDS:
        said = action.day(column.field)
        words = said.text or (house.day(said.day) if said.day else "")
        blocks = (Paragraph((Run(words),)),) if words else ()
    else:
        blocks = action.text(column.field)
    if not blocks:
        owed = column.field in OWED_FIELDS
        words = column.empty or house.wording.missing
        blocks = (Paragraph((Run(words, role="missing" if owed else "plain"),)),)
    return Cell(blocks, repeated=is_repeat)
