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
from pipeline.chase.owing import gathered
from pipeline.check import run
from pipeline.check.checked import Checked
from pipeline.check.seen import Context
from pipeline.council.clerk import Decisions
from pipeline.council.columns import Columns
from pipeline.council.rules import Rules
from pipeline.model.people import Officer
from pipeline.published import history
from pipeline.published.kept import Archive
from pipeline.published.records import Records
from tests.conftest import WEXMOUTH, Read

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
            tmp_path / "tracker.xlsx",
            WEXMOUTH,
            None,
            Archive(Path("no papers"), Decisions(), last),
        )
        return made

    return checked


def found(made: Checked) -> list[tuple[str, str]]:
    return [(finding.place.cell, finding.check) for finding in made.findings]


def records(made: Checked) -> Records:
    return line.records_of(made, WEXMOUTH, final=True)


def test_a_good_row_has_no_findings(meet: Meet) -> None:
    assert found(meet({})) == []


@pytest.mark.parametrize(
    "due",
    [
        "March 2027",
        "early March 2027",
        "Winter 2026",
        "2027",
        "2026/27",
        "2025, now 2028",
        "Ongoing since 2025",
        "December 9999",
        "Thursday 2 September 2027",
        "by Thurs. 2/9/27",
        "Monthly, next in September 2027",
    ],
)
def test_a_month_or_a_year_that_is_not_over_is_not_overdue(meet: Meet, due: str) -> None:
    assert found(meet({"F": due})) == []


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        ({"E": None}, ("E4", "missing-officer")),
        ({"E": "Vacant"}, ("E4", "missing-officer")),
        ({"E": "TBC – new post"}, ("E4", "missing-officer")),
        ({"F": None}, ("F4", "missing-due-date")),
        ({"F": "ASAP"}, ("F4", "missing-due-date")),
        ({"F": "TBC"}, ("F4", "missing-due-date")),
        ({"G": "Awaiting update from the pilots."}, ("G4", "missing-update")),
        ({"G": r"See \\wexfile\harbour\tides.docx for it."}, ("G4", "intranet-link")),
        ({"G": r"The list is at S:\harbour\tides.xlsx and is kept."}, ("G4", "intranet-link")),
        ({"F": date(2027, 3, 27)}, ("F4", "overdue")),
        ({"F": "end of February 2027"}, ("F4", "overdue")),
        ({"F": "Feb-27"}, ("F4", "overdue")),
        ({"F": "2025"}, ("F4", "overdue")),
        ({"F": date(2027, 1, 1), "H": "Completed"}, ("F4", "due-before-agreed")),
        ({"D": "That it is sent each year.", "F": date(2027, 3, 29), "H": "Completed"},
         ("H4", "completed-but-due-later")),
        ({"G": "This has been completed."}, ("H4", "status-contradicts-text")),
        ({"G": "Phase 1 is complete; phase 2 has not started.", "H": "Completed", "F": date(2027, 2, 1)},
         ("H4", "status-contradicts-text")),
        ({"G": "Phase 2 has not been completed.", "H": "Completed", "F": date(2027, 2, 1)},
         ("H4", "status-contradicts-text")),
        ({"G": "The lamps were hung in May. The paint has not been finished.", "H": "Completed",
          "F": date(2027, 2, 1)}, ("H4", "status-contradicts-text")),
        ({"G": "Closed."}, ("H4", "status-contradicts-text")),
        ({"G": "The tables are with the pilots. Discharged."}, ("H4", "status-contradicts-text")),
        ({"G": "The tables came late. Deferred.", "H": "Completed", "F": date(2027, 2, 1)},
         ("H4", "status-contradicts-text")),
        ({"G": "Officers are working on it.", "H": "Completed", "F": date(2027, 2, 1)},
         ("H4", "denied-completion")),
        ({"G": "Nearly finished.", "H": "Completed", "F": date(2027, 2, 1)}, ("H4", "denied-completion")),
        ({"G": "All done."}, ("H4", "status-contradicts-text")),
        ({"G": "All were sent.", "H": "Complete by May 2027", "F": date(2027, 2, 1)}, ("H4", "denied-completion")),
        ({"G": "All were sent.", "H": "Complete (target 1/4/2027)", "F": date(2027, 2, 1)},
         ("H4", "denied-completion")),
        ({"G": "Partly complete.", "H": "Completed", "F": date(2027, 2, 1)}, ("H4", "denied-completion")),
        ({"G": "Suspended – the printer is ill", "H": "Completed", "F": date(2027, 2, 1)},
         ("H4", "denied-completion")),
        ({"B": date(2027, 3, 29)}, ("B4", "dated-after-meeting")),
        ({"B": "1 April 2027"}, ("B4", "dated-after-meeting")),
        ({"B": "Monday 14 January 2027"}, ("B4", "wrong-weekday")),
        ({"F": "by Tues 02/09/2027"}, ("F4", "wrong-weekday")),
        ({"B": "April 2027"}, ("B4", "dated-after-meeting")),
        ({"F": date(2027, 2, 1), "H": "Completed 1/4/2027"}, ("H4", "doubtful-completion")),
        ({"F": date(2027, 2, 1), "H": "Completed – April 2027"}, ("H4", "doubtful-completion")),
        ({"F": date(2027, 2, 1), "H": "Completed (April 2027)"}, ("H4", "doubtful-completion")),
        ({"B": "04/2027"}, ("B4", "dated-after-meeting")),
        ({"B": "Summer 2028"}, ("B4", "dated-after-meeting")),
        ({"B": "2028"}, ("B4", "dated-after-meeting")),
        ({"G": "Done.", "H": "Completed", "F": date(2027, 2, 1)}, ("G4", "thin-update")),
        ({"G": "See the minutes."}, ("G4", "stale-update")),
        ({"G": "Carried over to the next meeting."}, ("G4", "thin-update")),
        ({"D": "See minutes"}, ("D4", "placeholder")),
        ({"D": "As above."}, ("D4", "placeholder")),
        ({"D": "Action to be confirmed"}, ("D4", "placeholder")),
        ({"G": "1. They were sent.\n2."}, ("G4", "placeholder")),
        ({"G": "As above.", "H": "Transferred"}, ("G4", "thin-update")),
        ({"C": "See minutes"}, ("C4", "placeholder")),
        ({"G": "They were sent. Wording to be agreed with Legal."}, ("G4", "placeholder")),
        ({"G": "Update requested 4/1/27."}, ("G4", "missing-update")),
        ({"G": "Ongoing", "H": "Completed", "F": date(2027, 2, 1)},
         ("G4", "completed-without-update")),
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
        {"B": "March 2027"},
    ],
)
def test_what_is_no_fault(meet: Meet, row: Row) -> None:
    assert found(meet(row)) == []


# What tells who or where a person is, each with what is found of it; and what only looks so.
PERSONAL = {
    "They live at SO14 7LY.": "SO14 7LY", "They live at M1 1AE.": "M1 1AE", "They live at EC1A 1BB.": "EC1A 1BB",
    "They live at SO147LY.": "SO147LY", "See minute SO14 7.": "", "Platform A1 2, row B.": "", "Form XSO14 7LY.": "",
    "Ring 01632 960001.": "01632 960001", "Ring (01632) 960001.": "01632) 960001",
    "Ring 01632-960-001.": "01632-960-001",
    "Ring +44 1632 960001.": "+44 1632 960001", "Ring +44 (0)1632 960001.": "+44 (0)1632 960001",
    "Ring 07700900123.": "07700900123", "Ring 0113 496 0000.": "0113 496 0000", "It cost £1,960,001.": "",
    "Ring 016329600012345.": "", "Order 1/01632960001.": "", "Ring 960001.": "", "Ring 01632 9600.": "",
    "Ask ruth.hale@wexmouth.example.": "ruth.hale@wexmouth.example", "Ask r_hale@a-b.example.": "r_hale@a-b.example",
    "Ask ruth.hale2@wexmouth.example.": "ruth.hale2@wexmouth.example",
    "Ask siân o'neill-hale.jo@wexmouth.example.": "o'neill-hale.jo@wexmouth.example",
    "Ask scrutiny@wexmouth.example.": "", "Ask scrutiny2027@wexmouth.example.": "",
    "His number is 943 476 5919.": "943 476 5919", "His number is 943-476-5919.": "943-476-5919",
    "His number is 1943 476 5919.": "", "His number is 943 476 59190.": "", "They sold 943 476.": "",
    "His number is AB 12 34 56 C.": "AB 12 34 56 C", "His number is AB123456C.": "AB123456C",
    "His number is AB 12 34 56 E.": "", "Lot FB 12 34 56 C.": "", "Lot XAB123456C.": "",
}  # fmt: skip


@pytest.mark.parametrize("words", PERSONAL)
@pytest.mark.parametrize("column", ["D", "G"])
def test_what_tells_who_or_where_a_person_is_is_found(meet: Meet, words: str, column: str) -> None:
    said = [
        (f.place.cell, f.message.partition(" looks like a ")[0])
        for f in meet({column: words}).findings
        if f.check == "personal-data"
    ]
    assert said == ([(f"{column}4", f"'{PERSONAL[words]}'")] if PERSONAL[words] else [])


def test_each_kind_of_personal_data_is_named_and_can_be_left_out(
    read: Read, known: Columns, rules: Rules
) -> None:
    words = "AB123456C, 943 476 5919, SO14 7LY, 01632 960001 and ruth.hale@wexmouth.example."
    tracker = read(f"1/2/27 | Tides | Send them to {words} | They were sent. | Completed")

    def kinds(personal: tuple[str, ...]) -> set[str]:
        made = run.findings(Context(tracker, known, replace(rules, personal=personal)))
        return {
            f.message.partition(" looks like a ")[2] for f in made if f.check == "personal-data"
        }

    assert kinds(rules.personal) == {f"{kind}." for kind in rules.personal}
    assert len(rules.personal) == 5
    for kind in rules.personal:
        assert kinds((kind,)) == {f"{kind}."}
    assert kinds(()) == set()


@pytest.mark.parametrize(
    ("words", "is_ours"),
    [
        ("Ring +44 (0)1632 960 001.", True),
        ("Write to jo.bell@wexmouth.example.", True),
        ("Write to tide.tables@wexmouth.example.", True),
        ("Write to ann.reed@gmail.com.", False),
        ("Ring 01632 960002.", False),
    ],
)
def test_how_the_council_is_reached_is_no_person_s(
    read: Read, known: Columns, rules: Rules, words: str, is_ours: bool
) -> None:
    tracker = read(f"1/2/27 | Tides | That they are sent. | {words} | Completed")
    for host in ("wexmouth.example", "gmail.com"):
        officers = (
            Officer("Jo Bell", "", f"jo.bell@{host}", "01632 960001"),
            Officer("Sam Rowe", "", f"sam.rowe@{host}"),
        )
        made = run.findings(Context(tracker, known, rules, directory=officers))
        is_known = is_ours and (host in words or "Ring" in words)
        assert [one.check for one in made] == ([] if is_known else ["personal-data"])


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
        "Not yet complete.",
        "Incomplete.",
        "Not completed",
        "Still not done.",
        "The survey is incomplete.",
        "Still to be done.",
        "In progress, not yet complete.",
        "No work has been done.",
        "Nothing has been done yet.",
        "We have not been able to complete this.",
        "Unable to complete this action.",
        "Has not happened.",
        "This was never done.",
        "Yet to be actioned.",
        "Not actioned.",
        "Awaiting completion.",
        "The action has not been progressed.",
        "This has not been carried out.",
        "We will complete this in May.",
        "To be completed in May.",
        "The work will be done by May 2027.",
        "We have not been able to print it.",
        "We were unable to find a printer.",
        "They have not been sent.",
        "The tables will be sent in May.",
        "The tables have yet to be sent.",
        "No tables have been sent.",
        "Tables to be sent.",
        "They are due to be sent in May.",
        "We couldn't send them.",
        "This is on hold until May.",
        "Work starts in May.",
        "No action taken.",
        "Will be completed in March 2027.",
        "Expected to be completed by March 2027.",
        "Work is scheduled to start in May.",
        "Awaiting approval.",
        "Awaiting a decision from the Board.",
        "Being done by the contractor now.",
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
    "update",
    [
        "The report was not completed on time.",
        "They weren't expensive.",
        "All were sent.",
        "The new ferry will start in May.",
        "The tables will be sent again in May.",
        "Nothing was found.",
        "No work was needed on the lock.",
        "The tables, to be sent by hand, are printed.",
        "The bill is to be sent later.",
        "No objections have been received.",
        "They were not wanted.",
        "They have not been sent because the printer is dry.",
        "The tables were not sent on time.",
        "They could not be mended, so new ones were sent.",
        "The tables were sent, and the bill is awaiting approval.",
        "The yard will be watched by the port from now on.",
        "The rail was being painted when the ferry came, and is dry.",
        "The port expected to be asked, and was.",
        "The officers' rota will now be issued monthly.",
    ],
)
def test_what_is_no_denial(meet: Meet, update: str) -> None:
    assert found(meet({"G": update, "H": "Completed", "F": date(2027, 2, 1)})) in (
        [],
        [("H4", "status-contradicts-text")],
    )


def test_what_was_asked_not_to_be_done_is_no_denial(meet: Meet) -> None:
    row: Row = {"D": "That the fee is not raised.", "H": "Completed", "F": date(2027, 2, 1)}
    assert found(meet({**row, "G": "The fee was not raised."})) == []
    row |= {"D": "That the Board is asked to approve the fee and open the lock."}
    assert found(meet({**row, "G": "The Board did not approve it."})) == []
    assert found(meet({**row, "G": "The Board has not opened the lock."})) == []
    assert found(meet({**row, "G": "The Board was not asked."})) == [("H4", "denied-completion")]


@pytest.mark.parametrize(
    ("asked", "update"),
    [
        ("That the Police are asked to attend.", "The Police were unable to attend."),
        ("That officers investigate closing the lock.", "The lock will not be closed."),
        ("That officers consider moving the lock.", "We are unable to move the lock."),
        ("That the Director says whether the ferry will continue.", "The ferry will not continue."),
        ("That the Director reports on the broken lamps.", "The lamps will not be replaced."),
        ("That members are notified of closures.", "Members will be notified by post in future."),
        ("That the lamp is looked for.", "The lamp is not there."),
        ("That the lock is watched.", "The lock is no longer in progress."),
        ("Report on complaints received.", "No complaints have been received."),
        ("Confirm when the road will be resurfaced.", "The road will be resurfaced in March 2027."),
        ("Give members the number of letters sent.", "No letters have been sent."),
        ("Clarify if letters will be sent to residents.", "Letters will be sent in March."),
        ("Give assurance that the pool will be reopened.", "The pool will be reopened in April."),
        (
            "Respond to the petition to resurface Mill Lane.",
            "Mill Lane will be resurfaced in May 2027.",
        ),
        ("Look into claims that bins were missed.", "No bins have been missed."),
        ("Find out how many letters were sent.", "No letters have been sent."),
        ("Confirm when the road will be resurfaced.", "The road is to be resurfaced in March."),
    ],
)
def test_an_answer_to_what_was_asked_is_no_denial(meet: Meet, asked: str, update: str) -> None:
    row: Row = {"D": asked, "G": update, "H": "Completed", "F": date(2027, 2, 1)}
    assert found(meet(row)) == []


@pytest.mark.parametrize(
    ("asked", "update"),
    [
        ("That the Police are asked to attend.", "We were unable to ask them."),
        ("That officers investigate closing the lock.", "The lock has not been investigated."),
        ("That the lamps are lit and the Board is asked to pay.", "The lamps were not lit."),
        ("That members are notified of closures.", "Members will be notified in the near future."),
        ("That the plan is published.", "The plan will be published by May."),
    ],
)
def test_what_was_asked_for_and_not_done_is_denied(meet: Meet, asked: str, update: str) -> None:
    row: Row = {"D": asked, "G": update, "H": "Completed", "F": date(2027, 2, 1)}
    assert found(meet(row)) == [("H4", "denied-completion")]


def test_a_denial_with_a_reason_is_looked_at(meet: Meet) -> None:
    update = "They have not been sent because the printer is dry."
    made = meet({"G": update, "H": "Completed", "F": date(2027, 2, 1)})
    assert found(made) == [("H4", "status-contradicts-text")]
    assert "'They have not been sent'" in made.findings[0].message


@pytest.mark.parametrize(
    "day", ["Spring 2027", "2027", "Winter 2026/2028", "03/2027", "Budget 2026-2028"]
)
def test_a_year_that_may_be_before_the_meeting_is_not_after_it(meet: Meet, day: str) -> None:
    assert found(meet({"B": day})) == []


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
        "Mostly complete",
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
    rows: list[Row] = [
        {"D": f"That table {word} is sent each month.", "H": "Completed"} for word in "abcde"
    ]
    assert [cell for cell, _ in found(meet(*rows[:3]))] == ["H4", "H5", "H6"]
    (one,) = gathered(meet(*rows).findings)
    assert one.places == "Actions!H4, H5, H6, H7, H8"
    assert one.what.startswith("5 times (T4, T5, T6, T7, T8): The action asks for something")
    assert found(meet({"H": "Completed"})) == [], "to be early is no fault"


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


@pytest.mark.parametrize(
    ("update", "check"),
    [
        ("That the tables are sent.", "missing-update"),
        ("THE TIDES", ""),
        ("tides", "missing-update"),
        ("RH", "missing-update"),
        ("Ruth Hale, 3 May 2027", "missing-update"),
        ("Ruth Hale and Jo Bell", ""),
        ("That the tables are sent. They were.", ""),
        ("A report was done.", ""),
    ],
)
def test_an_update_that_repeats_its_row_is_none(meet: Meet, update: str, check: str) -> None:
    made = meet({"G": update})
    assert [one for _, one in found(made)] == ([check] if check else [])
    closed = meet({"G": update, "H": "Completed", "F": date(2027, 2, 1)})
    is_none = check == "missing-update"
    assert [one for _, one in found(closed)] == (["completed-without-update"] if is_none else [])


@pytest.mark.parametrize("action", ["-", "…", "???"])
def test_signs_alone_ask_for_nothing(meet: Meet, action: str) -> None:
    assert ("D4", "missing-action") in found(meet({"D": action}))


@pytest.mark.parametrize(
    ("rows", "offered"),
    [
        ([{"A": "HP/52"}], "HP/52 in A4"),
        ([{"A": "HP/529"}], ""),
        ([{"A": "HP/51 QUAY"}], ""),
        ([{"A": "HP/52", "C": "Locks"}], ""),
        ([{"A": "HP/53"}, {"A": "HP51", "D": "That they are bound."}], "HP51 in A5"),
        ([{"A": "HP51", "D": "That they are bound."}, {"A": "HP/53"}], "HP51 in A4"),
        ([{"A": None, "D": "That they are bound."}], ""),
    ],
)
def test_the_new_row_whose_reference_is_most_like_the_one_that_is_gone_is_offered(
    meet: Meet, rows: list[Row], offered: str
) -> None:
    last = records(meet({"A": "HP/51", "D": LAMPS}))
    made = meet(*rows, last=last)
    (finding,) = (f for f in made.findings if f.check == "vanished-action")
    ask = f"Is it {offered}? " if offered else ""
    assert finding.remedy == f"{ask}Put it back, with a status that says how it ended."


@pytest.mark.parametrize(
    ("gone", "named"),
    [
        ({"A": "T9"}, "T9"),
        ({"A": None}, "'That the lock is dug.'"),
        ({"A": None, "D": None}, "'Locks'"),
    ],
)
def test_one_that_is_gone_is_named(meet: Meet, gone: Row, named: str) -> None:
    lock: Row = {"C": "Locks", "D": "That the lock is dug.", "E": None}
    last = records(meet({}, lock | gone, meeting="24 January 2027"))
    (finding,) = (f for f in meet({}, last=last).findings if f.check == "vanished-action")
    assert finding.message == (
        f"{named} was open in the paper of 24 January 2027 and is not in the workbook."
    )


@pytest.mark.parametrize(
    ("before", "now", "went_back"),
    [
        ("In progress", "Not started", True), ("On hold", "Not started", True),
        ("Recommended for closure", "In progress", True), ("Recommended for closure", "On hold", True),
        ("In progress", "On hold", False), ("On hold", "In progress", False), ("Not started", "On hold", False),
        ("In progress", "Recommended for closure", False), ("In progress", "Completed", False),
        ("In progress", "Wibble", False), ("Wibble", "Not started", False),
    ],
)  # fmt: skip
def test_which_status_went_back(meet: Meet, before: str, now: str, *, went_back: bool) -> None:
    last = records(meet({"H": before}, meeting="24 January 2027"))
    said = [
        f.message for f in meet({"H": now}, last=last).findings if f.check == "status-went-back"
    ]
    what = f"The status was '{before}' on 24 January 2027, and has gone back."
    assert said == [what] * went_back


def test_one_that_the_last_paper_had_too_is_not_offered_for_the_one_that_is_gone(
    meet: Meet,
) -> None:
    last = records(meet({"A": "HP/5"}, {"A": "HP/6"}))
    made = meet({"A": "HP/6"}, last=last)
    (finding,) = (f for f in made.findings if f.check == "vanished-action")
    assert finding.remedy == "Put it back, with a status that says how it ended."


def test_a_status_that_went_back(meet: Meet) -> None:
    last = records(meet({}))
    why = {"G": "None was sent, because the printer failed.", "H": "Not started"}
    assert found(meet(why, last=last)) == []
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
    assert "moved twice" in made.findings[0].message
    why = "Most were sent; the rest wait until the printer is repaired."
    assert found(meet({"F": date(2027, 11, 1), "G": why}, last=second)) == []
    third = records(meet({"F": date(2027, 11, 1), "G": why}, last=second))
    again = found(meet({"F": date(2027, 12, 1), "G": why}, last=third))
    assert ("F4", "extended-again") in again, "an old reason is none"


def test_a_closed_action_is_shown_once_and_kept_for_ever(meet: Meet) -> None:
    done: Row = {"G": "All were sent.", "H": "Completed", "F": date(2027, 3, 1)}
    first = records(meet({}))
    second = records(meet(done, {"A": "T5"}, last=first, meeting="28 April 2027"))
    assert [(a.reference, a.change) for a in second.actions] == [("T4", "closed"), ("T5", "new")]
    again = meet(done, {"A": "T5", "G": "More were sent."}, last=second, meeting="28 May 2027")
    third = records(again)
    assert [a.reference for a in third.actions] == ["T5"]
    assert [(one.action.reference, one.meeting) for one in third.closed] == [("T4", "2027-04-28")]
    (finding,) = (f for f in again.findings if f.check == "already-reported")
    assert str(finding).startswith(
        "Actions!G4: note: T4 was reported as closed before, and was left"
    )
    fourth = records(meet({"A": "T5", "G": "Nearly all."}, last=third, meeting="28 June 2027"))
    assert [one.action.reference for one in fourth.closed] == ["T4"], "gone from the workbook too"


def test_a_closed_action_that_is_open_again_is_said(meet: Meet) -> None:
    done: Row = {"G": "All were sent.", "H": "Completed", "F": date(2027, 3, 1)}
    last = records(meet(done))
    made = meet({"G": "Some are in store."}, last=last)
    assert ("H4", "closed-reappears") in found(made)
    said = meet({"G": "Reopened at the request of the Chair: ten berths were new."}, last=last)
    assert found(said) == []
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


LAMPS = "That the north quay lamps are mended."
READING = history.Reading(behind_status=lambda _: "", adds_nothing=lambda *_: False)


@pytest.mark.parametrize(
    "now",
    [
        {"A": None, "D": "That the north quay lifts are tested."},
        {"A": None, "D": f"{LAMPS.rstrip('.')} and that new ones are put on every pier."},
        {"A": None, "C": "Locks", "D": LAMPS},
    ],
)
def test_another_action_does_not_pass_for_the_one_that_is_gone(meet: Meet, now: Row) -> None:
    last = records(meet({"A": None, "D": LAMPS}))
    made = meet(now, last=last)
    assert [a.change for a in made.stated] == ["new"]
    assert found(made) == [("A3", "vanished-action")]


def test_a_closed_action_that_is_open_again_is_known_without_its_reference(meet: Meet) -> None:
    done: Row = {"G": "All were sent.", "H": "Completed", "F": date(2027, 3, 1)}
    now: Row = {"A": None, "D": str(GOOD["D"]).upper(), "G": "Some came back."}
    made = meet(now, last=records(meet(done)))
    assert [a.change for a in made.stated] == ["reopened"]


def test_a_new_action_does_not_take_the_place_of_another(meet: Meet) -> None:
    last = records(meet({"A": "T1"}, {"A": "T2", "C": "Locks", "D": "That the lock is dug."}))
    made = meet({"A": "T1"}, {"A": "T3", "C": "Piers", "D": "That the pier is lit."}, last=last)
    assert [a.change for a in made.stated] == ["same", "new"]
    assert ("A3", "vanished-action") in found(made)


def test_one_of_two_like_actions_that_is_gone_has_vanished(meet: Meet) -> None:
    other = {"A": None, "D": LAMPS.replace("lamps are", "lamp is")}
    last = records(meet({"A": None, "D": LAMPS}, other))
    made = meet({"A": None, "D": LAMPS, "G": "Half are."}, last=last)
    assert ("A3", "vanished-action") in found(made)


def test_an_action_is_known_by_its_words_whatever_their_capitals(meet: Meet) -> None:
    last = records(meet({"A": None}))
    made = meet({"A": None, "D": str(GOOD["D"]).upper(), "G": "More were sent."}, last=last)
    assert [a.change for a in made.stated] == ["updated"]


@pytest.mark.parametrize(
    ("row", "change"),
    [
        ({}, "same"),
        ({"B": date(2027, 1, 3)}, "same"),
        ({"G": "HALF of them were sent"}, "same"),
        ({"C": "Tide"}, "updated"),
        ({"D": "That all tables are sent."}, "updated"),
        ({"E": "Jo Bell"}, "updated"),
        ({"F": date(2027, 9, 2)}, "updated"),
        ({"G": "Most of them were sent."}, "updated"),
        ({"H": "On hold"}, "updated"),
        ({"H": "Completed"}, "closed"),
    ],
)
def test_what_has_become_of_an_action(meet: Meet, row: Row, change: str) -> None:
    last = records(meet({}))
    assert [a.change for a in meet(row, last=last).stated] == [change]


@pytest.mark.parametrize(
    ("before", "now", "change", "is_reported"),
    [
        ("in progress", "completed", "closed", False),
        ("completed", "completed", "closed", True),
        ("completed", "transferred", "closed", True),
        ("completed", "on hold", "reopened", False),
        ("on hold", "on hold", "same", False),
        ("", "on hold", "new", False),
        ("", "completed", "new", False),
    ],
)
def test_an_action_is_reported_as_closed_once(
    meet: Meet, before: str, now: str, change: str, *, is_reported: bool
) -> None:
    (action,) = meet({}).stated
    old = replace(action, status=before) if before else None
    pair = history.pair(replace(action, status=now), old, READING)
    assert (pair.change, pair.is_reported) == (change, is_reported)


@pytest.mark.parametrize(
    ("before", "now", "is_extended"),
    [
        ("2027-03-01", "2027-04-01", True),
        ("2027-03-01", "2027-03-01", False),
        ("2027-03-01", "2027-02-01", False),
        ("2027/28", "2028/29", False),
        ("early 2027", "later 2027", False),
        ("2027-03-01", "later 2027", False),
        ("", "2027-03-01", False),
    ],
)
def test_a_due_date_is_moved_from_a_day_to_a_later_one(
    meet: Meet, before: str, now: str, *, is_extended: bool
) -> None:
    (action,) = meet({}).stated
    old, new = (replace(action, due=due) for due in (before, now))
    pair = history.pair(new, replace(old, extended=1), READING)
    assert pair.marked.extended == 1 + is_extended
    assert history.pair(new, None, READING).marked.extended == 0


def test_only_the_closed_action_that_is_open_again_is_listed_as_such(meet: Meet) -> None:
    done: Row = {"G": "All were sent.", "H": "Completed", "F": date(2027, 3, 1)}
    first = records(meet(done, {**done, "D": "That the locks are dug."}, meeting="28 March 2027"))
    second = records(meet({"G": "Some came back."}, last=first, meeting="28 April 2027"))
    again = meet({"G": "More came back."}, last=second, meeting="28 May 2027")
    third = records(again)
    for made in (second, third):
        assert [(one.action.reference, one.meeting, one.reopened) for one in made.closed] == [
            ("T4", "2027-03-28", "2027-04-28"), ("T5", "2027-03-28", ""),
        ]  # fmt: skip
    assert [(a.reference, a.change) for a in third.actions] == [("T4", "updated")]
    assert "vanished-action" not in {check for _, check in found(again)}
