"""`papers changes`: say what has changed from one paper to another, word by word."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.common import meeting_option, say, style_option
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.changes import ActionChange, Piece
    from pipeline.data import Records
    from pipeline.line import Council

HEADINGS = {
    "new": "New", "changed": "Changed", "closed": "Closed", "reopened": "Reopened",
    "vanished": "Gone, and never closed", "reported": "Closed before",
}  # fmt: skip
MARKS = {"kept": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
COLOURS = {"kept": None, "removed": "red", "added": "green"}


@click.command(short_help="Say what changed from one paper to another.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="How to say it; html is a page, written to --output.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("changes.html"),
    show_default=True,
    metavar="FILE",
    help="Where the page goes.",
)
@style_option
@meeting_option
def command(
    *, old: Path, new: Path, shape: str, output: Path, style: str, meeting: date | None
) -> None:
    """Say what is new, changed, closed, reopened or gone from OLD to NEW, word by word.

    Each is a made paper (PDF, DOCX, HTML), its records.json, or a workbook. Removed words stand in
    [-…-], added ones in {+…+}.

    \b
    papers changes outputs/harbour-panel/2027-01-28/records.json inputs/panel.xlsx
    papers changes january.pdf march.docx --format html --output since-january.html
    """
    from pipeline import line
    from pipeline.changes import FIELDS, changes
    from pipeline.columns import key

    council = line.council(style)
    before, after = records(old, council, meeting), records(new, council, meeting)
    if key(before.paper.committee) != key(after.paper.committee):
        raise PipelineError(
            f"{old} is of {before.paper.committee}, and {new} of {after.paper.committee}.",
            "Give two papers of one committee.",
        )
    found = changes(before, after, council.reading)
    if shape == "json":
        say(json.dumps([record(one) for one in found], ensure_ascii=False, indent=2))
    elif shape == "html":
        from pipeline.output import put
        from pipeline.render.templates import filled

        page = filled(
            "changes.html.j2", language=council.house.council.language, font=council.house.font,
            committee=after.paper.committee, old=told(before, old, council), new=told(after, new, council),
            headings=HEADINGS, fields=FIELDS.values(), found=found, counts=counts(found),
        )  # fmt: skip
        put({output: page.encode()})
        say(f"Made {output}.")
    else:
        for words in lines(found):
            say(words)


def told(made: Records, path: Path, council: Council) -> str:
    """What a side of the comparison is called: a paper by its meeting, a workbook by its name."""
    from pipeline.edition import SUFFIXES

    if path.suffix.lower() not in SUFFIXES:
        return f"the workbook {path.name}"
    return f"the paper of {council.house.long_day(date.fromisoformat(made.paper.meeting))}"


def records(path: Path, council: Council, meeting: date | None) -> Records:
    """The records of a paper or of a workbook. Raises `PipelineError` where there are none, or several."""
    from pipeline import line, readback
    from pipeline.edition import SUFFIXES

    if path.suffix.lower() in SUFFIXES:
        return readback.records(path)
    made = list(line.checked(path, council, meeting))
    if len(made) != 1:
        named = ", ".join(one.tracker.committee for one in made)
        raise PipelineError(
            f"{path.name} has several committees: {named}.", "Give the paper of one of them."
        )
    return line.records(made[0], council)


def lines(found: list[ActionChange]) -> list[str]:
    """Changes as the clerk reads them, a heading a kind."""
    said = [counts(found)]
    for kind, heading in HEADINGS.items():
        ours = [one for one in found if one.kind == kind]
        said += [click.style(heading, bold=True)] * bool(ours)
        for one in ours:
            said.append(f"  {one.name}")
            said += [f"    {field.field}: {marked(field.pieces)}" for field in one.fields]
    return said


def counts(found: list[ActionChange]) -> str:
    """How many actions there are of each kind."""
    kinds = {**{kind: words.lower() for kind, words in HEADINGS.items()}, "same": "as before"}
    parts = [
        f"{sum(one.kind == kind for one in found)} {words}"
        for kind, words in kinds.items()
        if any(one.kind == kind for one in found)
    ]
    return f"{', '.join(parts) or 'no actions'}."


def marked(pieces: tuple[Piece, ...]) -> str:
    """Words with what was removed and added in brackets, and in colour on a terminal."""
    return "".join(
        click.style(words.join(MARKS[sign]), fg=COLOURS[sign]) if COLOURS[sign] else words
        for sign, words in pieces
    ).replace("\n", "\n      ")


def record(one: ActionChange) -> dict[str, object]:
    """A change as `--format json` gives it."""
    return {
        "kind": one.kind, "id": one.action.id, "reference": one.action.reference,
        "title": one.action.title, "fields": {each.field: each.pieces for each in one.fields},
    }  # fmt: skip
