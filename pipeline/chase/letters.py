"""Chasing: who owes what, one draft e-mail an officer, and a list to ring by. Nothing is ever sent.

A letter is made of the same blocks as a paper; its plain text and its HTML are filled from them
alone, so that both say the same. No clock is read here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TypeAlias

from pipeline.chase.deadlines import Deadline, named_day
from pipeline.chase.owing import Chase, Gathered, Owed, Person, gathered
from pipeline.chase.verdict import Group, Verdict, plan_lines, waive_line
from pipeline.check.checked import Checked
from pipeline.check.rule import Finding
from pipeline.council.house import ChaseWording, HouseStyle
from pipeline.council.rules import Severity
from pipeline.model.document import BulletList, Flow, Heading, Paragraph, Run, flow_lines
from pipeline.model.text import linked
from pipeline.model.words import listed
from pipeline.published.folder import file_name
from pipeline.render.templates import filled

_Letter: TypeAlias = tuple[Heading | Flow, ...]


def drafts(
    owed: Chase, made: Checked, due: Deadline, house: HouseStyle, today: date | None = None
) -> dict[str, bytes]:
    """The draft e-mails by their file names: one for each person whose address is known."""
    files: dict[str, bytes] = {}
    for person in (one for one in owed.people if one.officer.email):
        stem = f"to-{file_name(person.officer.name)}"
        names = (stem, *(f"{stem}-{number}" for number in range(2, len(files) + 2)))
        name = next(f"{one}.eml" for one in names if f"{one}.eml" not in files)
        files[name] = _draft(person, made, due, house, today)
    return files


def _draft(
    person: Person, made: Checked, due: Deadline, house: HouseStyle, today: date | None = None
) -> bytes:
    """One draft e-mail, as Outlook and Thunderbird open it for sending. Only `today` dates it."""
    said = _wordings(person.officer.name, made, due, house)
    subject = " ".join(house.wording.chase.subject.format(**said).split())
    blocks = _letter(person, said, house)
    words, page = _plain_text(blocks), html(subject, blocks, house)
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"  # Outlook opens it as a draft
    message["To"] = Address(person.officer.name, addr_spec=person.officer.email)
    message["Subject"] = subject
    if today is not None:
        message["Date"] = datetime.combine(today, time())
    message.set_content(words, cte="quoted-printable")
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    digest = hashlib.sha256(f"{words}\0{page}".encode()).hexdigest()
    message.set_boundary(f"=_{digest[:32]}")  # `=_` is in no quoted-printable text
    return message.as_bytes()


def _wordings(name: str, made: Checked, due: Deadline, house: HouseStyle) -> dict[str, str]:
    """What the names in braces of the council's wording stand for."""
    return {
        "officer": name,
        "committee": made.tracker.committee,
        "paper": made.tracker.paper,
        "meeting": house.long_day(due.meeting),
        "deadline": named_day(due.publish_by, house),
        "updates_by": named_day(due.updates_by, house),
        "council": house.council.name,
        "workbook": made.book.name,
        "location": made.book.location,
    }


def _letter(person: Person, said: dict[str, str], house: HouseStyle) -> _Letter:
    """What the clerk writes to a person."""
    wording = house.wording.chase

    def paragraphs(*lines: str) -> _Letter:
        written = [line for words in lines for line in words.format(**said).splitlines()]
        return tuple(Paragraph(linked((Run(line),))) for line in written if line.strip())

    return (
        *paragraphs(wording.greeting, wording.opening),
        *(block for one in person.owed for block in _owed_blocks(one, wording)),
        *paragraphs(wording.where, wording.closing, *wording.clerk),
    )


def _owed_blocks(one: Owed, wording: ChaseWording) -> Iterator[Heading | Flow]:
    """An action, what was asked, what is missing in which cell, and what is worth a look."""
    yield Heading(one.name, 2)
    if one.action.action:
        yield Paragraph((Run(wording.asked, bold=True),))
        yield from one.action.action
    errors = tuple(one for one in one.findings if one.severity is Severity.ERROR)
    others = tuple(one for one in one.findings if one.severity is not Severity.ERROR)
    for heading, findings in ((wording.missing, errors), (wording.also, others)):
        if findings:
            yield Paragraph((Run(heading, bold=True),))
            yield finding_list(findings)


def finding_list(findings: tuple[Finding, ...], *, graded: bool = False) -> BulletList:
    """Findings as a list: the cell, what is wrong, what to do; and if it is `graded`, the action and how serious
    that is. Otherwise the action stands above.
    """
    items = []
    for one in gathered(findings):
        message = f"{one.findings[0].severity}: {one.what}" if graded else one.message
        items.append((Run(_place(one), bold=True), Run(f": {message} {one.remedy}")))
    return BulletList(tuple(items))


def verdict_page(said: Verdict, house: HouseStyle) -> str:
    """A verdict as a page that one can send."""
    waive = waive_line(said) if said.waive else ""
    blocks = (
        Heading(said.title, 1),
        *_paragraphs([said.repeated]),
        Paragraph((Run(said.answer, bold=True),)),
        *_paragraphs([said.compared, said.deadline, said.lowered]),
        *(block for group in said.groups for block in _group_blocks(group)),
        *_paragraphs([*plan_lines(said), waive]),
        *((Heading("Waived", 2),) if said.waived else ()),
        *_paragraphs(said.waived),
    )
    return html(said.title, blocks, house)


def _group_blocks(group: Group) -> _Letter:
    """A group as a heading, how to reach it, and a list."""
    found = finding_list(group.findings, graded=True)
    return Heading(group.name, 2), *_paragraphs([group.reached]), found


def _paragraphs(lines: Iterable[str]) -> _Letter:
    """A paragraph of each line that says something."""
    return tuple(Paragraph((Run(line),)) for line in lines if line)


def _place(one: Gathered) -> str:
    """The cells of findings in words."""
    first = one.findings[0].place
    cells = list(dict.fromkeys(finding.place.seen_from(first) for finding in one.findings))
    if len(cells) == 1:
        return f"Cell {first.cell} of the sheet {first.sheet}"
    return f"Cells {listed([first.cell, *cells[1:]])} of the sheet {first.sheet}"


def _plain_text(blocks: _Letter) -> str:
    """A letter as plain text: an empty line between blocks, and headings underlined."""
    lines = (
        (one.text, "-" * len(one.text)) if isinstance(one, Heading) else flow_lines((one,))
        for one in blocks
    )
    return "\n\n".join(map("\n".join, lines)) + "\n"


def html(title: str, blocks: _Letter, house: HouseStyle) -> str:
    """A letter as an HTML page that needs nothing else."""
    return filled(
        "letter.html.j2",
        title=title,
        blocks=blocks,
        language=house.council.language,
        font=house.font,
    )


def to_ring(owed: Chase, made: Checked, due: Deadline, house: HouseStyle) -> str:
    """The clerk's own list, to print and to ring by: everyone, worst first, and what nobody has."""
    said = _wordings("", made, due, house)
    title = f"To ring: {said['committee']}, {said['meeting']}"
    top = Paragraph((Run(f"Publish by {said['deadline']}. Workbook: {said['workbook']}"),))
    return html(title, (Heading(title, 1), top, *_ring_blocks(owed)), house)


def _ring_blocks(owed: Chase) -> Iterator[Heading | Flow]:
    """The people with how to reach them and what they owe; then what is the clerk's."""
    for person in owed.people:
        officer = person.officer
        yield Heading(", ".join(filter(None, (officer.name, officer.role))), 2)
        yield Paragraph((Run(_reached(person)),))
        yield from (Paragraph((Run(doubt),)) for doubt in doubts(person))
        yield _owed_list(person.owed)
    if owed.unassigned:
        yield Heading("Actions without an officer", 2)
        yield _owed_list(owed.unassigned)
    if owed.others:
        yield Heading("For the clerk", 2)
        yield finding_list(owed.others, graded=True)
    if not (owed.people or owed.unassigned or owed.others):
        yield Paragraph((Run("Nothing is missing."),))


def _owed_list(owed: tuple[Owed, ...]) -> BulletList:
    """Actions as a list of what is missing from each."""
    items = []
    for one in owed:
        for each in gathered(sorted(one.findings, key=lambda finding: -finding.severity)):
            what = f"{each.findings[0].severity}: {each.message} {each.remedy}"
            items.append((Run(one.name, bold=True), Run(f", {_place(each)}: {what}")))
    return BulletList(tuple(items))


def _reached(person: Person) -> str:
    """How a person is reached, and room for a mark."""
    telephone = person.officer.telephone or "no telephone number known"
    email = person.officer.email
    draft = f"E-mail: {email}" if email else "No draft: we have no e-mail address for this officer"
    return f"Telephone: {telephone}. {draft}. Rung on: ____________"


def doubts(person: Person) -> list[str]:
    """What the clerk should look at before trusting whom the workbook means."""
    name = person.officer.name
    if not person.known:
        return [f"'{name}' is not one person of the workbook's list of officers."]
    return [
        f"The workbook says '{match.words}'; taken for {name}, who is spelled much like it."
        for match in person.matches
        if match.how == "likely"
    ]
