"""Letters of Symbol, Wingdings and Webdings are read as the signs that people see."""

from __future__ import annotations

import pytest

from pipeline.ingest.faces import as_signs, tables


@pytest.mark.parametrize(
    ("words", "typeface", "shown"),
    [
        ("10 mg", "Symbol", "10 µγ"),
        ("\uf06d\uf0b7", "Symbol", "µ•"),
        ("ü û", "Wingdings", "✓ \N{BALLOT BOLD SCRIPT X}"),
        ("\uf0fc", "WINGDINGS ", "✓"),
        ("P", "Wingdings 2", "\N{LIGHT CHECK MARK}"),
        ("a", "Webdings", "✔"),
        ("10 mg\n", "Calibri", "10 mg\n"),
        ("Ω\n", "Symbol", "Ω\n"),
        ("\uf0f0", "Symbol", "\ufffd"),
    ],
)
def test_letters_are_the_signs_of_their_typeface(words: str, typeface: str, shown: str) -> None:
    assert as_signs(words, typeface) == shown


def test_each_table_has_every_letter() -> None:
    assert {name: len(table) for name, table in tables().items()} == dict.fromkeys(
        ("symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings"), 0xE0
    )
