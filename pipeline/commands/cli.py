"""The command line: which commands there are, each loaded when it is asked for, and the guard around them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Any, NoReturn

import click

from pipeline.commands.saying import complain, exit_code
from pipeline.model.errors import PipelineError, is_interruption

COMMANDS = {  # in the order of a clerk's month
    "init": "Make a council's folder to work in.",
    "build": "Make the papers.",
    "check": "Say whether they are ready, and if not, whom to ring.",
    "new": "Make the workbook that officers fill in.",
    "import": "Make that workbook from last meeting's paper.",
    "waive": "Let a finding pass, with a reason and until when.",
    "chase": "Write drafts to the officers who owe something.",
    "deadline": "Say by when to publish.",
    "changes": "Say what changed from one paper to another.",
    "verify": "Check published papers against their records.",
    "read": "Give back the data that a paper carries.",
    "doctor": "Say what is missing on this machine.",
}


_INTERRUPTED_EXIT = 130
_DEBUG = "--debug"


class _Commands(click.Group):
    """A group whose commands are modules: each has a `command`, imported when it is asked for, and not to list it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what each command does, without loading it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = import_module(f"pipeline.commands.{name}").command
        assert isinstance(command, click.Command)
        return command

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        """Run the command, and exit with what came of it. `--debug` may stand anywhere."""
        given = sys.argv[1:] if args is None else list(args)
        words = [one for one in given if one != _DEBUG]
        sys.exit(exit_code(self._outcome([_DEBUG, *words] if _DEBUG in given else words, extra)))

    def _outcome(self, args: list[str], extra: dict[str, Any]) -> int:
        """The exit code of the command. Whatever it raises is one line."""
        try:
            _refuse_no_folder()
            code = super().main(args, standalone_mode=False, **extra)
        except SystemExit as ended:
            code = ended.code
        except click.UsageError as fault:
            if fault.ctx:
                complain(fault.ctx.get_usage())
            complain(f"Error: {fault.format_message()}")
            return fault.exit_code
        except BaseException as fault:  # noqa: BLE001  # native code raises those that are no `Exception`
            if isinstance(fault, click.Abort) or is_interruption(fault):
                complain("Interrupted.")
                return _INTERRUPTED_EXIT
            from pipeline.commands import guard

            refused = guard.refusal(fault, debug=_DEBUG in args)
            complain(f"Error: {refused.format_message()}")
            return refused.exit_code
        return code if isinstance(code, int) else 0


def _refuse_no_folder() -> None:
    """Raise `PipelineError` where the folder that the clerk is in is gone."""
    try:
        os.getcwd()  # noqa: PTH109  # asks the system, and nothing else
    except OSError:
        raise PipelineError(
            "The folder that you are in is gone, or cannot be read.", "Change to another, and run it again."
        ) from None  # fmt: skip


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="committee-papers", prog_name="papers")
@click.option(_DEBUG, is_flag=True, help="Show the traceback of a fault of ours.")
def main(debug: bool) -> None:
    """Make a committee's monitoring paper from the officers' workbook.

    \b
    papers init our-council           make a folder to work in
    papers check                      say what is missing in the workbooks
    papers build                      make their papers in outputs/
    papers build panel.xlsx --final   make the paper to publish, if ready
    """
