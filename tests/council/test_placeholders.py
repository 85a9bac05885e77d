"""Words that hold the place of others, and those that only look so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.council.placeholders import _ALONE, _SURE, _TELLING
from pipeline.normalise.tracker import Tracker
from tests.conftest import HEADINGS, Read

Found = Callable[[Tracker], list[tuple[str, str]]]
WHOLE = [  # updates that are none
    "[insert figures]",
    "[XX]",
    "[TBC]",
    "TO BE UPDATED BY FINANCE",
    "Placeholder",
    "Not applicable.",
    "No comment",
    "Update 12/1/27",
    "January 2027 update",
    "Will update at next meeting.",
    "Oral / verbal update to be given",
    "Oral update to be given at the meeting.",
    "An oral update will be given at the meeting on 14 January 2027.",
    "Verbal update",
    "March 2027: verbal update at the meeting",
    "To be reported verbally at the Panel.",
    "x",
    "Will be updated",
    "Will be updated at the meeting.",
    "Officer to update.",
    "Jo to provide update.",
    "Jo Bell to provide an update at the meeting.",
    "Jo Bell will update.",
    "Figures are to be inserted here.",
    "Lorem ipsum dolor sit amet, consectetur.",
    "To be sent nearer the time.",
    "Update to be provided",
    "An update will be provided to the Panel in June 2027.",
    "Figures to follow.",
    "Update required from Jo Bell",
    "Update at the next meeting",
    "TBC by the next meeting",
    "Officer will report at Committee",
    "Officers to attend the meeting to update members",
    "I'll update you at the meeting",
    "A verbal report will be made by the Harbour Master.",
    "Presentation at the meeting",
    "Paper to follow.",
    "Please insert your update",
    "Insert update here",
    "<update here>",
    "[mewnosod ffigurau]",
    "Diweddariad llafar i'w roi yn y cyfarfod",
    "Diweddariad i ddilyn yn y cyfarfod",
    "Rhoddir diweddariad llafar yn y cyfarfod.",
    "Bydd diweddariad llafar yn cael ei roi.",
    "Diweddariad ar lafar",
    "Amherthnasol",
    "AB to provide",
    "Please chase.",
    "Chased 3/11, no reply",
    "Will update nearer the time.",
    "Nil return",
    "asdf",
    "I'w ddiweddaru gan Jo",
    "No response received",
    "No update has been received from Jo Bell.",
    "Update requested",
    "Awaiting response from service",
    "Figures to be checked",
    "N/K",
    "Figures to go in here",
    "Awaiting Jo Bell for her words",
    "Waiting on Jo for an update",
    "Awaiting officer update",
    "Still to be updated",
    "Will provide an update before the meeting",
    "Need to check",
    "Check with Jo Bell",
    "Jo?",
    "No reply from the service",
    "Nothing provided",
    "Update not received by the deadline",
    "Officer chased, no response.",
    "Jo on leave - update to follow",
    "On leave until January.",
    "Officer did not respond.",
    "Info to come",
    "More to follow.",
    "Wording to be checked.",
    "Please could Ann provide an update",
    "Could you send the latest figures?",
    "Verbal update from Jo Bell.",
    "{update}",
    "[Officer to complete]",
    "Click or tap here to enter text.",
    "Choose an item.",
    "Coming soon",
    "Next meeting",
    "Spring 2027",
    "To be discussed",
    "Jo Bell - update to follow",
    "In progress: verbal update to be given",
    "Officer to speak",
    "Jo Bell to report",
    "Jo Bell to report at the meeting",
    "@Jo Bell",
    "TODO",
    "To be completed",
    "Update:",
    "March 2027:",
    "Is this still live?",
    "Jo - can you update this please?",
    "TRUE",
    "0.5",
    "12/3/2027",
    "12 March 2027",
    "T.B.C.",
    "tbc/tba",
    "TBC – JB",
    "[Update]",
    "(blank)",
    "Open",
    "Yes",
    "Will be done",
    "Awaiting response",
    "Update has been requested",
    "JB to confirm",
    "jo.bell@port.example",
    "Angen diweddariad",
    "Dim / None",
    "I'w gadarnhau / TBC",
]
WITHIN = [  # words beside which something is still to come
    "There were ?? visits in May.",
    "The page is at (insert link).",
    "It was sent on 3 May (TA to check date).",
    "The works cost £XX in all.",
    "TODO: the cost. The works ended in May.",
    "The works ended in May. ADD LINK",
    "The works ended in May. *** CHECK WITH JO ***",
    "The works cost £x.xm in all.",
    "The works cost £[ ] in all.",
    "Some XX% of them were sent.",
    "They start in May (TBC).",
    "They start on [date] on the quay.",
    "They start on dd/mm/yyyy on the quay.",
    "They were sent to [name], [insert post].",
    "[Ruth to confirm] They were sent.",
    "They cost [figures to be confirmed by Finance].",
    "They were sent by ____ in May.",
    "They start soon (date tbc).",
    "They cost a lot. Figures are to be inserted here.",
    "They were sent. Officer to update.",
    "They were sent. Lorem ipsum dolor sit amet.",
    "They start on XX March 2027.",
    "They start on ?? March 2027.",
    "They were sent by [officer name].",
    "They were sent in May (Tom to check).",
    "They were sent. Not yet cleared by Legal.",
    "They were sent. Copy and paste update here.",
    "Draft: they were sent.",
    "DRAFT – they were sent.",
    "[DRAFT] They were sent.",
    "Draft for comment: they were sent.",
    "They were sent.\\nTO BE UPDATED BY FINANCE",
    "They were sent. A verbal update will be given at the meeting.",
    "They were sent.\\nMarch: oral update to be given",
    "Jo (surname?) will lead.",
    "They went to Jo (?) in May.",
    "Some ## visitors came.",
    "Some [ ] visitors came.",
    "There were nnn visitors.",
    "They start on ?/9/2027 on the quay.",
    "Drafft: anfonwyd hwy.",
    "**DRAFT** They were sent.",
    "(Draft wording) They were sent.",
    "They were sent [check with Jo].",
    "They were sent (JB to confirm).",
    "They were sent (figures to be checked).",
    "They were sent in [month].",
    "They were sent on 00/00/2027.",
    "They go to the Board in ... 2027.",
    "They cost £tbc in all.",
    "They cost £0,000 in all.",
    "They were sent. [JB: is this right?]",
    "Commented [JB1]: short. They were sent.",
    "They were sent. Jo – can you check this?",
    "They were sent. Please can you add figures?",
    "NOTE TO CLERK: please shorten. They were sent.",
    "Update to follow.\\nThey were sent.",
    "They were sent. Update awaited.",
    "a) They were sent.\\nb) TBC",
    "1. They were sent. 2. No update",
    "(i) No update.\\n(ii) They were sent.",
    "DN: shorten. They were sent.",
    "They were sent. Drafting note: to how many?",
    "[Comment: too long] They were sent.",
    "They were sent. [JB comment: too long]",
    "Holding line: they are being sent.",
    "They were sent [JB: not sure of the day].",
    "From: Jo Bell\\nSent: 3 May 2027 09:12\\nTo: Al Moor\\nSubject: RE: tides\\nThey were sent.",
    "From: Jo Bell\\nSubject: tides\\nThey were sent.",
]
HONEST = [
    "No reply has been received.",
    "They go to the Board (Cabinet to confirm).",
    "An update was sent to members in May.",
    "Updated the page.",
    "Updates to the plan were agreed.",
    "The policy will be updated in May.",
    "No comments were received from residents.",
    "What is left to do: the railings and the steps.",
    "**Update** The works ended in May.",
    "The team will add links to the page in June.",
    "[Link] to the tables.",
    "The court held so in [2026] EWCA Civ 12.",
    "A draft policy was circulated.",
    "Draft minutes: sent in May.",
    "Draft policy – circulated in May.",
    "The date is to be confirmed by the Board in May, once tenders are in.",
    "Two quotes are in (date of work to be agreed).",
    "It was drafted. To be presented to the Board in May.",
    "They were sent. An update will be provided to the Panel in June.",
    "They were sent. An update is awaited from the port.",
    "The Director will give a verbal update on the tenders to members in May.",
    "An update was given at the last meeting.",
    "It was reported verbally to the Panel in May.",
    "The plan is to be updated by March.",
    "The pilots [sic] were asked.",
    "XX Trust plc was appointed.",
    "Officers to update the website in May.",
    "Jo Bell to provide a new lamp for the quay.",
    "The tables will be updated each May.",
    "The works were confirmed (date: May).",
    "Figures were inserted in the tables.",
    "The plan [to read with the tables] was sent.",
    "Updates",
    "Part XX of the Act was read.",
    "Coats of size XXL were bought.",
    "Read last year's report; nothing else is needed.",
    "Awaiting a response from the Ministry.",
    "No response was received to the notice in the press.",
    "The school was asked: will it open?",
    "A report to the Board will be made in May.",
    "We will update members of the pilots' rota.",
    "They asked (why?) in May.",
    "Rates rise by 3% (add 10% for VAT).",
    "Jo Bell to report the figures to the port by May.",
    "Is it safe? The port was asked in May.",
    "12 of 20 quays.",
    "Awaiting the port for its licence.",
    "All were sent – figures to follow.",
    "The Board agreed: update at the next meeting.",
    "They were written to. No response.",
    "No response has been received from the Ministry of Ships.",
    "Awaiting a response from Natural Harbours.",
    "The lamps (check valves fitted) were lit.",
    "Please check the website for dates.",
    "Members were updated in May.",
    "Update sent to members on 3 May.",
    "They start in 00 gauge.",
    "They asked (the port to confirm) in May.",
    "The question was: can you open the lock?",
    "They were sent. Further update to follow.",
    "A letter was sent in May. Awaiting response.",
    "Yes – the Board agreed in May.",
    "The port is to confirm the date in May.",
    "No comments were received.",
    "Report due to March committee.",
    "A report will be presented to the March committee.",
    "Written response to be sent by 29 January.",
    "To be reported in February.",
    "1. They were sent. 2. No update was asked for.",
    "They were sent in May 2027. No update was asked for.",
    "They were sent to plan B. No update is planned.",
    "The pipe (DN: 300) was laid.",
    "A drafting note was sent to the Board.",
    "[Officer comment: it is agreed] They were sent.",
    "[EA: no objection] The works began.",
    "They were sent [NB: to the crews].",
    "From: 3 May\\nTo: 5 June\\nThe lock was shut.",
    "Subject: tides. They were sent.",
    "No change. Two of the crew are on leave.",
    "The drafting notes: lawyers returned them on 5 November.",
    "The council replaced version 2. No updates.",
    "Phase 1 was done on 3 December. More to follow.",
    "Could residents add the text? Yes, by the form on the web site.",
    "On leave policy: adopted in December.",
    "Holding text messages: 300 residents were sent one.",
    "The wording to be agreed with the Board was sent on 3 December.",
]


@pytest.mark.parametrize("update", WHOLE)
def test_what_only_says_that_words_will_come_is_no_update(
    read: Read, found: Found, update: str
) -> None:
    tracker = read(f"1/2/27 | Tides | That they are sent. | {update} | Ongoing")
    assert ("D4", "missing-update") in found(tracker)
    assert ("D4", "placeholder") not in found(tracker)


@pytest.mark.parametrize("update", WITHIN)
def test_a_placeholder_beside_other_words_is_found(read: Read, found: Found, update: str) -> None:
    tracker = read(f"1/2/27 | Tides | That they are sent. | {update} | Ongoing")
    assert ("D4", "placeholder") in found(tracker)
    assert ("D4", "missing-update") not in found(tracker)


@pytest.mark.parametrize("update", HONEST)
def test_honest_words_are_no_placeholder(read: Read, found: Found, update: str) -> None:
    tracker = read(f"1/2/27 | Tides | That they are sent. | {update} | Ongoing")
    assert not {("D4", "missing-update"), ("D4", "placeholder")} & {*found(tracker)}


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ("TBC | Tides | That they are sent. | They were sent. | Completed | Jo Bell |", "A4"),
        ("? | Tides | That they are sent. | They were sent. | Completed | Jo Bell |", "A4"),
        ("1/2/27 | ?? | That they are sent. | They were sent. | Completed | Jo Bell |", "B4"),
        ("1/2/27 | Tides | That they are sent. | They were sent. | Completed – XX/XX/27 | Jo Bell |", "E4"),
        ("1/2/27 | TBC | That they are sent. | They were sent. | Completed | Jo Bell |", "B4"),
        ("1/2/27 | [title] | That they are sent. | They were sent. | Completed | Jo Bell |", "B4"),
        ("1/2/27 | Tides | To be confirmed | They were sent. | Completed | Jo Bell |", "C4"),
        ("1/2/27 | Tides | N/A | They were sent. | Completed | Jo Bell |", "C4"),
        ("1/2/27 | DRAFT | That they are sent. | They were sent. | Completed | Jo Bell |", "B4"),
        ("1/2/27 | Untitled | That they are sent. | They were sent. | Completed | Jo Bell |", "B4"),
        ("1/2/27 | N/A | Draft a letter to the port. | It was sent. | Completed | Jo Bell |", ""),
        ("1/2/27 | Draft: Local Plan | That the draft is sent. | It was sent. | Completed | Jo Bell |", ""),
        ("1/2/27 | Tides | Officers to report to the Panel. | They reported. | Completed | Jo Bell |", ""),
        ("1/2/27 | Committee name | That it is changed. | It was changed. | Completed | Jo Bell |", ""),
        ("1/2/27 | Tides | That £XX is found. | It was found. | Completed | Jo Bell |", "C4"),
        ("1/2/27 | Tides | That they are sent. | They were sent. | Ongoing | [name] | Autumn 2027", "F4"),
        ("1/2/27 | Tides | That they are sent. | They were sent. | Ongoing | Jo Bell (TBC) | May 2027", "F4"),
        ("1/2/27 | Tides | That they are sent. | They were sent. | Ongoing | Jo Bell | [date]", "G4"),
        ("1/2/27 | Draft Local Plan | That they are sent. | They were sent. | Completed | Jo Bell |", ""),
        ("1/2/27 | Pilots (draft) | That the draft is sent. | It was sent. | Completed | Jo Bell |", ""),
        ("1/2/27 | Verbal update | Update to be given to the Panel. | It was given. | Completed | Jo Bell |", ""),
        ("1/2/27 | None | That they are sent. | They were sent. | Completed | Jo Bell |", ""),
    ],
)  # fmt: skip
def test_placeholders_in_other_published_cells(
    read: Read, found: Found, line: str, cell: str
) -> None:
    said = found(read(line, headings=f"{HEADINGS} | Lead officer | Due date"))
    assert said == ([(cell, "placeholder")] if cell else [])


@pytest.mark.parametrize(
    ("committee", "title", "cell"),
    [
        ("Harbour Panel", "DRAFT Monitoring – 28 March 2027", "A2"),
        ("Harbour Panel", "Monitoring (draft) – 28 March 2027", "A2"),
        ("Harbour Panel", "Monitoring [title TBC] – 28 March 2027", "A2"),
        ("Harbour Panel XX", "Monitoring – 28 March 2027", "A1"),
        ("Wexmouth Council; [Committee name]", "Monitoring – 28 March 2027", "A2"),
        ("Wexmouth Council; Name of Panel", "Monitoring – 28 March 2027", "A2"),
        ("Wexmouth Council; Committee:", "Monitoring – 28 March 2027", ""),
        ("Harbour Panel", "Updates Outstanding – 28 March 2027", ""),
        ("Committee: Committee name", "Monitoring – 28 March 2027", "A1"),
        ("Committee: [Board name]", "Monitoring – 28 March 2027", "A1"),
        ("Insert committee name", "Monitoring – 28 March 2027", "A1"),
        ("Wexmouth Council; Board", "Monitoring – 28 March 2027", ""),
        ("Wexmouth Council; Committee | Harbour Panel", "Monitoring – 28 March 2027", ""),
        ("Harbour Panel", "Draft Local Plan Monitoring – 28 March 2027", ""),
    ],
)
def test_the_paper_s_own_names_hold_no_place_and_call_it_no_draft(
    read: Read, found: Found, committee: str, title: str, cell: str
) -> None:
    line = "1/2/27 | Tides | That they are sent. | They were sent. | Completed"
    made = found(read(line, titles=[*committee.split("; "), title]))
    assert [one for one in made if one[1] != "guessed-title"] == (
        [(cell, "placeholder")] if cell else []
    )


@pytest.mark.parametrize(
    ("reference", "is_found"), [("HP/TBC", True), ("HP/?", True), ("HP/TB", False)]
)
def test_a_number_that_is_still_to_come_is_found(
    read: Read, found: Found, reference: str, *, is_found: bool
) -> None:
    line = f"{reference} | 1/2/27 | Tides | That they are sent. | They were sent. | Completed"
    made = found(read(line, headings=f"Ref | {HEADINGS}"))
    assert made == ([("A4", "placeholder")] if is_found else [])


def test_nothing_is_asked_of_what_is_not_published(read: Read, found: Found) -> None:
    line = (
        "1/2/27 | Tides | That they are sent. | They were sent. | Completed | [insert figures] TBC"
    )
    assert found(read(line, headings=f"{HEADINGS} | Internal notes")) == []


@given(st.from_regex(_SURE, fullmatch=True) | st.from_regex(_ALONE, fullmatch=True))
def test_what_says_that_words_are_to_come_has_a_telling_word(said: str) -> None:
    assert not _TELLING.isdisjoint(said.split())
