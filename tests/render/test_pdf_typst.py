"""The PDF by Typst: the same words, and what it promises to those who do not see it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from pipeline import line, render
from pipeline.council.house import HouseStyle
from pipeline.model.document import Paper, Run, Table, flow_lines
from pipeline.model.text import as_text
from pipeline.published import verify
from pipeline.published.printed import printed_edition
from pipeline.render import pdf, pdf_typst
from tests import typed
from tests.render.test_pdf import SAMPLES, sample, tall_paper
from tests.whole.test_any_text import paper

HOUSE = line.council("wexmouth").house


def rows_said(made: Paper, house: HouseStyle, folder: Path) -> tuple[tuple[str, ...], ...]:
    path = folder / "paper.pdf"
    path.write_bytes(pdf_typst.render(made, house).data)
    return printed_edition(path).rows


@pytest.fixture(scope="module")
def opened() -> Iterator[pikepdf.Pdf]:
    """The paper with a row over several pages, open: pikepdf's objects live no longer than their file."""
    with pikepdf.open(io.BytesIO(pdf_typst.render(tall_paper(), HOUSE).data)) as made:
        yield made


def tags(made: pikepdf.Pdf, *names: str) -> list[pikepdf.Object]:
    return [tag for tag in pdf_typst._tags(made.Root.StructTreeRoot) if str(tag.S)[1:] in names]


def test_the_house_style_chooses_the_engine() -> None:
    chosen = replace(HOUSE, pdf=replace(HOUSE.pdf, engine="typst"))
    usual = render.edition("pdf", tall_paper(), HOUSE).data
    assert usual == pdf.render(tall_paper(), HOUSE).data
    data = render.edition("pdf", tall_paper(), chosen).data
    assert data == pdf_typst.render(tall_paper(), HOUSE).data


@pytest.mark.parametrize(("name", "style"), SAMPLES)
def test_every_cell_says_the_paper_s_words(name: str, style: str, tmp_path: Path) -> None:
    made = sample(name, style)
    said = rows_said(made.paper, made.house, tmp_path)
    for cells, row in zip(said, made.table.rows, strict=True):
        for words, cell in zip(cells, row.cells, strict=True):
            assert verify.reads_same(words, " ".join(flow_lines(cell.blocks)))


def test_one_table_with_its_summary_and_a_heading_for_each_row(opened: pikepdf.Pdf) -> None:
    (table,) = tags(opened, "Table")
    assert "Actions" in {str(one.get("/Summary")) for one in table.A}
    headings = [
        tag for tag in tags(opened, "TH") if "/Row" in {str(a.get("/Scope")) for a in tag.A}
    ]
    assert len(headings) == 3


def test_links_say_where_they_lead(opened: pikepdf.Pdf) -> None:
    said = [
        str(kid.Obj.Contents)
        for tag in tags(opened, "Link")
        for kid in tag.K
        if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid
    ]
    assert said[0] == "Link to quay@wexmouth.example"
    assert said[-1] == "Tide tables: https://www.wexmouth.example/tides"


def test_tags_that_are_not_as_expected_fail_loudly() -> None:
    data = pdf_typst.render(tall_paper(), HOUSE).data
    *before, table = tall_paper().blocks
    assert isinstance(table, Table)
    fewer = replace(tall_paper(), blocks=(*before, replace(table, rows=table.rows[1:])))
    with pytest.raises(RuntimeError, match="1 tables of 4 rows"):
        pdf_typst.finished(data, fewer, HOUSE)


def test_the_records_ride_inside(opened: pikepdf.Pdf) -> None:
    attached = opened.attachments["records.json"]
    assert attached.get_file().read_bytes().decode() == tall_paper().records


def test_the_same_paper_gives_the_same_bytes() -> None:
    data = pdf_typst.render(tall_paper(), HOUSE).data
    assert data == pdf_typst.render(tall_paper(), HOUSE).data


def test_characters_that_no_font_has_are_named() -> None:
    made = paper(as_text("a \U000e0101 \U0001f9ff b"))
    assert pdf_typst.render(made, HOUSE).undrawable == {"\U000e0101", "\U0001f9ff"}


@pytest.mark.parametrize(
    "typed",
    ['#read("/etc/passwd") $x$ <lab> *b* `c`', "@preview/x:1.0.0 \\u{41} // gone?", "W" * 300],
)
def test_words_stay_words(typed: str, tmp_path: Path) -> None:
    ((_, said),) = rows_said(paper(as_text(typed)), HOUSE, tmp_path)
    assert verify.reads_same(said, typed)


def test_the_command_draws_with_the_engine_that_it_is_given(tmp_path: Path) -> None:
    for engine in ("weasyprint", "typst"):
        out = tmp_path / engine
        made = typed.papers("build", "--to", "pdf", "--engine", engine, "--output", str(out))
        assert made.exit_code == 0
        paths = list(out.rglob("*.pdf"))
        assert paths
        for path in paths:
            with pikepdf.open(path) as drawn:
                assert (drawn.docinfo.get("/Creator") is not None) == (engine == "typst")


@pytest.mark.parametrize("style", ["wexmouth", "aldermere"])
def test_a_word_that_fits_its_line_is_whole(style: str) -> None:
    made = sample("environment-and-transport-committee", style)
    data = pdf_typst._data(made.paper, made.house, pdf_typst._fonts_of(made.house))
    text = json.dumps(data["blocks"], ensure_ascii=False)
    assert "\u200b" not in re.sub(r"https?:\S+|\S+/\S+|\S+@\S+", "", text)
    narrow = pdf_typst._room(30, made.house, pdf_typst._fonts_of(made.house)[0])
    assert "\u200b" in str(pdf_typst._run(Run("Antidisestablishmentarianism"), narrow))
