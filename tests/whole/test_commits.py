"""`make same`: random trackers are what they were, and what differs between two sides is found and shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelWorkbook
from openpyxl import load_workbook

from scripts import random_trackers, same

NUMBERS = range(20)


def cells(path: Path) -> list[object]:
    """What stands in a file's cells, or lines."""
    if path.suffix == ".csv":
        return [path.read_text(encoding="utf-8-sig")]
    sheets = load_workbook(path).worksheets
    return [(sheet.title, *sheet.iter_rows(values_only=True)) for sheet in sheets]


def test_a_number_gives_one_tracker(tmp_path: Path) -> None:
    once = [
        cells(random_trackers.write(random_trackers.tracker(number), tmp_path / f"{number}"))
        for number in NUMBERS
    ]
    again = [
        cells(random_trackers.write(random_trackers.tracker(number), tmp_path / f"{number}"))
        for number in NUMBERS
    ]
    assert once == again
    assert len({str(one) for one in once}) == len(NUMBERS)


def test_the_month_before_has_its_own_meeting_and_other_words() -> None:
    for number in NUMBERS:
        now, before = random_trackers.tracker(number), random_trackers.earlier(number)
        day = random_trackers.long_day(random_trackers.meeting_of(number))
        assert day not in str([one.rows[: one.headings] for one in before.sheets])
        assert [one.fields for one in now.sheets] == [one.fields for one in before.sheets]


@pytest.fixture
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(same, "WORK", tmp_path)
    for side in same.SIDES:
        (tmp_path / side / "papers").mkdir(parents=True)
        (tmp_path / side / "trackers").mkdir()
    return tmp_path


def put(sides: Path, name: str, base: str | None, now: str | None) -> None:
    for side, words in zip(same.SIDES, (base, now), strict=True):
        if words is not None:
            (sides / side / name).write_text(words, encoding="utf-8")


def test_nothing_is_found_where_nothing_differs(sides: Path) -> None:
    put(sides, "trackers/t00001.txt", "finding: one\n", "finding: one\n")
    assert same.differing() == {}


def test_the_first_differing_lines_are_shown_from_where_they_differ(
    sides: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "the quay wall was looked at, " * 20
    put(sides, "papers/new.txt", None, "made\n")
    put(sides, "trackers/t00001.txt", f"x\nfinding: {long}a\nz\n", f"x\nfinding: {long}b\nz\n")
    put(sides, "trackers/t00002.txt", "record.actions 3.due: 1\n", "record.actions 3.due: 2\n")
    same.report(same.differing(), 10)
    assert capsys.readouterr().out.splitlines()[:10] == [
        "papers/new.txt",
        "  only now",
        "finding: 1 (t00001)",
        "  t00001",
        f"    - finding: …{long[-30:]}a",
        f"    + finding: …{long[-30:]}b",
        "record.actions.due: 1 (t00002)",
        "  t00002",
        "    - record.actions 3.due: 1",
        "    + record.actions 3.due: 2",
    ]


def test_the_parts_of_a_workbook_are_compared(sides: Path) -> None:
    for side, words in zip(same.SIDES, ("Dredged.", "Dredged again."), strict=True):
        book = ExcelWorkbook()
        book.worksheets[0]["A1"] = words
        book.save(sides / side / "papers" / "to-do.xlsx")
    (lines,) = same.differing().values()
    assert lines == [
        "- xl/worksheets/sheet1.xml: <t>Dredged.</t>",
        "+ xl/worksheets/sheet1.xml: <t>Dredged again.</t>",
    ]
