"""Faults that users of other readers reported in public: a small file of our own for each kind, and what we read."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.ingest.read import PAPER_KINDS, WORKBOOK_KINDS, made_of
from pipeline.ingest.workbook import Read, SourceCell
from tests.word_documents import action, body, document, paragraph, run

WORKBOOKS = WORKBOOK_KINDS | PAPER_KINDS
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def packed(parts: dict[str, str | bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return made.getvalue()


def excel(rows: str, after: str = "", *, strings: str = "", styles: str = "") -> bytes:
    """A workbook of one sheet, written as Excel writes it."""
    related = "".join(
        f'<Relationship Id="{key}" Type="{LINK}/{kind}" Target="{target}"/>'
        for key, kind, target in (
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "sharedStrings", "sharedStrings.xml"),
            ("r3", "styles", "styles.xml"),
        )
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINK}"><sheets><sheet name="Log" sheetId="1" '
        'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{related}</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>',
    }
    return packed(parts)


def formatted(*cells: tuple[str, str]) -> bytes:
    """A workbook of numbers, each with its number format."""
    codes = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, (_, code) in enumerate(cells)
    )
    looks = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(cells)))
    values = "".join(f'<c s="{n}"><v>{value}</v></c>' for n, (value, _) in enumerate(cells))
    return excel(
        f"<row>{values}</row>", styles=f"<numFmts>{codes}</numFmts><cellXfs>{looks}</cellXfs>"
    )


def opendocument(table: str, before: str = "") -> bytes:
    """A workbook as LibreOffice writes it."""
    names = " ".join(
        f'xmlns:{short}="{OPEN}:{long}:1.0"'
        for short, long in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
        )
    )
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f"<office:document-content {names} {calc}><office:body><office:spreadsheet>{before}"
        f'<table:table table:name="Log">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": content})


def text(words: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{words}</text:p></table:table-cell>'


def record(kind: int, data: bytes) -> bytes:
    """A record of a binary workbook."""
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + bytes([len(data)]) + data


def wide(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def binary(*cells: tuple[int, bytes]) -> bytes:
    """A binary workbook of one row; its cells in records of some kinds."""
    written = b"".join(
        record(kind, struct.pack("<II", column, 0) + data)
        for column, (kind, data) in enumerate(cells)
    )
    first = record(0, struct.pack("<IIHBBB", 0, 0, 300, 0, 0, 0))
    listed = record(156, struct.pack("<II", 0, 1) + wide("r1") + wide("Log"))
    related = f'<Relationship Id="r1" Type="{LINK}/worksheet" Target="worksheets/sheet1.bin"/>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.bin": listed,
        "xl/_rels/workbook.bin.rels": f"<Relationships>{related}</Relationships>",
        "xl/worksheets/sheet1.bin": first + written + record(146, b""),
    }
    return packed(parts)


def unpacked(data: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def page(table: str) -> bytes:
    return f"<html><body><p>Log</p><table>{table}</table></body></html>".encode()


def seen(cell: SourceCell) -> str:
    """What a cell says, with what is said of it."""
    live = "".join(
        f"[{run.text}]({run.link})" if run.link else run.text
        for number, run in enumerate(cell.runs)
        if number not in cell.hidden
    )
    unseen = "".join(run.text for number, run in enumerate(cell.runs) if number in cell.hidden)
    unseen = " ".join(unseen.split())
    extra = (
        [f"hidden: {unseen}"] * bool(unseen) + [cell.fault] * bool(cell.fault) + list(cell.left_out)
    )
    return " | ".join([" ".join(live.split()), *extra])


def read(name: str, data: bytes) -> list[list[str]]:
    """The cells of each row of a file."""
    made: Read = made_of(data, Path(name), WORKBOOKS)
    return [[seen(cell) for _, cell in sorted(row.cells.items())] for row in made.sheets[0].rows]


SUPER = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
WIDE, TWICE = 'table:number-columns-spanned="2"', 'table:number-columns-repeated="2"'
CASES = {
    "SheetJS/sheetjs#1365": (
        "log.ods",
        opendocument(
            f"<table:table-row>{text('Seen', WIDE)}"
            "<table:covered-table-cell office:value-type='string'><text:p>Under</text:p></table:covered-table-cell>"
            f"{text('Beside')}</table:table-row>"
        ),
        [["Seen | hidden: Under", "Beside"]],
    ),
    "SheetJS/sheetjs#1365, in Excel": (
        "log.xlsx",
        excel(
            '<row r="1"><c r="A1" t="str"><v>Seen</v></c><c r="B1" t="str"><v>Right</v></c></row>'
            '<row r="2"><c r="A2" t="str"><v>Below</v></c><c r="C2" t="str"><v>Live</v></c></row>',
            '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
        ),
        [["Seen | hidden: Right Below"], ["Seen | hidden: Right Below", "Live"]],
    ),
    "willtrnr/pyxlsb#2": (
        "log.xlsb",
        binary(
            (2, struct.pack("<i", -2022270 << 2 | 3)), (2, struct.pack("<i", -7 << 2 | 2)),
            (5, struct.pack("<d", -11459.53)), (3, b"\x07"), (6, wide("Sent_x000D_")),
        ),
        [["-20222.7", "-7", "-11459.53", "#DIV/0! | error", "Sent_x000D_"]],
    ),
    "willtrnr/pyxlsb: short records, as SheetJS writes them": (
        "log.xlsb",
        packed({
            **{name: data for name, data in unpacked(binary((6, wide("First")))).items() if "sheet1" not in name},
            "xl/worksheets/sheet1.bin": record(0, struct.pack("<IIHBBB", 0, 0, 300, 0, 0, 0))
            + record(6, struct.pack("<II", 0, 0) + wide("First")) + record(17, struct.pack("<I", 0) + wide("Second"))
            + record(12, struct.pack("<I", 0)) + record(16, struct.pack("<Id", 0, 2.5)),
        }),
        [["First", "Second", "2.5"]],
    ),
    "tafia/calamine#720": (
        "log.ods",
        opendocument(
            "<table:table-row><table:table-cell table:formula='of:=[.F2]/[.E2]' office:value-type='string' "
            "office:string-value='' calcext:value-type='error'><text:p>#DIV/0!</text:p></table:table-cell>"
            "</table:table-row>"
        ),
        [["#DIV/0! | error"]],
    ),
    "zdavatz/spreadsheet#46": (
        "log.ods",
        opendocument(
            "<table:table-row><table:table-cell office:value-type='string'><text:p>See <text:a xmlns:xlink='x' "
            "xlink:href='https://quay.example/a'>one</text:a> and <text:a xmlns:xlink='x' "
            "xlink:href='https://quay.example/b'>two</text:a>.</text:p></table:table-cell></table:table-row>"
        ),
        [["See [one](https://quay.example/a) and [two](https://quay.example/b)."]],
    ),
    "SheetJS/sheetjs#383": (
        "log.ods",
        opendocument(
            f"<table:table-row>{text('Same', TWICE)}{text('Other')}</table:table-row>"
        ),
        [["Same", "Same", "Other"]],
    ),
    "pandas-dev/pandas#40469": (
        "log.xlsx",
        excel('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>',
              strings="<si><t>_x0033_40</t></si><si><t>0x005F_FFFF</t></si>"),
        [["340", "0x005F_FFFF"]],
    ),
    "wireservice/csvkit#605": (
        "log.xlsx", formatted(("1.5", "[h]:mm:ss"), ("0.0104166666666667", "h:mm:ss")), [["36:00:00", "0:15:00"]],
    ),
    "dilshod/xlsx2csv#124": ("log.xlsx", formatted(("0.611111111111111", "hh:mm"),), [["14:40"]]),
    "firecrawl/anydoc#27": (
        "log.xlsx", formatted(("0.075", "0.0%"), ("1234.5", "&quot;£&quot;#,##0.00"), ("0.5", "# ?/?")),
        [["7.5%", "£1,234.50", "1/2"]],
    ),
    "tafia/calamine#424": ("log.xlsx", excel("<row><c><v>7.0000000000000009</v></c></row>"), [["7"]]),
    "rabanti-github/NanoXLSX#25": (
        "log.xlsx",
        excel('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>',
              strings='<si><t>Quay</t><rPh sb="0" eb="4"><t>key</t></rPh></si><si><t/></si>'),
        [["Quay"]],
    ),
    "exceljs/exceljs#1431": (
        "log.xlsx",
        excel('<row><c t="s"><v>0</v></c><c t="s"><v>2</v></c><c t="inlineStr"/></row>',
              strings="<si><r><t>Two </t></r><r><rPr><b/></rPr><t>runs</t></r></si><si/><si><t>After</t></si>"),
        [["Two runs", "After"]],
    ),
    "hrbrmstr/docxtractr#38": (
        "paper.docx",
        document(body(action(f'<w:p><w:r><w:t xml:space="preserve">Up by 10</w:t></w:r><w:r>{SUPER}<w:t>3</w:t></w:r>'
                             f"<w:r><w:t>, on the 1</w:t></w:r><w:r>{SUPER}<w:t>st</w:t></w:r></w:p>"))),
        "Up by 10³, on the 1st",
    ),
    "cuba-platform/yarg#85": (
        "log.xlsx",
        excel('<row><c t="s"><v>0</v></c></row>',
              strings='<si><r><t>40 m</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r>'
                      '<r><t> of CO</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r></si>'),
        [["40 m² of CO₂"]],
    ),
    "thexerteproject/xerteonlinetoolkits#698": (
        "paper.html", page("<tr><td>40 m<sup>2</sup> by the 2<sup>nd</sup><td>CO<sub>2</sub></tr>"),
        [["Log"], ["40 m² by the 2nd", "CO₂"]],
    ),
    "whatwg/html#352": (
        "paper.html",
        page("<thead><tr><td>Head</tr></thead><tfoot><tr><td>Foot</tr></tfoot><tbody><tr><td>Body</tr></tbody>"),
        [["Log"], ["Head"], ["Body"], ["Foot"]],
    ),
    "tox-dev/turbohtml#450": (
        "paper.html",
        page("<tbody><tr><td rowspan=0>All<td>1<tr><td>2</tbody><tbody><tr><td>Next<td>3</tbody>"),
        [["Log"], ["All", "1"], ["All", "2"], ["Next", "3"]],
    ),
    "pandas-dev/pandas#51629": (
        "paper.html", page('<tr><td><span style="display:none">9</span>4<td>5</tr>'),
        [["Log"], ["4 | '9' is hidden", "5"]],
    ),
    "jaytaylor/html2text#55": (
        "paper.html", page("<tr><td>Sent<noscript>Switch scripts on</noscript><td>5</tr>"),
        [["Log"], ["Sent | 'Switch scripts on' is shown without scripts alone", "5"]],
    ),
    "parsecsv/parsecsv-for-php#213": (
        "log.csv", b'Ref,Title,"Said"\r\n="0012",Tides,"=""a, b"""\r\n="00""7",=1+1,x\r\n',
        [["Ref", "Title", "Said"], ["0012", "Tides", "a, b"], ['00"7', "=1+1", "x"]],
    ),
    "alexcaza/export-to-csv#119": (
        "log.csv", b"\xef\xbb\xbfsep=;\r\nRef;Title;Said\r\n1;B\xc3\xa4gs;Sent\r\n",
        [["Ref", "Title", "Said"], ["1", "Bägs", "Sent"]],
    ),
    "Tencent/WeKnora#2657": (
        "paper.docx",
        document(body(
            action(paragraph(run("First"))).replace("<w:tc>", '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', 1),
            action(paragraph(run("Second")), reference="HP/2")
            .replace("<w:tc>", "<w:tc><w:tcPr><w:vMerge/></w:tcPr>", 1),
        )),
        "stands under a merged cell",
    ),
    "docling-project/docling#3946": (
        "paper.docx",
        document(body(action(paragraph(run("In a control"))).replace("<w:tc>", "<w:sdt><w:sdtContent><w:tc>", 1)
                      .replace("</w:tc>", "</w:tc></w:sdtContent></w:sdt>", 1))),
        "In a control",
    ),
    "apache/poi#670": (
        "paper.docx",
        document(body(action("<w:p><w:r><w:t>Figure 1</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r><w:del w:id='1'><w:r>"
                             "<w:delInstrText>SEQ</w:delInstrText></w:r></w:del></w:p>"))),
        "Figure 1-1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("address", CASES)
def test_what_others_were_told_goes_wrong_is_read_as_it_is_seen(address: str) -> None:
    name, data, expected = CASES[address]
    found = read(name, data)
    if isinstance(expected, str):
        assert any(expected in cell for line in found for cell in line), found
    else:
        assert found == expected
