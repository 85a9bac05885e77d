"""The PDF as archives and screen readers meet it: its tag tree, what it carries and what it says of itself."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pytest
import weasyprint.pdf
from msgspec.structs import replace
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.stream import Stream

from pipeline import line
from pipeline.compose.measure import LONGEST_WHOLE, row_name
from pipeline.council.house import HouseStyle
from pipeline.model.document import (
    BulletList,
    Cell,
    Column,
    Heading,
    Paper,
    Paragraph,
    Row,
    Run,
    Table,
    outline,
)
from pipeline.render import edition, shapes
from pipeline.render.links import leads_to
from tests.engines import ENGINES, PAPERS, with_engine
from tests.reading import letters
from tests.tags import Tag, Tagged, lines, set_lines, tagged

ROOT = Path(__file__).parents[2]
TALL = [("tall", "wexmouth"), pytest.param(("tall", "aldermere"), marks=pytest.mark.matrix)]
LONG = " ".join(f"Dredger {number} sailed." for number in range(250))  # more than a page
FAR = "https://www.wexmouth.example/" + "/".join(f"berth-{number}" for number in range(400))


@dataclass(frozen=True)
class Made:
    paper: Paper
    house: HouseStyle
    data: bytes
    read: Tagged

    @property
    def table(self) -> Table:
        (table,) = (block for block in self.paper.blocks if isinstance(block, Table))
        return table


def made(paper: Paper, style: str, engine: str) -> Made:
    house = with_engine(line.council(style).house, engine)
    drawn = edition("pdf", paper, house)
    assert not drawn.undrawable
    return Made(paper, house, drawn.data, tagged(drawn.data))


def cell(*runs: Run) -> Cell:
    return Cell((Paragraph(runs),))


def tall_paper() -> Paper:
    """Three rows; of the middle one a paragraph, a list's item and a link are each over a page long."""
    long_list = BulletList(((Run("Short."),), (Run(LONG),), (Run("Last."),)))
    tall = Cell((Paragraph((Run(LONG),)), long_list, Paragraph((Run("See "), Run(FAR, link=FAR)))))
    post = Run("quay@wexmouth.example", link="mailto:quay@wexmouth.example")
    tides = Run("Tide tables", link="https://www.wexmouth.example/tides")
    rows = (
        Row((cell(Run("Quay")), cell(Run("Write to "), post)), "Quay", "a1"),
        Row((cell(Run("Dredging", bold=True)), tall), "Dredging", "a2"),
        Row((cell(Run("Locks")), cell(Run("See "), tides, Run("."))), "Locks", "a3"),
    )
    columns = (Column("title", (Run("Title"),)), Column("update", (Run("Action taken"),)))
    return Paper(
        title="Harbour Panel: Monitoring – 28 March 2027",
        author="Wexmouth City Council",
        language="en-GB",
        modified="2027-01-05T16:20:00Z",
        draft=True,
        blocks=(Heading("Harbour Panel", 1), Table("Actions", "", columns, rows, (70.0, 190.0))),
        records='{"paper": {"title": "Harbour Panel"}, "note": "Tŷ"}\n',
    )


@cache
def sample(name: str, style: str, engine: str) -> Made:
    """The paper with a tall row, or a sample workbook's."""
    if name == "tall":
        return made(tall_paper(), style, engine)
    council = line.council(style)
    (checked,) = line.checked(ROOT / "inputs" / f"{name}.xlsx", council)
    return made(line.paper_of(checked, council), style, engine)


@pytest.fixture(params=[*TALL, *PAPERS], ids=lambda param: "-".join(part[:9] for part in param))
def each(request: pytest.FixtureRequest, engine: str) -> Made:
    return sample(*request.param, engine)


@pytest.fixture
def tall(engine: str) -> Made:
    return sample("tall", "wexmouth", engine)


def test_the_tags_say_the_paper_s_words_in_order(each: Made) -> None:
    """Line by line, and so with as many rows, cells, paragraphs and list items as the paper has."""
    said = [letters(words) for words in lines(each.read.document)]
    assert [words for words in said if words] == [
        letters(words) for words in outline(each.paper) if letters(words)
    ]


def test_the_table_is_one_however_many_pages(each: Made) -> None:
    (table,) = each.read.document.all("Table")
    heading, body = (kid for kid in table.kids if isinstance(kid, Tag))
    assert (heading.name, body.name) == ("THead", "TBody")
    assert len(table.pages) == len(each.read.pdf.pages)
    assert [row.name for row in heading.kids if isinstance(row, Tag)] == ["TR"]
    assert len(body.kids) == len(each.table.rows)
    assert table.obj.A.Summary == each.table.title
    for row in body.kids:
        assert isinstance(row, Tag)
        assert [kid.name for kid in row.kids if isinstance(kid, Tag)] == [
            "TH" if column.field == each.table.row_heading else "TD"
            for column in each.table.columns
        ]


def words_of(text: str) -> set[str]:
    """The words of a text without the signs about them, and their parts where a sign may end a line."""
    parts = {part for word in text.split() for part in (word, *re.split("(?<=[-–/])", word))}
    return {part.strip(".,:;()") for part in parts}


def assert_no_word_is_cut(made: Made) -> None:
    """No line begins or ends within a word."""
    known = {part for said in outline(made.paper) for part in words_of(said)}
    said = {
        word
        for cell in made.read.document.all("TH", "TD")
        for said_line in set_lines(made.read, cell)
        for word in words_of(said_line)
        if word
    }
    long = [word for word in known if len(word) > LONGEST_WHOLE]
    assert [word for word in said - known if not any(word in one for one in long)] == []


@pytest.mark.parametrize("names", PAPERS, ids="-".join)
def test_no_word_of_a_sample_is_cut(names: tuple[str, str], engine: str) -> None:
    assert_no_word_is_cut(sample(*names, engine))


@pytest.mark.parametrize(("size", "rule"), [(12, 4), pytest.param(16, 1, marks=pytest.mark.matrix)])
@pytest.mark.parametrize("names", PAPERS, ids="-".join)
def test_no_word_is_cut_between_thick_lines_nor_in_large_print(
    names: tuple[str, str], size: float, rule: float, engine: str
) -> None:
    name, style = names
    council = line.council(style)
    font = replace(council.house.font, size=size)
    house = replace(council.house, font=font, table=replace(council.house.table, rule=rule))
    council = dataclasses.replace(council, house=with_engine(house, engine))
    (checked,) = line.checked(ROOT / "inputs" / f"{name}.xlsx", council)
    paper = line.paper_of(checked, council)
    data = edition("pdf", paper, council.house).data
    assert_no_word_is_cut(Made(paper, council.house, data, tagged(data)))


@pytest.mark.parametrize("names", PAPERS, ids="-".join)
def test_both_engines_end_their_lines_alike(names: tuple[str, str]) -> None:
    cells = []
    for engine in ENGINES:
        read = sample(*names, engine).read
        cells.append(
            [
                [letters(said) for said in set_lines(read, cell)]
                for cell in read.document.all("TH", "TD")
            ]
        )
    ours, theirs = cells
    alike = sum(one == other for one, other in zip(ours, theirs, strict=True))
    assert alike >= 0.95 * len(ours), [
        pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]
    ]


def test_what_a_page_cuts_is_one_tag(tall: Made) -> None:
    row = tall.read.document.all("TR")[2]
    for name in ("TR", "TD", "P", "LBody", "Link"):
        assert max(len(tag.pages) for tag in row.all(name)) > 1, name
    (link,) = row.all("Link")
    assert letters(link.words) == FAR


def test_heading_cells_have_a_scope_and_lists_say_how_they_are_marked(each: Made) -> None:
    headings = each.read.document.all("TH")
    columns, rows = len(each.table.columns), len(each.table.rows)
    assert [tag.obj.A.Scope for tag in headings] == ["/Column"] * columns + ["/Row"] * rows
    names = pikepdf.NameTree(each.read.pdf.Root.StructTreeRoot.IDTree)
    assert [names[str(tag.obj.ID)].objgen for tag in headings] == [t.obj.objgen for t in headings]
    for each_list in each.read.document.all("L"):
        labels = {tag.words.strip() for tag in each_list.all("Lbl")}
        assert str(each_list.obj.A.ListNumbering) == ("/Disc" if labels == {"•"} else "/Decimal")


def going_on(each: Made) -> dict[int, str]:
    """The pages that begin within a row, and what the row is called."""
    pages: dict[int, list[int]] = {}
    for number, row in enumerate(each.read.document.all("TR")[1:]):
        for page in {page for tag in row.walk() for page, _ in tag.marks}:
            pages.setdefault(page, []).append(number)
    return {
        page: row_name(each.table.rows[numbers[0]], each.table, each.house)
        for page, numbers in pages.items()
        if numbers[0] in pages.get(page - 1, [])
    }


def test_a_page_on_which_a_row_goes_on_says_whose_it_is(each: Made) -> None:
    goes_on = {page: letters(words) for page, words in going_on(each).items()}
    assert all(words.endswith("(continued)") for words in goes_on.values())
    assert goes_on or len(each.table.rows) > 12
    for page, words in each.read.artifacts.items():
        assert ("(continued)" in letters(words)) == (page in goes_on)
        assert goes_on.get(page, "") in letters(words)


def test_every_mark_has_one_tag_and_every_page_knows_which(each: Made) -> None:
    owners = [(mark, tag) for tag in each.read.document.walk() for mark in tag.marks]
    assert len(dict(owners)) == len(owners)
    assert each.read.said.keys() == dict(owners).keys()
    numbers = pikepdf.NumberTree(each.read.pdf.Root.StructTreeRoot.ParentTree)
    for (page, mark), tag in owners:
        listed = numbers[int(each.read.pdf.pages[page].obj.StructParents)]
        assert listed[mark].objgen == tag.obj.objgen


def test_what_pages_repeat_is_an_artifact(each: Made) -> None:
    heading = "".join(letters(column.heading) for column in each.table.columns)
    stamp = letters(each.house.wording.draft) if each.paper.draft else ""
    count = len(each.read.pdf.pages)
    goes_on = going_on(each)
    for number in range(count):
        foot = letters(each.house.wording.page.format(page=number + 1, pages=count))
        said = letters(each.read.artifacts[number])
        wanted = heading * (number > 0) + stamp + letters(each.paper.stamp) + foot
        wanted += letters(goes_on.get(number, ""))
        assert sorted(said) == sorted(wanted)
        kinds = artifact_kinds(each.read.pdf.pages[number])
        assert kinds == {"/Pagination"}


def artifact_kinds(page: pikepdf.Page) -> set[str]:
    """The types of the artifacts that have words in them."""
    kinds, inside = set(), ""
    for piece in pikepdf.parse_content_stream(page):
        operands = piece.operands
        match str(piece.operator):
            case "BMC" | "BDC":
                is_artifact = operands[0] == "/Artifact"
                inside = str(operands[1].Type) if is_artifact and len(operands) > 1 else ""
                inside = inside or ("untyped" if is_artifact else "")
            case "EMC":
                inside = ""
            case "TJ" if inside:
                kinds.add(inside)
    return kinds


def test_links_say_where_they_go_and_know_their_tag(tall: Made) -> None:
    links = tall.read.document.all("Link")
    assert [{str(place.Contents) for place in link.links} for link in links] == [
        {"Link to quay@wexmouth.example"},
        {f"Link to {FAR}"},
        {"Tide tables: https://www.wexmouth.example/tides"},
    ]
    numbers = pikepdf.NumberTree(tall.read.pdf.Root.StructTreeRoot.ParentTree)
    for link in links:
        for place in link.links:
            assert numbers[int(place.StructParent)].objgen == link.obj.objgen


def test_every_link_of_a_page_is_tagged_though_it_has_a_reference_in_it(engine: str) -> None:
    paper = tall_paper()
    words = Paragraph((Run("See "), Run("https://www.wexmouth.example/actions/5", link=FAR)))
    read = made(replace(paper, blocks=(words, *paper.blocks)), "wexmouth", engine).read
    on_pages = [link.objgen for page in read.pdf.pages for link in page.obj.get("/Annots", [])]
    every = [place.objgen for link in read.document.all("Link") for place in link.links]
    assert sorted(on_pages) == sorted(every)


def test_a_link_over_lines_is_one_on_each_page_and_reaches_over_all_of_them(tall: Made) -> None:
    (far,) = (link for link in tall.read.document.all("Link") if letters(link.words) == FAR)
    assert len(far.links) == len(far.pages) == 2
    on_pages = [link.objgen for page in tall.read.pdf.pages for link in page.obj.get("/Annots", [])]
    every = [place.objgen for link in tall.read.document.all("Link") for place in link.links]
    assert sorted(on_pages) == sorted(every)
    for place in far.links:
        across, up = ([float(n) for n in place.QuadPoints][start::2] for start in (0, 1))
        assert len(across) == 4 * (len(set(up)) - 1) > 4  # four corners to each of adjoining lines
        bounds = [min(across), min(up), max(across), max(up)]
        assert [float(n) for n in place.Rect] == pytest.approx(bounds, abs=0.01)


def test_the_records_ride_inside(each: Made) -> None:
    opened = each.read.pdf
    assert list(opened.attachments) == ["records.json"]
    attached = opened.attachments["records.json"]
    file = attached.get_file()
    assert file.read_bytes().decode() == each.paper.records
    assert file.mime_type == "application/json"
    assert f"{file.mod_date:%Y-%m-%dT%H:%M:%SZ}" == each.paper.modified
    assert [(str(a.AFRelationship), str(a.UF)) for a in opened.Root.AF] == [
        ("/Data", "records.json")
    ]


def test_a_paper_without_records_carries_none(engine: str) -> None:
    read = made(replace(tall_paper(), records=""), "wexmouth", engine).read
    assert not read.pdf.attachments
    assert "/AF" not in read.pdf.Root


def test_it_opens_with_its_title_in_its_language(each: Made) -> None:
    opened, paper = each.read.pdf, each.paper
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.Lang == paper.language
    assert opened.docinfo["/Title"] == paper.title
    assert opened.docinfo["/Author"] == paper.author
    said = opened.open_metadata()
    assert said["dc:title"] == paper.title
    assert said["xmp:CreateDate"] == said["xmp:ModifyDate"] == paper.modified
    stamp = "D:" + "".join(filter(str.isdigit, paper.modified)) + "Z"
    assert opened.docinfo["/CreationDate"] == opened.docinfo["/ModDate"] == stamp
    assert (said["pdfaid:part"], said["pdfaid:conformance"], said["pdfuaid:part"]) == (
        "3",
        "A",
        "1",
    )


def test_every_item_has_a_bookmark(each: Made) -> None:
    with each.read.pdf.open_outline() as bookmarks:
        (top,) = bookmarks.root
        said = [item.title for item in top.children]
    assert said == [row.title for row in each.table.rows if row.is_first]


def test_the_same_paper_gives_the_same_bytes(each: Made) -> None:
    assert edition("pdf", each.paper, each.house).data == each.data


def test_a_link_that_shows_its_address_is_told_from_one_in_words() -> None:
    def said(words: str, address: str) -> str:
        return leads_to(words, address, "Link to {address}")

    assert said("www.a.example", "http://www.a.example") == "Link to http://www.a.example"
    assert said("https://a.example/", "https://a.example/") == "Link to https://a.example/"
    assert said("the minutes", "https://a.example/5") == "the minutes: https://a.example/5"


def test_weasyprint_has_what_we_use_of_it_that_is_not_public() -> None:
    """Pinned, for the day when it moves: `pdf_tags` and `pdf` say what each is for."""
    arguments = weasyprint.pdf.add_tags.__code__.co_varnames[:4]
    assert arguments == ("pdf", "document", "pdf_version", "page_streams")
    assert "add_tags(pdf, document" in Path(weasyprint.pdf.__file__).read_text(encoding="utf-8")
    document = weasyprint.HTML(string='<p><a href="https://a.example">y</a>').render()
    (page,) = document.pages
    assert isinstance(page._page_box, boxes.PageBox)
    (link,) = (box for box in page._page_box.descendants() if box.element_tag == "a" and box.link)
    assert link.link_annotation is None
    assert "at_keyword" in boxes.MarginBox.__init__.__code__.co_varnames
    assert AbsolutePlaceholder(link)._box is link
    assert "_tags" in Stream.marked.__wrapped__.__code__.co_names
    assert document.color_profiles == {}


def test_the_cells_of_a_row_start_on_one_page(engine: str) -> None:
    """Rows of many lengths, so that every place on a page is where one starts."""
    status = Cell((Paragraph((Run("Completed"),)), Paragraph((Run("on 11 September 2026"),))))
    rows = tuple(
        Row(
            (
                cell(Run("The repair of the old quay and its lamps")),
                cell(Run("The berth was dredged again. " * (40 + 37 * n % 90))),
                status,
            )
        )
        for n in range(1, 24)
    )
    columns = tuple(Column(name, (Run(name.title()),)) for name in ("title", "update", "status"))
    table = Table("Actions", "", columns, rows, (40.0, 180.0, 45.0))
    paper = Paper(
        "Panel",
        "",
        "en-GB",
        "2027-01-05T16:20:00Z",
        draft=True,
        blocks=(Heading("Panel", 1), table),
    )
    read = made(paper, "wexmouth", engine).read
    starts = [
        {
            min(page for tag in each.walk() for page, _ in tag.marks)
            for each in row.kids
            if isinstance(each, Tag)
        }
        for row in read.document.all("TR")[1:]
    ]
    assert [len(pages) for pages in starts] == [1] * len(rows)
    assert len({min(pages) for pages in starts}) > 10


def test_a_reference_outside_the_table_stays_on_one_line(engine: str) -> None:
    """Names of every length before it, so that one of them would end a line within it."""
    blocks = [
        Paragraph((Run(f"{'Oars ' * 20}{'i' * n} (ETC/26/026)"),), role="key") for n in range(1, 60)
    ]
    paper = tall_paper()
    paper = replace(paper, blocks=(*blocks, *paper.blocks))
    read = made(paper, "wexmouth", engine).read
    said = [line for tag in read.document.all("P")[:59] for line in set_lines(read, tag)]
    assert sum("ETC/26/026" in line for line in said) == 59


def test_every_page_has_the_heading_row_however_tall_its_rows(engine: str) -> None:
    """Rows about as tall as a page, a millimetre and less from one to the next."""
    lined = [
        tuple(
            Paragraph((Run(f"Berth {part}. " + "Dredged. " * (count // parts)),))
            for part in range(parts)
        )
        for parts in range(1, 9)
        for count in range(56, 72, parts)
    ]
    rows = tuple(Row((cell(Run("Quay")), Cell(blocks))) for blocks in lined)
    columns = tuple(Column(name, (Run(name.title()),)) for name in ("title", "update"))
    table = Table("Actions", "", columns, rows, (215.0, 50.0))
    blocks = (Heading("Panel", 1), table)
    paper = Paper("Panel", "", "en-GB", "2027-01-05T16:20:00Z", draft=False, blocks=blocks)
    read = made(paper, "wexmouth", engine).read
    without = [n for n, said in read.artifacts.items() if "TitleUpdate" not in letters(said)]
    assert without == [0]


def test_the_engine_is_loaded_without_running_compilers() -> None:
    """cffi would ask gcc where each library is, which takes as long again and leaves files when it is ended."""
    code = (
        "import subprocess, sys; from importlib import import_module; from pipeline.render import FORMATS\n"
        "sys.addaudithook(lambda event, given: event == 'subprocess.Popen' and sys.exit(str(given)))\n"
        "import_module(FORMATS['pdf'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(find_spec("fontTools") is None, reason="needs fontTools")
def test_a_system_without_a_new_harfbuzz_has_its_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)
    known = with_engine(line.council("wexmouth").house, "weasyprint")
    drawn = edition("pdf", shapes.sample("Sample ŵŷ", "en-GB"), known)
    assert drawn.undrawable == frozenset()
    assert "Sampleŵŷ" in letters(" ".join(lines(tagged(drawn.data).document)))
