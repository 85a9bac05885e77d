"""What a workbook takes over from the last one: the marks of exemption, and what is said to be left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests import typed

TOP = "Quay Panel\nScrutiny Monitoring - 21 January 2027\n\n"
HEADINGS = "Ref | Date | Title | Action | Update | Status\n"
FIRST = "QP/1 | 8/10/2026 | Lamps | That they are lit. | Half are lit. | In progress\n"
SECOND = "QP/2 | 8/10/2026 | Bids | That bids are asked for. | Two came. | In progress\n"
TABLE = HEADINGS + FIRST + SECOND


def taken_over(tracker: str, tmp_path: Path, command: str) -> tuple[dict[str, str], str]:
    """The actions of the workbook that is made from a tracker, each with its mark; and what was said."""
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    typed.write(tracker, before)
    of_new = ["new", str(after), "--from", str(before), "--meeting", "18/3/2027"]
    said = typed.papers(*(of_new if command == "new" else ["import", str(before), str(after)]))
    assert said.exit_code == 0, said.output
    rows = list(load_workbook(after)["Actions"].iter_rows(min_row=4, values_only=True))
    marks = rows[0].index("Exempt")
    actions = {str(row[0]): str(row[marks] or "") for row in rows[1:] if row[3]}
    return actions, said.output


@pytest.mark.parametrize("command", ["new", pytest.param("import", marks=pytest.mark.matrix)])
@pytest.mark.parametrize(
    ("tracker", "exempt"),
    [
        (TOP + TABLE, ""),
        (TOP + HEADINGS + FIRST + "Part II - exempt\n" + SECOND, "QP/2"),
        (TOP + HEADINGS + "EXEMPT ITEMS\n" + FIRST + "Harbour\n" + SECOND, "QP/1 QP/2"),
        (TOP + TABLE + "! note E5 Not for publication", "QP/1"),
        (TOP + TABLE.replace("Two came.", "[EXEMPT] Two came."), "QP/2"),
        (TOP + TABLE.replace("Bids", "Bids (Part II)"), "QP/2"),
        (TOP.replace("2027", "2027\nExempt items") + TABLE, "QP/1 QP/2"),
        ("! sheet Exempt items\n" + TOP + TABLE, "QP/1 QP/2"),
    ],
)
def test_whatever_marks_an_action_as_exempt_marks_it_in_the_next_workbook(
    tracker: str, exempt: str, command: str, tmp_path: Path
) -> None:
    actions, _ = taken_over(tracker, tmp_path, command)
    assert [name for name, mark in actions.items() if mark == "Yes"] == exempt.split()


@pytest.mark.parametrize("command", ["new", pytest.param("import", marks=pytest.mark.matrix)])
@pytest.mark.parametrize(
    ("tracker", "check"),
    [
        (TOP + TABLE + "! hide row 6", "hidden-words"),
        (TOP + HEADINGS + "EXEMPT ITEMS\n" + FIRST, "exempt-row"),
        (TOP + TABLE + "\nThe Chair is Jo Bell.\n", "stray-text"),
        (TOP + TABLE + "\nParks Panel\n" + HEADINGS + FIRST, "second-tracker"),
    ],
)
def test_actions_that_are_not_taken_over_are_listed(
    tracker: str, check: str, command: str, tmp_path: Path
) -> None:
    _, said = taken_over(tracker, tmp_path, command)
    assert f"[{check}]" in said
