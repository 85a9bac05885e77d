"""A council's folder of settings read from TOML into typed values, faults named by file and key."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from pipeline.model.errors import PipelineError
from pipeline.model.words import listed

_PACKAGE = Path(__file__).resolve().parents[1]
_OWN = Path("templates")  # of the folder that the clerk works in
_SAMPLES = ("wexmouth", "aldermere")  # invented councils; the first is that of the sample workbooks


def shipped(name: str) -> Path:
    """A folder that comes with the program: in the package where it is installed, beside it in a checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


TEMPLATES = shipped("templates")

_T = TypeVar("_T")


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of every table in a settings file: unknown keys are refused, so a slip is seen."""


_S = TypeVar("_S", bound=Settings)


class Texts(Settings, frozen=True):
    """Base of a table of texts. Which there are is told by `with_keys_of`."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> str: ...


class Lists(Settings, frozen=True):
    """Base of a table of lists of words, all of which may be left out. Which there are is told by `with_keys_of`."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> tuple[str, ...]: ...

    def with_more(self, more: Lists) -> dict[str, tuple[str, ...]]:
        """Its lists, each with those of another table behind it."""
        names = more.__struct_fields__
        return {name: getattr(self, name) + getattr(more, name) for name in names}


def with_keys_of(file: str, *tables: str, each: object = str) -> Callable[[type[_S]], type[_S]]:
    """Gives `Texts` or `Lists` a field for every text or list that a table of a file in `templates/` has, so that a
    key is named in one place. The texts are of the type `each`.
    """
    known = table(TEMPLATES / file)
    for name in tables:
        known = known[name]

    def with_keys(kind: type[_S]) -> type[_S]:
        is_lists = issubclass(kind, Lists)
        new: list[Any] = [
            (name, tuple[str, ...], ()) if is_lists else (name, each)
            for name, said in known.items()
            if isinstance(said, list if is_lists else str) and name not in kind.__struct_fields__
        ]
        made = msgspec.defstruct(
            kind.__name__, new, bases=(kind,), module=kind.__module__, frozen=True, kw_only=True,
            namespace={"__doc__": kind.__doc__},
        )  # fmt: skip
        return cast(type[_S], made)

    return with_keys


def _folders() -> dict[str, Path]:
    """The folder of each council: those of the clerk's `templates/` before those that come with the program."""
    found = [
        path.parent for home in (TEMPLATES, _OWN) for path in sorted(home.glob("*/house.toml"))
    ]
    return {path.name: path for path in found}


def councils() -> list[str]:
    """The names that `--style` takes: folders of `templates/` that hold a `house.toml`."""
    return sorted(_folders())


def usual() -> str:
    """The style where none is named: the only one that is no sample, else a sample's.

    Raises `PipelineError` where there are several.
    """
    known = councils()
    own = [name for name in known if name not in _SAMPLES]
    if len(own) > 1:
        raise PipelineError(
            f"templates/ has {len(own)} councils: {', '.join(own)}.",
            "Choose one with --style, or in the variable PAPERS_STYLE.",
        )
    return next((name for name in (*own, *_SAMPLES) if name in known), _SAMPLES[0])


def is_sample(style: str) -> bool:
    """Whether a style is one of those that come with the program."""
    return style in _SAMPLES and folder(style).resolve().parent == TEMPLATES


def folder(style: str) -> Path:
    """The settings folder of a council. Raises `PipelineError` where there is none of that name."""
    found = _folders()
    if style not in found:
        raise PipelineError(
            f"There is no house style called '{style}'.",
            f"Choose one of: {', '.join(sorted(found))} (with --style, or in PAPERS_STYLE).",
        )
    return found[style]


def digest(style: str) -> str:
    """The SHA-256 of what a council's `house.toml` is laid over and of itself, by which a paper says which house
    style it was made in.
    """
    homes = (TEMPLATES, folder(style))
    return hashlib.sha256(
        b"".join((home / "house.toml").read_bytes() for home in homes)
    ).hexdigest()


def place(path: Path) -> str:
    """What a settings file is called in a message."""
    return str(path.relative_to(TEMPLATES.parent) if TEMPLATES in path.parents else path).replace(
        "\\", "/"
    )


def shipped_words(file: str, kind: type[_T]) -> _T:
    """A file of words in `templates/`, for every council."""
    return msgspec.convert(table(TEMPLATES / file), kind)


def settings_in(
    path: Path, kind: type[_T], *, base: Path | None = None, manual: str = "docs/house-style.md"
) -> _T:
    """The settings in a TOML file as a `kind`, laid over those of a `base`.

    Raises `PipelineError` naming the file, the key and the manual.
    """
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return msgspec.convert(_laid_over(own, table(base)) if base else own, kind)
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
            f"{place(path)}: {_in_words(str(fault), kind)}.", f"Fix it; {manual} explains it."
        ) from None


@cache
def table(path: Path) -> dict[str, Any]:
    """A TOML file that comes with the program."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _laid_over(own: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    """A table with what it leaves out taken from another, table by table."""
    inner = {
        name: _laid_over(value, base[name])
        for name, value in own.items()
        if isinstance(value, dict) and isinstance(base.get(name), dict)
    }
    return base | own | inner


def _in_words(fault: str, kind: type[object]) -> str:
    """What is wrong with settings of a `kind`, as one who is no programmer says it."""
    said, _, path = fault.partition(" - at `$")
    path = path.rstrip("`").lstrip(".").replace("[...]", "")
    at = re.sub(r"\[(\d+)\]", lambda found: f" {int(found[1]) + 1}", path)
    if found := re.fullmatch("Invalid enum value (.*)", said):
        return f"{at} is {found[1]}, and can be {listed(_choices(kind, path), 'or')}"
    for pattern, words in table(TEMPLATES / "faults.toml").items():
        if found := re.fullmatch(pattern, said):
            return found.expand(words).replace("@.", f"{at}." if at else "").replace("@", at)
    return f"{said} (in {at})" if at else said


def _choices(kind: type[object], path: str) -> list[str]:
    """The words that a key may have."""
    found: Any = msgspec.inspect.type_info(kind)
    for name in re.findall(r"[\w-]+", path):
        if isinstance(found, msgspec.inspect.StructType):
            found = next(one.type for one in found.fields if one.encode_name == name)
        else:
            found = found.item_type
    return [str(one) for one in found.values]
