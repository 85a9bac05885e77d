"""What each command loads, and what it leaves alone: a check is over before a big library is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "inputs" / "environment-and-transport-committee.xlsx"
_ASKED = """
import sys
from pipeline.commands.cli import main
try:
    main()
finally:
    sys.stderr.write(" ".join(sys.modules))
"""


def loaded(*arguments: str) -> set[str]:
    """The modules that a command loads."""
    unmeasured = {name: words for name, words in os.environ.items() if "COVERAGE" not in name}
    ended = subprocess.run(
        [sys.executable, "-c", _ASKED, *arguments], cwd=ROOT, env=unmeasured, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    return set(ended.stderr.split())


def test_a_check_loads_nothing_that_draws_or_writes() -> None:
    heavy = {
        "PIL", "multiprocessing", "jinja2", "docx", "openpyxl", "weasyprint", "pikepdf", "holidays", "tinycss2",
        "lxml.html", "email.message", "rich", "calamine", "xlrd", "typst",
    }  # fmt: skip
    known = loaded("check", str(SAMPLE), "--today", "27/11/2026")
    assert "pipeline.check.account" in known  # it has run
    assert not known & heavy


def test_help_loads_no_command() -> None:
    known = loaded("--help")
    assert "pipeline.commands.cli" in known
    assert not {one for one in known if one.startswith("pipeline.")} - {
        "pipeline.commands", "pipeline.commands.cli", "pipeline.commands.saying", "pipeline.model",
        "pipeline.model.errors",
    }  # fmt: skip
