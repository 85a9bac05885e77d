"""What a file that should be a paper is, by what is in it and not by its name; and what to do with one that
cannot be read.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Literal, TypeAlias

from pipeline.model.errors import PipelineError

_Kind: TypeAlias = Literal[
    "word", "page", "pdf", "protected", "label", "old word", "old excel", "old office", "workbook", "slides",
    "pages", "odt", "rtf", "mhtml", "word xml", "zip", "damaged zip", "picture", "other",
]  # fmt: skip

_AS_WORD = "save it as a Word document (.docx)"
OPEN_IN_WORD = f"Open it in Word and {_AS_WORD}."
_COPY = "Save a copy without the password (in Word: File, Info, Protect Document), and give that."
# What a file is, and what to do with it; those that are not here can be read.
_UNREAD: dict[_Kind, tuple[str, str]] = {
    "protected": ("is protected by a password", _COPY),
    "label": (
        "is encrypted by its sensitivity label",
        "Ask its author for a copy with a label that does not encrypt it.",
    ),
    "old word": ("is a Word 97-2003 document (.doc)", OPEN_IN_WORD),
    "old excel": (
        "is an Excel 97-2003 workbook (.xls)",
        "Give it with that name, or save it as a workbook (.xlsx).",
    ),
    "old office": ("is an old Office file", OPEN_IN_WORD),
    "workbook": ("is an Excel workbook (.xlsx)", "Give it with that name."),
    "slides": ("is a PowerPoint presentation", f"Copy its table into Word and {_AS_WORD}."),
    "pages": ("is a Pages document", "Open it in Pages and export it to Word (.docx)."),
    "odt": (
        "is an OpenDocument text (.odt)",
        f"Open it in Word or LibreOffice and {_AS_WORD}.",
    ),
    "rtf": ("is a Rich Text document (.rtf)", OPEN_IN_WORD),
    "mhtml": ("is a web page in one file (.mht)", OPEN_IN_WORD),
    "word xml": ("is a Word XML document (.xml)", OPEN_IN_WORD),
    "zip": ("is a zip folder", "Take the paper out of it, and give that."),
    "damaged zip": (
        "is damaged: it ends too early",
        f"Ask for it again, or open it in Word, which may repair it, and {_AS_WORD}.",
    ),
    "picture": ("is a picture", f"Type its table in Word and {_AS_WORD}."),
}
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2
# Streams of such a file, by which it is known: [MS-OFFCRYPTO] 2.2.4 and 2.3.4.4, [MS-DOC] 2.1, [MS-XLS] 2.1.2.
_STREAMS: tuple[tuple[str, _Kind], ...] = (
    ("DRMEncrypted", "label"), ("EncryptedPackage", "protected"), ("WordDocument", "old word"),
    ("Workbook", "old excel"),
)  # fmt: skip
_ODT = b"application/vnd.oasis.opendocument.text"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_BEGINNING = 4096
_PAGE = re.compile(rb"<(!doctype html|html|head|body|table|div|p|h1)\b", re.IGNORECASE)
_MHTML = re.compile(
    rb"^(MIME-Version|Content-Type: multipart/related|From: <Saved by)", re.I | re.M
)


def kind_of(data: bytes) -> _Kind:
    """What a file is."""
    start = data[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(_OLE_MAGIC):
        found = (kind for name, kind in _STREAMS if name.encode("utf-16-le") in data)
        return next(found, "old office")
    if data.startswith(b"PK"):
        return _kind_of_zip(data)
    if start.startswith(b"%PDF"):
        return "pdf"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(_PICTURES):
        return "picture"
    if _MHTML.search(start):
        return "mhtml"
    if b"Word.Document" in start and start.startswith(b"<?"):
        return "word xml"
    without_zeros = start.replace(b"\0", b"")  # of UTF-16
    return "page" if _PAGE.search(without_zeros) else "other"


def _kind_of_zip(data: bytes) -> _Kind:
    """What a zip file is."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            names = {name.lower().replace("\\", "/").lstrip("/") for name in file.namelist()}
            is_text = "mimetype" in names and file.read("mimetype").startswith(_ODT)
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, KeyError, ValueError):
        return "damaged zip"
    folders = {name.partition("/")[0] for name in names}
    if is_text:
        return "odt"
    if "index/document.iwa" in names or "index.zip" in names:
        return "pages"
    if "word" in folders or ("[content_types].xml" in names and not {"xl", "ppt"} & folders):
        return "word"
    return "workbook" if "xl" in folders else "slides" if "ppt" in folders else "zip"


def refuse_unread(kind: _Kind, name: str) -> None:
    """Raises `PipelineError`, which says what a file is and what to do, where it cannot be read."""
    if kind in _UNREAD:
        what, remedy = _UNREAD[kind]
        raise PipelineError(f"{name} {what}.", remedy)
