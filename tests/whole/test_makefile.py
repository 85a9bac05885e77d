"""`make help` tells of every target."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

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


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_help_lists_every_target() -> None:
    said = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert re.findall(r"^make (\w+)", said, re.MULTILINE) == TARGETS
