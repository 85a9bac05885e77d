"""What a row is: each rule with the example that docs/columns.md has of it, and what stays an officer's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import line
from pipeline.model.action import plain
from pipeline.normalise.row_kinds import RULES, Rule
from pipeline.normalise.tracker import Tracker
from tests import typed
from tests.conftest import WEXMOUTH

HEADINGS = "Date | Title | Action proposed | Action Taken | Progress Status"
BERTHS = "14/10/2026 | Berths | That two berths are dredged. | They were dredged. | Completed"
SLIPWAY = "18/11/2026 | Slipway | That the slipway is lit. | Quotes are in. | In progress"
NUMBERED = "Ref | Action | Update | Status"
OWNED = "Title | Action | Owner | Update | Status"
H1, H3 = "H1 | Dredge it. | It was dug. | Completed", "H3 | Light it. | It was lit. | Completed"
# The lines around each example, which stands for `@`:
AROUND = {
    "Key: Green = achieved": [HEADINGS, BERTHS, "", "@"],
    "Completed | 1": [HEADINGS, BERTHS, "@"],
    "Last updated 3 March 2027": [HEADINGS, BERTHS, "@"],
    "Printed by the clerk": [HEADINGS, BERTHS, "", "@"],
    "Key | Ask Ann Lee what these mean.": [HEADINGS, BERTHS, "@"],
    "Meeting of 10 September 2026": [NUMBERED, "@", H1],
    "Update: | The tables were sent.": [NUMBERED, H1, "@"],
    "They were sent in May.": [NUMBERED, H1.replace("It was dug.", ""), "@", H3.replace("It was lit.", ""),
                               "They were lit in May.", "! merge A5:D5", "! merge A7:D7"],
    "9/3/27 | | | They were sent.": [HEADINGS, BERTHS, "@"],
    "SR (26/27) 02": [NUMBERED, H1.replace("H1", "SR (26/27) 01"), "@"],
    "H2": [NUMBERED, H1, "@", H3],
    "Planning Committee": [NUMBERED, "@", H1],
    "Total | | 1 action": [HEADINGS, BERTHS, "@"],
    "2/2/27": [HEADINGS, BERTHS, "@", SLIPWAY],
    "dd/mm/yyyy | Choose from list": [HEADINGS, "@", BERTHS],
    "Completed actions": [HEADINGS, SLIPWAY, "@", BERTHS],
    "Ferry timetable": [NUMBERED, H1, "@", H3, "! merge A5:D5"],
    "Carried over from 2026": [HEADINGS, BERTHS, "@", SLIPWAY],
    "Quay Panel": [f"Committee | {NUMBERED}", "@", f"| {H1}"],
    "12 (cont'd) | | It ends.": [NUMBERED, H1.replace("H1", "12"), "@"],
    "| | That the rail is painted.": [HEADINGS, BERTHS, "18/11/2026 | Slipway", "@"],
    "H1 | Dredge two berths. | The dredger is booked.": [NUMBERED, "@"],
    "| | Ann Lee | | In progress": [OWNED, "Nets | Mend. | Jo | They are. | Open", "@"],
    "| | | Users will be told by letter.": [HEADINGS, BERTHS, "@"],
}  # fmt: skip


def tracker(lines: list[str], folder: Path) -> Tracker:
    """What a council's typed table is read as."""
    text = "\n".join(["Saltmarsh Borough Council", "Monitoring – 4 February 2027", *lines])
    typed.write(text, folder / "tracker.xlsx")
    made, *_ = line.checked(folder / "tracker.xlsx", WEXMOUTH)
    return made.tracker


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.example)
def test_each_rule_reads_its_example(rule: Rule, tmp_path: Path) -> None:
    lines = AROUND[rule.example.strip()]
    read = tracker([rule.example if said == "@" else said for said in lines], tmp_path)
    said = {row.place.row: (row.kind, row.why, row.is_withheld) for row in read.kinds}
    row = 3 + lines.index("@")
    assert said[row] == (rule.kind, rule.why, rule.withheld)
    is_left_out = any(cell.place.row == row for cell in read.stray)
    assert not (rule.withheld and is_left_out)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([HEADINGS, BERTHS, "", "Key", "Green | Ann Lee has to answer."], ["Green", "Ann Lee has to answer."]),
        ([HEADINGS, BERTHS, "", "Key: ask Ann Lee"], ["Key: ask Ann Lee"]),
        ([HEADINGS, BERTHS, "Completed | 1 | see the annex"], ["Completed", "1", "see the annex"]),
        ([HEADINGS, BERTHS, "Updated 3 March 2027", SLIPWAY], ["Updated 3 March 2027"]),
        ([HEADINGS, BERTHS, "Updated 3 March 2027 by Ann Lee"], ["Updated 3 March 2027 by Ann Lee"]),
        ([HEADINGS, BERTHS, "Completed, but see the minutes", SLIPWAY], ["Completed, but see the minutes"]),
        ([NUMBERED, H1, "Not for publication", H3, "! merge A5:D5"], ["Not for publication"]),
    ],
)  # fmt: skip
def test_words_that_may_be_an_officers_stay_reported(
    lines: list[str], said: list[str], tmp_path: Path
) -> None:
    read = tracker(lines, tmp_path)
    strays = [cell.words for cell in read.stray if cell.place.row > read.layout.heading_row]
    actions = [str(action) for action in read.actions]
    assert all(words in strays or any(words in one for one in actions) for words in said)


@pytest.mark.parametrize(
    "lines",
    [
        [HEADINGS, SLIPWAY, "Actions completed since the last meeting", BERTHS],
        [HEADINGS, SLIPWAY, "Actions recommended for closure", BERTHS],
        [HEADINGS, BERTHS, "", "Key: | Green | Completed", " | Amber | In progress"],
    ],
)
def test_sections_by_status_and_keys_are_withheld(lines: list[str], tmp_path: Path) -> None:
    assert tracker(lines, tmp_path).stray == ()


def test_a_band_with_an_items_number_is_a_title_though_nothing_is_merged(tmp_path: Path) -> None:
    lines = [NUMBERED, "Item 5 – Ferries", H1, "9. Piers", H3, "Closed since the last meeting", H1]
    read = tracker(lines, tmp_path)
    titles = [plain(action.title) for action in read.actions]
    assert titles == ["Item 5 – Ferries", "9. Piers", "9. Piers"]


def test_a_number_and_a_status_in_their_columns_are_an_action(tmp_path: Path) -> None:
    read = tracker([NUMBERED, "1 | Dredge it. | It was dug. | Completed", "2 | | | Completed"], tmp_path)  # fmt: skip
    assert [action.cells["status"].cell for action in read.actions] == ["D4", "D5"]


@pytest.mark.parametrize(
    ("rows", "titles"),
    [
        (["RAG | Review the ratings | Ann Lee", "Printed | Print leaflets | Ann Lee"], ["RAG", "Printed"]),
        (["Total | Count all moorings | Ann Lee"], ["Total"]),
        (["Total | 12 | 4"], []),
        (["Key | Done | Late", "Green | Within the plan | Amber"], []),
        (["Key | Initials of officers | AL = Ann Lee"], []),
        (["RAG | Red | Late"], []),
        (["Total | Actions by officer | Ann Lee | | 1"], []),
    ],
)  # fmt: skip
def test_a_row_that_asks_an_officer_is_an_action(
    rows: list[str], titles: list[str], tmp_path: Path
) -> None:
    ends = "Nets | Mend them. | Jo | They are. | Open", "Huts | Mend them. | Jo | They are. | Open"
    read = tracker([OWNED, ends[0], *rows, ends[1]], tmp_path)
    assert [plain(action.title) for action in read.actions] == ["Nets", *titles, "Huts"]


@pytest.mark.parametrize(
    "row", [" | | Jo Bell | Nine are. | Open", " | | Ann Lee | | Open", " | | Jo Bell | | Closed"]
)
def test_what_is_filled_down_below_an_action_is_more_of_it(row: str, tmp_path: Path) -> None:
    read = tracker([OWNED, "Nets | Mend them. | Jo Bell | One is. | Open", row], tmp_path)
    assert len(read.actions) == 1
    assert read.appended  # is said


@pytest.mark.parametrize("action", ["", "! merge B4:B5"])
def test_a_row_with_its_own_officer_and_status_is_an_action(action: str, tmp_path: Path) -> None:
    rows = ["Nets | Mend them. | Jo Bell | Nine are. | Completed", " | | Ann Lee | One is. | Open"]
    text = ["Harbour Panel", "Monitoring – 4 February 2027", OWNED, *rows, *filter(None, [action])]
    typed.write("\n".join(text), tmp_path / "tracker.xlsx")
    (made,) = line.checked(tmp_path / "tracker.xlsx", WEXMOUTH)
    told = [(plain(one.officers), plain(one.update)) for one in made.tracker.actions]
    assert told == [("Jo Bell", "Nine are."), ("Ann Lee", "One is.")]
    assert any(one.check == "missing-action" for one in made.findings) == (not action)


def test_an_officer_that_a_row_adds_with_an_update_is_reported(tmp_path: Path) -> None:
    rows = ["Nets | Mend them. | Jo Bell | Nine are. | Open", " | | Ann Lee | One is."]
    made = tracker([OWNED, *rows], tmp_path)
    assert [cell.words for cell in made.appended] == ["Ann Lee"]


def test_an_action_about_examples_is_no_example(tmp_path: Path) -> None:
    rows = ["Example plans | Example plans to be sent. | Jo | | Open", "Huts | Mend them. | Jo | | Open"]  # fmt: skip
    assert len(tracker([OWNED, *rows], tmp_path).actions) == 2
    rows[0] = "Example | Example action | Jo Bell | It was sent. | Open"
    assert len(tracker([OWNED, *rows], tmp_path).actions) == 1


def test_explain_says_what_each_row_and_line_was_read_as_and_what_lost(tmp_path: Path) -> None:
    lines = ["Updated 3 March 2027", NUMBERED, H1, "Completed | 1", "", "Ring Ann Lee"]
    text = "\n".join(
        ["! sheet Tide Panel", "Harbour Panel", "Monitoring – 4 February 2027", *lines]
    )
    typed.write(text, tmp_path / "tracker.xlsx")
    said = typed.papers("check", str(tmp_path / "tracker.xlsx"), "--style", "wexmouth", "--explain")
    for words in (
        "  committee: Harbour Panel (A1); and not 'Tide Panel', from the sheet's name",
        "  A3: 'Updated 3 March 2027' is withheld, as day of the update above the table",
        "  row 6: total, for it is words for a total or a status, and numbers, and nothing else, and is withheld",
        "  row 8: below the table, for it stands apart, below the last action",
    ):
        assert words in said.output.split("\n")
