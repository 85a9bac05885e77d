"""What a council's papers and letters say beside the officers' words: `[wording]` of the house style.

`templates/house.toml` has every wording, and says what it is for.
"""

from __future__ import annotations

from string import Formatter
from typing import Annotated, ClassVar, TypeAlias

from msgspec import Meta

from pipeline.council.settings import Settings

NonEmpty = Annotated[str, Meta(min_length=1)]
Names: TypeAlias = dict[str, tuple[str, ...]]


class Patterns(Settings, frozen=True):
    """Wordings, some of which have `names` in braces that are filled in when they are said."""

    names: ClassVar[Names]

    def __post_init__(self) -> None:
        for field, names in self.names.items():
            said = getattr(self, field)
            for words in [said] if isinstance(said, str) else said:
                _check_pattern(words, names)


def _check_pattern(words: str, names: tuple[str, ...]) -> None:
    """Raises `ValueError` where words have anything in braces that no one fills in."""
    for _, name, how, _ in Formatter().parse(words):
        if name is not None and (name not in names or how):
            known = ", ".join(f"{{{name}}}" for name in names) or "none"
            raise ValueError(f"'{words}' has {{{name}}} in it, and there is {known}")


_CHASE_NAMES = (
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
        _CHASE_NAMES,
    )

    subject: str
    greeting: str
    opening: str
    asked: str
    missing: str
    also: str
    where: str
    closing: str
    clerk: list[str]


class _ChangeWording(Patterns, frozen=True):
    """What a row is marked with since the last paper, whose meeting is {since}; empty for no mark."""

    names: ClassVar[Names] = dict.fromkeys(
        ("new", "updated", "same", "closed", "reopened"), ("since",)
    ) | {
        "counts": ("since", "changes"),
        "counts_withdrawn": ("n", "actions"),
        **dict.fromkeys(("n_new", "n_updated", "n_same", "n_closed", "n_reopened"), ("n",)),
    }

    new: str
    updated: str
    same: str
    closed: str
    reopened: str
    counts: str
    counts_withdrawn: str
    n_new: str
    n_updated: str
    n_same: str
    n_closed: str
    n_reopened: str


class _ClosingWording(Patterns, frozen=True):
    """The recommendation to close actions; `reasons` are by an officer's own words for a status, or by status
    where it is not the house's word for that.
    """

    names: ClassVar[Names] = {"text": (), "item": ("reason", "actions"), "of_several": ("n",),
                                    "withdrawn": ("reason",)}  # fmt: skip

    heading: str
    text: str
    item: str
    of_several: str
    withdrawn: str
    reasons: dict[str, str]


class _StampWording(Patterns, frozen=True):
    """The foot of every page, which says whose it is and ties print to records: {council}, {committee},
    {meeting}, {state}, {saved} (the workbook's day), {hash}. `revised` is the {state} of a paper that was made again
    on a {day}, and `revision` says on page 1 for what {reason}.
    """

    names: ClassVar[Names] = {"text": ("state", "saved", "hash", "council", "committee", "meeting"),
                              "revised": ("day",), "revision": ("day", "reason")}  # fmt: skip

    text: str
    final: str
    draft: str
    revised: str
    revision: str


class _HtmlWording(Patterns, frozen=True):
    """What the HTML edition says of itself; in `shown`, {n} actions of {total}."""

    names: ClassVar[Names] = {"shown": ("n", "total")}

    skip: str
    find: str
    text: str
    status: str
    officer: str
    every: str
    sort: str
    order: str
    descending: str
    changed: str
    shown: str
    none: str
    clear: str
    view: str
    table: str
    list: str
    action: str


class Wording(Patterns, frozen=True):
    """What the paper says of itself, and what is said with it."""

    names: ClassVar[Names] = {
        "council": ("council",),
        "subtitle": ("paper", "meeting"),
        "page": ("page", "pages"),
        "updates_awaited": ("n",),
        "updates": ("n",),
        "actions": ("n",),
        "table": ("committee",),
        "link": ("address",),
        "continued": ("item",),
    }

    paper: str
    subtitle: str
    page: str
    draft: NonEmpty
    missing: NonEmpty
    updates_awaited: list[str]
    actions: list[str]
    table: str
    key: str
    link: str
    updates: list[str]
    council: str
    continued: str
    html: _HtmlWording
    chase: ChaseWording
    changes: _ChangeWording
    closing: _ClosingWording
    stamp: _StampWording
