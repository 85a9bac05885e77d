"""The guard around each workbook and around a command: what no code foresaw is one line and a report, and no
traceback. The other workbooks go on.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from pipeline.commands.saying import complain
from pipeline.model.errors import PipelineError, frames, is_interruption

_OURS_EXIT = 70
_ENDS = (SystemExit, GeneratorExit, click.Abort, click.exceptions.Exit)


class _OurFaultError(PipelineError):
    """What no code foresaw."""

    exit_code = _OURS_EXIT


@contextmanager
def around(what: str, faults: list[PipelineError]) -> Iterator[None]:
    """What goes wrong with one workbook is kept among some faults, and the next one's turn comes."""
    try:
        yield
    except BaseException as fault:  # native code raises those that are no `Exception`
        if isinstance(fault, _ENDS) or is_interruption(fault):
            raise
        debug = bool(click.get_current_context().find_root().params["debug"])
        faults.append(refusal(fault, what, debug=debug))


def refusal(fault: BaseException, what: str = "", *, debug: bool) -> PipelineError:
    """One line for whatever went wrong, with a workbook where it did: a refusal as it is, what the machine refused
    with the system's words, and anything else as a fault of ours, with a report.
    """
    if isinstance(fault, PipelineError):
        return fault
    if debug:
        import traceback

        for line in "".join(traceback.format_exception(fault)).splitlines():
            complain(line)
    about = f"{what}: " if what else ""
    if isinstance(fault, OSError):
        where = f"{fault.filename}: " if fault.filename else ""
        return PipelineError(
            f"{about}{where}{fault.strerror or type(fault).__name__}.",
            "Free some room, ask for access, or close what is open, and run it again.",
        )
    if isinstance(fault, MemoryError):
        return PipelineError(
            f"{about}memory has run out.", "Close other programs, and run it again."
        )
    report = _report(fault)
    kept = (
        f"A report is in {report}; it holds no words of yours."
        if report
        else "No report could be kept."
    )
    return _OurFaultError(
        f"{about}this is a fault of ours. {kept}",
        "Please send it to us (SECURITY.md says where), or run it again with --debug.",
    )  # fmt: skip


def _report(fault: BaseException) -> str:
    """The file that a report was written to; empty where no folder takes one."""
    from importlib.metadata import PackageNotFoundError, version  # slow to load

    try:
        ours = version("committee-papers")
    except PackageNotFoundError:
        ours = "not installed"
    lines = [
        f"committee-papers {ours}, Python {platform.python_version()}, {platform.platform()}",
        *frames(fault),
    ]
    for folder in (None, os.curdir):
        with suppress(OSError):
            number, path = tempfile.mkstemp(".txt", "papers-fault-", folder, text=True)
            with os.fdopen(number, "w", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
            return path
    return ""


def say_faults(faults: list[PipelineError]) -> None:
    """Say what went wrong, and exit with the first code of 70 and 2 that it has, if anything did."""
    for words in dict.fromkeys(fault.format_message() for fault in faults):
        complain(f"Error: {words}")
    if faults:
        sys.exit(max(fault.exit_code for fault in faults))
