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
from pipeline.council.clerk import Decisions
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
    # The cell and the check, what stood in the last paper, what stands in the workbook, the message, the remedy.
    ("G4 stale-update", {"G": HALF}, {"G": "No change."}, "The update says only 'No change.'.", SINCE),
    ("G4 stale-update", {"G": "Ongoing."}, {}, "The update says only 'Ongoing.', as in the last paper.", SINCE),
    ("G4 stale-update", {"G": "March 2027: Half."}, {"G": "May 2027: Ongoing.\nMarch 2027: Half of them."},
     "The newest entry of the update says only 'Ongoing.'.", SINCE),
    ("G4 stale-update", {"G": HALF}, {}, "The update says no more than it did in the paper of 28 March 2027.", SINCE),
    ("G4 stale-update", {"G": HALF}, {"G": "Merged with T4."},
     "The update says only 'Merged with T4.': was the action merged with that one?", SINCE),
    *(("G4 stale-update", {"G": HALF}, {"G": f"{HALF} {more}"},
       "The update says no more than it did in the paper of 28 March 2027.", SINCE)
      for more in ("TBC.", "No further news.", "Update to follow.", "Awaiting response.", "Carried forward.",
                   "JB advised no change.")),
    *(("G4 stale-update", {"G": "They were sent on 3 November."}, {"G": f"They were sent on {day}."},
       "The update says no more than it did in the paper of 28 March 2027.", SINCE)
      for day in ("3rd Nov", "Tuesday 3 November", "3 November 2026")),
    ("G4 stale-on-hold", {"G": HALF, "H": "On hold"}, {},
     "The update says no more than it did in the paper of 28 March 2027.", SINCE),
    ("G4 thin-update", None, {"G": "Ongoing"}, "The update says only 'Ongoing'.",
     "Write what has been done, and what comes next."),
    ("G4 thin-update", {"G": HALF}, {"H": "Completed", "G": "Done."}, "The update says only 'Done.'.",
     "Write how it ended."),
    ("G4 completed-without-update", {"G": HALF}, {"H": "Completed", "G": "Ongoing"},
     "The action is 'Completed' and does not say what was done.", "Write what was done, or change the status."),
    ("G4 completed-without-update", {"G": "They are being printed."}, {"H": "Completed"},
     "The action is 'Completed', and the update says no more than it did in the paper of 28 March 2027.",
     "Write what was done since, or change the status."),
    ("G4 completed-without-update", {"G": "They are being printed."}, {"H": "Completed – see above"},
     "The action is 'Completed – see above', and the update says no more than it did in the paper of 28 March 2027.",
     "Write what was done since, or change the status."),
    ("G4 completed-without-update", {"G": "They are being printed."}, {"H": "No longer required"},
     "The action is 'No longer required', and the update says no more than it did in the paper of 28 March 2027.",
     "Write what was done since, or change the status."),
    ("H4 status-went-back", {"H": "In progress"}, {"H": "Not started", "G": REST},
     "The status was 'In progress' on 28 March 2027, and has gone back.",
     "Say in the update why, or set the status right."),
    ("D4 action-reworded", {"G": HALF}, {"D": "That all are sent.", "G": REST},
     "What was asked for has been altered; the last paper had 'That the tables are sent.'.",
     "Restore the words that the committee agreed."),
    ("H4 closed-reappears", {"H": "Completed"}, {"H": "In progress", "G": REST},
     "An earlier paper reported that the action is closed, and it is open again.",
     "Say in the update why, or close it."),
    ("F4 extended-again", {"F": date(2027, 9, 1)}, LATER,
     "The due date was 1 September 2027 and is now 1 October 2027; it has been moved once.",
     "Say in the update why, and who agreed to it."),
    ("G4 already-reported", {"H": "Completed"}, {"G": REST},
     "T4 was reported as closed before, and was left out. Its update has been written since.",
     "If the committee should read that, open the action again; if not, take its row out."),
    ("G4 already-reported", {"H": "Completed"}, {}, "T4 was reported as closed before, and was left out.",
     "Take its row out of the workbook when you like."),
]  # fmt: skip


@pytest.mark.parametrize(("at", "before", "now", "message", "remedy"), SAID)
def test_each_check_says_what_is_wrong_and_what_to_write(  # noqa: PLR0917
    meet: Meet, at: str, before: Row | None, now: Row, message: str, remedy: str
) -> None:
    last = None if before is None else records(meet({"A": "T4", **before}))
    made = meet({"A": "T4", **(before or {}), **now}, last=last, meeting="28 May 2027")
    said = [one for one in made.findings if one.check == at.split()[1]]
    assert [(f"{one.place.cell} {one.check}", one.message, one.remedy) for one in said] == [
        (at, message, remedy)
    ]


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


def test_a_closed_action_is_left_out_where_there_is_no_column_of_updates(
    meet: Meet, tmp_path: Path
) -> None:
    path = tmp_path / "tracker.xlsx"
    meet({"H": "Completed"}, {"C": "Pilots"})
    book = load_workbook(path)
    book["Actions"].delete_cols(7)
    book["Actions"].title = "To do!"
    book.save(path)
    columns = replace(WEXMOUTH.columns, without=("update",))
    council = dataclasses.replace(WEXMOUTH, columns=columns)
    (before,) = line.checked(path, council)
    last = Archive(Path("no papers"), Decisions(), records(before))
    (made,) = line.checked(path, council, date(2027, 5, 28), last)
    assert "To do!!A4" in [
        str(one.place) for one in made.findings if one.check == "already-reported"
    ]


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


QUAYS: Row = {"C": "Quays", "D": "That the quays are swept.", "G": HALF}


@pytest.mark.parametrize(
    ("words", "checks"),
    [(words, ["stale-update"]) for words in (
        "See T5", "Please see also T5.", "Merged into item T5.", "Combined with recommendation no. T5",
        "Superseded by action number T5", "Covered under #T5.", "Incorporated in ref. T5", "Replaces items T5",
        "Takes in T5", "It is now covered by T5.", "This action has been merged with T5",
    )] + [("See T9", []), ("See T5 for the list.", [])],
)  # fmt: skip
def test_an_update_that_only_leads_to_another_action_is_stale(
    meet: Meet, words: str, checks: list[str]
) -> None:
    said = [check for cell, check in found(meet({"G": words}, QUAYS)) if cell == "G4"]
    assert said == checks


def test_the_other_action_s_number_is_read_to_its_end(meet: Meet) -> None:
    said = [
        check
        for cell, check in found(meet({"G": "See T5X."}, QUAYS | {"A": "T5X"}))
        if cell == "G4"
    ]
    assert said == ["stale-update"]


@pytest.mark.parametrize("status", ["Completed – sent to the pilots", "Completed 3 March 2027"])
def test_a_status_that_says_how_an_action_ended_is_enough(meet: Meet, status: str) -> None:
    last = records(meet({"A": "T4", "G": "They are being printed."}))
    row = {"A": "T4", "G": "They are being printed.", "H": status}
    made = meet(row, last=last, meeting="28 May 2027")
    assert "completed-without-update" not in [one.check for one in made.findings]
