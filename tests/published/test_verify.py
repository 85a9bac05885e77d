"""Published papers: their records read back, and what was altered afterwards found."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import weasyprint
from click.testing import CliRunner, Result
from docx import Document
from msgspec.structs import replace
from openpyxl import load_workbook

from pipeline import line, render
from pipeline.commands.cli import main
from pipeline.council.house import BelowField
from pipeline.published.folder import SUMS_NAME
from pipeline.published.printed import Font, font_of
from pipeline.published.records import CSV_FIELDS
from pipeline.published.verify import edition_at
from tests import typed
from tests.engines import with_engine

INPUTS = Path(__file__).parents[2] / "inputs"
WORKBOOK = INPUTS / "environment-and-transport-committee.xlsx"


def papers(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def made(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    asked = ("--to", "docx,pdf,html,json", "--engine", engine)
    assert papers("build", WORKBOOK, *asked, "--output", out).exit_code == 0
    (folder,) = out.glob("*/*")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy to alter."""
    return Path(shutil.copytree(made, tmp_path / "paper"))


def one(folder: Path, kind: str) -> Path:
    (found,) = folder.glob(f"*.{kind}")
    return found


def test_every_edition_gives_back_the_same_records(made: Path) -> None:
    said = {papers("read", one(made, kind)).output for kind in ("docx", "pdf", "html", "json")}
    assert said == {one(made, "json").read_text(encoding="utf-8")}


def test_records_as_csv_in_a_file(made: Path, tmp_path: Path) -> None:
    result = papers("read", one(made, "pdf"), "--format", "csv", "--output", tmp_path / "a.csv")
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (result.exit_code, lines[0]) == (0, ",".join(CSV_FIELDS))


def test_what_was_made_agrees(made: Path) -> None:
    result = papers("verify", made, "--workbook", WORKBOOK)
    assert result.exit_code == 0, result.output
    assert result.output.endswith("  Agrees.\n")
    assert f"Made from {WORKBOOK.name} (SHA-256 " in result.output


def test_another_workbook_is_said(made: Path) -> None:
    other = INPUTS / "children-and-learning-scrutiny-panel.xlsx"
    result = papers("verify", made, "--workbook", other)
    assert (result.exit_code, "made from another workbook" in result.output) == (1, True)


def test_a_word_altered_in_word_is_found_in_its_field(folder: Path) -> None:
    path = one(folder, "docx")
    document = Document(str(path))
    run = document.tables[0].rows[2].cells[3].paragraphs[0].runs[0]
    run.text = run.text.replace("five", "fifty")
    document.save(str(path))
    result = papers("verify", path)
    assert result.exit_code == 1
    assert "ETC/26/002, action: its records say 'That potholes" in result.output


@pytest.mark.parametrize("beside", [("docx", "html"), ("html", "docx")])
def test_words_put_in_are_found_beside_another_edition(
    folder: Path, beside: tuple[str, str]
) -> None:
    path = one(folder, "html")
    page = path.read_text(encoding="utf-8")
    path.write_text(
        page.replace("A briefing was held", "It is untrue that A briefing was held", 1),
        encoding="utf-8",
    )
    result = papers("verify", *(one(folder, kind) for kind in beside))
    assert (result.exit_code, "ETC/26/003: " in result.output) == (1, True)


def test_editions_of_two_papers_do_not_agree(folder: Path, tmp_path: Path) -> None:
    other = INPUTS / "children-and-learning-scrutiny-panel.xlsx"
    papers("build", other, "--to", "html", "--output", tmp_path / "o")
    (page,) = (tmp_path / "o").rglob("*.html")
    shutil.copy(page, folder / "other.html")
    result = papers("verify", folder)
    assert (result.exit_code, "carries other records" in result.output) == (1, True)


@pytest.mark.parametrize("command", ["read", "verify"])
@pytest.mark.parametrize("name", ["none.pdf", "empty.docx", "words.txt", "page.html"])
def test_what_is_no_paper_is_refused(command: str, name: str, tmp_path: Path) -> None:
    if name != "none.pdf":
        (tmp_path / name).write_text("<p>words" if name == "page.html" else "", encoding="utf-8")
    result = papers(command, tmp_path / name)
    assert (result.exit_code, result.output.count("\n")) == (2, 1), result.output


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("folder", "is a folder. Give one of the papers in it by name."),
        ("none.pdf", "is not there. Check the name and the folder."),
        ("empty.docx", "is empty (0 bytes). Ask for it again, or copy it again."),
    ],
)
def test_what_to_do_about_what_is_no_paper_is_said(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.docx").touch()
    output = papers("read", tmp_path / name).output
    assert f"{name} " in output
    assert output.endswith(f"{said}\n")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert papers("verify", tmp_path).exit_code == 2


def with_word(path: Path, old: str, new: str) -> None:
    """Alter a word in a PDF's table as a PDF editor does, by its letters' codes: where it first stands."""
    with pikepdf.open(path, allow_overwriting_input=True) as opened:
        assert any(with_word_on(opened, page, old, new) for page in opened.pages)
        opened.save()


def with_word_on(opened: pikepdf.Pdf, page: pikepdf.Page, old: str, new: str) -> bool:
    """Whether a word was altered on a page."""
    altered, font, made = False, Font(1, {}), []
    for each in pikepdf.parse_content_stream(page):
        operands: list[Any] = list(each.operands)
        if str(each.operator) == "Tf":
            font = font_of(page.resources.Font[operands[0]], {})
        if str(each.operator) == "TJ":
            pieces = [bytes(one) for one in operands[0] if isinstance(one, pikepdf.String)]
            words = font.words(b"".join(pieces))
            if old in words and not altered:
                codes = {letter: code for code, letter in font.letters.items()}
                said = b"".join(codes[letter] for letter in words.replace(old, new))
                operands, altered = [[pikepdf.String(said)]], True
        made.append((operands, each.operator))
    page.obj.Contents = opened.make_stream(pikepdf.unparse_content_stream(made))
    return altered


def test_a_word_altered_in_a_pdf_is_found_in_its_field(folder: Path) -> None:
    path = one(folder, "pdf")
    with_word(path, "five", "nine")
    result = papers("verify", path)
    assert result.exit_code == 1
    assert f"{path.name}, ETC/26/002, action: its records say 'That potholes" in result.output
    assert result.output.count("its table does not.") == 1


def test_a_due_date_altered_in_a_pdf_is_found(folder: Path) -> None:
    path = one(folder, "pdf")
    due = edition_at(path).records.actions[0].due_words
    with_word(path, due, due[::-1])
    result = papers("verify", path)
    assert (result.exit_code, "ETC/26/001, due_words: its records say" in result.output) == (
        1,
        True,
    )


def test_what_a_house_style_says_once_or_not_at_all_is_not_missed(
    engine: str, tmp_path: Path
) -> None:
    """The classic look, an item's title on its first row only; and no column for officers."""
    council = line.council("wexmouth")
    columns = [one for one in council.house.table.columns if one.field != "officers"]
    classic = replace(council.house.table, columns=columns, repeat_item=False)
    house = replace(council.house, table=classic)
    council = dataclasses.replace(council, house=house)
    (checked,) = line.checked(INPUTS / "children-and-learning-scrutiny-panel.xlsx", council)
    paper = line.paper_of(checked, council)
    for kind in ("pdf", "docx", "html"):
        data = render.edition(kind, paper, with_engine(house, engine)).data
        (tmp_path / f"paper.{kind}").write_bytes(data)
    result = papers("verify", tmp_path)
    assert result.exit_code == 0, result.output


def test_what_stands_below_an_items_date_and_title_in_the_classic_look_is_not_missed(
    tmp_path: Path,
) -> None:
    council = line.council("wexmouth")
    below = {"title": "reference", "date": "officers"}
    columns = [
        replace(one, below=[BelowField(field=below[one.field], heading="Also", words="{}")])
        if one.field in below
        else one
        for one in council.house.table.columns
        if one.field not in below.values()
    ]
    table = replace(council.house.table, columns=columns, repeat_item=False)
    house = replace(council.house, table=table)
    council = dataclasses.replace(council, house=house)
    (checked,) = line.checked(INPUTS / "environment-and-transport-committee.xlsx", council)
    data = render.edition("docx", line.paper_of(checked, council), house).data
    (tmp_path / "paper.docx").write_bytes(data)
    result = papers("verify", tmp_path)
    assert result.exit_code == 0, result.output


def test_a_title_altered_on_a_later_row_of_its_item_is_found(folder: Path) -> None:
    path = one(folder, "docx")
    actions = edition_at(path).records.actions
    place = next(n for n in range(1, len(actions)) if actions[n].item == actions[n - 1].item)
    document = Document(str(path))
    for cell in document.tables[0].rows[place + 1].cells:
        for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
            run.text = run.text.replace(actions[place].title, "Another matter")
    document.save(str(path))
    result = papers("verify", path)
    said = f"{actions[place].reference}, title: its records say '{actions[place].title}'"
    assert (result.exit_code, said in result.output) == (1, True), result.output


def test_a_table_put_before_the_papers_own_is_found(folder: Path) -> None:
    path = one(folder, "docx")
    document = Document(str(path))
    own = document.tables[0]
    added = document.add_table(3, len(own.columns))
    own._element.addprevious(added._element)
    document.save(str(path))
    result = papers("verify", path)
    assert (result.exit_code, " rows, and its records have " in result.output) == (1, True)


def test_a_word_altered_in_the_list_of_actions_is_found(folder: Path, tmp_path: Path) -> None:
    json = papers("read", one(folder, "docx"), "--format", "csv", "--output", tmp_path / "made.csv")
    path = one(folder, "docx").with_suffix(".csv")
    path.write_bytes((tmp_path / "made.csv").read_bytes())
    assert (json.exit_code, papers("verify", folder).exit_code) == (0, 0)
    path.write_bytes(path.read_bytes().replace(b"Not started", b"On hold", 1))
    result = papers("verify", folder)
    said = f"{path.name} says something else than the records"
    assert (result.exit_code, said in result.output) == (1, True), result.output


def test_a_table_whose_rows_are_all_deleted_is_found(folder: Path) -> None:
    path = one(folder, "docx")
    document = Document(str(path))
    for row in list(document.tables[0].rows):
        row._element.getparent().remove(row._element)
    document.save(str(path))
    result = papers("verify", path)
    assert (result.exit_code, "has 0 rows, and its records have" in result.output) == (1, True)


def test_words_altered_in_a_pdf_are_found_beside_another_edition(folder: Path) -> None:
    with_word(one(folder, "pdf"), "Not started", "On hold")
    result = papers("verify", one(folder, "pdf"), one(folder, "docx"))
    assert result.exit_code == 1
    assert f"ETC/26/025: {one(folder, 'pdf').name} says 'On hold" in result.output


def test_records_put_into_another_paper_s_pdf_are_found(folder: Path, tmp_path: Path) -> None:
    other = INPUTS / "children-and-learning-scrutiny-panel.xlsx"
    papers("build", other, "--to", "json", "--output", tmp_path / "o")
    (records,) = (tmp_path / "o").rglob("*.json")
    path = one(folder, "pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as opened:
        del opened.attachments["records.json"]
        opened.attachments["records.json"] = records.read_bytes()
        opened.save()
    result = papers("verify", path)
    assert (result.exit_code, "has 30 rows, and its records have" in result.output) == (1, True)


def test_a_note_of_a_web_page_between_two_cells_alters_nothing(folder: Path) -> None:
    path = one(folder, "html")
    page = path.read_text(encoding="utf-8")
    path.write_text(page.replace("</td>", "</td><!-- kept -->", 1), encoding="utf-8")
    assert papers("verify", path).exit_code == 0


def test_a_pdf_whose_records_name_no_file_is_refused(folder: Path) -> None:
    path = one(folder, "pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as opened:
        for at in opened.objects:
            if isinstance(at, pikepdf.Dictionary) and at.get("/Type") == "/Filespec":
                at.EF = pikepdf.Dictionary()
        opened.save()
    result = papers("verify", path)
    assert (result.exit_code, "carries no records" in result.output) == (2, True)


def test_words_laid_over_a_pdf_are_found_with_their_page(folder: Path) -> None:
    path = one(folder, "pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as opened:
        typed = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
        font = opened.pages[1].add_resource(typed, pikepdf.Name.Font)
        opened.pages[1].contents_add(f"BT {font} 12 Tf (Nine) Tj ET".encode())
        note = pikepdf.Dictionary(Subtype=pikepdf.Name.FreeText, Contents="Ten")
        opened.pages[2].obj.Annots = pikepdf.Array([opened.make_indirect(note)])
        opened.save()
    result = papers("verify", path)
    assert result.exit_code == 1
    assert re.findall(r"page (\d+): '(\w+)' was put", result.output) == [
        ("2", "Nine"),
        ("3", "Ten"),
    ]


def test_a_pdf_whose_pages_are_damaged_is_refused(folder: Path) -> None:
    path = one(folder, "pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as opened:
        opened.pages[0].contents_add(b"EMC", prepend=True)
        opened.save()
    result = papers("verify", path)
    said = f"{path.name} is damaged: its pages cannot be read. Give the paper as it was published."
    assert said in result.output
    assert (result.exit_code, result.output.count("\n")) == (2, 1), result.output


def test_a_web_page_whose_styles_are_too_deep_is_refused(folder: Path) -> None:
    path = one(folder, "html")
    page = path.read_text(encoding="utf-8")
    path.write_text(
        page.replace("<style>", "<style>td { color: " + "(" * 9999 + " }", 1), encoding="utf-8"
    )
    result = papers("verify", path)
    assert (result.exit_code, "is damaged: its pages cannot be read" in result.output) == (2, True)


@pytest.mark.parametrize("own", ["</form>", "</a></td>"])
def test_a_sign_that_shows_nothing_behind_a_web_pages_own_alters_nothing(
    folder: Path, own: str
) -> None:
    path = one(folder, "html")
    page = path.read_text(encoding="utf-8")
    assert own in page
    path.write_text(page.replace(own, own.replace(">", ">&#1;", 1), 1), encoding="utf-8")
    assert papers("verify", path).exit_code == 0


def test_a_pdf_by_someone_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "theirs.pdf"
    weasyprint.HTML(string="<table><tr><td>Words").write_pdf(path, pdf_tags=True)
    result = papers("verify", path)
    assert (result.exit_code, result.output.count("\n")) == (2, 1), result.output


def test_a_page_beside_the_editions_is_none_of_them(folder: Path) -> None:
    (folder / "since.html").write_text("<p>What has changed", encoding="utf-8")
    result = papers("verify", folder)
    assert result.exit_code == 0, result.output
    assert "  Not compared, for they are no editions: since.html." in result.output.splitlines()
    path = one(folder, "docx")
    document = Document()
    document.save(str(path))  # as one saved again by another program, its records lost
    assert papers("verify", folder).exit_code == 1


def test_words_altered_above_the_table_are_found_beside_another_edition(folder: Path) -> None:
    path = one(folder, "docx")
    document = Document(str(path))
    document.paragraphs[0].runs[0].text = "Another Committee"
    document.save(str(path))
    result = papers("verify", folder)
    assert result.exit_code == 1
    said = f"Above the table: {path.name} says 'Another Committee', and {one(folder, 'html').name}"
    assert said in result.output


def test_a_link_led_elsewhere_is_found_beside_another_edition(folder: Path) -> None:
    path = one(folder, "html")
    page = path.read_text(encoding="utf-8")
    assert 'href="https://www.wexmouth.example/parks"' in page
    path.write_text(page.replace('example/parks"', 'example/elsewhere"'), encoding="utf-8")
    result = papers("verify", folder)
    assert result.exit_code == 1
    assert f"and {path.name} to https://www.wexmouth.example/elsewhere." in result.output


@pytest.mark.parametrize(
    ("shown", "hidden"),
    [("<tbody>", "<tbody hidden>"), ("</style>", "tbody tr:nth-child(2) { display: none }</style>"),
     ("</style>", "main { opacity: 0 }</style>")],
)  # fmt: skip
def test_rows_that_a_page_hides_are_missed(folder: Path, shown: str, hidden: str) -> None:
    path = one(folder, "html")
    page = path.read_text(encoding="utf-8")
    assert shown in page
    path.write_text(page.replace(shown, hidden, 1), encoding="utf-8")
    result = papers("verify", path)
    assert result.exit_code == 1
    assert "and its table does not." in result.output


@pytest.mark.parametrize(("kind", "where"), [("html", ""), ("docx", ""), ("pdf", ", page 1")])
def test_a_foot_that_names_other_records_is_found(folder: Path, kind: str, where: str) -> None:
    path = one(folder, kind)
    stamp = edition_at(path).hash
    other = f"{stamp[::-1]}"
    if kind == "html":
        page = path.read_text(encoding="utf-8")
        path.write_text(page.replace(f"records {stamp}", f"records {other}"), encoding="utf-8")
    elif kind == "docx":
        document = Document(str(path))
        for run in document.sections[0].footer.paragraphs[0].runs:
            run.text = run.text.replace(stamp, other)
        document.save(str(path))
    else:
        with_word(path, stamp, other)
    result = papers("verify", path)
    assert result.exit_code == 1
    assert f"{path.name}{where}: its foot does not name its records, {stamp}." in result.output


def test_a_page_without_a_foot_is_found(folder: Path) -> None:
    path = one(folder, "html")
    page = path.read_text(encoding="utf-8")
    path.write_text(re.sub("<footer>.*?</footer>", "", page), encoding="utf-8")
    result = papers("verify", path)
    assert (result.exit_code, "its foot does not name its records" in result.output) == (1, True)


def test_signs_that_a_page_writes_in_its_own_way_agree(tmp_path: Path) -> None:
    book = load_workbook(WORKBOOK)
    book.worksheets[0]["G5"] = "Fewer than <5 claims; a \\u003c, a \\\\u003c & </script>."
    book.save(tmp_path / "book.xlsx")
    editions = "docx,pdf,html,json"
    papers("build", tmp_path / "book.xlsx", "--to", editions, "--output", tmp_path / "out")
    result = papers("verify", tmp_path / "out")
    assert result.exit_code == 0, result.output
    (page,), (data,) = (list((tmp_path / "out").rglob(f"*.{kind}")) for kind in ("html", "json"))
    assert papers("read", page).output == data.read_text(encoding="utf-8")


def test_a_page_with_a_long_address_agrees(tmp_path: Path) -> None:
    book = tmp_path / "panel.csv"
    address = "https://www.wexmouth.example/" + "minutes/" * 400
    rows = [
        ["Harbour Panel"],
        ["Monitoring – 28 March 2027"],
        ["Date", "Title", "Action proposed", "Action taken", "Progress status"],
        ["1/2/27", "Tides", "Turn.", f"See {address} and the next.", "Completed"],
        ["1/2/27", "Quay", "Repair.", "All of it was repaired.", "Completed"],
    ]
    book.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    result = papers("build", book, "--to", "html,docx", "--output", tmp_path / "o")
    assert result.exit_code == 0, result.output
    result = papers("verify", tmp_path / "o")
    assert (result.exit_code, "  Agrees.\n" in result.output) == (0, True), result.output


@pytest.mark.parametrize("command", ["read", "verify", "import", "changes"])
@pytest.mark.parametrize("meeting", ["2026-99-99", "soon", ""])
def test_records_with_a_meeting_that_is_no_day_are_refused_in_one_line(
    command: str, meeting: str, folder: Path, tmp_path: Path
) -> None:
    papers("read", one(folder, "html"), "--output", tmp_path / "r.json")
    known = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    known["paper"]["meeting"] = meeting
    (tmp_path / "r.json").write_text(json.dumps(known), encoding="utf-8")
    others = {"import": [tmp_path / "new.xlsx"], "changes": [WORKBOOK]}.get(command, [])
    result = papers(command, tmp_path / "r.json", *others)
    assert (result.exit_code, result.output.count("\n")) == (2, 1), result.output


@pytest.mark.parametrize("command", ["read", "verify", "import"])
def test_a_pdf_with_a_password_is_named(command: str, folder: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(one(folder, "pdf")) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="tides", user="tides"))
    result = papers(command, locked, *([tmp_path / "new.xlsx"] if command == "import" else []))
    assert (result.exit_code, result.output.count("\n")) == (2, 1), result.output
    assert "is protected by a password" in result.output


TRACKER = """Quay Panel
Scrutiny Monitoring - 21 January 2027

Ref | Date | Title | Action | Update | Status
QP/1 | 8/10/2026 | Lamps | That they are lit. | Half are lit. | In progress
"""


@pytest.fixture(scope="module")
def final(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("final")
    typed.write(TRACKER, out / "quay.xlsx")
    asked = ("--to", "docx,pdf,html,csv", "--engine", engine, "--final", "--output", out / "made")
    assert papers("build", out / "quay.xlsx", *asked).exit_code == 0
    (folder,) = (out / "made").glob("*/2027-01-21")
    return folder


@pytest.fixture
def published(final: Path, tmp_path: Path) -> Path:
    """A copy to alter."""
    return Path(shutil.copytree(final, tmp_path / "published"))


def test_what_was_published_agrees(published: Path) -> None:
    names = sorted(path.name for path in published.iterdir())
    listed = (published / SUMS_NAME).read_text(encoding="utf-8").split()[1::2]
    assert names == sorted([*listed, SUMS_NAME])
    assert papers("verify", published).exit_code == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<title>", "<title>Withdrawn: "),
        ("</style>", "td:last-child::before { content: 'Not ' }</style>"),
        ("</style>", "tbody { color: #fff }</style>"),
        ("</body>", "<script>document.querySelector('tbody tr').remove()</script></body>"),
        (">Progress Status<", ">Progress<"),
        ("Final, from", "Draft, from"),
        ("</footer>", "</footer><p>Withdrawn.</p>"),
    ],
)
def test_whatever_is_altered_in_a_published_page_is_found(
    before: str, after: str, published: Path
) -> None:
    page = one(published, "html")
    words = page.read_text(encoding="utf-8")
    assert before in words
    page.write_text(words.replace(before, after, 1), encoding="utf-8")
    for given in (published, page):
        result = papers("verify", given)
        assert (result.exit_code, f"{page.name} is not the file that" in result.output) == (1, True)


@pytest.mark.parametrize("kind", ["docx", "pdf", "csv", "json"])
def test_a_published_file_with_other_bytes_is_found(kind: str, published: Path) -> None:
    path = one(published, kind)
    path.write_bytes(path.read_bytes() + b" ")
    result = papers("verify", published)
    assert (result.exit_code, f"{path.name} is not the file that" in result.output) == (1, True)


@pytest.mark.parametrize("kinds", ["docx", "pdf", "html", "csv", "json", "docx pdf html json"])
def test_published_files_that_are_missing_are_found(kinds: str, published: Path) -> None:
    paths = [one(published, kind) for kind in kinds.split()]
    for path in paths:
        path.unlink()
    result = papers("verify", published.parent)
    assert result.exit_code == 1
    assert all(f"{path.name} is missing" in result.output for path in paths)


def test_published_files_without_the_list_of_them_are_compared_by_their_words(
    published: Path,
) -> None:
    (published / SUMS_NAME).unlink()
    result = papers("verify", published)
    assert (result.exit_code, "Only words were compared" in result.output) == (0, True)


def test_a_published_file_given_alone_misses_none_of_the_others(published: Path) -> None:
    one(published, "docx").unlink()
    assert papers("verify", one(published, "pdf")).exit_code == 0


def test_an_edition_made_later_and_a_replacement_are_listed_as_published(
    final: Path, published: Path, tmp_path: Path
) -> None:
    out = Path(shutil.copytree(final.parents[1], tmp_path / "made"))
    (folder,) = out.glob("*/2027-01-21")
    book = final.parents[2] / "quay.xlsx"
    again = ("build", book, "--final", "--to", "html", "--output", out)
    assert papers(*again).exit_code == 0
    assert (folder / SUMS_NAME).read_bytes() == (published / SUMS_NAME).read_bytes()
    typed.write(TRACKER.replace("Half", "All"), tmp_path / "quay.xlsx")
    revised = ("build", tmp_path / "quay.xlsx", *again[2:], "--replace", "--reason", "All are lit")
    assert papers(*revised).exit_code == 0
    listed = (folder / SUMS_NAME).read_text(encoding="utf-8").split()[1::2]
    assert listed == [one(folder, "html").name, "records.json"]
    assert papers("verify", out).exit_code == 0
    (kept,) = (folder / "superseded").iterdir()
    assert papers("verify", kept).exit_code == 0
