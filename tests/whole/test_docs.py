"""The documents say what the code does."""

from __future__ import annotations

import re
import runpy
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pipeline.commands.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]


def test_the_checks_manual_is_made_from_the_checks() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "make_docs.py"))["manual"]()
    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == made, "run `make docs`"


def test_the_table_of_rows_is_made_from_the_rules() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "make_docs.py"))["columns_manual"]
    text = (ROOT / "docs" / "columns.md").read_text(encoding="utf-8")
    assert made(text) == text, "run `make docs`"
    assert "withheld |" in text


def test_the_records_schema_is_made_from_their_types() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "make_docs.py"))["records_schema"]()
    text = (ROOT / "docs" / "records.schema.json").read_text(encoding="utf-8")
    assert text == made, "run `make docs`"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples_and_is_in_the_readme(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    text = command.get_help(click.Context(command, info_name=name))
    assert f"papers {name}" in text
    assert max(map(len, text.splitlines())) <= 80  # a terminal's width
    assert all(option.help for option in command.params if isinstance(option, click.Option))
    assert f"papers {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_verdict_in_the_readme_is_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = re.search(r"\n\n```\n(.*?)```\n", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    assert told
    book = ROOT / "inputs" / told[1].partition(":")[0]
    monkeypatch.chdir(tmp_path)
    Path("inputs").mkdir()
    shutil.copy(book, "inputs")
    command = ["check", f"inputs/{book.name}", "--today", "1/12/2026"]
    assert CliRunner().invoke(main, command).output == told[1]


def test_the_newest_changes_are_those_of_the_version() -> None:
    release = runpy.run_path(str(ROOT / "scripts" / "release.py"))
    assert release["news"](release["version"]())


def test_links_between_the_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
