"""The Word edition: the house style set on the base document, and the paper's blocks put into it.

The base document is `templates/docx/`, the parts of a Word file. python-docx opens it and sets
the styles, the page and the properties; the body is spliced in while the file is written.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from pipeline.council.house import HouseStyle
from pipeline.council.settings import TEMPLATES
from pipeline.model.document import Paper, Run
from pipeline.published.records import RECORDS_SPACE
from pipeline.render import Drawn
from pipeline.render.docx_xml import (
    TWIPS_PER_MM,
    OtherParts,
    body,
    hexadecimal,
    numbered_lists,
    page_line,
    run_element,
)

_BASE = TEMPLATES / "docx"
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TWIPS_PER_POINT = 20
_BODY = "word/document.xml"
_NUMBERING = "word/numbering.xml"

_COMPRESSION = 1  # a tenth faster than the usual 6 for a long paper, and its file a sixth larger
_LONGEST_PROPERTY = 255  # characters, as python-docx has it
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # zip entries must have a time, and the clock would change bytes


def render(paper: Paper, house: HouseStyle) -> Drawn:
    """The paper as a Word document. The same paper and house style give the same bytes."""
    document = docx.Document(BytesIO(_base()))
    _set_styles(document, house)
    # The language that Word spells in and that a screen reader speaks.
    _put(document.styles.element, "w:docDefaults//w:lang", "val", paper.language)
    _put(document.settings.element, "w:themeFontLang", "val", paper.language)
    _set_page(document, house)
    _set_running_words(document, paper, house)
    _set_properties(document, paper)
    aside = OtherParts(house.wording.link)
    blocks = body(paper.blocks, house, aside)
    for address, name in aside.addresses.items():
        # python-docx's `relate_to` would look through all links for each of them.
        document.part.rels.add_relationship(
            RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True
        )
    words = {_BODY: (b"<w:sectPr", blocks)}  # the section's properties come last
    words[_NUMBERING] = (b"</w:numbering>", numbered_lists(aside.lists))
    if paper.records:
        words[_add_records_part(document)] = (b"</records>", escape(paper.records, quote=False))
    return Drawn(_packed(document, words))


@cache
def _base() -> bytes:
    """The base document, zipped."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as parts:
        for path in sorted(path for path in _BASE.rglob("*") if path.is_file()):
            parts.writestr(path.relative_to(_BASE).as_posix(), path.read_bytes())
    return file.getvalue()


def _set_styles(document: Document, house: HouseStyle) -> None:
    """Gives paragraph and character styles their font, type size, line height and colour; the table's its rules and its
    cells' padding.
    """
    styles, font, colours = document.styles.element, house.font, house.colours
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        _put(styles, "w:docDefaults//w:rFonts", script, font.family)
    for name, size in (
        ("Normal", font.size),
        ("heading 1", font.title),
        ("heading 2", font.subtitle),
        ("heading 3", font.size),
        ("Subtitle", font.subtitle),
        ("footer", font.footer),
    ):
        _put(styles, f"{_named(name)}/w:rPr/w:sz", "val", round(size * 2))
        _put(styles, f"{_named(name)}/w:rPr/w:szCs", "val", round(size * 2))
        _put(styles, f"{_named(name)}/w:pPr/w:spacing", "line", _line_twips(size, house))
    for colour, *names in (
        (colours.text, "Normal", "Paper Lead"),
        (colours.title, "heading 1", "heading 2", "heading 3", "Subtitle"),
        (colours.heading_text, "Paper Heading Cell"),
        (colours.draft, "Paper Draft", "Paper Draft Note"),
        (colours.missing, "Paper Missing"),
        (colours.repeated, "Paper Repeated"),
        (colours.link, "Hyperlink"),
    ):
        for name in names:
            _put(styles, f"{_named(name)}/w:rPr/w:color", "val", hexadecimal(colour))
    table = _named("Paper Table")
    _put(styles, f"{table}//w:tblBorders/*", "sz", round(house.table.rule * 8))
    _put(styles, f"{table}//w:tblBorders/*", "color", hexadecimal(house.colours.rule))
    _put(styles, f"{table}//w:tblCellMar/*", "w", round(house.table.padding * TWIPS_PER_MM))


def _set_page(document: Document, house: HouseStyle) -> None:
    """The page's size and margins; header and footer lines stand midway in theirs."""
    section, page = document.sections[0]._sectPr, house.page
    _put(section, "w:pgSz", "w", round(page.width * TWIPS_PER_MM))
    _put(section, "w:pgSz", "h", round(page.height * TWIPS_PER_MM))
    _put(section, "w:pgSz", "orient", page.orientation)
    for side in ("top", "right", "bottom", "left"):
        _put(section, "w:pgMar", side, round(getattr(page.margins, side) * TWIPS_PER_MM))
    tab = f"{_named('footer')}/w:pPr/w:tabs/w:tab"
    _put(document.styles.element, tab, "pos", round(page.text_width * TWIPS_PER_MM))
    for place, margin, size in (
        ("header", page.margins.top, house.font.size),
        ("footer", page.margins.bottom, house.font.footer),
    ):
        free = margin * TWIPS_PER_MM - _line_twips(size, house)
        _put(section, "w:pgMar", place, max(0, round(free / 2)))


def _set_running_words(document: Document, paper: Paper, house: HouseStyle) -> None:
    """The stamp and the page number at the foot of every page; on a draft, that it is one at the head."""
    section = document.sections[0]
    foot = run_element(Run(paper.stamp)) + "<w:r><w:tab/></w:r>" + page_line(house)
    _add_runs(section.footer.paragraphs[0]._p, foot)
    if paper.draft:
        _add_runs(section.header.paragraphs[0]._p, run_element(Run(house.wording.draft)))
    else:
        section.header.is_linked_to_previous = True  # there is none previous: no header


def _add_runs(paragraph: BaseOxmlElement, runs: str) -> None:
    """Appends runs to a paragraph of the base document."""
    paragraph.extend(parse_xml(f"<w:p {_NAMESPACE}>{runs}</w:p>"))


def _set_properties(document: Document, paper: Paper) -> None:
    """Title, author, language and times; python-docx writes times as if UTC."""
    saved = datetime.fromisoformat(paper.modified)
    if saved.tzinfo is not None:
        saved = saved.astimezone(UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title = paper.title[:_LONGEST_PROPERTY]
    properties.author = paper.author[:_LONGEST_PROPERTY]
    properties.language = paper.language
    properties.created = saved
    properties.modified = saved


def _add_records_part(document: Document) -> str:
    """Adds the part that carries the paper's records (a custom XML part, ECMA-376-1, 15.2.5); its name."""
    part = Part(
        PackURI("/customXml/item1.xml"),
        CONTENT_TYPE.XML,
        f'<?xml version="1.0" encoding="UTF-8"?>\n<records xmlns="{RECORDS_SPACE}"></records>'.encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
    return str(part.partname.membername)


def _packed(document: Document, words: dict[str, tuple[bytes, str]]) -> bytes:
    """The document's file; `words` are what goes into each of its parts, and before what there."""
    saved, file = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as parts, ZipFile(file, "w") as to:
        for name in parts.namelist():
            part = parts.read(name)
            if name in words:
                mark, added = words[name]
                before, _, after = part.partition(mark)
                part = b"".join((before, added.encode(), mark, after))
            entry = ZipInfo(name, _EARLIEST)
            entry.create_system = 3  # else it would name the operating system
            to.writestr(entry, part, ZIP_DEFLATED, _COMPRESSION)
    return file.getvalue()


def _put(root: BaseOxmlElement, path: str, attribute: str, value: str | int) -> None:
    """Sets an attribute of the base document's elements at `path`, of which there is at least one."""
    first, *others = root.xpath(path)
    for element in (first, *others):
        element.set(qn(f"w:{attribute}"), str(value))


def _named(name: str) -> str:
    """Where the style of a name stands in the styles part (Word writes "heading 1" in lower case)."""
    return f"w:style[w:name/@w:val='{name}']"


def _line_twips(size: float, house: HouseStyle) -> int:
    """A line's height in twips for type of `size` points."""
    return round(size * house.font.line_height * _TWIPS_PER_POINT)
