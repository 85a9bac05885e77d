"""The paper as a tagged PDF (PDF/UA-1 and PDF/A-3a), drawn by Typst; needs the extra `typst`, and no Pango.

Words go to the template as data and never as markup. It imports nothing, and its root is an empty folder.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

import msgspec
from fontTools.ttLib import TTFont

from pipeline.compose.measure import (
    BOLD_WIDTH,
    INDENTS,
    MM_PER_PT,
    cell_edges,
    length,
    may_be_tall,
    row_name,
)
from pipeline.council.house import HouseStyle
from pipeline.council.settings import TEMPLATES
from pipeline.model.document import (
    BulletList,
    Flow,
    Heading,
    NumberedList,
    Paper,
    Paragraph,
    Run,
    Table,
    outline,
    runs_of,
    text_of,
)
from pipeline.model.errors import PipelineError
from pipeline.model.text import direction
from pipeline.render import Drawn
from pipeline.render.pdf_finish import finished
from pipeline.render.shapes import private

try:
    import typst
except ImportError:
    typst = None  # type: ignore[assignment]
TYPST_VERSION = "0.15.2"  # whose tags `pdf_finish` knows
_FOUND = getattr(typst, "__version__", "none")
if _FOUND != TYPST_VERSION:
    raise PipelineError(
        f'The PDF cannot be made: [pdf] engine = "typst" needs Typst {TYPST_VERSION}, and {_FOUND} is installed.',
        'Run: pip install "committee-papers[typst]"; or set engine = "weasyprint" in house.toml.',
    )

# This machine's fonts, without those that Typst brings: looked up while the engine is loaded.
_INSTALLED = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)
_ALWAYS = "•…0123456789"
_BOX = "\u25a1"  # stands for a character that no font has
_UNBROKEN = re.compile(r"([^\s/–—-]+)")  # a line may end after the others
# Say which shape the letter before has.
_VARIANTS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
_DRAWN_AS_NOTHING = frozenset(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u061c\u180e\u200e\u200f\n\t"
).union(map(chr, _VARIANTS))


def render(paper: Paper, house: HouseStyle) -> Drawn:
    """The PDF's bytes, and the characters that no installed font has. Raises `PipelineError` without a font."""
    fonts, undrawable = _fonts_of(paper, house)
    text = msgspec.json.encode(_data(paper, house, fonts)).decode()
    # In JSON letters stand as they are, but for quotes, which every font has.
    for letter in undrawable:
        text = text.replace(letter, _BOX)
    with tempfile.TemporaryDirectory() as empty:
        compiler: Any = typst  # its types ask for a list of fonts of one kind
        data, warnings = compiler.compile_with_warnings(
            (TEMPLATES / "paper.typ").read_bytes(),
            root=empty,
            font_paths=_INSTALLED,
            sys_inputs={"paper": text},
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            timestamp=datetime.fromisoformat(paper.modified),
        )
    if warnings:
        raise RuntimeError(f"Typst: {warnings[0].message}")
    return Drawn(finished(data, paper, house, f"Typst {TYPST_VERSION}"), undrawable)


def _fonts_of(paper: Paper, house: HouseStyle) -> tuple[list[str], frozenset[str]]:
    """The families that a paper is set in, and its letters that no font has: the house style's first one that is
    installed, and of its others, and then of all that are installed, those that have letters still missing.
    """
    there = _INSTALLED.families()
    if not there:
        raise PipelineError(
            "The PDF cannot be made: no font is installed.", f"Install {house.font.family}."
        )
    wanted = [name for name in (house.font.family, *house.font.fallback) if name in there]
    wording = house.wording
    words = [*outline(paper), paper.stamp, wording.page, wording.draft, wording.continued]
    said = set("".join([*words, _ALWAYS])) - _DRAWN_AS_NOTHING
    left = said - private(said)
    fonts: list[str] = []
    for family in [*wanted, *there]:
        found = {letter for letter in left if ord(letter) in _letters(family)}
        if found or not fonts:
            fonts.append(family)
            left -= found
        if not left:
            break
    return fonts, frozenset(left) | private(said)


@cache
def _letters(family: str) -> frozenset[int]:
    """The characters that a family's regular font has."""
    return frozenset(_regular(family).getBestCmap() or ())


@cache
def _regular(family: str) -> TTFont:
    """A family's font nearest to regular; Typst has narrow ones (Arial Narrow) in the family too."""
    fonts = [font for font in _INSTALLED.fonts() if font.family == family and font.path]
    found = min(
        fonts,
        key=lambda font: (font.style != "normal", abs(font.stretch - 1), abs(font.weight - 400)),
    )
    return TTFont(found.path, fontNumber=found.index, lazy=True)


def _data(paper: Paper, house: HouseStyle, fonts: Sequence[str]) -> dict[str, Any]:
    """What the template is given."""
    language, _, region = paper.language.partition("-")
    shape = _regular(fonts[0])
    unit = shape["head"].unitsPerEm
    above, below = shape["hhea"].ascent / unit, -shape["hhea"].descent / unit
    half = (house.font.line_height - above - below) / 2
    tall: dict[str, str] = {}
    blocks = [_block(block, house, fonts[0], tall) for block in paper.blocks]
    return {
        "title": paper.title,
        "author": paper.author,
        "lang": language,
        "region": region or None,
        "draft": house.wording.draft if paper.draft else "",
        "stamp": paper.stamp,
        "foot": house.foot,
        "tall": tall,
        "blocks": blocks,
        "house": msgspec.to_builtins(house),
        "width": house.page.width,
        "height": house.page.height,
        "fonts": fonts,
        "top": above + half,
        "bottom": below + half,
    }


def _block(block: object, house: HouseStyle, family: str, tall: dict[str, str]) -> dict[str, Any]:
    """One block as the template knows it; rows that may be split are added to `tall`."""
    match block:
        case Heading(words, level, language):
            said = {"kind": "h", "words": words, "level": level}
            return said | ({"lang": language} if language else {})
        case Table():
            rows = []
            for number, row in enumerate(block.rows):
                is_tall = may_be_tall(row, block, house)
                if is_tall:
                    tall[str(number)] = row_name(row, block, house)
                cells = [
                    (_body(cell.blocks, width, house, family), cell.repeated)
                    for cell, width in zip(row.cells, block.widths, strict=True)
                ]
                bookmark = row.title if row.is_first else ""
                rows.append({"cells": cells, "bookmark": bookmark, "tall": is_tall})
            head = [
                _runs(column.runs, _room(width / BOLD_WIDTH, house, family))
                for column, width in zip(block.columns, block.widths, strict=True)
            ]
            return {"kind": "table", "widths": block.widths, "head": head, "rows": rows}
        case Paragraph() | BulletList() | NumberedList():
            return _flow(block, _room(house.page.text_width, house, family))
        case _:
            raise TypeError(block)


def _body(blocks: tuple[Flow, ...], width: float, house: HouseStyle, family: str) -> Any:
    """A cell's words: those of one plain paragraph as they are."""
    flows = [_flow(block, _room(width - INDENTS[type(block)], house, family)) for block in blocks]
    match flows:
        case [{"kind": "p", "runs": [str(words)]} as only] if "rtl" not in only:
            return words
    return flows


class _Room(NamedTuple):
    """How long a word may be in a line, in em of a font."""

    em: float
    family: str

    def holds(self, word: str, *, bold: bool) -> bool:
        """Whether a word fits whole: by the usual widths of letters, else by the font's own."""
        room = self.em / (BOLD_WIDTH if bold else 1)
        return length(word) <= room or sum(map(_widths(self.family).get, word, repeat(1.0))) <= room


def _room(width: float, house: HouseStyle, family: str) -> _Room:
    """The room in a cell of a width in millimetres."""
    return _Room((width - cell_edges(house)) / (house.font.size * MM_PER_PT), family)


@cache
def _widths(family: str) -> dict[str, float]:
    """How wide a family's regular letters are, in em."""
    font = _regular(family)
    unit, advances = font["head"].unitsPerEm, font["hmtx"]
    return {
        chr(code): advances[name][0] / unit for code, name in (font.getBestCmap() or {}).items()
    }


def _flow(block: Flow, room: _Room) -> dict[str, Any]:
    """A paragraph or a list, in lines of so many em."""
    match block:
        case Paragraph(runs, role):
            made: dict[str, Any] = {"kind": "p", "runs": _runs(runs, room), "role": role}
        case BulletList(items):
            made = {"kind": "ul", "items": [_runs(item, room) for item in items]}
        case NumberedList(items, start, mark):
            said = [_runs(item, room) for item in items]
            made = {"kind": "ol", "items": said, "start": start, "mark": mark}
    return made | ({"rtl": True} if direction(text_of(tuple(runs_of([block])))) else {})


def _runs(runs: tuple[Run, ...], room: _Room) -> list[Any]:
    """Runs, those without looks as their words alone."""
    return [_run(run, room) for run in runs]


def _run(run: Run, room: _Room) -> Any:
    """One run; a word that is longer than a line may be broken anywhere, and so is a list of its letters."""
    is_bold = run.bold or run.role == "missing"
    words: Any = run.text
    if not all(room.holds(word, bold=is_bold) for word in run.text.split()):
        words = [
            list(piece) if place % 2 and not room.holds(piece, bold=is_bold) else piece
            for place, piece in enumerate(_UNBROKEN.split(run.text))
        ]
    looks = {
        "bold": run.bold,
        "italic": run.italic,
        "missing": run.role == "missing",
        "link": run.link,
        "lang": run.language,
    }
    said = {name: value for name, value in looks.items() if value}
    return said | {"t": words} if said or words is not run.text else words
