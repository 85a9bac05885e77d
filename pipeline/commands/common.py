"""What the commands share: the workbooks that they are given, the paper before, the verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, partial
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from pipeline import line
from pipeline.chase.verdict import Verdict, verdict
from pipeline.check import rule
from pipeline.check.checked import Checked, Council
from pipeline.commands import guard
from pipeline.commands.options import Request, clock
from pipeline.commands.progress import progress
from pipeline.commands.saying import complain
from pipeline.council import clerk, settings
from pipeline.council.clerk import VANISHED
from pipeline.council.rules import Severity
from pipeline.ingest.read import PAPERS, WORKBOOK_SUFFIXES
from pipeline.model.errors import NoActionsError, PipelineError, typed
from pipeline.model.words import key, listed
from pipeline.published import readback
from pipeline.published.folder import meeting_folder
from pipeline.published.kept import Archive
from pipeline.render.shapes import undrawable

if TYPE_CHECKING:
    from pipeline.render.studio import Studio


_INPUTS = Path("inputs")
CLERKS_FILE = _INPUTS / "clerk.toml"
FINDINGS_EXIT = 1
REPLACE = '--final --replace --reason "…"'
_NEXT_MEETING = "Write the next meeting's date into it, or take that out of inputs/clerk.toml."
_CARRIED = frozenset({"output", "since", "formats", "style", "meeting", "committee", "fail_on"})
_MOST_NAMED = 6  # findings that a command names by their cells; of more it names the checks
_NEVER_OFFERED = ("exempt-row", "exempt-sheet")
_EASY = re.compile(r"\w[\w./ :-]*", re.ASCII)  # what every shell takes as it is, in quotation marks


def clerks_council(style: str, drawing: Studio | None = None) -> Council:
    """A council's settings with what its clerk has decided, and the fonts of this machine or of what is `drawing`
    PDFs. Raises `PipelineError` where they are wrong, or where it is a sample's for want of another and a file given
    is another council's.
    """
    context = click.get_current_context()
    if (
        settings.is_sample(style)
        and context.get_parameter_source("style") is ParameterSource.DEFAULT
    ):
        for given in context.params.values():
            for path in given if isinstance(given, tuple) else (given,):
                if isinstance(path, Path) and (home := _home(path)):
                    raise PipelineError(
                        f"{path} belongs to the council's folder {home}.",
                        "Change to that folder, and run it again; or choose a council with --style.",
                    )

    @cache
    def studio() -> Studio:
        from pipeline.render.studio import Studio  # which only drawing needs

        return drawing or context.with_resource(Studio(["pdf"]))

    known = line.council(style, clerk.load(CLERKS_FILE, rule.CHECKS))
    return replace(known, undrawable=partial(undrawable, studio=studio))


def _home(path: Path) -> Path | None:
    """The council's folder, if another than this one, in whose `inputs/` a file lies."""
    here, there = Path(realpath(".")), (path.absolute(), Path(realpath(path)))
    folders = (one.parent for at in there for one in at.parents if one.name == str(_INPUTS))
    homes = (Path(realpath(one)) for one in folders)  # `resolve` raises where links go round
    others = (one for one in homes if one not in (here, settings.TEMPLATES.parent))
    return next((one for one in others if any(one.glob("templates/*/house.toml"))), None)


def _workbooks(folder: Iterable[Path]) -> list[Path]:
    """The workbooks of some files, in the order of their names."""
    return sorted(
        path
        for path in folder
        if path.suffix.lower() in WORKBOOK_SUFFIXES and not path.name.startswith(("~$", "."))
    )


def _passed_over() -> list[Path]:
    """What lies in `inputs/` and may be meant, and is not read: papers, and folders of workbooks."""
    return [
        path
        for path in sorted(_INPUTS.glob("*"))
        if path.suffix.lower() in PAPERS or (path.is_dir() and _workbooks(path.rglob("*")))
    ]


def readable_workbooks(
    workbooks: tuple[Path, ...], council: Council, request: Request, today: date | None = None
) -> tuple[list[Checked], list[PipelineError]]:
    """Every tracker of the workbooks given, or of those in `inputs/`, checked, and what is wrong with each
    workbook that could not be. Of those in `inputs/` that nobody has written in, such as a new one, it is said
    that they are left out, if any other can be read; and of those of meetings that are published and past, or
    cancelled, that they are passed over, as are sheets of past meetings beside a later one. The paper before is
    `since`, else the last final one of the committee.
    """
    now = today or clock()
    since = readback.records(request.since) if request.since is not None else None
    papers = Archive(request.output, council.decided, since)
    left = [] if workbooks or request.quiet else _passed_over()
    if left:
        verb = "were" if len(left) > 1 else "was"
        complain(
            f"{listed([str(path) for path in left])} {verb} not read: only workbooks lying in {_INPUTS} "
            "itself are. Give others by name; papers import makes a workbook of a paper."
        )
    chosen = list(workbooks) or _workbooks(_INPUTS.glob("*"))
    if not chosen:
        raise PipelineError(
            f"There is no workbook in {_INPUTS.resolve()}.", "Put one there, or give its name."
        )
    checked: list[Checked] = []
    whys: list[str] = []
    faults: list[PipelineError] = []
    for path in progress(chosen, "Reading the workbooks", quiet=request.quiet):
        with guard.around(path.name, faults):
            found = list(line.checked(path, council, request.meeting, papers, request.committee))
            latest = {id(one) for one in _latest(found)}
            for made in found:
                day = made.tracker.meeting
                if id(made) not in latest and day < now:
                    named = f"{made.book.name}, sheet '{made.tracker.sheet.name}'"
                    whys.append(
                        f"{named} ({council.house.long_day(day)} is past; a later meeting is there)"
                    )
                    continue
                why = _why_not(made, council, papers, now, is_named=bool(workbooks))
                if why and workbooks:
                    raise PipelineError(f"{made.book.name}: {why}.", _NEXT_MEETING)
                if why:
                    whys.append(f"{made.book.name} ({why})")
                else:
                    checked.append(made)
    if whys and not request.quiet:
        complain(f"Passed over: {'; '.join(whys)}.")
    if not checked or workbooks:
        return checked, faults
    empty = [one for one in faults if isinstance(one, NoActionsError)]
    for one in () if request.quiet else empty:
        complain(f"Left out: {one.message}")
    return checked, [one for one in faults if one not in empty]


def _why_not(
    made: Checked, council: Council, papers: Archive, today: date, *, is_named: bool
) -> str:
    """Why a workbook is passed over: its meeting is cancelled, or, where nobody named it, published and past."""
    name, meeting = made.tracker.committee, made.tracker.meeting
    if council.decided.is_cancelled(name, meeting):
        return f"the meeting of {council.house.long_day(meeting)} is cancelled"
    if meeting < today and not is_named and papers.published(name, meeting):
        return f"the paper of {council.house.long_day(meeting)} is published, and the meeting past"
    return ""


def _latest(found: Iterable[Checked]) -> list[Checked]:
    """Of each committee's trackers in a workbook, that of its latest meeting."""
    kept: dict[str, Checked] = {}
    for one in sorted(found, key=lambda one: one.tracker.meeting):
        kept[key(one.tracker.committee)] = one
    return [*kept.values()]


def checked_workbooks(
    workbooks: tuple[Path, ...], council: Council, request: Request, today: date | None = None
) -> list[Checked]:
    """Every tracker as `readable_workbooks` has them; exits where any could not be read."""
    checked, faults = readable_workbooks(workbooks, council, request, today)
    guard.say_faults(faults)
    return checked


def meeting_folders(
    checked: list[Checked], output: Path, books: dict[Path, str] | None = None
) -> dict[Path, Checked]:
    """Where each paper goes, and what is made for it; `books` are the names of the workbooks whose folders are taken,
    to which these are added. Raises `PipelineError` where two would be one.
    """
    taken = {} if books is None else books
    folders: dict[Path, Checked] = {}
    for made in checked:
        tracker = made.tracker
        folder = meeting_folder(output, tracker.committee, tracker.meeting)
        if folder in taken:
            raise PipelineError(
                f"{taken[folder]} and {made.book.name} are both "
                f"{tracker.committee}, {tracker.meeting:%d/%m/%Y}.",
                "Keep one of them, or give each its own meeting.",
            )
        folders[folder], taken[folder] = made, made.book.name
    return folders


def verdicts(
    checked: list[Checked], council: Council, today: date, fail_on: str, output: Path
) -> list[Verdict]:
    """The verdict on each checked workbook, as on a day."""

    least = Severity[fail_on.upper()]
    said = []
    for made in checked:
        publish, waive = _publishing(made, council, output), _waiving(made, least, checked)
        said.append(verdict(made, council, today, least, output, publish=publish, waive=waive))
    return said


def _publishing(made: Checked, council: Council, output: Path) -> str:
    """How a ready paper is published, or published again."""
    papers = Archive(output, council.decided)
    there = papers.published(made.tracker.committee, made.tracker.meeting)
    if there is None:
        return f"Next: {again('--final', [made])} makes the paper to publish."
    if there == line.records_of(made, council, final=True, revisions=there.paper.revised):
        return "It is published as it stands."
    return (
        f"It is published already, as it was then. Next: {again(REPLACE, [made])} makes it again."
    )


def _waiving(made: Checked, least: Severity, checked: list[Checked]) -> str:
    """How the findings from `least` on are waived, with their sheets where several of the workbook have findings;
    nothing where there are none. What is marked as exempt is waived only by who names it.
    """
    beside = [one for other in checked if other.book is made.book for one in other.findings]
    is_one_sheet = len({one.place.sheet for one in beside}) == 1
    opened = [
        one for one in made.findings if one.severity >= least and one.check not in _NEVER_OFFERED
    ]
    if not opened:
        return ""
    names = [
        ("--reference ", one.reference)
        if one.check == VANISHED
        else ("", one.place.cell if is_one_sheet else f"{one.place.sheet}:{one.place.cell}")
        for one in opened
    ]
    named = list(dict.fromkeys(names))
    if len(named) > _MOST_NAMED or not all(_EASY.fullmatch(name) for _, name in named):
        named = [("--check ", name) for name in sorted({one.check for one in opened})]
    targets = [f"{option}{typed(name)}" for option, name in named]
    until = f"--until {made.tracker.meeting:%d/%m/%Y}"
    options = _given_options(_CARRIED - {"formats"})
    path = typed(Path(made.book.given))
    return " ".join(("papers waive", path, *targets, '--reason "…"', until, *options))


def again(flags: str, checked: Iterable[Checked]) -> str:
    """`papers build` with some flags for some workbooks, and with the options that this run was given."""
    paths = dict.fromkeys(typed(Path(made.book.given)) for made in checked)
    return " ".join(("papers build", flags, *_given_options(_CARRIED), *paths))


def _given_options(carried: frozenset[str]) -> Iterator[str]:
    """The options that another run needs too, as they were typed."""
    context = click.get_current_context()
    for param in context.command.params:
        value = context.params.get(param.name or "")
        is_typed = context.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE
        if param.name in carried and is_typed and str(value) != str(param.default):
            words = ",".join(value) if isinstance(value, list) else str(value)
            yield f"{param.opts[0]} {typed(words)}"


def one_tracker(found: Iterable[Checked], name: str, committee: str | None) -> Checked:
    """The one tracker of a file, or that of a committee, of its latest meeting. Raises `PipelineError` where there is
    none, or several.
    """
    found = _latest(found)
    mine = [one for one in found if not committee or key(one.tracker.committee) == key(committee)]
    if len(mine) == 1:
        return mine[0]
    names = ", ".join(f"'{one.tracker.committee}' ({one.tracker.sheet.name})" for one in found)
    if not mine:
        raise PipelineError(
            f"{name} has no actions of '{committee}'; it has those of {names}.",
            "Give the name as it is there.",
        )
    raise PipelineError(
        f"{name} has {len(mine)} tables of actions, and one is needed: {names}.",
        "Choose one with --committee.",
    )
