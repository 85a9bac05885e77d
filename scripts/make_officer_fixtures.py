"""Makes the pasted paper and the tidy sheet of tests/fixtures, which say the same in two shapes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures"
SAVED = datetime(2024, 5, 1, 9, 30)
SAVED_MARK = re.compile(rb">[^<]*</dcterms:modified>")
BOARD = "Harbour and Coast Scrutiny Board"
PAPER = "Scrutiny Monitoring – 9 May 2024"
HEADINGS = ["Date", "Title", "Action proposed", "Action Taken", "Progress Status"]

SEA_WALL = ("14/03/24", "Sea Wall Inspection – 2023/24")
BEACH = ("14/03/24", "Beach Safety - Performance")
STORM_UPDATE = "\n".join(
    [
        "Each recommendation has been given to a named officer, and progress is looked at every second month. "
        "A summary is below: "
        "• The pumps at Saltern Quay should be tested before each winter. Both pumps were tested in February and "
        "one seal was replaced. The duty engineer now keeps the test sheet. "
        "• The flood boards should be stored nearer to the slipways. Two stores have been agreed with the Harbour "
        "Office and a third is being sought. "
        "• The telephone tree should be renewed each spring. The tree was renewed in March and is held by the "
        "control room. It names a deputy for every post, and was tried out on the evening of 2 April when the tide "
        "was higher than forecast but no property was at risk. Three calls out of nineteen were not answered, and "
        "the numbers have been put right.",
        "• Residents should be told where sandbags are kept. A card was delivered to every house in Lower Dock "
        "Street and the Maltings in April.",
        "• The council and the port company should hold one exercise a year together. The first is planned for the "
        "week of 7 October.",
    ]
)
SPILL_UPDATE = "\n".join(
    [
        "The council sits on the port company's spill group, which met on 19 March. Equipment is checked by the "
        "company each month and by the council twice a year. The group's figures for the winter are as follows:",
        "Reports of oil on the water (1 October to 31 March):",
        "Officers and the company's crew went out together on four occasions. The work led to:",
        "\uf0b7 14 reports looked into. 3 vessels spoken to on the day. \uf0b7 1 formal warning. "
        "\uf0b7 220 metres of boom laid at the fish quay.",
        "Oil spills are now a standing item at the quarterly harbour meeting, where the figures are looked at "
        "beside those of the year before.",
    ]
)

# (date, title), action, update, status: a row an action, as a tidy sheet has them.
TIDY_ROWS = [
    (SEA_WALL, "That a note setting out the condition of each length of the sea wall is circulated to the Board.",
     "The condition note was circulated to the Board on 22/03/24 and is kept at "
     "https://www.wexmouth.example/sea-wall/condition#lengths", "Completed"),
    (SEA_WALL, "2) That the Board is told how the recommendations of the storm review are being carried out. "
     "Members asked in particular about the pumps.", STORM_UPDATE, ""),
    (SEA_WALL, "That a short account of the work with the port company on oil spills is circulated to the Board.",
     SPILL_UPDATE, ""),
    (BEACH, "cues - the table of call-outs by beach and by month that",
     "The call-outs cannot be set out by beach for the months before the new log was begun, and a table of part of "
     "the year would mislead. It is proposed that one report is made with figures from the lifeguard service and an "
     "account of the season from the beach managers, to come to the Board in the autumn.", ""),
]  # fmt: skip


def pasted() -> Workbook:
    """Every line of pasted.tsv a row and every tab a column, as a paste into an empty sheet gives."""
    book, sheet = book_and_sheet("Sheet1")
    lines = (FIXTURES / "pasted.tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        for column, words in enumerate(line.split("\t"), 1):
            sheet.cell(number, column, words or None)
    return book


def tidy() -> Workbook:
    """The same actions a row each; an item's date and title are merged over its rows."""
    book, sheet = book_and_sheet("Actions")
    for row in ([BOARD], [PAPER], [], HEADINGS):
        sheet.append(row)
    for (day, title), action, update, status in TIDY_ROWS:
        sheet.append([day, title, action, update, status or None])
    for column in (1, 2):
        sheet.merge_cells(start_row=5, end_row=7, start_column=column, end_column=column)
    for line in sheet.iter_rows(min_row=4):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDE", (12, 26, 46, 80, 16), strict=True):
        sheet.column_dimensions[letter].width = width
    return book


def book_and_sheet(name: str) -> tuple[Workbook, Worksheet]:
    """A new workbook and its one sheet."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    return book, sheet


def save(book: Workbook, path: Path) -> None:
    """Save with fixed times, so that the same words give the same bytes."""
    book.properties.creator = "Wexmouth City Council"
    book.properties.created = SAVED
    written = io.BytesIO()
    book.save(written)
    stamp = f">{SAVED:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>".encode()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":  # openpyxl writes the time of saving here
                data = SAVED_MARK.sub(stamp, data)
            new.writestr(zipfile.ZipInfo(name, SAVED.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)


def main() -> None:
    """Write both."""
    save(pasted(), FIXTURES / "pasted.xlsx")
    save(tidy(), FIXTURES / "tidy.xlsx")


if __name__ == "__main__":
    main()
