"""Text with tabs, commas or the like between its cells (.tsv, .csv, .txt): a table pasted or saved as text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import PurePath

from pipeline.ingest import limits
from pipeline.ingest.cells import Stored, StoredSheet, put_together
from pipeline.ingest.letters import decoded
from pipeline.ingest.refusals import refused
from pipeline.ingest.workbook import Read

_SEPARATORS = ("\t", ",", ";", "|")  # Excel saves with semicolons where a comma is the decimal mark
_TOLD = re.compile(r"sep=(.)\n")  # by which Excel is told the separator
# A formula by which a system keeps Excel from making a number of it.
_WRITTEN = re.compile(r'="((?:[^"]|"")*)"')
_FEWEST_CELLS = 3  # of a table's rows
_LACKING = "bold type, links, notes, merged and hidden cells"

csv.field_size_limit(2**31 - 1)  # officers write more than 131,072 characters


def read_delimited(data: bytes, name: str) -> Read:
    """The one sheet that a text is, named after the file. Raises `PipelineError` where it is damaged."""
    text, coding = decoded(data)
    if coding.startswith("utf-16") and len(data) % 2:
        raise refused(name, "cut", why="half of its last character is missing")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    limits.keep(name, text.count("\n"), limits.LINES, "lines")
    told = _TOLD.match(text)
    separator = told[1] if told else max(_SEPARATORS, key=lambda one: _evenness(text, one))
    rows = _rows_of(text[told.end() :] if told else text, separator, name)
    limits.keep(name, len(rows), limits.ROWS, "rows")
    limits.keep(name, max(map(len, rows), default=0), limits.COLUMNS, "cells in a row")
    made = StoredSheet(PurePath(name).stem)
    for number, row in enumerate(rows, 1):
        for column, given in enumerate(row, 1):
            told = _WRITTEN.fullmatch(given)
            words = told[1].replace('""', '"') if told else given
            if words:
                made.put(number, column, Stored(words))
    return Read(put_together([made]), _LACKING)


def _evenness(text: str, separator: str) -> tuple[int, int]:
    """In how many rows of a text the usual number of cells is, and that number, whatever its quotation marks do;
    rows of prose have few.
    """
    file = io.StringIO(text, newline="")
    rows = csv.reader(file, delimiter=separator, skipinitialspace=True)
    lengths = Counter(len(row) for row in rows if len(row) >= _FEWEST_CELLS)
    length, count = max(lengths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
    return count, length


def _rows_of(text: str, separator: str, name: str) -> list[list[str]]:
    """The rows of a text. In one that a spreadsheet saved, quotation marks hold a cell together; in a
    paste with tabs they are the officer's own. Raises `PipelineError` where they are left open.
    """
    rows: list[list[str]] = []
    file = io.StringIO(text, newline="")
    reader = csv.reader(file, delimiter=separator, skipinitialspace=True, strict=True)
    try:
        rows.extend(reader)
    except csv.Error:
        if separator != "\t":
            raise refused(f"{name}, row {len(rows) + 1}:", "open quote") from None
        rows = []
    if separator != "\t" or "\n".join(
        "\t".join(map(_as_saved, row)) for row in rows
    ) == text.removesuffix("\n"):
        return rows
    return [line.split("\t") for line in text.split("\n")]


def _as_saved(words: str) -> str:
    """A cell as Excel writes it to a text with tabs: quoted only where it must be."""
    doubled = words.replace('"', '""')
    return f'"{doubled}"' if any(sign in words for sign in ',"\t\n') else words
