"""Columns called *Completion date*: when an action is due, or when it was completed; days of completion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.council.own_words import columns_of
from pipeline.normalise.tracker import Tracker
from tests.conftest import Read

Found = Callable[[Tracker], list[tuple[str, str]]]
ROW = "{} | Tides | That {} are sent. | {} | Some were sent. | {}"
HEADINGS = "Ref | Title | Action | Completion date | Update | Status"

# Days of completion and statuses of two actions, for a meeting on 28 March 2027, and what they were read as.
READ = {
    "1/2/27, Completed; 31/5/27, Ongoing": "due",
    "1/2/27, Completed; 1/3/27, Ongoing": "due",
    "October 2026, Completed; Summer term 2027, Ongoing": "due",
    "1/2/27, Completed; , Ongoing": "completed",
    "1/2/27, Completed; TBC, Completed": "completed?",
    "1/2/27, Completed; 1/3/27, Completed": "completed?",
    "1/2/27, Completed; Ongoing, Ongoing": "completed?",
    "31/5/27, Ongoing; , Not started": "due?",
    ", Ongoing; , Ongoing": "completed",
}


@pytest.mark.parametrize("rows", READ)
def test_a_completion_date_is_what_its_days_tell(rows: str, read: Read) -> None:
    cells = [row.split(",") for row in rows.split("; ")]
    lines = [ROW.format(n, f"tables {n}", day, status) for n, (day, status) in enumerate(cells, 1)]
    found = read(*lines, headings=HEADINGS).layout.read[3]
    assert f"{found.field}{'?' * found.is_guessed}" == READ[rows]


def test_without_statuses_days_after_the_meeting_are_due(read: Read, found: Found) -> None:
    lines = ["1 | Tides | Send them. | 1/2/27 | Sent.", "2 | Locks | Dig. | 31/5/27 | Begun."]
    tracker = read(*lines, headings="Ref | Title | Action | Completion date | Update")
    assert [action.due.text for action in tracker.actions] == ["1/2/27", "31/5/27"]
    assert {action.status.canonical for action in tracker.actions} == {"unknown"}
    assert "guessed-heading" not in {check for _, check in found(tracker)}


def test_beside_an_actual_completion_date_the_plain_one_is_due(read: Read) -> None:
    tracker = read(
        "1 | Tides | Send them. | 1/2/27 | 3/2/27 | Sent. | Completed",
        "2 | Locks | Dig. | 1/3/27 | | Begun. | Ongoing",
        headings="Ref | Title | Action | Completion date | Actual completion date | Update | Status",
    )
    assert [(action.due.text, action.completed.text) for action in tracker.actions] == [
        ("1/2/27", "3/2/27"), ("1/3/27", ""),
    ]  # fmt: skip


def test_beside_a_target_date_it_is_that_of_completion(read: Read) -> None:
    tracker = read(
        "1 | Tides | Send them. | 1/2/27 | 31/5/27 | Sent. | Ongoing",
        headings="Ref | Title | Action | Target date | Completion date | Update | Status",
    )
    assert tracker.layout.columns["completed"] == 5


@pytest.mark.parametrize(
    ("day", "status"), [("28/3/27", "completed"), ("29/3/27", "unknown"), ("", "unknown")]
)
def test_a_day_of_completion_after_the_meeting_completes_nothing(
    day: str, status: str, read: Read
) -> None:
    (action,) = read(
        f"1 | Tides | Send them. | {day} | Sent.",
        headings="Ref | Title | Action | Date closed | Update",
    ).actions
    assert action.status.canonical == status


@pytest.mark.parametrize(
    ("status", "day", "is_said"),
    [
        ("Ongoing", "1/2/27", True), ("Completed", "29/3/27", True), ("Completed", "28/3/27", False),
        ("Ongoing", "", False), ("Blue", "1/2/27", False), ("Recommended for closure", "1/2/27", False),
    ],
)  # fmt: skip
def test_a_day_of_completion_to_come_or_of_an_open_action_is_said(
    status: str, day: str, is_said: bool, read: Read, found: Found
) -> None:
    tracker = read(
        f"1 | Tides | Send them. | 1/3/27 | Sent. | {status} | {day}",
        headings="Ref | Title | Action | Due date | Update | Status | Date closed",
    )
    assert (("G4", "doubtful-completion") in found(tracker)) == is_said


def test_an_action_with_a_day_of_completion_is_not_overdue(read: Read, found: Found) -> None:
    headings = "Ref | Title | Action | Due date | Update | RAG | Date closed"
    lines = ["1 | Tides | Send them. | 1/3/27 | Sent. | Blue | 27/2/27",
             "2 | Locks | Dig them. | 1/3/27 | Begun. | Amber | "]  # fmt: skip
    late = [cell for cell, check in found(read(*lines, headings=headings)) if check == "overdue"]
    assert late == ["D5"]


def test_a_heading_of_the_councils_own_file_is_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "templates" / "quays"
    folder.mkdir(parents=True)
    own = '[fields.completed]\nheadings = ["Completion date"]\n'
    (folder / "columns.toml").write_text(own, "utf-8")
    (folder / "house.toml").write_text('[council]\nname = "Quays"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    assert columns_of("quays").fields_of["completiondate"] == ["completed"]
