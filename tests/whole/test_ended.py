"""A command that is ended leaves no process, no temporary file and no traceback behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.whole.test_commands import GOOD, Make, files, make

__all__ = ["make"]  # the fixture
ROWS = 1000  # a PDF of several seconds
PATIENCE = 2.0  # seconds in which every process has to be gone

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")


def heed() -> None:
    """Let the process be interrupted, also where the tests run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def processes(mark: str) -> list[int]:
    """The processes that have some words in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def wait_for(what: str, is_so: object) -> None:
    until = time.monotonic() + 20
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < until, what
        time.sleep(0.02)


def end(process: subprocess.Popen[bytes], number: int) -> None:
    """Send a process a signal; Ctrl-C as a terminal does, and once more where Python let it pass unheard."""
    if number != signal.SIGINT:
        process.send_signal(number)
        return
    os.killpg(process.pid, number)
    try:
        process.wait(PATIENCE / 2)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, number)


@pytest.mark.parametrize("delay", [0.0, pytest.param(0.3, marks=pytest.mark.matrix), 1.5])
@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, 137)],
    ids=["interrupted", "terminated", "killed"],
)
def test_an_ended_build_leaves_nothing(
    make: Make, tmp_path: Path, number: int, code: int, delay: float
) -> None:
    path = make(*[GOOD.replace("Tides", f"Tides {n}") for n in range(ROWS)])
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before = files(tmp_path)
    mark = f"PAPERS_TEST={tmp_path}"
    environment = {**os.environ, "PAPERS_TEST": str(tmp_path), "TMPDIR": str(scratch)}
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "build",
        str(path),
        "--output",
        str(tmp_path / "out"),
    ]
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heed,  # noqa: PLW1509
    ) as process:
        wait_for("it draws", lambda: len(processes(mark)) > 1)
        time.sleep(delay)
        ended = time.monotonic()
        end(process, number)
        said = process.communicate()[1].decode()
        status = process.returncode
        assert (status if status >= 0 else 128 - status) == code, said  # as a shell has it
        wait_for("no process is left", lambda: not processes(mark))
        assert time.monotonic() - ended < PATIENCE
    assert "Traceback" not in said
    assert files(tmp_path) == before
    assert not (tmp_path / "out").exists()
