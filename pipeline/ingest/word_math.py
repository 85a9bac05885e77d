"""Equations of Word documents (OMML, ECMA-376-1, 22.1) as words on one line: a/b, x^2, √(x)."""

from __future__ import annotations

from typing import Any

from pipeline.ingest.package import attribute, child, every, tag

EQUATIONS = ("oMath", "oMathPara")
_UNSAID = ("del", "rPr")  # what was deleted, and looks
_SUPERSCRIPT = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def text(element: Any) -> str:
    """An equation, or a part of one, on one line."""
    name = tag(element)
    match name:
        case "t":
            return str(element.text or "")
        case "f":
            return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"
        case "sSup" | "sSub" | "sSubSup":
            return _part(element, "e") + _scripts(element)
        case "sPre":
            return _scripts(element) + _part(element, "e")
        case "rad":
            return f"{_script(_part(element, 'deg'), _SUPERSCRIPT, '^')}√({_part(element, 'e')})"
        case "nary":
            return f"{_sign(element, 'chr', '∫')}{_scripts(element)} {_part(element, 'e')}"
        case "d":
            inside = _joined(element, "e", _sign(element, "sepChr", "|"))
            return f"{_sign(element, 'begChr', '(')}{inside}{_sign(element, 'endChr', ')')}"
        case "func":
            return f"{_part(element, 'fName')} {_part(element, 'e')}"
        case "m":
            return _joined(element, "mr", "; ")
        case "mr" | "eqArr":
            return _joined(element, "e", ", " if name == "mr" else "; ")
    return "".join(text(one) for one in element if tag(one) not in _UNSAID)


def _scripts(element: Any) -> str:
    """What stands below and above the line."""
    below = _script(_part(element, "sub"), _SUBSCRIPT, "_")
    return below + _script(_part(element, "sup"), _SUPERSCRIPT, "^")


def _joined(element: Any, name: str, seam: str) -> str:
    """The parts of an element with a name, with a seam between them."""
    return seam.join(map(text, every(element, name)))


def _part(element: Any, name: str) -> str:
    """A named part of an element on one line; nothing where it has none."""
    found = child(element, name)
    return "" if found is None else text(found)


def _sign(element: Any, name: str, usual: str) -> str:
    """The sign that an element's properties name."""
    found = child(element, f"{tag(element)}Pr", name)
    return usual if found is None else attribute(found, "val")


def _grouped(words: str) -> str:
    """Words in brackets where they are more than one number or name."""
    return words if words.replace(".", "").isalnum() else f"({words})"


def _script(words: str, signs: dict[int, int], mark: str) -> str:
    """Words in signs that are smaller, where all have one, else behind a mark."""
    if all(ord(sign) in signs for sign in words):
        return words.translate(signs)
    return f"{mark}{_grouped(words)}"
