"""Why a column is read as what it is: what beats what, what becomes of the loser, and who is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.model.errors import PipelineError
from tests import typed
from tests.conftest import Read


def explained(table: str, path: Path) -> tuple[int, list[str]]:
    """The exit code of `papers check --explain`, and what it prints of each column."""
    typed.write(f"Harbour Panel\nMonitoring – 4 February 2027\n{table}", path)
    said = typed.papers("check", str(path), "--style", "wexmouth", "--explain")
    return said.exit_code, [line.strip() for line in said.stdout.split("\n")]


def test_explain_says_why_a_column_was_chosen_and_what_lost(tmp_path: Path) -> None:
    table = (
        "Ref | Topic | Action | Update (Jan 27) | Update (Nov 26) | Portfolio | Due | Revised date | Still needed\n"
        "1 | Tides | Send them. | Sent. | Begun. | Coast | 1/3/27 | 1/4/27 | x"
    )
    _, said = explained(table, tmp_path / "tracker.xlsx")
    for line in (
        "D: Update (Jan 27) is read as update, by its name; and not E",
        "E: Update (Nov 26) is not published: D is update, and is newer",
        "F: Portfolio is read as officers, by its words (portfolio: 100%)",
        "G: Due is read as original_due, by its name; and as due where H is empty",
        "I: Still needed is not published: columns.toml says that it is the officers' own",
    ):
        assert line in said


def test_explain_lists_the_columns_of_a_tracker_that_is_refused(tmp_path: Path) -> None:
    table = "Ref | Title | Action | Wobble\n1 | Tides | Send them. | Half of them were sent."
    code, said = explained(table, tmp_path / "tracker.xlsx")
    assert code == PipelineError.exit_code
    assert said[-2:] == ["No column is read as status", ""]
    assert "C: Action is read as action, by its name" in said
    assert "D: Wobble is read as nothing, and not published" in said


def test_a_column_that_lost_its_field_is_the_next_that_it_can_be(read: Read) -> None:
    layout = read(
        "1 | T | Send. | They were sent to all members. | Completed",
        headings="Ref | Title | Action | Work carried out to date | Outcome",
    ).layout
    assert layout.columns == {"reference": 1, "title": 2, "action": 3, "update": 4, "status": 5}


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Owner / Deadline", "J. Smith / March 2027"), ("Officer / Timescale", "K. Orr – Nov 2026"),
        ("Who / When", "JS, March 2027"),
    ],
)  # fmt: skip
def test_a_heading_of_two_is_read_as_what_its_cells_begin_with(
    read: Read, heading: str, cell: str
) -> None:
    row = f"1 | Tides | That they are sent. | {cell} | They were. | Completed"
    layout = read(row, headings=f"Ref | Title | Action | {heading} | Update | Status").layout
    assert layout.columns["officers"] == 4


def test_an_owner_and_a_day_in_a_cell_are_when_the_action_is_due(read: Read) -> None:
    row = "1 | Tides | That they are sent. | J. Smith / 31/03/2027 | They were. | Open"
    (action,) = read(
        row, headings="Ref | Title | Action | Owner / Deadline | Update | Status"
    ).actions
    assert action.due.day == date(2027, 3, 31)


def test_a_heading_of_two_is_the_second_where_another_column_is_the_first(read: Read) -> None:
    row = "1 | Tides | That they are sent. | They were. | Completed"
    layout = read(row, headings="Ref | Title | Issue/Action | Update | Status").layout
    assert (layout.columns["title"], layout.columns["action"]) == (2, 3)


@pytest.mark.parametrize(("later", "column"), [("Update (Apr 27)", 4), ("Update (28 Mar 27)", 5)])
def test_a_column_for_a_later_meeting_waits_until_it_has_words(
    read: Read, later: str, column: int
) -> None:
    layout = read(
        "1 | T | Send. | They were. |  | Open",
        headings=f"Ref | Title | Action | Update (Mar 2027) | {later} | Status",
    ).layout
    assert layout.columns["update"] == column


@pytest.mark.parametrize(
    ("headings", "is_guessed"),
    [
        ("Previous update", True),
        ("Update at last meeting", True),
        ("Update since last meeting", False),
    ],
)
def test_a_column_of_earlier_updates_alone_is_a_guess(
    read: Read, headings: str, *, is_guessed: bool
) -> None:
    layout = read(
        "1 | T | Send. | They were. | Open", headings=f"Ref | Title | Action | {headings} | Status"
    ).layout
    (column,) = (one for one in layout.read if one.field == "update")
    assert column.is_guessed == is_guessed


@pytest.mark.parametrize(
    ("headings", "is_guessed"),
    [("Reason | Action | Officer", True), ("Action | Reason | Officer", False)],
)
def test_a_weak_name_of_updates_left_of_what_was_asked_is_a_guess(
    read: Read, headings: str, *, is_guessed: bool
) -> None:
    row = "1 | Oak | It fell in the storm. | Plant another, please. | Jo Bell | Open"
    layout = read(row, headings=f"Ref | Title | {headings} | Status").layout
    (column,) = (one for one in layout.read if one.field == "update")
    assert (column.heading, column.is_guessed) == ("Reason", is_guessed)


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        ("Ref | Date | Owner | Wobble", "no column says what was asked for and what has been done"),
        ("Date | Title | Action proposed | Wobble", "there is no 'Action taken' and no 'Progress status' column"),
    ],
)  # fmt: skip
def test_a_refusal_names_all_that_is_missing_in_three_lines(
    headings: str, said: str, read: Read
) -> None:
    with pytest.raises(PipelineError, match=said) as refusal:
        read("1 | a | b | c", headings=headings)
    assert len(refusal.value.format_message()) <= 3 * 100


def test_a_refusal_of_a_workbook_keeps_its_explanation_across_processes() -> None:
    error = PipelineError("a.", "b.", ("  A: Ref is read as reference, by its name",))
    made, arguments = error.__reduce__()
    assert made(*arguments).explained == error.explained
