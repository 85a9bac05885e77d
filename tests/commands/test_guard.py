"""What no code foresaw is one line and a report; the other workbooks go on, and the exit says the worst."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from pipeline.check import run
from pipeline.check.seen import Context
from pipeline.render import docx
from tests.whole.test_commands import GOOD, OPEN, Make, files, make, papers

__all__ = ["make"]  # the fixture
ZEPHYRINE = "Zephyrine"
TIDES = ["Tides Board", "Monitoring – 28 March 2027"]


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that reports go to."""
    folder = tmp_path / "reports"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


class NativeError(BaseException):
    """As native code raises them."""


@pytest.fixture(params=[KeyError, RecursionError, NativeError])
def fault(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A fault of ours that strikes where a word stands in a workbook, and has it in its message."""
    original = run.findings

    def findings(context: Context, *given: Any) -> Any:
        words = str(context.actions)
        if ZEPHYRINE in words:
            raise request.param(words)
        return original(context, *given)

    monkeypatch.setattr(run, "findings", findings)


@pytest.mark.usefixtures("fault")
def test_one_workbooks_fault_stops_no_other(make: Make, tmp_path: Path, reports: Path) -> None:
    bad = make(GOOD.replace("They", ZEPHYRINE), name="bad.xlsx", titles=TIDES)
    good, out = make(GOOD, OPEN), tmp_path / "out"
    for command in (["check"], ["build", "--to", "html", "--output", out]):
        result = papers(*command, bad, good)
        assert result.exit_code == 70  # and not 1, though the other has findings
        assert "NOT READY" in result.stdout
        (said,) = result.stderr.splitlines()
        (report,) = reports.iterdir()
        assert said.startswith(
            f"Error: bad.xlsx: this is a fault of ours. A report is in {report};"
        )
        words = report.read_text(encoding="utf-8")
        assert ZEPHYRINE not in words
        assert "pipeline/line.py" in words
        report.unlink()
    assert [name.split("/")[0] for name in files(out)] == ["harbour-scrutiny-panel"]
    assert papers("build", bad, good, "--final", "--output", tmp_path / "none").exit_code == 70
    assert not (tmp_path / "none").exists()
    shown = papers("check", bad, "--debug").stderr
    assert "Traceback" in shown
    assert ZEPHYRINE in shown


def test_a_fault_elsewhere_is_one_line_too(
    make: Make, tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def struck(*given: object) -> None:
        raise ZeroDivisionError(ZEPHYRINE, *given)

    monkeypatch.setattr("pipeline.chase.deadlines.deadline", struck)
    result = papers("deadline", "14/1/2027")
    (report,) = reports.iterdir()
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (70, "", 1)
    assert ZEPHYRINE not in result.stderr + report.read_text(encoding="utf-8")
    monkeypatch.undo()
    monkeypatch.setattr(docx, "render", struck)
    result = papers("build", make(GOOD), "--to", "docx", "--output", tmp_path / "out")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (70, "", 1)
    assert not (tmp_path / "out").exists()


def test_of_several_outcomes_the_worst_is_the_exit(make: Make, tmp_path: Path) -> None:
    empty = tmp_path / "empty.xlsx"
    empty.write_bytes(b"")
    assert papers("check", make(GOOD, OPEN), empty).exit_code == 2
    assert papers("check", make(GOOD, OPEN)).exit_code == 1
    assert papers("check", "--no-such-option").exit_code == 2


def test_a_pdf_whose_process_was_killed_is_one_line(make: Make, tmp_path: Path) -> None:
    """As a system does that has no memory left."""
    path = make(*[GOOD] * 300)
    code = (
        "import os, signal, sys, threading; from pipeline.render import studio; from pipeline.__main__ import run\n"
        "original = studio._started\n"
        "def started(**given):\n"
        "    process = original(**given); threading.Timer(1.2, process.kill).start(); return process\n"
        "studio._started = started; run()"
    )
    command = [sys.executable, "-c", code, "build", str(path), "--output", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the process that draws it has ended" in done.stderr
    assert done.stderr.count("\n") == 1


class Interrupting:
    """Interrupted while a class is being made, of which Python makes a RuntimeError."""

    def __set_name__(self, owner: type, name: str) -> None:
        raise KeyboardInterrupt


def test_ctrl_c_is_no_fault_of_ours(
    make: Make, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def findings(*given: Any) -> None:  # noqa: ARG001
        try:
            type("Made", (), {"part": Interrupting()})
        except RuntimeError as fault:  # so until Python 3.11
            raise RuntimeError(str(fault)) from fault
        except KeyboardInterrupt as fault:
            raise RuntimeError from fault

    monkeypatch.setattr(run, "findings", findings)
    result = papers("check", make(GOOD))
    assert (result.exit_code, result.stderr.split()) == (130, ["Interrupted."])
    assert not list(reports.iterdir())


INTERRUPTED_APART = """
import sys
from pipeline.commands import cli
from pipeline.__main__ import run

class Closed:
    def __del__(self):
        raise {}

def main(**given):
    Closed()
    print("still here")

cli.main = main
run()
"""


@pytest.mark.parametrize(
    ("raised", "ends", "said"), [("KeyboardInterrupt", 130, ""), ("KeyError", 0, "still here")]
)
def test_ctrl_c_is_heard_where_python_would_ignore_it(raised: str, ends: int, said: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_APART.format(raised)], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert (ended.returncode, ended.stdout.strip()) == (ends, said)
