"""The paper as a tagged PDF (PDF/UA-1 and PDF/A-3a), drawn by WeasyPrint from our own templates alone."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from io import BytesIO
from typing import Any, NoReturn

import pydyf
import weasyprint.layout
import weasyprint.pdf
from markupsafe import Markup, escape
from msgspec.structs import replace
from weasyprint.css import ColorProfile
from weasyprint.css.counters import CounterStyle
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from pipeline.compose.measure import may_be_tall, room_to_start, row_name, row_room
from pipeline.council.house import HouseStyle
from pipeline.model.document import Paper, Table, outline
from pipeline.render import Drawn
from pipeline.render.pdf_finish import finished
from pipeline.render.pdf_tags import add_tags
from pipeline.render.shapes import private
from pipeline.render.templates import filled

_PX_PER_MM = 96 / 25.4
_VARIANT = "pdf/a-3a"
_PROFILE = "sRGB2014.icc"
_TALLEST_PAGE = 100_000  # millimetres; only to measure on
_REFERENCE = re.compile(r"([A-Za-z0-9/.-]{0,18}[A-Za-z]/\d[A-Za-z0-9/-]{0,18})")
_STRING = "going-on"  # in paper.css.j2
_NAME = "data-name"  # of a row that may go on, in paper.html.j2
_UNKNOWN_GLYPH = re.compile(r"U\+([0-9A-F]+)")


def render(paper: Paper, house: HouseStyle) -> Drawn:
    """The PDF's bytes, and the characters that no installed font has."""
    with _as_ours(), _listening() as said:
        html = _page(paper, house, _tall_rows(paper, house))
        data = _written(_drawn(html, _looks(paper, house, house.page.height)))
    return Drawn(
        finished(data, paper, house, f"WeasyPrint {weasyprint.__version__}"),
        frozenset(_undrawable(said)) | private({*"".join(outline(paper))}),
    )


def _drawn(html: str, css: str) -> weasyprint.Document:
    """WeasyPrint's layout of some HTML."""
    counters = CounterStyle()
    styles = [weasyprint.CSS(string=css, url_fetcher=OpensNothing(), counter_style=counters)]
    return weasyprint.HTML(string=html, url_fetcher=OpensNothing()).render(
        stylesheets=styles,
        counter_style=counters,
        pdf_variant=_VARIANT,
    )


def _written(document: weasyprint.Document) -> bytes:
    """A laid-out document as a PDF. An archive's says what its colours mean: sRGB."""
    profile = (files("weasyprint.pdf") / _PROFILE).read_bytes()
    document.color_profiles[document.output_intent] = ColorProfile(
        BytesIO(profile), _PROFILE, "relative-colorimetric", (["r"], ["g"], ["b"])
    )
    data = document.write_pdf(
        pdf_variant=_VARIANT,
        output_intent="given",  # or WeasyPrint opens the profile's file, and leaves it open
        pdf_identifier=False,  # or pydyf writes everything twice
    )
    assert isinstance(data, bytes)
    return data


class OpensNothing(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Opens nothing: a paper needs no file, and an address in a cell is words."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> NoReturn:  # noqa: ARG002
        raise FatalURLFetchingError(f"A paper may open nothing, and asked for {url}")


def _page(paper: Paper, house: HouseStyle, tall: frozenset[int]) -> str:
    """The paper as HTML; the rows whose numbers are in `tall` may be split."""
    return filled(
        "paper.html.j2",
        paper=paper,
        tall=tall,
        room=lambda row, table: room_to_start(row, table, house),
        # WeasyPrint reads `start` only with all that HTML once said of looks, which takes its time.
        begun_at=lambda number: Markup(f'style="counter-reset: list-item {number - 1}"'),  # noqa: S704
        typeset=_typeset,
        link_words=str,  # veraPDF: a link with an element in it is not tagged (UA-1, 7.18.5)
        named=lambda row, table: row_name(row, table, house),
    )


def _typeset(words: str) -> Markup:
    """Words, of which references that Pango would break after a slash (*ETC/26/026*) can be kept whole."""
    return Markup(_REFERENCE.sub(r'<span class="whole">\1</span>', str(escape(words))))  # noqa: S704


def _looks(paper: Paper, house: HouseStyle, page_height: float) -> str:
    """The style sheet, for a page of a height in millimetres."""
    return filled(
        "paper.css.j2",
        house=house,
        page_height=page_height,
        draft=paper.draft,
        stamp=paper.stamp,
    )


def _tall_rows(paper: Paper, house: HouseStyle) -> frozenset[int]:
    """The numbers of the rows that are taller than a page.

    A row that may not break and is taller than a page loses the heading row on its pages
    (Kozea/WeasyPrint#2679). Few rows can be: those are laid out once on an endless page and measured.
    """
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    doubtful = [number for number, row in enumerate(table.rows) if may_be_tall(row, table, house)]
    if not doubtful:
        return frozenset()
    sample = replace(table, rows=tuple(table.rows[n] for n in doubtful))
    trial = Paper(
        paper.title, paper.author, paper.language, paper.modified, draft=False, blocks=(sample,)
    )
    laid = _drawn(_page(trial, house, frozenset()), _looks(trial, house, _TALLEST_PAGE))
    heading, *heights = [
        row.height for sheet in laid.pages for row in _laid_out_rows(sheet._page_box)
    ]
    room = row_room(house) * _PX_PER_MM
    return frozenset(
        n for n, height in zip(doubtful, heights, strict=True) if heading + height > room
    )


class _PDF(pydyf.PDF):  # type: ignore[misc]  # pydyf ships no types
    """pydyf's PDF, which else lists every page anew for every tag: quadratic in the pages."""

    _references: tuple[bytes, ...] = ()

    @property
    def page_references(self) -> tuple[bytes, ...]:
        kids = self.pages["Kids"]
        if len(kids) != 3 * len(self._references):
            self._references = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
        return self._references


@contextmanager
def _as_ours() -> Iterator[None]:
    """WeasyPrint with our tags, our words at the heads of pages, and our pydyf meanwhile."""
    ours: list[tuple[Any, str, Any]] = [
        (weasyprint.pdf, "add_tags", add_tags),
        (weasyprint.layout, "make_margin_boxes", _going_on(weasyprint.layout.make_margin_boxes)),
        (pydyf, "PDF", _PDF),
    ]
    theirs = [(module, name, getattr(module, name)) for module, name, _ in ours]
    for replaced in ours:
        setattr(*replaced)
    try:
        yield
    finally:
        for original in theirs:
            setattr(*original)


def _going_on(make_margin_boxes: Callable[..., Any]) -> Callable[..., Any]:
    """WeasyPrint's `make_margin_boxes` that knows, on every page, the name of the row that goes on there.

    CSS has no way to say it at the head of a page (a string of `string-set` is there too where the page begins with a
    new row), so the string is set from the pages as they are laid out, before their margins are filled.
    """
    last: list[Any] = []  # the last row of the page before

    def make(context: Any, page: Any, state: Any) -> Any:
        rows = list(_laid_out_rows(page, with_headings=False))
        goes_on = bool(rows) and last == [rows[0].element]
        name = rows[0].element.get(_NAME, "") if goes_on else ""
        context.string_set[_STRING][context.current_page] = [name]
        last[:] = [row.element for row in rows[-1:]]
        return make_margin_boxes(context, page, state)

    return make


def _laid_out_rows(box: Any, *, with_headings: bool = True) -> Iterator[Any]:
    """The table rows in a laid-out page, or their parts that are there, from the top down; lines have none."""
    for child in getattr(box, "children", ()):
        if child.element_tag == "tr":
            yield child
        elif not isinstance(child, LineBox) and (
            with_headings or not getattr(child, "is_header", False)
        ):
            yield from _laid_out_rows(child, with_headings=with_headings)


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What WeasyPrint says meanwhile, instead of printing it."""
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    before, logger.handlers, propagate = logger.handlers, [handler], logger.propagate
    logger.propagate = False
    try:
        yield said
    finally:
        logger.handlers, logger.propagate = before, propagate


def _undrawable(said: list[str]) -> Iterator[str]:
    """The characters that WeasyPrint said it could not draw. Raises `RuntimeError` for anything else."""
    for line in said:
        if "instead of HarfBuzz-Subset" in line:
            continue  # where a system has none, or an old one: the PDF is as good
        found = _UNKNOWN_GLYPH.search(line)
        if found is None:
            raise RuntimeError(f"WeasyPrint: {line}")
        yield chr(int(found[1], 16))
