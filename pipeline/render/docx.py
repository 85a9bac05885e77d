"""The DOCX edition: a base document of our own, its styles dressed in the house style, the words
of the paper put in. How words become XML is `docx_xml`'s matter.
"""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from pipeline.document import Paper
from pipeline.house import HouseStyle
from pipeline.render import docx_xml
from pipeline.settings import TEMPLATES

BASE = TEMPLATES / "docx"
FIRST_PART = "[Content_Types].xml"
NO_TIME = (1980, 1, 1, 0, 0, 0)  # a zip's earliest: the same paper gives the same bytes
FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
NAMESPACES = " ".join(f'xmlns:{p}="{qn(f"{p}:x")[1:-2]}"' for p in ("w", "r"))


def render(paper: Paper, house: HouseStyle) -> bytes:
    """The paper as a DOCX file. Raises `KeyError` for a column that the house style lacks."""
    document = Document(BytesIO(zipped(base_parts())))
    set_page(document, house)
    set_looks(document, house)
    set_language(document, paper.language)
    set_properties(document, paper)
    set_running_words(document, house, paper.draft)
    links = link_ids(document, paper)
    body = "".join(docx_xml.body(paper.blocks, house, links.__getitem__))
    return finished(document, body)
