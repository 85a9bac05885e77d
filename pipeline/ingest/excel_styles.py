"""How the cells of an Excel file look: number format, type, and the colour that fills them, as `#RRGGBB`.

Solid fills alone: patterns, gradients and what conditional formatting shows are no colour of the cell. What
is broken in a style is passed over: it looks as a cell without one.
"""

from __future__ import annotations

import math
import re
from colorsys import hls_to_rgb, rgb_to_hls

from msgspec import Struct

from pipeline.ingest import excel_built_in
from pipeline.ingest.package import (
    Element,
    Package,
    attribute,
    child,
    children,
    is_on,
    tag,
    whole_part,
)

# Excel counts a theme's colours from its light ones; the theme's part has the dark ones first.
_SCHEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
WHITE = "#FFFFFF"  # looks like no fill
_BYTE = 255
_COLOURED = ("{*}color", "{*}fgColor", "{*}bgColor", "{*}rgbColor")
_SIX_DIGITS = re.compile("[0-9A-Fa-f]{6}")


class Face(Struct, frozen=True):
    """The type of some words; `colour` is empty where it is the reader's own or not known. `place`: `super...` or
    `sub...` where they stand above or below the line. `size` is in points, 0 where it is not known.
    """

    bold: bool = False
    italic: bool = False
    struck: bool = False
    typeface: str = ""
    colour: str = ""
    place: str = ""
    size: float = 0.0


class Look(Struct, frozen=True):
    """How a cell looks. `fill` is the colour that fills it, empty without one; `ground` what its words stand
    on, empty where that is not known.
    """

    number_format: str = "General"
    face: Face = Face()
    fill: str = ""
    ground: str = WHITE


class _Palette(Struct, frozen=True):
    """A workbook's colours by the numbers that its styles give them."""

    theme: dict[int, str]
    indexed: tuple[str, ...]

    def colour(self, element: Element | None) -> str:
        """A colour as it looks; empty where the file does not say, or says what is no colour."""
        if element is None:
            return ""
        plain = ""
        if element.get("rgb"):
            plain = known_colour(element.get("rgb"))
        elif element.get("theme") is not None:
            plain = self.theme.get(whole_part(element.get("theme"), -1), "")
        elif (number := whole_part(element.get("indexed"), -1)) in range(len(self.indexed)):
            plain = self.indexed[number]
        return tinted(plain, _tint(element) or 0) if plain else ""


class Styles(Struct, frozen=True):
    """A workbook's looks by their number, and the colours that its rich text names."""

    looks: tuple[Look, ...]
    palette: _Palette

    def look(self, number: int) -> Look:
        """A look by its number; a plain one where there is none."""
        return self.looks[number] if 0 <= number < len(self.looks) else Look()


def styles_of(package: Package, part: str, theme_part: str) -> Styles:
    """The styles of a workbook; what is missing or broken in them is passed over."""
    root = package.side(part) if part else None
    if root is not None and any(_is_no_colour(one) for one in root.iter(*_COLOURED)):
        package.pass_over(f"{part} (a colour)")
    palette = _Palette(_theme_colours(package, theme_part), _indexed_colours(root))
    codes = {
        whole_part(one.get("numFmtId"), -1): one.get("formatCode") or "General"
        for one in children(root, "numFmts")
    }
    faces = [face(one, palette) for one in children(root, "fonts")]
    fills = [_grounds(one, palette) for one in children(root, "fills")]
    looks = []
    for xf in children(root, "cellXfs"):
        font, fill = whole_part(xf.get("fontId")), whole_part(xf.get("fillId"))
        if (faces and font not in range(len(faces))) or (fills and fill not in range(len(fills))):
            package.pass_over(f"{part} (a style that it does not hold)")
        number = whole_part(xf.get("numFmtId"))
        colour, ground = fills[fill] if fill in range(len(fills)) else ("", "")
        looks.append(
            Look(
                codes.get(number, excel_built_in.NUMBER_FORMATS.get(number, "General")),
                faces[font] if font in range(len(faces)) else Face(),
                colour, ground if fills else WHITE,
            )
        )  # fmt: skip
    return Styles(tuple(looks), palette)


def _is_no_colour(element: Element) -> bool:
    """Whether a colour cannot be read as the file gives it."""
    return not known_colour(element.get("rgb", "000000")) or _tint(element) is None


def face(element: Element, palette: _Palette) -> Face:
    """The type that a font, or the properties of a run, ask for."""
    said = {tag(one): one for one in element}
    name = said.get("name", said.get("rFont"))
    return Face(
        bold=is_on(said.get("b")),
        italic=is_on(said.get("i")),
        struck=is_on(said.get("strike")),
        typeface=(name.get("val") or "") if name is not None else "",
        colour=palette.colour(said.get("color")),
        place=(said["vertAlign"].get("val") or "") if "vertAlign" in said else "",
        size=_float(said["sz"].get("val")) or 0.0 if "sz" in said else 0.0,
    )


def _grounds(fill: Element, palette: _Palette) -> tuple[str, str]:
    """The colour of a fill, and what words on it stand on, each empty where there is none or it is not known."""
    pattern = child(fill, "patternFill")
    if pattern is None:
        return "", "" if len(fill) else WHITE
    kind = pattern.get("patternType") or "none"
    if kind == "none":
        return "", WHITE
    colour = palette.colour(child(pattern, "fgColor")) if kind == "solid" else ""
    return "" if colour == WHITE else colour, colour


def _indexed_colours(root: Element | None) -> tuple[str, ...]:
    """The old palette, with the colours that the workbook has put in it."""
    own = [attribute(one, "rgb") for one in children(root, "colors", "indexedColors")]
    known = [*own, *excel_built_in.COLOURS[len(own) :]]
    return tuple(map(known_colour, known))


def _theme_colours(package: Package, part: str) -> dict[int, str]:
    """The colours of a theme by the numbers that Excel gives them."""
    scheme = child(package.side(part) if part else None, "themeElements", "clrScheme")
    made = {}
    for number, name in enumerate(_SCHEME):
        for colour in children(scheme, name)[:1]:
            made[number] = known_colour(colour.get("lastClr") or colour.get("val") or "")
            if not made[number]:
                package.pass_over(f"{part} (a colour)")
    return made


def known_colour(said: str) -> str:
    """A colour whose last six digits are red, green and blue, as #RRGGBB; empty where it is none."""
    return f"#{said[-6:].upper()}" if _SIX_DIGITS.fullmatch(said[-6:]) else ""


def _tint(element: Element) -> float | None:
    """How much lighter or darker a colour is made, -1 to 1; None where that cannot be read."""
    made = _float(element.get("tint") or "0")
    return None if made is None else min(1.0, max(-1.0, made))


def _float(said: str | None) -> float | None:
    """A number as a file has it; None where it is none."""
    try:
        made = float(said or "")
    except ValueError:
        return None
    return made if math.isfinite(made) else None


def tinted(colour: str, tint: float) -> str:
    """A colour made lighter, or darker where `tint` is below 0 (ECMA-376-1, 18.8.3)."""
    if not tint:
        return colour
    red, green, blue = (int(colour[at : at + 2], 16) / _BYTE for at in (1, 3, 5))
    hue, light, full = rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    made = (round(part * _BYTE) for part in hls_to_rgb(hue, light, full))
    return "#" + "".join(f"{part:02X}" for part in made)
