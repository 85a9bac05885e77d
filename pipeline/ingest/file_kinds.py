"""What a file is, by what is in it and not by its name, and what the reader of its kind makes of it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from pipeline.ingest.package import BROKEN
from pipeline.ingest.refusals import KINDS, FileKind, refused

if TYPE_CHECKING:
    from pipeline.ingest.workbook import Read

_TEXT_SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", *_TEXT_SUFFIXES)
PAPERS = (".docx", ".html", ".htm", ".pdf")  # what `papers import` takes
WORKBOOK_KINDS = frozenset({"xlsx", "xlsb", "xls", "ods", "text", "page"})
PAPER_KINDS = frozenset({"word", "page"})
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2: old and encrypted Office files
_ZIP_MAGIC = b"PK\x03\x04"
_WORKBOOK_STREAMS = ("Workbook", "Book")  # of Excel 97-2003, and of 5.0 and 95: [MS-XLS] 2.1.2
_HEAD = 4096  # bytes in which a text says what it is
_SIGN_IN = re.compile(rb"(?i)sign[ -]?in|log[ -]?in|type=.?password|microsoftonline")
_WHOLE_PAGE = re.compile(rb"(?i)<(?:!doctype html|html|\?xml[^>]*>\s*<html)")
_PAGE = re.compile(rb"(?i)<(!doctype html|html|head|body|table|div|p|h1|style|meta|title)\b")


def made_of(data: bytes, path: Path, wanted: frozenset[str] = WORKBOOK_KINDS) -> Read:
    """What the reader of a file's kind makes of it. Raises `PipelineError` where it is of no wanted kind."""
    name = kind_of(data, path.suffix.lower())
    if name not in wanted:
        raise refused(path.name, name)
    try:
        made: Read = resolve_name(f"pipeline.ingest.{KINDS[name].reader}")(data, path.name)
    except RecursionError:
        raise refused(path.name, "deep") from None
    return made


def kind_of(data: bytes, suffix: str) -> str:
    """What a file is: a key of `KINDS`. Its name counts only where what is in it could be several."""
    if data.startswith(OLE_MAGIC):
        return _kind_of_old(data)
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n\t")
    if data.startswith(_ZIP_MAGIC):
        return _kind_of_zip(data, suffix)
    text = head.decode("latin-1")
    if known := _first(lambda kind: _says(text, kind)):
        return known
    has_table = b"<table" in data.lower()
    if not has_table and suffix not in PAPERS and _WHOLE_PAGE.match(head):
        return "sign-in" if _SIGN_IN.search(data) else "no table"
    if suffix in _TEXT_SUFFIXES:
        return "text"
    if suffix in WORKBOOK_SUFFIXES:
        is_text = suffix == ".xls" and b"\t" in data and not data[:200].count(0)
        return "page" if head[:1] == b"<" and has_table else "text" if is_text else "other"
    return "page" if _PAGE.search(head.replace(b"\0", b"")) else "other"  # 0 in UTF-16


def _kind_of_old(data: bytes) -> str:
    """What an old Office file is. A workbook is one, though another document may be embedded in it."""
    if any(entry(name) in data for name in _WORKBOOK_STREAMS):
        return "xls"
    known = _first(lambda kind: any(one.encode("utf-16-le") in data for one in kind.streams))
    return known or "old office"


def _says(text: str, kind: FileKind) -> bool:
    """Whether the first characters of a text say that it is of a kind."""
    is_told = kind.pattern and re.search(kind.pattern, text)
    return text.startswith(kind.starts) or bool(is_told)


def _first(fits: Callable[[FileKind], bool]) -> str:
    """The first kind that fits; empty where none does."""
    return next((name for name, kind in KINDS.items() if fits(kind)), "")


def entry(stream: str) -> bytes:
    """How the directory of an old Office file names a stream ([MS-CFB] 2.6.1)."""
    return stream.encode("utf-16-le").ljust(64, b"\0")


def _kind_of_zip(data: bytes, suffix: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = {name.lower().replace("\\", "/").lstrip("/") for name in package.namelist()}
            kind = package.read("mimetype") if "mimetype" in names else b""
    except (*BROKEN, KeyError):
        return "text" if suffix in _TEXT_SUFFIXES else "damaged"
    if b"opendocument" in kind:
        return "odt" if b"opendocument.text" in kind else "ods"
    if known := _first(lambda kind: any(name.startswith(kind.parts) for name in names)):
        return known
    bare = "word" if suffix in PAPERS else "xlsx"  # whose parts may have any names
    return bare if "[content_types].xml" in names else "zip"
