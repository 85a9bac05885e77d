"""How much of a file is read: bounds that no tracker reaches, and that are reached before memory is. docs/limits.md
lists them.
"""

from __future__ import annotations

from pipeline.ingest.refusals import refused

FILE = 50_000_000  # bytes
PART = 100_000_000  # bytes of one unpacked part of a file
UNPACKED = 300_000_000  # bytes of all of them
RATIO = 500  # how many times its packed size a large part may have
TAGS = 2_000_000  # of a web page, or of a part that is kept as a tree
LINES = 1_000_000  # of a text, empty ones too
PARTS = 5_000  # of an Office file
ROWS = 100_000  # of a sheet, with something in them
COLUMNS = 16_384  # of a row of text: as many as Excel has
CELLS = 500_000  # of a sheet, with something in them
AREAS = 50_000_000  # filled cells of a sheet, times its merged, linked and conditionally formatted ranges
ATTACHMENTS = 1_000  # of a PDF
RECORDS = 50_000_000  # unpacked bytes of the records in a PDF
LETTERS = 100_000  # of a cell; Excel takes 32,767


def keep(name: str, number: float, most: int, what: str) -> None:
    """Raises `PipelineError` where a file has more of something than is read."""
    if number > most:
        raise refused(name, "large", most=most, of=what)
