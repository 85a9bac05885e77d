"""Files that are no workbook, or one that cannot be opened: what each is, and the way that works."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from pipeline.model.errors import PipelineError, typed

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2: old and encrypted Office files
_HEAD = 4096  # bytes in which a text says what it is
_AS_XLSX = "save it as 'Excel Workbook (.xlsx)'"
_PASSWORD = (
    "is protected by a password",
    f"Open it, {_AS_XLSX} without the password (File, Info, Protect Workbook).",
)
_LABEL = (
    "is encrypted by a sensitivity label or a rights policy, and has no password",
    f"Ask its owner to take the label's protection off (Home, Sensitivity), and {_AS_XLSX}.",
)
_STREAMS = {  # of the old Office files: the name of a stream, what such a file is, and what to do
    "DRMEncrypted": _LABEL,
    "DRMContent": _LABEL,
    "EncryptedPackage": _PASSWORD,
    "WordDocument": (
        "is an old Word document",
        "Open it in Word and save it as 'Word Document (.docx)'; then papers import.",
    ),
    "PowerPoint Document": ("is a PowerPoint presentation", "Give the workbook."),
    "__substg1.0": (
        "is an e-mail message of Outlook",
        "Save the workbook that is attached to it, and give that.",
    ),
}
_MEMBERS = {  # of zip files: what a part's name begins with
    "word/": (
        "is a Word document",
        "Give it the name ending .docx, and make a workbook of it with papers import.",
    ),
    "ppt/": ("is a PowerPoint presentation", "Give the workbook."),
    "Index/": (
        "is a file of Apple Numbers or Pages",
        "Open it there, choose File, Export To, Excel, and give what it makes.",
    ),
    "Index.zip": (
        "is a file of Apple Numbers or Pages",
        "Open it there, choose File, Export To, Excel, and give what it makes.",
    ),
}
_STARTS = {  # what a file begins with
    b"%PDF": ("is a PDF", "Give the workbook, or the paper as .docx or .html to papers import."),
    b"L\0\0\0\x01\x14\x02\0": (
        "is a shortcut of Windows and not the file itself",
        "Open it, and save a copy of the workbook.",
    ),
    b"[InternetShortcut]": (
        "is a link to a web page and not the file itself",
        f"Open it in a browser, and download the workbook ({_AS_XLSX}).",
    ),
    b"{\\rtf": (
        "is a document in Rich Text Format",
        "Open it in Word and save it as 'Word Document (.docx)'; then papers import.",
    ),
    b"\xff\xd8\xff": ("is a picture", "Give the workbook that it shows."),
    b"\x89PNG": ("is a picture", "Give the workbook that it shows."),
    b"\x1f\x8b": ("is compressed (gzip)", "Unpack it first."),
    b"Rar!": ("is compressed (RAR)", "Unpack it first."),
    b"7z\xbc\xaf": ("is compressed (7z)", "Unpack it first."),
}
_TEXTS = {  # what the first characters of a text have in them
    rb"urn:schemas-microsoft-com:office:spreadsheet": (
        "is saved as 'XML Spreadsheet 2003'",
        f"Open it in Excel and {_AS_XLSX}.",
    ),
    rb"urn:oasis:names:tc:opendocument": (
        "is saved as flat OpenDocument (.fods)",
        f"Open it in LibreOffice and {_AS_XLSX}.",
    ),
    rb"(?i)MIME-Version:[\s\S]*multipart/related": (
        "is saved as 'Single File Web Page (.mht)'",
        f"Open it in Excel and {_AS_XLSX}.",
    ),
    rb'^\s*\{[^{}]*"(?:doc_id|url)"[^{}]*docs\.google': (
        "is a link to Google Sheets and not the file itself",
        "Open it there and choose File, Download, Microsoft Excel.",
    ),
}
_WORKBOOK_STREAMS = ("Workbook", "Book")  # of Excel 97-2003, and of 5.0 and 95
_SIGN_IN = re.compile(rb"(?i)sign[ -]?in|log[ -]?in|type=.?password|microsoftonline")


def refusal(data: bytes, path: Path) -> PipelineError | None:
    """Why a file is no workbook that can be read, or None where it may be one."""
    found = kind_of_file(data)
    if found is None:
        return None
    what, remedy = found
    if "papers import." in remedy and path.suffix.lower() == ".docx":
        remedy = (
            f"Make a workbook of it: papers import {typed(path)} {typed(path.with_suffix('.xlsx'))}"
        )
    return PipelineError(f"{path.name} {what}.", remedy)


def kind_of_file(data: bytes) -> tuple[str, str] | None:
    """What a file is that is no workbook, and the way that works."""
    if data.startswith(OLE_MAGIC):
        if any(entry(name) in data for name in _WORKBOOK_STREAMS):
            return None  # though another document may be embedded in it
        known = (found for name, found in _STREAMS.items() if name.encode("utf-16-le") in data)
        return next(known, None)
    if data.startswith(b"PK\x03\x04"):
        return _of_members(data)
    for start, found in _STARTS.items():
        if data.startswith(start):
            return found
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n\t")
    for pattern, found in _TEXTS.items():
        if re.search(pattern, head):
            return found
    if (
        head.startswith(b"<")
        and re.match(rb"(?i)<(?:!doctype html|html|\?xml[^>]*>\s*<html)", head)
        and b"<table" not in data.lower()
    ):
        if _SIGN_IN.search(data):
            return (
                "is the page on which one signs in, and not the file itself",
                "Sign in with a browser, download the workbook, and give that.",
            )
        return "is a web page without a table", "Download the workbook itself, and give that."
    return None


def entry(stream: str) -> bytes:
    """How the directory of an old Office file names a stream ([MS-CFB] 2.6.1)."""
    return stream.encode("utf-16-le").ljust(64, b"\0")


def _of_members(data: bytes) -> tuple[str, str] | None:
    """What a zip file is that holds no workbook."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        return None  # the reader says what is wrong
    if any(name.lower().lstrip("/").startswith("xl/") or name == "mimetype" for name in names):
        return None
    for start, found in _MEMBERS.items():
        if any(name.startswith(start) for name in names):
            return found
    if "[Content_Types].xml" not in names:
        return "is a zip folder", "Open it, and give the workbook that is in it."
    return None
