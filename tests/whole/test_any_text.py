"""Whatever a cell holds reaches every edition: as words, never as markup, and nothing is opened."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pytest
from docx import Document
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from weasyprint.urls import FatalURLFetchingError

from pipeline.council import house
from pipeline.model.action import Text, plain
from pipeline.model.document import Cell, Column, Heading, Paper, Paragraph, Row, Run, Table
from pipeline.model.text import as_text, characters
from pipeline.published import verify
from pipeline.published.printed import printed_edition
from pipeline.render import docx, pdf
from tests.engines import BY_TYPST_FIRST, drawn
from tests.reading import letters

HOUSE = house.house_of("wexmouth")
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def paper(said: Text) -> Paper:
    cells = (Cell((Paragraph((Run("24/01/27"),)),)), Cell(said))
    table = Table(
        "Actions",
        "Date, update",
        (Column("date", (Run("Date"),)), Column("update", (Run("Update"),))),
        (Row(cells, "x"),),
        (67.0, 200.0),
    )
    return Paper(
        "Panel",
        "Wexmouth",
        "en-GB",
        "2027-01-05T16:20:00Z",
        draft=False,
        blocks=(Heading("Panel", 1), table),
    )


def in_docx(said: Text) -> str:
    document = Document(io.BytesIO(docx.render(paper(said), HOUSE).data))
    return "".join("".join(p.text for p in document.tables[0].rows[1].cells[1].paragraphs).split())


def in_pdf(said: Text, engine: str) -> str:
    data = drawn(paper(said), HOUSE, engine).data
    with pdfplumber.open(io.BytesIO(data)) as opened:
        return letters("".join(page.extract_text() for page in opened.pages))


@FEW
@given(st.text(min_size=1, max_size=200))
def test_any_text_is_in_the_docx_word_for_word(typed: str) -> None:
    said = as_text(typed) or as_text("none")
    assert in_docx(said) == "".join(plain(said).replace("• ", "").split())


# The letters that people write with here: Latin with Welsh, Irish and Polish, Greek, Cyrillic, signs.
WRITTEN = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=["C"])
    | st.sampled_from("ŵŷẁẃαβγЖЯ–—‘’“”…€£½•‰"),
    min_size=1,
)


@pytest.mark.parametrize("engine", BY_TYPST_FIRST)
@FEW
@given(WRITTEN)
def test_what_people_here_write_is_in_the_pdf_word_for_word(engine: str, typed: str) -> None:
    said = as_text(typed) or as_text("none")
    assert letters(plain(said)) in in_pdf(said, engine)


@pytest.mark.parametrize("engine", BY_TYPST_FIRST)
@FEW
@example(
    "\ufb01rst caf\u00e9, cafe\u0301, x\u0301 x"
)  # a ligature, and accents as letters of their own
@example("24\u00b7\u2219 1\u22152 1\u20442 \u2014 co\u2011op \u00a0x")  # letters that share a glyph
@example("\U0001f468\u200d\U0001f469 \u2714\ufe0f \U0001f1ec\U0001f1e7")  # signs joined to others
@example(
    "to \u0645\u0631\u062d\u0628\u0627 12 and \u05e9\u05dc\u05d5\u05dd, \u0e33"
)  # from the right, and Thai
@example(":\ufd50")  # from the right, and no font has it
@example("\u0e33")  # Thai, drawn from two parts
@example("\u02f1\u25a1")  # a box beside what no font has
@example("\uef00 a")  # of private use, which DejaVu draws
@given(st.text(min_size=1, max_size=60))
def test_any_text_is_drawn_or_named_and_told_in_print_as_what_it_is(
    tmp_path_factory: pytest.TempPathFactory, engine: str, typed: str
) -> None:
    said = as_text(typed) or as_text("none")
    path = tmp_path_factory.getbasetemp() / "paper.pdf"
    made = drawn(paper(said), HOUSE, engine)
    assert made.undrawable <= characters(plain(said))
    path.write_bytes(made.data)
    ((_, cell),) = printed_edition(path).rows
    # A box stands where its letter would, from the right where that runs so.
    boxed = made.undrawable | {"□"}
    boxes = (
        (letter, "".join(letter if one in boxed else one for one in plain(said)))
        for letter in made.undrawable
    )
    assert verify.reads_same(cell, plain(said)) or any(
        verify.reads_same(cell.replace("□", letter), words) for letter, words in boxes
    ), cell


def test_a_character_that_no_font_has_is_named(engine: str) -> None:
    made = drawn(paper(as_text("a \U000e0101 \U0001f9ff b")), HOUSE, engine)
    assert "\U0001f9ff" in made.undrawable


@pytest.mark.parametrize(
    "typed",
    [
        "<b>bold</b> & <script>alert(1)</script> &amp; ]]>",
        "{{ 7*7 }} {% include '/etc/passwd' %} {# gone? #}",
        "<img src=file:///etc/passwd> <link rel=stylesheet href=http://127.0.0.1/x>",
        '#read("/etc/passwd") $x$ <lab> *b* `c` @preview/x:1.0.0 \\u{41} // gone?',
        "url(file:///etc/hosts) @import 'x' </style><style>*{display:none}",
    ],
)
def test_markup_comes_out_as_the_words_it_is(engine: str, typed: str) -> None:
    said = as_text(typed)
    assert in_docx(said) == "".join(typed.split())
    assert letters(typed) in in_pdf(said, engine)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1/", "data:text/plain,x", Path(__file__).as_uri()],
)
def test_the_pdf_engine_opens_nothing(address: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        pdf.OpensNothing().fetch(address)
