"""Writes docs/checks.md from the checks' docstrings, and the records' schema from their types."""

from __future__ import annotations

import inspect
from pathlib import Path

import pipeline.check.run  # noqa: F401  # registers the checks
from pipeline.check.rule import CHECKS, STANDS_FOR
from pipeline.normalise.row_kinds import RULES
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


ROWS = """## What each row is

Made by `make docs` from the rules in `pipeline/normalise/row_kinds.py`. The first rule that fits a row says what it
is; `papers check TRACKER --explain` says it of each. What is *withheld* is in no paper and in no finding.

| row | is read as | for |
|---|---|---|
"""
ROWS_BEGIN, ROWS_END = "<!-- rows -->\n", "<!-- end of rows -->\n"


def row_rules() -> str:
    """The table of what a row is."""
    lines = []
    for rule in RULES:
        example = rule.example.replace("|", "\\|")
        kind = f"{rule.kind}, withheld" if rule.withheld else str(rule.kind)
        lines.append(f"| `{example}` | {kind} | {rule.why} |\n")
    return ROWS + "".join(lines)


def columns_manual(text: str) -> str:
    """The text of docs/columns.md with the table of row rules as it is now."""
    before, _, rest = text.partition(ROWS_BEGIN)
    _, _, after = rest.partition(ROWS_END)
    return f"{before}{ROWS_BEGIN}{row_rules()}{ROWS_END}{after}"


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
    columns = DOCS / "columns.md"
    text = columns_manual(columns.read_text(encoding="utf-8"))
    columns.write_text(text, encoding="utf-8", newline="\n")
    schema = records.schema() + "\n"
    (DOCS / "records.schema.json").write_text(schema, encoding="utf-8", newline="\n")
