"""Dates as officers write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pipeline.dates import date_text, day_at_end

DAY = date(2019, 1, 24)


@pytest.mark.parametrize(
    "typed",
    [
        "24/01/19", "24/1/19", "24.01.19", "24-01-2019", "24/01/2019", "24 Jan 2019", "24 January 2019",
        "24th January 2019", "Thursday 24 January 2019", "Thu, 24 Jan 2019", "24-Jan-19", "2019-01-24",
        "January 24, 2019", "24th of January 2019", "24 / 01 / 19", "24 JAN 2019", "24/01/19.",
    ],
)  # fmt: skip
def test_a_day_is_read_and_its_words_are_kept(typed: str) -> None:
    made = date_text(typed, typed)
    assert (made.day, made.text, made.unreadable) == (DAY, typed, False)


@pytest.mark.parametrize(
    "typed",
    ["Ongoing", "Autumn 2019", "ASAP", "Q3 2019", "March 2019", "TBC", "by the next meeting"],
)
def test_words_stay_words(typed: str) -> None:
    made = date_text(typed, typed)
    assert (made.day, made.text, made.unreadable) == (None, typed, False)


@pytest.mark.parametrize(
    "typed", ["31/02/2019", "24/13/19", "01/24/2019", "24/01/19 & 28/03/19", "2019-13-01"]
)
def test_what_was_meant_as_a_day_and_is_none_is_unreadable(typed: str) -> None:
    made = date_text(typed, typed)
    assert (made.day, made.text, made.unreadable) == (None, typed, True)


def test_real_dates_and_serials_are_days() -> None:
    assert date_text(datetime(2019, 1, 24), "24/01/2019").day == DAY
    assert date_text(43489, "43489").day == DAY
    assert date_text(42027, "42027", date(1904, 1, 1)).day == DAY


def test_a_time_of_day_is_kept_as_words() -> None:
    assert date_text(datetime(2019, 1, 24, 14, 30), "24/01/2019 14:30").text == "24/01/2019 14:30"


def test_a_title_line_ends_in_its_date() -> None:
    assert day_at_end("Scrutiny Monitoring – 28 March 2019") == (
        "Scrutiny Monitoring",
        date(2019, 3, 28),
    )
    assert day_at_end("Scrutiny Monitoring") is None
