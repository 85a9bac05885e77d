"""Where a paper's files go, and what they are called."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from hashlib import sha256
from pathlib import Path

# Characters; Windows allows 260 for the whole path, network drives take their part.
_LONGEST_NAME = 60
_LONGEST_MARK = 6  # of them, for what tells two long names apart
_KEPT_BY_WINDOWS = re.compile(r"con|prn|aux|nul|(com|lpt)\d")
NOT_PUBLISHED = "not-for-publication"  # the folder, in a meeting's, of what is the clerk's alone
SUMS_NAME = "SHA256SUMS"  # the list, in a meeting's folder, of the files that were published, as sha256sum reads it
SUPERSEDED = "superseded"  # the folder, in a meeting's, of final papers that others have replaced


def file_name(words: str) -> str:
    """Words as a file or folder name that every system takes: small letters, digits and hyphens. One that
    has lost letters, or its end, or that Windows keeps for itself, has a mark behind it that tells it from others.
    """
    known = unicodedata.normalize("NFKD", words)
    letters = [letter for letter in known if letter.isalnum()]
    name = re.sub(r"[^a-z0-9]+", "-", known.encode("ascii", "ignore").decode().lower()).strip("-")
    if not words.strip():
        return "paper"
    is_whole = len(name) <= _LONGEST_NAME and all(map(str.isascii, letters))
    if name and is_whole and not _KEPT_BY_WINDOWS.fullmatch(name):
        return name
    mark = sha256(" ".join(words.casefold().split()).encode()).hexdigest()[:_LONGEST_MARK]
    room = _LONGEST_NAME - _LONGEST_MARK - 1
    whole = name if len(name) <= room else name[: room + 1].rpartition("-")[0] or name[:room]
    return f"{whole or 'paper'}-{mark}"


def paper_name(committee: str, title: str, meeting: date) -> str:
    """What a paper's files are called, without suffix: the day too, for once downloaded they lie together."""
    return f"{file_name(f'{committee} {title}')}-{meeting.isoformat()}"


def meeting_folder(output: Path, committee: str, meeting: date) -> Path:
    return output / file_name(committee) / meeting.isoformat()
