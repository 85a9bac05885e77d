"""No cell and no line above the table costs more than its length: each of these took from 8 to 30 seconds."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline import line

HEADINGS = "Reference,Date,Title,Action proposed,Action taken,Progress status,Lead officer,Due date"
ROW = [
    "HP/1",
    "24/01/2026",
    "Quay",
    "Report back.",
    "Done.",
    "Completed",
    "Ruth Calloway",
    "25/01/2026",
]
LETTERS = 32_000  # of 32,767 that a cell of Excel can hold


@pytest.mark.parametrize(
    "said",
    ["1", "a", "[", "(", ".", "!", "a-", "a'", "of ", "/ ", " & ", "@", "Open / ", "Closed: "],
)
def test_a_long_cell_or_title_costs_what_its_length_does(said: str, tmp_path: Path) -> None:
    words = f'"{said * (LETTERS // len(said))}x"'
    rows = [",".join([*ROW[:n], words, *ROW[n + 1 :]]) for n in range(len(ROW))]
    above = [words, "Committee: Harbour Panel", "Paper: Log", "Meeting date: 14 January 2027"]
    path = tmp_path / "log.csv"
    path.write_text("\n".join([*above, HEADINGS, *rows]), encoding="utf-8")
    known = line.council("wexmouth")
    started = time.process_time()
    assert list(line.checked(path, known))
    assert time.process_time() - started < 4  # of CPU; a tenth on a quiet machine
