"""How a verdict is said: in lines, with colours on a terminal."""

from __future__ import annotations

import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

from pipeline.chase.owing import gathered
from pipeline.commands.saying import say, say_pieces

if TYPE_CHECKING:
    from pipeline.chase.owing import Gathered
    from pipeline.chase.verdict import Verdict


_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
_NARROWEST = 20  # characters of a line


def say_verdict(said: Verdict, *, with_next: bool = True) -> None:
    """Print a verdict, the answer near the end; and what to do next unless that is said later."""
    say(said.title, bold=True)
    _say_lines(said.repeated)
    for group in said.groups:
        say(f"  {group.name}{f': {group.reached}' if group.reached else ''}", bold=True)
        for one in gathered(group.findings):
            _say_finding(one)
    if said.waived:
        say("  Waived", bold=True)
        say(*(f"    {words}" for words in said.waived), dim=True)
    say(f"  {said.answer}", bold=True, fg="green" if said.ready else "red")
    _say_lines(said.compared, said.deadline, said.lowered, *said.more_lines)
    if with_next:
        _say_lines(said.next)


def _say_lines(*lines: str) -> None:
    """Print those lines that say something."""
    say(*(f"  {words}" for words in lines if words))


def _say_finding(one: Gathered) -> None:
    """Print a finding on a line, which a terminal shows in whole words."""
    severity, words = str(one.findings[0].severity), f"{one.places}: {one.words}"
    width = max(shutil.get_terminal_size().columns - len("      "), _NARROWEST)
    first, *others = textwrap.wrap(words, width) if sys.stdout.isatty() else [words]
    start = len(f"{one.places}: ")
    end = start + len(severity)
    mark = (first[start:end], _COLOURS[severity])
    say_pieces([(f"    {first[:start]}", ""), mark, (first[end:], "")])
    say(*(f"      {line}" for line in others))
