"""How an action stands, as officers write it: the statuses that a council knows, and what is added behind them.

Their words are in the tables `statuses`, `completed` and `qualified` of a `columns.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from pipeline.council.column_words import ColumnWords
from pipeline.council.dates import is_when
from pipeline.model.action import CLOSED, TO_CLOSE
from pipeline.model.words import has_one, is_one, kept, key, squashed, without

_MOST_WORDS = 10  # of a status and a day behind it
_SHARE = re.compile(r"(?<!\d)(?!100\s?%)\d+\s?%")  # less than the whole
_SO_MANY_OF = re.compile(  # but not which one of several, nor a day
    r"(?<!item )(?<!minute )(?<!page )(?<!recommendation )(?<!resolution )"
    r"\b(\d{1,3}) (?:out )?of (?:the )?(\d{1,3})\b(?! (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.I,
)
# What officers add stands behind one of these.
AFTER_STATUS = re.compile(r"\s*[(\[\u2013\u2014:/\n]|\s+-\s+")
_LONGEST_BEHIND = 300  # characters of a status behind another; more are prose
_LEADS_ON = re.compile(r"(?:to|until|with|by|into)\s", re.I)  # "Transferred to Cabinet"
_MOST_SIGNS = 4  # of a day, such as 3/12/2026, and one behind it
_SENTENCE_END = re.compile(r"[.;](?:\s|$)|\n")
_SIGNS = " \n()[]:/,;.\u2013\u2014-"
# And behind these, what has been done.
_SAID_FIRST = re.compile(rf"{AFTER_STATUS.pattern}|[.;,](?:\s|$)")


class Statuses(ColumnWords, frozen=True, dict=True, eq=False):
    """A council's words, asked how an action stands."""

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
        return has_one(without(f" {key(behind)} ", self.qualified.unless), self.qualified.words)

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


def _status_parts(words: str) -> Iterator[tuple[str, str]]:
    """The ways to part a status from what is added to it: not at all, before a sign, or after some words."""
    yield words, ""
    front, *_ = AFTER_STATUS.split(words, maxsplit=1)
    yield front, words[len(front) :]
    said = words.split(maxsplit=_MOST_WORDS)
    for number in range(1, len(said) if len(said) <= _MOST_WORDS else 0):
        yield " ".join(said[:number]), " ".join(said[number:])
