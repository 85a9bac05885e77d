"""Trackers as councils keep them: settings for those without a column, and fields that only some papers have."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook

from pipeline import line
from pipeline.council import settings
from pipeline.model.document import Paper, outline
from pipeline.published import paper_book
from tests import typed

ABOVE = "Harbour Panel\nAction list – 4 February 2027\n"
MOTIONS = f"""{ABOVE}Date | Title | Motion | Lead officer | Actions taken
14/10/2026 | Berths | That two berths are dredged. | Jo Bell | One is dredged.
14/10/2026 | Rails | That the rail is painted. | Al Ray | The paint was bought in May.
"""
ALONE = f"""{ABOVE}Ref | Date | Action | Who | Status
1 | 14/10/2026 | Dredge two berths | Jo Bell | In progress
2 | 14/10/2026 | Paint the rail | Al Ray | Closed
"""
ANSWERED = f"""{ABOVE}Ref | Date | Recommendation | Agree? | Date of response | Comment | Status
1 | 14/10/2026 | That the fees are listed. | Yes | 2/12/2026 | They are in a list. | In progress
2 | 14/10/2026 | That a fund is opened. | | | No budget exists. | On hold
"""


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Wexmouth with words of its own in front of some files of its settings."""

    def add(**files: str) -> None:
        folder = tmp_path / "templates" / "wexmouth"
        shutil.copytree(settings.TEMPLATES / "wexmouth", folder)
        for name, toml in files.items():
            path = folder / f"{name}.toml"
            path.write_text(toml + path.read_text(encoding="utf-8"), encoding="utf-8")
        monkeypatch.chdir(tmp_path)

    return add


def paper_of(table: str, tmp_path: Path) -> Paper:
    """The paper of a typed tracker."""
    typed.write(table, tmp_path / "log.xlsx")
    known = line.council("wexmouth")
    (made,) = line.checked(tmp_path / "log.xlsx", known)
    return line.paper_of(made, known)


def final(table: str, tmp_path: Path) -> Result:
    """What comes of building a typed tracker for publication."""
    typed.write(table, tmp_path / "log.xlsx")
    given = ("--output", str(tmp_path / "out"), "--today", typed.TODAY, "--style", "wexmouth")
    return typed.papers("build", "--final", str(tmp_path / "log.xlsx"), "--to", "html,csv", *given)


def test_a_council_without_statuses_publishes_a_paper_that_counts_updates(
    council: Callable[..., None], tmp_path: Path
) -> None:
    assert "missing-column" in final(MOTIONS, tmp_path).output
    council(columns='without = ["status"]\n')
    made = final(MOTIONS, tmp_path)
    assert made.exit_code == 0, made.output
    said = list(outline(paper_of(MOTIONS, tmp_path)))
    assert "2 actions: 2 updates. 0 updates awaited." in said
    assert not any("Status" in one for one in said)


def test_a_council_without_updates_publishes_a_paper_that_has_no_column_for_them(
    council: Callable[..., None], tmp_path: Path
) -> None:
    council(columns='without = ["update"]\n')
    made = final(ALONE, tmp_path)
    assert made.exit_code == 0, made.output
    said = list(outline(paper_of(ALONE, tmp_path)))
    assert "2 actions: 1 completed, 1 in progress." in said
    assert not any("Action Taken" in one or "Not yet provided" in one for one in said)


def test_where_updates_are_not_asked_for_a_status_alone_has_none(
    council: Callable[..., None], tmp_path: Path
) -> None:
    council(checks='[severity]\nmissing-update = "off"\n')
    assert final(ALONE, tmp_path).exit_code == 0
    assert "2 actions: 1 completed, 1 in progress." in outline(paper_of(ALONE, tmp_path))


def test_a_field_that_trackers_cannot_be_without_is_refused(
    council: Callable[..., None], tmp_path: Path
) -> None:
    council(columns='without = ["action"]\n')
    refused = final(MOTIONS, tmp_path)
    assert refused.exit_code == 2
    assert "columns.toml" in refused.output


def test_a_response_is_in_every_edition_and_is_verified(tmp_path: Path) -> None:
    typed.write(ANSWERED, tmp_path / "log.xlsx")
    given = ("--output", str(tmp_path / "out"), "--today", typed.TODAY, "--style", "wexmouth")
    made = typed.papers("build", str(tmp_path / "log.xlsx"), "--to", "docx,html,csv,json", *given)
    assert made.exit_code == 0, made.output
    (records,) = (tmp_path / "out").rglob("records.json")
    first, second = json.loads(records.read_text(encoding="utf-8"))["actions"]
    assert (first["response"], first["responded"]) == ("Yes", "2026-12-02")
    assert "response" not in second
    (table,) = (tmp_path / "out").rglob("*.csv")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["response"] for row in rows] == ["Yes", ""]
    editions = [
        str(one) for kind in ("docx", "html") for one in (tmp_path / "out").rglob(f"*.{kind}")
    ]
    assert typed.papers("verify", *editions).exit_code == 0
    page = next((tmp_path / "out").rglob("*.html"))
    page.write_text(
        page.read_text(encoding="utf-8").replace("<p>Yes</p>", "<p>No</p>"), encoding="utf-8"
    )
    assert "'No␊on 02/12/26'" in typed.papers("verify", *editions).output


def test_a_response_that_comes_is_a_change_since_the_last_paper(tmp_path: Path) -> None:
    output = str(tmp_path / "out")
    typed.write(ANSWERED, tmp_path / "log.xlsx")
    given = ("--today", typed.TODAY, "--style", "wexmouth", "--to", "json")
    typed.papers("build", str(tmp_path / "log.xlsx"), "--output", output, *given)
    (records,) = (tmp_path / "out").rglob("records.json")
    later = ANSWERED.replace("fund is opened. | |", "fund is opened. | Not agreed |")
    typed.write(later, tmp_path / "later.xlsx")
    said = typed.papers(
        "changes", str(records), str(tmp_path / "later.xlsx"), "--style", "wexmouth"
    )
    assert "Response" in said.output, said.output
    assert "Not agreed" in said.output


def test_a_paper_with_a_response_comes_back_as_a_workbook_with_it(tmp_path: Path) -> None:
    typed.write(ANSWERED, tmp_path / "log.xlsx")
    given = ("--output", str(tmp_path / "out"), "--today", typed.TODAY, "--style", "wexmouth")
    typed.papers("build", str(tmp_path / "log.xlsx"), "--to", "json", *given)
    (records,) = (tmp_path / "out").rglob("records.json")
    (checked,) = line.checked(paper_book.book(records), line.council("wexmouth"))
    assert [one.response for one in checked.stated] == ["Yes", ""]
    assert checked.stated[0].responded == "2026-12-02"


@pytest.mark.parametrize(
    ("toml", "cells"),
    [
        ("", []),
        ('[severity]\nmissing-response = "error"\n', ["D5"]),
        ('response_months = 4\n[severity]\nmissing-response = "warning"\n', []),
    ],
)
def test_a_response_is_owed_only_where_a_council_says_so(
    toml: str, cells: list[str], council: Callable[..., None], tmp_path: Path
) -> None:
    council(checks=toml)
    typed.write(ANSWERED, tmp_path / "log.xlsx")
    (made,) = line.checked(tmp_path / "log.xlsx", line.council("wexmouth"))
    assert [one.place.cell for one in made.findings if one.check == "missing-response"] == cells


def test_officers_are_asked_for_a_response_only_where_the_council_has_a_column(
    council: Callable[..., None], tmp_path: Path
) -> None:
    given = ("--committee", "Harbour Panel", "--paper", "List", "--meeting", "4/2/2027")
    plain, with_response = str(tmp_path / "a.xlsx"), str(tmp_path / "b.xlsx")
    assert typed.papers("new", plain, *given, "--style", "wexmouth").exit_code == 0
    council(columns="")
    path = tmp_path / "templates" / "wexmouth" / "columns.toml"
    path.write_text(
        f'{path.read_text(encoding="utf-8")}\n[fields.response]\nheadings = ["Executive\'s answer"]\n',
        encoding="utf-8",
    )
    assert typed.papers("new", with_response, *given, "--style", "wexmouth").exit_code == 0
    heads = [
        [cell.value for cell in load_workbook(one)["Actions"][4]] for one in (plain, with_response)
    ]
    assert ["Executive's answer" in one for one in heads] == [False, True]


NAMELESS = """Date | Title | Action proposed | Action taken | Progress status
14/10/2026 | Berths | Dredge two. | One is dredged. | In progress
"""


@pytest.mark.parametrize("command", ["check", "build", "chase"])
def test_committee_and_meeting_stand_in_on_every_command(command: str, tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    typed.write(NAMELESS, path)
    given = [command, str(path), "--output", str(tmp_path / "out"), "--style", "wexmouth"]
    given += ["--to", "json"] if command == "build" else []
    refused = typed.papers(*given)
    assert refused.exit_code == 2
    assert "names the committee or gives the meeting's date" in refused.output
    assert "give --committee and --meeting" in refused.output
    asked = ("--committee", "Harbour Panel", "--meeting", "4/2/2027")
    assert typed.papers(*given, *asked).exit_code in (0, 1)


def test_changes_takes_a_committee_too(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    typed.write(NAMELESS, path)
    asked = ("--committee", "Harbour Panel", "--meeting", "4/2/2027", "--style", "wexmouth")
    assert typed.papers("changes", str(path), str(path), *asked).exit_code == 0


def test_a_refusal_is_short_and_explain_has_the_whole(tmp_path: Path) -> None:
    heads = " | ".join(
        ["Ref", "Owner", *(f"Something {number} of ours, at length" for number in range(9))]
    )
    typed.write(f"{ABOVE}{heads}\n" + " | ".join("abcdefghijk"), tmp_path / "log.xlsx")
    refused = typed.papers("check", str(tmp_path / "log.xlsx"), "--style", "wexmouth")
    assert refused.exit_code == 2
    assert len(refused.output.strip()) < 3 * 130
    assert "and 6 more" in refused.output
    whole = typed.papers("check", str(tmp_path / "log.xlsx"), "--style", "wexmouth", "--explain")
    assert "  K: Something 8 of ours, at length is not known" in whole.output
