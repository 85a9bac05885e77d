"""An Office file as its parts (ECMA-376-2): a part that holds no words never stops those that do.

What could not be read of such a part is kept in `passed_over`, to be reported once.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeAlias
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from pipeline.model.errors import PipelineError

Element: TypeAlias = Any  # lxml's own type is private

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)
_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x([0-9A-Fa-f]+)|([0-9]+));")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LARGEST = 1 << 30  # bytes of one part: more is no tracker
AGAIN = "Open it in Excel, let it repair the file, and save it again."


class Relation(Struct, frozen=True):
    """What one part says of another: the last word of the relation's type, and where it is."""

    kind: str
    target: str
    is_outside: bool


class Package:
    """The parts of a file by their names, in any case and with any slashes."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises `PipelineError` where the file is no package, or only part of one."""
        self.name = name
        self.passed_over: list[str] = []
        try:
            self.package = zipfile.ZipFile(BytesIO(data))
        except _BROKEN:
            whole = data.startswith(b"PK")
            what = (
                "is damaged: part of the file is missing" if whole else "is not an Excel workbook"
            )
            raise PipelineError(
                f"{name} {what}.", "Ask for the workbook again, or copy it again."
            ) from None
        self.names = {_plain(info.filename): info for info in self.package.infolist()}

    def data(self, part: str) -> bytes | None:
        """A part's bytes, or None where there is none. Raises `PipelineError` where they are damaged."""
        info = self.names.get(_plain(part))
        if info is None:
            return None
        if info.file_size > _LARGEST:
            raise PipelineError(f"{self.name} is too large: its part {part}.", AGAIN)
        try:
            return self.package.read(info)
        except _BROKEN:
            raise PipelineError(
                f"{self.name} is damaged: its part {part} is broken.", AGAIN
            ) from None

    def side(self, part: str) -> Element | None:
        """The root of a part that holds no words; None where it is missing or broken, which is kept."""
        try:
            data = self.data(part)
            if data is not None:
                return etree.fromstring(data, _parser())
        except (PipelineError, etree.XMLSyntaxError):
            self.pass_over(part)
        return None

    def pass_over(self, what: str) -> None:
        """Keep what could not be read, once."""
        if what not in self.passed_over:
            self.passed_over.append(what)

    def elements(self, part: str, *tags: str) -> Iterator[Element]:
        """The elements of a part with words that have one of some names, as they end, in any namespace.

        Raises `PipelineError` where the part is damaged.
        """
        data = self.data(part)
        if data is None:
            raise PipelineError(f"{self.name} is damaged: its part {part} is missing.", AGAIN)
        wanted = [f"{{*}}{tag}" for tag in tags]
        try:
            yield from _parsed(data, wanted)
        except etree.XMLSyntaxError:
            raise PipelineError(
                f"{self.name} is damaged: its part {part} cannot be read.", AGAIN
            ) from None

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part says of others, by the names that it has for them."""
        folder, file = posixpath.split(part)
        root = self.side(f"{folder}/_rels/{file}.rels")
        made = {}
        for one in root if root is not None else ():
            kind = (one.get("Type") or "").rsplit("/", 1)[-1]
            outside = one.get("TargetMode") == "External"
            target = one.get("Target") or ""
            place = target if outside else posixpath.normpath(posixpath.join("/", folder, target))
            made[one.get("Id") or ""] = Relation(kind, place, outside)
        return made


def _parsed(data: bytes, wanted: list[str]) -> Iterator[Element]:
    """Elements as they end; characters that XML may not hold are dropped."""
    clean = data if data.startswith(_UTF_16) else _NO_XML.sub(_allowed, data)
    for _, element in etree.iterparse(
        BytesIO(clean), tag=wanted, resolve_entities=False, no_network=True, huge_tree=True,
        remove_comments=True, remove_pis=True,
    ):  # fmt: skip
        yield element


def _allowed(found: re.Match[bytes]) -> bytes:
    """A character's number in XML, or nothing where XML may not hold that character."""
    code = int(found[1], 16) if found[1] else int(found[2] or 0)
    is_text = code in (0x9, 0xA, 0xD) or 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF  # noqa: PLR2004
    return found[0] if is_text and code not in (0xFFFE, 0xFFFF) else b""


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )


def _plain(name: str) -> str:
    """A part's name as it is compared: any case, any slashes, none in front."""
    return unquote(name).replace("\\", "/").lstrip("/").casefold()


def tag(element: Element) -> str:
    """An element's name without its namespace, by which Strict and Transitional files differ."""
    return _bare(element.tag)


@lru_cache(1024)
def _bare(name: object) -> str:
    """A name without its namespace."""
    return str(name).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """An attribute by its name in any namespace; empty without one."""
    found = element.get(name)
    if found is not None:
        return str(found)
    return next((str(v) for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def child(element: Element | None, *names: str) -> Element | None:
    """The first element down a path of names."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if tag(one) == name), None)
    return element


def whole_part(text: str | None, default: int = 0) -> int:
    """A whole number as an attribute gives it, or `default` where it is none."""
    try:
        return int(text or "")
    except ValueError:
        return default


def is_on(element: Element | None, name: str = "val") -> bool:
    """Whether a switch is there and not switched off."""
    return element is not None and (element.get(name) or "1") not in ("0", "false", "off")
