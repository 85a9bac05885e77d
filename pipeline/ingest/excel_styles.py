"""How the cells of an Excel file look: number format, type, and the colour that fills them, as `#RRGGBB`.

Solid fills alone: patterns, gradients and what conditional formatting shows are no colour of the cell. What
is broken in a style is passed over: it looks as a cell without one.
"""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls

from msgspec import Struct

from pipeline.council.settings import TEMPLATES, table
from pipeline.ingest import number_formats
from pipeline.ingest.faces import WHITE, Face, Look, known_colour, why_unseen
from pipeline.ingest.figures import plain_number, whole_number
from pipeline.ingest.package import (
    Element,
    Package,
    attribute,
    child,
    children,
    is_on,
    tag,
)

# Excel counts a theme's colours from its light ones; the theme's part has the dark ones first.
_SCHEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_BYTE = 255
_NO_STYLE = "a style that it does not hold"


def built_in() -> tuple[dict[int, str], tuple[str, ...]]:
    """What every Excel knows: number formats by their numbers, and the old palette (`templates/excel.toml`)."""
    known = table(TEMPLATES / "excel.toml")
    return {int(one): code for one, code in known["formats"].items()}, tuple(
        known["colours"].split()
    )


class ExcelStyles(Struct, frozen=True):
    """A workbook's looks by their number, and its colours by the numbers that they have in its theme and its palette.
    What cannot be read is passed over. `hiding`: what rules may show that hides words or strikes them out.
    """

    package: Package
    part: str
    theme: dict[int, str]
    indexed: tuple[str, ...]
    looks: list[Look]
    hiding: set[int] = set()

    def look(self, number: int) -> Look:
        """A look by its number; a plain one where there is none."""
        if 0 <= number < len(self.looks):
            return self.looks[number]
        if self.looks:
            self.package.pass_over(f"{self.part} ({_NO_STYLE})")
        return Look()

    def colour(self, element: Element | None) -> str:
        """A colour as it looks; empty where the file does not say, or says what is no colour."""
        if element is None:
            return ""
        plain, said = "", element.get("rgb")
        tint = plain_number(element.get("tint") or "0")
        if said:
            plain = known_colour(said)
        elif element.get("theme") is not None:
            plain = self.theme.get(whole_number(element.get("theme"), -1), "")
        elif (number := whole_number(element.get("indexed"), -1)) in range(len(self.indexed)):
            plain = self.indexed[number]
        if tint is None or (said and not plain):
            self.package.pass_over(f"{self.part} (a colour)")
        return tinted(plain, tint or 0) if plain else ""

    def face(self, element: Element) -> Face:
        """The type that a font, or the properties of a run, ask for."""
        said = {tag(one): one for one in element}
        return Face(
            bold=is_on(said.get("b")),
            italic=is_on(said.get("i")),
            struck=is_on(said.get("strike")),
            typeface=attribute(said.get("name", said.get("rFont")), "val"),
            colour=self.colour(said.get("color")),
            place=attribute(said.get("vertAlign"), "val"),
            size=plain_number(attribute(said.get("sz"), "val")) or 0,
        )

    def ground(self, fill: Element) -> str:
        """What words on a fill stand on; empty where it is not known."""
        pattern = child(fill, "patternFill")
        if pattern is None:
            return "" if len(fill) else WHITE
        kind = pattern.get("patternType") or "none"
        if kind == "solid":
            return self.colour(child(pattern, "fgColor"))
        return WHITE if kind == "none" else ""

    def hides(self, look: Element) -> bool:
        """Whether what a rule shows hides the words of a cell, or strikes them out."""
        font, fill = child(look, "font"), child(look, "fill")
        face = Face() if font is None else self.face(font)
        ground = WHITE if fill is None else self.colour(child(fill, "patternFill", "bgColor"))
        code = attribute(child(look, "numFmt"), "formatCode") or "General"
        shown = (number_formats.shown(one, code) for one in ("x", 1))
        return face.struck or bool(why_unseen(face.colour, ground, face.size)) or "" in shown


def styles_of(package: Package, part: str, theme_part: str) -> ExcelStyles:
    """The styles of a workbook; what is missing or broken in them is passed over."""
    root = package.side(part)
    formats, colours = built_in()
    own = [attribute(one, "rgb") for one in children(root, "colors", "indexedColors")]
    indexed = tuple(map(known_colour, [*own, *colours[len(own) :]]))
    made = ExcelStyles(package, part, _theme_colours(package, theme_part), indexed, [])
    codes = formats | {
        whole_number(one.get("numFmtId"), -1): one.get("formatCode") or "General"
        for one in children(root, "numFmts")
    }
    faces = dict(enumerate(map(made.face, children(root, "fonts")))) or {0: Face()}
    fills = dict(enumerate(map(made.ground, children(root, "fills")))) or {0: WHITE}
    for xf in children(root, "cellXfs"):
        font, fill = whole_number(xf.get("fontId")), whole_number(xf.get("fillId"))
        if font not in faces or fill not in fills:
            package.pass_over(f"{part} ({_NO_STYLE})")
        code = codes.get(whole_number(xf.get("numFmtId")), "General")
        made.looks.append(Look(code, faces.get(font, Face()), fills.get(fill, "")))
    made.hiding.update(n for n, one in enumerate(children(root, "dxfs")) if made.hides(one))
    return made


def _theme_colours(package: Package, part: str) -> dict[int, str]:
    """The colours of a theme by the numbers that Excel gives them."""
    scheme = child(package.side(part), "themeElements", "clrScheme")
    made = {}
    for number, name in enumerate(_SCHEME):
        for colour in children(scheme, name)[:1]:
            made[number] = known_colour(colour.get("lastClr") or colour.get("val") or "")
            if not made[number]:
                package.pass_over(f"{part} (a colour)")
    return made


def tinted(colour: str, tint: float) -> str:
    """A colour made lighter, or darker where `tint` is below 0 (ECMA-376-1, 18.8.3)."""
    if not tint:
        return colour
    tint = min(1.0, max(-1.0, tint))
    red, green, blue = (int(colour[at : at + 2], 16) / _BYTE for at in (1, 3, 5))
    hue, light, full = rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    made = (round(part * _BYTE) for part in hls_to_rgb(hue, light, full))
    return "#" + "".join(f"{part:02X}" for part in made)
