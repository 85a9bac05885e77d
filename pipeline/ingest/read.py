"""A file becomes a workbook: read once, whole, by the reader for what is in it, which its name alone does not tell."""

from __future__ import annotations

import hashlib
import re
import stat
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from pkgutil import resolve_name

from msgspec.structs import asdict

from pipeline.ingest import limits
from pipeline.ingest.package import BROKEN
from pipeline.ingest.refusals import KINDS, FileKind, refused
from pipeline.ingest.workbook import Read, Workbook
from pipeline.model.errors import in_words, typed

_LEAST_TRIES = 3  # of reading a file that is being saved meanwhile
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


def workbook_at(path: Path) -> Workbook:
    """The workbook at `path`. Raises `PipelineError` with a remedy where it cannot be read."""

    data = file_bytes(path)
    if path.suffix.lower() in PAPERS:
        book = path.with_suffix(".xlsx")
        raise refused(path.name, "paper", given=typed(path), made=typed(book))
    made = made_of(data, path)
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
