"""The records that a file carries, and what is said of one that carries none."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from docx import Document

from pipeline.model.errors import PipelineError
from pipeline.published import readback
from pipeline.published.readback import NoRecordsError
from tests.whole.test_commands import GOOD, Make, make, papers

__all__ = ["make"]  # the fixture


@pytest.fixture
def folder(make: Make, tmp_path: Path) -> Path:
    """The folder of a published paper."""
    made = papers(
        "build", make(GOOD), "--final", "--to", "json,html,docx,pdf", "--output", tmp_path / "out"
    )
    assert made.exit_code == 0
    return next((tmp_path / "out").rglob("records.json")).parent


def bare(suffix: str) -> bytes:
    """A file of a kind that another program made."""
    made = BytesIO()
    match suffix:
        case ".docx":
            Document().save(made)
        case ".odt":
            return b"Tides"
        case ".pdf":
            pikepdf.new().save(made)
        case ".html":
            return b"<p>Tides</p>"
    return made.getvalue()


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".odt"])
def test_a_file_without_records_is_refused_and_the_original_asked_for(
    suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"paper{suffix}"
    path.write_bytes(bare(suffix))
    with pytest.raises(NoRecordsError) as caught:
        readback.records(path)
    assert (caught.value.message, caught.value.remedy) == (
        f"{path} carries no records, so it is not one of ours, or it was saved again by another "
        "program, which loses them.",
        "Put the original back.",
    )


def test_records_that_are_cut_are_refused_and_the_original_asked_for(folder: Path) -> None:
    path = folder / "records.json"
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(NoRecordsError, match="carries records that cannot be read: ") as caught:
        readback.records(path)
    assert caught.value.remedy == "Put the original back."


def test_line_ends_that_another_system_put_in_leave_the_records_as_they_were(folder: Path) -> None:
    path = folder / "records.json"
    before = readback.records_json(path)
    assert "\n" in before
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert readback.records_json(path) == before


def test_something_else_of_the_name_of_the_records_is_not_taken_for_them(folder: Path) -> None:
    (path,) = folder.glob("*.html")
    before = readback.records_json(path)
    page = path.read_text(encoding="utf-8")
    assert page.count("<body>") == 1
    path.write_text(page.replace("<body>", '<body><p id="records">Here</p>'), encoding="utf-8")
    assert readback.records_json(path) == before


def test_the_records_of_a_document_that_word_gave_other_parts_are_found(folder: Path) -> None:
    (path,) = folder.glob("*.docx")
    before = readback.records_json(path)
    with zipfile.ZipFile(path) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    parts["customXml/item2.xml"] = parts.pop("customXml/item1.xml")
    sources = (
        b'<Sources xmlns="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"/>'
    )
    with zipfile.ZipFile(path, "w") as made:
        for name, data in {"customXml/item1.xml": sources, **parts}.items():
            made.writestr(name, data)
    assert readback.records_json(path) == before


def test_records_that_another_program_unpacked_inside_a_pdf_are_found(folder: Path) -> None:
    (path,) = folder.glob("*.pdf")
    before = readback.records_json(path)
    with pikepdf.open(path, allow_overwriting_input=True) as opened:
        stream = opened.attachments["records.json"].get_file().obj
        stream.write(stream.read_bytes())
        opened.save(compress_streams=False)
    assert readback.records_json(path) == before


def test_a_pdf_with_a_password_is_refused_and_a_copy_without_it_asked_for(folder: Path) -> None:
    (path,) = folder.glob("*.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as opened:
        opened.save(encryption=pikepdf.Encryption(owner="b", user="a"))
    with pytest.raises(PipelineError) as caught:
        readback.records(path)
    assert (caught.value.message, caught.value.remedy) == (
        f"{path} is protected by a password.",
        "Give a copy without it, as it was published.",
    )
