"""What this machine has and lacks for making papers, tried out and not guessed."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline.check import run
from pipeline.commands import guard
from pipeline.council import columns, house, settings
from pipeline.council.house import Patterns
from pipeline.model.errors import PipelineError
from pipeline.render.shapes import sample
from pipeline.render.studio import Studio

_LETTERS = re.compile(r"[^\W\d_]+(?![^{]*\})")  # outside braces
_PACKAGES = ("openpyxl", "python-docx", "Jinja2", "weasyprint")


@dataclass(frozen=True, slots=True)
class _Symptom:
    """One thing that papers need: what was found, and what to do where that is not well."""

    what: str
    found: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing is to be done."""
        return not self.remedy


def symptoms(style: str, output: Path) -> Iterator[_Symptom]:
    """Everything that papers in a house style need, in turn."""
    yield _Symptom("Python", f"{sys.version.split()[0]} at {sys.executable}")
    yield _tried("Packages", _packages)
    for name in settings.councils():
        yield _tried(f"Style {name}", _settings_of, name)
    yield _tried("PDF", _pdf, style)
    yield _tried("Output", _written_to, output)
    yield console(sys.stdout.encoding or "")


def _tried(what: str, symptom: Callable[..., _Symptom], *given: object) -> _Symptom:
    """One of them; whatever goes wrong with trying it is one too."""
    faults: list[PipelineError] = []
    with guard.around("", faults):
        return symptom(*given)
    return _Symptom(what, faults[0].message.rstrip("."), faults[0].remedy)


def _packages() -> _Symptom:
    """Which versions of the packages there are."""
    return _Symptom("Packages", ", ".join(f"{name} {version(name)}" for name in _PACKAGES))


def _settings_of(style: str) -> _Symptom:
    """Whether a council's three files can be read."""
    known = house.house_of(style)
    columns.columns_of(style)
    run.rules_of(style)
    usual = settings.table(settings.TEMPLATES / "house.toml")["wording"]
    english = list(_untranslated(known.wording, usual))
    if english and not known.council.language.startswith("en"):
        return _Symptom(
            f"Style {style}",
            f"{known.council.name}: {len(english)} wordings are still in English: {', '.join(english)}",
            f"Write them in the council's language ({known.council.language}) under [wording] in house.toml.",
        )
    return _Symptom(f"Style {style}", f"{known.council.name}: settings can be read")


def _untranslated(wording: Patterns, usual: dict[str, Any], part: str = "") -> Iterator[str]:
    """The wordings that a council has left as they `usual`ly are in English, which its papers then say."""
    for name, words in usual.items():
        own = getattr(wording, name, words)
        if isinstance(own, Patterns):
            yield from _untranslated(own, words, f"{name}.")
        elif own == words and _LETTERS.search(words if isinstance(words, str) else " ".join(words)):
            yield f"{part}{name}"


def _pdf(style: str) -> _Symptom:
    """Whether a PDF can be drawn, and in which font."""
    known = house.house_of(style)
    with Studio(["pdf"]) as studio:  # without any font, Pango ends the process
        paper = sample("Sample", known.council.language)
        drawn = studio.draw(paper, known, ["pdf"])["pdf"].result()
    fonts = _embedded_fonts(drawn.data)
    wanted = [known.font.family, *known.font.fallback]
    used = next((name for name in wanted if name.replace(" ", "") in fonts), "")
    if not used:
        return _Symptom(
            "PDF",
            f"drawn in {', '.join(sorted(fonts))}, for none of {', '.join(wanted)} is installed",
            f"Install one of them, best {wanted[0]}; or name another under [font] in house.toml.",
        )
    return _Symptom("PDF", f"drawn in {used} by {known.pdf.engine}")


def _embedded_fonts(data: bytes) -> set[str]:
    """The names of the families in a PDF, without spaces, hyphens, weights and subsets' tags."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as opened:
        found = (str(obj.BaseFont) for obj in opened.objects if _is_font(obj))
        return {name.split("+")[-1].removesuffix("-Bold").replace("-", "") for name in found}


def _is_font(obj: object) -> bool:
    """Whether an object of a PDF is a font."""
    import pikepdf

    return isinstance(obj, pikepdf.Dictionary) and obj.get("/BaseFont") is not None


def _written_to(output: Path) -> _Symptom:
    """Whether files can be put into the output folder, or the one that it would be made in."""
    folder = next(path for path in (output.absolute(), *output.absolute().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=folder):
            return _Symptom("Output", f"{output.absolute()} can be written to")
    except OSError as fault:
        remedy = "Ask for access to it, or give another folder with --output."
        return _Symptom("Output", f"{folder} cannot be written to: {fault.strerror}", remedy)


def console(encoding: str) -> _Symptom:
    """Whether every letter of an officer's words can be shown here. Papers have them all the same."""
    try:
        "ŵŷ–’".encode(encoding)
    except (LookupError, UnicodeEncodeError):
        remedy = "Set the variable PYTHONUTF8 to 1; until then some letters show as question marks."
        return _Symptom("Console", f"shows only the letters of {encoding}", remedy)
    return _Symptom("Console", f"shows every letter ({encoding})")
