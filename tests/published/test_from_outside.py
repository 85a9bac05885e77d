"""Records that somebody else wrote are refused in one line, whichever command reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.whole.test_commands import GOOD, Make, assert_refused, make, papers

__all__ = ["make"]  # the fixture
FOLDER = "harbour-scrutiny-panel/2027-03-28"
DEEP = 100_000


def swapped(old: str, new: str) -> Callable[[str], str]:
    def change(whole: str) -> str:
        assert old in whole
        return whole.replace(old, new)

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            swapped('"meeting": "2027-03-28"', '"meeting": "2027-99-99"'),
            "2027-99-99 is no date such as",
        ),
        (swapped('"meeting": "2027-03-28"', '"meeting": "2027-W12-7"'), "is no date such as"),
        (swapped('"since": ""', '"since": "20270128"'), "is no date such as"),
        (swapped('"item": 1', '"item": 0'), ">= 1"),
        (swapped('"item": 1', f'"item": 1{"0" * 5000}'), "carries records that cannot be read"),
        (swapped('"item": 1', '"item": NaN'), "carries records that cannot be read"),
        (swapped('"extended": 0', '"extended": -1'), ">= 0"),
        (swapped('"final": true', '"final": false, "final": true'), "'final' stands twice"),
        (swapped('"since": ""', f'"since": {"[" * DEEP}{"]" * DEEP}'), "too deep"),
        (swapped('"since": ""', '"since": "\\ud800"'), "carries records that cannot be read"),
        (swapped('"since": ""', '"since": "", "since_when": ""'), "since_when"),
        (lambda whole: whole[: len(whole) // 2], "carries records that cannot be read"),
    ],
)
def test_records_that_are_wrong_are_one_line_and_exit_2(
    make: Make, tmp_path: Path, change: Callable[[str], str], said: str
) -> None:
    book = make(GOOD)
    assert papers("build", book, "--final", "--to", "json", "--output", tmp_path).exit_code == 0
    path = tmp_path / FOLDER / "records.json"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    new = tmp_path / "new.xlsx"
    commands: list[list[str | Path]] = [
        ["read", path],
        ["verify", path],
        ["changes", path, path],
        ["check", book, "--since", path],
        ["check", book, "--output", tmp_path],
    ]
    for command in commands:
        assert_refused(papers(*command), said)
    assert papers("import", path, new).exit_code == 2
    assert not new.exists()
