"""`papers build`: make the papers."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import click

from pipeline.commands import options
from pipeline.model.errors import PipelineError
from pipeline.render import FORMATS, PDF_ENGINES
from pipeline.render.studio import Studio


def _formats(context: click.Context, param: click.Parameter, given: str) -> list[str]:
    """The formats, each known and none twice. Their process starts here, before what reads the other options is
    loaded; but `--on` needs none.
    """
    names = list(dict.fromkeys(name.strip().lower() for name in given.split(",")))
    for name in names:
        if name not in FORMATS:
            raise click.BadParameter(
                f"There is no edition '{name}'. Choose from {', '.join(FORMATS)}.", context, param
            )
    studio = Studio([] if context.params.get("on") else names, counted=sys.stderr.isatty())
    context.meta[__name__] = context.with_resource(studio)
    return names


@click.command()
@options.workbooks
@options.request
@click.option(
    "--to",
    "formats",
    metavar="pdf,docx,html,json,csv",
    callback=_formats,
    is_eager=True,
    default="docx,pdf,html",
    show_default=True,
    help="Which editions to make.",
)
@click.option(
    "--final", is_flag=True, help="Make it for publication, and only if it is ready (else exit 1)."
)
@click.option(
    "--replace", is_flag=True, help="With --final: make a paper again that is published already."
)
@options.reason(help="With --replace: what was put right; page 1 says it to the public.")
@click.option(
    "--engine",
    type=click.Choice(list(PDF_ENGINES)),
    help="What draws the PDF, for this once; else what the council's house.toml says.",
)
@click.option(
    "--on", is_eager=True, metavar="ADDRESS",
    help="Draw on this Dask scheduler's workers, such as tcp://scheduler:8786 (docs/scale.md).",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(1), metavar="NUMBER",
    default=os.cpu_count() or 1,
    help="How many PDFs to draw at once, where there are several; else one for each core.",
)  # fmt: skip
@options.fail_on
@options.today
@options.taking(options.Order)
def command(
    request: options.Request, order: options.Order, *, workbooks: tuple[Path, ...], on: str | None
) -> None:
    """Make the paper of each WORKBOOK (of every one in inputs/ if none is given).

    The paper is stamped DRAFT while errors are open. One that is published already is left as it is.
    Exit code 0: made; 1: --final, and it is not ready; 2: could not run, nothing written.

    \b
    papers build
    papers build inputs/panel.xlsx --output papers --meeting 28/03/2027
    papers build --to pdf --style aldermere
    papers build --engine typst
    papers build --final --replace --reason "HP/3 was left out" panel.xlsx
    """

    from pipeline.council.house import house_of

    context = click.get_current_context()
    studio = context.meta[__name__]
    if on:
        cluster = import_module("pipeline.render.cluster")
        studio = context.with_resource(cluster.Cluster(on))
    studio.load(order.engine or house_of(request.style).pdf.engine)
    making = import_module("pipeline.commands.making")  # loads while the PDF's engine does
    if order.replace and not order.final:
        raise PipelineError(
            "--replace makes a published paper again, which only --final does.", "Give --final too."
        )
    if order.reason and not order.replace:
        raise PipelineError("--reason says why a paper is made again.", "Give --replace too.")
    formats = list(dict.fromkeys([*order.formats, *(["json"] if order.final else [])]))
    order = replace(order, formats=formats)
    making.make(request, order, workbooks, studio)
