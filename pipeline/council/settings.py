"""A council's folder of settings read from TOML into typed values, faults named by file and key."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.model.errors import PipelineError

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_SAMPLE = "wexmouth"  # the council of the sample workbooks

T = TypeVar("T")


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of every table in a settings file: unknown keys are refused, so a slip is seen."""


def councils() -> list[str]:
    """The names that `--style` takes: folders of `templates/` that hold a `house.toml`."""
    return sorted(path.parent.name for path in TEMPLATES.glob("*/house.toml"))


def usual() -> str:
    """The style where none is named: the only one that there is, else the sample's."""
    found = councils()
    return found[0] if len(found) == 1 else _SAMPLE


def folder(style: str) -> Path:
    """The settings folder of a council. Raises `PipelineError` where there is none of that name."""
    if style not in councils():
        raise PipelineError(
            f"There is no house style called '{style}'.",
            f"Choose one of: {', '.join(councils())} (with --style, or in PAPERS_STYLE).",
        )
    return TEMPLATES / style


def digest(path: Path) -> str:
    """The SHA-256 of a settings file, by which a paper says which house style it was made in."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def place(path: Path) -> str:
    """What a settings file is called in a message."""
    return f"{path.parent.name}/{path.name}"


def settings_in(path: Path, kind: type[T], *, manual: str = "docs/house-style.md") -> T:
    """The settings in a TOML file as a `kind`. Raises `PipelineError` naming the file, the key and the manual."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8-sig")), kind)
    except FileNotFoundError:
        raise PipelineError(
            f"{place(path)} is missing.", "Copy it from another council's folder."
        ) from None
    except OSError as fault:
        raise PipelineError(
            f"{place(path)} cannot be read: {fault.strerror}.", "Close it, or see who may read it."
        ) from None
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as fault:
        raise PipelineError(
            f"{place(path)}: {_in_words(str(fault))}.", f"Fix it; {manual} explains it."
        ) from None


def _in_words(fault: str) -> str:
    """What is wrong with a settings file, as one who is no programmer says it."""
    said = fault.replace(
        "Invalid RFC3339 encoded date",
        "that is no date; write it as 2027-01-21, without quotation marks",
    )
    said = said.replace("Object missing required field", "there is no")
    said = re.sub(r"Object contains unknown field", "unknown key", said)
    return re.sub(r"\[(\d+)\]", lambda found: f" {int(found[1]) + 1}", said)
