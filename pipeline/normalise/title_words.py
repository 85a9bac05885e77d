"""What the words of a line above a table say: a committee, a paper, a council, or several of them; and
whether a day among them is the meeting's. Knows nothing of cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct

from pipeline.council.column_words import TitleLabels
from pipeline.council.dates import day_within, days_within, is_when
from pipeline.model.words import FAINT_WORDS, begins, ends, has_one, is_one, key, keys, without
from pipeline.normalise.names import Ground

_Piece: TypeAlias = tuple[
    str, str
]  # a body, a council, a paper, a year, what is left or something other; and its words

_SEPARATOR = re.compile(r"(\s+[-–—|]\s+|:\s+)")
_LINK = re.compile(r"(?i)\s+\(|\s+(?:of|for|from|to)\s+")  # between a paper and whose it is
_WHOSE = re.compile(r"(?i)^(?:(?:the|meeting|of)\s+)+")
# Before the meeting's day:
_LEAD = re.compile(
    r"(?i)(?:\b(?:for|the|this|current|meeting|meets|of|on|to|at|be|held|dated)\b[\s:]*)+$"
)
_FAINT = re.compile(r"(?i)(?:\b(?:the|meeting|of|on|at)\b[\s:]*)+$")
_PREPOSITION = re.compile(r"(?i)(?:\b(?:the|of|on|at)\b[\s:]*)+$")
_TOWARDS = re.compile(r"(?i)\b(?:to|by|with)\b")  # such as `Referred to Planning Committee`
_FOR_MEETING = re.compile(  # a label with what is for a meeting: `Deadline for the meeting:`
    r"(?i)(?:^|[:–—|])\W*(\w[^:–—|]*?(?<=[\w'’)]))\s+(?:for|to)\b(?:[^:–—|]*\bmeeting)?\s*(?:[:–—]|\s-\s)\s*$"
)
_UNKNOWN_LABEL = re.compile(r"[^\W\d_][\w'’ ]{1,30}:(?:\s*\S|$)")  # such as `Chair: A. Hale`
_LONGEST_LINE, _LONGEST_LABEL = 2000, 200  # signs
_LONGEST_NAME = 20  # words of what a council, a body or a paper is called
_YEAR = re.compile(r"\b(?:(?:19|20)\d\d|\d\d[/-]\d\d)\b")
_NUMBER = re.compile(
    r"\(?(?:[^\W\d]+\.?\s+){1,2}?(?:[Nn]o\.?\s*)?(?:[A-Z]?\d[\d.]*[a-z]?|[A-Z])(?!\w)"
    r"(?:\s?\((?:[a-z]|[ivx]+|\d\d?)\))*"
)
_TOWARDS_NAME = re.compile(r"\)?(?:\s+(?:of|for|from|to)(?:\s+the)?(?=\s))?")  # behind a number
_ENDS = " –—-:;,.(|•"


class Parts(Struct, frozen=True):
    """A line's words, parted: the committee, and by what it is one, the paper's title, and what is `left`."""

    committee: str = ""
    paper: str = ""
    left: str = ""
    ground: Ground | None = None

    @property
    def is_body(self) -> bool:
        """Whether the committee has a word for one, and is no council."""
        return self.ground not in (None, Ground.HINT)


class DayIn(Struct, frozen=True):
    """The meeting's day in a line (`is_sure`: its words say so), the line's other words, and what is
    `left` of them; without a day of the meeting `is_other` says whether another's is there.
    """

    day: date | None
    name: str
    is_sure: bool = False
    is_other: bool = False
    left: str = ""


def depth(name: str, known: TitleLabels) -> int:
    """How far below another body one may stand: a board 0, a committee 1, a sub-committee 2."""
    return 1 - ends(name, known.parents) + ends(name, known.children)


def is_remark(words: str, known: TitleLabels) -> bool:
    """Whether a line says something else than committee, paper and meeting, such as when it was printed."""
    names = known.bodies + known.papers
    if begins(words, known.remarks) or _is_byline(words, known):
        return True
    if words and _number_of(words, known) == words:
        return True
    said = meeting_day(words, known)
    if said.is_other and not has_one(words, names):
        return True
    label, _, after = words.partition(":")
    is_meeting = said.day is not None and (said.is_sure or ends(label, ("meeting", "cyfarfod")))
    is_known = has_one(label, names + known.council) or committee_of_line(after, known)
    return _UNKNOWN_LABEL.match(words) is not None and not (is_meeting or is_known)


def _is_byline(words: str, known: TitleLabels) -> bool:
    """Whether words say only who reports: `Report by the Chief Executive`."""
    said = f"{key(words)} "
    lead = next((one for one in keys(known.bylines) if said.startswith(f"{one} ")), "")
    who = _without_posts(said.removeprefix(lead), known)
    return bool(lead) and not has_one(who, known.bodies + known.papers + known.council)


def _without_posts(words: str, known: TitleLabels) -> str:
    """Words without the posts in them that have a body's word or a paper's: `Chief Executive`."""
    return without(f" {key(words)} ", known.executives)


def is_council(words: str, known: TitleLabels) -> bool:
    """Whether a line is the name of a council, or of what is like one, and no more."""
    said = key(words)
    is_bare = not any(sign.isdigit() or sign in ":;" for sign in words)
    is_short = len(said.split()) <= _LONGEST_NAME
    is_name = begins(words, known.councils) or ends(words, known.council)
    return is_bare and is_short and is_name and not has_one(words, known.papers)


def meeting_day(words: str, known: TitleLabels) -> DayIn:
    """The meeting's day in a line: the one that its words call so, else the first that they do not give
    to something else.
    """
    said = " ".join(words.split())
    found = list(days_within(said))
    befores = [said[end:start] for (_, end, _), (start, _, _) in pairwise([(0, 0, None), *found])]
    days = list(zip(befores, found, strict=True))
    days = [(before, one) for before, one in days if not _is_for_meeting(before, known)]
    sure = [one for before, one in days if ends(_PREPOSITION.sub("", before), known.upcoming)]
    free = [one for before, one in days if not _is_other_day(before, known)]
    if not sure + free:
        return DayIn(None, said, is_other=bool(found))
    start, end, day = (sure + free)[0]
    # The same day in another language: `Monitro – 3 Mai 2027 / Monitoring – 3 May 2027`.
    for at, until, same in reversed(found):
        if same == day and at > start:
            said = f"{said[:at].rstrip(_ENDS)}{said[until:]}"
    before = _trimmed(_LEAD.sub("", said[:start]))
    after = said[end:].strip(_ENDS)
    if has_one(after, known.papers) or ends(after, known.bodies):
        joint = " " if after.startswith("/") else " – "
        return DayIn(day, joint.join(filter(None, (before, after))), bool(sure))
    return DayIn(day, before, bool(sure), left=after if key(after) else "")


def _is_for_meeting(before: str, known: TitleLabels) -> bool:
    """Whether the words before a day are a label of something other than a paper that is for a meeting."""
    found = _FOR_MEETING.search(before[-_LONGEST_LABEL:])
    names = known.bodies + known.papers + known.council
    return found is not None and not (ends(found[1], names) or is_one(found[1], known.meeting))


def _is_other_day(before: str, known: TitleLabels) -> bool:
    """Whether the words before a day give it to something else. A single word has to stand right before
    it, or with it in a bracket.
    """
    bracket = before.rpartition("(")[2] if before.count("(") > before.count(")") else ""
    phrases = tuple(one for one in known.elsewhere if " " in one)
    is_within = has_one(bracket, known.elsewhere) or has_one(before, phrases)
    return is_within or ends(_FAINT.sub("", before), known.elsewhere)


def parts_of(name: str, known: TitleLabels) -> Parts:
    """What a line names, where it says several things: `Harbour Panel Action Log`. Without a committee or
    a council all of it is left, and so is a line longer than names can be.
    """
    if len(name) > _LONGEST_LINE:
        return Parts(left=name)
    pieces = list(_pieces_of(name, known))
    kinds = "".join(kind[0] for kind, _, _ in pieces)
    more = "" if "p" in kinds else "o"
    found = re.search(f"o*b[b{more}]*", kinds) or re.search(f"o*c[c{more}]*", kinds)
    if found is None:
        return Parts(left=name)
    committee = _joined(pieces[slice(*found.span())])
    rest = [*pieces[: found.start()], *pieces[found.end() :]]
    titles = [one for one in rest if one[0] in ("paper", "other", "year")] if not more else []
    titles = [] if _is_byline(_joined(titles), known) else titles
    left = _joined([one for one in rest if one not in titles])
    ground = _body_ground(committee, known) if "b" in kinds else Ground.HINT
    return Parts(committee, _joined(titles), left, ground)


def committee_of_line(words: str, known: TitleLabels) -> str:
    """The committee that a line names and says nothing else of but a paper and a day; empty where it does not."""
    before, _, after = day_within(words) or (words, None, "")
    said = parts_of(_trimmed(_LEAD.sub("", before)), known)
    is_name = said.ground is Ground.WORDS and not said.left + after.strip(_ENDS)
    return said.committee if is_name and not _TOWARDS.search(before) else ""


def _body_ground(name: str, known: TitleLabels) -> Ground:
    """How surely words with one for a body name one."""
    if not ends(name, known.bodies):
        return Ground.PART
    return Ground.FAINT if _is_bare(name, known) else Ground.WORDS


def _joined(pieces: list[tuple[str, str, str]]) -> str:
    """Pieces as they stood, what parted them between them."""
    said = "".join(f"{separator or ' – '}{words}" for _, words, separator in pieces)
    return _trimmed(said.removeprefix(pieces[0][2] or " – ")) if pieces else ""


def _trimmed(words: str) -> str:
    """Words without the signs at their ends that part them from others; a bracket among them stays whole."""
    said = words.strip(_ENDS)
    if said.count(")") <= said.count("("):
        return said
    whole = words.rstrip(_ENDS).lstrip(_ENDS.replace("(", ""))
    alone = re.fullmatch(r"\(((?:[^()]|\([^()]*\))*)\)", whole)
    return alone[1].strip(_ENDS) if alone else whole


def _pieces_of(name: str, known: TitleLabels) -> Iterator[tuple[str, str, str]]:
    """The pieces of a line: what each names, its words, and what stands before it."""
    parts = _SEPARATOR.split(name)
    separators = ("", *parts[1::2], "")
    for separator, part, after in zip(separators, parts[::2], separators[1:], strict=False):
        for number, (kind, words) in enumerate(_cut(_trimmed(part), known)):
            is_label = kind == "other" and not separator and ":" in after
            yield "left" if is_label else kind, words, " " if number else separator


def _cut(words: str, known: TitleLabels) -> list[_Piece]:
    """A piece without dashes or colons, cut where a committee's or a council's name ends or begins."""
    if not words:
        return []
    if number := _number_of(words, known):
        return [("left", number), *_cut(_trimmed(words[len(number) :]), known)]
    if answer := _answer(words, known):
        return answer
    is_paper = has_one(words, known.papers)
    for kind, names in (("body", known.bodies), ("council", known.council)):
        end = _end_of(words, names)
        if not end:
            continue
        name, rest = " ".join(words.split()[:end]), " ".join(words.split()[end:])
        if _goes_on(name, rest, names, known) or _is_mention(name, known):
            break  # such as `Select committee process`
        if rest.startswith("("):  # a day or a year
            beside, _, after = rest[1:].partition(")")
            return [*_cut(name, known), ("left", beside), *_cut(_trimmed(after), known)]
        if has_one(rest, known.papers):
            is_title = _is_bare(name, known) or _is_of_paper(name, known)
            return [("paper", words)] if is_title else [(kind, name), ("paper", rest)]
        if _is_time(rest):
            return [(kind, name), ("left", rest)]  # such as `held 10/12/2026`
        if not is_paper:
            return [(kind, words)]
        if halves := _paper_of(words, names, known):
            return [("paper", halves[0]), (kind, halves[1])]
        return [(kind if kind == "body" else "paper", words)]  # such as `Climate Action Panel`
    return [("paper" if is_paper else "year" if _YEAR.search(words) else "other", words)]


def _number_of(words: str, known: TitleLabels) -> str:
    """The number of an enclosure or an item that words begin with: `Appendix 1`, `Appendix A to Item 7(b)`."""
    words = words[:_LONGEST_LABEL]
    found = _NUMBER.match(words) if begins(words, known.enclosures) else None
    if found is None:
        return ""
    link = _LINK.match(words, found.end())
    more = _number_of(words[link.end() :], known) if link else ""
    end = link.end() + len(more) if link and more else found.end()
    towards = _TOWARDS_NAME.match(words, end)
    return words[: towards.end() if towards else end]


def _answer(words: str, known: TitleLabels) -> list[_Piece]:
    """A body's answer, which is a paper, and to whom: `Cabinet response to recommendations`."""
    said = words.split()
    at = next((n for n in range(1, len(said)) if is_one(said[n], known.answers)), 0)
    if not at or not ends(" ".join(said[:at]), known.bodies + known.council):
        return []
    last = at + 1 + (said[at + 1 : at + 2] == ["to"])
    rest = " ".join(said[last:])
    if not has_one(rest, known.bodies):
        return [("paper", words)]
    return [("paper", " ".join(said[:last])), *_cut(rest, known)]


def _goes_on(name: str, rest: str, names: tuple[str, ...], known: TitleLabels) -> bool:
    """Whether a word for a body, and no name, stands in a phrase about something else."""
    first = rest.split(maxsplit=1)[0] if rest else ""
    is_phrase = first.islower() and first not in FAINT_WORDS and not has_one(first, known.sections)
    return is_phrase and not has_one(rest, known.papers) and is_one(name, names)


def _is_mention(name: str, known: TitleLabels) -> bool:
    """Whether words only mention a body that is named elsewhere: `Actions agreed by the Committee`."""
    return ends(name, known.mentions) and not is_one(name, known.mentions)


def _end_of(words: str, listed: tuple[str, ...]) -> int:
    """How many of some words stand up to the last of those listed, with a bracket that follows it; 0
    where there is none.
    """
    said = words.split()
    names = ((n, " ".join(said[max(0, n - _LONGEST_NAME) : n])) for n in range(len(said), 0, -1))
    end = next((n for n, name in names if ends(name, listed)), 0)
    bracket = " ".join(said[end:]).partition(")")[0]
    if 0 < end < len(said) and bracket.startswith("(") and not _is_time(bracket[1:]):
        closing = (n for n in range(end, len(said)) if said[n].endswith(")"))
        end = next(closing, end - 1) + 1
    return end


def _is_time(words: str) -> bool:
    """Whether words say a day or a year; a month alone may be a place: *March*."""
    is_day = is_when(words) and any(sign.isdigit() for sign in words)
    return is_day or any(days_within(words)) or _YEAR.search(words) is not None


def _is_bare(name: str, known: TitleLabels) -> bool:
    """Whether a name is only a word for a committee or a council, and says not which."""
    return is_one(name, known.committee + known.council + known.mentions)


def _is_of_paper(name: str, known: TitleLabels) -> bool:
    """Whether words are a paper's to which more is linked: `Register of committee`, of `actions`."""
    return any(has_one(name[: link.start()], known.papers) for link in _LINK.finditer(name))


def _paper_of(words: str, names: tuple[str, ...], known: TitleLabels) -> tuple[str, str] | None:
    """A paper and whose it is: `Action log of the Planning Committee`."""
    for paper, whose in _halves(words, known):
        is_paper = has_one(paper, known.papers) and not has_one(_without_posts(paper, known), names)
        if is_paper and has_one(whose, names) and not _is_bare(whose, known):
            return paper, whose
    return None


def _halves(words: str, known: TitleLabels) -> Iterator[tuple[str, str]]:
    """What may be a paper and whose it is: what stands at both sides of a link, of the last first; or behind two of a
    paper's words together, for one may be the committee's: `Climate Action Panel`.
    """
    for link in reversed(list(_LINK.finditer(words))):
        whose = _WHOSE.sub("", words[link.end() :])
        if ")" in whose[:-1] and "(" in link[0]:
            continue  # more stands behind the bracket
        yield words[: link.start()], whose.removesuffix(")") if "(" in link[0] else whose
    said = words.split()
    ours = [has_one(word, known.papers) for word in said]
    for n in range(2, len(said)):
        if ours[n - 2 : n + 1] == [True, True, False]:
            yield " ".join(said[:n]), " ".join(said[n:])
