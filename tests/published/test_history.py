"""What makes an action *updated*, and how actions are found again in the last paper."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from pipeline import line
from pipeline.check.checked import Checked
from pipeline.council.clerk import Decisions
from pipeline.model.months import iso_day
from pipeline.published.history import Pair, called, closed_records, history
from pipeline.published.kept import Archive
from pipeline.published.records import ActionRecord, Records, as_json, from_json
from tests.check.test_actions import Found
from tests.check.test_conduct import Meet, Row, found, meet, records
from tests.conftest import WEXMOUTH, Read

__all__ = ["meet"]  # the fixture
HALF = "Half of them were sent on 3 May 2027."
CASES = [
    # What stood in the last paper, what stands in the workbook, and what page 1 counts it as.
    ({"G": HALF}, {"G": "No change."}, "same"),
    ({"D": "That half are sent by 3 May 2027."}, {"D": "That half are sent by 03/05/2027."}, "same"),
    ({"G": HALF}, {"G": "No change since the last meeting."}, "same"),
    ({"G": HALF}, {"G": "As above"}, "same"),
    ({"G": HALF}, {"G": "Ongoing"}, "same"),
    ({"G": HALF}, {"G": "No further update at this time"}, "same"),
    ({"G": HALF}, {"G": "TBC"}, "same"),
    ({"G": HALF}, {"G": None}, "same"),
    ({"G": HALF}, {"G": "HALF of them were sent  on 3 May 2027"}, "same"),
    ({"G": HALF}, {"G": "Half of them were sent on 03/05/27."}, "same"),
    ({"F": date(2027, 9, 1)}, {"F": "1st September 2027"}, "same"),
    ({"F": "01/09/27"}, {"F": "by Wednesday 1 Sept 2027"}, "same"),
    ({"H": "Complete"}, {"H": "Completed"}, "reported"),
    ({"H": "In progress"}, {"H": "Ongoing"}, "same"),
    ({"E": "Ruth Hale; Jo Bell"}, {"E": "Jo Bell and Ruth Hale"}, "same"),
    ({"C": "Tide tables"}, {"C": "TIDE TABLES "}, "same"),
    ({"A": "T4"}, {"A": "T5"}, "same"),
    ({"G": HALF}, {"G": "No change since January because the printer is being mended."}, "updated"),
    ({"G": HALF}, {"G": f"{HALF} The rest follow."}, "updated"),
    ({"G": f"{HALF} The rest follow."}, {"G": HALF}, "same"),
    ({"G": f"{HALF} The rest follow."}, {"G": "The rest follow."}, "same"),
    ({"G": "Quay: open. Lock: not yet."}, {"G": "Quay: not yet."}, "updated"),
    ({"G": "Quay: open. Lock: not yet."}, {"G": "Quay: not yet. Lock: not yet."}, "updated"),
    ({"G": "The quay is open – the lock is not."}, {"G": "The quay is not."}, "updated"),
    ({"G": f"{HALF} The rest follow."}, {"G": f"The rest follow. {HALF} No change."}, "same"),
    ({"G": f"{HALF} The rest follow."}, {"G": "Half of them were sent on 03/05/27; the rest follow"}, "same"),
    ({"G": f"{HALF} Ongoing."}, {"G": HALF}, "same"),
    ({"G": f"{HALF} The rest follow."}, {"G": "Ongoing."}, "same"),
    ({"G": HALF}, {"G": f"{HALF[:-1]} – TBC"}, "same"),
    ({"G": f"{HALF} Update awaited."}, {"G": HALF}, "same"),
    ({"G": "Half of the tables were sent."}, {"G": "Half were sent."}, "updated"),
    ({"G": "They were not sent. They are dry."}, {"G": "They were sent. They are not dry."}, "updated"),
    ({"G": "They were not sent."}, {"G": "They were sent."}, "updated"),
    ({"G": "Two of three are done, one late."}, {"G": "Three are done."}, "updated"),
    ({"G": "2 of 3 were sent."}, {"G": "3 of 3 were sent."}, "updated"),
    ({"G": HALF}, {"G": "Half of them were sent on 4 May 2027."}, "updated"),
    ({"G": "Ongoing"}, {"G": HALF}, "updated"),
    ({"H": "In progress"}, {"H": "On hold"}, "updated"),
    ({"H": "In progress"}, {"H": "In progress – with the printer"}, "updated"),
    ({"F": date(2027, 9, 1)}, {"F": date(2027, 10, 1)}, "updated"),
    ({"F": "1/9/2027"}, {"F": "1/9/2027 (provisional)"}, "updated"),
    ({"E": "Ruth Hale"}, {"E": "Ruth Hale; Jo Bell"}, "updated"),
    ({"C": "Tide tables"}, {"C": "Tide tables and maps"}, "updated"),
    ({"D": "That the tables are sent."}, {"D": "That all the tables are sent."}, "updated"),
    ({"G": HALF}, {"G": "https://www.wexmouth.example/may"}, "updated"),
    ({"H": "In progress"}, {"H": "Completed"}, "closed"),
    ({"H": "Completed"}, {"H": "In progress"}, "reopened"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "now", "change"), CASES)
def test_what_makes_an_action_updated(meet: Meet, before: Row, now: Row, change: str) -> None:
    last = records(meet({"A": "T4", **before}))
    made = meet({"A": "T4", **before, **now}, last=last)
    assert made.past is not None
    (pair,) = made.past.pairs
    assert ("reported" if pair.is_reported else pair.change) == change
    assert [one.change for one in made.stated] == ([] if change == "reported" else [change])


def linked(folder: Path, last: Records | None, link: str) -> Checked:
    """The good row's workbook in a folder, its update led somewhere, checked against the last records."""
    path = folder / "tracker.xlsx"
    book = load_workbook(path)
    book["Actions"]["G4"].hyperlink = link or None
    book.save(path)
    (made,) = line.checked(path, WEXMOUTH, None, Archive(Path("no papers"), Decisions(), last))
    return made


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [("", "https://a.example/may", "updated"), ("https://a.example/may", "https://a.example/june", "updated"),
     ("https://a.example/may", "", "updated"), ("https://a.example/may", "https://a.example/may", "same")],
)  # fmt: skip
def test_a_link_makes_an_action_updated(
    meet: Meet, tmp_path: Path, before: str, now: str, change: str
) -> None:
    meet({})
    last = records(linked(tmp_path, None, before))
    made = linked(tmp_path, last, now)
    assert [one.change for one in made.stated] == [change]
    assert [check for _, check in found(made)] == (["stale-update"] if change == "same" else [])


def test_records_without_links_do_not_tell_that_one_is_new(meet: Meet, tmp_path: Path) -> None:
    meet({})
    now = records(linked(tmp_path, None, "https://a.example/may"))
    said = json.loads(as_json(now))
    assert said["actions"][0].pop("links") == {"update": ["https://a.example/may"]}
    old = from_json(json.dumps(said))
    (pair,) = history(now.actions, old, WEXMOUTH.reading).pairs
    assert pair.change == "same"


@pytest.mark.parametrize(
    ("words", "field"), [("status", "raw_status"), ("officers", "officers_words")]
)
def test_a_status_or_an_officer_that_leads_elsewhere_is_altered(
    meet: Meet, words: str, field: str
) -> None:
    last = records(meet({}))
    now = replace(last.actions[0], links={words: ["https://a.example/may"]})
    (pair,) = history([now], last, WEXMOUTH.reading).pairs
    assert pair.altered == (field,)


def test_a_due_date_moved_later_is_counted(meet: Meet) -> None:
    one = records(meet({})).actions[0]
    moved = replace(one, due="2027-12-01")
    before = replace(one, extended=2)
    assert Pair(moved, before, "updated").marked.extended == 3
    assert Pair(one, before, "same").marked.extended == 2
    assert Pair(replace(one, due="2027-08-01"), before, "updated").marked.extended == 2
    assert Pair(replace(one, due="Autumn"), before, "updated").marked.extended == 2
    assert Pair(moved, None, "new").marked.extended == 0
    assert Pair(moved, None, "new").marked.change == "new"


@pytest.mark.parametrize(
    ("old", "new", "is_renumbered"),
    [("T1", "T2", True), ("T1", "t-1", False), ("", "T1", False), ("T1", "", False), (None, "T1", False)],
)  # fmt: skip
def test_what_is_numbered_anew(
    meet: Meet, old: str | None, new: str, *, is_renumbered: bool
) -> None:
    one = records(meet({})).actions[0]
    before = None if old is None else replace(one, reference=old)
    assert Pair(replace(one, reference=new), before, "same").is_renumbered == is_renumbered


def test_what_an_action_without_a_cell_is_called(meet: Meet) -> None:
    one = replace(records(meet({})).actions[0], title="Tides", action="That they\nare sent.")
    names = [
        called(replace(one, **change))
        for change in ({"reference": "T1"}, {"reference": ""}, {"reference": "", "title": ""})
    ]
    assert names == ["T1", "Tides: That they are sent.", "That they are sent."]


def test_what_is_withdrawn_is_no_longer_required(meet: Meet) -> None:
    last = records(meet({}))
    (closed,) = closed_records([], "2027-04-28", None, [(last.actions[0], "The quay was sold")])
    made = closed.action
    assert (made.status, made.change, made.update) == (
        "no longer required",
        "closed",
        last.actions[0].update,
    )
    assert (closed.meeting, closed.withdrawn) == ("2027-04-28", "The quay was sold")


@pytest.mark.parametrize(("title", "is_found"), [("aaac", True), ("aacc", False)])  # of 100: 75, 50
def test_a_title_may_be_reworded_by_a_quarter(meet: Meet, title: str, *, is_found: bool) -> None:
    last = records(meet({"A": "T1", "B": None, "C": "aaab"}))
    now = replace(last.actions[0], title=title)
    (pair,) = history([now], last, WEXMOUTH.reading).pairs
    assert (pair.before is not None) == is_found


def test_one_that_has_a_reference_now_is_found_by_its_words_before_one_that_is_like_it(
    meet: Meet,
) -> None:
    last = records(meet({"D": "That the north lamps are lit."}))
    old = replace(last.actions[0], reference="")
    now = [
        replace(old, reference=side, date="2027-02-03", action=f"That the {side} lamps are lit.")
        for side in ("south", "north")
    ]
    pairs = history(now, replace(last, actions=[old]), WEXMOUTH.reading).pairs
    assert [one.before for one in pairs] == [None, old]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ([("1", "2 May", ""), ("2", "2 May", "")], [("2", "2 May", ""), ("1", "2 May", "")]),
        ([("", "2 May", ""), ("", "9 May", "")], [("1", "9 May", ""), ("2", "2 May", "")]),
        ([("1", "2 May", ""), ("2", "9 May", "")], [("8", "9 May", ""), ("9", "2 May", "")]),
        ([("1", "2 May", ""), ("2", "9 May", "")], [("8", "9 May", " (all)"), ("9", "2 May", " (all)")]),
    ],
    ids=["references", "references given", "references anew", "references anew and titles reworded"],
)  # fmt: skip
def test_actions_of_the_same_words_are_told_by_reference_and_day(
    meet: Meet, before: list[tuple[str, str, str]], now: list[tuple[str, str, str]]
) -> None:
    last = records(meet({}))
    one = last.actions[0]
    was, are = (
        [replace(one, reference=ref, date=day, title=one.title + more) for ref, day, more in rows]
        for rows in (before, now)
    )
    pairs = history(are, replace(last, actions=was), WEXMOUTH.reading).pairs
    assert [pair.before for pair in pairs] == was[::-1]


DAY = date(2027, 1, 2)
SLIPWAYS = "Slipways | That the slipways are inspected."
BUOYS = "Lifebuoys | That the lifebuoys are counted."
GULLS = "Gulls | That signs are put up."
FERRY = "Ferry | That a second ferry is hired for the summer."
LAMPS = "Lamps | That the quay lamps are lit."


def tracker(meet: Meet, last: Records | None, *lines: str, day: date | None = DAY) -> Checked:
    """A tracker of lines: reference, title, what was asked, status, and what was done if that matters."""
    rows: list[Row] = []
    for number, words in enumerate(lines):
        ref, title, asked, status, *more = (one.strip() or None for one in words.split("|"))
        told = more[0] if more else f"{'Then' if last else 'First'} {number} of them were done."
        rows.append({"A": ref, "B": day, "C": title, "D": asked, "H": status, "G": told})
    return meet(*rows, last=last, meeting="28 April 2027" if last else "28 March 2027")


def was(made: Checked) -> dict[str, str]:
    """What has become of each action, by reference and title; and the reference that it had."""
    assert made.past is not None
    return {
        f"{one.now.reference} {one.now.title}": f"{'reported' if one.is_reported else one.change} "
        f"{one.before.reference if one.before else ''}".strip()
        for one in made.past.pairs
    }


def said(made: Checked) -> list[str]:
    """The findings on references and on what is gone."""
    kinds = ("numbered-anew", "vanished-action", "closed-reappears", "action-reworded")
    return [f"{one.message} {one.remedy}" for one in made.findings if one.check in kinds]


def test_numbers_given_anew_are_seen_through(meet: Meet) -> None:
    last = tracker(
        meet,
        None,
        f"1 | {SLIPWAYS} | Completed",
        f"2 | {BUOYS} | In progress",
        f"3 | {GULLS} | In progress",
    )
    now = tracker(
        meet,
        records(last),
        f"1 | {BUOYS} | In progress",
        f"2 | {GULLS} | Completed",
        f"3 | {FERRY} | In progress",
    )
    assert was(now) == {"1 Lifebuoys": "updated 2", "2 Gulls": "closed 3", "3 Ferry": "new"}
    assert said(now) == [
        "References were given anew since the paper of 28 March 2027: 2 is now 1, 3 is now 2. "
        "Give each action back the reference that it had, and a new one to each new action."
    ]
    assert [one.reopened for one in records(now).closed] == ["", ""]  # Slipways in March, Gulls now


def test_numbers_given_anew_under_reworded_titles_are_seen_through(meet: Meet) -> None:
    last = tracker(meet, None, f"1 | {SLIPWAYS} | In progress", f"2 | {BUOYS} | In progress")
    anew = [f"HP/{one.replace(' |', ' (harbour) |', 1)} | In progress" for one in (SLIPWAYS, BUOYS)]
    now = tracker(
        meet, records(last), *(one.replace("/", f"/{n} | ", 1) for n, one in enumerate(anew))
    )
    assert list(was(now).values()) == ["updated 1", "updated 2"]
    (one,) = said(now)
    assert "1 is now HP/0, 2 is now HP/1." in one


def test_a_number_of_one_that_was_closed_given_to_another_makes_no_reopened(meet: Meet) -> None:
    last = tracker(meet, None, f"1 | {SLIPWAYS} | Completed", f"2 | {BUOYS} | In progress")
    now = tracker(meet, records(last), f"1 | {FERRY} | In progress", f"2 | {BUOYS} | In progress")
    assert was(now) == {"1 Ferry": "new", "2 Lifebuoys": "updated 2"}
    (one,) = said(now)
    assert "1 was 'That the slipways are inspected.'." in one


@pytest.mark.parametrize("ref", ["1", "1 & 3"])
def test_a_number_of_an_open_one_given_to_another_is_asked_about_once(meet: Meet, ref: str) -> None:
    last = tracker(meet, None, f"{ref} | {SLIPWAYS} | In progress")
    now = tracker(meet, records(last), f"{ref} | {FERRY} | In progress")
    assert was(now) == {f"{ref} Ferry": "new"}
    (one,) = said(now)
    assert f"{ref} in A4 says something else: was it reworded, or its number given away?" in one


def test_one_that_was_closed_and_has_lost_its_reference_is_reopened(meet: Meet) -> None:
    last = tracker(meet, None, f"1 | {SLIPWAYS} | Completed")
    now = tracker(meet, records(last), f" | {SLIPWAYS} | In progress")
    assert was(now) == {" Slipways": "reopened 1"}


def test_the_same_words_asked_again_are_a_new_action(meet: Meet) -> None:
    last = tracker(meet, None, f"1 | {SLIPWAYS} | Completed")
    now = tracker(meet, records(last), f"9 | {SLIPWAYS} | In progress")
    assert (was(now), said(now)) == ({"9 Slipways": "new"}, [])


@pytest.mark.parametrize(
    "reworded",
    ["Slipways | That all slipways are inspected.", "Slipways and quays | That the slipways are inspected.",
     "Slipways | That the slipways are inspected by June, and a report is brought to the panel."],
)  # fmt: skip
@pytest.mark.parametrize("day", [DAY, None])
def test_a_reference_kept_with_other_words_is_the_same_action(
    meet: Meet, reworded: str, day: date | None
) -> None:
    before = (f"1 | {SLIPWAYS} | In progress", f"2 | {BUOYS} | In progress")
    last = tracker(meet, None, *before, day=day)
    now = tracker(meet, records(last), f"1 | {reworded} | In progress", before[1], day=day)
    title = reworded.split(" |", maxsplit=1)[0]
    assert was(now) == {f"1 {title}": "updated 1", "2 Lifebuoys": "updated 2"}


def test_a_reference_with_altogether_other_words_is_the_same_action_only_in_the_same_item(
    meet: Meet,
) -> None:
    other = "Slipways | That two cranes be hired by Easter."
    for day, change in ((DAY, "updated 1"), (None, "new")):
        last = tracker(meet, None, f"1 | {SLIPWAYS} | In progress", day=day)
        now = tracker(meet, records(last), f"1 | {other} | In progress", day=day)
        assert was(now) == {"1 Slipways": change}


def test_references_put_in_or_taken_out_leave_the_actions_known(meet: Meet) -> None:
    bare = (f"| {SLIPWAYS} | In progress", f"| {BUOYS} | In progress")
    numbered = (f"1 | {SLIPWAYS} | In progress", f"2 | {BUOYS} | In progress")
    now = tracker(meet, records(tracker(meet, None, *bare)), *numbered)
    assert (was(now), said(now)) == ({"1 Slipways": "updated", "2 Lifebuoys": "updated"}, [])
    now = tracker(meet, records(tracker(meet, None, *numbered)), *bare)
    assert was(now) == {" Slipways": "updated 1", " Lifebuoys": "updated 2"}
    assert "1 has none now, 2 has none now." in said(now)[0]


@pytest.mark.parametrize(
    ("now", "question"),
    [
        ((f"16a | {SLIPWAYS} | In progress", f"16b | {BUOYS} | In progress"), "Was it split into 16a and 16b?"),
        ((f"12 | {BUOYS} | In progress | Merged with action 16, and begun.",), "Was it merged with 12?"),
        ((f"12 | {BUOYS} | In progress | It now includes 16.",), "Was it merged with 12?"),
        ((f"12 | {BUOYS} | In progress",), ""),
        ((f"12 | {BUOYS} | In progress", f"17 | {SLIPWAYS[:-1]} in May. | In progress"), "Is it 17 in A"),
        ((f"12 | {BUOYS} | In progress", f"17 | {SLIPWAYS[:-1]} in May. | In progress",
          f"18 | {SLIPWAYS[:-1]} in June. | In progress"), "Was it split into 17 and 18?"),
    ],
)  # fmt: skip
def test_an_action_split_or_merged_is_asked_about(
    meet: Meet, now: tuple[str, ...], question: str
) -> None:
    last = tracker(meet, None, f"12 | {BUOYS} | In progress", f"16 | {SLIPWAYS} | In progress")
    keeps = () if now[0].startswith("12") else (f"12 | {BUOYS} | In progress",)
    made = tracker(meet, records(last), *keeps, *now)
    assert set(was(made).values()) <= {"new", "updated 12", "new 12"}
    (one,) = said(made)
    assert one.startswith(
        "16 (Ruth Hale) was open in the paper of 28 March 2027 and is not in the workbook. "
    )
    assert question in one
    assert ("it " in one.partition("workbook.")[2].partition("Put")[0]) == bool(question)


def test_a_row_with_both_references_is_asked_about(meet: Meet) -> None:
    last = tracker(meet, None, f"12 | {BUOYS} | In progress", f"16 | {SLIPWAYS} | In progress")
    made = tracker(meet, records(last), f"12 & 16 | {BUOYS} | In progress")
    assert any("Was it merged with 12 & 16? " in one for one in said(made))
    made = tracker(meet, records(last), f"12/16 | {BUOYS} | In progress")
    assert not any("Was it" in one for one in said(made))


def test_one_that_was_to_be_merged_and_parts_put_together_are_asked_about(meet: Meet) -> None:
    last = tracker(
        meet,
        None,
        f"12 | {BUOYS} | In progress",
        f"16 | {SLIPWAYS} | In progress | To be merged with 12.",
    )
    assert (
        "Was it merged with 12? "
        in said(tracker(meet, records(last), f"12 | {BUOYS} | In progress"))[0]
    )
    parts = tracker(meet, None, f"16a | {GULLS} | In progress", f"16b | {LAMPS} | In progress")
    both = said(tracker(meet, records(parts), f"16 | {SLIPWAYS} | In progress"))
    assert ["Was it merged with 16? " in one for one in both] == [True, True]


def test_an_update_that_only_leads_to_another_action_is_asked_about(meet: Meet) -> None:
    made = tracker(
        meet,
        None,
        f"PC/26/07 | {BUOYS} | In progress",
        f"PC/26/08 | {SLIPWAYS} | In progress | See PC/26/07.",
    )
    (one,) = (one for one in made.findings if one.check == "stale-update")
    assert (
        one.message == "The update says only 'See PC/26/07.': was the action merged with that one?"
    )


def test_many_actions_alike_are_each_found_again(meet: Meet) -> None:
    one = records(meet({})).actions[0]
    reading = WEXMOUTH.reading
    last = records(meet({}))
    words = (
        "that the {} of quay {} is mended by 3 May 2027 and a report is brought back to the panel"
    )

    def actions(shift: int, told: str) -> list[ActionRecord]:
        return [
            replace(
                one,
                reference=str(number + shift),
                title="Quays",
                action=words.format(told, number),
                update=told,
            )
            for number in range(300)
        ]

    before = replace(last, actions=actions(0, "lamp"))
    for shift, told in ((0, "lamp"), (1, "lamp"), (0, "light"), (5000, "bench")):
        past = history(actions(shift, told), before, reading)
        assert [pair.before is None for pair in past.pairs] == [shift == 5000] * 300


LAST_TIME = "Half of them were sent."
STALE = [
    # The status, the due date, the update now, and what is found: the last paper's was LAST_TIME.
    ("In progress", "1/9/2027", LAST_TIME, "error"),
    ("In progress", "1/9/2027", "HALF of them  were sent", "error"),
    ("In progress", "1/9/2027", "No change.", "error"),
    ("In progress", "1/9/2027", "No change since January.", "error"),
    ("In progress", "1/9/2027", "Work is ongoing", "error"),
    ("In progress", "1/9/2027", "No further update at this time.", "error"),
    ("In progress", "1/9/2027", "As previously reported", "error"),
    ("In progress", "1/9/2027", "As above", "error"),
    ("", "1/9/2027", LAST_TIME, "error"),
    ("On hold", "1/9/2027", LAST_TIME, "warning"),
    ("Not started", "1/9/2027", "No change", "warning"),
    ("Not started", "1/3/2027", LAST_TIME, "error"),  # overdue
    ("Recommended for closure", "1/3/2027", LAST_TIME, "warning"),
    ("Completed", "1/9/2027", LAST_TIME, ""),
    ("In progress", "1/9/2027", f"{LAST_TIME} The rest follow.", ""),
    ("In progress", "1/9/2027", "No change since January because the printer is being mended.", ""),
    ("In progress", "1/9/2027", "Ongoing, May 2027", "error"),
    ("In progress", "1/9/2027", "Ongoing since the last meeting", "error"),
    ("In progress", "1/9/2027", f"{LAST_TIME} Ongoing.", "error"),
    ("In progress", "1/9/2027", f"{LAST_TIME} No change.", "error"),
    ("In progress", "1/9/2027", f"No change. {LAST_TIME}", "error"),
    ("In progress", "1/9/2027", f"{LAST_TIME} No further progress to report.", "error"),
    ("In progress", "1/9/2027", f"{LAST_TIME} Nothing further to add at this stage.", "error"),
    ("In progress", "1/9/2027", f"Update as at the last meeting: {LAST_TIME}", "error"),
    ("In progress", "1/9/2027", f"March 2027: {LAST_TIME}", "error"),
    ("In progress", "1/9/2027", f"Mar-27: {LAST_TIME}", "error"),
    ("In progress", "1/9/2027", f"Q1: {LAST_TIME}", "error"),
    ("In progress", "1/9/2027", f"Latest update: {LAST_TIME}", "error"),
    ("In progress", "1/9/2027", f"As reported to the Board (March): {LAST_TIME}", "error"),
    ("In progress", "1/9/2027", f"The Board met in May: {LAST_TIME}", ""),
    ("In progress", "1/9/2027", f"Cabinet: {LAST_TIME}", ""),
    ("In progress", "1/9/2027", f"{LAST_TIME}\nUpdate: None.", "error"),
    ("In progress", "1/9/2027", "No change since the Panel last met.", "error"),
    ("In progress", "1/9/2027", "This matter is ongoing.", "error"),
    ("In progress", "1/9/2027", f"{LAST_TIME} Lamps: three.", ""),
    ("In progress", "1/9/2027", f"24 April 2027 - {LAST_TIME}", "error"),
    ("In progress", "1/9/2027", f"{LAST_TIME} (as previously reported)", "error"),
    ("In progress", "1/9/2027", "As previously reported, half of them were sent", "error"),
    ("In progress", "1/9/2027", f"As reported at the last meeting, {LAST_TIME}", "error"),
    ("In progress", "1/9/2027", f"{LAST_TIME} {LAST_TIME}", "error"),
    ("In progress", "1/9/2027", "Half were sent.", ""),
    ("In progress", "1/9/2027", "Update, 24 April 2027", "error"),
    ("In progress", "1/9/2027", "Sent were half of them.", "error"),
    ("In progress", "1/9/2027", "No change since January because.", "error"),
    ("In progress", "1/9/2027", "No change due to", "error"),
    ("In progress", "1/9/2027", f"{LAST_TIME} This is still ongoing.", "error"),
    ("In progress", "1/9/2027", "Work ongoing; half of them have been sent", "error"),
    ("In progress", "1/9/2027", f"{LAST_TIME} All were read.", ""),
    ("In progress", "1/9/2027", f"{LAST_TIME} Ongoing: the rest follow.", ""),
    ("In progress", "1/9/2027", "All of them were sent.", ""),
    ("In progress", "1/9/2027", "Half of them were not sent.", ""),
    ("In progress", "1/9/2027", f"{LAST_TIME} Due on 3 May 2027.", ""),
    ("In progress", "1/9/2027", "Three quarters of them were sent.", ""),
    ("In progress", "1/9/2027", "It is under way since May.", ""),
    ("In progress", "1/9/2027", "Work continues at the lock.", ""),
    ("In progress", "1/9/2027", "No change: the printer is still being mended.", ""),
    ("In progress", "1/9/2027", f"{LAST_TIME} RH", "error"),
    ("In progress", "1/9/2027", f"{LAST_TIME} - Ruth Hale, 24 April 2027", "error"),
    ("In progress", "1/9/2027", f"{LAST_TIME} (R.H.)", "error"),
    ("In progress", "1/9/2027", f"As at April 2027 {LAST_TIME}", "error"),
    ("In progress", "1/9/2027", f"{LAST_TIME} NFA", ""),
    ("In progress", "1/9/2027", "See January update.", "error"),
    ("In progress", "1/9/2027", "The situation is unchanged.", "error"),
    ("In progress", "1/9/2027", "Same as above.", "error"),
    ("In progress", "1/9/2027", "The meeting is on 10 May 2027.", ""),
    ("In progress", "1/9/2027", f"{LAST_TIME} Ruth Hale wrote to the pilots.", ""),
]


@pytest.mark.parametrize(("status", "due", "update", "severity"), STALE)
def test_an_update_that_is_last_month_s_is_none(
    meet: Meet, status: str, due: str, update: str, severity: str
) -> None:
    row: Row = {"H": status or None, "F": due}
    last = records(meet({**row, "G": LAST_TIME}))
    made = meet({**row, "G": update}, last=last, meeting="28 April 2027")
    kinds = ("stale-update", "stale-on-hold", "missing-update", "thin-update")
    assert [str(one.severity) for one in made.findings if one.check in kinds] == (
        [severity] if severity else []
    )


@pytest.mark.parametrize(
    ("before", "now", "is_stale"),
    [("They were sent in May.", "They were sent in May 2027.", True),
     ("They asked for pier 12.", "They asked for pier 12.\nApril 2027: no change.", True),
     ("They were sent on 3 May.", "They were sent on 3 May 2027.", True),
     ("They are due in May 2027.", "They are due in May 2028.", False),
     ("They are due in May 2027.", "They are due in June.", False),
     ("Board 3 November: 14 of 30.", "Board 14 January: 20 of 30.", False),
     ("Cabinet 5 November: agreed.", "Council 7 January: agreed.", False),
     ("Is the quay open? No.", "Is the quay open? Yes.", False),
     ("Tables drawn – yes. Tables sent – no.", "Tables drawn – yes. Tables sent – yes.", False),
     ("Consent was given (no).", "Consent was given (yes).", False)],
)  # fmt: skip
def test_a_year_that_is_added_is_no_update_and_another_answer_is_one(
    meet: Meet, before: str, now: str, *, is_stale: bool
) -> None:
    made = meet({"G": now}, last=records(meet({"G": before})), meeting="28 April 2027")
    assert found(made) == ([("G4", "stale-update")] if is_stale else [])


@pytest.mark.parametrize(
    ("before", "now", "is_unsaid"),
    [({}, {}, True), ({}, {"G": f"{LAST_TIME} RH"}, True), ({"H": "On hold"}, {}, True),
     ({}, {"G": "All of them were sent."}, False), ({}, {"H": "Completed – sent 3/4/2027"}, False),
     ({"H": "Recommended for closure"}, {}, False), ({}, {"H": "Withdrawn"}, False),
     ({}, {"H": "No longer needed"}, True), ({}, {"H": "No further action"}, True), ({}, {"H": "Lapsed"}, False),
     ({}, {"H": "No longer required – the quay was sold"}, False), ({}, {"H": "Moved to work programme"}, False),
     ({}, {"H": "No longer required", "G": "The quay was sold."}, False),
     ({}, {"H": "No longer required (sold)"}, False),
     ({"G": "This has been completed."}, {"G": "This has been completed."}, False)],
)  # fmt: skip
def test_an_action_that_only_its_status_closes_does_not_say_how(
    meet: Meet, before: Row, now: Row, *, is_unsaid: bool
) -> None:
    last = records(meet({"G": LAST_TIME, **before}))
    row: Row = {"G": LAST_TIME, "H": "Completed", "F": date(2027, 2, 1), **now}
    made = meet(row, last=last, meeting="28 April 2027")
    said = [f"{one.place.cell} {one.severity} {one.check}" for one in made.findings]
    assert said == (["G4 error completed-without-update"] if is_unsaid else [])


@pytest.mark.parametrize(
    ("before", "now"),
    [("The survey has not started.", "The survey is under way."), ("The bid is in hand.", "The bid is on hold."),
     ("The meeting is on 3 May 2027.", "The meeting is on 10 May 2027.")],
)  # fmt: skip
def test_how_a_thing_stands_is_an_update_where_it_stood_otherwise(
    meet: Meet, before: str, now: str
) -> None:
    made = meet({"G": now}, last=records(meet({"G": before})), meeting="28 April 2027")
    assert found(made) == []


def test_updates_that_changed_places_are_found(meet: Meet) -> None:
    other = "The lock was sounded by two pilots in May."
    lock: Row = {"D": "That the lock is sounded.", "G": other}
    last = records(meet({"G": HALF}, lock))
    again = {"meeting": "28 April 2027", "last": last}
    made = meet({"G": other}, {**lock, "G": HALF}, **again)
    assert found(made) == [("G4", "moved-update"), ("G5", "moved-update")]
    assert "that of T5 in the paper of 28 March 2027" in made.findings[0].message
    made = meet({"G": other, "H": "On hold"}, {**lock, "G": f"{other} It is deep."}, **again)
    assert found(made) == [("G4", "moved-update")]
    made = meet({"G": "They were sent."}, {**lock, "G": "They were sent."}, **again)
    assert found(made) == []
    new: Row = {"C": "Quays", "D": "That the quays are swept.", "G": other}
    made = meet({"G": "They were sent."}, {**lock, "G": "It is deep."}, new, **again)
    assert found(made) == [("G6", "moved-update")], "its row was copied"


def test_a_short_update_may_be_what_another_was(meet: Meet) -> None:
    lock: Row = {"D": "That the lock is sounded.", "G": "Tenders are in."}
    last = records(meet({"G": "Tenders were asked for."}, lock))
    made = meet({"G": "Tenders are in."}, {**lock, "G": "It was sounded."}, last=last)
    assert found(made) == []


@pytest.mark.parametrize(
    ("update", "finding"),
    [("Ongoing", "warning thin-update"), ("No change.", "error stale-update"), ("As above", "error stale-update"),
     ("Still ongoing, as above", "error stale-update"), ("It was begun.", "")],
)  # fmt: skip
def test_a_first_update(meet: Meet, update: str, finding: str) -> None:
    said = [f"{one.severity} {one.check}" for one in meet({"G": update}).findings]
    assert " ".join(said) == finding


def test_an_update_with_its_day_in_another_form_is_last_month_s(meet: Meet) -> None:
    last = records(meet({"G": HALF}))
    made = meet({"G": "Half of them were sent on 03/05/27."}, last=last, meeting="28 April 2027")
    assert found(made) == [("G4", "stale-update")]


def test_a_new_action_may_be_ongoing_beside_a_last_paper(meet: Meet) -> None:
    last = records(meet({"A": "T9", "D": "That a second ferry is hired.", "H": "Completed"}))
    made = meet({"G": "Ongoing"}, last=last)
    assert [one.check for one in made.findings] == ["thin-update"]


@pytest.mark.parametrize("now", ["", "They were sent to the lock too."])
def test_an_older_column_of_updates_is_compared_with_where_there_was_no_paper(
    read: Read, found: Found, now: str
) -> None:
    tracker = read(
        f"1/2/27 | Tides | That the tables are sent. | Half were sent. | {now or 'HALF were sent'} | In progress",
        headings="Date | Title | Action proposed | Update (Jan 27) | Update (Mar 27) | Status",
    )
    assert [one for one in found(tracker) if "stale" in one[1]] == (
        [] if now else [("E4", "stale-update")]
    )


@pytest.mark.parametrize(
    ("kept", "now", "where"),
    [
        ("Half of them were sent.", "Half of them were sent.", "in the paper of 28 March 2027"),
        ("More were sent in April.", "More were sent in April.", "at the last meeting"),
        ("More were sent in April.", "All were sent in May.", ""),
        (None, "More were sent in April.", ""),
    ],
)
def test_the_last_paper_and_the_workbook_s_own_column_are_both_compared_with(
    meet: Meet, tmp_path: Path, kept: str | None, now: str, where: str
) -> None:
    last = records(meet({}))
    meet({"G": now}, meeting="28 May 2027")
    book = load_workbook(tmp_path / "tracker.xlsx")
    book["Actions"]["I3"], book["Actions"]["I4"] = "At the last meeting", kept
    book.save(tmp_path / "tracker.xlsx")
    archive = Archive(tmp_path / "no papers", Decisions(), last)
    (made,) = line.checked(tmp_path / "tracker.xlsx", WEXMOUTH, None, archive)
    said = [one.message for one in made.findings if one.check == "stale-update"]
    assert said == ([f"The update says no more than it did {where}."] if where else [])


@pytest.mark.parametrize("words", ["2027-13-40", "2027-02-30", "2027-1-1-1", "Autumn", ""])
def test_words_that_look_like_a_day_are_none(words: str) -> None:
    assert not iso_day(words)
    assert iso_day("2027-02-28")
