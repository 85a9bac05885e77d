"""Dates as officers write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pipeline.council import house
from pipeline.council.dates import (
    are_month_first,
    beside_days,
    date_in_words,
    date_text,
    day_within,
    days_within,
    is_doubtful,
    is_plain,
    is_when,
    newest_entry,
    span_of,
    with_days,
)
from pipeline.model.action import DateText
from pipeline.model.words import key
from pipeline.published import records

DAY = date(2019, 1, 24)


KEPT = "kept as words"
UNREADABLE = "kept as typed, and said"

FORMS = {
    # days, in the order of the United Kingdom
    "24/01/19": DAY, "24/1/19": DAY, "24.01.19": DAY, "24.1.2019": DAY, "24-01-2019": DAY, "24-1-19": DAY,
    "24/01/2019": DAY, "24 / 01 / 19": DAY, "24/01/19.": DAY, "24/01/19,": DAY, " 24/01/19 ": DAY,
    "24 Jan 2019": DAY, "24 JAN 2019": DAY, "24 jan. 2019": DAY, "24 Jan 19": DAY, "24-Jan-19": DAY,
    "24-Jan-2019": DAY, "24 January 2019": DAY, "24 January, 2019": DAY, "24th January 2019": DAY,
    "24th of January 2019": DAY, "24th Jan 19": DAY, "Thursday 24 January 2019": DAY,
    "Thu, 24 Jan 2019": DAY, "Thurs 24/01/19": DAY, "January 24, 2019": DAY, "Jan 24 2019": DAY,
    "2019-01-24": DAY, "2019-1-24": DAY, "2019-01-24 00:00:00": DAY, "2019-01-24T00:00": DAY,
    "24.Jan.2019": DAY, "24 – 1 – 2019": DAY, "Thur 24 Jan ’19": DAY, "2019/01/24": DAY, "by 24 January 2019": DAY,
    "24/01/2019 14:30": DAY, "24 January 2019 at 6.30pm": DAY, "24 January 2019, 6.30 p.m.": DAY,
    "2019-01-24T14:00:00Z": DAY,
    "24\u00a0January\u00a02019": DAY, "24  January  2019": DAY,
    "1st February 2019": date(2019, 2, 1), "2nd Feb 19": date(2019, 2, 2), "3rd March 2019": date(2019, 3, 3),
    "11 Sept 2019": date(2019, 9, 11), "29/02/2020": date(2020, 2, 29), "01/02/2019": date(2019, 2, 1),
    "12/11/10": date(2010, 11, 12), "24/01/0100": UNREADABLE,
    "07/10/1926": UNREADABLE, "31/01/2207": UNREADABLE,
    "31/12/68": date(2068, 12, 31), "01/01/69": date(1969, 1, 1),
    # in Welsh, Irish and Scottish Gaelic
    "24 Ionawr 2019": DAY, "24 IONAWR 2019": DAY, "Dydd Iau 24 Ionawr 2019": DAY, "24ain o Ionawr 2019": DAY,
    "24 Ion 19": DAY, "24 Eanáir 2019": DAY, "24 Eanair 2019": DAY, "24 den Fhaoilleach 2019": DAY,
    "1af o Fawrth 2019": date(2019, 3, 1), "4 Meán  Fómhair 2019": date(2019, 9, 4),
    "4 Chwefror 2027": date(2027, 2, 4), "4ydd Chwefror 2027": date(2027, 2, 4),
    "31 Chwefror 2027": UNREADABLE, "Ionawr 2019": KEPT,
    # words, which stay words
    "Ongoing": KEPT, "Autumn 2019": KEPT, "ASAP": KEPT, "Q3 2019": KEPT, "March 2019": KEPT, "TBC": KEPT,
    "by the next meeting": KEPT, "2019": KEPT, "2019/20": KEPT, "Spring/Summer": KEPT, "May": KEPT,
    "n/a": KEPT, "end of Jan": KEPT, "within 6 months": KEPT, "mid-2019": KEPT, "24/7": UNREADABLE,
    "early 2019": KEPT, "Jan 19": KEPT, "Every meeting": KEPT,
    # meant as a day, and none
    "31/02/2019": UNREADABLE, "24/13/19": UNREADABLE, "01/24/2019": UNREADABLE, "29/02/2019": UNREADABLE,
    "24/01/19 & 28/03/19": UNREADABLE, "2019-13-01": UNREADABLE, "24/01/219": UNREADABLE,
    "00/01/2019": UNREADABLE, "24/01/19 (revised)": UNREADABLE, "was 24/01/19": UNREADABLE,
    "24//01/2019": UNREADABLE, "31 April 2019": UNREADABLE, "24 Janury 2019": UNREADABLE,
    "24012019": UNREADABLE, "24 January": UNREADABLE, "24th Jan": UNREADABLE, "24/01": UNREADABLE,
    "by 24 January": UNREADABLE, "Jan 24/19": UNREADABLE,
    "before 24 January 2019": UNREADABLE, "24 January 2019 if the weather holds": UNREADABLE,
}  # fmt: skip


@pytest.mark.parametrize("typed", FORMS)
def test_what_each_form_becomes(typed: str) -> None:
    """No date is guessed wrong in silence: a day and its words, words alone, or a finding."""
    made = date_text(typed, typed)
    becomes = made.day or (UNREADABLE if made.unreadable else KEPT)
    assert (becomes, made.text) == (FORMS[typed], typed)


def test_sixty_forms_are_told_apart() -> None:
    assert len(FORMS) >= 60


def test_real_dates_and_serials_are_days() -> None:
    assert date_text(datetime(2019, 1, 24), "24/01/2019") == DateText(day=DAY)
    assert date_text(DAY, "24/01/2019") == DateText(day=DAY)
    assert date_text(43489, "43489").day == DAY
    assert date_text(42027, "42027", date(1904, 1, 1)).day == DAY


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        (32873, None), (32874, date(1990, 1, 1)), (73050, date(2099, 12, 31)), (73051, None),
        (43489.5, DAY), (True, None), (None, None),
    ],
)  # fmt: skip
def test_a_number_is_a_day_from_1990_to_2099(serial: object, day: date | None) -> None:
    assert date_text(serial, "x").day == day


@pytest.mark.parametrize("year", [1926, 2207])
def test_a_real_day_of_another_age_is_a_slip(year: int) -> None:
    made = date_text(datetime(year, 1, 24), f"24/01/{year}")
    assert date_in_words(made) == made == DateText(f"24/01/{year}", unreadable=True)


def test_a_box_that_is_ticked_was_meant_as_no_day() -> None:
    made = date_text(True, "TRUE")
    assert (made.text, made.unreadable) == ("TRUE", True)


@pytest.mark.parametrize(
    ("typed", "is_american"),
    [
        ("10/14/2026, 03/03/2026", True), ("12/13/2026", True), ("01/12/2026", False),
        ("10/14/2026, 13/10/2026", False), ("01/02/2026", False), ("14 October 2026", False), ("", False),
    ],
)  # fmt: skip
def test_a_column_is_american_where_a_day_can_be_nothing_else(
    typed: str, *, is_american: bool
) -> None:
    assert are_month_first(date_text(one, one) for one in typed.split(", ")) == is_american


@pytest.mark.parametrize(
    ("typed", "either"),
    [
        ("01/02/2026", True), ("12/11/2026", True), ("13/11/2026", False), ("11/13/2026", False),
        ("11/11/2026", False), ("1 February 2026", False),
    ],
)  # fmt: skip
def test_a_day_in_figures_can_be_doubtful(typed: str, *, either: bool) -> None:
    assert is_doubtful(date_text(typed, typed)) == either


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Update  9 January 2027: sent", ("Update ", date(2027, 1, 9), ": sent")),
        ("Due by 9 January 2027", ("Due by ", date(2027, 1, 9), "")),
        ("9/1/27 and 10/1/27", ("", date(2027, 1, 9), " and 10/1/27")),
        ("Ref19/1/27, sent in 2027", None),
    ],
)
def test_a_line_is_parted_at_its_first_day(line: str, parts: object) -> None:
    assert day_within(line) == parts


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("on 9 January 2027", True), ("In March", True), ("March 2027.", True), ("9th March", True),
        ("9 January 2027 if fine", False), ("March winds", False), ("soon", False),
    ],
)  # fmt: skip
def test_words_can_be_a_day_or_a_month_and_no_more(words: str, *, whole: bool) -> None:
    assert is_when(words) == whole


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("9/1/27", True), ("9 – 1 – 27.", True), ("9th January 2027", True), ("by 9/1/27", False),
        ("Sat 9/1/27", False), ("9/1/27 14:30", False), ("9th January 2027 at 6pm", False),
    ],
)  # fmt: skip
def test_a_date_is_plain_that_can_be_set_in_another_form(words: str, *, plain: bool) -> None:
    assert is_plain(words) == plain


def test_a_time_of_day_is_kept_beside_the_day() -> None:
    made = date_text(datetime(2019, 1, 24, 14, 30), "24/01/2019 14:30")
    assert (made.day, made.text) == (DAY, "24/01/2019 14:30")


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Scrutiny Monitoring – 28 March 2019", ["28 March 2019"]),
        ("Harbour Panel – Thursday 28th March 2019, Long Room", ["Thursday 28th March 2019"]),
        ("28/03/2019 (rearranged)", ["28/03/2019"]),
        ("For the meeting of March 28, 2019 at 6.30pm", ["March 28, 2019 at 6.30pm"]),
        ("Log (updated 28/03/2019) for 28 March 2019", ["28/03/2019", "28 March 2019"]),
        ("Traciwr – Dydd Iau, 28 Mawrth 2019", ["Dydd Iau, 28 Mawrth 2019"]),
        ("10 items 28 March 2019", ["28 March 2019"]),
        ("Consul 28/03/2019, Nelson 28 March 2019", ["28/03/2019", "28 March 2019"]),
        ("Scrutiny Monitoring 2018/19", []),
    ],
)
def test_a_line_has_its_days_wherever_they_stand(line: str, days: list[str]) -> None:
    found = list(days_within(line))
    assert [line[start:end] for start, end, _ in found] == days
    assert {day for _, _, day in found} <= {date(2019, 3, 28)}


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("24.01.19", "24/01/19"), ("5 November 2026", "05/11/26"), ("24th January 2019", "24/01/19"),
        ("5 Nov '26", "05/11/26"), ("3ydd o Fawrth 2027", "03/03/27"),
        ("Thursday 5 November 2026", "Thursday 5 November 2026"),
        ("by 24 January 2019", "by 24 January 2019"), ("Autumn 2027", "Autumn 2027"),
    ],
)  # fmt: skip
def test_a_day_and_no_more_is_printed_in_the_house_s_form(typed: str, printed: str) -> None:
    assert records.printed_date(date_text(typed, typed), house.house_of("wexmouth")) == printed


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31 March 2027 (was 31 January 2027)", date(2027, 3, 31)),
        ("31 March 2027 (originally 1/2/27)", date(2027, 3, 31)),
        ("Revised to 31/03/2027", date(2027, 3, 31)),
        ("24 March 2027 at noon", date(2027, 3, 24)),
        ("24 March 2027 at 14:00 hours", date(2027, 3, 24)),
        ("Revised by Cabinet to 31/03/2027", date(2027, 3, 31)),
        ("Revised again by Cabinet to 31/03/2027", None),
        ("31 March 2027 (was 31 January 2027) for all of it", date(2027, 3, 31)),
        ("12/10/2026 Min 45", date(2026, 10, 12)),
        ("12/10/2026\nMin. no. 45/26", date(2026, 10, 12)),
        ("Minute 26/45 – 12 October 2026", date(2026, 10, 12)),
        ("12/10/2026 (Item 7)", date(2026, 10, 12)),
        ("Item 12/10/2026 and 9/11/2026", None),
        ("30/11/2026 (now 31/03/2027)", date(2027, 3, 31)),
        ("14/01/2027\nRevised: 11/03/2027", date(2027, 3, 11)),
        ("30/11/26 → 31/03/27", date(2027, 3, 31)),
        ("30/11/2026 – 31/03/2027", None),
        ("3-5 March 2027", None),
        ("Dec 26 - Mar 27", None),
        ("Dec 26\nMar 27", None),
        ("31 March 2027 or 30 April 2027", None),
        ("31 March 2027 (TBC)", None),
        ("not 31 March 2027", None),
        ("after 31 March 2027", None),
        ("31 March 2027, if the Cabinet agrees the budget for it", None),
        ("31 March 2027, see item 12", None),
    ],
)
def test_a_date_of_an_action_is_the_one_day_of_its_words(typed: str, day: date | None) -> None:
    made = date_in_words(date_text(typed, typed))
    assert (made.text, made.day, made.unreadable) == (typed, day, day is None)


def test_words_that_were_meant_as_no_day_stay_words() -> None:
    given = DateText("at the meeting of 31 March 2027")
    assert date_in_words(given) is given


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ("Sent by Weds 3 May 2027.", ["sent"]),
        ("sent on 03/05/27", ["sent"]),
        ("Monday, 1st of Sept", []),
        ("It was sent", ["it", "was", "sent"]),
    ],
)
def test_words_beside_days(typed: str, beside: list[str]) -> None:
    assert beside_days(typed) == beside


@pytest.mark.parametrize(
    "typed", ["3 September", "3rd Sept.", "Fri 3rd of September", "Friday, 3 Sep", "3 Medi"]
)
def test_a_day_without_a_year_has_one_form_too(typed: str) -> None:
    assert key(with_days(f"Sent ({typed} at noon).")) == "sent 3 september at noon"


def test_a_sentence_ends_behind_a_month() -> None:
    assert with_days("By 3 Nov. It was") == "By 3 November. It was"


@pytest.mark.parametrize("typed", ["3 May 2027", "03/05/27", "2027-05-03", "Mon 3rd May 2027"])
def test_a_day_within_words_has_one_form(typed: str) -> None:
    assert key(with_days(f"Sent ({typed}), then read.")) == "sent 2027 05 03 then read"


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("January 2027", date(2027, 1, 1), date(2027, 1, 31)),
        ("end of February 2027", date(2027, 2, 1), date(2027, 2, 28)),
        ("by mid-April 2027", date(2027, 4, 1), date(2027, 4, 30)),
        ("12/2027", date(2027, 12, 1), date(2027, 12, 31)),
        ("Winter 2027", date(2027, 1, 1), date(2028, 3, 31)),
    ],
)
def test_a_month_or_a_year_has_a_first_and_a_last_day(words: str, first: date, last: date) -> None:
    assert span_of(words) == (first, last)


@pytest.mark.parametrize(
    "words", ["soon", "January", "13/2027", "2027-03", "since 2027", "from 2026 to 2027"]
)
def test_what_is_no_month_and_no_year_has_no_days(words: str) -> None:
    assert span_of(words) is None


MEETING = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("31 March", "Q1"), ("Q1", "2 April"),
        ("30 June", "Q2"), ("Q2", "2 July"),
        ("30 September", "Q3"), ("Q3", "2 October"),
        ("31 December", "Q4"), ("Q4", "2 January"),
        ("1 November", "4 December"), ("5 December", "1 November"),  # of the year before
        ("1/11", "4/12"), ("5/12", "1/11"),
        ("2 December", "3 December"), ("2/12", "3/12"),
        ("30 November", "December"), ("mhean fomhair", "2 October"),
    ],
)  # fmt: skip
def test_days_without_a_year_are_the_last_up_to_the_meeting(older: str, newer: str) -> None:
    assert newest_entry(f"{older}: Older.\n{newer}: Newer.", MEETING) == "Newer."
    assert newest_entry(f"{newer}: Newer.\n{older}: Older.", MEETING) == "Newer."


@pytest.mark.parametrize("end", ".;!?")
def test_entries_may_stand_in_one_line(end: str) -> None:
    assert (
        newest_entry(f"3/11/26: Was it lit{end} 1/12/26: It was.", date(2026, 12, 1)) == "It was."
    )


def test_a_month_is_from_its_first_day() -> None:
    said = "30 November: Older.\nDecember: Newer."
    assert newest_entry(said, date(2026, 12, 1)) == "Newer."
