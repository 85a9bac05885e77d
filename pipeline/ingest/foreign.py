"""Words that another system has written in its own way into cells: markup, lists of people, times of UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

from msgspec.structs import replace

from pipeline.ingest.figures import moment
from pipeline.ingest.lines import CellWords, joined_lines
from pipeline.model.document import Run
from pipeline.model.text import with_text

_MARKUP = re.compile(r"\s*<(div|p|span)\b[^<>]*>.*</\1>\s*", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"&(?:nbsp|amp|quot|rsquo|lsquo|ndash|mdash|#\d{2,5}|#x[0-9a-fA-F]{2,5});")
_TAG_SIGNS = re.compile(r"&(?:[lg]t|#6[02]|#x3[cCeE]);")
_LOOKUP = ";#"  # between the names and numbers of a list of people or choices in SharePoint
_UTC_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?Z")


def cell_words(run: Run) -> CellWords:
    """What a text says to its readers, looking as it does, and what it says that they do not see."""
    if "<" in run.text and _MARKUP.fullmatch(run.text):
        from lxml import html  # slow to load

        from pipeline.ingest import web
        from pipeline.ingest.page_styles import Frame

        frame = Frame(replace(Frame().face, bold=run.bold, italic=run.italic), run.link)
        page = html.fragment_fromstring(run.text, create_parent="div")
        return joined_lines(web.lines_of_page(page, frame))
    return CellWords((with_text(run, _plain(run.text)),))


def _plain(text: str) -> str:
    """A text without markup as its readers know it: names without numbers, a UK day, signs for their codes."""
    if _LOOKUP in text:
        parts = [part.strip() for part in text.split(_LOOKUP)]
        return "; ".join(part for part in parts if part and not part.isdigit())
    if text.endswith("Z") and _UTC_TIME.fullmatch(text.strip()):
        return _uk_time(text.strip())
    if "&" in text and _ENTITY.search(text) and not _TAG_SIGNS.search(text):
        return unescape(text)
    return text


def _uk_time(text: str) -> str:
    """A time of UTC as the day that it is in the UK, with the hour where it is not midnight there."""
    if (said := moment(text)) is None:
        return text
    at = said.replace(tzinfo=UTC)
    is_summer = _last_sunday(at.year, 3) <= at < _last_sunday(at.year, 10)
    here = at + timedelta(hours=is_summer)
    return f"{here:%d/%m/%Y}" if f"{here:%H%M}" == "0000" else f"{here:%d/%m/%Y %H:%M}"


def _last_sunday(year: int, month: int) -> datetime:
    """When the clocks change in the UK: 01:00 UTC on the last Sunday of a month (of 31 days)."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
