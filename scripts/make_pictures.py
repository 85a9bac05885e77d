"""Makes the pictures of the docs again: pages as printed, the web page, the verdict, a letter, the workbooks.

Needs pdftoppm (poppler), LibreOffice and Chromium, as the tests do.
"""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from email import message_from_bytes, policy
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, from anywhere

DOCS = ROOT / "docs"
WORKBOOK = ROOT / "inputs" / "environment-and-transport-committee.xlsx"
TODAY = "1/12/2026"
WIDTH = 112  # characters of the terminal


def main() -> None:
    """Every picture, in `docs/`."""
    folder = Path(tempfile.mkdtemp())
    papers("build", WORKBOOK, "--output", folder)
    papers("check", WORKBOOK, "--annotate", "--output", folder)
    papers("new", folder / "new.xlsx", "--from", WORKBOOK, "--meeting", "18/3/2027")
    (page,) = folder.rglob("*.pdf")
    (web,) = folder.rglob("*.html")
    (todo,) = folder.rglob("to-do.xlsx")
    picture(page, 1, "page")
    workbook = printed(folder / "new.xlsx", folder)
    picture(workbook, 1, "workbook", dots=120, height=100)
    picture(workbook, page_of(workbook, "Guidance"), "guidance", height=175)
    picture(printed(todo, folder), 1, "to-do", dots=100, height=60)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"] if root else []
        )
        taken(browser, web, "web", (1200, 1000))
        taken(browser, web, "web-list", (380, 700), press="#AsList")
        taken(browser, said(folder / "verdict.html"), "verdict", (1120, 350))
        papers("chase", WORKBOOK, "--output", folder)
        (draft,) = folder.rglob("to-ruth-calloway.eml")
        taken(browser, opened(draft, folder / "draft.html"), "draft", (860, 740))
        browser.close()
    shutil.rmtree(folder)


def papers(*arguments: str | Path) -> None:
    """Run a command of ours, which may find faults."""
    command = [sys.executable, "-m", "pipeline", *map(str, arguments), "--quiet"]
    subprocess.run(command, cwd=ROOT, check=False)


def printed(workbook: Path, folder: Path) -> Path:
    """A workbook as LibreOffice prints it."""
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(workbook)], check=True, capture_output=True)
    return folder / f"{workbook.stem}.pdf"


def page_of(pdf: Path, first: str) -> int:
    """The page of a PDF whose first line is this."""
    command = ["pdftotext", "-layout", str(pdf), "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    pages = told.split("\f")
    return 1 + next(n for n, words in enumerate(pages) if words.split("\n")[0].strip() == first)


def picture(pdf: Path, page: int, name: str, dots: int = 75, height: float = 0) -> None:
    """A page as a picture, or the uppermost millimetres of it, at some dots an inch."""
    cut = ["-H", str(round(height / 25.4 * dots))] if height else []
    options = ["-r", str(dots), "-png", "-singlefile", "-f", str(page), *cut]
    subprocess.run(["pdftoppm", *options, str(pdf), str(DOCS / name)], check=True)


def taken(browser: Browser, page: Path, name: str, size: tuple[int, int], press: str = "") -> None:
    """What a browser's window shows of a page."""
    window = browser.new_page(viewport={"width": size[0], "height": size[1]})
    window.goto(page.as_uri())
    if press:
        window.click(press)
    window.screenshot(path=DOCS / f"{name}.png")
    window.close()


def opened(draft: Path, path: Path) -> Path:
    """A draft as a mail program shows it, as a page; the workbook is in a clerk's folder."""
    message = message_from_bytes(draft.read_bytes(), policy=policy.default)
    body = message.get_body(("html",))
    assert body is not None
    heads = "".join(
        f"<div><b>{name}:</b> {escape(message[name])}</div>" for name in ("To", "Subject")
    )
    page = body.get_content().replace("<main>", f"{heads}<hr><main>")
    path.write_text(
        page.replace(str(WORKBOOK.parent), "/home/clerk/papers/inputs"), encoding="utf-8"
    )
    return path


def said(path: Path) -> Path:
    """The verdict as a terminal shows it, as a page."""
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "check",
        str(WORKBOOK.relative_to(ROOT)),
        "--today",
        TODAY,
    ]
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(WIDTH)}
    with subprocess.Popen(command, cwd=ROOT, stdout=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # by which Linux says that the other end is closed
            while piece := os.read(ours, 65536):
                shown += piece
    os.close(ours)
    assert process.returncode == 1, "the sample is not ready"
    with path.with_suffix(".txt").open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi(shown.decode().replace("\r\n", "\n")))
        path.write_text(console.export_html(), encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
