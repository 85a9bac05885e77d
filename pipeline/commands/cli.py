"""The command line: which commands there are. Each is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "build": "pipeline.commands.build",
    "check": "pipeline.commands.check",
    "new": "pipeline.commands.new",
    "import": "pipeline.commands.import_",
    "waive": "pipeline.commands.waive",
    "chase": "pipeline.commands.chase",
    "deadline": "pipeline.commands.deadline",
    "changes": "pipeline.commands.changes",
    "verify": "pipeline.commands.verify",
    "read": "pipeline.commands.read",
    "doctor": "pipeline.commands.doctor",
}


class _Commands(click.Group):
    """A group whose commands are modules: each has a `command`, imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order of a clerk's month."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name]).command
        assert isinstance(command, click.Command)

        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="committee-papers", prog_name="papers")
def main() -> None:
    """Make a committee's monitoring paper from the officers' workbook.

    \b
    papers check                      say what is missing in the workbooks of inputs/
    papers build                      make their papers in outputs/
    papers build panel.xlsx --final   make the paper to publish, if nothing is missing
    """
