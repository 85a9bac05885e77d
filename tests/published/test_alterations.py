"""What was altered in a paper after it was published, and what only looks so: on editions written as values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from pipeline.published import records, verify
from pipeline.published.printed import Said
from pipeline.published.verify import Edition, differences

ACTION = records.ActionRecord(
    id="HP/1", item=1, reference="HP/1", date="2027-01-14", date_words="14/01/27", title="Tides",
    action="That the tables are sent.", update="They were sent.", status="completed", raw_status="Completed",
    status_words="Done",
    officers=["Jo Bell"], officers_words="Jo Bell", due="2027-03-01", due_words="01/03/27",
    completed="2027-02-01", completed_words="01/02/27", cells={},
)  # fmt: skip
LATER = replace(
    ACTION, id="HP/2", reference="HP/2", action="That the locks are dug.", due_words="02/03/27",
    update="They were dug.", completed_words="02/02/27", officers_words="Zoë Núñez",
)  # fmt: skip
SHOWN = (
    "reference", "date_words", "title", "action", "officers_words", "due_words", "update", "status_words",
    "completed_words",
)  # fmt: skip
PAPER = records.PaperRecord(
    committee="Harbour Panel", title="Monitoring", meeting="2027-03-28", final=True, draft=False,
    workbook="panel.xlsx", sha256="", style="wexmouth", style_sha256="",
)  # fmt: skip


def row(action: records.ActionRecord, /, **altered: str) -> tuple[str, ...]:
    """A row of a table that says what an action's record does, but for what was altered."""
    return tuple(altered.get(field, getattr(action, field)) for field in SHOWN)


def paper(
    name: str = "paper.html", actions: tuple[records.ActionRecord, ...] = (ACTION,), **seen: Any
) -> Edition:
    """An edition whose words are those of its records, but for what is given."""
    json = records.as_json(records.Records(PAPER, list(actions)))
    shown: dict[str, Any] = {
        "outside": ("Harbour Panel", "Monitoring"),
        "rows": tuple(map(row, actions)),
        "links": ((),) * len(actions),
        "feet": (f"records {records.short_hash(json)}",),
    }
    return Edition(Path(name), json, Said(**{**shown, **seen}))


BARE = paper().hash


def test_an_edition_that_says_what_its_records_say_agrees() -> None:
    both = (ACTION, LATER)
    assert list(differences([paper(actions=both), paper("paper.pdf", actions=both)])) == []
    assert list(differences([Edition(Path("paper.json"), paper().json, None), paper()])) == []


@pytest.mark.parametrize("field", SHOWN)
@pytest.mark.parametrize("item", [1, 2])
def test_each_field_of_each_row_is_compared_with_the_records(field: str, item: int) -> None:
    """An item's words are repeated on each of its rows, and may be altered on a later one alone."""
    actions = (ACTION, replace(LATER, item=item))
    rows = (row(ACTION), row(actions[1], **{field: "Altered."}))
    assert list(differences([paper(actions=actions, rows=rows)])) == [
        f"paper.html, HP/2, {field}: its records say '{getattr(actions[1], field)}', and its table does not."
    ]


def test_the_status_of_a_paper_made_before_its_printed_words_were_kept_is_compared() -> None:
    action = replace(ACTION, status_words="")
    said, altered = (row(action, status_words=words) for words in ("Completed", "Altered."))
    assert list(differences([paper(actions=(action,), rows=(said,))])) == []
    assert list(differences([paper(actions=(action,), rows=(altered,))])) == [
        "paper.html, HP/1, status_words: its records say 'Completed', and its table does not."
    ]


def test_an_items_date_and_title_may_be_blank_on_its_later_rows_alone() -> None:
    blank = {"title": "", "date_words": ""}
    rows = (row(ACTION), row(LATER, **blank))
    assert list(differences([paper(actions=(ACTION, LATER), rows=rows)])) == []
    for other in (replace(LATER, item=2), replace(LATER, reference="", item=2)):
        found = list(
            differences([paper(actions=(ACTION, other), rows=(row(ACTION), row(other, **blank)))])
        )
        assert found == [
            f"paper.html, HP/2, {field}: its records say '{getattr(other, field)}', and its table does not."
            for field in ("title", "date_words")
        ]
    (first,) = differences([paper(rows=(row(ACTION, title=""),))])
    assert first == "paper.html, HP/1, title: its records say 'Tides', and its table does not."
    rows = (row(ACTION), row(LATER, **blank, update=""))
    (emptied,) = differences([paper(actions=(ACTION, LATER), rows=rows)])
    assert "update: its records say 'They were dug.'" in emptied


@pytest.mark.parametrize("field", ["date_words", "officers_words", "due_words", "completed_words"])
def test_a_column_that_the_house_style_does_not_have_is_not_missed(field: str) -> None:
    left_out = {field: ""}
    rows = (row(ACTION, **left_out), row(LATER, **left_out))
    assert list(differences([paper(actions=(ACTION, LATER), rows=rows)])) == []


def test_a_sign_alone_that_stands_for_no_update_is_not_missed() -> None:
    action = replace(ACTION, update="–")
    said = paper(actions=(action,), rows=(row(action, update="Not yet provided"),))
    assert list(differences([said])) == []


def test_rows_put_in_or_left_out_are_found() -> None:
    longer = paper("paper.pdf", rows=(row(ACTION), row(LATER)), links=((), ()))
    for editions in ([longer], [paper(), longer], [longer, paper()]):
        assert list(differences(editions)) == [
            "paper.pdf has 2 rows, and its records have 1 actions."
        ]


def test_a_cell_put_in_is_found_beside_another_edition() -> None:
    wider = paper("paper.pdf", rows=((*row(ACTION), "Withdrawn"),))
    assert list(differences([paper(), wider])) == [
        "HP/1: paper.html says '', and paper.pdf says 'Withdrawn'."
    ]


def test_other_records_in_one_edition_are_found() -> None:
    one, other = paper(), paper("paper.pdf", actions=(replace(ACTION, status="on hold"),))
    assert list(differences([one, other])) == ["paper.pdf carries other records than paper.html."]


@pytest.mark.parametrize(
    ("feet", "where"),
    [
        ((), ""),
        (("records 0",), ""),
        ((f"records {BARE}", "page 2", "page 3"), ", page 2"),
        (("", f"records {BARE}"), ", page 1"),
    ],
)
def test_a_page_whose_foot_names_other_records_is_found(feet: tuple[str, ...], where: str) -> None:
    assert list(differences([paper(feet=feet)])) == [
        f"paper.html{where}: its foot does not name its records, {BARE}."
    ]


def test_what_was_put_on_a_page_is_found() -> None:
    assert list(differences([paper(added={3: "Withdrawn"})])) == [
        "paper.html, page 3: 'Withdrawn' was put on it, and is no part of the paper."
    ]


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        ({"outside": ("Harbour Panel", "Minutes")},
         ["Above the table: paper.html says 'Monitoring', and paper.pdf says 'Minutes'."]),
        ({"outside": ("Harbour Panel",)}, ["Above the table: paper.html says 'Monitoring', and paper.pdf says ''."]),
        ({"outside": ("Harbour Panel", "Monitoring", "Draft")},
         ["Above the table: paper.html says '', and paper.pdf says 'Draft'."]),
        ({"rows": (row(ACTION, update="They were sent. All."),)},
         ["HP/1: paper.html says 'They were sent.', and paper.pdf says 'They were sent. All.'."]),
        ({"links": (("https://a.example", "https://b.example"),)},
         ["HP/1: paper.html links to no address, and paper.pdf to https://a.example, https://b.example."]),
    ],
)  # fmt: skip
def test_two_editions_are_compared_with_each_other(seen: dict[str, Any], found: list[str]) -> None:
    assert list(differences([paper(), paper("paper.pdf", **seen)])) == found


def test_each_edition_is_compared_with_the_first_that_has_words() -> None:
    records = Edition(Path("paper.json"), paper().json, None)
    other = paper("paper.pdf", outside=("Harbour Panel", "Minutes"))
    found = list(differences([records, paper(), paper("paper.docx"), other]))
    assert found == ["Above the table: paper.html says 'Monitoring', and paper.pdf says 'Minutes'."]


def test_an_action_without_a_reference_is_named_by_its_place() -> None:
    action = replace(ACTION, id="1.1", reference="")
    altered = row(action, update="None were sent.")
    found = list(
        differences([paper(actions=(action,)), paper("p.pdf", actions=(action,), rows=(altered,))])
    )
    assert found == [
        "p.pdf, 1.1, update: its records say 'They were sent.', and its table does not.",
        "1.1: paper.html says 'They were sent.', and p.pdf says 'None were sent.'.",
    ]
    linked = paper("p.pdf", actions=(action,), links=(("https://a.example",),))
    (found_link,) = differences([paper(actions=(action,)), linked])
    assert found_link.startswith("1.1: paper.html links to no address")


def test_the_letters_of_words() -> None:
    assert verify.letters("• They were\nﬁled \u00ad(2∕3).") == "Theywerefiled(2⁄3)."


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("They were sent.", "They  were\nsent.", True),
        ("• sent", "sent", True),
        ("ﬁled", "filed", True),
        ("fi\u00adled", "filed", True),
        ("fi\u200bled", "filed", True),
        ("sent\ufe0f", "sent", True),
        ("a ∙ b", "a · b", True),
        ("2∕3", "2⁄3", True),
        ("Sent", "sent", False),
        ("sent.", "sent", False),
        ("sent", "sent.", False),
        ("5", "50", False),
        ("dog", "god", False),
        ("אב", "בא", True),
        ("אב", "אג", False),
        ("אא", "א", False),
        ("א", "אא", False),
    ],
)
def test_what_a_reader_sees_as_the_same_words(one: str, other: str, *, same: bool) -> None:
    assert verify.reads_same(one, other) == same
