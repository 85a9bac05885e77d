"""Word documents read as Word shows them, whatever is hidden, chosen, drawn or broken in them."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.commands.cli import main
from pipeline.ingest import word
from pipeline.ingest.read import PAPER_KINDS, made_of
from pipeline.ingest.workbook import Read, SourceCell
from pipeline.model.errors import PipelineError
from tests.word_documents import (
    LINKS,
    MAIN,
    OFFICE,
    PARTS,
    action,
    body,
    document,
    packed,
    paragraph,
    row,
    run,
    unpacked,
)

UPDATE = 5  # its column


def cells(made: Read) -> list[dict[int, SourceCell]]:
    """The cells of each row below the headings."""
    rows = [one.cells for one in made.sheets[0].rows]
    heads = next(number for number, one in enumerate(rows) if len(one) > 1)
    return rows[heads + 1 :]


def update_of(content: str, parts: dict[str, str] | None = None, links: str = "") -> SourceCell:
    """The update of a document whose one update has some paragraphs."""
    made = word.read_word(document(body(action(content)), parts, links), "paper.docx")
    (only,) = cells(made)
    return only.get(UPDATE) or SourceCell(next(iter(only.values())).place, ())


def begin(form: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'


def code(words: str) -> str:
    return f"<w:r><w:instrText>{words}</w:instrText></w:r>"


SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def dropdown(chosen: str) -> str:
    entries = "".join(f'<w:listEntry w:val="{one}"/>' for one in ("Not started", "Done"))
    listed = f"<w:ffData><w:ddList>{chosen}{entries}</w:ddList></w:ffData>"
    return begin(listed) + code(" FORMDROPDOWN ") + SEPARATE + END


def box(state: str) -> str:
    return (
        begin(f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>") + code("FORMCHECKBOX") + END
    )


def control(marks: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{marks}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


NESTED = (
    begin() + code(' IF "') + begin() + code("MERGEFIELD state") + SEPARATE + run("open") + END
    + code('" = "open" "Going on" "Done"') + SEPARATE + run("Going on") + END
)  # fmt: skip


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (dropdown('<w:result w:val="1"/>'), "Done"),
        (dropdown(""), "Not started"),
        (dropdown('<w:result w:val="9"/>'), ""),
        (box('<w:checked/>'), "☒"),
        (box('<w:checked w:val="0"/>'), "☐"),
        (box('<w:default w:val="1"/>'), "☒"),
        (begin() + code("FORMTEXT") + SEPARATE + run("It was done.") + END, "It was done."),
        (NESTED, "Going on"),
        (begin() + code(" DATE ") + SEPARATE + run("1 May") + END + run(" on"), "1 May on"),
        (begin() + run("A field without an end."), "A field without an end."),
        (control("<w:showingPlcHdr/>", run("Click here to enter text.")), ""),
        (control('<w:showingPlcHdr w:val="0"/>', run("It was done.")), "It was done."),
        (control("", run("Choose an item.", '<w:rStyle w:val="PlaceholderText"/>')), ""),
        (control("<w:dropDownList/>", run("Done")), "Done"),
        (control("<w:date/>", run("1 March 2027")), "1 March 2027"),
        (run("10 ") + '<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>' + run("g"), "10 µg"),
        (run("10 ") + run("m", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>') + run("g"), "10 µg"),
        ('<w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r>' + run("words"), "words"),
        ("<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath>"
         + run(" of them"), "3/4 of them"),
        ("<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>",
         "x²"),
        ("<m:oMath><m:rad><m:deg/><m:e><m:r><m:t>a+b</m:t></m:r></m:e></m:rad></m:oMath>", "√(a+b)"),
        ("<mc:AlternateContent><mc:Choice/><mc:Fallback>" + run("old") + "</mc:Fallback></mc:AlternateContent>"
         + run("new"), "new"),
    ],
)  # fmt: skip
def test_what_word_shows_is_read(content: str, text: str) -> None:
    found = update_of(paragraph(content))
    assert (found.text, found.left_out) == (text, ())


PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 3"{}/></wp:inline></w:drawing></w:r>'
)


@pytest.mark.parametrize(
    ("content", "text", "said"),
    [
        (paragraph(run("Live") + run(" quiet", "<w:vanish/>")), "Live", "'quiet' is hidden text"),
        (paragraph(run("Live") + run(" quiet", '<w:color w:val="FFFFFF"/>')), "Live",
         "'quiet' has the colour of what is behind it"),
        (paragraph(run("Live") + run(" quiet", '<w:color w:val="003366"/><w:shd w:val="clear" w:fill="003366"/>')),
         "Live", "'quiet' has the colour of what is behind it"),
        (paragraph(run("Live") + run(" quiet", '<w:sz w:val="2"/>')), "Live", "'quiet' is too small to read"),
        ('<w:altChunk r:id="chunk"/>' + paragraph(""), "", "'All was done.' stands in an embedded document"),
        ('<w:altChunk r:id="gone"/>' + paragraph(""), "", "'without a name' is an embedded document"),
        (paragraph(run("Live") + PICTURE.format(' descr="A plan"')), "Live", "'A plan' is a picture"),
        (paragraph(run("Live") + PICTURE.format("")), "Live", "'Picture 3' is a picture"),
        (paragraph('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'), "",
         "'Excel.Sheet.12' is an embedded object"),
        (paragraph(run("Live") + "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + paragraph(run("Boxed"))
                   + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"), "Live", "'Boxed' stands in a text box"),
        (paragraph(run("Live") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), "Live", "'See below.' is a footnote"),
        (paragraph(run("Live ") + run("\u00f0", '<w:rFonts w:ascii="Symbol"/>')), "Live \ufffd",
         "A letter, which stands as \ufffd, cannot be read"),
    ],
)  # fmt: skip
def test_what_is_not_among_the_words_is_listed_in_its_cell(
    content: str, text: str, said: str
) -> None:
    data = document(
        body(action(content)),
        {"footnotes": f'<w:footnotes xmlns:w="{MAIN}"><w:footnote w:id="2">{paragraph(run("See below."))}'
                      "</w:footnote></w:footnotes>"},
        f'<Relationship Id="chunk" Type="{OFFICE}/relationships/aFChunk" Target="chunk.html"/>',
    )  # fmt: skip
    files = unpacked(data) | {"word/chunk.html": "<html><body><p>All was done.</body></html>"}
    (only,) = cells(word.read_word(packed(files), "paper.docx"))
    assert only[UPDATE].text.strip() == text
    assert only[UPDATE].left_out == (said,)


@pytest.mark.parametrize(
    "looks",
    [
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="003366"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="blue"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="pct50" w:fill="FFFFFF"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="solid" w:color="003366" w:fill="auto"/>',
        '<w:color w:val="auto"/>', '<w:sz w:val="10"/>',
    ],
)  # fmt: skip
def test_type_on_another_ground_or_on_one_that_is_not_known_is_read(looks: str) -> None:
    found = update_of(paragraph(run("kept", looks)))
    assert (found.text, found.left_out) == ("kept", ())


def test_white_type_on_a_page_of_another_colour_is_read() -> None:
    said = body(action(paragraph(run("kept", '<w:color w:val="FFFFFF"/>'))))
    parts = unpacked(document(said))
    plain, page = "<w:body>", '<w:background w:color="003366"/><w:body>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(plain, page)
    (only,) = cells(word.read_word(packed(parts), "paper.docx"))
    assert only[UPDATE].text == "kept"


@pytest.mark.parametrize(
    ("content", "link"),
    [
        (begin() + code(' HYPERLINK "https://a.example/x" ') + SEPARATE + run("here") + END, "https://a.example/x"),
        (begin() + code(' HYPERLINK "https://a.example/x" \\l "top" ') + SEPARATE + run("here") + END,
         "https://a.example/x#top"),
        ('<w:fldSimple w:instr=" HYPERLINK &quot;https://a.example/x&quot; ">' + run("here") + "</w:fldSimple>",
         "https://a.example/x"),
        (begin() + code(' HYPERLINK "file:///C:/x.doc" ') + SEPARATE + run("here") + END, None),
        ('<w:hyperlink r:id="web">' + run("here") + "</w:hyperlink>", "https://a.example/y"),
        ('<w:hyperlink r:id="nowhere">' + run("here") + "</w:hyperlink>", None),
    ],
)  # fmt: skip
def test_a_link_is_kept_however_it_is_made(content: str, link: str | None) -> None:
    outside = 'Target="https://a.example/y" TargetMode="External"'
    web = f'<Relationship Id="web" Type="{OFFICE}/relationships/hyperlink" {outside}/>'
    found = update_of(paragraph(run("See ") + content), links=web)
    assert [(one.text, one.link) for one in found.runs] == [("See ", None), ("here", link)]


def test_words_of_deleted_and_hidden_rows_and_of_deleted_cells_are_listed() -> None:
    deleted = row([paragraph(run("HP/2")), paragraph(run("Leased."))], "<w:del/>")
    hidden = row([paragraph(run("HP/3")), paragraph(run("Sold."))], "<w:hidden/>")
    thin = row([paragraph(run("HP/4"))], '<w:trHeight w:val="1" w:hRule="exact"/>')
    cut = f"<w:tc><w:tcPr><w:cellDel/></w:tcPr>{paragraph(run('Old words.'))}</w:tc>"
    made = word.read_word(document(body(deleted, hidden, thin, action(cut))), "paper.docx")
    said = [what for one in cells(made) for cell in one.values() for what in cell.left_out]
    assert said == [
        "'HP/2 Leased.' was deleted in a tracked change",
        "'HP/3 Sold.' stands in a hidden row",
        "'HP/4' stands in a hidden row",
        "'Old words.' was deleted in a tracked change",
    ]
    assert not any(cell.text for one in cells(made)[:3] for cell in one.values())


NUMBERS = f"""<w:numbering xmlns:w="{MAIN}"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">
<w:start w:val="{{}}"/><w:numFmt w:val="decimal"/><w:lvlText w:val="ETC/%1"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""
COUNTED = paragraph("", '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>')


def counted(level: str) -> str:
    others = [paragraph(run(words)) for words in ("12/11/2026", "Quay", "Repair.", "Done.", "Open")]
    return row([COUNTED.format(level), *others])


@pytest.mark.parametrize(
    ("start", "first"), [("27", "ETC/27"), ("9" * 40, "ETC/0"), ("x", "ETC/0")]
)
def test_a_column_that_word_counts_has_its_numbers(start: str, first: str) -> None:
    data = document(body(counted("0"), counted("0")), {"numbering": NUMBERS.format(start)})
    found = [one[1].text for one in cells(word.read_word(data, "paper.docx"))]
    assert (found[0], len(found), found[1] > found[0]) == (first, 2, True)


def test_a_level_that_is_no_number_costs_no_words() -> None:
    data = document(body(counted("x")), {"numbering": NUMBERS.format(1)})
    (only,) = cells(word.read_word(data, "paper.docx"))
    assert only[UPDATE].text == "Done."


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize(
    "content", ["<x", "", "\x00\x01", "<a:b/>", "<w:new xmlns:w='urn:new'><w:x/></w:new>"]
)
def test_a_broken_side_part_never_stops_the_words(name: str, content: str) -> None:
    data = document(body(action(paragraph(run("All was done.")))), {name: content})
    made = word.read_word(data, "paper.docx")
    assert cells(made)[0][UPDATE].text == "All was done."
    is_read = name in word.READ_PARTS
    assert len(made.passed_over) == (is_read and not content.startswith("<w:new"))


@pytest.mark.parametrize("target", ["NULL", "nothere.xml", "../../etc/passwd", "", "http://x y"])
def test_a_relationship_that_leads_nowhere_never_stops_the_words(target: str) -> None:
    links = "".join(
        f'<Relationship Id="x{kind}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for kind in ("image", "footnotes", "hyperlink")
    )
    found = update_of(paragraph(run("All was done.")), links=links)
    assert found.text == "All was done."


def test_a_main_part_that_is_damaged_is_read_as_far_as_it_goes_and_reported(tmp_path: Path) -> None:
    files = unpacked(document(body(action(paragraph(run("All was done &#38; dusted."))))))
    files["word/document.xml"] = (
        files["word/document.xml"].replace("</w:tbl>", "</w:tb>").replace("&#38;", "&")
    )
    (tmp_path / "paper.docx").write_bytes(packed(files))
    result = CliRunner().invoke(
        main, ["import", str(tmp_path / "paper.docx"), str(tmp_path / "new.xlsx")]
    )
    assert (
        result.exit_code,
        "word/document.xml (damaged, and read as far as it goes)" in result.output,
    ) == (0, True), result.output
    assert (
        cells(word.read_word(packed(files), "paper.docx"))[0][UPDATE].text
        == "All was done & dusted."
    )


def test_strict_open_xml_is_read() -> None:
    strict = {
        name: text.replace(MAIN, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
            OFFICE, "http://purl.oclc.org/ooxml/officeDocument")
        for name, text in unpacked(
            document(body(counted("0")), {"numbering": NUMBERS.format(27)})
        ).items()
    }  # fmt: skip
    (only,) = cells(word.read_word(packed(strict), "paper.docx"))
    assert (only[1].text, only[UPDATE].text) == ("ETC/27", "Done.")


def test_a_file_without_a_list_of_its_parts_is_read() -> None:
    files = unpacked(document(body(action(paragraph(run("All was done."))))))
    kept = {
        name.replace("/", "\\"): text for name, text in files.items() if name.startswith("word/d")
    }
    assert cells(word.read_word(packed(kept), "paper.docx"))[0][UPDATE].text == "All was done."


@pytest.mark.parametrize("place", range(0, 3000, 250))
def test_a_file_with_wrong_bytes_is_read_or_refused_in_one_line(place: int, tmp_path: Path) -> None:
    data = bytearray(document(body(action(paragraph(run("All was done."))))))
    at = place % len(data)
    data[at : at + 4] = bytes(255 - byte for byte in data[at : at + 4])
    (tmp_path / "paper.docx").write_bytes(data)
    result = CliRunner().invoke(
        main, ["import", str(tmp_path / "paper.docx"), str(tmp_path / "new.xlsx")]
    )
    assert result.exit_code in (0, 2), result.output
    assert result.exit_code == 0 or result.output.count("\n") == 1, result.output


def test_a_password_on_the_zip_file_is_named() -> None:
    data = bytearray(document(body(action(paragraph(run("All was done."))))))
    with zipfile.ZipFile(BytesIO(data)) as package:
        starts = [info.header_offset for info in package.infolist()]
    for start in starts:
        data[start + 6] |= 1
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    with pytest.raises(PipelineError, match="is protected by a password"):
        word.read_word(bytes(data), "paper.docx")


def test_tables_too_deep_are_refused() -> None:
    deep = paragraph(run("words"))
    for _ in range(2000):
        deep = f"<w:tbl>{row([deep])}</w:tbl>"
    with pytest.raises(PipelineError, match="deeper than can be read"):
        made_of(document(body(action(deep))), Path("paper.docx"), PAPER_KINDS)


def test_relationships_that_are_no_xml_never_stop_the_words() -> None:
    files = unpacked(document(body(action(paragraph(run("All was done."))))))
    files["word/_rels/document.xml.rels"] = "<x"
    files["_rels/.rels"] = f'<Relationships xmlns="{LINKS}"/>'
    made = word.read_word(packed(files), "paper.docx")
    assert cells(made)[0][UPDATE].text == "All was done."
    assert made.passed_over == (
        "word/_rels/document.xml.rels (damaged, and read as far as it goes)",
    )
