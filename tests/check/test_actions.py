"""Each check: where it finds a fault, and where it does not."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
import pytest
from openpyxl import Workbook as ExcelWorkbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from pipeline.check import run
from pipeline.check.rule import CHECKS, STANDS_FOR
from pipeline.check.seen import Context
from pipeline.council import rules, settings
from pipeline.council.columns import Columns
from pipeline.council.rules import Rules, WordLists
from pipeline.model.action import plain
from pipeline.model.document import runs_of
from pipeline.model.errors import PipelineError
from pipeline.normalise.tracker import Tracker
from tests.conftest import HEADINGS, AddToCouncil, Read

Found = Callable[[Tracker], list[tuple[str, str]]]
GOOD = "1/2/27 | Tides | That the tables are sent. | They were sent. | Completed"


def row(
    action: str = "That it is sent.",
    update: str = "It was sent.",
    status: str = "Completed",
    date: str = "1/2/27",
) -> str:
    return f"{date} | Tides | {action} | {update} | {status}"


@pytest.mark.parametrize("update", ["", "-", "TBC", "n/a", "N/A.", "Update to follow", "x", "tbc…"])
def test_an_open_action_without_update_is_found(read: Read, found: Found, update: str) -> None:
    assert found(read(row(update=update, status="Ongoing"))) == [("D4", "missing-update")]


@pytest.mark.parametrize(("length", "is_missing"), [(60, True), (61, False)])
def test_an_update_that_begins_as_a_placeholder_and_goes_on_is_one(
    length: int, *, is_missing: bool, read: Read, found: Found
) -> None:
    update = "Awaiting update from the crew of the dredger, who sail north.."[: length - 1] + "."
    assert len(update) == length
    made = found(read(row(update=update, status="Ongoing")))
    assert (("D4", "missing-update") in made) == is_missing


@pytest.mark.parametrize("update", ["As above", "ditto", "No change.", "No update", "See previous update",
                                    "Please refer to the last report.", "See update above", "Nothing further to add.",
                                    "No change since January because.", "No change due to",
                                    "Dim newid.", "Dim newid ers y cyfarfod diwethaf", "Fel uchod"])  # fmt: skip
def test_an_update_that_leads_to_an_earlier_one_is_stale_and_nothing_else(
    read: Read, found: Found, update: str
) -> None:
    assert found(read(row(update=update, status="In progress"))) == [("D4", "stale-update")]
    assert found(read(row(update=update, status="On hold"))) == [("D4", "stale-on-hold")]
    assert found(read(row(update=update))) == [("D4", "completed-without-update")]


@pytest.mark.parametrize(
    ("update", "check"),
    [
        ("In progress (JB)", "thin-update"),
        ("Ongoing – JB", "thin-update"),
        ("RAG: Amber", "thin-update"),
        ("Carried forward to 2028.", "thin-update"),
        ("No action yet", "thin-update"),
        ("See Teams channel", "thin-update"),
        ("Same as H24", "stale-update"),
        ("See item 7", "stale-update"),
        ("Per above", "stale-update"),
        ("See item 7 of the minutes of May, where 3m was agreed.", ""),
        ("Jo Bell confirmed there is no update to give.", "stale-update"),
        ("Officer has advised no change; action remains open.", "stale-update"),
        ("Dim diweddariad ar hyn o bryd.", "stale-update"),
        ("Jo is on leave; no update.", "stale-update"),
        ("No update, Jo Bell is on sick leave", "stale-update"),
        ("No update on sick leave at the port.", ""),
        ("Jo Bell, Head of Works", "missing-update"),
        ("Jo Bell, Head of Works, met the port.", ""),
        ("The Ministry confirmed no change to the tables.", ""),
        ("It is now open.", ""),
        ("IT ongoing with the move to the new server.", ""),
    ],
)
def test_who_says_that_there_is_no_update_makes_none_of_it(
    read: Read, found: Found, update: str, check: str
) -> None:
    line = f"1/2/27 | Tides | That they are sent. | {update} | In progress | Jo Bell"
    made = found(read(line, headings=f"{HEADINGS} | Lead officer"))
    assert [one for place, one in made if place == "D4"] == ([check] if check else [])


def test_an_update_may_say_that_nothing_was_needed(read: Read, found: Found) -> None:
    assert found(read(row(update="No action was needed because the quay was sold."))) == []


@pytest.mark.parametrize(
    ("line", "findings"),
    [
        (row(status=""), [("E4", "missing-status")]),
        (row(status="Nearly"), [("E4", "unknown-status")]),
        (row(status="ON-GOING"), []),
        (row(update="", status="Completed"), [("D4", "completed-without-update")]),
        (row(update="", status=""), [("D4", "missing-update")]),
        (row(date="31/02/2027"), [("A4", "unreadable-date")]),
        (row(date="Autumn 2027"), []),
        (row(date="5"), [("A4", "unreadable-date")]),
        (row(date="12:00"), [("A4", "unreadable-date")]),
        (row(date="2026/27"), []),
        (row(date="10/2026"), []),
        (row(action="lies the suite of measures."), [("C4", "broken-text")]),
        (row(update="The group has met and will report on the"), [("D4", "broken-text")]),
        (row(update="Sent 3 May"), []),
        (row(update="Sent to: • the crew • the port"), []),
        (row(update="Read it at https://www.wexmouth.gov.uk/tides?id=4711"), [("D4", "bare-link")]),
        (row(update="Read it at https://www.wexmouth.gov.uk/harbour/tide-tables"), []),
        (row(update="sent 3 May"), []),
        (row(update="sent in May to each of the berths."), [("D4", "broken-text")]),
        (row(update="Sent to:\\n• the crew\\n• those who had paid for"), []),
        (
            row(
                update="They were:\\na) sent to the crew and to the port\\nb) put up on the quay by the lock"
            ),
            [],
        ),
        (row(update="a) they were all sent to the crew b) and put up on the quay."), []),
        (row(update="iPads were bought for all of the crew."), []),
        (row(action=""), [("C4", "missing-action")]),
        ("| Tides | That it is sent. | It was sent. | Completed", [("A4", "missing-date")]),
        ("1/2/27 | | That it is sent. | It was sent. | Completed", [("B4", "missing-title")]),
        (f"{GOOD} | 12 cases", [("F4", "stray-text")]),
    ],
)
def test_one_fault_is_found_in_its_cell(
    read: Read, found: Found, line: str, findings: list[tuple[str, str]]
) -> None:
    assert found(read(line)) == findings


def test_texts_of_a_column_that_mostly_end_open_are_not_called_broken(
    read: Read, found: Found
) -> None:
    lines = [
        row(action="Write to the crew about unpaid rents", update="They were written to."),
        row(
            action="Put a quay lamp to the working group", update="It was put to the working group"
        ),
        row(
            action="Ask the harbour master for a report on the", update="A report is on the agenda."
        ),
        row(action="That all of the ropes are counted.", update="They were counted in May."),
    ]
    said = [cell for cell, check in found(read(*lines)) if check == "broken-text"]
    assert said == ["D5", "C6"]


WITH_REFERENCE = f"Ref | Lead officer | {HEADINGS}"


@pytest.mark.parametrize(
    ("second", "finding"),
    [
        ("H1 | Jo Bell | 1/2/27 | Tides | That the tables are SENT | Again. | Completed", ("E5", "repeated-action")),
        ("H1 | Al Moor | 9/2/27 | Locks | That the tables are sent. | Again. | Completed", ("E5", "repeated-action")),
        ("H2 | Jo Bell | 1/2/27 | Tides | That the tables are sent. | Again. | Completed", ("E5", "duplicate-action")),
        ("H1 | Jo Bell | 1/2/27 | Tides | That the locks are sent. | Again. | Completed", ("A5", "duplicate-action")),
        ("| Jo Bell | 1/2/27 | Tides | That the tables are sent. | Again. | Completed", ("E5", "duplicate-action")),
    ],
)  # fmt: skip
def test_the_same_action_twice(
    read: Read, found: Found, second: str, finding: tuple[str, str]
) -> None:
    first = (
        "H1 | Jo Bell | 1/2/27 | Tides | That the tables are sent. | They were sent. | Completed"
    )
    assert found(read(first, second, headings=WITH_REFERENCE)) == [finding]


@pytest.mark.parametrize(
    ("second", "finding"),
    [
        ("1 February 2027 | Tides | That the tables are SENT | Again. | Completed | Jo Bell", "repeated-action"),
        ("1/2/27 | Tides | That the tables are sent. | Again. | Completed | Al Moor", "duplicate-action"),
        ("8/2/27 | Tides | That the tables are sent. | Again. | Completed | Jo Bell", ""),
    ],
)  # fmt: skip
def test_the_same_action_twice_without_references(
    read: Read, found: Found, second: str, finding: str
) -> None:
    said = found(read(f"{GOOD} | Jo Bell", second, headings=f"{HEADINGS} | Lead officer"))
    assert said == ([("C5", finding)] if finding else [])


@pytest.mark.parametrize(
    "status", ["Amber", "50%", "75% complete", "See comments", "Green", "R", "-", "TBC"]
)
def test_a_status_that_nobody_mapped_is_an_error(
    read: Read, known: Columns, rules: rules.Rules, status: str
) -> None:
    said = run.findings(Context(read(row(status=status)), known, rules))
    assert [(f.place.cell, f.check, str(f.severity)) for f in said] == [
        ("E4", "unknown-status", "error")
    ]


@pytest.mark.parametrize(
    ("headings", "cell"),
    [("Due date", "31/02/2027"), ("Date completed", "31.2.27"), ("Due date", "30 Febuary 2027")],
)
def test_a_day_that_is_none_is_an_error(
    read: Read, known: Columns, rules: rules.Rules, headings: str, cell: str
) -> None:
    said = run.findings(
        Context(read(f"{GOOD} | {cell}", headings=f"{HEADINGS} | {headings}"), known, rules)
    )
    assert ("F4", "unreadable-date", "error") in [
        (f.place.cell, f.check, str(f.severity)) for f in said
    ]


def test_a_date_taken_from_the_item_above_is_said(read: Read, found: Found) -> None:
    tracker = read(GOOD, "| Locks | That they are mended. | They were. | Completed")
    assert tracker.actions[1].date.text == "1/2/27"
    assert found(tracker) == [("A5", "missing-date")]


def test_text_below_the_table(read: Read, found: Found) -> None:
    assert found(read(GOOD, "", "Total: 1 action")) == [("A6", "stray-text")]


def test_a_row_with_only_a_reference_among_the_actions_is_called_that(
    read: Read, known: Columns, rules: Rules
) -> None:
    tracker = read(
        f"H1 | {GOOD}",
        "H2",
        f"H3 | {GOOD.replace('tables', 'charts')}",
        headings=f"Reference | {HEADINGS}",
    )
    (said,) = (
        one for one in run.findings(Context(tracker, known, rules)) if one.check == "stray-text"
    )
    assert (said.place.cell, said.message, said.remedy) == (
        "A5",
        "The row has only a reference, 'H2', and was left out.",
        "Write its action, or leave the row free.",
    )


def test_a_reference_that_is_a_sentence_is_said(read: Read, found: Found) -> None:
    said = [f"{words} | {GOOD}" for words in ("The crew asked for them.", "Minute 14 of 2027")]
    tracker = read(*said, headings=f"Minute | {HEADINGS}")
    assert ("A4", "worded-reference") in found(tracker)
    assert ("A5", "worded-reference") not in found(tracker)


def test_a_bare_yes_or_no_is_said(read: Read, found: Found) -> None:
    line, headings = "Tides | Send them. | They were sent. | {}", "Title | Action | Update | {}"
    asked = read(line.format("Y"), headings=headings.format("Completed"))
    assert ("D4", "yes-or-no") in found(asked)
    dated = read(line.format("N"), headings=headings.format("Date completed"))
    assert ("D4", "unreadable-date") in found(dated)


@pytest.mark.parametrize(("status", "is_said"), [("In progress", False), ("Completed", True)])
def test_an_open_action_has_no_day_of_completion(
    read: Read, found: Found, status: str, is_said: bool
) -> None:
    one = read(row(status=status) + " | N/A", headings=f"{HEADINGS} | Date completed")
    assert (("F4", "unreadable-date") in found(one)) == is_said


def test_a_second_table_below(read: Read, found: Found) -> None:
    tracker = read(GOOD, "", "Date | Status | Reference | Officer", "1/2/27 | Done | A1 | Jo")
    assert len(tracker.actions) == 1
    assert found(tracker) == [("A6", "second-table")]


def test_struck_out_words_are_left_out_and_said(read: Read, found: Found) -> None:
    def strike(book: ExcelWorkbook) -> None:
        book["Actions"]["D4"] = CellRichText(
            TextBlock(InlineFont(strike=True), "Not sent. "), "It was sent."
        )

    tracker = read(GOOD, change=strike)
    assert plain(tracker.actions[0].update) == "It was sent."
    assert found(tracker) == [("D4", "struck-out-text")]


def test_a_formula_without_value_an_error_a_note_and_a_file_link(read: Read, found: Found) -> None:
    def spoil(book: ExcelWorkbook) -> None:
        sheet = book["Actions"]
        sheet["D4"] = '=UPPER("sent.")'
        sheet["B4"] = "#REF!"
        sheet["C4"].comment = Comment("Ask the port", "Jo Bell")
        sheet["C4"].hyperlink = "file:///S:/plans.docx"

    assert found(read(GOOD, change=spoil)) == [
        ("B4", "error-value"),
        ("C4", "left-out-link"),
        ("C4", "private-comment"),
        ("D4", "uncalculated-formula"),
    ]


@pytest.mark.parametrize(
    ("words", "finding"),
    [("Click here.", "D4 bare-link"), ("More…", "D4 bare-link"), ("The tide tables", "")],
)
def test_a_link_s_words_say_where_it_leads(
    read: Read, found: Found, words: str, finding: str
) -> None:
    def link(book: ExcelWorkbook) -> None:
        book["Actions"]["D4"].value = words
        book["Actions"]["D4"].hyperlink = "https://www.wexmouth.example/tides"

    assert " ".join(" ".join(one) for one in found(read(GOOD, change=link))) == finding


def test_an_unknown_column_is_not_published_and_said(read: Read, found: Found) -> None:
    assert found(read(f"{GOOD} | £400", headings=f"{HEADINGS} | Cost")) == [
        ("F3", "unpublished-column")
    ]


def test_a_hidden_sheet_is_said(read: Read, found: Found) -> None:
    def add(book: ExcelWorkbook) -> None:
        sheet = book.create_sheet("Old actions")
        sheet["A1"] = "Completed"
        sheet.sheet_state = "hidden"

    assert found(read(GOOD, change=add)) == [("A1", "hidden-words")]


def test_a_finding_names_officer_and_reference(
    read: Read, known: Columns, rules: rules.Rules
) -> None:
    tracker = read(
        f"{row(update='')} | Jo Bell | HP/1", headings=f"{HEADINGS} | Lead officer | Ref"
    )
    (finding,) = run.findings(Context(tracker, known, rules))
    assert (finding.officer, finding.reference) == ("Jo Bell", "HP/1")
    assert str(finding).startswith("Actions!D4: error: ")


def test_one_remedy_is_one_finding_and_a_lesser_one_hides_nothing(
    read: Read, known: Columns, rules: Rules
) -> None:
    def spoil(book: ExcelWorkbook) -> None:
        book["Actions"]["D4"] = '=UPPER("sent.")'

    tracker = read(row(status="Open"), change=spoil)
    lowered = msgspec.structs.replace(rules, severity={"uncalculated-formula": "warning"})
    names = [
        [one.check for one in run.findings(Context(tracker, known, chosen))]
        for chosen in (rules, lowered)
    ]
    assert names == [["uncalculated-formula"], ["missing-update", "uncalculated-formula"]]


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_stands_for_others_that_there_are(name: str) -> None:
    assert {*STANDS_FOR[name]} <= CHECKS.keys() - {name}


def test_every_check_has_a_manual_a_severity_and_a_switch(
    read: Read, known: Columns, rules: rules.Rules
) -> None:
    good = Context(read(GOOD), known, rules)
    odd = Context(read("| x | | |", "| | | | y"), known, rules)
    for name, (function, _) in CHECKS.items():
        assert function.__doc__, name
        assert list(function(good)) == [], name
        list(function(odd))
    off = msgspec.structs.replace(rules, severity=dict.fromkeys(CHECKS, "off"))
    assert run.findings(Context(read(row(update="", status="")), known, off)) == []


@pytest.mark.parametrize("style", settings.councils())
def test_a_shipped_council_says_only_what_is_not_usual(style: str) -> None:
    """What stands in its checks.toml is no default said again, nor a word that all councils have."""
    own = settings.settings_in(settings.folder(style) / "checks.toml", rules.Rules)
    shared = settings.shipped_words("checks.toml", WordLists)
    assert [name for name, said in own.severity.items() if said == str(CHECKS[name][1])] == []
    for name in shared.__struct_fields__:
        assert not set(getattr(own, name)) & set(getattr(shared, name)), name


def test_a_council_s_words_stand_beside_those_of_all(council: AddToCouncil) -> None:
    council('placeholders = ["Report to be tabled"]\nwithout = ["nil", "POSTCODE"]\n')
    made, usual = (
        run.rules_of("wexmouth"),
        settings.shipped_words("checks.toml", WordLists),
    )
    assert made.placeholders == (
        "Report to be tabled",
        *(words for words in usual.placeholders if words != "nil"),
    )
    assert made.personal == tuple(kind for kind in usual.personal if kind != "postcode")
    assert made.thin == usual.thin


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('without = ["dito"]', "wexmouth/checks.toml, without: 'dito' is in no list of"),
        (
            '[severity]\noverdeu = "note"',
            "wexmouth/checks.toml: there is no check called 'overdeu'",
        ),
        ('[severity]\noverdue = "low"', "wexmouth/checks.toml: overdue is 'low', and can be error"),
    ],
)
def test_a_slip_in_a_council_s_checks_is_refused(
    toml: str, said: str, council: AddToCouncil
) -> None:
    council(toml)
    with pytest.raises(PipelineError, match=re.escape(said)):
        run.rules_of("wexmouth")


def test_a_link_that_hides_where_it_leads_is_reported_and_not_live(
    read: Read, found: Found
) -> None:
    def link(book: ExcelWorkbook) -> None:
        assert book.active is not None
        book.active["D5"].hyperlink = "https://council.example@evil.example/"

    tracker = read(row(update="Sent: mailto:jo@a.example?bcc=x@b.example"), row(), change=link)
    assert [where for where, check in found(tracker) if check == "left-out-link"] == ["D4", "D5"]
    links = [run.link for action in tracker.actions for run in runs_of(action.update) if run.link]
    assert not any("evil" in link or "?" in link for link in links)


@pytest.mark.parametrize(("update", "check"), [
    (r"March 2027: TBC\nFebruary 2027: They were sent.", "missing-update"),
    (r"February 2027: They were sent.\n15 March 2027 - n/a", "missing-update"),
    (r"Update for Mar 27:\nFeb 27: They were sent.", "missing-update"),
    (r"February 2027: They were sent.\nMarch 2027: No change.", "stale-update"),
    (r"March 2027: The rest were sent.\nFebruary 2027: No change.", ""),
    (r"February 2027: They were sent.\nApril 2027: TBC.", ""),  # after the meeting
    (r"Two visits were made.\n3 February 2027\n4 March 2027", ""),
    (r"They were sent on these days:\n3 February 2027: to the north.\n4 March 2027", ""),
    (r"3 March 2027: TBC\n3 March 2027: They were sent.", ""),
    (r"On 3 February 2027: They were sent.\nOn 4 March 2027: TBC", "missing-update"),
    (r"JB 3/2/27: They were sent.\nJB 4/3/27: nothing further.", "stale-update"),
    (r"February: They were sent.\nMarch: nil", "missing-update"),
    (r"3 Dec – They were sent.\n4 Mar – TBC", "missing-update"),
    (r"3/12 - They were sent.\n4/03 - TBC", "missing-update"),
    (r"Q2: They were sent.\nQ3: TBC", "missing-update"),
    (r"Meeting of 3/2/27: They were sent.\nMeeting of 4/3/27:", "missing-update"),
    ("3/2/2027 They were sent. 4/3/2027 No update.", "stale-update"),
    (r"March: They were sent.\nApril: TBC", ""),  # of last year, or to come
    (r"MAY: They were sent.\nMarch may be late.", ""),
    ("They were sent on 3 February 2027. 4 March 2027: TBC by the port.", ""),
    (r"1/2 - to the north.\n2/2 - to the south.", ""),
    (r"They are sent in turn.\nBy 3 February 2027: to the north.\nBy 4 March 2027: TBC", ""),
])  # fmt: skip
def test_of_an_update_that_goes_on_month_by_month_the_newest_entry_counts(
    read: Read, found: Found, update: str, check: str
) -> None:
    made = found(read(row(update=update, status="Ongoing")))
    wanted = {"missing-update", "stale-update", "thin-update"}
    assert {one for _, one in made if one in wanted} == ({check} - {""})
