"""Which column holds what: headings matched by name, and the words officers use for a status."""

from __future__ import annotations

import re
from functools import cached_property

from msgspec import Struct, field

from pipeline import settings
from pipeline.errors import PipelineError
from pipeline.records import DATE_FIELDS, TEXT_FIELDS, Place
from pipeline.settings import Settings
from pipeline.workbook import Sheet, SourceRow

UNPUBLISHED = frozenset({"notes"})
FEWEST_HEADINGS = 3  # a row with fewer known headings is a title line that uses one of the words


class FieldHeadings(Settings, frozen=True):
    headings: list[str]
    required: bool = False


class TitleLabels(Settings, frozen=True):
    committee: list[str]
    paper: list[str]
    meeting: list[str]
    remarks: list[str]


class Columns(Settings, frozen=True, dict=True):
    """A council's `columns.toml`."""

    fields: dict[str, FieldHeadings]
    title_block: TitleLabels
    statuses: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def field_of(self) -> dict[str, str]:
        """The field that each known heading names."""
        return {key(name): f for f, known in self.fields.items() for name in known.headings}

    @cached_property
    def status_of(self) -> dict[str, str]:
        """The canonical status that each known wording means."""
        return {key(raw): status for status, raws in self.statuses.items() for raw in raws}

    def wanted(self) -> list[str]:
        """The required columns by the name that we would give them."""
        return [known.headings[0] for known in self.fields.values() if known.required]


class Layout(Struct, frozen=True):
    """Where the table stands: its heading row, and the column (from 1) of each field found."""

    sheet: str
    heading_row: int
    columns: dict[str, int]
    unknown: dict[int, str]

    def place(self, field_name: str, row: int) -> Place:
        """The cell of a field on a row."""
        return Place(self.sheet, row, self.columns[field_name])


def load(style: str) -> Columns:
    """A council's headings and statuses. Raises `PipelineError` where the file is wrong."""
    path = settings.folder(style) / "columns.toml"
    columns = settings.load(path, Columns)
    strange = sorted(set(columns.fields) - {*TEXT_FIELDS, *DATE_FIELDS})
    if strange:
        known = ", ".join(sorted({*TEXT_FIELDS, *DATE_FIELDS}))
        raise PipelineError(
            f"{style}/columns.toml: no field is called '{strange[0]}'.", f"Fields are {known}."
        )
    return columns


def key(words: str) -> str:
    """Words without what people vary: capitals, spaces, line ends, hyphens and closing marks."""
    return re.sub(r"[\W_]+", " ", words.casefold().replace("-", "")).strip()


def heading_fields(row: SourceRow, columns: Columns) -> list[tuple[int, str]]:
    """The (column, field) pairs that a row would name if it were a heading row."""
    named = ((number, columns.field_of.get(key(cell.words))) for number, cell in row.cells.items())
    return [(number, name) for number, name in named if name is not None]


def is_heading_row(row: SourceRow, columns: Columns) -> bool:
    """Whether most of a row's cells are headings that we know."""
    found = {name for _, name in heading_fields(row, columns)}
    filled = sum(bool(cell.words) for cell in row.cells.values())
    return len(found) >= FEWEST_HEADINGS and 2 * len(found) >= filled


def find(sheet: Sheet, columns: Columns) -> Layout | None:
    """The layout of the first table on a sheet, or None where it has no heading row.

    Raises `PipelineError` where a required column is missing, or any is there twice.
    """
    heading = next((row for row in sheet.rows if is_heading_row(row, columns)), None)
    if heading is None:
        return None
    found = heading_fields(heading, columns)
    names = [name for _, name in found]
    seen = ", ".join(f"'{cell.words}'" for cell in heading.cells.values() if cell.words)
    place = f"{sheet.name}, row {heading.number}"
    for name, known in columns.fields.items():
        if known.required and name not in names:
            raise PipelineError(
                f"{place}: there is no '{known.headings[0]}' column; the headings are {seen}.",
                f"Add it: the table needs {', '.join(columns.wanted())}.",
            )
        if names.count(name) > 1:
            twice = " and ".join(
                f"'{heading.cells[number].words}' ({heading.cells[number].place.cell})"
                for number, other in found
                if other == name
            )
            raise PipelineError(
                f"{place}: two columns are both '{known.headings[0]}': {twice}.",
                "Rename or delete one of them.",
            )
    positions = {name: number for number, name in found}
    unknown = {
        number: cell.words
        for number, cell in heading.cells.items()
        if cell.words and number not in positions.values()
    }
    return Layout(sheet.name, heading.number, positions, unknown)
