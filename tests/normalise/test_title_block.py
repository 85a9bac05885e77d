"""The lines above the table: which committee, paper and meeting they name, whatever else stands there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelWorkbook

from pipeline.check.run import findings
from pipeline.check.seen import Context
from pipeline.council.columns import Columns
from pipeline.council.rules import Rules
from pipeline.ingest import read
from pipeline.model.errors import PipelineError
from pipeline.normalise import trackers
from pipeline.normalise.names import Ground
from pipeline.normalise.tracker import Tracker
from pipeline.normalise.trackers import Asked
from tests.conftest import HEADINGS, Read

GOOD = "1/2/27 | Tides | That the tables are sent. | They were sent. | Completed"
DAY = date(2027, 1, 14)
BLOCKS = {
    "Planning Committee; Action log – 14 January 2027": "Action log",
    "Planning Committee – 14 January 2027; Action log": "Action log",
    "Action Tracker; Planning Committee – 14 January 2027": "Action Tracker",
    "Wexmouth Town Council; Planning Committee; Action log – 14 January 2027": "Action log",
    "Planning Committee Action Log – 14 January 2027": "Action Log",
    "Log; Chair: A. Hale; Committee: Planning Committee; Meeting: 14 January 2027": "Log",
    "Action log; Meeting: Planning Committee; Date: 14 January 2027": "Action log",
    "Agenda Item 5; Planning Committee; 14 January 2027; Outstanding actions": "Outstanding actions",
    "Planning Committee; Action log; Correct at 5 January 2027; Meeting date: 14 January 2027": "Action log",
    "Planning Committee; Date of next meeting: 4 March 2027; Action log – 14 January 2027": "Action log",
    "Planning Committee; Actions arising from the meeting held on 12 November 2026; For the meeting on 14 January 2027":
        "Actions arising from the meeting held on 12 November 2026",
    "Planning Committee; Action log from meeting held 12 November 2026; For meeting on 14 January 2027":
        "Action log from meeting held 12 November 2026",
    "Planning Committee; Action log (updated 5 January 2027) for meeting 14 January 2027":
        "Action log (updated 5 January 2027)",
    "Planning Committee; Action log; Meeting to be held on 14 January 2027": "Action log",
    "Planning Committee; Action log, 14 January 2027 (revised 5 January 2027)": "Action log",
    "Planning Committee; Monitro Craffu – 14 Ionawr 2027 / Scrutiny Monitoring – 14 January 2027":
        "Monitro Craffu / Scrutiny Monitoring",
    "Planning Committee | Date issued | 5/1/2027; Action log | Meeting on | 14/1/2027": "Action log",
    "Planning Committee | Next update | 5/1/2027; Action log | Date first sent | 4/1/2027; 14/1/2027": "Action log",
    "Rolling Action Log to 14 January 2027; Planning Committee": "Rolling Action Log",
    "Planning Committee; Meeting 14 January 2027 - Actions": "Actions",
    "Planning Committee – 14 January 2027 – Action log": "Action log",
    "14 January 2027: Planning Committee Action Log": "Action Log",
    "Executive summary; Planning Committee; Log – 14 January 2027": "Log",
    "Planning Committee; Please reply by 5 January 2027; Log (14 January 2027)": "Log",
    "Planning Committee; Log for the period to 31 December 2026; 14 January 2027":
        "Log for the period to 31 December 2026",
    "Planning Committee; Log; Previous meeting 12/11/2026; Current meeting 14/1/2027": "Log",
    "Planning Committee | Status: | Draft; Log – 14 January 2027": "Log",
    "ACTION LOG - Planning Committee - 14TH JANUARY 2027": "ACTION LOG",
    "Action log of the Planning Committee – 14 January 2027": "Action log",
    "Action log (Planning Committee), 14 January 2027": "Action log",
    "Rolling Action Log Planning Committee 14/01/2027": "Rolling Action Log",
    "Wexmouth Town Council; Paper: Action log; Planning Committee: Actions; 14 January 2027": "Action log",
    "Committee | Planning Committee; Log; Date prepared | 5 January 2027; Meeting date | 14 January 2027": "Log",
    "Action log; Committee | Meeting date | Version; Planning Committee | 14/01/2027 | 3": "Action log",
    "Planning Committee | | | Date: | 14 Jan 2027; Action log": "Action log",
    "Planning Committee – Thursday 14th January 2027, Council Chamber; Action log": "Action log",
    "Planning Committee; Action log; Meeting: 14 January 2027 at 6.30pm": "Action log",
    "Planning Committee; Action log; Meeting date | 2027/01/14": "Action log",
    "Planning Committee; Action log • 14 January 2027": "Action log",
    "Committee: | Planning Committee | Date: | 14/01/2027; Action log": "Action log",
    "Committee: Planning Committee   Date: 14 January 2027; Action log": "Action log",
    "Committee: Planning Committee, Paper: Action log\nMeeting: 14 January 2027": "Action log",
}  # fmt: skip


@pytest.mark.parametrize("lines", BLOCKS)
def test_committee_paper_and_meeting_are_told_from_the_rest(lines: str, read: Read) -> None:
    tracker = read(GOOD, titles=[line.strip() for line in lines.split(";")])
    assert (tracker.committee, tracker.meeting) == ("Planning Committee", DAY)
    assert tracker.paper == BLOCKS[lines]
    assert tracker.taken == ()


def test_every_line_that_is_not_used_is_said_but_for_the_councils_name(read: Read) -> None:
    titles = ["Wexmouth Borough", "Planning Committee", "Chair: A. Hale", "Log – 14 January 2027"]
    tracker = read(GOOD, titles=titles)
    assert [cell.words for cell in tracker.stray] == ["Chair: A. Hale"]
    assert list(tracker.withheld.values()) == ["the council's name"]


# What a first line names, beside `Meeting date: 14 January 2027`: committee, paper, and what is said.
NAMES = {
    "Harbour Panel - Cabinet response to recommendations":
        ("Harbour Panel", "Cabinet response to recommendations", set()),
    "Harbour Panel: Executive reply": ("Harbour Panel", "Executive reply", set()),
    "Cabinet response to Harbour Panel recommendations":
        ("Harbour Panel", "Cabinet response to recommendations", set()),
    "Coastal Response Panel – Action log": ("Coastal Response Panel", "Action log", set()),
    "Quayside Academy: Resources Committee; Action log":
        ("Resources Committee", "Action log", set()),
    "Tide Joint Board: Audit and Risk Committee; Action log":
        ("Tide Joint Board: Audit and Risk Committee", "Action log", set()),
    "Wexmouth NHS Trust; Trust Board (Public) Action Log":
        ("Trust Board (Public)", "Action Log", set()),
    "Local Governing Body of St Petroc’s School – Action grid, Spring Term 2027":
        ("Local Governing Body of St Petroc’s School", "Action grid, Spring Term 2027", set()),
    "Actions – Harbour Sub-Committee held 10/12/2026":
        ("Harbour Sub-Committee", "Actions", {"held 10/12/2026"}),
    "QUAYS & TIDES CTTEE: ACTIONS": ("QUAYS & TIDES CTTEE", "ACTIONS", set()),
    "Comhairle Chontae na Cé / Quay County Council; Climate Action SPC – Action Log":
        ("Climate Action SPC", "Action Log", set()),
    "SHIRE OF QUAYS; OUTSTANDING COUNCIL RESOLUTIONS; Ordinary Council Meeting":
        ("SHIRE OF QUAYS", "OUTSTANDING COUNCIL RESOLUTIONS", {"Ordinary Council Meeting"}),
    "Little Quay Parish Council – Action List": ("Little Quay Parish Council", "Action List", set()),
    "Action List for Little Quay Parish Council": ("Little Quay Parish Council", "Action List", set()),
    "Council; Register of committee actions": ("Council", "Register of committee actions", set()),
    "Climate Action Monitoring Panel; Log": ("Climate Action Monitoring Panel", "Log", set()),
    "Harbour Panel; Committee Action Log": ("Harbour Panel", "Committee Action Log", set()),
    "Reports to: Audit Committee; Harbour Panel; Log": ("Harbour Panel", "Log", {"Reports to: Audit Committee"}),
    "Wexmouth Coast Care Board; Tide Committee; Action log":
        ("Tide Committee", "Action log", {"Wexmouth Coast Care Board"}),
    "Safer Quays Partnership; Data Sub-Group; Log": ("Data Sub-Group", "Log", {"Safer Quays Partnership"}),
    "Harbour Committee; Quays Sub-Committee; Log": ("Quays Sub-Committee", "Log", {"Harbour Committee"}),
    "Quays County Council; Municipal District of Tidemouth; Progress Report":
        ("Municipal District of Tidemouth", "Progress Report", set()),
    "Harbour Partnership; Report by the Chief Executive; Action tracker":
        ("Harbour Partnership", "Action tracker", {"Report by the Chief Executive"}),
    "Harbour Partnership; Report of the Monitoring Officer; Action tracker":
        ("Harbour Partnership", "Action tracker", {"Report of the Monitoring Officer"}),
    "Report of the Executive Director to Harbour Panel; Action tracker":
        ("Harbour Panel", "Action tracker", {"Report of the Executive Director"}),
    "Board meeting; Quays Drainage Board; Log": ("Quays Drainage Board", "Log", {"Board meeting"}),
    "Quays Drainage Board; Log; Board meeting":
        ("Quays Drainage Board", "Log", {"Board meeting"}),
    "Harbour Panel; Total actions | 12 | Open | 4; Log": ("Harbour Panel", "Log", set()),
    "Harbour Panel | Key: Red | Late; Log": ("Harbour Panel", "Log", set()),
    "Total actions | 12; Harbour Panel": ("Harbour Panel", "Monitoring", set()),
    "Harbour Panel; Actions": ("Harbour Panel", "Actions", set()),
    "Harbour Panel; Log – 14 January 2027, Long Room": ("Harbour Panel", "Log", {"Long Room"}),
    "Progress report; Harbour Panel – Action log": ("Harbour Panel", "Action log", {"Progress report"}),
    "Paper: Action log; Harbour Panel – Actions": ("Harbour Panel", "Action log", {"Actions"}),
    "Harbour Panel – Log; Harbour Panel": ("Harbour Panel", "Log", {"Harbour Panel"}),
    "Actions from Tide Panel held 10/12/2026; Harbour Board; Log":
        ("Harbour Board", "Actions from Tide Panel held 10/12/2026", {"Log"}),
    "Harbour Panel; Log; Purpose: to track the actions of the Committee.":
        ("Harbour Panel", "Log", {"Purpose: to track the actions of the Committee."}),
    "Harbour Panel; Log; Completed actions are removed once reported to the Committee.":
        ("Harbour Panel", "Log", {"Completed actions are removed once reported to the Committee."}),
    "Cabinet; Log; Actions carried over from the former Executive":
        ("Cabinet", "Log", {"Actions carried over from the former Executive"}),
    "Quays Homes; Board; Log; Board visits in public": ("Board", "Log", {"Quays Homes", "Board visits in public"}),
    "The Board; Log": ("The Board", "Log", set()),
    "Harbour; Board:; Log": ("Harbour", "Log", set()),
    "Committee: Tides, Harbour: Scrutiny; Log": ("Tides, Harbour: Scrutiny", "Log", set()),
    "Presented to: Harbour Panel; Log": ("Harbour Panel", "Log", {"Presented to"}),
    "Appendix 1 – Harbour Panel – Action log": ("Harbour Panel", "Action log", {"Appendix 1"}),
    "Item no. 6a Harbour Panel Action log": ("Harbour Panel", "Action log", {"Item no. 6a"}),
    "Annex B; Harbour; Log": ("Harbour", "Log", {"Annex B"}),
    "Action log – Harbour Panel – Appendix 1": ("Harbour Panel", "Action log", {"Appendix 1"}),
    "Harbour Panel 2026/27; Action log 26/27": ("Harbour Panel", "Action log 26/27", {"2026/27"}),
    "Harbour Panel – 2026-2027; Log": ("Harbour Panel", "Log", {"2026-2027"}),
    "Harbour Panel (26/27); Log": ("Harbour Panel", "Log", {"26/27"}),
    "Harbour Panel (Nov 2026); Log": ("Harbour Panel", "Log", {"Nov 2026"}),
    "Harbour Panel (Quays); Log": ("Harbour Panel (Quays)", "Log", set()),
    "Harbour Panel – Action log – Spring 2027": ("Harbour Panel", "Action log – Spring 2027", set()),
    "Harbour Area Panel 2; Log": ("Harbour Area Panel 2", "Log", set()),
    "Harbour Panel (2026/27) Action log": ("Harbour Panel", "Action log", {"2026/27"}),
    "Harbour Panel (26/27) – Action log": ("Harbour Panel", "Action log", {"26/27"}),
    "Harbour Panel (2) Action log": ("Harbour Panel (2)", "Action log", set()),
    "(Quays) Harbour Panel; Log": ("(Quays) Harbour Panel", "Log", set()),
    "Item 7(b) Harbour Panel; Log": ("Harbour Panel", "Log", {"Item 7(b)"}),
    "Item 7 (b) – Harbour Panel; Log": ("Harbour Panel", "Log", {"Item 7 (b)"}),
    "Item 12 (Appendix A) – Harbour Panel; Log": ("Harbour Panel", "Log", {"Item 12 (Appendix A)"}),
    "Appendix 1 (Item 7) Harbour Panel Log": ("Harbour Panel", "Log", {"Appendix 1 (Item 7)"}),
    "Appendix 1 to Item 7 – Harbour Panel; Log": ("Harbour Panel", "Log", {"Appendix 1 to Item 7"}),
    "Appendix 1 (Harbour Panel); Log": ("Harbour Panel", "Log", {"Appendix 1"}),
    "Appendix 1 to the Harbour Panel report; Log": ("Harbour Panel", "report", {"Appendix 1 to the", "Log"}),
    "Harbour Area Board (March); Log": ("Harbour Area Board (March)", "Log", set()),
    "Action log of the Harbour Panel (2026/27)": ("Harbour Panel", "Action log", {"2026/27"}),
    "(Item 7) Harbour Panel; Log": ("Harbour Panel", "Log", {"Item 7"}),
    "Annex A: Harbour Panel action log": ("Harbour Panel", "action log", {"Annex A"}),
    "Meeting: Long Room; Harbour; Log": ("Harbour", "Log", {"Meeting: Long Room"}),
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Board meeting: 14 January 2027", []),
        ("Council Meeting of January 14, 2027", []),
        ("Dyddiad y cyfarfod: 14 Ionawr 2027", []),
        ("Site meeting on 14 January 2027", ["Site"]),
        ("Autumn term meeting: 14 January 2027", ["Autumn term"]),
        ("Harbour Panel meeting on 14 January 2027", []),
        ("Date / Dyddiad: 14/01/2027", []),
        ("For: Thursday 14 January 2027", []),
        ("Report to the meeting of 14 January 2027", ["Report"]),
        ("Action log for the meeting: 14 January 2027", ["Action log"]),
        ("Date for meeting: 14 January 2027", []),
    ],
)
def test_what_only_calls_the_day_a_meetings_is_not_said(
    line: str, left: list[str], read: Read
) -> None:
    tracker = read(GOOD, titles=["Harbour Panel", "Log", line])
    assert tracker.meeting == DAY
    assert [cell.words for cell in tracker.stray] == left


def test_the_label_of_the_next_meeting_is_not_said_where_its_day_is_taken(read: Read) -> None:
    titles = ["Harbour Panel", "Log", "Next meeting: | 14 January 2027"]
    assert read(GOOD, titles=titles).stray == ()
    other = read(GOOD, titles=[*titles, "Meeting date: 10 January 2027"])
    assert {cell.words for cell in other.stray} == {"Next meeting:", "14 January 2027"}


@pytest.mark.parametrize(
    ("line", "is_said"),
    [
        ("Quay County Council", False), ("City of Quays, Oregon", False), ("Cyngor Sir y Cei", False),
        ("Quays University Health Board", False), ("Quays Housing Association", False),
        ("Police and Crime Commissioner for Quays", False), ("Quays Coast Care Board", True),
        ("QUAYSIDE ACADEMY", False), ("NHS Quays", False), ("Council Offices, Long Street", True),
        ("Parish matters to note", True), ("Version 3 of Quay Council", True), ("Chair: Quay Council", True),
    ],
)  # fmt: skip
def test_a_councils_name_above_its_committee_is_not_said(
    line: str, is_said: bool, read: Read, known: Columns, rules: Rules
) -> None:
    tracker = read(GOOD, titles=[line, "Harbour Panel", "Log – 28 March 2027"])
    assert {one.check for one in findings(Context(tracker, known, rules))} == (
        {"stray-text"} if is_said else set()
    )


def test_what_stands_between_the_labels_of_one_cell_is_said(read: Read) -> None:
    line = "Chair: A. Hale  Committee: Harbour Panel  Date: 14 January 2027  Next meeting: 4 March 2027"
    tracker = read(GOOD, titles=[line, "Log"])
    assert (tracker.committee, tracker.meeting) == ("Harbour Panel", DAY)
    assert [cell.words for cell in tracker.stray] == ["Chair: A. Hale – Next meeting: 4 March 2027"]


def test_what_stands_beside_a_labelled_day_is_said(read: Read) -> None:
    titles = ["Harbour Panel", "Log", "Meeting: Extraordinary, 14 January 2027, Long Room"]
    assert [cell.words for cell in read(GOOD, titles=titles).stray] == ["Extraordinary – Long Room"]


@pytest.mark.parametrize(
    ("lines", "committee"),
    [
        ("Harbour Panel; Tide Panel; Log", "Tide Panel 14/01/2027"),
        ("Tide Committee; Coast Care Board; Log", "Tide Committee 14/01/2027"),
        ("Coast Care Board; Tide Committee – Action log", "Tide Committee 14/01/2027"),
        ("Report to: Tide Panel; Report from: Harbour Panel; Log", "Tide Panel 14/01/2027"),
        ("Report of the Harbour Panel; Tide Panel – Log", "Tide Panel 14/01/2027"),
        ("To: Tide Panel; From: Harbour Panel; Log", "Tide Panel 14/01/2027"),
    ],
)
def test_of_two_bodies_that_could_each_be_it_the_committee_is_said(
    lines: str, committee: str, said: Said
) -> None:
    made = said(book_of(Actions=f"{lines}; Meeting date: 14 January 2027; {HEADINGS}; {GOOD}"))
    name = committee.removesuffix(" 14/01/2027")
    row = next(n for n, line in enumerate(lines.split("; "), 1) if name in line)
    assert [one for one in made if "stray" not in one] == [
        committee,
        f"Actions!A{row} guessed-title",
    ]


def test_an_unknown_label_over_words_is_said(read: Read) -> None:
    titles = ["Committee | Date | Chair", "Harbour Panel | 14 January 2027 | A. Hale", "Log"]
    tracker = read(GOOD, titles=titles)
    assert (tracker.committee, tracker.meeting) == ("Harbour Panel", DAY)
    assert [cell.words for cell in tracker.stray] == ["Chair", "A. Hale"]


@pytest.mark.parametrize(("day", "is_day"), [(date(2207, 1, 12), False), (date(2027, 1, 12), True)])
def test_a_day_of_no_likely_year_above_a_table_without_dates_is_not_its_rows(
    day: date, *, is_day: bool, read: Read, found: Callable[[Tracker], list[tuple[str, str]]]
) -> None:
    def write(book: ExcelWorkbook) -> None:
        book.worksheets[0]["A3"] = day

    titles = ["Harbour Panel", "Meeting date: 14 January 2027", "day"]
    row = "1 | That they are sent. | They were sent. | Completed"
    headings = "Ref | Action | Update | Status"
    tracker = read(row, titles=titles, headings=headings, change=write)
    assert tracker.actions[0].date.day == (day if is_day else None)
    assert ("A3", "stray-text") in found(tracker) or is_day
    assert "unaccounted-cell" not in {check for _, check in found(tracker)}


@pytest.mark.parametrize(
    ("line", "is_sure"),
    [
        ("Closing date 14 January 2027", False), ("CMT 14 January 2027", False), ("Signed off 14/1/2027", False),
        ("Pre-agenda 14 January 2027", False), ("Thursday 14 January 2027", True), ("On 14/1/2027 at 6.30 pm", True),
        ("Ordinary meeting 14 January 2027", True), ("Scrutiny meeting: 14 January 2027", True),
        ("Date – 14 January 2027", True), ("Dyddiad y cyfarfod 14 Ionawr 2027", True),
        ("Council Chamber, 14 January 2027", True), ("14 January 2027, Long Room", True),
        ("Monitoring – 14 January 2027", True),
    ],
)  # fmt: skip
def test_a_day_beside_words_that_no_meeting_has_is_a_guess(
    line: str, *, is_sure: bool, read: Read
) -> None:
    tracker = read(GOOD, titles=["Harbour Panel", "Log", line])
    assert (tracker.meeting, [one.part for one in tracker.taken]) == (
        DAY,
        ["meeting"] * (not is_sure),
    )


def test_a_second_day_beside_a_title_is_said(read: Read) -> None:
    tracker = read(GOOD, titles=["Harbour Panel 14.1.27", "Log – 4 March 2027"])
    assert (tracker.paper, tracker.meeting) == ("Log", DAY)
    assert [cell.words for cell in tracker.stray] == ["4 March 2027"]


def test_a_line_that_only_mentions_a_body_makes_no_name_a_guess(read: Read) -> None:
    titles = [
        "Harbour Panel",
        "Actions from meetings of the Panel",
        "Meeting date: 14 January 2027",
    ]
    tracker = read(GOOD, titles=titles)
    assert (tracker.committee, tracker.taken) == ("Harbour Panel", ())


@pytest.mark.parametrize("line", ["Item 7 " * 4000, "Item 7 to " * 3000, "Tide Panel and " * 2000])
def test_a_line_longer_than_names_can_be_names_nothing(line: str, read: Read) -> None:
    tracker = read(GOOD, titles=["Harbour Panel", "Log – 14 January 2027", line.strip()])
    assert (tracker.committee, tracker.paper) == ("Harbour Panel", "Log")
    assert [cell.words for cell in tracker.stray] == [line.strip()]


@pytest.mark.parametrize("lines", NAMES)
def test_what_a_line_names(lines: str, read: Read) -> None:
    titles = [line.strip() for line in f"{lines}; Meeting date: 14 January 2027".split(";")]
    tracker = read(GOOD, titles=titles)
    said = {cell.words for cell in tracker.stray}
    assert (tracker.committee, tracker.paper, said) == NAMES[lines]


Said = Callable[..., list[str]]
SAID = ("guessed-title", "unread-table", "joined-sheets")


@pytest.fixture
def said(tmp_path_factory: pytest.TempPathFactory, known: Columns, rules: Rules) -> Said:
    """What a workbook's trackers are, and what is said of their names."""

    def told(book: ExcelWorkbook, checks: tuple[str, ...] = SAID) -> list[str]:
        path = tmp_path_factory.mktemp("titles") / "tracker.xlsx"
        book.save(path)
        made = trackers.trackers_of(read.workbook_at(path), known, Asked(paper="Monitoring"))
        found = [f for one in made for f in findings(Context(one, known, rules))]
        names = [f"{one.committee} {one.meeting:%d/%m/%Y}" for one in made]
        return names + [f"{f.place} {f.check}" for f in found if f.check in checks]

    return told


def book_of(**sheets: str) -> ExcelWorkbook:
    """A workbook whose sheets are typed as lines with semicolons, cells with bars between them."""
    book = ExcelWorkbook()
    book.remove(book.worksheets[0])
    for name, typed in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for line in typed.split(";"):
            sheet.append([cell.strip() or None for cell in line.split("|")])
    return book


def test_what_only_its_place_tells_is_said(said: Said) -> None:
    book = book_of(Actions=f"Harbour; Quays; Monitoring – 14 January 2027; {HEADINGS}; {GOOD}")
    assert said(book) == ["Harbour 14/01/2027", "Actions!A1 guessed-title"]


def test_a_council_told_by_its_words_is_no_guess_whatever_else_stands_there(said: Said) -> None:
    lines = "Little Quay Parish Council; Long Room; Log – 14 January 2027"
    made = said(book_of(Actions=f"{lines}; {HEADINGS}; {GOOD}"))
    assert made == ["Little Quay Parish Council 14/01/2027"]


@pytest.mark.parametrize(
    ("titles", "guessed"),
    [
        (["Harbour", "14 January 2027"], ["paper"]),
        (["Harbour", "Log – 14 January 2027"], []),
        (["Harbour", "Paper: Log", "14 January 2027"], ["committee"]),
        (["Harbour", "Quays", "Meeting: 14 January 2027"], ["paper"]),
    ],
)
def test_one_of_two_lines_at_most_is_surely_the_committee(
    titles: list[str], guessed: list[str], read: Read
) -> None:
    tracker = read(GOOD, titles=titles)
    assert tracker.committee == "Harbour"
    assert [one.part for one in tracker.taken] == guessed


def test_the_names_that_lost_are_kept_with_their_grounds(read: Read) -> None:
    titles = ["Wexmouth Town Council", "Coast Care Board", "Tide Panel", "Log", "14 January 2027"]
    tracker = read(GOOD, titles=titles)
    assert (tracker.committee, tracker.taken) == ("Tide Panel", ())
    assert [(one.part, one.words, one.ground) for one in tracker.lost] == [
        ("committee", "Wexmouth Town Council", Ground.HINT),
        ("committee", "Coast Care Board", Ground.WORDS),
    ]


@pytest.mark.parametrize(
    ("lines", "cell"),
    [
        ("Committee: Harbour Panel; Meeting: 14/1/2027", "Actions!A1"),
        ("Committee: Harbour Panel; Quays; Meeting: 14/1/2027", "Actions!A2"),
    ],
)
def test_a_papers_title_that_no_line_says_is_said(lines: str, cell: str, said: Said) -> None:
    book = book_of(Actions=f"{lines}; {HEADINGS}; {GOOD}")
    assert said(book) == ["Harbour Panel 14/01/2027", f"{cell} guessed-title"]


COLUMN = f"{HEADINGS} | Committee"


def test_a_committee_column_leaves_the_sheets_title_to_the_paper(read: Read) -> None:
    titles = ["Council Action Register", "Harbour Panel", "Meeting date: 14 January 2027"]
    tracker = read(f"{GOOD} | Tide Board", titles=titles, headings=COLUMN)
    assert (tracker.committee, tracker.paper) == ("Tide Board", "Council Action Register")
    assert str(tracker.titles.names["committee"].place) == "Actions!F5"
    assert [str(cell.place) for cell in tracker.stray] == ["Actions!A2"]


def test_beside_a_committee_column_a_lines_place_tells_no_committee(read: Read) -> None:
    titles = ["Harbour", "Meeting date: 14 January 2027"]
    tracker = read(f"{GOOD} | Tide Board", titles=titles, headings=COLUMN)
    assert (tracker.committee, tracker.paper) == ("Tide Board", "Harbour")


LINES = ["Planning Committee", "Tide Panel actions", "Planning Committee"]
BANNERS = "; ".join([HEADINGS, GOOD, *(f"{line}; {GOOD}" for line in LINES)])


def test_lines_across_a_councils_table_that_name_committees_head_their_rows(
    tmp_path: Path, known: Columns
) -> None:
    typed = f"Wexmouth Town Council; Log; Meeting date: 14 January 2027; {BANNERS}"
    book_of(Actions=typed).save(tmp_path / "lines.xlsx")
    made = trackers.trackers_of(read.workbook_at(tmp_path / "lines.xlsx"), known, Asked())
    assert [(one.committee, len(one.actions)) for one in made] == [
        ("Wexmouth Town Council", 1), ("Planning Committee", 2), ("Tide Panel", 1),
    ]  # fmt: skip
    assert [str(one.actions[0].cells["committee"]) for one in made[1:]] == [
        "Actions!A6",
        "Actions!A8",
    ]
    assert [cell.words for cell in made[0].stray] == ["Tide Panel actions"]


def test_a_line_across_the_table_of_a_committee_names_no_other(read: Read) -> None:
    tracker = read(GOOD, "Cabinet", GOOD)
    assert (tracker.committee, len(tracker.actions)) == ("Harbour Scrutiny Panel", 2)
    assert [cell.words for cell in tracker.stray] == ["Cabinet"]


@pytest.mark.parametrize(
    "line", ["Referred to Planning Committee", "Committee", "Reports to Cabinet"]
)
def test_a_line_across_a_councils_table_that_says_more_heads_nothing(line: str, read: Read) -> None:
    titles = ["Wexmouth Town Council", "Log – 28 March 2027"]
    assert [cell.words for cell in read(GOOD, line, GOOD, titles=titles).stray] == [line]


def test_a_line_across_the_table_may_name_a_committee_and_its_meeting(read: Read) -> None:
    tracker = read(
        "Planning Committee – 10 December 2026",
        "| Tides | Send them. | Sent. | Open",
        titles=["Log – 28 March 2027"],
    )
    assert tracker.committee == "Planning Committee"
    assert tracker.actions[0].date.day == date(2026, 12, 10)
    assert tracker.stray == ()


def test_a_column_of_ticks_names_no_committee(read: Read) -> None:
    tracker = read(f"{GOOD} | Y", GOOD, f"{GOOD} | x", headings=COLUMN)
    assert (tracker.committee, len(tracker.actions)) == ("Harbour Scrutiny Panel", 3)
    assert tracker.layout.unknown == {6: "Committee"}


def test_a_tick_among_committees_is_refused_by_its_cell(read: Read) -> None:
    with pytest.raises(PipelineError, match="Actions!F5 says 'N/A', which can be no committee"):
        read(f"{GOOD} | Tide Board", f"{GOOD} | N/A", headings=COLUMN)


def test_a_refusal_quotes_the_lines_that_it_saw(read: Read) -> None:
    with pytest.raises(PipelineError, match="names the committee: 'Log – 14 January 2027'"):
        read(GOOD, titles=["Log – 14 January 2027"])


def test_two_dates_that_could_each_be_the_meeting_are_said(said: Said) -> None:
    book = book_of(
        Actions=f"Harbour Panel; Log – 14 January 2027; 4 March 2027; {HEADINGS}; {GOOD}"
    )
    assert said(book) == ["Harbour Panel 14/01/2027", "Actions!A2 guessed-title"]


def test_the_next_meeting_stands_in_for_the_meeting_and_that_is_said(said: Said) -> None:
    lines = "Date updated | 5/1/2027; Next meeting | 14/1/2027"
    book = book_of(Actions=f"Harbour Panel; Log; {lines}; {HEADINGS}; {GOOD}")
    assert said(book) == ["Harbour Panel 14/01/2027", "Actions!B4 guessed-title"]


@pytest.mark.parametrize(
    "line",
    [
        "Actions from the meeting of 14 January 2027",
        "Log (as at 14 January 2027)",
        "Log following the meeting on 14/1/2027",
        "Actions from meetings up to 14 January 2027",
        "Agenda setting meeting: 14 January 2027",
        "Pre-meeting: 14 January 2027",
        "Sent on: 14 January 2027",
        "Deadline for meeting: 14 January 2027",
        "Update deadline for the meeting – 14 January 2027",
        "Papers due for Harbour Panel meeting: 14 January 2027",
        "Deadline for updates to meeting: 14 January 2027",
        "Agenda dispatch for meeting: 14 January 2027",
        "Created for: 14 January 2027",
        "Officers' meeting: 14 January 2027",
    ],
)
def test_another_day_is_not_the_meetings(line: str, read: Read) -> None:
    with pytest.raises(PipelineError, match="gives the meeting's date"):
        read(GOOD, titles=["Harbour Panel", line])


def test_a_cover_sheet_names_them_and_that_is_said(said: Said) -> None:
    cover = "Committee | Harbour Panel; Meeting date | 14 January 2027; Prepared by | A. Clerk"
    book = book_of(Cover=cover, Actions=f"{HEADINGS}; {GOOD}")
    assert said(book) == [
        "Harbour Panel 14/01/2027", "Actions!A1 guessed-title", "Cover!B1 guessed-title",
        "Cover!B2 guessed-title",
    ]  # fmt: skip


def test_of_several_other_sheets_the_first_names_the_committee(said: Said) -> None:
    cover = "Harbour Committee; Meeting date | 14 January 2027"
    two = f"Tide Sub-Committee; Log; 4 March 2027; {HEADINGS}; {CLOSED}"
    made = said(book_of(Cover=cover, Actions=f"{HEADINGS}; {GOOD}", Two=two), ())
    assert made == ["Harbour Committee 14/01/2027", "Tide Sub-Committee 04/03/2027"]


def test_a_cover_sheet_gives_no_title_that_its_place_alone_tells(said: Said) -> None:
    cover = "Harbour Panel; Quays; Meeting date: 14 January 2027"
    made = said(book_of(Cover=cover, Actions=f"{HEADINGS}; {GOOD}"))
    assert "Actions!A1 guessed-title" in made
    assert "Cover!A2 guessed-title" not in made


def test_a_cover_sheet_whose_place_alone_tells_a_committee_names_nothing(said: Said) -> None:
    book = book_of(Cover="Harbour; Meeting date: 14 January 2027", Actions=f"{HEADINGS}; {GOOD}")
    with pytest.raises(PipelineError, match="names the committee or gives the meeting's date"):
        said(book)


def test_of_a_cover_sheet_that_names_them_the_other_lines_are_quoted(
    tmp_path: Path, known: Columns, rules: Rules
) -> None:
    cover = "Coast Care Board; Tide Committee; Log; Meeting date: 14 January 2027; Chair: A. Hale"
    book_of(Cover=cover, Actions=f"{HEADINGS}; {GOOD}").save(tmp_path / "cover.xlsx")
    (made,) = trackers.trackers_of(read.workbook_at(tmp_path / "cover.xlsx"), known, Asked())
    said = {f.message for f in findings(Context(made, known, rules)) if f.check == "unread-sheet"}
    assert made.committee == "Tide Committee"
    assert said == {
        "But for the paper's names the sheet was not read: 'Coast Care Board', 'Chair: A. Hale'."
    }


def test_a_sheet_named_for_its_committee_names_it(said: Said) -> None:
    book = book_of(
        Harbour_Panel=f"Log – 14 January 2027; {HEADINGS}; {GOOD}",
        Tide_Board_actions=f"Log – 14 January 2027; {HEADINGS}; {GOOD}",
    )
    assert said(book) == [
        "Harbour Panel 14/01/2027", "Tide Board 14/01/2027",
        "Harbour Panel!A1 guessed-title", "Tide Board actions!A1 guessed-title",
    ]  # fmt: skip


TITLES = "Harbour Panel; Log – 14 January 2027"
CLOSED = "2/2/27 | Locks | That the locks are mended. | They were. | Completed"


def test_sheets_of_one_committee_and_meeting_are_one_paper(
    said: Said, tmp_path: Path, known: Columns
) -> None:
    more = "3/2/27 | Quays | That the quays are lit. | Soon. | Open"
    book = book_of(
        Open=f"{TITLES}; {HEADINGS}; {GOOD}; {more}",
        Closed=f"{TITLES}; ; {HEADINGS} | Date closed; {CLOSED} | 4/2/27",
    )
    assert said(book) == ["Harbour Panel 14/01/2027", "Closed!A1 joined-sheets"]
    book.save(tmp_path / "two.xlsx")
    (made,) = trackers.trackers_of(read.workbook_at(tmp_path / "two.xlsx"), known, Asked())
    assert [(action.item, str(action.cells["update"])) for action in made.actions] == [
        (1, "Open!D4"), (2, "Open!D5"), (3, "Closed!D5"),
    ]  # fmt: skip
    assert "completed" in made.fields


def test_what_a_sheet_of_the_same_paper_has_from_the_other_is_no_guess(said: Said) -> None:
    book = book_of(Open=f"{TITLES}; {HEADINGS}; {GOOD}", Closed=f"{HEADINGS}; {CLOSED}")
    assert said(book) == ["Harbour Panel 14/01/2027", "Closed!A1 joined-sheets"]


def test_whose_a_sheet_is_stays_a_guess_where_two_papers_could_have_it(said: Said) -> None:
    tides = f"Tide Panel; Log – 14 January 2027; {HEADINGS}; {GOOD}"
    book = book_of(A=f"{TITLES}; {HEADINGS}; {GOOD}", B=tides, Closed=f"{HEADINGS}; {CLOSED}")
    made = said(book, ("guessed-title",))
    assert "A!A1 guessed-title" in made


def test_what_is_wrong_on_each_sheet_is_said_with_its_own_cells(said: Said) -> None:
    book = book_of(
        Open=f"{TITLES}; {HEADINGS} | Wibble; {GOOD} | x",
        Closed=f"{TITLES}; {HEADINGS} | Wobble; {CLOSED} | y; ; Thanks to all",
        Old=f"{TITLES}; {HEADINGS}; 3/2/27 | Quays | That the quays are lit. | Done. | Completed",
    )
    book["Old"].sheet_state = "hidden"
    checks = ("unpublished-column", "stray-text", "hidden-words", "joined-sheets")
    assert said(book, checks) == [
        "Harbour Panel 14/01/2027", "Closed!A1 joined-sheets", "Closed!F3 unpublished-column",
        "Closed!A6 stray-text", "Old!A1 hidden-words", "Open!F3 unpublished-column",
    ]  # fmt: skip


def test_a_reference_on_two_sheets_is_said_with_the_other_sheets_name(
    tmp_path: Path, known: Columns, rules: Rules
) -> None:
    typed = f"{TITLES}; Ref | {HEADINGS}"
    book = book_of(Open=f"{typed}; 1 | {GOOD}", Closed=f"{typed}; 1 | {CLOSED}")
    book.save(tmp_path / "two.xlsx")
    (made,) = trackers.trackers_of(read.workbook_at(tmp_path / "two.xlsx"), known, Asked())
    said = [f for f in findings(Context(made, known, rules)) if f.check == "duplicate-action"]
    assert [(str(f.place), f.message) for f in said] == [
        ("Closed!A4", "The reference is the same as in Open!A4."),
    ]  # fmt: skip


def test_sheets_that_give_one_paper_several_titles_give_it_none(said: Said) -> None:
    book = book_of(
        Open=f"Harbour Panel; Open actions; 14/1/2027; {HEADINGS}; {GOOD}",
        Closed=f"Harbour Panel; Closed actions; 14/1/2027; {HEADINGS}; {CLOSED}",
    )
    assert said(book, ("guessed-title", "stray-text")) == [
        "Harbour Panel 14/01/2027", "Closed!A2 stray-text", "Open!A1 guessed-title",
        "Open!A2 stray-text",
    ]  # fmt: skip


def test_sheets_for_two_meetings_are_two_papers(said: Said) -> None:
    other = TITLES.replace("14 January", "4 March")
    book = book_of(A=f"{TITLES}; {HEADINGS}; {GOOD}", B=f"{other}; {HEADINGS}; {CLOSED}")
    assert said(book) == ["Harbour Panel 14/01/2027", "Harbour Panel 04/03/2027"]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (f"{TITLES}; {HEADINGS}; {GOOD}", "and 1 of the actions are on both"),
        (f"{TITLES}; {HEADINGS} | Due; {CLOSED} | 1/4/27", "'Closed' has a column for 'Due date'"),
    ],
)
def test_sheets_of_one_committee_that_are_no_parts_of_a_paper_are_refused(
    other: str, why: str, said: Said
) -> None:
    match = f"'Open' and 'Closed' are both of Harbour Panel, 14/01/2027, .*{why}"
    with pytest.raises(PipelineError, match=match):
        said(book_of(Open=f"{TITLES}; {HEADINGS}; {GOOD}", Closed=other))


@pytest.mark.parametrize(
    "other",
    [
        "Summary; Committee | Owner | Status | Number; Harbour | Jo | Open | 3",
        "Actions; Action | Meaning | Action required | By whom; Red | Late | Escalate | Lead",
        f"Harbour Panel; Log – 14 January 2027; {HEADINGS}",
    ],
)
def test_another_sheet_that_is_nearly_one_stops_nothing(other: str, said: Said) -> None:
    typed = f"Harbour Panel; Log – 14 January 2027; {HEADINGS}; {GOOD}"
    assert said(book_of(Actions=typed, Other=other)) == [
        "Harbour Panel 14/01/2027", "Other!A1 unread-table",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "check"),
    [
        (GOOD, "second-tracker"),
        ("1/2/27 | Quays | That they are lit. | | Open", "second-tracker"),
        ("Printed by Jo Bell | 1/2/27", "unread-sheet"),
        ("Cllr Bell | Chair | Ward North | She was elected in May. | Open", "unread-sheet"),
        (f"Visits | When | Where | What came of it | State; {GOOD}", "unread-sheet"),
        ("0.1 | 1/2/27 | Jo Bell | First draft | Jo", "unread-sheet"),
    ],
)
def test_a_sheet_that_goes_on_without_headings_is_an_error(
    rows: str, check: str, said: Said
) -> None:
    typed = f"Harbour Panel; Log – 14 January 2027; {HEADINGS}; {GOOD}"
    made = said(book_of(Actions=typed, Other=rows), ("second-tracker", "unread-sheet"))
    assert made == ["Harbour Panel 14/01/2027", f"Other!A1 {check}"]


PROGRAMME = "Meeting date | Item | Purpose | Comments | Status; 14/1/2027 | Quays | To note. | Moved. | Open"


@pytest.mark.parametrize(
    "sheet", [{"Work_programme": PROGRAMME}, {"Next": f"Harbour Panel forward plan; {PROGRAMME}"}]
)
def test_a_programme_of_work_is_no_tracker(sheet: dict[str, str], said: Said) -> None:
    typed = f"Harbour Panel; Log – 14 January 2027; {HEADINGS}; {GOOD}"
    place = f"{next(iter(sheet)).replace('_', ' ')}!A1"
    assert said(book_of(Actions=typed, **sheet)) == [
        "Harbour Panel 14/01/2027", f"{place} unread-table",
    ]  # fmt: skip


def test_an_ignored_sheet_with_a_table_is_not_read(said: Said) -> None:
    typed = f"Harbour Panel; Log – 14 January 2027; {HEADINGS}; {GOOD}"
    assert said(book_of(Actions=typed, To_do=typed)) == ["Harbour Panel 14/01/2027"]


def test_a_sheet_to_be_ignored_is_read_where_no_other_is_there(said: Said) -> None:
    typed = f"Harbour Panel; Log – 14 January 2027; {HEADINGS}; {GOOD}"
    assert said(book_of(To_do=typed)) == ["Harbour Panel 14/01/2027"]
