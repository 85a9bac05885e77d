"""A copy of an officers' workbook with each finding as a note on its cell, and a list of them first.

The copy is for reading; corrections belong in the officers' own file, which is never written to.
For openpyxl, which writes the copy, damages what it does not know: newer validations, threaded
comments, the sizes of notes, pictures and charts, macros.
"""

from __future__ import annotations

import warnings
import zipfile
from io import BytesIO

from openpyxl import Workbook as ExcelWorkbook
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.check.rule import Finding
from pipeline.model.errors import PipelineError
from pipeline.officers.excel_file import saved, write_words
from pipeline.officers.fields import WORDS
from pipeline.officers.sheets import at, fit_rows, print_landscape, set_widths

_SHEET = "To do"
_UNREADABLE = (
    zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError,
)  # fmt: skip  # what openpyxl lets through from broken parts
_AUTHOR = "Committee Papers"
_NOTE_WIDTH, _LINE_HEIGHT, _LINE_LENGTH = 320, 20, 45  # pixels, pixels, characters


def annotated(
    data: bytes, name: str, findings: list[Finding], modified: str, top: tuple[str, ...]
) -> bytes:
    """The workbook `data` as a copy with its findings. Raises `PipelineError` where it is no .xlsx.

    `modified` is when the workbook was last saved: the only time in the copy. `top` are the lines above the
    list: the committee and its meeting, and by when the paper is to be published.
    """
    if not name.lower().endswith((".xlsx", ".xlsm")):
        raise PipelineError(
            f"{name} cannot be copied with notes: it is no Excel workbook (.xlsx).",
            "Save it as one, or leave out --annotate.",
        )
    book = _opened(data, name)
    for finding in findings:
        _add_note(book[finding.place.sheet], finding)
    for worksheet in book.worksheets:
        worksheet.sheet_view.tabSelected = False  # else Excel opens them as a group
    _fill(book.create_sheet(_SHEET, 0), findings, top)
    book.active = 0
    return saved(book, modified)


def _opened(data: bytes, name: str) -> ExcelWorkbook:
    """openpyxl's workbook, which keeps more than words. Raises `PipelineError` where a part of it is broken."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the copy loses; the docstring above says it
            return load_workbook(BytesIO(data), rich_text=True)
    except _UNREADABLE:
        raise PipelineError(
            f"{name} has a part that cannot be copied, so it gets no notes.",
            "Save it again in Excel as 'Excel Workbook (.xlsx)', or leave out --annotate.",
        ) from None


def _add_note(worksheet: Worksheet, finding: Finding) -> None:
    """Put a finding on its cell, below what stands there already; of each action that has the cell, once."""
    cell = _noted_cell(worksheet, finding)
    said = _legal(f"{str(finding.severity).capitalize()}: {finding.message} {finding.remedy}")
    before = cell.comment.text if cell.comment else ""
    words = before if said in before else "\n\n".join(filter(None, (before, said)))
    lines = sum(len(line) // _LINE_LENGTH + 1 for line in words.splitlines())
    cell.comment = Comment(words, _AUTHOR, height=(lines + 1) * _LINE_HEIGHT, width=_NOTE_WIDTH)


def _noted_cell(worksheet: Worksheet, finding: Finding) -> Cell:
    """The cell of a finding, or the first of the merged range that it is in."""
    cell = worksheet.cell(finding.place.row, finding.place.column)
    if not isinstance(cell, MergedCell):
        return cell
    (merged,) = (area for area in worksheet.merged_cells.ranges if cell.coordinate in area)
    first = worksheet.cell(merged.min_row, merged.min_col)
    assert not isinstance(first, MergedCell)
    return first


def _fill(worksheet: Worksheet, findings: list[Finding], top: tuple[str, ...]) -> None:
    """Write the lines of the top and the list: a finding a row, the worst first, its cell a link."""
    findings = sorted(findings, key=lambda finding: (-finding.severity, finding.place))
    headings, usual = WORDS.sheets[_SHEET].headings, worksheet.cell(1, 1).font
    rows = [
        (str(f.place), f.reference, f.title, str(f.severity), f.message, f.remedy, f.officer)
        for f in findings
    ]
    head = len(top) + 1
    for number, row in enumerate([*((line,) for line in top), tuple(headings), *rows], 1):
        for column, words in enumerate(row, 1):
            cell = at(worksheet, number, column)
            write_words(cell, _legal(words))
            cell.font = Font(name=usual.name, size=usual.sz, bold=number in (1, head))
            if number >= head:
                cell.alignment = Alignment(
                    wrap_text=True, vertical="top", horizontal="left", indent=1
                )
    for number, finding in enumerate(findings, head + 1):
        sheet = finding.place.sheet.replace("'", "''")
        link = at(worksheet, number, 1)
        link.hyperlink = Hyperlink(link.coordinate, location=f"'{sheet}'!{finding.place.cell}")
        link.font = Font(name=usual.name, size=usual.sz, underline="single", color="0B4A8F")
    set_widths(worksheet, headings.values())
    fit_rows(worksheet, head + 1)
    print_landscape(worksheet, head)
    worksheet.freeze_panes = f"A{head + 1}"
    worksheet.sheet_view.tabSelected = True


def _legal(words: str) -> str:
    """Words without the characters that no workbook can hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", words)
