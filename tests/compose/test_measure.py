"""The columns' widths: the house style's shares, and no word cut in two."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline import line
from pipeline.compose import measure
from pipeline.model.document import Cell, Paragraph, Run, outline
from tests.engines import drawn
from tests.tags import set_lines, tagged

INPUTS = Path(__file__).parents[2] / "inputs"


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


def words_of(text: str) -> set[str]:
    """The words of a text without the signs about them, and their parts where a sign may end a line."""
    parts = {part for word in text.split() for part in (word, *re.split("(?<=[-–/])", word))}
    return {part.strip(".,:;()") for part in parts}


@pytest.mark.parametrize("style", ["wexmouth", "aldermere"])
@pytest.mark.parametrize(("size", "rule"), [(12, 0.5), (12, 4), (16, 1)])
@pytest.mark.parametrize(
    "name", ["environment-and-transport-committee", "children-and-learning-scrutiny-panel"]
)
def test_no_word_of_a_sample_is_cut(
    name: str, style: str, size: float, rule: float, engine: str
) -> None:
    """No line of the PDF begins or ends within a word, neither in large print nor between thick lines."""
    council = line.council(style)
    font = replace(council.house.font, size=size)
    table = replace(council.house.table, rule=rule)
    council = dataclasses.replace(council, house=replace(council.house, font=font, table=table))
    (checked,) = line.checked(INPUTS / f"{name}.xlsx", council)
    paper = line.paper_of(checked, council)
    known = {part for said in outline(paper) for part in words_of(said)}
    read = tagged(drawn(paper, council.house, engine).data)
    said = {
        word
        for cell in read.document.all("TH", "TD")
        for said_line in set_lines(read, cell)
        for word in words_of(said_line)
        if word
    }
    long = [word for word in known if len(word) > measure.LONGEST_WHOLE]
    assert [word for word in said - known if not any(word in one for one in long)] == []
