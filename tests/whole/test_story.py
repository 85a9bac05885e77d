"""A year of one committee's meetings: what the clerk is told at each, and what the papers say of it.

Everything is made by the commands, from workbooks saved as officers save them, and read back from
the files: DOCX, PDF, e-mails, the annotated copy, what has changed, and the list of what was closed.
"""

from __future__ import annotations

import csv
import json
import tomllib
from email import message_from_bytes, policy
from pathlib import Path
from typing import TypeAlias

import docx
import pytest
from click.testing import CliRunner, Result
from lxml import html
from openpyxl import Workbook as ExcelWorkbook
from openpyxl import load_workbook

from pipeline.commands.cli import main
from tests.reading import letters, printed

HEADINGS = [
    "Ref",
    "Date",
    "Title",
    "Action proposed",
    "Lead officer",
    "Due date",
    "Action taken",
    "Status",
]
OFFICERS = [
    ["Name", "Role", "E-mail", "Telephone"],
    ["Zoë Núñez", "Harbour Master", "zoe.nunez@wexmouth.example", "01632 960001"],
    ["Jo Bell", "Lock Keeper", "jo.bell@wexmouth.example", "01632 960002"],
]
ASKED = {
    "HP/1": "That the tide tables are sent to every berth.",
    "HP/2": "That the lock is dredged.",
    "HP/3": "That the quay lamps are mended.",
    "HP/4": "That ferry fares are compared with other harbours'.",
    "HP/5": "That the pilots' rota is published.",
    "HP/6": "That visitors' moorings are marked.",
    "HP/7": "That a second ferry is hired for the summer.",
}
Row: TypeAlias = dict[str, str]


def row(ref: str, update: str, status: str, **other: str) -> Row:
    return {
        "ref": ref,
        "update": update,
        "status": status,
        "officer": "Jo Bell",
        "due": "1/9/2027",
    } | other


FIRST = [
    row("HP/1", "", "In progress", officer="Zoë Núñez"),
    row("HP/2", "Tenders were asked for.", "In progress"),
    row("HP/3", "Half of them were mended.", "In progress"),
    row("HP/4", "Three harbours have answered.", "In progress"),
    row("HP/5", "The rota has been drafted.", "In progress"),
    row("HP/6", "Buoys were ordered.", "On hold"),
]
SECOND = [
    row("HP/1", "They were sent to the north quay.", "In progress", officer="Zoë Núñez"),
    row("HP/2", "Two tenders have come in.", "In progress"),
    row("HP/3", "All were mended by 12 March.", "Completed", due="1/3/2027"),
    row("HP/4", "Five harbours have answered.", "In progress"),
    row("HP/5", "The rota is with the pilots.", "In progress"),
    row("HP/6", "Buoys were ordered.", "On hold"),
    row("HP/7", "Two offers were received.", "In progress", officer="Zoë Núñez"),
]
THIRD = [
    row(
        "HP/1",
        "They were sent to the south quay too.",
        "In progress",
        officer="Zoë Núñez",
        due="1/11/2027",
    ),
    row("HP/2", "A tender was accepted.", "In progress", asked="That the lock is surveyed."),
    row("HP/3", "All were mended by 12 March.", "Completed", due="1/3/2027"),
    row("HP/4", "The comparison was sent to members.", "In progress"),
    row("HP/5", "The rota was put online on 3 May.", "Completed", due="1/5/2027"),
    row("HP/6", "Ten buoys were laid.", "In progress"),
    row("HP/7", "The cheaper offer was taken.", "In progress", officer="Zoë Núñez"),
]
FOURTH = [
    row(
        "HP/1",
        "Only the lock's berths are left.",
        "In progress",
        officer="Zoë Núñez",
        due="1/12/2027",
    ),
    row("HP/2", "The dredger has come.", "In progress"),
    row("HP/3", "Two lamps failed again in June.", "In progress"),
    row("HP/4", "Members asked for one harbour more.", "In progress"),
    row("HP/6", "The buoys were the wrong ones.", "Not started"),
    row("HP/7", "She sails from 1 July.", "In progress", officer="Zoë Núñez"),
]


class Committee:
    """The Harbour Panel's one folder of papers, and its one workbook, saved anew for each meeting."""

    def __init__(self, folder: Path) -> None:
        self.book, self.out = folder / "panel.xlsx", folder / "out"

    def save(self, meeting: str, rows: list[Row]) -> None:
        book = ExcelWorkbook()
        sheet = book.worksheets[0]
        sheet.title = "Actions"
        sheet.append(["Harbour Panel"])
        sheet.append([f"Monitoring – {meeting}"])
        sheet.append(HEADINGS)
        for one in rows:
            asked = one["asked"] if "asked" in one else ASKED[one["ref"]]
            sheet.append([one["ref"], one.get("date", "14/1/2027"), "Harbour", asked, one["officer"], one["due"],
                          one["update"], one["status"]])  # fmt: skip
        people = book.create_sheet("Officers")
        for person in OFFICERS:
            people.append(person)
        book.save(self.book)

    def papers(self, command: str, *options: str) -> Result:
        arguments = [command, str(self.book), "--output", str(self.out), *options]
        if command not in ("chase", "waive"):
            arguments += ["--today", "4/1/2027"]
        return CliRunner().invoke(main, arguments)

    def found(self) -> set[str]:
        """The findings on the workbook as it is, by cell; notes left out."""
        said = self.papers("check", "--format", "csv").output
        return {
            f"{one['cell']} {one['check']}"
            for one in csv.DictReader(said.splitlines())
            if one["severity"] != "note"
        }

    def publish(self, day: str, *, to: str = "docx,pdf") -> list[list[str]]:
        """The rows of the meeting's final paper, and what stands above them, read from the DOCX; the
        PDF, if it is made, says the same.
        """
        result = self.papers("build", "--final", "--to", to)
        assert result.exit_code == 0, result.output
        (word,) = (self.out / "harbour-panel" / day).glob("*.docx")
        document = docx.Document(str(word))
        rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
        above = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
        if "pdf" in to:
            pdf = printed(word.with_suffix(".pdf"))
            columns = zip(*rows[1:], strict=True)
            assert pdf.columns == [letters("".join(column)) for column in columns]
            assert pdf.above == letters("".join(above))
        return [above, *rows[1:]]

    def paper(self, day: str, suffix: str) -> Path:
        """One edition of a meeting's paper."""
        (path,) = (self.out / "harbour-panel" / day).glob(f"*{suffix}")
        return path


@pytest.fixture
def panel(tmp_path: Path) -> Committee:
    return Committee(tmp_path)


def marks(rows: list[list[str]]) -> dict[str, str]:
    """What the last line of each row's status says, by reference."""
    return {row[0]: row[-1].split("\n")[-1] for row in rows}


def test_four_meetings(panel: Committee) -> None:
    # January: Zoë owes an update. She is written to, the copy marks her cell, and nothing is published.
    panel.save("28 January 2027", FIRST)
    refused = panel.papers("build", "--final")
    assert refused.exit_code == 1
    assert "NOT READY. Missing: 1 update. From 1 officer" in refused.output
    assert not panel.out.exists()
    assert panel.papers("chase").exit_code == 0
    (draft,) = panel.out.rglob("*.eml")
    mail = message_from_bytes(draft.read_bytes(), policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    assert mail["To"].addresses[0].addr_spec == "zoe.nunez@wexmouth.example"
    assert "Cell G4 of the sheet Actions: The action has no update." in body.get_content()
    panel.papers("check", "--annotate")
    (copy,) = panel.out.rglob("to-do.xlsx")
    note = load_workbook(copy)["Actions"]["G4"].comment
    assert note is not None
    assert "no update" in note.text
    answered = [
        row("HP/1", "They are being printed.", "In progress", officer="Zoë Núñez"),
        *FIRST[1:],
    ]
    panel.save("28 January 2027", answered)
    above, *rows = panel.publish("2027-01-28")
    assert marks(rows) == {**dict.fromkeys(list(ASKED)[:5], "In progress"), "HP/6": "On hold"}
    assert not any("Recommendation" in words for words in above)

    # March: nobody has touched the workbook; then one is done, one is new, one is on hold as it was, and one
    # has vanished until it is put back.
    panel.save("25 March 2027", answered)
    assert_all_owe_an_update(panel)
    panel.save("25 March 2027", [one for one in SECOND if one["ref"] != "HP/4"])
    assert panel.found() == {"A3 vanished-action", "G8 stale-on-hold"}
    assert panel.papers("build", "--final").exit_code == 1
    panel.save("25 March 2027", SECOND)
    above, *rows = panel.publish("2027-03-25")
    assert marks(rows) == {
        "HP/1": "Updated", "HP/2": "Updated", "HP/3": "Closed", "HP/4": "Updated", "HP/5": "Updated",
        "HP/6": "No change since 28 January 2027", "HP/7": "New",
    }  # fmt: skip
    assert "Since 28 January 2027: 1 new, 4 updated, 1 with no change, 1 closed." in above
    assert "Completed: Harbour (HP/3)." in above

    # May: what was reported as closed is left out, another closes, one is reworded, one put off.
    panel.save("27 May 2027", THIRD)
    assert panel.found() == {"F4 extended-again", "D5 action-reworded"}
    above, *rows = panel.publish("2027-05-27")
    assert marks(rows) == {
        "HP/1": "Updated", "HP/2": "Updated", "HP/4": "Updated", "HP/5": "Closed", "HP/6": "Updated",
        "HP/7": "Updated",
    }  # fmt: skip
    assert "Completed: Harbour (HP/5)." in above
    assert panel_closed(panel) == [
        ("HP/3", "2027-03-25", "completed", ""),
        ("HP/5", "2027-05-27", "completed", ""),
    ]

    # July: the lamps are open again and say why, one went back, one is put off once more; HP/5 is off the sheet.
    panel.save("22 July 2027", FOURTH)
    assert panel.found() == {
        "F4 extended-again", "D5 action-reworded", "H8 status-went-back"
    }  # fmt: skip
    assert "it has been moved twice" in panel.papers("check").output
    above, *rows = panel.publish("2027-07-22")
    assert marks(rows) == {
        "HP/1": "Updated", "HP/2": "Updated", "HP/3": "Reopened", "HP/4": "Updated", "HP/6": "Updated",
        "HP/7": "Updated",
    }  # fmt: skip
    assert "Since 27 May 2027: 5 updated, 1 reopened." in above
    assert panel_closed(panel) == [
        ("HP/3", "2027-03-25", "completed", "2027-07-22"),
        ("HP/5", "2027-05-27", "completed", ""),
    ]

    assert_changes_are_said(panel)


# A second year: what keeps a paper from being READY, and what lets it pass

FAULTY = [
    row("HP/1", "They cost [insert figures].", "In progress"),
    row("HP/2", "Tenders were asked for.", "Amber"),
    row("HP/3", "Half of them were mended.", "In progress", due="31/2/2027"),
    row("HP/4", "Three harbours have answered.", "In progress", date="14/10/2027"),
    row("HP/5", "This has not yet been completed.", "Completed"),
    row("HP/6", "The price is £4,000.\nEXEMPT", "In progress"),
    row("HP/7", "Two offers were received.", "In progress", officer="Zoë Núñez"),
    row("HP/7", "Two offers were received.", "In progress", officer="Zoë Núñez"),
]
FAULTS = {
    "G4 placeholder": "HP/1", "H5 unknown-status": "HP/2", "F6 unreadable-date": "HP/3",
    "B7 dated-after-meeting": "HP/4", "H8 denied-completion": "HP/5", "G9 exempt-row": "HP/6",
    "D11 repeated-action": "HP/7",
}  # fmt: skip
FIXED = [
    row("HP/1", "They cost £120.", "In progress"),
    row("HP/2", "Tenders were asked for.", "In progress"),
    row("HP/3", "Half of them were mended.", "In progress"),
    row("HP/4", "Three harbours have answered.", "In progress"),
    row("HP/5", "The rota has been drafted.", "In progress"),
    row("HP/6", "Buoys were ordered.", "On hold"),
    row("HP/7", "Two offers were received.", "In progress", officer="Zoë Núñez"),
]
WHY_LATER = "The printer is late; the Chair agreed to November."
# Everything the table in docs/clerk.md calls updated, and all that it does not, HP/7 sold and off the sheet.
NEXT = [
    row("HP/1", WHY_LATER, "In progress", due="1/11/2027"),  # updated: words and due date
    row(
        "HP/3",
        "No change since January because two tenders were void.",
        "In progress",
        asked=ASKED["HP/2"],
    ),
    row("HP/2", "All but three were mended.", "In progress", asked=ASKED["HP/3"]),  # updated, both
    row("HP/4", "three harbours  have answered", "On-going"),  # no change: stale
    row("HP/5", "The rota was put online on 3 May.", "Completed"),  # closed
    row("HP/6", "Buoys were ordered.", "on hold"),  # no change: it waits
    row("HP/8", "A pilot was asked.", "In progress", asked="That the bar is sounded."),  # new
]


def test_ready_means_ready(panel: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(panel.book.parent)  # whose inputs/clerk.toml the clerk's decisions are

    # January: whatever is not the officers' own word is an error, one a cell, and says which action it is of.
    panel.save("28 January 2027", FAULTY)
    assert panel.found() == set(FAULTS)
    refused = panel.papers("build", "--final")
    assert (refused.exit_code, panel.out.exists()) == (1, False)
    said = panel.papers("check").output
    for fault, reference in FAULTS.items():
        assert f"Actions!{fault.split()[0]}: error: {reference}, Harbour: " in said
    assert_written_to(panel)

    # Fixed, and published.
    panel.save("28 January 2027", FIXED)
    assert panel.found() == set()
    panel.publish("2027-01-28")

    # March: one action of the seven is gone, two have one another's numbers, one is as it was.
    panel.save("25 March 2027", NEXT)
    assert panel.found() == {
        "A3 vanished-action",
        "A5 numbered-anew",
        "G7 stale-update",
        "G9 stale-on-hold",
    }  # fmt: skip; and no extended-again at F4: its update says why
    assert (
        "NOT READY. Missing: 1 update. 1 other error. From 1 officer"
        in panel.papers("check").output
    )
    waived = panel.papers(
        "waive", "--reference", "HP/7", "--reason", "The ferry was sold", "--by", "A. Clerk"
    )
    assert waived.exit_code == 0, waived.output
    waived = panel.papers(
        "waive", "G7", "--reason", "To be heard at the meeting", "--by", "A. Clerk"
    )
    assert waived.exit_code == 0, waived.output
    written = tomllib.loads(
        (panel.book.parent / "inputs" / "clerk.toml").read_text(encoding="utf-8")
    )
    assert [(one["check"], one["reference"]) for one in written["waiver"]] == [
        ("vanished-action", "HP/7"), ("stale-update", "HP/4"),
    ]  # fmt: skip
    above, *rows = panel.publish("2027-03-25")
    assert marks(rows) == {
        "HP/1": "Updated", "HP/3": "Updated", "HP/2": "Updated", "HP/4": "No change since 28 January 2027",
        "HP/5": "Closed", "HP/6": "No change since 28 January 2027", "HP/8": "New",
    }  # fmt: skip
    # Seven rows: 1 new (HP/8), 3 updated (HP/1, and what is HP/2 and HP/3 now), 2 as they were (HP/4, HP/6),
    # 1 closed (HP/5); and one that is in no row (HP/7).
    (line,) = [words for words in above if words.startswith("Since ")]
    assert line == (
        "Since 28 January 2027: 1 new, 3 updated, 2 with no change, 1 closed. 1 withdrawn: "
        "HP/7 (The ferry was sold)."
    )
    assert panel_closed(panel) == [
        ("HP/5", "2027-03-25", "completed", ""), ("HP/7", "2027-03-25", "withdrawn: The ferry was sold", ""),
    ]  # fmt: skip

    # May: the waiver of HP/4 has ended, which is said once, and HP/7 is not missed again.
    panel.save(
        "27 May 2027", [one | {"update": f"{one['update']} More was done since."} for one in NEXT]
    )
    said = panel.papers("check").output
    assert "Waivers that have ended: HP/4 (stale-update)" in said
    assert "vanished-action" not in said


# A third year: a row for each line of what keeps a paper from being READY, and nothing else is found.

NO_FAULT = ""
IN_PROGRESS: list[tuple[str, str]] = [  # an update, and what is found in it
    ("[insert figures]", "missing-update"),
    ("They cost [XX].", "placeholder"),
    ("Draft: they were sent.", "placeholder"),
    ("TO BE UPDATED BY JO", "missing-update"),
    ("Oral / verbal update to be given", "missing-update"),
    ("I'll update you at the meeting.", "missing-update"),
    ("Please insert your update", "missing-update"),
    ("Diweddariad llafar i'w roi yn y cyfarfod", "missing-update"),
    ("To be sent nearer the time.", "missing-update"),
    ("See previous update", "stale-update"),
    ("No change.", "stale-update"),
    ("Ongoing", "thin-update"),
    ("EXEMPT", "exempt-row"),
    ("Sold.\nNOT FOR PUBLICATION", "exempt-row"),
    ("[Part II – exempt]", "exempt-row"),
    ("They were sent (CONFIDENTIAL).", "exempt-row"),
    ("Sold by virtue of paragraph 3 of Part 1 of Schedule 12A.", "exempt-row"),
    ("Exempt under paragraph 6 of Part 1 of Schedule 7A to the Local Government (Scotland) Act 1973.", "exempt-row"),
    ("Nid i'w gyhoeddi: cytunwyd ar y pris.", "exempt-row"),
    ("Sold yn rhinwedd paragraff 14 o Ran 4 o Atodlen 12A.", "exempt-row"),
    ("Part II of the Environmental Protection Act was read.", NO_FAULT),
    ("The charge is exempt.", NO_FAULT),
    ("Phase 1 was completed in May; the second has begun.", NO_FAULT),
    ("Awaiting a response from the Ministry.", NO_FAULT),
]  # fmt: skip
OTHERWISE: list[tuple[Row, str, str]] = [  # what else a row says, the column, and what is found there
    *(({"status": words}, "H", "unknown-status") for words in ("Amber", "75%", "0.75", "Mostly complete", "🟢")),
    ({"due": "31/4/2027"}, "F", "unreadable-date"),
    ({"due": "[date]"}, "F", "placeholder"),
    ({"date": "14/10/2027"}, "B", "dated-after-meeting"),
    ({"date": "April 2027"}, "B", "dated-after-meeting"),
    ({"status": "Completed", "update": "No work has been done."}, "H", "denied-completion"),
    ({"status": "Completed", "update": "This has not yet been completed."}, "H", "denied-completion"),
    ({"status": "Completed", "update": "Phase 2 has not been completed."}, "H", "status-contradicts-text"),
    ({"status": "Completed", "update": "Phase 1 has been completed."}, "", NO_FAULT),
]  # fmt: skip


def test_each_kind_of_fault_is_found_and_nothing_else(panel: Committee) -> None:
    faults: list[tuple[Row, str, str]] = [
        *(({"update": update}, "G", check) for update, check in IN_PROGRESS),
        *OTHERWISE,
    ]
    good = row("", "Work on it was begun.", "In progress")
    rows = [
        good | {"ref": f"HP/{number}", "asked": f"That berth {number} is dredged."} | change
        for number, (change, _, _) in enumerate(faults, 1)
    ]
    panel.save("28 January 2027", [*rows, rows[-1]])
    expected = {
        f"{column}{number} {check}" for number, (_, column, check) in enumerate(faults, 4) if check
    }
    assert panel.found() == {*expected, f"D{len(rows) + 4} repeated-action"}


AT_FIRST = "Half of them were sent on 3 January 2027. The rest follow."
# The update in March, what else the row says, what is found in it, and its mark on the paper.
SINCE: list[tuple[str, Row, str, str]] = [
    (AT_FIRST, {}, "stale-update", "No change"),
    ("The rest follow. HALF of them were sent on 03/01/27", {}, "stale-update", "No change"),
    ("No change.", {}, "stale-update", "No change"),
    ("As above", {}, "stale-update", "No change"),
    ("Ongoing", {}, "stale-update", "No change"),
    (f"{AT_FIRST} No further update.", {}, "stale-update", "No change"),
    (AT_FIRST, {"status": "On hold"}, "stale-on-hold", "Updated"),
    (AT_FIRST, {"status": "Recommended for closure"}, "stale-on-hold", "Updated"),
    ("The rest follow.", {}, "stale-update", "No change"),
    ("The rest followed.", {}, NO_FAULT, "Updated"),
    ("Half of them were sent.", {}, NO_FAULT, "Updated"),
    (f"{AT_FIRST} Ten are left.", {}, NO_FAULT, "Updated"),
    ("No change since January because the printer is being mended.", {}, NO_FAULT, "Updated"),
    ("Ten are left, agreed by the Chair.", {"due": "1/11/2027"}, NO_FAULT, "Updated"),
    ("Ten are left.", {"due": "1/11/2027"}, "extended-again", "Updated"),
    ("All were sent.", {"status": "Completed"}, NO_FAULT, "Closed"),
]


def test_what_is_an_update_and_what_the_paper_calls_it(
    panel: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(panel.book.parent)
    rows = [
        row(f"HP/{number}", AT_FIRST, "In progress", asked=f"That berth {number} is dredged.")
        for number in range(1, len(SINCE) + 1)
    ]
    panel.save("28 January 2027", rows)
    panel.publish("2027-01-28")
    now = [
        before | {"update": update} | change
        for before, (update, change, _, _) in zip(rows, SINCE, strict=True)
    ]
    panel.save("25 March 2027", now)
    columns = {"extended-again": "F"}
    assert panel.found() == {
        f"{columns.get(check, 'G')}{number} {check}"
        for number, (_, _, check, _) in enumerate(SINCE, 4)
        if check
    }
    said = panel.papers("check").output
    assert "9 of 16 updates say nothing that the paper of 28 January 2027 did not." in said
    waived = panel.papers(
        "waive", "--check", "stale-update", "--reason", "Heard", "--by", "A. Clerk"
    )
    assert waived.exit_code == 0, waived.output
    above, *printed_rows = panel.publish("2027-03-25")
    assert list(marks(printed_rows).values()) == [
        "No change since 28 January 2027" if mark == "No change" else mark for *_, mark in SINCE
    ]
    assert "Since 28 January 2027: 8 updated, 7 with no change, 1 closed." in above


def assert_written_to(panel: Committee) -> None:
    """The officers' e-mails and the clerk's copy name committee, meeting, deadline, and each action."""
    day = "Monday 18 January 2027"  # two working days before Wednesday 20, five clear days before the meeting
    panel.papers("chase")
    mails = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in panel.out.rglob("*.eml")
    ]
    assert {mail["To"].addresses[0].display_name for mail in mails} == {"Jo Bell"}
    (mail,) = mails
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert part is not None
        words = " ".join(part.get_content().split())
        assert all(one in words for one in ("Harbour Panel", "28 January 2027", day)), kind
        for reference in ("HP/1", "HP/2", "HP/3", "HP/5"):
            assert f"{reference}, Harbour" in words
    panel.papers("check", "--annotate")
    (copy,) = panel.out.rglob("to-do.xlsx")
    list_of_all = load_workbook(copy)["To do"]
    top = [str(one.value) for (one,) in list_of_all.iter_rows(max_row=3, max_col=1)]
    assert "Harbour Panel, 28 January 2027" in top[0]
    assert "Publish by Wednesday 20 January 2027" in top[2]
    told = [
        (str(one[0].value).removeprefix("Actions!"), one[1].value, one[2].value)
        for one in list_of_all.iter_rows(min_row=5)
    ]
    assert sorted(told) == sorted(
        (fault.split()[0], ref, "Harbour") for fault, ref in FAULTS.items()
    )


def assert_all_owe_an_update(panel: Committee) -> None:
    """Every action in progress owes an update, and its officer is written to; the paper is not made."""
    assert panel.found() == {"G4 stale-update", "G5 stale-update", "G6 stale-update", "G7 stale-update",
                             "G8 stale-update", "G9 stale-on-hold"}  # fmt: skip
    refused = panel.papers("build", "--final")
    assert refused.exit_code == 1
    said = [line.strip() for line in refused.output.splitlines()]
    assert said[1] == "6 of 6 updates say nothing that the paper of 28 January 2027 did not."
    assert "NOT READY. Missing: 5 updates. From 2 officers" in said
    (jo,) = [line for line in said if line.startswith("Actions!G5, G6, G7, G8: error: ")]
    assert "The update says no more than it did in the paper of 28 January 2027." in jo
    panel.papers("chase")
    assert {path.name for path in panel.out.rglob("2027-03-25/*/*.eml")} == {
        "to-zoe-nunez.eml",
        "to-jo-bell.eml",
    }


def assert_changes_are_said(panel: Committee) -> None:
    """What has changed from one paper to another, and to the workbook, whichever edition is at hand."""
    january, march = (panel.paper(day, ".pdf") for day in ("2027-01-28", "2027-03-25"))
    assert changed(january, march) == {
        "HP/1": "changed", "HP/2": "changed", "HP/3": "closed", "HP/4": "changed", "HP/5": "changed",
        "HP/6": "same", "HP/7": "new",
    }  # fmt: skip
    may = panel.paper("2027-05-27", ".docx")
    assert changed(may, panel.book)["HP/3"] == "reopened"
    assert "HP/5" not in changed(may, panel.book)  # closed in May, and rightly gone
    said = changes(march, may)
    assert "    Action proposed: That the lock is [-dredged-]{+surveyed+}." in said.splitlines()
    page = panel.out / "changes.html"
    changes(march, may, "--format", "html", "--output", str(page))
    words = str(html.document_fromstring(page.read_bytes()).xpath("string()"))
    assert "That the lock is [removed: dredged][added: surveyed]." in words
    verified = CliRunner().invoke(main, ["verify", str(may.parent)])
    assert verified.exit_code == 0, verified.output


def changes(old: Path, new: Path, *options: str) -> str:
    """What `papers changes` says."""
    result = CliRunner().invoke(main, ["changes", str(old), str(new), *options])
    assert result.exit_code == 0, result.output
    return result.output


def changed(old: Path, new: Path) -> dict[str, str]:
    """What has become of each action by its reference."""
    found = json.loads(changes(old, new, "--format", "json"))
    return {one["reference"]: one["kind"] for one in found}


def panel_closed(panel: Committee) -> list[tuple[str, ...]]:
    """The committee's list of what was ever closed, by which meeting's paper, why, and when it was open again."""
    text = (panel.out / "harbour-panel" / "closed.csv").read_text(encoding="utf-8-sig")
    rows = csv.DictReader(text.splitlines())
    return [
        tuple(one[name] for name in ("reference", "meeting", "reason", "reopened")) for one in rows
    ]
