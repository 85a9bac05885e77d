"""The house style: every font, colour, width and wording of a council's papers.

Read from `templates/<council>/house.toml`, laid over `templates/house.toml`, which explains every key; the DOCX
and the PDF take their looks from here alone, which is why they look the same. `[wording]` is what papers and letters
say beside the officers' words.
"""

from __future__ import annotations

import datetime
import re
from functools import cached_property
from string import Formatter
from typing import Annotated, ClassVar, Literal, TypeAlias

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from pipeline.council import settings
from pipeline.council.contrast import contrast
from pipeline.council.settings import Settings, Texts, with_keys_of
from pipeline.model.action import CLOSED, DATE_FIELDS, TEXT_FIELDS, TO_CLOSE
from pipeline.model.errors import PipelineError
from pipeline.model.months import date_words
from pipeline.model.words import listed, sentence_case

_Millimetres = Annotated[float, Meta(ge=0, le=500)]
_Points = Annotated[float, Meta(ge=6, le=72)]
_TextPoints = Annotated[float, Meta(ge=10, le=72)]  # less is not for reading
_Colour = Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}$")]

_NonEmpty = Annotated[str, Meta(min_length=1)]
_Names: TypeAlias = dict[str, str]
_LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"  # a code of BCP 47
_PAGE_SIZES = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}  # millimetres, upright
_LEAST_ROOM = 80  # millimetres between the margins, across and down
_LEAST_RULE = 1.5  # contrast of the table's lines, to be seen at all
_LEAVING = CLOSED | {TO_CLOSE}  # statuses of which the recommendation speaks
_COMPULSORY = frozenset({"action", "update", "status"})  # without them a paper says nothing
_PRINTABLE = frozenset({*TEXT_FIELDS, *DATE_FIELDS, "change"} - {"notes"})
_AA_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for text under 18 pt


class _Patterns(Texts, frozen=True):
    """Wordings, some of which have `names` in braces that are filled in when they are said, as a list in words."""

    names: ClassVar[_Names]

    def __post_init__(self) -> None:
        """Raises `ValueError` where a wording has anything in braces that no one fills in."""
        for field, names in self.names.items():
            said: str | list[str] = getattr(self, field)
            for words in [said] if isinstance(said, str) else said:
                for _, name, how, _ in Formatter().parse(words):
                    if name is not None and (name not in names.split() or how):
                        known = ", ".join(f"{{{one}}}" for one in names.split()) or "none"
                        raise ValueError(f"'{words}' has {{{name}}} in it, and there is {known}")


_CHANGES = ("new", "updated", "same", "closed", "reopened")


@with_keys_of("house.toml", "wording", "chase")
class ChaseWording(_Patterns, frozen=True):
    """What the clerk writes to an officer; `clerk` is the signature."""

    names: ClassVar[_Names] = dict.fromkeys(
        ("subject", "greeting", "opening", "asked", "missing", "also", "where", "closing", "clerk"),
        "officer committee paper meeting deadline updates_by council workbook location",
    )

    clerk: list[str]


@with_keys_of("house.toml", "wording", "changes")
class _ChangeWording(_Patterns, frozen=True):
    """What a row is marked with since the last paper, whose meeting is {since}; empty for no mark."""

    names: ClassVar[_Names] = {
        **dict.fromkeys(_CHANGES, "since"),
        **dict.fromkeys(map("n_{}".format, _CHANGES), "n"),
        "counts": "since changes",
        "counts_withdrawn": "n actions",
    }


@with_keys_of("house.toml", "wording", "closing")
class _ClosingWording(_Patterns, frozen=True):
    """The recommendation to close actions; `reasons` are by an officer's own words for a status, or by status
    where it is not the house's word for that.
    """

    names: ClassVar[_Names] = {
        "text": "", "item": "reason actions", "of_several": "n", "withdrawn": "reason"
    }  # fmt: skip

    reasons: dict[str, str]


@with_keys_of("house.toml", "wording", "stamp")
class _StampWording(_Patterns, frozen=True):
    """The foot of every page, which says whose it is and ties print to records: {council}, {committee},
    {meeting}, {state}, {saved} (the workbook's day), {hash}. `revised` is the {state} of a paper that was made again
    on a {day}, and `revision` says on page 1 for what {reason}.
    """

    names: ClassVar[_Names] = {
        "text": "state saved hash council committee meeting", "revised": "day", "revision": "day reason"
    }  # fmt: skip


@with_keys_of("house.toml", "wording", "html")
class _HtmlWording(_Patterns, frozen=True):
    """What the HTML edition says of itself; in `shown`, {n} actions of {total}."""

    names: ClassVar[_Names] = {"shown": "n total"}


@with_keys_of("house.toml", "wording")
class Wording(_Patterns, frozen=True):
    """What the paper says of itself, and what is said with it."""

    names: ClassVar[_Names] = {
        "council": "council", "subtitle": "paper meeting", "page": "page pages", "table": "committee",
        "link": "address", "continued": "item", **dict.fromkeys(("actions", "updates", "updates_awaited"), "n"),
    }  # fmt: skip

    draft: _NonEmpty
    missing: _NonEmpty
    actions: list[str]
    updates: list[str]
    updates_awaited: list[str]
    html: _HtmlWording
    chase: ChaseWording
    changes: _ChangeWording
    closing: _ClosingWording
    stamp: _StampWording


class _Council(Settings, frozen=True):
    name: str
    language: Annotated[str, Meta(pattern=_LANGUAGE)]

    @property
    def is_english(self) -> bool:
        """Whether papers are in the language of our own words."""
        return self.language.lower().split("-")[0] == "en"


class _Margins(Settings, frozen=True):
    top: _Millimetres
    right: _Millimetres
    bottom: _Millimetres
    left: _Millimetres


class _Page(Settings, frozen=True):
    size: Literal["A4", "A3"]
    orientation: Literal["landscape", "portrait"]
    margins: _Margins

    @property
    def width(self) -> float:
        """Millimetres from edge to edge."""
        return _PAGE_SIZES[self.size][self.orientation == "landscape"]

    @property
    def height(self) -> float:
        """Millimetres from edge to edge."""
        return _PAGE_SIZES[self.size][self.orientation == "portrait"]

    @property
    def text_width(self) -> float:
        """Millimetres between the side margins: the table's width."""
        return self.width - self.margins.left - self.margins.right


class _Font(Settings, frozen=True):
    """`family` is named in the DOCX; the PDF uses it where installed, else the first `fallback`."""

    family: str
    fallback: list[str]
    size: _TextPoints
    title: _TextPoints
    subtitle: _Points
    footer: _Points
    line_height: Annotated[float, Meta(ge=1, le=2)]


@with_keys_of("house.toml", "colours", each=_Colour)
class Colours(Texts, frozen=True):
    def text_pairs(self) -> list[tuple[str, str, str]]:
        """Every (name, text colour, ground) that a reader has to read."""
        on_page = ["text", "title", "link", "missing", "repeated", "draft"]
        pairs = [(name, getattr(self, name), self.page) for name in on_page]
        return [*pairs, ("heading_text", self.heading_text, self.heading_fill)]


class _Place(Settings, frozen=True):
    """Where a field of the model is printed."""

    field: str
    heading: _NonEmpty
    empty: str = ""

    def __post_init__(self) -> None:
        if self.field not in _PRINTABLE:
            raise ValueError(f"no field is called '{self.field}'")


class BelowField(_Place, frozen=True, kw_only=True):
    """A field that stands under another in its cell, in `words` with {}; or, where the other is
    missing, in a column of its own under `heading`. Without `empty` nothing stands for nothing.
    """

    words: str


class TableColumn(_Place, frozen=True, kw_only=True):
    """One column: `width` is its share; columns that a tracker lacks leave theirs to the others.

    `empty` stands where a field holds nothing and nothing is owed; without it, `wording.missing`.
    """

    width: Annotated[float, Meta(gt=0)]
    below: list[BelowField] = msgspec.field(default_factory=list)


class _TableStyle(Settings, frozen=True):
    columns: Annotated[list[TableColumn], Meta(min_length=1)]
    padding: _Millimetres
    rule: Annotated[float, Meta(ge=0.25, le=6)]
    repeat_item: bool

    @property
    def shares(self) -> dict[str, float]:
        """The share of the width that the column of each field has, also of those that stand below another."""
        return {
            name: column.width
            for column in self.columns
            for name in (column.field, *(below.field for below in column.below))
        }


class _PDF(Settings, frozen=True):
    """`engine` draws the PDF: WeasyPrint needs Pango, and Typst the extra `committee-papers[typst]`."""

    engine: Literal["weasyprint", "typst"]


class _KeyEntry(Settings, frozen=True):
    status: str
    meaning: str


Nation: TypeAlias = Literal["England", "Wales", "Scotland", "Northern Ireland"]


class Calendar(Settings, frozen=True):
    """Which days are working days, how many of them the law asks for, and when to chase.

    `clear_days` overrules the nation's; `chase` are working days before the day of publication, and
    `updates` is how many before it the officers' words are due.
    """

    nation: Nation
    closed_days: frozenset[datetime.date]
    updates: Annotated[int, Meta(ge=0, le=250)]
    chase: list[Annotated[int, Meta(ge=0, le=250)]]
    clear_days: Annotated[int, Meta(ge=1, le=60)] | None = None


class Language(Settings, frozen=True):
    """Another language than the paper's: its `code` (BCP 47), `words` that are small and frequent in it
    and in no other, and fixed `phrases`.
    """

    code: Annotated[str, Meta(pattern=_LANGUAGE)]
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


class HouseStyle(_Patterns, frozen=True, dict=True):
    names: ClassVar[_Names] = dict.fromkeys(("date", "long_date"), "d dd m mm month mon yy yyyy")

    council: _Council
    page: _Page
    font: _Font
    colours: Colours
    table: _TableStyle
    wording: Wording
    date: str
    long_date: str
    status_words: dict[str, str]
    calendar: Calendar
    pdf: _PDF
    months: Annotated[list[_NonEmpty], Meta(min_length=12, max_length=12)]
    key: list[_KeyEntry] = msgspec.field(default_factory=list)
    languages: list[Language] = msgspec.field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        room = self.page.height - self.page.margins.top - self.page.margins.bottom
        if min(room, self.page.text_width) < _LEAST_ROOM:
            raise ValueError(f"page.margins leave less than {_LEAST_ROOM} mm of the page for words")
        if self.font.title < self.font.size:
            raise ValueError("font.title is smaller than font.size")
        if not self.printed >= _COMPULSORY:
            left = listed(sorted(_COMPULSORY - self.printed))
            raise ValueError(
                f"table.columns has no column for {left}. The list stands as a whole: take the # from all its columns"
            )

    @cached_property
    def printed(self) -> frozenset[str]:
        """The fields that the table has a place for."""
        return frozenset(self.table.shares)

    @property
    def headings(self) -> dict[str, str]:
        """What the table calls each field that it has a place for."""
        printed = (one for column in self.table.columns for one in (column, *column.below))
        return {one.field: one.heading for one in printed}

    def status_word(self, status: str) -> str:
        """What the table, the list to choose from and the recommendation call a status; page 1 counts it by the
        same word, in small letters.
        """
        return sentence_case(self.status_words.get(status, status))

    def reason(self, status: str, words: str) -> str:
        """Why an action with a status, in an officer's words, leaves the paper; nothing for one that stays."""
        if status not in _LEAVING:
            return ""
        reasons = self.wording.closing.reasons
        usual = reasons.get(status, self.status_words.get(status, status))
        return reasons.get(" ".join(words.casefold().split()), usual)

    @property
    def foot(self) -> list[tuple[str, str]]:
        """The words at the foot of a page, each with what stands behind it: `page`, `pages` or, at last, nothing."""
        pieces = re.split(r"\{(pages?)\}", self.wording.page)
        return list(zip(pieces[::2], [*pieces[1::2], ""], strict=True))

    def drawn_by(self, engine: str) -> HouseStyle:
        """The same style with another engine for the PDF."""
        return replace(self, pdf=_PDF(engine=engine))  # type: ignore[arg-type]  # a name of `Literal`

    def widths(self, fields: list[str]) -> list[float]:
        """The width in millimetres of each of a table's columns, together the text's width."""
        shares = self.table.shares
        total = sum(shares[name] for name in fields)
        return [shares[name] * self.page.text_width / total for name in fields]

    def day(self, day: datetime.date) -> str:
        """A date as the table shows it."""
        return date_words(self.date, day, self.months)

    def long_day(self, day: datetime.date) -> str:
        """A date as headings show it."""
        return date_words(self.long_date, day, self.months)


def house_of(style: str) -> HouseStyle:
    """The house style of a council. Raises `PipelineError` where a reader could not read it."""
    path, base = settings.folder(style) / "house.toml", settings.TEMPLATES / "house.toml"
    house = settings.settings_in(path, HouseStyle, base=base)
    for name, text, ground in house.colours.text_pairs():
        ratio = contrast(text, ground)
        if ratio < _AA_CONTRAST:
            raise PipelineError(
                f"templates/{style}/house.toml: colours.{name} {text} on {ground} has a contrast of "
                f"{ratio:.1f}:1, and the law asks for {_AA_CONTRAST}:1.",
                "Choose a darker or a lighter colour.",
            )
    if contrast(house.colours.rule, house.colours.page) < _LEAST_RULE:
        raise PipelineError(
            f"templates/{style}/house.toml: colours.rule {house.colours.rule} cannot be seen on {house.colours.page}.",
            "Choose a darker or a lighter colour.",
        )
    return house
