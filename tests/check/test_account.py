"""The account of cells: whole over every kind of cell, and broken by each loss that is put into the reading."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, Font

from pipeline import line
from pipeline.check import account, checked
from pipeline.check.rule import CHECKS
from pipeline.council.clerk import Decisions
from pipeline.ingest.workbook import SourceCell
from pipeline.model.action import DateText, Place, Status, plain
from pipeline.model.document import Run
from pipeline.model.errors import PipelineError
from pipeline.model.text import as_text, text_blocks
from pipeline.normalise import drafts, heading_rows, hidden, title_block, trackers
from pipeline.normalise.tracker import Tracker
from pipeline.published.kept import Archive
from scripts import random_trackers
from tests import typed
from tests.conftest import WEXMOUTH

TABLE = """\
Harbour Scrutiny Panel
Scrutiny Monitoring – 28 March 2027
Chair: A. Hale

Ref | Date | Title | Action proposed | Action Taken | Progress Status | Cost | Internal notes | Due date
HP1 | <2026-10-14> | Pier | Light it. | It is with Legal, who will | Open – on track | £400 | Ask. | by 24 May 2027
 | | | | answer by March.
HP2 | <2026-10-14> | Ferry | That boats are counted. | Counting began. | Completed | | | 2027-04-01
HP3 | <2026-11-18> | Quay | That the wall is mended. | "Stone" was ordered. | In progress | £9 |
HP4 | <2026-11-18> | Berths | That fees are published. | They were. | Completed | | | Autumn 2027
Key: green means that it was done, and red that nobody began.

Title | Due date | Progress Status
The mast | May 2027 | Painted
! sheet Costs
Stone | £3,000
"""


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., checked.Checked]:
    """What is found in a typed tracker."""

    def read(table: str = TABLE, change: Callable[[Any], None] | None = None) -> checked.Checked:
        path = tmp_path / "tracker.xlsx"
        typed.write(table, path)
        if change is not None:
            book = load_workbook(path)
            change(book)
            book.save(path)
        (one,) = line.checked(path, line.council("wexmouth"))
        return one

    return read


def hide(book: Any) -> None:
    book["Actions"].row_dimensions[8].hidden = True
    book["Actions"]["E9"].font = Font(strike=True)


def lost(one: checked.Checked) -> list[tuple[str, str]]:
    return [(entry.place.cell, entry.lost) for entry in one.account if entry.lost]


def test_every_cell_has_become_something(made: Callable[..., checked.Checked]) -> None:
    one = made(change=hide)
    cells = [cell for sheet in one.book.sheets for row in sheet.rows for cell in row.cells.values()]
    assert [entry.place for entry in one.account] == [cell.place for cell in cells]
    assert lost(one) == []
    assert not [finding for finding in one.findings if finding.check == "unaccounted-cell"]


def test_a_line_sums_it_up(made: Callable[..., checked.Checked]) -> None:
    assert account.summary(made().account) == (
        "52 cells: 28 printed, 11 headings and titles, 1 withheld (internal notes), 12 reported"
    )


def nothing(*_: Any, **__: Any) -> Any:
    return ()


def no_faults(_: Any) -> Iterator[Any]:
    yield from ()


def last_word_off(real: Callable[..., Any]) -> Callable[..., Any]:
    def shorter(runs: Any) -> Any:
        given = list(runs)
        words = given[-1].text.rsplit(" ", 1)
        return real((*given[:-1], Run(words[0])) if len(words) > 1 else tuple(given))

    return shorter


FAR = SourceCell(Place("Actions", 99, 1), (Run("Elsewhere"),))
ELSEWHERE = hidden.Hidden(FAR.place, hidden.ROW, (FAR,))
LOSSES: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "the last word of a text": (
        lambda m: m.setattr(drafts, "text_blocks", last_word_off(text_blocks)), "E7",
    ),
    "the rows that go on with an action": (
        lambda m: m.setattr(drafts, "_continued", lambda above, *_: above), "E7",
    ),
    "what a row adds to a text": (
        lambda m: m.setattr(drafts, "joined_texts", lambda above, below: above or below), "E7",
    ),
    "rows that are no actions": (
        lambda m: m.setattr(drafts.RowsRead, "_leave_out", nothing), "A11",
    ),
    "an action that is read as headings": (
        lambda m: m.setattr(heading_rows, "_repeats_headings", lambda headings, *_: headings.first_row == 9), "D9",
    ),
    "an action that is not kept": (
        lambda m: m.setattr(trackers, "_numbered", lambda own: own[:-1]), "D10",
    ),
    "words beside a status": (
        lambda m: m.setattr(
            drafts, "_status_of",
            lambda *_, **__: Status("in progress", as_text("Open")),
        ), "F6",
    ),
    "words beside a date": (
        lambda m: m.setattr(drafts, "_date_of", lambda *_: DateText()), "I6",
    ),
    "words instead of a date": (
        lambda m: m.setattr(drafts, "_date_of", lambda *_: DateText()), "I10",
    ),
    "what nobody sees in the workbook": (
        lambda m: m.setattr(hidden, "_hidden_in", lambda *_: (ELSEWHERE,)), "D8",
    ),
    "lines above the table": (
        lambda m: m.setattr(title_block, "_unused_cells", nothing), "A3",
    ),
    "sheets that are not read": (lambda m: m.setattr(trackers, "_unread", nothing), "B1"),
    "cells outside the table": (lambda m: m.setattr(trackers, "_stray_cells", nothing), "A3"),
    "the order of a text": (
        lambda m: m.setattr(drafts, "joined_texts", lambda above, below: (*below, *above)), "E7",
    ),
    "a paragraph in a record": (
        lambda m: m.setattr(
            trackers, "action_of",
            lambda *given: replace(drafts.action_of(*given), update=()),
        ), "E10",
    ),
}  # fmt: skip


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_in_the_reading_is_noticed(
    loss: str, made: Callable[..., checked.Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in, cell = LOSSES[loss]
    put_in(monkeypatch)
    one = made(change=hide)
    assert cell in [place for place, _ in lost(one)]
    found = [finding for finding in one.findings if finding.check == "unaccounted-cell"]
    assert len(found) == len(lost(one))


@pytest.mark.parametrize(
    ("check", "cell"),
    [
        ("stray-text", "A11"),
        ("unpublished-column", "G6"),
        ("second-table", "B14"),
        ("unread-sheet", "A1"),
        ("hidden-words", "C8"),
        ("struck-out-text", "E9"),
    ],
)
def test_words_that_no_check_reports_any_more_are_noticed(
    check: str, cell: str, made: Callable[..., checked.Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CHECKS, check, (no_faults, CHECKS[check][1]))
    assert cell in [place for place, _ in lost(made(change=hide))]


@pytest.mark.parametrize("number", range(25))
def test_random_trackers_are_whole_and_a_word_less_is_noticed(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = random_trackers.write(random_trackers.tracker(number), tmp_path / "tracker")
    council, real, chance = WEXMOUTH, trackers.trackers_of, Random(number)  # noqa: S311
    taken = []

    def without_a_word(*given: Any) -> list[Tracker]:
        first, *others = real(*given)
        actions = list(first.actions)
        at = chance.randrange(len(actions))
        words = plain(actions[at].action).split()
        if words:
            gone = chance.randrange(len(words))
            taken.append(words.pop(gone))
            actions[at] = replace(actions[at], action=as_text(" ".join(words)))
        return [replace(first, actions=tuple(actions)), *others]

    try:
        assert [lost(one) for one in line.checked(path, council) if lost(one)] == []
    except PipelineError:
        return  # a workbook that is refused has no paper
    monkeypatch.setattr(trackers, "trackers_of", without_a_word)
    found = [pair for one in line.checked(path, council) for pair in lost(one)]
    assert found or not any(sign.isalnum() for word in taken for sign in word)


SHARED = """Harbour Scrutiny Panel
Scrutiny Monitoring – 28 March 2027
Ref | Date | Action | Target date | New date | Risk | Agreed? | Status / Update
1 | <2026-10-14> | Light it. | 1/4/2027 | 1/5/2027 | High | Yes | In progress: the lamps are bought.
2 | <2026-10-14> | Paint it. | 1/4/2027 | | Low | In part | Closed 3/2/2027
"""


def test_a_cell_of_status_and_update_is_accounted_for(
    made: Callable[..., checked.Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not [one for one in made(SHARED).account if one.lost]
    real = trackers.trackers_of

    def without_updates(*given: Any) -> list[Tracker]:
        (one,) = real(*given)
        return [replace(one, actions=tuple(replace(each, update=()) for each in one.actions))]

    monkeypatch.setattr(trackers, "trackers_of", without_updates)
    lost = [(one.place.cell, one.lost) for one in made(SHARED).account if one.lost]
    assert lost == [("H4", "the lamps are bought.")]


def test_a_field_that_no_house_style_prints_is_reported_and_not_lost(tmp_path: Path) -> None:
    typed.write(SHARED, tmp_path / "tracker.xlsx")
    (one,) = line.checked(tmp_path / "tracker.xlsx", line.council("aldermere"))
    became = {entry.place.cell: (entry.kind, entry.what) for entry in one.account}
    assert became["F4"] == became["D4"] == ("reported", "unpublished-column")
    assert became["D5"] == ("printed", "due of 2")
    assert became["G5"] == ("printed", "response of 2")
    assert [f.place.cell for f in one.findings if f.check == "unpublished-column"] == ["D3", "F3"]


def test_explain_sums_the_account_up_and_json_lists_it(tmp_path: Path) -> None:
    path = tmp_path / "tracker.xlsx"
    typed.write(TABLE, path)
    asked = ("check", str(path), "--style", "wexmouth", "--explain")
    assert "  52 cells: 28 printed, " in typed.papers(*asked).stdout
    listed = json.loads(typed.papers(*asked, "--format", "json").stdout)["account"]
    assert len(listed) == 52
    assert listed[-1] == {
        "workbook": "tracker.xlsx", "sheet": "Costs", "cell": "B1",
        "became": "reported", "by": "unread-sheet", "lost": "",
    }  # fmt: skip


def test_a_loss_is_an_error_of_ours_that_can_be_waived(
    made: Callable[..., checked.Checked],
    monkeypatch: pytest.MonkeyPatch,
    council: Callable[[str], None],
) -> None:
    monkeypatch.setattr(drafts, "joined_texts", lambda above, below: above or below)
    found = [one for one in made().findings if one.check == "unaccounted-cell"]
    assert [str(one) for one in found] == [
        "Actions!E7: error: We lost 'answer by March.', which is neither in the paper nor reported. "
        "That is a fault of ours. Tell us; waive it once you have seen that the paper needs none of it. "
        "[unaccounted-cell]"
    ]
    council(
        '\n[[waiver]]\ncommittee = "Harbour Scrutiny Panel"\ncell = "Actions!E7"\n'
        'check = "unaccounted-cell"\nreason = "It is in the minutes."\nby = "A. Clerk"\nuntil = 2027-03-28\n'
    )
    one = made()
    assert "unaccounted-cell" in [finding.check for finding in one.waived]
    assert "unaccounted-cell" not in [finding.check for finding in one.findings]


def test_an_action_that_an_earlier_paper_closed_is_withheld(tmp_path: Path) -> None:
    path = tmp_path / "tracker.xlsx"
    typed.write(TABLE, path)
    council = WEXMOUTH
    (first,) = line.checked(path, council)
    made = line.records_of(first, council)
    last = replace(made, paper=replace(made.paper, meeting="2027-01-28"))
    (one,) = line.checked(path, council, None, Archive(Path("no papers"), Decisions(), last))
    assert lost(one) == []
    assert "closed in an earlier paper" in {entry.what for entry in one.account}


NOTED = """Harbour Scrutiny Panel
Scrutiny Monitoring – 28 March 2027
Ref | Date | Title | Action proposed | Action Taken | Progress Status
1 | <2026-10-14> | Pier | Light it. | It is with Legal, who | In progress
1 (cont'd) | | | | will answer. |
2 | <2026-11-14> | Dock | Dredge it. | | In progress
Update: | | | | It was surveyed. |
 | 4/3/27 | | | The dredger came. |
Completed | 1
"""


def test_the_reading_says_by_which_rule_it_passes_a_cell_over(
    made: Callable[..., checked.Checked],
) -> None:
    became = {entry.place.cell: (entry.kind, entry.what) for entry in made(NOTED).account}
    assert became["A5"] == ("withheld", "references that are continued")
    assert became["A7"] == ("withheld", "labels of updates")
    assert became["B8"] == ("printed", "update of 2")
    assert became["A9"][0] == "withheld"
    assert became["A9"][1].startswith("total: ")


def test_the_day_of_an_update_on_a_row_below_is_compared(
    made: Callable[..., checked.Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_days(self: drafts.RowsRead, one: Any) -> None:
        real(self, replace(one, own={"update": one.own["update"]}))

    real = drafts.RowsRead._join
    monkeypatch.setattr(drafts.RowsRead, "_join", without_days)
    assert lost(made(NOTED)) == [("B8", "4/3/27")]


COUNCIL = """Wexmouth Council
Scrutiny Monitoring – 28 March 2027
Ref | Title | Action proposed | Action Taken | Progress Status | Date
Licensing Panel – 4 February 2027
1 | Pier | Mend it. | Mended. | Completed |
Meeting of 10 September 2026
2 | Quay | See it. | Seen. | Completed |
! merge A4:E4
! merge A6:E6
"""


def test_a_line_that_names_a_committee_is_printed_though_a_later_action_has_another_day(
    made: Callable[..., checked.Checked],
) -> None:
    assert lost(made(COUNCIL)) == []


DITTO = """Harbour Scrutiny Panel
Scrutiny Monitoring – 28 March 2027
Ref | Date | Title | Action proposed | Action Taken | Progress Status
1 | <2026-10-14> | Pier | Light it. | Lit. | Completed
Key: green means done
2 | <2026-10-15> | Boats | See. | Seen. | ditto
! sheet Old
A thing | B thing
! strike A1
"""


def test_a_ditto_mark_below_nothing_is_reported_and_not_lost(
    made: Callable[..., checked.Checked],
) -> None:
    one = made(DITTO.replace("1 | <2026-10-14> | Pier | Light it. | Lit. | Completed\n", ""))
    assert lost(one) == []
    assert ("F5", "stray-text") in [(f.place.cell, f.check) for f in one.findings]


def test_words_struck_through_on_a_sheet_that_is_not_read_are_reported_with_it(
    made: Callable[..., checked.Checked],
) -> None:
    one = made(DITTO)
    assert lost(one) == []
    assert [entry.what for entry in one.account if entry.place.sheet == "Old"] == [
        "unread-sheet"
    ] * 2


def test_a_finding_on_what_nobody_sees_in_a_cell_does_not_report_its_other_words(
    made: Callable[..., checked.Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    def half_hidden(book: Any) -> None:
        white = TextBlock(InlineFont(color=Color("FFFFFFFF")), " and Ann Lee")
        book["Actions"]["A11"] = CellRichText("Key: green means done", white)

    assert ("A11", "hidden-words") in [
        (f.place.cell, f.check) for f in made(change=half_hidden).findings
    ]
    monkeypatch.setattr(drafts.RowsRead, "_leave_out", nothing)
    assert "A11" in [place for place, _ in lost(made(change=half_hidden))]


def test_words_that_a_council_does_not_want_to_hear_of_are_accounted_for(
    made: Callable[..., checked.Checked], council: Callable[[str], None]
) -> None:
    off = (
        "stray-text",
        "unpublished-column",
        "second-table",
        "unread-sheet",
        "hidden-words",
        "struck-out-text",
    )
    council("\n[severity]\n" + "\n".join(f'{name} = "off"' for name in off))
    one = made(change=hide)
    assert lost(one) == []
    assert {finding.check for finding in one.findings}.isdisjoint(off)
