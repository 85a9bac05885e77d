"""How a verdict is said: in plain lines, and for a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.chase.owing import gathered
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
        for piece in pieces(said, with_next=with_next):
            console.print(piece, soft_wrap=hasattr(piece, "append"))  # a command is copied whole
        return
    for part in _parts(said, with_next=with_next):
        if isinstance(part, tuple):
            say(f"{' ' * part[0]}{part[1]}")
            continue
        say(f"  {part.name}{f': {part.reached}' if part.reached else ''}")
        for one in gathered(part.findings):
            say(f"    {one.places}: {one.words}")


def _parts(said: Verdict, *, with_next: bool) -> Iterator[tuple[int, str, str] | Group]:
    """A verdict's groups and lines, the answer near the end: how far each line stands in, its words and its style."""
    yield 0, said.title, "bold"
    if said.repeated:
        yield 2, said.repeated, ""
    yield from said.groups
    if said.waived:
        yield 2, "Waived", "bold"
        yield from ((4, words, "dim") for words in said.waived)
    yield 2, said.answer, "bold green" if said.ready else "bold red"
    yield 2, said.compared, "dim"
    yield 2, said.deadline, ""
    if said.lowered:
        yield 2, said.lowered, "yellow"
    yield from ((2, words, "") for words in said.more_lines)
    if with_next:
        yield 2, said.todo, ""


def pieces(said: Verdict, *, with_next: bool = False) -> Iterator[RenderableType]:
    """A verdict for a terminal."""
    from rich.padding import Padding

    for part in _parts(said, with_next=with_next):
        match part:
            case (4, words, style):  # other lines are not wrapped
                yield Padding(_text(words, style), (0, 0, 0, 4))
            case (indent, words, style):
                yield _text(f"{' ' * indent}{words}", style)
            case group:
                yield Padding(_table(group), (0, 0, 0, 2))
    if with_next:
        yield _text()


def _text(words: str = "", style: str = "") -> Text:
    """Words in a style, safe to show; they may have line ends."""
    from rich.text import Text

    return Text("\n".join(map(shown, words.split("\n"))), style)


def _table(group: Group) -> RenderableType:
    """What one officer can fix, a row a finding: its cell, what is wrong, what to do."""
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    title = Text.assemble(
        _text(group.name, "bold"), _text(f"  {group.reached}" if group.reached else "")
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
        wrong = Text.assemble(
            (severity, _COLOURS[severity]), _text(f": {one.what} [{one.findings[0].check}]")
        )
        made.add_row(_text(one.places.replace(", ", "\n")), wrong, _text(one.remedy))
    return made
