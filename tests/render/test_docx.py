"""The Word edition: its words, page, table, lists, links, styles and properties, read from the file.

Papers are made here with `a_paper`; the file is read back with python-docx or part by part.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pdfplumber
import pytest
from lxml import etree
from msgspec.structs import replace

from pipeline.council import house
from pipeline.council.house import HouseStyle
from pipeline.ingest.word_numbering import Numbering
from pipeline.model.document import (
    Block,
    BulletList,
    Cell,
    Column,
    Flow,
    Heading,
    NumberedList,
    Paper,
    Paragraph,
    Row,
    Run,
    Table,
    outline,
    text_of,
)
from pipeline.render.docx import render
from pipeline.render.links import link_parts
from tests.conftest import Office

STYLES = ("wexmouth", "aldermere")
FIELDS = ("reference", "title", "update")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NAMES = {"w": W[1:-1], "r": R[1:-1]}
MM = 1440 / 25.4  # twips

Printed: TypeAlias = tuple[HouseStyle, list[pdfplumber.page.Page]]


def plain(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def a_cell(*blocks: Flow | str, repeated: bool = False) -> Cell:
    made = (plain(block) if isinstance(block, str) else block for block in blocks)
    return Cell(tuple(made), repeated=repeated)


def a_row(update: Cell | str = "Lamps ordered.", title: Cell | str = "Quay lighting") -> Row:
    cells = (each if isinstance(each, Cell) else a_cell(each) for each in ("HS1", title, update))
    return Row(tuple(cells))


def a_table(*rows: Row, style: str = "wexmouth") -> Table:
    columns = tuple(Column(field, (Run(field.title()),)) for field in FIELDS)
    widths = tuple(house.house_of(style).widths(list(FIELDS)))
    about = "Reference, Title, Update"
    return Table("Actions asked for", about, columns, rows or (a_row(),), widths)


def a_paper(*blocks: Block | Row, draft: bool = False, style: str = "wexmouth") -> Paper:
    rows = tuple(block for block in blocks if isinstance(block, Row))
    others = tuple(block for block in blocks if not isinstance(block, Row))
    return Paper(
        title="Harbour and Streets Panel: Monitoring",
        author="Wexmouth City Council",
        language="en-GB",
        modified="2026-02-20T16:45:00Z",
        draft=draft,
        blocks=(Heading("Harbour and Streets Panel", 1), *others, a_table(*rows, style=style)),
    )


def made(paper: Paper, style: str | HouseStyle = "wexmouth") -> bytes:
    return render(paper, house.house_of(style) if isinstance(style, str) else style).data


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with ZipFile(BytesIO(data)) as file:
        return etree.fromstring(file.read(name))


def found(root: etree._Element, path: str) -> list[str]:
    """What an XPath that ends in an attribute or text finds."""
    values = root.xpath(path, namespaces=NAMES)
    assert isinstance(values, list)
    return [str(value) for value in values]


def style_value(data: bytes, name: str, path: str) -> str:
    (value,) = found(part(data, "word/styles.xml"), f"w:style[w:name/@w:val='{name}']/{path}")
    return value


def said(paragraph: etree._Element, numbering: Numbering) -> str:
    """A paragraph's words, with the mark that `outline` gives to its kind."""
    style = found(paragraph, "w:pPr/w:pStyle/@w:val")[0]
    mark = f"{'#' * int(style[-1])} " if style.startswith("Heading") else ""
    mark = "• " if style.startswith("PaperList") else mark
    for name in found(paragraph, "w:pPr/w:numPr/w:numId/@w:val"):
        mark = f"{numbering.mark(name, 0)} "
    return mark + words(paragraph)


def words(paragraph: etree._Element) -> str:
    """A paragraph's words, tabs among them."""
    return "".join(
        "\t" if node.tag == f"{W}tab" else node.text or ""
        for node in paragraph.iter(f"{W}t", f"{W}tab")
    )


def lines(data: bytes) -> Iterator[str]:
    """The outline as it stands in a file."""
    body = part(data)[0]
    numbering = Numbering(part(data, "word/numbering.xml"))
    for block in body:
        if block.tag == f"{W}tbl":
            heading, *rows = block.iter(f"{W}tr")
            yield "| " + " | ".join(said(each, numbering) for each in heading.iter(f"{W}p"))
            for row in rows:
                yield "|-"
                for cell in row.iter(f"{W}tc"):
                    yield "|"
                    yield from (said(each, numbering) for each in cell.iter(f"{W}p"))
        elif block.tag == f"{W}p" and found(block, "w:pPr/w:pStyle/@w:val") != ["PaperEnd"]:
            yield said(block, numbering)


# Words


def test_words_are_the_outline() -> None:
    update = a_cell(
        "Work began.",
        BulletList(((Run("First "), Run("lamp", bold=True)), (Run("Second lamp"),))),
        NumberedList(((Run("Third"),), (Run("Fourth"),)), 3, ")"),
        NumberedList(((Run("Tenth"),),), 10, "."),
        NumberedList(((Run("Third again"),),), 3, ")"),
        Paragraph((Run("See "), Run("the plan", link="https://wexmouth.example/plan"))),
    )
    paper = a_paper(
        Paragraph((Run("Monitoring – 1 March 2026"),), role="subtitle"),
        Paragraph((Run("2 actions"),), role="counts"),
        plain("A note."),
        BulletList(((Run("An item"),),)),
        a_row(update),
        a_row(Cell((Paragraph((Run("Not yet provided", role="missing"),)),))),
    )
    assert list(lines(made(paper))) == list(outline(paper))


@pytest.mark.parametrize(
    "words",
    [
        "<w:t>&amp; \"quoted\" 'too' ]]> {{ 7*7 }}",
        "  two  spaces, before and after  ",
        "tab\tbetween,\t\tand two\t",
        "no-break\u00a0space, thin\u2009space, soft\u00adhyphen, zero\u200bwidth, em\u2014dash",
        "naïve Łódź עברית العربية हिन्दी 漢字 🏗️ e\u0301",
        "x" * 300,
    ],
)
def test_words_are_kept_exactly(words: str) -> None:
    paper = a_paper(a_row(words, title=words))
    assert list(lines(made(paper))) == list(outline(paper))


def test_hostile_title_and_address_are_words_only() -> None:
    address = 'https://wexmouth.example/?a=1&b="2"<x>'
    table = Table('The "big" <table>', "A & B", (Column("update", (Run("<w:b/>"),)),), (), (260.0,))
    paper = a_paper(Paragraph((Run("Here", link=address),)), table)
    data = made(paper)
    assert found(part(data), "//w:tblCaption/@w:val")[0] == 'The "big" <table>'
    assert link_addresses(data) == {address}


def test_empty_cell_has_one_empty_paragraph() -> None:
    data = made(a_paper(a_row(title=Cell((), repeated=True))))
    assert [len(cell) for cell in part(data).iter(f"{W}tc")][-2] == 2  # properties, paragraph


# The page


@pytest.mark.parametrize(
    ("size", "orientation", "millimetres"),
    [
        ("A4", "landscape", (297, 210)),
        ("A4", "portrait", (210, 297)),
        ("A3", "landscape", (420, 297)),
    ],
)
def test_page_is_the_house_styles(
    size: str, orientation: str, millimetres: tuple[int, int]
) -> None:
    wexmouth = house.house_of("wexmouth")
    page = replace(wexmouth.page, size=size, orientation=orientation)
    data = made(a_paper(), replace(wexmouth, page=page))
    root = part(data)
    width, height = (int(found(root, f"//w:pgSz/@w:{side}")[0]) / MM for side in "wh")
    assert (width, height) == pytest.approx(millimetres, abs=0.02)
    assert found(root, "//w:pgSz/@w:orient") == [orientation]
    for side in ("top", "right", "bottom", "left"):
        margin = int(found(root, f"//w:pgMar/@w:{side}")[0]) / MM
        assert margin == pytest.approx(getattr(page.margins, side), abs=0.02)


def test_footer_has_the_wording_with_fields() -> None:
    footer = part(made(a_paper()), "word/footer.xml")
    assert found(footer, "//w:fldSimple/@w:instr") == ["PAGE", "NUMPAGES"]
    assert "".join(found(footer, "//w:t/text()")) == "Page 1 of 1"


def test_draft_is_stamped_in_its_own_style() -> None:
    header = part(made(a_paper(draft=True)), "word/header.xml")
    assert words(header[0]) == house.house_of("wexmouth").wording.draft
    assert found(header, "//w:pStyle/@w:val") == ["PaperDraft"]


def test_final_paper_has_no_header() -> None:
    data = made(a_paper())
    assert not found(part(data), "//w:headerReference/@r:id")
    assert "word/header.xml" not in ZipFile(BytesIO(data)).namelist()


# The table


@pytest.mark.parametrize("style", STYLES)
def test_grid_and_cells_have_the_house_styles_widths(style: str) -> None:
    councils = house.house_of(style)
    root = part(made(a_paper(a_row(), a_row(), style=style), style))
    grid = [int(width) for width in found(root, "//w:gridCol/@w:w")]
    assert [width / MM for width in grid] == pytest.approx(councils.widths(list(FIELDS)), abs=0.02)
    assert sum(grid) == round(councils.page.text_width * MM)
    assert found(root, "//w:tblW/@w:w") == [str(sum(grid))]
    for row in root.iter(f"{W}tr"):
        assert [int(width) for width in found(row, ".//w:tcW/@w:w")] == grid


def test_heading_row_repeats_and_no_other() -> None:
    root = part(made(a_paper(a_row(), a_row())))
    marks = [len(row.findall(f"{W}trPr/{W}tblHeader")) for row in root.iter(f"{W}tr")]
    assert marks == [1, 0, 0]
    assert not found(root, "//w:tblHeader/@*")


def test_every_row_but_one_taller_than_a_page_is_kept_whole() -> None:
    root = part(made(a_paper(a_row(), a_row("word " * 6000))))
    assert [len(row.findall(f"{W}trPr/{W}cantSplit")) for row in root.iter(f"{W}tr")] == [1, 1, 0]
    assert not found(root, "//w:cantSplit/@*")


def test_table_says_what_it_is() -> None:
    root = part(made(a_paper()))
    assert found(root, "//w:tblCaption/@w:val") == ["Actions asked for"]
    assert found(root, "//w:tblDescription/@w:val") == ["Reference, Title, Update"]
    assert found(root, "//w:tblLook/@w:firstRow") == ["1"]
    assert found(root, "//w:tblLayout/@w:type") == ["fixed"]


@pytest.mark.parametrize("style", STYLES)
def test_rules_padding_and_heading_row_are_the_house_styles(style: str) -> None:
    councils = house.house_of(style)
    data = made(a_paper(), style)
    borders = "w:tblPr/w:tblBorders/w:insideV"
    assert style_value(data, "Paper Table", f"{borders}/@w:sz") == f"{councils.table.rule * 8:.0f}"
    assert "#" + style_value(data, "Paper Table", f"{borders}/@w:color") == councils.colours.rule
    padding = int(style_value(data, "Paper Table", "w:tblPr/w:tblCellMar/w:top/@w:w")) / MM
    assert padding == pytest.approx(councils.table.padding, abs=0.02)
    fills = set(found(part(data), "//w:shd/@w:fill"))
    assert fills == {councils.colours.heading_fill.removeprefix("#")}


# Lists and links


def test_list_items_are_numbered_by_word() -> None:
    data = made(a_paper(a_row(a_cell(BulletList(((Run("One"),), (Run("Two"),)))))))
    assert found(part(data), "//w:pStyle/@w:val")[-3:] == [
        "PaperListFollowed",
        "PaperList",
        "PaperEnd",
    ]
    assert style_value(data, "Paper List Followed", "w:basedOn/@w:val") == "PaperList"
    number = style_value(data, "Paper List", "w:pPr/w:numPr/w:numId/@w:val")
    numbering = part(data, "word/numbering.xml")
    assert found(numbering, "w:num/@w:numId") == [number]
    (bullets,) = found(numbering, f"w:num[@w:numId='{number}']/w:abstractNumId/@w:val")
    kind = f"w:abstractNum[@w:abstractNumId='{bullets}']//w:numFmt/@w:val"
    assert found(numbering, kind) == ["bullet"]
    assert "•" not in "".join(found(part(data), "//w:t/text()"))


def link_addresses(data: bytes) -> set[str]:
    root = part(data, "word/_rels/document.xml.rels")
    return set(found(root, "*[@TargetMode='External']/@Target"))


def test_an_address_has_one_relationship_however_often_linked() -> None:
    plan, map_ = "https://wexmouth.example/plan", "mailto:clerk@wexmouth.example"
    rows = [a_row(a_cell(Paragraph((Run("Here", link=to),)))) for to in (plan, map_, plan)]
    data = made(a_paper(*rows))
    first, second, third = found(part(data), "//w:hyperlink/@r:id")
    assert first == third != second
    assert link_addresses(data) == {plan, map_}


def test_a_bare_address_has_the_words_that_lead_to_it() -> None:
    to = "https://wexmouth.example/plan"
    runs = (Run("It is out. "), Run("The plan", bold=True), Run(" is at "), Run(to, link=to))
    root = part(made(a_paper(a_row(a_cell(Paragraph((*runs, Run("."))))))))
    assert found(root, "//w:hyperlink//w:t/text()") == ["The plan", " is at ", to]
    styles = ["PaperLead", "PaperLead", "Hyperlink"]  # the words look as ever, in LibreOffice too
    assert found(root, "//w:hyperlink//w:rStyle/@w:val") == styles
    assert found(root, "//w:hyperlink/@w:tooltip") == [f"Link to {to}"]


@pytest.mark.parametrize(
    ("before", "lead"),
    [
        ("", ""),
        ("See ", "See "),
        ("It is out. See ", "See "),
        ("It is out. ", "It is out. "),
        ("One. Two? ", "Two? "),
        ("“Done.” It is at: ", "It is at: "),
        (" – ", ""),
    ],
)
def test_a_lead_is_the_last_sentence_that_says_anything(before: str, lead: str) -> None:
    to = "www.wexmouth.example"
    said = [
        *link_parts((Run(before), Run(to, link=f"http://{to}")) if before else (Run(to, link="x"),))
    ]
    address, words, _ = said[-1]
    assert (address is not None, text_of(words)) == (True, lead)
    assert "".join(text_of((*led, *rest)) for _, led, rest in said) == before + to


def test_words_that_are_a_link_need_none_to_lead_to_them() -> None:
    runs = (Run("See "), Run("the plan", link="https://wexmouth.example/plan"))
    root = part(made(a_paper(a_row(a_cell(Paragraph(runs))))))
    assert found(root, "//w:hyperlink//w:t/text()") == ["the plan"]


def test_neighbouring_runs_of_one_address_are_one_link() -> None:
    to = "https://wexmouth.example/plan"
    runs = (Run("The ", link=to), Run("plan", bold=True, link=to), Run("."))
    root = part(made(a_paper(a_row(a_cell(Paragraph(runs))))))
    assert found(root, "//w:hyperlink//w:t/text()") == ["The ", "plan"]
    assert found(root, "//w:hyperlink//w:rStyle/@w:val") == ["Hyperlink", "Hyperlink"]


# Looks


@pytest.mark.parametrize("style", STYLES)
def test_type_is_the_house_styles(style: str) -> None:
    councils = house.house_of(style)
    data = made(a_paper(), style)
    styles = part(data, "word/styles.xml")
    assert set(found(styles, "//w:rFonts/@*")) == {councils.font.family}
    for name, size in (
        ("Normal", councils.font.size),
        ("heading 1", councils.font.title),
        ("Subtitle", councils.font.subtitle),
        ("footer", councils.font.footer),
    ):
        assert int(style_value(data, name, "w:rPr/w:sz/@w:val")) / 2 == size
        line = int(style_value(data, name, "w:pPr/w:spacing/@w:line")) / 20
        assert line == pytest.approx(size * councils.font.line_height, abs=0.03)


@pytest.mark.parametrize("style", STYLES)
def test_colours_are_the_house_styles(style: str) -> None:
    colours = house.house_of(style).colours
    data = made(a_paper(), style)
    for name, colour in (
        ("Normal", colours.text),
        ("heading 1", colours.title),
        ("Paper Heading Cell", colours.heading_text),
        ("Paper Missing", colours.missing),
        ("Paper Repeated", colours.repeated),
        ("Paper Draft", colours.draft),
        ("Hyperlink", colours.link),
    ):
        assert "#" + style_value(data, name, "w:rPr/w:color/@w:val") == colour


def test_missing_and_repeated_words_have_their_styles() -> None:
    missing = a_cell(Paragraph((Run("Not yet provided", role="missing"),)))
    repeated = a_cell("Quay lighting", repeated=True)
    root = part(made(a_paper(a_row(missing, repeated))))
    assert found(root, "//w:rStyle/@w:val") == ["PaperRepeated", "PaperMissing"]


def test_spacing_is_1_mm_between_and_nothing_below() -> None:
    data = made(a_paper(a_row(a_cell("One", "Two", "Three"))))
    used = found(part(data), "//w:tc[last()]//w:pStyle/@w:val")[-3:]
    assert used == ["PaperCellFollowed", "PaperCellFollowed", "PaperCell"]
    after = style_value(data, "Paper Cell Followed", "w:pPr/w:spacing/@w:after")
    assert int(after) / MM == pytest.approx(1, abs=0.02)


def test_key_is_4_mm_above_the_table() -> None:
    key = [Paragraph((Run(word),), role="key") for word in ("Key", "Completed", "On hold")]
    data = made(a_paper(*key))
    used = found(part(data), "w:body/w:p/w:pPr/w:pStyle/@w:val")
    assert used[1:4] == ["PaperKeyFollowed", "PaperKeyFollowed", "PaperKey"]
    after = style_value(data, "Paper Key", "w:pPr/w:spacing/@w:after")
    assert int(after) / MM == pytest.approx(4, abs=0.02)


@pytest.mark.parametrize("draft", [True, False])
def test_every_style_named_is_there(draft: bool) -> None:
    key = [Paragraph((Run("Key"),), role="key")] * 2
    subtitle = Paragraph((Run("Monitoring"),), role="subtitle")
    counts = Paragraph((Run("1 action"),), role="counts")
    headings = [Heading("Two", 2), Heading("Three", 3)]
    items = BulletList(((Run("One"),), (Run("Two"),)))
    link = Paragraph((Run("Here", link="https://wexmouth.example"),))
    row = a_row(a_cell(items, link), a_cell("Again", repeated=True))
    data = made(a_paper(subtitle, counts, *key, *headings, plain("Words"), row, draft=draft))
    known = set(found(part(data, "word/styles.xml"), "w:style/@w:styleId"))
    names = ["word/document.xml", "word/footer.xml", *(["word/header.xml"] if draft else [])]
    path = "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"
    used = {style for name in names for style in found(part(data, name), path)}
    assert used - known == set()
    assert len(used) > 15


# The file


def test_language_is_set_where_word_looks() -> None:
    data = made(replace(a_paper(), language="cy-GB"))
    assert found(part(data, "word/styles.xml"), "//w:lang/@w:val") == ["cy-GB"]
    assert found(part(data, "word/settings.xml"), "//w:themeFontLang/@w:val") == ["cy-GB"]


def test_properties_are_the_papers() -> None:
    data = made(a_paper())
    properties = docx.Document(BytesIO(data)).core_properties
    assert properties.title == "Harbour and Streets Panel: Monitoring"
    assert properties.author == "Wexmouth City Council"
    assert properties.language == "en-GB"
    assert [properties.created, properties.modified] == [
        datetime.fromisoformat("2026-02-20T16:45:00Z")
    ] * 2
    assert not any(b"python-docx" in blob for blob in contents(data).values())


def test_a_title_longer_than_a_property_is_cut_there_alone() -> None:
    data = made(replace(a_paper(), title="Harbour " * 40))
    assert docx.Document(BytesIO(data)).core_properties.title == ("Harbour " * 40)[:255]


def contents(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_same_paper_gives_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(a_paper(draft=True))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert made(a_paper(draft=True)) == first
    with ZipFile(BytesIO(first)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in file.infolist()} == {ZIP_DEFLATED}


ORDERS = {
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW shd",
    "tc": "tcPr p",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs u lang",
    "pPr": "pStyle keepNext keepLines numPr tabs spacing ind jc outlineLvl",
    "style": "name basedOn next uiPriority qFormat pPr rPr tblPr",
    "sectPr": "headerReference footerReference pgSz pgMar",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang"
    " decimalSymbol listSeparator",
}  # of the elements that we write, as ECMA-376 orders them


@pytest.mark.parametrize("style", STYLES)
def test_elements_stand_in_schema_order(style: str) -> None:
    runs = (Run("Bold", bold=True, italic=True, link="https://wexmouth.example"), Run("no"))
    data = made(a_paper(a_row(a_cell(Paragraph(runs), BulletList((runs,)))), draft=True), style)
    for name in contents(data):
        for element in part(data, name).iter(*(f"{W}{tag}" for tag in ORDERS)):
            order = ORDERS[etree.QName(element).localname].split()
            children = [etree.QName(child).localname for child in element.iterchildren("*")]
            assert children == sorted(children, key=order.index), (name, element.tag)


# As it prints

SENTENCES = [f"Lamp {n} is lit." for n in range(1, 2000)]  # 32,000 characters


@pytest.fixture(
    scope="module", params=["wexmouth", pytest.param("aldermere", marks=pytest.mark.matrix)]
)
def printed(
    request: pytest.FixtureRequest, office: Office, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Printed]:
    """The pages, printed by LibreOffice, of a row of many pages and one with an overlong word."""
    folder = tmp_path_factory.mktemp("printed")
    rows = [a_row(), a_row(a_cell(" ".join(SENTENCES))), a_row("x" * 200), a_row("The last.")]
    (folder / "paper.docx").write_bytes(
        made(a_paper(*rows, draft=True, style=request.param), request.param)
    )
    with pdfplumber.open(office(folder / "paper.docx", "pdf", folder)) as file:
        yield house.house_of(request.param), file.pages


def test_row_of_many_pages_prints_whole_under_its_headings(printed: Printed) -> None:
    councils, pages = printed
    assert len(pages) > 5
    shown = ""
    for number, page in enumerate(pages, 1):
        words = [str(word["text"]) for word in page.extract_words()]
        stamp, foot = councils.wording.draft.split(), councils.wording.page
        assert words[: len(stamp)] == stamp
        assert " ".join(words).endswith(foot.format(page=number, pages=len(pages)))
        assert [field.title() for field in FIELDS if field.title() in words] == [
            field.title() for field in FIELDS
        ]
        shown += " ".join(words[words.index("Update") + 1 : -len(foot.split())]) + " "
    assert " ".join(SENTENCES) in shown.replace("HS1 Quay lighting ", "")


def test_column_edges_print_where_the_house_style_has_them(printed: Printed) -> None:
    councils, pages = printed
    edges = [councils.page.margins.left]
    for width in councils.widths(list(FIELDS)):
        edges.append(edges[-1] + width)
    for page in pages:
        upright = [each for each in page.rects + page.lines if each["width"] < 4 < each["height"]]
        drawn = {round((each["x0"] + each["x1"]) / 2 * 25.4 / 72, 1) for each in upright}
        assert sorted(drawn) == pytest.approx(edges, abs=0.5)
