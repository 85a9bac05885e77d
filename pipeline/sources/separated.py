"""Text with tabs, commas or the like between its cells (.tsv, .csv, .txt): a table pasted or saved as text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import PurePath

from pipeline.document import Run
from pipeline.records import Place
from pipeline.workbook import EPOCH, Read, Sheet, SourceCell, SourceRow

SEPARATORS = ("\t", ",", ";", "|")  # Excel saves with semicolons where a comma is the decimal mark
TOLD = re.compile(r"sep=(.)\r?\n")  # by which Excel is told the separator
FEWEST_CELLS = 3  # of a table's rows
EARLIEST = "1980-01-01T00:00:00Z"  # a text does not say when it was saved
LACKING = "bold type, links, notes, merged and hidden cells"

csv.field_size_limit(2**31 - 1)  # officers write more than 131,072 characters


def read(data: bytes, name: str) -> Read:
    """The one sheet that a text is, named after the file."""
    text = decoded(data)
    told = TOLD.match(text)
    rows = rows_of(text[told.end() :], told[1]) if told else most_even(text)
    sheet = PurePath(name).stem
    made = tuple(
        SourceRow(number, {cell.place.column: cell for cell in cells(row, sheet, number)})
        for number, row in enumerate(rows, 1)
        if any(row)
    )
    return Read((Sheet(sheet, False, made, frozenset(), False, EPOCH),), EARLIEST, LACKING)


def decoded(data: bytes) -> str:
    """A text by its byte order mark, else as UTF-8 if it is, else as Windows writes in Western Europe."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if data[1:200:2].count(0) > len(data[:200]) // 4:
        return data.decode("utf-16-le", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def most_even(text: str) -> list[list[str]]:
    """The rows of a text cut by the separator that gives most of them the same number of cells."""
    return max((rows_of(text, separator) for separator in SEPARATORS), key=evenness)


def evenness(rows: list[list[str]]) -> tuple[int, int]:
    """In how many rows the usual number of cells is, and that number; rows of prose have few."""
    lengths = Counter(len(row) for row in rows if len(row) >= FEWEST_CELLS)
    length, count = max(lengths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
    return count, length


def rows_of(text: str, separator: str) -> list[list[str]]:
    """The rows of a text. In one that a spreadsheet saved, quotation marks hold a cell together; in a
    paste with tabs they are the officer's own.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if separator != "\t":
        return list(csv.reader(io.StringIO(lines, newline=""), delimiter=separator))
    try:
        rows = list(csv.reader(io.StringIO(lines, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        rows = []
    if "\n".join("\t".join(map(as_saved, row)) for row in rows) == lines.removesuffix("\n"):
        return rows
    return [line.split("\t") for line in lines.split("\n")]


def as_saved(words: str) -> str:
    """A cell as Excel writes it to a text with tabs: quoted only where it must be."""
    doubled = words.replace('"', '""')
    return f'"{doubled}"' if any(sign in words for sign in ',"\t\n') else words


def cells(row: list[str], sheet: str, number: int) -> list[SourceCell]:
    """The cells of a row that hold something."""
    return [
        SourceCell(Place(sheet, number, column), (Run(words),), words, number)
        for column, words in enumerate(row, 1)
        if words.strip()
    ]
