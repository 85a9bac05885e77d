"""The commands, as a clerk types them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook as ExcelWorkbook

from pipeline.commands.cli import main
from pipeline.published.folder import file_name
from tests.conftest import HEADINGS, TITLES
from tests.engines import BY_TYPST_FIRST

FIXTURES = Path(__file__).parents[1] / "fixtures"
GOOD = "1/2/27 | Tides | That the tables are sent. | They were sent. | Completed"
OPEN = "| | That the locks are mended. | | In progress"

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A workbook in a folder of its own, typed as lines of cells with bars between them."""

    def write(
        *lines: str, name: str = "panel.xlsx", titles: list[str] = TITLES, headings: str = HEADINGS
    ) -> Path:
        book = ExcelWorkbook()
        assert book.active is not None
        for line in [*titles, headings, *lines]:
            book.active.append([cell.strip() or None for cell in line.split("|")])
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        book.save(path)
        return path

    return write


def papers(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def files(folder: Path) -> list[str]:
    return sorted(
        str(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file()
    )


def test_build_makes_every_edition_of_a_draft(make: Make, tmp_path: Path) -> None:
    result = papers("build", make(GOOD, OPEN), "--output", tmp_path / "out")
    assert result.exit_code == 0, result.output
    folder = "harbour-scrutiny-panel/2027-03-28"
    stem = f"{folder}/harbour-scrutiny-panel-scrutiny-monitoring-2027-03-28"
    assert files(tmp_path / "out") == [f"{stem}.docx", f"{stem}.html", f"{stem}.pdf"]
    assert "Sheet!D5: error: Tides: The action has no update." in result.output
    assert "NOT READY. Missing: 1 update" in result.output
    assert "docx, pdf, html, stamped DRAFT.\n" in result.output


def test_final_refuses_while_errors_are_open(make: Make, tmp_path: Path) -> None:
    result = papers("build", make(GOOD, OPEN), "--output", tmp_path / "out", "--final")
    assert (result.exit_code, files(tmp_path / "out")) == (1, [])
    assert "NOT READY" in result.output


def test_quiet_says_nothing(make: Make, tmp_path: Path) -> None:
    assert (
        papers(
            "build", make(GOOD), "--output", tmp_path / "out", "--final", "--quiet", "--to", "docx"
        ).output
        == ""
    )


def test_the_same_workbook_gives_the_same_bytes(make: Make, tmp_path: Path) -> None:
    path = make(GOOD, OPEN)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        copy = shutil.copy(path, tmp_path / name / "panel.xlsx")
        assert papers("build", copy, "--output", tmp_path / name / "out").exit_code == 0
    made = [
        [path.read_bytes() for path in sorted((tmp_path / name / "out").rglob("*.*"))]
        for name in ("one", "two")
    ]
    assert made[0] == made[1]
    assert len(made[0]) == 3


def test_the_meeting_can_be_given(make: Make, tmp_path: Path) -> None:
    path = make(GOOD, titles=["Harbour Scrutiny Panel"])
    assert "gives the meeting's date" in papers("check", path).output
    assert (
        papers(
            "build", path, "--meeting", "2 May 2027", "--output", tmp_path / "out", "--to", "docx"
        ).exit_code
        == 0
    )
    assert "2027-05-02" in files(tmp_path / "out")[0]


def test_check_exits_by_what_it_finds(make: Make) -> None:
    assert papers("check", make(GOOD)).exit_code == 0
    assert papers("check", make(GOOD, OPEN)).exit_code == 1


def test_check_speaks_json_and_csv(make: Make) -> None:
    path = make(GOOD, OPEN)
    (finding,) = json.loads(papers("check", path, "--format", "json").output)["findings"]
    assert finding == {
        "workbook": "panel.xlsx", "sheet": "Sheet", "cell": "D5", "check": "missing-update",
        "severity": "error", "message": "The action has no update.",
        "remedy": "Write what has been done, or that nothing has and why.", "officer": "", "reference": "",
    }  # fmt: skip
    assert (
        papers("check", path, "--format", "csv")
        .output.splitlines()[1]
        .startswith("panel.xlsx,Sheet,D5,missing-update,error,")
    )


def test_no_colour_when_piped(make: Make) -> None:
    assert "\x1b" not in papers("check", make(GOOD, OPEN)).output


def assert_refused(result: Result, said: str) -> None:
    """One line with place and remedy, exit 2, and no traceback."""
    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit)
    lines = result.output.strip().splitlines()
    assert len(lines) == 1, result.output
    assert said in lines[0]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("not-a-workbook.xlsx", "is no workbook and no paper that can be read"),
        ("empty.xlsx", "is empty (0 bytes). Ask for it again"),
        ("encrypted.xlsx", "is protected by a password. Save a copy without"),
        ("truncated.xlsx", "is damaged: part of the file is missing"),
        ("word.xlsx", "is a Word document. Give it the name ending .docx"),
        ("no-headings.xlsx", "No sheet has a row of headings that we know"),
        ("missing-column.xlsx", "there is no '"),
        ("doubled-column.xlsx", "two columns are both '"),
        ("not-there.xlsx", "is not there. Check the name"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused(name: str, said: str, tmp_path: Path) -> None:
    result = papers("build", FIXTURES / "bad" / name, "--output", tmp_path / "out")
    assert_refused(result, said)
    assert name in result.output
    assert not (tmp_path / "out").exists()


def test_a_folder_and_a_lock_file_are_refused(tmp_path: Path) -> None:
    assert_refused(papers("build", tmp_path), "is a folder. Give the workbooks in it by name.")
    lock = tmp_path / "~$panel.xlsx"
    lock.write_bytes(b"\x07Jo Bell")
    assert_refused(papers("build", lock), "Give panel.xlsx instead.")


def test_an_output_folder_that_cannot_be_written_is_refused(make: Make, tmp_path: Path) -> None:
    blocked = tmp_path / "out"
    blocked.write_text("a file where the folder should be")
    assert_refused(
        papers("build", make(GOOD), "--output", blocked), "choose another folder with --output"
    )
    assert blocked.read_text() == "a file where the folder should be"


def test_a_paper_is_put_in_place_whole_or_not_at_all(make: Make, tmp_path: Path) -> None:
    out = tmp_path / "out"
    path = make(GOOD)
    papers("build", path, "--output", out)
    docx, page, pdf = (out / name for name in files(out))
    yesterday = [docx.read_bytes(), page.read_bytes()]
    pdf.unlink()
    pdf.mkdir()  # as good as open in another program: nothing can be put there
    make(GOOD, OPEN)
    assert_refused(papers("build", path, "--output", out), "cannot be written")
    assert [docx.read_bytes(), page.read_bytes()] == yesterday
    assert files(out) == [path.relative_to(out).as_posix() for path in (docx, page)]


def test_two_workbooks_of_one_meeting_are_refused(make: Make, tmp_path: Path) -> None:
    one, two = make(GOOD, name="one.xlsx"), make(GOOD, name="two.xlsx")
    assert_refused(
        papers("build", one, two, "--output", tmp_path / "out"), "one.xlsx and two.xlsx are both"
    )


def test_no_workbook_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert_refused(papers("check"), "There is no workbook in")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        (
            "--style",
            "nowhere",
            "Choose one of: aldermere, wexmouth (with --style, or in PAPERS_STYLE).",
        ),
        ("--meeting", "31/02/2027", "is no date"),
    ],
)
def test_a_wrong_option_is_refused(make: Make, option: str, value: str, said: str) -> None:
    result = papers("check", make(GOOD), option, value)
    assert (result.exit_code, said in result.output) == (2, True)


def test_a_new_workbook_in_inputs_does_not_stop_the_others(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    new = ("new", "inputs/new.xlsx", "--committee", "Quay Panel", "--meeting", "28/3/2027")
    assert papers(*new).exit_code == 0
    result = papers("check")
    assert (result.exit_code, result.output.count("\n")) == (2, 1)  # nothing else is there
    make(GOOD).rename("inputs/panel.xlsx")
    for command in ("check", "build", "chase"):
        result = papers(command)
        assert result.exit_code == 0, result.output
        assert result.output.startswith(
            "Left out: new.xlsx: Actions: there is no action under the headings (row 4).\n"
        )
    assert papers("check", "inputs/new.xlsx").exit_code == 2


NO_LETTER = "1/2/27 | Tides | That the tables are sent. | They were sent \u0378. | Completed"


@pytest.mark.parametrize("engine", BY_TYPST_FIRST)
def test_a_paper_with_boxes_for_letters_is_not_published(
    make: Make, engine: str, tmp_path: Path
) -> None:
    path, out = make(NO_LETTER), tmp_path / "out"
    fault = (
        "Sheet!D4: error: Tides: No font on this machine has U+0378; the PDF shows a box there. "
        "Install a font that has it, or write it another way. [missing-glyph]"
    )
    for command in (("check",), ("build", "--engine", engine, "--output", out, "--final")):
        result = papers(*command, path)
        assert (result.exit_code, fault.strip() in result.output) == (1, True), result.output
    assert not out.exists()
    result = papers("build", path, "--engine", engine, "--output", out)
    assert (result.exit_code, fault in result.output) == (0, True), result.output


def test_a_paper_whose_name_has_boxes_for_letters_is_not_published(
    make: Make, tmp_path: Path
) -> None:
    titles = [f"{TITLES[0]} \u0378", *TITLES[1:]]
    path, out = make(NO_LETTER.replace(" \u0378", ""), titles=titles), tmp_path / "out"
    result = papers("build", path, "--output", out, "--final")
    assert (result.exit_code, out.exists()) == (2, False)
    assert "no font has U+0378" in result.output


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Environment & Transport Committee", "environment-transport-committee"),
        ("Pwyllgor yr Ŵyl – Été", "pwyllgor-yr-wyl-ete"),
        ("", "paper"),
        ("Joint Health and Adult Social Care Overview and Scrutiny Committee North",
         "joint-health-and-adult-social-care-overview-and-374763"),
        ("Joint Health and Adult Social Care Overview and Scrutiny Committee South",
         "joint-health-and-adult-social-care-overview-and-f0363e"),
        ("Комитет", "paper-66b472"),
    ],
)  # fmt: skip
def test_two_committees_never_have_one_name(words: str, name: str) -> None:
    assert file_name(words) == name
    assert len(file_name(words * 9)) <= 60


def test_a_day_that_cannot_be_read_is_marked_until_it_is_let_pass(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = make("1/2/27 | Tides | That they are sent. | They were. | In progress | 31/4/27",
                headings=f"{HEADINGS} | Due date")  # fmt: skip
    mark = 'class="missing">31/4/27<'
    for marked in (True, False):
        assert papers("build", path, "--to", "html").exit_code == 0
        (page,) = Path("outputs").rglob("*.html")
        assert (mark in page.read_text(encoding="utf-8")) is marked
        papers("waive", path, "F4", "--reason", "The Chair knows")
