"""The parts of a Word document's file (.docx), read for their words: XML that is damaged as far as it goes,
Strict Open XML as the other kind.

Only the main part has to be there. Every other one may be missing or damaged: then `Package.passed_over`
names it, and the words are read without it.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from html.entities import html5
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from pipeline.model.errors import PipelineError

_MAIN = "word/document.xml"
_LARGEST = 1 << 28  # bytes of a part; a document of 1,000 pages has a fiftieth
# What a zip file's part may raise: a wrong checksum, a stream cut off, a way to pack that nobody knows.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError, KeyError,
)  # fmt: skip
_STRICT = b"http://purl.oclc.org/ooxml/"
_OPEN_XML = b"http://schemas.openxmlformats.org/"
# ISO/IEC 29500-1 and -4, annex A: the namespaces of both kinds.
_TRANSITIONAL = {
    b"wordprocessingml/main": b"wordprocessingml/2006/main",
    b"officeDocument/": b"officeDocument/2006/",
    b"drawingml/": b"drawingml/2006/",
}
_NO_XML = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&(?!amp;|lt;|gt;|quot;|apos;|#)(?:([A-Za-z][A-Za-z0-9]*);)?"
)
_IS_PROTECTED = 1  # the flag of a zip file's part


class Link(Struct, frozen=True):
    """Where a part's relationship leads: to a part of the file by its name, or outside."""

    kind: str
    target: str
    outside: bool


@dataclass(frozen=True, slots=True)
class WordPackage:
    """The file of a document. `passed_over` are the parts that could not be read, each reported."""

    file: zipfile.ZipFile
    names: dict[str, str]  # of the parts in small letters, each with its own
    passed_over: list[str] = field(default_factory=list)

    def read(self, name: str) -> bytes | None:
        """A part's bytes, or None where it is missing or damaged."""
        try:
            info = self.file.getinfo(self.names[name.lower()])
            return self.file.read(info) if info.file_size <= _LARGEST else None
        except _UNREADABLE:
            return None

    def root(self, name: str) -> Any:
        """The root of a part's XML, or None; what is missing or damaged is noted in `passed_over`."""
        data = self.read(name)
        if data is None:
            self.passed_over.append(f"{name} (missing or damaged)")
            return None
        root, is_whole = _parsed(data)
        if root is None:
            self.passed_over.append(f"{name} (damaged)")
        elif not is_whole:
            self.passed_over.append(f"{name} (damaged, and read as far as it goes)")
        return root

    def links(self, name: str) -> dict[str, Link]:
        """A part's relationships by their name."""
        folder, own = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{own}.rels")
        root = self.root(path) if path.lower() in self.names else None
        made = {}
        for one in () if root is None else root.iter("{*}Relationship"):
            target = one.get("Target", "")
            outside = one.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).strip("/")
            kind = one.get("Type", "").rpartition("/")[2]
            made[one.get("Id", "")] = Link(kind, target, outside)
        return made


def opened(data: bytes, name: str) -> WordPackage:
    """The file of a document. Raises `PipelineError` where it is none, or has a password."""
    try:
        file = zipfile.ZipFile(BytesIO(data))
    except _UNREADABLE:
        raise damaged(name, "it ends too early, or is no Word document") from None
    if any(info.flag_bits & _IS_PROTECTED for info in file.infolist()):
        raise PipelineError(
            f"{name} is protected by a password.",
            "Save a copy without the password, and give that.",
        )
    return WordPackage(
        file, {one.lower().replace("\\", "/").lstrip("/"): one for one in file.namelist()}
    )


def main_part(package: WordPackage) -> str:
    """The name of the part that holds the words."""
    links = package.links("").values()
    named = [one.target for one in links if one.kind == "officeDocument" and not one.outside]
    return named[0] if named and named[0].lower() in package.names else _MAIN


def damaged(name: str, why: str) -> PipelineError:
    """That a document is damaged."""
    return PipelineError(
        f"{name} is damaged: {why}.",
        "Ask for it again, or open it in Word, which may repair it, and save it.",
    )


def _parsed(data: bytes) -> tuple[Any, bool]:
    """The root of some XML, or None where there is none; and whether all of it is sound."""
    root, is_whole = _tree(data)
    if root is not None and str(root.tag).startswith("{" + _STRICT.decode()):
        root, _ = _tree(_as_transitional(etree.tostring(root)))
    return root, is_whole


def _tree(data: bytes) -> tuple[Any, bool]:
    """The same, in the namespaces that it has."""
    try:
        return etree.fromstring(data, _parser(recover=False)), True
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        return etree.fromstring(_NO_XML.sub(_in_xml, data), _parser(recover=True)), False
    except (etree.XMLSyntaxError, ValueError):
        return None, False


def _parser(*, recover: bool) -> etree.XMLParser:
    """A parser that fetches nothing and resolves nothing; one that recovers goes on behind a fault."""
    return etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False
    )


def _in_xml(found: re.Match[bytes]) -> bytes:
    """What XML does not take, as it takes it: a bare `&`, a web page's name for a letter."""
    name = (found[1] or b"").decode()
    return (
        b"&amp;"
        if found[0] == b"&"
        else html5.get(f"{name};", "").encode("ascii", "xmlcharrefreplace")
    )


def _as_transitional(data: bytes) -> bytes:
    """Strict Open XML with the namespaces of the other kind."""
    for strict, usual in _TRANSITIONAL.items():
        data = data.replace(_STRICT + strict, _OPEN_XML + usual)
    return data
