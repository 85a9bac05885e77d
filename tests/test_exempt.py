"""Rows that are marked as not for publication."""

from __future__ import annotations

import pytest

from pipeline import checks
from pipeline.checks import Context, Rules
from pipeline.columns import Columns
from tests.conftest import HEADINGS, Read

GOOD = "1/2/27 | Tides | That {} are sent. | They were sent. | Completed"


@pytest.mark.parametrize(
    ("heading", "cells", "marked"),
    [
        ("Exempt (Y/N)", "N, Y, n", "F5"),
        ("Exempt (Y/N)", "N, N, N", ""),
        ("Part I / Part II", "Part I, Part II, Part I", "F5"),
        ("Confidential?", ", Yes – staffing, No", "F5"),
        ("Confidential?", "Staffing, , n/a", "F4"),
        ("Exempt paragraph", "3, , Para 1", "F4 F6"),
        ("Exempt", "x, Not exempt, ✓", "F4 F6"),
        ("Restricted", "Yes, No, Restricted", "F4 F6"),
        ("Publish? (Y/N)", "Y, N, Yes", "F5"),
        ("Public/Private", "Public, Private, Public", "F5"),
        ("Classification", "Open, Exempt, Part 2 (contract)", "F5 F6"),
        ("Not for publication", "Y, , N", "F4"),
        ("Exempt?", "Yes: the terms of the lease are secret., , No", "F4"),
        ("Confidential", "Staffing, , In breach of contract.", "F4"),
        ("Confidential", "Pay of the dock crew, , Pay of all the dock crew", "F4"),
        ("Comments (confidential)", "In breach of contract., Hm, Jo to chase it up", ""),
        ("Internal deadline", "1/2/27, 3/2/27, ", ""),
        ("Audit type", "Internal, External, Internal", ""),
        ("Ward", "North, Part of the south, ", ""),
    ],
)
def test_which_rows_are_marked(
    heading: str, cells: str, *, marked: str, read: Read, known: Columns, rules: Rules
) -> None:
    rows = [
        f"{GOOD.format(what)} | {cell}" for what, cell in zip("abc", cells.split(","), strict=True)
    ]
    tracker = read(*rows, headings=f"{HEADINGS} | {heading}")
    made = [one for one in checks.run(Context(tracker, known, rules)) if one.check == "exempt-row"]
    assert " ".join(one.place.cell for one in made) == marked
    assert {one.severity for one in made} <= {checks.Severity.ERROR}


def test_a_marked_row_says_how_and_what_to_do(read: Read, known: Columns, rules: Rules) -> None:
    tracker = read(f"{GOOD.format('they')} | Part II", headings=f"{HEADINGS} | Part I / Part II")
    (finding,) = checks.run(Context(tracker, known, rules))
    assert str(finding) == (
        "Actions!F4: error: The row is marked as exempt ('Part II' under 'Part I / Part II'), and would be "
        "published. Take the row out, or clear the mark if it may be published. [exempt-row]"
    )
