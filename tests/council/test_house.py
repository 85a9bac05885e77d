"""A house style that is not right is refused in one line, with the file, the key and what would be right."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.council import house, settings
from pipeline.model.errors import PipelineError

WEXMOUTH = settings.folder("wexmouth")
SLIPS = [
    ("wording", 'subtitle = "{papers}"', "{papers} in it, and there is {paper}, {meeting}"),
    ("wording", 'page = "{page} of {total}"', "{total} in it, and there is {page}, {pages}"),
    ("wording", 'actions = ["{n} action", "{m} actions"]', "{m} in it, and there is {n}"),
    ("wording", 'table = "{Committee}"', "{Committee} in it, and there is {committee}"),
    ("wording", 'link = "{0}"', "{0} in it, and there is {address}"),
    ("wording", 'link = "{address:>9}"', "{address} in it"),
    ("wording", 'stamp = { text = "{day}" }', "{day} in it, and there is {state}, {saved}, {hash}"),
    ("wording", 'closing = { item = "{list}" }', "{list} in it, and there is {reason}, {actions}"),
    ("wording", 'changes = { counts = "{old}" }', "{old} in it, and there is {since}"),
    ("wording", 'changes = { same = "{n}" }', "{n} in it, and there is {since}"),
    ("wording", 'html = { shown = "{of}" }', "{of} in it, and there is {n}, {total}"),
    ("wording.chase", 'subject = "{comittee}"', "{comittee} in it, and there is {officer}"),
    ("", 'date = "{dd}/{mm}/{year}"', "{year} in it, and there is {d}, {dd}"),
    ("", 'long_date = "{d} {month"', "expected '}' before end of string"),
    ("font", 'size = "large"', "$.font.size"),
    ("font", "size = 6", "$.font.size"),
    ("font", "title = 11", "font.title is smaller than font.size"),
    ("colours", 'text = "black"', "$.colours.text"),
    ("colours", 'rule = "#FFFFFF"', "colours.rule #FFFFFF cannot be seen on #FFFFFF"),
    ("council", 'language = "plain English"', "$.council.language"),
    ("page", "margins = { top = 90, right = 15, bottom = 60, left = 15 }", "leave less than 80 mm"),
    ("wording", 'missing = ""', "$.wording.missing"),
    ("wording", 'draft = ""', "$.wording.draft"),
    ("[table.columns]", 'field = "notes"', "Invalid enum value 'notes'"),
    ("[table.columns]", 'field = "updat"', "Invalid enum value 'updat'"),
]


def slipped(section: str, slip: str) -> str:
    """Wexmouth's house style with a line put into a section, in place of the one with its key."""
    told = (WEXMOUTH / "house.toml").read_text(encoding="utf-8")
    head = rf"^\[{re.escape(section)}\].*\n" if section else r"\A"
    start = re.search(head, told, re.M)
    assert start is not None
    before, after = told[: start.end()], told[start.end() :]
    key = re.escape(slip.partition(" = ")[0])
    return f"{before}{slip}\n" + re.sub(rf"^{key} = .*\n", "", after, count=1, flags=re.M)


@pytest.mark.parametrize(("section", "slip", "said"), SLIPS)
def test_a_slip_is_refused_with_its_place(
    section: str, slip: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "slipped"
    folder.mkdir()
    (folder / "house.toml").write_text(slipped(section, slip), encoding="utf-8")
    monkeypatch.setattr(settings, "TEMPLATES", tmp_path)
    with pytest.raises(PipelineError) as refused:
        house.house_of("slipped")
    assert "slipped/house.toml" in refused.value.message
    assert said in refused.value.message


def test_a_paper_without_its_updates_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (WEXMOUTH / "house.toml").read_text(encoding="utf-8")
    folder = tmp_path / "lacking"
    folder.mkdir()
    told = told.replace('field = "update"', 'field = "completed"')
    (folder / "house.toml").write_text(told, encoding="utf-8")
    monkeypatch.setattr(settings, "TEMPLATES", tmp_path)
    with pytest.raises(PipelineError, match=r"table\.columns need action, status, update"):
        house.house_of("lacking")


def test_months_may_have_the_names_of_another_language() -> None:
    names = "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr"
    made = replace(house.house_of("wexmouth"), months=names.split())
    assert made.long_day(date(2027, 1, 14)) == "14 Ionawr 2027"
