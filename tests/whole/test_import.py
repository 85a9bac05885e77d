"""Importing published papers: ours round and back, and others' Word tables and web pages."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText

from pipeline import line
from pipeline.commands.cli import main
from pipeline.published import readback
from pipeline.published.records import ActionRecord
from tests.engines import PAPERS

ROOT = Path(__file__).parents[2]
SEED = sorted((ROOT.parent / "shared" / "seed").glob("*.txt"))
HEADINGS = ["Date", "Title", "Action proposed", "Action Taken", "Progress Status"]
FIELDS = (
    "reference",
    "date",
    "title",
    "action",
    "update",
    "status",
    "officers",
    "due",
    "completed",
)


def papers(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def imported(paper: Path, folder: Path, *options: str) -> list[ActionRecord]:
    """What a paper's workbook holds, read as any officer's."""
    made = folder / "imported.xlsx"
    result = papers("import", paper, made, *options)
    assert result.exit_code == 0, result.output
    (checked,) = line.checked(made, line.council("wexmouth"))
    return checked.stated


@pytest.fixture(
    scope="module",
    params=PAPERS,
    ids="-".join,
)
def ours(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[ActionRecord]]:
    """The folder of a sample's editions in a style, and what the sample says."""
    name, style = request.param
    book, folder = ROOT / "inputs" / f"{name}.xlsx", tmp_path_factory.mktemp("ours")
    papers("build", book, "--style", style, "--to", "docx,html,pdf", "--output", folder)
    (checked,) = line.checked(book, line.council("wexmouth"))
    return folder, checked.stated


@pytest.mark.parametrize("kind", ["docx", "html", "pdf"])
def test_our_own_paper_gives_its_records_back(
    ours: tuple[Path, list[ActionRecord]], kind: str, tmp_path: Path
) -> None:
    folder, before = ours
    (paper,) = folder.rglob(f"*.{kind}")
    after = imported(paper, tmp_path)
    assert len(after) == len(before)
    for one, other in zip(before, after, strict=True):
        for field in FIELDS:
            if field != "reference" or one.reference:
                assert getattr(other, field) == getattr(one, field), (one.id, field)


def test_bold_words_and_links_come_back(tmp_path: Path) -> None:
    book = ROOT / "inputs" / "children-and-learning-scrutiny-panel.xlsx"
    papers("build", book, "--to", "docx", "--output", tmp_path)
    (paper,) = tmp_path.rglob("*.docx")
    imported(paper, tmp_path)
    sheet = load_workbook(tmp_path / "imported.xlsx", rich_text=True)["Actions"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert any(isinstance(cell.value, CellRichText) for cell in cells)
    assert any(cell.hyperlink for cell in cells)


@pytest.mark.skipif(not SEED, reason="the published paper's text is not here")
def test_a_published_paper_as_text(tmp_path: Path) -> None:
    actions = imported(SEED[0], tmp_path)
    assert (len(actions), len({one.date + one.title for one in actions})) == (4, 2)


def write_cell(cell: _Cell, words: str, *, bold: bool = False, style: str | None = None) -> None:
    paragraph = cell.paragraphs[0] if not cell.text else cell.add_paragraph()
    paragraph.add_run(words).bold = bold
    if style:
        paragraph.style = style


@pytest.fixture
def word(tmp_path: Path) -> Path:
    """A Word paper as councils publish them: merged cells, a list, a link, and a table that goes on."""
    document = docx.Document()
    document.add_heading("Harbour Scrutiny Panel", 0)
    document.add_paragraph("Scrutiny Monitoring – 28 March 2027")
    first = document.add_table(rows=3, cols=5)
    for cell, words in zip(first.rows[0].cells, HEADINGS, strict=True):
        write_cell(cell, words, bold=True)
    for column, words in enumerate(["24 January 2027", "Quay Repairs"]):
        write_cell(first.cell(1, column).merge(first.cell(2, column)), words)
    write_cell(first.cell(1, 2), "That the quay is repaired.")
    write_cell(first.cell(1, 3), "These were done:")
    write_cell(first.cell(1, 3), "the steps", style="List Bullet")
    write_cell(first.cell(1, 3), "the rail", style="List Bullet")
    write_cell(first.cell(1, 4), "Completed")
    write_cell(first.cell(2, 2), "That its lamps are mended.")
    write_cell(first.cell(2, 3), "All ", bold=False)
    first.cell(2, 3).paragraphs[0].add_run("forty").bold = True
    first.cell(2, 3).paragraphs[0].add_run(" were mended; see ")
    link = OxmlElement("w:hyperlink")
    name = document.part.relate_to(
        "https://www.wexmouth.example/lamps",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    link.set(qn("r:id"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "the list."
    run.append(text)
    link.append(run)
    first.cell(2, 3).paragraphs[0]._p.append(link)
    write_cell(first.cell(2, 4), "In progress")
    document.add_paragraph("")
    second = document.add_table(rows=2, cols=5)
    for cell, words in zip(second.rows[0].cells, HEADINGS, strict=True):
        write_cell(cell, words, bold=True)
    typed = ["21 February 2027", "Tides", "That tables are sent.", "They were sent.", "Completed"]
    for cell, words in zip(second.rows[1].cells, typed, strict=True):
        write_cell(cell, words)
    path = tmp_path / "paper.docx"
    document.save(str(path))
    return path


PAGE = """<!doctype html><html><body><h1>Harbour Scrutiny Panel</h1>
<p>Scrutiny Monitoring – 28 March 2027</p>
<table><tr><th>Date<th>Title<th>Action proposed<th>Action Taken<th>Progress Status</tr>
<tr><td rowspan="2">24 January 2027<td rowspan="2">Quay Repairs<td>That the quay is repaired.
<td><p>These were done:</p><ul><li>the steps</li><li>the rail</li></ul><td>Completed</tr>
<tr><td>That its lamps are mended.
<td>All <b>forty</b> were mended; see <a href="https://www.wexmouth.example/lamps">the list.</a><td>In progress</tr>
</table>
<table><tr><th>Date<th>Title<th>Action proposed<th>Action Taken<th>Progress Status</tr>
<tr><td>21 February 2027<td>Tides<td>That tables are sent.<td>They were sent.<td>Completed</tr></table>
</body></html>"""


def assert_harbour(actions: list[ActionRecord]) -> None:
    said = [(one.date, one.title, one.action, one.update, one.status) for one in actions]
    assert said == [
        ("2027-01-24", "Quay Repairs", "That the quay is repaired.",
         "These were done:\n• the steps\n• the rail", "completed"),
        ("2027-01-24", "Quay Repairs", "That its lamps are mended.",
         "All forty were mended; see the list. (https://www.wexmouth.example/lamps)", "in progress"),
        ("2027-02-21", "Tides", "That tables are sent.", "They were sent.", "completed"),
    ]  # fmt: skip


def test_a_word_paper_of_others(word: Path, tmp_path: Path) -> None:
    assert_harbour(imported(word, tmp_path))


def test_a_web_page_of_others(tmp_path: Path) -> None:
    (tmp_path / "paper.html").write_text(PAGE, encoding="utf-8")
    assert_harbour(imported(tmp_path / "paper.html", tmp_path))


def test_what_has_no_place_is_listed(word: Path, tmp_path: Path) -> None:
    document = docx.Document(str(word))
    document.add_paragraph("The Chair thanked the officers for their work on the quay.")
    document.save(str(word))
    said = papers("import", word, tmp_path / "made.xlsx").output
    assert "The Chair thanked the officers" in said
    assert "[stray-text]" in said


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("none.docx", None, "is not there"),
        ("words.docx", "words", "is no workbook and no paper that can be read"),
        ("page.html", "<p>No table.", "has no table in it"),
        ("page.pdf", "words", "is no workbook and no paper that can be read"),
        ("page.pdf", "%PDF-1.7 words", "is none that papers build made"),
        ("page.html", "<table><tr><td>1<td>2</table>", ""),
    ],
)
def test_what_is_no_paper_is_refused(
    name: str, text: str | None, said: str, tmp_path: Path
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = papers("import", tmp_path / name, tmp_path / "made.xlsx")
    assert (result.exit_code, result.output.count("\n")) == (2, 1), result.output
    assert said in result.output
    assert not (tmp_path / "made.xlsx").exists()


def test_build_says_how_a_paper_becomes_a_workbook(word: Path) -> None:
    result = papers("build", word)
    assert (result.exit_code, "papers import" in result.output) == (2, True), result.output


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("paper.doc", OLE + "WordDocument".encode("utf-16-le"), "is a Word 97-2003 document (.doc)."),
        ("paper.docx", OLE + "WordDocument".encode("utf-16-le"), "is a Word 97-2003 document (.doc)."),
        ("theirs.pdf", b"%PDF-1.7 not ours", "is none that papers build made."),
        ("other.json", b"{}", "is none that papers build made."),
        ("paper.docx", b"{\\rtf1 Harbour}", "is a Rich Text document (.rtf)."),
        ("paper.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>",
         "is a web page in one file (.mht)."),
        ("paper.xml", b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w/>",
         "is a Word XML document (.xml)."),
        ("scan.docx", b"\x89PNG\r\n", "is a picture."),
        ("notes.docx", b"Harbour Panel", "is no workbook and no paper that can be read."),
        ("paper.docx", b"PK\x03\x04 cut off", "is damaged: part of the file is missing."),
    ],
)  # fmt: skip
def test_a_paper_that_cannot_be_read_is_named_truly_with_the_way_to_save_it(
    name: str, data: bytes, what: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    result = CliRunner().invoke(main, ["import", str(tmp_path / name), str(tmp_path / "new.xlsx")])
    assert result.exit_code == 2
    (said,) = result.output.splitlines()
    assert said.startswith(f"Error: {name} {what}")
    assert "save it as a Word document (.docx)" in said
    assert not (tmp_path / "new.xlsx").exists()


def test_a_pasted_table_takes_its_committee_and_meeting_from_the_clerk(tmp_path: Path) -> None:
    table = "Date\tTitle\tAction proposed\tAction taken\tProgress status\n1/2/27\tTides\tTurn.\tDone.\tOpen\n"
    (tmp_path / "pasted.txt").write_text(table, encoding="utf-8")
    command = ["import", str(tmp_path / "pasted.txt"), str(tmp_path / "new.xlsx")]
    refused = CliRunner().invoke(main, [*command, "--meeting", "28/03/2027"])
    assert (refused.exit_code, "give --committee" in refused.output) == (2, True)
    made = CliRunner().invoke(
        main, [*command, "--meeting", "28/03/2027", "--committee", "Harbour Panel"]
    )
    assert made.exit_code == 0, made.output
    (checked,) = line.checked(tmp_path / "new.xlsx", line.council("wexmouth"))
    assert (checked.tracker.committee, len(checked.stated)) == ("Harbour Panel", 1)


def test_a_published_paper_is_what_the_next_is_compared_with(tmp_path: Path) -> None:
    paper, out = tmp_path / "last.txt", tmp_path / "out"
    rows = ("1/2/27\tTides\tThat the tables are sent.\tThey were sent.\tCompleted\n"
            "1/2/27\tLocks\tThat the locks are mended.\tTenders came.\tIn progress\n")  # fmt: skip
    head = "Quay Panel\nMonitoring – 28 March 2027\nDate\tTitle\tAction proposed\tAction Taken\tProgress Status\n"
    paper.write_text(head + rows, encoding="utf-8")
    keep = ("--published", "--output", out)
    made = papers("import", paper, tmp_path / "may.xlsx", *keep)
    assert made.exit_code == 0, made.output
    folder = out / "quay-panel" / "2027-03-28"
    assert f"Kept in {folder} as it was published" in made.output
    kept = (folder / "records.json").read_bytes()
    checked = papers("check", tmp_path / "may.xlsx", "--meeting", "27/5/2027", "--output", out)
    assert "Compared with the paper of 28 March 2027." in checked.output
    assert papers("verify", out).exit_code == 0
    # Once more is nothing new; what says otherwise is refused before anything is written.
    assert papers("import", paper, tmp_path / "again.xlsx", *keep).exit_code == 0
    paper.write_text(head + rows.replace("Tenders", "Offers"), encoding="utf-8")
    refused = papers("import", paper, tmp_path / "other.xlsx", *keep)
    assert (refused.exit_code, "it says otherwise" in refused.output) == (2, True)
    assert not (tmp_path / "other.xlsx").exists()
    assert (folder / "records.json").read_bytes() == kept


def test_a_paper_of_ours_is_kept_as_it_was_published(tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    source = ROOT / "inputs" / "environment-and-transport-committee.xlsx"
    built = papers("build", source, "--to", "html,json", "--output", out)
    assert built.exit_code == 0, built.output
    (page,) = out.rglob("*.html")
    made = papers("import", page, tmp_path / "next.xlsx", "--published", "--output", other)
    assert made.exit_code == 0, made.output
    (kept,) = other.rglob("records.json")
    (draft,) = out.rglob("records.json")
    now, then = readback.records(kept), readback.records(draft)
    assert (now.paper.final, now.actions) == (True, then.actions)
