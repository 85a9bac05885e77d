"""Whether words can be seen: how large their type is, and how its colour stands out from what is behind it."""

from __future__ import annotations

from functools import lru_cache

from pipeline.council.contrast import contrast

_LEAST_CONTRAST = 1.1  # below it nobody reads words
_LEAST_SIZE = 3.0  # points


@lru_cache(1024)
def why_unseen(colour: str, ground: str, size: float) -> str:
    """Why type cannot be seen, or nothing: also where its colour, or what is behind it, is not known, which is
    empty, or its size (0), which is in points.
    """
    if 0 < size < _LEAST_SIZE:
        return "is too small to read"
    is_alike = colour and ground and contrast(colour, ground) < _LEAST_CONTRAST
    return "has the colour of what is behind it" if is_alike else ""
