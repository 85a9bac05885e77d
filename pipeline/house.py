"""The house style: every font, colour, width and wording of a council's papers.

Read from `templates/<council>/house.toml`; the DOCX and the PDF take their looks from here alone,
which is why they look the same. `docs/house-style.md` explains every key.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, TypeAlias

import msgspec
from msgspec import Meta

from pipeline import settings
from pipeline.contrast import contrast
from pipeline.errors import PipelineError
from pipeline.phrases import sentence_case
from pipeline.records import CLOSED
from pipeline.settings import Settings
from pipeline.wording import Names, Patterns, Wording, Words

Millimetres = Annotated[float, Meta(ge=0, le=500)]
Points = Annotated[float, Meta(ge=6, le=72)]
TextPoints = Annotated[float, Meta(ge=10, le=72)]  # less is not for reading
Colour = Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}$")]

LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"  # a code of BCP 47
PAGE_SIZES = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}  # millimetres, upright
LEAST_ROOM = 80  # millimetres between the margins, across and down
LEAST_RULE = 1.5  # contrast of the table's lines, to be seen at all
LEAVING = CLOSED | {"recommended for closure"}  # statuses of which the recommendation speaks
COMPULSORY = frozenset({"action", "update", "status"})  # without them a paper says nothing
AA_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for text under 18 pt

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip  # strftime's %B follows the machine's locale, and a paper must not


class Council(Settings, frozen=True):
    name: str
    language: Annotated[str, Meta(pattern=LANGUAGE)]


class Margins(Settings, frozen=True):
    top: Millimetres
    right: Millimetres
    bottom: Millimetres
    left: Millimetres


class Page(Settings, frozen=True):
    size: Literal["A4", "A3"]
    orientation: Literal["landscape", "portrait"]
    margins: Margins

    @property
    def width(self) -> float:
        """Millimetres from edge to edge."""
        return PAGE_SIZES[self.size][self.orientation == "landscape"]

    @property
    def height(self) -> float:
        """Millimetres from edge to edge."""
        return PAGE_SIZES[self.size][self.orientation == "portrait"]

    @property
    def text_width(self) -> float:
        """Millimetres between the side margins: the table's width."""
        return self.width - self.margins.left - self.margins.right


class Font(Settings, frozen=True):
    """`family` is named in the DOCX; the PDF uses it where installed, else the first `fallback`."""

    family: str
    fallback: list[str]
    size: TextPoints
    title: TextPoints
    subtitle: Points
    footer: Points
    line_height: Annotated[float, Meta(ge=1, le=2)]


class Colours(Settings, frozen=True):
    page: Colour
    text: Colour
    title: Colour
    heading_fill: Colour
    heading_text: Colour
    rule: Colour
    link: Colour
    missing: Colour
    repeated: Colour
    draft: Colour

    def text_pairs(self) -> list[tuple[str, str, str]]:
        """Every (name, text colour, ground) that a reader has to read."""
        on_page = ["text", "title", "link", "missing", "repeated", "draft"]
        pairs = [(name, getattr(self, name), self.page) for name in on_page]
        return [*pairs, ("heading_text", self.heading_text, self.heading_fill)]


PrintedField: TypeAlias = Literal[
    "reference",
    "date",
    "title",
    "action",
    "officers",
    "due",
    "update",
    "status",
    "completed",
    "change",
]


class BelowField(Settings, frozen=True):
    """A field that stands under another in its cell, in `words` with {}; or, where the other is
    missing, in a column of its own under `heading`. Without `empty` nothing stands for nothing.
    """

    field: PrintedField
    heading: Words
    words: str
    empty: str = ""


class TableColumn(Settings, frozen=True):
    """One column: `width` is its share; columns that a tracker lacks leave theirs to the others.

    `empty` stands where a field holds nothing and nothing is owed; without it, `wording.missing`.
    """

    field: PrintedField
    heading: Words
    width: Annotated[float, Meta(gt=0)]
    empty: str = ""
    below: list[BelowField] = msgspec.field(default_factory=list)


class TableStyle(Settings, frozen=True):
    columns: Annotated[list[TableColumn], Meta(min_length=1)]
    padding: Millimetres
    rule: Annotated[float, Meta(ge=0.25, le=6)]
    repeat_item: bool


class KeyEntry(Settings, frozen=True):
    status: str
    meaning: str


Nation: TypeAlias = Literal["England", "Wales", "Scotland", "Northern Ireland"]


class Calendar(Settings, frozen=True):
    """Which days are working days, how many of them the law asks for, and when to chase.

    `clear_days` overrules the nation's; `chase` are working days before the day of publication, and
    `updates` is how many before it the officers' words are due.
    """

    nation: Nation = "England"
    clear_days: Annotated[int, Meta(ge=1, le=60)] | None = None
    closed_days: frozenset[datetime.date] = frozenset()
    updates: Annotated[int, Meta(ge=0, le=250)] = 2
    chase: list[Annotated[int, Meta(ge=0, le=250)]] = msgspec.field(
        default_factory=lambda: [10, 5, 2]
    )


class Language(Settings, frozen=True):
    """Another language than the paper's: its `code` (BCP 47), `words` that are small and frequent in it
    and in no other, and fixed `phrases`.
    """

    code: Annotated[str, Meta(pattern=LANGUAGE)]
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


class HouseStyle(Patterns, frozen=True):
    names: ClassVar[Names] = dict.fromkeys(
        ("date", "long_date"), ("d", "dd", "m", "mm", "month", "mon", "yy", "yyyy")
    )

    council: Council
    page: Page
    font: Font
    colours: Colours
    table: TableStyle
    wording: Wording
    date: str
    long_date: str
    status_words: dict[str, str]
    key: list[KeyEntry] = msgspec.field(default_factory=list)
    calendar: Calendar = Calendar()
    languages: list[Language] = msgspec.field(default_factory=list)
    months: Annotated[list[Words], Meta(min_length=12, max_length=12)] = msgspec.field(
        default_factory=lambda: list(MONTHS)
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        room = self.page.height - self.page.margins.top - self.page.margins.bottom
        if min(room, self.page.text_width) < LEAST_ROOM:
            raise ValueError(f"page.margins leave less than {LEAST_ROOM} mm of the page for words")
        if self.font.title < self.font.size:
            raise ValueError("font.title is smaller than font.size")
        shown = {
            name
            for column in self.table.columns
            for name in (column.field, *(below.field for below in column.below))
        }
        if not shown >= COMPULSORY:
            raise ValueError(f"table.columns need {', '.join(sorted(COMPULSORY))}")

    def status_word(self, status: str) -> str:
        """What the table, the list to choose from and the recommendation call a status; page 1 counts it by the
        same word, in small letters.
        """
        return sentence_case(self.status_words.get(status, status))

    def reason(self, status: str, words: str) -> str:
        """Why an action with a status, in an officer's words, leaves the paper; nothing for one that stays."""
        if status not in LEAVING:
            return ""
        reasons = self.wording.closing.reasons
        usual = reasons.get(status, self.status_words.get(status, status))
        return reasons.get(" ".join(words.casefold().split()), usual)

    def widths(self, fields: list[str]) -> list[float]:
        """The width in millimetres of each of a table's columns, together the text's width."""
        shares: dict[str, float] = {
            name: column.width
            for column in self.table.columns
            for name in (column.field, *(below.field for below in column.below))
        }
        total = sum(shares[name] for name in fields)
        return [shares[name] * self.page.text_width / total for name in fields]

    def day(self, day: datetime.date) -> str:
        """A date as the table shows it."""
        return date_words(self.date, day, self.months)

    def long_day(self, day: datetime.date) -> str:
        """A date as headings show it."""
        return date_words(self.long_date, day, self.months)


def date_words(pattern: str, day: datetime.date, months: Sequence[str] = MONTHS) -> str:
    """`day` in a pattern of {d} {dd} {m} {mm} {month} {mon} {yy} {yyyy}."""
    month = months[day.month - 1]
    return pattern.format(
        d=day.day, dd=f"{day.day:02}", m=day.month, mm=f"{day.month:02}", month=month,
        mon=month[:3], yy=f"{day.year % 100:02}", yyyy=f"{day.year:04}",
    )  # fmt: skip


def load(style: str) -> HouseStyle:
    """The house style of a council. Raises `PipelineError` where a reader could not read it."""
    path = settings.folder(style) / "house.toml"
    house = settings.load(path, HouseStyle)
    for name, text, ground in house.colours.text_pairs():
        ratio = contrast(text, ground)
        if ratio < AA_CONTRAST:
            raise PipelineError(
                f"{style}/house.toml: colours.{name} {text} on {ground} has a contrast of "
                f"{ratio:.1f}:1, and the law asks for {AA_CONTRAST}:1.",
                "Choose a darker or a lighter colour.",
            )
    if contrast(house.colours.rule, house.colours.page) < LEAST_RULE:
        raise PipelineError(
            f"{style}/house.toml: colours.rule {house.colours.rule} cannot be seen on {house.colours.page}.",
            "Choose a darker or a lighter colour.",
        )
    return house
