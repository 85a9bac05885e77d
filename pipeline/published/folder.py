"""Where a paper's files go, and putting them in place: all of them new, or all as they were."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path

from pipeline.model.errors import PipelineError

_LONGEST_NAME = (
    60  # characters; Windows allows 260 for the whole path, network drives take their part
)
_LONGEST_MARK = 6  # of them, for what tells two long names apart
NOT_PUBLISHED = "not-for-publication"  # the folder, in a meeting's, of what is the clerk's alone
SUPERSEDED = "superseded"  # the folder, in a meeting's, of final papers that others have replaced


def file_name(words: str) -> str:
    """Words as a file or folder name that every system takes: small letters, digits and hyphens. One that
    has lost letters, or its end, has a mark behind it that tells it from others that begin so.
    """
    known = unicodedata.normalize("NFKD", words)
    letters = [letter for letter in known if letter.isalnum()]
    name = re.sub(r"[^a-z0-9]+", "-", known.encode("ascii", "ignore").decode().lower()).strip("-")
    if len(name) <= _LONGEST_NAME and all(map(str.isascii, letters)):
        return name or "paper"
    mark = sha256(" ".join(words.casefold().split()).encode()).hexdigest()[:_LONGEST_MARK]
    room = _LONGEST_NAME - _LONGEST_MARK - 1
    whole = name if len(name) <= room else name[: room + 1].rpartition("-")[0] or name[:room]
    return f"{whole or 'paper'}-{mark}"


def paper_name(committee: str, title: str, meeting: date) -> str:
    """What a paper's files are called, without suffix: the day too, for once downloaded they lie together."""
    return f"{file_name(f'{committee} {title}')}-{meeting.isoformat()}"


def meeting_folder(output: Path, committee: str, meeting: date) -> Path:
    """Where the papers of a meeting go."""
    return output / file_name(committee) / meeting.isoformat()


def put(files: dict[Path, bytes], gone: Iterable[Path] = ()) -> None:
    """Write every file and take away those `gone`, or leave every one as it was.

    Raises `PipelineError` where one cannot be.
    """
    before: dict[Path, bytes | None] = {}
    staged: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, data in files.items():
            made.extend(_new_folders(path.parent))
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path] = path.with_name(f".{path.name}.new")
            staged[path].write_bytes(data)
        for path, new in staged.items():
            before[path] = path.read_bytes() if path.exists() else None
            new.replace(path)
        for path in gone:
            data = path.read_bytes()
            path.unlink()
            before[path] = data
    except OSError as fault:
        _restore(before, staged, made)
        raise PipelineError(
            f"{fault.filename or path} cannot be written: {fault.strerror}.",
            "Close the paper if it is open, or choose another folder with --output.",
        ) from None


def _new_folders(folder: Path) -> list[Path]:
    """The folders that have to be made for a folder to be there, innermost first."""
    return [path for path in (folder, *folder.parents) if not path.exists()]


def _restore(before: dict[Path, bytes | None], staged: dict[Path, Path], made: list[Path]) -> None:
    """Put back what stood in place, and take away what was new."""
    for path, data in before.items():
        if (
            path not in staged or not staged[path].exists()
        ):  # it had been put in place, or taken away
            if data is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(data)
    for new in staged.values():
        new.unlink(missing_ok=True)
    for folder in sorted(made, key=lambda path: -len(path.parts)):
        if folder.is_dir():
            folder.rmdir()
