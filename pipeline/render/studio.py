"""The processes in which PDFs are drawn, beside the other editions. Their engine takes its time to load and to
draw, so the first is started before anything else is loaded; there are more where there are several papers.

One ends when the pipe on which it is given its work is closed: with the command, however that ends.
"""

from __future__ import annotations

import gc
import logging
import os
import pickle
import queue
import re
import signal
import subprocess
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from pipeline.model.errors import PipelineError, kept_frames
from pipeline.render import APART, FORMATS, PDF_ENGINES, Drawn, edition

if TYPE_CHECKING:
    from pipeline.council.house import HouseStyle
    from pipeline.model.document import Paper

_T = TypeVar("_T")

_START = (
    "import sys; sys.path[:] = {path!r}; from pipeline.render.studio import serve; serve({counted})"
)
_COLLECTED = 4  # papers
_PATIENCE = 1.0  # seconds that the process is given to end by itself


class Studio:
    """Draws papers; for some formats it has processes, which as a context manager it leaves not behind.

    `page` is the page of the PDF that is being laid out, if pages are `counted`, else 0.
    """

    def __init__(self, formats: list[str], *, counted: bool = False) -> None:
        self.page = 0
        self.counted = counted
        self._desks = [_Desk(self)] if APART & set(formats) else []

    def load(self, engine: str, desks: int = 1) -> None:
        """Have so many processes, if any, and have each load the PDF's engine, one of `PDF_ENGINES`, while the
        workbooks are read.
        """
        self._desks += [_Desk(self) for _ in range(desks - len(self._desks)) if self._desks]
        for one in self._desks:
            one.send(PDF_ENGINES[engine])

    def draw(self, paper: Paper, house: HouseStyle, formats: list[str]) -> dict[str, Future[Drawn]]:
        """The editions of a paper, under way; each result raises what went wrong with drawing it."""
        names = (name for name in FORMATS if name in formats)
        return {name: self._drawn(name, paper, house) for name in names}

    def _drawn(self, name: str, paper: Paper, house: HouseStyle) -> Future[Drawn]:
        """One edition, under way."""
        made: Future[Drawn] = Future()
        if name in APART:
            idlest = min(self._desks, key=lambda desk: len(desk.awaited))
            idlest.draw(made, name, paper, house)
        else:
            made.set_result(edition(name, paper, house))
        return made

    def __enter__(self) -> Studio:
        return self

    def __exit__(self, *fault: object) -> None:
        for one in self._desks:
            one.close()
        for one in self._desks:
            one.leave()


class _Desk:
    """One of its processes, and the work that is awaited from it, oldest first."""

    def __init__(self, studio: Studio) -> None:
        self.awaited: deque[Future[Drawn]] = deque()
        self._studio = studio
        self._has_ended = False
        self._process = _started(counted=studio.counted)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._given, self._made = self._process.stdin, self._process.stdout
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def draw(self, made: Future[Drawn], name: str, paper: Paper, house: HouseStyle) -> None:
        """Have an edition drawn; `made` becomes what comes of it."""
        self.awaited.append(made)
        self.send((name, paper, house))
        if self._has_ended:
            self._give_up()

    def send(self, work: object) -> None:
        """Give the process some work; where it has ended, `_listen` reports that."""
        with suppress(OSError):
            pickle.dump(work, self._given)
            self._given.flush()

    def _listen(self) -> None:
        """Take what the process sends: the number of a page, or what came of the oldest work awaited."""
        while True:
            try:
                came = pickle.load(self._made)  # noqa: S301  # from our own process
            except (EOFError, OSError, ValueError, pickle.UnpicklingError):
                self._has_ended = True
                self._give_up()
                return
            match came:
                case int():
                    self._studio.page = came
                case Drawn():
                    self.awaited.popleft().set_result(came)
                case _:
                    self.awaited.popleft().set_exception(came)

    def _give_up(self) -> None:
        """Give what is still awaited an error: the process has ended, such as where memory ran out."""
        fault = PipelineError(
            "The PDF could not be drawn: the process that draws it has ended.",
            "See that a font is installed (papers doctor) and that memory is free, and run it again.",
        )
        with suppress(IndexError):
            while True:
                self.awaited.popleft().set_exception(fault)

    def close(self) -> None:
        """Ask the process to end, by closing its pipe."""
        with suppress(OSError):  # it has gone before us
            self._given.close()

    def leave(self) -> None:
        """See that it has ended, and the listener with it."""
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join()
        self._made.close()


def _started(*, counted: bool) -> subprocess.Popen[bytes]:
    """The process. What is typed at the terminal, such as Ctrl-C, does not reach it."""
    flags, group = 0, 0  # type: int, int | None
    if sys.platform == "win32":
        flags, group = subprocess.CREATE_NEW_PROCESS_GROUP, None
    return subprocess.Popen(  # noqa: S603  # our own interpreter, and our own words
        [sys.executable, "-P", "-c", _START.format(path=sys.path, counted=counted)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what a library prints is no line of ours
        creationflags=flags,
        process_group=group,
    )  # fmt: skip


def serve(counted: bool) -> None:
    """In the process: draw what is asked for until there is nobody to ask."""
    # Collecting garbage takes a tenth of the time of one paper, and frees little; of several, it is collected.
    gc.disable()
    drawn = 0
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_take, args=(sys.stdin.buffer, asked), daemon=True).start()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what an engine prints is no answer
    if counted:
        _count_pages(answers)
    while True:
        work = asked.get()
        if isinstance(work, str):
            _came_of(import_module, work)
        else:
            _answer(_came_of(edition, *work), answers)
            drawn += 1
            if drawn % _COLLECTED == 0:
                gc.collect()


def _take(given: BinaryIO, asked: queue.SimpleQueue[Any]) -> None:
    """Take work as it comes, and end the process when its pipe is closed, whatever it is at."""
    try:
        while True:
            asked.put(pickle.load(given))  # noqa: S301  # from our own process
    finally:
        os._exit(0)  # taking an engine apart is not worth the wait


def _came_of(work: Callable[..., _T], *arguments: object) -> _T | BaseException:
    """What some work gives, or what went wrong with it, which is raised where the work was asked for."""
    try:
        return work(*arguments)
    except BaseException as fault:  # noqa: BLE001
        return kept_frames(fault)


def _answer(came: object, answers: BinaryIO) -> None:
    pickle.dump(came, answers)
    answers.flush()


def _count_pages(answers: BinaryIO) -> None:
    """Answer with the number of each page that WeasyPrint says it is laying out."""

    def keep(record: logging.LogRecord) -> bool:
        if found := re.search(r"Page (\d+)", record.getMessage()):
            _answer(int(found[1]), answers)
        return False  # said to nobody else

    logger = logging.getLogger("weasyprint.progress")
    logger.setLevel(logging.INFO)
    logger.addFilter(keep)
