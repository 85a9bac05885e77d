"""A file becomes a workbook: read once, whole, by the reader for what is in it."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from msgspec.structs import asdict

from pipeline.ingest import file_kinds, limits
from pipeline.ingest.refusals import refused
from pipeline.ingest.workbook import Workbook
from pipeline.model.errors import in_words, typed

_LEAST_TRIES = 3  # of reading a file that is being saved meanwhile


def workbook_at(path: Path) -> Workbook:
    """The workbook at `path`. Raises `PipelineError` with a remedy where it cannot be read."""

    data = file_bytes(path)
    if path.suffix.lower() in file_kinds.PAPERS:
        book = path.with_suffix(".xlsx")
        raise refused(path.name, "paper", given=typed(path), made=typed(book))
    made = file_kinds.made_of(data, path)
    return Workbook(
        **asdict(made),
        name=in_words(path.name),
        sha256=hashlib.sha256(data).hexdigest(),
        in_use=_is_open(path),
        location=in_words(path.resolve()),
        given=str(path),
    )


def _is_open(path: Path) -> bool:
    """Whether Excel or LibreOffice has left its mark beside a file that it has open."""
    marks = (f"~${path.name}", f".~lock.{path.name}#")
    return any(path.with_name(mark).exists() for mark in marks)


def file_bytes(path: Path) -> bytes:
    """All of a file that can be a workbook. Raises `PipelineError` where it cannot."""
    if path.name.startswith("~$"):
        raise refused(path.name, "beside", workbook=path.name.removeprefix("~$"))
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise refused(path, "device")
        limits.keep(path.name, path.stat().st_size, limits.FILE, "bytes")
        data = _settled(path)
    except FileNotFoundError:
        raise refused(path, "missing") from None
    except OSError as fault:
        if path.is_dir():  # Windows answers "permission denied"
            raise refused(path, "folder") from None
        raise refused(path, "shut", why=fault.strerror) from None
    if not data:
        raise refused(path.name, "empty")
    return data


def _settled(path: Path) -> bytes:
    """The bytes of a file that did not change while it was read. Raises `PipelineError` if it goes on changing."""
    for _ in range(_LEAST_TRIES):
        before = path.stat()
        data = path.read_bytes()
        after = path.stat()
        if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size):
            return data
    raise refused(path.name, "changing")
