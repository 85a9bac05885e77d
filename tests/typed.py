"""Trackers typed as plain text, made into workbooks, and what the `papers` command makes of a workbook.

A row a line, cells with bars between them, a blank line a blank row; `\\n` ends a line within a cell and
`\\u00a0` is a character by its number. `<2026-10-14>`, `<12.5>` and `<=B3>` are a real date, a number and
a formula, and `<#N/A>` is an error of Excel's. Lines that begin with `!` change the sheet: see `CHANGES`.
Knows no module that reads a workbook.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.commands.cli import main

TODAY = "2026-11-27"
ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
TYPED = re.compile(r"<(=.+|#.+|[-\d.]+)>")
# Of a record, what another field says, or counts: it would make a reader's line longer and no clearer.
UNSAID = {"id", "item", "raw_status", "cells", "officers_words"}


@dataclass(frozen=True)
class Outcome:
    """What came of a workbook: papers with their actions, as `--to json` has them, and findings, as
    `check --format json` has them; or the line that says why it was refused.
    """

    papers: list[dict[str, Any]]
    findings: list[dict[str, str]]
    refusal: str = ""

    @property
    def actions(self) -> list[dict[str, Any]]:
        """The actions of every paper, in order."""
        return [action for paper in self.papers for action in paper["actions"]]


def merge(sheet: Worksheet, words: str) -> None:
    """`! merge A4:A6`."""
    sheet.merge_cells(words)


def hide(sheet: Worksheet, words: str) -> None:
    """`! hide row 5`, `! hide column C` or `! hide sheet`."""
    kind, _, name = words.partition(" ")
    if kind == "row":
        sheet.row_dimensions[int(name)].hidden = True
    elif kind == "column":
        sheet.column_dimensions[name].hidden = True
    else:
        sheet.sheet_state = "hidden"


def strike(sheet: Worksheet, words: str) -> None:
    """`! strike E5`."""
    sheet[words].font = Font(strike=True)


def fill(sheet: Worksheet, words: str) -> None:
    """`! fill E5 92D050`."""
    cell, colour = words.split()
    sheet[cell].fill = PatternFill("solid", fgColor=colour)


def note(sheet: Worksheet, words: str) -> None:
    """`! note E5 do not publish`."""
    cell, _, said = words.partition(" ")
    sheet[cell].comment = Comment(said, "An officer")


def form(sheet: Worksheet, words: str) -> None:
    """`! form B5 mmmm yyyy`: how Excel shows a date or a number."""
    cell, _, code = words.partition(" ")
    sheet[cell].number_format = code


CHANGES: dict[str, Callable[[Worksheet, str], None]] = {
    "merge": merge, "hide": hide, "strike": strike, "fill": fill, "note": note, "form": form,
}  # fmt: skip


def options(table: str) -> list[str]:
    """What `! style NAME` and `! meeting DATE` give the command; the sample's style if no line does."""
    given = [line[2:].split(" ", 1) for line in table.splitlines() if line.startswith("! ")]
    asked = {"style": "wexmouth"} | {name: words for name, words in given if name not in CHANGES}
    return [
        part
        for name in ("style", "meeting")
        if name in asked
        for part in (f"--{name}", asked[name])
    ]


def write(table: str, path: Path) -> None:
    """Make a typed table a workbook; `! sheet Name` begins its next sheet. Its changes come last."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Actions"
    number = 0
    changes: list[tuple[Callable[[Worksheet, str], None], Worksheet, str]] = []
    for line in table.splitlines():
        if line.startswith("! "):
            name, _, words = line[2:].partition(" ")
            if name == "sheet" and number == 0 and not changes:
                sheet.title = words
            elif name == "sheet":
                sheet, number = book.create_sheet(words), 0
            elif name in CHANGES:
                changes.append((CHANGES[name], sheet, words))
            else:
                assert name in {"style", "meeting"}, f"unknown line: {line}"
            continue
        number += 1
        for column, words in enumerate(line.split("|"), 1):
            if words.strip():
                put(sheet.cell(number, column), words.strip())
    for change, changed, words in changes:
        change(changed, words)
    book.save(path)


def put(cell: Cell | MergedCell, words: str) -> None:
    """Put what is typed in a cell."""
    typed = TYPED.fullmatch(words)
    if not typed:
        cell.value = ESCAPED.sub(lambda found: chr(int(found[1], 16)), words.replace("\\n", "\n"))
        cell.data_type = (
            "s"  # else Excel's own library makes a formula of "=" and an error of "#N/A"
        )
    elif typed[1][0] in "=#":
        cell.value = typed[1]
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", typed[1]):
        cell.value = date.fromisoformat(typed[1])
        cell.number_format = "dd/mm/yyyy"
    else:
        cell.value = float(typed[1]) if "." in typed[1] else int(typed[1])


def papers(*arguments: str) -> Result:
    """What the `papers` command says and how it ends."""
    return CliRunner().invoke(main, list(arguments))


def made(workbook: Path, output: Path, *given: str) -> Outcome:
    """The papers of a workbook, without their findings. `output` is a folder that is not there yet."""
    asked = [str(workbook), "--output", str(output), "--today", TODAY, *given]
    result = papers("build", *asked, "--to", "json", "--quiet")
    if result.exit_code != 0:
        assert result.exit_code == 2, result.output
        return Outcome([], [], result.output.strip())
    records = sorted(output.rglob("records.json"))
    return Outcome([json.loads(path.read_text(encoding="utf-8")) for path in records], [])


def outcome(workbook: Path, output: Path, *given: str) -> Outcome:
    """All that comes of a workbook."""
    found = made(workbook, output, *given)
    if found.refusal:
        return found
    asked = [str(workbook), "--output", str(output), "--today", TODAY, *given]
    checked = papers("check", *asked, "--format", "json")
    assert checked.exit_code in (0, 1), checked.output
    findings = json.loads(checked.stdout)["findings"]
    on_fonts = "missing-glyph"  # which is of this machine
    return Outcome(found.papers, [one for one in findings if one["check"] != on_fonts])


def lines(found: Outcome) -> list[str]:
    """An outcome as a reader of a diff has it: a title line, actions with their fields, findings."""
    if found.refusal:
        return [f"refused: {found.refusal}"]
    said = []
    for one in found.papers:
        paper = one["paper"]
        said.append(f"{paper['committee']} / {paper['title']} / {paper['meeting']}")
        for action in one["actions"]:
            said += [where(action), *(f"    {words}" for words in fields(action))]
    sheets = {finding["sheet"] for finding in found.findings}
    for finding in found.findings:
        place = f"{finding['sheet']}!{finding['cell']}" if len(sheets) > 1 else finding["cell"]
        said.append(f"{finding['severity']} {place} {finding['check']}")
    return said


def where(action: dict[str, Any]) -> str:
    """Where an action stands: its sheet's rows, and which item it is of."""
    cells = [cell.rpartition("!") for cell in action["cells"].values()]
    rows = sorted({int(re.sub(r"\D", "", cell)) for _, _, cell in cells})
    sheet = " ".join(sorted({name for name, _, _ in cells}))
    return f"  item {action['item']}: {sheet} row {', '.join(map(str, rows))}"


def fields(action: dict[str, Any]) -> list[str]:
    """An action's fields that are not empty, each on one line."""
    said = {
        name: value
        for name, value in action.items()
        if value and name not in UNSAID and not name.endswith("_words")
    }
    if action["raw_status"]:
        said["status"] = f"{action['status']} ({action['raw_status']})"
    names = "; ".join(action["officers"])
    if names:
        said["officers"] = names
    if action["officers_words"] != names:
        said["officers"] = f"{action['officers_words']} = {names}"
    return [f"{name}: {value}".replace("\n", "\\n") for name, value in said.items()]
