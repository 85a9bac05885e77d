"""A cell as long as Excel can hold is printed whole, whatever stands in it; what it costs is in `make bench`."""

from __future__ import annotations

from pathlib import Path

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
