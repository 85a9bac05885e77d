"""What a PDF is given after an engine has drawn it: what its tags say of the table and the links, the paper's
records, and what it says of itself (PDF/UA-1, PDF/A-3a).

Whichever engine drew it, its tag tree has to be the one that is expected here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, NameTree, String

from pipeline.council.house import HouseStyle
from pipeline.council.settings import TEMPLATES
from pipeline.model.document import Flow, Heading, NumberedList, Paper, Paragraph, Table, runs_of
from pipeline.published.printed import kids
from pipeline.render.links import leads_to

_RECORDS = "records.json"
_NAMES = frozenset(
    "/Document /H1 /H2 /P /Table /THead /TBody /TR /TH /TD /L /LI /Lbl /LBody /Link /Span /Strong /Em".split()  # noqa: SIM905
)
_UNUSED = ("fpgm", "prep", "cvt ", "name", "post")  # the first three are for screens of few dots


def finished(data: bytes, paper: Paper, house: HouseStyle, engine: str) -> bytes:
    """A drawn PDF with all that an engine does not give it. Raises `RuntimeError` if its tags are not as expected."""
    with pikepdf.open(BytesIO(data)) as pdf:
        tags: dict[str, list[Any]] = {name: [] for name in _NAMES}
        for tag in _tags(pdf.Root.StructTreeRoot):
            tags.setdefault(str(tag.S), []).append(tag)
            if "/A" in tag:  # of looks, which no reader says
                del tag.A
        if unknown := tags.keys() - _NAMES:
            raise RuntimeError(f"{engine}: unknown tags {', '.join(sorted(unknown))}")
        _describe_table(pdf, tags, paper, engine)
        _describe_flows(tags, paper, house, engine)
        _strip_fonts(pdf)
        _attach_records(pdf, paper)
        _describe_paper(pdf, paper, engine)
        made = BytesIO()
        pdf.save(
            made,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,  # ours names none, and looking loads lxml
        )
    return made.getvalue()


def _tags(tag: Any) -> Iterator[Any]:
    """The tags in a tag, in reading order."""
    for kid in kids(tag):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _tags(kid)


def _describe_table(
    pdf: pikepdf.Pdf, tags: dict[str, list[Any]], paper: Paper, engine: str
) -> None:
    """Give the table its summary, and its heading cells their scopes and names (PDF 1.7, 14.7.2: `IDTree`)."""
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    fields = [column.field for column in table.columns]
    tables, (head, *rows) = tags["/Table"], tags["/TR"]
    if (len(tables), len(rows)) != (1, len(table.rows)) or {
        len(row.K) for row in (head, *rows)
    } != {len(fields)}:
        raise RuntimeError(f"{engine}: {len(tables)} tables of {len(rows) + 1} rows")
    tables[0].A = Dictionary(O=Name.Table, Summary=String(table.title))
    heads = [(cell, Name.Column) for cell in head.K]
    if table.row_heading in fields:
        place = fields.index(table.row_heading)
        pairs = zip(rows, table.rows, strict=True)
        heads += [(tag.K[place], Name.Row) for tag, row in pairs if row.cells[place].blocks]
    names: list[Any] = []
    for number, (cell, scope) in enumerate(heads):
        cell.S, cell.ID = Name.TH, String(f"heading-{number:06}")
        cell.A = Dictionary(O=Name.Table, Scope=scope)
        names += [cell.ID, cell]
    pdf.Root.StructTreeRoot.IDTree = pdf.make_indirect(Dictionary(Names=Array(names)))


def _describe_flows(
    tags: dict[str, list[Any]], paper: Paper, house: HouseStyle, engine: str
) -> None:
    """Say of every list how it is marked, and of every link where it leads."""
    flows = list(_flows(paper))
    lists = [flow for flow in flows if not isinstance(flow, Paragraph)]
    links = [(run.text, run.link) for run in runs_of(flows) if run.link]
    if [len(tags[name]) for name in ("/L", "/Link")] != [len(lists), len(links)]:
        raise RuntimeError(f"{engine}: not the paper's {len(lists)} lists and {len(links)} links")
    for tag, flow in zip(tags["/L"], lists, strict=True):
        numbering = Name.Decimal if isinstance(flow, NumberedList) else Name.Disc
        tag.A = Dictionary(O=Name.List, ListNumbering=numbering)
    for tag, (words, address) in zip(tags["/Link"], links, strict=True):
        said = String(leads_to(words, address, house.wording.link))
        for kid in kids(tag):
            if isinstance(kid, Dictionary) and "/Obj" in kid:
                kid.Obj.Contents = said


def _flows(paper: Paper) -> Iterator[Flow]:
    """The paragraphs and lists of a paper, in order."""
    for block in paper.blocks:
        match block:
            case Heading():
                continue
            case Table():
                yield from (Paragraph(column.runs) for column in block.columns)
                yield from (
                    flow for row in block.rows for cell in row.cells for flow in cell.blocks
                )
            case _:
                yield block


def _strip_fonts(pdf: pikepdf.Pdf) -> None:
    """Take out of the fonts what no reader of a PDF uses: two thirds of a short paper."""
    fonts = {
        font.objgen: font for page in pdf.pages for font in page.resources.get("/Font", {}).values()
    }
    for font in fonts.values():
        if "/DescendantFonts" not in font:  # of pictures, such as signs in colours
            continue
        described = font.DescendantFonts[0].FontDescriptor
        if "/FontFile2" not in described:
            continue
        file = TTFont(
            BytesIO(described.FontFile2.read_bytes()), recalcTimestamp=False, recalcBBoxes=False
        )
        for name in _UNUSED:
            if name in file:
                del file[name]
        for glyph in file["glyf"].glyphs.values():
            glyph.trim(remove_hinting=True)
        lean = BytesIO()
        file.save(lean, reorderTables=None)
        described.FontFile2.write(lean.getvalue())
        described.FontFile2.Length1 = len(lean.getvalue())


def _attach_records(pdf: pikepdf.Pdf, paper: Paper) -> None:
    """Put the paper's records into the PDF as a file, if it has any."""
    if not paper.records:
        return
    saved = _saved(paper)
    file = pikepdf.AttachedFileSpec(
        pdf,
        paper.records.encode(),
        description=paper.title,
        filename=_RECORDS,
        mime_type="application/json",
        creation_date=saved,
        mod_date=saved,
        relationship=Name.Data,
    )
    pdf.attachments[_RECORDS] = file
    pdf.Root.AF = Array([NameTree(pdf.Root.Names.EmbeddedFiles)[_RECORDS]])


def _describe_paper(pdf: pikepdf.Pdf, paper: Paper, engine: str) -> None:
    """Say what the paper is called, whose it is and of when, and which standards it keeps to."""
    words = {"title": paper.title, "author": paper.author, "producer": engine}
    said = (TEMPLATES / "paper.xmp").read_text(encoding="utf-8")
    said = said.format(modified=paper.modified, **{k: escape(words[k]) for k in words})
    pdf.Root.Metadata = pdf.make_stream(said.encode(), Type=Name.Metadata, Subtype=Name.XML)
    saved = _saved(paper)
    info = {f"/{name.title()}": String(said) for name, said in words.items()}
    info |= {"/CreationDate": String(saved), "/ModDate": String(saved)}
    pdf.trailer.Info = pdf.make_indirect(Dictionary(info))


def _saved(paper: Paper) -> str:
    """When the workbook was last saved, as a PDF says it."""
    return f"D:{datetime.fromisoformat(paper.modified).astimezone(UTC):%Y%m%d%H%M%S}Z"
