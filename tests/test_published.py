"""Published papers: their records read back, and what was altered afterwards found."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.render.records_csv import FIELDS

INPUTS = Path(__file__).parent.parent / "inputs"
WORKBOOK = INPUTS / "environment-and-transport-committee.xlsx"


def papers(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    editions = "docx,pdf,html,json"
    assert papers("build", WORKBOOK, "--to", editions, "--output", out).exit_code == 0
    (folder,) = out.glob("*/*")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy to alter."""
    return Path(shutil.copytree(made, tmp_path / "paper"))


def one(folder: Path, kind: str) -> Path:
    (found,) = folder.glob(f"*.{kind}")
    return found


def test_every_edition_gives_back_the_same_records(made: Path) -> None:
    said = {papers("read", one(made, kind)).output for kind in ("docx", "pdf", "html", "json")}
    assert said == {one(made, "json").read_text(encoding="utf-8")}


def test_records_as_csv_in_a_file(made: Path, tmp_path: Path) -> None:
    result = papers("read", one(made, "pdf"), "--format", "csv", "--output", tmp_path / "a.csv")
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (result.exit_code, lines[0]) == (0, ",".join(FIELDS))


def test_what_was_made_agrees(made: Path) -> None:
    result = papers("verify", made, "--workbook", WORKBOOK)
    assert result.exit_code == 0, result.output
    assert result.output.endswith("  Agrees.\n")
    assert f"Made from {WORKBOOK.name} (SHA-256 " in result.output


def test_another_workbook_is_said(made: Path) -> None:
    other = INPUTS / "children-and-learning-scrutiny-panel.xlsx"
    result = papers("verify", made, "--workbook", other)
    assert (result.exit_code, "made from another workbook" in result.output) == (1, True)


def test_a_word_altered_in_word_is_found_in_its_field(folder: Path) -> None:
    path = one(folder, "docx")
    document = docx.Document(str(path))
    run = document.tables[0].rows[2].cells[3].paragraphs[0].runs[0]
    run.text = run.text.replace("five", "fifty")
    document.save(str(path))
    result = papers("verify", path)
    assert result.exit_code == 1
    assert "ETC/26/002, action: its records say 'That potholes" in result.output


def test_words_put_in_are_found_beside_another_edition(folder: Path) -> None:
    path = one(folder, "html")
    page = path.read_text(encoding="utf-8")
    path.write_text(
        page.replace("A briefing was held", "A long briefing was held", 1), encoding="utf-8"
    )
    result = papers("verify", folder)
    assert (result.exit_code, "ETC/26/003: " in result.output) == (1, True)


def test_editions_of_two_papers_do_not_agree(folder: Path, tmp_path: Path) -> None:
    papers(
        "build",
        INPUTS / "children-and-learning-scrutiny-panel.xlsx",
        "--to",
        "pdf",
        "--output",
        tmp_path / "o",
    )
    (other,) = (tmp_path / "o").rglob("*.pdf")
    shutil.copy(other, folder / "other.pdf")
    result = papers("verify", folder)
    assert (result.exit_code, "carries other records" in result.output) == (1, True)


@pytest.mark.parametrize("command", ["read", "verify"])
@pytest.mark.parametrize("name", ["none.pdf", "empty.docx", "words.txt", "page.html"])
def test_what_is_no_paper_is_refused(command: str, name: str, tmp_path: Path) -> None:
    if name != "none.pdf":
        (tmp_path / name).write_text("<p>words" if name == "page.html" else "", encoding="utf-8")
    result = papers(command, tmp_path / name)
    assert (result.exit_code, result.output.count("\n")) == (2, 1), result.output


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert papers("verify", tmp_path).exit_code == 2
