"""The paper's records as CSV that Excel opens: a heading row, then an action a line.

A cell that a spreadsheet would take for a formula has an apostrophe before it, and so has one that
begins with an apostrophe: taking one apostrophe off the front of every cell that has one gives back
what was written (OWASP, CSV Injection).
"""

from __future__ import annotations

from pipeline.council.house import HouseStyle
from pipeline.model.document import Paper
from pipeline.published.records import actions_csv, from_json
from pipeline.render import Drawn


def render(paper: Paper, house: HouseStyle) -> Drawn:  # noqa: ARG001  # data has no looks
    return Drawn(actions_csv(from_json(paper.records).actions))
