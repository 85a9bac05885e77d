"""An Excel file as we write one: no time in it but the one given, and nothing that Excel would mend.

Words go into cells as words, whatever they start with. What stands in which cell is others' matter.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from lxml import etree
from openpyxl import Workbook as ExcelWorkbook
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from pipeline.model.action import Text
from pipeline.model.document import Run, led_lines, runs_of
from pipeline.model.text import linked

LONGEST = 32767  # characters of a cell; openpyxl cuts off the rest without a word
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Office takes a font's parts in the order of CT_Font in the Open XML SDK's schema of
# ECMA-376-1, 18.8.22; openpyxl writes them in another.
_FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color",
    "name", "family", "charset", "scheme",
)  # fmt: skip
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # ECMA-376-1 22.4.2.4 (ST_Xstring)


def saved(book: ExcelWorkbook, modified: str, *, is_new: bool = False) -> bytes:
    """The file of a workbook; `modified` (ISO 8601) is the only time in it.

    `is_new`: nobody has calculated its formulas, which then show nothing until they are (in Excel's
    Protected View, else a 0); and its rows grow with what is written in them.
    """
    written = BytesIO()
    book.save(written)
    made = BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _TIMES.sub(rb"\g<1>" + modified.encode(), data)
            elif name == "xl/styles.xml":
                data = _with_fonts_in_order(data)
            elif name.startswith("xl/worksheets/sheet") and is_new:
                data = _as_new(data)
            new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _with_fonts_in_order(styles: bytes) -> bytes:
    """A `styles.xml` whose fonts have their parts in the schema's order."""
    root = etree.fromstring(styles)
    for font in root.iter(f"{_MAIN}font"):
        font[:] = sorted(font, key=lambda part: _FONT_ORDER.index(etree.QName(part).localname))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _as_new(sheet: bytes) -> bytes:
    """A sheet whose formulas have no words as their stored value, and whose rows' heights may change."""
    root = etree.fromstring(sheet)
    for cell in root.iterfind(f".//{_MAIN}f/.."):
        cell.set("t", "str")
    etree.strip_attributes(root, "customHeight")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def write_words(cell: Cell, words: str | CellRichText) -> None:
    """Put words into a cell as text, also those that Excel would take for a formula or an error."""
    cell.value = words
    if isinstance(words, str):
        cell.value = _LOOKS_ESCAPED.sub("_x005F_", words)
        cell.data_type = "s"
    if str(words).startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True  # else Excel makes a formula of it when it is edited


def write_text(cell: Cell, said: Text) -> None:
    """Put an officer's text into a cell: its lines, its bold and italic words, its link."""
    runs = lines_of(said)
    if any(run.bold or run.italic for run in runs):
        blocks = [
            TextBlock(InlineFont(rFont=cell.font.name, sz=cell.font.sz, b=run.bold, i=run.italic),
                      _LOOKS_ESCAPED.sub("_x005F_", run.text))
            for run in runs
        ]  # fmt: skip
        write_words(cell, CellRichText(blocks))
    else:
        write_words(cell, "".join(run.text for run in runs))
    link = link_of(said)
    if link:
        cell.hyperlink = link


def lines_of(said: Text) -> list[Run]:
    """The runs of a text with its line ends and bullets; those that look alike are one. Where a cell's one
    link cannot be its links, each is followed by its address.
    """
    made: list[Run] = []
    is_one_link = link_of(said) is not None
    for block in said:
        for lead, words in led_lines(block):
            line = words if is_one_link else _with_addresses(words)
            before = ("\n" if made else "") + (f"{lead} " if lead else "")
            for run in (Run(before), *line):
                last = made[-1] if made else None
                alike = last is not None and (last.bold, last.italic) == (run.bold, run.italic)
                if last is not None and (alike or not run.text.strip()):
                    made[-1] = Run(last.text + run.text, last.bold, last.italic)
                elif run.text:
                    made.append(Run(run.text, run.bold, run.italic))
    return made


def _with_addresses(line: tuple[Run, ...]) -> tuple[Run, ...]:
    """A line with the address of each link in brackets behind its words, unless they are the address."""
    made: list[Run] = []
    for run, after in zip(line, (*line[1:], None), strict=True):
        words = run.text.rstrip()
        ends = after is None or after.link != run.link
        if run.link and ends and not _is_written_out(run):
            address = run.link.removeprefix("mailto:")
            behind = run.text[len(words) :]
            made += [Run(words, run.bold, run.italic), Run(f" ({address}){behind}")]
        else:
            made.append(run)
    return tuple(made)


def link_of(said: Text) -> str | None:
    """Where a whole text leads: a cell has one link, or none. Addresses that are links by being written out count
    as none.
    """
    runs = [run for run in runs_of(said) if run.text.strip()]
    links = {None if _is_written_out(run) else run.link for run in runs}
    return links.pop() if len(links) == 1 else None


def _is_written_out(run: Run) -> bool:
    """Whether a run would be the same link without being told."""
    return linked((Run(run.text, run.bold, run.italic),)) == (run,)
