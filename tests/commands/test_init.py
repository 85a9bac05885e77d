"""`papers init` makes a folder in which a council can work at once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from pipeline.commands.cli import main
from pipeline.council import house, settings

NAMED = ("--council", "Our Council", "--nation", "Scotland")


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PAPERS_STYLE", raising=False)


def init(*given: str) -> Result:
    return CliRunner().invoke(main, ["init", *given])


def test_the_sample_s_paper_is_made_in_the_council_s_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert init("ours", *NAMED).exit_code == 0
    monkeypatch.chdir(tmp_path / "ours")
    made = CliRunner().invoke(main, ["build", "--to", "html"])
    assert (made.exit_code, "(Our Council)" in made.output) == (0, True)
    (page,) = Path("outputs").rglob("*.html")
    said = page.read_text(encoding="utf-8")
    assert ("Our Council" in said, "Wexmouth City" in said) == (True, False)


def test_the_manuals_links_lead_somewhere() -> None:
    assert init("ours", *NAMED).exit_code == 0
    dead = [
        (path.name, link)
        for path in Path("ours/docs").glob("*.md")
        for link in re.findall(r"\]\(([^)#:]+)[^)]*\)", path.read_text(encoding="utf-8"))
        if "https" not in link and not (path.parent / link).exists()
    ]
    assert dead == []


def leaves(table: dict[str, Any], part: str = "") -> dict[str, Any]:
    """The keys of a table and of those in it, with their values."""
    found: dict[str, Any] = {}
    for name, value in table.items():
        found |= (
            leaves(value, f"{part}{name}.") if isinstance(value, dict) else {part + name: value}
        )
    return found


def test_the_settings_differ_in_name_and_calendar_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    init("ours", "--council", 'The "Old" Town', "--nation", "northern ireland", "--clear-days", "7")
    monkeypatch.chdir(tmp_path / "ours")
    path = Path("templates/the-old-town/house.toml")
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    assert leaves(said) == {
        "council.name": 'The "Old" Town', "calendar.nation": "Northern Ireland",
        "calendar.clear_days": 7,
    }  # fmt: skip
    house.house_of("the-old-town")


def test_what_stands_behind_a_sign_is_what_is_usual() -> None:
    """Uncommented, the file that a council gets is the one that it is laid over."""
    init("ours", *NAMED)
    own = Path("ours/templates/our-council/house.toml").read_text(encoding="utf-8")
    assert not re.search("[a-z][.][A-Z]", own)  # no name of the program's in its sentences
    _, body = own.split("\n\n", 1)
    usual = (settings.TEMPLATES / "house.toml").read_text(encoding="utf-8").split("\n\n", 1)[1]
    commented = [line for line in usual.splitlines() if line.startswith("#")]
    lines = [
        line if line in commented else line.removeprefix("# ")
        for line in body.splitlines()
        if not line.startswith("name = ")
    ]
    told = tomllib.loads("\n".join(lines).replace('"Scotland"', '"England"'))
    assert told == tomllib.loads(usual)


def test_a_committee_s_workbook_is_the_one_that_new_makes() -> None:
    meeting = ("--committee", "Harbour Panel", "--meeting", "28/3/2027")
    assert init("ours", *NAMED, *meeting).exit_code == 0
    made = load_workbook("ours/inputs/harbour-panel.xlsx")
    assert made["Actions"]["A1"].value == "Harbour Panel"
    os.chdir("ours")
    new = CliRunner().invoke(
        main, ["new", "other.xlsx", *meeting, "--paper", "Scrutiny Monitoring"]
    )
    assert new.exit_code == 0
    assert Path("other.xlsx").read_bytes() == Path("inputs/harbour-panel.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("used", *NAMED), "used is there already, and not empty."),
        (("file", *NAMED), "file is there already, and not empty."),
        (("ours", "--nation", "England"), "--council is missing."),
        (("ours", "--council", " "), "--council is missing."),
        (("ours", *NAMED[:2], "--nation", "Northern Ireland"), "--clear-days is missing."),
        (("ours", *NAMED, "--committee", "Panel"), "--meeting is missing."),
        (("file/ours", *NAMED), "cannot be written"),
    ],
)
def test_what_cannot_be_made_is_one_line_and_nothing_is_written(
    given: tuple[str, ...], said: str
) -> None:
    Path("used").mkdir()
    Path("used/notes.txt").write_text("ours", encoding="utf-8")
    Path("file").write_text("ours", encoding="utf-8")
    refused = init(*given)
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert said in refused.stderr
    assert sorted(path.as_posix() for path in Path().rglob("*")) == [
        "file",
        "used",
        "used/notes.txt",
    ]


def test_an_empty_folder_is_filled_and_ends_of_lines_are_the_system_s() -> None:
    Path("ours").mkdir()
    assert init("ours", *NAMED).exit_code == 0
    for name in ("README.txt", "make-the-paper-windows.cmd"):
        said = Path("ours", name).read_bytes()
        assert said.count(b"\r\n") == said.count(b"\n") > 5
    for name in ("make-the-paper-macos.command", "make-the-paper-linux.sh"):
        assert b"\r" not in Path("ours", name).read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
def test_what_is_double_clicked_ends_with_the_verdict_and_waits(tmp_path: Path) -> None:
    init("our own", *NAMED)
    script = tmp_path / "our own" / "make-the-paper-linux.sh"
    done = subprocess.run(
        [script, "--to", "html"], input="\n", cwd="/", capture_output=True, text=True, check=True
    )
    assert "NOT READY" in done.stdout
    assert done.stdout.endswith("Press Enter to close. ")
    assert list((tmp_path / "our own" / "outputs").rglob("*.html"))


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
@pytest.mark.parametrize("is_there", [True, False])
def test_any_python_s_path_is_called_and_where_it_is_gone_the_command(
    is_there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "it's $HOME" / "python"
    python.parent.mkdir()
    told = {python: "ours", tmp_path / "papers": "the command"}
    for path, words in told.items():
        path.write_text(f'#!/bin/sh\necho {words}: "$@"\nexit 3\n', encoding="utf-8")
        path.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    init("ours", *NAMED)
    if not is_there:
        python.unlink()
    done = subprocess.run(
        [tmp_path / "ours" / "make-the-paper-macos.command"], input="\n", capture_output=True, text=True,
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"}, check=False,
    )  # fmt: skip
    said = "ours: -P -m pipeline build" if is_there else "the command: build"
    assert (done.returncode, done.stdout.splitlines()[0]) == (3, said)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
def test_what_is_not_given_is_asked_for_at_a_terminal() -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pipeline", "init", "ours"]
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=path) as asking:
        os.write(ours, b"Quay Council\nWales\nHarbour Panel\n28/03/2027\n\n")
        try:
            assert asking.wait(60) == 0
        finally:
            asking.kill()
    os.close(theirs)
    os.close(ours)
    said = tomllib.loads(Path("ours/templates/quay-council/house.toml").read_text(encoding="utf-8"))
    assert (said["council"]["name"], said["calendar"]["nation"]) == ("Quay Council", "Wales")
    assert Path("ours/inputs/harbour-panel.xlsx").exists()


def test_a_meeting_without_a_committee_is_refused() -> None:
    refused = init("ours", *NAMED, "--meeting", "28/3/2027")
    assert (refused.exit_code, Path("ours").exists()) == (2, False)
    assert refused.output == (
        "Error: --meeting is of a committee's workbook. Give --committee too.\n"
    )


def test_a_meeting_that_is_past_is_said_and_the_folder_that_one_is_in_is_not_changed_to() -> None:
    made = init(".", *NAMED, "--committee", "Quay Panel", "--meeting", "1/2/2020")
    assert made.exit_code == 0
    lines = made.output.splitlines()
    assert "The meeting of 1 February 2020 is past: is the date right?" in lines
    assert lines[-1] == "Next: double-click what its README.txt names, or: papers build"
    again = ["new", "new.xlsx", "--committee", "Quay Panel", "--meeting", "1/2/2020", "--quiet"]
    assert CliRunner().invoke(main, again).output == ""


def test_a_council_s_workbook_is_not_made_a_paper_in_a_sample_s_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert init("ours", *NAMED).exit_code == 0
    elsewhere, home = tmp_path / "elsewhere", tmp_path / "ours"
    elsewhere.mkdir()
    book = str(home / "inputs" / "sample.xlsx")
    monkeypatch.chdir(elsewhere)
    for command in (["build", book], ["check", book], ["chase", book], ["waive", book, "F31"],
                    ["changes", book, book], ["new", "new.xlsx", "--from", book]):  # fmt: skip
        refused = CliRunner().invoke(main, command)
        assert (refused.exit_code, refused.output) == (
            2,
            f"Error: {book} belongs to the council's folder {home}. "
            "Change to that folder, and run it again; or choose a council with --style.\n",
        )
    assert list(elsewhere.iterdir()) == []
    assert CliRunner().invoke(main, ["check", book, "--style", "wexmouth"]).exit_code == 1
    beside = str(Path("..", "elsewhere", "..", "ours", "inputs", "sample.xlsx"))
    assert f"council's folder {home}." in CliRunner().invoke(main, ["check", beside]).output
    monkeypatch.chdir(home)
    assert "(Our Council)" in CliRunner().invoke(main, ["check", book]).output


@pytest.mark.skipif(sys.platform == "win32", reason="not everybody may make links there")
def test_a_council_s_workbook_is_found_behind_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert init("ours", *NAMED).exit_code == 0
    home, shared, elsewhere = tmp_path / "ours", tmp_path / "shared", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (home / "inputs").rename(shared)
    (home / "inputs").symlink_to(shared)
    (elsewhere / "round.xlsx").symlink_to("round.xlsx")
    monkeypatch.chdir(elsewhere)
    for path in (home / "inputs" / "sample.xlsx", tmp_path / "ours/../ours/inputs/sample.xlsx"):
        refused = CliRunner().invoke(main, ["check", str(path)])
        assert (refused.exit_code, f"council's folder {home}." in refused.output) == (2, True)
    refused = CliRunner().invoke(main, ["check", "round.xlsx"])
    assert (refused.exit_code, "fault of ours" in refused.output) == (2, False)
    assert "round.xlsx" in refused.output
