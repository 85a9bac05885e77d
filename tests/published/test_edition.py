"""Every edition of a paper says the same, field by field and in order; and none says what is private."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from openpyxl import Workbook as ExcelWorkbook
from openpyxl.comments import Comment

from pipeline.commands.cli import main
from pipeline.published import verify
from pipeline.published.records import CSV_FIELDS, as_csv, as_json, csv_cell
from pipeline.published.verify import differences, edition_at
from tests.engines import PAPERS
from tests.tags import Tag, tagged

INPUTS = Path(__file__).parents[2] / "inputs"
EDITIONS = "docx,pdf,html,json,csv"
SECRETS = {
    "author": "Zaphira Quillwright", "changed by": "Ottoline Brackenbury", "note": "Xanthippe objected",
    "hidden sheet": "Peregrine's salary", "internal notes": "Wilhelmina is suing", "folder": "confidential-drafts",
}  # fmt: skip


def built(book: Path, out: Path, *options: str) -> dict[str, Path]:
    """The editions of a workbook's paper by kind."""
    arguments = ["build", str(book), "--to", EDITIONS, "--output", str(out), *options]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return {path.suffix[1:]: path for path in out.rglob("*.*")}


def rows(cells: object) -> list[list[str]]:
    """The letters of rows of cells."""
    assert isinstance(cells, list | tuple)
    return [[verify.letters(words) for words in row] for row in cells]


@pytest.mark.parametrize("names", PAPERS, ids="-".join)
def test_every_edition_says_the_same(names: tuple[str, str], engine: str, tmp_path: Path) -> None:
    name, style = names
    made = built(INPUTS / f"{name}.xlsx", tmp_path, "--style", style, "--engine", engine)
    editions = [edition_at(made[kind]) for kind in ("docx", "html", "pdf", "json")]
    records = editions[0].records
    assert list(differences(editions)) == []
    tags = tagged(made["pdf"].read_bytes()).document.all("TR")[1:]
    printed = [[kid.words for kid in tag.kids if isinstance(kid, Tag)] for tag in tags]
    word, page, pdf = (one.said for one in editions if one.said is not None)
    assert rows(word.rows) == rows(page.rows) == rows(pdf.rows)
    assert rows(pdf.rows) == rows(printed)  # as another library reads them
    assert word.links == page.links == pdf.links
    assert rows([word.outside]) == rows([page.outside]) == rows([pdf.outside])
    assert len(printed) == len(records.actions) > 0
    table = list(
        csv.DictReader(io.StringIO(made["csv"].read_text(encoding="utf-8-sig"), newline=""))
    )
    assert [{name: words.removeprefix("'") for name, words in row.items()} for row in table] == [
        {name: csv_cell(action, name) for name in CSV_FIELDS} for action in records.actions
    ]
    assert made["json"].read_text(encoding="utf-8") == as_json(records) + "\n"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "'"])
def test_a_spreadsheet_takes_no_cell_for_a_formula_and_every_word_can_be_had_back(
    sign: str,
) -> None:
    update = f"{sign}1+1 berths are let"
    made = as_csv([["Berths", update]]).decode("utf-8-sig")
    ((title, words),) = csv.reader(io.StringIO(made, newline=""))
    assert (title, words) == ("Berths", f"'{update}")
    assert [title.removeprefix("'"), words.removeprefix("'")] == ["Berths", update]


def private_workbook(folder: Path) -> Path:
    """A workbook with something private wherever Excel keeps it."""
    book = ExcelWorkbook()
    book.properties.creator = SECRETS["author"]
    book.properties.lastModifiedBy = SECRETS["changed by"]
    sheet = book.worksheets[0]
    for row in (
        ["Harbour Panel"],
        ["Monitoring – 28 March 2027"],
        ["Date", "Title", "Action proposed", "Action taken", "Progress status", "Internal notes"],
        [
            date(2027, 1, 24),
            "Tides",
            "That they turn.",
            "They did.",
            "Completed",
            SECRETS["internal notes"],
        ],
    ):
        sheet.append(row)
    sheet["D4"].comment = Comment(SECRETS["note"], SECRETS["author"])
    hidden = book.create_sheet("Private")
    hidden["A1"] = SECRETS["hidden sheet"]
    hidden.sheet_state = "hidden"
    path = folder / SECRETS["folder"] / "panel.xlsx"
    path.parent.mkdir()
    book.save(path)
    return path


def streams(path: Path) -> dict[str, bytes]:
    """Every byte stream of an edition, uncompressed: a zip's parts, a PDF's objects."""
    match path.suffix:
        case ".docx":
            with zipfile.ZipFile(path) as parts:
                return {name: parts.read(name) for name in parts.namelist()}
        case ".pdf":
            with pikepdf.open(path) as pdf:
                found = {"info": repr(dict(pdf.docinfo.items())).encode()}
                for number, obj in enumerate(pdf.objects):
                    found[f"{number}"] = obj.unparse()
                    if isinstance(obj, pikepdf.Stream):
                        found[f"{number} stream"] = obj.read_bytes()
                return found
        case _:
            return {"": path.read_bytes()}


@pytest.mark.parametrize("final", [(), ("--final",)])
def test_nothing_private_reaches_an_edition(
    final: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book = private_workbook(tmp_path)
    waive = ["waive", str(book), "Private:A1", "--reason", "The sheet is ours alone."]
    assert CliRunner().invoke(main, waive).exit_code == 0  # a hidden sheet is an error
    made = built(book, tmp_path / "out", *final)
    assert {"docx", "pdf", "html", "json", "csv"} <= made.keys()
    for path in made.values():
        found = streams(path)
        assert b"They did." in b"".join(found.values()) or path.name == "closed.csv"
        for place, stream in found.items():
            for what, secret in SECRETS.items():
                for coding in ("utf-8", "utf-16-be", "utf-16-le"):
                    said = secret.encode(coding)
                    assert said not in stream, (path.name, place, what)
                    assert said.hex().encode() not in stream.lower(), (path.name, place, what)
