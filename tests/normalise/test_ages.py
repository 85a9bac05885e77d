"""How old a heading says that its column is."""

from __future__ import annotations

import pytest

from tests.conftest import Read


@pytest.mark.parametrize(
    ("headings", "newest"),
    [("Update Feb | Update Dec", "Update Feb"), ("December | January", "January"),
     ("Comments (Dec) | Comments (Feb)", "Comments (Feb)"),
     ("February | March", "March"), ("Update Mar | Update Apr", "Update Mar")],
)  # fmt: skip
def test_a_month_without_a_year_is_the_last_one_up_to_the_meeting(
    read: Read, headings: str, newest: str
) -> None:
    row = "1 | T | Send. | They were sent. | All were. | Open"
    layout = read(row, headings=f"Ref | Title | Action | {headings} | Status").layout
    assert [one.heading for one in layout.read if one.field == "update"] == [newest]
