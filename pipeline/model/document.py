"""The paper as a document: headings, paragraphs, lists and one table; roles, never looks.

Every edition is drawn from these few types alone. A renderer ends its `match` over `Block` with
`assert_never`, so that a new kind of block breaks the build and not a committee's paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

_RunRole: TypeAlias = Literal["plain", "missing"]
ParagraphRole: TypeAlias = Literal["plain", "council", "subtitle", "draft", "counts", "key"]
NumberMark: TypeAlias = Literal[".", ")"]

BULLET = "•"


class Run(Struct, frozen=True, gc=False):
    """Words with one emphasis. `text` has no line ends; `link` is an http, https or mailto address;
    `language` is a language's code where it is not the paper's.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None
    role: _RunRole = "plain"
    language: str = ""


class Paragraph(Struct, frozen=True):
    runs: tuple[Run, ...]
    role: ParagraphRole = "plain"


class BulletList(Struct, frozen=True):
    items: tuple[tuple[Run, ...], ...]


class NumberedList(Struct, frozen=True):
    """Items that count on from `start`, each number with `mark` behind it."""

    items: tuple[tuple[Run, ...], ...]
    start: int
    mark: NumberMark


class Heading(Struct, frozen=True):
    text: str
    level: int
    language: str = ""


Flow: TypeAlias = Paragraph | BulletList | NumberedList


class Cell(Struct, frozen=True):
    """One cell of the table. `repeated`: the item's date or title, said again on a later row."""

    blocks: tuple[Flow, ...]
    repeated: bool = False


class Row(Struct, frozen=True):
    """One action. `title` is its item's, also where no cell says it again; `is_first`: it is the item's first.
    `reference` is empty where no cell says it.

    `name` is the action's own, for links; `status` is canonical; `officers` are those who answer;
    `change` is what has become of it since the last paper.
    """

    cells: tuple[Cell, ...]
    title: str = ""
    name: str = ""
    status: str = ""
    officers: tuple[str, ...] = ()
    change: str = ""
    is_first: bool = True
    reference: str = ""


class Column(Struct, frozen=True):
    """`field` names the record's field; `runs` are the heading's words."""

    field: str
    runs: tuple[Run, ...]

    @property
    def heading(self) -> str:
        """The heading's words, unadorned."""
        return text_of(self.runs)


class Table(Struct, frozen=True):
    """`widths` are the columns', in millimetres."""

    title: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]

    @property
    def row_heading(self) -> str:
        """The field that tells a row from all others, as far as one does: its cell heads the row."""
        fields = {column.field for column in self.columns}
        return "reference" if "reference" in fields else "title"


Block: TypeAlias = Heading | Flow | Table


class Paper(Struct, frozen=True):
    """A whole paper. `draft` stamps every page; `modified` is when its workbook was last saved,
    the only time that a made file carries (ISO 8601, so that the same inputs give the same bytes).
    `records` is what the paper is made of, as JSON (see `data`), for the editions to carry; `stamp`
    stands at the foot of every page and names them.
    """

    title: str
    author: str
    language: str
    modified: str
    draft: bool
    blocks: tuple[Block, ...]
    records: str = ""
    stamp: str = ""


def text_of(runs: tuple[Run, ...]) -> str:
    """The words of some runs, unadorned."""
    return runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])


def runs_of(blocks: Iterable[Flow]) -> Iterator[Run]:
    """Every run of some paragraphs and lists, in order."""
    for block in blocks:
        for line in (block.runs,) if isinstance(block, Paragraph) else block.items:
            yield from line


def led_lines(block: Flow) -> Iterator[tuple[str, tuple[Run, ...]]]:
    """A paragraph's runs, or those of each item of a list after the bullet or number that leads it."""
    match block:
        case Paragraph(runs):
            yield "", runs
        case BulletList(items):
            yield from ((BULLET, item) for item in items)
        case NumberedList(items, start, mark):
            yield from ((f"{number}{mark}", item) for number, item in enumerate(items, start))


def outline(paper: Paper) -> Iterator[str]:
    """The paper's words in reading order, a line a paragraph: what every edition must say.

    List items begin with `• ` or their number, headings with `#`; table cells stand between `| ` lines.
    """
    for block in paper.blocks:
        match block:
            case Heading(text, level):
                yield f"{'#' * level} {text}"
            case Table():
                yield "| " + " | ".join(column.heading for column in block.columns)
                for row in block.rows:
                    yield "|-"
                    for cell in row.cells:
                        yield "|"
                        yield from flow_lines(cell.blocks)
            case _:
                yield from flow_lines((block,))


def flow_lines(blocks: tuple[Flow, ...]) -> Iterator[str]:
    """The lines of some paragraphs and lists."""
    for block in blocks:
        for lead, line in led_lines(block):
            yield f"{lead} {text_of(line)}" if lead else text_of(line)
