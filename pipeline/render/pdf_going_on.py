"""The words at the head of a page on which a table row goes on: whose row it is.

CSS has no way to say them (a string of `string-set` is there too where the page begins with a new
row), so the string is set from the pages as WeasyPrint has laid them out, before it fills their margins.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint.layout
from weasyprint.formatting_structure.boxes import LineBox, TableBox, TableRowBox

_STRING = "going-on"  # in paper.css.j2
_NAME = "data-name"  # of a row that may go on, in paper.html.j2


@contextmanager
def going_on() -> Iterator[None]:
    """WeasyPrint knows meanwhile, on every page, the name of the row that goes on there."""
    original = weasyprint.layout.make_margin_boxes
    last: list[Any] = []  # the last row of the page before

    def make_margin_boxes(context: Any, page: Any, state: Any) -> Any:
        rows = list(_body_rows(page))
        goes_on = bool(rows) and last == [rows[0].element]
        name = rows[0].element.get(_NAME, "") if goes_on else ""
        context.string_set[_STRING][context.current_page] = [name]
        last[:] = [row.element for row in rows[-1:]]
        return original(context, page, state)

    weasyprint.layout.make_margin_boxes = make_margin_boxes
    try:
        yield
    finally:
        weasyprint.layout.make_margin_boxes = original


def _body_rows(page: Any) -> Iterator[Any]:
    """The rows of the table on a page, or their parts that are there; not those of its head."""
    for table in _tables(page):
        for group in table.children:
            if not group.is_header:
                yield from (row for row in group.children if isinstance(row, TableRowBox))


def _tables(box: Any) -> Iterator[Any]:
    """The tables in a box. Lines have none."""
    for child in getattr(box, "children", ()):
        if isinstance(child, TableBox):
            yield child
        elif not isinstance(child, LineBox):
            yield from _tables(child)
