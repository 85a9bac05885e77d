"""Chasing: who owes what, one draft e-mail an officer, and a list to ring by. Nothing is ever sent.

A letter is made of the same blocks as a paper; its plain text and its HTML are filled from them
alone, so that both say the same. No clock is read here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TypeAlias

from pipeline.chase.deadlines import Deadline, named_day
from pipeline.chase.owing import Chase, Owed, Person, gathered
from pipeline.chase.verdict import Verdict
from pipeline.check.checked import Checked
from pipeline.council.house import HouseStyle
from pipeline.council.rules import Severity
from pipeline.model.document import BulletList, Flow, Heading, Paragraph, Run, flow_lines
from pipeline.model.text import linked
from pipeline.published.folder import file_name
from pipeline.render.templates import filled

_OURS = "en-GB"  # the language of findings, whatever the council's
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
    words = _plain_text(blocks)
    page = _page("letter.html.j2", subject, house, blocks=blocks, language=house.council.language)
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
        *(block for one in person.owed for block in _owed_blocks(one, house)),
        *paragraphs(wording.where, wording.closing, *wording.clerk),
    )


def _owed_blocks(one: Owed, house: HouseStyle) -> Iterator[Heading | Flow]:
    """An action, what was asked, what is missing in which cell, and what is worth a look."""
    wording, ours = house.wording.chase, "" if house.council.is_english else _OURS
    yield Heading(one.name, 2)
    if one.action.action:
        yield Paragraph((Run(wording.asked, bold=True),))
        yield from one.action.action
    errors = tuple(one for one in one.findings if one.severity is Severity.ERROR)
    others = tuple(one for one in one.findings if one.severity is not Severity.ERROR)
    for heading, findings in ((wording.missing, errors), (wording.also, others)):
        if findings:
            yield Paragraph((Run(heading, bold=True),))
            yield BulletList(
                tuple(
                    (
                        Run(one.cells, bold=True, language=ours),
                        Run(f": {one.message} {one.remedy}", language=ours),
                    )
                    for one in gathered(findings)
                )
            )


def _plain_text(blocks: _Letter) -> str:
    """A letter as plain text: an empty line between blocks, and headings underlined."""
    lines = (
        (one.text, "-" * len(one.text)) if isinstance(one, Heading) else flow_lines((one,))
        for one in blocks
    )
    return "\n\n".join(map("\n".join, lines)) + "\n"


def _page(template: str, title: str, house: HouseStyle, **values: object) -> str:
    """An HTML page that needs nothing else."""
    usual = {"title": title, "language": _OURS, "font": house.font, "gathered": gathered}
    return filled(template, **(usual | values))


def verdict_page(said: Verdict, house: HouseStyle) -> str:
    """A verdict as a page that one can send."""
    return _page("verdict.html.j2", said.title, house, said=said)


def to_ring(owed: Chase, made: Checked, due: Deadline, house: HouseStyle) -> str:
    """The clerk's own list, to print and to ring by: everyone, worst first, and what nobody has."""
    said = _wordings("", made, due, house)
    title = f"To ring: {said['committee']}, {said['meeting']}"
    return _page("to-ring.html.j2", title, house, owed=owed, **said)
