"""The words at the head of a page on which a table row goes on: whose row it is.

CSS has no way to say them (a string of `string-set` is there too where the page begins with a new
row), so the string is set from the pages as WeasyPrint has laid them out, before it fills their margins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from weasyprint.formatting_structure.boxes import LineBox

_STRING = "going-on"  # in paper.css.j2
_NAME = "data-name"  # of a row that may go on, in paper.html.j2


def going_on(make_margin_boxes: Callable[..., Any]) -> Callable[..., Any]:
    """WeasyPrint's `make_margin_boxes` that knows, on every page, the name of the row that goes on there."""
    last: list[Any] = []  # the last row of the page before

    def make(context: Any, page: Any, state: Any) -> Any:
        rows = list(laid_out_rows(page, with_headings=False))
        goes_on = bool(rows) and last == [rows[0].element]
        name = rows[0].element.get(_NAME, "") if goes_on else ""
        context.string_set[_STRING][context.current_page] = [name]
        last[:] = [row.element for row in rows[-1:]]
        return make_margin_boxes(context, page, state)

    return make


def laid_out_rows(box: Any, *, with_headings: bool = True) -> Iterator[Any]:
    """The table rows in a laid-out page, or their parts that are there, from the top down; lines have none."""
    for child in getattr(box, "children", ()):
        if child.element_tag == "tr":
            yield child
        elif not isinstance(child, LineBox) and (
            with_headings or not getattr(child, "is_header", False)
        ):
            yield from laid_out_rows(child, with_headings=with_headings)
