"""Random workbooks as officers keep them: a number gives the same tracker on every machine.

Headings, title blocks, layouts and quirks are councils'; the texts, places and people are invented. Nothing
here knows the pipeline, so that the trackers stay the same whatever it does.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

from openpyxl import Workbook as ExcelWorkbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

Value: TypeAlias = str | int | float | date | CellRichText | None

HEADINGS = {
    "reference": ["Ref", "Reference", "No", "No.", "Item", "Minute Ref", "Action no", "ID", "#", "Rec No", "Log ref", "Cyf./Ref"],
    "date": ["Date", "Meeting date", "Date raised", "Date of meeting", "Date tabled", "Meeting", "Date first discussed", "Dyddiad/Date"],
    "title": ["Title", "Item", "Subject", "Report title", "Agenda item", "Topic", "Area", "Topic discussed", "Matter arising"],
    "action": ["Action proposed", "Action", "Recommendation", "Action required*", "Action agreed", "Resolution", "Recommendation made",
               "Decision", "Description", "What the Panel asked for", "Argymhelliad/Recommendation"],
    "officers": ["Lead officer", "Owner", "Action owner", "Responsible officer", "By whom", "Officer", "Assigned to", "Who leads on it"],
    "due": ["Due date", "Target date", "Deadline", "By when", "Expected completion date", "Timescale", "Revised target date", "When is it due"],
    "update": ["Action taken", "Update", "Progress", "Comments", "Latest update", "Action taken to date", "Progress update", "Response",
               "Update (January 2027)", "Work carried out to date", "Progress made so far", "Diweddariad/Update"],
    "status": ["Progress status", "Status", "RAG", "RAG status", "Outcome", "Open/Closed", "Position", "Current status", "Statws/Status"],
    "completed": ["Date completed", "Completed", "Actual completion date", "Date closed", "Completion date"],
    "notes": ["Internal notes", "Notes", "Officers' notes (never published)", "Clerk's notes"],
    "committee": ["Committee", "Select Committee", "Panel"],
    "exempt": ["Exempt?", "Exempt", "Confidential", "Public or private", "May be published"],
    "other": ["Cost", "Ward", "Priority", "Original target date", "Origin", "Exec date", "Portfolio", "Agreed?", "Budget code", "% complete",
              "Last updated", "Recommended steps"],
}  # fmt: skip
LAYOUTS = [
    ["date", "title", "action", "update", "status"],
    ["date", "title", "action", "update", "status"],
    ["reference", "date", "title", "action", "officers", "due", "update", "status", "completed", "notes"],
    ["reference", "date", "title", "action", "officers", "due", "update", "status"],
    ["reference", "date", "title", "action", "officers", "due", "completed", "update"],
    ["reference", "action", "officers", "due", "status", "update"],
    ["date", "action", "officers", "update", "status"],
    ["reference", "committee", "date", "action", "officers", "update", "status"],
    ["title", "status", "action", "update", "officers"],
]  # fmt: skip
COMMITTEES = [
    "Harbour Scrutiny Panel", "Saltmarsh Scrutiny Board", "Quay Users Committee", "Ferry and Coast Select Committee",
    "Works Sub-Committee", "Estuary Overview and Scrutiny Committee", "Lower Wick Parish Council", "Audit and Risk Committee",
    "Pwyllgor Craffu Môr Tawel",
]  # fmt: skip
PAPERS = ["Scrutiny Monitoring", "Action Log", "Recommendations Tracker", "Rolling Actions Log", "Outstanding Items", "Matters Arising"]  # fmt: skip
PEOPLE = [
    "Ruth Calloway", "Imran Sadiq", "Siân Pŵel", "A. Hale", "Cllr Bryn Okoro", "Jo Bell", "Niamh O'Dell", "Head of Works",
    "Director of Place", "RC", "Harbour Master", "Ruth Calloway, Head of Works, 01632 960101", "Jo Bell (jo.bell@wick.example)",
]  # fmt: skip
THINGS = [
    "the quay wall", "the ferry timetable", "the lighting of the slipway", "the moorings list", "the flood plan", "the bus shelter in Marsh Lane",
    "the school transport review", "the grants register", "the berth fees", "the youth club's lease", "the dredging contract",
    "the air quality survey", "the allotments' water supply", "the parking order",
]  # fmt: skip
ASKED = [
    "That {} is reported to the next meeting.", "To circulate a note on {}.", "That members receive the costs of {}.", "Review {}.",
    "That officers consult on {} before the summer.", "1) To write to the Minister about {}.", "That {} is looked at again",
    "To ask the Cabinet Member about {}; and to bring a report.",
]  # fmt: skip
DONE = [
    "A report on {} went to members in {}.", "Work on {} began in {}.", "Officers met in {} to discuss {}.", "{} was agreed in {}.",
    "Quotes for {} are awaited, and are expected in {}.", "The contractor will return to {} in {}.", "Half of {} was finished by {}",
    "{} has not yet been completed.", "A survey of {} showed that 63% of users were content (£4,200 was spent).",
]  # fmt: skip
SAID = [
    "Completed", "Complete", "Ongoing", "No change.", "No update", "As above", "See previous update", "TBC", "To be given at the meeting",
    "[insert figures]", "Done", "n/a", "-", "Recommended for closure. A briefing was sent.", "Update 9 January 2027: it is with the printer.",
    "Phase 1 has been completed.", "Not for publication", "(CONFIDENTIAL)", "Exempt by virtue of paragraph 3 of Part 1 of Schedule 12A",
    "The charge is exempt from VAT.",
]  # fmt: skip
STATUSES = [
    "Completed", "Complete", "In progress", "Ongoing", "Not started", "On hold", "Open", "Closed", "Paused", "Amber", "Green", "50%",
    "Recommended for closure", "Moved to work programme", "No longer required", "In progress – on track", "Closed 3/12/2026", "See comments",
    "Ar y gweill/In progress",
]  # fmt: skip
DUES = ["ASAP", "Ongoing", "Autumn 2027", "March 2027", "Q2 2027", "31/02/2027", "End of May", "TBC", "Next meeting", "2027/28"]  # fmt: skip
MONTHS = (
    "January February March April May June July August September October November December".split()
)
FIRST_MEETING = date(2027, 1, 4)


@dataclass
class Sheet:
    """A sheet's rows from its first, and how some cells and rows look, by row and column from 1."""

    name: str
    rows: list[list[Value]]
    headings: int  # the row that they stand in
    fields: list[str]
    struck: list[tuple[int, int]] = field(default_factory=list)
    filled: list[tuple[int, int]] = field(default_factory=list)
    noted: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    is_hidden: bool = False
    is_filtered: bool = False


@dataclass
class Tracker:
    """A workbook's sheets; `as_text` where it is kept as a file with commas."""

    sheets: list[Sheet]
    as_text: bool


def meeting_of(number: int) -> date:
    """The meeting of a tracker: each has its own."""
    return FIRST_MEETING + timedelta(number)


def tracker(number: int) -> Tracker:
    """The tracker of a number."""
    rnd = random.Random(number)
    meeting = meeting_of(number)
    committee = rnd.choice(COMMITTEES)
    fields, headings = columns(rnd)
    first = sheet(rnd, "Actions", title_block(rnd, committee, meeting), (fields, headings), meeting)
    sheets = [first]
    if rnd.random() < 0.06:
        like = (fields, headings) if rnd.random() < 0.6 else columns(rnd)
        block = title_block(rnd, rnd.choice(COMMITTEES), meeting) if rnd.random() < 0.5 else []
        sheets.append(
            sheet(rnd, rnd.choice(["Closed actions", "2026", "Panel 2"]), block, like, meeting)
        )
        sheets[-1].is_hidden = rnd.random() < 0.3
    if rnd.random() < 0.12:
        sheets.append(officers_sheet(rnd))
    if rnd.random() < 0.05:
        guidance: list[list[Value]] = [
            ["Guidance"],
            ["Write each update in plain English."],
            ["Key"],
            ["Green", "achieved"],
        ]
        sheets.insert(rnd.choice([0, len(sheets)]), Sheet("Guidance", guidance, 1, []))
    return Tracker(sheets, as_text=len(sheets) == 1 and rnd.random() < 0.08)


def earlier(number: int) -> Tracker:
    """The tracker of a number as it was a month before: some actions not yet there, some updates different."""
    rnd = random.Random(f"earlier {number}")
    before = deepcopy(tracker(number))
    now, then = meeting_of(number), meeting_of(number) - timedelta(28)
    for one in before.sheets:
        for row in one.rows[: one.headings]:
            row[:] = [redated(value, now, then) for value in row]
        new_numbers = rnd.random() < 0.3
        for row in one.rows[one.headings :]:
            for column, name in enumerate(one.fields[: len(row)]):
                value = row[column]
                if name in ("update", "status", "due", "completed") and rnd.random() < 0.3:
                    row[column] = VALUES[name](rnd, then)
                elif name in ("action", "title") and isinstance(value, str) and rnd.random() < 0.2:
                    row[column] = reworded(rnd, value)
                elif name == "reference" and new_numbers:
                    row[column] = rnd.choice([None, rnd.randint(1, 12)])
        kept = [row for row in one.rows[one.headings :] if rnd.random() < 0.9]
        one.rows[one.headings :] = kept
        one.merged = []
    return before


def reworded(rnd: random.Random, words: str) -> str:
    """Words with one left out, added or capitalised, or half of them."""
    some = words.split(" ")
    at = rnd.randrange(len(some))
    return " ".join(
        rnd.choice(
            [
                [*some[:at], *some[at + 1 :]],
                [*some[:at], "also", *some[at:]],
                [*some[:at], some[at].upper(), *some[at + 1 :]],
                some[: max(1, len(some) // 2)],
            ]
        )
    )


def redated(value: Value, now: date, then: date) -> Value:
    """A value of a title block with another meeting's date."""
    if isinstance(value, str):
        return value.replace(long_day(now), long_day(then)).replace(slashed(now), slashed(then))
    return then if isinstance(value, date) and value == now else value


def columns(rnd: random.Random) -> tuple[list[str], list[str]]:
    """The fields of a table's columns in order, and their headings."""
    if rnd.random() < 0.6:
        fields = list(rnd.choice(LAYOUTS))
    else:
        more = ["reference", "date", "title", "officers", "due", "status", "completed", "notes"]
        fields = ["action", "update", *rnd.sample(more, rnd.randint(2, 6))]
        rnd.shuffle(fields)
        if rnd.random() < 0.05:
            fields.pop()
    if rnd.random() < 0.3:
        fields.insert(rnd.randint(0, len(fields)), "other")
    if rnd.random() < 0.12:
        fields.insert(
            rnd.randint(0, len(fields)),
            rnd.choice(["update", "due", "date", "status", "title", "action"]),
        )
    if rnd.random() < 0.06:
        fields.append("exempt")
    if rnd.random() < 0.15:
        rnd.shuffle(fields)
    is_own = {"date", "title", "action", "update", "status"} <= set(fields) and rnd.random() < 0.5
    listed = [(HEADINGS[name][0] if is_own else rnd.choice(HEADINGS[name][1:])) for name in fields]
    if rnd.random() < 0.1:
        listed = [rnd.choice(HEADINGS[name]) for name in fields]
    return fields, [heading(rnd, words) for words in listed]


def heading(rnd: random.Random, words: str) -> str:
    """A heading as someone typed it."""
    odd = rnd.random()
    if odd < 0.05:
        return words.upper()
    if odd < 0.09:
        return words.replace(" ", "\n", 1)
    if odd < 0.12:
        return f" {words}: "
    if odd < 0.14:
        return words.replace(" ", "\u00a0")
    return "" if odd < 0.15 else words


def title_block(rnd: random.Random, committee: str, meeting: date) -> list[list[Value]]:
    """The rows above a table."""
    paper = rnd.choice(PAPERS)
    usual: list[list[Value]] = [[committee], [f"{paper} – {long_day(meeting)}"]]
    blocks: list[list[list[Value]]] = [
        usual, usual, usual,
        [[committee], [paper], [long_day(meeting)]],
        [["Committee:", committee], ["Meeting date:", meeting]],
        [[f"{committee}: {paper}, {slashed(meeting)}"], []],
        [["Wick Borough Council"], [committee.upper()], [f"{paper} for the meeting of {long_day(meeting)}"], []],
        [*usual, ["Updated 20/03/2027"], ["Please write each update in plain English."]],
        [[f"{paper} – {long_day(meeting)}"]],
    ]  # fmt: skip
    block = rnd.choice(blocks)
    if rnd.random() < 0.03:
        block = [*block, [rnd.choice(["EXEMPT", "DRAFT", "Part II – not for publication"])]]
    return block[: rnd.choice([0, 1])] if rnd.random() < 0.04 else [list(row) for row in block]


def sheet(
    rnd: random.Random,
    name: str,
    block: list[list[Value]],
    table: tuple[list[str], list[str]],
    meeting: date,
) -> Sheet:
    """A sheet with a title block and a table of some actions."""
    fields, headings = table
    made = Sheet(name, [*block], len(block) + 1, fields)
    if block and len(fields) > 3 and rnd.random() < 0.04:  # two rows of headings
        made.rows.append(
            ["", *["Progress" if name in ("update", "status") else "" for name in fields[1:]]]
        )
        made.headings += 1
    made.rows.append([*headings])
    for number in range(1, rnd.choice([1, 2, 3, 3, 4, 5, 6, 8, 12]) + 1):
        add_rows(rnd, made, headings, number, meeting)
    if rnd.random() < 0.06:
        made.rows += [[], ["Key"], ["Green", "achieved"], ["Amber", "acceptable"]]
    if rnd.random() < 0.04:
        made.rows += [[], ["Total", len(made.rows)]]
    if rnd.random() < 0.03:  # a second table lower down
        made.rows += [[], ["Closed actions"], [*headings], row(rnd, fields, 90, meeting)]
    dress(rnd, made)
    return made


def add_rows(
    rnd: random.Random, made: Sheet, headings: list[str], number: int, meeting: date
) -> None:
    """Add an action to a sheet, with what stands about it."""
    fields = made.fields
    added = row(rnd, fields, number, meeting)
    if number > 1 and rnd.random() < 0.25:  # another action of the item above
        for column, name in enumerate(fields):
            if name in ("date", "title", "committee"):
                added[column] = None
                letter = chr(ord("A") + column)
                if made.rows[-1][column : column + 1] != [None] and rnd.random() < 0.2:
                    made.merged.append(f"{letter}{len(made.rows)}:{letter}{len(made.rows) + 1}")
    odd = rnd.random()
    if odd < 0.03:
        made.rows.append([])
    elif odd < 0.06:
        made.rows.append(
            [rnd.choice(["Completed actions", "2026", "NEW ACTIONS", long_day(meeting)])]
        )
    elif odd < 0.07:
        made.rows.append([*headings])
    made.rows.append(added)
    if "update" in fields and rnd.random() < 0.04:  # an update that goes on in a row of its own
        more: list[Value] = [None] * len(fields)
        more[fields.index("update")] = rnd.choice(
            ["and was published in May.", "A second letter was sent."]
        )
        made.rows.append(more)


def row(rnd: random.Random, fields: list[str], number: int, meeting: date) -> list[Value]:
    """The cells of an action, nearly always what their headings promise."""
    prefix = rnd.choice(["", "", "HP/26/", "SR (26/27) 0", "CR17-"])
    cells: list[Value] = []
    for name in fields:
        odd = rnd.random()
        if odd < 0.03:
            cells.append(VALUES[rnd.choice(sorted(VALUES))](rnd, meeting))
        elif name == "reference":
            cells.append(f"{prefix}{number}" if prefix or odd < 0.5 else number)
        elif odd < 0.06:
            cells.append(rnd.choice([None, "", "#REF!", "=B2", "\u200b", "  ", "’", "@lead", 0]))
        else:
            cells.append(VALUES[name](rnd, meeting))
    return cells


def dress(rnd: random.Random, made: Sheet) -> None:
    """Strike, fill, note, hide and filter some cells and rows of a sheet."""
    body = [
        (line, column)
        for line, cells in enumerate(made.rows[made.headings :], made.headings + 1)
        for column, value in enumerate(cells, 1)
        if value is not None
    ]
    for kind, share in ((made.struck, 0.04), (made.filled, 0.05), (made.noted, 0.03)):
        if body and rnd.random() < share:
            kind.extend(rnd.sample(body, rnd.randint(1, min(3, len(body)))))
    if rnd.random() < 0.04:
        made.hidden_rows.append(rnd.randint(made.headings + 1, len(made.rows)))
        made.is_filtered = rnd.random() < 0.5
    if rnd.random() < 0.02:
        made.hidden_columns.append(chr(ord("A") + rnd.randrange(len(made.fields))))


def officers_sheet(rnd: random.Random) -> Sheet:
    """A sheet of officers' addresses."""
    rows: list[list[Value]] = [["Name", "Role", "E-mail", "Telephone"]]
    for name in rnd.sample(["Ruth Calloway", "Imran Sadiq", "Jo Bell", "A. Hale"], 3):
        rows.append([name, "Officer", f"{name.split()[-1].lower()}@wick.example", "01632 960101"])
    return Sheet("Officers", rows, 1, [])


def long_day(day: date) -> str:
    """A day as papers write it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def slashed(day: date) -> str:
    """A day with strokes."""
    return day.strftime("%d/%m/%Y")


def day_value(rnd: random.Random, around: date) -> Value:
    """A day within some months of another, as people in the UK write it."""
    day = around + timedelta(rnd.randint(-300, 100))
    month = MONTHS[day.month - 1]
    if rnd.random() < 0.2:
        return day
    return rnd.choice([
        slashed(day), day.strftime("%d/%m/%y"), day.strftime("%d.%m.%y"), f"{day.day} {month[:3]} {day.year}",
        f"{day.day}th {month} {day.year}", day.isoformat(), long_day(day), f"{day.day}/{day.month}/{day.year % 100}",
    ])  # fmt: skip


def asked(rnd: random.Random, _: date) -> Value:
    """What a committee asked for."""
    return " ".join(
        rnd.choice(ASKED).format(rnd.choice(THINGS)) for _ in range(rnd.choice([1, 1, 1, 2]))
    )


def sentences(rnd: random.Random, count: int) -> list[str]:
    """Some sentences of an update."""
    made = [rnd.choice(DONE).format(rnd.choice(THINGS), rnd.choice(MONTHS)) for _ in range(count)]
    return [words[0].upper() + words[1:] for words in made]


def update(rnd: random.Random, meeting: date) -> Value:
    """What was done, or nothing."""
    odd = rnd.random()
    if odd < 0.08:
        return None
    if odd < 0.22:
        return rnd.choice(SAID)
    told = sentences(rnd, rnd.choice([1, 1, 1, 2, 2, 3, 6]))
    if odd < 0.32:
        mark = rnd.choice(["•", "-", "\uf0b7", "1)"])
        return "\n".join([told[0], *(f"{mark} {one}" for one in sentences(rnd, 3))])
    if odd < 0.38:
        told.append(f"See https://www.wick.example/actions/{meeting.isoformat()} for more.")
    if odd < 0.43:
        told[0] = f"Update {slashed(meeting - timedelta(20))}: {told[0]}"
    if odd < 0.46:
        font = InlineFont(b=True) if odd < 0.45 else InlineFont(strike=True)
        return CellRichText(told[0], " ", TextBlock(font, sentences(rnd, 1)[0]))
    return ("\n\n" if odd < 0.55 else " ").join(told)


def of(*choices: Value, blank: float = 0.1) -> Callable[[random.Random, date], Value]:
    """One of some values, or now and then none."""

    def value(rnd: random.Random, _: date) -> Value:
        return None if rnd.random() < blank else rnd.choice(choices)

    return value


VALUES: dict[str, Callable[[random.Random, date], Value]] = {
    "reference": lambda rnd, meeting: f"{meeting.year}-{rnd.randint(1, 99)}",
    "date": day_value,
    "title": lambda rnd, _: rnd.choice(THINGS).removeprefix("the ").capitalize(),
    "action": asked,
    "officers": lambda rnd, _: rnd.choice(["/", "; ", " & ", "\n"]).join(rnd.sample(PEOPLE, rnd.choice([1, 1, 1, 2]))),
    "due": lambda rnd, meeting: rnd.choice(DUES) if rnd.random() < 0.3 else day_value(rnd, meeting + timedelta(90)),
    "update": update,
    "status": of(*STATUSES),
    "completed": lambda rnd, meeting: day_value(rnd, meeting) if rnd.random() < 0.3 else rnd.choice([None, None, "Y", "N"]),
    "notes": of("In breach of the lease.", "Ring her again.", "Legal advice awaited.", blank=0.6),
    "committee": of("Harbour Select Committee", "Harbour Select Committee", "Quay Panel", blank=0.02),
    "exempt": of("Y", "N", "No", "Yes", "Part II", "Exempt – paragraph 3", "Private under paragraph 3 of Schedule 12A",
                 "To be taken in private session", "Open", "Not for publication until the contract is let.", blank=0.5),
    "other": of("Low", "High", "£1,200", "Northquay", "Y", 0.5, 3, "14/10/26", blank=0.3),
}  # fmt: skip


def write(made: Tracker, path: Path) -> Path:
    """Write a tracker to a path without its suffix, and give the file's path."""
    if made.as_text:
        (one,) = made.sheets
        whole = path.with_suffix(".csv")
        with whole.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([[typed(value) for value in cells] for cells in one.rows])
        return whole
    book = ExcelWorkbook()
    book.remove(book.worksheets[0])
    for one in made.sheets:
        fill(book.create_sheet(one.name), one)
    whole = path.with_suffix(".xlsx")
    book.save(whole)
    return whole


def typed(value: Value) -> str:
    """A value as a file with commas holds it."""
    return slashed(value) if isinstance(value, date) else str("" if value is None else value)


def fill(sheet: Worksheet, one: Sheet) -> None:
    """Write a sheet's cells and their looks."""
    for line, cells in enumerate(one.rows, 1):
        for column, value in enumerate(cells, 1):
            if value not in (None, ""):
                cell = sheet.cell(line, column, value)
                if isinstance(value, date):
                    cell.number_format = "dd/mm/yyyy"
    for at in one.struck:
        sheet.cell(*at).font = Font(strike=True)
    for at in one.filled:
        sheet.cell(*at).fill = PatternFill("solid", fgColor="FF92D050")
    for at in one.noted:
        sheet.cell(*at).comment = Comment("Do not publish yet.", "Clerk")
    for line in one.hidden_rows:
        sheet.row_dimensions[line].hidden = True
    for letter in one.hidden_columns:
        sheet.column_dimensions[letter].hidden = True
    if one.is_filtered:
        sheet.auto_filter.ref = (
            f"A{one.headings}:{chr(ord('A') + len(one.fields) - 1)}{len(one.rows)}"
        )
    for span in one.merged:
        sheet.merge_cells(span)
    if one.is_hidden:
        sheet.sheet_state = "hidden"
