"""A cell as long as Excel can hold is printed whole, whatever stands in it; what it costs is in `make bench`."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import line
from scripts.bench import HEADINGS, PIECES

LETTERS = 32_000  # of 32,767 that a cell of Excel can hold


def test_a_long_cell_is_printed_whole(tmp_path: Path) -> None:
    updates = [f"Sent. {piece * (LETTERS // len(piece))}x" for piece in PIECES]
    rows = [f'24/01/27,Quay,"That they are sent.","{one}",Completed' for one in updates]
    above = ["Harbour Panel", "Scrutiny Monitoring – 28 March 2027", ",".join(HEADINGS)]
    (tmp_path / "log.csv").write_text("\n".join([*above, *rows]), encoding="utf-8")
    (made,) = line.checked(tmp_path / "log.csv", line.council("wexmouth"))
    printed = ["".join(one.update.split()) for one in made.stated]
    assert printed == ["".join(one.split()) for one in updates]


@pytest.mark.parametrize("piece", ["Completed - ", "Open / ", "a'"])
def test_a_long_status_is_read(piece: str, tmp_path: Path) -> None:
    row = f'24/01/27,Quay,That it is mended.,It was mended.,"{piece * (LETTERS // len(piece))}"'
    above = ["Harbour Panel", "Scrutiny Monitoring – 28 March 2027", ",".join(HEADINGS)]
    (tmp_path / "log.csv").write_text("\n".join([*above, row]), encoding="utf-8")
    (made,) = line.checked(tmp_path / "log.csv", line.council("wexmouth"))
    assert len(made.tracker.actions) == 1
