"""The engines that draw the PDF, each with the same promises; the fixture `engine` is each in turn."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.council.house import HouseStyle
from pipeline.model.document import Paper
from pipeline.render import Drawn, edition

ENGINES = ["weasyprint", "typst"]
# For tests in which the first takes seconds.
BY_TYPST_FIRST = ["typst", pytest.param("weasyprint", marks=pytest.mark.matrix)]
# Each sample in a style, and then in the other one.
PAPERS = [
    ("children-and-learning-scrutiny-panel", "wexmouth"),
    ("environment-and-transport-committee", "aldermere"),
    pytest.param(("children-and-learning-scrutiny-panel", "aldermere"), marks=pytest.mark.matrix),
    pytest.param(("environment-and-transport-committee", "wexmouth"), marks=pytest.mark.matrix),
]


def with_engine(house: HouseStyle, engine: str) -> HouseStyle:
    """A house style whose PDF an engine draws."""
    return replace(house, pdf=replace(house.pdf, engine=engine))


def drawn(paper: Paper, house: HouseStyle, engine: str) -> Drawn:
    """The PDF by an engine."""
    return edition("pdf", paper, with_engine(house, engine))
