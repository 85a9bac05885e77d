"""The workbook's list of officers."""

from __future__ import annotations

import re

from pipeline.ingest.workbook import Sheet, SourceCell, SourceRow, Workbook
from pipeline.model.document import text_of
from pipeline.model.people import ADDRESS, Officer
from pipeline.model.words import key

_HEADINGS = {
    "name": ("name", "officer", "lead officer", "full name", "officer name", "contact", "owner"),
    "role": ("role", "job title", "title", "post", "position", "job", "service"),
    "email": ("email", "email address", "mail", "officer email", "contact email"),
    "telephone": (
        "telephone", "telephone number", "telephone no", "tel", "tel no", "phone", "phone number",
        "extension", "ext", "mobile", "mobile number", "direct line", "contact number",
    ),
}  # fmt: skip
_FIELD_OF = {heading: field for field, headings in _HEADINGS.items() for heading in headings}
# Words of a heading that stands over actions, and over no list of people.
_ACTIONS = frozenset(
    {"action", "actions", "update", "updates", "progress", "recommendation", "status"}
)
_TITLE_ROWS = 20  # the headings stand among the first; a long table of actions is not searched


def directory(book: Workbook) -> tuple[Officer, ...]:
    """The officers of a workbook's directory sheets, each once, in order."""
    found = (officer for sheet in book.sheets for officer in _officers(sheet))
    return tuple(dict.fromkeys(found))


def _officers(sheet: Sheet) -> list[Officer]:
    """The officers below a sheet's directory headings, if it has any."""
    heading = _heading_row(sheet)
    if heading is None:
        return []
    columns = _heading_fields(heading)
    made = (_officer(row, columns) for row in sheet.rows if row.number > heading.number)
    return [known for known in made if known.name]


def is_directory(sheet: Sheet) -> bool:
    """Whether a sheet holds officers, and no actions."""
    return _heading_row(sheet) is not None


def _heading_row(sheet: Sheet) -> SourceRow | None:
    """The row most of whose cells head a directory."""
    for row in sheet.rows[:_TITLE_ROWS]:
        found = set(_heading_fields(row).values())
        said = [key(cell.words).split() for cell in row.cells.values() if cell.words]
        if any(not _ACTIONS.isdisjoint(words) for words in said):
            return None
        if "name" in found and found & {"email", "telephone"} and 2 * len(found) >= len(said):
            return row
    return None


def _heading_fields(row: SourceRow) -> dict[int, str]:
    """The field that each column of a row would head."""
    named = {number: key(cell.words) for number, cell in row.cells.items()}
    return {number: _FIELD_OF[said] for number, said in named.items() if said in _FIELD_OF}


def _officer(row: SourceRow, columns: dict[int, str]) -> Officer:
    held: dict[str, list[SourceCell]] = {field: [] for field in _HEADINGS}
    for number, field in columns.items():
        if (cell := row.cells.get(number)) and cell.words:
            held[field].append(cell)
    return Officer(
        name=" ".join(cell.words for cell in held["name"][:1]),
        role=", ".join(cell.words for cell in held["role"]),
        email=next(filter(None, map(_address, held["email"])), ""),
        telephone=", ".join(cell.words for cell in held["telephone"]),
    )


def _address(cell: SourceCell) -> str:
    """The e-mail address in a cell, or behind its words, or nothing."""
    links = " ".join(run.link or "" for run in cell.runs).replace("mailto:", " ")
    for piece in re.split(r"[\s<>()\[\],;]+", f"{text_of(cell.runs)} {links}"):
        bare = piece.strip('.:"')
        if ADDRESS.fullmatch(bare):
            return bare
    return ""
