"""A year of two committees whose plans change. The commands and the lines of clerk.toml are read from
docs/when-plans-change.md and followed as they stand there; page 1's figures are worked out by hand beside the rows.
"""

from __future__ import annotations

import csv
import re
import shlex
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner, Result
from lxml import html
from openpyxl import Workbook as ExcelWorkbook

from pipeline.commands.cli import main
from tests.reading import letters, printed

PAGE = Path(__file__).parents[2] / "docs" / "when-plans-change.md"
HEADINGS = "Ref | Date | Title | Action proposed | Lead officer | Due date | Action taken | Status"
PEOPLE = ["Jo Bell", "Al Reed", "Zoë Núñez"]
ASKED = {
    "HP/1": "That the tide tables are sent to every berth.", "HP/2": "That the lock is dredged.",
    "HP/3": "That the quay lamps are mended.", "HP/4": "That ferry fares are compared with other harbours'.",
    "HP/5": "That the pilots' rota is published.", "HP/6": "That visitors' moorings are marked.",
    "HP/7": "That the bar is sounded.", "PK/1": "That the paths are laid again.",
    "PK/1a": "That the north path is laid again.", "PK/1b": "That the south path is drained and laid again.",
    "PK/2": "That benches are set by the pond.", "PK/3": "That the pond is cleared.",
    "PK/13": "That the pond is cleared.", "PK/4": "That both gates are painted.",
    "PK/5": "That every gate gets a tree.", "PK/6": "That the café is let.", "PK/7": "That swings are put up.",
    "PL/1": "That one map is made of quays and parks.",
}  # fmt: skip
LAST_PAPER = """
HP/1 | They are being printed.     | In progress
HP/2 | Tenders were asked for.     | In progress
HP/3 | All of them were mended.    | Completed
HP/4 | Two harbours have answered. | In progress
"""


def rows_of(table: str) -> list[list[str]]:
    """The rows of a workbook from `reference | update | status | officer`, the last being Jo Bell if not said."""
    made = []
    for line in table.strip().splitlines():
        ref, update, status, *officer = (cell.strip() for cell in line.split("|"))
        made.append(
            [ref, "1/10/2026", "Works", ASKED[ref], *(officer or PEOPLE[:1]), "1/12/2027", update, status]
        )  # fmt: skip
    return made


class Clerk:
    """A clerk's folder, in which they follow the page."""

    def save(self, name: str, committee: str, meeting: str, table: str) -> None:
        book = ExcelWorkbook()
        sheet = book.worksheets[0]
        sheet.title = "Actions"
        for row in (
            [committee],
            [f"Monitoring – {meeting}"],
            HEADINGS.split(" | "),
            *rows_of(table),
        ):
            sheet.append(row)
        people = book.create_sheet("Officers")
        people.append(["Name", "E-mail"])
        for number, one in enumerate(PEOPLE):
            people.append([one, f"officer-{number}@wexmouth.example"])
        Path("inputs").mkdir(exist_ok=True)
        book.save(Path("inputs", name))

    def papers(self, today: str, *arguments: str) -> Result:
        day = ["--today", today] if arguments[0] in ("check", "build", "chase") else []
        return CliRunner().invoke(main, [*arguments, *day])

    def publish(self, today: str, name: str, *options: str) -> str:
        """Page 1 of the web page, once it is published from a workbook of `inputs/`."""
        result = self.papers(
            today, "build", "--final", "--to", "html", str(Path("inputs", name)), *options
        )
        assert result.exit_code == 0, result.output
        return page_1(re.findall(r"^Made (.*): html", result.output, re.M)[-1])

    def follow(self, heading: str, today: str, *, only: slice = slice(None)) -> str:
        """What the commands of a part of the page say; lines of clerk.toml are added to it."""
        (part,) = re.findall(
            rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.M | re.S
        )  # fmt: skip
        said = []
        for kind, words in re.findall(r"^```(sh|toml)\n(.*?)^```", part, re.M | re.S)[only]:
            if kind == "toml":
                with Path("inputs", "clerk.toml").open("a", encoding="utf-8") as file:
                    file.write(f"\n{words}")
                continue
            for command in words.splitlines():
                name, *arguments = shlex.split(command)
                assert name == "papers"
                result = self.papers(today, *arguments)
                assert result.exit_code == int(arguments[0] == "check"), result.output
                said.append(result.output)
        return "".join(said)

    def toml(self, heading: str) -> list[str]:
        """The lines that a part of the page adds to clerk.toml."""
        words = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2]
        return words.partition("```toml\n")[2].partition("```")[0].splitlines()


def page_1(stem: str) -> str:
    """What stands above a web page's table, a line a paragraph."""
    page: Any = html.document_fromstring(Path(f"{stem}.html").read_bytes())
    return "\n".join(one.text_content() for one in page.xpath("//main/p | //main/h1"))


def since(words: str) -> str:
    """The line of page 1 that says what has become of the actions."""
    return next((line for line in words.splitlines() if line.startswith("Since ")), "")


def closed(committee: str) -> list[tuple[str, str]]:
    """A committee's closed.csv: each action, and the meeting whose paper said so."""
    text = Path("outputs", committee, "closed.csv").read_text(encoding="utf-8-sig")
    return [(one["reference"], one["meeting"]) for one in csv.DictReader(text.splitlines())]


def says(output: str, lines: list[str]) -> bool:
    """Whether some lines stand in an output, one below the other."""
    return "\n".join(lines) in "\n".join(line.strip() for line in output.splitlines())


def snapshot() -> dict[Path, bytes]:
    """Every file of the output folder."""
    return {path: path.read_bytes() for path in Path("outputs").rglob("*") if path.is_file()}


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAPERS_BY", "A. Clerk")
    return Clerk()


def test_the_year(clerk: Clerk) -> None:
    start_from_elsewhere(clerk)
    parks_from_january_to_march(clerk)
    a_meeting_is_moved(clerk)
    an_older_paper_is_put_right(clerk)
    parks_in_may_and_july(clerk)
    a_meeting_is_cancelled(clerk)
    a_paper_is_put_right(clerk)
    a_committee_is_renamed(clerk)
    committees_are_merged(clerk)
    verified = clerk.papers("", "verify", "outputs")
    assert verified.exit_code == 0, verified.output


def start_from_elsewhere(clerk: Clerk) -> None:
    paper = docx.Document()
    paper.add_paragraph("Harbour Panel")
    paper.add_paragraph("Monitoring – 26 November 2026")
    table = paper.add_table(0, len(HEADINGS.split("|")))
    for row in (HEADINGS.split(" | "), *rows_of(LAST_PAPER)):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    paper.save("last-paper.docx")
    clerk.follow("Starting here, with papers from elsewhere", "4/1/2027")
    assert [path.name for path in snapshot()] == ["records.json"]  # published, and not again
    clerk.save("harbour.xlsx", "Harbour Panel", "28 January 2027", """
        HP/1 | They were sent to the north quay. | In progress
        HP/2 | Two tenders have come in.         | In progress
        HP/4 | Five harbours have answered.      | In progress
        HP/5 | The rota has been drafted.        | In progress
    """)  # fmt: skip
    first = clerk.publish("12/1/2027", "harbour.xlsx")
    assert "4 actions: 4 in progress. 0 updates awaited." in first
    # HP/1, HP/2 and HP/4 say more, HP/5 was not there; HP/3 was closed then, and is not missed.
    assert since(first) == "Since 26 November 2026: 1 new, 3 updated."
    assert closed("harbour-panel") == [("HP/3", "2026-11-26")]


def parks_from_january_to_march(clerk: Clerk) -> None:
    january = """
        PK/1 | The paths were surveyed.   | In progress
        PK/2 | Ten were ordered.          | In progress
        PK/3 | The west pond was drained. | In progress | Al Reed
        PK/4 | Both gates were measured.  | In progress
        PK/5 | A list was drawn up.       | In progress
    """
    exempt = "PK/6 | Two offers came. [EXEMPT] | In progress"
    clerk.save("parks.xlsx", "Parks Panel", "20 January 2027", january + exempt)
    refused = clerk.papers("8/1/2027", "build", "--final", "inputs/parks.xlsx")
    assert (refused.exit_code, "[exempt-row]" in refused.output) == (1, True)
    clerk.save("parks.xlsx", "Parks Panel", "20 January 2027", january)
    first = clerk.publish("8/1/2027", "parks.xlsx")
    assert "5 actions: 5 in progress. 0 updates awaited." in first
    assert since(first) == ""
    clerk.save(
        "parks-january.xlsx", "Parks Panel", "20 January 2027", january.replace("west", "east")
    )

    # March: PK/1 is split, PK/4 is in PK/5, PK/3's officer has left, and the rows are sorted.
    march = """
        PK/5  | Includes PK/4: each gate gets a tree. | In progress
        PK/3  | The pond was lined.                   | In progress
        PK/2  | All ten were set.                     | Completed
        PK/1b | The path waits for drains.            | In progress
        PK/1a | The path was laid.                    | In progress
    """
    clerk.save("parks.xlsx", "Parks Panel", "17 March 2027", march)
    asked = clerk.papers("1/3/2027", "check", "inputs/parks.xlsx").output
    assert "Was it split into PK/1b and PK/1a?" in asked
    assert "Was it merged with PK/5?" in asked
    clerk.follow("An action is split, merged or no longer wanted", "1/3/2027")
    # New are PK/1a and PK/1b, PK/2 is closed, PK/3 and PK/5 say more: five rows, and two that are in none.
    line = (
        "Since 20 January 2027: 2 new, 2 updated, 1 closed. 2 withdrawn: PK/1 (Split into PK/1a and PK/1b); "
        "PK/4 (Merged with PK/5)."
    )
    assert since(clerk.publish("1/3/2027", "parks.xlsx")) == line
    assert closed("parks-panel") == [
        ("PK/2", "2027-03-17"),
        ("PK/1", "2027-03-17"),
        ("PK/4", "2027-03-17"),
    ]
    clerk.save(
        "parks.xlsx",
        "Parks Panel",
        "17 March 2027",
        march.replace("waits for drains", "was drained"),
    )
    clerk.follow("An answer comes late", "10/3/2027")
    (late,) = Path("outputs/parks-panel/2027-03-17").glob("*.html")
    words = page_1(str(late.with_suffix("")))
    assert "Revised on 10 March 2027: The answer on PK/1b came after publication" in words
    assert since(words) == line


def a_meeting_is_moved(clerk: Clerk) -> None:
    march = """
        HP/1 | Every berth has one.            | Completed
        HP/2 | A tender was accepted.          | In progress
        HP/4 | The comparison went to members. | Completed
        HP/5 | The rota is with the pilots.    | In progress
    """
    # HP/1 and HP/4 are closed, HP/2 and HP/5 say more.
    figures = "Since 28 January 2027: 2 updated, 2 closed."
    clerk.save("harbour.xlsx", "Harbour Panel", "25 March 2027", march)
    assert since(clerk.publish("10/3/2027", "harbour.xlsx")) == figures
    clerk.save("harbour.xlsx", "Harbour Panel", "8 April 2027", march)
    part = "A meeting is moved"
    said = clerk.follow(part, "18/3/2027", only=slice(1))
    assert "[changed-plans]" in said
    assert says(said, clerk.toml(part))
    clerk.save(
        "harbour.xlsx",
        "Harbour Panel",
        "25 March 2027",
        march.replace("is with the pilots", "suits the pilots"),
    )
    clerk.follow(part, "18/3/2027", only=slice(1, None))
    (page,) = Path("outputs/harbour-panel/2027-04-08").glob("*.html")
    assert since(page_1(str(page.with_suffix("")))) == figures
    assert closed("harbour-panel") == [
        ("HP/3", "2026-11-26"),
        ("HP/1", "2027-04-08"),
        ("HP/4", "2027-04-08"),
    ]
    said = clerk.papers("18/3/2027", "check", "inputs/harbour.xlsx").output
    assert "Panel, 8 April 2027 (" in said
    assert "Publish by Wednesday 31 March 2027" in said


def an_older_paper_is_put_right(clerk: Clerk) -> None:
    before = snapshot()
    clerk.follow("An older paper has to be put right", "12/4/2027")
    now = snapshot()
    changed = {path.parts[1:3] for path in before if before[path] != now.get(path)}
    assert changed == {("parks-panel", "2027-01-20")}  # neither a newer paper nor closed.csv
    said = clerk.papers("12/3/2027", "check", "inputs/parks.xlsx").output
    assert "It is published as it stands." in said
    for command in ("build", "chase", "check"):
        passed = clerk.papers("12/4/2027", command)
        assert passed.exit_code == 0, passed.output
        (line,) = [one for one in passed.output.splitlines() if one.startswith("Passed over: ")]
    assert "parks-january.xlsx" in line
    assert "parks.xlsx" in line
    assert "harbour.xlsx" in line


def parks_in_may_and_july(clerk: Clerk) -> None:
    clerk.save("parks.xlsx", "Parks Panel", "19 May 2027", """
        PK/1a | The path is open.                                | Completed
        PK/2  | Two are to be set again, because of frost.       | In progress
        PK/13 | Fish were put in.                                | In progress | Zoë Núñez
        PK/5  | Half of them are planted.                        | In progress
    """)  # fmt: skip
    said = clerk.papers("5/5/2027", "check", "inputs/parks.xlsx").output
    assert "PK/3 is now PK/13" in said
    assert "PK/1b (Jo Bell) was open in the paper of 17 March 2027" in said
    waived = clerk.papers(
        "", "waive", "inputs/parks.xlsx", "--reference", "PK/1b", "--reason", "The drains will do"
    )
    assert waived.exit_code == 0, waived.output
    # PK/13 was PK/3; PK/5 says more, PK/1a is closed, PK/2 was closed in March.
    assert since(clerk.publish("5/5/2027", "parks.xlsx")) == (
        "Since 17 March 2027: 2 updated, 1 closed, 1 reopened. 1 withdrawn: PK/1b (The drains will do)."
    )
    july = """
        PK/13 | The pump waits for parts. | On hold     | Zoë Núñez
        PK/2  | Both were set.            | Completed
        PK/5  | All of them are planted.  | Completed
        PK/7  | A site was found.         | In progress | Al Reed
    """
    clerk.save("parks.xlsx", "Parks Panel", "21 July 2027", july.replace("A site was found.", ""))
    owed = clerk.papers("5/7/2027", "chase", "inputs/parks.xlsx")
    assert owed.exit_code == 0, owed.output
    (draft,) = Path("outputs/parks-panel/2027-07-21").rglob("*.eml")
    mail = message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert mail["To"].addresses[0].display_name == "Al Reed"
    clerk.save("parks.xlsx", "Parks Panel", "21 July 2027", july)
    # PK/7 is new, PK/13 is on hold, PK/2 and PK/5 are closed.
    assert (
        since(clerk.publish("5/7/2027", "parks.xlsx"))
        == "Since 19 May 2027: 1 new, 1 updated, 2 closed."
    )
    clerk.save("parks.xlsx", "Parks Panel", "22 September 2027", """
        PK/13 | The pump waits for parts. | On hold     | Zoë Núñez
        PK/7  | Swings were ordered.      | In progress | Al Reed
    """)  # fmt: skip
    september = clerk.publish("6/9/2027", "parks.xlsx")
    assert since(september) == "Since 21 July 2027: 1 updated, 1 with no change."
    assert closed("parks-panel") == PARKS_CLOSED


PARKS_CLOSED = [
    ("PK/2", "2027-03-17"), ("PK/1", "2027-03-17"), ("PK/4", "2027-03-17"), ("PK/1a", "2027-05-19"),
    ("PK/1b", "2027-05-19"), ("PK/2", "2027-07-21"), ("PK/5", "2027-07-21"),
]  # fmt: skip


def a_meeting_is_cancelled(clerk: Clerk) -> None:
    may = """
        HP/2 | The dredger has come.    | Completed
        HP/5 | The rota was put online. | In progress
        HP/6 | Buoys were ordered.      | In progress
    """
    clerk.save("harbour.xlsx", "Harbour Panel", "27 May 2027", may)
    # HP/6 is new, HP/5 says more, HP/2 is closed.
    figures = "Since 8 April 2027: 1 new, 1 updated, 1 closed."
    assert since(clerk.publish("12/5/2027", "harbour.xlsx")) == figures
    part = "A meeting is cancelled"
    clerk.follow(part, "24/5/2027", only=slice(1))
    passed = clerk.papers("24/5/2027", "check").output
    assert "harbour.xlsx (the meeting of 27 May 2027 is cancelled)" in passed
    named = clerk.papers("24/5/2027", "chase", "inputs/harbour.xlsx")
    assert (named.exit_code, "the meeting of 27 May 2027 is cancelled" in named.output) == (2, True)
    anew = clerk.papers(
        "", "new", "inputs/next.xlsx", "--from", "inputs/harbour.xlsx", "--meeting", "15/7/2027"
    )
    assert (anew.exit_code, "which is cancelled" in anew.output) == (2, True)
    clerk.save(
        "harbour.xlsx",
        "Harbour Panel",
        "15 July 2027",
        may.replace("Buoys were ordered", "Ten buoys were laid"),
    )
    clerk.follow(part, "5/7/2027", only=slice(1, None))
    (page,) = Path("outputs/harbour-panel/2027-07-15").glob("*.html")
    assert since(page_1(str(page.with_suffix("")))) == figures  # as nobody has seen that of 27 May
    assert closed("harbour-panel")[-1] == ("HP/2", "2027-07-15")


def a_paper_is_put_right(clerk: Clerk) -> None:
    july = """
        HP/2 | The dredger has come.           | Completed
        HP/5 | The rota was put online.        | In progress
        HP/6 | Ten buoys were laid for £4,000. | In progress
    """
    clerk.save("harbour.xlsx", "Harbour Panel", "15 July 2027", july)
    before = snapshot()
    draft = clerk.papers("9/7/2027", "build", "--to", "html,json,csv,docx")  # no --final
    assert (draft.exit_code, snapshot()) == (0, before)
    folder = Path("outputs/harbour-panel/2027-07-15")
    clerk.follow("A published paper has to be put right", "9/7/2027")
    words = "Revised on 9 July 2027: The cost of the buoys in HP/6 was left out"
    (word,) = folder.glob("*.docx")
    assert words in [one.text for one in docx.Document(str(word)).paragraphs]
    assert letters(words) in printed(word.with_suffix(".pdf")).above
    assert words in page_1(str(word.with_suffix("")))
    assert (
        b"Final, revised on 9 July 2027, from the workbook of"
        in word.with_suffix(".html").read_bytes()
    )
    kept = folder / "superseded" / "original-until-2027-07-09"
    assert {path.name for path in kept.iterdir()} == {
        f"{word.stem}.{kind}" for kind in ("docx", "pdf", "html")
    } | {"records.json", "SHA256SUMS"}
    assert all(
        kept.joinpath(path.name).read_bytes() == before[path]
        for path in before
        if path.parent == folder
    )


def a_committee_is_renamed(clerk: Clerk) -> None:
    clerk.save("harbour.xlsx", "Harbour and Coast Panel", "23 September 2027", """
        HP/5 | Every pilot uses the rota.    | Completed
        HP/6 | Two more were laid in August. | In progress
        HP/7 | A survey was asked for.       | In progress
    """)  # fmt: skip
    part = "A committee is renamed"
    said = clerk.follow(part, "8/9/2027", only=slice(1))
    assert says(said, clerk.toml(part))
    clerk.follow(part, "8/9/2027", only=slice(1, None))
    (page,) = Path("outputs/harbour-and-coast-panel/2027-09-23").glob("*.html")
    # HP/7 is new, HP/6 says more, HP/5 is closed.
    assert (
        since(page_1(str(page.with_suffix(""))))
        == "Since 15 July 2027: 1 new, 1 updated, 1 closed."
    )
    assert closed("harbour-and-coast-panel") == HARBOUR_CLOSED


HARBOUR_CLOSED = [
    ("HP/3", "2026-11-26"), ("HP/1", "2027-04-08"), ("HP/4", "2027-04-08"), ("HP/2", "2027-07-15"),
    ("HP/5", "2027-09-23"),
]  # fmt: skip


def committees_are_merged(clerk: Clerk) -> None:
    clerk.save("place.xlsx", "Place Panel", "25 November 2027", """
        HP/6  | All of them are lit.       | Completed
        HP/7  | The survey has been read.  | In progress
        PK/13 | The pump runs again.       | In progress | Zoë Núñez
        PK/7  | They were put up.          | Completed   | Al Reed
        PL/1  | The two maps were bought.  | In progress
    """)  # fmt: skip
    part = "Committees are merged"
    said = clerk.follow(part, "8/11/2027", only=slice(1))
    assert says(said, clerk.toml(part))
    clerk.follow(part, "8/11/2027", only=slice(1, None))
    (page,) = Path("outputs/place-panel/2027-11-25").glob("*.html")
    words = page_1(str(page.with_suffix("")))
    assert "5 actions: 2 completed, 3 in progress. 0 updates awaited." in words
    # PL/1 is new, HP/7 and PK/13 say more, HP/6 and PK/7 are closed.
    assert since(words) == "Since 23 September 2027: 1 new, 2 updated, 2 closed."
    assert closed("place-panel") == [
        *HARBOUR_CLOSED, *PARKS_CLOSED, ("HP/6", "2027-11-25"), ("PK/7", "2027-11-25"),
    ]  # fmt: skip
    text = Path("outputs/place-panel/closed.csv").read_text(encoding="utf-8-sig")
    (benches,) = [one for one in csv.DictReader(text.splitlines()) if one["reopened"]]
    assert (benches["reference"], benches["reopened"]) == ("PK/2", "2027-05-19")
    assert [benches[name] for name in ("agreed", "officer", "due")] == [
        "2026-10-01",
        "Jo Bell",
        "2027-12-01",
    ]


def test_the_clerks_month(clerk: Clerk) -> None:
    """Each command of the six steps of docs/clerk.md, in their order, as it stands there."""
    words = (PAGE.parent / "clerk.md").read_text(encoding="utf-8").partition("\n## ")[0]
    given = {
        "WORKBOOK": "inputs/panel.xlsx", "<committee>": "harbour-panel", "<meeting>": "2027-01-14",
        "…": "A date was wrong",
    }  # fmt: skip
    commands = [" ".join(one.split()) for one in re.findall(r"`(papers [^`]+)`", words)]
    steps = iter(dict.fromkeys(commands))
    clerk.save("panel.xlsx", "Harbour Panel", "14 January 2027", LAST_PAPER)

    def follow(expected: str, code: int = 0, *more: str) -> str:
        command = next(steps)
        assert command == expected
        for name, value in given.items():
            command = command.replace(name, value)
        result = clerk.papers("18/12/2026", *shlex.split(command)[1:], *more)
        assert result.exit_code == code, result.output
        return result.output

    assert "Wednesday 6 January 2027" in follow("papers deadline 14/01/2027", 0)
    clerk.save(
        "panel.xlsx",
        "Harbour Panel",
        "14 January 2027",
        LAST_PAPER.replace("Tenders were asked for.", ""),
    )
    assert "NOT READY. Missing: 1 update." in follow("papers check", 1)
    follow("papers check --annotate", 1)
    kept = Path("outputs/harbour-panel/2027-01-14/not-for-publication")
    assert (kept / "to-do.xlsx").exists()
    assert "withheld" in follow("papers check WORKBOOK --explain")
    assert "1 draft" in follow("papers chase")
    assert (kept / "to-jo-bell.eml").exists()
    assert "stamped DRAFT" in follow("papers build")
    clerk.save("panel.xlsx", "Harbour Panel", "14 January 2027", LAST_PAPER)
    assert "put the editions on the website by Wednesday 6 January 2027" in follow(
        "papers build --final"
    )
    assert closed("harbour-panel") == [("HP/3", "2027-01-14")]
    clerk.save("panel.xlsx", "Harbour Panel", "14 January 2027", LAST_PAPER.replace("Two", "Three"))
    said = follow('papers build --final --replace --reason "…"')
    assert "superseded" in said
    follow("papers verify outputs/<committee>/<meeting>")
    made = follow(
        "papers new inputs/panel-may.xlsx --from inputs/panel.xlsx", 0, "--meeting", "20/5/2027"
    )
    assert "3 open actions carried forward" in made
    assert list(steps) == []
    later = clerk.papers("1/5/2027", "check").output
    assert "panel.xlsx (the paper of 14 January 2027 is published, and the meeting past)" in later
    assert "3 of 3 updates say nothing" in later
