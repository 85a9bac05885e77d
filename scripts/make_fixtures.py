"""Makes the files of tests/fixtures/bad that a script can make; README.md there says what each is."""

from __future__ import annotations

import zipfile
from pathlib import Path

from openpyxl import Workbook

ROOT = Path(__file__).parent.parent
BAD = ROOT / "tests" / "fixtures" / "bad"
GOOD = ROOT / "inputs" / "children-and-learning-scrutiny-panel.xlsx"
TRANSITIONAL = b"http://schemas.openxmlformats.org/"
# ISO/IEC 29500-1, annex A: the namespaces that "Strict Open XML" has for the transitional ones.
STRICT = {
    TRANSITIONAL + b"spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    TRANSITIONAL
    + b"officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}
TITLES = ["Harbour Scrutiny Panel", "Scrutiny Monitoring – 28 March 2027"]
ROW = ["24/01/27", "Tide tables", "That the tables are sent.", "They were sent.", "Completed"]


def sheet(name: str, *rows: list[str]) -> None:
    """A workbook of some rows under the title lines."""
    book = Workbook()
    assert book.active is not None
    for row in ([TITLES[0]], [TITLES[1]], *rows):
        book.active.append(row)
    book.save(BAD / name)


def strict() -> None:
    """A good workbook in the namespaces of Strict Open XML."""
    with (
        zipfile.ZipFile(GOOD) as old,
        zipfile.ZipFile(BAD / "strict.xlsx", "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            for loose, exact in STRICT.items():
                data = data.replace(loose, exact)
            new.writestr(name, data)


def main() -> None:
    """Write them all."""
    BAD.mkdir(parents=True, exist_ok=True)
    (BAD / "not-a-workbook.xlsx").write_text(
        "Date,Title,Action\n24/01/27,Tide tables,Send them.\n", encoding="utf-8"
    )
    (BAD / "empty.xlsx").write_bytes(b"")
    (BAD / "truncated.xlsx").write_bytes(GOOD.read_bytes()[:4000])
    strict()
    sheet("no-headings.xlsx", ROW, ROW)
    sheet("missing-column.xlsx", ["Date", "Title", "Action proposed", "Action Taken"], ROW)
    doubled = ["Date", "Title", "Action proposed", "Action Taken", "Update", "Progress Status"]
    sheet("doubled-column.xlsx", doubled, [*ROW, "Completed"])


if __name__ == "__main__":
    main()
