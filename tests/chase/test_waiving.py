"""Waiving: a finding passes in one command, that one and no other, and the clerk's file stays theirs."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from pipeline.commands.cli import main
from pipeline.published.records import from_json
from tests.chase.test_letters import Make, done, make, owing
from tests.conftest import AddToCouncil

__all__ = ["make"]  # the fixture
FILE = Path("inputs/clerk.toml")
BY = ("--by", "A. Clerk")
WHY = ("--reason", "The officer is on leave", *BY)


@pytest.fixture(autouse=True)
def _beside_inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in a folder of its own."""
    monkeypatch.chdir(tmp_path)


def papers(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def waivers() -> list[dict[str, Any]]:
    """What the clerk's file says."""
    made = tomllib.loads(FILE.read_text(encoding="utf-8"))["waiver"]
    assert isinstance(made, list)
    return made


def test_a_cell_is_waived_and_the_paper_is_ready(make: Make) -> None:
    path = make(owing("Jo Bell"))
    result = papers("waive", path, "D4", *WHY, "--until", "27/5/2027")
    assert (result.exit_code, result.output.splitlines()) == (
        0,
        [
            "Waived until 27 May 2027: Actions!D4: HP/1, Tides: The action has no update. [missing-update]",
            f"Written into {FILE}, on the word of A. Clerk.",
        ],
    )
    said = papers("check", path)
    assert (said.exit_code, "  READY" in said.output.splitlines()) == (0, True)
    assert "Waived: The officer is on leave (A. Clerk, until 27 May 2027)" in said.output


def test_an_entry_names_what_it_lets_pass_and_nothing_else(make: Make) -> None:
    """By the reference, or the cell and what was asked for there; by the cell where that is not the finding's alone."""
    path = make(owing("Jo Bell"), owing("Jo Bell", "That it is so.", ref=""))
    assert papers("waive", path, "D4", "Actions!$D$5", *WHY).exit_code == 0
    common = {
        "check": "missing-update",
        "committee": "Harbour Scrutiny Panel",
        "reason": "The officer is on leave",
        "by": "A. Clerk",
    }
    assert [{k: str(v) for k, v in one.items()} for one in waivers()] == [
        common | {"reference": "HP/1", "until": "2027-03-28"},
        common | {"cell": "Actions!D5", "action": "That it is so.", "until": "2027-03-28"},
    ]


def test_a_waiver_goes_with_its_action_when_rows_are_sorted(make: Make) -> None:
    awaited, told = owing("Jo Bell", "That it is so.", ref=""), done("Jo Bell")
    path = make(told, awaited)
    assert papers("waive", path, "D5", *WHY).exit_code == 0
    assert papers("check", make(awaited, told)).exit_code == 0
    other = owing("Jo Bell", "That it is not so.", ref="")
    said = papers("check", make(told, other))
    assert (
        said.exit_code,
        "Actions!D5: error: Tides: The action has no update." in said.output,
    ) == (1, True)
    assert "Actions!D5: the waiver of missing-update fits nothing" in said.output, said.output


def test_another_fault_of_the_same_action_stays_open(make: Make) -> None:
    path = make(owing("Jo Bell", "#REF!"))
    assert "NOT READY. Missing: 1 update" in papers("check", path).output
    papers("waive", path, "D4", *WHY)
    assert [one["reference"] for one in waivers()] == ["HP/1"]
    said = papers("check", path).output
    assert re.findall(r"Actions!(\w+): error", said) == ["C4"]


def test_two_actions_of_one_reference_are_waived_apart(make: Make) -> None:
    path = make(owing("Jo Bell"), owing("Jo Bell", "That it is so."))
    papers("waive", path, "D4", *WHY)
    assert [one["cell"] for one in waivers()] == ["Actions!D4"]
    assert "NOT READY. Missing: 1 update" in papers("check", path).output


@pytest.mark.parametrize(
    ("asked", "cells"),
    [
        (["--officer", "jo bell"], ["Actions!D4", "Actions!D6"]),
        (["--officer", "Jo Bell", "--reference", "HP/3"], ["Actions!D6"]),
        (["--check", "missing-update"], ["Actions!D4", "Actions!D5", "Actions!D6"]),
        (["--reference", "hp/2"], ["Actions!D5"]),
        (["D4", "--reference", "HP/3"], ["Actions!D4", "Actions!D6"]),
        (["d5", "actions:D6"], ["Actions!D5", "Actions!D6"]),
    ],
)
def test_what_is_waived_can_be_named_in_many_ways(
    make: Make, asked: list[str], cells: list[str]
) -> None:
    path = make(
        owing("Jo Bell"),
        owing("Zoë Núñez", "That it is so.", "HP/2"),
        owing("Jo Bell; Sam Rowe", "That it is not so.", "HP/3"),
    )
    result = papers("waive", path, *asked, *WHY)
    assert result.exit_code == 0, result.output
    assert re.findall(r"Actions!D\d", result.output) == cells


def test_a_warning_is_waived_only_where_its_check_is_named(make: Make) -> None:
    path = make(done("Jo Bel l"))  # no officer of the list: a warning
    refused = papers("waive", path, "F4", *WHY)
    assert (refused.exit_code, refused.output.splitlines()) == (
        2,
        [
            "Error: There is nothing to waive at F4. There is unknown-officer (warning), which keeps no paper "
            "from being ready; --check unknown-officer waives it all the same."
        ],
    )
    assert papers("waive", path, "F4", "--check", "unknown-officer", *WHY).exit_code == 0
    assert "  READY" in papers("check", path).output.splitlines()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["D5"], "nothing to waive at D5. Open: Actions!D4 (missing-update)."),
        (["D4", "D5"], "nothing to waive at D5."),
        (["--officer", "Sam Rowe"], "nothing to waive of Sam Rowe. Open: Actions!D4"),
        (["--check", "missing-status"], "nothing to waive of the check missing-status. Open:"),
        (["--check", "missing-udpate"], "there is no check called 'missing-udpate'."),
        (
            ["HP/1"],
            "'HP/1' is no cell. Give one such as G32, or an action's reference: --reference",
        ),
        ([], "Say which findings of which workbook."),
        (["D4", "--until", "27/3/2027"], "a waiver until 27/03/2027 has ended by then."),
        (["D4", "--reason", " "], "A waiver needs a reason."),
    ],
)
def test_what_cannot_be_waived_is_one_line_and_nothing_is_written(
    make: Make, asked: list[str], said: str
) -> None:
    result = papers("waive", make(owing("Jo Bell")), *WHY, *asked)
    assert (result.exit_code, len(result.output.splitlines())) == (2, 1), result.output
    assert said in result.output
    assert not FILE.exists()


def test_a_cell_of_several_sheets_has_to_be_named_with_its_sheet(make: Make) -> None:
    """As the verdict's command does, in signs that every terminal takes as they are."""
    path = make(owing("Jo Bell"))
    book = load_workbook(path)
    book["Actions"].title = "Open actions"
    other = book.copy_worksheet(book["Open actions"])
    other.title, other["G4"], other["B4"] = "Old", "HP/2", "Quays"
    book.save(path)
    result = papers("waive", path, "D4", *WHY)
    assert (result.exit_code, result.output.splitlines()) == (
        2,
        [
            "Error: There are findings at D4 of Old and Open actions. "
            'Say which: Old:D4 and "Open actions:D4".'
        ],
    )
    assert f'papers waive {path} Old:D4 "Open actions:D4" --reason' in papers("check", path).output
    assert papers("waive", path, "'Open actions'!D4", "old:d4", *WHY).exit_code == 0
    assert [one["reference"] for one in waivers()] == ["HP/2", "HP/1"]


def test_the_verdict_gives_the_command_and_the_command_makes_it_ready(make: Make) -> None:
    path = make(owing("Jo Bell"), owing("Zoë Núñez", "That it is so.", "HP/2"))
    lines = papers("check", path, "--output", "our papers").output.splitlines()
    start = "  To let it pass instead, with your reason: papers "
    (line,) = (line for line in lines if line.startswith(start))
    command = line.removeprefix(start)
    assert command == (f'waive {path} D4 D5 --reason "…" --until 28/03/2027 --output "our papers"')
    assert papers(*shlex.split(command.replace("…", "On leave")), *BY).exit_code == 0
    ready = papers("check", path).output
    assert "  READY" in ready.splitlines()
    assert start not in ready


def test_the_command_for_many_findings_names_their_checks(make: Make) -> None:
    path = make(*(owing("Jo Bell", f"That it is {n}.", f"HP/{n}") for n in range(9)))
    said = papers("check", path).output
    assert f'papers waive {path} --check missing-update --reason "…"' in said
    told = json.loads(papers("check", path, "--format", "json").output)
    assert told["verdicts"][0]["waive"] in said


def test_the_command_never_lets_a_row_pass_that_is_marked_as_exempt(make: Make) -> None:
    path = make(owing("Jo Bell"), owing("Jo Bell", "That it is so. (EXEMPT)", "HP/2"))
    said = papers("check", path).output
    assert "[exempt-row]" in said
    assert f"papers waive {path} D4 D5 --reason" in said
    (line,) = (line for line in said.splitlines() if "To let it pass" in line)
    command = line.partition("papers ")[2]
    assert papers(*shlex.split(command.replace("…", "On leave")), *BY).exit_code == 0
    assert papers("check", path).exit_code == 1
    assert "[exempt-row]" in papers("check", path).output


def test_waiving_again_changes_the_entry_that_there_is(make: Make) -> None:
    path = make(owing("Jo Bell"))
    papers("waive", path, "D4", *WHY)
    later = ("--meeting", "27/5/2027")
    assert "Waivers that have ended: HP/1 (missing-update)." in papers("check", path, *later).output
    papers("waive", path, "D4", "--reason", "Still on leave", *BY, *later)
    assert [(one["reason"], str(one["until"])) for one in waivers()] == [
        ("Still on leave", "2027-05-27")
    ]
    assert "have ended" not in papers("check", path, *later).output


def test_ended_waivers_are_one_line(make: Make) -> None:
    path = make(*(owing("Jo Bell", f"That it is {n}.", f"HP/{n}") for n in range(5)))
    papers("waive", path, "--check", "missing-update", *WHY)
    said = papers("check", path, "--meeting", "27/5/2027").output
    assert [line.strip() for line in said.splitlines() if "have ended" in line] == [
        "Waivers that have ended: HP/0 (missing-update), HP/1 (missing-update), HP/2 (missing-update) and "
        "2 more. papers waive --list says where each stands."
    ]


OURS = (
    "# Kept by the clerk.\r\n"
    "\r\n"
    "[[waiver]]  # the lock\r\n"
    "check = 'missing-update'\r\n"
    'committee = "Harbour Scrutiny Panel"\r\n'
    'reference = "HP/7"   # the lock keeper\'s\r\n'
    'reason = "Agreed"\r\n'
    'by = "A. Clerk"\r\n'
    "until = 2027-03-28 # one meeting\r\n"
    "\r\n"
    "# The end"
)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_clerk_s_comments_line_ends_and_words_stay(make: Make, mark: bytes) -> None:
    FILE.parent.mkdir()
    FILE.write_bytes(mark + OURS.encode())
    path = make(owing("Jo Bell"))
    assert papers("waive", path, "D4", "--reason", 'He said "no" \\ – née', *BY).exit_code == 0
    made = FILE.read_bytes()
    assert made.startswith(mark + OURS.encode())
    assert made.count(b"\n") == made.count(b"\r\n")
    assert tomllib.loads(made.decode("utf-8-sig"))["waiver"][1]["reason"] == 'He said "no" \\ – née'
    assert "  READY" in papers("check", path).output.splitlines()
    changed = make(owing("Jo Bell", ref="HP/7"))
    papers("waive", changed, "D4", "--reason", "Agreed anew", *BY, "--meeting", "27/5/2027")
    again = FILE.read_bytes().decode("utf-8-sig")
    assert again.startswith(
        OURS.replace('"Agreed"', '"Agreed anew"').replace("2027-03-28", "2027-05-27")
    )
    assert again.count("\n") == again.count("\r\n")


def test_a_file_that_cannot_be_replaced_stays_as_it_was(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    FILE.parent.mkdir()
    FILE.write_bytes(OURS.encode())

    def refuse(path: Path, target: Path) -> None:  # noqa: ARG001
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    result = papers("waive", make(owing("Jo Bell")), "D4", *WHY)
    assert (result.exit_code, "clerk.toml cannot be written" in result.output) == (2, True)
    assert FILE.read_bytes() == OURS.encode()
    assert [path.name for path in FILE.parent.iterdir()] == [FILE.name]


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[[waiver]\n", "inputs/clerk.toml: "),
        ("[[wavier]]\n", "inputs/clerk.toml: unknown key wavier. Fix it; docs/clerk.md explains it."),
        (OURS.replace("by =", "buy ="), "inputs/clerk.toml: "),
        (OURS.replace("missing-update", "mising"), "inputs/clerk.toml: there is no check called"),
        (OURS.replace("missing-update", "vanished-action").replace("reference", "cell"),
         "inputs/clerk.toml: a vanished action is waived by its reference (in waiver 1)"),
    ],
)  # fmt: skip
def test_a_slip_in_the_clerk_s_file_is_one_line(make: Make, toml: str, said: str) -> None:
    FILE.parent.mkdir()
    FILE.write_bytes(toml.encode())
    result = papers("waive", make(owing("Jo Bell")), "D4", *WHY)
    assert (result.exit_code, len(result.output.splitlines())) == (2, 1), result.output
    assert said in result.output
    assert FILE.read_bytes() == toml.encode()


def test_a_clerk_s_file_that_cannot_be_read_is_one_line(make: Make) -> None:
    FILE.mkdir(parents=True)
    result = papers("check", make(owing("Jo Bell")))
    assert (result.exit_code, len(result.output.splitlines())) == (2, 1)
    assert "inputs/clerk.toml cannot be read: " in result.output


@pytest.mark.parametrize("command", ["check", "build", "chase"])
def test_every_command_that_checks_reads_the_clerk_s_file(make: Make, command: str) -> None:
    FILE.parent.mkdir()
    FILE.write_text("[[wavier]]", encoding="utf-8")
    result = papers(command, make(owing("Jo Bell")))
    assert (result.exit_code, "clerk.toml: unknown key wavier" in result.output) == (2, True)


def test_waivers_in_brackets_are_read_and_not_added_to(make: Make) -> None:
    entry = '{check = "missing-update", committee = "Harbour Scrutiny Panel", reference = "HP/1", '
    FILE.parent.mkdir()
    FILE.write_text(f'waiver = [{entry}reason = "x", by = "y", until = 2027-03-28}}]', "utf-8")
    path = make(owing("Jo Bell"), owing("Jo Bell", "That it is so.", "HP/2"))
    assert "NOT READY. Missing: 1 update" in papers("check", path).output
    result = papers("waive", path, "D5", *WHY)
    assert (result.exit_code, "a line [[waiver]] of its own" in result.output) == (2, True)


def test_the_list_says_what_is_waived_and_how_it_stands(make: Make, council: AddToCouncil) -> None:
    council(
        '[[waiver]]\ncheck = "missing-status"\ncommittee = "Tide Panel"\ncell = "Actions!E5"\n'
        'reason = "Agreed"\nby = "B. Clerk"\nuntil = 2027-03-28\n'
    )
    path = make(owing("Jo Bell"), owing("Jo Bell", "That it is so.", "HP/2"))
    papers("waive", path, "D4", *WHY, "--until", "27/5/2027")
    papers("waive", path, "D5", *WHY)
    said = f"Harbour Scrutiny Panel: The officer is on leave (A. Clerk, until {{}}; in {FILE})."
    other = (
        "Actions!E5: missing-status, Tide Panel: Agreed (B. Clerk, until 28 March 2027; in "
        "templates/wexmouth/checks.toml). No workbook that was read is this committee's."
    )
    assert papers("waive", path, "--list").output.splitlines() == [
        f"HP/1: missing-update, {said.format('27 May 2027')} Lets 1 finding pass.",
        f"HP/2: missing-update, {said.format('28 March 2027')} Lets 1 finding pass.",
        other,
    ]
    path = make(done("Jo Bell"))
    assert papers("waive", path, "--list", "--meeting", "27/5/2027").output.splitlines() == [
        f"HP/1: missing-update, {said.format('27 May 2027')} Lets nothing pass in "
        "panel.xlsx: take it out, unless it is for another workbook.",
        f"HP/2: missing-update, {said.format('28 March 2027')} Has ended: take it out.",
        other,
    ]


def test_nothing_is_waived(make: Make) -> None:
    assert papers("waive", make(done("Jo Bell")), "--list").output == "Nothing is waived.\n"


def test_without_a_name_it_is_the_machine_s_user(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "aclerk")
    path = make(owing("Jo Bell"), owing("Jo Bell", "That it is so.", "HP/2"))
    papers("waive", path, "D4", "--reason", "On leave")
    monkeypatch.setenv("PAPERS_BY", "Ann Clerk")
    papers("waive", path, "D5", "--reason", "On leave")
    assert [one["by"] for one in waivers()] == ["aclerk", "Ann Clerk"]


UNSEEN = (
    "1/2/27 | Tides | That they are sent. | They were sent \u0378. | Completed | Jo Bell | HP/1"
)


def test_characters_that_no_font_has_are_waived_as_any_finding(make: Make) -> None:
    path = make(UNSEEN, UNSEEN.replace("HP/1", "HP/2"))
    assert papers("waive", path, "D4", *WHY).exit_code == 0
    assert [(one["check"], one["reference"]) for one in waivers()] == [("missing-glyph", "HP/1")]
    build = ("build", "--final", "--to", "pdf", "--engine", "typst")
    for command in (("check",), build):
        refused = papers(*command, path)
        assert re.findall(r"Actions!(\w+): error", refused.output) == ["D5"]
    papers("waive", path, "D5", *WHY)
    assert papers(*build, path).exit_code == 0


GONE = [
    "1/2/27 | Quays | That they are lit. | Half are. | In progress | Jo Bell | HP/7",
    "1/2/27 | Locks | That they are oiled. | Half are. | In progress | Sam Rowe | HP/8",
    "1/2/27 | Buoys | That they are red. | Half are. | In progress | Sam Rowe |",
]


@pytest.fixture
def published(make: Make) -> None:
    """A final paper in outputs/, with three actions open."""
    assert papers("build", make(*GONE), "--final", "--to", "json").exit_code == 0


@pytest.mark.usefixtures("published")
def test_a_vanished_action_is_waived_alone_and_is_withdrawn(make: Make) -> None:
    may = ("--meeting", "27/5/2027")
    path = make(done("Jo Bell"))
    said = papers("check", path, *may).output
    assert "NOT READY. 3 errors" in said
    assert f'papers waive {path} --reference HP/7 --reference HP/8 --reference "Buoys: That' in said
    result = papers(
        "waive", path, "--reference", "hp/7", "--reason", "The quay was sold.", *BY, *may
    )
    assert "Page 1 of the paper says that it is withdrawn" in result.output
    assert "NOT READY. 2 errors" in papers("check", path, *may).output
    again = ("--reference", "HP/8", "--reference", "Buoys: That they are red.")
    assert papers("waive", path, *again, "--reason", "Done by others", *BY, *may).exit_code == 0
    made = papers("build", path, "--final", "--to", "html,json", *may)
    assert made.exit_code == 0, made.output
    folder = Path("outputs/harbour-scrutiny-panel")
    closed = (folder / "closed.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(closed)))
    assert [(row["reference"], row["raw_status"], row["reason"]) for row in rows] == [
        ("HP/9", "Completed", "completed"),
        ("HP/7", "In progress", "withdrawn: The quay was sold."),
        ("HP/8", "In progress", "withdrawn: Done by others"),
        ("", "In progress", "withdrawn: Done by others"),
    ]
    (page,) = (folder / "2027-05-27").glob("*.html")
    words = " ".join(re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8")).split())
    assert (
        "Since 28 March 2027: 1 new. 3 withdrawn: "
        "HP/7 (The quay was sold); HP/8 (Done by others); Buoys: That they are red. (Done by others)."
    ) in words


def vanished(path: Path) -> list[str]:
    """The findings on hidden rows and on what is gone."""
    found = csv.DictReader(
        papers("check", path, "--meeting", "27/5/2027", "--format", "csv").output.splitlines()
    )
    kinds = ("hidden-words", "vanished-action")
    return [f"{one['check']} {one['reference']}".strip() for one in found if one["check"] in kinds]


@pytest.fixture
def hiding(make: Make, published: None) -> Path:  # noqa: ARG001
    """A workbook of the next meeting, two of whose rows are hidden."""
    path = make(*(one.replace("Half are.", "All but two are.") for one in GONE))
    book = load_workbook(path)
    for row in (4, 6):
        book["Actions"].row_dimensions[row].hidden = True
    book.save(path)
    return path


def test_an_action_in_a_hidden_row_is_missed_where_hidden_words_keep_no_paper_back(
    hiding: Path, council: AddToCouncil
) -> None:
    council('[severity]\nhidden-words = "warning"\n')
    gone = ["vanished-action HP/7", "vanished-action Buoys: That they are red."]
    assert vanished(hiding) == [*gone, "hidden-words", "hidden-words"]


@pytest.mark.parametrize("by_hand", ["Actions!A4", "actions!$a$4"])
def test_an_action_in_a_hidden_row_is_missed_only_where_the_row_is_waived(
    hiding: Path, by_hand: str
) -> None:
    path = hiding
    assert vanished(path) == ["hidden-words", "hidden-words"]
    may = ("--meeting", "27/5/2027")
    assert papers("waive", path, "Actions!A4", *WHY, *may).exit_code == 0
    FILE.write_text(FILE.read_text().replace("Actions!A4", by_hand))
    assert vanished(path) == ["vanished-action HP/7", "hidden-words"]


@pytest.mark.usefixtures("published")
def test_what_was_withdrawn_is_not_asked_for_again_and_may_come_back(make: Make) -> None:
    may, july = ("--meeting", "27/5/2027"), ("--meeting", "22/7/2027")
    path = make(*(one.replace("Half are.", "All but two are.") for one in GONE[1:]))
    why = ("--reason", "The quay was sold", *BY, "--until", "22/7/2027")
    papers("waive", path, "--reference", "HP/7", *why, *may)
    assert papers("build", path, "--final", "--to", "json", *may).exit_code == 0
    said = papers("check", path, *july).output
    assert "HP/7" not in said
    listed = papers("waive", path, "--list", *july).output
    assert listed.rstrip().endswith("Done: the action is withdrawn.")
    records = from_json(Path("outputs/harbour-scrutiny-panel/2027-05-27/records.json").read_bytes())
    assert [(one.action.reference, one.withdrawn) for one in records.closed] == [
        ("HP/7", "The quay was sold")
    ]
    back = papers("check", make(*GONE), *july).output
    assert "An earlier paper reported that the action is closed, and it is open again." in back


@pytest.mark.parametrize("reason", ["…", "...", "?!", " – "])
def test_a_reason_has_words(make: Make, reason: str) -> None:
    path = make(owing("Jo Bell"))
    build = ("build", path, "--final", "--replace")
    for command in (("waive", path, "D4"), build):
        refused = papers(*command, "--reason", reason)
        assert (refused.exit_code, refused.output) == (
            2, f"Error: '{reason.strip()}' is no reason. Say why in words.\n"
        )  # fmt: skip
    assert not FILE.exists()


def test_a_finding_waived_again_has_the_new_reason(make: Make) -> None:
    path = make(owing("Jo Bell"), owing("Jo Bell", "That it is so.", "HP/2"))
    papers("waive", path, "D4", *WHY)
    for named in (("D4",), ("--reference", "HP/1")):
        reason = f"The Chair knows, {named[-1]}"
        assert papers("waive", path, *named, "--reason", reason).exit_code == 0
        assert [one["reason"] for one in waivers()] == [reason]


def test_a_waiver_in_a_committee_s_former_name_has_the_new_reason_too(make: Make) -> None:
    path = make(owing("Jo Bell"))
    papers("waive", path, "D4", *WHY)
    kept = FILE.read_text(encoding="utf-8").replace("Harbour Scrutiny Panel", "Quay Panel")
    renamed = (
        '[[renamed]]\ncommittee = "Harbour Scrutiny Panel"\nformerly = "Quay Panel"\n'
        "since = 2027-01-01\n"
    )
    FILE.write_text(f"# ours\n{kept}\n{renamed}", encoding="utf-8")
    assert papers("waive", path, "D4", "--reason", "The Chair knows").exit_code == 0
    assert [one["reason"] for one in waivers()] == ["The Chair knows"]
    assert FILE.read_text(encoding="utf-8").startswith("# ours\n")
    assert "Waived: The Chair knows (" in papers("check", path).output


def test_a_cell_that_is_merged_over_actions_is_asked_of_the_officer_of_each(
    make: Make, tmp_path: Path
) -> None:
    path = make(owing("Jo Bell"), owing("Sam Rowe", "That the quays are lit.", ref="HP/2"))
    book = load_workbook(path)
    book["Actions"]["D4"] = "TBC"
    book["Actions"].merge_cells("D4:D5")
    book.save(path)
    said = papers("check", path).output
    owed = "Actions!D4: error: HP/{}, Tides: The update says only 'TBC'."
    assert [said.count(owed.format(number)) for number in (1, 2)] == [1, 1]
    assert "Missing: 2 updates. From 2 officers" in said
    drafts = papers("chase", path, "--output", tmp_path / "out").output
    assert "Jo Bell: 1 error." in drafts
    assert "Sam Rowe: 1 error." in drafts
    assert papers("waive", path, "--reference", "HP/2", *WHY).exit_code == 0
    said = papers("check", path).output
    assert f"{owed.format(1)} Write" in said
    assert "NOT READY. Missing: 1 update. From 1 officer" in said


def test_a_cell_of_two_actions_without_references_is_asked_of_both_officers(make: Make) -> None:
    path = make(owing("Jo Bell", ref=""), owing("Sam Rowe", "That the quays are lit.", ref=""))
    book = load_workbook(path)
    book["Actions"]["D4"] = "TBC"
    book["Actions"].merge_cells("D4:D5")
    book.save(path)
    assert "Missing: 2 updates. From 2 officers" in papers("check", path).output
    assert papers("waive", path, "D4", "--officer", "Sam Rowe", *WHY).exit_code == 0
    said = papers("check", path).output
    assert "NOT READY. Missing: 1 update. From 1 officer" in said
    assert "Jo Bell" in said.partition("NOT READY")[0]


def test_a_fault_of_one_of_the_actions_that_share_a_cell_is_said_of_that_one(make: Make) -> None:
    denied = "1/2/27 | Quays | That they are lit. | Work has not started. | | Sam Rowe | HP/2"
    path = make(done("Jo Bell"), denied)
    book = load_workbook(path)
    book["Actions"].merge_cells("E4:E5")
    book.save(path)
    said = papers("check", path).output
    assert re.findall(r"error: (\S+), .*\[denied-completion\]", said) == ["HP/2"]


@pytest.mark.parametrize("cell", ["'Jo''s log (2)'!D4", "Jo's log (2)!D4", "'Jo''s log (2)':$D$4"])
def test_a_cell_is_named_as_excel_names_it(cell: str, make: Make) -> None:
    path = make(owing("Jo Bell"))
    book = load_workbook(path)
    book["Actions"].title = "Jo's log (2)"
    book.save(path)
    assert papers("waive", path, cell, *WHY).exit_code == 0
