"""The web page in a real browser: accessible by axe's rules, and every control does what it says."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline import line
from pipeline.commands.cli import main
from pipeline.council.house import HouseStyle
from pipeline.model.document import Paper, Table
from pipeline.render import html
from scripts import bench
from tests.compose.test_languages import paper
from tests.reading import MM

__all__ = ["paper"]  # the fixture

INPUTS = Path(__file__).parents[2] / "inputs"
HOUSE = line.council("wexmouth").house
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ROWS = "#Actions tbody tr:not([hidden])"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as play:
        opened = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if root else []
        )
        yield opened
        opened.close()


def made(folder: Path, name: str, style: str, *options: str) -> Path:
    arguments = ["build", str(INPUTS / f"{name}.xlsx"), "--style", style, "--to", "html", *options]
    assert CliRunner().invoke(main, [*arguments, "--output", str(folder)]).exit_code == 0
    (page,) = folder.rglob("*.html")
    return page


@pytest.fixture(scope="module")
def committee(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("c"), "environment-and-transport-committee", "wexmouth")


@pytest.fixture
def page(browser: Browser, committee: Path) -> Iterator[Page]:
    """The committee's page as a reader opens it: nothing is asked of anyone, and nothing goes wrong."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as window:
        opened = window.new_page()
        said: list[str] = []
        asked: list[str] = []
        opened.on("console", lambda message: said.append(message.text))
        opened.on("pageerror", lambda error: said.append(str(error)))
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto(committee.as_uri())
        yield opened
        assert not said
        assert set(asked) == {committee.as_uri()}


def references(page: Page) -> list[str]:
    """The references shown, in order, in either view."""
    names = page.evaluate(
        "[...document.querySelectorAll('#Actions tbody tr[id]:not([hidden]), .list article')].map(e => e.id)"
    )
    return [str(name) for name in names]


@pytest.mark.parametrize(
    ("name", "style", "scheme"),
    [
        ("environment-and-transport-committee", "wexmouth", "dark"),
        pytest.param(
            "children-and-learning-scrutiny-panel", "aldermere", "light", marks=pytest.mark.matrix
        ),
    ],
)
def test_axe_finds_no_fault_in_either_view(
    browser: Browser, tmp_path: Path, name: str, style: str, scheme: str
) -> None:
    path = made(tmp_path, name, style)
    # The page's policy lets no script in but its own, and so not axe.
    with browser.new_context(bypass_csp=True, color_scheme=scheme) as window:  # type: ignore[arg-type]
        opened = window.new_page()
        opened.goto(path.as_uri())
        for view in ("#AsTable", "#AsList"):
            opened.click(view)
            found = Axe().run(opened, options={"runOnly": {"type": "tag", "values": RULES}})
            assert [one["id"] for one in found.response["violations"]] == []
            assert len(found.response["passes"]) > 20


def test_find_by_status_officer_and_words(page: Page) -> None:
    everything = references(page)
    assert len(everything) == 30
    page.select_option("#Status", "not started")
    assert references(page) == ["etc-26-025", "etc-26-028"]
    assert page.inner_text("#Shown") == "2 of 30 actions shown"
    page.select_option("#Officer", "Grace Odell")
    assert references(page) == ["etc-26-025"]
    page.select_option("#Status", "")
    page.select_option("#Officer", "")
    page.fill("#Words", "FROST nights")
    assert references(page) == ["etc-26-026"]
    page.fill("#Words", "")
    assert references(page) == everything


def test_nothing_found_is_said_and_cleared(page: Page) -> None:
    page.fill("#Words", "no action has these words")
    assert page.inner_text("#Shown") == "0 of 30 actions shown. Choose or write something else."
    page.click("#Clear")
    page.wait_for_function("document.getElementById('Shown').textContent.startsWith('30 of 30')")
    assert len(references(page)) == 30


def test_a_page_gone_back_to_shows_what_its_controls_say(page: Page) -> None:
    page.select_option("#Officer", "Grace Odell")
    chosen = references(page)
    page.goto("about:blank")
    page.go_back()
    page.wait_for_selector("#Find:not([hidden])")
    restored = page.input_value("#Officer")
    assert references(page) == chosen if restored else len(references(page)) == 30


def test_what_finds_actions_is_folded_on_a_phone(page: Page) -> None:
    assert page.locator("#Words").is_visible()
    assert not page.locator("summary").is_visible()
    page.set_viewport_size({"width": 400, "height": 800})
    page.wait_for_selector("#Fold:not([open])")
    page.locator("summary").click()
    page.locator("#Words").fill("gullies")
    assert page.locator("#Actions article").count() == 1
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_selector("#Fold[open]")


def test_a_table_asked_for_on_a_narrow_screen_scrolls_by_itself(
    browser: Browser, committee: Path
) -> None:
    with browser.new_context(viewport={"width": 320, "height": 640}) as window:
        opened = window.new_page()
        opened.goto(committee.as_uri())
        opened.click("#AsTable")
        assert opened.evaluate("document.documentElement.scrollWidth") <= 320
        heights = opened.evaluate(
            "[...document.querySelectorAll('thead th')].map(e => e.offsetHeight)"
        )
        assert max(heights) < 100  # words are not set a letter a line
        title = opened.locator("caption h2").bounding_box()
        assert title is not None
        assert title["width"] <= 320  # it is read without scrolling


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a committee's second meeting: one action is updated, one closed and one new."""
    folder = tmp_path_factory.mktemp("second")
    books = [folder / "first.xlsx", folder / "second.xlsx"]
    bench.remembered(*books)
    for book, meeting in zip(books, ("28/3/2027", "27/5/2027"), strict=True):
        arguments = ["build", str(book), "--final", "--to", "html", "--meeting", meeting]
        result = CliRunner().invoke(main, [*arguments, "--output", str(folder)])
        assert result.exit_code == 0, result.output
    return next(folder.rglob("*2027-05-27.html"))


def test_only_changes_since_the_last_meeting(browser: Browser, second: Path) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as window:
        page = window.new_page()
        page.goto(second.as_uri())
        everything = references(page)
        page.check("#Changed")
        shown = references(page)
        marks = page.locator(f"{ROWS} td:last-child p:last-of-type").all_inner_texts()
        assert sorted(marks) == ["Closed", "New", "Updated"]
        assert len(shown) == 3 < len(everything)
        page.click("#AsList")
        assert references(page) == shown
        page.uncheck("#Changed")
        assert len(references(page)) == len(everything)


def test_sorted_by_date_the_earliest_comes_first_and_the_heading_says_so(page: Page) -> None:
    page.select_option("#Sort", "date")
    cells = page.locator(f"{ROWS} td:nth-child(2)").all_inner_texts()
    days = ["".join(reversed(cell.split("/"))) for cell in cells]
    assert days == sorted(days)
    assert page.get_attribute("th[data-field=date]", "aria-sort") == "ascending"
    mark = "getComputedStyle(document.querySelector('th[data-field=date]'), '::after').content"
    assert "\u2191" in page.evaluate(mark)


def test_sort_and_back(page: Page) -> None:
    everything = references(page)
    page.select_option("#Sort", "reference")
    page.check("#Descending")
    assert references(page) == sorted(everything, reverse=True)
    assert page.get_attribute("th[data-field=reference]", "aria-sort") == "descending"
    page.uncheck("#Descending")
    page.select_option("#Sort", "")
    assert references(page) == everything


def test_a_link_to_an_action_opens_it_in_either_view(page: Page, committee: Path) -> None:
    page.click("#AsList")
    page.fill("#Words", "no action has these words")
    page.goto(f"{committee.as_uri()}#etc-26-028")
    assert page.evaluate("document.activeElement.id") == "etc-26-028"
    assert "etc-26-028" in references(page)
    box = page.locator("#etc-26-028").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 800


@pytest.mark.parametrize("width", [1280, 320])
def test_a_link_to_an_action_that_is_opened_anew_leads_there(
    browser: Browser, committee: Path, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 600})
    page.goto(f"{committee.as_uri()}#etc-26-028")
    page.wait_for_timeout(500)
    assert page.evaluate("document.activeElement.id") == "etc-26-028"
    box = page.locator("#etc-26-028").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 500


def test_the_view_is_changed_without_losing_the_place(page: Page) -> None:
    page.locator("#etc-26-020").evaluate("row => row.scrollIntoView({behavior: 'instant'})")
    before = page.locator("#etc-26-020").bounding_box()
    # Playwright's own `focus` would scroll.
    page.locator("#AsList").evaluate("button => button.focus({preventScroll: true})")
    page.keyboard.press("Enter")
    after = page.locator("#etc-26-020").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2
    assert page.get_attribute("#AsList", "aria-pressed") == "true"


def test_both_views_say_the_same_words(page: Page) -> None:
    script = "[...document.querySelectorAll('{}')].map(e => e.textContent.replace(/\\s/g, ''))"
    cells = page.evaluate(
        script.format("tbody tr > *:not(:nth-child(3))")
    )  # the title heads the items
    headings = page.evaluate(script.format("tbody th"))  # spoken with every cell of their rows
    assert headings[:2] == ["ETC/26/001", "ETC/26/002"]
    page.click("#AsList")
    said = page.evaluate(script.format("article dd"))
    assert said == [
        cell.removesuffix("Link") for cell in cells
    ]  # a row's link stands below its fields
    titles = page.evaluate(script.format(".list h3"))
    assert titles[0] == "HighwayMaintenanceProgramme"
    link = page.locator("#etc-26-002 a.self")
    assert link.get_attribute("aria-label") == "Link: Highway Maintenance Programme, ETC/26/002"
    action = page.get_by_role("article", name="Highway Maintenance Programme, ETC/26/002")
    assert action.count() == 1


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "Actions"
    page.reload()
    seen = []
    for _ in range(10):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", seen
    assert seen[1:9] == [
        "Words", "Status", "Officer", "Sort", "Descending", "Clear", "AsTable", "AsList",
    ]  # fmt: skip


@pytest.mark.parametrize("script", [True, False])
def test_a_narrow_screen_scrolls_one_way_only(
    browser: Browser, committee: Path, script: bool
) -> None:
    size = {"width": 320, "height": 640}
    with browser.new_context(viewport=size, java_script_enabled=script) as window:  # type: ignore[arg-type]
        opened = window.new_page()
        opened.goto(committee.as_uri())
        box = opened.locator("main").bounding_box()
        assert box is not None
        assert box["width"] <= 320
        right = [
            one["x"] + one["width"]
            for one in (
                each.bounding_box() for each in opened.locator("dd:visible, td:visible").all()[:40]
            )
            if one
        ]
        assert right
        assert max(right) <= 320


def test_without_its_script_every_word_is_there(browser: Browser, committee: Path) -> None:
    with browser.new_context(java_script_enabled=False) as window:
        opened = window.new_page()
        opened.goto(committee.as_uri())
        assert opened.locator(ROWS).count() == 30
        assert opened.locator("tbody tr").last.is_visible()
        assert not opened.locator("#Find").is_visible()


def test_print_has_the_whole_table_and_no_controls(page: Page, tmp_path: Path) -> None:
    page.pdf(path=tmp_path / "table.pdf", prefer_css_page_size=True)
    page.click("#AsList")
    page.pdf(path=tmp_path / "list.pdf", prefer_css_page_size=True)
    said = []
    for name in ("table", "list"):
        with pdfplumber.open(tmp_path / f"{name}.pdf") as printed:
            said.append([each.extract_text() for each in printed.pages])
            edge = HOUSE.page.margins.left + HOUSE.page.text_width
            assert max(char["x1"] * MM for each in printed.pages for char in each.chars) < edge + 1
    assert said[0] == said[1]
    assert all("Progress" in each for each in said[0])  # the last column's heading
    words = " ".join(said[0])
    assert [f"ETC/26/{n:03}" in words for n in range(1, 31)] == [True] * 30
    assert "Search for words" not in words
    assert page.locator(".list").is_visible()  # as it was before


def test_words_set_wide_are_not_cut(page: Page) -> None:
    """WCAG 2.2, 1.4.12."""
    page.evaluate(
        "document.body.style.cssText = 'line-height: 1.5; letter-spacing: .12em; word-spacing: .16em'"
    )
    cut = page.evaluate(
        "[...document.querySelectorAll('td, th, dd, p')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
    )
    assert cut == 0


def test_the_list_says_which_words_are_of_another_language(
    browser: Browser, paper: tuple[Paper, HouseStyle], tmp_path: Path
) -> None:
    path = tmp_path / "paper.html"
    path.write_bytes(html.render(*paper).data)
    page = browser.new_page()
    page.goto(path.as_uri())
    in_table = page.locator("tbody [lang=cy]").all_text_contents()
    page.click("#AsList")
    in_list = page.locator(".list [lang=cy]").all_text_contents()
    assert [words for words in in_list if words != "Dyddiad"] == in_table
    assert in_list.count("Dyddiad") == 2  # the heading of a field, at each action
    assert page.locator(".list h3").all_text_contents() == ["Cei", "Quay"]


def test_actions_without_a_title_have_no_heading_in_the_list(
    browser: Browser, tmp_path: Path
) -> None:
    council = line.council("wexmouth")
    (checked,) = line.checked(INPUTS / "environment-and-transport-committee.xlsx", council)
    paper = line.paper_of(checked, council)
    *before, table = paper.blocks
    assert isinstance(table, Table)
    rows = tuple(replace(row, title="") for row in table.rows)
    untitled = replace(paper, blocks=(*before, replace(table, rows=rows)))
    (tmp_path / "paper.html").write_bytes(html.render(untitled, HOUSE).data)
    with browser.new_context(viewport={"width": 400, "height": 800}) as window:
        page = window.new_page()
        page.goto((tmp_path / "paper.html").as_uri())
        assert page.locator(".list h3").count() == 0
        named = page.get_by_role("article", name="ETC/26/001", exact=True)
        assert "Highway Maintenance Programme" in named.inner_text()  # what its cell says
