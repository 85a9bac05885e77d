"""Each engine's own part: what it is asked and given."""

from __future__ import annotations

import io
import itertools
import re
import subprocess
import sys
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from msgspec.structs import replace

from pipeline import line
from pipeline.council.settings import TEMPLATES
from pipeline.model.document import Table
from pipeline.model.text import as_text
from pipeline.published import verify
from pipeline.published.printed import printed_edition
from pipeline.render import edition, pdf_finish, pdf_typst
from tests import typed
from tests.engines import drawn, with_engine
from tests.reading import MM
from tests.render.test_pdf import tall_paper
from tests.tags import letters_of
from tests.whole.test_any_text import paper

HOUSE = line.council("wexmouth").house


def test_the_command_draws_with_the_engine_that_it_is_given(engine: str, tmp_path: Path) -> None:
    made = typed.papers("build", "--to", "pdf", "--engine", engine, "--output", str(tmp_path))
    assert made.exit_code == 0
    for path in tmp_path.rglob("*.pdf"):
        with pikepdf.open(path) as opened:
            assert str(opened.docinfo["/Producer"]).lower().startswith(engine)


def test_tags_that_are_not_as_expected_fail_loudly(engine: str) -> None:
    house, made = with_engine(HOUSE, engine), tall_paper()
    data = edition("pdf", made, house).data
    *before, table = made.blocks
    assert isinstance(table, Table)
    fewer = replace(made, blocks=(*before, replace(table, rows=table.rows[1:])))
    with pytest.raises(RuntimeError, match="Drawer 1: 1 tables of 4 rows"):
        pdf_finish.finished(data, fewer, house, "Drawer 1")


def test_a_font_of_pictures_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(drawn(tall_paper(), HOUSE, "typst").data)
    with pikepdf.open(path, allow_overwriting_input=True) as opened:
        pictures = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3)
        name = opened.pages[0].add_resource(pictures, pikepdf.Name.Font)
        opened.save(path)
    data = pdf_finish.finished(path.read_bytes(), tall_paper(), HOUSE, "Drawer 1")
    with pikepdf.open(io.BytesIO(data)) as made:
        assert made.pages[0].resources.Font[name].Subtype == pikepdf.Name.Type3


def test_a_tag_that_nobody_expects_is_named(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(drawn(tall_paper(), HOUSE, "typst").data)
    with pikepdf.open(path, allow_overwriting_input=True) as opened:
        opened.Root.StructTreeRoot.K[0].K[0].S = pikepdf.Name.Aside
        opened.save(path)
    with pytest.raises(RuntimeError, match=r"^Drawer 1: unknown tags /Aside$"):
        pdf_finish.finished(path.read_bytes(), tall_paper(), HOUSE, "Drawer 1")


@pytest.mark.parametrize("version", ["0.15.3", None])
def test_a_typst_whose_tags_are_not_known_is_refused_in_one_line(
    version: str | None, tmp_path: Path
) -> None:
    """None: not installed."""
    made = "raise ImportError" if version is None else f"__version__ = {version!r}"
    (tmp_path / "typst.py").write_text(made, encoding="utf-8")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import pipeline.render.pdf_typst"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].endswith(
        f"needs Typst {pdf_typst.TYPST_VERSION}, and {version or 'none'} is installed."
    )


def test_the_template_asks_for_no_file_no_package_and_no_markup_of_words() -> None:
    template = (TEMPLATES / "paper.typ").read_text(encoding="utf-8")
    asked = re.findall(r"\b(import|include|read|image|plugin|eval|csv|toml|yaml|xml)\b", template)
    assert asked == []


def test_a_letter_that_the_house_style_s_fonts_have_asks_for_no_other() -> None:
    fonts, missing = pdf_typst._fonts_of(paper(as_text("Ŵy – “ok”")), HOUSE)
    assert set(fonts) <= {HOUSE.font.family, *HOUSE.font.fallback}
    assert not missing


def test_the_version_that_is_known_is_the_one_that_is_pinned() -> None:
    pinned = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'"typst=={pdf_typst.TYPST_VERSION}"' in pinned


# A word of 110 would fit in the narrow type that is of the same family.
@pytest.mark.parametrize(
    ("engine", "letters_of_it"),
    [("weasyprint", 300), ("typst", 110), ("typst", 300), ("typst", 3_000)],
)
def test_a_word_longer_than_its_line_is_broken_inside_its_cell(
    engine: str, letters_of_it: int, tmp_path: Path
) -> None:
    path = tmp_path / "paper.pdf"
    word = "abcdefghij" * (letters_of_it // 10)
    path.write_bytes(drawn(paper(as_text(word)), HOUSE, engine).data)
    ((_, said),) = printed_edition(path).rows
    assert verify.reads_same(said, word)
    with pdfplumber.open(path) as opened:
        said_letters = [char for page in opened.pages for char in letters_of(page)]
        letters_end = max(char.x1 for char in said_letters if char.mcid)
        assert "\u200b" not in {char.get_text() for char in said_letters}
    table = 267  # millimetres
    assert letters_end * MM <= HOUSE.page.margins.left + table - HOUSE.table.padding + 0.1


def test_a_list_stands_as_far_from_its_paragraph_as_its_items_from_each_other(engine: str) -> None:
    said = as_text("Ag\n• Bg\n• Cg\nDg\n1. Eg\n2. Fg\nGg")
    with pdfplumber.open(io.BytesIO(drawn(paper(said), HOUSE, engine).data)) as opened:
        (page,) = opened.pages
        feet = [char["bottom"] * MM for char in page.chars if char["text"] in "ABCDEFG"]
    gaps = {round(after - before, 1) for before, after in itertools.pairwise(sorted(feet)[-7:])}
    assert len(gaps) == 1, gaps
