"""A cell as long as Excel can hold is printed whole, whatever stands in it; what it costs is in `make bench`."""

from __future__ import annotations

from pathlib import Path

from pipeline import line
from scripts.bench import PIECES, long_cells

LETTERS = 32_000  # of 32,767 that a cell of Excel can hold


def test_a_long_cell_is_printed_whole(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    known = line.council("wexmouth")
    for piece in PIECES:
        path.write_bytes(long_cells(piece)(LETTERS))
        (made,) = line.checked(path, known)
        said = ["".join(one.update.split()) for one in made.tracker.actions]
        assert "".join((piece * 99).split()) in max(said, key=len)
        assert len(max(said, key=len)) > LETTERS / 3, piece
