"""Texts with commas or tabs: their letters, and quotation marks that do not hold a cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import line
from pipeline.ingest import letters, read
from pipeline.ingest.delimited import read_delimited
from pipeline.model.errors import PipelineError
from tests.conftest import WEXMOUTH

HEAD = "Harbour Panel\nLog – 14 January 2027\nDate,Title,Action proposed,Action taken,Progress status\n"
ROW = "1/2/27,Tides,That they turn.,{},Completed\n"


def updates(path: Path, data: bytes) -> list[str]:
    path.write_bytes(data)
    (made,) = line.checked(path, WEXMOUTH)
    return [one.update for one in made.stated]


def test_one_bad_byte_costs_one_character_and_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    data = (HEAD + ROW.format("Café – “open”.") + ROW.format("Shut at X.")).encode()
    assert updates(path, data.replace(b"X", b"\xa3")) == ["Café – “open”.", "Shut at \ufffd."]
    (made,) = line.checked(path, WEXMOUTH)
    found = [(f.place.cell, f.message) for f in made.findings if f.check == "lost-words"]
    assert found == [("D5", "1 character of the cell cannot be read: 'Shut at \ufffd.'.")]


MISREAD = [
    "the ownerâ€™s",
    "cafÃ©",
    "Â£4m",
    "tÅµr",
    "â‚¬5",
    "CafŽ",
    "ownerÕs",
    "log Ð sent",
    "ÒnowÓ",
    "MÄ€ori",
    "logÑ",
    "boatsÔ",
]
REAL = [
    "Zażółć gęślą jaźń", "Ŵyn a ŷd tân dŵr", "l’été – £4 “quoted” …", "CAFÉ’S", "Â’i gilydd", "IÂ – CÂN", "na hÉireann",
    "an tÓglach Ó Briain", "ÞÓR Auðunn á SEYÐISFIRÐI", "Žižek", "SÃO", "Òran Mòr", "GÅ’ HYVÄ…", "½ £3 §4",
]  # fmt: skip


@pytest.mark.parametrize("words", MISREAD + REAL)
def test_letters_that_were_misread_are_told_from_real_ones(words: str) -> None:
    assert bool(letters.misread(words)) == (words in MISREAD)


def test_misread_letters_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes((HEAD + ROW.format("Café owner’s.")).encode("mac_roman"))
    (made,) = line.checked(path, WEXMOUTH)
    found = [(f.place.cell, f.check) for f in made.findings if f.check == "lost-words"]
    assert found == [("A2", "lost-words"), ("D4", "lost-words")]


@pytest.mark.parametrize(
    "coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be", "utf-16-le"]
)
def test_letters_are_those_that_were_written(coding: str, tmp_path: Path) -> None:
    said = "Café – £5."
    assert updates(tmp_path / "log.csv", (HEAD + ROW.format(said)).encode(coding)) == [said]


def test_lines_that_end_as_a_macintosh_ends_them_have_its_letters(tmp_path: Path) -> None:
    data = (HEAD + ROW.format("Café’s – £5.")).encode("mac_roman").replace(b"\n", b"\r")
    assert updates(tmp_path / "log.csv", data) == ["Café’s – £5."]


@pytest.mark.parametrize(
    ("update", "row"),
    [('"They did.', 4), ('"Safe Slips" were set up.', 4), ('Fine.,Open\n1/2/27,"x', 5)],
)
def test_a_quotation_mark_that_holds_no_cell_is_refused_with_its_row(
    update: str, row: int, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(HEAD + ROW.format(update) + ROW.format("Yes."), encoding="utf-8")
    with pytest.raises(PipelineError, match=rf"log\.csv, row {row}: a quotation mark"):
        read.workbook_at(path)


def test_quotation_marks_within_words_are_words(tmp_path: Path) -> None:
    data = (HEAD + ROW.format('They said "Keep off".') + ROW.format('"A ""b"", c."')).encode()
    assert updates(tmp_path / "log.csv", data) == ['They said "Keep off".', 'A "b", c.']


def test_a_space_may_stand_before_a_quotation_mark_that_holds_a_cell(tmp_path: Path) -> None:
    data = (HEAD + ROW.format(' "A ""b"", c."')).encode()
    assert updates(tmp_path / "log.csv", data) == ['A "b", c.']


def test_half_a_last_character_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes((HEAD + ROW.format("Yes.")).encode("utf-16")[:-1])
    with pytest.raises(PipelineError, match="half of its last character"):
        read.workbook_at(path)


def test_a_byte_that_is_no_letter_makes_no_other_encoding_of_a_text_in_utf_8() -> None:
    data = "Ref,Title,Update\n1,Tides – now,Sent.\n".encode().replace(b"Sent", b"S\x92nt")
    made = read_delimited(data, "log.csv")
    assert [one.text for one in made.sheets[0].rows[1].cells.values()] == [
        "1",
        "Tides – now",
        "S\ufffdnt.",
    ]
