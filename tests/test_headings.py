"""Headings read: by name, by their words, or not at all; and what gives way to what."""

from __future__ import annotations

import re

import pytest

from pipeline.columns import Columns
from pipeline.errors import PipelineError
from tests.conftest import Read

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
        "reference A, title B, action C, due E, update F",
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
    "Cyf. | Dyddiad/Date | Argymhelliad/Request | Diweddariad/Update | Statws/Status + 1 | 1/2/27 | S. | D. | Open":
        "reference A, date B, action C, update D, status E",
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_which_field_each_heading_is(row: str, read: Read) -> None:
    headings, *lines = row.split(" + ")
    found = read(*lines, headings=headings).layout.matches
    letters = {
        f"{match.field} {'ABCDEFGHIJ'[number - 1]}{'?' * match.guessed}"
        for number, match in found.items()
    }
    assert letters == set(ROWS[row].split(", "))


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        ("Ref | Title | Action | Status | Notes", "no column says what has been done"),
        ("Ref | Title | Action | Status | Notes", "'Notes' is never published."),
        ("Date | Owner | Update | Status", "no column says what was asked for"),
        ("Ref | Title | Action | Agreed action | Update", "two columns are both 'Action proposed'"),
        ("Ref | Title | Action | Update | Update", "two columns are both 'Action taken'"),
        ("Reference | Name | Remark", "No sheet has a row of headings that we know"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(headings: str, said: str, read: Read) -> None:
    with pytest.raises(PipelineError, match=re.escape(said)):
        read("1 | a | b | c | d", headings=headings)


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
        (["2026/27", "A1 | One | Do it. | D. | Open"], ["Do it."], ["A4"]),
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
        (["A1 | One | Do it. | D. | Open", "", "Key | | Open | Not yet done"], ["Do it."], ["A6", "C6", "D6"]),
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
