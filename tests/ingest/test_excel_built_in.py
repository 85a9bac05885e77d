"""What every Excel knows, against openpyxl's copy of the standard."""

from __future__ import annotations

from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS

from pipeline.ingest import excel_built_in


def test_the_formats_are_the_standards() -> None:
    assert excel_built_in.NUMBER_FORMATS == BUILTIN_FORMATS


def test_the_colours_are_the_standards() -> None:
    assert tuple(one[-6:] for one in COLOR_INDEX) == excel_built_in.COLOURS
