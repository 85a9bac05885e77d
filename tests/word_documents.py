"""Word documents written part by part, so that a test can have any of them as Word makes it, or broken."""

from __future__ import annotations

import zipfile
from io import BytesIO

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}/relationships" xmlns:m="{OFFICE}/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
HEADINGS = ["Ref", "Date", "Title", "Action proposed", "Action taken", "Progress status"]
PARTS = ("styles", "numbering", "footnotes", "endnotes", "settings", "theme", "comments")


def run(words: str, looks: str = "") -> str:
    """A run of words."""
    marks = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(content: str, marks: str = "") -> str:
    """A paragraph of some runs."""
    return f"<w:p>{f'<w:pPr>{marks}</w:pPr>' if marks else ''}{content}</w:p>"


def row(cells: list[str], marks: str = "") -> str:
    """A row of a table, each cell given by its paragraphs; one of several columns as it is."""
    made = "".join(one if one.startswith("<w:tc") else f"<w:tc>{one}</w:tc>" for one in cells)
    return f"<w:tr>{f'<w:trPr>{marks}</w:trPr>' if marks else ''}{made}</w:tr>"


def action(update: str, *, reference: str = "HP/1", status: str = "In progress") -> str:
    """A row of an action whose update is some paragraphs."""
    others = [paragraph(run(words)) for words in ("12/11/2026", "Quay", "That it is repaired.")]
    return row([paragraph(run(reference)), *others, update, paragraph(run(status))])


def table(*rows: str) -> str:
    """A paper's table."""
    return f"<w:tbl>{row([paragraph(run(words)) for words in HEADINGS])}{''.join(rows)}</w:tbl>"


def body(*rows: str) -> str:
    """The words of a paper."""
    return "".join(
        [
            paragraph(run("Harbour Panel")),
            paragraph(run("Action log – 14 January 2027")),
            table(*rows),
        ]
    )


def document(content: str, parts: dict[str, str] | None = None, links: str = "") -> bytes:
    """The file of a document: its body, and its side parts by their name, each with a relationship."""
    given = parts or {}
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/relationships/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(given, 1)
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{LINKS}"><Relationship Id="a" '
        f'Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{LINKS}">{listed}{links}</Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{content}</w:body></w:document>",
        **{f"word/{name}.xml": text for name, text in given.items()},
    }
    return packed(files)


def packed(files: dict[str, str]) -> bytes:
    """A zip file of some parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return made.getvalue()


def unpacked(data: bytes) -> dict[str, str]:
    """The parts of a document."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}
