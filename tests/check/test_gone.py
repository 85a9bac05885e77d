"""What the last papers had and a workbook has no more."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from pipeline import line
from pipeline.check import run
from pipeline.council.clerk import Decisions, Merged, Moved, Plan, Renamed
from pipeline.published.kept import Archive
from tests.check.test_conduct import Meet, Row, found, meet, records
from tests.check.test_past import HALF, QUAYS, REST
from tests.conftest import WEXMOUTH

__all__ = ["meet"]  # the fixture

CLOSED: Row = {"A": "T1", "H": "Completed"}
ANEW = [
    # What stood in the last paper, what stands in the workbook, and where and how it is said.
    (({"A": "T1"}, {**QUAYS, "A": "T2"}), ({"A": "T2"}, {**QUAYS, "A": None}), "A4 T1 is now T2, T2 has none now"),
    ((CLOSED,), ({**QUAYS, "A": "T1"},), "A4 T1 was 'That the tables are sent.'"),
    ((CLOSED,), (CLOSED, {**QUAYS, "A": "T1"}), "A5 T1 was 'That the tables are sent.'"),
    (({**CLOSED, "A": None},), ({**QUAYS, "A": None},), ""),
]  # fmt: skip


@pytest.mark.parametrize(("before", "now", "expected"), ANEW)
def test_references_given_anew_are_named_at_the_first(
    meet: Meet, before: tuple[Row, ...], now: tuple[Row, ...], expected: str
) -> None:
    made = meet(*now, last=records(meet(*before)), meeting="28 May 2027")
    said = [
        f"{one.place.cell} {one.message.partition(': ')[2].rstrip('.')}"
        for one in made.findings
        if one.check == "numbered-anew"
    ]
    assert said == [expected] * bool(expected)


def test_a_number_of_an_action_that_was_closed_before_the_last_paper_may_be_given_again(
    meet: Meet,
) -> None:
    march = records(meet(CLOSED, {**QUAYS, "A": "T2"}))
    may = records(meet({**QUAYS, "A": "T2", "G": REST}, last=march, meeting="28 May 2027"))
    lamps: Row = {"A": "T1", "C": "Lamps", "D": "That lamps are lit."}
    made = meet(lamps, {**QUAYS, "A": "T2"}, last=may, meeting="28 July 2027")
    assert "numbered-anew" not in [check for _, check in found(made)]


def test_references_whose_column_is_gone_are_missed_at_the_first_heading(
    meet: Meet, tmp_path: Path
) -> None:
    path = tmp_path / "tracker.xlsx"
    last = records(meet({"A": "T1"}))
    meet({"G": REST})
    book = load_workbook(path)
    book["Actions"].delete_cols(1)
    book["Actions"]["A1"] = "Harbour Panel"
    book.save(path)
    archive = Archive(Path("no papers"), Decisions(), last)
    (made,) = line.checked(path, WEXMOUTH, date(2027, 5, 28), archive)
    assert ("A3", "numbered-anew") in found(made)


GONE = [
    # Who answered for the one that is gone, what stands in the workbook instead, and what is said.
    ("Ruth Hale; Jo Bell", {}, "T5 (Ruth Hale, Jo Bell) was open"),
    (None, {}, "T5 was open"),
    (None, {"A": None, "G": "Half. It includes T5."}, "Was it merged with 'That the quays are swept.'? Put it back"),
    (None, {"A": None, "D": None, "G": "Half. It includes T5."}, "Was it merged with 'Quays'? Put it back"),
    (None, {"A": "T9", "C": "Tides", "D": "aaac"}, "Is it T9 in A4? Put it back"),  # 75 of 100 alike
    (None, {"A": "T9", "C": "Tides", "D": "aacc"}, "not in the workbook. Put it back"),  # 50
]  # fmt: skip


@pytest.mark.parametrize(("officers", "row", "expected"), GONE)
def test_one_that_is_gone_is_named_and_asked_about(
    meet: Meet, officers: str | None, row: Row, expected: str
) -> None:
    last = records(meet({"A": "T5", "D": "aaab", "E": officers}))
    made = meet({**QUAYS, "A": "X1", **row}, last=last, meeting="28 May 2027")
    (one,) = (one for one in made.findings if one.check == "vanished-action")
    assert expected in f"{one.message} {one.remedy}"


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


def hide_row_5(path: Path, reference: str) -> None:
    """Write a reference in a row and hide it."""
    book = load_workbook(path)
    book["Actions"]["A5"] = reference
    book["Actions"].row_dimensions[5].hidden = True
    book.save(path)


def test_an_action_without_words_is_not_the_dash_of_a_hidden_row(
    meet: Meet, tmp_path: Path
) -> None:
    last = records(meet({"G": HALF}, {"A": None, "D": "?", "G": HALF}))
    meet({"G": REST})
    hide_row_5(tmp_path / "tracker.xlsx", "–")
    archive = Archive(Path("no papers"), Decisions(), last)
    (made,) = line.checked(tmp_path / "tracker.xlsx", WEXMOUTH, None, archive)
    assert "vanished-action" in {one.check for one in made.findings}


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [("leave-out", ["T6", "hidden-words"]), ("print", ["T5", "T6", "printed-hidden-words"])],
)
def test_an_action_whose_reference_stands_in_a_hidden_row_is_gone_where_that_row_is_no_fault(
    meet: Meet, tmp_path: Path, hidden: str, expected: list[str]
) -> None:
    pilots, buoys = (
        {"C": it, "D": f"That the {it} are asked.", "G": HALF} for it in ("Pilots", "Buoys")
    )
    last = records(meet({"G": HALF}, pilots, buoys))
    meet({"G": REST})
    path = tmp_path / "tracker.xlsx"
    hide_row_5(path, "T5")
    columns = replace(WEXMOUTH.columns, hidden=hidden)
    council = dataclasses.replace(WEXMOUTH, columns=columns)
    (made,) = line.checked(path, council, None, Archive(Path("no papers"), Decisions(), last))
    said = [
        one.reference or one.check
        for one in made.findings
        if "hidden" in one.check or "vanished" in one.check
    ]
    assert said == expected
