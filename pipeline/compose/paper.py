"""The paper made from the actions: its headings, its counts, its table; roles, no looks."""

from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec

from pipeline.check.seen import has_updates
from pipeline.compose import measure
from pipeline.council.columns import UNPUBLISHED
from pipeline.council.house import BelowField, HouseStyle, TableColumn
from pipeline.council.languages import language_of, marked_runs, with_languages
from pipeline.council.rules import Rules, is_placeholder
from pipeline.model.action import DATE_FIELDS, ITEM_FIELDS, OWED_FIELDS, Action, Text, plain
from pipeline.model.document import (
    Block,
    Cell,
    Column,
    Heading,
    Paper,
    Paragraph,
    Row,
    Run,
    Table,
    flow_lines,
)
from pipeline.model.words import sentence_case
from pipeline.normalise.tracker import Tracker
from pipeline.published.history import called
from pipeline.published.records import (
    ActionRecord,
    Records,
    as_json,
    printed_date,
    printed_status,
    short_hash,
)

# No field of the tracker: what has become of an action since the last paper.
_CHANGE_FIELD = "change"
_OTHER_STATUS = "with another status"  # where the house style has no words for it
_CHANGES = ("new", "updated", "same", "closed", "reopened")


class _Entry(msgspec.Struct, frozen=True):
    """An action, its record, the words that mark what has become of it, whether its update is awaited, whether it
    is its item's first, and whether the paper is a draft.
    """

    action: Action
    record: ActionRecord
    mark: str
    awaited: bool
    is_first: bool
    is_draft: bool


def monitoring_paper(
    tracker: Tracker, made: Records, rules: Rules, house: HouseStyle, modified: str
) -> Paper:
    """The monitoring paper of a tracker, whose records are `made`."""
    subtitle = house.wording.subtitle.format(
        paper=tracker.paper, meeting=house.long_day(tracker.meeting)
    )
    council = house.wording.council.format(council=house.council.name)
    revision = house.wording.stamp.revision
    revisions = [
        revision.format(day=_iso_day(one.day, house), reason=one.reason).rstrip(": ")
        for one in made.paper.revised
    ]
    counts = [_counts(tracker, rules, house), *_change_counts(made, house)]
    blocks: list[Block] = [
        *([Paragraph((Run(council),), role="council")] if council else []),
        Heading(tracker.committee, 1, language_of(tracker.committee, house.languages)),
        Paragraph((Run(subtitle),), role="subtitle"),
        # The stamp on every page is no words to a screen reader; these are.
        *([Paragraph((Run(house.wording.draft),), role="draft")] if made.paper.draft else []),
        *(Paragraph((Run(words),), role="counts") for words in (*revisions, *counts)),
        *_recommendation(made, house),
        *([Heading(house.wording.key, 2)] if house.key else []),
        *(
            Paragraph((Run(entry.status, bold=True), Run(f": {entry.meaning}")), role="key")
            for entry in house.key
        ),
    ]
    records = as_json(made)
    return Paper(
        title=f"{f'{house.wording.draft}: ' if made.paper.draft else ''}{tracker.committee}: {subtitle}",
        author=house.council.name,
        language=house.council.language,
        modified=modified,
        draft=made.paper.draft,
        blocks=(*blocks, _table(tracker, made, rules, house)),
        records=records,
        stamp=_stamp(made, records, house, modified),
    )


def _stamp(made: Records, records: str, house: HouseStyle, modified: str) -> str:
    """What ties a printed paper to its records: final or draft, the workbook's day, a short hash."""
    wording = house.wording.stamp
    state = wording.final if made.paper.final else wording.draft
    if made.paper.revised:
        state = wording.revised.format(day=_iso_day(made.paper.revised[-1].day, house))
    return wording.text.format(
        council=house.council.name,
        committee=made.paper.committee,
        meeting=_iso_day(made.paper.meeting, house),
        state=state,
        saved=house.long_day(date.fromisoformat(modified[:10])),
        hash=short_hash(records),
    )


def _counts(tracker: Tracker, rules: Rules, house: HouseStyle) -> str:
    """The line of figures on page 1: how many actions, how they stand or, without a column for that, how many have
    an update, and how many updates are awaited. Only of these is it worth saying that there is none.
    """
    actions, there = tracker.actions, _fields(tracker, rules)
    awaited = sum(_is_awaited(action, rules) for action in actions)
    # Words that no mapping names are another state than none.
    states = Counter(
        "other" if one.status.canonical == "unknown" and one.status.words else one.status.canonical
        for one in actions
    )
    stated = [
        f"{states[name]} {words}"
        for name, words in {"other": _OTHER_STATUS, **house.status_words}.items()
        if states[name]
    ]
    if "status" not in there and states.keys() == {"unknown"}:
        stated = [_number(house.wording.updates, len(actions) - awaited)] * ("update" in there)
    total = ": ".join(
        filter(None, (_number(house.wording.actions, len(actions)), ", ".join(stated)))
    )
    owed = f" {_number(house.wording.updates_awaited, awaited)}." * ("update" in there)
    return f"{total}.{owed}"


def _fields(tracker: Tracker, rules: Rules) -> set[str]:
    """The fields that a tracker's paper has, if the house style has a place for them."""
    there = {*tracker.fields, *(name for one in tracker.actions for name in one.cells)}
    return there - UNPUBLISHED - (set() if has_updates(tracker, rules) else {"update"})


def _is_awaited(action: Action, rules: Rules) -> bool:
    """Whether an action has no update, or words that only hold its place."""
    return not action.update or is_placeholder(plain(action.update), rules)


def _change_counts(made: Records, house: HouseStyle) -> list[str]:
    """The line of figures on page 1 that says what has become of the actions since the last paper, if there is one."""
    if not made.paper.since:
        return []
    changes = Counter[str](action.change for action in made.actions)
    wording = house.wording.changes
    stated = [
        getattr(wording, f"n_{name}").format(n=changes[name]) for name in _CHANGES if changes[name]
    ]
    counted = wording.counts.format(
        since=_iso_day(made.paper.since, house), changes=", ".join(stated)
    )
    withdrawn = [one for one in made.closed if one.withdrawn and one.meeting == made.paper.meeting]
    said = "; ".join(f"{called(one.action)} ({one.withdrawn.rstrip('.')})" for one in withdrawn)
    gone = wording.counts_withdrawn.format(n=len(withdrawn), actions=said) if withdrawn else ""
    return [counted + gone]


def _iso_day(iso: str, house: HouseStyle) -> str:
    """A record's day as headings show a date."""
    return house.long_day(date.fromisoformat(iso))


def _recommendation(made: Records, house: HouseStyle) -> list[Block]:
    """What the committee is asked to agree: that the actions closed in this paper leave it, by reason."""
    wording = house.wording.closing
    ended: dict[str, list[ActionRecord]] = {}
    for action in made.actions:
        reason = house.reason(action.status, action.raw_status)
        if reason:
            ended.setdefault(reason, []).append(action)
    if not ended or not wording.text:
        return []
    lines = [
        wording.item.format(reason=sentence_case(reason), actions=_named(actions, house))
        for reason, actions in ended.items()
    ]
    return [
        Heading(wording.heading, 2),
        *(Paragraph((Run(line),), role="key") for line in (wording.text, *lines)),
    ]


def _named(actions: list[ActionRecord], house: HouseStyle) -> str:
    """Actions by their items' titles, each with its references, or how many there are."""
    items: dict[str, list[ActionRecord]] = {}
    for action in actions:
        items.setdefault(" ".join(action.title.split()), []).append(action)
    said = []
    for title, ours in items.items():
        references = [action.reference for action in ours if action.reference]
        if len(ours) > 1 and not references:
            references = [_number([house.wording.closing.of_several], len(ours))]
        inside = ", ".join(references)
        said.append(f"{title} ({inside})" if title and inside else title or inside or ours[0].id)
    return "; ".join(said)


def _number(forms: list[str], n: int) -> str:
    """A count in its singular or its plural wording."""
    return (forms[0] if n == 1 else forms[-1]).format(n=n)


def _table(tracker: Tracker, made: Records, rules: Rules, house: HouseStyle) -> Table:
    """The table of all actions, in the house style's columns that the workbook has."""
    there = _fields(tracker, rules)
    shown = _shown_columns(house, there | {_CHANGE_FIELD} if made.paper.since else there)
    since = _iso_day(made.paper.since, house) if made.paper.since else ""
    rows = []
    item = 0
    for action, record in zip(tracker.actions, made.actions, strict=True):
        is_marked = since and record.change
        mark = (
            getattr(house.wording.changes, record.change).format(since=since) if is_marked else ""
        )
        is_awaited, is_draft = _is_awaited(action, rules), made.paper.draft
        entry = _Entry(action, record, mark, is_awaited, action.item != item, is_draft)
        rows.append(_row(entry, shown, house))
        item = action.item
    return Table(
        title=house.wording.table.format(committee=tracker.committee),
        description=", ".join(column.heading for column in shown),
        columns=tuple(
            Column(column.field, marked_runs((Run(column.heading),), house.languages))
            for column in shown
        ),
        rows=tuple(rows),
        widths=measure.fitted(
            [column.heading for column in shown],
            [each.cells for each in rows],
            house,
            house.widths([column.field for column in shown]),
        ),
    )


def _shown_columns(house: HouseStyle, there: set[str]) -> list[TableColumn]:
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


def _row(entry: _Entry, shown: list[TableColumn], house: HouseStyle) -> Row:
    """An action's row; the item's date and title are said again, or left blank, after its first."""
    is_referred = any(column.field == "reference" for column in shown)
    return Row(
        tuple(_cell(entry, column, house) for column in shown),
        title=plain(entry.action.title).replace("\n", " "),
        reference=plain(entry.action.reference).replace("\n", " ") if is_referred else "",
        name=entry.record.id,
        status=entry.record.status,
        officers=tuple(entry.record.officers),
        change=entry.record.change,
        is_first=entry.is_first,
    )


def _cell(entry: _Entry, column: TableColumn, house: HouseStyle) -> Cell:
    """One field of an action and those below it; the item's own are left out where they would be said again in
    the classic blank look.
    """
    is_repeat = column.field in ITEM_FIELDS and not entry.is_first
    blank = () if entry.is_first or house.table.repeat_item else ITEM_FIELDS
    lower = [below for below in column.below if below.field not in blank]
    under = tuple(block for below in lower for block in _said_below(entry, below, house))
    if column.field in blank:
        return Cell(with_languages(under, house.languages), repeated=not under)
    blocks = _said(entry, column.field, house)
    if column.field == "update" and entry.awaited:
        blocks = tuple(Paragraph((Run(line, role="missing"),)) for line in flow_lines(blocks))
    if not blocks:
        owed = column.field in OWED_FIELDS
        words = column.empty or house.wording.missing
        blocks = (Paragraph((Run(words, role="missing" if owed else "plain"),)),)
    return Cell(with_languages((*blocks, *under), house.languages), repeated=is_repeat)


def _said(entry: _Entry, field: str, house: HouseStyle) -> Text:
    """What a field of an action says; empty where it says nothing."""
    is_wrong = False
    if field == _CHANGE_FIELD:
        words = entry.mark
    elif field == "status":
        return printed_status(entry.action.status, house)
    elif field in DATE_FIELDS:
        day = entry.action.day(field)
        words, is_wrong = printed_date(day, house), entry.is_draft and day.unreadable
    else:
        return entry.action.text(field)
    run = Run(words, role="missing" if is_wrong else "plain")
    return (Paragraph((run,)),) if words else ()


def _said_below(entry: _Entry, below: BelowField, house: HouseStyle) -> Text:
    """What stands under another field in its cell."""
    blocks = _said(entry, below.field, house)
    if not blocks:
        return (Paragraph((Run(below.empty),)),) if below.empty else ()
    before, _, after = below.words.partition("{}")
    match blocks:
        case (Paragraph(runs),):
            framed = (Run(before), *runs, Run(after))
            return (Paragraph(tuple(run for run in framed if run.text)),)
    return blocks
