"""Excel files whose side parts are broken, missing or new: their words are read all the same, and fast."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelWorkbook

from pipeline import line
from pipeline.ingest import excel, read
from pipeline.ingest.workbook import Read, SourceCell
from pipeline.model.errors import PipelineError
from tests.conftest import WEXMOUTH

SHEET = "xl/worksheets/sheet1.xml"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Parts = dict[str, bytes]
LINES = (
    ("Harbour Panel",), ("Log – 14 January 2027",),
    ("Date", "Title", "Action proposed", "Action taken", "Progress status"),
    ("1/2/27", "Tides", "That the tables are sent.", "They were sent.", "Completed"),
)  # fmt: skip


def parts_of() -> Parts:
    """The parts of a small tracker."""
    book = ExcelWorkbook()
    assert book.active is not None
    book.active.title = "Actions"
    for one in LINES:
        book.active.append(one)
    written = BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Parts) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return made.getvalue()


def edited(part: str, old: str, new: str) -> Parts:
    """The tracker with some words of a part changed."""
    parts = parts_of()
    assert old.encode() in parts[part], parts[part][:2000]
    return {**parts, part: parts[part].replace(old.encode(), new.encode(), 1)}


def saved(day: str) -> Parts:
    """The tracker as saved on some day."""
    parts = parts_of()
    core = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", day.encode(), parts["docProps/core.xml"])
    return {**parts, "docProps/core.xml": core}


def with_shared_texts(texts: bytes) -> Parts:
    """The tracker with a text that its cell D4 has by the number 0."""
    parts = edited(SHEET, f't="inlineStr"><is><t>{LINES[3][3]}</t></is>', 't="s"><v>0</v>')
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = (
        f'<Relationship Id="rId77" Type="{related}" Target="sharedStrings.xml"/></Relationships>'
    )
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", relation.encode())
    return {**parts, "xl/sharedStrings.xml": texts}


def words(read: Read) -> list[str]:
    return [cell.words for row in read.sheets[0].rows for cell in row.own.values()]


def cells(read: Read) -> dict[str, SourceCell]:
    return {cell.place.cell: cell for row in read.sheets[0].rows for cell in row.cells.values()}


def behind(xml: str) -> Parts:
    """The tracker with something behind its cells."""
    return edited(SHEET, "</sheetData>", f"</sheetData>{xml}")


def before(xml: str) -> Parts:
    """The tracker with something before its cells."""
    return edited(SHEET, "<sheetData>", f"{xml}<sheetData>")


def renamed(part: str, old: str, new: str) -> Parts:
    """The tracker with other words in the names of its parts, or in all of them."""
    return {
        name.replace(part, new) if part else name: data.replace(old.encode(), new.encode())
        if old
        else data
        for name, data in parts_of().items()
    }


TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
FAR = '<row r="1048576"><c r="XFD1048576"/></row>'
VERTICAL_TAB = '<row r="9"><c r="A9" t="inlineStr"><is><t>&#11;</t></is></c></row>'
BROKEN = {
    "styles that are no XML": {**parts_of(), "xl/styles.xml": b"<styleSheet><fonts>"},
    "no styles": {name: data for name, data in parts_of().items() if name != "xl/styles.xml"},
    "a theme that is no XML": {**parts_of(), "xl/theme/theme1.xml": b"\0\0"},
    "properties that are no XML": {**parts_of(), "docProps/core.xml": b"<a>"},
    "saved on a day without an hour": saved("2026-11-27"),
    "saved on no day": saved("yesterday"),
    "a fill without a pattern": edited("xl/styles.xml", "<fill><patternFill/></fill>", "<fill/>"),
    "a style of a font that is not there": edited(
        "xl/styles.xml",
        '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0"',
        '<cellXfs count="1"><xf numFmtId="0" fontId="9" fillId="77"',
    ),
    "a cell of a style that is not there": edited(SHEET, '<c r="A1"', '<c s="77" r="A1"'),
    "a tint that is no number": edited(
        "xl/styles.xml", '<color theme="1"/>', '<color theme="1" tint="NaN"/>'
    ),
    "a colour of five digits": edited(
        "xl/styles.xml", '<color theme="1"/>', '<color rgb="12345"/>'
    ),
    "a rule without a priority": behind(
        '<conditionalFormatting sqref="A1:B9"><cfRule/></conditionalFormatting>'
    ),
    "a validation of a kind that is new": behind(
        '<dataValidations><dataValidation type="new"/></dataValidations>'
    ),
    "a link to nowhere": behind(
        '<hyperlinks><hyperlink ref="D4:XFD99" r:id="r9" xmlns:r="r"/></hyperlinks>'
    ),
    "a drawing that is missing": behind('<legacyDrawing r:id="rId7" xmlns:r="r"/>'),
    "a width that is no number": before('<cols><col min="1" max="2" width="NaN"/></cols>'),
    "columns without end": before('<cols><col min="1" max="30000000" width="9"/></cols>'),
    "a merge of whole rows": behind(
        '<mergeCells><mergeCell ref="1:1"/><mergeCell ref="nowhere"/></mergeCells>'
    ),
    "a merge of a whole column": {
        **behind('<mergeCells><mergeCell ref="A4:A1048576"/></mergeCells>'),
        SHEET: behind('<mergeCells><mergeCell ref="A4:A1048576"/></mergeCells>')[SHEET].replace(
            b"</sheetData>", f"{FAR}</sheetData>".encode()
        ),
    },
    "a character that XML may not hold": edited(
        SHEET, "</sheetData>", f"{VERTICAL_TAB}</sheetData>"
    ),
    "Strict Open XML": renamed("", TRANSITIONAL, STRICT),
    "names in other cases, with other slashes": renamed("xl/styles", "", "XL\\Styles"),
}


@pytest.mark.parametrize("parts", BROKEN.values(), ids=BROKEN)
def test_a_side_part_stops_no_words(parts: Parts) -> None:
    read = excel.read_excel(packed(parts), "log.xlsx")
    assert words(read) == [word for one in LINES for word in one]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("styles that are no XML", ("/xl/styles.xml (damaged, and read as far as it goes)",)),
        ("a theme that is no XML", ("/xl/theme/theme1.xml",)),
        (
            "properties that are no XML",
            ("docProps/core.xml (damaged, and read as far as it goes)",),
        ),
        ("saved on a day without an hour", ()),
        ("saved on no day", ("docProps/core.xml (when it was saved)",)),
        (
            "a style of a font that is not there",
            ("/xl/styles.xml (a style that it does not hold)",),
        ),
        (
            "a cell of a style that is not there",
            ("/xl/styles.xml (a style that it does not hold)",),
        ),
        ("a tint that is no number", ("/xl/styles.xml (a colour)",)),
        ("a colour of five digits", ("/xl/styles.xml (a colour)",)),
        ("a width that is no number", ()),
    ],
)
def test_what_was_passed_over_is_reported_once(
    name: str, said: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "log.xlsx"
    path.write_bytes(packed(BROKEN[name]))
    assert read.workbook_at(path).passed_over == said
    (made,) = line.checked(path, WEXMOUTH)
    assert [f.check for f in made.findings if f.check == "passed-over-part"] == [
        "passed-over-part"
    ] * len(said)


@pytest.mark.parametrize(
    ("part", "said"),
    [(SHEET, b"<worksheet><sheetData>"), ("xl/sharedStrings.xml", b"<sst><si>"), (SHEET, None)],
)
def test_a_part_with_words_that_is_broken_is_refused(part: str, said: bytes | None) -> None:
    parts = with_shared_texts(b"<sst/>")
    made = {**parts, part: said} if said else {n: d for n, d in parts.items() if n != part}
    with pytest.raises(PipelineError, match=f"is damaged: its part /{part}"):
        excel.read_excel(packed(made), "log.xlsx")


def test_a_sheet_that_is_missing_is_refused() -> None:
    parts = {**parts_of(), "xl/_rels/workbook.xml.rels": b"<Relationships/>"}
    with pytest.raises(PipelineError, match="is damaged: its sheet 'Actions' is missing"):
        excel.read_excel(packed(parts), "log.xlsx")


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_does_not_unpack_is_refused(packing: int) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", packing) as package:
        for name, data in parts_of().items():
            package.writestr(name, data)
        start = package.getinfo(SHEET).header_offset + len(SHEET) + 30  # what comes before its data
    broken = bytearray(made.getvalue())
    broken[start + 20 : start + 60] = bytes(40)
    with pytest.raises(PipelineError, match=f"is damaged: its part /{SHEET}"):
        excel.read_excel(bytes(broken), "log.xlsx")


def test_an_index_that_leads_nowhere_is_no_other_text(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    path.write_bytes(packed(with_shared_texts(b"<sst></sst>")))
    (made,) = line.checked(path, WEXMOUTH)
    assert ("D4", "lost-words") in [(f.place.cell, f.check) for f in made.findings]
    assert made.stated[0].update == ""


def test_a_shared_text_may_have_type_of_its_own_and_a_reading() -> None:
    text = (
        b"<sst><si><r><t>They </t></r><r><rPr><b/></rPr><t>were</t></r><rPh><t>no</t></rPh>"
        b"<r><rPr><strike/></rPr><t> not</t></r></si></sst>"
    )
    found = cells(excel.read_excel(packed(with_shared_texts(text)), "log.xlsx"))["D4"]
    assert [(run.text, run.bold) for run in found.runs] == [("They ", False), ("were", True)]
    assert found.struck == "not"


def test_a_formula_that_fetches_an_empty_cell_shows_nothing() -> None:
    row = (
        '<row r="5"><c r="A5"><f>Z9</f><v>0</v></c><c r="B5"><f>Actions!$Z$9</f><v>0</v></c>'
        '<c r="C5"><f>VLOOKUP("x",A1:B9,2,FALSE)</f><v>0</v></c><c r="D5"><f>COUNTA(Z1:Z9)</f><v>0</v></c>'
        '<c r="E5"><f>A6</f><v>0</v></c></row><row r="6"><c r="A6"><v>0</v></c></row>'
    )
    found = cells(
        excel.read_excel(packed(edited(SHEET, "</sheetData>", row + "</sheetData>")), "log.xlsx")
    )
    assert [place for place in found if place[1:] == "5"] == ["D5", "E5"]
    assert found["D5"].words == "0"


def test_a_picture_in_a_cell_and_what_floats_over_cells_are_listed(tmp_path: Path) -> None:
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>5'
        "</xdr:col><xdr:row>6</xdr:row></xdr:from><xdr:sp><xdr:txBody><a:p><a:r><a:t>Ask the</a:t></a:r><a:r><a:t> crew"
        "</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"
    )
    relation = (
        f'<Relationship Id="rId1" Type="{RELATED}/drawing" Target="../drawings/drawing1.xml"/>'
    )
    parts = edited(
        SHEET,
        "</sheetData>",
        '<row r="5"><c r="D5" t="e" vm="1"><v>#VALUE!</v></c></row></sheetData>',
    )
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f"<Relationships>{relation}</Relationships>".encode()
    )
    parts["xl/drawings/drawing1.xml"] = drawing.encode()
    path = tmp_path / "log.xlsx"
    path.write_bytes(packed(parts))
    (made,) = line.checked(path, WEXMOUTH)
    assert [(f.place.cell, f.message) for f in made.findings if f.check == "left-out-object"] == [
        ("D5", "A picture or a linked record in the cell was left out."),
        ("F7", "A text box 'Ask the crew' was left out."),
    ]


@pytest.mark.parametrize("entity", ['x SYSTEM "file:///etc/hosts"', 'x "Dredged."'])
def test_words_that_a_part_declares_for_itself_are_refused_and_not_dropped(entity: str) -> None:
    data = packed(
        edited(SHEET, "<worksheet", f"<!DOCTYPE worksheet [<!ENTITY {entity}>]><worksheet")
    )
    with pytest.raises(PipelineError, match="has words that an ENTITY stands for"):
        excel.read_excel(data, "log.xlsx")


def test_a_side_part_that_declares_words_for_itself_stops_none() -> None:
    style = edited("xl/styles.xml", "<styleSheet", '<!DOCTYPE x [<!ENTITY x "y">]><styleSheet')
    assert words(excel.read_excel(packed(style), "log.xlsx")) == [w for one in LINES for w in one]


@pytest.mark.parametrize(
    ("old", "new"), [('r="D4"', 'r="ZZZZ4"'), ('<row r="4"', '<row r="99999999"')]
)
def test_cells_beyond_the_sheet_are_reported(old: str, new: str) -> None:
    made = excel.read_excel(packed(edited(SHEET, old, new)), "log.xlsx")
    assert made.passed_over == ("cells beyond a sheet's last row or column",)
