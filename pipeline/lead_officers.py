"""An officers' cell read into people: who they are, and what the cell says of how to reach them.

Cells say `Ruth Calloway`, `RC/IS`, `A Hale; B Stone`, or a role, a person, a telephone number and an
address, a line each. The paper prints the cell as it is; this tells one officer from two.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from pipeline.officers import ADDRESS, Officer

Kind: TypeAlias = Literal["name", "role", "email", "telephone"]

BULLET = "\u2022"
LABEL = r"\b(?:tel(?:ephone)?|phone|mob(?:ile)?|t|m|e-?mail|e)\b\.?\s*:?\s*"
NUMBER = r"(?:\+44 ?(?:\(0\))?|\(0\d{2,4}\)|0)[\d -]{5,14}\d|\bext(?:ension)?\b\.?:?\s*\d{2,6}"
CONTACT = re.compile(
    rf"[(<\[]?\s*(?:{LABEL})?({ADDRESS.pattern}|{NUMBER})\s*[)>\]]?[,.]?", re.IGNORECASE
)
APART = re.compile(r"\s*;\s*")  # always stands between two officers
PERHAPS_APART = re.compile(r"\s*\n\s*|\s+/\s*|\s*/\s+")  # does so if a new one begins after it
LIST = re.compile(r"\s*[,/]\s*|\s+(?:and|[&+\u2013\u2014-])\s+|\s*[()]\s*|:\s+")
POST = re.compile(
    r"\s*,\s*|\s+[\u2013\u2014-]\s+|\s*\(|/|:\s+"
)  # stands between a person and a post
TITLE = r"(?:Cllr|Councillor|Mrs?|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Rev)\.?"
NAME_WORD = r"(?:[^\W\d_]['\u2019.-]?)+"
NAME = re.compile(
    rf"(?:{TITLE} {NAME_WORD}|{NAME_WORD})(?: (?:de|van|von|ap|ab|la|le|{NAME_WORD})){{0,3}}"
)
INITIALS = re.compile(r"[A-Z](?:\.? ?[A-Z]){1,3}\.?")
ROLE_WORDS = frozenset({
    "accountant", "administrator", "adviser", "advisor", "analyst", "architect", "archivist", "assistant",
    "auditor", "cabinet", "chair", "chairman", "chief", "clerk", "commissioner", "committee", "consultant",
    "controller", "convener", "coordinator", "counsel", "curator", "department", "deputy", "director",
    "directorate", "division", "engineer", "executive", "group", "head", "inspector", "keeper", "lawyer",
    "lead", "leader", "librarian", "manager", "master", "mayor", "member", "nurse", "officer", "partner",
    "planner", "portfolio", "practitioner", "principal", "provost", "ranger", "registrar", "representative",
    "secretary", "service", "services", "solicitor", "specialist", "steward", "superintendent", "supervisor",
    "surveyor", "team", "technician", "treasurer", "unit", "warden",
})  # fmt: skip


def read(words: str) -> tuple[Officer, ...]:
    """The officers that a cell names, in order. One who is given by a role alone has it for a name."""
    found: list[Officer] = []
    for part in APART.split(CONTACT.sub(r"\n\1\n", words.replace(BULLET, "\n"))):
        said: dict[Kind, str] = {}
        for piece in pieces(part):
            kind = kind_of(piece)
            if kind in said and kind in ("name", "role"):
                found.append(officer(said))
                said = {}
            said[kind] = f"{said[kind]}, {piece}" if kind in said else piece
        if said and not said.keys() & {"name", "role"} and found:
            found[-1] = officer({**told(found[-1]), **said})  # a number after a semicolon
        elif said:
            found.append(officer(said))
    return tuple(found)


def pieces(part: str) -> list[str]:
    """The pieces of what one officer, or a few, may be said in."""
    made: list[str] = []
    for piece in PERHAPS_APART.split(part):
        made.extend(listed(piece.strip(" ,.:<>[]-\u2013")))
    return [piece for piece in made if piece]


def listed(piece: str) -> list[str]:
    """A piece cut where persons and posts stand in a list, and whole where it is one of them.

    Posts have commas and ampersands in them: a list is cut only if each of its parts is sure.
    """
    parts = [part for part in LIST.split(piece) if part]
    if any(map(is_person, parts)) and all(is_person(part) or is_role(part) for part in parts):
        return parts
    first, *rest = POST.split(piece, maxsplit=1)
    if rest and is_person(first) and is_role(rest[0]):
        return [first, rest[0].rstrip(")")]
    return [piece]


def is_person(piece: str) -> bool:
    """Whether a piece is surely a person's name, of two words or with a title, or initials."""
    if INITIALS.fullmatch(piece):
        return True
    words = piece.split()
    is_whole = len(words) > 1 and words[0][:1].isupper() and words[-1][:1].isupper()
    return is_whole and NAME.fullmatch(piece) is not None and not is_role(piece)


def is_role(piece: str) -> bool:
    """Whether a piece is a post, and no person's name."""
    return not ROLE_WORDS.isdisjoint(re.findall(r"[^\W\d_]+", piece.casefold()))


def kind_of(piece: str) -> Kind:
    """What a piece tells of an officer."""
    if ADDRESS.fullmatch(piece):
        return "email"
    if re.fullmatch(NUMBER, piece, re.IGNORECASE) or re.fullmatch(r"[\d ()+-]{4,}", piece):
        return "telephone"
    return "role" if is_role(piece) else "name"


def officer(said: dict[Kind, str]) -> Officer:
    """The officer of some pieces."""
    role = said.get("role", "")
    return Officer(
        name=said.get("name", "") or role or said.get("email", "") or said.get("telephone", ""),
        role=role if "name" in said else "",
        email=said.get("email", ""),
        telephone=said.get("telephone", ""),
    )


def told(known: Officer) -> dict[Kind, str]:
    """An officer's pieces."""
    held: dict[Kind, str] = {"name": known.name, "role": known.role}
    held |= {"email": known.email, "telephone": known.telephone}
    return {kind: words for kind, words in held.items() if words}
