"""Ready or not: what the clerk is told, in which order, and what a waiver changes."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner, Result

from pipeline.commands.cli import COMMANDS, main
from pipeline.commands.options import used_style
from pipeline.council import settings
from tests.chase.test_letters import Make, done, make, owing
from tests.conftest import AddToCouncil

__all__ = ["make"]  # the fixture
TODAY = ("--today", "1/3/2027")
NOTHING = "  No earlier final paper in outputs: nothing was compared."
DAYS = (
    "  Publish by Thursday 18 March 2027: 13 working days left. Updates by Tuesday 16 March 2027. "
    "Chase on Thursday 4 March 2027."
)
WAIVER = """
[[waiver]]
check = "missing-update"
committee = "Harbour Scrutiny Panel"
reference = "HP/1"
reason = "The officer is on leave"
by = "A. Clerk"
until = 2027-03-28
"""


def papers(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_ready(make: Make) -> None:
    path = make(done("Jo Bell"))
    result = papers("check", path, *TODAY)
    assert (result.exit_code, result.output.splitlines()) == (
        0,
        [
            "panel.xlsx: Harbour Scrutiny Panel, 28 March 2027 (Wexmouth City Council)",
            "  READY",
            NOTHING,
            DAYS,
            f"  Next: papers build --final {path} makes the paper to publish.",
        ],
    )


def test_not_ready_names_who_owes_what_worst_first(make: Make) -> None:
    path = make(
        owing("Jo Bell"),
        owing("Zoë Núñez", "That it is so.", "HP/2"),
        owing("Zoë Núñez", "That it is not so.", "HP/3"),
        owing("", "That someone does.", "HP/4"),
    )
    result = papers("check", path, *TODAY)
    said = result.output.splitlines()
    assert result.exit_code == 1
    assert [line for line in said if re.match(r"  [A-Z]", line)] == [
        "  Zoë Núñez, Harbour Master: 01632 960001, zoe.nunez@wexmouth.example",
        "  Jo Bell, Lock Keeper: 01632 960002, jo.bell@wexmouth.example",
        "  No officer named",
        "  NOT READY. Missing: 4 updates. From 2 officers",
        NOTHING,
        DAYS,
        f"  To let it pass instead, with your reason: papers waive {path} D4 D5 D6 D7 "
        '--reason "…" --until 28/03/2027',
        "  Next: ring them, or let papers chase write the e-mails; then run this again.",
    ]
    assert [line.split(":")[0].strip() for line in said[2:4]] == ["Actions!D5", "Actions!D6"]


@pytest.mark.parametrize(
    ("councils", "variable", "options", "named"),
    [
        (("wexmouth", "aldermere"), "", (), "Wexmouth City Council"),
        (("wexmouth", "aldermere"), "aldermere", (), "Aldermere Borough Council"),
        (("wexmouth", "aldermere"), "aldermere", ("--style", "wexmouth"), "Wexmouth City Council"),
        (("aldermere",), "", (), "Aldermere Borough Council"),
    ],
)
def test_the_verdict_names_the_council_whose_style_is_used(
    *,
    make: Make,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    councils: tuple[str, ...],
    variable: str,
    options: tuple[str, ...],
    named: str,
) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(settings.TEMPLATES, folder)
    for style in set(settings.councils()) - set(councils):
        shutil.rmtree(folder / style)
    monkeypatch.setattr(settings, "TEMPLATES", folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAPERS_STYLE", variable)
    path = make(done("Jo Bell"))
    said = papers("check", path, *TODAY, *options).output.splitlines()
    assert said[0] == f"panel.xlsx: Harbour Scrutiny Panel, 28 March 2027 ({named})"
    typed = " ".join(("papers build --final", *options, str(path)))
    assert said[-1] == f"  Next: {typed} makes the paper to publish."


def test_every_command_that_needs_a_style_takes_the_same_option() -> None:
    commands = {name: main.get_command(Context(main), name) for name in COMMANDS}
    options = {
        name: param
        for name, command in commands.items()
        for param in (command.params if command else ())
        if param.name == "style"
    }
    assert set(COMMANDS) - set(options) == {"init", "verify", "read"}
    assert {option.callback for option in options.values()} == {used_style}
    assert {option.envvar for option in options.values()} == {"PAPERS_STYLE"}


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("18/3/2027", "0 working days left."),
        ("19/3/2027", "It was to be published by Thursday 18 March 2027, which has passed."),
        ("4/3/2027", "Chase today."),
    ],
)
def test_the_deadline_is_in_every_verdict(make: Make, today: str, words: str) -> None:
    assert words in papers("check", make(done("Jo Bell")), "--today", today).output


def test_machines_get_the_same(make: Make) -> None:
    path = make(owing("Jo Bell"), done("Zoë Núñez"))
    told = json.loads(papers("check", path, "--format", "json", *TODAY).output)
    assert told["verdicts"][0]["answer"] == "NOT READY. Missing: 1 update. From 1 officer"
    assert not told["verdicts"][0]["ready"]
    rows = list(csv.DictReader(io.StringIO(papers("check", path, "--format", "csv").output)))
    assert rows == told["findings"]
    assert [(row["cell"], row["check"], row["officer"]) for row in rows] == [
        ("D4", "missing-update", "Jo Bell")
    ]


def test_a_page_to_send(make: Make, tmp_path: Path) -> None:
    result = papers(
        "check", make(owing("Jo Bell")), "--format", "html", "--output", tmp_path, *TODAY
    )
    (page,) = tmp_path.rglob("ready-or-not.html")
    assert f"Made {page}." in result.output
    words = re.sub(r"<[^>]+>|\s+", " ", page.read_text(encoding="utf-8"))
    for said in (
        "NOT READY. Missing: 1 update",
        "Jo Bell, Lock Keeper",
        "Cell D4 of the sheet Actions",
    ):
        assert said in words


def test_what_fails_can_be_chosen(make: Make, tmp_path: Path) -> None:
    path = make(done("Jo Bel l"))  # no officer of the list: a warning
    passed = papers("check", path)
    assert (passed.exit_code, "  READY, with 1 warning to look at" in passed.output) == (0, True)
    result = papers("check", path, "--fail-on", "warning")
    assert (result.exit_code, "NOT READY. 1 warning" in result.output) == (1, True)
    final = papers("build", path, "--final", "--fail-on", "warning", "--output", tmp_path / "out")
    assert (final.exit_code, (tmp_path / "out").exists()) == (1, False)


def test_a_waiver_lets_pass_and_is_listed(
    make: Make, council: AddToCouncil, tmp_path: Path
) -> None:
    council(WAIVER)
    path = make(owing("Jo Bell"), done("Zoë Núñez"))
    result = papers("build", path, "--final", "--to", "json", "--output", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert (
        "    Actions!D4: HP/1, Tides: The action has no update. [missing-update] "
        "Waived: The officer is on leave (A. Clerk, until 28 March 2027)"
    ) in result.output.splitlines()
    assert "  READY" in result.output.splitlines()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2027-03-28", "2027-03-27", "Waivers that have ended: HP/1 (missing-update)."),
        ("HP/1", "HP/8", "HP/8: the waiver of missing-update fits nothing."),
        (
            "Harbour Scrutiny Panel",
            "Harbour Panel Scrutiny",
            "names 'Harbour Panel Scrutiny', and this is",
        ),
        ("Harbour Scrutiny Panel", "Harbour Scrutiny", "names 'Harbour Scrutiny', and this is"),
    ],
)
def test_a_waiver_that_lets_nothing_pass_is_said(
    make: Make, council: AddToCouncil, old: str, new: str, said: str
) -> None:
    council(WAIVER.replace(old, new))
    result = papers("check", make(owing("Jo Bell")))
    assert (result.exit_code, said in result.output) == (1, True)
    assert "clerk.toml" not in result.output  # it stands in checks.toml


def test_another_committee_s_waiver_is_not_ours(make: Make, council: AddToCouncil) -> None:
    council(WAIVER.replace("Harbour", "Tide"))
    result = papers("check", make(owing("Jo Bell")))
    assert (result.exit_code, "Tide Scrutiny Panel" in result.output) == (1, False)
    assert "Waive" not in result.output


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"missing-update"', '"missing-udpate"', "there is no check called 'missing-udpate'"),
        ('reference = "HP/1"', "", "names either a reference or a cell"),
        ("2027-03-28", '"28/03/2027"', "such as 2027-01-21, without quotation marks"),
        ('reason = "The officer is on leave"', "", "waiver 1.reason is missing"),
    ],
)
def test_a_wrong_waiver_is_refused(
    make: Make, council: AddToCouncil, old: str, new: str, said: str
) -> None:
    council(WAIVER.replace(old, new))
    result = papers("check", make(owing("Jo Bell")))
    assert (result.exit_code, said in result.output) == (2, True), result.output


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
def test_a_terminal_gets_colours_and_whole_words_and_a_pipe_does_not(make: Make) -> None:
    command = [sys.executable, "-m", "pipeline", "check", str(make(owing("Jo Bell")))]
    environment = {**os.environ, "COLUMNS": "100", "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    shown = on_a_terminal(command, environment)
    assert b"\x1b[31merror\x1b[0m" in shown
    plain = re.sub(rb"\x1b\[[0-9;]*m", b"", shown).decode().splitlines()
    folded = [line for line in plain if line.startswith("      ")]
    assert folded
    assert all(len(line) <= 100 for line in folded)
    assert b"\x1b" not in on_a_terminal(command, {**environment, "NO_COLOR": "1"})
    narrow = on_a_terminal(command, {**environment, "COLUMNS": "4"}).decode()
    assert "".join(re.sub(r"\x1b\[[0-9;]*m", "", narrow).split()) == "".join("".join(plain).split())
    piped = subprocess.run(command, capture_output=True, check=False, env=environment).stdout
    assert b"\x1b" not in piped
    assert not any(line.startswith(b"      ") for line in piped.splitlines())


def on_a_terminal(command: list[str], environment: dict[str, str]) -> bytes:
    """What a terminal is given by a command, which finds faults."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while piece := read(ours):
            shown += piece
        assert process.wait() == 1
    os.close(ours)
    return shown


def read(terminal: int) -> bytes:
    """What a terminal shows next; nothing once it is closed, which Linux says by an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_the_next_step_for_a_paper_that_is_published(make: Make, tmp_path: Path) -> None:
    out = ("--output", tmp_path / "out", *TODAY)
    path = make(done("Jo Bell"))
    assert papers("build", path, "--final", *out).exit_code == 0
    assert "  It is published as it stands." in papers("check", path, *out).output.splitlines()
    path = make(done("Jo Bell").replace("They were.", "All were."))
    said = papers("check", path, *out).output.splitlines()[-1]
    start, command = said.split("papers ", 1)
    assert start == "  It is published already, as it was then. Next: "
    assert (
        papers(*command.removesuffix(" makes it again.").replace("…", "Late").split()).exit_code
        == 0
    )


def test_faults_that_are_no_officer_s_are_not_counted_as_theirs(make: Make, tmp_path: Path) -> None:
    out = ("--output", tmp_path / "out", *TODAY)
    gone = "1/2/27 | Quays | That they are lit. | Half are. | In progress | Jo Bell | HP/7"
    assert papers("build", make(gone), "--final", *out).exit_code == 0
    said = papers("check", make(owing("Jo Bell")), "--meeting", "27/5/2027", *out).output
    assert "  NOT READY. Missing: 1 update. 1 other error. From 1 officer" in said.splitlines()


def test_a_placeholder_is_no_officer_to_ring(make: Make) -> None:
    lines = papers("check", make(owing("TBC")), *TODAY).output.splitlines()
    assert lines[1] == "  No officer named"
    assert "  NOT READY. Missing: 1 update" in lines


def test_checks_that_are_set_lower_than_usual_are_named(make: Make, council: AddToCouncil) -> None:
    """Those that are set as usual, or higher, are not."""
    council(
        '[severity]\nmissing-update = "warning"\noverdue = "off"\nthin-update = "warning"\n'
        'shouting = "error"\n'
    )
    path = make(owing("Jo Bell"))
    result = papers("check", path, *TODAY)
    assert result.exit_code == 0
    said = (
        "Set lower than usual by templates/wexmouth/checks.toml: missing-update (warning, usually an error), "
        "overdue (off, usually a warning)."
    )
    assert f"  {said}" in result.output.splitlines()
    told = json.loads(papers("check", path, "--format", "json", *TODAY).output)
    assert told["verdicts"][0]["lowered"] == said


def test_nothing_is_said_where_nothing_is_set_lower(make: Make) -> None:
    assert "lower" not in papers("check", make(done("Jo Bell")), *TODAY).output


def test_several_of_one_officer_in_the_same_words_are_one_line(make: Make) -> None:
    asked = [f"That it is {word}." for word in ("so", "not so", "both")]
    path = make(*(owing("Jo Bell", words, f"HP/{n}") for n, words in enumerate(asked)))
    said = papers("check", path, *TODAY).output.splitlines()
    (line,) = [one for one in said if "missing-update" in one]
    whose = "3 times (HP/0, HP/1, HP/2)"
    assert line.startswith(f"    Actions!D4, D5, D6: error: {whose}: The action has no update.")
    rows = json.loads(papers("check", path, "--format", "json").output)["findings"]
    assert [row["cell"] for row in rows] == ["D4", "D5", "D6"]


def test_several_that_differ_in_what_they_quote_are_one_line_with_that(make: Make) -> None:
    colours = ("Amber", "Green", "Red", "Blue")
    rows = [
        f"1/2/27 | Tides | That {colour} is so. | It is. | {colour} | Jo Bell | HP/{number}"
        for number, colour in enumerate(colours, 1)
    ]
    (line,) = [
        one
        for one in papers("check", make(*rows), *TODAY).output.splitlines()
        if "unknown-status" in one
    ]
    assert line.startswith(
        "    Actions!E4, E5, E6, E7: error: 4 times (HP/1, HP/2, HP/3, HP/4): The status "
        "'Amber' / 'Green' / 'Red' / … is not one that we know. Choose one of:"
    )
