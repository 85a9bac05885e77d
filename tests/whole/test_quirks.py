"""What officers do to trackers: each quirk with the records and the findings that it gives, exactly."""

from __future__ import annotations

import dataclasses
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import Workbook as ExcelWorkbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pipeline import line
from pipeline.check.checked import Checked, Council
from pipeline.model.document import Run, runs_of
from pipeline.model.words import key, listed
from pipeline.published.records import ActionRecord
from tests.conftest import WEXMOUTH

Change = Callable[[Worksheet], None]

TITLES = "Harbour Scrutiny Panel\nScrutiny Monitoring – 28 March 2027"
HEADINGS = "Date | Title | Action proposed | Action Taken | Progress Status"
TIDES = "1/2/27 | Tides | That the tables are sent. | They were sent. | Completed"
LOCKS = "3/2/27 | Locks | That they are mended. | They were mended. | Completed"
MORE = " | | That more are sent. | More were sent. | Completed"
READ_TIDES = "2027-02-01 | Tides | That the tables are sent. | They were sent. | completed"
READ_LOCKS = "2027-02-03 | Locks | That they are mended. | They were mended. | completed"
READ_MORE = "2027-02-01 | Tides | That more are sent. | More were sent. | completed"
SHOWN = ("date", "title", "action", "update", "status")
OWNED = f"Ref | Lead officer | Due date | {HEADINGS}"
SHEET_XML = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Quirk:
    """A sheet typed with bars between its cells (the headings in row 3, unless `sheet` has its own),
    its records and its findings. `change` works on the sheet; `stored` is a formula's cell and value.
    """

    rows: list[str]
    records: list[str]
    findings: list[str]
    headings: str = HEADINGS
    titles: str = TITLES
    shown: tuple[str, ...] = SHOWN
    change: Change | None = None
    stored: tuple[str, str, str] | None = None


def stray(*cells: str) -> list[str]:
    """The findings on words that are no part of the table, each as `A6 its words`; those of a row are one."""
    pairs = [cell.split(" ", 1) for cell in cells]
    made = []
    for _, group in groupby(pairs, key=lambda pair: pair[0].strip("ABCDEFGH")):
        row = list(group)
        said = listed([f"'{words}'" for _, words in row])
        is_left_out = "is {}, and was" if len(row) == 1 else "are {}, and were"
        left_out = is_left_out.format("no part of the table")
        made.append(f"{row[0][0]} warning stray-text: {said} {left_out} left out.")
    return made


def struck(*cells: str) -> list[str]:
    """The findings on words that are struck through, each as `A6 its words`."""
    pairs = [cell.split(" ", 1) for cell in cells]
    return [
        f"{place} warning struck-out-text: '{words}' is struck through, and was left out."
        for place, words in pairs
    ]


def second(cell: str) -> str:
    """The finding on a second table of one row."""
    return f"{cell} warning second-table: A second table starts here; its 1 row was left out."


def put(**cells: str | date | int | CellRichText) -> Change:
    def change(sheet: Worksheet) -> None:
        for name, value in cells.items():
            sheet[name] = value

    return change


def merge(*ranges: str) -> Change:
    def change(sheet: Worksheet) -> None:
        for one in ranges:
            sheet.merge_cells(one)

    return change


def typed(**cells: str) -> Change:
    """Words that begin with a sign, as Excel keeps them: after an apostrophe that is not shown."""

    def change(sheet: Worksheet) -> None:
        for name, words in cells.items():
            sheet[name].value = words
            sheet[name].data_type = "s"
            sheet[name].quotePrefix = True

    return change


def hide(sheet: Worksheet) -> None:
    sheet.row_dimensions[4].hidden = sheet.row_dimensions[5].hidden = True


def filter_by_status(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A3:E5"
    sheet.auto_filter.add_filter_column(4, ["In progress"])
    sheet.row_dimensions[4].hidden = True


def count_from_1904(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.epoch = CALENDAR_MAC_1904
    sheet["A4"] = 44957
    sheet["A5"] = date(2027, 2, 3)


def day_references(sheet: Worksheet) -> None:
    sheet["A4"], sheet["A5"] = date(2027, 3, 14), date(2027, 3, 15)
    sheet["A4"].number_format, sheet["A5"].number_format = "d-mmm", "dd/mm/yyyy"


def strike(sheet: Worksheet) -> None:
    sheet["D4"] = CellRichText(
        "They were sent ", TextBlock(InlineFont(strike=True), "on 3 May"), "on 4 May."
    )


def strike_rows(*numbers: int) -> Change:
    def change(sheet: Worksheet) -> None:
        for number in numbers:
            for cell in sheet[number]:
                cell.font = Font(strike=True)

    return change


def comment(sheet: Worksheet) -> None:
    sheet["D4"].comment = Comment("The firm is not told yet.", "Jo Bell")


def fill(sheet: Worksheet) -> None:
    sheet["E4"].fill = PatternFill("solid", fgColor="92D050")
    sheet["E5"].fill = PatternFill("solid", fgColor="FFC000")


def link_to_a_place(sheet: Worksheet) -> None:
    """As Excel stores the address https://www.wexmouth.example/tides#spring."""
    sheet["D4"].hyperlink = Hyperlink(
        ref="D4", target="https://www.wexmouth.example/tides", location="spring"
    )


def hidden_sheet(sheet: Worksheet) -> None:
    """Another sheet in the workbook, that nobody sees."""
    assert sheet.parent is not None
    other = sheet.parent.create_sheet("Old")
    other["A1"], other.sheet_state = "Closed in 2025", "hidden"


DATELESS = "Ref | Topic | Action | Update | Status"
A1, A2, A3 = (
    f"A{n} | {words}"
    for n, words in enumerate((TIDES.split(" | ", 1)[1], LOCKS.split(" | ", 1)[1], MORE[3:]), 1)
)
SENTENCE = "The berths were looked at again. "
QUIRKS = {
    "a heading of two rows": Quirk(
        [" | | proposed | taken | ", TIDES], [READ_TIDES], [],
        headings="Date | Title | Action | | Progress Status",
        change=merge("A3:A4", "B3:B4", "C3:D3", "E3:E4"),
    ),
    "a line above that says how old the sheet is": Quirk(
        [TIDES], [READ_TIDES], [],
        titles="Harbour Scrutiny Panel\nUpdated 20/03/27\nScrutiny Monitoring – 28 March 2027",
    ),
    "such a line in other words is not the meeting": Quirk(
        [TIDES], [READ_TIDES], [],
        titles="Position as at 20 March 2027\n" + TITLES,
    ),
    "a total below": Quirk(
        [TIDES, "", "Total | | 1 action"], [READ_TIDES], stray("A6 Total", "C6 1 action"),
    ),
    "sums below by status": Quirk(
        [TIDES, "", " | | | Completed: | 1"], [READ_TIDES], [],
    ),
    "a key below": Quirk(
        [TIDES, "", "Key", "Green | Achieved", "Amber | | | On course"], [READ_TIDES],
        [],
    ),
    "a key below without a heading": Quirk(
        [TIDES, "", "Green | Achieved"], [READ_TIDES], stray("A6 Green", "B6 Achieved"),
    ),
    "an item that is called as a key is": Quirk(
        [TIDES, " | Key | That it is turned. | It was turned. | Completed"],
        [READ_TIDES, "2027-02-01 | Key | That it is turned. | It was turned. | completed"],
        ["A5 warning missing-date: The item has no date, and was read as having that of A4."],
    ),
    "ditto marks": Quirk(
        [f"1 | Jo Bell | 1/3/27 | {TIDES}",
         f"2 | as above | ditto | \" | \" | {MORE[5:].replace('Completed', '〃')}",
         f"3 | DO | | {LOCKS}", "4 | \" | \" | 5/2/27 | See above | That they are lit. | They were. | Completed"],
        ["Jo Bell | 2027-03-01 | 2027-02-01 | Tides | completed", "Jo Bell | 2027-03-01 | 2027-02-01 | Tides | completed",
         "DO |  | 2027-02-03 | Locks | completed", "DO |  | 2027-02-05 | Locks | completed"],
        stray('C7 "'), headings=OWNED, shown=("officers_words", "due", "date", "title", "status"),
    ),
    "blank spacer rows": Quirk([TIDES, "", MORE, "   ", LOCKS], [READ_TIDES, READ_MORE, READ_LOCKS], []),
    "a spacer row of zero-width spaces": Quirk([TIDES, "\u200b | \u200b", LOCKS], [READ_TIDES, READ_LOCKS], []),
    "a section row over the table": Quirk(
        [TIDES, "Carried over from 2026", LOCKS], [READ_TIDES, READ_LOCKS],
        stray("A5 Carried over from 2026"), change=merge("A5:E5"),
    ),
    "a section row that begins further right": Quirk(
        [TIDES, " | | Carried over from 2026", LOCKS], [READ_TIDES, READ_LOCKS],
        stray("C5 Carried over from 2026"), change=merge("C5:E5"),
    ),
    "a section row that is not merged": Quirk(
        [TIDES, "PART B", LOCKS], [READ_TIDES, READ_LOCKS], stray("A5 PART B"),
    ),
    "a section row that is the day of its items": Quirk(
        [TIDES, "3/2/27", " | Locks | That they are mended. | They were mended. | Completed"],
        [READ_TIDES, READ_LOCKS], [], change=merge("A5:E5"),
    ),
    "a section row that is a day of nothing": Quirk(
        [TIDES, "2/2/27", LOCKS], [READ_TIDES, READ_LOCKS], stray("A5 2/2/27"),
    ),
    "a section row with a number in it, where references stand": Quirk(
        [f"A1 | {TIDES}", "Meeting of 3 February 2027", f"A2 | {LOCKS}"], [READ_TIDES, READ_LOCKS],
        stray("A5 Meeting of 3 February 2027"), headings=f"Ref | {HEADINGS}",
    ),
    "a section row that is a day, where references stand": Quirk(
        [f"A1 | {TIDES}", "3 February 2027", f"A2 | {LOCKS}"], [READ_TIDES, READ_LOCKS],
        stray("A5 3 February 2027"), headings=f"Ref | {HEADINGS}",
    ),
    "days of meetings that head the rows of a table without dates": Quirk(
        ["Meeting of 1 February 2027", A1, A3, "", "Harbour Scrutiny Panel, 3 February 2027", A2],
        [READ_TIDES, READ_MORE, READ_LOCKS], [], headings=DATELESS, change=merge("A4:E4"),
    ),
    "real days that head the rows of a table without dates": Quirk(
        ["x", A1, "", A2], [READ_TIDES, READ_LOCKS], [], headings=DATELESS,
        change=put(A4=date(2027, 2, 1), A6=date(2027, 2, 3)),
    ),
    "real days that head the rows of a table without references": Quirk(
        ["x", A1[5:], "x", A2[5:]], [READ_TIDES, READ_LOCKS], [], headings=DATELESS[6:],
        change=put(A4=date(2027, 2, 1), A6=date(2027, 2, 3)),
    ),
    "days of meetings that head rows without titles": Quirk(
        ["Meeting of 1 February 2027", "A1 | That they are lit. | They were lit. | Completed",
         "Minutes of 3 February 2027", "A2 | That they are dug. | They were dug. | Completed"],
        ["1 | 2027-02-01 | That they are lit.", "2 | 2027-02-03 | That they are dug."],
        [], headings=DATELESS.replace("Topic | ", ""), shown=("item", "date", "action"),
    ),
    "a day that heads rows whose dates are blank": Quirk(
        ["Meeting of 1 February 2027", A1.replace("A1 |", "A1 | |"), "3 February 2027", A2.replace("A2 |", "A2 | |")],
        [READ_TIDES, READ_LOCKS], [], headings=f"Ref | {HEADINGS}",
    ),
    "a table for each meeting, without dates": Quirk(
        [A1, "", "Harbour Scrutiny Panel", "Actions from the meeting held on 3 February 2027", "", DATELESS, A2],
        [READ_TIDES, READ_LOCKS], stray("A7 Harbour Scrutiny Panel"), headings=DATELESS,
        titles=f"{TITLES}\nActions arising from the meeting held on 1 February 2027",
    ),
    "a section of no day under one of a day": Quirk(
        ["Meeting of 1 February 2027", A1, "Other matters", A2, A3], [READ_TIDES, READ_LOCKS.replace("02-03", "02-01"), READ_MORE.replace("Tides", "Locks")],
        [*stray("A6 Other matters"),
         "A7 warning missing-date: The item has no date, and was read as having that of A4."],
        headings=DATELESS,
    ),
    "a section of another day under one of a day": Quirk(
        ["Meeting of 1 February 2027", A1, "Carried over on 3 February 2027", A2],
        [READ_TIDES, READ_LOCKS.replace("2027-02-03", "")],
        ["A3 warning missing-item-column: There is no column for 'Date'.", *stray("A6 Carried over on 3 February 2027")],
        headings=DATELESS,
    ),
    "lines with a day that are about something else": Quirk(
        ["Actions due by 3 February 2027", A1, "Updated 4 February 2027", A2],
        [READ_TIDES.replace("2027-02-01", ""), READ_LOCKS.replace("2027-02-03", "")],
        ["A3 warning missing-item-column: There is no column for 'Date'.",
         *stray("A4 Actions due by 3 February 2027", "A6 Updated 4 February 2027")], headings=DATELESS,
    ),
    "updates on rows below, with a label beside them or in them": Quirk(
        ["1 February 2027", A1.replace("They were sent.", " "), "Update: | They were sent.",
         A2.replace("They were mended.", " "), "Progress: they were mended.", A3, "Update 3 March 2027: | | They were bound."],
        [READ_TIDES, READ_LOCKS.replace("03", "01").replace("They were", "Progress: they were"),
         READ_MORE.replace("Tides", "Locks").replace("were sent.", "were sent.\\nUpdate 3 March 2027:\\nThey were bound.")],
        [], headings=DATELESS, change=merge("B6:E6", "A8:E8"),
    ),
    "updates across the table, without a label": Quirk(
        [TIDES.replace("They were sent.", ""), "They were sent in May.", LOCKS.replace("They were mended.", ""),
         "They were mended in June."],
        [READ_TIDES.replace("sent. |", "sent in May. |").replace("are sent in May.", "are sent."),
         READ_LOCKS.replace("were mended.", "were mended in June.")],
        [f"A{n} warning joined-update: '{words}' was read as part of the action above."
         for n, words in ((5, "They were sent in May."), (7, "They were mended in June."))],
        change=merge("A5:E5", "A7:E7"),
    ),
    "a sentence across the table that is no update": Quirk(
        [TIDES, "This part was agreed in 2026.", LOCKS, "This part is still to be agreed."], [READ_TIDES, READ_LOCKS],
        stray("A5 This part was agreed in 2026.", "A7 This part is still to be agreed."), change=merge("A5:E5", "A7:E7"),
    ),
    "an item whose title begins as an update does": Quirk(
        [TIDES.replace("They were sent.", ""), " | Response: the locks", " | | That they are mended. | They were mended. | Completed"],
        [READ_TIDES.replace("They were sent.", ""), READ_LOCKS.replace("Locks", "Response: the locks").replace("-03 ", "-01 ")],
        ["D4 error completed-without-update: The action is 'Completed' and does not say what was done.",
         "A5 warning missing-date: The item has no date, and was read as having that of A4."],
    ),
    "a label of an update beside something else": Quirk(
        ["1 February 2027", A1, "Update: | | | | Done"], ["A1", "Update:"],
        ["C6 error missing-action: The row does not say what action was asked for.",
         "D6 error completed-without-update: The action is 'Done' and does not say what was done."],
        headings=DATELESS, shown=("reference",),
    ),
    "updates on rows below, each with its day": Quirk(
        [TIDES.replace("They were sent.", ""), "5/3/27 | | | They were drawn.", "9/3/27 | | | They were sent.", LOCKS],
        [READ_TIDES.replace("They", "5/3/27 They were drawn.\\n9/3/27 They"), READ_LOCKS],
        [f"D{n} warning joined-update: '{words}' was read as part of the action above."
         for n, words in ((5, "They were drawn."), (6, "They were sent."))],
    ),
    "references that Excel made dates of": Quirk(
        [f"x | {TIDES}", f"x | {LOCKS}"], ["14-Mar", "15/03/2027"],
        ["A4 warning dated-reference: The reference '14-Mar' is a date to Excel (14/03/2027).",
         "A5 warning dated-reference: The reference '15/03/2027' is a date to Excel (15/03/2027)."],
        headings=f"Ref | {HEADINGS}", change=day_references, shown=("reference",),
    ),
    "references made ready for actions to come": Quirk(
        [f"SR (26/27) 01 | {TIDES}", "SR (26/27) 02", "SR (26/27) 03"], [READ_TIDES], [], headings=f"Ref | {HEADINGS}",
    ),
    "hidden completed rows": Quirk(
        [TIDES, MORE, LOCKS], [READ_LOCKS],
        ["A4 error hidden-words: Rows 4 to 5 are hidden; their words were left out."], change=hide,
    ),
    "a filter left on": Quirk(
        [TIDES, LOCKS], [READ_TIDES, READ_LOCKS],
        ["A4 warning filtered-rows: A filter hides row 4; what stands there is in the paper."],
        change=filter_by_status,
    ),
    "a second table lower down, of the same headings": Quirk(
        [TIDES, "", "Closed actions", HEADINGS, LOCKS], [READ_TIDES, READ_LOCKS], [],
    ),
    "a second table lower down, of other headings": Quirk(
        [TIDES, "", "Work programme", "Date | Item | Lead officer", "5/5/27 | Ferries | Jo Bell"], [READ_TIDES],
        [*stray("A6 Work programme"), second("A7")],
    ),
    "a second table lower down, of headings that nobody listed": Quirk(
        [TIDES, "", "Risk | Likelihood | Impact | Owner | Mitigation", "Flood | High | High | Jo | Pumps"],
        [READ_TIDES],
        [second("A6")],
    ),
    "a second table lower down, of the same headings in another order": Quirk(
        [TIDES, "", "Closed", "Title | DATE | Progress status | Action taken | Action Proposed",
         "Locks | 3/2/27 | Completed | They were mended. | That they are mended.",
         "Quays | 4/2/27 | Completed | | That they are lit. | 12 cases", HEADINGS, LOCKS.replace("mended", "sold")],
        [READ_TIDES, READ_LOCKS, "2027-02-04 | Quays | That they are lit. |  | completed", READ_LOCKS.replace("mended", "sold")],
        ["D9 error completed-without-update: The action is 'Completed' and does not say what was done.",
         *stray("F9 12 cases")],
    ),
    "a second table of actions lower down, under other headings": Quirk(
        [TIDES, "", "Closed", "Title | Action | Outcome | Date closed", "Locks | Mend them. | They were mended. | 3/3/27"],
        [READ_TIDES],
        [*stray("A6 Closed"),
         "A7 error second-tracker: A second table of actions, under other headings or of another committee, starts here; its 1 row was left out."],
    ),
    "a second table of another committee's": Quirk(
        [TIDES, "", "Lido Panel", "Monitoring – 4 May 2027", HEADINGS, LOCKS],
        [READ_TIDES],
        ["A6 error second-tracker: A second table of actions, under other headings or of another committee, starts here; "
         "its 3 rows were left out."],
    ),
    "the committee's name above headings that come again": Quirk(
        [TIDES, "", "Harbour Scrutiny Panel", HEADINGS, LOCKS], [READ_TIDES, READ_LOCKS],
        stray("A6 Harbour Scrutiny Panel"),
    ),
    "dates merged over rows": Quirk([TIDES, MORE], [READ_TIDES, READ_MORE], [], change=merge("A4:A5", "B4:B5")),
    "a date merged over two items": Quirk(
        [TIDES, " | Locks | That they are mended. | They were mended. | Completed"],
        [READ_TIDES, READ_LOCKS.replace("02-03", "02-01")], [], change=merge("A4:A5"),
    ),
    "a status shown only by a fill colour, which the council defines or does not": Quirk(
        [TIDES.replace("Completed", ""), LOCKS.replace("Completed", "")],
        [READ_TIDES, READ_LOCKS.replace("completed", "unknown")],
        ["E4 warning status-by-colour: The status is only a colour (#92D050), and was read as 'Completed'.",
         "E5 error missing-status: The action has an update but no progress status: "
         "the cell's colour (#FFC000) says nothing to readers."],
        change=fill,
    ),
    "struck-out text": Quirk(
        [TIDES], [READ_TIDES.replace("sent. |", "sent on 4 May. |").replace("tables are sent on 4 May.", "tables are sent.")],
        ["D4 warning struck-out-text: 'on 3 May' is struck through, and was left out."], change=strike,
    ),
    "whole rows struck through": Quirk(
        [TIDES, LOCKS, TIDES.replace("Tides", "Quays"), MORE], [READ_LOCKS],
        struck("A4 1/2/27", "B4 Tides", "C4 That the tables are sent.", "D4 They were sent.", "E4 Completed",
               "A6 1/2/27", "B6 Quays", "C6 That the tables are sent.", "D6 They were sent.", "E6 Completed",
               "C7 That more are sent.", "D7 More were sent.", "E7 Completed"),
        change=strike_rows(4, 6, 7),
    ),
    "a status alone below an action that has one": Quirk(
        [TIDES, " | | | | Signed by the clerk", LOCKS], [READ_TIDES, READ_LOCKS],
        ["E5 warning joined-update: 'Signed by the clerk' was read as part of the action above."],
    ),
    "a heading's word alone goes on with the action above": Quirk(
        [TIDES.replace("Completed", ""), " | | | | Complete"], [READ_TIDES], [],
    ),
    "headings that come again in capitals, of which one could name two fields": Quirk(
        [TIDES, "DATE | ITEM | ACTION PROPOSED | ACTION TAKEN | PROGRESS STATUS", LOCKS],
        [READ_TIDES, READ_LOCKS], [], headings=HEADINGS.replace("Title", "Item"),
    ),
    "a comment": Quirk(
        [TIDES], [READ_TIDES], ["D4 note private-comment: The cell has a note, which is not printed."],
        change=comment,
    ),
    "no-break and zero-width spaces": Quirk(
        ["1/2/27\u200b | \u00a0Tides | That the\u00a0 tables\u200b are sent. | They\u2003were sent.\ufeff | \u00a0Completed\u200b"],
        [READ_TIDES], [], headings="Da\u200bte | Title\u00a0| Action\u00a0proposed | Action Taken\u200b | Progress Status",
    ),
    "a link by formula": Quirk(
        [TIDES], [READ_TIDES.replace("They were sent.", "The tables")], [],
        change=put(D4='=HYPERLINK("https://www.wexmouth.example/tides","The tables")'),
        stored=("D4", "str", "The tables"),
    ),
    "a link by formula to what another cell says": Quirk(
        [TIDES], [READ_TIDES.replace("They were sent.", "The tables")],
        ["D4 warning left-out-link: The link to '=HYPERLINK(H4,\"The tables\")' opens for no reader; its words were kept."],
        change=put(D4='=HYPERLINK(H4,"The tables")'), stored=("D4", "str", "The tables"),
    ),
    "a real date, a text date and a serial": Quirk(
        [TIDES, LOCKS, "5 March 2027 | Quays | That they are lit. | They were lit. | Completed"],
        [READ_TIDES, READ_LOCKS, "2027-03-05 | Quays | That they are lit. | They were lit. | completed"], [],
        change=put(A4=date(2027, 2, 1), A5=46421),
    ),
    "days counted from 1904": Quirk([TIDES, LOCKS], [READ_TIDES, READ_LOCKS], [], change=count_from_1904),
    "an error for a value": Quirk(
        [TIDES], [READ_TIDES.replace("They were sent.", "#REF!")],
        ["D4 error error-value: The cell shows #REF!."], change=put(D4="=Old!A1"), stored=("D4", "e", "#REF!"),
    ),
    "a formula never calculated": Quirk(
        [TIDES.replace("Completed", "Open")], [READ_TIDES.replace("They were sent.", "").replace("completed", "in progress")],
        ["D4 error uncalculated-formula: The cell holds a formula that was never calculated, so it reads as empty."],
        change=put(D4="=UPPER(B4)"),
    ),
    "a cell of 32,000 characters": Quirk(
        [TIDES.replace("They were sent.", (SENTENCE * 970)[:32009].strip())],
        [READ_TIDES.replace("They were sent.", (SENTENCE * 970)[:32009].strip())],
        ["D4 note long-update: The update has 32,009 characters."],
    ),
    "cells that start with a sign": Quirk(
        [TIDES, MORE],
        ["2027-02-01 | @Tides | + That the tables are sent. | =they were sent. | completed",
         "2027-02-01 | @Tides | That more are sent. | -5 degrees was the limit. | completed"], [],
        change=typed(B4="@Tides", C4="+ That the tables are sent.", D4="=they were sent.", D5="-5 degrees was the limit."),
    ),
    "emoji": Quirk(
        ["1/2/27 | Tides 🌊 | That the tables are sent. | Sent 👍🏽 by the crew 👩‍🚒. | ✅ Completed"],
        ["2027-02-01 | Tides 🌊 | That the tables are sent. | Sent 👍🏽 by the crew 👩‍🚒. | completed"], [],
    ),
    "a tick alone is no status": Quirk(
        [TIDES.replace("Completed", "✅")], [READ_TIDES.replace("completed", "unknown")],
        ["E4 error unknown-status: The status '✅' is not one that we know."],
    ),
    "Welsh, its letters in one piece": Quirk(
        ["1/2/27 | Tŷ Dŵr | Bod y tŷ yn cael ei olau. | Goleuwyd ef gan Siân. | Cwblhawyd"],
        ["2027-02-01 | Tŷ Dŵr | Bod y tŷ yn cael ei olau. | Goleuwyd ef gan Siân. | completed"], [],
    ),
    "a reference twice": Quirk(
        [f"HP/1 | Jo Bell | 1/3/27 | {TIDES}", f"hp/1 | Jo Bell | 1/3/27 | {LOCKS}"], ["HP/1", "hp/1"],
        ["A5 warning duplicate-action: The reference is the same as in A4."], headings=OWNED, shown=("reference",),
    ),
    "two officers in one cell": Quirk(
        [f"{n} | {both} | 1/3/27 | {n}/2/27 | Item {n} | That it is {how}. | It was. | Completed"
         for n, (both, how) in enumerate([("Jo Bell / Ann Lee", "lit"), ("Jo Bell; Ann Lee", "dug"),
                                          ("Jo Bell & Ann Lee", "cut"), ("Jo Bell\\nAnn Lee", "let")], 1)],
        ["['Jo Bell', 'Ann Lee']"] * 4, [], headings=OWNED, shown=("officers",),
    ),
    "due dates in words, and one that is none": Quirk(
        [f"1 | Jo Bell | Autumn 2027 | {TIDES}", f"2 | Jo Bell | ASAP | {LOCKS}",
         f"3 | Jo Bell | 31/02/2027 | {LOCKS.replace('mended', 'lit')}"],
        ["Autumn 2027", "ASAP", "31/02/2027"],
        ["C6 error unreadable-date: '31/02/2027' cannot be read as a date."], headings=OWNED, shown=("due",),
    ),
    # How design says that officers' words are read.
    "headings in any case, spacing and order": Quirk(
        ["Completed | 1/2/27 | They were sent. | Tides | That the tables are sent."], [READ_TIDES], [],
        headings="PROGRESS  status: | date | action\\ntaken | * Title | Action  proposed:",
    ),
    "a row that goes on with the sentence above": Quirk(
        [TIDES.replace("They were sent.", "They are on the"), " | | | harbour site."],
        [READ_TIDES.replace("They were sent.", "They are on the harbour site.")], [],
    ),
    "a row that goes on with a new paragraph": Quirk(
        [TIDES, HEADINGS, " | | | They were printed."],
        [READ_TIDES.replace("They were sent.", "They were sent.\\nThey were printed.")], [],
    ),
    "bullets of Word, and numbers of the officer's": Quirk(
        ["1/2/27 | Tides | 2) That the tables are sent. | Done: \uf0b7 sent \uf0b7 read - and kept\\n- lit\\no dug\\n(iii) cut | Completed"],
        ["2027-02-01 | Tides | 2) That the tables are sent. | Done:\\n• sent\\n• read - and kept\\n• lit\\n• dug\\n(iii) cut | completed"],
        [],
    ),
    "a hidden sheet": Quirk(
        [TIDES], [READ_TIDES], ["A1 error hidden-words: The sheet is hidden, and was not read."],
        change=hidden_sheet,
    ),
    "words right of the table": Quirk([f"{TIDES} | 12 cases"], [READ_TIDES], stray("F4 12 cases")),
}  # fmt: skip


@pytest.fixture(scope="module")
def council() -> Council:
    """A council whose light green is done."""
    made = WEXMOUTH
    columns = replace(made.columns, shades={"#92D050": "completed"})
    return dataclasses.replace(made, columns=columns)


def written(quirk: Quirk, path: Path) -> Path:
    """The workbook of a quirk."""
    book = ExcelWorkbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Actions"
    lines = [*quirk.titles.split("\n"), quirk.headings, *quirk.rows]
    for number, row in enumerate(lines, 1):
        for column, words in enumerate(row.split("|"), 1):
            if words.strip(" "):
                sheet.cell(number, column, words.strip(" ").replace("\\n", "\n"))
    if quirk.change is not None:
        quirk.change(sheet)
    book.save(path)
    return stored(path, *quirk.stored) if quirk.stored else path


def stored(path: Path, cell: str, kind: str, value: str) -> Path:
    """The workbook with the value of a formula in it, as Excel stores it."""
    made = path.with_name("stored.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode() if name == SHEET_XML else old.read(name)
            if isinstance(data, str):
                before, _, after = data.partition(f'<c r="{cell}"')
                after = after.replace("<v></v>", f"<v>{value}</v>", 1)
                assert "<v></v>" not in after
                data = f'{before}<c r="{cell}" t="{kind}"{after}'
            new.writestr(name, data)
    return made


def made_of(quirk: Quirk, council: Council, folder: Path) -> Checked:
    """What a quirk's workbook is read as."""
    (made,) = line.checked(written(quirk, folder / "tracker.xlsx"), council)
    return made


def told(record: ActionRecord, shown: tuple[str, ...]) -> str:
    """A record as it would be typed."""
    return " | ".join(str(getattr(record, name)) for name in shown).replace("\n", "\\n")


@pytest.mark.parametrize("name", QUIRKS)
def test_a_quirk_gives_its_records_and_its_findings(
    name: str, council: Council, tmp_path: Path
) -> None:
    quirk = QUIRKS[name]
    made = made_of(quirk, council, tmp_path)
    assert [told(record, quirk.shown) for record in made.stated] == quirk.records
    assert [
        f"{one.place.cell} {one.severity} {one.check}: {one.message}".replace("\n", "\\n")
        for one in made.findings
    ] == quirk.findings
    assert (made.tracker.committee, made.tracker.paper, made.tracker.meeting) == (
        "Harbour Scrutiny Panel", "Scrutiny Monitoring", date(2027, 3, 28),
    )  # fmt: skip


def test_a_second_line_for_the_papers_title_is_said(council: Council, tmp_path: Path) -> None:
    titles = "Harbour Scrutiny Panel\nMonitoring\nHarbour actions – 28 March 2027"
    made = made_of(Quirk([TIDES], [], [], titles=titles), council, tmp_path)
    assert made.tracker.paper == "Monitoring"
    assert [finding.place.cell for finding in made.findings] == ["A3"]


def runs(made: Checked) -> list[Run]:
    """The runs of the first action's update."""
    return list(runs_of(made.tracker.actions[0].update))


def test_bold_and_italic_words_are_kept(council: Council, tmp_path: Path) -> None:
    rich = CellRichText(
        "They were ", TextBlock(InlineFont(b=True), "all"), TextBlock(InlineFont(i=True), " sent.")
    )
    made = made_of(Quirk([TIDES], [], [], change=put(D4=rich)), council, tmp_path)
    assert runs(made) == [Run("They were "), Run("all", bold=True), Run(" sent.", italic=True)]


def test_a_link_by_formula_is_a_link(council: Council, tmp_path: Path) -> None:
    made = made_of(QUIRKS["a link by formula"], council, tmp_path)
    assert runs(made) == [Run("The tables", link="https://www.wexmouth.example/tides")]


def test_a_link_leads_to_its_place_on_the_page(council: Council, tmp_path: Path) -> None:
    made = made_of(Quirk([TIDES], [], [], change=link_to_a_place), council, tmp_path)
    assert runs(made) == [Run("They were sent.", link="https://www.wexmouth.example/tides#spring")]


def test_bare_addresses_are_links_of_three_kinds(council: Council, tmp_path: Path) -> None:
    said = "See https://www.wexmouth.example/a, ask quay@wexmouth.gov.uk, not ftp://wexmouth.example/a."
    made = made_of(Quirk([TIDES.replace("They were sent.", said)], [], []), council, tmp_path)
    assert [run.link for run in runs(made) if run.link] == [
        "https://www.wexmouth.example/a", "mailto:quay@wexmouth.gov.uk",
    ]  # fmt: skip
    assert "".join(run.text for run in runs(made)) == said


def test_words_are_known_whether_their_accents_are_in_one_piece_or_two() -> None:
    assert key(unicodedata.normalize("NFD", "Pwyllgor Tŷ Dŵr")) == "pwyllgor tŷ dŵr"
