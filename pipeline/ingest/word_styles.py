"""How the words of a Word document look, by their own marks and by its styles: in which type, and on what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.ingest.faces import Face, known_colour
from pipeline.ingest.figures import whole_number
from pipeline.ingest.package import attribute, child, every, inherited, is_on, tag, value

_PLAIN_SHADES = ("clear", "nil", "")  # shadings that let the fill alone be seen


class WordStyles:
    """The styles of a document, the marks that all its words have (`first`), and the colour of its page, which is empty
    where it is not known.
    """

    def __init__(self, part: Any, page: str) -> None:
        """`part` is the root of the part with the styles, or None where there is none."""
        styles = every(part, "style")
        self.by_name = {attribute(one, "styleId"): one for one in styles}
        usual = [
            one
            for one in styles
            if attribute(one, "type") == "paragraph" and attribute(one, "default")
        ]
        self.usual = attribute(usual[0], "styleId") if usual else ""
        self.first = child(part, "docDefaults", "rPrDefault", "rPr")
        self.page = page
        self.known: dict[str, list[Any]] = {}

    def of(self, paragraph: Any) -> str:
        """The name of a paragraph's style."""
        return value(paragraph, "pPr", "pStyle", usual=self.usual)

    def chain(self, name: str) -> Iterator[Any]:
        """A style, and those that it goes back to."""
        return inherited(self.by_name, name, lambda style: value(style, "basedOn"))

    def marks(self, name: str) -> list[Any]:
        """How a style's words look, its own marks first."""
        if name not in self.known:
            marks = (child(one, "rPr") for one in self.chain(name))
            self.known[name] = [one for one in marks if one is not None]
        return self.known[name]

    def ground(self, run: Any, looks: list[Any]) -> str:
        """The colour behind a run: of what shades it, its paragraph, its cell or its table; else the page's."""
        above = [one for name in ("p", "tc", "tbl") for one in run.iterancestors(f"{{*}}{name}")]
        marks = [*looks, *(child(one, f"{tag(one)}Pr") for one in above)]
        if first("highlight", looks) is not None:
            return ""
        for shade in (child(one, "shd") for one in marks):
            if attribute(shade, "val") not in _PLAIN_SHADES:
                return ""
            if attribute(shade, "fill") not in ("", "auto"):
                return known_colour(attribute(shade, "fill"))
        named = (value(one, name) for one in marks for name in ("pStyle", "tblStyle"))
        styles = (style for name in named for style in self.chain(name))
        is_shaded = any(next(one.iter("{*}shd"), None) is not None for one in styles)
        return "" if is_shaded else self.page


def face(own: list[Any], looks: list[Any]) -> Face:
    """The type of a run by all the marks that it has; bold and italic only by its own."""
    fonts = (child(marks, "rFonts") for marks in looks)
    named = (one for one in fonts if attribute(one, "asciiTheme") or attribute(one, "ascii"))
    latin = next(named, None)
    return Face(
        is_on(first("b", own)),
        is_on(first("i", own)),
        is_on(first("strike", looks)) or is_on(first("dstrike", looks)),
        "" if attribute(latin, "asciiTheme") else attribute(latin, "ascii"),
        known_colour(attribute(first("color", looks), "val")),
        attribute(first("vertAlign", looks), "val"),
        whole_number(attribute(first("sz", looks), "val")) / 2,
    )


def first(name: str, looks: list[Any]) -> Any:
    """The first element of a name in some marks; None where there is none."""
    return next((one for marks in looks if (one := child(marks, name)) is not None), None)
