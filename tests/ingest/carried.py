"""What each kind of file gives of what people see in it: `make docs` makes a table of it for docs/columns.md, and
test_carried.py proves each of its cells on a file of that kind.

`yes`: it is read; `listed`: it is left out of the paper and reported with its place; `no`: the file does not have
it, or we do not read it.
"""

from __future__ import annotations

FORMATS = (".xlsx", ".xlsb", ".ods", ".xls", ".csv", ".docx", ".html")
YES = "yes yes yes yes no yes yes"
CARRIED = {
    "words, dates and numbers": "yes yes yes yes yes yes yes",
    "the form in which a cell shows its number (`QSP/007`, `75%`, `1/2`)": "yes yes yes yes yes yes yes",
    "error values": "yes yes yes yes yes yes yes",
    "bold and italic type": YES,
    "struck-out words, left out and reported": YES,
    "links": YES,
    "numbers above and below the line (10³, CO₂)": YES,
    "merged cells": YES,
    "words under a merged cell": "listed listed listed listed no listed no",
    "hidden rows": "listed listed listed listed no listed listed",
    "hidden columns": "listed listed listed listed no no listed",
    "hidden sheets": "listed listed listed listed no no no",
    "rows that a filter hides": "yes yes yes yes no no no",
    "words that their number format hides (`;;;`)": "listed listed listed listed no no no",
    "words in the colour of their cell": "listed listed listed listed no no no",
    "notes, which are not printed": "listed listed listed listed no no no",
    "the colours that fill cells": "yes yes yes yes no no no",
    "the colours that fill rows": "yes yes no no no no no",
    "pictures, charts and text boxes": "listed listed listed no no listed listed",
    "marks of exemption that are printed above or below its pages": "yes no yes no no yes no",
}
