"""Writes docs/checks.md from the checks' docstrings, tables in docs/columns.md, and the records' schema."""

from __future__ import annotations

import inspect
import runpy
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec

import pipeline.check.run  # noqa: F401  # registers the checks
from pipeline.check.rule import CHECKS, STANDS_FOR
from pipeline.council.columns import Columns
from pipeline.council.own_words import columns_of
from pipeline.ingest.workbook import Sheet, SourceCell, SourceRow
from pipeline.model.action import Place
from pipeline.model.document import Run
from pipeline.normalise import layout
from pipeline.normalise.claims import PRECEDENCE, REVISED, SAYS_MORE
from pipeline.normalise.looks import ColumnGround, ReadColumn
from pipeline.normalise.row_kinds import RULES
from pipeline.published.records import Records

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

COLUMNS = """## Why a column is what it is

Made by `make docs`: each example is read as a tracker is, by `pipeline/normalise/claims.py`. A column claims a field by
one of these grounds, the surest first:

| ground | a heading and its cells | is read as |
|---|---|---|
"""
PRECEDENCE_HEAD = """
Of two columns that claim one field, the first of these in which they differ says which is meant; the other is read as
the next field that it claims, or else left out and reported (`unpublished-column`):

| it is meant, and not | the other | since it |
|---|---|---|
"""
# Headings and cells by columns; each shows a ground, or why one of two columns is meant.
EXAMPLES = [
    "Ref | Title | Action | Update + 1 | Tides | Send them. | They were sent.",
    "Title | Action | Comments + Tides | Send them. | They were sent.",
    "Title | Action | Work carried out to date + Tides | Send them. | They were sent.",
    "Minute | Action | Update + The tide tables were late again. | Send them. | They were sent.",
    "Title | Action | Update | Lead officer | Portfolio + Tides | Send them. | They were sent. | Jo Bell | Coast",
    "Title | Action | Comments | Progress since the meeting + Tides | Send them. | Good. | They were sent.",
    "Action | Update | First due date | Due | Revised completion estimate + Send. | Begun. | 1/2/27 | 1/3/27 | 1/4/27",
    "Ref | Item | Title | Action | Update + 1 | Tide tables | Tides | Send them. | They were sent.",
    "Title | Action | Update (Oct 2026) | Update (Jan 2027) + Tides | Send them. | Half are sent. | All are sent.",
    "Title | Action | Progress (number) | Progress + Tides | Send them. | 50 | Half are sent.",
    "Title | Action | Update | Comments + Tides | Send them. | They were sent. | Late.",
    "Title | Action | Update | Who leads on it | Portfolio + Tides | Send them. | Begun. | Jo Bell | Coast",
    "Topic | Topic (ward) | Action | Update + Tides | North | Send them. | They were sent.",
]
FILES = """What a file of each kind gives, made by `make docs`; a test reads such a file for each cell of this table.
*listed*: left out of the paper, and reported with its place; *no*: not in the file, or not read from it.

"""
BEGIN, END = "<!-- {} -->\n", "<!-- end of {} -->\n"


def row_rules() -> str:
    """The table of what a row is."""
    lines = []
    for rule in RULES:
        example = rule.example.replace("|", "\\|")
        kind = f"{rule.kind}, withheld" if rule.withheld else str(rule.kind)
        lines.append(f"| `{example}` | {kind} | {rule.why} |\n")
    return ROWS + "".join(lines)


def column_rules() -> str:
    """The tables of why a column is read as what it is. Raises `StopIteration` where no example shows a ground, or
    why one column is meant before another.
    """
    known = columns_of("wexmouth")
    read = list(chain.from_iterable(map(partial(_example, known=known), EXAMPLES)))
    lines = [COLUMNS]
    for ground in ColumnGround:
        if ground is not ColumnGround.HINT:
            one, _ = next(pair for pair in read if pair[0].claim and pair[0].claim.ground is ground)
            lines.append(f"| {ground.value} | {_shown(one)} | `{one.field}` |\n")
    lines.append(PRECEDENCE_HEAD)
    for why in (SAYS_MORE, REVISED, *(why for why, _ in PRECEDENCE)):
        one, other = next(pair for pair in read if pair[0].lost and pair[0].lost.why == why)
        lines.append(f"| {_shown(other)} | {_shown(one)} | {why} |\n")
    return "".join(lines)


def carried() -> str:
    """The table of what each kind of file gives; tests/ingest/test_carried.py proves it."""
    known = runpy.run_path(str(DOCS.parent / "tests" / "ingest" / "carried.py"))
    lines = [f"| | {' | '.join(f'`{one}`' for one in known['FORMATS'])} |\n"]
    lines.append("|---" * (1 + len(known["FORMATS"])) + "|\n")
    lines += [
        f"| {what} | {' | '.join(cells.split())} |\n" for what, cells in known["CARRIED"].items()
    ]
    return FILES + "".join(lines)


def _example(text: str, known: Columns) -> list[tuple[ReadColumn, ReadColumn]]:
    """The columns of an example, each with the one that is read in its place, or itself."""
    rows = []
    for row, line in enumerate(text.split(" + "), 1):
        said = enumerate(line.split(" | "), 1)
        cells = {
            n: SourceCell(Place("Actions", row, n), (Run(words),), words, row) for n, words in said
        }
        rows.append(SourceRow(row, cells))
    found = layout.find(Sheet("Actions", tuple(rows)), known)
    heads = {one.number: one for one in found.heads} if found else {}
    return [(one, heads[one.lost.to] if one.lost else one) for one in heads.values()]


def _shown(column: ReadColumn) -> str:
    """A heading with the first cell below it."""
    return f"*{column.heading}*: {column.cells.words[0]}"


def columns_manual(text: str) -> str:
    """The text of docs/columns.md with the tables of what columns and rows are as they are now."""
    for name, made in (("columns", column_rules()), ("rows", row_rules()), ("files", carried())):
        begin, end = BEGIN.format(name), END.format(name)
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}{made}{end}{rest.partition(end)[2]}"
    return text


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


def records_schema() -> str:
    """The JSON Schema of records."""
    made = msgspec.json.schema(Records)
    made = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Records of a monitoring paper",
        **made,
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode() + "\n"


if __name__ == "__main__":
    (DOCS / "checks.md").write_text(manual(), encoding="utf-8", newline="\n")
    columns = DOCS / "columns.md"
    text = columns_manual(columns.read_text(encoding="utf-8"))
    columns.write_text(text, encoding="utf-8", newline="\n")
    (DOCS / "records.schema.json").write_text(records_schema(), encoding="utf-8", newline="\n")
