"""What stops the pipeline. (Faults in the officers' words are findings: see `checks`.)"""

from __future__ import annotations

import os
from pathlib import Path
from shlex import quote
from traceback import walk_tb

import click

# Signs that a shell obeys, and those of them that it obeys within quotes too.
_OBEYED = frozenset(" ;&|<>()*?[]#'!")
_OBEYED_IN_QUOTES = frozenset('"$`\\')


class PipelineError(click.ClickException):
    """The pipeline cannot run: `message` says what and where, `remedy` what to do. Exit code 2. `explained` are the
    lines that `papers check --explain` prints of it.
    """

    exit_code = 2

    def __init__(self, message: str, remedy: str, explained: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.remedy = remedy
        self.explained = explained

    def __reduce__(self) -> tuple[type[PipelineError], tuple[str, str, tuple[str, ...]]]:
        # Exceptions pickle by `args`, which holds the message alone; errors cross processes.
        return PipelineError, (self.message, self.remedy, self.explained)

    def format_message(self) -> str:
        """The one line that the clerk reads."""
        return f"{self.message} {self.remedy}"


class NoActionsError(PipelineError):
    """A workbook has headings that we know, and nobody has written an action below them."""


def in_words(name: Path | str) -> str:
    """A path or a name as words that a paper can hold: of bytes that are no UTF-8, a sign for each."""
    return str(name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def typed(name: Path | str) -> str:
    """A path or a name as one types it in a command: in quotes where it has spaces, or what a shell would obey."""
    words = in_words(name)
    if os.name != "nt" and not _OBEYED_IN_QUOTES.isdisjoint(words):
        return quote(words)
    return words if _OBEYED.isdisjoint(words) else f'"{words}"'


def frames(fault: BaseException) -> list[str]:
    """Where an error was raised, innermost last, and what it was raised from: types, modules, lines and names of
    functions. Nothing of it is a value, so that it holds no officer's words.
    """
    kept = getattr(fault, "frames", None)
    before = fault.__cause__ or fault.__context__
    found = [*frames(before), "which led to"] if before else []
    if kept is None:
        kept = [
            f"  {'/'.join(Path(frame.f_code.co_filename).parts[-2:])}:{line} {frame.f_code.co_name}"
            for frame, line in walk_tb(fault.__traceback__)
        ]
    return [*found, f"{type(fault).__module__}.{type(fault).__qualname__}", *kept]


def is_interruption(fault: BaseException) -> bool:
    """Whether an error is Ctrl-C, or what Python made of it, such as where it came while a class was being made."""
    before = fault.__cause__ or fault.__context__
    return isinstance(fault, KeyboardInterrupt) or (before is not None and is_interruption(before))


def kept_frames(fault: BaseException) -> BaseException:
    """An error that another process can be sent, with the places that it would lose on the way."""
    if isinstance(fault, PipelineError):
        return fault
    sent = RuntimeError(type(fault).__name__)
    sent.frames = frames(fault)  # type: ignore[attr-defined]
    return sent
