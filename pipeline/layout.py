"""Where a sheet's table stands, and the column of each field in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from pipeline.columns import Columns, key
from pipeline.dates import date_text
from pipeline.errors import PipelineError
from pipeline.headings import (
    FEWEST_HEADINGS,
    Headings,
    Match,
    age,
    are_two_rows,
    guesses,
    how_many_known,
    is_heading,
    is_named,
    named,
    one_row,
    two_rows,
    without,
)
from pipeline.records import COMMITTEE_FIELD, DATE_FIELDS, Place
from pipeline.text import is_sentence
from pipeline.workbook import Sheet, SourceCell

REFERENCE = re.compile(r"[A-Za-z]{0,8}[\W_]*\d[\w\W]{0,18}")  # such as CR17-64, SR (25/26) 01, 14
LOOKED_AT = 40  # cells of a column, to tell dates from words
NEARLY = 2  # headings that make a row worth naming where no sheet has enough


class Layout(Struct, frozen=True):
    """Where the table stands: its heading row, and the column (from 1) of each field found.

    `first_row` is the heading row, or the upper one of two. `matches` say how each column was read,
    `unknown` are the other headings, and `beaten` those of them whose field another column is.
    `ignored` are the officers' own columns, `lacking` required ones that a tracker of another layout does
    without. `moved` are the columns of rows further down, under the same headings in another order.
    """

    sheet: str
    first_row: int
    heading_row: int
    columns: dict[str, int]
    unknown: dict[int, str]
    beaten: dict[int, str]
    matches: dict[int, Match]
    ignored: frozenset[int] = frozenset()
    lacking: tuple[str, ...] = ()
    moved: dict[int, dict[str, int]] = {}

    def heading(self, field_name: str) -> str:
        """What heads a field's column; nothing where there is none."""
        column = self.columns.get(field_name, 0)
        return self.matches[column].heading if column in self.matches else ""

    def place(self, field_name: str, row: int) -> Place:
        """The cell of a field on a row."""
        return Place(self.sheet, row, self.moved.get(row, self.columns)[field_name])


def find(sheet: Sheet, columns: Columns) -> Layout | None:
    """The layout of the first table on a sheet that can be read, or None where it has no heading row.

    Raises `PipelineError` where a column is there twice, or a required one is missing.
    """
    refused: PipelineError | None = None
    for headings in heading_rows(sheet, columns):
        try:
            return layout(sheet, headings, columns)
        except PipelineError as fault:
            refused = refused or fault
    if refused is not None:
        raise refused
    return None


def heading_rows(sheet: Sheet, columns: Columns) -> Iterator[Headings]:
    """The rows that can head a table, each with the row below where its headings go on there."""
    skipped = 0
    for index, row in enumerate(sheet.rows):
        if row.number == skipped:
            continue
        below = sheet.rows[index + 1] if index + 1 < len(sheet.rows) else None
        is_next = below is not None and below.number == row.number + 1
        if below is not None and is_next and are_two_rows(row, below, columns):
            skipped = below.number
            yield two_rows(row, below)
        elif is_heading(one_row(row), columns):
            yield one_row(row)


def layout(sheet: Sheet, headings: Headings, columns: Columns) -> Layout:
    """The layout of the table under some headings. Raises `PipelineError` where it cannot be read."""

    def fits(number: int, field: str) -> bool:
        return can_be(field, cells_below(sheet, headings, number), columns)

    found = named(headings, columns, fits)
    refuse_twice(sheet, headings, found.fields, found.beaten, columns)
    matches = {number: Match(name, headings.words[number]) for number, name in found.fields.items()}
    rest = without(headings, {*found.fields, *found.beaten})
    matches |= guesses(rest, found.fields.values(), columns, fits)
    matches = dict(sorted(by_cells(sheet, headings, matches, columns).items()))
    positions = {match.field: number for number, match in matches.items()}
    unnamed = unnamed_reference(sheet, headings) if "reference" not in positions else None
    if unnamed is not None:
        positions["reference"] = unnamed
        why = ("its cells are references",)
        matches[unnamed] = Match("reference", "", 0.9, why, guessed=True)
    unknown = {
        number: words
        for number, words in headings.words.items()
        if number not in matches and key(words) not in columns.ignored_columns
    }
    lacking = tuple(name for name in columns.required() if name not in positions)
    if lacking and is_own([key(match.heading) for match in matches.values()], columns):
        refuse_lacking(sheet, headings, lacking, columns)
    if not is_enough(positions):
        refuse_too_little(sheet, headings, positions, unknown, columns)
    return Layout(
        sheet.name, headings.first_row, headings.last_row,
        positions, unknown, found.beaten, matches, frozenset(headings.words) - matches.keys() - unknown.keys(), lacking,
    )  # fmt: skip


def by_cells(
    sheet: Sheet, headings: Headings, matches: dict[int, Match], columns: Columns
) -> dict[int, Match]:
    """Matches put right by what stands in the columns: a reference that is sentences is the title, an
    action that is only numbers the reference, and a title that may be the action is, where none other is.
    """
    made = dict(matches)
    at = {match.field: number for number, match in made.items()}
    if "title" not in at and are_sentences(cells_below(sheet, headings, at.get("reference", 0))):
        number = at.pop("reference")
        made[number] = by_look(made[number], "title", "its cells are sentences")
    if "reference" not in at and are_numbered(cells_below(sheet, headings, at.get("action", 0))):
        number = at.pop("action")
        made[number] = by_look(made[number], "reference", "its cells are references")
    if "action" not in at and "title" in at:
        match = made[at["title"]]
        if is_named(match.heading, "action", columns):
            made[at["title"]] = Match("action", match.heading)
    return made


def by_look(match: Match, field: str, why: str) -> Match:
    """A match with another field, which its cells show."""
    return Match(field, match.heading, 0.9, (why,), guessed=True)


def are_sentences(cells: list[SourceCell]) -> bool:
    """Whether most cells of a column are sentences."""
    return 2 * sum(is_sentence(cell.words) for cell in cells) > len(cells)


def are_numbered(cells: list[SourceCell]) -> bool:
    """Whether the cells of a column are numbers of one form, each its own, such as *Action 1*."""
    said = [cell.words for cell in cells]
    return (
        1 < len(said) == len(set(said))
        and all(REFERENCE.fullmatch(words) for words in said)
        and len(set(map(shape, said))) == 1
    )


def shape(reference: str) -> str:
    """A reference without its numbers' values: `HP/12` and `HP/7` have one shape."""
    return re.sub(r"\d+", "0", reference)


def is_own(keys: list[str], columns: Columns) -> bool:
    """Whether a tracker is the council's own: most of its headings are, and one that is no other's."""
    return 2 * sum(one in columns.own for one in keys) >= len(keys) and not (
        columns.peculiar.isdisjoint(keys)
    )


def cells_below(sheet: Sheet, headings: Headings, number: int) -> list[SourceCell]:
    """The first cells with words of a column, below its heading."""
    below = (row.cells.get(number) for row in sheet.rows if row.number > headings.last_row)
    filled = (cell for cell in below if cell is not None and cell.words)
    return [cell for cell, _ in zip(filled, range(LOOKED_AT), strict=False)]


def can_be(field: str, cells: list[SourceCell], columns: Columns) -> bool:
    """Whether what stands in a column can be a field's: days in one of dates, none in one of texts,
    references where two are never the same, and some committee's name. One day tells a column of days
    of completion from statuses.
    """
    if not cells:
        return True
    if field == COMMITTEE_FIELD:
        return any(columns.can_be_committee(cell.words) for cell in cells)
    if field == "reference":
        return all(REFERENCE.fullmatch(cell.words) for cell in cells)
    dates = (date_text(cell.value, cell.words) for cell in cells if not is_answer(cell))
    days = sum(date.day is not None or date.unreadable for date in dates)
    if field in ("status", "completed"):
        return (days > 0) == (field == "completed")
    return 2 * days >= len(cells) if field in DATE_FIELDS else 2 * days < len(cells)


def is_answer(cell: SourceCell) -> bool:
    """Whether a cell holds TRUE or FALSE, as a box does that one ticks."""
    return isinstance(cell.value, bool)


def is_enough(positions: dict[str, int]) -> bool:
    """Whether a tracker of any layout can be read: it says what was asked or about what, and what was done."""
    return "update" in positions and bool(positions.keys() & {"action", "title"})


def unnamed_reference(sheet: Sheet, headings: Headings) -> int | None:
    """The column left of all headings, if it has none and its cells are references, each its own."""
    if not headings.words or min(headings.words) == 1:
        return None
    column = min(headings.words) - 1
    said = [cell.words for cell in cells_below(sheet, headings, column)]
    if len(said) < FEWEST_HEADINGS - 1 or len(set(said)) < len(said):
        return None
    return column if all(REFERENCE.fullmatch(words) for words in said) else None


def refuse_twice(
    sheet: Sheet,
    headings: Headings,
    fields: dict[int, str],
    beaten: dict[int, str],
    columns: Columns,
) -> None:
    """Raise `PipelineError` where two headings of one field are too alike to tell which is meant."""
    for number, name in beaten.items():
        winner = next(at for at, field in fields.items() if field == name)
        one, other = headings.words[number], headings.words[winner]
        if are_alike(one, other, columns, name):
            twice = " and ".join(
                f"'{headings.words[at]}' ({Place(sheet.name, headings.last_row, at).cell})"
                for at in sorted((number, winner))
            )
            raise PipelineError(
                f"{sheet.name}, row {headings.last_row}: two columns are both "
                f"'{columns.fields[name].headings[0]}': {twice}.",
                "Rename or delete one of them.",
            )


def are_alike(one: str, other: str, columns: Columns, field: str) -> bool:
    """Whether nothing tells which of two headings of one field is meant. Of most fields the name that
    stands first in its list will do; of what was asked and what was done no words may be lost.
    """
    keys = {key(one), key(other)}
    if len(keys) == 1 or keys <= columns.own:
        return True
    weaker = set(map(key, columns.fields[field].weaker))
    return field in ("action", "update") and keys.isdisjoint(weaker) and age(one) == age(other)


def refuse_lacking(
    sheet: Sheet, headings: Headings, lacking: tuple[str, ...], columns: Columns
) -> None:
    """Raise `PipelineError` that names what is missing, what was found, and what is wanted."""
    name = columns.fields[lacking[0]].headings[0]
    raise PipelineError(
        f"{sheet.name}, row {headings.last_row}: there is no '{name}' column; "
        f"the headings are {listed(headings.words)}.",
        f"Add it: the table needs {', '.join(columns.wanted())}.",
    )


def refuse_too_little(
    sheet: Sheet,
    headings: Headings,
    positions: dict[str, int],
    unknown: dict[int, str],
    columns: Columns,
) -> None:
    """Raise `PipelineError` that names the column without which no tracker can be read."""
    lacks = "update" if "update" not in positions else "action"
    says = {"update": "what has been done", "action": "what was asked for"}[lacks]
    private = (
        f" '{headings.words[positions['notes']]}' is never published."
        if lacks == "update" and "notes" in positions
        else ""
    )
    perhaps = f" Is it one of {listed(unknown)}?" if unknown else ""
    raise PipelineError(
        f"{sheet.name}, row {headings.last_row}: no column says {says}; "
        f"the headings are {listed(headings.words)}.{private}",
        f"Head it '{columns.fields[lacks].headings[0]}', or name its heading in columns.toml.{perhaps}",
    )


def listed(words: dict[int, str]) -> str:
    """Headings in quotation marks."""
    return ", ".join(f"'{said}'" for _, said in sorted(words.items()))


def nearest_row(sheets: list[Sheet], columns: Columns) -> str:
    """The row that is most like headings, and which of them are known; nothing where none is."""
    rows = [
        (how_many_known(one_row(row), columns), sheet, row)
        for sheet in sheets
        for row in sheet.rows
    ]
    known, sheet, row = max(rows, key=lambda found: found[0], default=(0, None, None))
    if sheet is None or row is None or known < NEARLY:
        return ""
    headings = one_row(row)
    found = named(headings, columns)
    others = without(headings, {*found.fields, *found.beaten}).words
    ours = {n: said for n, said in headings.words.items() if n not in others}
    return (
        f" {sheet.name}, row {row.number} is the nearest: we know {listed(ours)}, "
        f"and not {listed(others)}."
    )
