"""Headings read: by name, by their words, or not at all; and what gives way to what."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from openpyxl import Workbook as ExcelWorkbook

from pipeline.check import run
from pipeline.check.seen import Context
from pipeline.council.columns import Columns
from pipeline.council.rules import Rules
from pipeline.model.action import plain
from pipeline.model.errors import PipelineError
from pipeline.normalise.tracker import Tracker
from tests.conftest import TITLES, Read

Found = Callable[[Tracker], list[tuple[str, str]]]

# Headings, cells under them, and the column of each field; a guess has a question mark.
ROWS = {
    "Ref | Title | Action | Owner | Update | Status + 1 | Tides | Sent. | Jo | Done so. | Open":
        "reference A, title B, action C, officers D, update E, status F",
    "1. Ref | 2. Title | 3. Action(s) | 4. Officer(s) | 5. Update | 6. Status (RAG) + 1 | T | S. | Jo | D. | Open":
        "reference A, title B, action C, officers D, update E, status F",
    "Meeting date (dd/mm/yyyy) | Item | Ask | By whom | By when | Progress + 1/2/27 | T | S. | Jo | 1/3/27 | D.":
        "date A, title B, action C, officers D, due E, update F",
    "Item | Subject | Action | Update | Status + 7 | Tides | Sent. | Done so. | Open":
        "reference A, title B, action C, update D, status E",
    "Item | Action | Lead | Update | Status + Tides | Sent. | Jo | Done so. | Open":
        "title A, action B, officers C, update D, status E",
    "Ref | Title | Action | Original target date | Revised target date | Update + 1 | T | S. | 1/3/27 | 1/4/27 | D.":
        "reference A, title B, action C, original_due D, due E, update F",
    "Ref | Title | Action | Update (Oct 26) | Update (Jan 27) | Status + 1 | T | S. | Old. | New. | Open":
        "reference A, title B, action C, update E, status F",
    "Ref | Title | Action | Update | Comments | Status | RAG + 1 | T | S. | D. | Late. | Open | Amber":
        "reference A, title B, action C, update D, status F",
    "Ref | Title | Decision | Action required | Update | Outcome | Status + 1 | T | Y. | S. | D. | O. | Open":
        "reference A, title B, action D, update E, status G",
    "Ref | Raised by | Title | Action | Update | Last updated + 1 | A. Hale | T | S. | D. | 1/2/27":
        "reference A, title C, action D, update E",
    "Ref | Committee date | Title | Action | Update | Status + 1 | 1/2/27 | T | S. | D. | Open":
        "reference A, date B, title C, action D, update E, status F",
    "Ref | Title | Action | Owner / Deadline | Update | Status + 1 | T | S. | Jo | D. | Open":
        "reference A, title B, action C, officers D?, update E, status F",
    "Date | Matter in hand | Recommended steps | Work carried out to date + 1/2/27 | T | S. | D.":
        "date A, title B?, action C?, update D?",
    "Action | Meeting | Description | Update + Action 1 | 1/2/27 | Send. | Sent. + Action 2 | 1/2/27 | Dig. | D.":
        "reference A?, date B, action C, update D",
    "Action | Title | Owner | Update + Send 3 maps. | Tides | Jo | Sent. + Print 4 charts. | Tides | Jo | D.":
        "action A, title B, officers C, update D",
    "Ref | Description | Owner | Update + 1 | Send. | Jo | Sent.": "reference A, action B, officers C, update D",
    "Date | Minute | Action | Update + 1/2/27 | The tables were asked for. | Send. | Sent.":
        "date A, title B?, action C, update D",
    "Date | Minute | Action | Update + 1/2/27 | Minute 14 of HSP | Send. | Sent.":
        "date A, reference B, action C, update D",
    "Ref | Title | Action | Update | Completed + 1 | Tides | Send. | Sent. | Y + 2 | Locks | Dig. | D. | N":
        "reference A, title B, action C, update D, status E",
    "Ref | Title | Action | Update | Complete + 1 | Tides | Send. | Sent. | 1/2/27 + 2 | Locks | Dig. | D. | Ongoing":
        "reference A, title B, action C, update D, completed E",
    "Ref | Title | Action | Update | Status | Completed + 1 | Tides | Send. | Sent. | Done | 1/2/27":
        "reference A, title B, action C, update D, status E, completed F",
    "Ref | Title | Action | Update | Status | Completed + 1 | Tides | Send. | Sent. | Done | Y":
        "reference A, title B, action C, update D, status E",
    # Names that councils use, each where its cells are what it says.
    "Resolution # | Agreed on | Action | Staff Responsible | Complete by | Update + 6 | 1/2/27 | S. | Jo | 1/3/27 | D.":
        "reference A, date B, action C, officers D, due E, update F",
    "Min | Board meeting | Action | Who | By | Update | Actioned + 7 | 1/2/27 | S. | Jo | 1/3/27 | D. | 2/3/27":
        "reference A, date B, action C, officers D, due E, update F, completed G",
    "Ref | Start date | Action | Responsible Section | Completion | Update + 1 | 1/2/27 | S. | Quays | 1/3/27 | D.":
        "reference A, date B, action C, officers D, completed E?, update F",
    "Ref | Committee meeting | Action | By | Completion | Update | Actioned + 1 | Quays | S. | Jo | 50% | D. | x":
        "reference A, action C, officers D, percent E?, update F, status G",
    "Ref | Date | Action | Where are we now? | Implemented? + 1 | 1/2/27 | S. | Half were sent. | No":
        "reference A, date B, action C, update D, status E",
    "Ref | Audit | Recommendation | Management response | Follow-up position | Status + 1 | T | S. | Ok. | D. | Open":
        "reference A, title B, action C, response D, update E, status F",
    "Ref | Title | Action | Update | Status | Finished + 1 | Tides | Send. | Sent. | Done | 1/2/27":
        "reference A, title B, action C, update D, status E, completed F",
    "Ref | Item | Action | Planned completion | Actual completion | Update + 1 | T | S. | 1/3/27 | 1/4/27 | D.":
        "reference A, title B, action C, due D, completed E, update F",
    "Ref | Action | Responsible Section | Original date | Revised date | Update + 1 | S. | Jo | 1/3/27 | 1/4/27 | D.":
        "reference A, action B, officers C, original_due D, due E, update F",
    "No | Meeting date | Asked by | Question | Response + 1 | 1/2/27 | A. Hale | When does it open? | In May.":
        "reference A, date B, action D, update E",
    "No | Question | Action | Response + 1 | When does it open? | Ask the warden. | In May.":
        "reference A, title B, action C, update D",
    "What | Who | When | What happened + Send it. | Jo | 1/3/27 | It was sent.":
        "action A, officers B, due C, update D",
    "Agenda Item # | Topic | Action | Assigned Staff | Staff Update + 7 | T | S. | Jo | D.":
        "reference A, title B, action C, officers D, update E",
    "Ref | Title | Action | Progress | Comments + 1 | T | Send. | Complete | Sent. + 2 | T | Dig. | Ongoing | Begun.":
        "reference A, title B, action C, status D, update E",
    "Ref | Action | Who | Where are we now? | Status + 1 | Send. | Jo | Sent to all. | Done":
        "reference A, action B, officers C, update D, status E",
    "Ref | Action | Progress since last meeting | Implemented? + 1 | Send. | Sent to all. | Yes":
        "reference A, action B, update C, status D",
    "Finding | Recommendation | Management response | Follow-up position | Status + L. | S. | Agreed. | M. | Done":
        "title A, action B, response C, update D, status E",
    "Ref | Title | Recommendation to Cabinet | Update | Status + 1 | T | S. | D. | Open":
        "reference A, title B, action C, update D, status E",
    "Ref | Title | Action | Recommendation to Cabinet | Update + 1 | T | S. | That it is sent. | D.":
        "reference A, title B, action C, update E",
    "Tag | Gníomh | Úinéir | Nuashonrú | Stádas + 1 | Seol. | Jo | Seolta. | Críochnaithe":
        "reference A, action B, officers C, update D, status E",
    "Ref | Action | Lead | October | November | December | Status + 1 | S. | Jo | Old. | Less old. | New. | Open":
        "reference A, action B, officers C, update F?, status G",
    "Ref | Action | Update March 2027 | Update April 2027 | Status + 1 | Send. | Old. | New. | Open":
        "reference A, action B, update D, status E",
    "No | Recommendation | Agreed | Comments | By + 1 | S. | Yes | D. | March 2028 + 2 | S. | No | D. | N/A":
        "reference A, action B, response C, update D, due E",
    # Two names with a sign between them, or words where days stand too: one column of both.
    "Ref | Action | Progress/Status + 1 | Send. | Done: sent to all. + 2 | Dig. | Open: begun today.":
        "reference A, action B, status C?",
    "Action | Who | Done + Send. | Jo | Yes, sent to all on 3 May 2026. + Dig. | Jo | It was begun this week.":
        "action A, officers B, status C",
    # Where two cells of three are shares, none of them is an update.
    "Ref | Title | Action | Progress | Comments + 1 | T | S. | 5% | H. + 2 | T | D. | 7% | M. + 3 | T | L. | Few. | F.":
        "reference A, title B, action C, update E",
    "Ref | Title | Action | Comments | Latest progress + 1 | T | Send. | Sent. | Done + 2 | T | Dig. | Begun. | Open":
        "reference A, title B, action C, update D, status E?",
    "Ref | Title | Action | Progress | Status + 1 | T | Send. | Complete | Blue + 2 | T | Dig. | Ongoing | Red":
        "reference A, title B, action C, update D, status E",
    "Cyf. | Dyddiad/Date | Argymhelliad/Request | Diweddariad/Update | Statws/Status + 1 | 1/2/27 | S. | D. | Open":
        "reference A, date B, action C, update D, status E",
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_which_field_each_heading_is(row: str, read: Read) -> None:
    headings, *lines = row.split(" + ")
    found = read(*lines, headings=headings).layout.read
    letters = {
        f"{column.field} {'ABCDEFGHIJ'[column.number - 1]}{'?' * column.is_guessed}"
        for column in found
    }
    assert letters == set(ROWS[row].split(", "))


# Names that a council may use for a field whose cells are these.
USUAL = {
    "reference": "Ref: 1", "date": "Date: 1/2/27", "title": "Title: Tides", "action": "Action: Send them.",
    "officers": "Officer: Jo", "due": "Due: 1/3/27", "update": "Update: They were sent.", "status": "Status: Open",
    "completed": "Date completed: 1/4/27",
}  # fmt: skip
NAMES = {
    "reference":
        "Reference number | Action reference number | Action ref no | Serial no | Resolution number | "
        "Council resolution no | Agenda item number | Agenda item ref | Minutes ref | Item ID | "
        "Record no | Tracking no | Tracking number | Case no | Motion ref | NOM no | Task no | Task ref | "
        "File no | File number | Report no | CR no | Issue no | Unique ID",
    "date":
        "Date of origin | Original meeting date | Panel date | Board date | Cabinet date | Council date | "
        "Date of committee meeting | Date first raised | Date entered | Date noted | Date discussed | "
        "Date reported | Date referred | Date presented | Date adopted | Date passed | Date moved | "
        "Minutes date | Date action raised | Date of action | Date set | Agenda date",
    "title":
        "Item name | Item description | Agenda item title | Agenda title | Subject matter | "
        "Subject title | Title of report | Paper title | Review title | Discussion item | Item discussed | "
        "Item of business | Matter raised | Issue raised",
    "action":
        "Agreed actions | Action description | Description of action | Action to take | "
        "Council direction | Direction to staff | Directive | Council decision | Committee decision | "
        "What needs to be done | What needs to happen | What will be done | What is to be done | "
        "What was asked | Motion text | Resolution text",
    "officers":
        "Actionee | Actionees | Owners | Officer name | Delegated to | Lead agency | Lead organisation | "
        "Responsible executive | Responsible lead | Staff lead | Staff member | Director | Manager | SRO | "
        "Who by | By who | Persons responsible | Relevant officer | Assigned department | "
        "Action assigned to | Accountable lead | Accountable person | Named lead | Lead councillor | "
        "Contact person | For action by | Task owner | Recommendation owner | Lead responsibility",
    "due":
        "Finish date | Planned finish | ETA | Est completion date | Estimated date | Estimated timeframe | "
        "Expected by | Anticipated date | Date required | Required by | Required date | "
        "Date to be completed | Date to be completed by | Response due | Date for response | Report due | "
        "Report due date | Reporting date | Report back by | Next review | Next review date | "
        "Next report | Bring forward date | Follow up date | Delivery date | Scheduled date | "
        "Forecast date | Date for action | When by | Timelines | New date | Extended date | Amended date | "
        "Completion (planned)",
    "update":
        "Actions taken | Actions taken to date | Actions to date | Action undertaken | "
        "Actions undertaken | Department response | Departmental response | Directorate response | "
        "Service response | Cabinet response | Council response | Officers' response | "
        "Response from officers | Administration response | Administration comments | Staff comments | "
        "CEO comments",
    "status":
        "Task status | Recommendation status | Live/Closed | Active/Closed",
    "completed":
        "Date action completed | Action completion date | Date finished | Date done | Resolved date | "
        "Date resolved | Date signed off | Sign off date | Date of closure | Complete date | "
        "Completion (actual)",
}  # fmt: skip


@pytest.mark.parametrize("field", NAMES)
def test_the_names_that_councils_use(field: str, read: Read) -> None:
    for heading in NAMES[field].split(" | "):
        usual = USUAL | {field: f"{heading}:{USUAL[field].partition(':')[2]}"}
        headings, cells = zip(*(said.split(":") for said in usual.values()), strict=True)
        found = read("|".join(cells), headings="|".join(headings)).layout.read
        assert {
            (column.heading, column.is_guessed) for column in found if column.field == field
        } == {(heading, False)}
        assert len(found) == len(USUAL)


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        ("Ref | Title | Action | Status | Notes", "no column says what has been done"),
        ("Ref | Title | Action | Status | Notes", "'Notes' is never published."),
        ("Date | Owner | Update | Status", "no column says what was asked for"),
        ("Ref | Title | Action | Agreed action | Update", "two columns are both 'Action proposed'"),
        ("Ref | Title | Action | Update | Update", "two columns are both 'Action taken'"),
        ("Reference | Name | Remark", "No sheet has a row of headings that we know"),
        ("Ref | Title | Action | Response officer", "no column says what has been done"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(headings: str, said: str, read: Read) -> None:
    with pytest.raises(PipelineError, match=re.escape(said)):
        read("1 | a | b | c | d", headings=headings)


def test_a_heading_of_notes_and_of_updates_is_refused_as_both(read: Read) -> None:
    with pytest.raises(PipelineError) as refusal:
        read("1 | a | b. | c.", headings="Ref | Title | Action | Notes/Status update")
    assert refusal.value.message.endswith(
        "'Notes/Status update' is never published. That heads notes as well as what has been done."
    )
    assert refusal.value.remedy == (
        "Head 'Notes/Status update' 'Action taken' if all of it may be published, else part it in two columns."
    )


@pytest.mark.parametrize(
    ("headings", "offered"),
    [
        ("Ref | Title | Action | Completed | RAG", "Is it 'Completed' (D3), which holds sentences?"),
        ("Ref | Title | Action | Wobble | Status", "Is it 'Wobble' (D3), which holds sentences?"),
    ],
)  # fmt: skip
def test_a_refusal_offers_the_column_that_says_what_was_done(
    headings: str, offered: str, read: Read
) -> None:
    with pytest.raises(PipelineError) as refusal:
        read(
            "1 | T | Send them. | Yes – all were sent on 2 October | Open",
            "2 | T | Dig. | One was dug, and the other will be. | Open",
            headings=headings,
        )
    assert refusal.value.remedy.endswith(f" {offered}")


@pytest.mark.parametrize(
    "update", ["What has been done to date.", "Update (what has been done since then)."]
)
def test_a_sentence_may_stand_among_headings(read: Read, update: str) -> None:
    row = "1 | 1/2/27 | Tides | North | Send them. | Jo | They were sent. | Completed"
    layout = read(
        row, headings=f"Ref | Date | Title | Ward | Action | Owner | {update} | Status"
    ).layout
    assert layout.columns["update"] == 7


def test_a_row_of_sentences_heads_no_table(read: Read) -> None:
    rows = (
        "1 | Publish data. | Agreed | Agreed; data will be published. | Head of QA | Jan 2027 | The draft came. | Open",
        "2 | Write it. | Agreed | Agreed; a letter will go. | Head of SEND | Nov 2026 | The letter went. | Complete",
    )
    with pytest.raises(PipelineError, match="row 3: no column says what was asked for"):
        read(
            *rows,
            headings="Rec | Wobble | Agreed? | Response | Lead officer | Timescale | Update | Status",
        )


def test_a_refusal_names_the_row_that_is_most_like_headings(read: Read) -> None:
    with pytest.raises(
        PipelineError, match="row 3 is the nearest: we know 'Ref', 'Owner', and not"
    ):
        read("1 | a | b | c", headings="Ref | Owner | Wibble | Wobble")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("In-progress", "in progress"), ("in progress", "in progress"), ("INPROGRESS", "in progress"),
        ("Ongoing (see update)", "in progress"), ("Open - overdue", "in progress"),
        ("Closed – January 2027", "completed"), ("COMPLETED / CLOSED", "completed"), ("✓", "completed"),
        ("Not complete", "unknown"), ("Completed, but not signed off", "unknown"), ("see comments", "unknown"),
        ("", "unknown"), ("?", "unknown"),
        ("Completed 12/11/2026", "completed"), ("Complete - Nov 2026", "completed"), ("Done on 3 May", "completed"),
        ("Completed (part)", "unknown"), ("Complete – awaiting sign-off", "unknown"),
        ("Closed (reopened Nov)", "unknown"), ("Complete?", "unknown"), ("Done / ongoing", "unknown"),
        ("Complete (75%)", "unknown"), ("Complete (100%)", "completed"), ("Completed 2 of 3", "unknown"),
        ("Closed – no further action", "completed"), ("Completed – reported to the May panel", "completed"),
        ("Open – not complete", "in progress"), ("Ongoing?", "in progress"),
        ("Merged with HP/1", "transferred"), ("Deferred to March", "on hold"), ("Paused until May", "on hold"),
        ("Superseded by HP/9", "no longer required"), ("Transferred to Cabinet in part", "unknown"),
        ("Completed by half", "unknown"), ("Closed to traffic", "unknown"), ("Críochnaithe", "completed"),
        ("Recommend closure", "recommended for closure"), ("On schedule", "in progress"),
    ],
)  # fmt: skip
def test_what_a_status_means(words: str, status: str, known: Columns) -> None:
    assert known.status(words) == status


@pytest.mark.parametrize(
    ("heading", "words", "status"),
    [
        ("Completed", "Y", "completed"), ("Complete?", "no", "in progress"), ("Completed (Y/N)", "TRUE", "completed"),
        ("Complete", "Yes", "completed"), ("Status", "Y", "unknown"), ("Complete", "Maybe", "unknown"),
        ("Completed", "✓", "completed"), ("Completed", "Ongoing", "in progress"),
    ],
)  # fmt: skip
def test_what_a_yes_or_a_no_means(heading: str, words: str, status: str, read: Read) -> None:
    headings = f"Ref | Title | Action | Update | {heading}"
    (action,) = read(f"1 | Tides | Send. | Sent. | {words}", headings=headings).actions
    assert action.status.canonical == status


# Rows that could be anything, and the actions and the stray cells that they give.
@pytest.mark.parametrize(
    ("rows", "actions", "stray"),
    [
        (["A1 | One | Do it. | D. | Open", "", "| | | Thanks to all officers."], ["Do it."], ["D6"]),
        (["A1 | One | Do it. | D. | Open", "| | | More of it."], ["Do it."], []),
        (["A1 | Project | Agree an action | Lead officer | Progress"], ["Agree an action"], []),
        (["Part 2 – Housing", "A1 | One | Do it. | D. | Open"], ["Do it."], ["A4"]),
        (["2026/27", "A1 | One | Do it. | D. | Open"], ["Do it."], []),
        (["| HOUSING", "A1 | One | Do it. | D. | Open"], ["Do it."], ["B4"]),
        (["(a) | (b) | (c) | (d) | (e)", "A1 | One | Do it. | D. | Open"], ["Do it."],
         ["A4", "B4", "C4", "D4", "E4"]),
        (["1 | 2 | 3 | 4 | 5", "A1 | One | Do it. | D. | Open"], ["Do it."],
         ["A4", "B4", "C4", "D4", "E4"]),
        (["Example | Example item | Ask for it. | It was sent. | Open", "A1 | One | Do it. | D. | Open"], ["Do it."],
         ["A4", "B4", "C4", "D4", "E4"]),
        (["A1 | Example | Do it. | D. | Open"], ["Do it."], []),
        (["Minutes | Agenda item | What was agreed | What was done | Choose one", "A1 | One | Do it. | D. | Open"],
         ["Do it."], ["A4", "B4", "C4", "D4", "E4"]),
        (["A1 | Agenda item | Do it. | D. | Choose one"], ["Do it."], []),
        (["Aa | Huts | Mend the roof | Tiles cut | With Jo", "", "Bb | Quay | Mend the wall | Stone cut | With Al"],
         ["Mend the roof", "Mend the wall"], []),
        (["Aa | Huts | Mend the roof | Tiles cut | With Jo", "", "Bb | Quay | Mend the wall | Stone cut | With Al",
          "Cc | Path | Cut the hedge | Saw bought | With Di"], ["Mend the roof", "Mend the wall", "Cut the hedge"], []),
        (["Key – lost | | Find it by the spring. | | Open", "A1 | One | Do it. | D. | Open"],
         ["Find it by the spring.", "Do it."], []),
        (["A1 | One | Do it. | D. | Open", "Total actions | | 1 action | | Open"], ["Do it."], ["A5", "C5", "E5"]),
        (["A1 | One | Do it. | D. | Open", "", "Key | | Open | Not yet done"], ["Do it."], []),
        (["A1 | One | | | ", "A2 | | Do it. | D. | Open"], ["", "Do it."], []),
        (["A1 | One | Do it. | D. | Open", "A1 (cont'd) | | | And more."], ["Do it."], []),
    ],
)  # fmt: skip
def test_which_rows_are_actions(
    rows: list[str], actions: list[str], stray: list[str], read: Read
) -> None:
    tracker = read(*rows, headings="Ref | Title | Action | Update | Status")
    said = ["".join(run.text for block in a.action for run in block.runs) for a in tracker.actions]  # type: ignore[union-attr]
    assert (said, [cell.place.cell for cell in tracker.stray]) == (actions, stray)


def test_an_item_typed_on_each_of_its_rows_is_one(read: Read) -> None:
    tracker = read(
        "1/2/27 | Tides | Send them. | Sent. | Open",
        "1/2/27 | Tides | Print them. | Printed. | Open",
        "| TIDES | Bind them. | Bound. | Open",
        "1/2/27 | Locks | Mend them. | Mended. | Open",
        "2/2/27 | Locks | Paint them. | Painted. | Open",
    )
    assert [action.item for action in tracker.actions] == [1, 1, 1, 2, 3]
    assert not tracker.carried


def test_a_column_in_the_american_order_has_no_doubtful_day(read: Read) -> None:
    tracker = read(
        "10/14/2026 | Tides | Send them. | Sent. | Open",
        "11/03/2026 | Locks | Mend them. | Mended. | Open",
        "03/03/2026 | Quays | Mend them. | Mended. | Open",
    )
    found = [(action.date.day is None, action.date.unreadable) for action in tracker.actions]
    assert found == [(True, True), (True, True), (False, False)]


# Headings, cells under them, and the column of each field: where several could be what was asked or done.
CHOSEN = {
    # A heading that says that it is private is nothing that is published.
    "Ref | Title | Action | Update (internal – not for publication) | Public comments + 1 | T | S. | Hm. | Sent.":
        "reference A, title B, action C, update E?",
    "Ref | Title | Action | Internal update | Public update + 1 | T | S. | In breach. | Sent.":
        "reference A, title B, action C, update E",
    "Ref | Title | Action | Progress | Comments (private) + 1 | T | S. | Sent. | In breach.":
        "reference A, title B, action C, update D",
    "Ref | Title | Action | Update | Comments\\n(Official-Sensitive) + 1 | T | S. | Sent. | In breach.":
        "reference A, title B, action C, update D",
    # A weaker name gives way to what is likelier, where that says more.
    "Ref | Title | Decision | Action to follow up | Update + 1 | T | Noted. | Send them. | Sent.":
        "reference A, title B, action D?, update E",
    "Ref | Title | Next steps | Actions agreed | Update + 1 | T | None. | Send them. | Sent.":
        "reference A, title B, action D, update E",
    "Ref | Title | Description | Recommended actions | Update + 1 | T | It was dark at night. | Light it. | Lit.":
        "reference A, title B, action D?, update E",
    "Ref | Title | Action | Comments | Progress made since the meeting + 1 | T | S. | Good. | Half are sent.":
        "reference A, title B, action C, update E?",
    "Ref | Title | Action | Comments | Progress stream + 1 | T | S. | Half are sent. | Coast":
        "reference A, title B, action C, update D",
    "Ref | Area | Agenda topic | Action | Update + 1 | North | Tide tables | Send them. | Sent.":
        "reference A, title C?, action D, update E",
    "Ref | Title | Action | Progress | Comments (if any) + 1 | T | S. | Sent. | Late.":
        "reference A, title B, action C, update D",
    # Figures and posts are no update, and a share is no time.
    "Ref | Title | Action | Progress | Comments + 1 | T | S. | 50% | Half are sent.":
        "reference A, title B, action C, percent D?, update E",
    "Ref | Title | Action | Progress (%) | Progress + 1 | T | S. | 50% | Half are sent.":
        "reference A, title B, action C, percent D, update E",
    "Ref | Description | Minute | Update + 1 | Mend the ramp. | 12.3 | Mended.":
        "reference A, action B, update D",
    "Ref | Title | Decision | Reason for decision | Update + 1 | T | Lit. | It was dark. | Done.":
        "reference A, title B, action C, update E",
    "Ref | Title | Action | Officer | Position | Latest news + 1 | T | S. | Jo | Head of Works | Sent.":
        "reference A, title B, action C, officers D, update F?",
    "Ref | Title | Action | Officer | Position + 1 | T | S. | Jo | With the printer":
        "reference A, title B, action C, officers D, update E",
    "Ref | Title | Action | Target | Timescale | Update + 1 | T | S. | 95% of boats | 1/3/27 | Sent.":
        "reference A, title B, action C, due E, update F",
    "Ref | Title | Action | Due | Review date | Update + 1 | T | S. | Autumn 2027 | 1/3/27 | Sent.":
        "reference A, title B, action C, due D, update F",
    # The newest of several updates.
    "Ref | Action | Title | Update Oct 2026 | Update February 2027 | Update Dec. 2026 + 1 | S. | T | a. | b. | c.":
        "reference A, action B, title C, update E",
    "Ref | Title | Action | Comments Jan 27 | Comments Oct 26 + 1 | T | S. | New. | Old.":
        "reference A, title B, action C, update D",
    "Ref | Title | Action | 10 Dec 2026 update | 4 Feb 2027 update + 1 | T | S. | Old. | New.":
        "reference A, title B, action C, update E",
    "Ref | Title | Action | Position at 10/12/2026 | Position at 24/12/2026 + 1 | T | S. | Old. | New.":
        "reference A, title B, action C, update E",
    "Ref | Title | Action | Q1 progress | Q2 progress + 1 | T | S. | Old. | New.":
        "reference A, title B, action C, update E",
    "Ref | Title | Action | Q1 2026/27 progress | Q4 2025/26 progress + 1 | T | S. | New. | Old.":
        "reference A, title B, action C, update D",
    "Ref | Title | Action | Progress 2025/26 | Progress 2026/27 + 1 | T | S. | Old. | New.":
        "reference A, title B, action C, update E",
    "Ref | Title | Action | Last update | This update + 1 | T | S. | Old. | New.":
        "reference A, title B, action C, update E?",
    "Ref | Title | Action | Update for meeting of 10 Dec 2026 | Update at 4 Feb 2027 meeting + 1 | T | S. | a. | b.":
        "reference A, title B, action C, update E",
    "Ref | Title | Action | First update | Second update | Third update + 1 | T | S. | a. | b. | c.":
        "reference A, title B, action C, update F",
    "Ref | Title | Action | Q4 update (2026) | Q1 update (2027) + 1 | T | S. | Old. | New.":
        "reference A, title B, action C, update E",
    "Title | Action | Update | Original due date | Revised due date 1 | Revised due date 2 + T | S. | D.":
        "title A, action B, update C, original_due D, due F",
    "Ref | Title | Action | Due | Revised completion estimate | Update + 1 | T | S. | 1/3/27 | 1/4/27 | D.":
        "reference A, title B, action C, original_due D, due E?, update F",
    "Ref | Date | Latest meeting held date | Action | Update + 1 | 1/3/27 | 1/4/27 | S. | D.":
        "reference A, date B, action D, update E",
    "Ref | Title | Action | Due | Expected completion estimate | Update + 1 | T | S. | 1/3/27 | 1/4/27 | D.":
        "reference A, title B, action C, due D, update F",
    "Ref | Recommendation | 6 month update | 12 month update + 1 | S. | Old. | New.":
        "reference A, action B, update D",
    "Ref | Recommendation | 6-month progress | 1 year progress + 1 | S. | Old. | New.":
        "reference A, action B, update D",
    "Ref | Title | Action | Old update | New update + 1 | T | S. | Old. | New.":
        "reference A, title B, action C, update E",
    "Ref | Title | Action | Update | Further update + 1 | T | S. | Old. | New.":
        "reference A, title B, action C, update E",
    "Ref | Title | Action | Progress | Comments since last meeting + 1 | T | S. | Old. | New.":
        "reference A, title B, action C, update E",
    "Ref | Title | Action | Position now | Position at last meeting + 1 | T | S. | New. | Old.":
        "reference A, title B, action C, update D",
    "Ref | Title | Action | Update | Further comments + 1 | T | S. | Sent. | Kept.":
        "reference A, title B, action C, update D",
    "Ref | Title | Action | Due | Due March | Update + 1 | T | S. | 1/4/27 | 1/3/27 | D.":
        "reference A, title B, action C, due D, update F",
    # A day in a heading makes no column one of dates.
    "Ref | Title | Action | Meeting 4 Feb 2027 | Update + 1 | T | S. | Noted. | Sent.":
        "reference A, title B, action C, update E",
    # Signs, languages on lines of their own, and a heading that explains itself at length.
    "# | Topic | Action | Progress | Status + 1 | T | S. | Sent. | Open":
        "reference A, title B, action C, update D, status E",
    "Cyfeirnod\\nReference | Dyddiad\\nDate | Gweithred\\nAction | Diweddariad\\nUpdate + 1 | 1/2/27 | S. | D.":
        "reference A, date B, action C, update D",
    "Ref | Title | Action\\nowner | Action\\nrequired | Update + 1 | T | Jo | S. | D.":
        "reference A, title B, officers C, action D, update E",
    f"Ref | Title | Action | Progress update (say {'what was done, and ' * 4}why) | Status + 1 | T | S. | D. | Open":
        "reference A, title B, action C, update D, status E",
}  # fmt: skip


@pytest.mark.parametrize("row", CHOSEN)
def test_which_of_several_columns_is_meant(row: str, read: Read) -> None:
    headings, cells = row.split(" + ")
    found = read(cells, headings=headings).layout.read
    letters = {
        f"{column.field} {'ABCDEFGHIJ'[column.number - 1]}{'?' * column.is_guessed}"
        for column in found
    }
    assert letters == set(CHOSEN[row].split(", "))


LONG_WORDS = f"What has been done {'since the last meeting of the panel ' * 3}"


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        ("Ref | Title | Action | Comments (confidential)", "'Comments (confidential)' is never published."),
        ("Ref | Title | Action | Internal update", "'Internal update' is never published."),
        ("Ref | Title | Action | Update | Update for publication", "two columns are both 'Action taken'"),
        ("Ref | Title | Action | Officer update | Members' update", "two columns are both 'Action taken'"),
        ("Ref | Title | Action | Officer update | Update for Panel", "two columns are both 'Action taken'"),
        ("Ref | Title | Action | Progress | Wording for publication", "two columns are both 'Action taken'"),
        ("Ref | Title | Action | Update | Update (Jan 27)", "two columns are both 'Action taken'"),
        ("Ref | Title | Action | Update | Update for January meeting", "two columns are both 'Action taken'"),
        ("Ref | Title | Action | Update given to March meeting | Update", "two columns are both 'Action taken'"),
        ("Ref | Title | Action | Update | Update 2", "two columns are both 'Action taken'"),
        ("Ref | Title | Actions Oct 26 | Actions Jan 27 | Update", "two columns are both 'Action proposed'"),
        ("Ref | Title | Action | 12 month update | 6 month update", "two columns are both 'Action taken'"),
        ("Ref | Title | Action | Q4 progress | Q1 progress", "two columns are both 'Action taken'"),
        ("Ref | Title | Action | Comments | Progress made so far", "two columns are both 'Action taken'"),
        ("Ref | Title | Description | Actions to be completed | Update", "two columns are both 'Action proposed'"),
        (f"Ref | Title | Action | Owner | {'Say it in words ' * 6}", "no column says what has been done"),
        (f"Ref | Title | Action | {LONG_WORDS}. | {LONG_WORDS}", "2 of them are longer than a heading"),
    ],
)  # fmt: skip
def test_columns_that_nothing_tells_apart_are_refused(headings: str, said: str, read: Read) -> None:
    with pytest.raises(PipelineError, match=re.escape(said)):
        read("1 | a | b. | c one. | d two more.", headings=headings)


@pytest.mark.parametrize(
    ("heading", "is_private"),
    [
        ("Update (not for publication)", True), ("Comments – officer use only", True), ("Non-public notes", True),
        ("Internal deadline", True), ("Internal audit update", False), ("Public update", False),
        ("International links", False), ("Non-confidential summary", False),
        ("Internal audit confidential notes", True), ("Confidential internal audit", True),
    ],
)  # fmt: skip
def test_which_headings_say_that_they_are_private(
    heading: str, is_private: bool, known: Columns
) -> None:
    assert known.is_private(heading) == is_private


def test_two_columns_that_the_council_heads_in_its_own_words_are_refused(
    read: Read, known: Columns
) -> None:
    own = {"internal notes", "internal notes never published"}
    assert own <= known.own
    with pytest.raises(PipelineError, match="two columns are both 'Internal notes"):
        read(
            "1 | T | Send it. | Sent. | Hm. | In breach.",
            headings="Ref | Title | Action | Update | Internal notes | Internal notes (never published)",
        )


def test_two_tables_side_by_side_are_told_to_part(read: Read) -> None:
    with pytest.raises(PipelineError) as refusal:
        read(
            "1/2/27 | T | Send it. | Sent. | | 1/2/27 | T | Mend it. | Mended.",
            headings="Date | Title | Action | Update | | Date | Title | Action | Update",
        )
    assert refusal.value.remedy.endswith("put the second on a sheet of its own.")


def test_an_officers_post_is_no_update(read: Read) -> None:
    with pytest.raises(PipelineError, match="no column says what has been done"):
        read(
            "1 | T | Send it. | Jo | Harbour Engineer",
            "2 | T | Send more. | Al | Head of Works (Coast)",
            headings="Ref | Title | Action | Officer | Position",
        )


def test_a_revised_date_that_is_empty_leaves_the_original(read: Read, found: Found) -> None:
    tracker = read(
        "1/2/27 | T | Send it. | 1/4/27 | | Sent. | Completed",
        "1/2/27 | U | Send more. | 1/4/27 | 1/5/27 | Sent. | Completed",
        headings="Date | Title | Action | Target date | Revised target date | Update | Status",
    )
    assert [action.due.text for action in tracker.actions] == ["1/4/27", "1/5/27"]
    assert [action.cells["due"].cell for action in tracker.actions] == ["D4", "E5"]
    assert [action.original_due.text for action in tracker.actions] == ["", "1/4/27"]
    assert not [cell for cell, check in found(tracker) if check == "unpublished-column"]


def test_an_empty_revised_date_leaves_the_original_under_short_headings_too(read: Read) -> None:
    (action,) = read(
        "1/2/27 | T | Send it. | 1/4/27 | | Sent. | Completed",
        headings="Date | Title | Action | Original date | Revised date | Update | Status",
    ).actions
    assert (action.due.text, action.cells["due"].cell) == ("1/4/27", "D4")


def test_an_older_update_is_named_where_the_newest_is_empty(
    read: Read, known: Columns, rules: Rules
) -> None:
    tracker = read(
        "1/2/27 | T | Send it. | Half are sent. | | Ongoing",
        headings="Date | Title | Action | Update (Nov 26) | Update (Jan 27) | Status",
    )
    said = [finding.message for finding in run.findings(Context(tracker, known, rules))]
    assert tracker.actions[0].update == ()
    assert said == [
        "The column 'Update (Nov 26)' is not one that the paper prints; 1 cell was left out. "
        "'Update (Jan 27)' was read for it.",
        "The action has no update. D4 has an earlier one: 'Half are sent.'.",
    ]


@pytest.mark.parametrize(
    "kept",
    [
        "Update at last meeting",
        "Last meeting's update",
        "Comments at the last meeting",
        "Old update",
    ],
)
def test_an_update_is_compared_with_the_column_of_the_last_one(
    kept: str, read: Read, found: Found
) -> None:
    headings = f"Date | Title | Action | {kept} | Update | Status"
    for update, expected in (("Half are sent.", True), ("All are sent.", False)):
        tracker = read(
            f"1/2/27 | T | Send it. | Half are sent. | {update} | Ongoing", headings=headings
        )
        assert (("E4", "stale-update") in found(tracker)) == expected


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("Cost: £400", "Rename the column if it should be published."),
        ("Cost: ", ""),
        ("Comments (private): In breach.", "Take that out of its heading if it should be published."),
        ("In progress: x", "Write the status in words, in one column headed 'Progress status'."),
        ("Comments: Late.", "Move its words to 'Update' if they should be published."),
        ("Organisation: Quays Trust", "Move its words to 'Officer' if they should be published."),
        ("Recommender: A. Hale", "Rename the column if it should be published."),
        ("By: 4/3/27", "Rename 'Due' if this one is meant."),
        ("RAG: Open", "Rename 'Status' if this one is meant."),
        (" | Status | Number: | Open | 2", "Move its words into the table if they should be published."),
    ],
)  # fmt: skip
def test_what_to_do_about_a_column_that_is_left_out(
    column: str, said: str, read: Read, known: Columns, rules: Rules
) -> None:
    heading, cell = column.split(": ")
    tracker = read(
        f"1/2/27 | T | Send them to the harbour office. | Sent. | Open | Jo | 1/4/27 | {cell}",
        headings=f"Date | Title | Action | Update | Status | Officer | Due | {heading}",
    )
    made = run.findings(Context(tracker, known, rules))
    assert {one.remedy for one in made if one.check == "unpublished-column"} == {said} - {""}


def test_a_second_heading_row_below_headings_that_are_merged(read: Read) -> None:
    def merge(book: ExcelWorkbook) -> None:
        for cells in ("A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:G3"):
            book["Actions"].merge_cells(cells)

    tracker = read(
        "| | | Lead officer | Target date | Update | RAG",
        "1/2/27 | T | Send it. | Jo | 1/4/27 | Sent. | Completed",
        headings="Date | Item | Action | Responsibility | | Progress",
        change=merge,
    )
    assert list(tracker.layout.columns) == [
        "date", "title", "action", "officers", "due", "update", "status",
    ]  # fmt: skip


def test_a_private_heading_over_several_columns_makes_each_private(read: Read) -> None:
    def merge(book: ExcelWorkbook) -> None:
        book["Actions"].merge_cells("C3:D3")
        book["Actions"].merge_cells("E3:F3")

    tracker = read(
        "| | Update | Comments | Update | Comments",
        "T | Send it. | Sent. | Late. | In breach. | Hm.",
        headings="Title | Action | For committee | | Internal",
        change=merge,
    )
    assert tracker.layout.columns == {"title": 1, "action": 2, "update": 3}


def test_a_private_cell_above_some_headings_makes_them_private(read: Read) -> None:
    tracker = read(
        "T | Send it. | In breach. | Hm. | Sent.",
        titles=[*TITLES, "| | For officers only"],
        headings="Title | Action | Update | Comments | Progress",
        change=lambda book: book["Actions"].merge_cells("C3:D3"),
    )
    assert tracker.layout.columns == {"title": 1, "action": 2, "update": 5}


def test_a_hidden_original_date_is_said_where_it_is_read(read: Read, found: Found) -> None:
    def hide(book: ExcelWorkbook) -> None:
        book["Actions"].column_dimensions["C"].hidden = True

    tracker = read(
        "T | Send it. | 1/4/27 | | Sent.",
        headings="Title | Action | Target date | Revised target date | Update",
        change=hide,
    )
    assert ("C3", "hidden-words") in found(tracker)


@pytest.mark.parametrize("forms", [["1", "2"], ["1"]])
def test_headings_below_one_another_are_said(forms: list[str], read: Read) -> None:
    lines = [
        "Title | Tides | Locks", "Action | Send them. | Mend them.", "Update | Sent. | Mended.",
        "Status | Completed | Completed",
    ]  # fmt: skip
    with pytest.raises(PipelineError, match="the headings stand below one another, from A3 on"):
        read(*lines * len(forms), headings="Ref | 1 | 2")


def test_a_row_of_an_update_with_its_day_repeats_no_headings(read: Read) -> None:
    tracker = read(
        "1/2/27 | T | Send it. | Half are sent. | Open",
        "| | | Update 9 January 2027",
        headings="Date | Title | Action | Update | Status",
    )
    assert plain(tracker.actions[0].update).endswith("Update 9 January 2027")
