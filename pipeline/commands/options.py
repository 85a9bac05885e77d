"""The options that commands share. What reads them is loaded when one is given: `build` starts its process that
draws before that.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial, wraps
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import click

from pipeline.model.errors import PipelineError

_F = TypeVar("_F", bound=Callable[..., Any])
_Command: TypeAlias = Callable[..., None]


def a_day(value: Any) -> date:
    """A date, written as in the workbook."""
    from pipeline.council.dates import written_day

    day = value if isinstance(value, date) else written_day(value)
    if day is None:
        raise click.BadParameter(f"'{value}' is no date. Write it as 28/03/2027 or 2027-03-28.")
    return day


_NO_WORDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _some_words(value: str) -> str:
    """Words that a paper or a workbook can hold, as they are."""
    if _NO_WORDS.search(value):
        raise click.BadParameter("It holds characters that no text has.")
    return value


def _a_reason(value: str) -> str:
    """Why something is decided, on one line. Raises `PipelineError` where there is no word in it."""
    said = " ".join(_some_words(value).split())
    if said and not any(map(str.isalpha, said)):
        raise PipelineError(f"'{said}' is no reason.", "Say why in words.")
    return said


def asked(
    given: Any, label: str, option: str, kind: Any = _some_words, usual: str | None = None
) -> Any:
    """What an option says, words on one line; else what the clerk answers, or what is usual.

    Raises `PipelineError` where nobody can be asked and nothing is usual.
    """
    if given is None:
        given = click.prompt(label, usual, type=kind, err=True) if sys.stdin.isatty() else usual
    words = " ".join(given.split()) if isinstance(given, str) else given
    if not words:
        raise PipelineError(f"{option} is missing.", f"Give it with {option}; --help has examples.")
    return words


def asked_meeting(given: date | None) -> date:
    """The meeting's date, which the clerk is asked for where it is not given."""
    day: date = asked(given, "Meeting (such as 28/03/2027)", "--meeting", a_day)
    return day


PATH = click.Path(path_type=Path)
words = partial(click.option, type=_some_words)
reason = partial(click.option, "--reason", type=_a_reason, default="", metavar="WORDS")
day = partial(click.option, type=a_day, metavar="DATE")
file = partial(click.option, type=PATH)


def shape(*shapes: str, said: str) -> Callable[[_F], _F]:
    """In which shape an answer is given: the first one, if none is chosen."""
    kind = click.Choice(shapes)
    return click.option(
        "--format", "shape", type=kind, default=shapes[0], show_default=True, help=said
    )


def used_style(context: click.Context, param: click.Parameter, given: str | None) -> str:  # noqa: ARG001
    """The style given, else the usual one."""
    from pipeline.council import settings

    return given or settings.usual()


def _output(context: click.Context, param: click.Parameter, given: Path) -> Path:  # noqa: ARG001
    """The output folder, in which whatever a command that was ended had begun is undone."""
    from pipeline.published import putting

    putting.restore(given)
    return given


def _paper(context: click.Context, param: click.Parameter, given: Path | None) -> Path | None:  # noqa: ARG001
    """A paper, in whose output folder the same is undone."""
    from pipeline.published import putting

    if given:
        putting.restore_around(given)
    return given


def clock() -> date:
    """Today. No other function reads the clock."""
    return date.today()


paper = partial(click.argument, type=PATH, callback=_paper)
workbooks = click.argument("workbooks", nargs=-1, type=PATH)
style = click.option(
    "--style", envvar="PAPERS_STYLE", callback=used_style, metavar="NAME",
    help="The council: a folder of templates/. Else what PAPERS_STYLE names, else the only one there, "
    "else the sample's.",
)  # fmt: skip
meeting = day("--meeting", help="The meeting's date, if not the workbook's.")
committee = words(
    "--committee", default="", metavar="NAME", help="The committee, where the workbook names none."
)
output = file(
    "--output", default=Path("outputs"), callback=_output, show_default=True, metavar="DIR",
    help="Where the papers are.",
)  # fmt: skip
since = file(
    "--since", callback=_paper, metavar="PAPER",
    help="The paper to compare with: a made PDF, DOCX or HTML, or its records.json. "
    "Else the committee's last final one in the output folder.",
)  # fmt: skip
today = day("--today", default=clock, help="Count the days from this one, not from today.")
fail_on = click.option(
    "--fail-on", type=click.Choice(["error", "warning", "note"]), default="error",
    show_default=True, help="The least serious finding that keeps a paper from being ready.",
)  # fmt: skip
force = click.option("--force", is_flag=True, help="Write over a WORKBOOK that is there.")
quiet = click.option("--quiet", is_flag=True, help="Say nothing but errors.")


@dataclass(frozen=True, slots=True)
class Request:
    """What the commands that read workbooks are all asked: where the papers are, which paper to compare with, in
    which style, for which meeting, for which committee where a sheet names none, and whether to say nothing but errors.
    """

    output: Path
    since: Path | None
    style: str
    meeting: date | None
    committee: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class Order:
    """What a build is asked for beside a `Request`: which editions, whether to publish, whether to make published
    papers again and why, what draws the PDFs and how many at once, what keeps a paper from being ready, and the day.
    """

    formats: list[str]
    final: bool
    replace: bool
    reason: str
    engine: str | None
    jobs: int
    fail_on: str
    today: date


def taking(kind: type[Any], *options: Callable[[Any], Any]) -> Callable[[_Command], _Command]:
    """Gives a command as its first argument a `kind`, whose fields are options of their names: these, or others
    that stand below.
    """

    def with_options(command: _Command) -> _Command:
        @wraps(command)
        def asked(*made: Any, **given: Any) -> None:
            whole = kind(*(given.pop(name) for name in kind.__match_args__))
            command(*made, whole, **given)

        for option in reversed(options):
            option(asked)
        return asked

    return with_options


request = taking(Request, output, since, style, meeting, committee, quiet)
