"""Equations of Word documents (OMML, ECMA-376-1, 22.1) as words on one line: a/b, x^2, √(x)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import nsmap

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EQUATIONS = (f"{_MATH}oMath", f"{_MATH}oMathPara")
_WORD = f"{{{nsmap['w']}}}"
_SUPERSCRIPT = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def text(element: Any) -> str:
    """An equation, or a part of one, on one line."""
    name = str(element.tag).removeprefix(_MATH)
    match name:
        case "t":
            return str(element.text or "")
        case "f":
            return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"
        case "sSup":
            return _part(element, "e") + _raised(_part(element, "sup"))
        case "sSub":
            return _part(element, "e") + _lowered(_part(element, "sub"))
        case "sSubSup":
            return (
                _part(element, "e")
                + _lowered(_part(element, "sub"))
                + _raised(_part(element, "sup"))
            )
        case "sPre":
            return (
                _lowered(_part(element, "sub"))
                + _raised(_part(element, "sup"))
                + _part(element, "e")
            )
        case "rad":
            return f"{_raised(_part(element, 'deg'))}√({_part(element, 'e')})"
        case "nary":
            limits = _lowered(_part(element, "sub")) + _raised(_part(element, "sup"))
            return f"{_sign(element, 'chr', '∫')}{limits} {_part(element, 'e')}"
        case "d":
            seam = _sign(element, "sepChr", "|")
            inside = seam.join(text(one) for one in element.findall(f"{_MATH}e"))
            return f"{_sign(element, 'begChr', '(')}{inside}{_sign(element, 'endChr', ')')}"
        case "m":
            rows = element.findall(f"{_MATH}mr")
            return "; ".join(
                ", ".join(text(one) for one in row.findall(f"{_MATH}e")) for row in rows
            )
        case "func":
            return f"{_part(element, 'fName')} {_part(element, 'e')}"
        case "eqArr":
            return "; ".join(text(one) for one in element.findall(f"{_MATH}e"))
    return "".join(text(child) for child in _parts(element))


def _parts(element: Any) -> Iterator[Any]:
    """What is in a part of an equation; nothing that was deleted, and no looks."""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in (f"{_WORD}del", f"{_WORD}rPr"):
            yield child


def _part(element: Any, name: str) -> str:
    """A named part of an element on one line; nothing where it has none."""
    found = element.find(f"{_MATH}{name}")
    return "" if found is None else text(found)


def _sign(element: Any, name: str, usual: str) -> str:
    """The sign that an element's properties name."""
    found = element.find(f"{_MATH}{str(element.tag).removeprefix(_MATH)}Pr/{_MATH}{name}")
    return usual if found is None else str(found.get(f"{_MATH}val", ""))


def _grouped(words: str) -> str:
    """Words in brackets where they are more than one number or name."""
    return words if words.replace(".", "").isalnum() else f"({words})"


def _raised(words: str) -> str:
    """Words above the line."""
    return _script(words, _SUPERSCRIPT, "^")


def _lowered(words: str) -> str:
    """Words below the line."""
    return _script(words, _SUBSCRIPT, "_")


def _script(words: str, signs: dict[int, int], mark: str) -> str:
    """Words in signs that are smaller, where all have one, else behind a mark."""
    if all(ord(sign) in signs for sign in words):
        return words.translate(signs)
    return f"{mark}{_grouped(words)}"
