"""WordprocessingML for a paper's blocks, as text: the only module that writes Word's elements.

Text and not a tree of elements, because a long table is made several times faster so. It names
styles and never looks; what a style looks like is set in `docx`.
"""

from __future__ import annotations

from typing import assert_never

from pipeline.document import Block, BulletList, Heading, Paragraph, Run, Table

TWIPS_PER_MM = 1440 / 25.4

# Twips are whole, so edges are rounded and not widths: those then add up to the table's.
HEADING_ROW = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
WHOLE_ROW = "<w:trPr><w:cantSplit/></w:trPr>"
# A table that ends a document has to be followed by a paragraph: this one is a point high.
END = '<w:p><w:pPr><w:pStyle w:val="PaperEnd"/></w:pPr></w:p>'

Addresses = dict[str, str]


def body(blocks: tuple[Block, ...], widths: list[float], addresses: Addresses) -> str:
    """The body's elements in order; `widths` are the table's columns in millimetres.

    Every link's address is entered in `addresses` with the name of its relationship.
    """
    edges = edge_twips(widths)
    parts = []
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        match block:
            case Heading(text, level):
                parts.append(paragraph(f"Heading{level}", runs((Run(text),), addresses)))
            case Paragraph(words, role):
                style = paragraph_style(role, followed=is_followed(block, following))
                parts.append(paragraph(style, runs(words, addresses)))
            case BulletList():
                parts.append(flow((block,), addresses))
            case Table():
                parts.append(table(block, edges, addresses))
            case _:
                assert_never(block)
    return "".join(parts) + END
