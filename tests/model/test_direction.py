"""Words that run from right to left say so in every edition."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from pipeline import line
from pipeline.model.document import Run
from pipeline.model.text import direction, stretches
from pipeline.render import docx, html

ARABIC = "تم تفتيش 12 رصيفا (انظر التقرير)."
HEBREW = "נבדק"


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("Sent.", ""), (ARABIC, "rtl"), (f"12 {HEBREW}", "rtl"), (f"Sent: {HEBREW}", ""), ("12 (", ""), ("ŵ", ""),
        (f"{HEBREW} Quay", "rtl"), ("", ""),
    ],
)  # fmt: skip
def test_the_first_strong_letter_says_which_way_words_run(words: str, way: str) -> None:
    assert direction(words) == way


@pytest.mark.parametrize(
    ("words", "base", "pieces"),
    [
        ("Sent.", "", [("Sent.", "")]),
        (ARABIC, "rtl", [(ARABIC, "rtl")]),
        (f"Sent: {HEBREW} 12 {HEBREW}.", "", [("Sent: ", ""), (f"{HEBREW} 12 {HEBREW}", "rtl"), (".", "")]),
        (f"{HEBREW} Old Quay, {HEBREW}", "rtl", [(f"{HEBREW} ", "rtl"), ("Old Quay", ""), (f", {HEBREW}", "rtl")]),
    ],
)  # fmt: skip
def test_a_run_is_cut_where_its_direction_changes(
    words: str, base: str, pieces: list[tuple[str, str]]
) -> None:
    assert [(piece.text, way) for piece, way in stretches(Run(words), base)] == pieces


def test_every_edition_says_the_direction(tmp_path: Path) -> None:
    lines = [
        "Harbour Panel",
        "Log – 14 January 2027",
        "Date,Title,Action proposed,Action taken,Progress status",
    ]
    lines += [f"1/2/27,Tides,That they are sent.,{ARABIC},Completed"]
    (tmp_path / "log.csv").write_text("\n".join(lines), encoding="utf-8")
    council = line.council("wexmouth")
    paper = line.paper_of(next(line.checked(tmp_path / "log.csv", council)), council)
    assert f'<p dir="rtl">{ARABIC}</p>' in html.render(paper, council.house).data.decode()
    with zipfile.ZipFile(BytesIO(docx.render(paper, council.house).data)) as package:
        body = package.read("word/document.xml").decode()
    assert "<w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr>" in body
    assert body.count("<w:bidi/>") == 1
