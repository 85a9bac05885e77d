"""Checks on officers, dates, and how the words read to the public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.rule import Context, Fault, check, has_officer, has_update, is_open
from pipeline.council.placeholders import placeholder_mark
from pipeline.council.rules import Severity, is_placeholder
from pipeline.model.action import CLOSED, OWED_FIELDS, Action, Place, plain
from pipeline.model.document import runs_of
from pipeline.model.months import date_words
from pipeline.model.people import NameMatch, name_matches, people_named
from pipeline.model.text import characters
from pipeline.model.words import key, quoted

_READ_FIELDS = ("action", "update")
_SAYS_NOT_OPEN = frozenset({"unknown", "recommended for closure"})
_PRINTED_FIELDS = {*OWED_FIELDS[1:], "reference", "officers"}
_PERSONAL = {
    "postcode": re.compile(r"\b[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b"),
    "NHS number": re.compile(r"(?<!\d)\d{3}[ -]\d{3}[ -]\d{4}(?!\d)"),
    "telephone number": re.compile(r"(?<![\d/])(?:\+44 ?\(?0?\)?|0)(?:\d\)?[ -]?){9,10}(?!\d)"),
    "person's e-mail address": re.compile(r"\b[A-Za-z'-]{1,64}[._][A-Za-z'-]{1,64}\d*@[\w-]+(?:\.[\w-]+)+"),
    "National Insurance number": re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"),
}  # fmt: skip
_WEBMAIL = frozenset({
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.co.uk", "yahoo.com",
    "yahoo.co.uk", "btinternet.com", "icloud.com", "aol.com", "sky.com", "talktalk.net", "virginmedia.com",
    "protonmail.com", "proton.me",
})  # fmt: skip  # whose addresses are anybody's
_SENTENCE = re.compile(r"[^.!?\n]+")
_DONE = re.compile(
    r"\b(?:this|(?:the|this) action|it) (?:is|was|has|have)(?: now| already)?(?: been)?(?: fully)? "
    r"(?:complete|completed|implemented|done|discharged)\b|\baction (?:is )?complete[d]?\b|\bcompleted in full\b"
    r"|\bfully implemented\b",
    re.I,
)
_AGAIN = re.compile(
    r"\b(?:(?:each|every) (?:other )?(?:day|week|month|quarter|year|term|season|meeting|spring|summer|autumn|winter)"
    r"|daily|weekly|fortnightly|monthly|quarterly|termly|annual|annually|yearly|regularly"
    r"|twice a (?:week|month|year))\b",
    re.I,
)
_NOT_DONE = re.compile(
    r"\b(?:not|n't|never|yet to|until|unless|once|when|if|will|would|should|to be|almost|nearly|partly)\b", re.I
)  # fmt: skip
_STILL_OPEN = re.compile(
    r"\b(?:has|have|is|was|are|were) not (?:yet )?(?:been )?(?:complete|done)\b"
    r"|\bnot (?:yet )?(?:been )?(?:completed|finished|implemented|started|begun)\b|\bno progress has been made\b"
    r"|\bremains? outstanding\b|\bstill (?:to be (?:completed|done|started)|outstanding|ongoing|under ?way)\b"
    r"|\byet to (?:be )?(?:complete|completed|start|started|begin|finish|finished)\b",
    re.I,
)
# A clause that is nothing but that, of the whole of what was asked:
_DENIAL = re.compile(
    rf"(?:[\w'’,-]+ ){{0,10}}?(?:{_STILL_OPEN.pattern}"
    r"|\b(?:is|are|was|were|has|have)n['’]t (?:yet )?(?:been )?(?:done|started|begun|finished|implemented|completed?)"
    r"|\b(?:still )?in progress|\b(?:incomplete|uncompleted|unfinished)"
    r"|\bnot (?:yet |fully )*(?:been )?(?:complete|done)"
    r"|\b(?:still )?to be (?:completed|done|started|finished)|\byet to be done)"
    r"(?: (?:yet|as yet|to date|so far|at present|at this (?:time|stage)|currently|on site))*",
    re.I,
)
_PARTS = frozenset({
    "phase", "phases", "part", "parts", "stage", "stages", "first", "second", "third", "fourth", "final", "last",
    "some", "half", "most", "remaining", "remainder", "rest", "other", "others", "1", "2", "3", "4", "one", "two",
    "three",
})  # fmt: skip
_CLAUSE = re.compile(r"[.!?;\n]+|, | (?:but|and|although|though|while) ")
_INSIDE_PATH = re.compile(r"\\\\[\w.-]+\\[^\s<>|]+|\b[A-Z]:\\[^\s<>|]+|\bfile:/+\S+", re.IGNORECASE)
# A host, and a path of up to three parts of up to six words or a year:
_PLAIN_ADDRESS = re.compile(
    r"(?:https?://)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/(?:[a-z]{1,20}(?:[-_][a-z]{1,20}){0,5}|(?:19|20)\d\d)){0,3}/?",
    re.I,
)
_VAGUE = re.compile(
    r"(?:click |tap |see |view |read |go )?(?:here|link|more|this|this link|page|website)", re.I
)
_CAPITALS = re.compile(
    r"\b[A-Z]{3,}(?:[\s,'’-]+[A-Z]{2,}){3,}\b"
)  # four words of capitals in a row


def is_overdue(action: Action, context: Context) -> bool:
    """Whether an action is open and was due before the meeting."""
    day = action.due.day
    return is_open(action) and day is not None and day < context.tracker.meeting


@check(Severity.WARNING)
def missing_officer(context: Context) -> Iterator[Fault]:
    """Every open action has an officer, in a workbook with a column for officers. "TBC" and its like are
    nobody (`placeholders` in `checks.toml`).
    """
    for action in context.actions:
        if (
            is_open(action)
            and "officers" in action.cells
            and not has_officer(action, context.rules)
        ):
            words = plain(action.officers)
            only = f", only {quoted(words)}" if words else ""
            yield (
                action.cells["officers"],
                f"Nobody answers for the action{only}.",
                "Write the officer's name.",
            )


@check(Severity.WARNING)
def unknown_officer(context: Context) -> Iterator[Fault]:
    """Every officer named is in the workbook's list of officers, spelled as there, if it has a list."""
    if not context.directory:
        return
    for action in context.actions:
        if not has_officer(action, context.rules):
            continue
        for said in people_named(plain(action.officers)):
            found, words = name_matches(said, context.directory), said.name
            likely = [
                match.officer.name
                for match in found
                if match.how == "likely" or (match.how == "name" and _is_otherwise_spelled(match))
            ]
            if not found:
                what = f"{quoted(words)} is nobody of the list of officers, or more than one."
                remedy = "Write a name as the list has it, or add it there."
                yield action.cells["officers"], what, remedy
            elif likely:
                what = f"{quoted(words)} is taken for {likely[0]}."
                yield (
                    action.cells["officers"],
                    what,
                    "Write the name as the list of officers has it.",
                )


def _is_otherwise_spelled(match: NameMatch) -> bool:
    """Whether a name is written with other capitals than in the list, and would be printed so."""
    return " ".join(match.words.split()) != " ".join(match.officer.name.split()) and (
        match.words.islower() or match.words.isupper()
    )


@check(Severity.WARNING)
def missing_due_date(context: Context) -> Iterator[Fault]:
    """Every open action has a due date, in a workbook with a column for due dates. "ASAP", "TBC" and their
    like are none (`no_day` and `placeholders` in `checks.toml`).
    """
    for action in context.actions:
        if not is_open(action) or "due" not in action.cells:
            continue
        words = action.due.text
        is_none = (words and not placeholder_mark(words)) and (
            is_placeholder(words, context.rules)
            or context.rules.empty_words.say_unchanged(words)
            or key(words) in context.rules.no_day_keys
        )
        if is_none or not action.due:
            what = (
                f"The due date says only {quoted(words)}."
                if words
                else "The action has no due date."
            )
            yield action.cells["due"], what, "Write a day, or words such as 'Autumn 2027'."


@check(Severity.WARNING, stands_for=("extended-again",))
def overdue(context: Context) -> Iterator[Fault]:
    """No open action was due before the meeting."""
    for action in context.actions:
        if action.due.day and is_overdue(action, context):
            day = date_words("{d} {month} {yyyy}", action.due.day)
            what = f"The action is open, and its due date, {day}, is before the meeting."
            yield action.cells["due"], what, "Agree a new date with the Chair, or close the action."


@check(Severity.ERROR)
def dated_after_meeting(context: Context) -> Iterator[Fault]:
    """No item is dated after the meeting that the paper is for."""
    seen = set()
    for action in context.actions:
        day, place = action.date.day, action.cells.get("date")
        if place is None or place in seen or day is None or day <= context.tracker.meeting:
            continue
        seen.add(place)
        said, meeting = (
            date_words("{d} {month} {yyyy}", one) for one in (day, context.tracker.meeting)
        )
        yield (
            place,
            f"The item is dated {said}, after the meeting of {meeting}.",
            "Set the date right, or take the row out until its meeting.",
        )


@check(
    Severity.WARNING,
    stands_for=(
        "overdue",
        "extended-again",
    ),
)
def due_before_agreed(context: Context) -> Iterator[Fault]:
    """No action is due before the day on which it was agreed, unless that day is wrong (`dated-after-meeting`)."""
    meeting = context.tracker.meeting
    for action in context.actions:
        due, agreed = action.due.day, action.date.day
        if due and agreed and due < agreed <= meeting:
            what = "The due date lies before the day on which the action was agreed."
            yield action.cells["due"], what, "Set one of the two dates right."


@check(Severity.WARNING)
def doubtful_completion(context: Context) -> Iterator[Fault]:
    """A day of completion is not after the meeting, and no action has one whose status says that it is open."""
    for action in context.actions:
        day, stands = action.completed.day, action.status.canonical
        if day is None:
            continue
        if day > context.tracker.meeting:
            said = date_words("{d} {month} {yyyy}", day)
            what = f"The day of completion, {said}, is after the meeting."
            remedy = "Set it right; if it is when the action is due, write it in a column headed 'Due date'."
            yield _completed_at(action), what, remedy
        elif stands not in CLOSED | _SAYS_NOT_OPEN:
            said = quoted(plain(action.status.words))
            what = f"The action has a day of completion, and its status is {said}."
            yield _completed_at(action), what, "Take the day out, or set the status to completed."


def _completed_at(action: Action) -> Place:
    """Where an action's day of completion stands: behind its status, where it has no column."""
    return action.cells.get("completed") or action.cells["status"]


@check(Severity.NOTE)
def completed_but_due_later(context: Context) -> Iterator[Fault]:
    """An action that asks for something again and again ("each quarter", "annually") is not completed before it
    was due: the first time may have been taken for the last.
    """
    for action in context.actions:
        day = action.due.day
        is_early = day is not None and day > context.tracker.meeting
        if action.status.canonical != "completed" or "status" not in action.cells or not is_early:
            continue
        again = _AGAIN.search(plain(action.action))
        if again and day:
            due = date_words("{d} {month} {yyyy}", day)
            what = f"The action asks for something {quoted(again[0])}; it is completed, and was due only on {due}."
            yield action.cells["status"], what, "Check that nothing more was to be done."


@check(Severity.ERROR, stands_for=("completed-but-due-later",))
def denied_completion(context: Context) -> Iterator[Fault]:
    """No action is called completed whose update says nothing but that it is not: "Work has not started." What is
    said of a phase or a part, or beside other words, is for `status-contradicts-text`.
    """
    for action in context.actions:
        if is_denied(action):
            what = f"The status says completed, and the update says only {quoted(plain(action.update))}."
            yield action.cells["status"], what, "Set the status or the update right."


def is_denied(action: Action) -> bool:
    """Whether an action is called completed, and each clause of its update says that it is not, of no part of
    it alone.
    """
    if action.status.canonical != "completed" or "status" not in action.cells:
        return False
    words = plain(action.update)
    clauses = [one.strip() for one in _CLAUSE.split(words) if key(one)]
    return bool(clauses) and all(
        _DENIAL.fullmatch(one) is not None and _PARTS.isdisjoint(key(one).split())
        for one in clauses
    )


@check(Severity.WARNING, stands_for=("completed-but-due-later",))
def status_contradicts_text(context: Context) -> Iterator[Fault]:
    """The update and the status say the same: "this has been completed" is no open action, and "phase 2 has not
    started" no completed one. An update that says
    nothing but that a completed action is not is an error (`denied-completion`), and one that says nothing too
    (`completed-without-update`).
    """
    for action in context.actions:
        if "status" not in action.cells or not has_update(action, context):
            continue
        words = plain(action.update)
        if is_denied(action) or context.rules.empty_words.are(words):
            continue
        claims = [
            found[0]
            for sentence in _SENTENCE.findall(words)
            if (found := _DONE.search(sentence)) and not _NOT_DONE.search(sentence)
        ]
        denial = _STILL_OPEN.search(words)
        if claims and is_open(action) and action.status.canonical != "recommended for closure":
            what = f"The update says {quoted(claims[0])}, and the status does not."
            yield action.cells["status"], what, "Set the status to completed, or the update right."
        elif denial and action.status.canonical == "completed":
            what = f"The update says {quoted(denial[0])}, and the status says completed."
            yield action.cells["status"], what, "Set the status or the update right."


@check(Severity.NOTE)
def long_update(context: Context) -> Iterator[Fault]:
    """An update is no longer than members will read (`long_update` characters)."""
    for action in context.actions:
        length = len(plain(action.update))
        if length > context.rules.long_update:
            what = f"The update has {length:,} characters."
            yield (
                action.cells["update"],
                what,
                f"Keep it under {context.rules.long_update:,}, and link to the rest.",
            )


@check(Severity.NOTE)
def shouting(context: Context) -> Iterator[Fault]:
    """Nothing is written all in capitals, which are hard to read and are read out letter by letter."""
    for action in context.actions:
        for name in _READ_FIELDS:
            found = _CAPITALS.search(plain(action.text(name)))
            if found:
                what = f"{quoted(found[0])} is all in capitals."
                yield action.cells[name], what, "Write it in small letters."


@check(Severity.NOTE)
def bare_link(context: Context) -> Iterator[Fault]:
    """A link's words say where it leads (WCAG 2.2, 2.4.4); "here" does not, nor does an address of more than
    a few plain words: "www.council.example/school-transport" can be read out, "…/doc.aspx?id=4711" cannot.
    """
    for action in context.actions:
        for name in _READ_FIELDS:
            for run in runs_of(action.text(name)):
                is_address = run.text.lower().startswith(("http:", "https:", "www."))
                if run.link and is_address and not _PLAIN_ADDRESS.fullmatch(run.text):
                    what = f"{quoted(run.text)} is an address, and no words to read out."
                    yield action.cells[name], what, "Link words to it: in Excel, Insert, Link."
                    break
                if run.link and _VAGUE.fullmatch(run.text.strip(" .,:;!?»>…")):
                    what = f"The link {quoted(run.text)} does not say where it leads."
                    yield (
                        action.cells[name],
                        what,
                        "Link words that do, such as the document's title.",
                    )
                    break


@check(Severity.WARNING)
def intranet_link(context: Context) -> Iterator[Fault]:
    """A link leads where the public can go (`intranet` in `checks.toml`), and no drive's path is typed."""
    for action in context.actions:
        for name in _READ_FIELDS:
            path = _INSIDE_PATH.search(plain(action.text(name)))
            if path:
                what = f"{quoted(path[0])} is a place on the council's own drives."
                yield action.cells[name], what, "Link to a published page, or take it out."
            for run in runs_of(action.text(name)):
                host = re.sub(r"^[a-z]+://|/.*$", "", (run.link or "").lower())
                is_web = run.link is not None and run.link.lower().startswith("http")
                if is_web and ("." not in host or any(w in host for w in context.rules.intranet)):
                    what = f"The link to {quoted(host)} opens for no reader outside the council."
                    yield (
                        action.cells[name],
                        what,
                        "Link to a published page, or take the link off.",
                    )


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
    homes = hosts - _WEBMAIL if len(hosts) == 1 else set()
    for action in context.actions:
        for name in _READ_FIELDS:
            words = plain(action.text(name))
            for kind, pattern in _PERSONAL.items():
                found = [
                    said
                    for said in pattern.findall(words if kind in context.rules.personal else "")
                    if _reached(said) not in ours and said.rpartition("@")[2].lower() not in homes
                ]
                if found:
                    what = f"{quoted(found[0])} looks like a {kind}."
                    yield action.cells[name], what, "Take it out if it is a person's."


@check(Severity.ERROR)
def missing_glyph(context: Context) -> Iterator[Fault]:
    """Every character has a shape in a font of this machine: a PDF with empty boxes is neither PDF/UA-1 (ISO
    14289-1, 7.21.8) nor PDF/A-3 (ISO 19005-3, 6.2.11.8). Found when the PDF is drawn, so by `papers build`.
    """
    for action in context.actions if context.undrawable else ():
        for name in _PRINTED_FIELDS & action.cells.keys():
            lacking = sorted(characters(plain(action.text(name))) & context.undrawable)
            if lacking:
                codes = ", ".join(f"U+{ord(character):04X}" for character in lacking)
                what = f"No font on this machine has {codes}; the PDF shows a box there."
                remedy = "Install a font that has it, or write it another way."
                yield action.cells[name], what, remedy
