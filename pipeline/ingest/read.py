"""A file becomes a workbook: read once, whole, by the reader for what is in it."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from pipeline.ingest import delimited, excel, excel_97, excel_binary, opendocument, unreadable, web
from pipeline.ingest.workbook import Read, Workbook
from pipeline.model.errors import PipelineError, typed

_Reader: TypeAlias = Callable[[bytes, str], Read]

_ZIP_MAGIC = b"PK\x03\x04"
_TEXT_SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", *_TEXT_SUFFIXES)
PAPERS = (".docx", ".html", ".htm", ".pdf")  # what `papers import` takes


def _reader(data: bytes, path: Path) -> _Reader:
    """The reader for a file, known by what is in it. Raises `PipelineError` where none can read it."""
    suffix = path.suffix.lower()
    if suffix in PAPERS:
        raise PipelineError(
            f"{path.name} is a paper, and no workbook.",
            f"Make one of it: papers import {typed(path)} {typed(path.with_suffix('.xlsx'))}",
        )
    refused = unreadable.refusal(data, path)
    if refused is not None:
        raise refused
    if data.startswith(unreadable.OLE_MAGIC):
        return excel_97.read_excel_97
    if data.startswith(_ZIP_MAGIC):
        match _other_spreadsheet(data):
            case "ods":
                return opendocument.read_opendocument
            case "xlsb":
                return excel_binary.read_excel_binary
    if suffix in _TEXT_SUFFIXES and not data.startswith(_ZIP_MAGIC):
        return delimited.read_delimited
    if suffix in WORKBOOK_SUFFIXES and _is_web_page(data):
        return web.read_web
    if suffix == ".xls" and _is_text(data):
        return delimited.read_delimited

    return excel.read_excel


def _is_web_page(data: bytes) -> bool:
    """Whether a file is a web page, as many systems save their lists under a workbook's name."""
    return data.lstrip()[:1] == b"<" and b"<table" in data.lower()


def _is_text(data: bytes) -> bool:
    """Whether a file is a text with tabs, under a workbook's name."""
    return b"\t" in data and data[:200].count(0) == 0 and not data.startswith(_ZIP_MAGIC)


def _other_spreadsheet(data: bytes) -> str:
    """Which kind of workbook a zip file is: of LibreOffice (`ods`), of Excel in binary parts (`xlsb`), or empty."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            if "mimetype" in names and b"opendocument" in package.read("mimetype"):
                return "ods"
            return "xlsb" if "xl/workbook.bin" in names else ""
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return ""  # the reader of Excel files says what is wrong


_LEAST_TRIES = 3  # of reading a file that is being saved meanwhile


def workbook_at(path: Path) -> Workbook:
    """The workbook at `path`. Raises `PipelineError` with a remedy where it cannot be read."""

    data = file_bytes(path)
    made = _reader(data, path)(data, path.name)
    return Workbook(
        name=path.name.encode(
            "utf-8", "replace"
        ).decode(),  # a name that is no UTF-8 is in no paper
        sha256=hashlib.sha256(data).hexdigest(),
        modified=made.modified,
        sheets=made.sheets,
        in_use=_is_open(path),
        lacking=made.lacking,
        location=str(path.resolve()),
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
        data = _settled(path)
    except FileNotFoundError:
        raise PipelineError(f"{path} is not there.", "Check the name and the folder.") from None
    except IsADirectoryError:
        raise PipelineError(f"{path} is a folder.", "Give the workbooks in it by name.") from None
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
            f"{path.name} is empty (0 bytes).", "Ask for the workbook again, or copy it again."
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
