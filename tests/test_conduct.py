"""Checks on officers, dates and wording, and against the committee's last paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest
from msgspec.structs import replace
from openpyxl import Workbook as ExcelWorkbook

from pipeline import line
from pipeline.data import Records
from pipeline.line import Checked

Row: TypeAlias = dict[str, str | date | None]

HEADINGS = ["Reference", "Date", "Title", "Action proposed", "Lead officer", "Due date", "Action taken",
            "Progress status"]  # fmt: skip
GOOD: Row = {"A": "T1", "B": date(2027, 1, 2), "C": "Tides", "D": "That the tables are sent.", "E": "Ruth Hale",
        "F": date(2027, 9, 1), "G": "Half of them were sent.", "H": "In progress"}  # fmt: skip

Meet = Callable[..., Checked]


@pytest.fixture
def meet(tmp_path: Path) -> Meet:
    """A meeting's workbook of rows that differ from a good one, checked against the last records."""

    def checked(*rows: Row, last: Records | None = None, meeting: str = "28 March 2027") -> Checked:
        book = ExcelWorkbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Actions"
        sheet["A1"], sheet["A2"] = "Harbour Panel", f"Monitoring – {meeting}"
        for column, words in enumerate(HEADINGS, 1):
            sheet.cell(3, column, words)
        for number, row in enumerate(rows, 4):
            for letter, value in (GOOD | {"A": f"T{number}"} | row).items():
                sheet[f"{letter}{number}"] = value
        book.save(tmp_path / "tracker.xlsx")
        (made,) = line.checked(
            tmp_path / "tracker.xlsx", line.council("wexmouth"), None, lambda *_: last
        )
        return made

    return checked


def found(made: Checked) -> list[tuple[str, str]]:
    return [(finding.place.cell, finding.check) for finding in made.findings]


def records(made: Checked) -> Records:
    return line.records(made, line.council("wexmouth"), final=True)


def test_a_good_row_has_no_findings(meet: Meet) -> None:
    assert found(meet({})) == []


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        ({"E": None}, ("E4", "missing-officer")),
        ({"F": None}, ("F4", "missing-due-date")),
        ({"F": "ASAP"}, ("F4", "missing-due-date")),
        ({"F": "TBC"}, ("F4", "missing-due-date")),
        ({"G": "Awaiting update from the pilots."}, ("G4", "missing-update")),
        ({"G": r"See \\wexfile\harbour\tides.docx for it."}, ("G4", "intranet-link")),
        ({"G": r"The list is at S:\harbour\tides.xlsx and is kept."}, ("G4", "intranet-link")),
        ({"F": date(2027, 3, 27)}, ("F4", "overdue")),
        ({"F": date(2027, 1, 1), "H": "Completed"}, ("F4", "due-before-agreed")),
        ({"F": date(2027, 3, 29), "H": "Completed"}, ("H4", "completed-but-due-later")),
        ({"G": "This has been completed."}, ("H4", "status-contradicts-text")),
        ({"G": "Phase 1 is complete; phase 2 has not started.", "H": "Completed", "F": date(2027, 2, 1)},
         ("H4", "status-contradicts-text")),
        ({"G": "Phase 2 has not been completed.", "H": "Completed", "F": date(2027, 2, 1)},
         ("H4", "status-contradicts-text")),
        ({"G": "The lamps were hung in May. The paint has not been finished.", "H": "Completed",
          "F": date(2027, 2, 1)}, ("H4", "status-contradicts-text")),
        ({"B": date(2027, 3, 29)}, ("B4", "dated-after-meeting")),
        ({"B": "1 April 2027"}, ("B4", "dated-after-meeting")),
        ({"G": "Ongoing", "H": "Completed", "F": date(2027, 2, 1)},
         ("H4", "status-contradicts-text")),
        ({"E": "TBC"}, ("E4", "missing-officer")),
        ({"G": "Ongoing"}, ("G4", "thin-update")),
        ({"G": "They were sent. " * 100}, ("G4", "long-update")),
        ({"G": "SENT TO ALL MEMBERS OF THE PANEL."}, ("G4", "shouting")),
        ({"G": "See https://wexmouth.sharepoint.com/tides"}, ("G4", "intranet-link")),
        ({"G": "Mr Hale of 1 Quay Street, SO14 7LY, was written to."}, ("G4", "personal-data")),
        ({"G": "Ring 01632 960001 for a copy."}, ("G4", "personal-data")),
        ({"G": "Ask ruth.hale@wexmouth.example for a copy."}, ("G4", "personal-data")),
        ({"G": "His NHS number, 943 476 5919, was given."}, ("G4", "personal-data")),
    ],
)  # fmt: skip
def test_a_fault_is_found_in_its_cell(meet: Meet, row: Row, finding: tuple[str, str]) -> None:
    assert finding in found(meet(row))


@pytest.mark.parametrize(
    "row",
    [
        {"G": "This will be complete once the last ten are sent."},
        {"G": "The first part was completed in May; the second has begun."},
        {"G": "It is not completed yet."},
        {"G": "The RSPB, the RNLI and the MCA were asked."},
        {"G": "Minute 12/2027 and £1,250,000 were noted, with 1234567 leaflets."},
        {"G": "Ask scrutiny@wexmouth.example for a copy."},
        {"H": "Completed", "E": None, "F": date(2027, 2, 1)},
        {"F": "Autumn 2027"},
    ],
)
def test_what_is_no_fault(meet: Meet, row: Row) -> None:
    assert found(meet(row)) == []


@pytest.mark.parametrize(
    "update",
    [
        "The work has not been completed.",
        "It has not yet been completed.",
        "Work has not started.",
        "The review is not yet finished.",
        "Work on the quay wall has not yet begun on site. It remains outstanding.",
        "This hasn't been done.",
        "Not started",
    ],
)
def test_an_update_that_only_denies_that_its_action_is_completed_is_an_error(
    meet: Meet, update: str
) -> None:
    made = meet({"G": update, "H": "Completed", "F": date(2027, 2, 1)})
    said = [(f.place.cell, f.check, str(f.severity)) for f in made.findings]
    assert said == [("H4", "denied-completion", "error")]
    assert "denied-completion" not in [check for _, check in found(meet({"G": update}))]
    assert found(meet({"G": update, "H": "No longer required", "F": date(2027, 2, 1)})) == []


@pytest.mark.parametrize(
    "update", ["The report was not completed on time.", "They weren't expensive.", "All were sent."]
)
def test_what_is_no_denial(meet: Meet, update: str) -> None:
    assert found(meet({"G": update, "H": "Completed", "F": date(2027, 2, 1)})) in (
        [],
        [("H4", "status-contradicts-text")],
    )


def test_an_item_of_the_meeting_s_own_day_is_not_after_it(meet: Meet) -> None:
    assert found(meet({"B": date(2027, 3, 28)})) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Finshed", "Finished"), ("In progres", "In progress"), ("Compleet", "Complete")],
)
def test_a_status_spelled_nearly_so_is_offered(meet: Meet, typed: str, meant: str) -> None:
    (finding,) = (f for f in meet({"H": typed}).findings if f.check == "unknown-status")
    assert finding.remedy.startswith(f"Did you mean '{meant}'? Choose one of: ")


@pytest.mark.parametrize(
    "typed",
    [
        "Incomplete",
        "Not complete",
        "75% complete",
        "Complete?",
        "Completed (part)",
        "Nearly complete",
    ],
)
def test_no_status_is_offered_for_words_that_deny_or_qualify_one(meet: Meet, typed: str) -> None:
    (finding,) = (f for f in meet({"H": typed}).findings if f.check == "unknown-status")
    assert finding.remedy.startswith("Choose one of: ")


def test_a_status_that_takes_back_what_it_begins_with_is_said_so(meet: Meet) -> None:
    (finding,) = (
        f for f in meet({"H": "Closed (reopened)"}).findings if f.check == "unknown-status"
    )
    assert finding.message.endswith(
        " takes back what it begins with, so it was not read as closed."
    )


def test_an_update_in_the_words_of_the_last_paper_is_stale(meet: Meet) -> None:
    assert found(meet({}, last=records(meet({}, meeting="24 January 2027")))) == [
        ("G4", "stale-update")
    ]


def test_many_that_were_completed_early_are_said_at_once(meet: Meet) -> None:
    rows: list[Row] = [{"D": f"That table {word} is sent.", "H": "Completed"} for word in "abcde"]
    assert [cell for cell, _ in found(meet(*rows[:3]))] == ["H4", "H5", "H6"]
    (one,) = meet(*rows).findings
    assert one.place.cell == "H4"
    assert one.message == (
        "5 actions are completed, and were due only after the meeting: H4, H5, H6 and more."
    )


def test_thin_again_is_said_once(meet: Meet) -> None:
    last = records(meet({"G": "Ongoing"}))
    (finding,) = meet({"G": "Ongoing."}, last=last).findings
    assert finding.message == "The update says only 'Ongoing.', as in the last paper."


def test_an_open_action_that_is_gone_has_vanished(meet: Meet) -> None:
    last = records(meet({}, {"A": "T9", "D": "That a second ferry is hired."}))
    made = meet({"G": "All were sent."}, last=last)
    assert found(made) == [("A3", "vanished-action")]
    assert "T9" in made.findings[0].message


def test_one_that_vanished_is_told_with_its_officer_and_its_likely_row(meet: Meet) -> None:
    last = records(meet({"A": "HP/5", "E": "Jo Bell"}))
    (finding,) = (
        f
        for f in meet({"A": "HP5 ", "D": "That some tables are printed."}, last=last).findings
        if f.check == "vanished-action"
    )
    assert finding.message.startswith("HP/5 (Jo Bell) was open in the paper of ")
    assert finding.remedy.startswith("Is it HP5 in A4? ")


def test_one_that_the_last_paper_had_too_is_not_offered_for_the_one_that_is_gone(
    meet: Meet,
) -> None:
    last = records(meet({"A": "HP/5"}, {"A": "HP/6"}))
    made = meet({"A": "HP/6"}, last=last)
    (finding,) = (f for f in made.findings if f.check == "vanished-action")
    assert finding.remedy == "Put it back, with a status that says how it ended."


def test_a_status_that_went_back(meet: Meet) -> None:
    last = records(meet({}))
    assert found(meet({"G": "None was sent.", "H": "Not started"}, last=last)) == [
        ("H4", "status-went-back")
    ]


def test_what_was_agreed_is_not_altered(meet: Meet) -> None:
    last = records(meet({}))
    made = meet({"D": "That some tables are sent.", "G": "Some were sent."}, last=last)
    assert found(made) == [("D4", "action-reworded")]


def test_a_due_date_moved_twice_is_counted(meet: Meet) -> None:
    first = records(meet({}))
    second = records(meet({"F": date(2027, 10, 1), "G": "More were sent."}, last=first))
    made = meet({"F": date(2027, 11, 1), "G": "Most were sent."}, last=second)
    assert found(made) == [("F4", "extended-again")]
    assert "moved 2 times" in made.findings[0].message


def test_a_closed_action_is_shown_once_and_kept_for_ever(meet: Meet) -> None:
    done: Row = {"G": "All were sent.", "H": "Completed", "F": date(2027, 3, 1)}
    first = records(meet({}))
    second = records(meet(done, {"A": "T5"}, last=first, meeting="28 April 2027"))
    assert [(a.reference, a.change) for a in second.actions] == [("T4", "closed"), ("T5", "new")]
    again = meet(done, {"A": "T5", "G": "More were sent."}, last=second, meeting="28 May 2027")
    third = records(again)
    assert [a.reference for a in third.actions] == ["T5"]
    assert [(one.action.reference, one.meeting) for one in third.closed] == [("T4", "2027-04-28")]
    assert ("G4", "already-reported") in found(again)
    fourth = records(meet({"A": "T5", "G": "Nearly all."}, last=third, meeting="28 June 2027"))
    assert [one.action.reference for one in fourth.closed] == ["T4"], "gone from the workbook too"


def test_a_closed_action_that_is_open_again_is_said(meet: Meet) -> None:
    done: Row = {"G": "All were sent.", "H": "Completed", "F": date(2027, 3, 1)}
    last = records(meet(done))
    made = meet({"G": "Some came back."}, last=last)
    assert ("H4", "closed-reappears") in found(made)
    assert [(a.change, len(records(made).closed)) for a in made.stated] == [("reopened", 1)]
    assert [one.reopened for one in records(made).closed] == [records(made).paper.meeting]
    again = meet(done, last=records(made))  # and closed a second time
    assert [one.reopened != "" for one in records(again).closed] == [True, False]


def test_an_action_without_a_reference_is_known_by_its_words(meet: Meet) -> None:
    last = records(meet({"A": None}))
    made = meet(
        {"A": None, "D": "That the tables are all sent.", "G": "More were sent."}, last=last
    )
    assert [a.change for a in made.stated] == ["updated"]
    assert replace(made.stated[0], change="").reference == ""


def test_another_action_of_the_same_item_does_not_pass_for_the_one_that_is_gone(meet: Meet) -> None:
    last = records(meet({"A": None, "D": "That the north quay lamps are mended."}))
    made = meet({"A": None, "D": "That the north quay lifts are tested."}, last=last)
    assert [(a.change, a.action) for a in made.stated] == [
        ("new", "That the north quay lifts are tested.")
    ]
    assert found(made) == [("A3", "vanished-action")]
