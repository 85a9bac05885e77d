"""What a machine may lack: each is one line, or does not matter."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.published.folder import file_name
from tests.whole.test_commands import GOOD, Make, files, make

__all__ = ["make"]  # the fixture
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shells and limits of POSIX")
NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig/>'


Ran = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def ran(make: Make, tmp_path: Path) -> Ran:
    """Runs a command line of a shell, in which $PAPERS is the command and $BOOK a workbook."""

    def run(line: str, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ, "PAPERS": f"{sys.executable} -m pipeline", "BOOK": str(make(GOOD)),
            "PYTHONPATH": os.pathsep.join(sys.path), **more,
        }  # fmt: skip
        return subprocess.run(
            ["bash", "-c", line], env=environment, cwd=tmp_path, capture_output=True, text=True,
            errors="surrogateescape", check=False,
        )  # fmt: skip

    return run


def assert_one_line(done: subprocess.CompletedProcess[str], words: str) -> None:
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert words in done.stderr
    assert done.stderr.startswith("Error: ")


@pytest.mark.parametrize("command", ["check $BOOK", "build $BOOK --to html", "--help", "doctor"])
def test_output_that_is_full(ran: Ran, command: str) -> None:
    assert_one_line(ran(f"$PAPERS {command} >/dev/full"), "No space left on device")


def test_a_reader_that_has_gone(ran: Ran, tmp_path: Path) -> None:
    line = "{ $PAPERS build $BOOK --to html --output out; echo $? >code; } | true"
    assert ran(line).stderr == ""
    assert (tmp_path / "code").read_text() == "141\n"
    assert len(files(tmp_path / "out")) == 1


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_streams_that_are_closed(ran: Ran, tmp_path: Path, closed: str) -> None:
    done = ran(f"$PAPERS build $BOOK --to pdf,docx --output out {closed}")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(files(tmp_path / "out")) == 2


def test_a_folder_that_is_gone(ran: Ran) -> None:
    for command in ("check", "build", "doctor", "verify x"):
        done = ran(f"mkdir gone; cd gone; rmdir ../gone; $PAPERS {command}")
        assert_one_line(done, "The folder that you are in is gone")


@pytest.mark.parametrize(
    "handles", [6, 10, 24, *(pytest.param(n, marks=pytest.mark.matrix) for n in (8, 9, 11, 12, 16))]
)
def test_few_file_handles(ran: Ran, tmp_path: Path, handles: int) -> None:
    done = ran(f"ulimit -n {handles}; $PAPERS build $BOOK --to pdf,docx --output out")
    if done.returncode:
        assert_one_line(done, "")
        assert not (tmp_path / "out").exists()
    assert done.returncode == 0 or handles < 16
    assert "Traceback" not in done.stderr


def test_no_font(ran: Ran, tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(NO_FONTS)
    where = {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    assert_one_line(ran("$PAPERS build $BOOK --to pdf", **where), "See that a font is installed")
    done = ran("$PAPERS doctor", **where)
    assert (done.returncode, done.stderr) == (1, "")
    assert "FAULT PDF: " in done.stdout


def test_no_home_no_temporary_folder_and_warnings_as_errors(ran: Ran) -> None:
    without = {"HOME": "/nonexistent", "TMPDIR": "/nonexistent", "PYTHONWARNINGS": "error"}
    for command in (
        "check $BOOK",
        "build $BOOK --output out",
        "verify out",
        "doctor",
        "chase $BOOK",
    ):
        done = ran(f"$PAPERS {command}", **without)
        assert (done.returncode, done.stderr) == (0, ""), command


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no such names")
def test_names_that_are_no_utf_8(ran: Ran) -> None:
    assert ran(r"cp $BOOK $'b\xff.xlsx'").returncode == 0
    for command in (
        r"build $'b\xff.xlsx' --to docx,pdf,html,json,csv --engine typst --final --output $'o\xff'",
        r"verify $'o\xff'", r"read $'o\xff'/*/*/*.pdf", r"check $'b\xff.xlsx' --annotate --format html",
        r"check $'b\xff.xlsx' --format json --output $'o\xff'", r"chase $'b\xff.xlsx'",
        r"changes $'b\xff.xlsx' $'b\xff.xlsx' --format html", r"import $'o\xff'/*/*/*.docx $'i\xff.xlsx'",
        r"new $'n\xff.xlsx' --committee Quay --paper Log --meeting 1/2/2027",
    ):  # fmt: skip
        done = ran(f"$PAPERS {command}")
        assert (done.returncode, done.stderr) == (0, ""), command
        assert "\udcff" not in done.stdout
    assert ran(r"$PAPERS new x.xlsx --committee $'\xff'").returncode == 2


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere"
)
def test_nothing_may_be_written(ran: Ran, tmp_path: Path) -> None:
    ran("true")
    tmp_path.chmod(0o555)
    try:
        for command in (
            "build $BOOK",
            "chase $BOOK",
            "new n.xlsx --committee Q --paper L --meeting 1/2/2027",
        ):
            assert_one_line(ran(f"$PAPERS {command}"), "cannot be written: Permission denied")
        assert ran("$PAPERS check $BOOK").returncode == 0
        assert ran("$PAPERS doctor").returncode == 1
    finally:
        tmp_path.chmod(0o755)


def test_names_without_letters_and_names_of_windows_have_folders_of_their_own() -> None:
    names = [file_name(words) for words in ("!!!", "???", "委员会", "Con", "COM1", "aux", "")]
    assert len(set(names)) == len(names)
    assert not {"con", "com1", "aux"} & set(names)


def test_no_pango(ran: Ran, tmp_path: Path) -> None:
    (tmp_path / "bare" / "weasyprint").mkdir(parents=True)
    (tmp_path / "bare" / "weasyprint" / "__init__.py").write_text("raise OSError('no libpango')")
    bare = os.pathsep.join([str(tmp_path / "bare"), *sys.path])
    assert_one_line(ran("$PAPERS build $BOOK", PYTHONPATH=bare), "Pango is not installed")
    done = ran("$PAPERS doctor", PYTHONPATH=bare)
    assert (done.returncode, "FAULT PDF: The PDF cannot be made: Pango" in done.stdout) == (1, True)
    assert ran("$PAPERS build $BOOK --to docx,html", PYTHONPATH=bare).returncode == 0
    style = "--style aldermere"  # which draws with Typst
    assert "FAULT" not in ran(f"$PAPERS doctor {style}", PYTHONPATH=bare).stdout
    assert ran(f"$PAPERS build $BOOK {style}", PYTHONPATH=bare).returncode == 0
    assert ran("$PAPERS init new --council Q --nation Wales", PYTHONPATH=bare).returncode == 0
    done = ran("cd new && $PAPERS build", PYTHONPATH=bare)  # Typst draws it
    assert (done.returncode, len(list((tmp_path / "new").rglob("*.pdf")))) == (0, 1), done.stderr
