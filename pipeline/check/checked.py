"""A council's settings, and a tracker checked by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from pipeline.check.rule import Finding
from pipeline.check.seen import Context
from pipeline.council.clerk import Decisions, Waiver
from pipeline.council.columns import Columns
from pipeline.council.house import HouseStyle
from pipeline.council.rules import Rules, adds_nothing
from pipeline.ingest.workbook import Workbook
from pipeline.published.history import Reading
from pipeline.published.records import ActionRecord, Records


@dataclass(frozen=True, slots=True)
class Council:
    """A council's settings, and what its clerk has decided; `style` is the name of their folder, `house_sha256`
    its `house.toml`'s; `undrawable` tells the characters of some words that no font has, and without it none is.
    """

    style: str
    house_sha256: str
    house: HouseStyle
    columns: Columns
    rules: Rules
    decided: Decisions = field(default_factory=Decisions)
    undrawable: Callable[[HouseStyle, Iterable[str]], frozenset[str]] = lambda *_: frozenset()

    def drawn_by(self, engine: str) -> Council:
        """The same council with another engine for the PDF."""
        return replace(self, house=self.house.drawn_by(engine))

    @property
    def reading(self) -> Reading:
        """How two papers of the council are compared."""
        return Reading(self.columns.behind_status, partial(adds_nothing, rules=self.rules))


class Checked(Context, frozen=True, kw_only=True):
    """A tracker with its findings, and the workbook that it came from.

    `stated` are its actions as data, marked with what has become of them since the paper before, which `past`
    lays beside them. Actions that it had reported as closed are in neither. `waived` are the findings that
    the clerk lets pass, and `idle` the waivers that let none; `withdrawn` are the actions of the paper before
    that are gone and are let pass, each with the reason.
    """

    book: Workbook
    findings: list[Finding]
    stated: list[ActionRecord]
    waived: dict[Finding, Waiver]
    idle: list[Waiver]
    withdrawn: list[tuple[ActionRecord, str]]

    @property
    def last(self) -> Records | None:
        """The records of the paper before, if there was one."""
        return self.past.last if self.past else None
