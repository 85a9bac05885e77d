"""What councils call things: the headings of each field, the statuses, the labels above a table.

The words are in `templates/columns.toml` (councils at large) and the council's own `columns.toml`;
`docs/columns.md` explains both. `headings` matches a sheet's headings with them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from msgspec import field

from pipeline.council.colours import are_alike
from pipeline.council.statuses import Statuses
from pipeline.model.action import (
    COMMITTEE_FIELD,
    DATE_FIELDS,
    OPTIONAL_FIELDS,
    TEXT_FIELDS,
)
from pipeline.model.words import (
    FAINT_WORDS,
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
_AFTER_POST = re.compile(r"\s+(?:of|for)\s|[,(/]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d\d/\d\d\b")


class Columns(Statuses, frozen=True, dict=True, eq=False):
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
    def telling(self) -> dict[str, list[frozenset[str]]]:
        """The words of each mark of exemption, by the longest of them: a text that has not all of them has not the
        mark.
        """
        made: dict[str, list[frozenset[str]]] = {}
        private = self.private
        for words in map(
            str.split, keys(private.rows + private.parts + private.schedules + private.labels)
        ):
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
