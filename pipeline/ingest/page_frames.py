"""How the words of a web page look and why they are not live: by the elements that they are in, and their styles."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from pipeline.ingest import lines, page_styles
from pipeline.ingest.faces import WHITE, why_unseen
from pipeline.model.document import Run
from pipeline.model.text import live_link

# What changes how words are: elements, and attributes of any.
_OF_LOOKS = frozenset({
    "a", "b", "strong", "i", "em", "del", "s", "strike", "font", "pre", "textarea", "dialog", "sup", "sub", "noscript",
})  # fmt: skip
_GROUNDS = ("background", "bgcolor")  # attributes, a picture and a colour
_SAYING = frozenset({"style", "hidden", *_GROUNDS})
_HIDDEN = "is hidden"


class Frame(Struct, frozen=True):
    """How the words of an element are: their looks, why they are not live, and in which type they are set, of which
    size in points and colour on which ground; a colour is empty where it is not known.
    """

    looks: Run = Run("")
    kept_out: str = ""
    is_invisible: bool = False
    typeface: str = ""
    as_typed: bool = False
    place: str = ""
    size: float = 12.0
    colour: str = ""
    ground: str = WHITE

    @property
    def why(self) -> str:
        """Why words are not live, or nothing."""
        return (
            self.kept_out
            or (_HIDDEN if self.is_invisible else "")
            or why_unseen(self.colour, self.ground, self.size)
        )

    def inner(self, element: Any) -> Frame:
        """How the words of an element in these are."""
        tag = element.tag
        if tag not in _OF_LOOKS and _SAYING.isdisjoint(element.attrib):
            return self
        styles = page_styles.declared(element.get("style", ""))
        visibility = styles.get("visibility")
        looks = self.looks
        colour = styles.get("color") or (element.get("color") if tag == "font" else "")
        behind = page_styles.ground(
            (*map(styles.get, page_styles.BACKGROUNDS), *map(element.get, _GROUNDS))
        )
        ground = self.ground if behind is None else behind
        shown = page_styles.css_colour(colour) if colour else None
        around = (
            "" if tag == "a" and "href" in element.attrib else self.colour
        )  # a link has its own
        family = styles.get("font-family") or (element.get("face") if tag == "font" else "")
        return Frame(
            Run(
                "",
                looks.bold or tag in ("b", "strong"),
                looks.italic or tag in ("i", "em"),
                (live_link(element.get("href", "").strip()) if tag == "a" else None) or looks.link,
            ),
            self.kept_out or _why_kept_out(element),
            self.is_invisible if visibility is None else visibility in ("hidden", "collapse"),
            family.partition(",")[0].strip(" '\"") if family else self.typeface,
            self.as_typed or tag in ("pre", "textarea"),
            tag if tag in ("sup", "sub") else self.place,
            page_styles.type_size(styles, self.size),
            around if not colour else ground if shown is None else shown,
            ground,
        )


def takes_no_place(cell: Any) -> bool:
    """Whether a cell is hidden and stands in no column either; one that is only not seen keeps its own."""
    styles = page_styles.declared(cell.get("style", ""))
    is_out = styles.get("display") == "none" or styles.get("position") in page_styles.OUT
    return (is_out or cell.get("hidden") is not None) and _why_kept_out(cell) == _HIDDEN


def _why_kept_out(element: Any) -> str:
    """Why an element's words are not live, or nothing."""
    if element.tag == "noscript":
        return "is shown without scripts alone"
    style = element.get("style", "")
    is_shut = element.tag == "dialog" and element.get("open") is None
    if element.get("hidden") is not None or is_shut or page_styles.is_hidden(style, element.tag):
        return _HIDDEN
    is_struck = element.tag in ("del", "s", "strike") or page_styles.is_struck(style)
    return lines.STRUCK if is_struck else ""
