"""Words that nobody sees in a workbook are in no edition and are an error; what a filter hides is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import Workbook as ExcelWorkbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.check import run
from pipeline.check.seen import Context
from pipeline.council.columns import Columns
from pipeline.council.rules import Rules
from pipeline.ingest.read import workbook_at
from pipeline.model.action import plain
from pipeline.model.errors import PipelineError
from pipeline.normalise import trackers
from pipeline.normalise.tracker import Tracker
from pipeline.normalise.trackers import Asked
from tests.conftest import HEADINGS, Read

Change = Callable[[Worksheet], None]
Seen = Callable[..., tuple[list[str], list[str]]]
TIDES = "1/2/27 | Tides | That the tables are sent. | They were sent. | Completed"
QUAYS = "3/2/27 | Quays | That they are lit. | They were lit. | Completed"
LOCKS = "2/2/27 | Locks | That the locks are oiled. | They were oiled. | Completed"
WHITE, NAVY = "FFFFFF", "000066"


@pytest.fixture
def seen(read: Read, known: Columns, rules: Rules) -> Seen:
    """The updates that are read of a sheet with a change, and what is found about hidden words."""

    def made(change: Change, headings: str = HEADINGS, *lines: str) -> tuple[list[str], list[str]]:
        tracker = read(
            *(lines or (TIDES, LOCKS)),
            headings=headings,
            change=lambda book: change(book["Actions"]),
        )
        return [plain(one.update) for one in tracker.actions], found(tracker, known, rules)

    return made


def found(tracker: Tracker, known: Columns, rules: Rules) -> list[str]:
    kinds = ("hidden-words", "printed-hidden-words", "filtered-rows", "hidden-sheet")
    return [
        f"{one.place.cell} {one.severity} {one.check}: {one.message}"
        for one in run.findings(Context(tracker, known, rules))
        if one.check in kinds
    ]


def styled(
    place: str, *, number_format: str = "General", type_: str = "", fill: str = ""
) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet[place].number_format = number_format
        if type_:
            sheet[place].font = Font(color=type_)
        if fill:
            sheet[place].fill = PatternFill("solid", fgColor=fill)

    return change


NO_FORMAT, NO_COLOUR = (
    f"D4 error hidden-words: The cell has words that nobody sees ({why}); they were left out."
    for why in ("its number format shows nothing", "its type has the colour of what is behind it")
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (styled("D4", number_format=";;;"), NO_FORMAT),
        (styled("D4", number_format='0;-0;0;""'), NO_FORMAT),
        (styled("D4", type_=WHITE), NO_COLOUR),
        (styled("D4", type_="FEFEFE"), NO_COLOUR),
        (styled("D4", type_=NAVY, fill=NAVY), NO_COLOUR),
    ],
)
def test_words_of_a_cell_that_nobody_sees_are_left_out(
    seen: Seen, change: Change, said: str
) -> None:
    assert seen(change) == (["", "They were oiled."], [said])


def in_a_styled_table(sheet: Worksheet) -> None:
    styled("D4", type_=WHITE)(sheet)
    table = Table(displayName="Log", ref="A3:E5", tableStyleInfo=TableStyleInfo("TableStyleDark1"))
    sheet.add_table(table)


def with_a_condition(sheet: Worksheet) -> None:
    styled("D4", type_=WHITE)(sheet)
    navy = DifferentialStyle(fill=PatternFill(bgColor=NAVY))
    sheet.conditional_formatting.add("D4:D9", Rule("expression", formula=["TRUE"], dxf=navy))


def shaded(sheet: Worksheet) -> None:
    styled("D4", type_=WHITE)(sheet)
    sheet["D4"].fill = PatternFill("darkGrid", fgColor=NAVY)


@pytest.mark.parametrize(
    "change",
    [
        in_a_styled_table, with_a_condition, shaded, styled("D4", type_=WHITE, fill=NAVY), styled("D4", type_="F2F2F2"),
        styled("D4", number_format="0;;;@"), styled("D4", fill=NAVY),
    ],
)  # fmt: skip
def test_where_the_ground_is_not_known_nothing_is_claimed(seen: Seen, change: Change) -> None:
    assert seen(change) == (["They were sent.", "They were oiled."], [])


@pytest.mark.parametrize(
    ("shown", "hides"),
    [
        (DifferentialStyle(font=Font(strike=True)), True),
        (DifferentialStyle(font=Font(color=WHITE)), True),
        (DifferentialStyle(font=Font(color=NAVY), fill=PatternFill(bgColor=NAVY)), True),
        (DifferentialStyle(numFmt=NumberFormat(170, ";;;")), True),
        (DifferentialStyle(font=Font(color=WHITE), fill=PatternFill(bgColor=NAVY)), False),
        (DifferentialStyle(font=Font(bold=True), numFmt=NumberFormat(170, "0.0")), False),
    ],
)
def test_a_rule_that_may_hide_or_strike_out_words_is_reported(
    shown: DifferentialStyle, *, hides: bool, read: Read, known: Columns, rules: Rules
) -> None:
    def add(book: ExcelWorkbook) -> None:
        rule = Rule("expression", formula=["TRUE"], dxf=shown)
        book["Actions"].conditional_formatting.add("D4:D9", rule)

    made = run.findings(Context(read(TIDES, change=add), known, rules))
    assert [f"{one.place.cell} {one.severity}" for one in made] == ["D4 warning"] * hides
    assert all("out words in D4:D9 was left out" in one.message for one in made)


def test_the_words_of_a_cell_that_are_seen_stay(seen: Seen) -> None:
    def part(sheet: Worksheet) -> None:
        sheet["D4"] = CellRichText(
            "They were", TextBlock(InlineFont(color=Color(WHITE)), " never"), " sent."
        )

    assert seen(part) == (["They were sent.", "They were oiled."], [NO_COLOUR])


def test_hidden_rows_are_left_out_and_reported_once(seen: Seen) -> None:
    def hide(sheet: Worksheet) -> None:
        for row in (4, 5):
            sheet.row_dimensions[row].hidden = True

    rest = "3/2/27 | Quays | That they are lit. | They were lit. | Completed"
    said = "A4 error hidden-words: Rows 4 to 5 are hidden; their words were left out."
    assert seen(hide, HEADINGS, TIDES, LOCKS, rest) == (["They were lit."], [said])


@pytest.mark.parametrize(("height", "width", "said"), [
    (1, None, "A4 error hidden-words: Row 4 is hidden; its words were left out."),
    (None, 0.2, "F3 error hidden-words: Column F is hidden; its words were left out."),
    (6, 1.5, ""),
])  # fmt: skip
def test_a_row_or_column_too_small_to_read_is_hidden(
    height: float | None, width: float | None, said: str, seen: Seen
) -> None:
    def shrink(sheet: Worksheet) -> None:
        if height is not None:
            sheet.row_dimensions[4].height = height
        if width is not None:
            sheet.column_dimensions["F" if said else "A"].width = width

    made = seen(
        shrink, f"{HEADINGS} | Remarks", f"{TIDES} | Jo was told.", f"{QUAYS} | Jo was told."
    )[1]
    assert [one for one in made if "hidden" in one] == ([said] if said else [])


def test_a_cell_merged_over_a_hidden_row_is_shown_in_the_next(read: Read) -> None:
    def merge(book: ExcelWorkbook) -> None:
        sheet = book["Actions"]
        sheet.merge_cells("A4:A5")
        sheet.merge_cells("B4:B5")
        sheet.row_dimensions[4].hidden = True

    tracker = read(TIDES, "| | That they are read. | They were read. | Completed", change=merge)
    assert [(plain(one.title), plain(one.action)) for one in tracker.actions] == [
        ("Tides", "That they are read.")
    ]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Remarks", ["F3 error hidden-words: Column F is hidden; its words were left out."]),
        ("Internal notes", []),
        ("Due date", ["F3 error hidden-words: Column F is hidden; its words were left out."]),
    ],
)
def test_a_hidden_column_is_left_out_unless_nobody_prints_it(
    seen: Seen, heading: str, said: list[str]
) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions["F"].hidden = True

    headings = f"{HEADINGS} | {heading}"
    assert seen(hide, headings, f"{TIDES} | 1 May 2027")[1] == said


def test_what_a_filter_hides_is_printed_with_one_warning(seen: Seen) -> None:
    def filtered(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A3:E6"
        sheet.auto_filter.add_filter_column(4, ["In progress"])
        for row in (4, 6):
            sheet.row_dimensions[row].hidden = True

    rest = "3/2/27 | Quays | That they are lit. | They were lit. | Completed"
    said = "A4 warning filtered-rows: A filter hides 2 rows; what stands there is in the paper."
    updates = ["They were sent.", "They were oiled.", "They were lit."]
    assert seen(filtered, HEADINGS, TIDES, LOCKS, rest) == (updates, [said])


def test_a_row_hidden_outside_a_filter_is_hidden(seen: Seen) -> None:
    def filtered(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A3:E4"
        sheet.auto_filter.add_filter_column(4, ["In progress"])
        sheet.row_dimensions[5].hidden = True

    said = "A5 error hidden-words: Row 5 is hidden; its words were left out."
    assert seen(filtered) == (["They were sent."], [said])


@pytest.mark.parametrize(
    ("is_list", "said"), [(True, "note hidden-sheet"), (False, "error hidden-words")]
)
def test_a_hidden_sheet_is_an_error_unless_it_holds_the_choices_of_drop_downs(
    seen: Seen, is_list: bool, said: str
) -> None:
    def add(sheet: Worksheet) -> None:
        book = sheet.parent
        assert book is not None
        other = book.create_sheet("Choices")
        other["A1"], other.sheet_state = "Completed", "veryHidden"
        if is_list:
            rule = DataValidation("list", formula1="=Choices!$A$1:$A$9")
            sheet.add_data_validation(rule)
            rule.add("E4:E9")

    assert [one[: len(said) + 3] for one in seen(add)[1]] == [f"A1 {said}"]


def test_a_council_may_print_what_is_hidden(
    read: Read, known: Columns, rules: Rules, tmp_path: Path
) -> None:
    def hide(book: ExcelWorkbook) -> None:
        book["Actions"].row_dimensions[4].hidden = True
        book["Actions"]["D5"].number_format = ";;;"

    read(TIDES, LOCKS, change=hide)
    prints = replace(known, hidden="print")
    (tracker,) = trackers.trackers_of(
        workbook_at(tmp_path / "tracker.xlsx"), prints, Asked(paper="Log")
    )
    assert [plain(one.update) for one in tracker.actions] == ["They were sent.", "They were oiled."]
    assert [one.split(":")[0] for one in found(tracker, prints, rules)] == [
        "A4 warning printed-hidden-words", "D5 warning printed-hidden-words",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("D", "no column says what has been done"),
        ("A", "no line above the headings (row 3) names the committee"),
    ],
)
def test_a_refusal_says_what_is_hidden(seen: Seen, column: str, said: str) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions[column].hidden = True

    headings = "Reference | Title | Action | Update | Due"
    with pytest.raises(PipelineError) as raised:
        seen(hide, headings, "T1 | Tides | Send them. | They were sent. | 1/4/2027")
    assert said in raised.value.message
    assert raised.value.message.endswith(f" Column {column} is hidden, and was not read.")
    assert raised.value.remedy.startswith("Show it; or: ")
