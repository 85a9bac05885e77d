"""What a council's papers and letters say beside the officers' words, each wording to be had otherwise.

Part of the house style (`house.toml`, under `[wording]`); `docs/house-style.md` explains every key.
"""

from __future__ import annotations

from string import Formatter
from typing import Annotated, ClassVar, TypeAlias

import msgspec
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

    subject: str = "{committee}, {meeting}: your updates by {updates_by}"
    greeting: str = "Dear {officer},"
    opening: str = (
        "The {paper} of the {committee} on {meeting} has to be published by {deadline}; please write by "
        "{updates_by}. Each action below is yours."
    )
    asked: str = "What was asked:"
    missing: str = "What to put right:"
    also: str = "Also worth a look:"
    where: str = "Please write it into the workbook {workbook}, in the cells named above. It is at: {location}"
    closing: str = "If an action is not yours, please tell me whose it is. Thank you."
    clerk: list[str] = msgspec.field(default_factory=lambda: ["The Clerk", "{council}"])


class _ChangeWording(Patterns, frozen=True):
    """What a row is marked with since the last paper, whose meeting is {since}; empty for no mark."""

    names: ClassVar[Names] = dict.fromkeys(
        ("new", "updated", "same", "closed", "reopened"), ("since",)
    ) | {
        "counts": ("since", "changes"),
        "counts_withdrawn": ("n", "actions"),
        **dict.fromkeys(("n_new", "n_updated", "n_same", "n_closed", "n_reopened"), ("n",)),
    }

    new: str = "New"
    updated: str = "Updated"
    same: str = "No change since {since}"
    closed: str = "Closed"
    reopened: str = "Reopened"
    counts: str = "Since {since}: {changes}."
    counts_withdrawn: str = " {n} withdrawn: {actions}."
    n_new: str = "{n} new"
    n_updated: str = "{n} updated"
    n_same: str = "{n} with no change"
    n_closed: str = "{n} closed"
    n_reopened: str = "{n} reopened"


class _ClosingWording(Patterns, frozen=True):
    """The recommendation to close actions; `reasons` are by an officer's own words for a status, or by status
    where it is not the house's word for that.
    """

    names: ClassVar[Names] = {"text": (), "item": ("reason", "actions"), "of_several": ("n",),
                                    "withdrawn": ("reason",)}  # fmt: skip

    heading: str = "Recommendation"
    text: str = "That the following are closed and leave this paper:"
    item: str = "{reason}: {actions}."
    of_several: str = "{n} actions"
    withdrawn: str = "withdrawn: {reason}"
    reasons: dict[str, str] = msgspec.field(
        default_factory=lambda: {
            "absorbed": "absorbed into policy or a programme",
            "absorbed into policy": "absorbed into policy",
            "superseded": "superseded",
        }
    )


class _StampWording(Patterns, frozen=True):
    """The foot of every page, which says whose it is and ties print to records: {council}, {committee},
    {meeting}, {state}, {saved} (the workbook's day), {hash}. `revised` is the {state} of a paper that was made again
    on a {day}, and `revision` says on page 1 for what {reason}.
    """

    names: ClassVar[Names] = {"text": ("state", "saved", "hash", "council", "committee", "meeting"),
                              "revised": ("day",), "revision": ("day", "reason")}  # fmt: skip

    text: str = "{committee}, {meeting}. {state}, from the workbook of {saved}, records {hash}"
    final: str = "Final"
    draft: str = "Draft"
    revised: str = "Final, revised on {day}"
    revision: str = "Revised on {day}: {reason}"


class _HtmlWording(Patterns, frozen=True):
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
    updates: list[str] = msgspec.field(default_factory=lambda: ["{n} update", "{n} updates"])
    council: str = "{council}"
    continued: str = "{item} (continued)"
    html: _HtmlWording = _HtmlWording()
    chase: ChaseWording = ChaseWording()
    changes: _ChangeWording = msgspec.field(default_factory=_ChangeWording)
    closing: _ClosingWording = msgspec.field(default_factory=_ClosingWording)
    stamp: _StampWording = _StampWording()
