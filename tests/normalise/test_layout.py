"""Trackers as other councils keep them, read from their headings alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelWorkbook

from pipeline import line
from pipeline.check.checked import Checked
from pipeline.model.errors import PipelineError
from pipeline.published.records import ActionRecord
from tests import typed
from tests.conftest import Read


@dataclass(frozen=True)
class Layout:
    """A tracker typed with bars between its cells, and what its first and last action must say."""

    sheet: str
    actions: int
    first: dict[str, object]
    last: dict[str, object]
    findings: tuple[str, ...] = ()


LAYOUTS = {
    "nine columns, a key below, initials as owners": Layout(
        """
        Saltmarsh Scrutiny Board
        Recommendations Monitoring – 4 February 2027
        Reference | Origin | Date | Area | Recommendation | Exec Date | Lead Officer/EM | Action taken | Status
        SR (26/27) 01 | Task group | 14/10/26 | Libraries | That opening hours are reviewed. | 3/11/26 | RC/Cllr Hale | A survey closed in January. | Ongoing
        SR (26/27) 02 | Task group | 14/10/26 | Libraries | That the mobile library calls at Eastquay. | 3/11/26 | IS | It has called since December. | Complete
        SR (26/27) 03 | Petition | 18/11/26 | Harbour | That the slipway is lit. | | BP | The contract is with Legal. | Paused

        Key
        Green | achieved
        """,
        3,
        {"reference": "SR (26/27) 01", "date": "2026-10-14", "title": "Libraries",
         "action": "That opening hours are reviewed.", "officers": ["RC", "Cllr Hale"],
         "update": "A survey closed in January.", "status": "in progress", "raw_status": "Ongoing"},
        {"reference": "SR (26/27) 03", "date": "2026-11-18", "title": "Harbour", "status": "on hold"},
        ("unpublished-column", "unpublished-column"),
    ),
    "a rolling log without statuses": Layout(
        """
        Harbour and Coast Committee
        Rolling Actions Log – 4 February 2027
        No | Date | Report Title | Action | Action Owner | Expected completion date | Actual completion date | Comments
        1 | 04.10.26 | Dredging | To circulate the survey of the berths. | Ruth Calloway, Head of Works, 01632 960101 | Ongoing | | Update 9 January 2027: the survey is with the printer.
        2 | 7 June 2026 | Moorings | To report on the waiting list. | Imran Sadiq | September 2026 | 12/09/26 | Recommended for closure. A briefing was sent.
        """,
        2,
        {"reference": "1", "date": "2026-10-04", "title": "Dredging", "action": "To circulate the survey of the berths.",
         "due": "Ongoing", "completed": "", "status": "unknown",
         "update": "Update 9 January 2027: the survey is with the printer."},
        {"reference": "2", "date": "2026-06-07", "due": "September 2026", "completed": "2026-09-12", "status": "completed"},
        ("missing-column",),
    ),
    "an unnamed first column, and a committee column": Layout(
        """
        Recommendations Tracker – 4 February 2027
         | Select Committee | Meeting Date | Recommendation Made | Recommendation made to: | Action taken or Planned to Date | Outcome
        R12 | Harbour Select Committee | 14/10/26 | That the ferry timetable is published. | Cabinet Member | It was published in November. | Actioned
        R13 | Harbour Select Committee | 14/10/26 | That a second ferry is hired. | Cabinet | Prices are awaited. | Dependant upon budget
        """,
        2,
        {"reference": "R12", "date": "2026-10-14", "action": "That the ferry timetable is published.",
         "officers": ["Cabinet Member"], "update": "It was published in November.", "status": "completed"},
        {"reference": "R13", "status": "on hold", "raw_status": "Dependant upon budget"},
        ("guessed-heading",),
    ),
    "motions, with a month to report back": Layout(
        """
        Council
        Motions – 4 February 2027
        Date received | Motion title | Submitted by | Council meeting date | Committee referred to | Outcome of committee | Month to be reported back | Other action
        1/9/26 | Sea bathing | Cllr Hale | 14/9/26 | Harbour | That the water is tested weekly. | March 2027 | Absorbed into policy in December.
        """,
        1,
        {"date": "2026-09-01", "title": "Sea bathing", "action": "That the water is tested weekly.",
         "due": "March 2027", "update": "Absorbed into policy in December."},
        {"title": "Sea bathing"},
        ("missing-column", "unpublished-column", "unpublished-column", "unpublished-column"),
    ),
    "items by number, no action and no status": Layout(
        """
        Outstanding Items – 4 February 2027
        Item | Committee | Subject | Date tabled | Division | Return date | Comments
        CR26-64 | Finance Committee | Harbour dues | 3 June 2026 | Treasury | Q2 2027 | A report is being drafted.
        MN26-5 | Finance Committee | Grants register | 8 July 2026 | Treasury | 31/03/2027 | The register is in use.
        """,
        2,
        {"reference": "CR26-64", "title": "Harbour dues", "date": "2026-06-03", "officers": ["Treasury"], "action": "",
         "due": "Q2 2027", "update": "A report is being drafted."},
        {"reference": "MN26-5", "due": "2027-03-31"},
        ("missing-column", "missing-column"),
    ),
    "headings with asterisks, several assignees": Layout(
        """
        Works Committee
        Action Sheet – 4 February 2027
        Item Number & Title* | Action Status* | Action Required* | Action Taken | Assignments
        7.2 Boat ramp | In progress | Seek quotes for the ramp. | 12 Dec 2026 – R Hale: two quotes are in. | R Hale; I Sadiq
        """,
        1,
        {"title": "7.2 Boat ramp", "action": "Seek quotes for the ramp.", "officers": ["R Hale", "I Sadiq"],
         "raw_status": "In progress", "update": "12 Dec 2026 – R Hale: two quotes are in."},
        {"date": ""},
        ("missing-item-column",),
    ),
    "two languages": Layout(
        """
        Pwyllgor Craffu Môr Tawel
        Monitro – 4 February 2027
        Cyf./Ref | Dyddiad/Date | Argymhelliad/Recommendation | Swyddog/Officer | Diweddariad/Update | Statws/Status
        1 | 14/10/26 | Bod y cei yn cael ei oleuo. | Siân Pŵel | Gosodwyd y goleuadau ym mis Tachwedd. | Cwblhawyd
        2 | 14/10/26 | That the Welsh signs are mended. | Siân Pŵel | Two of five are done. | Ar y gweill
        """,
        2,
        {"reference": "1", "date": "2026-10-14", "action": "Bod y cei yn cael ei oleuo.", "officers": ["Siân Pŵel"],
         "status": "completed", "raw_status": "Cwblhawyd"},
        {"status": "in progress"},
        (),
    ),
    "headings that nobody listed": Layout(
        """
        Quay Users Panel
        Monitoring – 4 February 2027
        Date | Topic discussed | Recommended action | Work carried out to date | Current status of action
        14/10/26 | Berths | That two berths are dredged. | They were dredged. | Done
        """,
        1,
        {"title": "Berths", "action": "That two berths are dredged.", "update": "They were dredged.",
         "status": "completed"},
        {},
        ("guessed-heading",) * 4,
    ),
}  # fmt: skip


def checked(tmp_path: Path, sheet: str) -> list[Checked]:
    """What a tracker typed with bars gives, through a workbook."""
    book = ExcelWorkbook()
    assert book.active is not None
    for number, row in enumerate(sheet.strip("\n").split("\n"), 1):
        for column, words in enumerate(row.removeprefix("        ").split("|"), 1):
            if words.strip():
                book.active.cell(number, column, words.strip().replace("\\n", "\n"))
    book.save(tmp_path / "tracker.xlsx")
    return list(line.checked(tmp_path / "tracker.xlsx", line.council("wexmouth")))


def told(record: ActionRecord, fields: dict[str, object]) -> dict[str, object]:
    return {name: getattr(record, name) for name in fields}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_gives_its_records(tmp_path: Path, name: str) -> None:
    layout = LAYOUTS[name]
    (made,) = checked(tmp_path, layout.sheet)
    records = line.records_of(made, line.council("wexmouth")).actions
    assert len(records) == layout.actions
    assert told(records[0], layout.first) == layout.first
    assert told(records[-1], layout.last) == layout.last
    of_layout = [
        f.check for f in made.findings if f.check.split("-")[-1] in ("column", "heading", "text")
    ]
    assert tuple(sorted(of_layout)) == layout.findings


def test_a_guess_says_how_it_was_made(tmp_path: Path) -> None:
    (made,) = checked(tmp_path, LAYOUTS["headings that nobody listed"].sheet)
    said = [finding.message for finding in made.findings if finding.check == "guessed-heading"]
    assert said[2].startswith("'Work carried out to date' was read as Action taken (")


def test_the_councils_own_tracker_must_have_its_columns(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="there is no 'Progress status' column"):
        checked(
            tmp_path,
            "Quay Panel\nMonitoring – 4 February 2027\nDate | Title | Action proposed | Action taken\n1/2/26 | a | b | c",
        )


def test_another_councils_tracker_with_few_of_our_headings_is_read(tmp_path: Path) -> None:
    (made,) = checked(
        tmp_path,
        """
        Quay Panel
        Monitoring – 4 February 2027
        Ref | Title | Action proposed | Owner | Latest update
        1 | Berths | Dredge two berths. | Jo | They were dredged.
        """,
    )
    assert [record.update for record in made.stated] == ["They were dredged."]
    assert "missing-column" in {finding.check for finding in made.findings}


def test_a_committee_column_gives_a_paper_each(tmp_path: Path) -> None:
    made = checked(
        tmp_path,
        """
        Monitoring – 4 February 2027
        Committee | Reference | Date | Title | Action | Update | Status
        Quay Panel | Q1 | 1/10/26 | Berths | Dredge two berths. | They were dredged. | Done
         | Q2 | | | Light the slipway. | It was lit. | Done
        Tide Board | T1 | 2/10/26 | Tables | Print the tables. | They were printed. | Done
        Quay Panel | Q3 | 3/10/26 | Ferry | Hire a second ferry. | Prices are awaited. | Open
        """,
    )
    assert [(one.tracker.committee, [f"{a.cells['reference'].cell}/{a.item}" for a in one.tracker.actions]) for one in made] == [
        ("Quay Panel", ["B3/1", "B4/1", "B6/2"]),
        ("Tide Board", ["B5/1"]),
    ]  # fmt: skip


def test_one_committee_by_several_names_is_said(tmp_path: Path) -> None:
    names = [
        "Quays Committee",
        "Quays",
        "Quays & Tides",
        "Tides Committee",
        "Tides Comittee",
        "Tides Policy Committee",
    ]
    rows = "\n".join(
        f"{name} | {n} | Mend {n}. | It was mended. | Done" for n, name in enumerate(names)
    )
    sheet = f"Log – 4 February 2027\nCommittee | Ref | Action | Update | Status\n{rows}"
    findings = [one for made in checked(tmp_path, sheet) for one in made.findings]
    assert [one.message for one in findings if one.check == "like-committees"] == [
        "'Quays' and 'Quays Committee' (A3) make a paper each.",
        "'Quays & Tides' and 'Quays Committee' (A3) make a paper each.",
        "'Quays & Tides' and 'Quays' (A4) make a paper each.",
        "'Tides Committee' and 'Quays & Tides' (A5) make a paper each.",
        "'Tides Comittee' and 'Tides Committee' (A6) make a paper each.",
    ]


@pytest.mark.parametrize(
    ("name", "is_said"),
    [
        ("Quay Panel; Tide Board", True), ("Tide Board and Quay Panel", True), ("Sea and Tide Board", False),
        ("Sea and Tide Boards", True), ("Quay Panel\\nTide Board", True), ("Quay and Tide\\nBoard", False),
    ],
)  # fmt: skip
def test_a_cell_that_names_two_committees_is_said(tmp_path: Path, name: str, is_said: bool) -> None:
    rows = "\n".join(
        f"{one} | {n} | Mend {n}. | It was mended. | Done"
        for n, one in enumerate(["Quay Panel", "Tide Board", name])
    )
    sheet = f"Log – 4 February 2027\nCommittee | Ref | Action | Update | Status\n{rows}"
    findings = [one for made in checked(tmp_path, sheet) for one in made.findings]
    said = {one.place.cell for one in findings if one.check == "several-committees"}
    assert said == ({"A5"} if is_said else set())


@pytest.mark.parametrize(
    ("names", "cells"),
    [
        (["Quay Panel", "Tide Board", "", "Quay Panel"], {"A5"}), (["", "Quay Panel", "Tide Board"], {"A3"}),
        (["Quay Panel", "", "Tide Board", ""], set()), (["", "", ""], set()),
        (["Quay Panel", "Quay Panel", "Tide Board"], set()),
    ],
)  # fmt: skip
def test_an_item_without_a_committee_beside_others_is_said(
    tmp_path: Path, names: list[str], cells: set[str]
) -> None:
    rows = "\n".join(
        f"{one} | {n} | Item {n} | Mend {n}. | It was mended. | Done" for n, one in enumerate(names)
    )
    head = "Committee | Ref | Title | Action | Update | Status"
    sheet = f"Quay Council\nLog – 4 February 2027\n{head}\n{rows}"
    findings = [one for made in checked(tmp_path, sheet) for one in made.findings]
    said = {one.place: one for one in findings if one.check == "missing-committee"}
    assert {f"A{place.row - 1}" for place in said} == cells
    for one in said.values():
        assert re.fullmatch(
            "The item names no committee, and is in the paper of '(?:Quay Panel|Tide Board|Quay Council)'.",
            one.message,
        )
        assert one.remedy == "Write the committee."


def test_a_committee_whose_actions_were_all_reported_names_no_others(tmp_path: Path) -> None:
    rows = "Quay Panel | 1 | Mend it. | {} | Open\nTide Board | 2 | Dig it. | It was dug. | Done"
    sheet = "Log – {} 2027\nCommittee | Ref | Action | Update | Status\n" + rows
    out = tmp_path / "out"
    for meeting, today, update, command, ends in (
        ("4 February", "2/1/2027", "The beam came.", ["build", "--final", "--to", "json"], 0),
        ("4 March", "10/2/2027", "The bolts came.", ["check"], 1),
    ):
        typed.write(sheet.format(meeting, update), tmp_path / "log.xlsx")
        book = str(tmp_path / "log.xlsx")
        said = typed.papers(
            *command, book, "--style", "wexmouth", "--today", today, "--output", str(out)
        )
        assert said.exit_code == ends, said.output
    assert "[already-reported]" in said.output
    assert "several-committees" not in said.output


def test_headings_of_two_rows_are_read_as_one(tmp_path: Path) -> None:
    book = ExcelWorkbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"] = "Quay Panel", "Monitoring – 4 February 2027"
    for cell, words in {"A4": "Date", "B4": "Title", "C4": "Action", "E4": "Progress status", "C5": "proposed",
                        "D5": "taken", "A6": "1/10/26", "B6": "Berths", "C6": "Dredge two berths.",
                        "D6": "They were dredged.", "E6": "Completed"}.items():  # fmt: skip
        sheet[cell] = words
    for merged in ("A4:A5", "B4:B5", "C4:D4", "E4:E5"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "two.xlsx")
    (made,) = line.checked(tmp_path / "two.xlsx", line.council("wexmouth"))
    (record,) = line.records_of(made, line.council("wexmouth")).actions
    assert (record.action, record.update, record.status) == (
        "Dredge two berths.", "They were dredged.", "completed",
    )  # fmt: skip
    assert made.findings == []


WELSH = "Dyddiad | Eitem ddydd | Cam gweithredu | Diweddariad | Statws"
ENGLISH = "Date | Item | Action | Update | Status"


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (WELSH, ENGLISH),
        (ENGLISH, WELSH),
        (ENGLISH.replace("Update", "Position"), WELSH.replace("Eitem ddydd", "Pwnc")),
    ],
)
def test_headings_said_again_in_the_row_below_head_one_table(
    upper: str, lower: str, read: Read
) -> None:
    tracker = read(lower, "1/2/27 | Tides | Send it. | It was sent. | Open", headings=upper)
    assert list(tracker.layout.columns) == ["date", "title", "action", "update", "status"]
    assert (tracker.layout.first_row, [a.cells["update"].cell for a in tracker.actions]) == (
        3,
        ["D5"],
    )
    assert tracker.stray == ()


def test_what_one_of_two_heading_rows_calls_private_is_never_published(read: Read) -> None:
    tracker = read(
        f"{ENGLISH} | Comments",
        "1/2/27 | Tides | Send it. | It was sent. | Open | In breach.",
        headings=f"{WELSH} | Sylwadau mewnol",
    )
    assert tracker.layout.unknown == {6: "Sylwadau mewnol Comments"}
