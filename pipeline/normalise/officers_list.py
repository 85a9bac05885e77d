"""The workbook's list of officers."""

from __future__ import annotations

import re
from collections import defaultdict

from pipeline.council.settings import TEMPLATES, table
from pipeline.ingest.workbook import Sheet, SourceCell, SourceRow, Workbook
from pipeline.model.document import text_of
from pipeline.model.people import ADDRESS, Officer
from pipeline.model.words import key

_KNOWN = table(TEMPLATES / "officers.toml")
_FIELD_OF = {said: field for field, headings in _KNOWN["headings"].items() for said in headings}
_ACTIONS = frozenset(_KNOWN["actions"])
_TITLE_ROWS = 20  # the headings stand among the first; a long table of actions is not searched


def directory(book: Workbook) -> tuple[Officer, ...]:
    """The officers of a workbook's directory sheets, each once, in order."""
    found = (officer for sheet in book.sheets for officer in _officers(sheet))
    return tuple(dict.fromkeys(found))


def _officers(sheet: Sheet) -> list[Officer]:
    """The officers below a sheet's directory headings, if it has any."""
    heading_row, columns = _headings(sheet)
    made = (_officer(row, columns) for row in sheet.rows if columns and row.number > heading_row)
    return [known for known in made if known.name]


def is_directory(sheet: Sheet) -> bool:
    """Whether a sheet holds officers, and no actions."""
    return bool(_headings(sheet)[1])


def _headings(sheet: Sheet) -> tuple[int, dict[int, str]]:
    """The number of the row most of whose cells head a directory, and the fields of its columns; none without one."""
    for row in sheet.rows[:_TITLE_ROWS]:
        said = {number: key(cell.words) for number, cell in row.cells.items() if cell.words}
        if any(not _ACTIONS.isdisjoint(words.split()) for words in said.values()):
            break
        columns = {number: _FIELD_OF[words] for number, words in said.items() if words in _FIELD_OF}
        found = {*columns.values()}
        if "name" in found and found & {"email", "telephone"} and 2 * len(found) >= len(said):
            return row.number, columns
    return 0, {}


def _officer(row: SourceRow, columns: dict[int, str]) -> Officer:
    held: dict[str, list[SourceCell]] = defaultdict(list)
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
