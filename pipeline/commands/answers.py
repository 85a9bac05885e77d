"""How a verdict is said: in lines, with colours on a terminal."""

from __future__ import annotations

import shutil
import sys
import textwrap
from functools import partial

from pipeline.chase.owing import Gathered, gathered
from pipeline.chase.verdict import Verdict
from pipeline.commands.saying import say, say_pieces

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
_NARROWEST = 20  # characters of a line
_in_whole_words = partial(textwrap.wrap, break_long_words=False, break_on_hyphens=False)


def say_verdict(said: Verdict, *, with_next: bool = True) -> None:
    """Print a verdict, the answer near the end; and what to do next unless that is said later."""
    _say_lines("", said.title, bold=True)
    _say_lines("  ", said.repeated)
    for group in said.groups:
        _say_lines("  ", f"{group.name}{f': {group.reached}' if group.reached else ''}", bold=True)
        for one in gathered(group.findings):
            _say_finding(one)
    if said.waived:
        _say_lines("  ", "Waived", bold=True)
        _say_lines("    ", *said.waived, dim=True)
    _say_lines("  ", said.answer, bold=True, fg="green" if said.ready else "red")
    _say_lines("  ", said.compared, said.deadline, said.lowered)
    # Commands in these are copied: a line end of ours would end them.
    say(*(f"  {words}" for words in (*said.more_lines, said.next if with_next else "") if words))


def _say_lines(indent: str, *lines: str, **style: str | bool) -> None:
    """Print those lines that say something."""
    for words in filter(None, lines):
        say(*_wrapped(words, indent), **style)


def _wrapped(words: str, indent: str) -> list[str]:
    """A line, on a terminal in as many as show it in whole words."""
    if not sys.stdout.isatty():
        return [indent + words]
    width = max(shutil.get_terminal_size().columns, _NARROWEST)
    return _in_whole_words(words, width, initial_indent=indent, subsequent_indent=f"{indent}  ")


def _say_finding(one: Gathered) -> None:
    """Print a finding, its severity in a colour."""
    severity = str(one.findings[0].severity)
    first, *others = _wrapped(f"{one.places}: {one.words}", "    ")
    start = len(f"    {one.places}: ")
    end = start + len(severity)
    say_pieces([(first[:start], ""), (first[start:end], _COLOURS[severity]), (first[end:], "")])
    say(*others)
