"""Checks on officers, dates, and how the words read to the public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.done import denial_in, says_done
from pipeline.check.rule import Fault, Told, check, check_at, has_officer
from pipeline.check.seen import Context, Seen
from pipeline.council.dates import WEEKDAY_STARTS, span_of, written_day
from pipeline.council.placeholders import placeholder_mark
from pipeline.council.rules import Severity, is_placeholder, is_unchanged
from pipeline.model.action import CLOSED, DATE_FIELDS, OPEN, OWED_FIELDS, TO_CLOSE
from pipeline.model.months import WEEKDAYS, plain_day
from pipeline.model.people import NameMatch, name_matches, people_named
from pipeline.model.text import characters, codes
from pipeline.model.words import is_one, key, quoted

MISSING_GLYPH = "missing-glyph"
_PRINTED_FIELDS = (*OWED_FIELDS[1:], "reference", "officers")
# Each begins with a sign that is found far sooner than a place between two.
_PERSONAL = {
    "postcode": re.compile(r"[A-PR-UWYZ](?<!\w.)[A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b"),
    "NHS number": re.compile(r"\d(?<!\d.)\d{2}[ -]\d{3}[ -]\d{4}(?!\d)"),
    "telephone number": re.compile(r"[+0](?<![\d/].)(?:(?<=\+)44 ?\(?0?\)?|(?<=0))(?:\d\)?[ -]?){9,10}(?!\d)"),
    "person's e-mail address": re.compile(r"\b[A-Za-z'-]{1,64}[._][A-Za-z'-]{1,64}\d*@[\w-]+(?:\.[\w-]+)+"),
    "National Insurance number": re.compile(r"[A-CEGHJ-PR-TW-Z](?<!\w.)[A-CEGHJ-PR-TW-Z](?: ?\d{2}){3} ?[A-D]\b"),
}  # fmt: skip
_DIGIT = re.compile(r"\d")
_AGAIN = re.compile(
    r"\b(?:(?:each|every) (?:other )?(?:day|week|month|quarter|year|term|season|meeting|spring|summer|autumn|winter)"
    r"|daily|weekly|fortnightly|monthly|quarterly|termly|annual|annually|yearly|regularly"
    r"|twice a (?:week|month|year))\b",
    re.I,
)
_INSIDE_PATH = re.compile(r"\\\\[\w.-]+\\[^\s<>|]+|\b[A-Z]:\\[^\s<>|]+|\bfile:/+\S+", re.IGNORECASE)
# A host, and a path of up to three parts of up to six words or a year:
_PLAIN_ADDRESS = re.compile(
    r"(?:https?://)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/(?:[a-z]{1,20}(?:[-_][a-z]{1,20}){0,5}|(?:19|20)\d\d)){0,3}/?",
    re.I,
)
_VAGUE = re.compile(
    r"(?:click |tap |see |view |read |go )?(?:here|link|more|this|this link|page|website)", re.I
)
_CAPITALS = re.compile(  # four words of capitals in a row; it begins with a letter, which is found far sooner than `\b`
    r"[A-Z](?<!\w.)[A-Z]{2,}(?:[\s,'’-]+[A-Z]{2,}){3,}\b"
)


@check_at("officers", Severity.WARNING)
def missing_officer(one: Seen) -> Iterator[Told]:
    """Every open action has an officer, in a workbook with a column for officers. "TBC" and its like are
    nobody (`placeholders` in `checks.toml`).
    """
    if one.is_open and not has_officer(one.action, one.context.rules):
        words = one.words["officers"]
        only = f", only {quoted(words)}" if words else ""
        yield f"The action names no officer{only}.", "Write the officer's name."


@check_at("officers", Severity.WARNING)
def unknown_officer(one: Seen) -> Iterator[Told]:
    """Every officer named is in the workbook's list of officers, spelled as there, if it has a list."""
    listed = one.context.directory
    is_named = bool(listed) and has_officer(one.action, one.context.rules)
    for said in people_named(one.words["officers"]) if is_named else ():
        found = name_matches(said, listed)
        likely = [match.officer.name for match in found if _is_otherwise_spelled(match)]
        if not found:
            what = f"{quoted(said.name)} is not in the list of officers, or fits more than one of them."
            yield what, "Write a name as the list has it, or add it there."
        elif likely:
            what = f"{quoted(said.name)} is taken for {likely[0]}."
            yield what, "Write the name as the list of officers has it."


def _is_otherwise_spelled(match: NameMatch) -> bool:
    """Whether a name is only much like one in the list, or has other capitals, and would be printed so."""
    is_other = " ".join(match.words.split()) != " ".join(match.officer.name.split())
    is_shouted = match.words.islower() or match.words.isupper()
    return match.how == "likely" or (match.how == "name" and is_other and is_shouted)


@check_at("due", Severity.WARNING)
def missing_due_date(one: Seen) -> Iterator[Told]:
    """Every open action has a due date, in a workbook with a column for due dates. "ASAP", "TBC" and their
    like are none (`no_day` and `placeholders` in `checks.toml`).
    """
    words, rules = one.words["due"], one.context.rules
    is_none = (words and not placeholder_mark(words)) and (
        is_placeholder(words, rules)
        or is_unchanged(words, "", rules)
        or is_one(words, rules.no_day)
    )
    if one.is_open and (is_none or not one.action.due):
        only = f"The due date says only {quoted(words)}."
        yield (
            only if words else "The action has no due date.",
            "Write a day, or words such as 'Autumn 2027'.",
        )


@check_at("due", Severity.WARNING, stands_for=("extended-again",))
def overdue(one: Seen) -> Iterator[Told]:
    """No open action was due before the meeting, nor in a month or a year that was over by then."""
    if one.is_overdue:
        day = one.action.due.day
        due = plain_day(day) if day else one.words["due"]
        is_open = "is open" if one.status in OPEN else "is not said to be closed"
        what = f"The action {is_open}, and its due date, {due}, is before the meeting."
        yield what, "Agree a new date with the Chair, or close the action."


@check_at("date", Severity.ERROR)
def dated_after_meeting(one: Seen) -> Iterator[Told]:
    """No item is dated after the meeting that the paper is for, nor in a month or a year after it."""
    meeting, words = one.context.tracker.meeting, one.words["date"]
    days = span_of(words)
    day = one.action.date.day or (days[0] if days else None)
    if day and day > meeting:
        said = words or plain_day(day)
        what = f"The item is dated {said}, after the meeting of {plain_day(meeting)}."
        yield what, "Set the date right, or take the row out until its meeting."


@check_at("due", Severity.WARNING, stands_for=("overdue", "extended-again"))
def due_before_agreed(one: Seen) -> Iterator[Told]:
    """No action is due before the day on which it was agreed, unless that day is wrong (`dated-after-meeting`)."""
    due, agreed = one.action.due.day, one.action.date.day
    if due and agreed and due < agreed <= one.context.tracker.meeting:
        what = "The due date lies before the day on which the action was agreed."
        yield what, "Set one of the two dates right."


@check(Severity.WARNING)
def wrong_weekday(context: Context) -> Iterator[Fault]:
    """A date with a weekday has that of its day: with another, either may be the slip."""
    for one in context.actions:
        for name in one.cells.keys() & DATE_FIELDS:
            words = one.words[name]
            begun = {word[:3] for word in key(words).split()}
            day = written_day(words) if begun & WEEKDAY_STARTS else None
            if day and (weekday := WEEKDAYS[day.weekday()])[:3].lower() not in begun:
                what = f"{quoted(words)} has another weekday than {plain_day(day)}, a {weekday}."
                yield one.cells[name], what, "Set the day or the weekday right."


@check(Severity.WARNING)
def doubtful_completion(context: Context) -> Iterator[Fault]:
    """A day of completion is not after the meeting, and no action has one whose status says that it is open."""
    for one in context.actions:
        said, day = one.words["status"], one.action.completed.day
        place = one.cells.get("completed") or one.cells.get("status")  # a day behind a status
        if not day and one.status == "completed":
            behind = context.columns.behind_status(said).strip(" ()–-")
            day = written_day(behind) or (days[0] if (days := span_of(behind)) else None)
        if place is None or day is None:
            continue
        if day > context.tracker.meeting:
            what = f"The day of completion, {plain_day(day)}, is after the meeting."
            remedy = "Set it right; if it is when the action is due, write it in a column headed 'Due date'."
            yield place, what, remedy
        elif one.status in OPEN:
            what = f"The action has a day of completion, and its status is {quoted(said)}."
            yield place, what, "Take the day out, or set the status to completed."


@check_at("status", Severity.NOTE)
def completed_but_due_later(one: Seen) -> Iterator[Told]:
    """An action that asks for something again and again ("each quarter", "annually") is not completed before it
    was due: the first time may have been taken for the last.
    """
    day, is_done = one.action.due.day, one.status == "completed"
    is_early = is_done and day is not None and day > one.context.tracker.meeting
    if is_early and day and (again := _AGAIN.search(one.words["action"])):
        said = f"something {quoted(again[0])}"
        what = f"The action asks for {said}; it is completed, and was due only on {plain_day(day)}."
        yield what, "Check that nothing more was to be done."


@check_at("status", Severity.ERROR, stands_for=("completed-but-due-later", "doubtful-completion"))
def denied_completion(one: Seen) -> Iterator[Told]:
    """No action is called completed whose update says nothing but that it is not ("Work has not started."), or whose
    status says by when it will be ("Complete by March 2027"). What is said of a phase or a part, or beside other
    words, is for `status-contradicts-text`. An answer to what was asked for is no denial: "The Police were unable to
    attend" of an action that asks them to, "The lock will not be closed" of one to investigate closing it.
    """
    if one.is_denied:
        what = f"The status says completed, and the update says only {quoted(one.update)}."
        if one.is_to_come:
            what = f"The status {quoted(one.words['status'])} says that the action is still to be completed."
        yield what, "Set the status or the update right."


@check_at("status", Severity.WARNING, stands_for=("completed-but-due-later",))
def status_contradicts_text(one: Seen) -> Iterator[Told]:
    """The update and the status say the same: "this has been completed" and "Closed." are no open action, and
    "phase 2 has not started" and "Deferred." no completed one. An update that says nothing but that a completed
    action is not is an error (`denied-completion`), and one that says nothing too (`completed-without-update`).
    """
    if one.is_denied or one.is_empty or not one.has_update:
        return
    may_be_done = one.is_open and one.status != TO_CLOSE
    if may_be_done and (claim := says_done(one.update) or one.stated(CLOSED)):
        what = f"The update says {quoted(claim)}, and the status does not."
        yield what, "Set the status to completed, or the update right."
    is_done, asked = one.status == "completed", one.keys["action"]
    if is_done and (denial := denial_in(one.update, asked) or one.stated(OPEN)):
        what = f"The update says {quoted(denial)}, and the status says completed."
        yield what, "Set the status or the update right."


@check_at("update", Severity.NOTE)
def long_update(one: Seen) -> Iterator[Told]:
    """An update is no longer than members will read (`long_update` characters)."""
    length, most = len(one.update), one.context.rules.long_update
    if length > most:
        what = f"The update has {length:,} characters."
        yield what, f"Keep it under {most:,}, and link to the rest."


@check(Severity.NOTE)
def shouting(context: Context) -> Iterator[Fault]:
    """Nothing is written all in capitals, which are hard to read and are read out letter by letter."""
    for place, words, _ in context.said:
        if found := _CAPITALS.search(words):
            what = f"{quoted(found[0])} is all in capitals."
            yield place, what, "Write it in small letters."


@check(Severity.NOTE)
def bare_link(context: Context) -> Iterator[Fault]:
    """A link's words say where it leads (WCAG 2.2, 2.4.4); "here" does not, nor does an address of more than
    a few plain words: "www.council.example/school-transport" can be read out, "…/doc.aspx?id=4711" cannot.
    """
    for place, _, links in context.said:
        for run in links:
            is_address = run.text.lower().startswith(("http:", "https:", "www."))
            if is_address and not _PLAIN_ADDRESS.fullmatch(run.text):
                what = f"{quoted(run.text)} is an address, and no words to read out."
                yield place, what, "Link words to it: in Excel, Insert, Link."
                break
            if _VAGUE.fullmatch(run.text.strip(" .,:;!?»>…")):
                what = f"The link {quoted(run.text)} does not say where it leads."
                yield place, what, "Link words that do, such as the document's title."
                break


@check(Severity.WARNING)
def intranet_link(context: Context) -> Iterator[Fault]:
    """A link leads where the public can go (`intranet` in `checks.toml`), and no drive's path is typed."""
    for place, words, links in context.said:
        may_be = "\\" in words or ":/" in words
        if may_be and (path := _INSIDE_PATH.search(words)):
            what = f"{quoted(path[0])} is a place on the council's own drives."
            yield place, what, "Link to a published page, or take it out."
        for link in ((run.link or "").lower() for run in links):
            host = re.sub(r"^[a-z]+://|/.*$", "", link)
            is_inside = "." not in host or any(word in host for word in context.rules.intranet)
            if link.startswith("http") and is_inside:
                what = f"The link to {quoted(host)} opens for no reader outside the council."
                yield place, what, "Link to a published page, or take the link off."


def _reached(words: str) -> str:
    """An e-mail address or a telephone number, without what people vary."""
    return re.sub(r"[\s()-]", "", words).lower().removeprefix("+44").removeprefix("0")


@check(Severity.WARNING)
def personal_data(context: Context) -> Iterator[Fault]:
    """Nothing that tells who or where a person is stands in a public row (`personal` in `checks.toml`). How the
    officers of the workbook's list are reached is not a person's, nor an address where they all have theirs.
    """
    ours = {_reached(words) for one in context.directory for words in (one.email, one.telephone)}
    hosts = {one.email.rpartition("@")[2].lower() for one in context.directory if one.email}
    homes = hosts.difference(context.rules.webmail) if len(hosts) == 1 else set()

    def is_ours(said: str) -> bool:
        return _reached(said) in ours or said.rpartition("@")[2].lower() in homes

    wanted = {kind: one for kind, one in _PERSONAL.items() if kind in context.rules.personal}
    for place, words, _ in context.said if wanted else ():
        for kind, pattern in wanted.items() if "@" in words or _DIGIT.search(words) else ():
            found = pattern.findall(words) if "@" in words or "@" not in pattern.pattern else []
            said = next((one for one in found if not is_ours(one)), "")
            if said:
                what = f"{quoted(said)} looks like a {kind}."
                yield place, what, "Take it out if it is a person's."


@check(Severity.ERROR)
def missing_glyph(context: Context) -> Iterator[Fault]:
    """Every character has a shape in a font of this machine: a PDF with empty boxes is neither PDF/UA-1 (ISO
    14289-1, 7.21.8) nor PDF/A-3 (ISO 19005-3, 6.2.11.8).
    """
    printed = [
        (one.cells[name], one.words[name])
        for one in context.actions
        for name in filter(one.cells.get, _PRINTED_FIELDS)
        # For a status on the list the house's own word is printed.
        if not (name == "status" and one.action.status.is_listed)
    ]
    undrawable = context.undrawable(words for _, words in printed)
    for place, words in printed if undrawable else ():
        if lacking := characters(words) & undrawable:
            what = f"No font on this machine has {codes(lacking)}; the PDF shows a box there."
            yield place, what, "Install a font that has it, or write it another way."
