"""How the words of a Word document look, by their own marks and by its styles: in which type, and on what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from pipeline.ingest.faces import known_colour
from pipeline.ingest.figures import whole_number
from pipeline.ingest.word_numbering import every, found, said, value

_PLAIN_SHADES = ("clear", "nil", "")  # shadings that let the fill alone be seen


class Styles:
    """The styles of a document, the marks that all its words have (`first`), and the colour of its page, which is empty
    where it is not known.
    """

    def __init__(self, part: Any, page: str) -> None:
        """`part` is the root of the part with the styles, or None where there is none."""
        styles = every(part, "style")
        self.by_name = {said(one, "styleId"): one for one in styles}
        usual = [one for one in styles if said(one, "type") == "paragraph" and said(one, "default")]
        self.usual = said(usual[0], "styleId") if usual else ""
        self.first = found(part, "docDefaults", "rPrDefault", "rPr")
        self.page = page
        self.known: dict[str, list[Any]] = {}

    def of(self, paragraph: Any) -> str:
        """The name of a paragraph's style."""
        return value(paragraph, "pPr", "pStyle", usual=self.usual)

    def chain(self, name: str) -> Iterator[Any]:
        """A style, and those that it goes back to."""
        seen = set[str]()
        while name in self.by_name and name not in seen:
            seen.add(name)
            yield self.by_name[name]
            name = value(self.by_name[name], "basedOn")

    def marks(self, name: str) -> list[Any]:
        """How a style's words look, its own marks first."""
        if name not in self.known:
            marks = (found(one, "rPr") for one in self.chain(name))
            self.known[name] = [one for one in marks if one is not None]
        return self.known[name]

    def type(self, run: Any, looks: list[Any]) -> tuple[str, str, float]:
        """The colour of a run's type, of what is behind it, and its size in points; empty or 0 where not known."""
        shade = known_colour(said(first("color", looks), "val"))
        size = whole_number(said(first("sz", looks), "val"), 0) / 2
        return shade, self.ground(run, looks) if shade else "", size

    def ground(self, run: Any, looks: list[Any]) -> str:
        """The colour behind a run: of what shades it, its paragraph, its cell or its table; else the page's."""
        above = [one for name in ("p", "tc", "tbl") for one in run.iterancestors(qn(f"w:{name}"))]
        marks = [*looks, *(one.find(f"{one.tag}Pr") for one in above)]
        if first("highlight", looks) is not None:
            return ""
        for shade in (found(one, "shd") for one in marks):
            if said(shade, "val") not in _PLAIN_SHADES:
                return ""
            if said(shade, "fill") not in ("", "auto"):
                return known_colour(said(shade, "fill"))
        named = (value(one, name) for one in marks for name in ("pStyle", "tblStyle"))
        styles = (style for name in named for style in self.chain(name))
        is_shaded = any(next(one.iter(qn("w:shd")), None) is not None for one in styles)
        return "" if is_shaded else self.page


def font(looks: list[Any]) -> str:
    """The name of the type that the first of some marks that says so has for Latin letters."""
    for fonts in (found(marks, "rFonts") for marks in looks):
        if said(fonts, "asciiTheme") or said(fonts, "ascii"):
            return "" if said(fonts, "asciiTheme") else said(fonts, "ascii")
    return ""


def first(name: str, looks: list[Any]) -> Any:
    """The first element of a name in some marks; None where there is none."""
    return next((one for marks in looks if (one := found(marks, name)) is not None), None)
