"""The seal of a web page: a hash of all that stands in it, its styles and script too, as it was made."""

from __future__ import annotations

import hashlib
import re

_SEAL = re.compile(r'(?<=<html lang=")([\w-]*" data-seal=")(\w*)')


def sealed(page: str) -> str:
    """A page with its seal, whatever seal it had. The ends of its lines, which another system may alter, do not
    count. One without a place for a seal is given back as it is.
    """
    bare = _SEAL.sub(r"\1", page, count=1)
    seal = hashlib.sha256(bare.replace("\r\n", "\n").encode()).hexdigest()
    return _SEAL.sub(rf"\g<1>{seal}", bare, count=1)


def is_as_made(page: str) -> bool:
    """Whether nothing in a page was altered since it was sealed."""
    return _SEAL.search(page) is not None and sealed(page) == page
