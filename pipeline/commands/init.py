"""`papers init`: make a council's folder to work in."""

from __future__ import annotations

import re
import shlex
import sys
from contextlib import chdir
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import get_args

import click
import tomlkit

from pipeline.commands import new, options
from pipeline.commands.saying import say
from pipeline.council import settings
from pipeline.council.house import Nation
from pipeline.model.errors import PipelineError, typed
from pipeline.published.folder import file_name
from pipeline.published.putting import one_writer, put
from pipeline.render import FORMATS
from pipeline.render.templates import filled

_SAMPLE = "environment-and-transport-committee.xlsx"
_ANY_COUNCIL = "wexmouth"  # whose columns and checks are those of any council
_NO_RULE = "Northern Ireland"  # where standing orders say how many clear days
_STARTS = {  # what is made of the others of templates/init/
    "README.txt": "README.txt",
    "make-the-paper-windows.cmd": "make-the-paper.cmd",
    "make-the-paper-macos.command": "make-the-paper.sh",
    "make-the-paper-linux.sh": "make-the-paper.sh",
}
_OF_WINDOWS, _RUN = (".cmd", ".txt"), (".cmd", ".sh")
# A manual's link to what this folder has not.
_OUTWARD = re.compile(rb"\[([^]\n]+)\]\(\.\./[^)\n]+\)")
_NATIONS = click.Choice(get_args(Nation), case_sensitive=False)
_DAYS = click.IntRange(1, 60)


@click.command()
@click.argument("folder", type=options.PATH, metavar="DIR")
@options.words("--council", metavar="NAME", help="The council; asked for if not given.")
@click.option(
    "--nation", type=_NATIONS, help="Whose bank holidays and rule of clear days; asked for."
)
@click.option("--clear-days", type=_DAYS, help=f"How many clear days; needed in {_NO_RULE} only.")
@options.words("--committee", metavar="NAME", help="Make a workbook for this committee too.")
@options.day("--meeting", help="That committee's next meeting.")
@options.quiet
def command(
    folder: Path,
    *,
    council: str | None,
    nation: str | None,
    clear_days: int | None,
    committee: str | None,
    meeting: date | None,
    quiet: bool,
) -> None:
    """Make DIR for a council: its settings in templates/, a sample workbook in inputs/, a README, the manuals,
    and what to double-click. What is not given is asked for.

    \b
    papers init our-council --council "Our Council" --nation England
    papers init our-council --committee "Harbour Panel" --meeting 28/03/2027
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PipelineError(
            f"{folder} is there already, and not empty.", "Give a new folder's name."
        )
    council = options.asked(council, "Council", "--council")
    nation = options.asked(nation, "Nation", "--nation", _NATIONS, "England")
    if nation == _NO_RULE:
        clear_days = options.asked(clear_days, "Clear days before a meeting", "--clear-days", _DAYS)
    if committee is None and sys.stdin.isatty():
        committee = click.prompt("Committee, to make a workbook for (Enter for none)", "", err=True)
    committee = " ".join((committee or "").split())
    usual = settings.table(settings.TEMPLATES / "house.toml")["wording"]["paper"]
    if committee:
        meeting = options.asked_meeting(meeting)
        usual = options.asked(None, "Paper", "--paper", usual=usual)
    elif meeting:
        raise PipelineError("--meeting is of a committee's workbook.", "Give --committee too.")
    style = file_name(council)
    files = _settings(style, council, nation, clear_days)
    files["inputs/sample.xlsx"] = (settings.shipped("inputs") / _SAMPLE).read_bytes()
    files |= _first_steps(style, council)
    with one_writer(folder, sorted({name.partition("/")[0] for name in files})):
        put(folder, {folder / name: data for name, data in files.items()})
    for name in (one for one, start in _STARTS.items() if start.endswith(_RUN)):
        (folder / name).chmod(0o755)
    if not quiet:
        say(f"Made {folder}: {council}. Its settings are in {folder / 'templates' / style}.")
    if committee:
        workbook = Path("inputs", f"{file_name(committee)}.xlsx")
        given = {
            "committee": committee, "paper": usual, "meeting": meeting, "style": style, "quiet": quiet
        }  # fmt: skip
        with chdir(folder):
            click.get_current_context().invoke(new.command, workbook=workbook, **given)
    if not quiet:
        there = "" if folder.resolve() == Path.cwd() else f"cd {typed(folder)} && "
        say(f"Next: double-click what its README.txt names, or: {there}papers build")


def _settings(style: str, council: str, nation: str, clear_days: int | None) -> dict[str, bytes]:
    """The three files of a council that differs from others in its name and calendar alone; and in the engine
    that draws its PDF, where this machine cannot load the usual one.
    """
    _, usual = (settings.TEMPLATES / "house.toml").read_text(encoding="utf-8").split("\n\n", 1)
    usual = re.sub(r"^(?!#|\[\w|$)", "# ", usual, flags=re.MULTILINE)
    house = filled("init/settings.txt", usual=usual)
    name = tomlkit.string(council).as_string()
    house = house.replace("[council]\n", f"[council]\nname = {name}\n")
    house = house.replace('# nation = "England"', f'nation = "{nation}"')
    if clear_days:
        house = house.replace("# clear_days = 5", f"clear_days = {clear_days}")
    if not _has_pango():
        house = house.replace('# engine = "weasyprint"', 'engine = "typst"')
    others = settings.TEMPLATES / _ANY_COUNCIL
    files = {name: (others / name).read_bytes() for name in ("columns.toml", "checks.toml")}
    files["house.toml"] = house.encode()
    return {f"templates/{style}/{name}": data for name, data in files.items()}


def _has_pango() -> bool:
    """Whether the usual engine can draw the PDF on this machine."""
    try:
        import_module(FORMATS["pdf"])
    except PipelineError:
        return False
    return True


def _first_steps(style: str, council: str) -> dict[str, bytes]:
    """The clerk's README, what to double-click, and the manuals."""
    python = sys.executable
    given = {"style": style, "council": council, "python": python, "quoted": shlex.quote(python)}
    files = {name: f"{filled(f'init/{start}', **given)}\n" for name, start in _STARTS.items()}
    made = {
        name: text.replace("\n", "\r\n" if name.endswith(_OF_WINDOWS) else "\n").encode()
        for name, text in files.items()
    }
    manuals = (path for path in settings.shipped("docs").iterdir() if path.is_file())
    return made | {f"docs/{path.name}": _OUTWARD.sub(rb"\1", path.read_bytes()) for path in manuals}
