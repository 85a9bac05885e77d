"""Readers of the files that officers send, a module each: bytes in, sheets of cells out."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from pipeline.errors import PipelineError, typed
from pipeline.workbook import Read

Reader: TypeAlias = Callable[[bytes, str], Read]

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2: old and encrypted Office files
ZIP_MAGIC = b"PK"
TEXT_SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", *TEXT_SUFFIXES)
PAPERS = (".docx", ".html", ".htm", ".pdf")  # what `papers import` takes
SAVE_AGAIN = "Open it in Excel and save it as 'Excel Workbook (.xlsx)'."


def reader(data: bytes, path: Path) -> Reader:
    """The reader for a file, known by what is in it. Raises `PipelineError` where none can read it."""
    suffix = path.suffix.lower()
    if suffix in PAPERS:
        raise PipelineError(
            f"{path.name} is a paper, and no workbook.",
            f"Make one of it: papers import {typed(path)} {typed(path.with_suffix('.xlsx'))}",
        )
    if data.startswith(OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise PipelineError(
                f"{path.name} is protected by a password.",
                "Save a copy without the password (File, Info, Protect Workbook).",
            )
        if suffix != ".xls":
            raise PipelineError(
                f"{path.name} is an old Excel 97-2003 file, whatever its name says.", SAVE_AGAIN
            )
        from pipeline.sources import calamine

        return calamine.read
    if data.startswith(ZIP_MAGIC) and is_other_spreadsheet(data):
        from pipeline.sources import calamine

        return calamine.read
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


def is_other_spreadsheet(data: bytes) -> bool:
    """Whether a zip file is a workbook of LibreOffice (.ods), or of Excel in binary parts (.xlsb)."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            if "mimetype" in names:
                return package.read("mimetype").startswith(
                    b"application/vnd.oasis.opendocument.spreadsheet"
                )
            return "xl/workbook.bin" in names
    except zipfile.BadZipFile:
        return False  # the reader of Excel files says what is wrong
