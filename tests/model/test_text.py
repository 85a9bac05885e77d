"""Officers' text as paragraphs and lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.action import plain
from pipeline.model.document import NumberedList, Paragraph, Run, runs_of
from pipeline.model.text import BULLETS, as_text, joined_texts, misleading, text_blocks


def said(typed: str) -> str:
    return plain(as_text(typed)).replace("\n", " / ")


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("  two   spaces\t and a tab ", "two spaces and a tab"),
        ("no\u00a0break and zero\u200b-width", "no break and zero-width"),
        ("first\nsecond\r\n\r\nthird", "first / second / third"),
        ("As below: • one • two", "As below: / • one / • two"),
        ("\uf0b7\tone\n\uf0b7\ttwo", "• one / • two"),
        ("- one\n- two", "• one / • two"),
        ("o one\n* two\n· three", "• one / • two / • three"),
        ("well-known - and so on", "well-known - and so on"),
        ("1) first\n2. second\n(iii) third", "1) first / 2. second / (iii) third"),
        ("•", ""),
        ("\x01bell\x07", "bell"),
        ("<b>{{ 7*7 }}</b> &amp;", "<b>{{ 7*7 }}</b> &amp;"),
    ],
)
def test_text_becomes_paragraphs_and_list_items(typed: str, made: str) -> None:
    assert said(typed) == made


def numbered(typed: str) -> list[tuple[int, str, int]]:
    """Of each numbered list its first number, what stands behind it, and how many items it has."""
    lists = (block for block in as_text(typed) if isinstance(block, NumberedList))
    return [(block.start, block.mark, len(block.items)) for block in lists]


@pytest.mark.parametrize(
    ("typed", "lists"),
    [
        ("1) one\n2) two\n3) three", [(1, ")", 3)]),
        ("2) That it is done.", [(2, ")", 1)]),
        ("9. nine\n10. ten", [(9, ".", 2)]),
        ("1. one\n3. three", [(1, ".", 1), (3, ".", 1)]),
        ("1. one\n2) two", [(1, ".", 1), (2, ")", 1)]),
        ("1. one\nprose\n2. two", [(1, ".", 1), (2, ".", 1)]),
        ("1) • a bullet", []),
        ("2.5 miles\n01. one\n2019. A year\n(1) one\n1)", []),
    ],
)
def test_numbers_that_count_on_are_a_list(typed: str, lists: list[tuple[int, str, int]]) -> None:
    assert numbered(typed) == lists
    assert plain(as_text(typed)).replace("\n", " ") == " ".join(typed.split())


@pytest.mark.parametrize(
    ("above", "below", "made"),
    [
        ("a policy is on", "the website.", "a policy is on the website."),
        ("bullying, sexting,", "and grooming.", "bullying, sexting, and grooming."),
        ("It is done.", "and then", "It is done. / and then"),
        ("as below:", "results", "as below: / results"),
        ("The group", "Results came.", "The group / Results came."),
        ("• one is on", "the web", "• one is on the web"),
        ("• one.", "• two.", "• one. / • two."),
        ("Ends with (a bracket)", "lower", "Ends with (a bracket) / lower"),
    ],
)
def test_a_continuation_is_joined_mid_sentence_and_else_a_paragraph(
    above: str, below: str, made: str
) -> None:
    assert plain(joined_texts(as_text(above), as_text(below))).replace("\n", " / ") == made


def links(typed: str) -> list[tuple[str, str | None]]:
    return [
        (r.text, r.link)
        for b in as_text(typed)
        if isinstance(b, Paragraph)
        for r in b.runs
        if r.link
    ]


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("See https://a.example/x#y.", [("https://a.example/x#y", "https://a.example/x#y")]),
        ("(www.wexmouth.gov.uk)", [("www.wexmouth.gov.uk", "http://www.wexmouth.gov.uk")]),
        ("ask jo@wexmouth.gov.uk, please", [("jo@wexmouth.gov.uk", "mailto:jo@wexmouth.gov.uk")]),
        ("file:///etc/passwd javascript:alert(1) ftp://a.example/x", []),
        ("report.doc and item 3.org", []),
    ],
)
def test_bare_addresses_become_links_and_keep_their_words(
    typed: str, made: list[tuple[str, str]]
) -> None:
    assert links(typed) == made


def test_an_address_in_several_runs_is_one_link() -> None:
    runs = (
        Run("see https://a.exa"),
        Run("mple/x", bold=True),
        Run("/y, or "),
        Run("b", link="https://b.example"),
    )
    made = [(run.text, run.link) for run in runs_of(text_blocks(runs)) if run.link]
    whole = "https://a.example/x/y"
    assert made == [
        ("https://a.exa", whole),
        ("mple/x", whole),
        ("/y", whole),
        ("b", "https://b.example"),
    ]


def test_emphasis_is_kept_across_lines() -> None:
    made = text_blocks((Run("plain "), Run("bold\nmore", bold=True), Run(" rest")))
    assert made == (
        Paragraph((Run("plain "), Run("bold", bold=True))),
        Paragraph((Run("more", bold=True), Run(" rest"))),
    )


@given(st.text())
def test_normalising_twice_equals_once(typed: str) -> None:
    once = as_text(typed)
    assert as_text(plain(once)) == once


@given(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=BULLETS + "-*·o")))
def test_no_word_is_dropped_or_moved(typed: str) -> None:
    assert "".join(plain(as_text(typed)).split()) == "".join(typed.split())


@pytest.mark.parametrize(
    ("words", "hidden"),
    [
        ("https://council.example@evil.example/x", "https://council.example@evil.example"),
        ("see http:\\\\jo:1@evil.example", "http:\\\\jo:1@evil.example"),
        (
            "mailto:jo@council.example?bcc=a@evil.example",
            "mailto:jo@council.example?bcc=a@evil.example",
        ),
        ("https://council.example/@minutes?to=jo@council.example", ""),
        ("mailto:jo@council.example", ""),
        ("jo@council.example", ""),
        ("http:" * 6000, ""),
    ],
)
def test_an_address_that_hides_where_it_leads_is_no_link(words: str, hidden: str) -> None:
    assert misleading(words) == hidden
    for runs in ((Run(words),), (Run("here", link=words),)):
        links = [run.link for run in runs_of(text_blocks(runs)) if run.link]
        assert not any(misleading(link) for link in links)
