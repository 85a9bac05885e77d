"""Makes excel-like.xlsx and excel-1904.xlsx of tests/fixtures: the XML parts that Excel writes.

openpyxl writes few of them, so the parts stand here as text. One sheet, nine actions, a table.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl.writer.theme import theme_xml

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures"
SAVED = (2027, 2, 1, 10, 5, 0)
EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
HEADINGS = ["Date", "Title", "Action proposed", "Action Taken", "Progress Status", "Internal notes"]
STATUSES = ["Not started", "In progress", "On hold", "Completed"]

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml."
THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
MICROSOFT = "http://schemas.microsoft.com/office/2017/10/relationships"

# Cell styles, as numbered in STYLES.
_PLAIN, TITLE, HEADING, WRAPPED, DAY, MONTH, STRUCK, LINK = range(8)


def font(marks: str = "", colour: str = '<color theme="1"/>', kind: str = "x") -> str:
    """A font of the theme: `x` for styles, `r` for runs, whose children differ in name."""
    name = '<name val="Calibri"/>' if kind == "x" else '<rFont val="Calibri"/>'
    return f'{marks}<sz val="11"/>{colour}{name}<family val="2"/><scheme val="minor"/>'


def run(text: str, marks: str = "") -> str:
    """A run of rich text."""
    return f'<r><rPr>{font(marks, kind="r")}</rPr><t xml:space="preserve">{escape(text)}</t></r>'


def words(text: str) -> str:
    """Plain text as a shared string."""
    return f'<t xml:space="preserve">{escape(text)}</t>'


PHONETIC = (
    '<t>Kagoshima Sister Port Visit</t><rPh sb="0" eb="9"><t>カゴシマ</t></rPh>'
    '<phoneticPr fontId="0"/>'
)
BOLD_WITHIN = (
    f'<r><t xml:space="preserve">The visit took place from 5 to 9 October. </t></r>'
    f"{run('Four firms', '<b/>')}{run(' of the city have since been asked to tender.')}"
)
STRUCK_WITHIN = (
    f'<r><t xml:space="preserve">The costs were sent to members on </t></r>'
    f"{run('13 November', '<strike/>')}{run(' 20 November.')}"
)
ESCAPED = words(
    "Two berths were dredged in November._x000D_\nThe third waits for calmer weather."
    " The survey file is named spoil_x005F_x0041_.csv."
)
SPACED = words(
    "The tariff\u00a0was put to the users\u200b in December, and 14\u00a0of them replied."
)
BULLETS = words("The following were agreed:\n• lights on the east stair\n• a rail at the slipway")

PILOT_BOATS = 'HYPERLINK("https://www.wexmouth.example/port/pilot-boats","The pilot boats paper")'

# Row by row: column, shared string | (formula, stored value) | serial's date | None, style.
Value = str | tuple[str, str] | date
ROWS: dict[int, list[tuple[str, Value, int]]] = {
    1: [("A", words("Harbour and Coast Scrutiny Board"), TITLE)],
    2: [("A", words("Scrutiny Monitoring – 11 February 2027"), TITLE)],
    4: [(letter, words(text), HEADING) for letter, text in zip("ABCDEF", HEADINGS, strict=True)],
    5: [("A", date(2026, 10, 22), DAY), ("B", PHONETIC, WRAPPED),
        ("C", words("That the Board is told what came of the visit."), WRAPPED),
        ("D", BOLD_WITHIN, WRAPPED), ("E", words("Completed"), WRAPPED),
        ("F", words("Firms not to be named yet"), WRAPPED)],
    6: [("C", words("That the costs of the visit are sent to members."), WRAPPED),
        ("D", STRUCK_WITHIN, WRAPPED), ("E", ("IF(D6=\"\",\"\",\"Completed\")", "Completed"), WRAPPED)],
    7: [("A", date(2026, 10, 22), DAY), ("B", words("Pilot Boats"), WRAPPED),
        ("C", words("That the paper on the pilot boats is published."), WRAPPED),
        ("D", (PILOT_BOATS, "The pilot boats paper"), LINK), ("E", words("Completed"), WRAPPED)],
    8: [("C", words("That the boats' hours at sea are reported."), WRAPPED),
        ("D", ("VLOOKUP(B7,Lists!A:B,2,FALSE)", ""), WRAPPED), ("E", words("In progress"), WRAPPED)],
    9: [("A", date(2026, 11, 1), MONTH), ("B", words("Dredging Programme"), WRAPPED),
        ("C", words("That the amount dredged is reported by berth."), WRAPPED),
        ("D", ("Lists!#REF!", "#REF!"), WRAPPED), ("E", words("In progress"), WRAPPED)],
    10: [("C", words("That the berths used by the fishing fleet are dredged first."), WRAPPED),
         ("D", ESCAPED, WRAPPED), ("E", words("On hold"), WRAPPED)],
    11: [("A", date(2026, 11, 26), DAY), ("B", words("Slipway Charges"), WRAPPED),
         ("C", words("That the charge for small craft is reviewed."), WRAPPED),
         ("D", words("The review starts in January."), STRUCK), ("E", words("Not started"), WRAPPED)],
    12: [("C", words("That users are asked about the new tariff."), WRAPPED),
         ("D", SPACED, WRAPPED), ("E", words("Completed"), WRAPPED)],
    13: [("A", date(2026, 11, 26), DAY), ("B", words("Safety at the Slipway"), WRAPPED),
         ("C", words("That what the users asked for is reported."), WRAPPED),
         ("D", BULLETS, WRAPPED), ("E", words("In progress"), WRAPPED)],
}  # fmt: skip
FILTERED_AWAY = 10  # the filter leaves out "On hold"

STRINGS = list(dict.fromkeys(v for row in ROWS.values() for _, v, _ in row if isinstance(v, str)))
FORMULAS = [f"{c}{n}" for n, row in ROWS.items() for c, value, _ in row if isinstance(value, tuple)]


def cell_xml(place: str, value: Value, style: int, *, mac: bool) -> str:
    """A cell as Excel stores it: a shared string, a formula with its last value, or a serial."""
    match value:
        case str():
            return f'<c r="{place}" s="{style}" t="s"><v>{STRINGS.index(value)}</v></c>'
        case (formula, ""):
            return f'<c r="{place}" s="{style}"><f>{escape(formula)}</f></c>'
        case (formula, stored):
            kind = "e" if stored.startswith("#") else "str"
            return (
                f'<c r="{place}" s="{style}" t="{kind}"><f>{escape(formula)}</f><v>{stored}</v></c>'
            )
        case date():
            return f'<c r="{place}" s="{style}"><v>{(value - EPOCHS[mac]).days}</v></c>'
    raise TypeError(value)


def sheet_xml(*, mac: bool) -> str:
    """The sheet, its parts in the schema's order."""
    rows = "".join(
        f'<row r="{n}" spans="1:6"{" hidden=" + chr(34) + "1" + chr(34) if n == FILTERED_AWAY else ""}>'
        + "".join(cell_xml(f"{c}{n}", value, style, mac=mac) for c, value, style in row)
        + "</row>"
        for n, row in ROWS.items()
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><dimension ref="A1:F13"/>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        '<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="12.7109375" customWidth="1"/>'
        '<col min="2" max="2" width="24.7109375" customWidth="1"/>'
        '<col min="3" max="4" width="48.7109375" customWidth="1"/>'
        '<col min="5" max="5" width="16.7109375" customWidth="1"/>'
        '<col min="6" max="6" width="24.7109375" hidden="1" customWidth="1"/></cols>'
        f"<sheetData>{rows}</sheetData>"
        '<mergeCells count="2"><mergeCell ref="A1:E1"/><mergeCell ref="A2:E2"/></mergeCells>'
        '<phoneticPr fontId="0"/><conditionalFormatting sqref="E5:E13"><cfRule type="cellIs" dxfId="0" priority="1" '
        'operator="equal"><formula>"Completed"</formula></cfRule></conditionalFormatting>'
        '<dataValidations count="1"><dataValidation type="list" allowBlank="1" showInputMessage="1" '
        'showErrorMessage="1" sqref="E5:E13"><formula1>Statuses</formula1></dataValidation></dataValidations>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape"/><legacyDrawing r:id="rId1"/>'
        '<tableParts count="1"><tablePart r:id="rId2"/></tableParts></worksheet>'
    )


def table_xml() -> str:
    """The table part, whose own filter hides a row."""
    columns = "".join(
        f'<tableColumn id="{n}" name="{name}"/>' for n, name in enumerate(HEADINGS, 1)
    )
    shown = "".join(f'<filter val="{s}"/>' for s in STATUSES if s != "On hold")
    return (
        f'{HEAD}<table xmlns="{MAIN}" id="1" name="Actions" displayName="Actions" ref="A4:F13" totalsRowShown="0">'
        f'<autoFilter ref="A4:F13"><filterColumn colId="4"><filters>{shown}</filters></filterColumn></autoFilter>'
        f'<tableColumns count="6">{columns}</tableColumns>'
        '<tableStyleInfo name="TableStyleLight9" showFirstColumn="0" showLastColumn="0" showRowStripes="1" '
        'showColumnStripes="0"/></table>'
    )


def workbook_xml(*, mac: bool) -> str:
    system = ' date1904="1"' if mac else ""
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr{system} defaultThemeVersion="166925"/>'
        '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" windowHeight="12300"/></bookViews>'
        '<sheets><sheet name="Tracker" sheetId="1" r:id="rId1"/>'
        '<sheet name="Lists" sheetId="2" state="hidden" r:id="rId2"/></sheets><definedNames>'
        '<definedName name="_xlnm.Print_Titles" localSheetId="0">Tracker!$4:$4</definedName>'
        '<definedName name="OldList">Lists!#REF!</definedName>'
        '<definedName name="Statuses">Lists!$A$1:$A$4</definedName></definedNames>'
        '<calcPr calcId="191029"/></workbook>'
    )


def lists_xml() -> str:
    """The hidden sheet that the drop-down takes its words from, as inline strings."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{status}</t></is></c></row>'
        for n, status in enumerate(STATUSES, 1)
    )
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def styles_xml() -> str:
    """Fonts of the theme, and the eight cell styles numbered at the top of this module."""
    link = font("<u/>", '<color theme="10"/>')
    fonts = [font(), font("<b/>"), font("<strike/>"), link]
    wrap = ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    cells = [
        (0, 0),
        (1, 0),
        (1, 0),
        (0, 0),
        (0, 14),
        (0, 17),
        (2, 0),
        (3, 0),
    ]  # font, number format
    xfs = "".join(
        f'<xf numFmtId="{number}" fontId="{face}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" '
        f'applyFont="1"{wrap if style > TITLE else "/>"}'
        for style, (face, number) in enumerate(cells)
    )
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="4">{"".join(f"<font>{f}</font>" for f in fonts)}</fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="8">{xfs}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        '<dxfs count="1"><dxf><font><color rgb="FF006100"/></font></dxf></dxfs></styleSheet>'
    )


THREAD = "{5C1D2B7E-3A40-4F0B-9C66-0B6E6E1A7D21}"
PERSON = "{9A0F4C52-77D3-4E1C-8B55-2F4C3E9D1A10}"
NOTES = {  # cell: author, words; Excel keeps a copy of a threaded comment for older versions
    "C5": ("Morwenna Tully", "Ask the port company first."),
    "D13": (f"tc={THREAD}", "[Threaded comment]\n\nComment:\n    Is the rail ordered?"),
}


def comments_xml() -> str:
    """Two notes on cells."""
    authors = "".join(f"<author>{author}</author>" for author, _ in NOTES.values())
    notes = "".join(
        f'<comment ref="{place}" authorId="{n}" shapeId="0"><text>{words(said)}</text></comment>'
        for n, (place, (_, said)) in enumerate(NOTES.items())
    )
    return (
        f'{HEAD}<comments xmlns="{MAIN}"><authors>{authors}</authors>'
        f"<commentList>{notes}</commentList></comments>"
    )


def drawing_vml() -> str:
    """The boxes of the notes, in the old drawing language that Excel still writes."""
    shapes = "".join(
        f'<v:shape id="_x0000_s{1025 + n}" type="#_x0000_t202" style="position:absolute;visibility:hidden">'
        f'<x:ClientData ObjectType="Note"><x:Row>{int(place[1:]) - 1}</x:Row>'
        f"<x:Column>{ord(place[0]) - 65}</x:Column></x:ClientData></v:shape>"
        for n, place in enumerate(NOTES)
    )
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'<v:shapetype id="_x0000_t202" coordsize="21600,21600"/>{shapes}</xml>'
    )


def shared_strings_xml() -> str:
    items = "".join(f"<si>{string}</si>" for string in STRINGS)
    return f'{HEAD}<sst xmlns="{MAIN}" count="{len(STRINGS)}" uniqueCount="{len(STRINGS)}">{items}</sst>'


def links_xml(*links: tuple[str, str]) -> str:
    """A part's relationships, each a type and a target, numbered from rId1."""
    made = "".join(
        f'<Relationship Id="rId{n}" Type="{kind if "://" in kind else f"{OFFICE}/{kind}"}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{made}</Relationships>'


def types_xml() -> str:
    """What each part is."""
    kinds = {
        "/xl/workbook.xml": f"{SHEETML}sheet.main+xml",
        "/xl/worksheets/sheet1.xml": f"{SHEETML}worksheet+xml",
        "/xl/worksheets/sheet2.xml": f"{SHEETML}worksheet+xml",
        "/xl/styles.xml": f"{SHEETML}styles+xml",
        "/xl/sharedStrings.xml": f"{SHEETML}sharedStrings+xml",
        "/xl/calcChain.xml": f"{SHEETML}calcChain+xml",
        "/xl/comments1.xml": f"{SHEETML}comments+xml",
        "/xl/tables/table1.xml": f"{SHEETML}table+xml",
        "/xl/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/xl/threadedComments/threadedComment1.xml": "application/vnd.ms-excel.threadedcomments+xml",
        "/xl/persons/person.xml": "application/vnd.ms-excel.person+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    parts = "".join(f'<Override PartName="{p}" ContentType="{kind}"/>' for p, kind in kinds.items())
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>{parts}</Types>'
    )


def core_xml() -> str:
    """The properties: who saved it, and when."""
    saved = "{}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*SAVED)
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Morwenna Tully</dc:creator>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{saved}</dcterms:modified></cp:coreProperties>'
    )


def parts(*, mac: bool) -> Iterator[tuple[str, str]]:
    """Every part of the workbook; `mac` counts its days from 1904."""
    yield "[Content_Types].xml", types_xml()
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    yield (
        "_rels/.rels",
        links_xml(("officeDocument", "xl/workbook.xml"), (core, "docProps/core.xml")),
    )
    yield "docProps/core.xml", core_xml()
    yield "xl/workbook.xml", workbook_xml(mac=mac)
    yield "xl/_rels/workbook.xml.rels", links_xml(
        ("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml"),
        ("theme", "theme/theme1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"),
        ("calcChain", "calcChain.xml"), (f"{MICROSOFT}/person", "persons/person.xml"),
    )  # fmt: skip
    yield "xl/worksheets/sheet1.xml", sheet_xml(mac=mac)
    yield "xl/worksheets/_rels/sheet1.xml.rels", links_xml(
        ("vmlDrawing", "../drawings/vmlDrawing1.vml"), ("table", "../tables/table1.xml"),
        ("comments", "../comments1.xml"),
        (f"{MICROSOFT}/threadedComment", "../threadedComments/threadedComment1.xml"),
    )  # fmt: skip
    yield "xl/worksheets/sheet2.xml", lists_xml()
    yield "xl/theme/theme1.xml", theme_xml
    yield "xl/styles.xml", styles_xml()
    yield "xl/sharedStrings.xml", shared_strings_xml()
    yield "xl/tables/table1.xml", table_xml()
    yield "xl/comments1.xml", comments_xml()
    yield "xl/drawings/vmlDrawing1.vml", drawing_vml()
    yield (
        "xl/threadedComments/threadedComment1.xml",
        (
            f'{HEAD}<ThreadedComments xmlns="{THREADED}"><threadedComment ref="D13" dT="2027-01-29T09:12:00.00" '
            f'personId="{PERSON}" id="{THREAD}"><text>Is the rail ordered?</text></threadedComment></ThreadedComments>'
        ),
    )
    yield (
        "xl/persons/person.xml",
        (
            f'{HEAD}<personList xmlns="{THREADED}"><person displayName="Morwenna Tully" id="{PERSON}" '
            'userId="morwenna.tully@wexmouth.example" providerId="None"/></personList>'
        ),
    )
    chain = "".join(f'<c r="{place}" i="1"/>' for place in FORMULAS)
    yield "xl/calcChain.xml", f'{HEAD}<calcChain xmlns="{MAIN}">{chain}</calcChain>'


def main() -> None:
    """Write both; their times are fixed, so that the same words give the same bytes."""
    for name, mac in (("excel-like.xlsx", False), ("excel-1904.xlsx", True)):
        with zipfile.ZipFile(FIXTURES / name, "w") as package:
            for part, xml in parts(mac=mac):
                package.writestr(zipfile.ZipInfo(part, SAVED), xml, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
