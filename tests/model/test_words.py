"""What is found out of texts: kept while a workbook is read, and forgotten before the next."""

from __future__ import annotations

from pathlib import Path

from pipeline import line
from pipeline.model.words import kept
from tests.conftest import WEXMOUTH

SAMPLE = Path(__file__).parents[2] / "inputs" / "environment-and-transport-committee.xlsx"


def test_what_was_found_out_of_a_text_is_kept_until_the_next_workbook() -> None:
    asked: list[str] = []

    @kept
    def length(words: str) -> int:
        asked.append(words)
        return len(words)

    assert (length("quay"), length("quay"), asked) == (4, 4, ["quay"])
    assert list(line.checked(SAMPLE, WEXMOUTH))
    assert (length("quay"), asked) == (4, ["quay", "quay"])
