"""Rows that are marked as not for publication."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from pipeline.check import run
from pipeline.check.seen import Context
from pipeline.council.columns import Columns
from pipeline.council.rules import Rules, Severity
from pipeline.normalise.exempt import sheet_marks
from pipeline.normalise.tracker import Tracker
from tests.conftest import HEADINGS, TITLES, Read

Found = Callable[[Tracker], list[tuple[str, str]]]

GOOD = "1/2/27 | Tides | That {} are sent. | They were sent. | Completed"


@pytest.mark.parametrize(
    ("heading", "cells", "marked"),
    [
        ("Exempt (Y/N)", "N, Y, n", "F5"),
        ("Exempt (Y/N)", "N, N, N", ""),
        ("Part I / Part II", "Part I, Part II, Part I", "F5"),
        ("Confidential?", ", Yes – staffing, No", "F5"),
        ("Confidential?", "Staffing, , n/a", "F4"),
        ("Confidential?", "The terms of the new lease are secret, , n/a", "F4"),
        ("Exempt paragraph", "3, , Para 1", "F4 F6"),
        ("Exempt", "x, Not exempt, ✓", "F4 F6"),
        ("Restricted", "Yes, No, Restricted", "F4 F6"),
        ("Publish? (Y/N)", "Y, N, Yes", "F5"),
        ("Publish?", "Not yet, Hold, ✗", "F4 F5 F6"),
        ("Publish?", "TBC, After March, No: see AL", "F4 F5 F6"),
        ("Publish?", "✓, OK, Yes please – redacted", ""),
        ("Publish?", "Part 1, -, ", ""),
        ("Publish", "12/1/27, Public, None", ""),
        ("Publish on website", "Yes, No, Yes", "F5"),
        ("Include in paper", "Yes, No, Yes", "F5"),
        ("Agenda part", "Part 1, Part 2, 1", "F5"),
        ("Part 1/2", "1, 2, 1", "F5"),
        ("Eithriedig?", "Na, Ydy, Nac ydy", "F5"),
        ("Meeting type", "Public, Private, Public", "F5"),
        ("Session", "Open, Closed, Private session", "F5 F6"),
        ("Tenure", "Private, Council, Closed", ""),
        ("Open/Closed session", "Open, Closed, Open", "F5"),
        ("Public/Private", "Public, Private, Public", "F5"),
        ("Classification", "Open, Exempt, Part 2 (contract)", "F5 F6"),
        ("Classification", "Open, OFFICIAL – SENSITIVE, Official", "F5"),
        ("Not for publication", "Y, , N", "F4"),
        ("Exempt?", "Yes: the terms of the lease are secret., , No", "F4"),
        ("Confidential", "Staffing, , In breach of contract.", "F4"),
        ("Confidential", "Pay of the dock crew, , Pay of all the dock crew", "F4"),
        ("Comments (confidential)", "In breach of contract., Hm, Jo to chase it up", ""),
        ("Comments (confidential)", "Yes, Hm, No", "F4"),
        ("Internal deadline", "1/2/27, 3/2/27, ", ""),
        ("Audit type", "Internal, External, Internal", ""),
        ("Ward", "North, Part of the south, ", ""),
    ],
)
def test_which_rows_are_marked(
    heading: str, cells: str, *, marked: str, read: Read, known: Columns, rules: Rules
) -> None:
    rows = [
        f"{GOOD.format(what)} | {cell}" for what, cell in zip("abc", cells.split(","), strict=True)
    ]
    tracker = read(*rows, headings=f"{HEADINGS} | {heading}")
    made = [
        one for one in run.findings(Context(tracker, known, rules)) if one.check == "exempt-row"
    ]
    assert " ".join(one.place.cell for one in made) == marked
    assert {one.severity for one in made} <= {Severity.ERROR}


@pytest.mark.parametrize("status", ["Exempt", "Part II"])
def test_a_row_is_marked_by_its_status_too(status: str, read: Read, found: Found) -> None:
    tracker = read(GOOD.format("they").replace("Completed", status))
    assert ("E4", "exempt-row") in found(tracker)


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("They were sent (CONFIDENTIAL).", "(CONFIDENTIAL)"),
        ("They were sent.\\nExempt", "Exempt"),
        ("It was read. The lease is exempt under paragraph 3. It ends.", "The lease is exempt under paragraph 3"),
        ("The lease is NOT FOR PUBLICATION yet.", "NOT FOR PUBLICATION"),
    ],
)  # fmt: skip
def test_the_mark_in_a_text_is_quoted(
    words: str, mark: str, read: Read, known: Columns, rules: Rules
) -> None:
    tracker = read(f"1/2/27 | Tides | That they are sent. | {words} | Completed")
    (said,) = (f for f in run.findings(Context(tracker, known, rules)) if f.check == "exempt-row")
    assert f"'{mark}'" in said.message


MARKS = [
    "The price was agreed.\\nConfidential (HR)",
    "The price was agreed. Confidential (HR).",
    "The price was agreed.\\nNot for press or public",
    "The price was agreed.\\nFOI exempt s.40",
    "Embargoed until 15 December.",
    "NB not for publication until 14 December",
    "Internal only – the lease was signed.",
    "EXEMPT",
    "Exempt",
    "[Part II – exempt]",
    "The rent was agreed (excluded from the public).",
    "They were sent (CONFIDENTIAL).",
    "NOT FOR PUBLICATION",
    "Not for publication by virtue of paragraph 3 of Part 1 of Schedule 12A of the Local Government Act 1972.",
    "The terms are exempt by virtue of paragraph 3 of Part 1 of Schedule 12A.",
    "Withheld by virtue of paragraph 6 of Part 1 of Schedule 7A of the Local Government (Scotland) Act 1973.",
    "Paragraph 3 of Part 1 of Schedule 6 to the Local Government Act (Northern Ireland) 2014 applies.",
    "Withheld under Part 1, Schedule 6, Local Government (Northern Ireland) Act 2014, paragraph 3.",
    "By virtue of paragraph(s) 13, 14 of Part 4 of Schedule 12A of the Local Government Act 1972.",
    "LEASE OF THE MILL – EXEMPT",
    "Exempt under paragraph 3.",
    "The price is agreed (exempt, paragraphs 3 and 5).",
    "The price (exempt under paragraph 3) is agreed.",
    "EXEMPT – LEASE OF THE MILL",
    "CONFIDENTIAL: the price was agreed.",
    "The price was agreed.\\nExempt",
    "The report is NOT FOR PUBLICATION until May.",
    "OFFICIAL-SENSITIVE",
    "The bid was £4m (Part II).",
    "The bid (Part II) was £4m.",
    "The price was agreed with Acme Ltd (Part 2).",
    "Exempt: the price was agreed.",
    "Exempt: charities and schools.",
    "Exempt: – the price was agreed.",
    "Confidential: the price was agreed.",
    "They met. Confidential: the price was agreed.",
    "Private and confidential. The price was agreed.",
    "Not for public release: the price was agreed.",
    "Not for release - the price was agreed.",
    "PART 2 ITEM. The price was agreed.",
    "Part 2 item: the price was agreed.",
    "Restricted - the price was agreed.",
    "Restricted – the price was agreed.",
    "Restricted: the price was agreed.",
    "The price was agreed (pink paper).",
    "The price was agreed (pink papers).",
    "Pink papers: the price was agreed.",
    "The price was agreed – exempt.",
    "The price was agreed - Confidential",
    "The price was agreed. Exempt.",
    "The price was agreed. Not for publication.",
    "Exempt information: the price was agreed.",
    "Exempt item – the price was agreed.",
    "Strictly confidential. The price was agreed.",
    "Commercial in confidence: the price was agreed.",
    "Legally privileged – counsel was asked.",
    "Commercially sensitive. The price was agreed.",
    "Confidential appendix: the price was agreed.",
    "Private report - the price was agreed.",
    "Confidential (paragraph 3). The price was agreed.",
    "In confidence: the price was agreed.",
    "[Restricted] The price was agreed.",
    "(Commercially sensitive) The price was agreed.",
    "{Exempt} The price was agreed.",
    "* Exempt * The price was agreed.",
    "Exempt/confidential: the price was agreed.",
    "Exempt; the price was agreed.",
    "Do not publish. The price was agreed.",
    "The price was agreed.\nplease do not publish this line",
    "DO NOT PUBLISH the price, which was agreed.",
    "The CONFIDENTIAL report was read.",
    "Part II (exempt). The price was agreed.",
    "Exempt—the price was agreed.",
    "Exempt under Schedule 12A: the price was agreed.",
    "Exempt para 3. The price was agreed.",
    "Exempt from publication: the price was agreed.",
    "NOT FOR PUBLIC RELEASE. The price was agreed.",
    "Closed session: the price was agreed.",
    "EITHRIEDIG",
    "Eitem eithriedig",
    "Nid i'w gyhoeddi",
    "CYFRINACHOL",
    "It bears the NOT FOR PUBLICATION stamp.",
    "The price: £4m – exempt.",
    "Agreed – at £4m - exempt",
    "Gwybodaeth eithriedig",
    "NID I'W GYHOEDDI",
    "Ddim i'w gyhoeddi.",
    "Nid i'w gyhoeddi: cytunwyd ar y pris.",
    "Cyfrinachol – cytunwyd ar y pris.",
    "Cytunwyd ar y pris (Rhan 2).",
    "[Rhan 2 – eithriedig]",
    "Eithriedig o dan baragraff 14.",
    "Mae'r telerau yn eithriedig o dan baragraff 14 o Ran 4 o Atodlen 12A.",
    "Adroddiad eithriedig: cytunwyd ar y pris.",
    "Gwybodaeth gyfrinachol",
    "The price was agreed. Exempt para. 3 Sch. 12A LGA 1972",
    "Para 3 of Part 1 of Sch 12A",
    "OFFICIAL - SENSITIVE: COMMERCIAL",
    "Subject to legal privilege: counsel was asked.",
    "Members only",
    "Exclusion of the press and public",
    "Yn rhinwedd paragraff 14 o Ran 4 o Atodlen 12A i Ddeddf Llywodraeth Leol 1972.",
    "Exempt from disclosure under section 43 of the Act of 2000.",
    "The price was agreed. Confidential under section 42 of the Local Government Act (NI) 2014.",
    "This item is exempt.",
    "The price was agreed. This is exempt information.",
    "This update is confidential.",
    "Not for onward circulation",
    "Exempt in accordance with Schedule 6 to the Act of 2014.",
    "Cytunwyd ar y pris. Mae'r wybodaeth hon yn gyfrinachol.",
    "Mae'r eitem hon yn eithriedig.",
    "The price was agreed [private & confidential].",
    "Internal note: Jo is on leave. The price was agreed.",
    "Off the record: Jo is on leave.",
    "The price was agreed (not for publication yet).",
    "The price was agreed. This must not be published.",
    "The price was agreed. [REDACT]",
    "The price was agreed. [not to go in the public paper]",
    "The price was agreed. (Keep out of the public version.)",
    "The price was agreed. Please remove before publishing.",
    "The price was agreed. DELETE BEFORE PUBLICATION.",
    "The price was agreed. LGA 1972 Sch 12A (3).",
    "The price was agreed. Section 100A(4) applies.",
    "(Pt 2) The price was agreed.",
    "OFFICIAL – SENSITIVE: the price was agreed.",
    "Official – Sensitive: the price was agreed.",
    "OFFICIAL–SENSITIVE the price was agreed.",
    "[private] The price was agreed.",
    "Private: the price was agreed.",
    "NOT TO BE SHARED - the tenant is ill.",
    "Exempt under paragraph 3: the price was agreed.",
    "Exempt by virtue of paragraph 3 – the price was agreed.",
]
NO_MARKS = [
    "Part II of the Environmental Protection Act 1990 was read.",
    "It falls under the Environmental Protection Act (Part II).",
    "The charge is exempt.",
    "THE CHARGE IS EXEMPT.",
    "Exempt accommodation is reviewed.",
    "EXEMPT ACCOMMODATION REVIEW",
    "Confidential waste collection began.",
    "CONFIDENTIAL WASTE collection began.",
    "A confidential helpline was opened.",
    "Not exempt",
    "Exempt: no",
    "The NON-CONFIDENTIAL copies were sent.",
    "The site is exempt from net gain under paragraph 4 of Schedule 7A of the Town and Country Planning Act 1990.",
    "It is exempt under paragraph 4 of the port's fees.",
    "Members were told what Schedule 12A says.",
    "Part 2",
    "Confidential: none.",
    "Exempt (no)",
    "Confidential (HR) waste was collected.",
    "Exempt: none of the berths.",
    "Exempt: no part of it.",
    "Council tax – students: exempt.",
    "Council tax: exempt.",
    "Members read Erskine May (Part II) in May.",
    "Casglwyd gwastraff cyfrinachol.",
    "Mae'r tâl yn eithriedig.",
    "Members only asked for the times.",
    "The new school is in Sch area 12.",
    "The EXEMPT list was revised.",
    "The road is RESTRICTED to 20 mph.",
    "The exempt information policy was revised (Schedule 12A).",
    "Officers had training on exempt information (paragraph 3 of Schedule 12A).",
    "Confidential waste was collected.",
    "The Local Plan (Part 2) was adopted.",
    "Members read the Building Regulations (Part B).",
    "Members passed the Housing Act 2004 (Part II).",
    "Restricted parking - signs were put up.",
    "Part 2: the roof was mended.",
    "Part 2. The roof was mended.",
    "In private hands since May - the quay was sold.",
    "The exempt charities - three of them - were written to.",
    "Confidential advice line: 300 calls were taken.",
    "Private gardens. They were left out.",
    "The pink paper was replaced by recycled paper.",
    "Restricted access remains on the quay.",
    "It was sold. It is exempt.",
    "The ban is not restricted to the quay.",
    "The embargo on shrimp ended in May.",
    "Do not publish dates in red, members asked.",
    "The Council will not publish this update until May.",
    "Not for profit bodies - three - were asked.",
    "Is the charity exempt? No.",
    "Council tax: exempt homes were counted.",
    "Commercially sensitive sites - the marsh - were fenced.",
    "Public and private meetings were held in May.",
    "They were read in private gardens (part of the tour).",
    "Training (Part 2) was given.",
    "Members had the Part II survey back.",
    "An EXEMPT vehicle was found.",
    "The CONFIDENTIAL waste was collected.",
    "Exemptions: charities and schools.",
    "Exempted development - the shed - was built.",
    "The information is public; nothing is exempt.",
    "The stall is exempt under section 4 of the Markets Act.",
    "This is exempt from the fee.",
    "Members were told of paragraph 3 of Schedule 12A in training.",
    "Confidential under the table, a cat was found.",
    "An internal note was sent to staff.",
    "Internal: three doors. External: two windows.",
    "Personal data were removed before publication.",
    "Officers will remove the names before publication.",
    "The Local Plan (Pt 2) was adopted.",
    "The guidance on Schedule 12A (3) was read.",
    "Private hire: 30 licences were issued.",
    "Confidential until now, the report was published in May.",
    "The quay (private) was shut until May.",
    "The quay is private: no boats may land.",
    "Public: 40 berths.\nPrivate: 30 berths.",
    "Private: 30 berths, others: 40.",
    "Private: thirty berths.\nPublic: seventy.",
    "The report, confidential until 12 November, was published.",
    "Restricted until further notice.",
    "The [private] owner was asked.",
    "Waste is confidential until it is shredded.",
    "It is official – sensitive plants were moved.",
    "Parking is restricted until the lock is mended.",
]


def exempt(tracker: Tracker, known: Columns, rules: Rules) -> list[tuple[str, str]]:
    """The cells of the findings that something is exempt."""
    made = run.findings(Context(tracker, known, rules))
    return [(one.place.cell, one.check) for one in made if one.check.startswith("exempt-")]


@pytest.mark.parametrize("words", MARKS)
def test_words_that_stand_as_a_mark(words: str, read: Read, known: Columns, rules: Rules) -> None:
    tracker = read(f"1/2/27 | Tides | That they are sent. | {words} | Completed")
    assert exempt(tracker, known, rules) == [("D4", "exempt-row")]


@pytest.mark.parametrize("words", NO_MARKS)
def test_words_that_are_no_mark(words: str, read: Read, known: Columns, rules: Rules) -> None:
    tracker = read(f"1/2/27 | Tides | That they are sent. | {words} | Completed")
    assert exempt(tracker, known, rules) == []


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ("H1 | 1/2/27 | Tides (exempt) | That they are sent. | They were sent. | Completed | Jo | x", "C4"),
        ("H1 | 1/2/27 | Tides | [EXEMPT] That they are sent. | They were sent. | Completed | Jo | x", "D4"),
        ("H1 | 1/2/27 | EXEMPT | That they are sent. | (Exempt) | Completed | Jo | x", "C4"),
        ("EXEMPT | 1/2/27 | Tides | That they are sent. | They were sent. | Completed | Jo | x", "A4"),
        ("H1 | 1/2/27 | Tides | That they are sent. | They were sent. | Completed – CONFIDENTIAL | Jo | x", "F4"),
        ("H1 | 1/2/27 | Tides | That they are sent. | They were sent. | Completed | Jo (confidential) | x", "G4"),
        ("H1 | 1/2/27 | Tides | That they are sent. | They were sent. | Completed | Jo | See the lease, EXEMPT", ""),
    ],
)  # fmt: skip
def test_marks_are_looked_for_in_every_published_cell(
    line: str, cell: str, read: Read, known: Columns, rules: Rules
) -> None:
    headings = f"Ref | {HEADINGS} | Lead officer | Internal notes"
    said = exempt(read(line, headings=headings), known, rules)
    assert said == ([(cell, "exempt-row")] if cell else [])


@pytest.mark.parametrize(
    ("line", "is_marked"),
    [
        ("PART II", True),
        ("Part 2 – Confidential", True),
        ("Exempt actions", True),
        ("Exempt action log.", True),
        ("Works at the quay, confidential", True),
        ("Not for publication by virtue of paragraph 3 of Schedule 12A", True),
        ("Classification: Confidential", True),
        ("Actions of the harbour – exempt items", True),
        ("Board of Directors (Private) – Action Log", True),
        ("Trust Board Meeting in Private", True),
        ("Private Board Action Log", True),
        ("Quay Panel – Part B (private)", True),
        ("Trust Board: Private Meeting held on 21 January 2027", True),
        ("Trust Board, private", True),
        ("Action log (quay private)", True),
        ("Action log – 21 January 2027 and private", True),
        ("Action log and exempt items", True),
        ("Trust Board – private and confidential", True),
        ("Harbour Panel – Long Room, private session", True),
        ("Quay Panel – Part 2", True),
        ("Quay Panel – Part 1", False),
        ("Part 2 of the Plan: Quay Panel", False),
        ("Actions: Homes (social and private)", False),
        ("Car Parks Panel (public or private)", False),
        ("Housing report (council, private)", False),
        ("Action log – Social, private", False),
        ("Vehicle list: hackney, private", False),
        ("Housing report: social homes – or private", False),
        ("Action log – no private items", False),
        ("Action log – with no private items", False),
        ("Quay Panel – not Part 2", False),
        ("Private Hire Licensing Panel", False),
        ("Private Sector Housing Board", False),
        ("Confidential Inquiry Panel – action log", False),
        ("Actions that are not exempt", False),
        ("Public (Part 1) action log", False),
        ("Action log – Part 2", False),
        ("DRAFT – not for publication", False),
        ("Updated 3/2/27", False),
        ("Exempt accommodation", False),
    ],
)
def test_a_line_above_the_table_marks_the_sheet(
    line: str, *, is_marked: bool, read: Read, known: Columns, rules: Rules
) -> None:
    tracker = read(GOOD.format("they"), titles=[*TITLES, line])
    assert exempt(tracker, known, rules) == ([("A3", "exempt-sheet")] if is_marked else [])


@pytest.mark.parametrize(
    ("said", "is_marked"),
    [
        ("OFFICIAL - SENSITIVE", True),
        ("Page &P of &N: not for publication", True),
        ("Confidential", True),
        ("DRAFT - not for publication", False),
        ("Confidential waste", False),
        ("Harbour Panel", False),
    ],
)
@pytest.mark.parametrize("part", ["oddHeader", "firstFooter"])
def test_what_is_printed_above_or_below_the_pages_marks_the_sheet(
    part: str, said: str, *, is_marked: bool, read: Read, known: Columns, rules: Rules
) -> None:
    def put(book: Workbook) -> None:
        right = getattr(book.worksheets[0], part).right
        right.text, right.font, right.size, right.color = said, "Arial,Bold", 14, "FF0000"

    tracker = read(GOOD.format("they"), change=put)
    assert exempt(tracker, known, rules) == ([("A1", "exempt-sheet")] if is_marked else [])


@pytest.mark.parametrize(
    ("name", "is_marked"),
    [
        ("Exempt", True),
        ("Confidential items", True),
        ("Private", True),
        ("Part 2", False),
        ("Actions", False),
    ],
)
def test_a_sheet_s_name_marks_it(
    name: str, *, is_marked: bool, read: Read, known: Columns, rules: Rules
) -> None:
    def call(book: Workbook) -> None:
        book.worksheets[0].title = name

    tracker = read(GOOD.format("they"), change=call)
    assert exempt(tracker, known, rules) == ([("A1", "exempt-sheet")] if is_marked else [])
    assert [place.sheet for place, _ in sheet_marks(tracker, known)] == [name] * is_marked


@pytest.mark.parametrize(
    ("line", "is_marked"),
    [
        ("PART II – EXEMPT", True), ("EXEMPT ITEMS", True), ("PART B", False), ("Part 2 - Private", True),
        ("Private actions", True), ("Items containing exempt information", True), ("Part 2: Delivery", False),
        ("Part 2 of the plan", False), ("Private hire", False), ("Confidential (HR)", True),
        ("Rents (private)", False), ("Restricted area", False),
        ("Pt 2", True), ("Closed agenda", True), ("In-committee", True), ("In committee rooms", False),
        ("PART A", False), ("Harbour", False),
    ],
)  # fmt: skip
def test_a_line_across_the_table_marks_what_stands_below(
    line: str, *, is_marked: bool, read: Read, known: Columns, rules: Rules
) -> None:
    def merge(book: Workbook) -> None:
        book.worksheets[0].merge_cells("A5:E5")

    tracker = read(GOOD.format("they"), line, GOOD.format("others"), change=merge)
    assert exempt(tracker, known, rules) == ([("A5", "exempt-row")] if is_marked else [])


@pytest.mark.parametrize(
    ("name", "is_marked"),
    [
        ("Quay Panel (exempt)", True), ("Quay Panel - Confidential", True), ("Quay Panel (Part II)", True),
        ("Quay Panel – Part 2", True), ("Quay Panel PRIVATE SESSION", True), ("Quay Panel (private)", True),
        ("Private Hire Licensing Panel", False), ("Quay Panel (Part I)", False), ("Quay Panel – Open session", False),
    ],
)  # fmt: skip
def test_the_name_in_a_column_of_committees_marks_its_rows(
    name: str, *, is_marked: bool, read: Read, known: Columns, rules: Rules
) -> None:
    tracker = read(f"{GOOD.format('they')} | {name}", headings=f"{HEADINGS} | Committee")
    assert exempt(tracker, known, rules) == ([("F4", "exempt-row")] if is_marked else [])


@pytest.mark.parametrize(
    ("note", "is_marked"),
    [("Do not publish", True), ("Jo Bell:\nEXEMPT (paragraph 3)", True), ("The charge is exempt.", False)],
)  # fmt: skip
def test_a_note_marks_the_cell_that_it_is_on(
    note: str, *, is_marked: bool, read: Read, known: Columns, rules: Rules
) -> None:
    def write(book: Workbook) -> None:
        book.worksheets[0]["D4"].comment = Comment(note, "Jo Bell")

    tracker = read(GOOD.format("they"), change=write)
    assert exempt(tracker, known, rules) == ([("D4", "exempt-row")] if is_marked else [])


def test_nothing_is_said_of_a_column_that_asks_and_is_answered_with_no(
    read: Read, known: Columns, rules: Rules
) -> None:
    tracker = read(f"{GOOD.format('they')} | No", headings=f"{HEADINGS} | Exempt")
    assert run.findings(Context(tracker, known, rules)) == []


def test_a_marked_row_says_how_and_what_to_do(read: Read, known: Columns, rules: Rules) -> None:
    tracker = read(f"{GOOD.format('they')} | Part II", headings=f"{HEADINGS} | Part I / Part II")
    (finding,) = run.findings(Context(tracker, known, rules))
    assert str(finding) == (
        "Actions!F4: error: Tides: The row is marked as exempt ('Part II' under 'Part I / Part II'), and would be "
        "published. Take the row out, or clear the mark if it may be published. [exempt-row]"
    )
