"""What has changed from one paper to another: paired rightly, and every word accounted for."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from msgspec.structs import replace

from pipeline import line
from pipeline.commands.cli import main
from pipeline.published import readback
from pipeline.published.changes import changes, difference
from pipeline.published.records import ClosedRecord, Records
from tests.conftest import WEXMOUTH
from tests.whole.test_story import FIRST, SECOND, THIRD, Committee

TEXTS = st.text(st.sampled_from("ab .\n£é\U0001f600") | st.characters(codec="utf-8"), max_size=60)


def papers(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@given(TEXTS, TEXTS)
def test_every_word_of_both_texts_is_there(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(words for sign, words in pieces if sign != "added") == old
    assert "".join(words for sign, words in pieces if sign != "removed") == new


def test_whole_words_are_told_apart() -> None:
    assert difference("The lock is dredged.", "The lock was dredged.") == (
        ("kept", "The lock "), ("removed", "is"), ("added", "was"), ("kept", " dredged."),
    )  # fmt: skip
    assert difference("by 31/01/27", "by 31/07/27") == (
        ("kept", "by "), ("removed", "31/01/27"), ("added", "31/07/27"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """March's final paper, and May's workbook without the action that was put off."""
    panel = Committee(tmp_path_factory.mktemp("two"))
    panel.save("28 January 2027", [{**FIRST[0], "update": "They are being printed."}, *FIRST[1:]])
    panel.publish("2027-01-28", to="docx")
    panel.save("25 March 2027", SECOND)
    panel.publish("2027-03-25")
    panel.save("27 May 2027", THIRD[1:])
    (paper,) = panel.out.rglob("2027-03-25/*.docx")
    return paper, panel.book


def test_what_is_said(two: tuple[Path, Path]) -> None:
    result = papers("changes", *two)
    assert result.exit_code == 0, result.output
    assert (
        result.output.splitlines()[0]
        == "4 changed, 1 closed, 1 gone, and never closed, 1 closed before."
    )
    assert "Action proposed: That the lock is [-dredged-]{+surveyed+}." in result.output
    assert "Progress Status: [-In progress-]{+Completed+}" in result.output
    assert "Gone, and never closed\n  HP/1: Harbour\nClosed before\n" in result.output


def test_machines_and_a_page_say_the_same(two: tuple[Path, Path], tmp_path: Path) -> None:
    told = json.loads(papers("changes", *two, "--format", "json").output)
    assert {one["reference"]: one["kind"] for one in told} == {
        "HP/2": "changed", "HP/3": "reported", "HP/4": "changed", "HP/5": "closed", "HP/6": "changed",
        "HP/7": "changed", "HP/1": "vanished",
    }  # fmt: skip
    path = tmp_path / "page.html"
    assert papers("changes", *two, "--format", "html", "--output", path).exit_code == 0
    page = html.document_fromstring(path.read_bytes())
    (lock,) = [each for each in page.iter("dd") if "lock" in (each.text or "")]
    said = re.sub(r"\s+", " ", str(lock.xpath("string()")))
    assert said == "That the lock is [removed: dredged][added: surveyed]."
    assert {"Action Taken", "Progress Status"} <= {each.text for each in page.iter("dt")}
    (style,) = page.iter("style")
    title = line.council("wexmouth").house.colours.title
    assert f"--title: {title}" in str(style.text)


def test_an_action_that_the_clerk_let_go_is_withdrawn(two: tuple[Path, Path]) -> None:
    before = readback.records(two[0])
    gone = next(one for one in before.actions if one.reference == "HP/1")
    actions = [one for one in before.actions if one is not gone]
    let_go = ClosedRecord(action=gone, meeting="2027-05-27", withdrawn="The lock was sold")
    paper = replace(before.paper, meeting="2027-05-27")
    after = Records(paper=paper, actions=actions, closed=[*before.closed, let_go])
    last = changes(before, after, WEXMOUTH.reading)[-1]
    assert (last.action.reference, last.kind) == ("HP/1", "withdrawn")


def test_a_link_that_the_same_words_gained_is_shown(two: tuple[Path, Path]) -> None:
    before = readback.records(two[0])
    one = next(one for one in before.actions if one.update and one.links == {})
    linked = replace(one, links={"update": ["https://a.example/may"]})
    told = changes(
        replace(before, actions=[one]), replace(before, actions=[linked]), WEXMOUTH.reading
    )
    (pieces,) = (pieces for each in told for pieces in each.fields.values())
    assert [words for sign, words in pieces if sign == "added"] == [" https://a.example/may"]


@pytest.mark.parametrize(
    "alteration",
    [{"due": "1/10/2027"}, {"officer": "Zoë Núñez"}, {"status": "Not started"}, {"asked": "That it is surveyed."},
     {"update": "BUOYS were ordered"}],
)  # fmt: skip
def test_page_1_counts_what_changes_counts(tmp_path: Path, alteration: dict[str, str]) -> None:
    panel = Committee(tmp_path)
    panel.save("28 January 2027", [{**FIRST[0], "update": "They are being printed."}, *FIRST[1:]])
    panel.publish("2027-01-28", to="docx")
    altered = [*SECOND[:5], {**SECOND[5], **alteration}, SECOND[6]]
    panel.save("25 March 2027", altered)
    above, *_ = panel.publish("2027-03-25", to="docx")
    january, march = (panel.paper(day, ".docx") for day in ("2027-01-28", "2027-03-25"))
    told = json.loads(papers("changes", january, march, "--format", "json").output)
    kinds = Counter(one["kind"] for one in told)
    names = {"new": "new", "changed": "updated", "same": "with no change", "closed": "closed"}
    counted = ", ".join(f"{kinds[kind]} {words}" for kind, words in names.items() if kinds[kind])
    assert f"Since 28 January 2027: {counted}." in above
    assert kinds["same"] == ("update" in alteration)  # capitals and closing marks are no change


def test_a_date_typed_another_way_is_the_same_day(tmp_path: Path) -> None:
    panel = Committee(tmp_path)
    panel.save("28 January 2027", FIRST[1:])
    panel.publish("2027-01-28", to="docx")
    panel.save("25 March 2027", [{**one, "due": "1 September 2027"} for one in FIRST[1:]])
    (paper,) = panel.out.rglob("2027-01-28/*.docx")
    assert papers("changes", paper, panel.book).output == "5 as before.\n"


def test_a_paper_has_not_changed_from_itself(two: tuple[Path, Path]) -> None:
    records = two[0].with_name("records.json")
    said = papers("changes", two[0].with_suffix(".pdf"), records).output
    assert said == "1 closed before, 6 as before.\nClosed before\n  HP/3: Harbour\n"


@pytest.mark.parametrize("name", ["none.xlsx", "words.docx"])
def test_what_is_neither_paper_nor_workbook_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "words.docx").write_text("words")
    result = papers("changes", tmp_path / name, tmp_path / name)
    assert (result.exit_code, result.output.count("\n")) == (2, 1), result.output
