"""A workbook with a sheet for each meeting of a committee: each is compared with the one before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from pipeline import line
from pipeline.check.checked import Checked
from pipeline.council.clerk import Decisions
from pipeline.published.kept import Archive
from tests.conftest import WEXMOUTH

HEADINGS = ["Ref", "Date", "Title", "Action", "Officer", "Update", "Status"]
LIT, MENDED = "Half of the lamps were put up in October.", "The tender was let in October."
SHEETS = {
    date(2026, 11, 12): {"P/1": (LIT, "In progress"), "P/2": (MENDED, "In progress")},
    date(2027, 1, 14): {"P/1": (LIT, "In progress"), "P/2": ("All gates were mended.", "Completed")},
    date(2027, 3, 11): {"P/1": ("All lamps were put up.", "Completed"), "P/2": ("All gates were mended.", "Completed")},
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[date, Checked]:
    """The papers of the workbook, none of which is published, by their meetings."""
    folder, book = tmp_path_factory.mktemp("in"), Workbook()
    for day, actions in reversed(SHEETS.items()):  # the newest first, as some keep them
        sheet = book.create_sheet(f"{day:%b %Y}")
        for row in (["Places Scrutiny Committee"], [f"Action tracker – {day:%d/%m/%Y}"], HEADINGS):
            sheet.append(row)
        for reference, told in actions.items():
            sheet.append(
                [reference, "10/09/2026", f"Quay {reference}", "That it is done.", "Jo Bell", *told]
            )
    del book["Sheet"]
    book.save(folder / "panel.xlsx")
    archive = Archive(Path("no papers"), Decisions())
    checked = line.checked(folder / "panel.xlsx", WEXMOUTH, None, archive)
    return {one.tracker.meeting: one for one in checked}


def test_each_is_compared_with_the_sheet_of_the_meeting_before(made: dict[date, Checked]) -> None:
    befores = {day: one.last.paper.day if one.last else None for day, one in made.items()}
    november, january, march = SHEETS
    assert befores == {november: None, january: november, march: january}


def test_an_update_that_was_only_copied_is_none(made: dict[date, Checked]) -> None:
    found = [str(one) for one in made[date(2027, 1, 14)].findings]
    assert len(found) == 1
    assert "The update says no more than it did in the paper of 12 November 2026." in found[0]
    assert found[0].startswith("Jan 2027!F4: error: P/1")


def test_what_was_closed_at_the_meeting_before_is_not_shown_again(
    made: dict[date, Checked],
) -> None:
    stated = made[date(2027, 3, 11)].stated
    assert [(one.reference, one.change) for one in stated] == [("P/1", "closed")]
