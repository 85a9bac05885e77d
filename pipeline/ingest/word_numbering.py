"""The numbers that Word shows before the paragraphs of its lists, which stand in no paragraph.

Counted as Word does: per list and level, a deeper level beginning anew after a higher one
(ECMA-376-1, 17.9). The lists are read from the document's numbering part.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from pipeline.ingest.figures import whole_number, written_number
from pipeline.ingest.package import attribute, child, every, is_on, value

_BULLET = "bullet"
_LEVEL = re.compile(r"%([1-9])")


class _Level(Struct, frozen=True):
    """One level of a list. `text` has `%1` for the number of the first level, and so on; `legal` shows
    all numbers as 1, 2, 3; `restart` is the level (from 1) after which it begins anew, 0 for never.
    """

    kind: str
    text: str
    start: int
    legal: bool
    restart: int
    style: str


class Numbering:
    """The lists of a document, and how far each is counted; `mark` counts on."""

    def __init__(self, part: Any) -> None:
        """`part` is the root of the numbering part, or None where there is none."""
        self.lists = {attribute(one, "abstractNumId"): one for one in every(part, "abstractNum")}
        self.linked = {value(one, "styleLink"): name for name, one in reversed(self.lists.items())}
        self.nums = {attribute(one, "numId"): one for one in every(part, "num")}
        self.levels: dict[tuple[Any, int], _Level] = {}
        self.counts: dict[str, dict[int, int]] = {}  # by list, then level
        self.restarted: set[tuple[str, int]] = set()

    def mark(self, number: str, level: int) -> str:
        """What stands before the next paragraph of a list's level: `1.`, `(a)`, a bullet, or nothing."""
        num = self.nums.get(number)
        if num is None:
            return "" if number == "0" else "•"
        name = self._list_of(num)
        counted = self.counts.setdefault(name, {})
        here = self.level(num, level)
        over = _override(num, level)
        if over is not None and (number, level) not in self.restarted:
            self.restarted.add((number, level))
            counted[level] = over
        else:
            counted[level] = counted[level] + 1 if level in counted else here.start
        for deeper in [one for one in counted if one > level]:
            if level < self.level(num, deeper).restart:
                del counted[deeper]
        if here.kind == _BULLET:
            return "•"
        return _LEVEL.sub(
            lambda level: self.shown(num, counted, int(level[1]) - 1, here), here.text
        )

    def shown(self, num: Any, counted: dict[int, int], level: int, here: _Level) -> str:
        """The number of a level as a paragraph of the level `here` shows it."""
        that = self.level(num, level)
        kind = "decimal" if here.legal else that.kind
        return written_number(counted.get(level, that.start), kind)

    def level(self, num: Any, level: int) -> _Level:
        """A level of a list, as the list's use changes it."""
        if (num, level) not in self.levels:
            self.levels[num, level] = self._read_level(num, level)
        return self.levels[num, level]

    def _read_level(self, num: Any, level: int) -> _Level:
        """A level of a list, as the file's part of numberings has it."""
        here = child(_at_level(num, "lvlOverride", level), "lvl")
        if here is None:
            here = _at_level(self.lists.get(self._list_of(num)), "lvl", level)
        if here is None:
            return _Level(_BULLET, "", 1, False, level, "")
        return _Level(
            kind=_kind_of(here),
            text=value(here, "lvlText"),
            start=whole_number(value(here, "start"), 0),
            legal=is_on(child(here, "isLgl")),
            restart=min(whole_number(value(here, "lvlRestart"), level), level),
            style=value(here, "pStyle"),
        )

    def level_of_style(self, number: str, style: str) -> int:
        """The level that a paragraph style stands for in a list, else the first."""
        num = self.nums.get(number)
        for level in range(9 if num is not None else 0):
            if self.level(num, level).style == style:
                return level
        return 0

    def _list_of(self, num: Any) -> str:
        """The name of the list that a number stands for; of the one that it is linked to by a style."""
        name = value(num, "abstractNumId")
        link = value(self.lists.get(name), "numStyleLink")
        return self.linked.get(link, name) if link else name


def _kind_of(level: Any) -> str:
    """How a level counts; of a newer Word's own way, the one that it gives older ones."""
    kinds = [attribute(one, "val") for one in level.iter("{*}numFmt")]
    return next((kind for kind in kinds if kind != "custom"), "decimal")


def _at_level(element: Any, name: str, level: int) -> Any:
    """What an element has for a level of a list, or None."""
    return next((one for one in every(element, name) if attribute(one, "ilvl") == str(level)), None)


def _override(num: Any, level: int) -> int | None:
    """Where a use of a list begins anew on a level."""
    start = value(_at_level(num, "lvlOverride", level), "startOverride")
    return whole_number(start, 0) if start else None
