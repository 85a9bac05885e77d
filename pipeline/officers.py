"""The officers' directory: who they are and how to reach them, from a sheet of the workbook.

The sheet is known by its headings (a name, and an e-mail address or a telephone number), whatever
it is called and wherever they stand. It is never printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, TypeAlias

from msgspec import Struct

from pipeline.columns import key
from pipeline.document import text_of
from pipeline.workbook import Sheet, SourceCell, SourceRow, Workbook

How: TypeAlias = Literal["email", "name", "role", "initials", "likely"]

HEADINGS = {
    "name": ("name", "officer", "lead officer", "full name", "officer name", "contact", "owner"),
    "role": ("role", "job title", "title", "post", "position", "job", "service"),
    "email": ("email", "email address", "mail", "officer email", "contact email"),
    "telephone": (
        "telephone", "telephone number", "telephone no", "tel", "tel no", "phone", "phone number",
        "extension", "ext", "mobile", "mobile number", "direct line", "contact number",
    ),
}  # fmt: skip
FIELD_OF = {heading: field for field, headings in HEADINGS.items() for heading in headings}
# Words of a heading that stands over actions, and over no list of people.
ACTIONS = frozenset(
    {"action", "actions", "update", "updates", "progress", "recommendation", "status"}
)
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"  # RFC 5322, 3.2.3
ADDRESS = re.compile(rf"{ATOM}(?:\.{ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
SEVERAL = re.compile(r"\s*(?:,|\+|\band\b)\s*")
TITLE_ROWS = 20  # the headings stand among the first; a long table of actions is not searched
LIKELY = 90  # of 100; "Jo Bell" and "Jo Ball" have 86, "Ruth Calloway" and "Ruth Caloway" 96


class Officer(Struct, frozen=True, order=True):
    """One line of the directory; `email` is empty where the sheet has no address that mail can go to."""

    name: str
    role: str = ""
    email: str = ""
    telephone: str = ""


class Match(Struct, frozen=True):
    """The officer that some words of the workbook mean, and how we know."""

    words: str
    officer: Officer
    how: How


def directory(book: Workbook) -> tuple[Officer, ...]:
    """The officers of a workbook's directory sheets, each once, in order."""
    found = (officer for sheet in book.sheets for officer in officers(sheet))
    return tuple(dict.fromkeys(found))


def officers(sheet: Sheet) -> list[Officer]:
    """The officers below a sheet's directory headings, if it has any."""
    heading = heading_row(sheet)
    if heading is None:
        return []
    columns = heading_fields(heading)
    below = [row for row in sheet.rows if row.number > heading.number]
    made = [officer(row, columns) for row in below]
    return [known for known in made if known.name]


def is_directory(sheet: Sheet) -> bool:
    """Whether a sheet holds officers, and no actions."""
    return heading_row(sheet) is not None


def heading_row(sheet: Sheet) -> SourceRow | None:
    """The row most of whose cells head a directory."""
    for row in sheet.rows[:TITLE_ROWS]:
        found = set(heading_fields(row).values())
        said = [key(cell.words).split() for cell in row.cells.values() if cell.words]
        if any(not ACTIONS.isdisjoint(words) for words in said):
            return None
        if "name" in found and found & {"email", "telephone"} and 2 * len(found) >= len(said):
            return row
    return None


def heading_fields(row: SourceRow) -> dict[int, str]:
    """The field that each column of a row would head."""
    named = {number: FIELD_OF.get(key(cell.words)) for number, cell in row.cells.items()}
    return {number: field for number, field in named.items() if field is not None}


def officer(row: SourceRow, columns: dict[int, str]) -> Officer:
    """The officer of a row."""
    held: dict[str, list[SourceCell]] = {field: [] for field in HEADINGS}
    for number, field in columns.items():
        if number in row.cells and row.cells[number].words:
            held[field].append(row.cells[number])
    return Officer(
        name=" ".join(cell.words for cell in held["name"][:1]),
        role=", ".join(cell.words for cell in held["role"]),
        email=next((address(cell) for cell in held["email"] if address(cell)), ""),
        telephone=", ".join(cell.words for cell in held["telephone"]),
    )


def address(cell: SourceCell) -> str:
    """The e-mail address in a cell, or behind its words, or nothing."""
    links = " ".join(run.link or "" for run in cell.runs).replace("mailto:", " ")
    for piece in re.split(r"[\s<>()\[\],;]+", f"{text_of(cell.runs)} {links}"):
        bare = piece.strip('.:"')
        if ADDRESS.fullmatch(bare):
            return bare
    return ""


def matches(said: Officer, known: tuple[Officer, ...]) -> list[Match]:
    """Whom a cell means by an officer that it names: one, or several where a list leaves no doubt."""
    one = matched(said, known)
    if one is not None and one.how != "likely":
        return [one]
    each = [matched(Officer(piece), known) for piece in SEVERAL.split(said.name)]
    sure = [match for match in each if match is not None and match.how != "likely"]
    if len(each) > 1 and len(sure) == len(each):
        return sure
    return [one] if one is not None else []


def matched(said: Officer, known: tuple[Officer, ...]) -> Match | None:
    """The one officer of the directory who is meant, and how we know: a name spelled much like theirs
    is the last resort.

    None where there is none, or there are two.
    """
    ways: list[tuple[How, Callable[[Officer], str], str]] = [
        ("email", lambda officer: officer.email, said.email),
        ("name", lambda officer: officer.name, said.name),
        ("role", lambda officer: officer.role, said.role or said.name),
        ("initials", lambda officer: initials(officer.name), said.name.replace(".", "")),
    ]
    for how, told, words in ways:
        same = [officer for officer in known if key(told(officer)) == key(words) != ""]
        if same:
            return Match(said.name, same[0], how) if len(same) == 1 else None
    return alike(said.name, known)


def initials(name: str) -> str:
    """The first letters of a name, as people sign with them; nothing for a name of one word."""
    words = [word for word in re.split(r"[\s-]+", name) if word[:1].isalpha()]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def alike(words: str, known: tuple[Officer, ...]) -> Match | None:
    """The one officer whose name is spelled much like some words."""
    from rapidfuzz import fuzz, process  # slow to load

    names = {number: key(officer.name) for number, officer in enumerate(known)}
    close = process.extract(
        key(words), names, scorer=fuzz.token_sort_ratio, score_cutoff=LIKELY, limit=2
    )
    return Match(words, known[close[0][2]], "likely") if len(close) == 1 else None
