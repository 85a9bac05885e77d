"""How a verdict is said: in plain lines, and for a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.chase.owing import gathered
from pipeline.chase.verdict import plan_lines, waive_line
from pipeline.commands.saying import say, shown

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from pipeline.chase.verdict import Group, Verdict


_COLOURS = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def say_verdict(said: Verdict, *, with_next: bool = True) -> None:
    """Print a verdict, and what to do next unless that is said later."""
    if sys.stdout.isatty():
        from rich.console import Console

        console = Console(highlight=False)
        for piece in (*pieces(said), *([_next_line(said)] if with_next else [])):
            console.print(piece, soft_wrap=hasattr(piece, "append"))  # a command is copied whole
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
    yield from (f"  {line}" for line in plan_lines(said))
    if said.waive:
        yield f"  {waive_line(said)}"


def pieces(said: Verdict) -> Iterator[RenderableType]:
    """A verdict for a terminal."""
    from rich.padding import Padding

    yield _text(said.title, "bold")
    if said.repeated:
        yield _text(f"  {said.repeated}")
    for group in said.groups:
        yield Padding(_table(group), (0, 0, 0, 2))
    if said.waived:
        yield _text("  Waived", "bold")
        yield from (Padding(_text(line, "dim"), (0, 0, 0, 4)) for line in said.waived)
    yield _text(f"  {said.answer}", "bold green" if said.ready else "bold red")
    yield _text(f"  {said.compared}", "dim")
    yield _text(f"  {said.deadline}")
    if said.lowered:
        yield _text(f"  {said.lowered}", "yellow")
    yield from (_text(f"  {line}") for line in plan_lines(said))
    if said.waive:
        yield _text(f"  {waive_line(said)}", "dim")


def _text(words: str = "", style: str = "") -> Text:
    """Words in a style, safe to show; they may have line ends."""
    from rich.text import Text

    return Text("\n".join(map(shown, words.split("\n"))), style)


def _next_line(said: Verdict) -> RenderableType:
    """What to do next, for a terminal."""

    return _text(f"  {said.todo}").append("\n")


def _table(group: Group) -> RenderableType:
    """What one officer can fix, a row a finding: its cell, what is wrong, what to do."""
    from rich.box import SIMPLE
    from rich.table import Table

    title = (
        _text()
        .append_text(_text(group.name, "bold"))
        .append_text(_text(f"  {group.reached}" if group.reached else ""))
    )
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
        what = _text(f": {one.what} [{one.findings[0].check}]")
        wrong = _text().append_text(_text(severity, _COLOURS[severity])).append_text(what)
        made.add_row(_text(one.places.replace(", ", "\n")), wrong, _text(one.remedy))
    return made
