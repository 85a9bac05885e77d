"""A house style that is not right is refused in one line, with the file, the key and what would be right."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.council import house, settings
from pipeline.model.errors import PipelineError

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
    ("font", 'size = "large"', "font.size must be a number, without quotation marks."),
    ("font", "size = 6", "font.size must be 10 or more."),
    ("font", "title = 11", "font.title is smaller than font.size"),
    ("font", "sise = 12", "unknown key font.sise."),
    ("colours", 'text = "black"', 'colours.text must be a colour such as "#1F3864".'),
    ("colours", "text = #000000", "words need quotation marks (at line "),
    ("colours", 'text = "#000000', "a quotation mark is missing (at line "),
    ("calendar", 'nation = "Britain"', "can be England, Northern Ireland, Scotland or Wales."),
    ("calendar", 'chase = ["5"]', "calendar.chase 1 must be a whole number, without"),
    ("calendar", 'closed_days = ["Friday"]', "calendar.closed_days 1 must be a date such as 2027"),
    ("status_words", "completed = 1", "status_words must be words in quotation marks."),
    ("[key]", 'status = "Done"', "key 1.meaning is missing."),
    ("table", 'repeat_item = "no"', "table.repeat_item must be true or false"),
    ("colours", 'rule = "#FFFFFF"', "colours.rule #FFFFFF cannot be seen on #FFFFFF"),
    (
        "council",
        'language = "plain English"',
        "council.language must be the code of a language, such as",
    ),
    ("page", "margins = { top = 90, right = 15, bottom = 60, left = 15 }", "leave less than 80 mm"),
    ("wording", 'missing = ""', "wording.missing must not be empty."),
    ("wording", 'draft = ""', "wording.draft must not be empty."),
    (
        "[table.columns]",
        'field = "notes"\nheading = "Notes"\nwidth = 1',
        "no field is called 'notes'",
    ),
    (
        "[table.columns]",
        'field = "updat"\nheading = "Update"\nwidth = 1',
        "no field is called 'updat'",
    ),
]


def style_of(toml: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> house.HouseStyle:
    """The style of a council whose `house.toml` has some lines and its name."""
    folder = tmp_path / "templates" / "ours"
    folder.mkdir(parents=True)
    named = toml if "[council]" in toml else f"{toml}\n[council]\n"
    named = named.replace("[council]\n", '[council]\nname = "Our Council"\n')
    (folder / "house.toml").write_text(named, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return house.house_of("ours")


@pytest.mark.parametrize(("section", "slip", "said"), SLIPS)
def test_a_slip_is_refused_with_its_place(
    section: str, slip: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml = f"[{section}]\n{slip}\n" if section else slip
    with pytest.raises(PipelineError) as refused:
        style_of(toml, tmp_path, monkeypatch)
    assert refused.value.message.startswith("templates/ours/house.toml")
    assert not {"`", "$"} & set(refused.value.message)
    assert said in refused.value.message


def test_a_paper_without_its_updates_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (settings.TEMPLATES / "house.toml").read_text(encoding="utf-8")
    told = told.replace('field = "update"', 'field = "completed"')
    with pytest.raises(PipelineError, match=r"no column for update\. .* take the # from all"):
        style_of(told, tmp_path, monkeypatch)


def test_what_a_council_leaves_out_is_as_usual(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml = "[font]\nsize = 14\n[wording.html]\nskip = 'Go on'\n[calendar]\nchase = [3]"
    made, usual = style_of(toml, tmp_path, monkeypatch), house.house_of("wexmouth")
    assert (made.font.size, made.font.title) == (14, usual.font.title)
    assert (made.wording.html.skip, made.wording.html.find) == ("Go on", usual.wording.html.find)
    assert (made.calendar.nation, made.calendar.chase) == ("England", [3])
    assert (made.colours, made.table) == (usual.colours, usual.table)


def test_a_paper_s_style_is_known_by_both_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    style_of("", tmp_path, monkeypatch)
    before = settings.digest("ours")
    own = tmp_path / "templates" / "ours" / "house.toml"
    own.write_text(own.read_text("utf-8") + "\n", encoding="utf-8")
    assert settings.digest("ours") != before
    shutil.copytree(settings.TEMPLATES, tmp_path / "shipped")
    monkeypatch.setattr(settings, "TEMPLATES", tmp_path / "shipped")
    after = settings.digest("ours")
    with (tmp_path / "shipped" / "house.toml").open("a", encoding="utf-8") as usual:
        usual.write("# later\n")
    assert settings.digest("ours") != after


def test_the_clerks_own_council_comes_before_those_that_ship(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (settings.usual(), settings.councils()) == ("wexmouth", ["aldermere", "wexmouth"])
    style_of("", tmp_path, monkeypatch)
    assert (settings.usual(), settings.councils()) == ("ours", ["aldermere", "ours", "wexmouth"])
    for name in ("wexmouth", "others"):
        shutil.copytree(tmp_path / "templates" / "ours", tmp_path / "templates" / name)
    assert house.house_of("wexmouth").council.name == "Our Council"
    with pytest.raises(PipelineError, match="2 councils: others, ours"):
        settings.usual()


def test_months_may_have_the_names_of_another_language() -> None:
    names = "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr"
    made = replace(house.house_of("wexmouth"), months=names.split())
    assert made.long_day(date(2027, 1, 14)) == "14 Ionawr 2027"


def test_code_asks_for_no_key_that_the_files_do_not_have() -> None:
    """The types of wordings and lists of words have the keys of the files in `templates/`, which mypy cannot see."""
    wording = settings.table(settings.TEMPLATES / "house.toml")["wording"]
    lists = settings.table(settings.TEMPLATES / "columns.toml")
    asked = re.compile(
        r"\.wording\.(\w+)(?:\.(\w+))?|(?:columns|known)\.(title_block|private|cells|ignored|under_table|guidance"
        r"|completed|qualified)\.(\w+)"
    )
    found = [
        (path.name, one)
        for path in Path(house.__file__).parents[1].rglob("*.py")
        for one in asked.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(found) > 50
    for name, (key, below, table, listed) in found:
        if key:
            part = wording[key]
            assert not isinstance(part, dict) or not below or below in part, (name, key, below)
        else:
            assert listed in lists[table], (name, table, listed)
