"""Formulas of binary workbooks (.xlsb) that fetch a cell or lead somewhere, record by record ([MS-XLSB] 2.5.97)."""

from __future__ import annotations

import struct

import pytest

from pipeline.ingest.excel_binary import read_excel_binary
from pipeline.ingest.workbook import SourceCell
from tests.ingest.test_package import packed
from tests.ingest.test_public_reports import binary, record, unpacked, wide

NUMBER, TEXT, BLANK = 9, 8, 1
THIS_BOOK = record(357, b"")
NAMED = record(362, struct.pack("<IIii", 1, 0, 1, 1))  # the second sheet
OTHER = record(362, struct.pack("<IIii", 1, 5, 1, 1))  # one of another file
ELSEWHERE = struct.pack("<BHIH", 0x3A, 0, 8, 1)  # B9 of it
LINK = (
    b"\x17"
    + struct.pack("<H", 16)
    + "https://a.b/plan".encode("utf-16-le")
    + b"\x17\1\0P\0"
    + b"\x42\2\x67\1"
)


def formula(kind: int, value: bytes, tokens: bytes) -> tuple[int, bytes]:
    return kind, value + b"\0\0" + struct.pack("<I", len(tokens)) + tokens + bytes(4)


def cells(named: bytes, *given: tuple[int, bytes], there: bytes = b"") -> list[SourceCell]:
    """The cells of a binary workbook that has a second sheet."""
    parts = unpacked(binary(*given))
    first, related = parts["xl/workbook.bin"], parts["xl/_rels/workbook.bin.rels"]
    assert isinstance(first, bytes)
    assert isinstance(related, bytes)
    second = record(156, struct.pack("<II", 0, 2) + wide("r2") + wide("Ann's"))
    parts["xl/workbook.bin"] = first + second + THIS_BOOK + named
    (link,) = related.split(b"<Relationships>")[1].split(b"</Relationships>")[:1]
    other = link.replace(b"r1", b"r2").replace(b"sheet1", b"sheet2")
    parts["xl/_rels/workbook.bin.rels"] = related.replace(link, link + other)
    row = record(0, struct.pack("<IIHBBB", 8, 0, 300, 0, 0, 0))
    parts["xl/worksheets/sheet2.bin"] = row + there + record(146, b"")
    read = read_excel_binary(
        packed({n: p if isinstance(p, bytes) else p.encode() for n, p in parts.items()}), "log.xlsb"
    )
    return [cell for one in read.sheets[0].rows for cell in one.cells.values()]


ZERO = struct.pack("<d", 0)


@pytest.mark.parametrize(
    ("named", "there", "words"),
    [
        (NAMED, b"", []),
        (NAMED, record(5, struct.pack("<II", 1, 0) + ZERO), ["0"]),
        (OTHER, b"", ["0"]),  # whose cell nobody knows
    ],
)
def test_a_zero_of_an_empty_cell_of_another_sheet_is_nothing(
    named: bytes, there: bytes, words: list[str]
) -> None:
    found = cells(named, formula(NUMBER, ZERO, ELSEWHERE), there=there)
    assert [cell.words for cell in found] == words


def test_a_hyperlink_formula_leads_where_it_says() -> None:
    (cell,) = cells(NAMED, formula(TEXT, wide("The plan"), LINK))
    assert [(run.text, run.link) for run in cell.runs] == [("The plan", "https://a.b/plan")]
