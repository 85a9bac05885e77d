"""Rows made into actions."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelWorkbook

from pipeline import line
from pipeline.council import columns
from pipeline.ingest import read
from pipeline.model.action import plain
from pipeline.model.document import outline
from pipeline.model.errors import PipelineError
from pipeline.normalise import trackers
from pipeline.normalise.tracker import Tracker
from pipeline.normalise.trackers import Asked
from tests.conftest import HEADINGS, WEXMOUTH, Read

SEED = Path(__file__).parents[3] / "shared" / "seed" / "scrutiny-monitoring-2019-03-28.txt"


def pasted(text: str, path: Path) -> Path:
    """A workbook with every tab-separated line of a text as a row."""
    book = ExcelWorkbook()
    assert book.active is not None
    for number, row in enumerate(text.split("\n"), 1):
        for column, cell in enumerate(row.split("\t"), 1):
            if cell:
                book.active.cell(number, column, cell)
    book.save(path)
    return path


def test_title_block_gives_committee_paper_and_meeting(read: Read) -> None:
    tracker = read("1/2/27 | Item | Do it. | Done. | Completed")
    assert (tracker.committee, tracker.paper, tracker.meeting) == (
        "Harbour Scrutiny Panel", "Scrutiny Monitoring", date(2027, 3, 28),
    )  # fmt: skip


def test_title_block_with_labels_and_an_updated_line(read: Read) -> None:
    titles = [
        "Committee: Harbour Board",
        "Paper | Action Log",
        "Meeting date | 5/5/27",
        "Updated 20/03/27",
    ]
    tracker = read("1/2/27 | Item | Do it. | Done. | Completed", titles=titles)
    assert (tracker.committee, tracker.paper, tracker.meeting) == (
        "Harbour Board",
        "Action Log",
        date(2027, 5, 5),
    )
    assert tracker.stray == ()
    assert "day of the update above the table" in tracker.withheld.values()


def test_blank_date_and_title_belong_to_the_item_above(read: Read) -> None:
    tracker = read("1/2/27 | Item | First. | Done. | Completed", "| | Second. | Done. | Completed")
    assert [(a.item, a.date.text, plain(a.title), plain(a.action)) for a in tracker.actions] == [
        (1, "1/2/27", "Item", "First."),
        (1, "1/2/27", "Item", "Second."),
    ]
    assert str(tracker.actions[1].cells["title"]) == "Actions!B4"


def test_continuations_headings_and_blank_rows(read: Read) -> None:
    tracker = read(
        "1/2/27 | Item | First. | The policy is on | ",
        "",
        HEADINGS,
        "| | | the website. |",
        "| | | New part. | Completed",
    )
    (action,) = tracker.actions
    assert plain(action.update) == "The policy is on the website.\nNew part."
    assert (plain(action.status.words), str(action.cells["status"])) == ("Completed", "Actions!E8")


def test_an_item_row_waits_for_its_first_action(read: Read) -> None:
    tracker = read(
        "1/2/27 | Item | | |", "| | First. | Done. | Completed", "| | Second. | Done. | Completed"
    )
    assert [(a.item, plain(a.title), plain(a.action)) for a in tracker.actions] == [
        (1, "Item", "First."),
        (1, "Item", "Second."),
    ]


def test_merged_cells_hold_for_every_row(read: Read) -> None:
    def merge(book: ExcelWorkbook) -> None:
        book["Actions"].merge_cells("A4:A5")
        book["Actions"].merge_cells("B4:B5")
        book["Actions"].merge_cells("E4:E5")

    tracker = read(
        "1/2/27 | Item | First. | Done. | Completed", "| | Second. | Done too. |", change=merge
    )
    assert [
        (a.item, plain(a.action), plain(a.status.words), str(a.cells["status"]))
        for a in tracker.actions
    ] == [
        (1, "First.", "Completed", "Actions!E4"),
        (1, "Second.", "Completed", "Actions!E4"),
    ]


def test_an_action_merged_over_rows_is_one_action(read: Read) -> None:
    tracker = read(
        "1/2/27 | Item | First. | One. | Completed", "| | | Two. |",
        change=lambda book: book["Actions"].merge_cells("C4:C5"),
    )  # fmt: skip
    assert [plain(a.update) for a in tracker.actions] == ["One.\nTwo."]


def test_optional_columns_in_any_order_and_case(read: Read) -> None:
    tracker = read(
        "A1 | Completed | Jo Bell | 1/2/27 | Item | First. | Done. | 3/4/27 | 5/4/27 | secret",
        headings="REF | progress\\nstatus: | Lead Officer | date | Title* | Action  Proposed | action taken |"
        " Due Date | Date completed | Internal notes",
    )
    (action,) = tracker.actions
    assert [plain(text) for text in (action.reference, action.officers, action.notes)] == [
        "A1",
        "Jo Bell",
        "secret",
    ]
    assert (action.due.day, action.completed.day) == (date(2027, 4, 3), date(2027, 4, 5))


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (
            "Date | Title | Action proposed | Action Taken",
            "no 'Progress status' column",
        ),
        (
            "Date | Title | Action | Action proposed | Update | Status",
            "two columns are both 'Action proposed': 'Action' (C3) and",
        ),
    ],
)
def test_a_missing_or_doubled_column_is_refused_by_name(
    read: Read, headings: str, said: str
) -> None:
    with pytest.raises(PipelineError, match=re.escape(said)):
        read("1/2/27 | Item | Do it. | Done. | Completed | x", headings=headings)


def test_empty_fields_have_cells_too(read: Read) -> None:
    (action,) = read("1/2/27 | Item | Do it. | |").actions
    assert (str(action.cells["update"]), str(action.cells["status"])) == (
        "Actions!D4",
        "Actions!E4",
    )


def seen(tracker: Tracker) -> list[tuple[object, ...]]:
    """A tracker's records without their cells."""
    return [
        (a.item, a.date.day, plain(a.title), plain(a.action), plain(a.update), a.status.canonical)
        for a in tracker.actions
    ]


@pytest.mark.skipif(
    not SEED.exists(), reason="the published paper's text is not part of the project"
)
def test_the_published_paper_pasted_into_a_sheet(tmp_path: Path) -> None:
    source = SEED.read_text(encoding="utf-8")
    council = WEXMOUTH
    (checked,) = line.checked(pasted(source, tmp_path / "seed.xlsx"), council)
    tracker = checked.tracker
    assert (tracker.committee, tracker.paper, tracker.meeting) == (
        "Children and Families Scrutiny Panel", "Scrutiny Monitoring", date(2019, 3, 28),
    )  # fmt: skip
    assert [a.item for a in tracker.actions] == [1, 1, 1, 2]
    assert [a.status.canonical for a in tracker.actions] == [
        "completed",
        "unknown",
        "unknown",
        "unknown",
    ]
    assert [(f.place.cell, f.check) for f in checked.findings if f.severity > 1] == [
        ("E7", "missing-status"), ("E14", "missing-status"), ("C23", "broken-text"), ("E23", "missing-status"),
    ]  # fmt: skip
    printed = iter(
        " ".join(outline(line.paper_of(checked, council)))
        .replace("|", " ")
        .replace("•", " ")
        .split()
    )
    for word in source.replace("•", " ").replace("\t", " ").split():
        if word not in HEADINGS.split():
            assert word in printed, word  # advances: every word, in order


def test_every_source_word_is_in_the_paper_in_order(read: Read) -> None:
    """The seed's quirks in our own words."""
    tracker = read(
        "24/01/27 | Tide tables | 2) That the tables are sent. | Work is below: • They are on | ",
        "| | | the harbour site • and on paper. |",
    )
    assert (
        plain(tracker.actions[0].update)
        == "Work is below:\n• They are on the harbour site\n• and on paper."
    )


def test_a_pasted_paper_a_tidy_sheet_and_both_date_systems_give_the_same_records(
    known: columns.Columns,
) -> None:
    fixtures = Path(__file__).parents[1] / "fixtures"
    for one, other in (("pasted", "tidy"), ("excel-like", "excel-1904")):
        (first,), (second,) = (
            trackers.trackers_of(read.workbook_at(fixtures / f"{name}.xlsx"), known, Asked())
            for name in (one, other)
        )
        assert seen(first) == seen(second)
        assert len(first.actions) in (4, 9)
