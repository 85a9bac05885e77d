"""What is too large, too deep or no file at all is refused in one line, before it costs memory or time."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest

from pipeline.ingest import limits, read
from pipeline.model.errors import PipelineError
from pipeline.published import paper_book, readback

HEAD = "<table><tr><th>Date<th>Title<th>Action proposed<th>Action taken<th>Progress status</tr>"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files in folders")
@pytest.mark.parametrize("reader", [read.workbook_at, paper_book.book, readback.records])
def test_a_pipe_is_named_and_not_waited_for(reader: object, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "log.json")
    with pytest.raises(PipelineError, match="is no file but a device or a pipe"):
        reader(tmp_path / "log.json")  # type: ignore[operator]


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "log.csv").open("wb") as file:
        file.truncate(limits.FILE + 1)
    with pytest.raises(PipelineError, match="more than 50,000,000 bytes"):
        read.workbook_at(tmp_path / "log.csv")


@pytest.mark.parametrize(
    ("part", "size", "said"),
    [
        ("xl/media/image1.png", 20_000_000, "more than 500 times its size unpacked"),
        ("xl/worksheets/sheet1.xml", 310_000_000, "more than 300,000,000 bytes unpacked"),
    ],
)
def test_a_file_that_unpacks_to_much_is_refused(
    part: str, size: int, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "log.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(part, bytes(size))
    with pytest.raises(PipelineError, match=said):
        read.workbook_at(path)


def test_merges_that_reach_far_are_counted_and_not_walked(tmp_path: Path) -> None:
    spans = "<tr>" + "<td rowspan=65534 colspan=1000>x" * 300 + "<tr><td>y" * 20_000
    (tmp_path / "paper.html").write_text(f"{HEAD}{spans}</table>", encoding="utf-8")
    with pytest.raises(PipelineError, match="more than 500,000 cells"):
        paper_book.book(tmp_path / "paper.html")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a," * 20_000, "more than 16,384 cells in a row"),
        ("a,b\n" * 100_001, "more than 100,000 rows"),
        (f"Date,{'a' * 100_001},c\n", "more than 100,000 characters in a cell"),
    ],
)
def test_a_text_beyond_its_bounds_is_refused(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(text, encoding="utf-8")
    with pytest.raises(PipelineError, match=said):
        read.workbook_at(tmp_path / "log.csv")


def with_parts(path: Path, sheet: str, more: dict[str, str]) -> Path:
    """A workbook of one sheet, with other parts."""
    parts = {
        "xl/workbook.xml": '<workbook><sheets><sheet name="Log" id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<r><Relationship Id="r1" Type="x/worksheet" Target="sheet.xml"/>'
        '<Relationship Id="r2" Type="x/styles" Target="styles.xml"/></r>',
        "xl/sheet.xml": sheet,
        "xl/styles.xml": "<styleSheet/>",
        **more,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


CELLS = '<worksheet><sheetData><row><c t="str"><v>x</v></c></row></sheetData>{}</worksheet>'


@pytest.mark.parametrize(
    ("sheet", "more", "said"),
    [
        (CELLS.format(""), {f"xl/media/{n}": "" for n in range(limits.PARTS)}, "more than 5,000 parts"),
        (
            CELLS.format(""),
            {"xl/styles.xml": f"<styleSheet>{'<b/>' * limits.TAGS}</styleSheet>"},
            "more than 2,000,000 tags",
        ),
        (
            CELLS.replace("<row>", "<row>" + '<c t="str"><v>x</v></c>' * 9_999).format(
                '<mergeCell ref="A1:B2"/>' * 5_001
            ),
            {},
            "more than 50,000,000 cells times merged",
        ),
    ],
)  # fmt: skip
def test_a_workbook_beyond_its_bounds_is_refused(
    sheet: str, more: dict[str, str], said: str, tmp_path: Path
) -> None:
    path = with_parts(tmp_path / "log.xlsx", sheet, more)
    with pytest.raises(PipelineError, match=said):
        read.workbook_at(path)


def test_a_page_with_too_many_tags_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "paper.html").write_text(f"{HEAD}{'<b>' * limits.TAGS}</table>", encoding="utf-8")
    with pytest.raises(PipelineError, match="more than 2,000,000 tags"):
        paper_book.book(tmp_path / "paper.html")


@pytest.mark.parametrize(
    ("attached", "said"),
    [
        ({f"{number}.txt": b"x" for number in range(1_001)}, "more than 1,000 attachments"),
        ({"records.json": bytes(limits.RECORDS + 1)}, "more than 50,000,000 bytes of records"),
    ],
)
def test_a_paper_that_carries_too_much_is_refused(
    attached: dict[str, bytes], said: str, tmp_path: Path
) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for name, data in attached.items():
            pdf.attachments[name] = data
        pdf.save(tmp_path / "paper.pdf")
    with pytest.raises(PipelineError, match=rf"paper\.pdf .*{said}"):
        readback.records(tmp_path / "paper.pdf")
