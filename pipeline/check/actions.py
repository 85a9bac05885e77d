"""Checks on what the actions say."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from pipeline.check.rule import Context, Fault, check, has_update, has_updates, texts
from pipeline.council.placeholders import is_unnamed, placeholder_mark, to_come_in
from pipeline.council.rules import Rules, Severity, is_placeholder
from pipeline.ingest.workbook import SourceCell
from pipeline.model.action import DATE_FIELDS, TEXT_FIELDS, Action, DateText, Text, plain
from pipeline.model.document import Paragraph, Run, text_of
from pipeline.model.months import plain_day
from pipeline.model.text import ends_sentence, is_sentence
from pipeline.model.words import key, quoted
from pipeline.normalise.tracker import Tracker

_NOT_NEEDED = (
    "broken-text", "shouting", "stale-update", "stale-on-hold", "thin-update", "moved-update",
)  # fmt: skip  # of an update that is none
_LIKELY_STATUS = 80  # of 100: "Finshed" and "Finished" have 93
_PRINTED_TEXTS = frozenset(TEXT_FIELDS) - {"notes"}
_DRAFT_TITLE = re.compile(r"\bDRAFT\b|(?i:[(\[]draft\b|\bdraft(?: v?[\d.]+)?$|^draft\s*[-–—:])")
_WHOLE_FIELDS = ("title", "action", "reference", "date")  # of the others "TBC" is for other checks
_NUMBERED = re.compile(
    r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s", re.I
)  # a list item, with an officer's own number


def earlier_update(action: Action, context: Context) -> str:
    """What an older column says that was done, with its cell; nothing where none does."""
    older = earlier_cell(action, context.tracker)
    if older is None or is_placeholder(older.words, context.rules):
        return ""
    return f" {older.place.cell} has an earlier one: {quoted(older.words)}."


def earlier_cell(action: Action, tracker: Tracker) -> SourceCell | None:
    """The cell that keeps an earlier update of an action, the newest with words; None where there is none."""
    place = action.cells["update"]
    sheet = next((one for one in tracker.sheets if one.sheet.name == place.sheet), tracker)
    columns = sheet.layout.earlier.get("update", ())
    at = bisect_left(sheet.rows, place.row, key=lambda row: row.number) if columns else 0
    rows = (row for row in sheet.rows[at : at + 1] if row.number == place.row)
    cells = (row.cells[column] for row in rows for column in columns if column in row.cells)
    return next((cell for cell in cells if cell.words), None)


@check(Severity.ERROR, stands_for=_NOT_NEEDED)
def missing_update(context: Context) -> Iterator[Fault]:
    """Every action has an update. A dash, "TBC", "n/a", "update to follow" and their like are none
    (`placeholders` in `checks.toml`), nor is what only says that words will come ("Verbal update to be given at
    the meeting", "To be sent nearer the time", "See previous update"), or repeats the action, the title or the
    officer of its row; "No action was needed because …" is one. Where the status is missing too, it is asked for here.
    """
    for action in context.actions if has_updates(context.tracker, context.rules) else ():
        if has_update(action, context) or action.status.canonical == "completed":
            continue
        words, status = plain(action.update), action.cells.get("status")
        is_bare = status is not None and not action.status.words
        what = f"The action has no update{' and no status' if is_bare else ''}."
        what = f"The update says only {quoted(words)}." if words else what
        remedy = "Write what has been done, or that nothing has and why"
        if status == action.cells["update"]:
            remedy = f"{remedy}, behind its status"
        elif is_bare and status:
            remedy = f"{remedy}; and choose its status in {status.cell}"
        yield action.cells["update"], f"{what}{earlier_update(action, context)}", f"{remedy}."


@check(Severity.ERROR, stands_for=("broken-text", "shouting"))
def placeholder(context: Context) -> Iterator[Fault]:
    """No published words hold the place of others: "[insert figures]", "[XX]", "[date]", "(TBC)", "£XX", and in an
    update also "Draft:" before it, "TO BE UPDATED BY …" or "A verbal update will be given at the meeting" beside
    other words; nor does the paper's title call it a draft. "[Link]", "[2026] EWCA Civ 12", "a draft policy was
    circulated" and "to be confirmed by the Board in May" within a sentence are no placeholders.
    """
    for action in context.actions:
        for name, place in action.cells.items():
            if found := _held_place(action, name, context):
                what = f"{quoted(found)} stands where words are still to come."
                yield place, what, "Write the words, or take it out."
    for said in context.tracker.titles.names.values():
        is_to_come = is_unnamed(said.words) or placeholder_mark(said.words)
        if said.place is not None and (is_to_come or _DRAFT_TITLE.search(said.words)):
            what = f"{quoted(said.words)} is not what a published paper says."
            yield said.place, what, "Write the committee and the title as they are to be published."


def _held_place(action: Action, name: str, context: Context) -> str:
    """What in a field holds the place of other words; nothing where nothing does, or where another check asks
    for the whole field.
    """
    if name in DATE_FIELDS:
        words = action.day(name).text
    elif name in _PRINTED_TEXTS:
        words = plain(action.text(name))
    else:
        return ""
    if name == "update":
        return to_come_in(words) if has_update(action, context) else ""
    last = re.split(r"[/–-]", words)[-1] if name == "reference" else words
    is_whole = name in _WHOLE_FIELDS and is_unnamed(last)
    return words if is_whole else placeholder_mark(words)


@check(Severity.ERROR)
def missing_status(context: Context) -> Iterator[Fault]:
    """An action with an update has a status. A colour is one only where the council has said what it
    means (`colours` in `columns.toml`).
    """
    for action in context.actions:
        if has_update(action, context) and not action.status.words and "status" in action.cells:
            colour = action.status.colour
            only = f": the cell's colour ({colour}) says nothing to readers" if colour else ""
            what = f"The action has an update but no progress status{only}."
            is_shared = action.cells["status"] == action.cells.get("update")
            remedy = _choose(context)
            if is_shared:
                remedy = remedy.replace("Choose one of", "Write before it one of")
            yield action.cells["status"], what, remedy


@check(Severity.WARNING)
def status_by_colour(context: Context) -> Iterator[Fault]:
    """A status stands in words. A cell without words whose colour the council has given a meaning
    (`colours` in `columns.toml`) has that status, which the paper prints in words.
    """
    for action in context.actions:
        if action.status.colour and action.status.words:
            said = quoted(plain(action.status.words))
            what = f"The status is only a colour ({action.status.colour}), and was read as {said}."
            yield action.cells["status"], what, f"Write {said} in the cell, or what else it means."


@check(Severity.ERROR, stands_for=("placeholder", "missing-glyph"))
def unknown_status(context: Context) -> Iterator[Fault]:
    """A status is one that the council knows (`statuses` in `columns.toml`). "Amber" and "50%" are none until
    the council lists them there.
    """
    for action in context.actions:
        if action.status.words and action.status.canonical == "unknown":
            words = plain(action.status.words)
            what = f"The status {quoted(words)} is not one that we know."
            if context.columns.is_qualified(words):
                what = f"The status {quoted(words)} takes back what it begins with, so it was not read as closed."
            meant = _nearest_status(words, context)
            ask = f"Did you mean '{meant}'? " if meant else ""
            yield action.cells["status"], what, f"{ask}{_choose(context)}"


def _nearest_status(words: str, context: Context) -> str:
    """The status whose words are spelled much like some words, if there is one; none for words that deny or
    qualify that an action is closed.
    """
    if context.columns.is_qualified(words) or context.columns.is_denied(words):
        return ""
    from rapidfuzz import fuzz, process  # slow to load

    known = [raw for raws in context.columns.statuses.values() for raw in raws if key(raw)]
    found = process.extractOne(
        key(words), known, scorer=fuzz.ratio, processor=key, score_cutoff=_LIKELY_STATUS
    )
    return str(found[0]) if found else ""


def _choose(context: Context) -> str:
    """The remedy that names the statuses there are, each in its usual words."""
    return f"Choose one of: {', '.join(raws[0] for raws in context.columns.statuses.values() if raws)}."


@check("off")
def missing_response(context: Context) -> Iterator[Fault]:
    """Those who were asked have answered by `response_months` after the day on which an item was considered, in a
    workbook with a column for responses. Off unless a council switches it on.
    """
    for action in context.actions:
        asked, months = action.date.day, context.rules.response_months
        said = plain(action.response)
        is_given = bool(said) and not is_placeholder(said, context.rules)
        if "response" not in action.cells or asked is None or is_given:
            continue
        owed = _months_after(asked, months)
        if owed <= context.tracker.meeting:
            what = f"The action has no response, which was due by {plain_day(owed)}."
            remedy = "Write whether it was agreed, or who was asked again."
            yield action.cells["response"], what, remedy


def _months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


@check(Severity.ERROR)
def missing_action(context: Context) -> Iterator[Fault]:
    """Every row that has an item, an update or a status says what was asked for."""
    for action in context.actions:
        if not key(plain(action.action)) and "action" in action.cells:
            what = "The row does not say what action was asked for."
            yield action.cells["action"], what, "Write the action, or delete the row."


@check(Severity.WARNING)
def missing_date(context: Context) -> Iterator[Fault]:
    """Every item has its date. One that is empty beside a new title is read as the date above."""
    for place, above in context.tracker.carried.items():
        what = f"The item has no date, and was read as having that of {above.cell}."
        yield place, what, "Write the date."
    for action in context.actions:
        if not action.date and "date" in action.cells:
            yield action.cells["date"], "The item has no date.", "Write the day it was considered."


@check(Severity.WARNING)
def missing_title(context: Context) -> Iterator[Fault]:
    """Every item has its title."""
    for action in context.actions:
        if not action.title and "title" in action.cells:
            yield action.cells["title"], "The item has no title.", "Write what the item was called."


@check(Severity.ERROR, stands_for=("placeholder",))
def unreadable_date(context: Context) -> Iterator[Fault]:
    """A date that is meant as a day is a day of the calendar, in the order day, month, year. Words
    such as "Ongoing" or "Autumn 2019" are left as words.
    """
    for action in context.actions:
        for name in action.cells.keys() & DATE_FIELDS:
            if _is_no_day(action.day(name), name, context):
                what = f"{quoted(action.day(name).text)} cannot be read as a date."
                yield action.cells[name], what, "Write it as day/month/year, such as 24/01/2027."


def _is_no_day(given: DateText, name: str, context: Context) -> bool:
    """Whether a date was meant as a day and is none; one of completion may not be a placeholder either, nor
    only a yes or a no.
    """
    is_answer = key(given.text) in context.columns.answers
    return given.unreadable or (
        name == "completed"
        and bool(given.text)
        and (is_answer or is_placeholder(given.text, context.rules))
    )


@check(Severity.WARNING)
def broken_text(context: Context) -> Iterator[Fault]:
    """An action or update starts as a sentence does and ends with closing punctuation; texts that
    were cut in a paste do not. Notes of a few words (`note_words`) and list items, numbered or not, may do
    otherwise; so may an end that is a link, and all texts of a column where most do; but none ends on a word
    that nothing ends with (`unfinished`), or a comma or a dash.
    """
    for name in ("action", "update"):
        said = [
            (place, text)
            for place, text in texts(context, [name])
            if text and not is_placeholder(plain(text), context.rules)
        ]
        rules, written = context.rules, [text for _, text in said]
        longer = [one for one in written if not _is_note(one, rules)]
        is_usual = _are_most([_is_left_open(one, rules) for one in longer])
        is_small = _are_most([_starts_mid_sentence(one, rules) for one in written])
        for place, text in said:
            if _starts_mid_sentence(text, rules) and not is_small:
                what = f"The text starts mid-sentence: {quoted(plain(text))}."
                yield place, what, "Restore what was cut off in front."
            elif _is_cut_off(text, rules) or (not is_usual and _is_left_open(text, rules)):
                end = " ".join(plain(text).split())[-30:]
                what = f"The text ends without closing punctuation: '…{end}'."
                yield place, what, "Restore what was cut off at the end, or close the sentence."


def _starts_mid_sentence(said: Text, rules: Rules) -> bool:
    """Whether a sentence begins with a small letter, other than in an address, a number as `a)` or a name as
    `iPad`.
    """
    match said[0]:
        case Paragraph((first, *_)) if not _NUMBERED.match(first.text):
            if _is_note(said, rules) and not ends_sentence(_last_line(said)):
                return False
            word = first.text.split(maxsplit=1)[0]
            return first.link is None and word[:1].islower() and word.islower()
    return False


def _are_most(facts: list[bool]) -> bool:
    """Whether most of several facts hold."""
    return len(facts) > 1 and 2 * sum(facts) > len(facts)


def _is_note(said: Text, rules: Rules) -> bool:
    """Whether a text has too few words to need closing punctuation."""
    return len(said) == 1 and len(key(_last_line(said)).split()) <= rules.note_words


def _last_line(said: Text) -> str:
    """The last line of a text."""
    return text_of(_last_runs(said))


def _last_runs(said: Text) -> tuple[Run, ...]:
    """The runs of the last line of a text."""
    last = said[-1]
    return last.runs if isinstance(last, Paragraph) else last.items[-1]


def _is_cut_off(said: Text, rules: Rules) -> bool:
    """Whether a text ends as no text ends: on a word that goes on, a comma or a dash."""
    line = _last_line(said)
    words = key(line).split()
    if ends_sentence(line) or _last_runs(said)[-1].link or not words:
        return False
    return words[-1] in rules.unfinished or line.endswith((",", "-", "–", "—", "&"))


def _is_left_open(said: Text, rules: Rules) -> bool:
    """Whether a text ends without closing punctuation, where it should have it."""
    line = _last_line(said)
    is_open = not (ends_sentence(line) or _last_runs(said)[-1].link) and bool(key(line))
    is_item = not isinstance(said[-1], Paragraph) or _NUMBERED.match(line) is not None
    return is_open and not is_item and not _is_note(said, rules)


@check(Severity.WARNING)
def worded_reference(context: Context) -> Iterator[Fault]:
    """A reference is a number or a short name, not a sentence."""
    for action in context.actions:
        words = plain(action.reference)
        if is_sentence(words):
            what = f"The reference is a sentence: {quoted(words)}."
            yield action.cells["reference"], what, "Write a number, and the sentence in the title."


@check(Severity.ERROR)
def repeated_action(context: Context) -> Iterator[Fault]:
    """No action is there twice: the same words with the same reference; or without references, the same words
    for the same officers under the same item.
    """
    for action, earlier in _repeated(context.actions):
        where = earlier.cells["action"].seen_from(action.cells["action"])
        told_by = "reference" if action.reference else "item"
        what = f"The action is there twice: its words and its {told_by} are those of {where}."
        yield action.cells["action"], what, "Delete one of the two rows."


def _repeated(actions: tuple[Action, ...]) -> Iterator[tuple[Action, Action]]:
    """Each action that an earlier one is, with that."""
    first: dict[tuple[str, ...], Action] = {}
    for action in actions:
        asked, reference = key(plain(action.action)), key(plain(action.reference))
        if not asked:
            continue
        item = key(plain(action.title)), _said_day(action.date), key(plain(action.officers))
        same = (asked, reference) if reference else (asked, "", *item)
        earlier = first.setdefault(same, action)
        if earlier is not action and earlier.cells["action"] != action.cells["action"]:
            yield action, earlier


def _said_day(given: DateText) -> str:
    """A date as one compares it: the day, however it was typed, else the words."""
    return given.day.isoformat() if given.day else key(given.text)


@check(Severity.WARNING)
def duplicate_action(context: Context) -> Iterator[Fault]:
    """No two actions have the same words under one item, or the same reference. One that is there twice, with
    both, is found by `repeated-action`.
    """
    first: dict[tuple[str, str], Action] = {}
    twice = {id(action) for action, _ in _repeated(context.actions)}
    for action in context.actions:
        asked = key(plain(action.action))
        item = f"{key(plain(action.title))}|{_said_day(action.date)}"
        same = {
            "action": (asked and f"{item}|{asked}", "Delete one of the two rows."),
            "reference": (key(plain(action.reference)), "Give one of them another reference."),
        }
        for name, (said, remedy) in same.items() if id(action) not in twice else ():
            earlier = first.setdefault((name, said), action) if said else action
            if earlier is not action and earlier.cells[name] != action.cells[name]:
                where = earlier.cells[name].seen_from(action.cells[name])
                yield action.cells[name], f"The {name} is the same as in {where}.", remedy
                break
