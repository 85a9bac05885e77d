"""How far long work has come: a line on a terminal, and nothing where the words go elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import Future, wait
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from pipeline.render import Drawn
    from pipeline.render.studio import Studio


_T = TypeVar("_T")

_PATIENCE = 1.0  # seconds before anything is shown
_TICK = 0.2  # seconds
_WIDTH = 60  # characters of the line


def _show(words: str = "") -> None:
    """Write over the line, which fits into a narrow terminal."""
    width = min(_WIDTH, get_terminal_size().columns - 1)
    click.echo(f"\r{words[:width]:{width}}\r", nl=False, err=True)


def progress(things: list[_T], label: str, *, quiet: bool) -> Iterator[_T]:
    """Some things one by one, shown where there are several."""
    is_shown = not quiet and sys.stderr.isatty() and len(things) > 1
    for number, one in enumerate(things, 1):
        if is_shown:
            _show(f"{label}: {number} of {len(things)}")
        yield one
    if is_shown:
        _show()


def watch(drawings: list[Future[Drawn]], studio: Studio, *, quiet: bool) -> None:
    """Wait until every edition is drawn, and show how many are, and the page that the PDF is at."""
    if quiet or not sys.stderr.isatty():
        return
    _, pending = wait(drawings, timeout=_PATIENCE)
    while pending:
        page = f"page {studio.page}, " if studio.page else ""
        done = len(drawings) - len(pending)
        _show(f"Making the papers: {page}{done} of {len(drawings)} editions")
        _, pending = wait(pending, timeout=_TICK)
    _show()
