"""Which characters no font has, as it is asked before a paper is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from msgspec.structs import replace

from pipeline.council.house import HouseStyle, house_of
from pipeline.model.document import Paper, outline
from pipeline.render import Drawn
from pipeline.render.shapes import _UNUSUAL, sample, undrawable
from pipeline.render.studio import Studio

HOUSE = house_of("wexmouth")
USUAL = "".join(filter(lambda letter: not _UNUSUAL.search(letter), map(chr, range(0x20, 0x3000))))


class Watched(Studio):
    """A studio that keeps the papers which it was given."""

    def __init__(self) -> None:
        super().__init__(["pdf"])
        self.papers: list[Paper] = []

    def draw(self, paper: Paper, *given: Any) -> dict[str, Future[Drawn]]:
        self.papers.append(paper)
        return super().draw(paper, *given)


@pytest.fixture(scope="module")
def started() -> Iterator[Watched]:
    made = Watched()
    with made:
        yield made


@pytest.fixture
def studio(started: Watched) -> Watched:
    started.papers.clear()
    return started


@pytest.fixture
def house(engine: str) -> HouseStyle:
    return replace(HOUSE, pdf=replace(HOUSE.pdf, engine=engine))


@pytest.mark.parametrize(
    ("words", "none_has"),
    [
        ("a\u0378b", {"\u0378"}),
        ("x \u0378\u0378", {"\u0378"}),
        ("a\uef00b", {"\uef00"}),  # DejaVu has it, and no page may show what means only what a font says
        ("cafe\u0301, x\u0301, q\u0330\u0301", set()),  # accents as letters of their own
        ("\u2714\ufe0f \u2714\ufe0e a\u200db \u061cx a\u180eb a\U000e0101b", set()),  # drawn as nothing
    ],
)  # fmt: skip
def test_what_no_font_has_is_found(
    words: str, none_has: set[str], house: HouseStyle, studio: Watched
) -> None:
    assert undrawable(house, ["plain", words], lambda: studio) == none_has


def test_usual_letters_are_drawn_and_not_asked_about(house: HouseStyle, studio: Watched) -> None:
    assert undrawable(house, [USUAL, "a\tb\nc"], lambda: studio) == set()
    assert studio.papers == []
    assert not studio.draw(sample(USUAL, "en-GB"), house, ["pdf"])["pdf"].result().undrawable


def test_each_unusual_word_is_drawn_once_and_in_short_paragraphs(studio: Watched) -> None:
    """A tracker in Hebrew once took a minute and a half."""
    said = [f"plain שלום עולם \u05d0{n % 120}" for n in range(2000)]
    undrawable(HOUSE, said, lambda: studio)
    (paper,) = studio.papers
    _, *lines, _ = outline(paper)
    words = " ".join(lines).split()
    assert sorted(words) == sorted({"שלום", "עולם", *(f"\u05d0{n}" for n in range(120))})
    assert max(len(line.split()) for line in lines) <= 50
