"""The paper's records as JSON, as `docs/records.schema.json` describes it."""

from __future__ import annotations

from pipeline.council.house import HouseStyle
from pipeline.model.document import Paper
from pipeline.render import Drawn


def render(paper: Paper, house: HouseStyle) -> Drawn:  # noqa: ARG001  # data has no looks
    return Drawn(f"{paper.records}\n".encode())
