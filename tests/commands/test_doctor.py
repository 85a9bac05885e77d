"""`papers doctor` says what a machine has, and what it lacks with what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.commands import doctor
from pipeline.commands.cli import main
from pipeline.council import settings


def ran(*options: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *options])


def own_council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toml: str) -> None:
    """Work in a folder with a council of its own, whose house style has some lines."""
    folder = tmp_path / "templates" / "council"
    shutil.copytree(settings.TEMPLATES / "aldermere", folder)
    (folder / "house.toml").write_text(f'[council]\nname = "Ours"\n{toml}\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("style", "engine"), [("wexmouth", "weasyprint"), ("aldermere", "typst")])
def test_a_machine_that_makes_papers_lacks_nothing(style: str, engine: str, tmp_path: Path) -> None:
    result = ran("--style", style, "--output", str(tmp_path / "papers"))
    lines = result.output.splitlines()
    assert (result.exit_code, {line.split()[0] for line in lines}) == (0, {"ok"})
    (pdf,) = (line for line in lines if "PDF" in line)
    assert pdf.endswith((f"drawn in Arial by {engine}.", f"drawn in Liberation Sans by {engine}."))
    assert not (tmp_path / "papers").exists()


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "papers").write_text("no folder")
    result = ran("--output", str(tmp_path / "papers"))
    assert result.exit_code == 1
    assert "FAULT Output" in result.output


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("[font]\nfallback = []", "FAULT PDF: "),
        ("[fnt]", "FAULT Style council: "),
    ],
)
def test_a_style_that_cannot_be_had_is_said(
    broken: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_council(tmp_path, monkeypatch, broken)
    result = ran("--style", "council", "--output", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert said in result.output


def test_wordings_left_in_english_are_said_in_another_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = 'language = "cy"\n[wording.html]\nskip = "Neidio i\'r camau"\n[status_words]\ncompleted = "cwblhawyd"'
    own_council(tmp_path, monkeypatch, said)
    (line,) = (
        one for one in ran("--output", str(tmp_path / "o")).output.splitlines() if "English" in one
    )
    assert line.startswith("FAULT Style council: ")
    assert line.startswith("FAULT Style council: Ours, whose papers are made here: ")
    left = line.split("in English: ")[1].split(". ")[0].split(", ")
    wordings = {"html.find", "changes.new", "closing.heading", "stamp.draft", "continued"}
    others = {
        "months",
        "status_words.unknown",
        "table.columns.due.words",
        "table.columns.title.heading",
    }
    assert {f"wording.{one}" for one in wordings} | others - {"table.columns.due.words"} <= set(
        left
    )
    assert {
        "wording.html.skip", "wording.council", "wording.closing.item", "status_words.completed"
    }.isdisjoint(left)  # fmt: skip


def test_a_console_with_few_letters_is_said() -> None:
    assert doctor.console("utf-8")[1] == ""
    assert "PYTHONUTF8" in doctor.console("cp437")[1]
