"""`papers waive`: let a finding pass, with a reason and until when; and say what is waived."""

from __future__ import annotations

import getpass
from datetime import date
from pathlib import Path

import click

from pipeline.chase import waiving
from pipeline.chase.waiving import WaiveRequest
from pipeline.check import rule
from pipeline.commands import common, guard, options
from pipeline.commands.saying import say
from pipeline.council import clerk, rules
from pipeline.model.errors import PipelineError
from pipeline.published.putting import write


@click.command()
@click.argument("workbook", required=False, type=options.PATH)
@click.argument("cells", nargs=-1, metavar="[CELL]...")
@options.reason(help="Why it may pass.")
@options.day("--until", help="The last meeting for which it may; without it, this one.")
@options.words(
    "--reference", "references", multiple=True, metavar="REF",
    help="What is wrong with the action of this reference, also one that has vanished.",
)  # fmt: skip
@options.words(
    "--officer", "officers", multiple=True, metavar="NAME", help="Only what is this officer's."
)
@options.words(
    "--check", "checks", multiple=True, metavar="NAME", help="Only this check's findings."
)
@options.words(
    "--by", envvar="PAPERS_BY", default="", metavar="NAME",
    help="Who decides; without it, PAPERS_BY, or else your user name on this machine.",
)  # fmt: skip
@click.option(
    "--list", "is_list", is_flag=True, help="Say what is waived, and whether it still fits."
)
@options.fail_on
@options.request
@options.taking(WaiveRequest)
def command(
    request: options.Request,
    asked: WaiveRequest,
    *,
    workbook: Path | None,
    reason: str,
    until: date | None,
    by: str,
    is_list: bool,
    fail_on: str,
) -> None:
    """Let what is wrong at each CELL of a WORKBOOK pass, and write that into inputs/clerk.toml.

    A cell is one such as G32, or Actions:G32 where several sheets have findings. What keeps the paper from
    being ready is waived; a warning or a note only where --check names it. Each waiver is of one finding, and
    is listed in every verdict.

    \b
    papers waive inputs/panel.xlsx G32 --reason "On leave" --until 21/01/2027
    papers waive inputs/panel.xlsx G32 G40 H41 --reason "To be heard then"
    papers waive panel.xlsx --officer "Jo Bell" --check overdue --reason "Away"
    papers waive inputs/panel.xlsx --reference HP/7 --reason "The quay was sold"
    papers waive --list
    """

    council = common.clerks_council(request.style)
    if is_list:
        books = (workbook,) if workbook else ()
        checked, faults = common.readable_workbooks(books, council, request)
        files = dict.fromkeys(council.rules.waiver, f"templates/{request.style}/checks.toml")
        files |= dict.fromkeys(council.decided.waiver, str(common.CLERKS_FILE))
        say(*waiving.list_lines(files, checked, council.house))
        if not files:
            say("Nothing is waived.")
        guard.say_faults(faults)
        return
    if workbook is None or asked == WaiveRequest():
        raise PipelineError(
            "Say which findings of which workbook.",
            'Such as: papers waive inputs/panel.xlsx G32 --reason "…"; or --reference, --officer, --check.',
        )
    if not reason:
        raise PipelineError("A waiver needs a reason.", 'Give it with --reason "…".')
    clerk.refuse_unknown("--check", asked.checks, rule.CHECKS)
    person = by.strip() or _user_name()
    checked = common.checked_workbooks((workbook,), council, request)
    chosen = waiving.selected(checked, asked, rules.Severity[fail_on.upper()])
    new = [waiving.waiver(made, one, reason, person, until) for made, one in chosen]
    data = common.CLERKS_FILE.read_bytes() if common.CLERKS_FILE.exists() else b""
    write(common.CLERKS_FILE, clerk.with_waivers(data, list(dict.fromkeys(new))))
    if request.quiet:
        return
    for (_, one), let in zip(chosen, new, strict=True):
        until_day = council.house.long_day(let.until)
        say(f"Waived until {until_day}: {one.place}: {one.what} [{one.check}]")
    if any(one.check == clerk.VANISHED for _, one in chosen):
        say(
            "Page 1 of the paper says that it is withdrawn, with this reason, and so does closed.csv."
        )
    say(f"Written into {common.CLERKS_FILE}, on the word of {person}.")


def _user_name() -> str:
    """The name by which this machine knows its user. Raises `PipelineError` where it knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # which of them depends on the system and on Python
        raise PipelineError("This machine does not say who you are.", "Give --by NAME.") from None
