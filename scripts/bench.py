"""Times the pipeline beside what a clerk's office would script instead, on the same workbooks.

The peer reads with openpyxl, fills a Word template with docxtpl and prints it with LibreOffice.
Both run as whole processes from a cold start, in turn, and the medians are compared; ratios hold
where seconds drift. Memory is that of the largest single process. Linux and macOS only.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import log
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from openpyxl import Workbook

ROOT = Path(__file__).parent.parent
HEADINGS = ["Date", "Title", "Action proposed", "Action Taken", "Progress Status"]
FIELDS = ["day", "title", "asked", "done", "state"]  # a dict has an `update` of its own
WIDTHS = [23, 38, 62, 112, 32]
WORDS = (
    "the harbour board officers quay lock gate dredging survey report tender contract repair crew "
    "pilot berth ferry tide chart notice members asked agreed reviewed funding budget school route "
    "cycle bus shelter lighting drainage flood plan summer winter meeting update progress monitored"
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


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds from start to end, and the largest process's memory in MB."""

    seconds: float
    megabytes: float


def sentence(rnd: random.Random) -> str:
    return " ".join(rnd.choice(WORDS) for _ in range(rnd.randint(8, 22))).capitalize() + "."


def words(rnd: random.Random, length: int) -> str:
    """Sentences of about `length` characters together."""
    said = sentence(rnd)
    while len(said) < length:
        said += " " + sentence(rnd)
    return said


def update(rnd: random.Random, number: int) -> str:
    """An update of up to 2,000 characters; some with bullets, some with a link."""
    length = rnd.choice([80, 120, 200, 200, 300, 400, 700, 1900])
    said = words(rnd, length)
    if number % 4 == 0:
        said += "".join(f"\n• {sentence(rnd)}" for _ in range(3))
    if number % 5 == 0:
        said += f" See https://www.wexmouth.example/actions/{number}"
    return said


def workbook(path: Path, actions: int) -> None:
    """A workbook of so many actions, three to an item, always the same."""
    rnd = random.Random(1)  # noqa: S311  # sample texts, not secrets
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Actions")
    sheet.append(["Harbour Scrutiny Panel"])
    sheet.append(["Scrutiny Monitoring – 28 March 2027"])
    sheet.append(HEADINGS)
    for number in range(actions):
        title = f"Report {number // 3 + 1}"
        status = rnd.choice(["Completed", "In progress", "Not started"])
        sheet.append(["24/01/27", title, words(rnd, 120), update(rnd, number), status])
    book.save(path)


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
    texts = [HEADINGS, ["{%tr for r in rows %}"], [f"{{{{ r.{name} }}}}" for name in FIELDS], ["{%tr endfor %}"]]
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text, width in zip(row.cells, cells, WIDTHS, strict=False):
            cell.text, cell.width = text, Mm(width)
    document.save(str(path))


def timed(command: list[str]) -> Run:
    """One run of a command as a process. Raises `CalledProcessError` where it fails."""
    started = time.perf_counter()
    helper = f"import resource,subprocess,sys;subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL);print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"  # noqa: E501, F541
    done = subprocess.run([sys.executable, "-S", "-c", helper, *command], check=True, capture_output=True, text=True)  # noqa: S603
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Run(time.perf_counter() - started, int(done.stdout) / unit)


def median(runs: int, once: Callable[[], Run]) -> Run:
    """The median of some runs."""
    made = [once() for _ in range(runs)]
    return Run(statistics.median(run.seconds for run in made), max(run.megabytes for run in made))


def papers(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pipeline", *arguments]


def office() -> str:
    """LibreOffice's command. Exits with one line where it is not there."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        sys.exit("bench: LibreOffice is not installed; the peer prints with it. Install libreoffice-writer.")
    return found


def main() -> None:
    """Print the table of sizes, seconds, ratios, memory and pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[30, 300, 3000])
    sizes = parser.parse_args().sizes
    soffice = office()
    rows: dict[int, dict[str, Run]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template, fill = folder / "template.docx", folder / "fill.py"
        peer_template(template)
        fill.write_text(PEER_FILL, encoding="utf-8")
        print("| actions | ours | peer | ratio | DOCX ours | docxtpl | ratio | MB ours | pages |")
        print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
        for size in sizes:
            book, made = folder / f"{size}.xlsx", folder / f"{size}.docx"
            workbook(book, size)
            runs = 5 if size < 1000 else 1  # noqa: PLR2004  # the peer takes minutes there
            out = ["--output", str(folder / f"out-{size}"), "--quiet"]
            convert = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(made)]
            timed(papers("build", str(book), *out))  # warms the disk for both
            filled = median(runs, lambda: timed([sys.executable, str(fill), str(book), str(template), str(made)]))  # noqa: B023
            printed = median(runs, lambda: timed(convert))  # noqa: B023
            ours = median(runs, lambda: timed(papers("build", str(book), *out)))  # noqa: B023
            docx = median(runs, lambda: timed(papers("build", str(book), *out, "--to", "docx")))  # noqa: B023
            pdf = next((folder / f"out-{size}").rglob("*.pdf"))
            pages = pdf.read_bytes().count(b"/Type /Page\n") or pages_of(pdf)
            peer = Run(filled.seconds + printed.seconds, max(filled.megabytes, printed.megabytes))
            rows[size] = {"ours": ours, "docx": docx}
            print(
                f"| {size:,} | {ours.seconds:.2f} s | {peer.seconds:.2f} s | {ours.seconds / peer.seconds:.2f} "
                f"| {docx.seconds:.2f} s | {filled.seconds:.2f} s | {docx.seconds / filled.seconds:.2f} "
                f"| {ours.megabytes:.0f} | {pages} |",
                flush=True,
            )
    if {300, 3000} <= rows.keys():
        for what in ("ours", "docx"):
            print(f"exponent from 300 to 3,000, {what}: {log(rows[3000][what].seconds / rows[300][what].seconds, 10):.2f}")
    check = median(5, lambda: timed(papers("check", str(ROOT / "inputs" / "environment-and-transport-committee.xlsx"))))
    bare = median(5, lambda: timed([sys.executable, "-c", ""]))
    print(f"papers check of 30 actions: {check.seconds - bare.seconds:.2f} s after bare Python")


def pages_of(pdf: Path) -> int:
    """How many pages a PDF has."""
    import pikepdf

    with pikepdf.open(pdf) as opened:
        return len(opened.pages)


if __name__ == "__main__":
    main()
