"""Text with tabs or commas between its cells (.tsv, .csv, .txt): a table pasted or saved as text."""

from __future__ import annotations

import csv
import io
from pathlib import PurePath

from pipeline.document import Run
from pipeline.records import Place
from pipeline.workbook import EPOCH, Read, Sheet, SourceCell, SourceRow

COMMAS = (",", ";", "\t")  # Excel saves with semicolons where a comma is the decimal mark
TABS = ("\t",)
EARLIEST = "1980-01-01T00:00:00Z"  # a text does not say when it was saved
LACKING = "bold type, links, notes, merged and hidden cells"

csv.field_size_limit(2**31 - 1)  # officers write more than 131,072 characters


def read(data: bytes, name: str) -> Read:
    """The one sheet that a text is, named after the file."""
    text = decoded(data)
    rows = widest(text, COMMAS if PurePath(name).suffix.lower() == ".csv" else TABS)
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
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def widest(text: str, separators: tuple[str, ...]) -> list[list[str]]:
    """The rows of a text cut by the separator that gives the most cells."""
    read = [rows_of(text, separator) for separator in separators]
    return max(read, key=lambda rows: sum(len(row) for row in rows))


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
