"""What a file is, by what is in it and not by its name; the reader of each kind; and the way that works for a kind
that none reads.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from itertools import chain
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from pipeline.ingest.package import BROKEN
from pipeline.model.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.ingest.workbook import Read

_TEXT_SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", *_TEXT_SUFFIXES)
PAPERS = (".docx", ".html", ".htm", ".pdf")  # what `papers import` takes
_AS_WORD = "save it as a Word document (.docx)"
OPEN_IN_WORD = f"Open it in Word and {_AS_WORD}."
_AS_XLSX = "save it as 'Excel Workbook (.xlsx)'"
_OPEN_IN_EXCEL = f"Open it in Excel and {_AS_XLSX}."
_NAMED = "Give it with that name."
_EXPORT = "Open it there, export it to Excel or Word, and give what it makes."


READERS = {  # module and function, loaded when such a file comes
    "xlsx": "excel:read_excel", "xlsb": "excel_binary:read_excel_binary", "xls": "excel_97:read_excel_97",
    "ods": "opendocument:read_opendocument", "text": "delimited:read_delimited", "word": "word:read_word",
    "page": "web:read_web",
}  # fmt: skip
# What a file of each kind is, and what to do where another kind is wanted or none reads it.
KINDS = {
    "xlsx": ("is an Excel workbook (.xlsx)", _NAMED),
    "xlsb": ("is an Excel workbook (.xlsb)", _NAMED),
    "xls": ("is an Excel 97-2003 workbook (.xls)", _NAMED),
    "ods": ("is an OpenDocument workbook (.ods)", _NAMED),
    "text": ("is a text", "Give it the name ending .txt."),
    "word": ("is a Word document", "Give it the name ending .docx, and make a workbook of it with papers import."),
    "page": ("is a web page", "Give it the name ending .html."),
    "pdf": ("is a PDF", "Give the workbook, or the paper as .docx or .html to papers import."),
    "protected": (
        "is protected by a password", "Save a copy without the password (File, Info, Protect), and give that.",
    ),
    "label": (
        "is encrypted by a sensitivity label or a rights policy, and has no password",
        "Ask its owner for a copy with a label that does not encrypt it (Home, Sensitivity).",
    ),
    "doc": ("is a Word 97-2003 document (.doc)", OPEN_IN_WORD),
    "message": ("is an e-mail message of Outlook", "Save what is attached to it, and give that."),
    "old office": ("is an old Office file", OPEN_IN_WORD),
    "slides": ("is a PowerPoint presentation", f"Give the workbook, or copy its table and {_AS_WORD}."),
    "apple": ("is a file of Apple Numbers or Pages", _EXPORT),
    "odt": ("is an OpenDocument text (.odt)", f"Open it in Word or LibreOffice and {_AS_WORD}."),
    "zip": ("is a zip folder", "Open it, and give what is in it."),
    "damaged": (
        "is damaged: part of the file is missing",
        f"Ask for it again, or open it where it was made, which may repair it, and {_AS_WORD} or workbook (.xlsx).",
    ),
    "shortcut": ("is a shortcut of Windows and not the file itself", "Open it, and save a copy."),
    "link": (
        "is a link to a web page and not the file itself",
        f"Open it in a browser, and download the file ({_AS_XLSX}).",
    ),
    "rtf": ("is a Rich Text document (.rtf)", OPEN_IN_WORD),
    "picture": ("is a picture", f"Give the workbook that it shows, or type its table in Word and {_AS_WORD}."),
    "packed": ("is compressed", "Unpack it first."),
    "xml 2003": ("is saved as 'XML Spreadsheet 2003'", _OPEN_IN_EXCEL),
    "fods": ("is saved as flat OpenDocument (.fods)", f"Open it in LibreOffice and {_AS_XLSX}."),
    "mht": ("is a web page in one file (.mht)", f"Open it in Excel and {_AS_XLSX}, or in Word and {_AS_WORD}."),
    "word xml": ("is a Word XML document (.xml)", OPEN_IN_WORD),
    "google": (
        "is a link to Google Sheets and not the file itself",
        "Open it there and choose File, Download, Microsoft Excel.",
    ),
    "sign-in": (
        "is the page on which one signs in, and not the file itself",
        "Sign in with a browser, download the file, and give that.",
    ),
    "no table": ("is a web page without a table", "Download the workbook itself, and give that."),
    "other": (
        "is no workbook and no paper that can be read",
        f"Open it where it was made, and {_AS_WORD}, or as 'Excel Workbook (.xlsx)'.",
    ),
}  # fmt: skip
WORKBOOK_KINDS = frozenset({"xlsx", "xlsb", "xls", "ods", "text", "page"})
PAPER_KINDS = frozenset({"word", "page"})
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2: old and encrypted Office files
_ZIP_MAGIC = b"PK\x03\x04"
_STARTS = {
    b"%PDF": "pdf", b"L\0\0\0\x01\x14\x02\0": "shortcut", b"[InternetShortcut]": "link", b"{\\rtf": "rtf",
    b"\xff\xd8\xff": "picture", b"\x89PNG": "picture", b"GIF8": "picture", b"II*\0": "picture",
    b"MM\0*": "picture", b"\x1f\x8b": "packed", b"Rar!": "packed", b"7z\xbc\xaf": "packed",
}  # fmt: skip
# Streams of old Office files: [MS-OFFCRYPTO] 2.2.4 and 2.3.4.4, [MS-DOC] 2.1.
_STREAMS = {
    "DRMEncrypted": "label", "DRMContent": "label", "EncryptedPackage": "protected", "WordDocument": "doc",
    "PowerPoint Document": "slides", "__substg1.0": "message",
}  # fmt: skip
_WORKBOOK_STREAMS = ("Workbook", "Book")  # of Excel 97-2003, and of 5.0 and 95: [MS-XLS] 2.1.2
_MEMBERS = {
    "xl/workbook.bin": "xlsb",
    "xl/": "xlsx",
    "word/": "word",
    "ppt/": "slides",
    "index": "apple",
}
_TEXTS = {  # what the first characters of a text have in them
    rb"urn:schemas-microsoft-com:office:spreadsheet": "xml 2003",
    rb"urn:oasis:names:tc:opendocument": "fods",
    rb"(?im)^MIME-Version:[\s\S]*multipart/related|^Content-Type: multipart/related|^From: <Saved by": "mht",
    rb"<\?[\s\S]*Word\.Document": "word xml",
    rb'^\s*\{[^{}]*"(?:doc_id|url)"[^{}]*docs\.google': "google",
}  # fmt: skip
_HEAD = 4096  # bytes in which a text says what it is
_SIGN_IN = re.compile(rb"(?i)sign[ -]?in|log[ -]?in|type=.?password|microsoftonline")
_WHOLE_PAGE = re.compile(rb"(?i)<(?:!doctype html|html|\?xml[^>]*>\s*<html)")
_PAGE = re.compile(rb"(?i)<(!doctype html|html|head|body|table|div|p|h1|style|meta|title)\b")


def made_of(data: bytes, path: Path, wanted: frozenset[str] = WORKBOOK_KINDS) -> Read:
    """What the reader of a file's kind makes of it. Raises `PipelineError` where it is of no wanted kind."""
    name = kind_of(data, path.suffix.lower())
    if name not in wanted:
        what, way = KINDS[name]
        raise PipelineError(f"{path.name} {what}.", way)
    try:
        made: Read = resolve_name(f"pipeline.ingest.{READERS[name]}")(data, path.name)
    except RecursionError:
        raise PipelineError(
            f"{path.name} has elements in elements deeper than can be read.",
            "Copy its table into a new document or workbook, and give that.",
        ) from None
    return made


def kind_of(data: bytes, suffix: str) -> str:
    """What a file is: a key of `KINDS`. Its name counts only where what is in it could be several."""
    if data.startswith(OLE_MAGIC):
        return _kind_of_old(data)
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n\t")
    starts = (kind for start, kind in _STARTS.items() if head.startswith(start))
    texts = (kind for pattern, kind in _TEXTS.items() if re.search(pattern, head))
    if data.startswith(_ZIP_MAGIC):
        return _kind_of_zip(data, suffix)
    if known := next(chain(starts, texts), ""):
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
    known = (kind for name, kind in _STREAMS.items() if name.encode("utf-16-le") in data)
    return next(known, "old office")


def entry(stream: str) -> bytes:
    """How the directory of an old Office file names a stream ([MS-CFB] 2.6.1)."""
    return stream.encode("utf-16-le").ljust(64, b"\0")


def _kind_of_zip(data: bytes, suffix: str) -> str:
    """What a zip file is."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = {name.lower().replace("\\", "/").lstrip("/") for name in package.namelist()}
            kind = package.read("mimetype") if "mimetype" in names else b""
    except (*BROKEN, KeyError):
        return "text" if suffix in _TEXT_SUFFIXES else "damaged"
    if b"opendocument" in kind:
        return "odt" if b"opendocument.text" in kind else "ods"
    for start, found in _MEMBERS.items():
        if any(name.startswith(start) for name in names):
            return found
    bare = "word" if suffix in PAPERS else "xlsx"  # whose parts may have any names
    return bare if "[content_types].xml" in names else "zip"
