"""The paper as one web page that needs nothing else: no file, no address, and no script to be read."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from typing import Any

import msgspec
from markupsafe import Markup, escape

from pipeline.council.contrast import blended, contrast
from pipeline.council.house import Colours, HouseStyle
from pipeline.council.settings import TEMPLATES
from pipeline.model.document import Paper, Row, Table
from pipeline.render import Drawn
from pipeline.render.templates import filled

_DARK_PAGE = "#1A1C1E"
_GREATEST_CONTRAST = 14.0  # of light on dark; more of it dazzles
_FILL_CONTRAST = 7.0  # of a heading's words on its fill, in the dark
_RULE_CONTRAST = 3.0  # WCAG 2.2, 1.4.11
_STEPS = 50  # from a colour to another


def render(paper: Paper, house: HouseStyle) -> Drawn:
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    style = filled(
        "edition.css.j2",
        house=house,
        draft=paper.draft,
        stamp=paper.stamp,
        dark=in_the_dark(house.colours),
        shares=[round(100 * width / sum(table.widths), 2) for width in table.widths],
    )
    script = (TEMPLATES / "edition.js").read_text(encoding="utf-8")
    policy = f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}"
    page = filled(
        "edition.html.j2",
        paper=paper,
        wording=house.wording,
        policy=f"{policy}; base-uri 'none'; form-action 'none'",
        style=Markup(style),  # noqa: S704  # ours; css_text lets no word end it
        script=Markup(script),  # noqa: S704  # ours, and holds no words of a paper
        records=Markup(paper.records.replace("<", "\\u003c")),  # noqa: S704
        choices=_choices(table, house),
        items=_items(table),
        typeset=_breakable,
        link_words=_breakable,
        begun_at=lambda number: Markup(f'start="{number}"'),  # noqa: S704
    )
    return Drawn(page.encode())


def _breakable(words: str) -> Markup:
    """Words that a browser may also break after a slash where they are long, such as addresses; a date or
    a reference stays whole.
    """
    pieces = re.split(r"(\S{20,})", words)
    return Markup("").join(
        Markup(str(escape(piece)).replace("/", "/<wbr>")) if place % 2 else piece  # noqa: S704
        for place, piece in enumerate(pieces)
    )


def _digest(text: str) -> str:
    """A block's hash, as a Content-Security-Policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _choices(table: Table, house: HouseStyle) -> dict[str, Any]:
    """What a reader can choose from: statuses in the house style's order, officers, whether changes."""
    there = Counter(row.status for row in table.rows)
    return {
        "statuses": [(name, house.status_word(name)) for name in house.status_words if there[name]],
        "officers": sorted({name for row in table.rows for name in row.officers}, key=str.casefold),
        "changes": any(row.change for row in table.rows),
    }


def _items(table: Table) -> list[tuple[Row, int, str]]:
    """Each row with its item's place, which counts from 1, and what the row is called."""
    number, made = 0, []
    for row in table.rows:
        number += row.is_first
        reference = row.reference or row.name
        made.append((row, number, f"{row.title}, {reference}" if row.title else reference))
    return made


def in_the_dark(colours: Colours) -> Colours:
    """The house style's colours for a dark page, each as plain to read as by day."""
    by_day = {name: (words, ground) for name, words, ground in colours.text_pairs()}
    lit = {
        name: _mixed(words, _DARK_PAGE, min(contrast(words, ground), _GREATEST_CONTRAST))
        for name, (words, ground) in by_day.items()
        if name != "heading_text"
    }
    fill = _mixed(colours.heading_fill, lit["text"], _FILL_CONTRAST, towards=_DARK_PAGE)
    return msgspec.structs.replace(
        colours,
        **lit,
        page=_DARK_PAGE,
        heading_fill=fill,
        heading_text=_mixed(colours.heading_text, fill, _FILL_CONTRAST),
        rule=_mixed(colours.rule, _DARK_PAGE, _RULE_CONTRAST),
    )


def _mixed(colour: str, against: str, least: float, *, towards: str = "#FFFFFF") -> str:
    """A colour, with as much of another as a contrast needs; the other where none is enough."""
    steps = (blended(colour, towards, step / _STEPS) for step in range(_STEPS))
    return next((made for made in steps if contrast(made, against) >= least), towards)
