"""The columns' widths: the house style's shares, and as wide as their words are."""

from __future__ import annotations

import pytest

from pipeline import line
from pipeline.compose import measure
from pipeline.model.document import Cell, Paragraph, Run


@pytest.mark.parametrize(
    ("shares", "needs", "made"),
    [
        ((20, 30, 50), (10, 10, 10), (20, 30, 50)),
        ((20, 30, 50), (30, 10, 30), (30, 25, 45)),
        ((20, 30, 50), (20, 30, 50), (20, 30, 50)),
        ((20, 30, 50), (40, 80, 80), (20, 40, 40)),
    ],
)
def test_a_column_takes_what_it_lacks_from_those_that_have_more(
    shares: tuple[float, ...], needs: tuple[float, ...], made: tuple[float, ...]
) -> None:
    assert measure.shared(shares, needs) == pytest.approx(made)


def cell(*runs: Run) -> Cell:
    return Cell((Paragraph(runs),))


def test_words_are_measured_whole_but_at_hyphens_and_where_they_are_endless() -> None:
    house = line.council("wexmouth").house

    def made(*runs: Run) -> float:
        return measure.fitted(["A", "B"], [(cell(*runs), cell())], house, (10, 190))[0]

    assert made(Run("Improvement")) == made(Run("an Improvement or-so")) > 25
    assert made(Run("Improvement", bold=True)) > made(Run("Improvement"))
    assert made(Run("ETC/26/007")) > made(Run("ETC-26-007"))
    assert made(Run("https://www.wexmouth.example/" + "a" * 99)) == 10
