"""Web pages (.html), of which the paper's table is wanted: as a reader sees them at a screen. lxml reads them,
and nothing is fetched.

A page is walked and not descended into, so that its depth is no matter of Python's own stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import takewhile
from pathlib import PurePath
from typing import Any

from lxml import etree, html
from msgspec.structs import replace

from pipeline.ingest import limits, lines, page_styles
from pipeline.ingest.figures import whole_number, written_number
from pipeline.ingest.filling import Filling
from pipeline.ingest.letters import UNKNOWN, decoded
from pipeline.ingest.lines import CellWords, Span
from pipeline.ingest.page_styles import Frame, takes_no_place
from pipeline.ingest.refusals import refused
from pipeline.ingest.workbook import Read
from pipeline.model.document import Run

_LACKING = "what scripts and style sheets outside the page show or hide"
_BLOCKS = frozenset({
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "caption", "tr",
    "section", "article", "header", "footer", "main", "aside", "nav", "blockquote", "pre", "figure", "figcaption",
    "fieldset", "legend", "address", "details", "summary", "form", "hr", "center", "textarea",
})  # fmt: skip
_APART = frozenset({"td", "th", "option"})  # words beside each other
_ROWS = frozenset({"tr", "td", "th"})
_UNSAID = frozenset({"script", "style", "head", "template", "button", "datalist", "colgroup"})
_AROUND = frozenset({"nav", "footer", "form"})  # a page's own, where the table is not in them
# What our own pages put beside a paper's words.
_OURS = {"id": ("Bar",), "class": ("skip", "draft", "self")}
_COUNTED = {
    "a": "lowerAlphabetic", "A": "upperAlphabetic", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip  # how a list counts, as `figures` calls it
_MOST_COLUMNS, _MOST_ROWS = 1000, 65534  # that a cell is merged over: HTML Living Standard, 4.9.11
_MOST_BESIDE = 2  # cells in a row of a table that is there for the page's layout
# Of which lxml knows no end.
_VOID = re.compile(r"<(?:wbr|source|track|embed|keygen)\b[^<>]*>", re.IGNORECASE)
_TYPED = frozenset({
    "", "text", "search", "email", "url", "tel", "number", "date", "time", "month", "week", "datetime-local", "range",
})  # fmt: skip  # kinds of field that show what is typed in them
# What is taken whole: a field, a picture and their like.
_WHOLE = frozenset(
    {"select", "input", "img", "svg", "math", "video", "audio", "canvas", "iframe", "object"}
)
_LINE = Span(Run("\n"))
# What stands before an element's words, and behind them.
_SEAMS = dict.fromkeys(_BLOCKS, (_LINE,)) | dict.fromkeys(_APART, (Span(Run(" ")),))
_ENDS = dict.fromkeys(_BLOCKS | {"br"}, (_LINE,))


def read_web(data: bytes, name: str) -> Read:
    """The page's lines and tables as one sheet. Raises `PipelineError` where it has no table."""
    text, coding = decoded(data)
    limits.keep(name, text.count("<"), limits.TAGS, "tags")
    page = tree(text, name)
    if page is None or page.find(".//table") is None:
        is_sign_in = page is not None and page.find(".//input[@type='password']") is not None
        raise refused(name, "paper sign-in" if is_sign_in else "paper without table")
    page_styles.inline(page)
    _settle_choices(page)
    sheet = Filling(PurePath(name).stem)
    for one in _lines(_pieces(page.body, Frame().inner(page), tables=True)):
        if isinstance(one, CellWords):
            _add_lines(sheet, [one])
        else:
            _add_table(sheet, *one)
    unknown = text.count(UNKNOWN) - data.decode(coding, "ignore").count(UNKNOWN)
    said = f"{unknown} of its characters (shown as {UNKNOWN})"
    return Read((sheet.sheet(),), _LACKING, passed_over=(said,) if unknown else ())


def tree(text: str, name: str = "The page") -> Any:
    """A page's tree; None where there is nothing in it. Raises `PipelineError` where it is cut off, as it has elements
    in one another deeper than lxml reads, which is 2,048.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    bare = _VOID.sub("", text.replace("\0", "")).encode("utf-8", "replace")
    try:
        page = html.document_fromstring(bare, parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    if any(fault.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for fault in parser.error_log):
        raise refused(name, "deep")
    return page if page.find("body") is not None else None


def _settle_choices(page: Any) -> None:
    """Take away what nobody chose: each radio button that is not pressed, with its label."""
    buttons = [one for one in page.iter("input") if _kind(one) == "radio" and not one.checked]
    for button in buttons:
        label = next(button.iterancestors("label"), button.label)
        if label is None:
            button.tail = None
        elif label.getparent() is not None:
            label.drop_tree()


def _kind(field: Any) -> str:
    return str(field.get("type", "")).strip().lower()


def _add_lines(sheet: Filling, found: Iterable[CellWords]) -> None:
    """Lines outside tables."""
    for words in found:
        if line := lines.without_pictures(words):
            sheet.add_line(line)


def _add_table(sheet: Filling, table: Any, whole: Frame) -> None:
    """A table's rows, in the frame of the table; cells merged downwards given to each row that they are on. A cell that
    is not shown takes no column: what is in it is listed with the one before it.
    """
    held: dict[int, tuple[int, int, CellWords, int]] = {}  # rows left, last column, words, row
    for one in table.iterchildren("caption"):
        _add_lines(sheet, lines_of_page(one, whole))
    for row, there in _rows_of(table).items():
        above = [row, *takewhile(lambda one: one is not table, row.iterancestors())]
        frame = reduce(Frame.inner, reversed(above), whole)
        if frame.kept_out:
            said = " ".join("".join(cell.itertext()) for cell in there)
            sheet.add_line(lines.gone(said, frame.kept_out))
            continue
        cells = [(first, last, words, began) for first, (_, last, words, began) in held.items()]
        ends = {first: last for first, last, _, _ in cells}
        held = {one: (its[0] - 1, *its[1:]) for one, its in held.items() if its[0] > 1}
        last = 0
        for cell in there:
            words = lines.joined_lines(lines_of_page(cell, frame))
            if cells and takes_no_place(cell):
                first, end, before, began = cells[-1]
                listed = before.left_out + words.left_out
                cells[-1] = first, end, replace(before, left_out=listed), began
                continue
            first = last + 1
            while first in ends:
                first = ends[first] + 1
            last = first + _span(cell, "colspan", _MOST_COLUMNS) - 1
            down = _span(cell, "rowspan", _MOST_ROWS) - 1
            if whole_number(cell.get("rowspan"), 1) == 0:  # as far as its group of rows goes
                down = sum(1 for _ in row.itersiblings("tr"))
            if down:
                held[first] = down, last, words, sheet.last + 1
            cells.append((first, last, words, 0))
        sheet.add_row(cells)


def _rows_of(table: Any) -> dict[Any, list[Any]]:
    """The rows of a table, each with its cells, wherever lxml puts them: it takes a cell that follows one with
    an element without an end to be in that element.
    """
    rows: dict[Any, list[Any]] = {}
    for one in table.iter("tr", "td", "th"):
        if next(one.iterancestors("table")) is not table:
            continue
        if one.tag == "tr":
            rows[one] = []
        elif (row := next(one.iterancestors("tr", "table"))) is not table:
            rows[row].append(one)
    heads, feet = (next(table.iterchildren(name), None) for name in ("thead", "tfoot"))
    order = {heads: 0, feet: 2}  # wherever they stand in the page
    return dict(sorted(rows.items(), key=lambda pair: order.get(pair[0].getparent(), 1)))


def _span(cell: Any, name: str, most: int) -> int:
    """Over how many columns or rows a cell is merged."""
    said = whole_number(cell.get(name), 1)
    return said if 1 <= said <= most else 1


def lines_of_page(element: Any, frame: Frame = Frame()) -> Iterator[CellWords]:  # noqa: B008  # frozen
    """The lines of an element's words: blocks and line breaks begin new ones, and list items a bullet or
    their number. `frame` is what the element is in.
    """
    return _lines(_pieces(element, frame))


def _lines(pieces: Iterable[Any]) -> Iterator[Any]:
    """The lines that some pieces make, and the tables between them."""
    line: list[Span] = []
    for piece in pieces:
        if isinstance(piece, Span) and piece is not _LINE:
            line.append(piece)
            continue
        yield lines.line_of(line)
        line = []
        if piece is not _LINE:
            yield piece
    yield lines.line_of(line)


class Count:
    """How far a list has counted."""

    def __init__(self, listed: Any) -> None:
        is_reversed = listed.get("reversed") is not None
        items = sum(1 for one in listed.iterchildren("li")) if is_reversed else 0
        self.step = -1 if is_reversed else 1
        self.next = whole_number(listed.get("start"), items or 1)
        self.kind = _COUNTED.get(listed.get("type", "1"), "decimal")
        is_bracketed = "bracket" in listed.get("class", "").split()  # as our own pages have it
        self.end = ")" if is_bracketed else "."

    def mark(self, item: Any) -> Run:
        """What stands before the next item: its number as the page counts (HTML Living Standard, 4.4.5)."""
        number = whole_number(item.get("value"), self.next)
        self.next = number + self.step
        return Run(f"{written_number(number, self.kind)}{self.end} ")


def _pieces(root: Any, frame: Frame, *, tables: bool = False) -> Iterator[Any]:
    """The pieces of an element, with a line end (`LINE`) about each block; with `tables` also each table of
    words in it, as it stands in the page.
    """
    frames = [frame]
    counts: dict[Any, Count] = {}
    is_cell, depth = root.tag in _APART, 0
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            frames.append(frames[-1].inner(element))
            depth += tag == "table"
            if is_cell and not depth and tag in _ROWS and element is not root:
                walk.skip_subtree()  # it is none of this cell: see `rows_of`
                continue
            yield from _SEAMS.get(tag, ()) if element is not root else ()
            if tables and tag == "table" and not _is_layout(element):
                yield element, frames[-1]
                walk.skip_subtree()
            elif element is not root and (_is_unsaid(element) or tag in _WHOLE):
                yield from _of_its_own(element, frames[-1])
                walk.skip_subtree()
            else:
                if tag == "li" and element is not root:
                    yield replace(frames[-1].span(""), run=marked_item(element, counts))
                yield from _said(element.text, frames[-1])
            continue
        if event == "end":
            frames.pop()
            depth -= tag == "table"
            yield from _ENDS.get(tag, ())
        if element is not root:
            yield from _said(element.tail, frames[-1])


def marked_item(item: Any, counts: dict[Any, Count]) -> Run:
    """What stands before a list item: a bullet, or its number."""
    above = item.getparent()
    if above is None or above.tag != "ol":
        return lines.ITEM
    if above not in counts:
        counts[above] = Count(above)
    return counts[above].mark(item)


def _is_unsaid(element: Any) -> bool:
    """Whether an element holds none of a paper's words."""
    if element.tag in _UNSAID or any(element.get(name) in values for name, values in _OURS.items()):
        return True
    if element.tag not in _AROUND:
        return False
    return element.find(".//table") is None and next(element.iterancestors("table"), None) is None


def _is_layout(table: Any) -> bool:
    """Whether a table is there for the page's layout, with the paper's in one of its cells."""
    rows = table.xpath("./tr | ./*/tr")
    is_narrow = all(len(row) <= _MOST_BESIDE for row in rows)
    return is_narrow and table.find(".//table") is not None


def _of_its_own(element: Any, frame: Frame) -> Iterator[Span]:
    """What an element shows that is no text: what is chosen or typed in a field, or what is said of it."""
    match element.tag:
        case "select":
            for option in _chosen(element):
                yield from _said(option.get("label") or str(option.text_content()), frame)
        case "input":
            yield from _said(_field_words(element), frame)
        case "img" | "svg":
            said = (element.get(name) for name in ("alt", "aria-label", "title"))
            is_unnamed = element.tag == "img" and element.get("alt") is None
            words = next(filter(None, said), "picture" if is_unnamed else "")
            yield Span(Run(str(words)), lines.PICTURE)
        case "math":
            words = str(element.get("alttext") or element.text_content())
            yield Span(Run(words), "is an equation")
        case "video" | "audio" | "canvas" | "iframe" | "object":
            yield Span(Run(str(element.get("title") or element.tag)), "is embedded in the page")


def _chosen(select: Any) -> list[Any]:
    """The options that a list of choices shows; none where it shows a prompt."""
    options = list(select.iter("option"))
    picked = [one for one in options if one.get("selected") is not None]
    if select.get("multiple") is not None:
        return picked
    usable = [one for one in options if one.get("disabled") is None]
    drops_down = whole_number(select.get("size"), 1) == 1
    shown = picked[-1:] or (usable[:1] if drops_down else [])
    return [one for one in shown if one.get("value") != "" and one in usable]


def _field_words(field: Any) -> str:
    if _kind(field) == "checkbox":
        return f"{lines.TICKED if field.get('checked') is not None else lines.EMPTY} "
    return str(field.get("value", "")) if _kind(field) in _TYPED else ""


def _said(words: str | None, frame: Frame) -> Iterator[Span]:
    """Words of a page, whose line ends are spaces but where they count as typed."""
    if not words:
        return
    typed = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(typed if frame.as_typed else [" ".join(typed)]):
        if number:
            yield _LINE
        if line:
            yield frame.span(line)
