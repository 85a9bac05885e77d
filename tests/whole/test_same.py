"""DOCX and PDF say the same and look the same: the PDF against the DOCX printed by LibreOffice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from docx import Document

from pipeline import line
from pipeline.council.house import HouseStyle
from pipeline.ingest import word
from pipeline.model.document import Paper, Table, flow_lines, outline, text_of
from pipeline.render import docx
from tests.conftest import Office
from tests.engines import PAPERS, drawn
from tests.reading import Printed, letters, paper_above, paper_columns, printed

INPUTS = Path(__file__).parents[2] / "inputs"
FIXTURES = Path(__file__).parents[1] / "fixtures"


@dataclass(frozen=True)
class Made:
    paper: Paper
    house: HouseStyle
    docx: Path


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Made]:
    @cache  # as tests come in the order of the engines
    def made_of(name: str, style: str) -> Made:
        council = line.council(style)
        look, (checked,) = council.house, line.checked(INPUTS / f"{name}.xlsx", council)
        paper = line.paper_of(checked, council)
        path = tmp_path_factory.mktemp("made") / "paper.docx"
        path.write_bytes(docx.render(paper, look).data)
        return Made(paper, look, path)

    return made_of


@pytest.fixture(scope="module", params=PAPERS, ids="-".join)
def made(request: pytest.FixtureRequest, make: Callable[[str, str], Made]) -> Made:
    """A sample workbook's paper, and its DOCX."""
    return make(*request.param)


@pytest.fixture(scope="module")
def ours(made: Made, engine: str) -> Printed:
    """The PDF, by each engine."""
    path = made.docx.with_name(f"{engine}.pdf")
    path.write_bytes(drawn(made.paper, made.house, engine).data)
    return printed(path)


@pytest.fixture(scope="module")
def theirs(made: Made, office: Office) -> Printed:
    """The DOCX as LibreOffice prints it."""
    path = made.docx.parent / "printed" / "paper.pdf"
    return printed(path if path.exists() else office(made.docx, "pdf", path.parent))


def test_the_pdf_says_the_paper_s_words_in_order(made: Made, ours: Printed) -> None:
    assert ours.above == paper_above(made.paper)
    assert ours.columns == paper_columns(made.paper)


def test_the_docx_says_the_paper_s_words_in_order(made: Made) -> None:
    document = Document(str(made.docx))
    (table,) = document.tables
    (model,) = (block for block in made.paper.blocks if isinstance(block, Table))
    source = word.source_of(made.docx.read_bytes(), made.docx.name)
    said = [
        [letters(text_of(cell.runs)) for cell in word.cells(row._tr, source)] for row in table.rows
    ]
    wanted = [
        [letters("".join(flow_lines(cell.blocks))) for cell in row.cells] for row in model.rows
    ]
    assert said == [[letters(column.heading) for column in model.columns], *wanted]
    assert letters("".join(p.text for p in document.paragraphs)) == paper_above(made.paper)


def test_the_printed_docx_says_the_same(made: Made, theirs: Printed) -> None:
    assert theirs.above == paper_above(made.paper)
    assert theirs.columns == paper_columns(made.paper)


def test_both_have_the_same_page_size_edges_and_fonts(
    made: Made, ours: Printed, theirs: Printed
) -> None:
    assert ours.size == pytest.approx((made.house.page.width, made.house.page.height), abs=0.5)
    assert theirs.size == pytest.approx(ours.size, abs=0.5)
    assert theirs.edges == pytest.approx(ours.edges, abs=1)
    assert ours.fonts == theirs.fonts
    assert theirs.bullets == pytest.approx(ours.bullets, abs=0.5)


def test_the_edges_are_the_house_style_s(made: Made, ours: Printed) -> None:
    (model,) = (block for block in made.paper.blocks if isinstance(block, Table))
    widths = model.widths
    wanted = [
        made.house.page.margins.left + sum(widths[:number]) for number in range(len(widths) + 1)
    ]
    assert ours.edges == pytest.approx(wanted, abs=0.5)


def test_the_heading_row_is_on_every_page_of_both(
    made: Made, ours: Printed, theirs: Printed
) -> None:
    (model,) = (block for block in made.paper.blocks if isinstance(block, Table))
    heading = [letters(column.heading) for column in model.columns]
    for edition in (ours, theirs):
        assert [[letters(words) for words in page] for page in edition.headings] == [heading] * len(
            edition.headings
        )


def test_every_page_says_draft_and_which_it_is(made: Made, ours: Printed, theirs: Printed) -> None:
    for edition in (ours, theirs):
        pages = len(edition.running)
        for number, words in enumerate(edition.running, 1):
            assert letters(made.house.wording.draft) in words
            assert letters(made.house.wording.page.format(page=number, pages=pages)) in words


def test_a_workbook_saved_by_libreoffice_gives_the_same_paper() -> None:
    council = line.council("wexmouth")
    outlines = []
    for path in (
        INPUTS / "children-and-learning-scrutiny-panel.xlsx",
        FIXTURES / "libreoffice.xlsx",
    ):
        (checked,) = line.checked(path, council)
        outlines.append(list(outline(line.paper_of(checked, council))))
    assert outlines[0] == outlines[1]
