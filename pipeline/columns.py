"""Which column holds what: headings matched by name, else by their words; and what officers call a status.

The words are in `templates/columns.toml` (councils at large) and the council's own `columns.toml`;
`docs/columns.md` explains both. A heading that no list names is matched by its words where those
point to one field, and that is said; it is never guessed in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct, field
from msgspec.structs import replace

from pipeline import settings
from pipeline.errors import PipelineError
from pipeline.records import COMMITTEE_FIELD, DATE_FIELDS, TEXT_FIELDS, Place
from pipeline.settings import Settings
from pipeline.text import is_closed
from pipeline.workbook import Sheet, SourceCell, SourceRow

UNPUBLISHED = frozenset({"notes", COMMITTEE_FIELD})
FIELDS = (*TEXT_FIELDS, *DATE_FIELDS, COMMITTEE_FIELD)
FEWEST_HEADINGS = 3  # a row with fewer known headings is a title line that uses one of the words
LONGEST_HEADING = 80  # characters
LONGEST_UNKNOWN_HEADING = 30
LEAST_SCORE = 0.5  # that a heading's words have to reach
LEAST_LEAD = 0.2  # by which it has to beat the next field
FAINT_WORDS = frozenset({"a", "an", "and", "any", "at", "be", "by", "for", "from", "in", "is", "of", "on",
                         "or", "out", "the", "to", "was", "with"})  # fmt: skip
UNKNOWN_WORD = 0.5  # what it weighs beside a word that points to one field
STEM = 6  # letters
NEAR = 3  # of 255: programs round a theme's tints differently
REFERENCE = re.compile(r"[A-Za-z]{0,8}[\W_]*\d[\w\W]{0,18}")  # such as CR17-64, SR (25/26) 01, 14

Colour: TypeAlias = Annotated[str, Meta(pattern="^#[0-9A-Fa-f]{6}$")]


class FieldHeadings(Settings, frozen=True):
    headings: list[str] = field(default_factory=list)
    required: bool = False


class TitleLabels(Settings, frozen=True):
    committee: list[str] = field(default_factory=list)
    paper: list[str] = field(default_factory=list)
    meeting: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class Ignored(Settings, frozen=True):
    columns: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)


class UnderTable(Settings, frozen=True):
    totals: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


class Words(Settings, frozen=True):
    """One `columns.toml`."""

    fields: dict[str, FieldHeadings] = field(default_factory=dict)
    title_block: TitleLabels = field(default_factory=TitleLabels)
    under_table: UnderTable = field(default_factory=UnderTable)
    ignored: Ignored = field(default_factory=Ignored)
    statuses: dict[str, list[str]] = field(default_factory=dict)
    colours: dict[str, list[Colour]] = field(default_factory=dict)


class Columns(Struct, frozen=True, dict=True):
    """A council's words and those of councils at large, the council's first."""

    fields: dict[str, FieldHeadings]
    own: frozenset[str]
    title_block: TitleLabels
    under_table: UnderTable
    ignored: Ignored
    statuses: dict[str, list[str]]
    colours: dict[str, str]

    @cached_property
    def fields_of(self) -> dict[str, list[str]]:
        """The fields that each known heading can name."""
        named: dict[str, list[str]] = {}
        for name, known in self.fields.items():
            for heading in known.headings:
                named.setdefault(key(heading), []).append(name)
        return named

    @cached_property
    def field_words(self) -> dict[str, dict[str, float]]:
        """How far a word of a heading points to each field: the share of the lists with that word."""
        uses: dict[str, Counter[str]] = {}
        for heading, names in self.fields_of.items():
            for word in set(map(stem, heading.split())):
                uses.setdefault(word, Counter()).update(names)
        return {
            word: {name: count / sum(found.values()) for name, count in found.items()}
            for word, found in uses.items()
            if word not in FAINT_WORDS
        }

    @cached_property
    def status_of(self) -> dict[str, str]:
        """The canonical status that each known wording means."""
        return {key(raw): status for status, raws in self.statuses.items() for raw in raws}

    @cached_property
    def totals(self) -> frozenset[str]:
        """What a row begins with that counts the actions."""
        return frozenset(map(key, self.under_table.totals))

    @cached_property
    def keys(self) -> frozenset[str]:
        """What a row begins with below which signs or colours are explained."""
        return frozenset(map(key, self.under_table.keys))

    @cached_property
    def ignored_columns(self) -> frozenset[str]:
        """The headings of columns that are the officers' alone."""
        return frozenset(map(key, self.ignored.columns))

    @cached_property
    def ignored_sheets(self) -> frozenset[str]:
        """The names of sheets that are the officers' alone."""
        return frozenset(map(key, self.ignored.sheets))

    def colour_status(self, colour: str) -> str:
        """The canonical status that the council gives a fill colour, or nothing."""
        near = (name for known, name in self.colours.items() if are_alike(known, colour))
        return next(near, "")

    def required(self) -> list[str]:
        """The fields that the council's own tracker must have."""
        return [name for name, known in self.fields.items() if known.required]

    def wanted(self) -> list[str]:
        """The required columns by the name that we would give them."""
        return [self.fields[name].headings[0] for name in self.required()]


class Match(Struct, frozen=True):
    """How a heading was read: by name (score 1), or by the `words` that point to the field."""

    field: str
    heading: str
    score: float = 1
    words: tuple[str, ...] = ()


class Layout(Struct, frozen=True):
    """Where the table stands: its heading row, and the column (from 1) of each field found.

    `first_row` is the heading row, or the upper one of two. `matches` say how each column was read.
    `lacking` are required columns that a tracker of another layout does without.
    """

    sheet: str
    first_row: int
    heading_row: int
    columns: dict[str, int]
    unknown: dict[int, str]
    matches: dict[int, Match]
    lacking: tuple[str, ...] = ()

    def place(self, field_name: str, row: int) -> Place:
        """The cell of a field on a row."""
        return Place(self.sheet, row, self.columns[field_name])


class Headings(Struct, frozen=True):
    """A heading row, or two rows read as one: the words of each column."""

    first_row: int
    last_row: int
    words: dict[int, str]


def load(style: str) -> Columns:
    """A council's words with those of councils at large. Raises `PipelineError` where a file is wrong."""
    own = settings.load(settings.folder(style) / "columns.toml", Words)
    shared = settings.load(settings.TEMPLATES / "columns.toml", Words)
    strange = sorted({*own.fields, *shared.fields} - {*FIELDS})
    if strange:
        raise PipelineError(
            f"{style}/columns.toml: no field is called '{strange[0]}'.",
            f"Fields are {', '.join(sorted(FIELDS))}.",
        )
    fields = {
        name: FieldHeadings(
            headings=[
                *own.fields.get(name, FieldHeadings()).headings,
                *shared.fields.get(name, FieldHeadings()).headings,
            ],
            required=own.fields.get(name, FieldHeadings()).required,
        )
        for name in dict.fromkeys((*own.fields, *shared.fields))
    }
    statuses = {
        name: [*own.statuses.get(name, []), *shared.statuses.get(name, [])]
        for name in dict.fromkeys((*shared.statuses, *own.statuses))
    }
    return Columns(
        fields=fields,
        own=frozenset(key(h) for known in own.fields.values() for h in known.headings),
        title_block=TitleLabels(**both(own.title_block, shared.title_block)),
        under_table=UnderTable(**both(own.under_table, shared.under_table)),
        ignored=Ignored(**both(own.ignored, shared.ignored)),
        statuses=statuses,
        colours=colours(style, {**shared.colours, **own.colours}, statuses),
    )


def colours(
    style: str, said: dict[str, list[str]], statuses: dict[str, list[str]]
) -> dict[str, str]:
    """The canonical status of each colour. Raises `PipelineError` where one means two, or none."""
    made: dict[str, str] = {}
    for name, shades in said.items():
        if not statuses.get(name):
            raise PipelineError(
                f"{style}/columns.toml, colours: no status is called '{name}'.",
                f"Statuses are {', '.join(statuses)}.",
            )
        for shade in shades:
            twice = [other for known, other in made.items() if are_alike(known, shade)]
            if twice and twice[0] != name:
                raise PipelineError(
                    f"{style}/columns.toml, colours: {shade} is both '{twice[0]}' and '{name}'.",
                    "Leave it under one of them.",
                )
            made[shade] = name
    return made


def are_alike(one: str, other: str) -> bool:
    """Whether two colours are the same but for rounding."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return all(abs(first - second) <= NEAR for first, second in pairs)


def both(own: Settings, shared: Settings) -> dict[str, list[str]]:
    """The lists of two settings, one after the other."""
    return {name: [*getattr(own, name), *getattr(shared, name)] for name in own.__struct_fields__}


@lru_cache(4096)
def key(words: str) -> str:
    """Words without what people vary: capitals, spaces, line ends, hyphens and closing marks; and
    letters with accents in one piece.
    """
    whole = unicodedata.normalize("NFC", words.casefold())
    return re.sub(r"[\W_]+", " ", whole.replace("-", "")).strip()


def possible_fields(words: str, columns: Columns) -> list[str]:
    """The fields that a heading can name: as a whole, or by one of its parts as in `Dyddiad/Date`."""
    whole = columns.fields_of.get(key(words))
    if whole or "/" not in words:
        return whole or []
    parts = [columns.fields_of.get(key(part), []) for part in words.split("/")]
    return next((fields for fields in parts if fields), [])


def by_name(headings: Headings, columns: Columns) -> dict[int, str]:
    """The fields of columns by their headings' names. Of two possible fields a heading gives way to
    one that can be nothing else; a field that two headings name is there twice.
    """
    possible = {number: possible_fields(words, columns) for number, words in headings.words.items()}
    found = {number: fields[0] for number, fields in possible.items() if len(fields) == 1}
    for number, fields in possible.items():
        if len(fields) > 1:
            free = [name for name in fields if name not in found.values()]
            found[number] = free[0] if free else fields[0]
    return found


def by_words(words: str, columns: Columns) -> dict[str, float]:
    """How far a heading's words point to each field, 0 to 1: a word that many fields use counts for
    less, and one that none uses counts against all.
    """
    said = [
        columns.field_words.get(stem(word))
        for word in key(words).split()
        if word not in FAINT_WORDS
    ]
    clear = sum(max(shares.values()) if shares else UNKNOWN_WORD for shares in said)
    scores: dict[str, float] = {}
    for shares in filter(None, said):
        for name, share in shares.items():
            scores[name] = scores.get(name, 0) + share * max(shares.values()) / clear
    return scores


def stem(word: str) -> str:
    """A word without its ending: enough to tell *recommended* for *recommendation*."""
    return word[:STEM]


def guesses(headings: Headings, taken: Iterable[str], columns: Columns) -> dict[int, Match]:
    """The columns without a known name whose words point to one field that no other column is."""
    free = set(columns.fields) - set(taken)
    offers: list[tuple[float, int, Match]] = []
    for number, words in headings.words.items():
        ranked = sorted(by_words(words, columns).items(), key=lambda pair: -pair[1])
        if not ranked or ranked[0][0] not in free or ranked[0][1] < LEAST_SCORE:
            continue
        name, score = ranked[0]
        if len(ranked) > 1 and score - ranked[1][1] < LEAST_LEAD:
            continue
        why = tuple(w for w in key(words).split() if name in columns.field_words.get(stem(w), {}))
        offers.append((-score, number, Match(name, words, score, why)))
    made: dict[int, Match] = {}
    for _, number, match in sorted(offers, key=lambda offer: offer[:2]):
        if match.field not in {other.field for other in made.values()}:
            made[number] = match
    return made


def heading_fields(row: SourceRow, columns: Columns) -> list[tuple[int, str]]:
    """The (column, field) pairs that a row would name if it were a heading row."""
    return sorted(by_name(one_row(row), columns).items())


def one_row(row: SourceRow) -> Headings:
    """A row as headings; cells merged from the rows above are those rows'."""
    words = {
        number: cell.words
        for number, cell in row.cells.items()
        if cell.words and cell.anchor_row == row.number
    }
    return Headings(row.number, row.number, words)


def two_rows(upper: SourceRow, lower: SourceRow) -> Headings:
    """Two rows as headings: a cell merged over several columns heads each of them."""
    above: dict[int, str] = {}
    for number, cell in upper.cells.items():
        for column in range(number, max(number, cell.last_column) + 1):
            above[column] = cell.words
    below = {
        number: cell.words
        for number, cell in lower.cells.items()
        if cell.anchor_row == lower.number
    }
    joined = {
        number: f"{above.get(number, '')} {below.get(number, '')}".strip()
        for number in sorted({*above, *below})
    }
    return Headings(upper.number, lower.number, {n: words for n, words in joined.items() if words})


def is_unknown_heading(row: SourceRow, above: SourceRow, layout: Layout, columns: Columns) -> bool:
    """Whether a row that stands apart reads as the headings of a table of something else: words in each
    cell, none of them a sentence, a day or a number, and no status that there is.
    """
    words = [cell.words for cell in row.cells.values() if cell.words]
    is_apart = row.number > above.number + 1 or len(one_row(above).words) == 1
    if not is_apart or len(words) < FEWEST_HEADINGS or "status" not in layout.columns:
        return False
    status = row.cells.get(layout.columns["status"])
    date_at = layout.columns.get("date")
    if status is None or key(status.words) in columns.status_of:
        return False
    is_dated = date_at is None or date_at in row.cells
    return is_dated and all(
        len(said) <= LONGEST_UNKNOWN_HEADING
        and not is_closed(said)
        and not any(character.isdigit() for character in said)
        for said in words
    )


def is_heading_row(row: SourceRow, columns: Columns) -> bool:
    """Whether most of a row's cells are headings that we know."""
    return is_heading(one_row(row), columns)


def is_heading(headings: Headings, columns: Columns) -> bool:
    """Whether most of some words are headings that we know, by name or by their words."""
    if max(map(len, headings.words.values()), default=0) > LONGEST_HEADING:
        return False
    named = by_name(headings, columns)
    names = set(named.values())
    if not names:
        return False
    rest = replace(headings, words=without(headings.words, named))
    guessed = guesses(rest, names, columns)
    known = len(names) + len(guessed)
    fewest = FEWEST_HEADINGS + (len(names) == 1)  # a single sure one is weak evidence
    return known >= fewest and 2 * known >= len(headings.words)


def without(words: dict[int, str], taken: Iterable[int]) -> dict[int, str]:
    """The headings of the other columns."""
    return {number: said for number, said in words.items() if number not in set(taken)}


def headings_of(sheet: Sheet, columns: Columns) -> Headings | None:
    """The first heading row of a sheet, read with the row below where that names more columns."""
    for index, row in enumerate(sheet.rows):
        alone = one_row(row)
        below = sheet.rows[index + 1] if index + 1 < len(sheet.rows) else None
        if below is not None and below.number == row.number + 1:
            both_rows = two_rows(row, below)
            names, names_alone = (
                len(set(by_name(some, columns).values())) for some in (both_rows, alone)
            )
            if (
                names > names_alone
                and is_heading(both_rows, columns)
                and not is_heading_row(below, columns)
            ):
                return both_rows
        if is_heading(alone, columns):
            return alone
    return None


def find(sheet: Sheet, columns: Columns) -> Layout | None:
    """The layout of the first table on a sheet, or None where it has no heading row.

    Raises `PipelineError` where a column is there twice, or a required one is missing.
    """
    headings = headings_of(sheet, columns)
    if headings is None:
        return None
    named = by_name(headings, columns)
    refuse_twice(sheet, headings, named, columns)
    matches = {number: Match(name, headings.words[number]) for number, name in named.items()}
    rest = replace(headings, words=without(headings.words, named))
    matches |= guesses(rest, named.values(), columns)
    positions = {match.field: number for number, match in sorted(matches.items())}
    unnamed = unnamed_reference(sheet, headings) if "reference" not in positions else None
    if unnamed is not None:
        positions["reference"] = unnamed
        matches[unnamed] = Match("reference", "", 0.9, ("its cells are references",))
    lacking = tuple(name for name in columns.required() if name not in positions)
    is_own = 2 * sum(key(match.heading) in columns.own for match in matches.values()) >= len(
        matches
    )
    if lacking and (is_own or not is_enough(positions)):
        refuse_lacking(sheet, headings, lacking, columns)
    unknown = {
        number: words
        for number, words in headings.words.items()
        if number not in matches and key(words) not in columns.ignored_columns
    }
    return Layout(
        sheet.name, headings.first_row, headings.last_row, positions, unknown, matches, lacking
    )


def is_enough(positions: dict[str, int]) -> bool:
    """Whether a tracker of any layout can be read: it says what was asked or about what, and what was done."""
    return "update" in positions and bool(positions.keys() & {"action", "title"})


def unnamed_reference(sheet: Sheet, headings: Headings) -> int | None:
    """The column left of all headings, if it has none and its cells are references, each its own."""
    if not headings.words or min(headings.words) == 1:
        return None
    column = min(headings.words) - 1
    below = [row.cells.get(column) for row in sheet.rows if row.number > headings.last_row]
    said = [cell.words for cell in below if isinstance(cell, SourceCell) and cell.words]
    if len(said) < FEWEST_HEADINGS - 1 or len(set(said)) < len(said):
        return None
    return column if all(REFERENCE.fullmatch(words) for words in said) else None


def refuse_twice(sheet: Sheet, headings: Headings, named: dict[int, str], columns: Columns) -> None:
    """Raise `PipelineError` where two headings name the same field."""
    for name, count in Counter(named.values()).items():
        if count > 1:
            twice = " and ".join(
                f"'{headings.words[number]}' ({Place(sheet.name, headings.last_row, number).cell})"
                for number, other in sorted(named.items())
                if other == name
            )
            raise PipelineError(
                f"{sheet.name}, row {headings.last_row}: two columns are both "
                f"'{columns.fields[name].headings[0]}': {twice}.",
                "Rename or delete one of them.",
            )


def refuse_lacking(
    sheet: Sheet, headings: Headings, lacking: tuple[str, ...], columns: Columns
) -> None:
    """Raise `PipelineError` that names what is missing, what was found, and what is wanted."""
    seen = ", ".join(f"'{words}'" for _, words in sorted(headings.words.items()))
    name = columns.fields[lacking[0]].headings[0]
    raise PipelineError(
        f"{sheet.name}, row {headings.last_row}: there is no '{name}' column; the headings are {seen}.",
        f"Add it: the table needs {', '.join(columns.wanted())}.",
    )
