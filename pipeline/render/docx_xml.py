"""WordprocessingML for a paper's blocks, as text: the only module that writes Word's elements.

Text and not a tree of elements, because a long table is made several times faster so. It names
styles and never looks; `docx` and the base document say what a style looks like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as given
from itertools import pairwise
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from pipeline.direction import direction, stretches
from pipeline.document import (
    Block,
    BulletList,
    Cell,
    Flow,
    Heading,
    NumberedList,
    NumberMark,
    Paragraph,
    ParagraphRole,
    Row,
    Run,
    Table,
    flow_lines,
    text_of,
)
from pipeline.house import HouseStyle
from pipeline.render.links import leads_to, parted

TWIPS_PER_MM = 1440 / 25.4
LIST_INDENT = 8  # millimetres, as the base document has it for numbers; bullets have less
BROAD_LETTER = 0.6  # of the type's size; English takes 0.5 and the ends of lines the rest
HEADING_LINES = 4

STYLES: dict[ParagraphRole, str] = {
    "plain": "PaperText",
    "council": "PaperCouncil",
    "subtitle": "Subtitle",
    "draft": "PaperDraftNote",
    "counts": "PaperCounts",
    "key": "PaperKey",
}

LONGEST_TIP = 255  # characters
NUMBERINGS: dict[NumberMark, int] = {".": 1, ")": 2}  # the base document's lists
FIRST_NUMBERED = 2  # the base document's bullets are 1


@dataclass(frozen=True, slots=True)
class Aside:
    """What the body needs in the document's other parts, added to as it is met.

    `wording` is what a link to a bare address says. `addresses` are those linked to, each with the name
    of its relationship; `lists` are the numbered lists, whose names count on from `FIRST_NUMBERED`.
    """

    wording: str
    addresses: dict[str, str] = given(default_factory=dict)
    lists: list[NumberedList] = given(default_factory=list)


def body(blocks: tuple[Block, ...], house: HouseStyle, aside: Aside) -> str:
    """The document's blocks. Adds to `aside` what they need."""
    parts = []
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        match block:
            case Heading(text, level, language):
                said = Run(text, language=language)
                parts.append(paragraph(f"Heading{level}", runs((said,), aside)))
            case Paragraph(words, role):
                style = STYLES[role] + followed(is_key(block) and is_key(following))
                parts.append(paragraph(style, runs(words, aside)))
            case BulletList() | NumberedList():
                parts.append(flow((block,), aside))
            case Table():
                parts.append(table(block, house, aside))
            case _:
                assert_never(block)
    if blocks and isinstance(blocks[-1], Table):
        # Word wants a paragraph below a table; this one is a point high.
        parts.append(paragraph("PaperEnd", ""))
    return "".join(parts)


def is_key(block: Block | None) -> bool:
    """Whether a block is an entry of the key."""
    return isinstance(block, Paragraph) and block.role == "key"


def followed(is_followed: bool) -> str:
    """The end of a style's name for what has another of its group below."""
    return "Followed" if is_followed else ""


def table(block: Table, house: HouseStyle, aside: Aside) -> str:
    """The table, its heading row marked to repeat.

    The heading row's ground stands in its cells: light words would be lost on white in the many
    programs that pass over what a table style says of a first row.
    """
    twips = column_twips(block.widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    openings = [opening(width) for width in twips]
    fill = hexadecimal(house.colours.heading_fill)
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    headings = "".join(
        f"{opening(width, ground)}{paragraph('PaperHeadingCell', runs(column.runs, aside))}</w:tc>"
        for width, column in zip(twips, block.columns, strict=True)
    )
    measures = line_lengths(twips, house)
    is_first = block.columns[0].field == block.row_heading
    rows = "".join([row(each, openings, aside, fits(each, measures, house)) for each in block.rows])
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="PaperTable"/>'
        f'<w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"06A0" if is_first else "0620"}" w:firstRow="1" w:lastRow="0" '
        f'w:firstColumn="{int(is_first)}"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(block.title)}/>"
        f"<w:tblDescription w:val={quoteattr(block.description)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{headings}</w:tr>{rows}</w:tbl>"
    )


def column_twips(widths: tuple[float, ...]) -> list[int]:
    """Widths in millimetres as twips. Edges are rounded and not widths, so that the sum is exact too."""
    edges = [round(sum(widths[:n]) * TWIPS_PER_MM) for n in range(len(widths) + 1)]
    return [right - left for left, right in pairwise(edges)]


def opening(width: int, ground: str = "") -> str:
    """The beginning of a cell `width` twips wide."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{ground}</w:tcPr>'


def line_lengths(twips: list[int], house: HouseStyle) -> list[int]:
    """How many letters, broad ones, a line of a list takes in columns of these widths."""
    inset = (2 * house.table.padding + LIST_INDENT) * TWIPS_PER_MM
    letter = BROAD_LETTER * house.font.size * 20
    return [max(1, int((width - inset) / letter)) for width in twips]


def fits(each: Row, measures: list[int], house: HouseStyle) -> bool:
    """Whether a row surely fits on a page below the headings; `measures` are letters to a line."""
    page, line = house.page, house.font.size * house.font.line_height * 25.4 / 72
    room = page.height - page.margins.top - page.margins.bottom - HEADING_LINES * line
    for content, measure in zip(each.cells, measures, strict=True):
        lines = [len(words) // measure + 1 for words in flow_lines(content.blocks)]
        if sum(lines) * line + len(lines) + 2 * house.table.padding > room:
            return False
    return True


def row(each: Row, openings: list[str], aside: Aside, is_whole: bool) -> str:
    """One action's row; `openings` are the beginnings of its cells.

    `is_whole` keeps it on one page. That is for rows that fit on one: LibreOffice can lose the
    last line of others, and Word splits them anyway.
    """
    cells = [
        begun + cell(content, aside) + "</w:tc>"
        for begun, content in zip(openings, each.cells, strict=True)
    ]
    kept = "<w:trPr><w:cantSplit/></w:trPr>" if is_whole else ""
    return f"<w:tr>{kept}{''.join(cells)}</w:tr>"


def cell(content: Cell, aside: Aside) -> str:
    """A cell's paragraphs; one without words gets the empty paragraph that Word must find there."""
    style = "PaperRepeated" if content.repeated else ""
    return flow(content.blocks, aside, style) or paragraph("PaperCell", "")


def flow(blocks: tuple[Flow, ...], aside: Aside, style: str = "") -> str:
    """Paragraphs and list items, the last without space below. `style` is for their plain runs."""
    lines: list[tuple[str, tuple[Run, ...], str]] = []
    for block in blocks:
        match block:
            case Paragraph(words):
                lines.append(("PaperCell", words, ""))
            case BulletList(items):
                lines.extend(("PaperList", item, "") for item in items)
            case NumberedList(items):
                numbering = list_number(FIRST_NUMBERED + len(aside.lists))
                aside.lists.append(block)
                lines.extend(("PaperNumber", item, numbering) for item in items)
            case _:
                assert_never(block)
    last = len(lines) - 1
    return "".join(
        [
            paragraph(
                name + followed(n < last),
                runs(words, aside, style),
                numbering + bidi(text_of(words)),
            )
            for n, (name, words, numbering) in enumerate(lines)
        ]
    )


def paragraph(style: str, content: str, numbering: str = "") -> str:
    """A paragraph of a style; `numbering` says of which list."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{numbering}</w:pPr>{content}</w:p>'


def bidi(words: str) -> str:
    """What makes a paragraph run from right to left, where its words do."""
    return "<w:bidi/>" if direction(words) else ""


def list_number(name: int) -> str:
    """What makes a paragraph an item of a list."""
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{name}"/></w:numPr>'


def numbered_lists(lists: list[NumberedList]) -> str:
    """The lists' beginnings for the numbering part: each counts anew from its start."""
    return "".join(
        f'<w:num w:numId="{name}"><w:abstractNumId w:val="{NUMBERINGS[each.mark]}"/>'
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{each.start}"/></w:lvlOverride></w:num>'
        for name, each in enumerate(lists, FIRST_NUMBERED)
    )


def runs(words: tuple[Run, ...], aside: Aside, style: str = "") -> str:
    """Runs in order, neighbours of one address in one link. `style` is for the plain ones."""
    parts = []
    base = direction(text_of(words))
    for address, lead, said in parted(words):
        if address is None:
            parts.extend([run(each, style, base) for each in said])
        else:
            content = [
                *(run(each, style or "PaperLead", base) for each in lead),
                *(run(each, "Hyperlink", base) for each in said),
            ]
            parts.append(
                hyperlink(address, leads_to(text_of(said), address, aside.wording), content, aside)
            )
    return "".join(parts)


def hyperlink(address: str, tip: str, content: list[str], aside: Aside) -> str:
    """A link around some runs. Newer LibreOffices print `tip` as what a link says (from 25.2 at the latest)."""
    name = aside.addresses.setdefault(address, f"link{len(aside.addresses) + 1}")
    shown = quoteattr(tip if len(tip) <= LONGEST_TIP else f"{tip[: LONGEST_TIP - 1]}…")
    return f'<w:hyperlink r:id="{name}" w:tooltip={shown} w:history="1">{"".join(content)}</w:hyperlink>'


def run(each: Run, style: str = "", base: str = "") -> str:
    """A run's words and emphasis, in its role's character style, else in `style`. Words of the other direction
    than `base` are runs of their own.
    """
    return "".join(one_way(piece, style, way) for piece, way in stretches(each, base))


def one_way(each: Run, style: str, way: str) -> str:
    """A run all of whose words run one way."""
    if each.role == "missing":
        style = "PaperMissing"
    looks = f'<w:rStyle w:val="{style}"/>' if style else ""
    if each.bold:
        looks += "<w:b/><w:bCs/>"
    if each.italic:
        looks += "<w:i/><w:iCs/>"
    if way:
        looks += "<w:rtl/>"
    if each.language:
        looks += f'<w:lang w:val="{each.language}"/>'
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{text(each.text)}</w:r>"


def text(words: str) -> str:
    """A run's words; Word knows a tab as an element."""
    kept = escape(words).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:t xml:space="preserve">{kept}</w:t>'


def page_line(pattern: str) -> str:
    """The runs of a wording in which {page} and {pages} are fields that Word fills."""
    pieces = re.split(r"\{(pages?)\}", pattern)
    words, names = pieces[::2], [*pieces[1::2], ""]
    fields = {"page": field("PAGE"), "pages": field("NUMPAGES"), "": ""}
    return "".join(
        (run(Run(said)) if said else "") + fields[name]
        for said, name in zip(words, names, strict=True)
    )


def field(instruction: str) -> str:
    """A field that Word works out; it shows 1 until then."""
    return f'<w:fldSimple w:instr="{instruction}">{run(Run("1"))}</w:fldSimple>'


def hexadecimal(colour: str) -> str:
    """A #RRGGBB colour as Word writes it."""
    return colour.removeprefix("#").upper()
