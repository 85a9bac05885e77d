"""Chasing: who is written to, what the drafts say, and what is left to the clerk."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import html
from openpyxl import Workbook as ExcelWorkbook

from pipeline.commands.cli import main
from pipeline.council.settings import TEMPLATES
from pipeline.model.people import Officer, name_matches, people_named
from tests.conftest import HEADINGS, TITLES

COLUMNS = f"{HEADINGS} | Lead officer | Ref"
FOLDER = "harbour-scrutiny-panel/2027-03-28/not-for-publication"
PEOPLE = [
    "Telephone | Post | E-mail address | Officer",
    "01632 960001 | Harbour Master | zoe.nunez@wexmouth.example | Zoë Núñez",
    "01632 960002 | Lock Keeper | jo.bell@wexmouth.example | Jo Bell",
    "01632 960003 | Pilot | | Sam Rowe",
    "01632 960004 | Surveyor | ann.lamb@wexmouth.example | Ann Katherine Lamb",
]

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A workbook with actions and officers, both typed as lines of cells with bars between them."""

    def write(*lines: str, people: list[str] = PEOPLE, name: str = "panel.xlsx") -> Path:
        book = ExcelWorkbook()
        sheets = {"Actions": [*TITLES, COLUMNS, *lines], "Officers": people}
        for title, typed in sheets.items():
            sheet = book.create_sheet(title)
            for line in typed:
                sheet.append([cell.strip() or None for cell in line.split("|")])
        book.remove(book.worksheets[0])
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        book.save(path)
        return path

    return write


def owing(officer: str, action: str = "That the tide tables are sent.", ref: str = "HP/1") -> str:
    return f"1/2/27 | Tides | {action} | | In progress | {officer} | {ref}"


def done(officer: str) -> str:
    return f"1/2/27 | Quays | That they are mended. | They were. | Completed | {officer} | HP/9"


def papers(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result


def chased(path: Path, out: Path, *options: str) -> dict[str, EmailMessage]:
    """The drafts of a run by their file names, read back."""
    papers("chase", path, "--output", out, *options)
    drafts = {}
    for draft in sorted((out / FOLDER).glob("*.eml")):
        message = message_from_bytes(draft.read_bytes(), policy=policy.default)
        assert isinstance(message, EmailMessage)
        drafts[draft.name] = message
    return drafts


def part(message: EmailMessage, kind: str) -> str:
    """The plain or the html part of a draft."""
    body = message.get_body((kind,))
    assert body is not None
    content = body.get_content()
    assert isinstance(content, str)
    return content


class Words(HTMLParser):
    """The words of a page's body."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.feed(page.partition("<body>")[2])

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def words(text: str) -> list[str]:
    """The words of a text without the marks of its form."""
    return [word for word in text.split() if word != "•" and word.strip("-")]


def test_a_draft_opens_as_one_and_says_what_is_missing_where(make: Make, tmp_path: Path) -> None:
    drafts = chased(make(owing("Zoë Núñez"), done("Jo Bell")), tmp_path / "out")
    (message,) = drafts.values()
    assert list(drafts) == ["to-zoe-nunez.eml"]
    assert (message["X-Unsent"], message["Date"], message["From"]) == ("1", None, None)
    (to,) = message["To"].addresses
    assert (to.display_name, to.addr_spec) == ("Zoë Núñez", "zoe.nunez@wexmouth.example")
    assert message.get_content_type() == "multipart/alternative"
    said = part(message, "plain")
    # 28 March 2027 is Easter Sunday; five clear days before it, Good Friday left out.
    assert message["Subject"].endswith("28 March 2027: your updates by Tuesday 16 March 2027")
    for expected in (
        "Dear Zoë Núñez,", "HP/1, Tides", "That the tide tables are sent.", "panel.xlsx",
        "Cell D4 of the sheet Actions: The action has no update. Write what has been done",
        f"It is at: {(tmp_path / 'in' / 'panel.xlsx').resolve()}",
    ):  # fmt: skip
        assert expected in said


def test_what_is_missing_is_told_from_what_is_worth_a_look(make: Make, tmp_path: Path) -> None:
    line = "1/2/27 | Tides | That the tables are sent | Sent to the north quay and | Completed | Jo Bell | HP/1"
    (message,) = chased(make(line, owing("Jo Bell", ref="HP/2")), tmp_path / "out").values()
    said = part(message, "plain")
    first, second = said.split("HP/2")
    assert "What to put right:" not in first
    assert "Also worth a look:" in first
    assert "Cell C4" not in said  # the committee's own words are the clerk's to mend
    assert "What to put right:" in second
    assert "up to date by Tuesday 16 March 2027" in " ".join(said.split())


def test_plain_text_and_html_say_the_same(make: Make, tmp_path: Path) -> None:
    line = owing("Jo Bell", "That <b>all</b> is sent & • kept; • put at www.wexmouth.gov.uk.")
    (message,) = chased(make(line), tmp_path / "out").values()
    page = part(message, "html")
    assert words(part(message, "plain")) == words("".join(Words(page).said))
    assert "&lt;b&gt;all&lt;/b&gt; is sent &amp;" in page
    assert '<a href="http://www.wexmouth.gov.uk">' in page


def test_every_officer_of_a_cell_is_written_to_once(make: Make, tmp_path: Path) -> None:
    lines = [owing("Zoë Núñez; Jo Bell"), owing("jo  bell", ref="HP/2", action="That it is so.")]
    drafts = chased(make(*lines), tmp_path / "out")
    assert list(drafts) == ["to-jo-bell.eml", "to-zoe-nunez.eml"]
    said = part(drafts["to-jo-bell.eml"], "plain")
    assert re.findall(r"HP/\d", said) == ["HP/1", "HP/2"]


def test_a_name_spelled_nearly_so_is_taken_and_said(make: Make, tmp_path: Path) -> None:
    result = papers("chase", make(owing("Ann Katharine Lamb")), "--output", tmp_path / "out")
    doubt = "The workbook says 'Ann Katharine Lamb'; taken for Ann Katherine Lamb"
    assert doubt in result.output
    page = (tmp_path / "out" / FOLDER / "to-ring.html").read_text(encoding="utf-8")
    assert doubt in "".join(Words(page).said)
    assert (tmp_path / "out" / FOLDER / "to-ann-katherine-lamb.eml").exists()


def test_who_is_in_no_list_is_written_to_at_the_address_in_the_cell(
    make: Make, tmp_path: Path
) -> None:
    lines = [
        owing("Pilot / Kim Reed / kim.reed@wexmouth.example"),
        owing("Kim Reed", ref="HP/2", action="That she sails."),
    ]
    (message,) = chased(make(*lines), tmp_path / "out").values()
    assert message["To"].addresses[0].addr_spec == "kim.reed@wexmouth.example"
    assert re.findall(r"HP/\d", part(message, "plain")) == ["HP/1", "HP/2"]


def test_the_list_to_ring_has_everyone_worst_first(make: Make, tmp_path: Path) -> None:
    out = tmp_path / "out"
    lines = [
        owing("Jo Bell"),
        owing("Sam Rowe", "That one is.", "HP/2"),
        owing("Sam Rowe", "That two are.", "HP/3"),
        owing("Nobody Known", "That three are.", "HP/4"),
        owing("", "That four are.", "HP/5"),
    ]
    assert list(chased(make(*lines), out)) == ["to-jo-bell.eml"]
    page = (out / FOLDER / "to-ring.html").read_text(encoding="utf-8")
    headings = re.findall(r"<h2>(.*)</h2>", page)
    assert headings == [
        "Sam Rowe, Pilot", "Jo Bell, Lock Keeper", "Nobody Known", "Actions without an officer", "For the clerk",
    ]  # fmt: skip
    said = "".join(Words(page).said)
    assert "Telephone: 01632 960003. No draft: we have no e-mail address for this officer." in said
    assert "'Nobody Known' is not one person of the workbook's list of officers." in said
    assert (
        "HP/5, Tides, cell D8 of the sheet Actions: error: The action has no update. Write what"
        in said
    )


def test_the_same_workbook_gives_the_same_drafts(make: Make, tmp_path: Path) -> None:
    path = make(owing("Zoë Núñez"))
    first, second = (tmp_path / name / FOLDER / "to-zoe-nunez.eml" for name in ("one", "two"))
    chased(path, tmp_path / "one")
    chased(path, tmp_path / "two")
    assert first.read_bytes() == second.read_bytes()
    (dated,) = chased(path, tmp_path / "two", "--today", "1/3/2027").values()
    assert dated["Date"].datetime.date().isoformat() == "2027-03-01"


def test_who_has_answered_is_not_written_to_again(make: Make, tmp_path: Path) -> None:
    out = tmp_path / "out"
    chased(make(owing("Zoë Núñez"), owing("Jo Bell", "That it is so.")), out)
    (out / FOLDER / "notes.txt").write_text("the clerk's own")
    assert list(chased(make(done("Zoë Núñez"), owing("Jo Bell")), out)) == ["to-jo-bell.eml"]
    assert (out / FOLDER / "notes.txt").exists()
    assert "Nothing is missing." in papers("chase", make(done("Jo Bell")), "--output", out).output
    assert not list((out / FOLDER).glob("*.eml"))


def test_two_workbooks_of_one_meeting_are_refused(make: Make, tmp_path: Path) -> None:
    one, two = make(owing("Jo Bell"), name="1.xlsx"), make(owing("Jo Bell"), name="2.xlsx")
    arguments = ["chase", str(one), str(two), "--output", str(tmp_path / "out")]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, (tmp_path / "out").exists()) == (2, False)


def test_a_sheet_of_officers_is_no_finding(make: Make) -> None:
    # Three of its headings are headings of actions too.
    people = [
        "Lead officer | Title | Comments | Email | Tel",
        "Jo Bell | Pilot | away | a@b.uk | 1",
    ]
    said = papers("check", make(done("Jo Bell"), people=people)).output.splitlines()
    assert said[1] == "  READY"


JO = Officer("Jo Bell", "Lock Keeper", "jo@wexmouth.example")
ANN = Officer("Ann Lamb", "Pilot", "ann@wexmouth.example")
KIM = (
    Officer("Kim Reed", "Pilot", "kim.1@x.example"),
    Officer("Kim Reed", "Mate", "kim.2@x.example"),
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("JO   BELL", ["Jo Bell name"]),
        ("lock keeper", ["Jo Bell role"]),
        ("pilot", []),  # there are two
        ("Lamb, Ann", ["Ann Lamb likely"]),
        ("Ann Lamb, Jo Bell", ["Ann Lamb name", "Jo Bell name"]),
        ("Jo Bell and Ann Lamb", ["Jo Bell name", "Ann Lamb name"]),
        ("Jo Ball", []),
        ("Kim Reed", []),  # there are two
        ("KR", []),  # and two have its initials
        ("JB", ["Jo Bell initials"]),
        ("A.L./JB", ["Ann Lamb initials", "Jo Bell initials"]),
        ("Second Officer / Kim / kim.2@x.example", ["Kim Reed email"]),
        ("J Bell, Lock Keeper", ["Jo Bell role"]),
        ("-", []),
    ],
)
def test_whom_some_words_mean(said: str, meant: list[str]) -> None:
    found = [
        match for named in people_named(said) for match in name_matches(named, (JO, ANN, *KIM))
    ]
    assert [f"{match.officer.name} {match.how}" for match in found] == meant


def test_nobody_is_chased_for_a_paper_that_is_published(make: Make, tmp_path: Path) -> None:
    path, out = make(done("Jo Bel l")), tmp_path / "out"  # a warning
    old = out / "harbour-scrutiny-panel" / "2027-03-28" / "not-for-publication" / "to-jo.eml"
    old.parent.mkdir(parents=True)
    old.touch()
    papers("build", path, "--output", out, "--to", "html", "--final")
    said = papers("chase", path, "--output", out).output
    assert said == "panel.xlsx: its paper is published, and no draft was made.\nNothing was sent.\n"
    assert not list(out.rglob("to-ring.html"))
    assert not old.exists()


def test_english_of_ours_is_marked_in_a_letter_in_another_language(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Welsh council's letter has no English weekday, and the clerk's own pages, in English, say that they are."""
    folder = tmp_path / "templates" / "cei"
    shutil.copytree(TEMPLATES / "wexmouth", folder)
    months = [f"{month} o'r flwyddyn" for month in range(1, 13)]
    council = f'months = {months}\n[council]\nname = "Cyngor y Cei"\nlanguage = "cy"\n'
    (folder / "house.toml").write_text(council, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    out, path = tmp_path / "out", make(owing("Zoë Núñez"))
    (message,) = chased(path, out, "--style", "cei").values()
    assert message["Subject"].endswith("your updates by 16 3 o'r flwyddyn 2027")
    letter = html.document_fromstring(part(message, "html"))
    assert letter.get("lang") == "cy"
    (item,) = letter.iter("li")
    assert [one.get("lang") for one in item.iter("span")] == ["en-GB", "en-GB"]
    assert "".join(one.text or "" for one in item.iter("span")).startswith(
        "Cell D4 of the sheet Actions: "
    )
    typed = ["check", path, "--output", out, "--style", "cei", "--format", "html"]
    CliRunner().invoke(main, list(map(str, typed)))
    for name in ("to-ring.html", "ready-or-not.html"):
        assert '<html lang="en-GB">' in (out / FOLDER / name).read_text(encoding="utf-8")
