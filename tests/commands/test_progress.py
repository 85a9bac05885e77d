"""Long work shows how far it has come on a terminal, and nothing where its words are piped."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import bench


def command(book: Path, out: Path) -> list[str]:
    arguments = ["build", str(book), "--to", "pdf", "--output", str(out)]
    return [sys.executable, "-m", "pipeline", *arguments]


@pytest.fixture(scope="module")
def long_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook whose paper takes some seconds."""
    path = tmp_path_factory.mktemp("long") / "long.xlsx"
    bench.workbook(path, 100)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals to run it in")
def test_a_terminal_shows_the_page_that_the_pdf_is_at(long_book: Path, tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    ran = subprocess.Popen(
        command(long_book, tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        close_fds=True,
        env={**os.environ, "COLUMNS": "30"},
    )
    os.close(theirs)
    said = b""
    with contextlib.suppress(OSError):  # by which Linux says that the other end is closed
        while piece := os.read(ours, 4096):
            said += piece
    os.close(ours)
    assert ran.wait() == 0
    assert b"Making the papers: page " in said
    assert max(len(line) for line in said.split(b"\r")) < 30


def test_a_pipe_gets_nothing_of_it(long_book: Path, tmp_path: Path) -> None:
    ran = subprocess.run(command(long_book, tmp_path), capture_output=True, check=True)
    assert ran.stderr == b""
