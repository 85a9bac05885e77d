"""What the clerk has decided about meetings and committees."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from pipeline.council import clerk
from pipeline.council.clerk import Cancelled, Decisions, Merged, Moved, Plan, Renamed
from pipeline.model.errors import PipelineError

MARCH, APRIL, MAY, JUNE = (date(2027, month, 25) for month in (3, 4, 5, 6))


def decided(toml: str) -> Decisions:
    return msgspec.convert(tomllib.loads(toml), Decisions)


def moved(*days: date) -> Decisions:
    """Meetings of the Quay Panel, each moved to the next of some days."""
    return Decisions(
        moved=[Moved(committee="Quay Panel", was=was, to=to) for was, to in pairwise(days)]
    )


def test_a_meeting_may_be_moved_again_and_back() -> None:
    twice = moved(MARCH, APRIL, MAY)
    assert twice.now("quay panel", MARCH) == ("quay panel", MAY)
    assert [twice.is_off("Quay Panel", day) for day in (MARCH, APRIL, MAY)] == [True, True, False]
    back = moved(MARCH, APRIL, MARCH)
    assert [back.is_off("Quay Panel", day) for day in (MARCH, APRIL)] == [False, True]
    assert not back.is_off("Tides Board", APRIL)


def test_a_cancelled_meeting_is_off_under_the_old_name_and_the_new() -> None:
    made = Decisions(
        cancelled=[Cancelled(committee="Coast Panel", meeting=MAY)],
        renamed=[Renamed(committee="Coast Panel", formerly="Quay Panel", since=APRIL)],
    )
    assert made.is_cancelled("Quay Panel", MAY)
    assert made.is_cancelled("Coast Panel", MAY)
    assert not made.is_cancelled("Coast Panel", JUNE)


def test_a_committee_has_its_new_name_from_the_day_on_through_every_change() -> None:
    made = Decisions(
        renamed=[Renamed(committee="Coast Panel", formerly="Quay Panel", since=APRIL)],
        merged=[Merged(committee="Place Panel", formerly=["Coast Panel", "Parks"], since=JUNE)],
    )
    names = [made.now("Quay Panel", day)[0] for day in (MARCH, APRIL, JUNE)]
    assert names == ["Quay Panel", "Coast Panel", "Place Panel"]


@pytest.mark.parametrize(
    "plan",
    [
        Moved(committee='The "Quay" \\ Panel', was=MARCH, to=APRIL),
        Cancelled(committee="Pwyllgor y Môr", meeting=MAY),
        Renamed(committee="Coast Panel", formerly="Quay Panel", since=APRIL),
        Merged(committee="Place Panel", formerly=["Coast Panel", "Parks"], since=JUNE),
    ],
)
def test_the_lines_to_add_say_what_was_meant(plan: Plan) -> None:
    name = type(plan).__name__.lower()
    assert getattr(decided("\n".join(clerk.lines_to_add(plan))), name) == [plan]


def test_a_waiver_holds_for_the_moved_meeting_and_under_the_new_name(tmp_path: Path) -> None:
    path = tmp_path / "clerk.toml"
    path.write_text(
        """
        moved = [{committee = "Quay Panel", from = 2027-03-25, to = 2027-04-25}]
        renamed = [{committee = "Coast Panel", formerly = "Quay Panel", since = 2027-04-01}]
        [[waiver]]
        check = "missing-update"
        committee = "Quay Panel"
        cell = "Actions!G4"
        by = "A. Clerk"
        reason = "On leave"
        until = 2027-03-25
        """,
        encoding="utf-8",
    )
    (waiver,) = clerk.load(path, ["missing-update"]).waiver
    assert (waiver.committee, waiver.until) == ("Coast Panel", APRIL)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('[[moved]]\ncommittee = "Quay Panel"\nfrom = 2027-03-25', ".to is missing"),
        (
            '[[moved]]\ncommittee = "Quay Panel"\nfrom = "25/3"\nto = 2027-04-25',
            "from must be a date such as 2027-01-21",
        ),
        ('[[canceled]]\ncommittee = "Quay Panel"', "unknown key canceled"),
        (
            '[[merged]]\ncommittee = "P"\nformerly = []\nsince = 2027-04-25',
            "merged 1.formerly must be a list of 1",
        ),
    ],
)
def test_a_wrong_decision_is_named(line: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "clerk.toml"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(PipelineError, match=r"clerk\.toml: ") as fault:
        clerk.load(path, [])
    assert said in fault.value.message
