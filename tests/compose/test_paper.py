"""What a row of the paper says, in house styles that put fields together."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from msgspec.structs import replace

from pipeline import line
from pipeline.compose.measure import row_name
from pipeline.council.house import BelowField
from pipeline.model.document import Table, flow_lines

INPUTS = Path(__file__).parents[2] / "inputs"


def test_what_stands_below_an_item_is_said_of_each_of_its_actions_in_the_classic_look() -> None:
    """A blank date has its action's own reference below it all the same, and the item's title only once."""
    council = line.council("wexmouth")
    below = [
        BelowField(field="title", heading="Title", words="{}"),
        BelowField(field="reference", heading="Ref", words="Ref {}"),
    ]
    table = council.house.table
    others = [one for one in table.columns if one.field not in ("title", "reference")]
    columns = [replace(one, below=below) if one.field == "date" else one for one in others]
    house = replace(council.house, table=replace(table, columns=columns, repeat_item=False))
    council = dataclasses.replace(council, house=house)
    (checked,) = line.checked(INPUTS / "environment-and-transport-committee.xlsx", council)
    *_, made = line.paper_of(checked, council).blocks
    assert isinstance(made, Table)
    said = [list(flow_lines(row.cells[0].blocks)) for row in made.rows[:4]]
    assert said == [
        ["12/03/26", "Highway Maintenance Programme", "Ref ETC/26/001"],
        ["Ref ETC/26/002"],
        ["Ref ETC/26/003"],
        ["12/03/26", "Recycling Rates", "Ref ETC/26/004"],
    ]
    assert not any(row.cells[0].repeated for row in made.rows)


def test_a_row_is_called_by_its_reference_and_its_items_title_alone() -> None:
    """On the page on which it goes on, though its title is blank and more stands below its reference."""
    council = line.council("wexmouth")
    below = {"reference": [BelowField(field="due", heading="Due", words="Due {}")]}
    table = council.house.table
    columns = [replace(one, below=below.get(one.field, [])) for one in table.columns]
    house = replace(council.house, table=replace(table, columns=columns, repeat_item=False))
    council = dataclasses.replace(council, house=house)
    (checked,) = line.checked(INPUTS / "environment-and-transport-committee.xlsx", council)
    *_, made = line.paper_of(checked, council).blocks
    assert isinstance(made, Table)
    row = made.rows[1]
    reference, due = flow_lines(row.cells[0].blocks)
    assert (reference, due[:4]) == ("ETC/26/002", "Due ")
    assert (row.cells[2].blocks, row.is_first) == ((), False)
    assert row_name(row, made, house) == "ETC/26/002: Highway Maintenance Programme (continued)"
