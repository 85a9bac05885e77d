"""`make help` tells of every target."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import setup_system

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)


def test_every_target_says_what_it_does_and_is_no_file() -> None:
    assert {"paper", "test", "setup", "check", "publish", "lint", "bench", "clean"} <= set(TARGETS)
    assert re.findall(r"^([a-z]+):.*## \w", MAKEFILE, re.MULTILINE) == TARGETS
    (phony,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert sorted(phony.split()) == sorted(TARGETS)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_a_style_is_passed_on_only_where_one_is_given() -> None:
    for given, passed in (("", ""), ("STYLE=aldermere", ' --style "aldermere"')):
        said = subprocess.run(
            ["make", "--dry-run", "paper", "check", *given.split()],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert f"papers build{passed} --output" in " ".join(said.split())
        assert f"papers check{passed} --output" in " ".join(said.split())


@pytest.mark.parametrize(
    ("style", "needed"), [("", True), ("wexmouth", True), ("aldermere", False)]
)
def test_set_up_asks_for_pango_only_where_a_council_draws_with_it(
    style: str, needed: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PAPERS_STYLE", style)
    monkeypatch.setattr(setup_system, "weasyprint_loads", lambda: False)
    monkeypatch.setattr(sys, "argv", ["setup_system.py", "--check"])
    setup_system.main()
    said = capsys.readouterr().err
    assert (said.count("\n"), '[pdf] engine = "typst"' in said) == (int(needed), needed)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_help_lists_every_target() -> None:
    said = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert re.findall(r"^make (\w+)", said, re.MULTILINE) == TARGETS
