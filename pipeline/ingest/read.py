"""A file becomes a workbook: read once, whole, by the reader for what is in it."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from pipeline.ingest import file_kinds, limits
from pipeline.ingest.workbook import Workbook
from pipeline.model.errors import PipelineError, in_words, typed

_LEAST_TRIES = 3  # of reading a file that is being saved meanwhile


def workbook_at(path: Path) -> Workbook:
    """The workbook at `path`. Raises `PipelineError` with a remedy where it cannot be read."""

    data = file_bytes(path)
    if path.suffix.lower() in file_kinds.PAPERS:
        raise PipelineError(
            f"{path.name} is a paper, and no workbook.",
            f"Make one of it: papers import {typed(path)} {typed(path.with_suffix('.xlsx'))}",
        )
    made = file_kinds.made_of(data, path)
    return Workbook(
        name=in_words(path.name),
        sha256=hashlib.sha256(data).hexdigest(),
        modified=made.modified,
        sheets=made.sheets,
        in_use=_is_open(path),
        lacking=made.lacking,
        location=in_words(path.resolve()),
        given=str(path),
        passed_over=made.passed_over,
    )


def _is_open(path: Path) -> bool:
    """Whether Excel or LibreOffice has left its mark beside a file that it has open."""
    marks = (f"~${path.name}", f".~lock.{path.name}#")
    return any(path.with_name(mark).exists() for mark in marks)


def file_bytes(path: Path) -> bytes:
    """All of a file that can be a workbook. Raises `PipelineError` where it cannot."""
    if path.name.startswith("~$"):
        raise PipelineError(
            f"{path.name} is not the workbook: Excel keeps it while the workbook is open.",
            f"Give {path.name.removeprefix('~$')} instead.",
        )
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise PipelineError(
                f"{path} is no file but a device or a pipe, and was passed over.", "Give a file."
            )
        limits.keep(path.name, path.stat().st_size, limits.FILE, "bytes")
        data = _settled(path)
    except FileNotFoundError:
        raise PipelineError(f"{path} is not there.", "Check the name and the folder.") from None
    except OSError as fault:
        if path.is_dir():  # Windows answers "permission denied"
            raise PipelineError(
                f"{path} is a folder.", "Give the workbooks in it by name."
            ) from None
        raise PipelineError(
            f"{path} cannot be read: {fault.strerror}.", "Close it elsewhere, or ask for access."
        ) from None
    if not data:
        raise PipelineError(
            f"{path.name} is empty (0 bytes).", "Ask for it again, or copy it again."
        )
    return data


def _settled(path: Path) -> bytes:
    """The bytes of a file that did not change while it was read. Raises `PipelineError` if it goes on changing."""
    for _ in range(_LEAST_TRIES):
        before = path.stat()
        data = path.read_bytes()
        after = path.stat()
        if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size):
            return data
    raise PipelineError(
        f"{path.name} is being changed while it is read.", "Wait until it is saved, and try again."
    )
