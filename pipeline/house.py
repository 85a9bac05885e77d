"""The house style: every font, colour, width and wording of a council's papers.

Read from `templates/<council>/house.toml`; the DOCX and the PDF take their looks from here alone,
which is why they look the same. `docs/house-style.md` explains every key.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from string import Formatter
from typing import Annotated, ClassVar, Literal, TypeAlias

import msgspec
from msgspec import Meta

from pipeline import settings
from pipeline.errors import PipelineError
from pipeline.settings import Settings

Millimetres = Annotated[float, Meta(ge=0, le=500)]
Points = Annotated[float, Meta(ge=6, le=72)]
TextPoints = Annotated[float, Meta(ge=10, le=72)]  # less is not for reading
Words = Annotated[str, Meta(min_length=1)]
Colour = Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}$")]

LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"  # a code of BCP 47
PAGE_SIZES = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}  # millimetres, upright
LEAST_ROOM = 80  # millimetres between the margins, across and down
LEAST_RULE = 1.5  # contrast of the table's lines, to be seen at all
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
    heading: str
    words: str
    empty: str = ""


class TableColumn(Settings, frozen=True):
    """One column: `width` is its share; columns that a tracker lacks leave theirs to the others.

    `empty` stands where a field holds nothing and nothing is owed; without it, `wording.missing`.
    """

    field: PrintedField
    heading: str
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


Names: TypeAlias = dict[str, tuple[str, ...]]


class Patterns(Settings, frozen=True):
    """Wordings, some of which have `names` in braces that are filled in when they are said."""

    names: ClassVar[Names]

    def __post_init__(self) -> None:
        for field, names in self.names.items():
            said = getattr(self, field)
            for words in [said] if isinstance(said, str) else said:
                check_pattern(words, names)


def check_pattern(words: str, names: tuple[str, ...]) -> None:
    """Raises `ValueError` where words have anything in braces that no one fills in."""
    for _, name, how, _ in Formatter().parse(words):
        if name is not None and (name not in names or how):
            known = ", ".join(f"{{{name}}}" for name in names) or "none"
            raise ValueError(f"'{words}' has {{{name}}} in it, and there is {known}")


CHASE_NAMES = (
    "officer",
    "committee",
    "paper",
    "meeting",
    "deadline",
    "updates_by",
    "council",
    "workbook",
    "location",
)


class ChaseWording(Patterns, frozen=True):
    """What the clerk writes to an officer, with the `CHASE_NAMES` in braces; `clerk` is the signature."""

    names: ClassVar[Names] = dict.fromkeys(
        ("subject", "greeting", "opening", "asked", "missing", "also", "where", "closing", "clerk"),
        CHASE_NAMES,
    )

    subject: str = "{committee}, {meeting}: your updates by {updates_by}"
    greeting: str = "Dear {officer},"
    opening: str = (
        "The {paper} of the {committee} on {meeting} has to be published by {deadline}; please write by "
        "{updates_by}. Each action below is yours."
    )
    asked: str = "What was asked:"
    missing: str = "What is missing:"
    also: str = "Worth a look too:"
    where: str = "Please write it into the workbook {workbook}, in the cells named above. It is at: {location}"
    closing: str = "If an action is not yours, please tell me whose it is. Thank you."
    clerk: list[str] = msgspec.field(default_factory=lambda: ["The Clerk", "{council}"])


class ChangeWording(Patterns, frozen=True):
    """What a row is marked with since the last paper, whose meeting is {since}; empty for no mark."""

    names: ClassVar[Names] = dict.fromkeys(
        ("new", "updated", "same", "closed", "reopened"), ("since",)
    ) | {
        "counts": ("since", "new", "updated", "same", "closed", "reopened"),
        "counts_reopened": ("n",),
    }

    new: str = "New"
    updated: str = "Updated"
    same: str = "No change since {since}"
    closed: str = "Closed"
    reopened: str = "Reopened"
    counts: str = "Since {since}: {new} new, {updated} updated, {same} with no change, {closed} closed{reopened}."
    counts_reopened: str = ", {n} reopened"


class ClosingWording(Patterns, frozen=True):
    """The recommendation to close actions; `reasons` are by status, or by an officer's own words for it."""

    names: ClassVar[Names] = {"text": (), "item": ("reason", "actions"), "of_several": ("n",)}

    heading: str = "Recommendation"
    text: str = "That the following are closed and leave this paper:"
    item: str = "{reason}: {actions}."
    of_several: str = "{n} actions"
    reasons: dict[str, str] = msgspec.field(
        default_factory=lambda: {
            "completed": "done",
            "absorbed": "absorbed into policy or a programme",
            "absorbed into policy": "absorbed into policy",
            "transferred": "moved elsewhere",
            "superseded": "superseded",
            "not accepted": "not accepted",
            "no longer required": "no longer required",
            "recommended for closure": "recommended for closure",
        }
    )

    def reason(self, status: str, words: str) -> str:
        """Why an action with a status, in an officer's words, is closed; nothing for one that is open."""
        usual = self.reasons.get(status, "")
        return usual and self.reasons.get(" ".join(words.casefold().split()), usual)


class StampWording(Patterns, frozen=True):
    """The foot of every page, which says whose it is and ties print to records: {council}, {committee},
    {meeting}, {state}, {saved} (the workbook's day), {hash}.
    """

    names: ClassVar[Names] = {"text": ("state", "saved", "hash", "council", "committee", "meeting")}

    text: str = "{committee}, {meeting}. {state}, from the workbook of {saved}, records {hash}"
    final: str = "Final"
    draft: str = "Draft"


class HtmlWording(Patterns, frozen=True):
    """What the HTML edition says of itself; in `shown`, {n} actions of {total}."""

    names: ClassVar[Names] = {"shown": ("n", "total")}

    skip: str = "Skip to the actions"
    find: str = "Find actions"
    text: str = "Search for words"
    status: str = "Status"
    officer: str = "Officer"
    every: str = "All"
    sort: str = "Sort by"
    order: str = "The paper's order"
    descending: str = "In reverse order"
    changed: str = "Only changes since the last meeting"
    shown: str = "{n} of {total} actions shown"
    none: str = "Choose or write something else."
    clear: str = "Clear"
    view: str = "Show as"
    table: str = "Table"
    list: str = "List"
    action: str = "Link"


class Wording(Patterns, frozen=True):
    """What the paper says of itself, and what is said with it."""

    names: ClassVar[Names] = {
        "subtitle": ("paper", "meeting"),
        "page": ("page", "pages"),
        "updates_awaited": ("n",),
        "actions": ("n",),
        "table": ("committee",),
        "link": ("address",),
    }

    paper: str
    subtitle: str
    page: str
    draft: Words
    missing: Words
    updates_awaited: list[str]
    actions: list[str]
    table: str
    key: str
    link: str
    html: HtmlWording = HtmlWording()
    chase: ChaseWording = ChaseWording()
    changes: ChangeWording = msgspec.field(default_factory=ChangeWording)
    closing: ClosingWording = msgspec.field(default_factory=ClosingWording)
    stamp: StampWording = StampWording()


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


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #RRGGBB colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a #RRGGBB colour, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(channel: float) -> float:
    """An sRGB channel without its gamma."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
