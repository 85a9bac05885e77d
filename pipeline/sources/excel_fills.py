"""Which colour fills an Excel cell, as `#RRGGBB`: by itself, by the theme, or by the old palette.

Solid fills alone: patterns, gradients and what conditional formatting shows are no colour of the cell.
"""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls
from typing import TYPE_CHECKING, Any

from lxml import etree
from openpyxl.styles.colors import COLOR_INDEX, Color

if TYPE_CHECKING:
    from openpyxl import Workbook as ExcelWorkbook

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# Excel counts a theme's colours from its light ones; the theme's part has the dark ones first.
SCHEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
WHITE = "#FFFFFF"  # looks like no fill
BYTE = 255


def fills(book: ExcelWorkbook) -> list[str]:
    """The colour of each of a workbook's fills, by their number; empty where it has none."""
    kept: Any = book
    theme = theme_colours(kept.loaded_theme) if kept.loaded_theme else {}
    palette = tuple(kept._colors)
    return [solid(fill, theme, palette) for fill in kept._fills]


def solid(fill: Any, theme: dict[int, str], palette: tuple[str, ...]) -> str:
    """The colour of a solid fill; empty of any other, and of one that looks like none."""
    if getattr(fill, "patternType", None) != "solid":
        return ""
    colour = shown(fill.fgColor, theme, palette)
    return "" if colour == WHITE else colour


def shown(colour: Color, theme: dict[int, str], palette: tuple[str, ...]) -> str:
    """A colour as it looks; empty where the file does not say."""
    match colour.type:
        case "rgb":
            plain = f"#{colour.rgb[-6:].upper()}"
        case "theme":
            plain = theme.get(colour.theme, "")
        case "indexed" if colour.indexed < len(COLOR_INDEX):
            known = palette if colour.indexed < len(palette) else COLOR_INDEX
            plain = f"#{known[colour.indexed][-6:].upper()}"
        case _:  # the system's own
            plain = ""
    return tinted(plain, colour.tint) if plain and colour.tint else plain


def tinted(colour: str, tint: float) -> str:
    """A colour made lighter, or darker where `tint` is below 0 (ECMA-376-1, 18.8.3)."""
    red, green, blue = (int(colour[at : at + 2], 16) / BYTE for at in (1, 3, 5))
    hue, light, full = rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    made = (round(part * BYTE) for part in hls_to_rgb(hue, light, full))
    return "#" + "".join(f"{part:02X}" for part in made)


def theme_colours(theme: bytes) -> dict[int, str]:
    """The colours of a theme by the numbers that Excel gives them."""
    scheme = etree.fromstring(theme).find(f".//{DRAWING}clrScheme")
    made = {}
    for number, name in enumerate(SCHEME if scheme is not None else ()):
        part = scheme.find(f"{DRAWING}{name}/*") if scheme is not None else None
        if part is not None:
            made[number] = f"#{part.get('lastClr', part.get('val', ''))[-6:].upper()}"
    return made
