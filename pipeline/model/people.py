"""Officers: who a cell names, and which entry of the list of officers that is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import asdict, astuple

from pipeline.model.words import kept, key

_How: TypeAlias = Literal["email", "name", "role", "initials", "likely"]
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}"  # RFC 5322, 3.2.3; RFC 5321, 4.5.3.1.1
ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM}){{0,9}}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SEVERAL = re.compile(r"\s*(?:,|\+|\band\b)\s*")
_LIKELY = 90  # of 100; "Jo Bell" and "Jo Ball" have 86, "Ruth Calloway" and "Ruth Caloway" 96


class Officer(Struct, frozen=True, order=True):
    """One line of the directory; `email` is empty where the sheet has no address that mail can go to."""

    name: str
    role: str = ""
    email: str = ""
    telephone: str = ""


class NameMatch(Struct, frozen=True):
    """The officer that some words of the workbook mean, and how we know."""

    words: str
    officer: Officer
    how: _How


def name_matches(said: Officer, known: tuple[Officer, ...]) -> list[NameMatch]:
    """Whom a cell means by an officer that it names: one, or several where a list leaves no doubt."""
    one = _matched(said, known)
    if one is not None and one.how != "likely":
        return [one]
    each = [_matched(Officer(piece), known) for piece in _SEVERAL.split(said.name)]
    sure = [match for match in each if match is not None and match.how != "likely"]
    if len(each) > 1 and len(sure) == len(each):
        return sure
    return [one] if one is not None else []


def _matched(said: Officer, known: tuple[Officer, ...]) -> NameMatch | None:
    """The one officer of the directory who is meant, and how we know: a name spelled much like theirs
    is the last resort.

    None where there is none, or there are two.
    """
    ways: list[tuple[_How, Callable[[Officer], str], str]] = [
        ("email", lambda officer: officer.email, said.email),
        ("name", lambda officer: officer.name, said.name),
        ("role", lambda officer: officer.role, said.role or said.name),
        ("initials", lambda officer: initials(officer.name), said.name.replace(".", "")),
    ]
    for how, told, words in ways:
        same = [officer for officer in known if key(told(officer)) == key(words) != ""]
        if same:
            return NameMatch(said.name, same[0], how) if len(same) == 1 else None
    return _alike(said.name, known)


def initials(name: str) -> str:
    """The first letters of a name, as people sign with them; nothing for a name of one word."""
    words = [word for word in re.split(r"[\s-]+", name) if word[:1].isalpha()]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _alike(words: str, known: tuple[Officer, ...]) -> NameMatch | None:
    """The one officer whose name is spelled much like some words."""
    from rapidfuzz import fuzz, process  # slow to load

    names = {number: key(officer.name) for number, officer in enumerate(known)}
    close = process.extract(
        key(words), names, scorer=fuzz.token_sort_ratio, score_cutoff=_LIKELY, limit=2
    )
    return NameMatch(words, known[close[0][2]], "likely") if len(close) == 1 else None


_BULLET = "\u2022"
_LABEL = r"\b(?:tel(?:ephone)?|phone|mob(?:ile)?|t|m|e-?mail|e)\b\.?\s*:?\s*"
_NUMBER = r"(?:\+44 ?(?:\(0\))?|\(0\d{2,4}\)|0)[\d -]{5,14}\d|\bext(?:ension)?\b\.?:?\s*\d{2,6}"
_CONTACT = re.compile(
    rf"[(<\[]?\s*(?:{_LABEL})?({ADDRESS.pattern}|{_NUMBER})\s*[)>\]]?[,.]?", re.IGNORECASE
)
_SPACES = re.compile(r"\s+")
_APART = re.compile(r"\s*;\s*")  # always stands between two officers
_PERHAPS_APART = re.compile(r"\s*\n\s*|\s+/\s*|\s*/\s+")  # does so if a new one begins after it
_LIST = re.compile(r"(\([^()]*)\)?|\s*[,/)]\s*|\s+(?:and|[&+\u2013\u2014-])\s+|:\s+")
# Stands between a person and a post.
_POST = re.compile(r"\s*,\s*|\s+[\u2013\u2014-]\s+|\s*\(|/|:\s+")
_TITLE = r"(?:Cllr|Councillor|Mrs?|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Rev)\.?"
_NAME_WORD = r"(?:[^\W\d_]['\u2019.-]?)+"
_NAME = re.compile(
    rf"(?:{_TITLE} {_NAME_WORD}|{_NAME_WORD})(?: (?:de|van|von|ap|ab|la|le|{_NAME_WORD})){{0,3}}"
)
_INITIALS = re.compile(r"[A-Z](?:\.? ?[A-Z]){1,3}\.?")
_ROLE_WORDS = frozenset({
    "accountant", "administrator", "adviser", "advisor", "analyst", "architect", "archivist", "assistant",
    "auditor", "cabinet", "chair", "chairman", "chief", "clerk", "commissioner", "committee", "consultant",
    "controller", "convener", "coordinator", "counsel", "curator", "department", "deputy", "director",
    "directorate", "division", "engineer", "executive", "group", "head", "inspector", "keeper", "lawyer",
    "lead", "leader", "librarian", "manager", "master", "mayor", "member", "nurse", "officer", "partner",
    "planner", "portfolio", "practitioner", "principal", "provost", "ranger", "registrar", "representative",
    "secretary", "service", "services", "solicitor", "specialist", "steward", "superintendent", "supervisor",
    "surveyor", "team", "technician", "treasurer", "unit", "warden",
})  # fmt: skip


@kept
def people_named(words: str) -> tuple[Officer, ...]:
    """The officers that a cell names, in order. One who is given by a role alone has it for a name."""
    found: list[Officer] = []
    lines = _SPACES.sub(
        lambda found: "\n" if "\n" in found[0] else " ", words.replace(_BULLET, "\n")
    )
    for part in _APART.split(_CONTACT.sub(r"\n\1\n", lines)):
        said: dict[str, str] = {}
        for piece in _pieces(part):
            kind = _kind_of(piece)
            if kind in said and kind != "telephone" and not piece.startswith("("):
                found.append(_officer(said))
                said = {}
            bare = piece.removeprefix("(")
            said[kind] = f"{said[kind]}, {bare}" if kind in said else bare
        before = (
            {kind: words for kind, words in asdict(found[-1]).items() if words} if found else {}
        )
        if said and before and said.keys().isdisjoint({"name", "role", *before}):
            found[-1] = _officer({**before, **said})  # a number after a semicolon
        elif said:
            found.append(_officer(said))
    return tuple(found)


def by_key(named: Iterable[Officer]) -> dict[str, Officer]:
    """The officers that cells name by their names' keys, each with all that any cell says of them."""
    found: dict[str, Officer] = {}
    for said in named:
        before = found.get(key(said.name), said)
        known = zip(astuple(before), astuple(said), strict=True)
        found[key(said.name)] = Officer(*(one or other for one, other in known))
    return found


def _pieces(part: str) -> list[str]:
    """The pieces of what one officer, or a few, may be said in."""
    made: list[str] = []
    for piece in _PERHAPS_APART.split(part):
        made.extend(_listed(piece.strip(" ,.:<>[]-\u2013")))
    return [piece for piece in made if piece]


def _listed(piece: str) -> list[str]:
    """A piece cut where persons and posts stand in a list, and whole where it is one of them.

    Posts have commas and ampersands in them: a list is cut only if each of its parts is sure. What stands in
    brackets behind a person tells of that person: *Jo Bell (until June)*.
    """
    parts: list[str] = []
    for part in filter(None, map(str.strip, filter(None, _LIST.split(piece)))):
        is_told = bool(parts) and (is_person(parts[-1]) or parts[-1].startswith("("))
        parts += _listed(part[1:]) if part.startswith("(") and not is_told else [part]
    if any(map(is_person, parts)) and all(map(_is_sure, parts)):
        return parts
    first, *rest = _POST.split(piece, maxsplit=1)
    if rest and is_person(first) and _is_role(rest[0]):
        return [first, rest[0].rstrip(")")]
    return [piece]


def _is_sure(part: str) -> bool:
    """Whether a part of a list is a person, a post or what stands in brackets."""
    return is_person(part) or _is_role(part) or part.startswith("(")


def is_person(piece: str) -> bool:
    """Whether a piece is surely a person's name, of two words or with a title, or initials."""
    if _INITIALS.fullmatch(piece):
        return True
    words = piece.split()
    is_whole = len(words) > 1 and words[0][:1].isupper() and words[-1][:1].isupper()
    return is_whole and _NAME.fullmatch(piece) is not None and not _is_role(piece)


def _is_role(piece: str) -> bool:
    """Whether a piece is a post, and no person's name."""
    return not _ROLE_WORDS.isdisjoint(re.findall(r"[^\W\d_]+", piece.casefold()))


def _kind_of(piece: str) -> str:
    """What a piece tells of an officer."""
    if ADDRESS.fullmatch(piece):
        return "email"
    if re.fullmatch(_NUMBER, piece, re.IGNORECASE) or re.fullmatch(r"[\d ()+-]{4,}", piece):
        return "telephone"
    return "role" if _is_role(piece) or piece.startswith("(") else "name"


def _officer(said: dict[str, str]) -> Officer:
    role = said.get("role", "")
    return Officer(
        name=said.get("name", "") or role or said.get("email", "") or said.get("telephone", ""),
        role=role if "name" in said else "",
        email=said.get("email", ""),
        telephone=said.get("telephone", ""),
    )
