"""What leaves for a terminal: the one place where words are made safe to show."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from contextlib import suppress

import click

from pipeline.model.errors import PipelineError

# Control characters, those that turn the direction of what follows, and halves of characters, of which names of
# files that are no UTF-8 are made.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_PICTURES = 0x2400  # of the control characters, in their order
_CLOSED_EXIT = 141  # as of a program that SIGPIPE ends
_STANDARD_OUTPUT, _WITH_COLOURS = -11, 0b111  # as Windows numbers them
_DELETE, _PICTURE_OF_DELETE = "\x7f", "\u2421"


def printable(words: str) -> str:
    """Words on one line, with a symbol for each character that a terminal would obey."""
    return _UNSAFE.sub(_symbol, words)


def _symbol(found: re.Match[str]) -> str:
    letter = found[0]
    if letter == _DELETE:
        return _PICTURE_OF_DELETE
    return chr(_PICTURES + ord(letter)) if letter < " " else f"<U+{ord(letter):04X}>"


def say(*lines: object, **style: str | bool) -> None:
    """Print some lines, in a colour on a terminal; one that lacks a character shows a question mark."""
    for line in map(str, lines):
        _print(click.style(printable(line), **style) if style else printable(line))  # type: ignore[arg-type]


def say_pieces(pieces: list[tuple[str, str]], line_end: str = "\u240a") -> None:
    """Print a line of pieces, each in a colour, or in none; `line_end` stands for theirs, else a symbol."""
    said = [(line_end.join(map(printable, words.split("\n"))), colour) for words, colour in pieces]
    _print("".join(click.style(words, fg=colour or None) for words, colour in said))


def complain(line: str) -> None:
    """Print a line beside the answer, to standard error."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    with suppress(OSError):  # there is nowhere else to say it
        click.echo(printable(line).encode(encoding, "replace").decode(encoding), err=True)


def give(data: str) -> None:
    """Print data that a program may read, just as it is; to a terminal, made safe to show."""
    if sys.stdout.isatty():
        data = "\n".join(map(printable, data.removeprefix("\ufeff").splitlines()))
    _print((data if data.endswith("\n") else f"{data}\n").encode("utf-8", "replace"), nl=False)


def give_json(data: object) -> None:
    """Print data as JSON that a program may read."""
    give(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def _print(line: str | bytes, *, nl: bool = True) -> None:
    """Print to standard output. Raises `PipelineError` where it is closed or full."""
    if isinstance(line, str):
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        line = line.encode(encoding, "replace").decode(encoding)
    try:
        click.echo(line, nl=nl, color=None if _has_colours() else False)
    except OSError as fault:
        raise _unsaid(fault) from None


def _has_colours() -> bool:
    """Whether a terminal shows colours; consoles of Windows 10 are told to, or would show their codes."""
    if sys.platform == "win32":
        from ctypes import windll

        console = windll.kernel32.GetStdHandle(_STANDARD_OUTPUT)
        if not windll.kernel32.SetConsoleMode(console, _WITH_COLOURS):
            return False
    return not os.environ.get("NO_COLOR")


def exit_code(outcome: int) -> int:
    """The exit code once all is printed: another where it could not be."""
    try:
        sys.stdout.flush()
    except OSError as fault:
        unsaid = _unsaid(fault)
        if isinstance(unsaid, SystemExit):
            return _CLOSED_EXIT
        complain(f"Error: {unsaid.format_message()}")
        return unsaid.exit_code
    return outcome


def _unsaid(fault: OSError) -> PipelineError | SystemExit:
    """What is raised where standard output is full, or where nobody reads on, such as `head`; nothing more is printed
    to it.
    """
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if fault.errno in (errno.EPIPE, errno.EINVAL):  # the second on Windows
        return SystemExit(_CLOSED_EXIT)
    return PipelineError(
        f"Not all could be printed: {fault.strerror or fault}.", "Whatever was made is in place."
    )
