"""A spreadsheet's stored cells as people see them, whatever kind of file they are from."""

from __future__ import annotations

import pytest

from pipeline.ingest import limits
from pipeline.ingest.cells import Stored, StoredSheet, put_together
from pipeline.ingest.faces import Face, Look
from pipeline.ingest.workbook import SourceCell
from pipeline.model.errors import PipelineError

WHITE_TYPE = Look(face=Face(colour="#FFFFFF"))


def sheet(*cells: Stored, name: str = "Log") -> StoredSheet:
    """A sheet with some cells in its first row."""
    made = StoredSheet(name)
    for column, cell in enumerate(cells, 1):
        made.put(1, column, cell)
    return made


def shown(*sheets: StoredSheet) -> dict[int, SourceCell]:
    """The cells of the first row of the first sheet."""
    return put_together(list(sheets))[0].rows[0].cells


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("A1", ["7", "0"]), ("$A$1", ["7", "0"]), ("Other!A1", ["7"]), ("Other!B1:B1", ["7", "0"]), ("Z9", ["7"]),
        ("Other!A1:B1", ["7", "0"]), ("VLOOKUP(A1,B:C,2)", ["7"]), ("SUM(Z1:Z9)", ["7", "0"]),
    ],
)  # fmt: skip
def test_a_zero_counts_where_a_number_is_fetched_or_worked_out(
    formula: str, words: list[str]
) -> None:
    log = sheet(Stored(7), Stored(0, formula=formula))
    other = sheet(Stored("Words"), Stored(3), name="Other")
    assert [cell.words for cell in shown(log, other).values()] == words


def test_type_is_not_hidden_where_a_condition_may_change_what_it_stands_on() -> None:
    log = sheet(Stored("Seen", WHITE_TYPE), Stored("Unseen", WHITE_TYPE))
    log.unknown_grounds.append((1, 1, 9, 1))
    assert [cell.hidden for cell in shown(log).values()] == [(), (0,)]


def test_a_formula_without_a_value_is_reported_only_where_none_has_one() -> None:
    never = Stored(formula="A1", fault="uncalculated")
    assert [cell.fault for cell in shown(sheet(Stored("A"), never)).values()] == [
        "",
        "uncalculated",
    ]
    assert list(shown(sheet(Stored("A", formula="B1"), never))) == [1]


@pytest.mark.parametrize(
    ("formula", "fault"),
    [
        ('"H"&12', "uncalculated"), ('IF(1=1,"Bea Fox","")', "uncalculated"), ("A1&B1", "uncalculated"),
        ('IF(A1="Yes",1,0)', ""), ('COUNTIF(A:A,"R&D")', ""), ('IF(A1="Yes","Done",0)', ""), ("1-1", ""),
    ],
)  # fmt: skip
def test_words_that_a_formula_gives_are_not_the_0_that_is_stored(formula: str, fault: str) -> None:
    cells = shown(sheet(Stored("A"), Stored(0.0, formula=formula)))
    assert (cells[2].fault, cells[2].words) == (fault, "" if fault else "0")


def test_a_formulas_own_link_comes_before_the_cells() -> None:
    written = Stored("See", formula='HYPERLINK("https://quay.example/a","See")')
    log = sheet(written, Stored("And"))
    log.links.append(((1, 1, 1, 2), "https://quay.example/b"))
    assert [cell.runs[0].link for cell in shown(log).values()] == [
        "https://quay.example/a",
        "https://quay.example/b",
    ]


def test_sheets_of_one_name_are_all_kept() -> None:
    made = put_together([sheet(Stored("One")), sheet(Stored("Two"))])
    assert [one.rows[0].cells[1].words for one in made] == ["One", "Two"]


def test_a_sheet_that_is_too_large_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CELLS", 1)
    with pytest.raises(PipelineError, match="The sheet 'Log' is too large: more than 1 cells"):
        sheet(Stored("One"), Stored("Two"))
