"""`papers doctor`: say what this machine has and lacks for making papers."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.commands import options, symptoms
from pipeline.commands.common import FINDINGS_EXIT
from pipeline.commands.saying import say_pieces
from pipeline.council import settings


@click.command()
@options.output
@options.style
def command(output: Path, style: str) -> None:
    """Try out everything that making papers needs: packages, settings, the PDF's libraries and font,
    the output folder, the console.

    Exit code 0: nothing is lacking; 1: something is.

    \b
    papers doctor
    papers doctor --style aldermere --output S:\\papers
    """

    settings.folder(style)
    is_well = True
    for one in symptoms.symptoms(style, output):
        is_well &= one.is_well
        mark = ("ok   ", "green") if one.is_well else ("LACKS", "red")
        say_pieces([mark, (f" {one.what}: {one.found}. {one.remedy}".rstrip(), "")])
    if not is_well:
        sys.exit(FINDINGS_EXIT)
