"""Equations of Word documents (OMML, ECMA-376-1, 22.1) as words on one line: a/b, x^2, √(x)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import nsmap

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EQUATIONS = (f"{MATH}oMath", f"{MATH}oMathPara")
WORD = f"{{{nsmap['w']}}}"
SUPERSCRIPT = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
SUBSCRIPT = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def text(element: Any) -> str:
    """An equation, or a part of one, on one line."""
    name = str(element.tag).removeprefix(MATH)
    match name:
        case "t":
            return str(element.text or "")
        case "f":
            return f"{grouped(part(element, 'num'))}/{grouped(part(element, 'den'))}"
        case "sSup":
            return part(element, "e") + raised(part(element, "sup"))
        case "sSub":
            return part(element, "e") + lowered(part(element, "sub"))
        case "sSubSup":
            return part(element, "e") + lowered(part(element, "sub")) + raised(part(element, "sup"))
        case "sPre":
            return lowered(part(element, "sub")) + raised(part(element, "sup")) + part(element, "e")
        case "rad":
            return f"{raised(part(element, 'deg'))}√({part(element, 'e')})"
        case "nary":
            limits = lowered(part(element, "sub")) + raised(part(element, "sup"))
            return f"{sign(element, 'chr', '∫')}{limits} {part(element, 'e')}"
        case "d":
            seam = sign(element, "sepChr", "|")
            inside = seam.join(text(one) for one in element.findall(f"{MATH}e"))
            return f"{sign(element, 'begChr', '(')}{inside}{sign(element, 'endChr', ')')}"
        case "m":
            rows = element.findall(f"{MATH}mr")
            return "; ".join(
                ", ".join(text(one) for one in row.findall(f"{MATH}e")) for row in rows
            )
        case "func":
            return f"{part(element, 'fName')} {part(element, 'e')}"
        case "eqArr":
            return "; ".join(text(one) for one in element.findall(f"{MATH}e"))
    return "".join(text(child) for child in parts(element))


def parts(element: Any) -> Iterator[Any]:
    """What is in a part of an equation; nothing that was deleted, and no looks."""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in (f"{WORD}del", f"{WORD}rPr"):
            yield child


def part(element: Any, name: str) -> str:
    """A named part of an element on one line; nothing where it has none."""
    found = element.find(f"{MATH}{name}")
    return "" if found is None else text(found)


def sign(element: Any, name: str, usual: str) -> str:
    """The sign that an element's properties name."""
    found = element.find(f"{MATH}{str(element.tag).removeprefix(MATH)}Pr/{MATH}{name}")
    return usual if found is None else str(found.get(f"{MATH}val", ""))


def grouped(words: str) -> str:
    """Words in brackets where they are more than one number or name."""
    return words if words.replace(".", "").isalnum() else f"({words})"


def raised(words: str) -> str:
    """Words above the line."""
    return script(words, SUPERSCRIPT, "^")


def lowered(words: str) -> str:
    """Words below the line."""
    return script(words, SUBSCRIPT, "_")


def script(words: str, signs: dict[int, int], mark: str) -> str:
    """Words in signs that are smaller, where all have one, else behind a mark."""
    if all(ord(sign) in signs for sign in words):
        return words.translate(signs)
    return f"{mark}{grouped(words)}"
