"""An Office file as its parts (ECMA-376-2, OpenDocument 1.3): a part that holds no words never stops those that do.

What could not be read of such a part is kept in `passed_over`, to be reported once. Elements and attributes go by
their names in any namespace, by which alone Strict Open XML differs.
"""

from __future__ import annotations

import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from html.entities import html5
from io import BytesIO
from typing import Any, TypeAlias
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from pipeline.ingest import limits
from pipeline.ingest.refusals import refused
from pipeline.model.errors import PipelineError

Element: TypeAlias = Any  # lxml's own type is private

# What zipfile lets through from damaged files: what it cannot seek to (OSError, ValueError, OverflowError) or does not
# know (RuntimeError), and what its decompressors raise.
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip
_NO_XML = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,8}));"
    rb"|&(?!amp;|lt;|gt;|quot;|apos;|#)(?:([A-Za-z][A-Za-z0-9]*);)?"
)
# Nothing is fetched, and nothing put in.
_SAFELY: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "huge_tree": True, "remove_comments": True, "remove_pis": True,
}  # fmt: skip
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What declares words of its own, which no Office program does; nothing here puts them in.
_ENTITY = tuple("<!ENTITY".encode(coding) for coding in ("ascii", "utf-16-le", "utf-16-be"))
_LEAST_LARGE = 10_000_000  # bytes of a part whose ratio counts
_IS_PROTECTED = 1  # the flag of a zip file's part


class Relation(Struct, frozen=True):
    """What one part says of another: the last word of the relation's type, and where it is."""

    kind: str
    target: str
    is_outside: bool


class Package:
    """The parts of a file by their names, in any case and with any slashes."""

    lacking = ""  # what such a file does not give, in words

    def __init__(self, data: bytes, name: str) -> None:
        """Raises `PipelineError` where the file is no package, only part of one, or has a password."""
        self.name = name
        self.passed_over: list[str] = []
        try:
            self.package = zipfile.ZipFile(BytesIO(data))
        except BROKEN:
            raise refused(name, "cut", why="part of the file is missing") from None
        infos = self.package.infolist()
        self.names = {_plain(info.filename): info for info in infos}
        limits.keep(name, len(infos), limits.PARTS, "parts")
        limits.keep(name, sum(one.file_size for one in infos), limits.UNPACKED, "bytes unpacked")
        large = (one for one in infos if one.file_size > _LEAST_LARGE)
        ratio = max((one.file_size / max(1, one.compress_size) for one in large), default=0)
        limits.keep(name, ratio, limits.RATIO, "times its size unpacked")
        if any(info.flag_bits & _IS_PROTECTED for info in self.names.values()):
            raise refused(name, "locked")

    def main(self, usual: str) -> str:
        """The part that holds the words; empty where there is none."""
        listed = self.relations("").values()
        named = (one.target for one in listed if one.kind == "officeDocument")
        return next(filter(self.has, (*named, usual)), "")

    def has(self, part: str) -> bool:
        return _plain(part) in self.names

    def data(self, part: str) -> bytes:
        """A part's bytes. Raises `PipelineError` where there is none, or they are damaged."""
        if not self.has(part):
            raise self.damaged(f"its part {part} is missing")
        info = self.names[_plain(part)]
        limits.keep(self.name, info.file_size, limits.PART, f"bytes in its part {part}")
        try:
            data = self.package.read(info)
        except BROKEN:
            raise self.damaged(f"its part {part} is broken") from None
        if any(one in data for one in _ENTITY):
            raise self.damaged(f"its part {part} has words that an ENTITY stands for")
        return data

    def damaged(self, why: str) -> PipelineError:
        return refused(self.name, "broken", why=why)

    def side(self, part: str, *, is_named: bool = False) -> Element | None:
        """The root of a part, of a damaged one as far as it goes; None where it is missing or broken. What is
        broken is kept, and what is missing where `is_named` says that the file names it.
        """
        if not (is_named or self.has(part)):
            return None
        try:
            data = self.data(part)
        except PipelineError:
            data = b""
        limits.keep(self.name, data.count(b"<"), limits.TAGS, f"tags in its part {part}")
        root, is_whole = _parsed(data)
        if not is_whole:
            how = " (damaged, and read as far as it goes)" if root is not None else ""
            self.pass_over(f"{part}{how}")
        return root

    def pass_over(self, what: str) -> None:
        """Keep what could not be read, once."""
        if what not in self.passed_over:
            self.passed_over.append(what)

    def elements(self, part: str, *tags: str) -> Iterator[Element]:
        """The elements of a part with words that have one of some names, as they end, in any namespace.

        Raises `PipelineError` where the part is damaged.
        """
        data = self.data(part)
        wanted = [f"{{*}}{tag}" for tag in tags]
        try:
            for _, element in etree.iterparse(BytesIO(_clean(data)), tag=wanted, **_SAFELY):
                yield element
        except etree.XMLSyntaxError:
            raise self.damaged(f"its part {part} cannot be read") from None

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part says of others, by the names that it has for them."""
        folder, file = posixpath.split(part)
        root = self.side(f"{folder}/_rels/{file}.rels".lstrip("/"))
        made = {}
        for one in root.iter("{*}Relationship") if root is not None else ():
            kind = (one.get("Type") or "").rsplit("/", 1)[-1]
            outside = one.get("TargetMode") == "External"
            target = one.get("Target") or ""
            place = target if outside else posixpath.normpath(posixpath.join("/", folder, target))
            made[one.get("Id") or ""] = Relation(kind, place, outside)
        return made


def _parsed(data: bytes) -> tuple[Element | None, bool]:
    """The root of some XML, or None where there is none; and whether all of it is sound."""
    for given, recover in ((data, False), (_clean(data), True)):
        try:  # a parser that recovers goes on behind a fault
            parser = etree.XMLParser(recover=recover, load_dtd=False, **_SAFELY)
            return etree.fromstring(given, parser), not recover
        except (etree.XMLSyntaxError, ValueError):
            continue
    return None, False


def _clean(data: bytes) -> bytes:
    """XML without the characters that it may not hold; a bare `&` and a web page's names for letters as it takes
    them.
    """
    return data if data.startswith(_UTF_16) else _NO_XML.sub(_in_xml, data)


def _in_xml(found: re.Match[bytes]) -> bytes:
    """What XML does not take, as it takes it; a character that it may not hold is nothing."""
    if found[1] or found[2]:
        code = int(found[1], 16) if found[1] else int(found[2])
        is_text = code in (0x9, 0xA, 0xD) or 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF  # noqa: PLR2004
        return found[0] if is_text and code not in (0xFFFE, 0xFFFF) else b""
    if found[3]:
        return html5.get(f"{found[3].decode()};", "").encode("ascii", "xmlcharrefreplace")
    return b"&amp;" if found[0] == b"&" else b""


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


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its name in any namespace; empty without one, or without an element."""
    if element is None:
        return ""
    found = element.get(name)
    if found is not None:
        return str(found)
    return next((str(v) for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def child(element: Element | None, *names: str) -> Element | None:
    """The first element down a path of names, each in any namespace."""
    for name in names:
        if element is None:
            return None
        element = next(element.iterchildren(f"{{*}}{name}"), None)
    return element


def children(element: Element | None, *names: str) -> list[Element]:
    """What is in the first element down a path of names; nothing where there is none."""
    found = child(element, *names)
    return list(found) if found is not None else []


def every(element: Element | None, name: str) -> list[Element]:
    """The elements of a name in another; nothing where that is None."""
    return [] if element is None else list(element.iterchildren(f"{{*}}{name}"))


def value(element: Element | None, *names: str, usual: str = "") -> str:
    """The `val` of the first element down a path, or the usual."""
    return attribute(child(element, *names), "val") or usual


def inherited(
    styles: Mapping[str, Element], name: str, parent: Callable[[Element], str]
) -> Iterator[Element]:
    """A style, and those that it goes back to: its `parent` is the name of the next."""
    seen = set[str]()
    while name in styles and name not in seen:
        seen.add(name)
        yield styles[name]
        name = parent(styles[name])


def with_place(target: str, place: str | None) -> str:
    """An address with the place in it that Office keeps apart: what stands after the `#`."""
    return f"{target}#{place}" if place and "#" not in target else target


def is_on(element: Element | None, name: str = "val", usual: str = "1") -> bool:
    """Whether a switch is there and not switched off; `usual` is what it is where it does not say."""
    off = ("0", "false", "none", "off")
    return element is not None and (attribute(element, name) or usual) not in off
