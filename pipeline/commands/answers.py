"""What the commands share: their options, the workbooks they are given, and how they speak."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from pipeline.chase.owing import gathered
from pipeline.chase.verdict import waive_line

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pipeline.chase.verdict import Group, Verdict


def say(line: str) -> None:
    """Print a line; a console that lacks a character shows a question mark, and nothing breaks."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(line.encode(encoding, "replace").decode(encoding))


_COLOURS = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def say_verdict(said: Verdict, *, with_next: bool = True) -> None:
    """Print a verdict, and what to do next unless that is said later."""
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.text import Text

        console = Console(highlight=False)
        for piece in (*pieces(said), *([_next_line(said)] if with_next else [])):
            console.print(piece, soft_wrap=isinstance(piece, Text))  # a command is copied whole
    else:
        for line in (*_lines(said), *([f"  {said.todo}"] if with_next else [])):
            say(line)


def _lines(said: Verdict) -> Iterator[str]:
    """A verdict in plain lines, the answer near the end."""

    yield said.title
    if said.repeated:
        yield f"  {said.repeated}"
    for group in said.groups:
        yield f"  {group.name}{f': {group.reached}' if group.reached else ''}"
        for one in gathered(group.findings):
            yield f"    {one.places}: {one.words}"
    if said.waived:
        yield "  Waived"
        yield from (f"    {line}" for line in said.waived)
    yield f"  {said.answer}"
    yield f"  {said.compared}"
    yield f"  {said.deadline}"
    if said.lowered:
        yield f"  {said.lowered}"
    if said.waive:
        yield f"  {waive_line(said)}"


def pieces(said: Verdict) -> Iterator[RenderableType]:
    """A verdict for a terminal."""
    from rich.padding import Padding
    from rich.text import Text

    yield Text(said.title, "bold")
    if said.repeated:
        yield Text(f"  {said.repeated}")
    for group in said.groups:
        yield Padding(_table(group), (0, 0, 0, 2))
    if said.waived:
        yield Text("  Waived", "bold")
        yield from (Padding(Text(line, "dim"), (0, 0, 0, 4)) for line in said.waived)
    yield Text(f"  {said.answer}", "bold green" if said.ready else "bold red")
    yield Text(f"  {said.compared}", "dim")
    yield Text(f"  {said.deadline}")
    if said.lowered:
        yield Text(f"  {said.lowered}", "yellow")
    if said.waive:
        yield Text(f"  {waive_line(said)}", "dim")


def _next_line(said: Verdict) -> RenderableType:
    """What to do next, for a terminal."""
    from rich.text import Text

    return Text(f"  {said.todo}\n")


def _table(group: Group) -> RenderableType:
    """What one officer can fix, a row a finding: its cell, what is wrong, what to do."""
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    title = Text.assemble((group.name, "bold"), f"  {group.reached}" if group.reached else "")
    made = Table(
        box=SIMPLE,
        show_header=False,
        title=title,
        title_justify="left",
        title_style="",
        expand=True,
    )
    made.add_column(no_wrap=True)
    made.add_column(ratio=1, overflow="fold")
    made.add_column(ratio=1, overflow="fold")
    for one in gathered(group.findings):
        severity = str(one.findings[0].severity)
        wrong = Text.assemble(
            (severity, _COLOURS[severity]), f": {one.what} [{one.findings[0].check}]"
        )
        made.add_row(Text(one.places.replace(", ", "\n")), wrong, Text(one.remedy))
    return made
