"""How the words of a web page look and why they are not live, by the elements that they are in and their styles. What
style sheets say is written into the `style` of each element, where all else reads it.

Sheets count as for a reader at a screen. Those outside the page are not fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct

from pipeline.ingest import lines
from pipeline.ingest.faces import WHITE, Face
from pipeline.model.text import live_link

_BACKGROUNDS = ("background", "background-color", "background-image")
_SIDES = ("left", "right", "top", "bottom")
_SIZES = ("width", "height", "max-width", "max-height")
_AWAY = (*_SIDES, "text-indent", "margin-left", "margin-top", "transform")
_WANTED = frozenset({
    "display", "visibility", "content-visibility", "opacity", "font", "font-size", "font-family", "text-decoration",
    "text-decoration-line", "position", "clip", "clip-path", "overflow", "color",
    *_BACKGROUNDS, *_AWAY, *_SIZES,
})  # fmt: skip
_CONTROLS = re.compile(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]")  # which lxml takes in no attribute
_SCREENS = re.compile(r"((only\s+)?(screen|all))?", re.IGNORECASE)
_IMPORTANT = re.compile(r"!\s*important$", re.IGNORECASE)
# Digits are bounded, or a long number would take long; a number with another unit is no length.
_LENGTH = re.compile(
    r"(-?(?:\d{1,9}(?:\.\d{0,30})?|\.\d{1,30}))(px|pt|em|rem|ex|ch|pc|cm|mm|in|vw|vh|%)?(?![\w.%])"
)
# Of a usual screen a hundredth is 9 points across and 6 down.
_POINTS = {
    "": 0.75, "px": 0.75, "pt": 1.0, "pc": 12.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "rem": 12.0, "vw": 9.0,
    "vh": 6.0,
}  # fmt: skip
_RELATIVE = {"em": 1.0, "ex": 0.5, "ch": 0.5, "%": 0.01}
_USUAL = 12.0  # points of a page's type
_WIDE = 1000.0  # points of what a share of a width is of
_OFF_SCREEN = -500.0  # points
_THINNEST = 1.0  # points
_FAINTEST = 0.05  # opacity
_CLIPPED = re.compile(
    r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|inset\((?:50%|(?:0\w{0,9}\s+){0,3}100%[^)]*)\)"
    r"|circle\(0(?:px|%)?(?:\s[^)]*)?\)"
)
# What grows with its words.
_OF_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
_OUT = ("absolute", "fixed")  # places that are out of the flow
_AS_AROUND = ("", "inherit", "unset", "smaller", "larger")
_WEIGHT = re.compile(r"[1-9]00")
_SHRUNK = re.compile(r"scale[xy]?\(\s*0[,)\s]")
# What changes how words are: elements, and attributes of any.
_OF_LOOKS = frozenset({
    "a", "b", "strong", "i", "em", "del", "s", "strike", "font", "pre", "textarea", "dialog", "sup", "sub", "noscript",
})  # fmt: skip
_GROUNDS = ("background", "bgcolor")  # attributes, a picture and a colour
_SAYING = frozenset({"style", "hidden", *_GROUNDS})
_HIDDEN = "is hidden"


@lru_cache(1024)
def declared(style: str) -> dict[str, str]:
    """The declarations of a `style` by their name, in small letters; what is important beats the rest."""
    made: dict[str, str] = {}
    important: dict[str, str] = {}
    for each in style.split(";") if style else ():
        name, _, value = each.partition(":")
        value = value.strip()
        bare = _IMPORTANT.sub("", value)
        (made if bare == value else important)[name.strip().lower()] = bare.strip().lower()
    return made | important


@lru_cache(1024)
def is_hidden(style: str, tag: str = "") -> bool:
    """Whether an element with a `style` and all in it are hidden."""
    styles = declared(style)
    if not styles:
        return False
    place = styles.get("position")
    is_moved = place == "relative" or place in _OUT
    away = (styles.get(name, "") for name in _AWAY if is_moved or name not in _SIDES)
    sizes = () if tag in _OF_TABLES else _SIZES
    small = (points(styles[name], _WIDE) <= _THINNEST for name in sizes if name in styles)
    return (
        styles.get("display") == "none"
        or styles.get("content-visibility") == "hidden"
        or styles.get("mso-hide") == "all"
        or points(styles.get("opacity", "1")) / _POINTS[""] <= _FAINTEST
        or any(points(one[0]) < _OFF_SCREEN for said in away for one in _LENGTH.finditer(said))
        or _SHRUNK.search(styles.get("transform", "")) is not None
        or any(_CLIPPED.fullmatch(styles.get(name, "")) for name in ("clip", "clip-path"))
        or (styles.get("overflow") in ("hidden", "clip") and any(small))
    )


def points(said: str, base: float = _USUAL) -> float:
    """A length in points, where `base` is the size of the type; a usual size for what is none."""
    found = _LENGTH.fullmatch(said)
    if found is None:
        return _USUAL
    unit = found[2] or ""
    scale = _RELATIVE[unit] * base if unit in _RELATIVE else _POINTS[unit]
    return float(found[1]) * scale


def _type_size(styles: dict[str, str], base: float) -> float:
    """The size of an element's type in points, where what is around it has `base`."""
    said = styles.get("font-size", "") or styles.get("font", "")
    if said in _AS_AROUND:
        return base
    parts = [] if "(" in said else re.split(r"[\s/]+", said)
    sizes = (one for one in parts if _LENGTH.fullmatch(one) and not _WEIGHT.fullmatch(one))
    return max(0.01, points(next(sizes, ""), base))


@lru_cache(256)
def css_colour(said: str) -> str | None:
    """A colour as #RRGGBB; empty where it cannot be told, None where it lets all through."""
    from tinycss2.color3 import parse_color  # slow to load

    made = parse_color(said.partition(" ")[0] if "(" not in said else said)
    if made is None or isinstance(made, str):
        return "" if said != "none" else None
    if made.alpha < 1:
        return "" if made.alpha else None
    return "#{:02X}{:02X}{:02X}".format(*(round(255 * part) for part in made[:3]))


def _behind(given: Iterable[str | None]) -> str | None:
    """The colour of what is behind words, by all that is said of it; see `css_colour`."""
    made = {css_colour(said) for said in given if said} - {None}
    return "" if len(made) > 1 else next(iter(made), None)


def inline(page: Any) -> None:
    """Write into each element's `style` what the page's sheets say of it: the tree is changed. What sheets outside
    the page colour is not known.
    """
    shown = (one for one in page.iter("style") if _SCREENS.fullmatch(one.get("media", "").strip()))
    sheets = [one.text_content() for one in shown]
    linked = (one.get("rel", "") for one in page.iter("link"))
    if any("stylesheet" in one.lower() for one in linked) or any("@import" in s for s in sheets):
        _add_style(page.body, "background-image: url();")
    if not sheets:
        return
    import cssselect2  # slow to load, as its parser is

    matcher = cssselect2.Matcher()
    for selector, given in (rule for sheet in sheets for rule in _rules(sheet)):
        matcher.add_selector(selector, given)
    for wrapper in list(cssselect2.ElementWrapper.from_html_root(page).iter_subtree()):
        sheet_says = "".join(given for _, _, pseudo, given in matcher.match(wrapper) if not pseudo)
        if sheet_says:
            _add_style(wrapper.etree_element, sheet_says)


def _add_style(element: Any, said: str) -> None:
    """Write what sheets say of an element before its own `style`, which beats it."""
    element.set("style", _CONTROLS.sub(" ", f"{said}{element.get('style', '')}"))


def _rules(sheet: str) -> Iterator[tuple[Any, str]]:
    """The selectors of a sheet, each with its declarations that are wanted."""
    import cssselect2
    import tinycss2

    listed = list(tinycss2.parse_stylesheet(sheet, True, True))
    while listed:
        rule = listed.pop(0)
        is_media = rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content
        if is_media and _SCREENS.fullmatch(tinycss2.serialize(rule.prelude).strip()):
            listed[:0] = tinycss2.parse_rule_list(rule.content, True, True)
        if rule.type != "qualified-rule":
            continue
        given = "".join(
            f"{one.lower_name}:{tinycss2.serialize(one.value)}{' !important' * one.important};"
            for one in tinycss2.parse_declaration_list(rule.content)
            if one.type == "declaration" and one.lower_name in _WANTED
        )
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude) if given else []
        except cssselect2.SelectorError:
            continue  # one of a newer kind: the sheet's other rules count
        yield from ((selector, given) for selector in selectors)


class Frame(Struct, frozen=True):
    """How the words of an element are: their type, where they lead, why they are not live, and on which ground; a
    colour is empty where it is not known.
    """

    face: Face = Face(size=_USUAL)
    link: str | None = None
    kept_out: str = ""
    is_invisible: bool = False
    as_typed: bool = False
    ground: str = WHITE

    def span(self, words: str) -> lines.Span:
        """Words as a reader of the element sees them."""
        why = self.kept_out or (_HIDDEN if self.is_invisible else "")
        return lines.span(words, self.face, self.ground, self.link, why)

    def inner(self, element: Any) -> Frame:
        """How the words of an element in these are."""
        tag = element.tag
        if tag not in _OF_LOOKS and _SAYING.isdisjoint(element.attrib):
            return self
        styles = declared(element.get("style", ""))
        visibility = styles.get("visibility")
        face = self.face
        colour = styles.get("color") or (element.get("color") if tag == "font" else "")
        behind = _behind((*map(styles.get, _BACKGROUNDS), *map(element.get, _GROUNDS)))
        ground = self.ground if behind is None else behind
        shown = css_colour(colour) if colour else None
        has_own = tag == "a" and "href" in element.attrib  # as links have
        around = "" if has_own else face.colour
        family = styles.get("font-family") or (element.get("face") if tag == "font" else "")
        return Frame(
            Face(
                face.bold or tag in ("b", "strong"),
                face.italic or tag in ("i", "em"),
                typeface=family.partition(",")[0].strip(" '\"") if family else face.typeface,
                colour=around if not colour else ground if shown is None else shown,
                place=tag if tag in ("sup", "sub") else face.place,
                size=_type_size(styles, face.size),
            ),
            (live_link(element.get("href", "").strip()) if tag == "a" else None) or self.link,
            self.kept_out or _why_kept_out(element),
            self.is_invisible if visibility is None else visibility in ("hidden", "collapse"),
            self.as_typed or tag in ("pre", "textarea"),
            ground,
        )


def takes_no_place(cell: Any) -> bool:
    """Whether a cell is hidden and stands in no column either; one that is only not seen keeps its own."""
    styles = declared(cell.get("style", ""))
    is_out = styles.get("display") == "none" or styles.get("position") in _OUT
    return (is_out or cell.get("hidden") is not None) and _why_kept_out(cell) == _HIDDEN


def _why_kept_out(element: Any) -> str:
    """Why an element's words are not live, or nothing."""
    if element.tag == "noscript":
        return "is shown without scripts alone"
    style = element.get("style", "")
    is_shut = element.tag == "dialog" and element.get("open") is None
    if element.get("hidden") is not None or is_shut or is_hidden(style, element.tag):
        return _HIDDEN
    said = (declared(style).get(f"text-decoration{part}", "") for part in ("", "-line"))
    is_struck = element.tag in ("del", "s", "strike") or any("line-through" in one for one in said)
    return lines.STRUCK if is_struck else ""
