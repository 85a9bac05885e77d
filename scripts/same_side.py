"""Makes one commit's side of `make same`, in the folder it is run in: papers/ and trackers/, files to compare.

The commit is driven by the `papers` command alone (`python -m pipeline`), so that its modules may have any
names; PYTHONPATH says which commit. `../given` holds the workbooks.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import runpy
import shutil
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

GIVEN = Path("..", "given")
PAPERS, TRACKERS, MADE = Path("papers"), Path("trackers"), Path("made")
TODAY = ("--today", "2027-01-11")
CHECK = ("check", *TODAY, "--format", "json", "--output", "none")
BUILD = ("build", *TODAY, "--to", "json")
BATCH = 50  # workbooks read by one run: reading the settings takes longer than reading one
REFUSED = 2


class Ran(NamedTuple):
    """What a command did: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> Iterator[str]:
        """All of it, a line a line."""
        yield f"exit {self.code}"
        yield from self.out.splitlines()
        yield from (f"stderr: {words}" for words in self.err.splitlines())


def papers(*arguments: object) -> Ran:
    """Run a command in this process. A fault is its exit 70, with its last line."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    sys.argv = ["papers", *map(str, arguments)]
    code: Any = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            runpy.run_module("pipeline", run_name="__main__")
        except SystemExit as end:
            code = end.code
        except Exception:  # noqa: BLE001  # a fault of one commit is what to compare
            code = 70
            print(traceback.format_exc().splitlines()[-1], file=sys.stderr)
    out.seek(0)
    err.seek(0)
    return Ran(int(code or 0), pathless(out.read()), pathless(err.read()))


def pathless(words: str) -> str:
    """What was printed, without the folder of this side and that of its commit."""
    for folder in (str(Path.cwd()), os.environ["PYTHONPATH"]):
        words = words.replace(folder, "…")
    return words


def write(path: Path, lines: Iterator[str] | list[str]) -> None:
    """Write lines into a file to compare."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def sample(book: Path, style: str) -> None:
    """All that the commands make of a sample workbook in a style: every edition, and what they print."""
    to = PAPERS / f"{book.stem}-{style}"
    common = ("--style", style, "--output", to / "outputs")
    editions = ("build", book, *common, *TODAY, "--to", "docx,pdf,html,json,csv")
    # A process of its own: the PDF is drawn in others.
    ran = subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, editions)], capture_output=True, encoding="utf-8", check=False
    )  # fmt: skip
    write(to / "build.txt", Ran(ran.returncode, pathless(ran.stdout), pathless(ran.stderr)).lines)
    runs: dict[str, tuple[object, ...]] = {
        "check": ("check", book, *common, *TODAY, "--annotate", "--format", "html"),
        "findings": ("check", book, *common, *TODAY, "--format", "json"),
        "explain": ("check", book, *common, "--explain"),
        "chase": ("chase", book, *common, *TODAY),
        "verify": ("verify", to / "outputs"),
        "new": (
            "new",
            to / "next.xlsx",
            "--from",
            book,
            "--meeting",
            "2027-05-20",
            "--style",
            style,
        ),
    }
    for docx in to.rglob("*.docx"):
        runs["import"] = ("import", docx, to / "imported.xlsx", "--style", style)
    for name, arguments in runs.items():
        write(to / f"{name}.txt", papers(*arguments).lines)


def two_meetings(style: str) -> None:
    """Two final papers of one committee, and what changed between them."""
    to = PAPERS / f"two-meetings-{style}"
    books = [(GIVEN / "first.xlsx", "2027-03-28"), (GIVEN / "second.xlsx", "2027-05-27")]
    for book, meeting in books:
        build = ("build", book, "--meeting", meeting, "--final", "--to", "docx,html,json,csv")
        ran = papers(*build, *TODAY, "--style", style, "--output", to / "outputs")
        write(to / f"{book.stem}.txt", ran.lines)
    for records in sorted(to.rglob("records.json"))[:1]:
        changes = papers(
            "changes", records, books[1][0], "--meeting", "2027-05-27", "--style", style
        )
        write(to / "changes.txt", changes.lines)


def batch(books: list[Path], style: str) -> None:
    """The findings or refusals of some trackers, and the records of those that are not refused."""
    checked = papers(*CHECK, "--style", style, *books)
    complaints = by_name(checked.err, books)
    read = [book for book in books if book.name not in complaints]
    built = papers(*BUILD, "--quiet", "--style", style, "--output", MADE, *read) if read else None
    if len(books) > 1 and (checked.code > REFUSED or (built and built.code)):
        # One of them spoils the run, or two are of one meeting.
        shutil.rmtree(MADE, ignore_errors=True)
        batch(books[: len(books) // 2], style)
        batch(books[len(books) // 2 :], style)
        return
    findings, records = found(checked), made_records()
    for book in books:
        lines = [f"refused: {words}" for words in complaints.get(book.name, [])]
        lines += [line for line in findings if f'"{book.name}' in line]
        lines += [f"built: {words}" for words in built.lines] if built and built.code else []
        lines += [line for about, those in records if about == book.name for line in those]
        write(TRACKERS / f"{book.stem}.txt", lines)


def since(book: Path, before: Path, style: str) -> None:
    """What building a tracker prints and records where there is a paper of the month before."""
    common = (*BUILD, "--style", style, "--output", MADE)
    papers(*common, "--quiet", before)
    for path in MADE.rglob("records.json"):
        last = shutil.move(path, "last.json")
        ran = papers(*common, "--since", last, book)
        lines = [f"said: {words}" for words in ran.lines]
        lines += [line for _, those in made_records() for line in those]
        write(TRACKERS / f"{book.stem}-since.txt", lines)
        return


def found(checked: Ran) -> list[str]:
    """The verdicts and findings that a check printed as JSON, a line each."""
    told = json.loads(checked.out or "{}") if checked.code <= REFUSED else {}
    return [
        f"{kind.removesuffix('s')}: {json.dumps(one, ensure_ascii=False)}"
        for kind, several in told.items()
        for one in several
    ]


def by_name(complaints: str, books: list[Path]) -> dict[str, list[str]]:
    """The lines of complaint by the workbook that they, or a line above them, name."""
    lines: dict[str, list[str]] = {}
    name = books[0].name
    for line in complaints.splitlines():
        name = next((book.name for book in books if book.name in line), name)
        lines.setdefault(name, []).append(line)
    return lines


def made_records() -> list[tuple[str, list[str]]]:
    """The records made since this was last asked, a line a value, each with its workbook's name."""
    records = []
    for path in sorted(MADE.rglob("records.json")):
        whole = json.loads(path.read_text(encoding="utf-8"))
        records.append((whole["paper"]["workbook"], list(values(whole, "record"))))
    shutil.rmtree(MADE, ignore_errors=True)
    return records


def values(whole: Any, name: str) -> Iterator[str]:
    """Each value in some JSON, with the way to it."""
    if isinstance(whole, dict):
        for key, part in whole.items():
            yield from values(part, f"{name}.{key}")
    elif isinstance(whole, list):
        for number, part in enumerate(whole, 1):
            yield from values(part, f"{name} {number}")
    else:
        yield f"{name}: {json.dumps(whole, ensure_ascii=False)}"


def main() -> None:
    """Make this side; the arguments are the styles."""
    styles = sys.argv[1:]
    for style in styles:
        for book in sorted(GIVEN.glob("sample-*.xlsx")):
            sample(book, style)
        two_meetings(style)
    befores = {path.stem.removesuffix("-before"): path for path in GIVEN.glob("t*-before.*")}
    books = [path for path in sorted(GIVEN.glob("t*.*")) if path not in befores.values()]
    for number in range(0, len(books), BATCH):
        style = styles[number // BATCH % len(styles)]
        some = books[number : number + BATCH]
        batch(some, style)
        for book in some:
            if book.stem in befores:
                since(book, befores[book.stem], style)
        gc.collect()  # which the command line switches off


if __name__ == "__main__":
    main()
