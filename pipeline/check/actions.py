"""Checks on what the actions say."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from pipeline.check.rule import Fault, Told, check, check_at
from pipeline.check.seen import Context, Seen
from pipeline.council.placeholders import SAID, is_unnamed, placeholder_mark, to_come_in
from pipeline.council.rules import Rules, Severity, is_placeholder, is_unchanged
from pipeline.model.action import DATE_FIELDS, OPEN, TEXT_FIELDS, DateText, Place, Text
from pipeline.model.document import Paragraph, text_of
from pipeline.model.months import plain_day
from pipeline.model.text import ends_sentence, is_sentence
from pipeline.model.words import is_one, key, keys, quoted
from pipeline.normalise.names import Ground
from pipeline.normalise.tracker import cells_above

_NOT_NEEDED = (
    "broken-text", "shouting", "stale-update", "stale-on-hold", "thin-update", "moved-update",
)  # fmt: skip  # of an update that is none
_FIGURES = re.compile(r"(?!.*(?:19|20)\d\d)(?=\D*\d)[\W\d]+")  # without a year
_LIKELY_STATUS = 81  # of 100: "Finshed" and "Finished" have 93, "IP" and "WIP" 80
_PRINTED = frozenset((*TEXT_FIELDS, *DATE_FIELDS)) - {"notes"}
_DRAFT_TITLE = re.compile(r"\bDRAFT\b|(?i:[(\[]draft\b|\bdraft(?: v?[\d.]+)?$|^draft\s*[-–—:])")
_WHOLE_FIELDS = ("title", "action", "reference", "date")  # of the others "TBC" is for other checks
_NUMBERED = re.compile(
    r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s", re.I
)  # a list item, with an officer's own number


@check_at("update", Severity.ERROR, stands_for=_NOT_NEEDED)
def missing_update(one: Seen) -> Iterator[Told]:
    """Every action has an update. A dash, "TBC", "n/a", "update to follow" and their like are none
    (`placeholders` in `checks.toml`), nor is what only says that words will come ("Verbal update to be given at
    the meeting", "To be sent nearer the time", "See previous update"), or repeats the action, the title or the
    officer of its row; "No action was needed because …" is one. Of an update that goes on line by line, each entry
    behind its day or month, the newest up to the meeting counts. Where the status is missing too, it is asked for here.
    """
    if not one.context.has_updates or one.has_update or one.status == "completed":
        return
    status = one.cells.get("status")
    is_bare = status is not None and not one.words["status"]
    what = f"The action has no update{' and no status' if is_bare else ''}."
    what = f"{one.says_only}." if one.update else what
    remedy = "Write what has been done, or that nothing has and why"
    if status == one.cells["update"]:
        remedy = f"{remedy}, behind its status"
    elif is_bare and status:
        remedy = f"{remedy}; and choose its status in {status.cell}"
    yield f"{what}{one.earlier_words}", f"{remedy}."


@check(Severity.ERROR, stands_for=("broken-text", "shouting"))
def placeholder(context: Context) -> Iterator[Fault]:
    """No published words hold the place of others: "[insert figures]", "[XX]", "[date]", "(TBC)", "£XX", and in an
    update also "Draft:" before it, "TO BE UPDATED BY …" or "A verbal update will be given at the meeting" beside
    other words; nor does the paper's title call it a draft, or a label stand for the committee ("Committee name").
    "[Link]", "[2026] EWCA Civ 12", "a draft policy was circulated" and "to be confirmed by the Board in May" within a
    sentence are no placeholders.
    """
    for one in context.actions:
        for name, place in one.cells.items():
            if name in _PRINTED and (found := _held_place(one, name)):
                what = f"{quoted(found)} stands where words are still to come."
                yield place, what, "Write the words, or take it out."
    for place, words in _held_names(context):
        what = f"{quoted(words)} is not what a published paper says."
        yield place, what, "Write the committee and the title as they are to be published."


def _held_names(context: Context) -> Iterator[tuple[Place, str]]:
    """The cells above the table that hold the place of a name: those that are read as one, and where none is the
    committee's for sure, also the label of that.
    """
    names, known = context.tracker.titles.names, context.columns.title_block
    said = [(one.place, one.words) for one in names.values() if one.place is not None]
    for part, one in names.items():
        mark = to_come_in(one.words) if part == "committee" else placeholder_mark(one.words)
        is_open = mark or is_unnamed(one.words) or _DRAFT_TITLE.search(one.words)
        if one.place is not None and is_open:
            yield one.place, one.words
    if "committee" in names and Ground.FAINT < names["committee"].ground < Ground.INSTEAD:
        above = (cells_above(one.sheet, one.layout) for one in context.tracker.sheets)
        said += [(cell.place, cell.words) for cells in above for cell in cells]
    # A word alone may be of a key, or be left blank above a council's own tracker.
    labels = {one for one in keys(known.committee) - keys(known.parents) if " " in one}
    yield from (one for one in said if key(one[1]) in labels)


def _held_place(one: Seen, name: str) -> str:
    """What in a field holds the place of other words; nothing where nothing does, or where another check asks
    for the whole field.
    """
    words = one.words[name]
    if name == "update":
        return to_come_in(words) if one.has_update else ""
    last = re.split(r"[/–-]", words)[-1] if name == "reference" else words
    is_open = name in _WHOLE_FIELDS and is_unnamed(last)
    leads_away = name in ("action", "title") and is_unchanged(words, "", one.context.rules)
    is_none = name == "action" and is_one(words, SAID["unasked"])
    return words if is_open or leads_away or is_none else placeholder_mark(words)


@check_at("status", Severity.ERROR)
def missing_status(one: Seen) -> Iterator[Told]:
    """An action with an update has a status. A colour is one only where the council has said what it
    means (`colours` in `columns.toml`).
    """
    if not one.words["status"] and one.has_update:
        colour, remedy = one.action.status.colour, _choose(one.context)
        only = f": the cell's colour ({colour}) says nothing to readers" if colour else ""
        if one.cells["status"] == one.cells.get("update"):
            remedy = remedy.replace("Choose one of", "Write before it one of")
        yield f"The action has an update but no progress status{only}.", remedy


@check_at("status", Severity.WARNING)
def status_by_colour(one: Seen) -> Iterator[Told]:
    """A status stands in words. A cell without words whose colour the council has given a meaning
    (`colours` in `columns.toml`) has that status, which the paper prints in words.
    """
    colour = one.action.status.colour
    if colour and one.words["status"]:
        said = quoted(one.words["status"])
        what = f"The status is only a colour ({colour}), and was read as {said}."
        yield what, f"Write {said} in the cell, or what else it means."


@check_at("status", Severity.ERROR, stands_for=("placeholder", "missing-glyph"))
def unknown_status(one: Seen) -> Iterator[Told]:
    """A status is one that the council knows (`statuses` in `columns.toml`). "Amber" and "50%" are none until
    the council lists them there.
    """
    words = one.words["status"]
    if words and one.status == "unknown":
        what = f"The status {quoted(words)} is not one that we know."
        if one.context.columns.is_qualified(words):
            what = f"The status {quoted(words)} takes back what it begins with, so it was not read as closed."
        meant = _nearest_status(words, one.context)
        ask = f"Did you mean '{meant}'? " if meant else ""
        yield what, f"{ask}{_choose(one.context)}"


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


@check_at("response", "off")
def missing_response(one: Seen) -> Iterator[Told]:
    """Those who were asked have answered by `response_months` after the day on which an item was considered, in a
    workbook with a column for responses. Off unless a council switches it on.
    """
    asked, said, rules = one.action.date.day, one.words["response"], one.context.rules
    if asked is None or (
        said and (key(said) in one.context.columns.answers or not is_placeholder(said, rules))
    ):
        return
    owed = _months_after(asked, rules.response_months)
    if owed <= one.context.tracker.meeting:
        what = f"The action has no response, which was due by {plain_day(owed)}."
        yield what, "Write whether it was agreed, or who was asked again."


def _months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


@check_at("action", Severity.ERROR)
def missing_action(one: Seen) -> Iterator[Told]:
    """Every row that has an item, an update or a status says what was asked for."""
    if not one.keys["action"]:
        yield (
            "The row does not say what action was asked for.",
            "Write the action, or delete the row.",
        )


@check(Severity.WARNING)
def missing_date(context: Context) -> Iterator[Fault]:
    """Every item has its date. One that is empty beside a new title is read as the date above."""
    for place, above in context.tracker.carried.items():
        what = f"The item has no date, and was read as having that of {above.cell}."
        yield place, what, "Write the date."
    for one in context.actions:
        if not one.action.date and "date" in one.cells:
            yield one.cells["date"], "The item has no date.", "Write the day it was considered."


@check_at("title", Severity.WARNING)
def missing_title(one: Seen) -> Iterator[Told]:
    """Every item has its title."""
    if not one.words["title"]:
        yield "The item has no title.", "Write what the item was called."


@check(Severity.ERROR, stands_for=("placeholder",))
def unreadable_date(context: Context) -> Iterator[Fault]:
    """A date that is meant as a day is a day of the calendar, in the order day, month, year. Words
    such as "Ongoing" or "Autumn 2019" are left as words.
    """
    for one in context.actions:
        for name in one.cells.keys() & DATE_FIELDS:
            if _is_no_day(one.action.day(name), name, one):
                what = f"{quoted(one.words[name])} cannot be read as a date."
                yield one.cells[name], what, "Write it as day/month/year, such as 24/01/2027."


def _is_no_day(given: DateText, name: str, one: Seen) -> bool:
    """Whether a date was meant as a day and is none, or is figures without a year; one of completion may not be a
    placeholder either where the action is not open, nor only a yes or a no.
    """
    if given.unreadable or (given.day is None and _FIGURES.fullmatch(given.text)):
        return True
    is_answer = key(given.text) in one.context.columns.answers
    is_none = one.status not in OPEN and is_placeholder(given.text, one.context.rules)
    return name == "completed" and bool(given.text) and (is_answer or is_none)


@check(Severity.WARNING)
def broken_text(context: Context) -> Iterator[Fault]:
    """An action or update starts as a sentence does and ends with closing punctuation; texts that
    were cut in a paste do not. Notes of a few words (`note_words`) and list items, numbered or not, may do
    otherwise; so may an end that is a link, and all texts of a column where most do; but none ends on a word
    that nothing ends with (`unfinished`), or a comma or a dash.
    """
    rules = context.rules
    for name in ("action", "update"):
        written = [
            one
            for one in context.actions
            if one.words[name] and name in one.cells and not is_placeholder(one.words[name], rules)
        ]
        shapes = [_shape(one.action.text(name), rules) for one in written]
        is_small = _are_most([one.starts_small for one in shapes])
        is_usual = _are_most([one.is_left_open for one in shapes if not one.is_note])
        for one, shape in zip(written, shapes, strict=True):
            place, words = one.cells[name], one.words[name]
            if shape.starts_small and not is_small:
                what = f"The text starts mid-sentence: {quoted(words)}."
                yield place, what, "Restore what was cut off in front."
            elif shape.is_cut_off or (shape.is_left_open and not is_usual):
                end = " ".join(words.split())[-30:]
                what = f"The text ends without closing punctuation: '…{end}'."
                yield place, what, "Restore what was cut off at the end, or close the sentence."


class _Shape(Struct, frozen=True):
    """How a text begins and ends. `starts_small`: with a small letter, other than in an address, a number as `a)` or
    a name as `iPad`. `is_note`: it has too few words to need closing punctuation. `is_left_open`: it has none where
    it should. `is_cut_off`: it ends as no text ends, on a word that goes on, a comma or a dash.
    """

    starts_small: bool
    is_note: bool
    is_left_open: bool
    is_cut_off: bool


def _shape(text: Text, rules: Rules) -> _Shape:
    """How a text begins and ends."""
    first, last = text[0], text[-1]
    runs = last.runs if isinstance(last, Paragraph) else last.items[-1]
    line = text_of(runs)
    said, is_closed = key(line).split(), ends_sentence(line)
    is_note = len(text) == 1 and len(said) <= rules.note_words
    starts_small = False
    if isinstance(first, Paragraph) and (is_closed or not is_note):
        start = first.runs[0]
        word = start.text.split(maxsplit=1)[0]
        starts_small = word[:1].islower() and word.islower() and start.link is None
        starts_small = starts_small and not _NUMBERED.match(start.text)
    is_open = bool(said) and not (is_closed or runs[-1].link)
    is_item = not isinstance(last, Paragraph) or _NUMBERED.match(line) is not None
    is_left_open = is_open and not (is_item or is_note)
    goes_on = line.endswith((",", "-", "–", "—", "&"))
    is_cut_off = is_open and (goes_on or said[-1] in rules.unfinished)
    return _Shape(starts_small, is_note, is_left_open, is_cut_off)


def _are_most(facts: list[bool]) -> bool:
    """Whether most of several facts hold."""
    return len(facts) > 1 and 2 * sum(facts) > len(facts)


@check_at("reference", Severity.WARNING)
def worded_reference(one: Seen) -> Iterator[Told]:
    """A reference is a number or a short name, not a sentence."""
    words = one.words["reference"]
    if is_sentence(words):
        what = f"The reference is a sentence: {quoted(words)}."
        yield what, "Write a number, and the sentence in the title."


@check(Severity.ERROR)
def repeated_action(context: Context) -> Iterator[Fault]:
    """No action is there twice: the same words with the same reference; or without references, the same words
    for the same officers under the same item.
    """
    for one, earlier in _repeated(context):
        where = earlier.cells["action"].seen_from(one.cells["action"])
        told_by = "reference" if one.words["reference"] else "item"
        what = f"The action is there twice: its words and its {told_by} are those of {where}."
        yield one.cells["action"], what, "Delete one of the two rows."


def _repeated(context: Context) -> Iterator[tuple[Seen, Seen]]:
    """Each action that an earlier one is, with that."""
    first: dict[tuple[str, ...], Seen] = {}
    for one in context.actions:
        asked, reference = one.keys["action"], one.keys["reference"]
        others = () if reference else (*one.item, key(one.words["officers"]))
        earlier = first.setdefault((asked, reference, *others), one) if asked else one
        if earlier is not one and earlier.cells["action"] != one.cells["action"]:
            yield one, earlier


@check(Severity.WARNING)
def duplicate_action(context: Context) -> Iterator[Fault]:
    """No two actions have the same words under one item, or the same reference. One that is there twice, with
    both, is found by `repeated-action`.
    """
    first: dict[tuple[str, ...], Seen] = {}
    twice = {id(one) for one, _ in _repeated(context)}
    for one in (one for one in context.actions if id(one) not in twice):
        same = {
            "action": (one.item, "Delete one of the two rows."),
            "reference": ((), "Give one of them another reference."),
        }
        for name, (item, remedy) in same.items():
            said = one.keys[name]
            earlier = first.setdefault((name, said, *item), one) if said else one
            if earlier is not one and earlier.cells[name] != one.cells[name]:
                where = earlier.cells[name].seen_from(one.cells[name])
                yield one.cells[name], f"The {name} is the same as in {where}.", remedy
                break
