"""What an Excel sheet has beside the words of its cells: notes, and what floats over the cells."""

from __future__ import annotations

from pipeline.ingest.figures import whole_number
from pipeline.ingest.lines import shape_words
from pipeline.ingest.package import Package, Relation, tag
from pipeline.ingest.workbook import areas
from pipeline.model.action import Place

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_SHAPES = ("{*}sp", "{*}pic", "{*}graphicFrame", "{*}contentPart")


def noted(package: Package, relations: dict[str, Relation]) -> dict[tuple[int, int], str]:
    """What the notes and comments on cells (row, column) say."""
    made: dict[tuple[int, int], str] = {}
    for relation in relations.values():
        if relation.kind not in ("comments", "threadedComment"):
            continue
        root = package.side(relation.target)
        for one in root.iter("{*}comment", "{*}threadedComment") if root is not None else ():
            for top, left, _, _ in areas(one.get("ref")):
                made[top, left] = f"{made.get((top, left), '')}\n{''.join(one.itertext())}"
    return made


def floating(
    package: Package, relations: dict[str, Relation], title: str
) -> tuple[tuple[Place, str], ...]:
    """What floats over a sheet's cells or is embedded in it, and the cell that it begins at."""
    made = []
    for relation in relations.values():
        if relation.kind == "drawing":
            root = package.side(relation.target)
            for anchor in root if root is not None else ():
                if tag(anchor) in _ANCHORS:
                    ends = (anchor.findtext(f"{{*}}from/{{*}}{name}") for name in ("row", "col"))
                    row, column = map(whole_number, ends)  # counted from 0
                    place = Place(title, row + 1, column + 1)
                    made += [
                        (place, said) for said in map(shape_words, anchor.iter(*_SHAPES)) if said
                    ]
        elif relation.kind in ("oleObject", "package"):
            made.append((Place(title, 1, 1), "An embedded document"))
    return tuple(dict.fromkeys(made))
