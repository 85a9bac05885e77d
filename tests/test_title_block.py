"""The lines above the table: which committee, paper and meeting they name, whatever else stands there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook as ExcelWorkbook

from pipeline import normalise, workbook
from pipeline.checks import Context, Rules, run
from pipeline.columns import Columns
from pipeline.errors import PipelineError
from tests.conftest import HEADINGS, Read

GOOD = "1/2/27 | Tides | That the tables are sent. | They were sent. | Completed"
DAY = date(2027, 1, 14)
BLOCKS = {
    "Planning Committee; Action log – 14 January 2027": "Action log",
    "Planning Committee – 14 January 2027; Action log": "Action log",
    "Action Tracker; Planning Committee – 14 January 2027": "Action Tracker",
    "Wexmouth Town Council; Planning Committee; Action log – 14 January 2027": "Action log",
    "Planning Committee Action Log – 14 January 2027": "Action Log",
    "Chair: A. Hale; Committee: Planning Committee; Meeting: 14 January 2027": "Monitoring",
    "Action log; Meeting: Planning Committee; Date: 14 January 2027": "Action log",
    "Agenda Item 5; Planning Committee; 14 January 2027; Outstanding actions": "Outstanding actions",
    "Planning Committee; Action log; Correct at 5 January 2027; Meeting date: 14 January 2027": "Action log",
    "Planning Committee; Date of next meeting: 4 March 2027; Action log – 14 January 2027": "Action log",
    "Planning Committee; Actions arising from the meeting held on 12 November 2026; For the meeting on 14 January 2027":
        "Monitoring",
    "Committee | Planning Committee; Date prepared | 5 January 2027; Meeting date | 14 January 2027": "Monitoring",
    "Action log; Committee | Meeting date | Version; Planning Committee | 14/01/2027 | 3": "Action log",
    "Planning Committee | | | Date: | 14 Jan 2027; Action log": "Action log",
    "Planning Committee – Thursday 14th January 2027, Council Chamber; Action log": "Action log",
    "Planning Committee; Action log; Meeting: 14 January 2027 at 6.30pm": "Action log",
    "Planning Committee; Action log; Meeting date | 2027/01/14": "Action log",
}  # fmt: skip


@pytest.mark.parametrize("lines", BLOCKS)
def test_committee_paper_and_meeting_are_told_from_the_rest(lines: str, read: Read) -> None:
    tracker = read(GOOD, titles=[line.strip() for line in lines.split(";")])
    assert (tracker.committee, tracker.meeting) == ("Planning Committee", DAY)
    assert tracker.paper == BLOCKS[lines]
    assert tracker.taken == ()


def test_every_line_that_is_not_used_is_said(read: Read) -> None:
    titles = ["Wexmouth Borough", "Planning Committee", "Chair: A. Hale", "Log – 14 January 2027"]
    said = {cell.words for cell in read(GOOD, titles=titles).stray}
    assert said == {"Wexmouth Borough", "Chair: A. Hale"}


Said = Callable[[ExcelWorkbook], list[str]]


@pytest.fixture
def said(tmp_path_factory: pytest.TempPathFactory, known: Columns, rules: Rules) -> Said:
    """What a workbook's trackers are, and what is said of their names."""

    def told(book: ExcelWorkbook) -> list[str]:
        path = tmp_path_factory.mktemp("titles") / "tracker.xlsx"
        book.save(path)
        made = normalise.trackers(workbook.read(path), known, normalise.Asked(paper="Monitoring"))
        findings = [f for one in made for f in run(Context(one, known, rules))]
        names = [f"{one.committee} {one.meeting:%d/%m/%Y}" for one in made]
        checks = ("guessed-title", "unread-table")
        return names + [f"{f.place} {f.check}" for f in findings if f.check in checks]

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


def test_two_dates_that_could_each_be_the_meeting_are_said(said: Said) -> None:
    book = book_of(
        Actions=f"Harbour Panel; Log – 14 January 2027; 4 March 2027; {HEADINGS}; {GOOD}"
    )
    assert said(book) == ["Harbour Panel 14/01/2027", "Actions!A2 guessed-title"]


def test_a_cover_sheet_names_them_and_that_is_said(said: Said) -> None:
    cover = "Committee | Harbour Panel; Meeting date | 14 January 2027; Prepared by | A. Clerk"
    book = book_of(Cover=cover, Actions=f"{HEADINGS}; {GOOD}")
    assert said(book) == [
        "Harbour Panel 14/01/2027", "Cover!B1 guessed-title", "Cover!B2 guessed-title",
    ]  # fmt: skip


def test_a_sheet_named_for_its_committee_names_it(said: Said) -> None:
    book = book_of(
        Harbour_Panel=f"Log – 14 January 2027; {HEADINGS}; {GOOD}",
        Tide_Board=f"Log – 14 January 2027; {HEADINGS}; {GOOD}",
    )
    assert said(book) == [
        "Harbour Panel 14/01/2027", "Tide Board 14/01/2027",
        "Harbour Panel!A1 guessed-title", "Tide Board!A1 guessed-title",
    ]  # fmt: skip


def test_two_sheets_of_one_committee_are_refused(said: Said) -> None:
    typed = f"Harbour Panel; Log – 14 January 2027; {HEADINGS}; {GOOD}"
    with pytest.raises(PipelineError, match="'Open' and 'Closed' are both of Harbour Panel"):
        said(book_of(Open=typed, Closed=typed))


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
