"""Pages of HTML that need nothing else, drawn from the templates with every word escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from pipeline.settings import TEMPLATES


def page(template: str, **values: object) -> str:
    """A page drawn from a template of `templates/`."""
    return environment().get_template(template).render(**values)


@cache
def environment() -> Environment:
    """The templates, with every word escaped."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
