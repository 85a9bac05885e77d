"""What the output folder keeps: the committees' final papers, each beside its records. Read only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from datetime import date
from hashlib import sha256
from itertools import islice
from json import dumps
from pathlib import Path

from msgspec import Struct, field

from pipeline.council.clerk import Decisions
from pipeline.ingest.read import file_bytes
from pipeline.model.action import CLOSED
from pipeline.model.errors import PipelineError
from pipeline.model.months import iso_day, plain_day
from pipeline.model.words import key
from pipeline.published import readback, records
from pipeline.published.folder import SUMS_NAME, SUPERSEDED, file_name, meeting_folder
from pipeline.published.records import RECORDS_NAME, ActionRecord, Records, actions_csv

_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?')  # without an end too, or damaged ones take long


def final(folder: Path) -> str:
    """The records of the final paper in a meeting's folder, as JSON; nothing where there is none.

    Raises `PipelineError` where what should be records are none, or are another meeting's.
    """
    path = folder / RECORDS_NAME
    if not path.exists():
        return ""
    json = readback.records_json(path)
    paper = records.from_json(json).paper
    if iso_day(folder.name) and folder != meeting_folder(
        folder.parents[1], paper.committee, paper.day
    ):
        raise PipelineError(
            f"{folder} holds the paper of {paper.committee} of {plain_day(paper.day)}: it was copied there.",
            "Take it away; if the folder was renamed, give it its name again.",
        )
    return json if paper.final else ""


def sums(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file that was published in a meeting's folder, by its name; nothing where no list is."""
    path = folder / SUMS_NAME
    lines = file_bytes(path).decode(errors="replace").splitlines() if path.exists() else ()
    return {name: digest for digest, _, name in (one.partition("  ") for one in lines) if name}


def with_sums(folder: Path, files: Mapping[Path, bytes], gone: Collection[Path]) -> bytes:
    """The list of the files that are published in a meeting's folder, with some new ones and without those `gone`."""
    known = sums(folder) | {path.name: sha256(data).hexdigest() for path, data in files.items()}
    left = {name: known[name] for name in sorted(known) if folder / name not in gone}
    return "".join(f"{digest}  {name}\n" for name, digest in left.items()).encode()


class Archive(Struct, frozen=True):
    """The papers that a workbook is compared with: the final ones of an output folder, of the meetings that were
    held as the clerk has decided; or for every workbook the one `given`. What was read already is kept: the records
    `seen`, what is `said` in others, and the `days` of the meetings in a committee's folder.
    """

    output: Path
    decided: Decisions
    given: Records | None = None
    seen: dict[Path, Records | None] = field(default_factory=dict)
    said: dict[tuple[str, date], frozenset[int]] = field(default_factory=dict)
    days: dict[str, list[date]] = field(default_factory=dict)

    def last(self, committee: str, meeting: date) -> Records | None:
        """A committee's last final paper before a meeting, or those of the committees that it was as one. Of a
        paper that is published already it is the revision with which that was compared.

        Raises `PipelineError` where the one given is another committee's.
        """
        if self.given is None:
            now = self.published(committee, meeting)
            found = list(self._last(committee, meeting, meeting, now))
            return _together(found) if found else None
        theirs = self.given.paper.committee
        if key(self.decided.now(theirs, meeting)[0]) != key(committee):
            raise PipelineError(
                f"The paper given with --since is one of {theirs}, and not of {committee}.",
                "Give one of the same committee with --since, or leave it out.",
            )
        return self.given

    def published(self, committee: str, meeting: date) -> Records | None:
        """The final paper of a meeting, if it is published."""
        return self._final(meeting_folder(self.output, committee, meeting))

    def is_latest(self, committee: str, meeting: date) -> bool:
        """Whether a committee has no final paper of a later meeting."""
        return not any(self._after(file_name(committee), meeting))

    def beside(self, committee: str, meeting: date, new: Sequence[ActionRecord]) -> list[Records]:
        """The papers that may be of this meeting under another day or another name, while it has none: the
        committee's next one, and the last ones of the committees that it is not known to have been, if they have
        the reference or the words of an action that is `new`.
        """
        if self.given is not None or self.published(committee, meeting):
            return []
        found = [*islice(self._after(file_name(committee), meeting), 1)]
        told = {said for one in new for said in (one.reference, one.action) if said}
        others = self._naming(told, meeting) if told else ()
        return found + [one for one in others if self._key_now(one, meeting) != key(committee)]

    def left_out(self, last: Records, meeting: date, present: Set[str]) -> list[Records]:
        """The newest papers that were made of the same file as a `last` one, for a day before a meeting, and have open
        actions, of committees whose keys are not among those `present`.
        """
        theirs = self._naming({last.paper.sha256}, meeting) if self.given is None else ()
        return [
            one
            for one in theirs
            if self.is_latest(one.paper.committee, one.paper.day)
            and self._key_now(one, meeting) not in present
            and any(action.status not in CLOSED for action in one.actions)
        ]

    def _key_now(self, made: Records, meeting: date) -> str:
        """The key of what a paper's committee is called at a meeting."""
        return key(self.decided.now(made.paper.committee, meeting)[0])

    def _naming(self, told: Set[str], meeting: date) -> Iterator[Records]:
        """The committees' last papers before a meeting that say one of some strings. To decode all records takes long,
        and they are looked at for every workbook, so their strings are kept as hashes.
        """
        words = {hash(dumps(said, ensure_ascii=False)) for said in told}
        for folder in sorted(path.name for path in self.output.glob("*")):
            for day in [day for day in self._days(folder) if day < meeting][-1:]:
                if (folder, day) not in self.said:
                    path = self.output / folder / day.isoformat() / RECORDS_NAME
                    text = path.read_text(encoding="utf-8", errors="replace")
                    self.said[folder, day] = frozenset(map(hash, _JSON_STRING.findall(text)))
                if not words.isdisjoint(self.said[folder, day]):
                    # What is damaged is no matter of another committee.
                    with suppress(PipelineError):
                        yield from islice(self._before(folder, meeting), 1)

    def _last(
        self, committee: str, meeting: date, until: date, now: Records | None
    ) -> Iterator[Records]:
        """The last paper before a meeting of a committee, and of each that it was up to a day, unless that is older.
        `now` is the paper of that meeting.
        """
        own = next(self._before(file_name(committee), meeting), None)
        if own and now and now.paper.since == own.paper.meeting:
            folder = meeting_folder(self.output, committee, own.paper.day)
            own = self._revision(folder, now.paper.since_revision or 0) or own
        if own:
            yield own
        for change in self.decided.changes(committee, until):
            if own is None or own.paper.meeting < change.since.isoformat():
                for name in (one for one in change.names if key(one) != key(committee)):
                    yield from self._last(name, meeting, change.since - date.resolution, now)

    def _revision(self, folder: Path, number: int) -> Records | None:
        """A revision of a meeting's final paper, if it is kept because another has replaced it."""
        older = sorted((folder / SUPERSEDED).glob(f"{_revision_name(number)}-*"))
        return self._final(older[-1]) if older else None

    def _before(self, folder: str, meeting: date) -> Iterator[Records]:
        """The final papers in a committee's folder of earlier meetings that were held, the last first."""
        days = self._days(folder)
        return self._held(folder, reversed([day for day in days if day < meeting]))

    def _after(self, folder: str, meeting: date) -> Iterator[Records]:
        """Those of later meetings, the next first."""
        return self._held(folder, (day for day in self._days(folder) if day > meeting))

    def _days(self, folder: str) -> list[date]:
        """The days of the meetings of which there are records in a committee's folder, in order."""
        if folder not in self.days:
            names = (path.parent.name for path in (self.output / folder).glob(f"*/{RECORDS_NAME}"))
            self.days[folder] = sorted(filter(None, map(iso_day, names)))
        return self.days[folder]

    def _held(self, folder: str, days: Iterable[date]) -> Iterator[Records]:
        """The final papers of some days on which there was a meeting."""
        for day in days:
            made = self._final(self.output / folder / day.isoformat())
            if made and not self.decided.is_off(made.paper.committee, day):
                yield made

    def _final(self, folder: Path) -> Records | None:
        """The records of the final paper in a folder."""
        if folder not in self.seen:
            json = final(folder)
            self.seen[folder] = records.from_json(json) if json else None
        return self.seen[folder]


def _together(found: list[Records]) -> Records:
    """The last papers of several committees as one, of the latest of their meetings."""
    return Records(
        paper=max(found, key=lambda one: one.paper.meeting).paper,
        actions=[action for one in found for action in one.actions],
        closed=[closed for one in found for closed in one.closed],
    )


def _revision_name(number: int) -> str:
    """What a revision of a paper is called in the name of a folder; 0 is the paper as first published."""
    return f"revision-{number}" if number else "original"


def others(folder: Path, json: str, making: Collection[Path]) -> list[Path]:
    """The editions in a meeting's folder that must not lie beside the final paper of some records (as
    JSON): those of its drafts and of the final paper that it replaces, but for those being made.
    """

    new = records.from_json(json)
    replaced = final(folder)
    csv = actions_csv(new.actions)
    stems = {path.stem for path in making}

    def is_other(path: Path) -> bool:
        if path.suffix == ".csv":
            return path.stem in stems and path.read_bytes() != csv
        found = _carried(path)
        if found in ("", json):
            return False
        old = records.from_json(found).paper
        is_ours = (old.committee, old.meeting) == (new.paper.committee, new.paper.meeting)
        return found == replaced or (is_ours and not old.final)

    return [path for path in sorted(folder.glob("*")) if path not in making and is_other(path)]


def superseded(folder: Path, day: date) -> dict[Path, bytes]:
    """The files of the final paper in a meeting's folder, each where it is kept when another replaces it on a day."""

    json = final(folder)
    old = records.from_json(json)
    to = folder / SUPERSEDED / f"{_revision_name(len(old.paper.revised))}-until-{day.isoformat()}"
    csv = actions_csv(old.actions)
    return {
        to / path.name: path.read_bytes()
        for path in sorted(folder.glob("*"))
        if path.name == SUMS_NAME
        or (path.is_file() and (_carried(path) == json or path.read_bytes() == csv))
    }


def _carried(path: Path) -> str:
    """The records that a file carries, as JSON; nothing where it is no paper of ours."""
    try:
        return readback.records_json(path)
    except PipelineError:
        return ""
