"""What the checks say of an action beside what the last paper said of it, word for word."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from pipeline import line
from pipeline.chase.verdict import verdict
from pipeline.check import run
from pipeline.council.clerk import Decisions, Merged, Moved, Plan, Renamed
from pipeline.council.rules import Severity
from pipeline.published.kept import Archive
from tests.check.test_conduct import Meet, Row, found, meet, records
from tests.conftest import WEXMOUTH

__all__ = ["meet"]  # the fixture
HALF = "Half of them were sent on 3 May 2027."
REST = "The rest follow."
LATER = {"F": date(2027, 10, 1), "G": REST}
SINCE = "Write what has been done since, or that nothing has and why."
SAID = [
    # The check, what stood in the last paper, what stands in the workbook, the message, the remedy.
    ("stale-update", {"G": HALF}, {"G": "No change."}, "The update says only 'No change.'.", SINCE),
    ("stale-update", {"G": "Ongoing."}, {}, "The update says only 'Ongoing.', as in the last paper.", SINCE),
    ("stale-update", {"G": "March 2027: Half."}, {"G": "May 2027: Ongoing.\nMarch 2027: Half of them."},
     "The newest entry of the update says only 'Ongoing.'.", SINCE),
    ("stale-update", {"G": HALF}, {}, "The update says no more than it did in the paper of 28 March 2027.", SINCE),
    ("stale-update", {"G": HALF}, {"G": "Merged with T4."},
     "The update says only 'Merged with T4.': was the action merged with that one?", SINCE),
    ("stale-on-hold", {"G": HALF, "H": "On hold"}, {},
     "The update says no more than it did in the paper of 28 March 2027.", SINCE),
    ("thin-update", None, {"G": "Ongoing"}, "The update says only 'Ongoing'.",
     "Write what has been done, and what comes next."),
    ("completed-without-update", {"G": HALF}, {"H": "Completed", "G": "Ongoing"},
     "The action is 'Completed' and does not say what was done.", "Write what was done, or change the status."),
    ("completed-without-update", {"G": "They are being printed."}, {"H": "Completed"},
     "The action is 'Completed', and the update says no more than it did in the paper of 28 March 2027.",
     "Write what was done since, or change the status."),
    ("status-went-back", {"H": "In progress"}, {"H": "Not started", "G": REST},
     "The status was 'In progress' on 28 March 2027, and has gone back.",
     "Say in the update why, or set the status right."),
    ("action-reworded", {"G": HALF}, {"D": "That all are sent.", "G": REST},
     "What was asked for has been altered; the last paper had 'That the tables are sent.'.",
     "Restore the words that the committee agreed."),
    ("closed-reappears", {"H": "Completed"}, {"H": "In progress", "G": REST},
     "An earlier paper reported that the action is closed, and it is open again.",
     "Say in the update why, or close it."),
    ("extended-again", {"F": date(2027, 9, 1)}, LATER,
     "The due date was 1 September 2027 and is now 1 October 2027; it has been moved once.",
     "Say in the update why, and who agreed to it."),
    ("already-reported", {"H": "Completed"}, {}, "T4 was reported as closed before, and was left out.",
     "Take its row out of the workbook when you like."),
]  # fmt: skip


@pytest.mark.parametrize(("check", "before", "now", "message", "remedy"), SAID)
def test_each_check_says_what_is_wrong_and_what_to_write(  # noqa: PLR0917
    meet: Meet, check: str, before: Row | None, now: Row, message: str, remedy: str
) -> None:
    last = None if before is None else records(meet({"A": "T4", **before}))
    made = meet({"A": "T4", **(before or {}), **now}, last=last, meeting="28 May 2027")
    said = [(one.message, one.remedy) for one in made.findings if one.check == check]
    assert said == [(message, remedy)]


def test_an_update_that_another_action_had_names_that_one(meet: Meet) -> None:
    had = (
        "The pilots were asked on 3 May for the tables that they use at night, and have sent none."
    )
    rows: list[Row] = [{"C": "Tides", "G": HALF}, {"C": "Pilots", "D": "That they ask.", "G": had}]
    last = records(meet(*rows))
    made = meet({**rows[0], "G": had}, {**rows[1], "G": REST}, last=last, meeting="28 May 2027")
    (one,) = (one for one in made.findings if one.check == "moved-update")
    assert (one.place.cell, one.message, one.remedy) == (
        "G4",
        "The update is that of T5 in the paper of 28 March 2027.",
        "Put each update beside its own action, or write it anew.",
    )


@pytest.mark.parametrize(
    ("before", "now", "has_gone_back"),
    [("In progress", "Not started", True), ("On hold", "Not started", True), ("In progress", "On hold", False),
     ("Not started", "In progress", False), ("Recommended for closure", "In progress", True),
     ("Recommended for closure", "On hold", True), ("In progress", "Recommended for closure", False),
     ("Completed", "Not started", False), ("Amber", "Not started", False), ("In progress", "Amber", False)],
)  # fmt: skip
def test_an_open_action_may_stand_where_it_stood_or_further_on(
    meet: Meet, before: str, now: str, *, has_gone_back: bool
) -> None:
    made = meet({"H": now, "G": REST}, last=records(meet({"H": before})), meeting="28 May 2027")
    assert (("H4", "status-went-back") in found(made)) == has_gone_back


PLANS: list[tuple[Plan, str, str]] = [
    (Moved(committee="Harbour Panel", was=date(2027, 3, 28), to=date(2027, 4, 8)),
     "The workbook is for 8 April 2027, and most of it is what the paper of 28 March 2027 says. If that meeting was "
     "moved or cancelled, add to inputs/clerk.toml the lines that papers check ends with.",
     "If not, have the updates written."),
    (Renamed(committee="Harbour Panel", formerly="Quay Panel", since=date(2027, 3, 28)),
     "The workbook is of Harbour Panel, and has most of the open actions of Quay Panel. If that is another name or a "
     "merger, add to inputs/clerk.toml the lines that papers check ends with.",
     "If not, waive this."),
    (Merged(committee="Harbour Panel", formerly=["Quay Panel", "Tides Board"], since=date(2027, 3, 28)),
     "The workbook is of Harbour Panel, and has most of the open actions of Quay Panel and Tides Board. If that is "
     "another name or a merger, add to inputs/clerk.toml the lines that papers check ends with.",
     "If not, waive this."),
]  # fmt: skip


@pytest.mark.parametrize(("plan", "message", "remedy"), PLANS)
def test_a_change_of_plan_is_asked_about_at_the_first_heading(
    meet: Meet, plan: Plan, message: str, remedy: str
) -> None:
    said = run.findings(replace(meet({}), proposed=(plan,)))
    assert [(str(one.place), one.message, one.remedy) for one in said] == [
        ("Actions!A3", message, remedy)
    ]


@pytest.mark.parametrize(
    ("hidden", "check"), [("leave-out", "hidden-words"), ("print", "vanished-action")]
)
def test_an_action_whose_reference_stands_in_a_hidden_row_is_gone_where_that_row_is_no_fault(
    meet: Meet, tmp_path: Path, hidden: str, check: str
) -> None:
    last = records(meet({"G": HALF}, {"C": "Pilots", "D": "That they are asked.", "G": HALF}))
    meet({"G": REST})
    path = tmp_path / "tracker.xlsx"
    book = load_workbook(path)
    book["Actions"]["A5"] = "T5"
    book["Actions"].row_dimensions[5].hidden = True
    book.save(path)
    columns = replace(WEXMOUTH.columns, hidden=hidden)
    council = dataclasses.replace(WEXMOUTH, columns=columns)
    (made,) = line.checked(path, council, None, Archive(Path("no papers"), Decisions(), last))
    kinds = {"hidden-words", "vanished-action"}
    assert [name for _, name in found(made) if name in kinds] == [check]


def test_a_closed_action_is_left_out_where_there_is_no_column_of_updates(
    meet: Meet, tmp_path: Path
) -> None:
    path = tmp_path / "tracker.xlsx"
    meet({"H": "Completed"}, {"C": "Pilots"})
    book = load_workbook(path)
    book["Actions"].delete_cols(7)
    book.save(path)
    columns = replace(WEXMOUTH.columns, without=("update",))
    council = dataclasses.replace(WEXMOUTH, columns=columns)
    (before,) = line.checked(path, council)
    last = Archive(Path("no papers"), Decisions(), records(before))
    (made,) = line.checked(path, council, date(2027, 5, 28), last)
    assert ("A4", "already-reported") in found(made)


def test_only_updates_that_are_awaited_are_counted_as_said_again(meet: Meet) -> None:
    rows: list[Row] = [
        {"G": HALF},
        {"C": "Pilots", "D": "That they are asked.", "G": "They are being asked."},
        {"C": "Buoys", "D": "That they are painted.", "G": "To follow."},
    ]
    last = records(meet(*rows))
    made = meet(rows[0], {**rows[1], "H": "Completed"}, rows[2], last=last, meeting="28 May 2027")
    day, output = date(2027, 5, 1), Path("no papers")
    told = verdict(made, WEXMOUTH, day, Severity.ERROR, output, publish="", waive="")
    assert told.repeated == "1 of 2 updates says nothing that the paper of 28 March 2027 did not."
