"""What a council's papers and letters say beside the officers' words: `[wording]` of the house style.

`templates/house.toml` has every wording, and says what it is for.
"""

from __future__ import annotations

from string import Formatter
from typing import Annotated, ClassVar, TypeAlias

from msgspec import Meta

from pipeline.council.settings import Texts, with_keys_of

NonEmpty = Annotated[str, Meta(min_length=1)]
Names: TypeAlias = dict[str, str]


class Patterns(Texts, frozen=True):
    """Wordings, some of which have `names` in braces that are filled in when they are said, as a list in words."""

    names: ClassVar[Names]

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
class ChaseWording(Patterns, frozen=True):
    """What the clerk writes to an officer; `clerk` is the signature."""

    names: ClassVar[Names] = dict.fromkeys(
        ("subject", "greeting", "opening", "asked", "missing", "also", "where", "closing", "clerk"),
        "officer committee paper meeting deadline updates_by council workbook location",
    )

    clerk: list[str]


@with_keys_of("house.toml", "wording", "changes")
class _ChangeWording(Patterns, frozen=True):
    """What a row is marked with since the last paper, whose meeting is {since}; empty for no mark."""

    names: ClassVar[Names] = {
        **dict.fromkeys(_CHANGES, "since"),
        **dict.fromkeys(map("n_{}".format, _CHANGES), "n"),
        "counts": "since changes",
        "counts_withdrawn": "n actions",
    }


@with_keys_of("house.toml", "wording", "closing")
class _ClosingWording(Patterns, frozen=True):
    """The recommendation to close actions; `reasons` are by an officer's own words for a status, or by status
    where it is not the house's word for that.
    """

    names: ClassVar[Names] = {
        "text": "", "item": "reason actions", "of_several": "n", "withdrawn": "reason"
    }  # fmt: skip

    reasons: dict[str, str]


@with_keys_of("house.toml", "wording", "stamp")
class _StampWording(Patterns, frozen=True):
    """The foot of every page, which says whose it is and ties print to records: {council}, {committee},
    {meeting}, {state}, {saved} (the workbook's day), {hash}. `revised` is the {state} of a paper that was made again
    on a {day}, and `revision` says on page 1 for what {reason}.
    """

    names: ClassVar[Names] = {
        "text": "state saved hash council committee meeting", "revised": "day", "revision": "day reason"
    }  # fmt: skip


@with_keys_of("house.toml", "wording", "html")
class _HtmlWording(Patterns, frozen=True):
    """What the HTML edition says of itself; in `shown`, {n} actions of {total}."""

    names: ClassVar[Names] = {"shown": "n total"}


@with_keys_of("house.toml", "wording")
class Wording(Patterns, frozen=True):
    """What the paper says of itself, and what is said with it."""

    names: ClassVar[Names] = {
        "council": "council", "subtitle": "paper meeting", "page": "page pages", "table": "committee",
        "link": "address", "continued": "item", **dict.fromkeys(("actions", "updates", "updates_awaited"), "n"),
    }  # fmt: skip

    draft: NonEmpty
    missing: NonEmpty
    actions: list[str]
    updates: list[str]
    updates_awaited: list[str]
    html: _HtmlWording
    chase: ChaseWording
    changes: _ChangeWording
    closing: _ClosingWording
    stamp: _StampWording
