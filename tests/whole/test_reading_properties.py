"""What must not matter to a reader: the order of columns, blank rows, how headings are typed, other sheets.

A typed tracker and the same one changed so are made into workbooks, and have the same records.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import typed

EXAMPLES = 6  # of each property and layout
fixed = settings(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None)

Cells = list[str]


@dataclass(frozen=True)
class Tracker:
    """A typed tracker: the lines above its table, its headings, and its rows."""

    titles: list[str]
    headings: Cells
    rows: list[Cells]

    @property
    def text(self) -> str:
        """As `typed.write` takes it."""
        return "\n".join([*self.titles, *(" | ".join(row) for row in [self.headings, *self.rows])])


def tracker(text: str) -> Tracker:
    """A tracker of three lines above its table."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().split("\n")]
    width = len(lines[3])
    rows = [[*line, *[""] * (width - len(line))] for line in lines[4:]]
    return Tracker([line[0] for line in lines[:3]], lines[3], rows)


LAYOUTS = {
    "monitoring": tracker(
        """
        Harbour Scrutiny Panel
        Scrutiny Monitoring – 4 February 2027

        Date | Title | Action proposed | Action Taken | Progress Status
        14/10/2026 | Ferry Timetable | That the timetable is published. | It was published on 2 November. | Completed
         | | That late boats are counted. | Counting began in November. |
        18/11/2026 | Slipway | That the slipway is lit. | The contract is with Legal, who will |
         | | | answer by March. | In progress
         | | That the rail is painted. | | Not started
        """
    ),
    "action log": tracker(
        """
        Environment Committee
        Action Log – 4 February 2027

        Ref | Date | Title | Action | Lead officer | Due date | Update | Status | Date completed
        E1 | <2026-10-14> | Verges | Mow the verges. | Ruth Calloway, Head of Works | <2026-11-30> | They were mown. | Complete | <2026-11-20>
        E2 | <2026-10-14> | Verges | Count the bees. | Tom Askew / Imran Sadiq | Autumn 2027 | A count is planned. | On track |
        E3 | 18 November 2026 | Litter | Empty the bins daily. | Head of Streets | 31/02/2027 | | In progress |
        E4 | 18 November 2026 | Litter | Buy a sweeper. | Grace Odell | ASAP | It waits for the budget. | Deferred |
        """
    ),
    "rolling log": tracker(
        """
        Harbour and Coast Committee
        Rolling Actions Log – 4 February 2027

        No | Date | Report Title | Action | Action Owner | Expected completion date | Actual completion date | Comments
        1 | 04.10.26 | Dredging | To circulate the survey of the berths. | Ruth Calloway | Ongoing | | Update 9 January 2027: the survey is with the printer.
        2 | 7 June 2026 | Moorings | To report on the waiting list. | Imran Sadiq | September 2026 | 12/09/26 | A briefing was sent.
        3 | 7 June 2026 | Moorings | To publish the charges. | Imran Sadiq | 30 March 2027 | | The charges are drafted.
        """
    ),
    "recommendations": tracker(
        """
        Saltmarsh Scrutiny Board
        Recommendations Monitoring – 4 February 2027

        Reference | Origin | Date | Area | Recommendation | Lead Officer/EM | Action taken | Status
        SR (26/27) 01 | Task group | 14/10/26 | Libraries | That opening hours are reviewed. | RC/Cllr Hale | A survey closed in January. | Ongoing
        SR (26/27) 02 | Petition | 14/10/26 | Libraries | That the van calls at Eastquay. | IS | It has called since December. | Complete
        SR (26/27) 03 | Petition | 18/11/26 | Harbour | That the slipway is lit. | BP | The contract is with Legal. | Paused
        """
    ),
    "bilingual": tracker(
        """
        Pwyllgor Craffu Môr Tawel
        Monitro – 4 February 2027

        Cyf./Ref | Dyddiad/Date | Argymhelliad/Recommendation | Swyddog/Officer | Diweddariad/Update | Statws/Status
        1 | 14/10/26 | Bod y cei yn cael ei oleuo. | Siân Pŵel | Gosodwyd y goleuadau ym mis Tachwedd. | Cwblhawyd
        2 | 14/10/26 | That the Welsh signs are replaced. | Siân Pŵel | Two of five are done. | Ar y gweill
        """
    ),
    "a paper each": tracker(
        """
        Saltmarsh Borough Council
        Monitoring – 4 February 2027

        Committee | Ref | Date | Title | Action | Update | Status
        Quay Panel | Q1 | 1/10/26 | Berths | Dredge two berths. | They were dredged. | Done
         | Q2 | | | Light the slipway. | It was lit. | Done
        Tide Board | T1 | 2/10/26 | Tables | Print the tables. | They were printed. | Done
        Quay Panel | Q3 | 3/10/26 | Ferry | Hire a second ferry. | Prices are awaited. | Open
        """
    ),
    "headings that no list has": tracker(
        """
        Quay Users Panel
        Monitoring – 4 February 2027

        Date | Topic discussed | Recommended action | Work carried out to date | Current status of action
        14/10/26 | Berths | That two berths are dredged. | They were dredged. | Done
        18/11/26 | Slipway | That the slipway is lit. | Quotes are in. | Ongoing
        """
    ),
}  # fmt: skip
each_layout = pytest.mark.parametrize("name", LAYOUTS)


def records(text: str) -> list[tuple[Any, ...]]:
    """What a typed tracker's papers say: their committee, title and meeting, and their actions without cells."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        typed.write(text, folder / "tracker.xlsx")
        made = typed.made(folder / "tracker.xlsx", folder / "out", *typed.options(text))
    assert made.refusal == ""
    return [
        (
            *(paper["paper"][field] for field in ("committee", "title", "meeting")),
            [
                {field: action[field] for field in action if field != "cells"}
                for action in paper["actions"]
            ],
        )
        for paper in made.papers
    ]


@cache
def as_typed(name: str) -> list[tuple[Any, ...]]:
    """The records of a layout as it stands."""
    return records(LAYOUTS[name].text)


@each_layout
@fixed
@given(data=st.data())
def test_columns_may_stand_in_any_order(name: str, data: st.DataObject) -> None:
    given = LAYOUTS[name]
    order = data.draw(st.permutations(range(len(given.headings))))
    moved = [[row[number] for number in order] for row in [given.headings, *given.rows]]
    assert records(Tracker(given.titles, moved[0], moved[1:]).text) == as_typed(name)


@each_layout
@fixed
@given(data=st.data())
def test_blank_rows_may_stand_between(name: str, data: st.DataObject) -> None:
    given = LAYOUTS[name]
    blank = [""] * len(given.headings)
    counts = data.draw(
        st.lists(st.integers(0, 3), min_size=len(given.rows), max_size=len(given.rows))
    )
    rows = [
        row
        for count, row in zip(counts, given.rows, strict=True)
        for row in [*[blank] * count, row]
    ]
    assert records(Tracker(given.titles, given.headings, rows).text) == as_typed(name)


CASES: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower, str.title, str.swapcase)
SPACES = (" ", "  ", "\\n", "\\u00a0", " \\u200b")
ENDS = ("", ":", "*", " ", "\\n", "\\u00a0")


@each_layout
@fixed
@given(data=st.data())
def test_headings_may_be_typed_in_any_way(name: str, data: st.DataObject) -> None:
    given = LAYOUTS[name]
    headings = [
        re.sub(
            " +",
            data.draw(st.sampled_from(SPACES)).replace("\\", "\\\\"),
            data.draw(st.sampled_from(CASES))(heading),
        )
        + data.draw(st.sampled_from(ENDS))
        for heading in given.headings
    ]
    assert records(Tracker(given.titles, headings, given.rows).text) == as_typed(name)


OTHERS = {
    "contacts": "Name | Telephone | E-mail\nRuth Calloway | 01632 960101 | ruth.calloway@saltmarsh.example",
    "guidance": "How to fill in this workbook\nWrite what has been done since the last meeting.\nAsk the clerk if unsure.",
    "lists": "Not started\nIn progress\nCompleted",
    "budget": "Cost centre | Budget | Spent\nDredging | <12000> | <9000>\nLighting | <4000> | <4100>",
    "meetings": "Meeting | Papers out\n<2027-02-04> | <2027-01-27>\n<2027-03-18> | <2027-03-10>",
    "empty": "",
}
other_sheets = st.lists(st.sampled_from(sorted(OTHERS)), max_size=2, unique=True)


def sheets(names: list[str]) -> list[str]:
    """Some unrelated sheets."""
    return [f"! sheet {name}\n{OTHERS[name]}" for name in names]


@each_layout
@fixed
@given(before=other_sheets, behind=other_sheets)
def test_other_sheets_may_stand_about(name: str, before: list[str], behind: list[str]) -> None:
    behind = [each for each in behind if each not in before]
    table = f"! sheet Actions\n{LAYOUTS[name].text}"
    assert records("\n".join([*sheets(before), table, *sheets(behind)])) == as_typed(name)
