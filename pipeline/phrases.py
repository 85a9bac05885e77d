"""Parts of the sentences that the commands and the checks say: lists and numbers of things."""

from __future__ import annotations

from collections.abc import Sequence


def listed(parts: Sequence[str]) -> str:
    """Parts of a sentence with commas, and an 'and' before the last."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def sentence_case(words: str) -> str:
    """Words with a capital letter first."""
    return words[:1].upper() + words[1:]


def counted(number: int, one: str, several: str = "") -> str:
    """A number of things; several are called as one with an s, unless otherwise."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def left_out(number: int, one: str) -> str:
    """That a number of things were left out."""
    return f"{counted(number, one)} {'was' if number == 1 else 'were'} left out"
