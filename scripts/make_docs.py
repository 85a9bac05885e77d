"""Writes docs/checks.md from the checks' docstrings, and the records' schema from their types."""

from __future__ import annotations

import inspect
from pathlib import Path

import pipeline.check.run  # noqa: F401  # registers the checks
from pipeline.check.rule import CHECKS, STANDS_FOR
from pipeline.published import records

DOCS = Path(__file__).parent.parent / "docs"

HEAD = """# What is checked

Made by `make docs` from the checks themselves; change it there.

An **error** keeps the paper a DRAFT until it is fixed or waived (`papers waive`, see [the clerk's
month](clerk.md#waiving)); a **warning** should be looked at; a **note** is there to be known. How serious a
check usually is stands below; a council that finds one more or less serious, or wants it `"off"`, says so in
`templates/<council>/checks.toml`, and every verdict names those that are set lower than usual. The words that
the checks know stand in `templates/checks.toml`, and a council's own file adds to them
([more](house-style.md#checkstoml)). Every finding is one line, with the reference and the title of its action:

    Actions!E6: error: HP/1, Harbour: what is wrong. What to do. [name-of-the-check]

Where one remedy does for several findings at a cell, only one is reported: a check below says
which others it *stands for*. Three or more findings of a kind in one list are one line, with how many they are,
their cells and their actions; JSON, CSV and the sheet *To do* have each by itself.
"""


def manual() -> str:
    """The whole text of docs/checks.md."""
    parts = [HEAD]
    for name in sorted(CHECKS):
        function, severity = CHECKS[name]
        doc = " ".join((inspect.getdoc(function) or "").split())
        others = ", ".join(f"`{other}`" for other in STANDS_FOR[name])
        stands = f" At its cell it stands for {others}." if others else ""
        parts.append(f"\n## {name}\n\nUsually: {severity}.{stands}\n\n{doc}\n")
    return "".join(parts)


if __name__ == "__main__":
    (DOCS / "checks.md").write_text(manual(), encoding="utf-8", newline="\n")
    schema = records.schema() + "\n"
    (DOCS / "records.schema.json").write_text(schema, encoding="utf-8", newline="\n")
