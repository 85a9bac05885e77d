"""`papers read`: give back the records that a made paper carries."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands import options
from pipeline.commands.saying import give
from pipeline.published import readback, records
from pipeline.published.putting import write
from pipeline.published.records import actions_csv


@click.command()
@options.paper("paper")
@options.shape("json", "csv", said="How to give them.")
@options.file("--output", metavar="FILE", help="Write them to this file.")
def command(paper: Path, shape: str, output: Path | None) -> None:
    """Give back the records that a PAPER carries: a PDF, DOCX or web page that `papers build` made.

    \b
    papers read paper.pdf
    papers read paper.docx --format csv --output actions.csv
    """

    json = readback.records_json(paper)
    made = f"{json}\n".encode() if shape == "json" else actions_csv(records.from_json(json).actions)
    if output is None:
        give(made.decode())
    else:
        write(output, made)
