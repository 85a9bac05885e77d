"""One word for one status, one day however it is typed, and no figures that say nothing."""

from __future__ import annotations

import dataclasses
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from lxml import html
from msgspec.structs import replace
from openpyxl import Workbook as ExcelWorkbook
from openpyxl import load_workbook

from pipeline.commands.cli import main
from pipeline.compose import paper
from pipeline.council import settings
from pipeline.council.house import HouseStyle
from pipeline.council.own_words import columns_of
from pipeline.council.rules import Rules
from pipeline.model.action import plain
from pipeline.model.document import outline
from pipeline.model.errors import PipelineError
from pipeline.normalise.tracker import Tracker
from pipeline.published import records
from pipeline.published.records import PaperRecord, Records, action_records
from pipeline.published.verify import differences, edition_at
from tests.conftest import Read

TIDES = "Tides | That they are sent. | They were sent."


def lines(tracker: Tracker, rules: Rules, look: HouseStyle) -> list[str]:
    """The outline of a tracker's paper."""
    records = Records(
        PaperRecord("", "", "2027-03-28", False, False, "", "", "", ""),
        action_records(tracker.actions, look),
    )
    return list(
        outline(paper.monitoring_paper(tracker, records, rules, look, "2027-03-01T00:00:00Z"))
    )


@pytest.mark.parametrize(
    ("first", "second", "items"),
    [
        ("24/01/27", "24 January 2027", 1),
        ("24/01/27", "Sunday 24th Jan 2027", 1),
        ("24.1.2027", "2027-01-24", 1),
        ("24/01/27", "25 January 2027", 2),
        ("January 2027", "24 January 2027", 2),
    ],
)
def test_one_day_typed_in_two_ways_is_one_item(
    read: Read, first: str, second: str, items: int
) -> None:
    tracker = read(f"{first} | {TIDES} | Completed", f"{second} | {TIDES} | Completed")
    assert tracker.actions[-1].item == items


def test_a_real_date_and_the_same_day_in_words_are_one_item(read: Read) -> None:
    def type_a_date(book: ExcelWorkbook) -> None:
        book["Actions"]["A4"] = date(2027, 1, 24)

    tracker = read(
        f"x | {TIDES} | Completed",
        f"24 January 2027 | {TIDES} | Completed",
        f"24 January 2027 | Locks {TIDES[5:]} | Completed",
        change=type_a_date,
    )
    assert [one.item for one in tracker.actions] == [1, 1, 2]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("complete", "Completed"),
        ("DONE.", "Completed"),
        ("On-going", "In progress"),
        ("✓", "Completed"),
        ("Withdrawn", "No longer required"),
        ("Moved to work programme", "Transferred"),
        ("Complete – handed over 2/12/2026", "Complete – handed over 2/12/2026"),
        ("Completed 12/11/2026", "Completed 12/11/2026"),
        ("Ongoing (see update)", "Ongoing (see update)"),
        ("Amber", "Amber"),
        ("Completed (part)", "Completed (part)"),
    ],
)
def test_a_status_is_printed_in_the_house_s_word_where_it_is_a_listed_word(
    read: Read, rules: Rules, house_style: HouseStyle, typed: str, printed: str
) -> None:
    tracker = read(f"1/2/27 | {TIDES} | {typed}")
    assert lines(tracker, rules, house_style)[-1] == printed
    (record,) = records.action_records(tracker.actions, house_style)
    assert (record.raw_status, record.status_words) == (typed, printed)


def test_a_status_with_a_link_is_left_as_it_is(read: Read, house_style: HouseStyle) -> None:
    def link(book: ExcelWorkbook) -> None:
        book["Actions"]["E4"].hyperlink = "https://www.wexmouth.example/tides"

    (action,) = read(f"1/2/27 | {TIDES} | Done", change=link).actions
    assert plain(records.printed_status(action.status, house_style)) == "Done"


def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """Work in a folder where Wexmouth calls a status by another word."""
    folder = tmp_path / "templates" / "wexmouth"
    shutil.copytree(settings.TEMPLATES / "wexmouth", folder)
    with (folder / "house.toml").open("a", encoding="utf-8") as style:
        style.write(f"\n[status_words]\n{word}\n")
    monkeypatch.chdir(tmp_path)


def test_a_council_s_own_word_is_the_one_word_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(tmp_path, monkeypatch, '"transferred" = "handed on"')
    papers = CliRunner().invoke
    asked = [
        "new",
        str(tmp_path / "panel.xlsx"),
        "--committee",
        "Harbour Panel",
        "--style",
        "wexmouth",
    ]
    assert papers(main, [*asked, "--meeting", "28/3/2027"]).exit_code == 0
    book = load_workbook(tmp_path / "panel.xlsx")
    offered = [cell.value for (cell,) in book["Lists"]["A5:A12"]]
    assert "Handed on" in offered
    typed: list[str | date] = [
        date(2027, 1, 24),
        "Tides",
        "That they are sent.",
        "Jo Bell",
        date(2027, 9, 1),
        "They were sent.",
    ]
    for column, value in enumerate([*typed, "Handed on"], 2):
        book["Actions"].cell(5, column, value)
    book.save(tmp_path / "panel.xlsx")
    out = ["--output", str(tmp_path / "out"), "--style", "wexmouth", "--to", "docx,html,json"]
    assert papers(main, ["build", str(tmp_path / "panel.xlsx"), "--final", *out]).exit_code == 0
    (word,) = (tmp_path / "out").rglob("*.docx")
    document = docx.Document(str(word))
    above = [paragraph.text for paragraph in document.paragraphs]
    assert "1 action: 1 handed on. 0 updates awaited." in above
    assert "Handed on: Tides (HP-001)." in above
    assert document.tables[0].rows[1].cells[-1].text == "Handed on"
    page: Any = html.document_fromstring(word.with_suffix(".html").read_bytes())
    assert [one.text for one in page.xpath("//form//option[@value='transferred']")] == ["Handed on"]


def test_a_house_s_word_that_is_another_status_s_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(tmp_path, monkeypatch, '"on hold" = "pending"')
    with pytest.raises(
        PipelineError, match="'Pending' is the word for 'on hold', and one for 'not started'"
    ):
        columns_of("wexmouth")


def test_records_without_the_printed_status_are_verified_by_the_officer_s_words(
    tmp_path: Path,
) -> None:
    shutil.copy(
        Path(__file__).parents[2] / "inputs" / "environment-and-transport-committee.xlsx",
        tmp_path,
    )
    built = [
        "build",
        str(next(tmp_path.glob("*.xlsx"))),
        "--to",
        "html",
        "--output",
        str(tmp_path / "out"),
    ]
    assert CliRunner().invoke(main, built).exit_code == 0
    (page,) = (tmp_path / "out").rglob("*.html")
    read = edition_at(page)
    assert list(differences([read])) == []
    older = [replace(one, status_words="") for one in read.records.actions]
    made = records.as_json(replace(read.records, actions=older))
    said = list(differences([dataclasses.replace(read, json=made)]))
    assert [one for one in said if "status_words: its records say 'Ongoing', and" in one]


def test_only_of_updates_awaited_is_none_worth_saying(
    read: Read, rules: Rules, house_style: HouseStyle
) -> None:
    said = lines(read(f"1/2/27 | {TIDES} | Paused"), rules, house_style)
    assert "1 action: 1 on hold. 0 updates awaited." in said
