"""`papers verify`: say what papers were made from, and whether their editions agree."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import click

from pipeline.commands import options
from pipeline.commands.common import FINDINGS_EXIT
from pipeline.commands.saying import say
from pipeline.ingest.read import file_bytes
from pipeline.model.errors import PipelineError
from pipeline.model.months import iso_day, plain_day
from pipeline.published.folder import NOT_PUBLISHED, SUMS_NAME, SUPERSEDED
from pipeline.published.putting import UNDER_WAY, is_unfinished
from pipeline.published.verify import (
    EDITION_SUFFIXES,
    Edition,
    differences,
    edition_at,
    unlike_published,
)

_LEFT_OUT = {NOT_PUBLISHED, SUPERSEDED, UNDER_WAY}  # folders within those given


@click.command()
@click.argument("papers", nargs=-1, required=True, type=options.PATH)
@options.file(
    "--workbook", metavar="FILE", help="Also say whether they were made from this workbook."
)
def command(papers: tuple[Path, ...], workbook: Path | None) -> None:
    """Say which workbook each of some PAPERS (files, or folders of them) was made from, and whether
    the editions of each folder say the same.

    The words in the table of each DOCX, web page and PDF, as they are printed, are compared with
    the records inside; a list of actions (.csv) beside them too; those above it, and where links lead,
    between the editions. The foot of every page has to name the records. Of a published paper each file
    has to be the one that was published, byte for byte, and in a folder none may be missing. Exit code 0: all
    agree; 1: something differs; 2: could not run.

    \b
    papers verify outputs/harbour-panel/2027-03-28
    papers verify paper.docx paper.pdf --workbook inputs/panel.xlsx
    """

    wanted = hashlib.sha256(file_bytes(workbook)).hexdigest() if workbook else None
    folders: dict[Path, tuple[list[Edition], dict[Path, str]]] = {}
    for path in _files(papers):
        editions, strange = folders.setdefault(path.parent, ([], {}))
        if path.name == SUMS_NAME:
            continue
        try:
            editions.append(edition_at(path))
        except PipelineError as fault:
            if path in papers:
                raise
            strange[path] = fault.format_message()
    if not any(one[0] or (folder / SUMS_NAME).exists() for folder, one in folders.items()):
        raise PipelineError(
            f"There is no paper of ours in {', '.join(map(str, papers))}.",
            "Give a folder of papers that papers build made, or one of them.",
        )
    differs = False
    for folder, (editions, strange) in folders.items():
        found = list(unlike_published(folder, [path for path in papers if path.parent == folder]))
        found += differences(editions) if editions else strange.values()
        if editions and iso_day(folder.name) not in (None, editions[0].records.paper.day):
            found.append("Its folder is called by the day of another meeting.")
        if is_unfinished(folder):
            found.append(
                "It is unfinished: the command that was writing it has not ended, or was ended. "
                "The next papers command puts back what was there."
            )
        if wanted is not None and any(one.records.paper.sha256 != wanted for one in editions):
            found.append(
                f"It was made from another workbook than {workbook}, or from an older one."
            )
        stems = {one.path.stem for one in editions}
        found += [words for path, words in strange.items() if path.stem in stems]
        others = [path.name for path in strange if editions and path.stem not in stems]
        say(*(_heading(editions) if editions else [f"{folder}:"]), *(f"  {one}" for one in found))
        if others:
            say(f"  Not compared, for they are no editions: {', '.join(others)}.")
        if editions and editions[0].records.paper.final and not (folder / SUMS_NAME).exists():
            say(f"  Only words were compared: there is no {SUMS_NAME} beside them.")
        say("  Differs." if found else "  Agrees.")
        differs |= bool(found)
    if differs:
        sys.exit(FINDINGS_EXIT)


def _files(papers: tuple[Path, ...]) -> list[Path]:
    """The papers meant; of a folder, not what is the clerk's alone or superseded.

    Raises `PipelineError` where a folder has none.
    """
    found = []
    for path in papers:
        if not path.exists():
            raise PipelineError(f"{path} is not there.", "Check the name and the folder.")
        inside = [path]
        if path.is_dir():
            inside = sorted(
                one
                for one in path.rglob("*")
                if (one.suffix in EDITION_SUFFIXES or one.name == SUMS_NAME)
                and not _LEFT_OUT & set(one.relative_to(path).parts)
            )
        if not inside:
            raise PipelineError(
                f"There is no paper in {path}.", "Give a folder of papers, or a paper."
            )
        found += inside
    return found


def _heading(editions: list[Edition]) -> list[str]:
    """What the editions of a folder are, and what they were made from."""
    paper = editions[0].records.paper
    state = "final" if paper.final else "draft"
    return [
        f"{paper.committee}, {plain_day(paper.day)}, {state}, records {editions[0].hash}:",
        f"  Made from {paper.workbook} (SHA-256 {paper.sha256}) in the house style {paper.style}.",
        f"  Read: {', '.join(one.path.name for one in editions)}.",
    ]
