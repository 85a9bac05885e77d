"""What every Excel knows, against openpyxl's copy of the standard."""

from __future__ import annotations

from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS

from pipeline.ingest.excel_styles import built_in


def test_the_formats_are_the_standards() -> None:
    assert built_in()[0] == BUILTIN_FORMATS


def test_the_colours_are_the_standards() -> None:
    assert tuple(one[-6:] for one in COLOR_INDEX) == built_in()[1]
