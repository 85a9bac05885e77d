"""What a workbook tells of plans that have changed, and what only looks like it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.whole.test_commands import Make, make, papers

__all__ = ["make"]  # the fixture
HEADINGS = "Ref | Date | Title | Action proposed | Action Taken | Progress Status"
DONE = "Q/1 | 1/2/27 | Tides | That the tables are sent. | They were sent. | Completed"
OPEN = [
    f"Q/{n} | 1/2/27 | Lock {n} | That lock {n} is mended. | Work {n} began. | In progress" for n in (2, 3, 4)
]  # fmt: skip
NEWS = [line.replace("began", "goes on") for line in OPEN]
WAITING = [line.replace("In progress", "On hold") for line in OPEN]
TODAY = ("--today", "1/3/2027")


class Clerk:
    """Publishes papers, and checks workbooks."""

    def __init__(self, make: Make, folder: Path) -> None:
        self.make, self.out = make, folder / "out"

    def book(self, committee: str, meeting: str, *rows: str) -> Path:
        titles = [committee, f"Monitoring – {meeting}"]
        name = f"{committee} {meeting}.xlsx"
        return self.make(*rows, name=name, titles=titles, headings=HEADINGS)

    def publish(self, committee: str, meeting: str, *rows: str) -> None:
        build = ("build", "--final", "--to", "html", "--output", self.out, *TODAY)
        result = papers(*build, self.book(committee, meeting, *rows))
        assert result.exit_code == 0, result.output

    def proposed(self, committee: str, meeting: str, *rows: str) -> list[str]:
        """The lines to add that go with a finding."""
        path = self.book(committee, meeting, *rows)
        said = papers("check", path, "--output", self.out, *TODAY).output
        if "[changed-plans]" not in said:
            return []
        lines = said.partition("add to inputs/clerk.toml:\n")[2].splitlines()
        return [line.strip() for line in lines if line.startswith("    ")]


@pytest.fixture
def clerk(make: Make, tmp_path: Path) -> Clerk:
    return Clerk(make, tmp_path)


def test_a_workbook_of_another_day_that_says_the_same_was_moved(clerk: Clerk) -> None:
    clerk.publish("Quay Panel", "28 March 2027", DONE, *OPEN)
    moved = ["[[moved]]", 'committee = "Quay Panel"', "from = 2027-03-28", "to = 2027-04-08"]
    assert clerk.proposed("Quay Panel", "8 April 2027", DONE, *OPEN)[:4] == moved
    assert clerk.proposed("Quay Panel", "8 April 2027", DONE, *OPEN[:2], NEWS[2])[:4] == moved
    assert clerk.proposed("Quay Panel", "18 March 2027", DONE, *OPEN)[3] == "to = 2027-03-18"


def test_the_next_meetings_workbook_was_not_moved(clerk: Clerk) -> None:
    clerk.publish("Quay Panel", "28 March 2027", DONE, *OPEN)
    assert clerk.proposed("Quay Panel", "8 April 2027", DONE, *NEWS) == []
    assert clerk.proposed("Quay Panel", "8 April 2027", *OPEN) == []  # its closures are gone
    assert clerk.proposed("Quay Panel", "10 May 2027", DONE, *OPEN) == []  # six weeks and a day
    assert clerk.proposed("Quay Panel", "9 May 2027", DONE, *OPEN) != []


def test_what_waits_says_the_same_at_the_next_meeting_too(clerk: Clerk) -> None:
    clerk.publish("Quay Panel", "28 March 2027", DONE, *WAITING[:2], OPEN[2])
    assert clerk.proposed("Quay Panel", "8 April 2027", DONE, *WAITING[:2], NEWS[2]) == []


def test_a_paper_of_closures_alone_was_moved_and_one_with_new_actions_was_not(clerk: Clerk) -> None:
    clerk.publish("Quay Panel", "28 March 2027", DONE)
    assert clerk.proposed("Quay Panel", "8 April 2027", DONE, *OPEN) == []


def test_most_actions_of_one_other_committee_are_a_new_name(clerk: Clerk) -> None:
    clerk.publish("Quay Panel", "28 March 2027", DONE, *OPEN)
    renamed = [
        "[[renamed]]",
        'committee = "Coast Panel"',
        'formerly = "Quay Panel"',
        "since = 2027-05-27",
    ]
    assert clerk.proposed("Coast Panel", "27 May 2027", *NEWS) == renamed
    assert clerk.proposed("Coast Panel", "27 May 2027", *NEWS[:2]) == renamed
    assert clerk.proposed("Coast Panel", "27 May 2027", *NEWS[:1]) == []
    assert clerk.proposed("Coast Panel", "1 February 2027", *NEWS) == []  # of a later paper


def test_actions_without_references_have_to_be_two(clerk: Clerk) -> None:
    bare = [line.partition("|")[2].join(("|", "")) for line in NEWS]
    clerk.publish("Quay Panel", "28 March 2027", bare[0])
    assert clerk.proposed("Coast Panel", "27 May 2027", bare[0]) == []
    clerk.publish("Tides Board", "28 March 2027", *bare[1:])
    assert clerk.proposed("Coast Panel", "27 May 2027", *bare[1:])[2] == 'formerly = "Tides Board"'


def test_a_committee_with_papers_of_its_own_has_taken_another_in(clerk: Clerk) -> None:
    own = "C/1 | 1/2/27 | Cliffs | That the path is moved. | It was moved half. | In progress"
    clerk.publish("Coast Panel", "28 March 2027", own)
    clerk.publish("Quay Panel", "28 March 2027", *OPEN)
    (clerk.out / "tides-board" / "2027-03-01").mkdir(parents=True)
    (clerk.out / "tides-board" / "2027-03-01" / "records.json").write_text("damaged")
    rows = (own.replace("half", "whole"), *NEWS)
    assert clerk.proposed("Coast Panel", "27 May 2027", *rows) == [
        "[[merged]]", 'committee = "Coast Panel"', 'formerly = ["Quay Panel"]', "since = 2027-05-27",
    ]  # fmt: skip


QUAYS = [f"Quay Panel | {line}" for line in (DONE, *OPEN)]
COAST = "Coast Panel | C/1 | 1/2/27 | Cliffs | That the path is moved. | It was moved half. | In progress"
LATER = COAST.replace("half", "whole")


@pytest.fixture
def of_two(make: Make, tmp_path: Path) -> Callable[..., Result]:
    """A workbook whose actions name their committees."""

    def run(command: tuple[str, ...], meeting: str, *rows: str) -> Result:
        titles, name = ["Actions", f"Monitoring – {meeting}"], f"both {meeting}.xlsx"
        path = make(*rows, name=name, titles=titles, headings=f"Committee | {HEADINGS}")
        return papers(*command, path, "--output", tmp_path / "out", *TODAY)

    return run


BUILD = ("build", "--final", "--to", "html")
SAID = (
    "The workbook has no row of Quay Panel, whose paper of 28 March 2027 had open actions: Q/2, Q/3, Q/4. Put its "
    "rows back, or its new name in inputs/clerk.toml, if its actions are not elsewhere. [gone-committee]"
)


@pytest.mark.parametrize(
    ("before", "now", "times"),
    [
        ([COAST, *QUAYS], [LATER], 1),
        ([COAST, *QUAYS, "Tides Board" + LATER[11:]], [LATER, "Tides Board" + LATER[11:]], 1),
        ([COAST, *QUAYS], [LATER, QUAYS[2].replace("began", "goes on")], 0),
        ([COAST, QUAYS[0]], [LATER], 0),  # nothing of it was open
        (
            [COAST, *QUAYS],
            [LATER, *(f"Coast Panel | {line}" for line in NEWS)],
            0,
        ),  # a merger, which is asked
    ],
)
def test_a_committee_that_is_gone_from_a_workbook_of_several_is_missed(
    of_two: Callable[..., Result], before: list[str], now: list[str], times: int
) -> None:
    made = of_two(BUILD, "28 March 2027", *before)
    assert made.exit_code == 0, made.output
    assert of_two(("check",), "27 May 2027", *now).output.count(SAID) == times
    assert of_two(("check",), "28 March 2027", *before).output.count("[gone-committee]") == 0


def test_a_committee_that_always_had_a_workbook_of_its_own_is_not_missed(
    of_two: Callable[..., Result],
) -> None:
    of_two(BUILD, "28 March 2027", *QUAYS)
    of_two(BUILD, "28 March 2027", COAST)
    assert "[gone-committee]" not in of_two(("check",), "27 May 2027", LATER).output


def test_a_committee_with_a_paper_of_its_own_since_is_not_missed(
    of_two: Callable[..., Result],
) -> None:
    of_two(BUILD, "28 March 2027", COAST, *QUAYS)
    own = [line.replace("began", "goes on") for line in QUAYS[1:]]
    assert of_two(BUILD, "27 May 2027", *own, LATER).exit_code == 0
    assert "[gone-committee]" not in of_two(("check",), "27 May 2027", LATER).output
