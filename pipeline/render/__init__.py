"""The editions of a paper: a module each.

A module of this folder has `render(paper, house) -> Drawn`; its line in `FORMATS` makes it an edition.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.council.house import HouseStyle
    from pipeline.model.document import Paper


FORMATS = {  # the slowest first: they start in this order
    "pdf": "pipeline.render.pdf_loaded",
    "docx": "pipeline.render.docx",
    "html": "pipeline.render.html",
    "json": "pipeline.render.records_json",
    "csv": "pipeline.render.records_csv",
}
PDF_ENGINES = {"weasyprint": FORMATS["pdf"], "typst": "pipeline.render.pdf_typst"}
APART = frozenset({"pdf"})  # drawn in a process of its own: `studio`


@dataclass(frozen=True, slots=True)
class Drawn:
    """One edition's file, and the characters that no installed font could draw in it."""

    data: bytes
    undrawable: frozenset[str] = frozenset()


def edition(name: str, paper: Paper, house: HouseStyle) -> Drawn:
    path = PDF_ENGINES[house.pdf.engine] if name == "pdf" else FORMATS[name]
    drawn = import_module(path).render(paper, house)
    assert isinstance(drawn, Drawn)
    return drawn
