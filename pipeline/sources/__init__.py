"""Readers of the files that officers send, a module each: bytes in, sheets of cells out."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from pipeline.errors import PipelineError, typed
from pipeline.sources import unreadable
from pipeline.workbook import Read

Reader: TypeAlias = Callable[[bytes, str], Read]

ZIP_MAGIC = b"PK\x03\x04"
TEXT_SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", *TEXT_SUFFIXES)
PAPERS = (".docx", ".html", ".htm", ".pdf")  # what `papers import` takes


def reader(data: bytes, path: Path) -> Reader:
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
        from pipeline.sources import excel_97

        return excel_97.read
    if data.startswith(ZIP_MAGIC):
        match other_spreadsheet(data):
            case "ods":
                from pipeline.sources import opendocument

                return opendocument.read
            case "xlsb":
                from pipeline.sources import excel_binary

                return excel_binary.read
    if suffix in TEXT_SUFFIXES and not data.startswith(ZIP_MAGIC):
        from pipeline.sources import separated

        return separated.read
    if suffix in SUFFIXES and is_web_page(data):
        from pipeline.sources import web

        return web.read
    if suffix == ".xls" and is_text(data):
        from pipeline.sources import separated

        return separated.read
    from pipeline.sources import excel

    return excel.read


def is_web_page(data: bytes) -> bool:
    """Whether a file is a web page, as many systems save their lists under a workbook's name."""
    return data.lstrip()[:1] == b"<" and b"<table" in data.lower()


def is_text(data: bytes) -> bool:
    """Whether a file is a text with tabs, under a workbook's name."""
    return b"\t" in data and data[:200].count(0) == 0 and not data.startswith(ZIP_MAGIC)


def other_spreadsheet(data: bytes) -> str:
    """Which kind of workbook a zip file is: of LibreOffice (`ods`), of Excel in binary parts (`xlsb`), or empty."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            if "mimetype" in names and b"opendocument" in package.read("mimetype"):
                return "ods"
            return "xlsb" if "xl/workbook.bin" in names else ""
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return ""  # the reader of Excel files says what is wrong
