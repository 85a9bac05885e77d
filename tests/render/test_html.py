"""The HTML edition as bytes: its words, its closed doors, what it carries, and officers' hostile texts."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement

from pipeline import line
from pipeline.council import house
from pipeline.council.contrast import contrast
from pipeline.ingest.web import Count, marked_item
from pipeline.model.document import (
    Cell,
    Column,
    Heading,
    Paper,
    Paragraph,
    Row,
    Run,
    Table,
    outline,
)
from pipeline.model.text import as_text
from pipeline.published import readback, records
from pipeline.render import html
from tests.reading import letters

INPUTS = Path(__file__).parents[2] / "inputs"
SAMPLES = [
    ("children-and-learning-scrutiny-panel", "wexmouth"),
    ("environment-and-transport-committee", "wexmouth"),
    ("environment-and-transport-committee", "aldermere"),
]
OURS = "form, #Bar, footer, .skip, caption, a.self, script, style, head"  # no words of the paper
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "<!-- </style> --> &amp; &lt;",
    '" onmouseover="alert(1)',
]


def sample(name: str, style: str) -> tuple[Paper, bytes]:
    """A sample workbook's paper, and its page."""
    council = line.council(style)
    (checked,) = line.checked(INPUTS / f"{name}.xlsx", council)
    paper = line.paper_of(checked, council)
    return paper, html.render(paper, council.house).data


def hostile_page(typed: str) -> bytes:
    """The page of a paper that says something in its every place."""
    cells = (Cell((Paragraph((Run(typed or " "),)),)), Cell(as_text(typed)))
    columns = (Column("title", (Run("Title"),)), Column("update", (Run(typed),)))
    row = Row(cells, typed, "a1", "completed", (typed,), "new")
    table = Table(typed, typed, columns, (row,), (70.0, 190.0))
    return html.render(
        Paper(
            typed,
            typed,
            "en-GB",
            "2027-01-05T16:20:00Z",
            draft=True,
            blocks=(Heading(typed, 1), table),
            records=json.dumps({"actions": [], "note": typed}),
        ),
        house.house_of("wexmouth"),
    ).data


def read(page: bytes) -> HtmlElement:
    return lxml_html.document_fromstring(page.decode())


def said(page: bytes) -> str:
    """The letters of a page's words that are the paper's."""
    tree = read(page)
    for element in tree.cssselect(OURS):
        element.drop_tree()
    counts: dict[object, Count] = {}
    for item in tree.cssselect("ol > li"):  # its number is no text
        item.text = f"{marked_item(item, counts).text}{item.text or ''}"
    return letters(tree.text_content())


@pytest.mark.parametrize(("name", "style"), SAMPLES)
def test_the_page_says_the_paper_s_words_in_order(name: str, style: str) -> None:
    paper, page = sample(name, style)
    lines = [re.sub(r"^#+ |^\|-?", "", words) for words in outline(paper)]
    heading = next(number for number, words in enumerate(outline(paper)) if words[:2] == "| ")
    lines[heading] = lines[heading].replace(" | ", "")
    assert said(page) == letters("".join(lines))


@pytest.mark.parametrize(("name", "style"), SAMPLES)
def test_the_records_come_back_from_the_page(name: str, style: str, tmp_path: Path) -> None:
    paper, page = sample(name, style)
    (tmp_path / "paper.html").write_bytes(page)
    assert readback.records(tmp_path / "paper.html") == records.from_json(paper.records)


def test_the_policy_lets_in_our_own_blocks_alone() -> None:
    _, page = sample(*SAMPLES[0])
    tree = read(page)
    (policy,) = tree.cssselect('meta[http-equiv="Content-Security-Policy"]')
    (style,) = tree.cssselect("style")
    (script,) = tree.cssselect("script:not([type])")
    style_hash, script_hash = (
        base64.b64encode(hashlib.sha256(str(block.text).encode()).digest()).decode()
        for block in (style, script)
    )
    assert policy.get("content") == (
        f"default-src 'none'; style-src 'sha256-{style_hash}'; script-src 'sha256-{script_hash}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_the_page_has_no_inline_style_no_handler_and_asks_for_nothing() -> None:
    for page in (sample(*SAMPLES[1])[1], *map(hostile_page, HOSTILE)):
        for element in read(page).iter():
            names = {str(name) for name in element.attrib}
            assert not {name for name in names if name.startswith("on")} | (
                names & {"style", "src", "srcset", "action", "background", "poster"}
            )
            assert element.tag not in {"link", "img", "iframe", "object", "embed", "base"}


def test_every_name_is_given_once_and_is_the_record_s() -> None:
    paper, page = sample(*SAMPLES[1])
    tree = read(page)
    ids = [str(element.get("id")) for element in tree.cssselect("[id]")]
    assert len(ids) == len(set(ids))
    names = [action.id for action in records.from_json(paper.records).actions]
    assert [row.get("id") for row in tree.cssselect("tbody tr")] == names
    assert [link.get("href") for link in tree.cssselect("a.self")] == [f"#{n}" for n in names]


def test_the_page_says_what_it_is() -> None:
    paper, page = sample(*SAMPLES[2])
    tree = read(page)
    assert (tree.get("lang"), tree.findtext("head/title")) == ("en-GB", paper.title)
    assert tree.cssselect("meta[name=author]")[0].get("content") == "Aldermere Borough Council"
    assert len(tree.cssselect("table caption")) == 1
    assert {cell.get("scope") for cell in tree.cssselect("thead th")} == {"col"}
    assert {cell.get("scope") for cell in tree.cssselect("tbody th")} == {"row"}


def test_the_same_workbook_gives_the_same_bytes() -> None:
    assert sample(*SAMPLES[1])[1] == sample(*SAMPLES[1])[1]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_text_is_words(typed: str) -> None:
    page = hostile_page(typed)
    tree = read(page)
    assert tree.findtext(".//h1") == typed
    cells = tree.cssselect("tbody td")
    assert letters(cells[-1].text_content()).removesuffix("Link") == letters(typed)
    assert len(tree.cssselect("script")) == 2
    assert json.loads(tree.cssselect("script#records")[0].text)["note"] == typed
    addresses = [link.get("href", "") for link in tree.cssselect("a")]
    assert all(re.match(r"#|https?://|mailto:", address) for address in addresses)


@pytest.mark.parametrize("style", ["wexmouth", "aldermere"])
def test_the_dark_colours_are_as_plain_to_read_as_the_law_asks(style: str) -> None:
    dark = html.in_the_dark(house.house_of(style).colours)
    assert all(contrast(words, ground) >= 4.5 for _, words, ground in dark.text_pairs())
    assert contrast(dark.rule, dark.page) >= 3
    assert contrast(dark.link, dark.page) >= 4.5
