"""What Word and web pages keep beside plain words: lists' numbers, changes, struck-out and hidden text."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from pipeline import line
from pipeline.check.checked import Checked
from pipeline.commands.cli import main
from pipeline.ingest import figures
from pipeline.published import paper_book
from tests.conftest import WEXMOUTH, Office

HEADINGS = ["Date", "Title", "Action proposed", "Action Taken", "Progress Status"]
LISTS = """
<w:abstractNum w:abstractNumId="91" {ns}>
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="92" {ns}>
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="93" {ns}>
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="91" {ns}><w:abstractNumId w:val="91"/></w:num>
<w:num w:numId="92" {ns}><w:abstractNumId w:val="92"/></w:num>
<w:num w:numId="93" {ns}><w:abstractNumId w:val="93"/></w:num>
<w:num w:numId="94" {ns}><w:abstractNumId w:val="91"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def item(number: int, level: int, words: str) -> str:
    """A paragraph of a list, as Word writes it."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def word_paper(update: str, path: Path) -> Path:
    """A paper in Word whose one update is some paragraphs' XML."""
    document = docx.Document()
    root = document.part.numbering_part.element
    for part in parse_xml(f"<w:x {nsdecls('w')}>{LISTS.format(ns='')}</w:x>"):
        root.append(part)
    document.add_paragraph("Harbour Panel")
    document.add_paragraph("Monitoring – 28 March 2027")
    table = document.add_table(2, 5)
    for cell, words in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = words
    for cell, words in zip(
        table.rows[1].cells, ["1/2/27", "Tides", "Turn.", "", "Open"], strict=True
    ):
        cell.text = words
    cell = table.rows[1].cells[3]._tc
    cell.remove(cell.p_lst[0])
    for paragraph in parse_xml(f"<w:tc {nsdecls('w')}>{update}</w:tc>"):
        cell.append(paragraph)
    document.save(str(path))
    return path


def read(path: Path) -> Checked:
    (made,) = line.checked(paper_book.book(path), WEXMOUTH)
    return made


def test_a_list_of_word_comes_in_with_the_numbers_that_word_shows(tmp_path: Path) -> None:
    update = "".join(
        item(*one)
        for one in [
            (91, 0, "One"), (91, 1, "under"), (91, 1, "again"), (91, 2, "deep"), (91, 0, "Two"),
            (91, 1, "anew"), (93, 0, "bullet"), (92, 0, "First"), (92, 1, "part"), (94, 0, "Restarted"),
            (94, 0, "Next"),
        ]
    )  # fmt: skip
    (action,) = read(word_paper(update, tmp_path / "paper.docx")).stated
    assert action.update.split("\n") == [
        "1. One", "(a) under", "(b) again", "(i) deep", "2. Two", "(a) anew", "• bullet", "1 First",
        "1.1 part", "5. Restarted", "6. Next",
    ]  # fmt: skip


RUN = "<w:r>{looks}<w:t xml:space='preserve'>{words}</w:t></w:r>"


def run(words: str, looks: str = "") -> str:
    return RUN.format(words=words, looks=f"<w:rPr>{looks}</w:rPr>" if looks else "")


@pytest.mark.parametrize(
    ("content", "kept", "said"),
    [
        (f"{run('Live ')}{run('gone', '<w:strike/>')}{run(' words')}", "Live words", "'gone' is struck through"),
        (f"{run('Live ')}{run('quiet', '<w:vanish/>')}{run('words')}", "Live words", "'quiet' is hidden text"),
        ("<w:r><w:t>Now</w:t></w:r><w:del><w:r><w:delText> never</w:delText></w:r></w:del>", "Now",
         "'never' was deleted in a tracked change"),
        ("<w:r><w:t>Now</w:t></w:r><w:ins><w:r><w:t xml:space='preserve'> and then</w:t></w:r></w:ins>",
         "Now and then", ""),
        ("<w:sdt><w:sdtContent><w:r><w:t>Chosen</w:t></w:r></w:sdtContent></w:sdt>", "Chosen", ""),
        ("<w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r>", "one\ntwo", ""),
        ("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>kept</w:t></w:r>", "well-kept", ""),
    ],
)  # fmt: skip
def test_what_word_keeps_beside_words_is_read_or_said(
    content: str, kept: str, said: str, tmp_path: Path
) -> None:
    made = read(word_paper(f"<w:p>{content}</w:p>", tmp_path / "paper.docx"))
    assert made.stated[0].update == kept
    found = [f.message for f in made.findings if f.check in ("struck-out-text", "left-out-text")]
    assert len(found) == bool(said)
    assert "".join(found).startswith(said)


PAGE = """<h1>Harbour Panel</h1><p>Monitoring – 28 March 2027</p><table>
<tr>{heads}</tr><tr><td>1/2/27<td>Tides<td>Turn.<td>{update}<td>Open</tr></table>"""


@pytest.mark.parametrize(
    ("update", "lines"),
    [
        ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
        ("<ol start=4 type=a><li>a<li>b</ol>", ["d. a", "e. b"]),
        ("<ol type=I><li>a<li value=9>b<li>c</ol>", ["I. a", "IX. b", "X. c"]),
        ("<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"]),
        ("<ul><li>a<li>b</ul>", ["• a", "• b"]),
        ("one<br>two", ["one", "two"]),
        ("kept <del>lost</del> too", ["kept too"]),
    ],
)
def test_a_web_page_s_lists_have_their_numbers(
    update: str, lines: list[str], tmp_path: Path
) -> None:
    heads = "".join(f"<th>{words}" for words in HEADINGS)
    path = tmp_path / "paper.html"
    path.write_text(PAGE.format(heads=heads, update=update), encoding="utf-8")
    made = read(path)
    assert made.stated[0].update.split("\n") == lines
    assert any("lost" in f.message for f in made.findings) == ("lost" in update)


def test_a_document_that_libreoffice_wrote(office: Office, tmp_path: Path) -> None:
    heads = "".join(f"<td>{words}</td>" for words in HEADINGS)
    update = (
        "<ol><li>First</li><li>Second<ol type='a'><li>deep</li></ol></li></ol><ul><li>dot</li></ul>"
    )
    page = PAGE.format(heads=heads, update=f"{update}</td>")
    (tmp_path / "paper.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    written = office(
        tmp_path / "paper.html", "docx:MS Word 2007 XML", tmp_path, "--infilter=HTML (StarWriter)"
    )
    (action,) = read(written).stated
    assert action.update.split("\n") == ["1. First", "2. Second", "a. deep", "• dot"]


def test_what_was_left_out_is_listed_by_the_import(tmp_path: Path) -> None:
    update = f"<w:p>{run('Live ')}{run('gone', '<w:strike/>')}</w:p>"
    path = word_paper(update, tmp_path / "paper.docx")
    result = CliRunner().invoke(main, ["import", str(path), str(tmp_path / "new.xlsx")])
    assert result.exit_code == 0, result.output
    assert "'gone' is struck through, and was left out." in result.output


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (4, "lowerRoman", "iv"), (1994, "upperRoman", "MCMXCIV"), (27, "lowerLetter", "aa"), (3, "upperLetter", "C"),
        (7, "decimalZero", "07"), (22, "ordinal", "22nd"), (113, "ordinal", "113th"), (5, "none", ""),
        (5, "chicago", "5"),
    ],
)  # fmt: skip
def test_numbers_as_lists_count(number: int, kind: str, words: str) -> None:
    assert figures.written_number(number, kind) == words
