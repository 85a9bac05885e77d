"""A published paper as a workbook: ours by the records that it carries, any other by its tables."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec.structs import asdict

from pipeline.ingest import read
from pipeline.ingest.filling import Filling
from pipeline.ingest.lines import CellWords
from pipeline.ingest.refusals import refused
from pipeline.ingest.workbook import Read, SourceCell, Workbook
from pipeline.model.action import DATE_FIELDS, OPTIONAL_FIELDS, Place
from pipeline.model.document import Run
from pipeline.model.errors import PipelineError
from pipeline.model.months import iso_day
from pipeline.published import readback
from pipeline.published.records import FIELDS, ActionRecord, Records


def book(path: Path) -> Workbook:
    """A paper as a workbook. Raises `PipelineError` where it has no table that can be read.

    Our own papers say what was put into their cells beside the officers' words, so their fields are
    the records'; bold type and links are the table's, where it has the same words.
    """
    suffix = path.suffix.lower()
    if suffix in read.WORKBOOK_SUFFIXES:
        return read.workbook_at(path)
    data = read.file_bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    has_table = suffix != ".json" and read.kind_of(data, suffix) != "pdf"
    made = read.made_of(data, path, read.PAPER_KINDS) if has_table else None
    try:
        ours = readback.records(path)
    except PipelineError as fault:
        if made:
            return Workbook(**asdict(made), name=path.name, sha256=digest)
        if isinstance(fault, readback.NoRecordsError):
            raise refused(path.name, "not ours") from None
        raise
    return _from_records(path, ours, made, digest)


def _from_records(path: Path, ours: Records, made: Read | None, digest: str) -> Workbook:
    """A paper of ours as a workbook of one sheet, a row an action; words that its table has are as they are there."""
    name = path.stem
    rich = {
        _letters(one.words): one.runs
        for sheet in (made.sheets if made else ())
        for row in sheet.rows
        for one in row.cells.values()
    }
    sheet = Filling(name)
    sheet.add_line(CellWords((Run(ours.paper.committee),)))
    sheet.add_line(CellWords((Run(f"{ours.paper.title} – {ours.paper.day:%d/%m/%Y}"),)))
    columns = {
        field: heading
        for field, (heading, _) in FIELDS.items()
        if field not in OPTIONAL_FIELDS or any(getattr(one, field) for one in ours.actions)
    }
    sheet.add_row(
        (n, n, CellWords((Run(words),)), 0) for n, words in enumerate(columns.values(), 1)
    )
    for number, action in enumerate(ours.actions, sheet.last + 1):
        for column, field in enumerate(columns, 1):
            if getattr(action, field):
                sheet.add(_cell(action, field, Place(name, number, column), rich))
    return Workbook((sheet.sheet(),), name=path.name, sha256=digest)


def _cell(
    action: ActionRecord, field: str, place: Place, rich: dict[str, tuple[Run, ...]]
) -> SourceCell:
    """A field of an action as a workbook's cell."""
    words = str(getattr(action, field))
    if field in DATE_FIELDS and (day := iso_day(words)):
        return SourceCell(place, (Run(f"{day:%d/%m/%Y}"),), day, place.row)
    return SourceCell(place, rich.get(_letters(words), (Run(words),)), words, place.row)


def _letters(words: str) -> str:
    """Words without spaces and bullets."""
    return "".join(words.replace("•", "").split())
