"""Checks on officers, dates, and how the words read to the public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.check.rule import (
    Context,
    Fault,
    check,
    has_officer,
    has_update,
    is_open,
    placed,
    texts,
)
from pipeline.council.dates import written_day
from pipeline.council.placeholders import placeholder_mark
from pipeline.council.rules import Severity, is_placeholder
from pipeline.model.action import CLOSED, OWED_FIELDS, Action, plain
from pipeline.model.document import runs_of
from pipeline.model.months import plain_day
from pipeline.model.people import NameMatch, name_matches, people_named
from pipeline.model.text import characters, codes
from pipeline.model.words import is_one, key, quoted

_YEAR_AT_END = re.compile(r"(?<![\d/-])(20\d\d)$")
_SAYS_NOT_OPEN = frozenset({"unknown", "recommended for closure"})
MISSING_GLYPH = "missing-glyph"
_PRINTED_FIELDS = {*OWED_FIELDS[1:], "reference", "officers"}
_PERSONAL = {
    "postcode": re.compile(r"\b[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b"),
    "NHS number": re.compile(r"(?<!\d)\d{3}[ -]\d{3}[ -]\d{4}(?!\d)"),
    "telephone number": re.compile(r"(?<![\d/])(?:\+44 ?\(?0?\)?|0)(?:\d\)?[ -]?){9,10}(?!\d)"),
    "person's e-mail address": re.compile(r"\b[A-Za-z'-]{1,64}[._][A-Za-z'-]{1,64}\d*@[\w-]+(?:\.[\w-]+)+"),
    "National Insurance number": re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"),
}  # fmt: skip
_DIGIT = re.compile(r"\d")
_WEBMAIL = frozenset({
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.co.uk", "yahoo.com",
    "yahoo.co.uk", "btinternet.com", "icloud.com", "aol.com", "sky.com", "talktalk.net", "virginmedia.com",
    "protonmail.com", "proton.me",
})  # fmt: skip  # whose addresses are anybody's
_SENTENCE = re.compile(r"[^.!?\n]+")
_DONE = re.compile(
    r"\b(?:this|(?:the|this) action|it) (?:is|was|has|have)(?: now| already)?(?: been)?(?: fully)? "
    r"(?:complete|completed|implemented|done|discharged)\b|\baction (?:is )?complete[d]?\b|\bcompleted in full\b"
    r"|\bfully implemented\b|^\s*(?:done|completed?|actioned|finished|implemented)\s*$",
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
_ENDED = (
    r"(?:completed?|done|finished|implemented|started|begun|commenced|actioned|progressed|undertaken|delivered|achieved"
    r"|carried out|dealt with|taken place|happened)"
)
_TO_DO = r"(?:do|complete|start|begin|commence|finish|action|implement|progress|deliver|undertake)"
_STILL_OPEN = re.compile(
    rf"(?:(?:\bnot|\bnever|n['’]t) (?:yet |fully )*(?:been )?(?:able to {_TO_DO}|{_ENDED})"
    rf"|\bno (?:progress|work|action) (?:has|have|had|was) (?:yet )?(?:been )?(?:made|taken|{_ENDED})"
    rf"|\bnothing (?:has|have|had|was) (?:yet )?(?:been )?{_ENDED}|\bunable to {_TO_DO}|\bawaiting completion"
    r"|\bremains? outstanding|\bstill (?:outstanding|ongoing|under ?way)"
    rf"|\b(?:still|yet|remains?) to (?:{_TO_DO}|be {_ENDED}))\b",
    re.I,
)
_DENYING = (
    "not ", "never ", "n't ", "n’t ", "no ", "nothing ", "unable ", "awaiting ", "remain", "still ", "yet ",
)  # fmt: skip  # one of them is in all that it finds, which is slow to look for
_YET = r"(?: (?:yet|as yet|to date|so far|at present|at this (?:time|stage)|currently|on site))*"
_WHEN = r"(?: (?:in|by|on|before|after|next) [\w/]+(?: [\w/]+){0,3})?"
# A clause that is nothing but that, of the whole of what was asked:
_DENIAL = re.compile(
    rf"(?:(?:[\w'’,-]+ ){{0,10}}?(?:\w*{_STILL_OPEN.pattern}|\b(?:still )?in progress"
    rf"|\b(?:incomplete|uncompleted|unfinished))(?: (?:this|the|that) (?:action|work)| this)?"
    rf"|(?:(?:(?:it|this|we|they|(?:the |this )?(?:action|work)) will (?:be )?|to be )"
    rf"(?:{_TO_DO}|{_ENDED})(?: this| it)?"
    rf"|(?:work (?:is )?)?due to {_TO_DO}|work (?:starts|begins)){_WHEN}|no (?:action|work) (?:taken|done)"
    r"|(?:[\w'’]+ ){1,6}(?:(?:\w*n['’]t|not)(?: yet)?(?: been)?(?: yet)? able|unable) to \w+(?: \w+){0,4}"
    r"|(?:(?:it|this|work|the (?:action|work)) (?:is|was|has been) )?"
    rf"(?:on hold|paused|delayed|deferred|postponed|suspended|stalled)(?: until(?: \w+){{1,4}})?){_YET}",
    re.I,
)
# One that says so of a verb, which may be what was asked for, but for a decision, which may be no:
_IT = r"(?: it| them| this| these| (?:the|any)(?: \w+){1,3})?"
_UNDONE = re.compile(
    r"(?:[\w'’-]+ ){0,8}?(?:(?:not|never|\w+n['’]t)(?: yet| been| be| possible to)* "
    rf"(?!agree|approve|accept|support|adopt|endorse)(\w{{3,}}){_IT}"
    rf"|will(?: now)?(?: be)? (\w{{3,}}){_IT}{_WHEN}){_YET}",
    re.I,
)
_REASON = re.compile(r" (?:because|due to|owing to|as|since|until|pending)\b.*", re.I)
_OF_OTHERS = frozenset(
    {"ask", "asked", "request", "requested", "invite", "invited", "urge", "urged"}
)
_NEGATIVE = frozenset({"not", "no", "never", "stop", "cease", "without"})
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
    for action, place in placed(context, "officers"):
        if is_open(action) and not has_officer(action, context.rules):
            words = plain(action.officers)
            only = f", only {quoted(words)}" if words else ""
            yield place, f"The action names no officer{only}.", "Write the officer's name."


@check(Severity.WARNING)
def unknown_officer(context: Context) -> Iterator[Fault]:
    """Every officer named is in the workbook's list of officers, spelled as there, if it has a list."""
    for action, place in placed(context, "officers") if context.directory else ():
        is_named = has_officer(action, context.rules)
        for said in people_named(plain(action.officers)) if is_named else ():
            found, words = name_matches(said, context.directory), said.name
            likely = [
                match.officer.name
                for match in found
                if match.how == "likely" or (match.how == "name" and _is_otherwise_spelled(match))
            ]
            if not found:
                what = f"{quoted(words)} is not in the list of officers, or fits more than one of them."
                yield place, what, "Write a name as the list has it, or add it there."
            elif likely:
                what = f"{quoted(words)} is taken for {likely[0]}."
                yield place, what, "Write the name as the list of officers has it."


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
    for action, place in placed(context, "due"):
        words = action.due.text
        is_none = (words and not placeholder_mark(words)) and (
            is_placeholder(words, context.rules)
            or context.rules.empty_words.say_unchanged(words)
            or is_one(words, context.rules.no_day)
        )
        if is_open(action) and (is_none or not action.due):
            only = f"The due date says only {quoted(words)}."
            what = only if words else "The action has no due date."
            yield place, what, "Write a day, or words such as 'Autumn 2027'."


@check(Severity.WARNING, stands_for=("extended-again",))
def overdue(context: Context) -> Iterator[Fault]:
    """No open action was due before the meeting."""
    for action in context.actions:
        if action.due.day and is_overdue(action, context):
            day = plain_day(action.due.day)
            what = f"The action is open, and its due date, {day}, is before the meeting."
            yield action.cells["due"], what, "Agree a new date with the Chair, or close the action."


@check(Severity.ERROR)
def dated_after_meeting(context: Context) -> Iterator[Fault]:
    """No item is dated after the meeting that the paper is for, nor in a month or a year after it."""
    meeting = context.tracker.meeting
    for action in context.actions:
        day = action.date.day or _first_of(action.date.text)
        place = action.cells.get("date")
        if place and day and day > meeting:
            said = action.date.text or plain_day(day)
            what = f"The item is dated {said}, after the meeting of {plain_day(meeting)}."
            yield place, what, "Set the date right, or take the row out until its meeting."


def _first_of(words: str) -> date | None:
    """The first day of a month, or of the year that words end with: *March 2027*, *12/2027*, *Summer 2028*."""
    year = _YEAR_AT_END.search(words)
    first = date(int(year[1]), 1, 1) if year else None
    return written_day(f"1 {words}") or written_day(f"1/{words}") or first


@check(Severity.WARNING, stands_for=("overdue", "extended-again"))
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
        stands, said = action.status.canonical, plain(action.status.words)
        behind = context.columns.behind_status(said).strip(" (–-") if stands == "completed" else ""
        day = action.completed.day or written_day(behind) or _first_of(behind)
        place = action.cells.get("completed") or action.cells.get("status")  # a day behind a status
        if place is None:
            continue
        if day and day > context.tracker.meeting:
            what = f"The day of completion, {plain_day(day)}, is after the meeting."
            remedy = "Set it right; if it is when the action is due, write it in a column headed 'Due date'."
            yield place, what, remedy
        elif day and stands not in CLOSED | _SAYS_NOT_OPEN:
            what = f"The action has a day of completion, and its status is {quoted(said)}."
            yield place, what, "Take the day out, or set the status to completed."


@check(Severity.NOTE)
def completed_but_due_later(context: Context) -> Iterator[Fault]:
    """An action that asks for something again and again ("each quarter", "annually") is not completed before it
    was due: the first time may have been taken for the last.
    """
    for action, place in placed(context, "status"):
        day, again = action.due.day, _AGAIN.search(plain(action.action))
        is_done = action.status.canonical == "completed"
        if is_done and again and day and day > context.tracker.meeting:
            said = f"something {quoted(again[0])}"
            what = f"The action asks for {said}; it is completed, and was due only on {plain_day(day)}."
            yield place, what, "Check that nothing more was to be done."


@check(Severity.ERROR, stands_for=("completed-but-due-later",))
def denied_completion(context: Context) -> Iterator[Fault]:
    """No action is called completed whose update says nothing but that it is not: "Work has not started." What is
    said of a phase or a part, or beside other words, is for `status-contradicts-text`.
    """
    for action in context.actions:
        if is_denied(action):
            what = f"The status says completed, and the update says only {quoted(plain(action.update))}."
            yield action.cells["status"], what, "Set the status or the update right."


def _denial_in(action: Action, words: str) -> str:
    """What in an action's update says that something is not done yet; nothing where nothing does."""
    small = words.lower()
    denied = _STILL_OPEN.search(words) if any(one in small for one in _DENYING) else None
    claims = (_REASON.sub("", one) for one in _clauses(action))
    return denied[0] if denied else next((one for one in claims if _is_undone(one, action)), "")


def is_denied(action: Action) -> bool:
    """Whether an action is called completed, and each clause of its update says that it is not, of no part of
    it alone.
    """
    if action.status.canonical != "completed" or "status" not in action.cells:
        return False
    clauses = _clauses(action)
    return bool(clauses) and all(
        (_DENIAL.fullmatch(one) or _is_undone(one, action)) and _PARTS.isdisjoint(key(one).split())
        for one in clauses
    )


def _clauses(action: Action) -> list[str]:
    """The clauses of an action's update."""
    return [one.strip() for one in _CLAUSE.split(plain(action.update)) if key(one)]


def _is_undone(clause: str, action: Action) -> bool:
    """Whether a clause says only that what was asked for is not done, by the verb that it was asked with."""
    found, asked = _UNDONE.fullmatch(clause), set(key(plain(action.action)).split())
    verb = (found[1] or found[2])[:3].casefold() if found else ""
    meant = asked & _OF_OTHERS or asked  # who is asked may say no
    return verb in {word[:3] for word in meant} and _NEGATIVE.isdisjoint(asked)


@check(Severity.WARNING, stands_for=("completed-but-due-later",))
def status_contradicts_text(context: Context) -> Iterator[Fault]:
    """The update and the status say the same: "this has been completed" is no open action, and "phase 2 has not
    started" no completed one. An update that says
    nothing but that a completed action is not is an error (`denied-completion`), and one that says nothing too
    (`completed-without-update`).
    """
    for action, place in placed(context, "status"):
        words = plain(action.update)
        is_told = is_denied(action) or context.rules.empty_words.are(words)
        if is_told or not has_update(action, context):
            continue
        status = action.status.canonical
        if is_open(action) and status != "recommended for closure" and (claim := says_done(words)):
            what = f"The update says {quoted(claim)}, and the status does not."
            yield place, what, "Set the status to completed, or the update right."
        elif status == "completed" and (denial := _denial_in(action, words)):
            what = f"The update says {quoted(denial)}, and the status says completed."
            yield place, what, "Set the status or the update right."


def says_done(words: str) -> str:
    """What in an update says that the whole of an action is done; nothing where nothing does."""
    found = ((_DONE.search(one), one) for one in _SENTENCE.findall(words))
    return next((done[0] for done, one in found if done and not _NOT_DONE.search(one)), "")


@check(Severity.NOTE)
def long_update(context: Context) -> Iterator[Fault]:
    """An update is no longer than members will read (`long_update` characters)."""
    for action in context.actions:
        length = len(plain(action.update))
        if length > context.rules.long_update:
            what = f"The update has {length:,} characters."
            remedy = f"Keep it under {context.rules.long_update:,}, and link to the rest."
            yield action.cells["update"], what, remedy


@check(Severity.NOTE)
def shouting(context: Context) -> Iterator[Fault]:
    """Nothing is written all in capitals, which are hard to read and are read out letter by letter."""
    for place, text in texts(context):
        if found := _CAPITALS.search(plain(text)):
            yield place, f"{quoted(found[0])} is all in capitals.", "Write it in small letters."


@check(Severity.NOTE)
def bare_link(context: Context) -> Iterator[Fault]:
    """A link's words say where it leads (WCAG 2.2, 2.4.4); "here" does not, nor does an address of more than
    a few plain words: "www.council.example/school-transport" can be read out, "…/doc.aspx?id=4711" cannot.
    """
    for place, text in texts(context):
        for run in (one for one in runs_of(text) if one.link):
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
    for place, text in texts(context):
        words = plain(text)
        if ("\\" in words or ":/" in words) and (path := _INSIDE_PATH.search(words)):
            what = f"{quoted(path[0])} is a place on the council's own drives."
            yield place, what, "Link to a published page, or take it out."
        for link in ((run.link or "").lower() for run in runs_of(text)):
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
    homes = hosts - _WEBMAIL if len(hosts) == 1 else set()

    def is_ours(said: str) -> bool:
        return _reached(said) in ours or said.rpartition("@")[2].lower() in homes

    wanted = {kind: one for kind, one in _PERSONAL.items() if kind in context.rules.personal}
    for place, text in texts(context):
        words = plain(text)
        is_doubtful = "@" in words or _DIGIT.search(words)
        for kind, pattern in wanted.items() if is_doubtful else ():
            said = next((one for one in pattern.findall(words) if not is_ours(one)), "")
            if said:
                what = f"{quoted(said)} looks like a {kind}."
                yield place, what, "Take it out if it is a person's."


@check(Severity.ERROR)
def missing_glyph(context: Context) -> Iterator[Fault]:
    """Every character has a shape in a font of this machine: a PDF with empty boxes is neither PDF/UA-1 (ISO
    14289-1, 7.21.8) nor PDF/A-3 (ISO 19005-3, 6.2.11.8).
    """
    listed = {one.cells.get("status") for one in context.actions if one.status.is_listed}
    printed = [
        (place, plain(text))
        for place, text in texts(context, _PRINTED_FIELDS)
        if place not in listed  # for which the house's own word is printed
    ]
    undrawable = context.undrawable(words for _, words in printed)
    for place, words in printed if undrawable else ():
        if lacking := characters(words) & undrawable:
            what = f"No font on this machine has {codes(lacking)}; the PDF shows a box there."
            yield place, what, "Install a font that has it, or write it another way."
