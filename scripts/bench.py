"""Times the pipeline beside what a clerk's office would script instead, on the same workbooks.

The peer reads with openpyxl, fills a Word template with docxtpl and prints it with LibreOffice.
Both run as whole processes from a cold start, in turn, and the medians are compared; ratios hold
where seconds drift. Memory is that of the largest single process. Linux and macOS only.
"""

from __future__ import annotations

import argparse
import compileall
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from math import log
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from openpyxl import Workbook, load_workbook

from pipeline.render import PDF_ENGINES

ROOT = Path(__file__).parent.parent
HEADINGS = ["Date", "Title", "Action proposed", "Action Taken", "Progress Status"]
FIELDS = ["day", "title", "asked", "done", "state"]  # a dict has an `update` of its own
WIDTHS = [23, 38, 62, 112, 32]
# What cells were made of that took seconds each, being gone through again for each of their letters.
PIECES = [
    "1", "a", "[", "(", ".", "!", "?", "_", "a-", "a'", "a?", "of ", "/ ", " & ", "@", "a. ", "not ", "[a ", "*",
    "Open / ", "Closed: ", "Completed - ", "It was not abc. ",
]  # fmt: skip
# And styles of a web page, up to 40.
STYLES = {"width:{}x": "1", "top:x{}x": " ", "clip-path:inset({}": "100%"}
WORDS = (
    "the harbour board officers quay lock gate dredging survey report tender contract "
    "repair crew pilot berth ferry tide chart notice members asked agreed reviewed funding "
    "budget school route cycle bus shelter lighting drainage flood plan summer winter "
    "meeting update progress monitored "
).split()

PEER_FILL = """
import sys
from docxtpl import DocxTemplate
from openpyxl import load_workbook
book, template, made = sys.argv[1:]
rows = []
for row in load_workbook(book).active.iter_rows(min_row=4, values_only=True):
    rows.append(dict(zip(["day", "title", "asked", "done", "state"], map(str, row))))
paper = DocxTemplate(template)
paper.render({"rows": rows}, autoescape=True)
paper.save(made)
"""

# What one stage alone takes, said by the process that does it.
OUR_DOCX = """
import sys, time
from pathlib import Path
from pipeline import line
from pipeline.render import docx
council = line.council("wexmouth")
(checked,) = line.checked(Path(sys.argv[1]), council)
paper = line.paper_of(checked, council)
started = time.perf_counter()
Path(sys.argv[3]).write_bytes(docx.render(paper, council.house).data)
print(time.perf_counter() - started)
"""
PEER_DOCX = (
    PEER_FILL.replace("import sys", "import sys, time").replace(
        "paper = Docx", "started = time.perf_counter()\npaper = Docx"
    )
    + "print(time.perf_counter() - started)\n"
)
# Neither collects garbage, as `papers` does not.
OUR_READING = """
import gc, sys, time
gc.disable()
from pathlib import Path
from pipeline.ingest.read import workbook_at
import pipeline.ingest.excel
started = time.perf_counter()
workbook_at(Path(sys.argv[1]))
print(time.perf_counter() - started)
"""
OUR_IMPORT = """
import gc, sys, time
gc.disable()
from pathlib import Path
from pipeline import line
from pipeline.model.errors import PipelineError
from pipeline.officers import next_meeting, workbook
from pipeline.published import paper_book
council = line.council("wexmouth")
started = time.process_time()
try:
    (made,) = line.checked(paper_book.book(Path(sys.argv[1])), council)
    start = next_meeting.imported(made, None)
    workbook.made(start, council)
except PipelineError:
    pass  # a cell of Excel holds no list of thousands, and a page's cells have a bound
print(time.process_time() - started)
"""
OUR_CHECKS = """
import gc, sys, time
gc.disable()
from pathlib import Path
from pipeline import line
council = line.council("wexmouth")
started = time.process_time()
list(line.checked(Path(sys.argv[1]), council))
print(time.process_time() - started)
"""
OUR_HISTORY = """
import gc, sys, time
gc.disable()
from pathlib import Path
from pipeline import line
from pipeline.published.history import history
council = line.council("wexmouth")
before, now = (next(line.checked(Path(book), council)) for book in sys.argv[1:])
last = line.records_of(before, council)
started = time.process_time()
history(now.stated, last, council.reading)
print(time.process_time() - started)
"""
PEER_READING = """
import gc, sys, time
gc.disable()
from openpyxl import load_workbook
started = time.perf_counter()
load_workbook(sys.argv[1], rich_text=True)
print(time.perf_counter() - started)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds from start to end, and the largest process's memory in MB."""

    seconds: float
    megabytes: float


def sentence(rnd: random.Random) -> str:
    return " ".join(rnd.choice(WORDS) for _ in range(rnd.randint(3, 10))).capitalize() + "."


def words(rnd: random.Random, length: int) -> str:
    """Sentences of about `length` characters together."""
    said = sentence(rnd)
    while len(said) < length:
        said += " " + sentence(rnd)
    return said


def update(rnd: random.Random, number: int) -> str:
    """An update of up to 2,000 characters; some with bullets, some with a link."""
    length = rnd.choice([40, 40, 50, 60, 80, 120, 240, 1300])
    said = words(rnd, length)
    if number % 4 == 0:
        said += "".join(f"\n• {sentence(rnd)}" for _ in range(3))
    if number % 5 == 0:
        said += f" See https://www.wexmouth.example/actions/{number}"
    return said


def workbook(path: Path, actions: int) -> None:
    """A workbook of so many actions, three to an item, always the same."""
    rnd = random.Random(1)  # sample texts, not secrets
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Actions")
    sheet.append(["Harbour Scrutiny Panel"])
    sheet.append(["Scrutiny Monitoring – 28 March 2027"])
    sheet.append(HEADINGS)
    for number in range(actions):
        title = f"Report {number // 3 + 1}"
        status = rnd.choice(["Completed", "In progress", "Not started"])
        sheet.append(["24/01/27", title, words(rnd, 50), update(rnd, number), status])
    book.save(path)


def remembered(first: Path, second: Path) -> None:
    """Two meetings' workbooks of one committee: in the second an action is changed, one closed, one new. The
    others are on hold, which owes no new update.
    """
    workbook(first, 12)
    book = load_workbook(first, rich_text=True)
    sheet = book.worksheets[0]
    closed, updated, *others = (
        row[0].row for row in sheet.iter_rows(4) if row[4].value == "In progress"
    )
    for row in others:
        sheet[f"E{row}"] = "On hold"
    book.save(first)
    sheet[f"D{closed}"], sheet[f"E{closed}"] = "All of it has been done since.", "Completed"
    sheet[f"D{updated}"] = "Half of it has been done since."
    sheet.append(
        ["1/4/27", "Ferries", "That a second one is hired.", "One was found.", "In progress"]
    )
    book.save(second)


def peer_template(path: Path) -> None:
    """The Word template that a clerk would make for docxtpl."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    document.add_heading("Harbour Scrutiny Panel", 1)
    table = document.add_table(rows=4, cols=len(FIELDS))
    table.style = "Table Grid"
    table.autofit = False
    texts = [
        HEADINGS,
        ["{%tr for r in rows %}"],
        [f"{{{{ r.{name} }}}}" for name in FIELDS],
        ["{%tr endfor %}"],
    ]
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text, width in zip(row.cells, cells, WIDTHS, strict=False):
            cell.text, cell.width = text, Mm(width)
    document.save(str(path))


def timed(command: list[str]) -> Run:
    """One run of a command as a process. Raises `CalledProcessError` where it fails."""
    started = time.perf_counter()
    helper = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check='check' not in sys.argv, stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", helper, *command], check=True, capture_output=True, text=True
    )
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Run(time.perf_counter() - started, int(done.stdout) / unit)


def median(runs: int, command: list[str]) -> Run:
    """The median time and the most memory of some runs, after one that warms the disk."""
    if runs > 1:
        timed(command)
    made = [timed(command) for _ in range(runs)]
    return Run(statistics.median(run.seconds for run in made), max(run.megabytes for run in made))


def office() -> str:
    """LibreOffice's command. Exits with one line where it is not there."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        sys.exit(
            "bench: LibreOffice is not installed; the peer prints with it. Install libreoffice-writer."
        )
    return found


def seconds_said(runs: int, script: str, *arguments: Path) -> float:
    """The median of the seconds that a script prints."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return statistics.median(
        float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(runs)
    )


def main() -> None:
    """Print the table of sizes, seconds, ratios, memory and pages; then what the stages take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[30, 300, 3000])
    sizes = parser.parse_args().sizes
    # As `pip install` does; where nothing is ever compiled, each run would take 0.15 s for it.
    compileall.compile_dir(ROOT / "pipeline", quiet=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peer_template(folder / "template.docx")
        print(
            "| actions | engine | pages | KB | ours | peer | ratio | DOCX | docxtpl | ratio | MB |"
        )
        print("|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
        measured = {size: compared(folder, size) for size in sizes}
        if {300, 3000} <= measured.keys():
            for what in measured[3000]:
                grown = measured[3000][what] / measured[300][what]
                print(f"Exponent from 300 to 3,000 actions, {what}: {log(grown, 10):.2f}")
        reading(folder)
        doubling(folder)
    sample = ROOT / "inputs" / "environment-and-transport-committee.xlsx"
    check = median(5, [sys.executable, "-m", "pipeline", "check", str(sample), "--format", "csv"])
    bare = median(5, [sys.executable, "-c", ""])
    print(f"papers check of 30 actions: {check.seconds - bare.seconds:.2f} s after bare Python")


def reading(folder: Path) -> None:
    """Print what reading takes beside openpyxl's own load, and what empty formatted rows cost."""
    for size in (3_000, 30_000):
        book = folder / f"{size}.xlsx"
        workbook(book, size)
        ours, load = (seconds_said(5, script, book) for script in (OUR_READING, PEER_READING))
        print(
            f"Reading {size:,} actions: {ours:.2f} s; openpyxl's load {load:.2f} s; {ours / load:.2f}"
        )
    book = folder / "stray.xlsx"
    stray(folder / "3000.xlsx", book)
    print(
        f"The same 3,000, a stray cell at XFD1048576, G4 merged down: {seconds_said(5, OUR_READING, book):.2f} s"
    )


def doubling(folder: Path) -> None:
    """Print how the time of an import, of checks and of a history grows when what is in them doubles: 1.0 is in
    step with it.
    """
    rows = "<tr><td>R/{0}<td>24/01/27<td>Report {0}<td>That it is sent.<td>It was sent.<td>Completed</tr>"
    row = rows.format(1)
    pages: dict[str, Callable[[int], bytes]] = {
        "rows of a web page": lambda n: web_page("".join(rows.format(at) for at in range(n))),
        "items of its list": lambda n: web_page(
            row.replace("It was sent.", f"<ol>{'<li>x' * n}</ol>")
        ),
    }
    for style, sign in STYLES.items():
        pages[f"times {sign!r} in a style"] = styled(row, style, sign)
    reaching = "<tr>" + "<td rowspan=65534 colspan=1000>x" * 300
    pages["rows under cells merged far"] = lambda n: web_page(reaching + "<tr><td>y" * 5 * n)
    documents: dict[str, Callable[[int], bytes]] = {
        "rows of a Word table": lambda n: word_document(n, 0),
        "footnotes of a Word table": lambda n: word_document(1, n),
    }
    for name, papers in (("paper.html", pages), ("paper.docx", documents)):
        for what, made in papers.items():
            growth(f"Importing {{}} {what}", 1_000, OUR_IMPORT, made, [folder / name])
    for piece in PIECES:
        made = long_cells(piece)
        growth(
            f"Checking cells of {{}} letters {piece!r}",
            8_000,
            OUR_CHECKS,
            made,
            [folder / "long.csv"],
        )
    for what, shift in (("the same", 0), ("renumbered", 1), ("other", 5_000)):
        books = [folder / "before.csv", folder / "now.csv"]
        growth(f"Finding {{}} {what} actions again", 1_000, OUR_HISTORY, alike, books, shift)


def growth(
    what: str, first: int, script: str, made: Callable[..., bytes], paths: list[Path], *more: int
) -> None:
    """Print the seconds that a script says for files made of `first` things, twice and four times as many, and the
    exponent. What is `more` is told when the last file is made.
    """
    sizes, seconds = [first, 2 * first, 4 * first], []
    for size in sizes:
        for path in paths:
            path.write_bytes(made(size, *(more if path == paths[-1] else ())))
        seconds.append(seconds_said(3, script, *paths))
    counts = "{:,}, {:,} and {:,}".format(*sizes)
    said = ", ".join(f"{one:.2f}" for one in seconds)
    print(f"{what.format(counts)}: {said} s; exponent {log(seconds[2] / seconds[0], 4):.2f}")


def long_cells(piece: str) -> Callable[[int], bytes]:
    """How to make a tracker with such a piece repeated, up to so many letters: above its table, in each column in
    turn, and in an action and its update together.
    """
    headings = (
        "Reference,Date,Title,Action proposed,Action taken,Progress status,Lead officer,Due date"
    )
    row = "HP/1,24/01/2027,Quay,That they are sent.,They were sent.,Completed,Ruth Calloway,25/02/2027".split(
        ","
    )

    def made(letters: int) -> bytes:
        words = f'"£[ {piece * (letters // len(piece))}x"'
        rows = [",".join([*row[:at], words, *row[at + 1 :]]) for at in range(len(row))]
        rows.append(",".join([*row[:3], words, words, *row[5:]]))
        above = [words, "Harbour Panel", "Scrutiny Monitoring", "Meeting date: 28 March 2027"]
        return "\n".join([*above, headings, *rows]).encode()

    return made


def alike(actions: int, shift: int = 0) -> bytes:
    """A tracker of so many actions whose words differ in a number alone, which begins at `shift`."""
    asked = "That the lamp of quay {} is mended by 3 May 2027 and a report is brought back to the panel."
    rows = [
        f"R/{at},24/01/27,Quays,{asked.format(at + shift)},A lamp was lit.,In progress"
        for at in range(actions)
    ]
    top = ["Harbour Panel", "Scrutiny Monitoring – 28 March 2027", ",".join(["Ref", *HEADINGS])]
    return "\n".join([*top, *rows]).encode()


def styled(row: str, style: str, sign: str) -> Callable[[int], bytes]:
    """How to make a paper whose update has a style with eight signs for each of a number."""

    def made(number: int) -> bytes:
        said = f"position:fixed; overflow:hidden; {style.format(sign * 8 * number)}"
        return web_page(row.replace("<td>It was sent.", f"<td style='{said}'>It was sent."))

    return made


def web_page(rows: str) -> bytes:
    """A paper as a web page."""
    heads = "".join(f"<th>{words}" for words in ["Ref", *HEADINGS])
    top = "<h1>Harbour Panel</h1><p>Scrutiny Monitoring – 28 March 2027</p>"
    return f"{top}<table><tr>{heads}</tr>{rows}</table>".encode()


def word_document(actions: int, footnotes: int) -> bytes:
    """A paper as a Word document, with so many footnotes in its first update."""
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"

    def paragraph(words: str, more: str = "") -> str:
        return f"<w:p><w:r><w:t>{words}</w:t></w:r>{more}</w:p>"

    def row(cells: list[str]) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    marks = "".join(
        f'<w:r><w:footnoteReference w:id="{number}"/></w:r>' for number in range(footnotes)
    )
    rows = [row([paragraph(words) for words in ["Ref", *HEADINGS]])] + [
        row(
            [
                *map(paragraph, [f"R/{at}", "24/01/27", f"Report {at}", "That it is sent."]),
                paragraph("It was sent.", marks),
                paragraph("Completed"),
            ]
        )
        for at in range(actions)
    ]
    top = paragraph("Harbour Panel") + paragraph("Scrutiny Monitoring – 28 March 2027")
    notes = "".join(
        f'<w:footnote w:id="{number}">{paragraph(f"Note {number}")}</w:footnote>'
        for number in range(footnotes)
    )
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{main}"><w:body>{top}<w:tbl>{"".join(rows)}'
        "</w:tbl></w:body></w:document>",
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{main}">{notes}</w:footnotes>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{links}"><Relationship Id="n" Type="{kinds}/footnotes" '
        'Target="footnotes.xml"/></Relationships>',
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return made.getvalue()


def stray(source: Path, path: Path) -> None:
    """A workbook with a cell in its last corner, and one that is merged over all rows."""
    book, saved = load_workbook(source), BytesIO()
    book.worksheets[0]["XFD1048576"] = "stray"
    book.save(saved)
    end = b"</sheetData>"
    merged = end + b'<mergeCells count="1"><mergeCell ref="G4:G1048576"/></mergeCells>'
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(end, merged))


def compared(folder: Path, size: int) -> dict[str, float]:
    """Our seconds by each engine and for the DOCX alone, when the rows that compare them are printed."""
    book, made, template = (
        folder / f"{size}.xlsx",
        folder / f"{size}.docx",
        folder / "template.docx",
    )
    fill = folder / "fill.py"
    workbook(book, size)
    fill.write_text(PEER_FILL, encoding="utf-8")
    build = [sys.executable, "-m", "pipeline", "build", str(book), "--quiet"]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = [
        office(),
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(made),
    ]
    runs = 5 if size < 1000 else 1  # the peer takes minutes there
    filled = median(runs, [sys.executable, str(fill), str(book), str(template), str(made)])
    printed = median(runs, convert)
    docx, docxtpl = (
        seconds_said(5, script, book, template, folder / "alone.docx")
        for script in (OUR_DOCX, PEER_DOCX)
    )
    peer = filled.seconds + printed.seconds
    measured = {"DOCX alone": docx}
    for engine in PDF_ENGINES:
        out = folder / f"out-{size}-{engine}"
        ours = median(runs, [*build, "--to", "docx,pdf", "--engine", engine, "--output", str(out)])
        pdf = next(out.rglob("*.pdf"))
        print(
            f"| {size:,} | {engine} | {pages_of(pdf)} | {pdf.stat().st_size // 1024:,} "
            f"| {ours.seconds:.2f} s | {peer:.2f} s | {ours.seconds / peer:.2f} "
            f"| {docx * 1000:.0f} ms | {docxtpl * 1000:.0f} ms | {docx / docxtpl:.2f} | {ours.megabytes:.0f} |",
            flush=True,
        )
        measured[f"DOCX and PDF by {engine}"] = ours.seconds
    return measured


def pages_of(pdf: Path) -> int:
    """How many pages a PDF has."""
    import pikepdf

    with pikepdf.open(pdf) as opened:
        return len(opened.pages)


if __name__ == "__main__":
    main()
