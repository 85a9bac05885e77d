"""`papers changes`: say what has changed from one paper to another, word by word."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import click

from pipeline import line
from pipeline.check.checked import Council
from pipeline.commands import options
from pipeline.commands.common import clerks_council, one_tracker
from pipeline.commands.saying import give_json, say, say_pieces
from pipeline.model.errors import PipelineError, in_words
from pipeline.model.words import key
from pipeline.published import readback
from pipeline.published.changes import ActionChange, changes
from pipeline.published.history import READ_FIELDS
from pipeline.published.putting import write
from pipeline.published.records import FIELDS, Records
from pipeline.published.verify import EDITION_SUFFIXES
from pipeline.render.html import in_the_dark
from pipeline.render.templates import filled

_HEADINGS = {
    "new": "New", "changed": "Changed", "closed": "Closed", "reopened": "Reopened",
    "withdrawn": "Withdrawn", "vanished": "Gone, and never closed", "reported": "Closed before",
}  # fmt: skip
_MARKS = {"kept": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_COLOURS = {"kept": "", "removed": "red", "added": "green"}


@click.command()
@options.paper("old")
@options.paper("new")
@options.shape("text", "json", "html", said="How to say it; html is a page, written to --output.")
@options.file(
    "--output", default=Path("changes.html"), show_default=True, metavar="FILE", help="Where the page goes."
)  # fmt: skip
@options.style
@options.meeting
@options.committee
def command(
    *,
    old: Path,
    new: Path,
    shape: str,
    output: Path,
    style: str,
    meeting: date | None,
    committee: str,
) -> None:
    """Say what is new, changed, closed, reopened or gone from OLD to NEW, word by word.

    Each is a made paper (PDF, DOCX, HTML), its records.json, or a workbook. Removed words stand in
    [-…-], added ones in {+…+}.

    \b
    papers changes outputs/harbour-panel/2027-01-28/records.json inputs/panel.xlsx
    papers changes january.pdf march.docx --format html --output changed.html
    """

    council = clerks_council(style)
    sides = (_side(path, council, meeting, committee) for path in (old, new))
    (before, called_before), (after, called_after) = sides
    theirs = council.decided.now(before.paper.committee, after.paper.day)[0]
    if key(theirs) != key(after.paper.committee):
        raise PipelineError(
            f"{old} is of {before.paper.committee}, and {new} of {after.paper.committee}.",
            "Give two papers of one committee.",
        )
    found, headings = changes(before, after, council.reading), council.house.headings
    called = {
        words: headings.get(name.removesuffix("_words").removeprefix("raw_"), words)
        for name, (words, _) in FIELDS.items()
    }
    if shape == "json":
        give_json([_record(one) for one in found])
    elif shape == "html":
        page = filled(
            "changes.html.j2", house=council.house, dark=in_the_dark(council.house.colours), called=called,
            committee=after.paper.committee, old=called_before, new=called_after,
            headings=_HEADINGS, fields=[FIELDS[name] for name in READ_FIELDS], found=found, counts=_counts(found),
        )  # fmt: skip
        write(output, page.encode())
        say(f"Made {output}.")
    else:
        _say_changes(found, called)


def _side(
    path: Path, council: Council, meeting: date | None, committee: str
) -> tuple[Records, str]:
    """The records of a side of the comparison, and what it is called: a paper by its meeting, a workbook by its name.
    Raises `PipelineError` where there are none, or several.
    """
    if path.suffix.lower() in EDITION_SUFFIXES:
        paper = readback.records(path)
        return paper, f"the paper of {council.house.long_day(paper.paper.day)}"
    made = list(line.checked(path, council, meeting, committee=committee))
    whose = committee if len(made) > 1 else ""  # else it is for where there is no name
    read = one_tracker(made, path.name, whose)
    return line.records_of(read, council), f"the workbook {in_words(path.name)}"


def _say_changes(found: list[ActionChange], called: dict[str, str]) -> None:
    """Say the changes, a heading a kind; what was removed and added in brackets, and in colour on a terminal. Fields
    are `called` as the council heads them.
    """
    say(_counts(found))
    for kind, heading in _HEADINGS.items():
        ours = [one for one in found if one.kind == kind]
        if ours:
            say(heading, bold=True)
        for one in ours:
            say(f"  {one.name}")
            for name, passages in one.fields.items():
                pieces = [(words.join(_MARKS[sign]), _COLOURS[sign]) for sign, words in passages]
                say_pieces([(f"    {called[name]}: ", ""), *pieces], "\n      ")


def _counts(found: list[ActionChange]) -> str:
    """How many actions there are of each kind."""
    of_each = Counter[str](one.kind for one in found)
    kinds = {**{kind: words.lower() for kind, words in _HEADINGS.items()}, "same": "as before"}
    parts = [f"{of_each[kind]} {words}" for kind, words in kinds.items() if of_each[kind]]
    return f"{', '.join(parts) or 'no actions'}."


def _record(one: ActionChange) -> dict[str, object]:
    """A change as `--format json` gives it."""
    return {
        "kind": one.kind, "id": one.action.id, "reference": one.action.reference,
        "title": one.action.title, "fields": one.fields,
    }  # fmt: skip
