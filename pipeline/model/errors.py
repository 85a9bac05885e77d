"""What stops the pipeline. (Faults in the officers' words are findings: see `checks`.)"""

from __future__ import annotations

from pathlib import Path

import click


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


def typed(name: Path | str) -> str:
    """A path or a name as one types it in a command: in quotes where it has spaces."""
    words = str(name)
    return f'"{words}"' if " " in words else words
