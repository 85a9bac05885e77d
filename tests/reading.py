"""A printed paper read back from a PDF, whoever made it: its words, edges, fonts and headings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber

from pipeline.model.document import Paper, Table, flow_lines, outline

MM = 25.4 / 72
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF as read. `above` are the letters before the table, `columns` those of each column in
    order down all pages, both without spaces and bullets; `headings` each page's heading row; `bullets`
    where each bullet begins, in millimetres.
    """

    size: tuple[float, float]
    edges: list[float]
    fonts: set[str]
    headings: list[list[str]]
    above: str
    columns: list[str]
    running: list[str]
    bullets: list[float]


def letters(text: str) -> str:
    """A text without spaces and bullets, which line ends and lists move."""
    return "".join(text.replace(BULLET, "").split())


def paper_columns(paper: Paper) -> list[str]:
    """The letters of each of a paper's columns, as `Printed.columns` has them."""
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    return [
        letters(
            "".join(line for row in table.rows for line in flow_lines(row.cells[number].blocks))
        )
        for number in range(len(table.columns))
    ]


def paper_above(paper: Paper) -> str:
    """The letters of a paper before its table."""
    said = []
    for line in outline(paper):
        if line.startswith("| "):
            break
        said.append(line.lstrip("# "))
    return letters("".join(said))


def apart(values: list[float], least: float = 1.0) -> list[float]:
    """Sorted values, those nearer than `least` to the one before left out."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > least:
            kept.append(value)
    return kept


def printed(path: Path) -> Printed:
    """A paper of ours, as it was printed."""
    with pdfplumber.open(path) as pdf:
        pages = list(pdf.pages)
        first = pages[0]
        edges = apart([e["x0"] for p in pages for e in p.edges if e["orientation"] == "v"], 2)
        made = [page_words(page, edges) for page in pages]
        fonts = {
            char["fontname"]
            .split("+")[-1]
            .replace("-", "")
            .replace("Bold", "")
            .replace("Italic", "")
            for p in pages
            for char in p.chars
        }
        bullets = [char["x0"] * MM for p in pages for char in p.chars if char["text"] == BULLET]
    columns = ["".join(body[number] for _, body, _, _ in made) for number in range(len(edges) - 1)]
    return Printed(
        size=(first.width * MM, first.height * MM),
        edges=[edge * MM for edge in edges],
        fonts=fonts,
        headings=[heading for heading, _, _, _ in made],
        above=made[0][2],
        columns=columns,
        running=[running for _, _, _, running in made],
        bullets=bullets,
    )


def page_words(page: Any, edges: list[float]) -> tuple[list[str], list[str], str, str]:
    """A page's heading row, the letters of its columns, those above the table, and the running ones."""
    rules = apart(
        [e["top"] for e in page.edges if e["orientation"] == "h" and e["x1"] - e["x0"] > 20], 3
    )
    top, under_heading = rules[0], rules[1]
    bottom = max(e["bottom"] for e in page.edges)
    words = page.extract_words(keep_blank_chars=False, x_tolerance=1.5)
    heading, body = [""] * (len(edges) - 1), [""] * (len(edges) - 1)
    above = running = ""
    for word in words:
        middle = (word["top"] + word["bottom"]) / 2
        if middle < page.height * 0.07 or middle > bottom:
            running += word["text"]
        elif middle < top:
            above += word["text"]
        else:
            number = sum(word["x0"] > edge - 1 for edge in edges) - 1
            (heading if middle < under_heading else body)[number] += word["text"]
    return heading, [letters(text) for text in body], letters(above), letters(running)
