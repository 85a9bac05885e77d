"""What the output folder keeps: the committees' final papers, each beside its records. Read only."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pipeline.model.errors import PipelineError
from pipeline.published import readback, records
from pipeline.published.folder import SUPERSEDED, file_name
from pipeline.published.records import RECORDS_NAME, Records
from pipeline.published.records_csv import actions_csv


def final(folder: Path) -> str:
    """The records of the final paper in a meeting's folder, as JSON; nothing where there is none.

    Raises `PipelineError` where what should be records are none.
    """
    path = folder / RECORDS_NAME
    if not path.exists():
        return ""
    json = readback.records_json(path)
    return json if records.from_json(json).paper.final else ""


def last_before(output: Path, committee: str, meeting: str) -> Records | None:
    """The records of a committee's last final paper before a meeting (ISO 8601)."""
    earlier = [folder for folder in _meetings(output, committee) if folder.name < meeting]
    found = next(filter(None, map(final, reversed(earlier))), "")
    return records.from_json(found) if found else None


def is_latest(output: Path, committee: str, meeting: str) -> bool:
    """Whether a committee has no final paper of a later meeting."""
    later = [folder for folder in _meetings(output, committee) if folder.name > meeting]
    return not any(map(final, later))


def _meetings(output: Path, committee: str) -> list[Path]:
    """The folders of a committee's meetings that have records, earliest first."""
    return sorted(path.parent for path in (output / file_name(committee)).glob(f"*/{RECORDS_NAME}"))


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


def superseded(folder: Path) -> dict[Path, bytes]:
    """The files of the final paper in a meeting's folder, each where it is kept when another replaces it."""

    json = final(folder)
    to = folder / SUPERSEDED / records.short_hash(json)
    csv = actions_csv(records.from_json(json).actions)
    return {
        to / path.name: path.read_bytes()
        for path in sorted(folder.glob("*"))
        if path.is_file() and (_carried(path) == json or path.read_bytes() == csv)
    }


def _carried(path: Path) -> str:
    """The records that a file carries, as JSON; nothing where it is no paper of ours."""
    try:
        return readback.records_json(path)
    except PipelineError:
        return ""
