"""`papers doctor`: say what this machine has for making papers, and what is missing, tried out and not guessed."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

import click
import msgspec

from pipeline.check import run
from pipeline.commands import guard, options
from pipeline.commands.common import FINDINGS_EXIT
from pipeline.commands.saying import say_pieces
from pipeline.council import house, settings
from pipeline.council.own_words import columns_of
from pipeline.model.errors import PipelineError
from pipeline.render.shapes import sample
from pipeline.render.studio import Studio

_LETTERS = re.compile(r"[^\W\d_]+(?![^{]*\})")  # outside braces
_WORDINGS = ("months", "wording", "status_words", "table")
_PACKAGES = ("openpyxl", "python-docx", "Jinja2", "weasyprint")
_Symptom: TypeAlias = tuple[str, str]  # what was found, and what to do where that is not well


@click.command()
@options.output
@options.style
def command(output: Path, style: str) -> None:
    """Try out everything that making papers needs: packages, settings, the PDF's libraries and font,
    the output folder, the console.

    Exit code 0: nothing is missing; 1: something is.

    \b
    papers doctor
    papers doctor --style aldermere --output S:\\papers
    """
    settings.folder(style)
    tried: list[tuple[str, Callable[[], _Symptom]]] = [
        ("Python", lambda: (f"{sys.version.split()[0]} at {sys.executable}", "")),
        ("Packages", lambda: (", ".join(f"{name} {version(name)}" for name in _PACKAGES), "")),
        *((f"Style {name}", partial(_settings_of, name, style)) for name in settings.councils()),
        ("PDF", lambda: _pdf(style)),
        ("Output", lambda: _written_to(output)),
        ("Console", lambda: console(sys.stdout.encoding or "")),
    ]
    is_well = True
    for what, symptom in tried:
        faults: list[PipelineError] = []  # whatever goes wrong with trying it is a symptom too
        with guard.around("", faults):
            found, remedy = symptom()
        for fault in faults:
            found, remedy = fault.message.rstrip("."), fault.remedy
        mark = ("FAULT", "red") if remedy else ("ok   ", "green")
        say_pieces([mark, (f" {what}: {found}. {remedy}".rstrip(), "")])
        is_well &= not remedy
    if not is_well:
        sys.exit(FINDINGS_EXIT)


def _settings_of(name: str, used: str) -> _Symptom:
    """Whether a council's three files can be read; `used` is the style of the folder's papers."""
    known = house.house_of(name)
    columns_of(name)
    run.rules_of(name)
    what = (
        f"{known.council.name}, whose papers are made here" if name == used else known.council.name
    )
    usual, own = settings.table(settings.TEMPLATES / "house.toml"), msgspec.to_builtins(known)
    english = list(_untranslated({part: own[part] for part in _WORDINGS}, usual))
    if english and not known.council.is_english:
        return (
            f"{what}: {len(english)} wordings are still in English: {', '.join(english)}",
            f"Write them in the council's language ({known.council.language}) in templates/{name}/house.toml.",
        )
    return f"{what}: settings can be read", ""


def _untranslated(own: Any, usual: Any, key: str = "") -> Iterator[str]:
    """The keys of the wordings that a council has left as they `usual`ly are in English, which its papers then say."""
    match own, usual:
        case dict(), dict():
            for name in usual:
                if name in own and name != "field":
                    yield from _untranslated(own[name], usual[name], f"{key}.{name}".lstrip("."))
        case [{"field": _}, *_], [{"field": _}, *_]:
            ours, theirs = ({one["field"]: one for one in each} for each in (own, usual))
            yield from _untranslated(ours, theirs, key)
        case str() | [str(), *_], _ if own == usual and _LETTERS.search(str(own)):
            yield key


def _pdf(style: str) -> _Symptom:
    """Whether a PDF can be drawn, and in which font."""
    known = house.house_of(style)
    paper = sample("Sample", known.council.language)
    with Studio(["pdf"]) as studio:  # without any font, Pango ends the process
        drawn = studio.draw(paper, known, ["pdf"])["pdf"].result()
    fonts = _embedded_fonts(drawn.data)
    wanted = [known.font.family, *known.font.fallback]
    used = next((name for name in wanted if name.replace(" ", "") in fonts), "")
    if not used:
        return (
            f"drawn in {', '.join(sorted(fonts))}, for none of {', '.join(wanted)} is installed",
            f"Install one of them, best {wanted[0]}; or name another under [font] in house.toml.",
        )
    return f"drawn in {used} by {known.pdf.engine}", ""


def _embedded_fonts(data: bytes) -> set[str]:
    """The names of the families in a PDF, without spaces, hyphens, weights and subsets' tags."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as opened:
        objects = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary)]
        found = [str(one.BaseFont) for one in objects if "/BaseFont" in one]
        return {name.split("+")[-1].removesuffix("-Bold").replace("-", "") for name in found}


def _written_to(output: Path) -> _Symptom:
    """Whether files can be put into the output folder, or the one that it would be made in."""
    folder = next(path for path in (output.absolute(), *output.absolute().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=folder):
            return f"{output.absolute()} can be written to", ""
    except OSError as fault:
        return (
            f"{folder} cannot be written to: {fault.strerror}",
            "Ask for access to it, or give another folder with --output.",
        )


def console(encoding: str) -> _Symptom:
    """Whether every letter of an officer's words can be shown here. Papers have them all the same."""
    try:
        "ŵŷ–’".encode(encoding)
    except (LookupError, UnicodeEncodeError):
        remedy = "Set the variable PYTHONUTF8 to 1; until then some letters show as question marks."
        return f"shows only the letters of {encoding}", remedy
    return f"shows every letter ({encoding})", ""
