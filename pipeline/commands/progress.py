"""How far long work has come: a line on a terminal, and nothing where the words go elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

    from pipeline.render import Drawn
    from pipeline.render.studio import Studio


T = TypeVar("T")

_PATIENCE = 1.0  # seconds before anything is shown
_TICK = 0.2  # seconds


def is_shown(*, quiet: bool) -> bool:
    """Whether somebody is there to see it."""
    return not quiet and sys.stderr.isatty()


def _bar() -> Progress:
    """A line with how many are done and how long it has taken; it goes when all are."""
    from rich import progress as rich
    from rich.console import Console

    counts = (rich.BarColumn(), rich.MofNCompleteColumn(), rich.TimeElapsedColumn())
    columns = (rich.SpinnerColumn(), "{task.description}", *counts)
    return rich.Progress(*columns, console=Console(stderr=True), transient=True)


def progress(things: list[T], label: str, *, quiet: bool) -> Iterator[T]:
    """Some things one by one, shown where there are several."""
    if len(things) == 1 or not is_shown(quiet=quiet):
        yield from things
        return
    with _bar() as shown:
        yield from shown.track(things, description=label)


def watch(drawings: list[Future[Drawn]], studio: Studio, *, quiet: bool) -> None:
    """Wait until every edition is drawn, and show how many are, and the page that the PDF is at."""
    if not is_shown(quiet=quiet):
        return
    _, pending = wait(drawings, timeout=_PATIENCE)
    if not pending:
        return
    with _bar() as shown:
        task = shown.add_task("", total=len(drawings))
        while pending:
            said = f"Making the papers: page {studio.page}" if studio.page else "Making the papers"
            shown.update(task, completed=len(drawings) - len(pending), description=said)
            _, pending = wait(pending, timeout=_TICK)
