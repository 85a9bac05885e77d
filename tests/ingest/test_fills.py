"""A status shown only by a fill colour: what the council says it means, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace
from openpyxl import Workbook as ExcelWorkbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Color, GradientFill, PatternFill
from openpyxl.styles.differential import DifferentialStyle

from pipeline.check import run
from pipeline.check.seen import Context
from pipeline.council import settings
from pipeline.council.colours import are_alike, status_colours
from pipeline.council.column_words import ColumnWords
from pipeline.council.columns import Columns
from pipeline.council.own_words import columns_of
from pipeline.council.rules import Rules
from pipeline.ingest.excel_styles import tinted
from pipeline.model.action import plain
from pipeline.model.errors import PipelineError
from pipeline.normalise.tracker import Tracker
from tests.conftest import Read

Found = Callable[[Tracker], list[tuple[str, str]]]
Change = Callable[[ExcelWorkbook], None]
OPEN = "1/2/27 | Tides | That the tables are sent. | They were sent. | "
GREEN, ORANGE_ACCENT_LIGHTER, OLD_YELLOW = "#92D050", "#FABF8F", "#FFFF00"


@pytest.fixture
def known() -> Columns:
    """A council that says what three colours mean."""
    said = {GREEN: "completed", ORANGE_ACCENT_LIGHTER: "in progress", OLD_YELLOW: "on hold"}
    return replace(columns_of("wexmouth"), shades=said)


def filled(
    place: str, colour: str | Color, pattern: Literal["solid", "gray125"] = "solid"
) -> Change:
    """A workbook whose cell has a fill."""

    def fill(book: ExcelWorkbook) -> None:
        book["Actions"][place].fill = PatternFill(pattern, fgColor=colour)

    return fill


def status(tracker: Tracker, number: int = 0) -> tuple[str, str]:
    """How an action stands, and in which words."""
    made = tracker.actions[number].status
    return made.canonical, plain(made.words)


def test_a_colour_that_the_council_names_is_a_status_in_words(read: Read, found: Found) -> None:
    tracker = read(OPEN, change=filled("E4", "92D050"))
    assert status(tracker) == ("completed", "Completed")
    assert found(tracker) == [("E4", "status-by-colour")]


def test_a_themes_colour_with_its_tint(read: Read) -> None:
    tracker = read(OPEN, change=filled("E4", Color(theme=9, tint=0.3999755851924192)))
    assert status(tracker) == ("in progress", "In progress")


def test_a_colour_of_the_old_palette(read: Read) -> None:
    assert status(read(OPEN, change=filled("E4", Color(indexed=13)))) == ("on hold", "On hold")


@pytest.mark.parametrize(
    ("theme_colour", "tint", "in_excel"),
    [
        ("#70AD47", 0.7999816888943144, "#E2EFDA"),
        ("#70AD47", 0.3999755851924192, "#A9D08E"),
        ("#4472C4", -0.249977111117893, "#305496"),
        ("#4472C4", 0.7999816888943144, "#D9E1F2"),
        ("#FFC000", 0.5999938962981048, "#FFE699"),
        ("#FFFFFF", -0.1499984740745262, "#D9D9D9"),
    ],
)
def test_a_tint_is_what_excel_shows_but_for_rounding(
    theme_colour: str, tint: float, in_excel: str
) -> None:
    assert are_alike(tinted(theme_colour, tint), in_excel)


def test_words_win_over_a_colour(read: Read, found: Found) -> None:
    tracker = read(f"{OPEN}In progress", change=filled("E4", "92D050"))
    assert status(tracker) == ("in progress", "In progress")
    assert found(tracker) == []


def test_a_colour_that_nobody_named_is_said_with_the_status_that_is_missing(
    read: Read, known: Columns, rules: Rules
) -> None:
    tracker = read(OPEN, change=filled("E4", "FF0000"))
    assert status(tracker) == ("unknown", "")
    (finding,) = run.findings(Context(tracker, known, rules))
    assert str(finding).startswith(
        "Actions!E4: error: Tides: The action has an update but no progress status: the cell's "
        "colour (#FF0000) says nothing to readers. Choose one of: Not started, "
    )


def test_a_whole_row_and_a_merged_cell_have_their_colour(read: Read) -> None:
    def fill(book: ExcelWorkbook) -> None:
        sheet = book["Actions"]
        sheet.row_dimensions[4].fill = PatternFill("solid", fgColor="92D050")
        sheet["E5"].fill = PatternFill("solid", fgColor="FFFF00")
        sheet.merge_cells("E5:E6")

    tracker = read(
        OPEN, "| | That they are printed. | They were. |", "| | And sold. | Yes. |", change=fill
    )
    assert [status(tracker, n)[0] for n in range(3)] == ["completed", "on hold", "on hold"]


def test_words_win_over_the_colour_of_the_row_below(read: Read) -> None:
    tracker = read(f"{OPEN}In progress", "| | | And again. |", change=filled("E5", "92D050"))
    assert status(tracker) == ("in progress", "In progress")


def test_a_row_that_goes_on_may_have_the_colour(read: Read) -> None:
    tracker = read(OPEN, "| | | And again. |", change=filled("E5", "92D050"))
    assert [one.status.canonical for one in tracker.actions] == ["completed"]


def conditional(book: ExcelWorkbook) -> None:
    """Green, but only where Excel works it out."""
    green = PatternFill("solid", bgColor="92D050")
    rule = Rule("cellIs", operator="equal", formula=['""'], dxf=DifferentialStyle(fill=green))
    book["Actions"].conditional_formatting.add("E4", rule)


def shaded(book: ExcelWorkbook) -> None:
    book["Actions"]["E4"].fill = GradientFill(stop=("92D050", "FFFFFF"))


@pytest.mark.parametrize(
    "change",
    [
        conditional,
        shaded,
        filled("E4", "92D050", "gray125"),
        filled("E4", "FFFFFF"),
        filled("D4", "92D050"),
        filled("E4", Color(indexed=65)),
    ],
)
def test_what_is_no_fill_of_the_status_is_no_colour(read: Read, change: Change) -> None:
    made = read(OPEN, change=change).actions[0].status
    assert (made.canonical, made.colour) == ("unknown", "")


def test_a_coloured_row_without_words_is_no_action(read: Read) -> None:
    assert len(read(OPEN, "", OPEN, change=filled("E5", "92D050")).actions) == 2


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"finished": ["#92D050"]}, "no status is called 'finished'"),
        (
            {"completed": ["#92D050"], "on hold": ["#92d04f"]},
            "#92d04f is both 'completed' and 'on hold'",
        ),
    ],
)
def test_a_colour_of_no_status_or_of_two_is_refused(
    known: Columns, said: dict[str, list[str]], fault: str
) -> None:
    with pytest.raises(PipelineError, match=fault):
        status_colours("wexmouth", said, known.statuses)


def test_a_colour_is_written_with_six_digits(tmp_path: Path) -> None:
    (tmp_path / "columns.toml").write_text('[colours]\n"completed" = ["green"]', encoding="utf-8")
    with pytest.raises(PipelineError, match=r"columns\.toml.*colours"):
        settings.settings_in(tmp_path / "columns.toml", ColumnWords)
