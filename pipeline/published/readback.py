"""Made papers read back: the records that each carries."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from pathlib import Path

from lxml import etree

from pipeline.ingest import limits
from pipeline.ingest.letters import decoded
from pipeline.ingest.package import BROKEN, Package
from pipeline.ingest.read import file_bytes
from pipeline.model.errors import PipelineError
from pipeline.published.records import RECORDS_NAME, RECORDS_SPACE, Records, from_json, from_outside

_DOCX_PARTS = "customxml/item"  # Word numbers them anew, and puts others beside them
_DOCX_ROOT = f"{{{RECORDS_SPACE}}}records"
_IN_SCRIPT = re.compile(r"(?<!\\)((?:\\\\)*)\\u003c")  # how a page's script holds a <


class NoRecordsError(PipelineError):
    """A file carries no records, or none that can be read."""


def records(path: Path) -> Records:
    """The records that a paper carries. Raises `PipelineError` where it carries none."""
    return from_json(records_json(path))


def records_json(path: Path) -> str:
    """The records that a paper carries as JSON, just as they were put in."""
    if path.is_dir():
        raise PipelineError(f"{path} is a folder.", "Give one of the papers in it by name.")
    data = file_bytes(path)
    try:
        found = _carried(path, data)
    except (LookupError, StopIteration, etree.LxmlError, TypeError, *BROKEN):
        # `pikepdf.PdfError` is made a ValueError below.
        raise NoRecordsError(
            f"{path} carries no records, so it is not one of ours, or it was saved again by another "
            "program, which loses them.",
            "Put the original back.",
        ) from None
    try:
        from_outside(found)
    except ValueError as fault:  # `msgspec` raises those
        raise NoRecordsError(
            f"{path} carries records that cannot be read: {fault}.", "Put the original back."
        ) from None
    return found


def _carried(path: Path, data: bytes) -> str:
    """What stands where a file of its kind carries records. Raises various errors where nothing does."""
    match path.suffix.lower():
        case ".json":
            return data.decode("utf-8").replace("\r\n", "\n").removesuffix("\n")
        case ".docx":
            package = Package(data, path.name)
            sides = (package.side(name) for name in package.names if name.startswith(_DOCX_PARTS))
            ours = next(one for one in sides if one is not None and one.tag == _DOCX_ROOT)
            return str(ours.text or "")
        case ".html":
            from pipeline.ingest import web  # slow to load

            page = web.tree(decoded(data).text)
            said = next(str(s.text) for s in page.iter("script") if s.get("id") == "records")
            return _IN_SCRIPT.sub(r"\1<", said)
        case ".pdf":
            return _in_pdf(path, data)
    raise LookupError


def _in_pdf(path: Path, data: bytes) -> str:
    """The records attached to a PDF. Raises `LookupError` or `ValueError` where there are none."""
    import pikepdf  # slow to load

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            limits.keep(path.name, len(pdf.attachments), limits.ATTACHMENTS, "attachments")
            stream = pdf.attachments[RECORDS_NAME].get_file().obj
            if stream is None:
                raise LookupError
            if stream.get("/Filter") != "/FlateDecode":
                return bytes(stream.read_bytes()).decode()
            unpacked = zlib.decompressobj().decompress(stream.read_raw_bytes(), limits.RECORDS + 1)
            limits.keep(path.name, len(unpacked), limits.RECORDS, "bytes of records")
            return unpacked.decode()
    except pikepdf.PasswordError:
        raise PipelineError(
            f"{path} is protected by a password.", "Give a copy without it, as it was published."
        ) from None
    except pikepdf.PdfError as fault:
        raise ValueError(str(fault)) from None
