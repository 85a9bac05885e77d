"""Workbooks of Excel (.xlsx, .xlsm), read by openpyxl. Macros are never run."""

from __future__ import annotations

import re
import zipfile
import zlib
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.hyperlink import Hyperlink

from pipeline.document import Run
from pipeline.errors import PipelineError
from pipeline.house import MONTHS
from pipeline.records import Place
from pipeline.sources import number_formats
from pipeline.sources.excel_fills import fills
from pipeline.workbook import EPOCH, Fault, Read, Sheet, SourceCell, SourceRow

if TYPE_CHECKING:
    from openpyxl import Workbook as ExcelWorkbook
    from openpyxl.worksheet.worksheet import Worksheet

STRICT = b"http://purl.oclc.org/ooxml/"  # ISO/IEC 29500-1: the namespaces of Strict Open XML
SAVE_AGAIN = "Open it in Excel and save it as 'Excel Workbook (.xlsx)'."
LINK_SCHEMES = ("http://", "https://", "mailto:")
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")  # ECMA-376-1 22.4.2.4 (ST_Xstring)
HYPERLINK = re.compile(r'=\s*HYPERLINK\(\s*(?:"([^"]*)"\s*[,)])?', re.I)
ERROR_VALUES = frozenset(
    {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
MAC_EPOCH = date(1904, 1, 1)
WORDED_PARTS = ("xl/sharedStrings", "xl/worksheets/sheet")
ESCAPED = b"_x005F_"
KEPT = "\ufdd0"  # stands for it meanwhile: no character, so no text holds it


def read(data: bytes, name: str) -> Read:
    """What an Excel file holds. Raises `PipelineError` where it is none, or damaged."""
    book = opened(data, name, values=False)
    values = opened(data, name, values=True) if has_formulas(book) else None
    epoch = MAC_EPOCH if book.epoch.year == MAC_EPOCH.year else EPOCH
    colours = fills(book)
    sheets = tuple(
        sheet(worksheet, values[worksheet.title] if values else None, epoch, colours)
        for worksheet in book.worksheets
    )
    modified = book.properties.modified or datetime(1980, 1, 1)  # UTC, by ECMA-376-2
    return Read(sheets, f"{modified:%Y-%m-%dT%H:%M:%SZ}")


def opened(data: bytes, name: str, *, values: bool) -> ExcelWorkbook:
    """openpyxl's workbook: with stored values, or with formulas and rich text."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            if "xl/workbook.xml" in names and STRICT in package.read("xl/workbook.xml")[:4096]:
                raise PipelineError(
                    f"{name} is saved as 'Strict Open XML', which cannot be read.", SAVE_AGAIN
                )
            if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
                raise PipelineError(
                    f"{name} is not an Excel workbook, whatever its name says.", SAVE_AGAIN
                )
            data = with_escapes_kept(package, data)
        return load_workbook(BytesIO(data), data_only=values, rich_text=not values)
    except zipfile.BadZipFile:
        whole = data.startswith(b"PK")
        what = "is damaged: part of the file is missing" if whole else "is not an Excel workbook"
        raise PipelineError(
            f"{name} {what}.", "Ask for the workbook again, or copy it again."
        ) from None
    except (
        KeyError,
        ValueError,
        TypeError,
        EOFError,
        SyntaxError,
        OSError,
        InvalidFileException,
        zlib.error,
    ) as fault:
        # What openpyxl lets through from damaged parts; ParseError of the XML is a SyntaxError.
        raise PipelineError(
            f"{name} is damaged ({type(fault).__name__}).",
            "Open it in Excel, let it repair the file, and save it again.",
        ) from None


def with_escapes_kept(package: zipfile.ZipFile, data: bytes) -> bytes:
    """A workbook whose escaped underscores (`_x005F_`) openpyxl cannot drop, as it does else."""
    texts = [name for name in package.namelist() if name.startswith(WORDED_PARTS)]
    if not any(ESCAPED in package.read(name) for name in texts):
        return data
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as kept:
        for name in package.namelist():
            part = package.read(name)
            kept.writestr(name, part.replace(ESCAPED, KEPT.encode()) if name in texts else part)
    return made.getvalue()


def has_formulas(book: ExcelWorkbook) -> bool:
    """Whether any cell holds a formula, so that its stored value has to be read as well."""
    return any(
        cell.data_type == "f" for worksheet in book.worksheets for cell in stored_cells(worksheet)
    )


def stored_cells(worksheet: Worksheet) -> list[Cell | MergedCell]:
    """The cells that the file holds, and none that it does not.

    openpyxl's public iterators visit the whole rectangle down to the last formatted cell, which one
    stray cell at XFD1048576 makes 17 thousand million cells large.
    """
    return list(worksheet._cells.values())


def sheet(worksheet: Worksheet, values: Worksheet | None, epoch: date, colours: list[str]) -> Sheet:
    """A sheet's filled cells, row by row, with what is hidden. `colours` are those of `fills`."""
    is_empty = is_calculated(worksheet, values)
    by_row: dict[int, dict[int, SourceCell]] = {}
    for cell in stored_cells(worksheet):
        if isinstance(cell, MergedCell):
            continue
        made = source_cell(cell, worksheet, values, is_empty=is_empty)
        if made is not None:
            by_row.setdefault(cell.row, {})[cell.column] = made
    spanned = spread_merged(worksheet, by_row)
    filled = wordless_fills(worksheet, colours, max(by_row, default=0)) if any(colours) else {}
    dimensions = worksheet.row_dimensions
    rows = tuple(
        SourceRow(
            number,
            dict(sorted(cells.items())),
            hidden=number in dimensions and bool(dimensions[number].hidden),
            spanned=number in spanned,
            fills=filled.get(number, {}),
            fill=row_fill(worksheet, number, colours) if any(colours) else "",
        )
        for number, cells in sorted(by_row.items())
    )
    hidden = frozenset(
        column
        for dimension in worksheet.column_dimensions.values()
        if dimension.hidden
        for column in range(dimension.min or 0, (dimension.max or 0) + 1)
    )
    filters = [worksheet.auto_filter, *(table.autoFilter for table in worksheet.tables.values())]
    is_filtered = any(one is not None and bool(one.filterColumn) for one in filters)
    return Sheet(
        worksheet.title, worksheet.sheet_state != "visible", rows, hidden, is_filtered, epoch
    )


def spread_merged(worksheet: Worksheet, by_row: dict[int, dict[int, SourceCell]]) -> set[int]:
    """Give each row of a merged range its first row's cell; the rows merged over columns."""
    spanned = set()
    for merged in worksheet.merged_cells.ranges:
        anchor = by_row.get(merged.min_row, {}).get(merged.min_col)
        if anchor is None:
            continue
        if merged.max_col > merged.min_col:
            spanned.add(merged.min_row)
            anchor = replace(anchor, last_column=merged.max_col)
            by_row[merged.min_row][merged.min_col] = anchor
        for row in range(merged.min_row + 1, min(merged.max_row, max(by_row)) + 1):
            by_row.setdefault(row, {})[merged.min_col] = replace(anchor, anchor_row=merged.min_row)
    return spanned


def wordless_fills(
    worksheet: Worksheet, colours: list[str], last_row: int
) -> dict[int, dict[int, str]]:
    """The colours of a sheet's cells without words, by row and column; a merged one's on all its rows."""
    filled: dict[int, dict[int, str]] = {}
    for cell in stored_cells(worksheet):
        if isinstance(cell, MergedCell):
            continue
        value = cell.value
        if value is None or (isinstance(value, str) and not value.strip()):
            filled.setdefault(cell.row, {})[cell.column] = fill_of(cell, colours)
    for merged in worksheet.merged_cells.ranges:
        colour = filled.get(merged.min_row, {}).get(merged.min_col, "")
        for row in range(merged.min_row + 1, min(merged.max_row, last_row) + 1):
            filled.setdefault(row, {})[merged.min_col] = colour
    return filled


def row_fill(worksheet: Worksheet, number: int, colours: list[str]) -> str:
    """The colour of a whole row, which its cells that are not stored have."""
    dimensions = worksheet.row_dimensions
    return fill_of(dimensions[number], colours) if number in dimensions else ""


def fill_of(styled: Any, colours: list[str]) -> str:
    """The colour that fills a cell or a row. (Its own `fill` is a copy, made anew each time.)"""
    return colours[styled._style.fillId] if styled.has_style else ""


def source_cell(
    cell: Cell, worksheet: Worksheet, values: Worksheet | None, *, is_empty: bool
) -> SourceCell | None:
    """One cell's words and oddities, or None where there is nothing in it. `is_empty`: a formula without
    a stored value shows nothing.
    """
    if cell.value is None and cell.comment is None:
        return None
    place = Place(worksheet.title, cell.row, cell.column)
    value, link = cell.value, address(cell.hyperlink) if cell.hyperlink else None
    fault: Fault = ""
    if cell.data_type == "f":
        formula = value.text if isinstance(value, ArrayFormula) else str(value)
        written = HYPERLINK.match(formula or "")
        link = (written[1] or formula) if written else link
        value = values.cell(cell.row, cell.column).value if values else None
        fault = "" if value is not None or is_empty else "uncalculated"
    if isinstance(value, datetime) and "d" not in cell.number_format.lower():
        value = less_than_a_day(value, cell.number_format.lower())
    if isinstance(value, str) and cell.data_type in ("e", "f") and value in ERROR_VALUES:
        fault = "error"
    runs, struck = live_runs(value, cell)
    safe = link is not None and link.lower().startswith(LINK_SCHEMES)
    if safe:
        runs = tuple(replace(run, link=link) for run in runs)
    return SourceCell(
        place, runs, value, cell.row, struck,
        left_out_link="" if safe or not link else link,
        has_comment=cell.comment is not None,
        fault=fault,
    )  # fmt: skip


def is_calculated(worksheet: Worksheet, values: Worksheet | None) -> bool:
    """Whether a sheet's formulas have values: then one without shows nothing (openpyxl gives None for an
    empty text, too). A program that writes formulas leaves them all without.
    """
    return values is not None and any(
        values.cell(cell.row, cell.column).value is not None
        for cell in stored_cells(worksheet)
        if isinstance(cell, Cell) and cell.data_type == "f"
    )


def address(link: Hyperlink) -> str | None:
    """Where a link leads; Excel keeps what stands after the `#` apart."""
    if link.location and "#" not in (link.target or ""):
        return f"{link.target or ''}#{link.location}"
    return link.target


def less_than_a_day(value: datetime, number_format: str) -> datetime | str:
    """A date that is shown, and meant, as a month or a year."""
    if "y" not in number_format:
        return value
    return f"{MONTHS[value.month - 1]} {value.year}" if "m" in number_format else f"{value.year}"


def live_runs(value: object, cell: Cell) -> tuple[tuple[Run, ...], str]:
    """A cell's words as runs, and apart from them those struck through."""
    book: Any = cell.parent.parent
    font: Font = book._fonts[cell._style.fontId]  # type: ignore[attr-defined]  # `.font` copies it
    live: list[Run] = []
    struck: list[str] = []
    for text, style in text_pieces(value, cell.number_format, font):
        if style.strike:
            struck.append(text)
        else:
            live.append(Run(text, bool(style.b), bool(style.i)))
    return tuple(live), " ".join("".join(struck).split()) if struck else ""


def text_pieces(
    value: object, number_format: str, font: Font
) -> list[tuple[str, Font | InlineFont]]:
    """The pieces of a value, each with its own font or the cell's."""
    if isinstance(value, CellRichText):
        return [
            (unescaped(piece.text), piece.font)
            if isinstance(piece, TextBlock)
            else (unescaped(piece), font)
            for piece in value
        ]
    return [] if value is None else [(shown(value, number_format), font)]


def unescaped(text: str) -> str:
    """A text without Excel's `_x000D_` escapes."""
    if "_x" not in text and KEPT not in text:
        return text
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text).replace(KEPT, "_")


def shown(value: object, number_format: str) -> str:
    """A value as the officer sees it in the cell, as far as words go."""
    match value:
        case str():
            return unescaped(value)
        case bool():
            return str(value).upper()
        case datetime() if value.time() == time():
            return shown(value.date(), number_format)
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return number_formats.day_shown(value, number_format) or f"{value:%d/%m/%Y}"
        case int() | float() if (words := number_formats.shown(value, number_format)) is not None:
            return words
        case float() if value.is_integer():
            return str(int(value))
    return str(value)
