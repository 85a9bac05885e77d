"""Each cell of the table of what files can carry is so: a file of each kind is read, and asked for each thing."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelWorkbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.styles.fills import PatternFill

from pipeline.ingest.read import PAPER_KINDS, PAPERS, WORKBOOK_KINDS, made_of
from pipeline.ingest.workbook import Read, SourceCell
from tests.conftest import Office
from tests.ingest.carried import CARRIED, FORMATS
from tests.ingest.test_public_reports import LINK, record, wide
from tests.word_documents import NAMES, body, document, paragraph, row, run

KINDS = WORKBOOK_KINDS | PAPER_KINDS


def excel() -> bytes:
    """A workbook with all of it."""
    book = ExcelWorkbook()
    sheet = book.worksheets[0]
    sheet.title = "Log"
    for place, value, code in (
        ("A1", "Words", "General"), ("B1", 46447, "dd/mm/yyyy"), ("C1", 7, '"QSP/"000'), ("D1", 0.75, "0%"),
        ("E1", "#N/A", "General"), ("A2", "Bold", "General"), ("B2", "Struck", "General"), ("C2", "Linked", "General"),
        ("A3", "Hidden row", "General"), ("A4", "Format hides", ";;;"), ("B4", "White", "General"),
        ("A5", "Merged", "General"), ("H1", "Hidden column", "General"), ("A6", "Noted", "General"),
        ("A10", "Head", "General"), ("A11", "Filtered", "General"), ("A12", "Kept", "General"), ("G1", 0.5, "# ?/?"),
    ):  # fmt: skip
        sheet[place], sheet[place].number_format = value, code
    sheet["A2"].font, sheet["B2"].font, sheet["B4"].font = (
        Font(bold=True),
        Font(strike=True),
        Font(color="FFFFFF"),
    )
    sheet["C2"].hyperlink = "https://quay.example/s"
    sheet["D2"] = CellRichText("10", TextBlock(InlineFont(vertAlign="superscript"), "3"))
    sheet["D4"].fill = PatternFill("solid", fgColor="92D050")
    sheet["A6"].comment = Comment("Private", "Jo")
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[11].hidden = True
    sheet.column_dimensions["H"].hidden = True
    sheet.auto_filter.ref = "A10:A12"
    sheet.auto_filter.add_filter_column(0, ["Kept"])
    sheet.row_dimensions[8].fill = PatternFill("solid", fgColor="92D050")
    sheet["A8"] = "Row"
    sheet.add_chart(BarChart(), "D14")
    header = sheet.oddHeader
    assert header is not None
    header.center.text, header.center.size = "R&&D: exempt", 14
    book.create_sheet("Old").sheet_state = "hidden"
    book["Old"]["A1"] = "Old"
    written = BytesIO()
    book.save(written)
    made = BytesIO()
    with zipfile.ZipFile(written) as package, zipfile.ZipFile(made, "w") as again:
        for name in package.namelist():
            data = package.read(name)
            if (
                name == "xl/worksheets/sheet1.xml"
            ):  # openpyxl takes away what stands under a merged cell
                data = data.replace(
                    b"<hyperlinks>",
                    b'<mergeCells><mergeCell ref="A5:B5"/></mergeCells><hyperlinks>',
                )
                data = data.replace(b'<row r="6">', b'<!--x--><row r="6">').replace(
                    b"</c></row><!--x-->",
                    b'</c><c r="B5" t="inlineStr"><is><t>Under</t></is></c></row>',
                )
            again.writestr(name, data)
    return made.getvalue()


def font(
    flags: int = 0, weight: int = 400, place: int = 0, colour: bytes = b"\0\0\0\0\0\0\0\0"
) -> bytes:
    return record(
        43,
        struct.pack("<HHHHBBBB", 220, flags, weight, place, 0, 0, 0, 0)
        + colour
        + b"\0"
        + wide("Arial"),
    )


def xf(form: int = 0, kind: int = 0, fill: int = 0) -> bytes:
    return record(47, struct.pack("<HHHHHI", 0, form, kind, fill, 0, 0) + b"\0\0")


def area(top: int, bottom: int, left: int, right: int) -> bytes:
    return struct.pack("<IIII", top, bottom, left, right)


def binary() -> bytes:
    """The same as a binary workbook, record by record ([MS-XLSB] 2.4)."""
    white, green = b"\x05\xff\0\0\xff\xff\xff\xff", b"\x05\xff\0\0\x92\xd0\x50\xff"
    codes = [(164, "dd/mm/yyyy"), (165, '"QSP/"000'), (166, "0%"), (167, ";;;"), (168, "# ?/?")]
    styles = [
        record(615, b""), *(record(44, struct.pack("<H", n) + wide(code)) for n, code in codes), record(616, b""),
        record(611, b""), font(), font(weight=700), font(flags=8), font(colour=white), font(place=1), record(612, b""),
        record(603, b""), *(record(45, struct.pack("<I", n) + colour + bytes(56)) for n, colour in
                            ((0, bytes(8)), (17, bytes(8)), (1, green))), record(604, b""),
        record(617, b""), xf(), *(xf(n) for n, _ in codes), xf(0, 1), xf(0, 2), xf(0, 3), xf(0, 0, 2), record(618, b""),
    ]  # fmt: skip
    words = {
        0: [(6, 0, wide("Words")), (5, 1, struct.pack("<d", 46447)), (2, 2, struct.pack("<i", 7 << 2 | 2)),
            (2, 3, struct.pack("<i", 75 << 2 | 3)), (3, 0, b"\x2a"), (6, 0, b"\0\0\0\0"),
            (5, 5, struct.pack("<d", 0.5)),
            (6, 0, wide("Hidden column"))],
        1: [(6, 6, wide("Bold")), (6, 7, wide("Struck")), (6, 0, wide("Linked")),
            (62, 0, b"\1" + wide("103") + struct.pack("<IHHHH", 2, 0, 0, 2, 4))],
        2: [(6, 0, wide("Hidden row"))],
        3: [(6, 4, wide("Format hides")), (6, 8, wide("White")), (1, 0, b""), (1, 9, b"")],
        4: [(6, 0, wide("Merged")), (6, 0, wide("Under"))], 5: [(7, 0, struct.pack("<I", 0))], 7: [(6, 0, wide("Row"))],
        9: [(6, 0, wide("Head"))], 10: [(6, 0, wide("Filtered"))], 11: [(6, 0, wide("Kept"))],
    }  # fmt: skip
    sheet = [record(60, area(7, 7, 2560, 0) + b"\1\0")]
    for number, cells in words.items():
        flags = 0x10 if number in (2, 10) else 0x40 if number == 7 else 0
        sheet.append(
            record(0, struct.pack("<IIHBB", number, 9 if number == 7 else 0, 300, 0, flags))
        )
        sheet += [
            record(kind, struct.pack("<II", column, style) + data)
            for column, (kind, style, data) in enumerate(cells)
        ]
    sheet += [
        record(146, b""), record(176, area(4, 4, 0, 1)), record(161, area(9, 11, 0, 0)), record(163, b""),
        record(164, b""), record(162, b""), record(494, area(1, 1, 2, 2) + wide("r1") + 3 * wide("")),
    ]  # fmt: skip
    names = [(0, "r1", "Log"), (1, "r2", "Old")]

    def related(*listed: tuple[str, str, str]) -> str:
        outside = {"hyperlink": 'TargetMode="External"'}
        made = (
            f'<Relationship Id="{key}" Type="{LINK}/{kind}" Target="{to}" {outside.get(kind, "")}/>'
            for key, kind, to in listed
        )
        return f"<Relationships>{''.join(made)}</Relationships>"

    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.bin": b"".join(
            record(156, struct.pack("<II", out, 1) + wide(key) + wide(name)) for out, key, name in names
        ),
        "xl/_rels/workbook.bin.rels": related(
            ("r1", "worksheet", "worksheets/sheet1.bin"), ("r2", "worksheet", "worksheets/sheet2.bin"),
            ("r3", "styles", "styles.bin"), ("r4", "sharedStrings", "sharedStrings.bin"),
        ),
        "xl/styles.bin": b"".join(styles),
        "xl/sharedStrings.bin": record(19, b"\0" + wide("Noted")),
        "xl/worksheets/sheet1.bin": b"".join(sheet),
        "xl/worksheets/_rels/sheet1.bin.rels": related(
            ("r1", "hyperlink", "https://quay.example/s"), ("r2", "comments", "../comments1.bin"),
            ("r3", "drawing", "../drawings/drawing1.xml"),
        ),
        "xl/comments1.bin": record(635, struct.pack("<I", 0) + area(5, 5, 0, 0)) + record(636, b""),
        "xl/drawings/drawing1.xml": "<wsDr><twoCellAnchor><from><col>3</col><row>13</row></from><pic/>"
        "</twoCellAnchor></wsDr>",
        "xl/worksheets/sheet2.bin": record(0, struct.pack("<IIHBB", 0, 0, 300, 0, 0))
        + record(6, struct.pack("<II", 0, 0) + wide("Old")) + record(146, b""),
    }  # fmt: skip
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return written.getvalue()


def word() -> bytes:
    """A Word document with all of it."""
    strike, bold, vanish = "<w:strike/>", "<w:b/>", '<w:tcPr><w:vMerge w:val="{}"/></w:tcPr>'
    link = '<w:p><w:hyperlink r:id="x1"><w:r><w:t>Linked</w:t></w:r></w:hyperlink></w:p>'
    plan = '<wp:inline><wp:docPr id="1" name="Plan" descr="A plan"/></wp:inline>'
    box = f"<w:p><w:r><w:drawing>{plan}</w:drawing></w:r></w:p>"
    ten = paragraph(run("10") + run("3", '<w:vertAlign w:val="superscript"/>'))
    said = [*map(paragraph, map(run, ("Words", "01/03/2027", "QSP/007", "75%", "1/2", "#N/A")))]
    merged = [
        f"<w:tc>{vanish.format(kind)}{paragraph(run(one))}</w:tc>"
        for kind, one in (("restart", "Merged"), ("continue", "Under"))
    ]
    return document(
        body(
            row(said), row([paragraph(run("Bold", bold)), paragraph(run("Struck", strike)), link, ten, box, said[0]]),
            row([paragraph(run("Hidden row"))], "<w:hidden/>"),
            row([merged[0], *said[1:]]), row([merged[1], *said[1:]]),
        ),
        {"header": f'<w:hdr {NAMES}>{paragraph(run("R&amp;D: exempt"))}</w:hdr>'},
        f'<Relationship Id="x1" Type="{LINK}/hyperlink" Target="https://quay.example/s" TargetMode="External"/>',
    )  # fmt: skip


PAGE = b"""<html><body><table><tr><td>Words<td>01/03/2027<td>QSP/007<td>75%<td>1/2<td>#N/A
<tr><td><b>Bold</b><td><s>Struck</s><td><a href="https://quay.example/s">Linked</a>
<td>10<sup>3</sup><td><img alt="A plan">x
<tr style="display:none"><td>Hidden row<tr><td colspan=2>Merged<td style="display:none">Hidden column
</table></body></html>"""
TEXT = b"Words,01/03/2027,QSP/007,75%,1/2,#N/A\r\nBold,Struck,Linked,,,\r\n"


@pytest.fixture(scope="module")
def made(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Read]:
    """What is read of a file of a kind."""
    folder = tmp_path_factory.mktemp("carried")
    (folder / "log.xlsx").write_bytes(excel())

    @cache
    def read_of(suffix: str) -> Read:
        given: dict[str, Callable[[], bytes]] = {
            ".xlsx": excel,
            ".xlsb": binary,
            ".docx": word,
            ".html": lambda: PAGE,
            ".csv": lambda: TEXT,
        }
        data = (
            given[suffix]()
            if suffix in given
            else office(folder / "log.xlsx", suffix[1:], folder).read_bytes()
        )
        return made_of(data, Path(f"log{suffix}"), KINDS)

    return read_of


def answers(read: Read, *, is_paper: bool) -> dict[str, str]:
    """What a file gives of each thing, in the table's words. An error in a paper is found in the workbook that is
    made of it.
    """
    rows = [row for sheet in read.sheets if not sheet.hidden for row in sheet.rows]
    cells = [cell for row in rows for cell in row.cells.values()]
    said = " ".join(what for cell in cells for what in cell.left_out)

    def cell(words: str) -> SourceCell | None:
        return next((one for one in cells if one.words == words), None)

    def listed(words: str, why: str = "") -> bool:
        unseen = [
            one for one in cells if one.hidden and words in one.text and why in one.why_hidden
        ]
        return bool(unseen) or f"'{words}'" in said

    def runs(words: str) -> list[object]:
        return [run for one in cells for run in one.runs if run.text == words]

    hidden = [one.words for row in rows if row.hidden for one in row.cells.values()]
    columns = [
        one.words
        for sheet in read.sheets
        for row in sheet.rows
        for n, one in row.cells.items()
        if n in sheet.hidden_columns
    ]
    is_so = {
        "words, dates": cell("Words") and cell("01/03/2027"),
        "the form": all(map(cell, ("QSP/007", "75%", "1/2"))),
        "error": any(one.words == "#N/A" and (is_paper or one.fault == "error") for one in cells),
        "bold": any(run.bold for run in runs("Bold")),  # type: ignore[attr-defined]
        "struck": any(one.struck == "Struck" for one in cells),
        "links": any(run.link for run in runs("Linked")),  # type: ignore[attr-defined]
        "numbers above": cell("10³"),
        "merged cells": any(one.last_column or one.anchor_row != one.place.row for one in cells if "Merged" in one.text)
        or len([one for one in cells if one.words == "Merged"]) > 1,
        "words under": listed("Under"),
        "hidden rows": "Hidden row" in hidden or listed("Hidden row"),
        "hidden columns": "Hidden column" in columns or listed("Hidden column"),
        "hidden sheets": any(sheet.hidden and sheet.rows for sheet in read.sheets),
        "rows that a filter": any(row.filtered and row.cells[1].words == "Filtered" for row in rows),
        "words that their": listed("Format hides", "number format"),
        "words in the colour": listed("White", "colour"),
        "notes": any(one.note is not None for one in cells),
        "the colours that fill cells": any("#92D050" in row.fills.values() for row in rows),
        "the colours that fill rows": any(row.fill == "#92D050" for row in rows),
        "marks of exemption": any("R&D: exempt" in sheet.margins for sheet in read.sheets),
        "pictures": any(sheet.objects for sheet in read.sheets) or "is a picture" in said,
    }  # fmt: skip
    return {name: "yes" if found else "no" for name, found in is_so.items()}


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_kind_of_file_carries_what_the_table_says(
    suffix: str, made: Callable[[str], Read]
) -> None:
    found = answers(made(suffix), is_paper=suffix in PAPERS)
    at = FORMATS.index(suffix)
    told = {
        next(
            short for short in sorted(found, key=len, reverse=True) if name.startswith(short)
        ): cells.split()[at]
        for name, cells in CARRIED.items()
    }
    assert found == {name: "yes" if one == "listed" else one for name, one in told.items()}
