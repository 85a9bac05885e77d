"""The copy of a workbook with its faults as notes: what is in it, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook as ExcelWorkbook
from openpyxl import load_workbook
from openpyxl.comments import Comment

from pipeline.commands.cli import main
from tests.conftest import HEADINGS, TITLES

COPY = "harbour-scrutiny-panel/2027-03-28/not-for-publication/to-do.xlsx"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workbook with an update missing, and an officer's note on the empty cell."""
    book = ExcelWorkbook()
    sheet = book.worksheets[0]
    sheet.title = "Jo's log"
    for line in [
        *TITLES,
        f"{HEADINGS} | Officer",
        "1/2/27 | Tides | =1+1 is sent. | | Ongoing | =Jo",
    ]:
        sheet.append([cell.strip() or None for cell in line.split("|")])
    sheet["C4"].data_type = sheet["F4"].data_type = "s"
    sheet["D4"].comment = Comment("Ask Jo", "Sam Rowe")
    book.save(tmp_path / "panel.xlsx")
    return tmp_path / "panel.xlsx"


def annotated(path: Path, out: Path) -> Path:
    arguments = ["check", str(path), "--annotate", "--output", str(out)]
    assert CliRunner().invoke(main, arguments).exit_code == 1  # errors are open
    return out / COPY


def test_the_copy_has_a_list_first_and_a_note_on_each_cell(path: Path, tmp_path: Path) -> None:
    book = load_workbook(annotated(path, tmp_path / "out"))
    assert book.sheetnames == ["To do", "Jo's log"]
    assert (book["To do"].page_setup.paperSize, book["To do"].page_setup.orientation) == (
        9,  # A4
        "landscape",
    )
    above, head = list(book["To do"].iter_rows(max_row=3, max_col=1)), book["To do"][4]
    assert [str(one.value).split(": ")[0].split(". ")[0] for (one,) in above] == [
        "panel.xlsx", "NOT READY", "Publish by Thursday 18 March 2027"
    ]  # fmt: skip
    assert [cell.value for cell in head[:3]] == ["Cell", "Reference", "Title"]
    row = next(row for row in book["To do"].iter_rows(min_row=5) if row[3].value == "error")
    assert row[0].hyperlink is not None
    assert row[0].hyperlink.location == "'Jo''s log'!D4"
    assert [cell.value for cell in row] == [
        "Jo's log!D4", None, "Tides", "error", "The action has no update.",
        "Write what has been done, or that nothing has and why.", "=Jo",
    ]  # fmt: skip
    assert row[6].data_type == "s"
    note = book["Jo's log"]["D4"].comment
    assert note is not None
    assert note.text.startswith("Ask Jo\n\n")
    assert "Error: The action has no update. Write what has been done" in note.text


def test_a_cell_that_is_merged_over_actions_has_its_note_once(path: Path, tmp_path: Path) -> None:
    book = load_workbook(path)
    book["Jo's log"].append(["1/2/27", "Quays", "That they are lit.", None, "Ongoing", "Ann"])
    book["Jo's log"].merge_cells("D4:D5")
    book.save(path)
    copy = load_workbook(annotated(path, tmp_path / "out"))
    assert copy["Jo's log"]["D4"].comment.text.count("The action has no update.") == 1
    assert [row[0].value for row in copy["To do"].iter_rows(min_row=5) if row[3].value == "error"] == [
        "Jo's log!D4", "Jo's log!D5"
    ]  # fmt: skip


def test_the_officers_own_file_stays_as_it_was(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    first = annotated(path, tmp_path / "one").read_bytes()
    assert path.read_bytes() == before
    assert annotated(path, tmp_path / "two").read_bytes() == first


def test_a_file_that_is_no_excel_workbook_is_refused(tmp_path: Path) -> None:
    tsv = tmp_path / "panel.tsv"
    lines = [*TITLES, HEADINGS.replace(" | ", "\t"), "1/2/27\tTides\tThat it is.\t\tOngoing"]
    tsv.write_text("\n".join(lines), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(tsv), "--annotate"])
    assert (result.exit_code, "Save it as one" in result.output) == (2, True)
