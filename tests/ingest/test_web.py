"""Web pages read as a reader sees them at a screen: hidden, struck out, chosen, typed, in any letters and depth."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from pipeline.commands.cli import main
from pipeline.ingest import page_styles, web
from pipeline.ingest.workbook import Read, SourceCell
from pipeline.model.errors import PipelineError

HEADS = "<tr><th>Date<th>Title<th>Action proposed<th>Action taken<th>Progress status</tr>"
UPDATE = 4  # its column


def page(update: str, *, style: str = "", row: str = "", before: str = "", after: str = "") -> str:
    """A page whose one action has an update."""
    action = f"<tr{row}><td>1/2/27<td>Tides<td>Turn.<td>{update}<td>Open</tr>"
    head = f"<style>{style}</style>" if style else ""
    return (
        f"<html><head>{head}</head><body>{before}<h1>Harbour Panel</h1><p>Monitoring – 28 March 2027</p>"
        f"<table>{HEADS}{action}</table>{after}</body></html>"
    )


def read(text: str | bytes) -> Read:
    return web.read_web(text.encode() if isinstance(text, str) else text, "paper.html")


def update_of(text: str | bytes) -> SourceCell:
    """The update of a page's one action."""
    return read(text).sheets[0].rows[-1].cells[UPDATE]


@pytest.mark.parametrize(
    ("style", "update"),
    [
        ("", '<i style="display:none">gone</i>'),
        ("", '<i style="DISPLAY : NONE !important; display: block">gone</i>'),
        ("", '<i style="visibility:hidden">gone</i>'),
        ("", '<i style="position:absolute; left:-9999px">gone</i>'),
        ("", '<i style="text-indent:-999em">gone</i>'),
        ("", '<i style="clip-path: inset(50%)">gone</i>'),
        ("", '<i style="clip-path: inset(0 100% 0 0)">gone</i>'),
        ("", '<i style="clip: rect(0 0 0 0)">gone</i>'),
        ("", '<i style="position:relative; top:-999px">gone</i>'),
        ("", '<i style="width:1px; height:1px; overflow:hidden">gone</i>'),
        ("", '<i style="transform: scale(0)">gone</i>'),
        ("", '<i style="opacity:0.01">gone</i>'),
        (".quiet { position: absolute; left: -9999px }", '<i class="quiet">gone</i>'),
        ("", '<i style="opacity: 0.0">gone</i>'),
        ("", '<i style="mso-hide:all">gone</i>'),
        ("", '<i style="content-visibility:hidden">gone</i>'),
        ("", "<i hidden>gone</i>"),
        ("", "<dialog>gone</dialog>"),
        (".quiet { display: none }", '<i class="quiet">gone</i>'),
        ("@media screen { td > .quiet { display: none } }", '<i class="quiet">gone</i>'),
        ("i { display: none } b i { display: inline }", "<i>gone</i>"),
        ("i { font-family: a\x19b; display: none }", "<i>gone</i>"),
        ("i { font-family: '\\fffe a\\1 '; display: none }", '<i style="quotes: a&#1;b">gone</i>'),
        ("i::unheard-of(x) { color: red } #q { visibility: collapse }", '<i id="q">gone</i>'),
    ],
)
def test_what_a_page_hides_is_left_out_and_listed(style: str, update: str) -> None:
    found = update_of(page(f"Live {update}words", style=style))
    assert (found.text, found.left_out) == ("Live words", ("'gone' is hidden",))


_ALIKE = "has the colour of what is behind it"


@pytest.mark.parametrize(
    ("update", "why"),
    [
        ('<i style="font-size:0">gone</i>', "is too small to read"),
        ('<i style="font:1px Arial">gone</i>', "is too small to read"),
        ('<i style="font-size:10%">gone</i>', "is too small to read"),
        ('<i style="font:400 0/0 a">gone</i>', "is too small to read"),
        ('<i style="background:navy; color:transparent">gone</i>', _ALIKE),
        ('<i style="color:#fff">gone</i>', _ALIKE),
        ('<font color="white">gone</font>', _ALIKE),
        ('<b style="background:navy"><i style="color:rgb(0,0,128)">gone</i></b>', _ALIKE),
        ('<i style="color:transparent">gone</i>', _ALIKE),
    ],
)  # fmt: skip
def test_type_that_cannot_be_seen_is_left_out_and_listed(update: str, why: str) -> None:
    found = update_of(page(f"Live {update}words"))
    assert (found.text, found.left_out) == ("Live words", (f"'gone' {why}",))


@pytest.mark.parametrize(
    ("style", "update"),
    [
        ("", '<u style="font-size:0"><i style="font-size:12px">kept</i></u>'),
        ("", '<u style="background:#036"><i style="color:white">kept</i></u>'),
        ("", '<u style="background:url(a.png)"><i style="color:white">kept</i></u>'),
        (
            "",
            '<i style="position:relative; left:-20px; width:5%; overflow:hidden; opacity:.6">kept</i>',
        ),
        ("", '<link rel="stylesheet" href="a.css"><i style="color:white">kept</i>'),
        ("td { background: teal } i { color: #fff }", "<i>kept</i>"),
        (
            "td { background: transparent } td { background-color: teal } i { color: #fff }",
            "<i>kept</i>",
        ),
        (
            "td { background: none; background-image: linear-gradient(teal, navy); color: #fff }",
            "<i>kept</i>",
        ),
        ("@import 'a.css';", '<i style="color:white">kept</i>'),
        ("", '<link rel="preload StyleSheet" href="a.css"><i style="color:white">kept</i>'),
        ("", '<i style="color:white"><a href="a">kept</a></i>'),
        ("td { max-width: 0; overflow: hidden; text-overflow: ellipsis }", "<i>kept</i>"),
        ("", '<i style="position:relative; left:50%; margin-left:-50vw">kept</i>'),
        ("", '<i style="transform:rotate(-720deg)">kept</i>'),
        ("", '<i style="clip-path:inset(50% 0 0 0)">kept</i>'),
        ("", '<u style="font-size:0"><i style="font-size:medium">kept</i></u>'),
        ("", '<i style="font-size:calc( 1px * 16 )">kept</i>'),
        ("@media print { .quiet { display: none } }", '<i class="quiet">kept</i>'),
        (".quiet { display: none } td .quiet { display: inline }", '<i class="quiet">kept</i>'),
        ("", '<u style="visibility:hidden"><i style="visibility:visible">kept</i></u>'),
        ("", '<i aria-hidden="true">kept</i>'),
        (".quiet::before { display: none }", '<i class="quiet">kept</i>'),
        ("", "<details><summary>kept</summary></details>"),
    ],
)
def test_what_a_page_shows_is_read(style: str, update: str) -> None:
    found = update_of(page(update, style=style))
    assert (found.text.strip(), found.left_out, found.struck) == ("kept", (), "")


@pytest.mark.parametrize(
    ("style", "update"),
    [
        ("", '<i style="text-decoration:line-through">gone</i>'),
        ("", '<i style="text-decoration-line: underline line-through">gone</i>'),
        (".old { text-decoration: line-through red }", '<i class="old"><b>gone</b></i>'),
        ("", "<s>gone</s>"),
    ],
)
def test_what_a_page_strikes_out_is_left_out_and_listed(style: str, update: str) -> None:
    found = update_of(page(f"Live {update}", style=style))
    assert (found.text.strip(), found.struck) == ("Live", "gone")


@pytest.mark.parametrize("style", ["opacity:0", "clip-path:inset(50%)", "text-indent:-999em"])
def test_a_cell_that_is_not_seen_keeps_its_column(style: str) -> None:
    made = read(page(f"Done.<td style='{style}'>secret"))
    cells = made.sheets[0].rows[-1].cells
    assert [cells[n].text for n in (UPDATE, UPDATE + 1, UPDATE + 2)] == ["Done.", "", "Open"]
    assert cells[UPDATE + 1].left_out == ("'secret' is hidden",)


@pytest.mark.parametrize(
    "style",
    [f"width:{'1' * 30_000}x", f"top:x{' ' * 30_000}x", f"clip-path:inset({'100%' * 9_000}"],
)
def test_a_long_style_hides_nothing(style: str) -> None:
    assert not page_styles.is_hidden(f"position:fixed; overflow:hidden; {style}")


def test_a_hidden_row_and_a_hidden_cell_are_listed_and_take_no_place() -> None:
    made = read(page("Done.<td style='display:none'>secret", row="><td style='display:none'>own"))
    cells = made.sheets[0].rows[-1].cells
    assert [one.text for one in cells.values()] == ["", "1/2/27", "Tides", "Turn.", "Done.", "Open"]
    assert cells[UPDATE + 1].left_out == ("'secret' is hidden",)
    hidden = read(page("Leased.", row=" style='display:none'")).sheets[0].rows[-1]
    assert [one.left_out for one in hidden.cells.values()] == [
        ("'1/2/27 Tides Turn. Leased. Open' is hidden",)
    ]


@pytest.mark.parametrize(
    ("update", "text"),
    [
        ("<select><option>Not started<option selected>Done<option>Late</select>", "Done"),
        ("<select><option>Not started<option>Done</select>", "Not started"),
        ("<select><option value=''>Choose one<option>Done</select>", ""),
        ("<select><option disabled selected>Choose one<option>Done</select>", ""),
        ("<select multiple><option>A<option selected>B<option selected>C</select>", "BC"),
        ("<input value='It was done.'>", "It was done."),
        ("<input type=date value=2027-03-01>", "2027-03-01"),
        ("<input type=hidden value=secret>seen", "seen"),
        ("<input type=password value=secret>", ""),
        ("<input type=checkbox checked> ordered", "☒  ordered"),
        ("<input type=checkbox> ordered", "☐  ordered"),
        ("<input type=radio name=a> Open <input type=radio name=a checked> Done", " Done"),
        ("<label><input type=radio> Open</label><label><input type=radio checked> Done</label>", " Done"),
        ("<input type=radio id=a><label for=a>Open</label><input type=radio id=b checked><label for=b>Done</label>",
         "Done"),
        ("<textarea>one\ntwo</textarea>", "one\ntwo"),
        ("<pre>one\ntwo</pre>", "one\ntwo"),
        ("<form><input value='It was done.'><button>Save</button></form>", "It was done."),
        ("10 <font face=Symbol>m</font>g", "10 µg"),
        ("10 <span style='font-family:Symbol, serif'>m</span>g", "10 µg"),
        ("one<wbr>two<br>three", "onetwo\nthree"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", " a b\n c d"),
        ("<ol type=a start=27><li>x<li>y</ol>", "aa. x\nab. y"),
        ("<ol start=1000000000 type=i><li>x</ol>", "i. x"),
        ("<ol start=999999999 type=i><li>x</ol>", "999999999. x"),
        ("<ol start='4 of these'><li>x<li value=-1>y<li>z</ol>", "4. x\n-1. y\n0. z"),
    ],
)  # fmt: skip
def test_fields_and_lists_show_what_a_browser_shows(update: str, text: str) -> None:
    assert update_of(page(update)).text if text else not update_of_nothing(update)
    if text:
        assert update_of(page(update)).text == text


def update_of_nothing(update: str) -> bool:
    """Whether a cell has words after all."""
    return UPDATE in read(page(update)).sheets[0].rows[-1].cells


@pytest.mark.parametrize(
    ("update", "said"),
    [
        ("Done <img src=x.png alt='A plan of the quay'>", "'A plan of the quay' is a picture"),
        ("Done <img src=x.png>", "'picture' is a picture"),
        ("Done <math alttext='a/b'><mi>a</mi></math>", "'a/b' is an equation"),
        ("Done <iframe title='Map'></iframe>", "'Map' is embedded in the page"),
        (
            "Done <font face=Symbol>&#240;</font>",
            "A letter, which stands as \ufffd, cannot be read",
        ),
    ],
)
def test_what_cannot_be_read_is_listed_in_its_cell(update: str, said: str) -> None:
    found = update_of(page(update))
    assert (found.text.split()[0], found.left_out) == ("Done", (said,))


def test_a_page_wholly_inside_a_form_is_read() -> None:
    text = page("Done.").replace("<body>", "<body><form>").replace("</body>", "</form></body>")
    assert update_of(text).text == "Done."


def test_a_form_beside_the_table_is_none_of_the_paper() -> None:
    made = read(page("Done.", before="<form><p>Find <input value=quay></p></form>"))
    assert [c.text for row in made.sheets[0].rows[:2] for c in row.cells.values()] == [
        "Harbour Panel", "Monitoring – 28 March 2027",
    ]  # fmt: skip


def test_lines_outside_paragraphs_and_a_caption_are_read() -> None:
    text = page("Done.").replace("<h1>", "<div>").replace("</h1>", "</div>")
    made = read(text.replace("<table>", "<table><caption>Actions of the panel</caption>"))
    lines = [cell.text for row in made.sheets[0].rows for cell in row.cells.values()][:3]
    assert lines == ["Harbour Panel", "Monitoring – 28 March 2027", "Actions of the panel"]


def test_a_table_for_the_page_s_layout_is_no_table_of_the_paper() -> None:
    text = page("Done.").replace("<body>", "<body><table><tr><td>Menu</td><td>")
    assert update_of(text.replace("</body>", "</td></tr></table></body>")).text == "Done."


WORDS = "The quay – “booked” – £5 at Tŷ Glas"
WINDOWS = "The quay – “booked” – £5"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (page(WORDS).encode(), WORDS),
        (page(WORDS).encode("utf-8-sig"), WORDS),
        (page(WORDS).encode("utf-16"), WORDS),
        (page(WORDS).encode("utf-16-le"), WORDS),
        (page(WINDOWS).encode("cp1252"), WINDOWS),
        (page(WINDOWS, before="<meta charset=iso-8859-1>").encode("cp1252"), WINDOWS),
        (
            page("Tŷ Glas", before='<meta charset="iso-8859-14">')
            .replace("–", "-")
            .encode("iso-8859-14"),
            "Tŷ Glas",
        ),
        (page(WORDS, before="<meta charset=windows-1252>").encode(), WORDS),
        (page(WINDOWS, before="<meta charset=no-such>").encode("cp1252"), WINDOWS),
        (b"<?xml version='1.0' encoding='utf-8'?>" + page(WORDS).encode(), WORDS),
    ],
)
def test_letters_are_read_whatever_a_page_says_of_them(data: bytes, text: str) -> None:
    made = read(data)
    assert (update_of(data).text, made.passed_over) == (text, ())


@pytest.mark.parametrize("before", ["", "<meta charset=utf-8>"])
def test_one_bad_byte_costs_one_character_and_is_reported(before: str) -> None:
    data = page(f"{WORDS} bad", before=before).encode().replace(b"bad", b"b\x92d")
    found = update_of(data)
    assert found.text == f"{WORDS} b\ufffdd"
    assert found.left_out == ("A letter, which stands as \ufffd, cannot be read",)
    assert read(data).passed_over == ("1 of its characters (shown as \ufffd)",)


@pytest.mark.parametrize("tag", ["span", "div", "b", "font"])
def test_a_page_of_any_depth_is_read_whole(tag: str) -> None:
    found = update_of(page(f"<{tag}>" * 2_000 + "deep"))
    assert found.text.strip() == "deep"
    assert read(page(f"<{tag}>" * 2_000 + "deep")).sheets[0].rows[-1].cells[1].text == "1/2/27"


def test_an_element_without_an_end_takes_no_cell_of_those_after_it() -> None:
    rows = (
        read(page("<div><b>Done.").replace("</table>", "<tr><td>2/2/27<td>Tides</table>"))
        .sheets[0]
        .rows
    )
    assert [[cell.text for cell in row.cells.values()] for row in rows[-2:]] == [
        ["1/2/27", "Tides", "Turn.", "Done.", "Open"], ["2/2/27", "Tides"],
    ]  # fmt: skip


def test_a_page_that_is_deeper_than_lxml_reads_is_refused() -> None:
    with pytest.raises(PipelineError, match="deeper than can be read"):
        read(page("<b>" * 3_000 + "deep"))


def test_any_number_of_places_to_break_a_word_is_read() -> None:
    assert update_of(page("x/<wbr>" * 20_000 + "end")).text == "x/" * 20_000 + "end"


def test_a_row_below_a_cell_merged_both_ways_is_not_one_that_spans_columns() -> None:
    """As in a workbook: the words that span columns there are the row's above."""
    rows = read(page("Live.", row="><td colspan=2 rowspan=2>Tides<td>Turn.</tr><tr")).sheets[0].rows
    above, below = rows[-2:]
    assert (above.cells[1].words, above.spanned) == (below.cells[1].words, True)
    assert not below.spanned


@pytest.mark.parametrize("spans", ["rowspan=9999999999", "colspan=-1", "colspan=x", "rowspan=0"])
def test_a_cell_that_is_merged_over_nonsense_is_a_cell(spans: str) -> None:
    assert update_of(page("Done.").replace("<td>Tides", f"<td {spans}>Tides")).text == "Done."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html><p>No table.</html>", "has no table in it"),
        (
            "<html><form><input name=user><input type=password></form></html>",
            "is the page of a sign-in",
        ),
        ("", "has no table in it"),
    ],
)
def test_a_page_without_a_table_is_named(text: str, said: str) -> None:
    with pytest.raises(PipelineError, match=said):
        read(text)


@pytest.mark.parametrize("name", ["paper.docx", "paper.doc", "paper.htm"])
def test_a_page_is_read_whatever_its_name(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(page("Done."), encoding="utf-8")
    result = CliRunner().invoke(main, ["import", str(tmp_path / name), str(tmp_path / "new.xlsx")])
    assert result.exit_code == 0, result.output


def test_an_import_keeps_every_link_and_writes_each_day_as_one(tmp_path: Path) -> None:
    update = (
        'See <a href="https://a.example/1">the first</a> and <a href="https://a.example/2"><b>the</b> next </a>,'
        ' or <a href="mailto:o@a.example">ask</a>; https://a.example/3 too.'
    )
    whole = page('<a href="https://a.example/4">All of it.</a>').replace(
        "1/2/27", "3rd February 2027"
    )
    rows = whole[whole.index("<tr><td>") : whole.index("</table>")]
    text = page(update).replace("</table>", f"{rows}</table>")
    (tmp_path / "paper.html").write_text(text, encoding="utf-8")
    made = tmp_path / "new.xlsx"
    assert (
        CliRunner().invoke(main, ["import", str(tmp_path / "paper.html"), str(made)]).exit_code == 0
    )
    sheet = load_workbook(made)["Actions"]
    headings = {str(cell.value): number for number, cell in enumerate(sheet[4], 1)}
    first, second = (sheet.cell(row, headings["Action taken"]) for row in (5, 6))
    assert first.value == (
        "See the first (https://a.example/1) and the next (https://a.example/2) , or ask (o@a.example); "
        "https://a.example/3 too."
    )
    assert second.hyperlink is not None
    assert (second.value, second.hyperlink.target) == ("All of it.", "https://a.example/4")
    days = [sheet.cell(row, headings["Date"]).value for row in (5, 6)]
    assert days == [datetime(2027, 2, 1), datetime(2027, 2, 3)]
