"""What councils call things: the headings of each field, the statuses, the labels above a table.

The words are in `templates/columns.toml` (councils at large) and the council's own `columns.toml`;
`docs/columns.md` explains both. `headings` matches a sheet's headings with them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any

from msgspec import field
from msgspec.structs import replace

from pipeline.council import house, settings
from pipeline.council.colours import are_alike, status_colours
from pipeline.council.column_words import ColumnWords, FieldHeadings
from pipeline.council.dates import is_when
from pipeline.council.settings import Lists
from pipeline.model.action import (
    CLOSED,
    COMMITTEE_FIELD,
    DATE_FIELDS,
    OPTIONAL_FIELDS,
    TEXT_FIELDS,
    TO_CLOSE,
)
from pipeline.model.errors import PipelineError
from pipeline.model.words import (
    FAINT_WORDS,
    has_one,
    is_one,
    kept,
    key,
    keys,
    single_words,
    squashed,
    stem,
    without,
)

UNPUBLISHED = frozenset({"notes", COMMITTEE_FIELD})
COLUMN_FIELDS = (*TEXT_FIELDS, *DATE_FIELDS, COMMITTEE_FIELD)
_MOST_WORDS = 10  # of a status and a day behind it
_AFTER_POST = re.compile(r"\s+(?:of|for)\s|[,(/]")
_SHARE = re.compile(r"(?<!\d)(?!100\s?%)\d+\s?%")  # less than the whole
_SO_MANY_OF = re.compile(  # but not which one of several, nor a day
    r"(?<!item )(?<!minute )(?<!page )(?<!recommendation )(?<!resolution )"
    r"\b(\d{1,3}) (?:out )?of (?:the )?(\d{1,3})\b(?! (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.I,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d\d/\d\d\b")
# What officers add stands behind one of these.
AFTER_STATUS = re.compile(r"\s*[(\[\u2013\u2014:/\n]|\s+-\s+")
_LONGEST_BEHIND = 300  # characters of a status behind another; more are prose
_LEADS_ON = re.compile(r"(?:to|until|with|by|into)\s", re.I)  # "Transferred to Cabinet"
_MOST_SIGNS = 4  # of a day, such as 3/12/2026, and one behind it
_SENTENCE_END = re.compile(r"[.;](?:\s|$)|\n")
_SIGNS = " \n()[]:/,;.\u2013\u2014-"
# And behind these, what has been done.
_SAID_FIRST = re.compile(rf"{AFTER_STATUS.pattern}|[.;,](?:\s|$)")


class Columns(ColumnWords, frozen=True, dict=True, eq=False):
    """A council's words and those of councils at large, the council's first.

    `own` are the keys of the council's headings, `peculiar` those that no other council uses; `shades` the
    canonical status of each colour; `printed` the fields that its house style has a place for. Each is itself alone
    (`eq`), so that what is found of words by it can be kept.
    """

    own: frozenset[str] = frozenset()
    peculiar: frozenset[str] = frozenset()
    printed: frozenset[str] = frozenset()
    shades: dict[str, str] = field(default_factory=dict)

    @cached_property
    def fields_of(self) -> dict[str, list[str]]:
        """The fields that each known heading can name."""
        named: dict[str, list[str]] = {}
        for name, heading in self.ranks:
            named.setdefault(heading, []).append(name)
        return named

    @cached_property
    def ranks(self) -> dict[tuple[str, str], int]:
        """Where each known heading stands in the list of a field: of two, the first is meant."""
        return {
            (name, squashed(heading)): number
            for name, known in self.fields.items()
            for number, heading in reversed(list(enumerate(known.headings)))
        }

    @cached_property
    def weaker(self) -> frozenset[tuple[str, str]]:
        """The known headings of a field that give way to any other, each with its field."""
        return frozenset(
            (name, squashed(heading))
            for name, known in self.fields.items()
            for heading in known.weaker
        )

    def is_time(self, words: str) -> bool:
        """Whether words name a time, and no share: a year, a month, or one that `times` has."""
        said = key(words).split()
        is_named = not keys(self.cells.times).isdisjoint((*said, " ".join(said)))
        return "%" not in words and (_YEAR.search(words) is not None or is_named)

    def is_post(self, words: str) -> bool:
        """Whether words are an officer's post, such as *Highways Manager* or *Head of Works (Coast)*."""
        said = key(_AFTER_POST.split(words, maxsplit=1)[0]).split()
        return bool(said) and said[-1] in keys(self.cells.posts)

    @kept
    def is_private(self, heading: str) -> bool:
        """Whether a heading says that its column is not for publication."""
        said = without(f" {key(heading.replace('-', ' '))} ", self.private.unless)
        return any(f" {words} " in said for words in keys(self.private.words))

    @cached_property
    def field_words(self) -> dict[str, dict[str, float]]:
        """How far a word of a heading points to each field that may be guessed: the share of the lists with that
        word.
        """
        uses: dict[str, Counter[str]] = {}
        for name in self.fields.keys() - OPTIONAL_FIELDS:
            known = self.fields[name]
            told = [said for said in known.headings if said not in known.exact]
            for heading in {key(said) for said in told if not self.is_private(said)}:
                for word in set(map(stem, heading.split())):
                    uses.setdefault(word, Counter())[name] += 1
        return {
            word: {name: count / sum(found.values()) for name, count in found.items()}
            for word, found in uses.items()
            if word not in FAINT_WORDS
        }

    @cached_property
    def status_of(self) -> dict[str, str]:
        """The canonical status that each known wording means."""
        return {squashed(raw): status for status, raws in self.statuses.items() for raw in raws}

    def is_listed(self, words: str) -> bool:
        """Whether words are one of a status's and nothing more, signs and capitals aside."""
        return bool(self.listed_status(words))

    def listed_status(self, words: str) -> str:
        """The canonical status of which words are a known wording and nothing more; empty where they are none."""
        return self.status_of.get(squashed(words), "") if len(words) <= self._longest else ""

    @cached_property
    def _longest(self) -> int:
        """The characters of what can be a known wording, signs and spaces between its letters and all."""
        return 2 * max(map(len, self.status_of), default=0)

    @kept
    def status(self, words: str) -> str:
        """The canonical status that an officer's words mean, with or without what is added behind a dash,
        in brackets, or as a day; `unknown` where no mapping names them, or what is added qualifies that an
        action is closed.
        """
        found, behind = self._begun_status(words)
        if found in CLOSED and self.listed_status(behind.strip(_SIGNS)) == TO_CLOSE:
            return TO_CLOSE  # such as `Completed - remove`
        return "unknown" if self._takes_back(found, words, behind) else found

    def _takes_back(self, found: str, words: str, behind: str) -> bool:
        """Whether what stands behind a status takes it back: by another one after a stroke or on another line
        (*Ongoing / Completed*), by one of a closed action alone, or in words that an action is closed.
        """
        if found in CLOSED:
            return self._qualifies(words, behind)
        added = behind.strip(_SIGNS)
        meant, is_apart = self._begun_status(added)[0], behind.lstrip(" ").startswith(("/", "\n"))
        return meant not in (found, "unknown") and (
            is_apart or (meant in CLOSED and self.is_listed(added))
        )

    def _begun_status(self, words: str) -> tuple[str, str]:
        """The canonical status with which some words begin, or `unknown`; and what stands behind it: nothing,
        more behind a sign, or a day.
        """
        for said, behind in _status_parts(words.strip()):
            found = self.listed_status(said)
            is_told = found and (not behind or AFTER_STATUS.match(behind) or is_when(behind))
            if is_told or (found not in ("", "completed") and _LEADS_ON.match(behind)):
                return found, behind
        return "unknown", ""

    def parted_status(self, words: str, heading: str) -> tuple[str, str]:
        """Of a cell that says both how an action stands and what has been done: its words for the first, and those
        for the second. The whole is the update where it says more than a status and its day; where it begins with
        no status, or takes it back, it says none.
        """
        added = self.behind_status(words).strip(_SIGNS)
        if self._stands(words, heading) and (not added or is_when(added)):
            return words, ""
        ends = (found.start() for found in islice(_SAID_FIRST.finditer(words), _MOST_SIGNS))
        front = next((words[:end] for end in ends if self._stands(words[:end], heading)), "")
        sentence = _SENTENCE_END.split(words, maxsplit=1)[0]
        is_taken_back = self._takes_back(self.status(front), sentence, sentence[len(front) :])
        return ("" if is_taken_back else front, words)

    def _stands(self, words: str, heading: str) -> bool:
        """Whether words under a heading say how an action stands."""
        return (self.status(words), self.answer(heading, words)) != ("unknown", "unknown")

    @cached_property
    def _responses(self) -> frozenset[str]:
        return frozenset(map(squashed, self.cells.responses))

    def is_response(self, words: str) -> bool:
        """Whether words begin as an answer of those who were asked does, such as *Agreed* or *Not accepted*."""
        return any(
            squashed(said) in self._responses
            and (not behind or AFTER_STATUS.match(behind) or is_when(behind))
            for said, behind in _status_parts(words.strip())
        )

    def behind_status(self, words: str) -> str:
        """What stands behind the words of a status: nothing where they are a listed status, or a bare answer;
        all of them where they begin with none.
        """
        found, behind = self._begun_status(words)
        return behind if found != "unknown" else "" if key(words) in self.answers else words

    def _qualifies(self, words: str, behind: str) -> bool:
        """Whether a question mark, a share of the whole or what stands `behind` a status takes something
        back of it: another status, or a *no*.
        """
        is_no = self.answers.get(squashed(behind), "completed") not in CLOSED
        is_less = any(int(some) < int(all_) for some, all_ in _SO_MANY_OF.findall(words))
        if "?" in words or _SHARE.search(words) or is_less or is_no:
            return True
        meant = self.status(behind) if len(behind) <= _LONGEST_BEHIND else "unknown"
        if meant != "unknown":
            return meant not in CLOSED
        return has_one(behind, self.qualified.words)

    def is_qualified(self, words: str) -> bool:
        """Whether words begin as those of a closed action do, and take something back of it."""
        found, behind = self._begun_status(words)
        return found in CLOSED and self._qualifies(words, behind)

    def is_denied(self, words: str) -> bool:
        """Whether words have those of a closed action in them, and say more, or the opposite: *Incomplete*."""
        said, several = squashed(words), len(key(words).split()) > 1
        closed = (raw for raw, status in self.status_of.items() if status in CLOSED)
        return any(said.find(raw) > 0 or (several and said.startswith(raw)) for raw in closed)

    @cached_property
    def answers(self) -> dict[str, str]:
        """The canonical status that each answer means to whether an action is completed."""
        yes, no = (map(squashed, said) for said in (self.completed.yes, self.completed.no))
        return {**dict.fromkeys(yes, "completed"), **dict.fromkeys(no, "in progress")}

    def answer(self, heading: str, words: str) -> str:
        """The canonical status that an answer means under a heading that asks whether an action is
        completed; `unknown` under any other.
        """
        asks = is_one(heading, self.completed.headings) and "?" not in words
        return self.answers.get(squashed(words), "unknown") if asks else "unknown"

    @cached_property
    def telling(self) -> dict[str, list[frozenset[str]]]:
        """The words of each mark of exemption, by the longest of them: a text that has not all of them has not the
        mark.
        """
        made: dict[str, list[frozenset[str]]] = {}
        private = self.private
        for words in map(str.split, keys(private.rows + private.parts + private.schedules)):
            made.setdefault(max(words, key=len), []).append(frozenset(words))
        return made

    @cached_property
    def section_words(self) -> frozenset[str]:
        """The words of a line that says at which meeting the items under it were considered."""
        said = self.title_block
        return single_words(said.sections + said.bodies + said.council)

    def is_own_tracker(self, headings: Iterable[str]) -> bool:
        """Whether a tracker is the council's own: most of its headings are, and one that is no other's."""
        said = [key(one) for one in headings]
        is_most = 2 * sum(one in self.own for one in said) >= len(said)
        return is_most and not self.peculiar.isdisjoint(said)

    def can_be_committee(self, words: str) -> bool:
        """Whether what stands in a committee's column can be its name, and is no tick or number."""
        is_word = sum(letter.isalpha() for letter in words) > 1
        return is_word and not is_one(words, self.title_block.marks)

    def colour_status(self, colour: str) -> str:
        """The canonical status that the council gives a fill colour, or nothing."""
        near = (name for known, name in self.shades.items() if are_alike(known, colour))
        return next(near, "")

    def required(self) -> list[str]:
        """The fields that the council's own tracker must have."""
        return [
            name
            for name, known in self.fields.items()
            if known.required and name not in self.without
        ]

    def wanted(self) -> list[str]:
        """The required columns by the name that we would give them."""
        return [self.fields[name].headings[0] for name in self.required()]


def columns_of(style: str) -> Columns:
    """A council's words with those of councils at large. Raises `PipelineError` where a file is wrong."""
    own = settings.settings_in(settings.folder(style) / "columns.toml", ColumnWords)
    shared = settings.shipped_words("columns.toml", ColumnWords)
    strange = sorted({*own.fields, *shared.fields} - {*COLUMN_FIELDS})
    if strange:
        raise PipelineError(
            f"templates/{style}/columns.toml: no field is called '{strange[0]}'.",
            f"Fields are {', '.join(sorted(COLUMN_FIELDS))}.",
        )
    said = _heading_keys(own)
    fields = {
        name: _laid_over(
            *(words.fields.get(name, FieldHeadings()) for words in (own, shared)), said=said
        )
        for name in dict.fromkeys((*own.fields, *shared.fields))
    }
    house_style = house.house_of(style)
    statuses = {
        name: [
            house_style.status_word(name),
            *own.statuses.get(name, []),
            *shared.statuses.get(name, []),
        ]
        for name in dict.fromkeys((*shared.statuses, *own.statuses))
    }
    _refuse_clash(style, statuses)
    parts: dict[str, Any] = {
        name: replace(part, **part.with_more(getattr(shared, name)))
        for name in own.__struct_fields__
        if isinstance(part := getattr(own, name), Lists)
    }
    return Columns(
        **parts,
        fields=fields,
        statuses=statuses,
        own=said,
        peculiar=said - _heading_keys(shared),
        hidden=own.hidden,
        without=own.without,
        printed=house_style.printed,
        shades=status_colours(style, own.colours, statuses),
    )


def _heading_keys(words: ColumnWords) -> frozenset[str]:
    """The keys of all headings of a file."""
    return frozenset(
        key(heading)
        for known in words.fields.values()
        for heading in (*known.headings, *known.exact, *known.weaker)
    )


def _laid_over(own: FieldHeadings, shared: FieldHeadings, *, said: frozenset[str]) -> FieldHeadings:
    """A field's headings, the council's first; of the others none that the council has `said` to be of some field."""
    headings = [
        heading
        for part in ("headings", "exact", "weaker")
        for words in (own, shared)
        for heading in getattr(words, part)
        if words is own or key(heading) not in said
    ]
    return FieldHeadings(
        headings=tuple(headings),
        weaker=tuple(one for one in own.weaker + shared.weaker if one not in own.headings),
        exact=own.exact + shared.exact,
        required=own.required,
    )


def _refuse_clash(style: str, statuses: dict[str, list[str]]) -> None:
    """Raise `PipelineError` where the house's word for a status is listed for another."""
    words = {squashed(raws[0]): name for name, raws in statuses.items()}
    for name, raws in statuses.items():
        for raw in raws:
            meant = words.get(squashed(raw), name)
            if meant != name:
                raise PipelineError(
                    f"templates/{style}/house.toml, status_words: '{raw}' is the word for '{meant}', and one for "
                    f"'{name}' in columns.toml.",
                    "Call one of the two otherwise.",
                )


def _status_parts(words: str) -> Iterator[tuple[str, str]]:
    """The ways to part a status from what is added to it: not at all, before a sign, or after some words."""
    yield words, ""
    front, *_ = AFTER_STATUS.split(words, maxsplit=1)
    yield front, words[len(front) :]
    said = words.split(maxsplit=_MOST_WORDS)
    for number in range(1, len(said) if len(said) <= _MOST_WORDS else 0):
        yield " ".join(said[:number]), " ".join(said[number:])
