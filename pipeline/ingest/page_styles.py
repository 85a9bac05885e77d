"""What the style sheets of a web page hide, strike out or set in other type: written into the `style` of
each element, where all else reads it.

Sheets count as for a reader at a screen. Those outside the page are not fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_WANTED = frozenset(
    {"display", "visibility", "opacity", "font-size", "font-family", "text-decoration", "text-decoration-line"}
)  # fmt: skip
# Without one of these words a sheet hides and strikes nothing, and maps no letter.
_TELLING = re.compile(
    r"none|hidden|collapse|line-through|opacity|font-size\s*:\s*0|symbol|dings", re.IGNORECASE
)
_CONTROLS = re.compile(r"[\x00-\x1f]")  # which lxml takes in no attribute
_SCREENS = re.compile(r"\s*(only\s+)?(screen|all)?\s*", re.IGNORECASE)
_IMPORTANT = re.compile(r"\s*!\s*important\s*$", re.IGNORECASE)
_NOTHING = re.compile(r"0+(\.0+)?(px|pt|em|rem|%)?")


def declared(style: str) -> dict[str, str]:
    """The declarations of a `style` by their name, in small letters; what is important beats the rest."""
    made: dict[str, str] = {}
    important: dict[str, str] = {}
    for each in style.split(";") if style else ():
        name, _, value = each.partition(":")
        bare = _IMPORTANT.sub("", value)
        (made if bare == value else important)[name.strip().lower()] = bare.strip().lower()
    return made | important


def is_hidden(styles: dict[str, str]) -> bool:
    """Whether an element and all in it are hidden."""
    return (
        styles.get("display") == "none"
        or styles.get("mso-hide") == "all"
        or _NOTHING.fullmatch(styles.get("opacity", "1")) is not None
        or _NOTHING.fullmatch(styles.get("font-size", "1")) is not None
    )


def is_struck(styles: dict[str, str]) -> bool:
    """Whether an element and all in it are struck out."""
    return any(
        "line-through" in styles.get(name, "")
        for name in ("text-decoration", "text-decoration-line")
    )


def inline(page: Any) -> None:
    """Write into each element's `style` what the page's sheets say of it: the tree is changed."""
    sheets = [
        _CONTROLS.sub(" ", str(one.text_content()))
        for one in page.iter("style")
        if _SCREENS.fullmatch(one.get("media", "")) and _TELLING.search(one.text_content())
    ]
    if not sheets:
        return
    import cssselect2  # slow to load, as its parser is

    matcher = cssselect2.Matcher()
    for selector, given in (rule for sheet in sheets for rule in _rules(sheet)):
        matcher.add_selector(selector, given)
    for wrapper in list(cssselect2.ElementWrapper.from_html_root(page).iter_subtree()):
        sheet_says = "".join(given for _, _, pseudo, given in matcher.match(wrapper) if not pseudo)
        if sheet_says:
            element = wrapper.etree_element
            element.set("style", f"{sheet_says}{element.get('style', '')}")


def _rules(sheet: str) -> Iterator[tuple[Any, str]]:
    """The selectors of a sheet, each with its declarations that are wanted."""
    import cssselect2
    import tinycss2

    listed = list(tinycss2.parse_stylesheet(sheet, True, True))
    while listed:
        rule = listed.pop(0)
        is_media = rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content
        if is_media and _SCREENS.fullmatch(tinycss2.serialize(rule.prelude)):
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
