"""Web pages (.html), of which the paper's table is wanted: as a reader sees them at a screen. lxml reads them,
and nothing is fetched.

A page is walked and not descended into, so that its depth is no matter of Python's own stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from lxml import etree, html
from msgspec import Struct

from pipeline.document import Run
from pipeline.errors import PipelineError
from pipeline.sources import page_styles, symbol_type
from pipeline.sources.letters import UNKNOWN, Letters
from pipeline.sources.letters import decoded as letters_of
from pipeline.sources.list_numbers import whole, written
from pipeline.sources.tables import (
    ITEM,
    STRUCK,
    Grid,
    Piece,
    Words,
    gone,
    joined,
    shortened,
    together,
    unknown_letters,
)
from pipeline.workbook import Read

LACKING = "what scripts and style sheets outside the page show or hide"
BLOCKS = frozenset({
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "caption", "tr",
    "section", "article", "header", "footer", "main", "aside", "nav", "blockquote", "pre", "figure", "figcaption",
    "fieldset", "legend", "address", "details", "summary", "form", "hr", "center", "textarea",
})  # fmt: skip
APART = frozenset({"td", "th", "option"})  # words beside each other
ROWS = frozenset({"tr", "td", "th"})
UNSAID = frozenset({"script", "style", "head", "template", "button", "datalist", "colgroup"})
AROUND = frozenset({"nav", "footer", "form"})  # a page's own, where the table is not in them
OURS = {
    "id": ("Bar",),
    "class": ("skip", "draft", "self"),
}  # what our own pages put beside a paper's words
COUNTED = {
    "a": "alphabetic", "A": "upperAlphabetic", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip  # how a list counts, as `list_numbers` calls it
MOST_COLUMNS, MOST_ROWS = 1000, 65534  # that a cell is merged over: HTML Living Standard, 4.9.11
MOST_BESIDE = 2  # cells in a row of a table that is there for the page's layout
VOID = re.compile(
    r"<(?:wbr|source|track|embed|keygen)\b[^<>]*>", re.IGNORECASE
)  # of which lxml knows no end
DECLARED = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([-\w:.]+)|<\?xml[^>]+encoding\s*=\s*["']([-\w]+)""",
    re.IGNORECASE,
)
HEAD = 4096  # bytes in which a page says its encoding
TYPED = frozenset({
    "", "text", "search", "email", "url", "tel", "number", "date", "time", "month", "week", "datetime-local", "range",
})  # fmt: skip  # kinds of field that show what is typed in them
TICKED, EMPTY = "☒", "☐"
# What is taken whole: a field, a picture and their like.
WHOLE = frozenset(
    {"select", "input", "img", "svg", "math", "video", "audio", "canvas", "iframe", "object"}
)
OF_LOOKS = frozenset(
    {"del", "s", "strike", "font", "pre", "textarea", "dialog"}
)  # that change how words are
HIDDEN, PICTURE = "is hidden", "is a picture"
LINE = Piece(Run("\n"))
# What stands before an element's words, and behind them.
SEAMS = dict.fromkeys(BLOCKS, (LINE,)) | dict.fromkeys(APART, (Piece(Run(" ")),))
ENDS = dict.fromkeys(BLOCKS | {"br"}, (LINE,))


class TooDeepError(ValueError):
    """A page has elements in one another deeper than lxml reads, which is 2,048."""


class Frame(Struct, frozen=True):
    """How the words of an element are: their looks, why they are not live, and in which type they are set."""

    looks: Run = Run("")
    kept_out: str = ""
    is_invisible: bool = False
    typeface: str = ""
    as_typed: bool = False


def read(data: bytes, name: str) -> Read:
    """The page's lines and tables as one sheet. Raises `PipelineError` where it has no table."""
    letters = decoded(data)
    try:
        page = tree(letters.text)
    except TooDeepError:
        raise PipelineError(
            f"{name} has elements in elements deeper than can be read.",
            "Copy its table into a Word document, and give that.",
        ) from None
    if page is None or page.find(".//table") is None:
        refuse(page, name)
    page_styles.inline(page)
    settle_choices(page)
    grid = Grid(PurePath(name).stem)
    frames: dict[Any, Frame] = {}
    line: list[Piece] = []
    lines: list[Words] = []
    for piece in pieces(page.body, Frame(), tables=True):
        if isinstance(piece, Piece) and piece is not LINE:
            line.append(piece)
            continue
        lines.append(words_of(line))
        line = []
        if not isinstance(piece, Piece):
            add_lines(grid, lines)
            lines = []
            add_table(grid, piece, frames)
    add_lines(grid, [*lines, words_of(line)])
    said = f"{letters.unknown} of its characters (shown as {UNKNOWN})"
    return grid.read(LACKING, [said] if letters.unknown else [])


def refuse(page: Any, name: str) -> None:
    """Raises `PipelineError`, which says what a page without a table is."""
    if page is not None and page.find(".//input[@type='password']") is not None:
        raise PipelineError(
            f"{name} is the page of a sign-in, and not the paper.",
            "Sign in with your browser, and save the paper's page or document from there.",
        )
    raise PipelineError(f"{name} has no table in it.", "Give the page with the paper's table.")


def decoded(data: bytes) -> Letters:
    """A page's letters."""
    found = DECLARED.search(data[:HEAD])
    return letters_of(data, (found[1] or found[2]).decode("ascii", "replace") if found else "")


def tree(text: str) -> Any:
    """A page's tree; None where there is nothing in it. Raises `TooDeepError` where it is cut off."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    bare = VOID.sub("", text.replace("\0", "")).encode("utf-8", "replace")
    try:
        page = html.document_fromstring(bare, parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    if any(fault.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for fault in parser.error_log):
        raise TooDeepError
    return page if page.find("body") is not None else None


def settle_choices(page: Any) -> None:
    """Take away what nobody chose: each radio button that is not pressed, with its label."""
    labels = {one.get("for"): one for one in page.iter("label") if one.get("for")}
    for button in [one for one in page.iter("input") if kind(one) == "radio"]:
        if button.get("checked") is not None:
            continue
        around = next(button.iterancestors("label"), None)
        label = around if around is not None else labels.get(button.get("id"))
        if label is None:
            button.tail = None
        elif label.getparent() is not None:
            label.drop_tree()


def kind(field: Any) -> str:
    """The kind of an input field."""
    return str(field.get("type", "")).strip().lower()


def add_lines(grid: Grid, lines: list[Words]) -> None:
    """Lines outside tables, without what is said of pictures, which are the page's."""
    for words in lines:
        kept = tuple(one for one in words.left_out if not one.endswith(PICTURE))
        if line := Words(words.runs, words.struck, kept):
            grid.add_line(line)


def add_table(grid: Grid, table: Any, frames: dict[Any, Frame]) -> None:
    """A table's rows, cells merged downwards given to each row that they are on. A cell that is not shown takes
    no column: what is in it is listed with the one before it.
    """
    held: dict[int, tuple[int, int, Words, int]] = {}  # rows left, last column, words, row
    for one in table.iterchildren("caption"):
        add_lines(grid, list(lines(one, frame_of(table, frames))))
    for row, there in rows_of(table).items():
        frame = frame_of(row, frames)
        cells: list[tuple[int, int, Words, int]] = []
        column = 1
        if frame.kept_out:
            said = " ".join("".join(cell.itertext()) for cell in there)
            grid.add_line(gone(said, frame.kept_out))
            continue
        waiting = [(cell, joined(lines(cell, frame))) for cell in reversed(there)]
        furthest = max(held, default=0)
        while waiting or column <= furthest:
            if column in held:
                left, last, words, began = held.pop(column)
                if left > 1:
                    held[column] = left - 1, last, words, began
            elif waiting:
                cell, words = waiting.pop()
                if cells and is_away(cell):
                    cells[-1] = beside(cells[-1], words)
                    continue
                last, began = column + span(cell, "colspan", MOST_COLUMNS) - 1, 0
                if (down := span(cell, "rowspan", MOST_ROWS) - 1) > 0:
                    held[column] = down, last, words, grid.next
            else:
                last, words, began = column, Words(), 0
            cells.append((column, last, words, began))
            column = last + 1
        grid.add_row(cells)


def rows_of(table: Any) -> dict[Any, list[Any]]:
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
    return rows


def is_away(cell: Any) -> bool:
    """Whether a cell is not shown at all."""
    return why_kept_out(cell, page_styles.declared(cell.get("style", ""))) == HIDDEN


def beside(cell: tuple[int, int, Words, int], hidden: Words) -> tuple[int, int, Words, int]:
    """A cell that also lists what is hidden beside it."""
    first, last, words, began = cell
    return first, last, Words(words.runs, words.struck, words.left_out + hidden.left_out), began


def span(cell: Any, name: str, most: int) -> int:
    """Over how many columns or rows a cell is merged."""
    said = whole(cell.get(name), 1)
    return said if 1 <= said <= most else 1


def lines(element: Any, frame: Frame = Frame()) -> Iterator[Words]:  # noqa: B008  # frozen
    """The lines of an element's words: blocks and line breaks begin new ones, and list items a bullet or
    their number. `frame` is what the element is in.
    """
    line: list[Piece] = []
    for piece in pieces(element, frame):
        if piece is LINE:
            yield words_of(line)
            line = []
        else:
            line.append(piece)
    yield words_of(line)


def words_of(line: list[Piece]) -> Words:
    """A line's live words, and what is struck out or hidden in it."""
    live = tuple(piece.run for piece in line if not piece.kept_out)
    left_out = [
        shortened(piece.run.text, piece.kept_out)
        for piece in together(line)
        if piece.kept_out not in ("", STRUCK) and piece.run.text.strip()
    ]
    return Words(
        live,
        " ".join("".join(piece.run.text for piece in line if piece.kept_out == STRUCK).split()),
        (*left_out, *unknown_letters(live)),
    )


def frame_of(element: Any, frames: dict[Any, Frame]) -> Frame:
    """How the words in an element are; `frames` are those that are known."""
    above = []
    one = element
    while one is not None and one not in frames:
        above.append(one)
        one = one.getparent()
    frame = Frame() if one is None else frames[one]
    for one in reversed(above):
        frame = frames[one] = inner(one, frame)
    return frame


def inner(element: Any, frame: Frame) -> Frame:
    """How the words of an element are, by how those around it are."""
    tag = element.tag
    styles = page_styles.declared(element.get("style", ""))
    visibility = styles.get("visibility")
    link = address(element) if tag == "a" else None
    looks = frame.looks
    if tag in ("b", "strong", "i", "em") or link:
        looks = Run(
            "",
            looks.bold or tag in ("b", "strong"),
            looks.italic or tag in ("i", "em"),
            link or looks.link,
        )
    if (
        not styles
        and tag not in OF_LOOKS
        and looks is frame.looks
        and element.get("hidden") is None
    ):
        return frame
    family = styles.get("font-family") or (element.get("face") if tag == "font" else "")
    return Frame(
        looks,
        frame.kept_out or why_kept_out(element, styles),
        frame.is_invisible if visibility is None else visibility in ("hidden", "collapse"),
        family.partition(",")[0].strip(" '\"") if family else frame.typeface,
        frame.as_typed or tag in ("pre", "textarea"),
    )


def why_kept_out(element: Any, styles: dict[str, str]) -> str:
    """Why an element's words are not live, or nothing."""
    is_shut = element.tag == "dialog" and element.get("open") is None
    if element.get("hidden") is not None or is_shut or page_styles.is_hidden(styles):
        return HIDDEN
    struck = element.tag in ("del", "s", "strike") or page_styles.is_struck(styles)
    return STRUCK if struck else ""


class Count:
    """How far a list has counted."""

    def __init__(self, listed: Any) -> None:
        items = (
            sum(1 for one in listed.iterchildren("li")) if listed.get("reversed") is not None else 0
        )
        self.step = -1 if listed.get("reversed") is not None else 1
        self.next = whole(listed.get("start"), items or 1)
        self.kind = COUNTED.get(listed.get("type", "1"), "decimal")
        self.end = (
            ")" if "bracket" in listed.get("class", "").split() else "."
        )  # as our own pages have it

    def mark(self, item: Any) -> Run:
        """What stands before the next item: its number as the page counts (HTML Living Standard, 4.4.5)."""
        number = whole(item.get("value"), self.next)
        self.next = number + self.step
        return Run(f"{written(number, self.kind)}{self.end} ")


def pieces(root: Any, frame: Frame, *, tables: bool = False) -> Iterator[Any]:
    """The pieces of an element, with a line end (`LINE`) about each block; with `tables` also each table of
    words in it, as it stands in the page.
    """
    frames = [frame]
    counts: dict[Any, Count] = {}
    is_cell, depth = root.tag in APART, 0
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            frames.append(inner(element, frames[-1]))
            depth += tag == "table"
            if is_cell and not depth and tag in ROWS and element is not root:
                walk.skip_subtree()  # it is none of this cell: see `rows_of`
                continue
            yield from SEAMS.get(tag, ()) if element is not root else ()
            if tables and tag == "table" and not is_layout(element):
                yield element
                walk.skip_subtree()
            elif element is not root and (is_unsaid(element) or tag in WHOLE):
                yield from of_its_own(element, frames[-1])
                walk.skip_subtree()
            else:
                if tag == "li" and element is not root:
                    yield Piece(marked(element, counts), why(frames[-1]))
                yield from said(element.text, frames[-1])
            continue
        if event == "end":
            frames.pop()
            depth -= tag == "table"
            yield from ENDS.get(tag, ())
        if element is not root:
            yield from said(element.tail, frames[-1])


def marked(item: Any, counts: dict[Any, Count]) -> Run:
    """What stands before a list item: a bullet, or its number."""
    above = item.getparent()
    if above is None or above.tag != "ol":
        return ITEM
    if above not in counts:
        counts[above] = Count(above)
    return counts[above].mark(item)


def is_unsaid(element: Any) -> bool:
    """Whether an element holds none of a paper's words."""
    if element.tag in UNSAID or any(element.get(name) in values for name, values in OURS.items()):
        return True
    if element.tag not in AROUND:
        return False
    return element.find(".//table") is None and next(element.iterancestors("table"), None) is None


def is_layout(table: Any) -> bool:
    """Whether a table is there for the page's layout, with the paper's in one of its cells."""
    rows = table.xpath("./tr | ./*/tr")
    is_narrow = all(len(row) <= MOST_BESIDE for row in rows)
    return is_narrow and table.find(".//table") is not None


def of_its_own(element: Any, frame: Frame) -> Iterator[Piece]:
    """What an element shows that is no text: what is chosen or typed in a field, or what is said of it."""
    match element.tag:
        case "select":
            for option in chosen(element):
                yield from said(option.get("label") or str(option.text_content()), frame)
        case "input":
            yield from said(field_words(element), frame)
        case "img" | "svg":
            words = str(
                element.get("alt") or element.get("aria-label") or element.get("title") or ""
            )
            words = words or (
                "picture" if element.tag == "img" and element.get("alt") is None else ""
            )
            yield Piece(Run(words), PICTURE)
        case "math":
            words = str(element.get("alttext") or element.text_content())
            yield Piece(Run(words), "is an equation")
        case "video" | "audio" | "canvas" | "iframe" | "object":
            yield Piece(Run(str(element.get("title") or element.tag)), "is embedded in the page")


def chosen(select: Any) -> list[Any]:
    """The options that a list of choices shows; none where it shows a prompt."""
    options = list(select.iter("option"))
    picked = [one for one in options if one.get("selected") is not None]
    if select.get("multiple") is not None:
        return picked
    usual = (
        [one for one in options if one.get("disabled") is None]
        if whole(select.get("size"), 1) == 1
        else []
    )
    shown = picked[-1:] or usual[:1]
    return [one for one in shown if one.get("value") != "" and one.get("disabled") is None]


def field_words(field: Any) -> str:
    """What an input field shows."""
    if kind(field) == "checkbox":
        return f"{TICKED if field.get('checked') is not None else EMPTY} "
    return str(field.get("value", "")) if kind(field) in TYPED else ""


def said(words: str | None, frame: Frame) -> Iterator[Piece]:
    """Words of a page, whose line ends are spaces but where they count as typed."""
    if not words:
        return
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines if frame.as_typed else [" ".join(lines)]):
        if number:
            yield LINE
        if line:
            text = symbol_type.as_signs(line, frame.typeface) if frame.typeface else line
            yield Piece(
                Run(text, frame.looks.bold, frame.looks.italic, frame.looks.link), why(frame)
            )


def why(frame: Frame) -> str:
    """Why words are not live, or nothing."""
    return frame.kept_out or (HIDDEN if frame.is_invisible else "")


def address(element: Any) -> str | None:
    """Where a link leads, if a reader of papers can go there."""
    href = str(element.get("href", "")).strip()
    return href if href.startswith(("http:", "https:", "mailto:")) else None
