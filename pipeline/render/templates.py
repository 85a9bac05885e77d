"""What the editions filled from our own templates share: Jinja, and words and fonts as CSS."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from pipeline.council.settings import TEMPLATES
from pipeline.model.document import text_of
from pipeline.model.text import direction

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def _environment() -> Environment:
    """Jinja over our templates: words are escaped, and a name that is not there is an error."""
    # Slow to load, and `check` fills no template.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
    )
    made.globals.update(
        kind=lambda block: type(block).__name__,
        way=lambda runs: Markup(' dir="rtl"') if direction(text_of(runs)) else "",
        css_text=_css_text,
    )
    return made


def filled(template: str, **values: object) -> str:
    """A template of ours with its values filled in."""
    return _environment().get_template(template).render(**values)


def _css_text(words: str) -> str:
    """Words as a CSS string (CSS Syntax 3, section 4.3.5), which no markup can end."""
    return '"' + re.sub(r'["\\\n<]', lambda found: f"\\{ord(found[0]):x} ", words) + '"'
