"""The editions of a paper: a module each; the PDF is drawn in a process of its own, beside the others.

Its engine takes its time to load and to draw; in a process of its own it loads while the workbook
is read, and draws while the others are. A module of this folder has
`render(paper, house) -> Drawn`; its line in `FORMATS` makes it an edition.
"""

from __future__ import annotations

import atexit
import gc
import logging
import multiprocessing
import os
import re
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

    from pipeline.council.house import HouseStyle
    from pipeline.model.document import Paper


FORMATS = {  # the slowest first: they start in this order
    "pdf": "pipeline.render.pdf",
    "docx": "pipeline.render.docx",
    "html": "pipeline.render.html",
    "json": "pipeline.render.records_json",
    "csv": "pipeline.render.records_csv",
}
PDF_ENGINES = {"weasyprint": FORMATS["pdf"], "typst": "pipeline.render.pdf_typst"}
_APART = frozenset({"pdf"})  # in a process of its own; the others are done before it


@dataclass(frozen=True, slots=True)
class Drawn:
    """One edition's file, and the characters that no installed font could draw in it."""

    data: bytes
    undrawable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Studio:
    """The processes that draw, by format; a format without one is drawn at once."""

    processes: dict[str, ProcessPoolExecutor | None]
    counter: Synchronized[int] | None = None

    @property
    def page(self) -> int:
        """The page of the PDF that is being laid out, if pages are counted, else 0."""
        return self.counter.value if self.counter is not None else 0

    def draw(self, paper: Paper, house: HouseStyle) -> dict[str, Future[Drawn]]:
        """The editions of a paper, under way; each result raises `PipelineError` where it cannot be."""
        return {
            name: process.submit(_render, name, paper, house)
            if process
            else _done(name, paper, house)
            for name, process in self.processes.items()
        }


def _done(name: str, paper: Paper, house: HouseStyle) -> Future[Drawn]:
    """One edition of a paper, drawn."""
    drawn: Future[Drawn] = Future()
    drawn.set_result(_render(name, paper, house))
    return drawn


@contextmanager
def studio(
    formats: list[str], *, engine: str = "weasyprint", counted: bool = False
) -> Iterator[Studio]:
    """Processes for some formats, which start to load their engines at once, the PDF's being one of `PDF_ENGINES`.
    `counted`: pages are.
    """
    with ExitStack() as stack:
        context = multiprocessing.get_context("spawn")  # the one way that every system has
        counter = context.Value("i", 0) if counted else None
        processes = {
            name: None
            if name not in _APART
            else stack.enter_context(ProcessPoolExecutor(1, context, _count_pages, (counter,)))
            for name in FORMATS
            if name in formats
        }
        for name, process in processes.items():
            if process is not None:
                process.submit(_load, PDF_ENGINES[engine] if name == "pdf" else FORMATS[name])
        yield Studio(processes, counter)


def _count_pages(counter: Synchronized[int] | None) -> None:
    """In a process that draws: keep the number of the page that WeasyPrint says it is laying out."""
    if counter is None:
        return

    def keep(record: logging.LogRecord) -> bool:
        if found := re.search(r"Page (\d+)", record.getMessage()):
            counter.value = int(found[1])
        return False  # said to nobody else

    logger = logging.getLogger("weasyprint.progress")
    logger.setLevel(logging.INFO)
    logger.addFilter(keep)


def _load(path: str) -> None:
    """Load the module of a format's engine; what goes wrong is said when it is asked to draw.

    The process lives for one run: collecting its garbage takes a tenth of the time and frees little.
    """
    gc.disable()
    atexit.register(os._exit, 0)  # nor is taking an engine apart worth the wait at the end
    import_module(path)


def _render(name: str, paper: Paper, house: HouseStyle) -> Drawn:
    """One edition of a paper."""
    path = PDF_ENGINES[house.pdf.engine] if name == "pdf" else FORMATS[name]
    module = import_module(path)
    drawn = module.render(paper, house)
    assert isinstance(drawn, Drawn)
    return drawn
