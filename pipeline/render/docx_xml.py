"""WordprocessingML for a paper's blocks, as text: the only module that writes Word's elements.

Text and not a tree of elements, because a long table is made several times faster so. It names
styles and never looks; `docx` and the base document say what a style looks like.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as given
from html import escape  # `xml.sax.saxutils` loads all of urllib
from itertools import pairwise
from typing import assert_never

from pipeline.compose.measure import may_be_tall
from pipeline.council.house import HouseStyle
from pipeline.model.document import (
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
    text_of,
)
from pipeline.model.text import direction, stretches
from pipeline.render.links import leads_to, link_parts

TWIPS_PER_MM = 1440 / 25.4
_STYLES: dict[ParagraphRole, str] = {
    "plain": "PaperText",
    "council": "PaperCouncil",
    "subtitle": "Subtitle",
    "draft": "PaperDraftNote",
    "counts": "PaperCounts",
    "key": "PaperKey",
}

_LONGEST_TIP = 255  # characters
_NUMBERINGS: dict[NumberMark, int] = {".": 1, ")": 2}  # the base document's lists
_FIRST_NUMBERED = 2  # the base document's bullets are 1


@dataclass(frozen=True, slots=True)
class OtherParts:
    """What the body needs in the document's other parts, added to as it is met.

    `wording` is what a link to a bare address says. `addresses` are those linked to, each with the name
    of its relationship; `lists` are the numbered lists, whose names count on from `FIRST_NUMBERED`.
    """

    wording: str
    addresses: dict[str, str] = given(default_factory=dict)
    lists: list[NumberedList] = given(default_factory=list)


def body(blocks: tuple[Block, ...], house: HouseStyle, aside: OtherParts) -> str:
    """The document's blocks. Adds to `aside` what they need."""
    parts = []
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        match block:
            case Heading(_text, level, language):
                said = Run(_text, language=language)
                parts.append(_paragraph(f"Heading{level}", _runs((said,), aside)))
            case Paragraph(words, role):
                style = _STYLES[role] + _followed(_is_key(block) and _is_key(following))
                parts.append(_paragraph(style, _runs(words, aside)))
            case BulletList() | NumberedList():
                parts.append(_flow((block,), aside))
            case Table():
                parts.append(_table(block, house, aside))
            case _:
                assert_never(block)
    if blocks and isinstance(blocks[-1], Table):
        # Word wants a paragraph below a table; this one is a point high.
        parts.append(_paragraph("PaperEnd", ""))
    return "".join(parts)


def _is_key(block: Block | None) -> bool:
    """Whether a block is an entry of the key."""
    return isinstance(block, Paragraph) and block.role == "key"


def _followed(is_followed: bool) -> str:
    """The end of a style's name for what has another of its group below."""
    return "Followed" if is_followed else ""


def _table(block: Table, house: HouseStyle, aside: OtherParts) -> str:
    """The table, its heading row marked to repeat.

    The heading row's ground stands in its cells: light words would be lost on white in the many
    programs that pass over what a table style says of a first row.
    """
    twips = _column_twips(block.widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    openings = [_opening(width) for width in twips]
    fill = hexadecimal(house.colours.heading_fill)
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    headings = "".join(
        f"{_opening(width, ground)}{_paragraph('PaperHeadingCell', _runs(column.runs, aside))}</w:tc>"
        for width, column in zip(twips, block.columns, strict=True)
    )
    is_first = block.columns[0].field == block.row_heading
    rows = "".join(
        [_row(each, openings, aside, not may_be_tall(each, block, house)) for each in block.rows]
    )
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="PaperTable"/>'
        f'<w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"06A0" if is_first else "0620"}" w:firstRow="1" w:lastRow="0" '
        f'w:firstColumn="{int(is_first)}"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(block.title)}"/>'
        f'<w:tblDescription w:val="{escape(block.description)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{headings}</w:tr>{rows}</w:tbl>"
    )


def _column_twips(widths: tuple[float, ...]) -> list[int]:
    """Widths in millimetres as twips. Edges are rounded and not widths, so that the sum is exact too."""
    edges = [round(sum(widths[:n]) * TWIPS_PER_MM) for n in range(len(widths) + 1)]
    return [right - left for left, right in pairwise(edges)]


def _opening(width: int, ground: str = "") -> str:
    """The beginning of a cell `width` twips wide."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{ground}</w:tcPr>'


def _row(each: Row, openings: list[str], aside: OtherParts, is_whole: bool) -> str:
    """One action's row; `openings` are the beginnings of its cells.

    `is_whole` keeps it on one page. That is for rows that fit on one: LibreOffice can lose the
    last line of others, and Word splits them anyway.
    """
    cells = [
        begun + _cell(content, aside) + "</w:tc>"
        for begun, content in zip(openings, each.cells, strict=True)
    ]
    kept = "<w:trPr><w:cantSplit/></w:trPr>" if is_whole else ""
    return f"<w:tr>{kept}{''.join(cells)}</w:tr>"


def _cell(content: Cell, aside: OtherParts) -> str:
    """A cell's paragraphs; one without words gets the empty paragraph that Word must find there."""
    style = "PaperRepeated" if content.repeated else ""
    return _flow(content.blocks, aside, style) or _paragraph("PaperCell", "")


def _flow(blocks: tuple[Flow, ...], aside: OtherParts, style: str = "") -> str:
    """Paragraphs and list items, the last without space below. `style` is for their plain runs."""
    lines: list[tuple[str, tuple[Run, ...], str]] = []
    for block in blocks:
        match block:
            case Paragraph(words):
                lines.append(("PaperCell", words, ""))
            case BulletList(items):
                lines.extend(("PaperList", item, "") for item in items)
            case NumberedList(items):
                name = _FIRST_NUMBERED + len(aside.lists)
                numbering = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{name}"/></w:numPr>'
                aside.lists.append(block)
                lines.extend(("PaperNumber", item, numbering) for item in items)
            case _:
                assert_never(block)
    last = len(lines) - 1
    return "".join(
        [
            _paragraph(
                name + _followed(n < last),
                _runs(words, aside, style),
                numbering + ("<w:bidi/>" if direction(text_of(words)) else ""),
            )
            for n, (name, words, numbering) in enumerate(lines)
        ]
    )


def _paragraph(style: str, content: str, numbering: str = "") -> str:
    """A paragraph of a style; `numbering` says of which list, and that it runs from right to left."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{numbering}</w:pPr>{content}</w:p>'


def numbered_lists(lists: list[NumberedList]) -> str:
    """The lists' beginnings for the numbering part: each counts anew from its start."""
    return "".join(
        f'<w:num w:numId="{name}"><w:abstractNumId w:val="{_NUMBERINGS[each.mark]}"/>'
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{each.start}"/></w:lvlOverride></w:num>'
        for name, each in enumerate(lists, _FIRST_NUMBERED)
    )


def _runs(words: tuple[Run, ...], aside: OtherParts, style: str = "") -> str:
    """Runs in order, neighbours of one address in one link. `style` is for the plain ones."""
    parts = []
    base = direction(text_of(words))
    for address, lead, said in link_parts(words):
        if address is None:
            parts.extend([run_element(each, style, base) for each in said])
        else:
            content = [
                *(run_element(each, style or "PaperLead", base) for each in lead),
                *(run_element(each, "Hyperlink", base) for each in said),
            ]
            parts.append(
                _hyperlink(address, leads_to(text_of(said), address, aside.wording), content, aside)
            )
    return "".join(parts)


def _hyperlink(address: str, tip: str, content: list[str], aside: OtherParts) -> str:
    """A link around some runs. Newer LibreOffices print `tip` as what a link says (from 25.2 at the latest)."""
    name = aside.addresses.setdefault(address, f"link{len(aside.addresses) + 1}")
    shown = escape(tip if len(tip) <= _LONGEST_TIP else f"{tip[: _LONGEST_TIP - 1]}…")
    return f'<w:hyperlink r:id="{name}" w:tooltip="{shown}" w:history="1">{"".join(content)}</w:hyperlink>'


def run_element(each: Run, style: str = "", base: str = "") -> str:
    """A run's words and emphasis, in its role's character style, else in `style`. Words of the other direction
    than `base` are runs of their own.
    """
    return "".join(_one_way(piece, style, way) for piece, way in stretches(each, base))


def _one_way(each: Run, style: str, way: str) -> str:
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
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{_text(each.text)}</w:r>"


def _text(words: str) -> str:
    """A run's words; Word knows a tab as an element."""
    kept = escape(words, quote=False).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:t xml:space="preserve">{kept}</w:t>'


def page_line(house: HouseStyle) -> str:
    """The runs of the words at the foot of a page, its number and that of all pages being fields that Word fills."""
    fields = {"page": _field("PAGE"), "pages": _field("NUMPAGES"), "": ""}
    return "".join(
        (run_element(Run(said)) if said else "") + fields[name] for said, name in house.foot
    )


def _field(instruction: str) -> str:
    """A field that Word works out; it shows 1 until then."""
    return f'<w:fldSimple w:instr="{instruction}">{run_element(Run("1"))}</w:fldSimple>'


def hexadecimal(colour: str) -> str:
    """A #RRGGBB colour as Word writes it."""
    return colour.removeprefix("#").upper()
