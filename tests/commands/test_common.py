"""Which workbooks are read, and which of what they hold is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import typed

SHEET = """! sheet {sheet}
Quay Panel
Scrutiny Monitoring - {day}
Ref | Date | Title | Action | Update | Status
QP/1 | 8/10/2026 | Lamps | That they are lit. | {update} | In progress
"""
JANUARY = SHEET.format(sheet="January", day="21 January 2027", update="All are lit.")
OCTOBER = SHEET.format(sheet="October", day="15 October 2026", update="TBC")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with a sheet for each meeting, of which the older was never ready."""
    typed.write(JANUARY + OCTOBER, tmp_path / "quay.xlsx")
    return tmp_path / "quay.xlsx"


def test_the_sheet_of_a_past_meeting_keeps_no_later_one_from_being_published(
    book: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    given = (str(book), "--output", str(out), "--today", "27/11/2026")
    made = typed.papers("build", "--final", "--to", "html", *given)
    assert made.exit_code == 0, made.output
    assert "Passed over: quay.xlsx, sheet 'October' (15 October 2026 is past" in made.output
    assert [path.name for path in out.glob("quay-panel/*/")] == ["2027-01-21"]


def test_a_meeting_to_come_is_checked_beside_a_later_one(book: Path, tmp_path: Path) -> None:
    given = (str(book), "--output", str(tmp_path / "out"), "--today", "1/10/2026")
    said = typed.papers("check", *given)
    assert (said.exit_code, "The update says only 'TBC'." in said.output) == (1, True)


def test_the_next_workbook_goes_on_from_the_latest_of_a_workbook_s_meetings(
    book: Path, tmp_path: Path
) -> None:
    after = tmp_path / "next.xlsx"
    made = typed.papers("new", str(after), "--from", str(book), "--meeting", "18/3/2027")
    assert made.exit_code == 0, made.output
    assert "1 open action carried forward" in made.output
