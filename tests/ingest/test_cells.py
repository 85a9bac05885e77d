"""What cells show: forms of numbers and days, nothing, errors, signs, and what other systems write."""

from __future__ import annotations

from datetime import datetime

import pytest

from pipeline.council.own_words import columns_of
from pipeline.ingest import number_formats
from pipeline.ingest.cells import cell_as_shown, value_of
from pipeline.ingest.faces import Face, Look, why_unseen
from pipeline.ingest.workbook import SourceCell
from pipeline.model.action import Place
from pipeline.model.document import Run

DAY = 46447  # 1 March 2027
AT = Place("Actions", 4, 4)


def made(value: object, *, code: str = "General", typeface: str = "") -> SourceCell | None:
    return cell_as_shown(AT, value, Look(code, Face(typeface=typeface)))


def words(value: object, code: str = "General", typeface: str = "") -> str:
    found = made(value, code=code, typeface=typeface)
    return found.words if found else ""


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (7, '"QSP/"000', "QSP/007"), (0.75, "0%", "75%"), (0.125, "0.0%", "12.5%"), (1234567, "#,##0", "1,234,567"),
        (1234567, "#,##0,", "1,235"), (-1234.5, "£#,##0.00;[Red](£#,##0.00)", "(£1,234.50)"), (-3, "0;[Red]-0", "-3"),
        (2027001, '0000"/"000', "2027/001"), (12345, "00-00-00", "01-23-45"), (5, 'General" days"', "5 days"),
        (1, '"Yes";;"No"', "Yes"), (0, '"Yes";;"No"', "No"), (5, '[<10]"few";[>=10]"many"', "few"),
        (50, '[<10]"few";[>=10]"many"', "many"), (-7, "[>100]0.0;0", "-7"), (12, "0;0;;@", "12"), (0, "0;-0;;@", ""),
        (0.1 + 0.2, "General", "0.3"), (2.5, "0", "3"), (1e15, "0", "1000000000000000"), (5, "_-* 0_-", "5"),
        ("Sent", '"Said: "@', "Said: Sent"), ("Sent", "0.00", "Sent"), ("Sent", '0;0;0;"("@")"', "(Sent)"),
        (DAY, "mmmm yyyy", "March 2027"), (DAY, '"end of" mmmm yyyy', "end of March 2027"),
        (DAY, "[Red]mmmm yyyy", "March 2027"), (DAY, "[$-gd-GB]mmmm yyyy", "March 2027"), (DAY, "mm/yy", "March 2027"),
        (DAY, "yyyy", "2027"), (DAY, '"w/c "dd/mm/yyyy', "w/c 01/03/2027"), (DAY, "dd/mm/yyyy", "01/03/2027"),
        (DAY, "[$-F800]dddd, mmmm dd, yyyy", "01/03/2027"), (DAY + 0.75, "dd/mm/yyyy hh:mm", "01/03/2027 18:00"),
        (0.75, "h:mm AM/PM", "6:00 pm"), (0.75, "hh:mm", "18:00"), (DAY, "d-mmm", "1-Mar"), (True, "General", "TRUE"),
        (5.5, "# ?/?", "5 1/2"), (0.25, "?/?", "1/4"), (5, "# ?/?", "5"), (3.125, "# ??/16", "3 2/16"),
        (-1.75, "# ?/4", "-1 3/4"), (0.333, "# ?/?", "1/3"), (1234567, "0.00E+00", "1.23E+06"),
        (0.00012, "0.0E-0", "1.2E-4"), (9.999, "0.0E+0", "1.0E+1"), (12345, "##0.0E+0", "12.3E+3"),
        (1.5, "[h]:mm", "36:00"),
        (1.5, "[mm]:ss", "2160:00"), (0.26, "[h]:mm:ss", "6:14:24"), (45.25, '[h]" hours"', "1086 hours"),
        (0, "[h]:mm", ""), (0.999, "0.0%", "99.9%"), (-0.001, "0", "0"), (1234.5, "#,##0.0#", "1,234.5"),
        (59, "dd/mm/yyyy", "28/02/1900"), (61, "dd/mm/yyyy", "01/03/1900"),
    ],
)  # fmt: skip
def test_a_cell_reads_as_it_is_shown(value: object, code: str, shown: str) -> None:
    assert words(value, code) == shown


@pytest.mark.parametrize("code", ['# ?/? "pages"', "b2dd/mm/yyyy"])
def test_a_form_that_we_cannot_follow_is_marked(code: str) -> None:
    found = made(5.5, code=code)
    assert found is not None
    assert found.fault == "format"


@pytest.mark.parametrize(
    ("code", "is_a_date"),
    [("dd/mm/yyyy", True), ("d-mmm", True), ("mmmm yyyy", False), ('"by "d mmm yyyy', False)],
)
def test_a_value_is_a_day_where_a_day_is_shown(code: str, is_a_date: bool) -> None:
    found = value_of(DAY, code)
    assert found is not None
    assert isinstance(found.value, datetime) == is_a_date


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "General"), ("", "General"), ("  ", "General"), ('""', "General"), (0, "dd/mm/yyyy"), (0, "hh:mm:ss"),
        ("00:00:00", "General"), ("00/01/1900", "General"), ("30/12/1899", "General"),
        ("1899-12-30 00:00:00", "General"),
    ],
)  # fmt: skip
def test_nothing_is_nothing(value: object, code: str) -> None:
    assert made(value, code=code) is None


@pytest.mark.parametrize(
    "text",
    [
        "#REF!", "#N/A", "#NAME?", "#SPILL!", "#ERROR!", "#BUSY!", "#WERT!", "Err:508", "Loading...", "Loading…",
        "#GETTING_DATA", "#####",
    ],
)  # fmt: skip
def test_a_text_of_the_shape_of_an_error_is_one(text: str) -> None:
    found = made(f" {text} ")
    assert found is not None
    assert found.fault == "error"


@pytest.mark.parametrize(
    "text", ["#hashtag!", "Loading... the ship.", "#1", "No. #4!", "Errors: 508", "# what?"]
)
def test_other_words_are_no_error(text: str) -> None:
    found = made(text)
    assert found is not None
    assert found.fault == ""


def test_signs_of_other_typefaces_are_what_people_see() -> None:
    assert words("10 mg", typeface="Symbol") == "10 µγ"
    assert words("ü", typeface="Wingdings") == "✓"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Imran Sadiq;#23;#Ruth Calloway;#41", "Imran Sadiq; Ruth Calloway"), ("23;#Imran Sadiq", "Imran Sadiq"),
        (";#Roads;#Parks;#", "Roads; Parks"), ("2027-06-30T23:00:00Z", "01/07/2027"),
        ("2027-02-01T00:00:00Z", "01/02/2027"),
        ("2027-03-28T00:59:00Z", "28/03/2027 00:59"), ("2027-03-28T01:00:00Z", "28/03/2027 02:00"),
        ("2027-10-31T00:30:00.000Z", "31/10/2027 01:30"), ("2027-13-31T00:30:00Z", "2027-13-31T00:30:00Z"),
        ("Fish&#58; chips &amp; peas", "Fish: chips & peas"), ("&lt;script&gt; &amp;", "&lt;script&gt; &amp;"),
        ("<script>x</script>", "<script>x</script>"), ("a <b", "a <b"),
    ],
)  # fmt: skip
def test_what_other_systems_write_is_read_as_words(text: str, read: str) -> None:
    assert words(text) == read


def test_markup_of_another_system_is_words_and_links() -> None:
    found = made(
        '<div class="ExternalClass8A1"><p>See <a href="https://quay.example/s">the survey</a>.&#160;</p>'
        "<ul><li>One</li></ul></div>"
    )
    assert found is not None
    assert found.runs[:2] == (Run("See "), Run("the survey", link="https://quay.example/s"))
    assert found.words == "See the survey. • One"


def test_what_markup_in_a_cell_hides_or_strikes_out_is_listed() -> None:
    found = made('<div>Sent <b style="color:#fff">in part</b><s>late</s> today.</div>')
    assert found is not None
    assert (found.words, found.struck) == ("Sent today.", "late")
    assert found.left_out == ("'in part' has the colour of what is behind it",)


@pytest.mark.parametrize(
    ("colour", "ground", "unseen"),
    [
        ("#FFFFFF", "#FFFFFF", True),
        ("#FFFFFF", "", False),
        ("", "#FFFFFF", False),
        ("#F2F2F2", "#FFFFFF", False),
        ("#FFFFE0", "#FFFFFF", True),
        ("#FFFF00", "#FFFFFF", False),  # as light as its ground, and of another hue
        ("#FF0000", "#808080", False),
    ],
)
def test_type_is_unseen_on_its_own_colour_alone(colour: str, ground: str, unseen: bool) -> None:
    assert bool(why_unseen(colour, ground, 11.0)) == unseen


@pytest.mark.parametrize(("size", "unseen"), [(1.0, True), (2.5, True), (4.0, False), (0.0, False)])
def test_type_too_small_to_read_is_unseen(size: float, unseen: bool) -> None:
    found = cell_as_shown(AT, "secret", Look("General", Face(size=size)))
    assert found is not None
    assert (found.hidden, found.why_hidden) == (
        ((0,), "its type is too small to read") if unseen else ((), "")
    )


def test_a_formats_own_colour_is_the_types() -> None:
    assert number_formats.colour(5, "[White]General") == "white"
    found = made(5, code="[White]General")
    assert found is not None
    assert found.hidden == (0,)


@pytest.mark.parametrize(
    ("mark", "status"), [("ü", "completed"), ("û", "unknown"), ("Y", "unknown")]
)
def test_a_tick_of_wingdings_is_a_tick(mark: str, status: str) -> None:
    assert columns_of("wexmouth").status(words(mark, typeface="Wingdings")) == status


@pytest.mark.parametrize(
    ("mark", "status"),
    [("ü", "completed"), ("û", "in progress"), ("û ", "in progress"), ("q", "unknown")],
)
def test_ticks_and_crosses_answer_whether_an_action_is_completed(mark: str, status: str) -> None:
    assert (
        columns_of("wexmouth").answer("Completed Y/N", words(mark, typeface="Wingdings")) == status
    )
