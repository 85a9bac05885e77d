"""What leaves for a terminal obeys nobody: characters that it would act on are symbols."""

from __future__ import annotations

import csv
import io
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pipeline.commands.cli import main
from pipeline.commands.saying import give, printable
from pipeline.model.errors import typed
from tests.whole.test_commands import GOOD, OPEN, Make, make, papers

__all__ = ["make"]  # the fixture
EVIL = "\x1b[31m\x07\x9b2J\u202egnp\x7f\r\n"


@pytest.mark.parametrize(
    ("words", "safe"),
    [
        (EVIL, "␛[31m␇<U+009B>2J<U+202E>gnp␡␍␊"),
        ("Pwyllgor yr Ŵyl – 👩‍🚒 עברית", "Pwyllgor yr Ŵyl – 👩‍🚒 עברית"),
        (b"caf\xe9.xlsx".decode("utf-8", "surrogateescape"), "caf<U+DCE9>.xlsx"),
    ],
)
def test_each_such_character_is_shown(words: str, safe: str) -> None:
    assert printable(words) == safe


@pytest.mark.skipif(sys.platform == "win32", reason="names that Windows does not take")
@pytest.mark.parametrize(
    "name",
    ["a b.xlsx", "a;b", "$(ls)", "`ls`", 'a"b', "a'b", "*.xlsx", "a&b", "#1", "a\\b c", "A!G4"],
)
def test_a_name_in_a_command_is_one_word_of_a_shell(name: str) -> None:
    assert shlex.split(typed(name)) == [name]
    said = subprocess.run(["sh", "-c", f"printf %s {typed(name)}"], capture_output=True, check=True)
    assert said.stdout.decode() == name


@pytest.mark.parametrize(
    "command", ["check", "build", "verify", "changes", "read", "import", "chase"]
)
def test_a_name_of_a_file_does_nothing_to_the_terminal(command: str, tmp_path: Path) -> None:
    path = tmp_path / "\x1b[2J\u202e.xlsx"
    others = (
        [path] if command == "changes" else [tmp_path / "new.xlsx"] if command == "import" else []
    )
    result = papers(command, path, *others, *(("--output", tmp_path) if command == "build" else ()))
    assert result.exit_code == 2
    assert "␛[2J<U+202E>" in result.output
    assert "\x1b" not in result.output.replace("\x1b[0m", "")
    assert "\u202e" not in result.output


def test_a_finding_does_nothing_to_the_terminal(make: Make) -> None:
    path = make(GOOD, OPEN, name="p\u202excod.xlsx")
    for command in (["check"], ["build", "--to", "json", "--output", path.parent / "out"]):
        said = papers(*command, path).output
        assert "<U+202E>" in said
        assert "\u202e" not in said


def test_findings_as_csv_hold_no_formulas(make: Make) -> None:
    path = make(GOOD, OPEN, name="=cmd.csv.xlsx")
    (row, *_) = csv.reader(
        io.StringIO(papers("check", path, "--format", "csv").output.partition("\n")[2])
    )
    assert row[0] == "'=cmd.csv.xlsx"


def test_data_are_whole_for_a_program_and_safe_on_a_terminal(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    give(f'"{EVIL}"')
    assert capsysbinary.readouterr().out == f'"{EVIL}"\n'.encode()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    give(f'"{EVIL}"')
    assert capsysbinary.readouterr().out == '"␛[31m␇<U+009B>2J<U+202E>gnp␡\n"\n'.encode()


def test_a_terminal_shows_a_verdict_in_whole_words_and_its_commands_whole(
    make: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make(GOOD, OPEN)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    with pytest.raises(SystemExit):
        main(["check", str(path), "--output", str(path.parent / "out")])
    lines = click.unstyle(capsys.readouterr().out).splitlines()
    (command,) = (line for line in lines if "papers waive " in line)
    assert command.endswith(f"--output {path.parent / 'out'}")
    others = [line for line in lines if "/" not in line]  # a path is not cut
    assert max(map(len, others)) <= 60
    assert any(line.endswith("[missing-update]") for line in others)
    (day,) = (number for number, line in enumerate(lines) if line.startswith("  Publish by "))
    assert lines[day + 1].startswith("    ")
