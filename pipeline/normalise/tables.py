"""Which sheets of a workbook have a table of actions, and why the others have none."""

from __future__ import annotations

from msgspec import Struct

from pipeline.council.columns import Columns
from pipeline.ingest.workbook import Sheet
from pipeline.model.action import COMMITTEE_FIELD
from pipeline.model.errors import PipelineError
from pipeline.model.words import ends, has_one, is_one
from pipeline.normalise import layout, officers_list, title_block
from pipeline.normalise.tracker import Layout, TitleBlock, cells_above

_COVER_ROWS = 20  # of a sheet without a table, in which names are looked for


class ActionTable(Struct, frozen=True):
    """A sheet with a table that can be read, and the lines above it."""

    sheet: Sheet
    layout: Layout
    titles: TitleBlock


def tables_of(
    sheets: list[Sheet], known: Columns
) -> tuple[list[ActionTable], dict[str, PipelineError]]:
    """The tables that can be read, and why those that are like one cannot be."""
    tables: list[ActionTable] = []
    refused: dict[str, PipelineError] = {}
    for sheet in sheets:
        try:
            found = layout.find(sheet, known)
        except PipelineError as fault:
            if not officers_list.is_directory(sheet):
                refused[sheet.name] = fault
            continue
        if found is not None and (
            "action" in found.columns or not officers_list.is_directory(sheet)
        ):
            is_by_column = COMMITTEE_FIELD in found.columns
            titles = title_block.title_block_above(
                sheet, found.first_row, known, has_column=is_by_column
            )
            tables.append(ActionTable(sheet, found, titles))
    return tables, refused


def set_aside(
    tables: list[ActionTable], refused: dict[str, PipelineError], known: Columns
) -> tuple[list[ActionTable], dict[str, PipelineError]]:
    """The tables without those that are no trackers: of an ignored sheet, or of a programme of work, which
    is said. Where nothing else is there, they are.
    """
    ignored = {one.sheet.name for one in tables if is_ignored(one.sheet, known)}
    programmes = {one.sheet.name for one in tables if _is_programme(one, known)} - ignored
    kept = [one for one in tables if one.sheet.name not in ignored | programmes]
    if not kept:
        return tables, refused
    why = PipelineError(
        "it is called a programme of work, and is no tracker of actions.",
        "Call it otherwise if it holds actions.",
    )
    return kept, {**refused, **dict.fromkeys(programmes, why)}


def is_ignored(sheet: Sheet, known: Columns) -> bool:
    """Whether a sheet is the officers' alone."""
    return is_one(sheet.name, known.ignored.sheets)


def _is_programme(table: ActionTable, known: Columns) -> bool:
    """Whether a sheet is a programme of work by its name or the end of its first line."""
    names = [table.sheet.name, *(cell.words for cell in cells_above(table.sheet, table.layout)[:1])]
    return any(
        ends(name, known.ignored.programmes) and not has_one(name, known.title_block.papers)
        for name in names
    )


def cover(sheet: Sheet, known: Columns) -> TitleBlock:
    """What the first lines of a sheet without a table say; nothing where its place alone tells a committee."""
    titles = title_block.title_block_above(sheet, _COVER_ROWS, known)
    told = title_block.title_block_above(sheet, _COVER_ROWS, known, has_column=True).committee
    is_programme = ends(titles.committee, known.ignored.programmes)
    return TitleBlock() if is_programme or titles.committee != told else titles


def no_table(sheets: list[Sheet], known: Columns) -> PipelineError:
    """That no sheet has a table, with the row that is most like its headings, or that they are a column."""
    laid_sideways = layout.sideways(sheets, known)
    if laid_sideways:
        return PipelineError(
            laid_sideways,
            "Write them in one row, and each action in a row of its own below (in Excel: copy, then "
            "Paste Special, Transpose).",
        )
    nearest, explained = layout.nearest_row(sheets, known)
    names = ", ".join(f"'{sheet.name}'" for sheet in sheets) or "none"
    return PipelineError(
        f"No sheet has a row of headings that we know.{nearest}",
        f"The table needs {', '.join(known.wanted())}; docs/columns.md says how to name others.",
        (f"  Sheets: {names}", *explained),
    )
