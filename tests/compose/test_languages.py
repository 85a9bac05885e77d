"""Words of another language, marked in every edition so that a screen reader speaks them rightly."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html
from msgspec.structs import replace

from pipeline import line
from pipeline.check.checked import Council
from pipeline.compose.paper import monitoring_paper
from pipeline.council import languages
from pipeline.council.house import HouseStyle, Language
from pipeline.council.rules import Rules
from pipeline.line import council
from pipeline.model.document import BulletList, Paper, Paragraph, Run
from pipeline.published.records import PaperRecord, Records, action_records
from pipeline.render import docx
from pipeline.render import html as web_page
from tests.conftest import Read
from tests.engines import drawn
from tests.reading import letters
from tests.tags import languages as languages_said
from tests.tags import tagged

WELSH = Language(
    code="cy",
    words=("y", "yr", "yn", "mae", "wedi", "ar", "gan", "bod", "cael", "ei", "eu", "ac", "a'r"),
    phrases=("Cwblhawyd", "Ar y gweill", "Dyddiad"),
)
SAID = "Mae'r goleuadau wedi cael eu gosod ar y cei."


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (SAID, "cy"),
        ("Bod y cei yn cael ei oleuo.", "cy"),
        ("CWBLHAWYD", "cy"),
        ("The lights were put up on the quay.", ""),
        ("Mae Ar y gweill yn un o'r statysau.", "cy"),
        ("See the paper Bod y cei yn cael ei oleuo, which members asked for in October and again in May.", "cy"),
        ("The Welsh for the quay is y cei, and the minutes of the meeting have it so throughout.", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_line_is_in_the_language_of_its_small_words(words: str, code: str) -> None:
    assert languages.language_of(words, [WELSH]) == code


def test_a_phrase_is_marked_wherever_it_stands() -> None:
    (block,) = languages.with_languages(
        (Paragraph((Run("Status: cwblhawyd / Completed", bold=True),)),), [WELSH]
    )
    assert isinstance(block, Paragraph)
    assert block.runs == (
        Run("Status: ", bold=True), Run("cwblhawyd", bold=True, language="cy"), Run(" / Completed", bold=True),
    )  # fmt: skip


def test_without_other_languages_nothing_changes() -> None:
    blocks = (Paragraph((Run(SAID),)), BulletList(((Run(SAID),),)))
    assert languages.with_languages(blocks, []) == blocks


@pytest.fixture
def paper(read: Read, rules: Rules) -> tuple[Paper, HouseStyle]:
    """A paper of a Welsh council in both languages."""
    known: Council = council("wexmouth")
    columns = [
        replace(one, heading="Dyddiad / Date") if one.field == "date" else one
        for one in known.house.table.columns
    ]
    house = replace(
        known.house, languages=[WELSH], table=replace(known.house.table, columns=columns)
    )
    known = dataclasses.replace(known, house=house)
    tracker = read(
        f"1/2/27 | Cei | Bod y cei yn cael ei oleuo. | {SAID}\\n• {SAID}\\n• All are lit. | Cwblhawyd",
        f"1/2/27 | Quay | That it is lit. | See [y cei](x) and https://cei.example/{'x' * 3} now. | Completed",
        titles=["Pwyllgor y Cei", "Monitro – 28 March 2027"],
    )
    records = Records(
        PaperRecord("", "", "2027-03-28", False, False, "", "", "", ""),
        action_records(tracker.actions, house),
    )
    return monitoring_paper(tracker, records, rules, house, "2027-03-01T00:00:00Z"), house


FOUND = ["Dyddiad", "Bod y cei yn cael ei oleuo.", SAID, SAID, "Cwblhawyd"]


def test_the_web_page_says_which_words_are_welsh(paper: tuple[Paper, HouseStyle]) -> None:
    page: Any = html.document_fromstring(web_page.render(*paper).data)
    assert [one.text_content() for one in page.xpath("//main//*[@lang='cy']")] == FOUND


def test_the_document_says_which_words_are_welsh(paper: tuple[Paper, HouseStyle]) -> None:
    document = Document(io.BytesIO(docx.render(*paper).data))
    runs = document.element.body.xpath(".//w:r[w:rPr/w:lang/@w:val='cy']")
    assert ["".join(t.text for t in run.iter(qn("w:t"))) for run in runs] == FOUND


def test_the_pdf_says_which_words_are_welsh(paper: tuple[Paper, HouseStyle], engine: str) -> None:
    read = tagged(drawn(*paper, engine).data)
    said = [words for language, words in languages_said(read) if language == "cy"]
    assert letters("".join(said)) == letters("".join(FOUND))


def test_words_from_the_right_have_their_direction_in_docx_and_html(tmp_path: Path) -> None:
    rows = [
        "Harbour Panel",
        "Monitoring – 28 March 2027",
        "Date\tTitle\tAction proposed\tAction taken\tProgress status",
        "1/2/27\tTides\tTurn.\tتم تفتيش 12 منحدرا في عام 2027 (انظر التقرير).\tCompleted",
        "1/2/27\tQuay\tRepair.\tThe notice (إشعار) was put up.\tCompleted",
    ]
    (tmp_path / "panel.tsv").write_text("\n".join(rows), encoding="utf-8")
    known = council("wexmouth")
    (made,) = line.checked(tmp_path / "panel.tsv", known)
    paper = line.paper_of(made, known)
    page = web_page.render(paper, known.house).data.decode()
    assert page.count(' dir="rtl"') == 1
    assert '<p dir="rtl">تم' in page
    with zipfile.ZipFile(io.BytesIO(docx.render(paper, known.house).data)) as parts:
        document = parts.read("word/document.xml").decode()
    assert (document.count("<w:bidi/>"), document.count("<w:rtl/>")) == (1, 2)
