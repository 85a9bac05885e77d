"""A spreadsheet's cells as its file has them, put together as people see them: one way for every kind of file, whose
module says only where the file has each.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.ingest import limits
from pipeline.ingest.cells import cell_as_shown
from pipeline.ingest.faces import Look
from pipeline.ingest.filling import Filling
from pipeline.ingest.workbook import Area, CellFault, Sheet, column_of
from pipeline.model.action import Place

_HYPERLINK = re.compile(r'\s*=?\s*HYPERLINK\(\s*(?:"([^"]*)"\s*[,)])?', re.I)
# One cell, which xlrd writes as `Other!A1:A1`.
_REFERENCE = re.compile(
    r"\+?(?:(?:'((?:[^']|'')+)'|([^'!()+*/&,\s-]+))!)?\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?\3\$?\4)?",
    re.I,
)
_FETCHES = re.compile(r"\b(?:INDEX|[VHX]?LOOKUP|OFFSET|INDIRECT|CHOOSE|FILTER|IMPORTRANGE)\(", re.I)
_WORKS_OUT = re.compile(
    r"\b(?:SUM|COUNT|AVERAGE|MIN|MAX|ROUND|INT|DAYS|NETWORKDAYS|MATCH|LEN)\w*\(|[*/^]|\w-\w", re.I
)
# LibreOffice stores 0 in .xls for words that a formula gives: joined ones, or either of two.
_GIVES_WORDS = re.compile(r'(?:[^"&]|"[^"]*")*&.*|IF\([^()]*,"[^"]*","[^"]*"\)', re.I | re.S)


class Stored(Struct, frozen=True):
    """A cell as the file has it; `value` is `Pieces` where parts of its text have type of their own. `formula` is as
    Excel writes it, None without one, and empty where it is not known.
    """

    value: object = None
    look: Look = Look()
    formula: str | None = None
    fault: CellFault = ""
    link: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether it has nothing but its looks."""
        return self.value is None and self.formula is None and not self.fault


class StoredSheet(Filling):
    """A spreadsheet's cells, by row and column; what they lead to by areas, and where conditions or pictures may change
    what words stand on.
    """

    stored: dict[int, dict[int, Stored]] = field(default_factory=dict)
    links: list[tuple[Area, str]] = field(default_factory=list)
    unknown_grounds: list[Area] = field(default_factory=list)

    def put(self, row: int, column: int, cell: Stored) -> None:
        """A cell, unless it is blank and looks as its row does. Raises `PipelineError` where there are too many."""
        if cell.is_blank and not cell.look.fill and row not in self.grounds:
            return
        self.stored.setdefault(row, {})[column] = cell
        self.keep_count(len(self.stored))

    def shown(self, others: dict[str, StoredSheet]) -> Sheet:
        """All of it, beside the workbook's sheets by their names. Raises `PipelineError` where there is more than is
        read.
        """
        ranges = len(self.merged) + len(self.links) + len(self.unknown_grounds) + len(self.filtered)
        what = "cells times merged, linked and formatted ranges"
        limits.keep(f"The sheet '{self.name}'", self.count * ranges, limits.AREAS, what)
        links = self._by_cell()
        is_calculated = any(
            one.formula is not None and one.fault != "uncalculated"
            for cells in self.stored.values()
            for one in cells.values()
        )
        for row, cells in self.stored.items():
            for column, one in cells.items():
                self.fill(row, column, one.look.fill)
                if one.fault == "uncalculated" and is_calculated:  # a formula that gives nothing
                    continue
                if self._fetches_nothing(one, others):
                    continue
                written = _HYPERLINK.match(one.formula) if one.formula else None
                link = (written[1] or f"={one.formula}") if written else one.link
                fault: CellFault = "uncalculated" if _has_lost_words(one) else one.fault
                found = cell_as_shown(
                    Place(self.name, row, column), None if fault == "uncalculated" else one.value,
                    self._look(one, row, column), epoch=self.epoch, fault=fault,
                    link=link or links.get((row, column), ""),
                )  # fmt: skip
                if found is not None:
                    self.cells.setdefault(row, {})[column] = found
        return self.sheet()

    def _by_cell(self) -> dict[tuple[int, int], str]:
        """Where each cell leads that is in an area of a link."""
        rows = sorted(self.stored)
        return {
            (row, column): target
            for (top, left, bottom, right), target in self.links
            for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
            for column in self.stored[row]
            if left <= column <= right
        }

    def _look(self, one: Stored, row: int, column: int) -> Look:
        """How a cell looks, as far as it is known."""
        is_unsure = (isinstance(one.value, list) or one.look.face.colour) and any(
            top <= row <= bottom and left <= column <= right
            for top, left, bottom, right in self.unknown_grounds
        )
        return replace(one.look, ground="") if is_unsure else one.look

    def _fetches_nothing(self, one: Stored, others: dict[str, StoredSheet]) -> bool:
        """Whether a cell gives 0 because what its formula fetches is empty."""
        if one.formula is None or isinstance(one.value, bool | str) or one.value != 0:
            return False
        if found := _REFERENCE.fullmatch(one.formula.strip().lstrip("=")):
            quoted, plain, letters, row = found.groups()
            target = others.get((quoted or plain or self.name).replace("''", "'"))
            cells = target.stored.get(int(row), {}) if target else {}
            there = cells.get(column_of(letters), Stored())
            return there.formula is not None or type(there.value) not in (int, float)
        return _FETCHES.search(one.formula) is not None and not _WORKS_OUT.search(one.formula)


def _has_lost_words(one: Stored) -> bool:
    """Whether a cell holds 0 in the place of the words that its formula gives."""
    is_zero = type(one.value) in (int, float) and one.value == 0
    return is_zero and _GIVES_WORDS.fullmatch((one.formula or "").strip().lstrip("=")) is not None


def put_together(sheets: list[StoredSheet]) -> tuple[Sheet, ...]:
    """The sheets of a workbook. Raises `PipelineError` where there is more than is read."""
    by_name = {one.name: one for one in sheets}
    return tuple(one.shown(by_name) for one in sheets)
