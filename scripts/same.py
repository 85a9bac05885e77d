"""Compares what two commits make, and prints what differs: nothing where nothing does.

Both sides, another commit and the files as they are here, run on this machine with the same libraries over
the same workbooks: the samples in every style and edition, byte for byte, with what the other commands
make and print of them; two meetings of one committee; and some thousand random trackers, some with a
paper of the month before: their findings and records, or why they are refused. Exit 1 where anything differs.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from difflib import SequenceMatcher
from functools import partial
from io import BytesIO
from itertools import chain, zip_longest
from pathlib import Path
from zipfile import ZipFile

import pikepdf

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, from anywhere

from scripts import bench, random_trackers  # noqa: E402

WORK = ROOT / ".same"  # left where something differs, to be looked at
SIDES = ("base", "now")
WITH_HISTORY = 6  # every so many trackers have a paper before
SHOWN, KINDS, NAMED = (
    2,
    12,
    20,
)  # trackers printed of each kind of difference, of so many kinds; and named
LINES = 4  # of each
WINDOW = 60  # lines after the first difference among which others are looked for
BEFORE, WIDTH, LABEL = 30, 150, 60  # characters before a difference, in all, and of a line's label


def given(folder: Path, trackers: int, first: int) -> None:
    """Write the workbooks that both sides are given."""
    folder.mkdir(parents=True)
    for book in sorted((ROOT / "inputs").glob("*.xlsx")):
        shutil.copy(book, folder / f"sample-{book.name}")
    bench.remembered(folder / "first.xlsx", folder / "second.xlsx")
    with ProcessPoolExecutor() as pool:
        numbers = range(first, first + trackers)
        list(pool.map(partial(write_tracker, folder), numbers, chunksize=50))


def write_tracker(folder: Path, number: int) -> None:
    """Write a random tracker, and now and then that of the month before."""
    random_trackers.write(random_trackers.tracker(number), folder / f"t{number:05}")
    if number % WITH_HISTORY == 0:
        random_trackers.write(random_trackers.earlier(number), folder / f"t{number:05}-before")


def side(name: str, checkout: Path, styles: list[str]) -> subprocess.Popen[bytes]:
    """Start making a side."""
    folder = WORK / name
    folder.mkdir()
    script = Path(__file__).with_name("same_side.py")
    environment = {**os.environ, "PYTHONPATH": str(checkout), "PYTHONUTF8": "1"}
    environment.pop("PAPERS_STYLE", None)
    return subprocess.Popen([sys.executable, str(script), *styles], cwd=folder, env=environment)


def snapshot(folder: Path) -> None:
    """Copy the files as they are now, so that work on them can go on."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    for path in (ROOT / name for name in listed.split("\0") if name):
        if path.is_file():  # and not removed meanwhile
            copy = folder / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def make(base: str, trackers: int, first: int) -> None:
    """Make both sides. Exits with one line where there is no such commit, or a side could not be made."""
    checkout, copied = WORK / "base-code", WORK / "now-code"
    git = ["git", "-C", str(ROOT), "worktree"]
    shutil.rmtree(WORK, ignore_errors=True)
    subprocess.run([*git, "prune"], check=True)
    snapshot(copied)
    added = subprocess.run(
        [*git, "add", "--quiet", "--detach", str(checkout), base],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if added.returncode:
        sys.exit(f"same: {added.stderr.strip()}")
    styles = sorted(path.parent.name for path in (ROOT / "templates").glob("*/house.toml"))
    started = []
    try:
        given(WORK / "given", trackers, first)
        started = [side("base", checkout, styles), side("now", copied, styles)]
        failed = [name for name, one in zip(SIDES, started, strict=True) if one.wait()]
    finally:
        for one in started:
            one.kill()
        subprocess.run([*git, "remove", "--force", str(checkout)], check=False)
    if failed:
        sys.exit(f"same: {' and '.join(failed)} could not be made; see above.")


def files(name: str) -> set[Path]:
    """What a side has to compare."""
    folder = WORK / name
    made = chain(*((folder / kind).rglob("*") for kind in ("papers", "trackers")))
    return {path.relative_to(folder) for path in made if path.is_file()}


def differing() -> dict[Path, list[str]]:
    """The differing files, each with its first differing lines."""
    found = {}
    for path in sorted(files("base") | files("now")):
        old, new = (WORK / name / path for name in SIDES)
        if not (old.exists() and new.exists()):
            found[path] = ["only in base" if old.exists() else "only now"]
        elif old.read_bytes() != new.read_bytes():
            found[path] = list(changed(lines_of(old), lines_of(new))) or [
                "other bytes, same content"
            ]
    return found


def lines_of(path: Path) -> list[str]:
    """What is in a file as lines that can be compared: of a DOCX or workbook its parts, of a PDF its objects."""
    data = path.read_bytes()
    if path.suffix in (".docx", ".xlsx"):
        with ZipFile(path) as parts:
            texts = {name: parts.read(name).decode("utf-8", "replace") for name in parts.namelist()}
        return [
            f"{name}: {line}" for name, text in texts.items() for line in text.replace("><", ">\n<").splitlines()
        ]  # fmt: skip
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            unpacked = BytesIO()
            pdf.save(unpacked, qdf=True, static_id=True)
        data = unpacked.getvalue()
    return data.decode("utf-8", "replace").splitlines()


def changed(old: list[str], new: list[str]) -> Iterator[str]:
    """The first differing lines, each from a little before where it differs."""
    start = alike(old, new)
    end = alike(old[:start:-1], new[:start:-1])
    old, new = (lines[start : len(lines) - end][:WINDOW] for lines in (old, new))
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for before, now in zip_longest(old[a:b], new[c:d]) if tag != "equal" else ():
            at = max(0, alike(before or "", now or "") - BEFORE)
            for sign, line in (("-", before), ("+", now)):
                if line is not None:
                    yield f"{sign} {excerpt(line, at)}"


def alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines, or letters, are the same from the start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


def excerpt(line: str, at: int) -> str:
    """As much of a line as can be shown, from a place on; its label stays."""
    start = line.find(": ", 0, LABEL) + 2
    return line[:WIDTH] if at <= start else f"{line[:start]}…{line[at : at + WIDTH]}"


def kind_of(line: str) -> str:
    """What a differing line of a tracker is of: a finding, or which field of the records."""
    return re.sub(r" \d+", "", line[2:].split(": ", maxsplit=1)[0])


def report(found: dict[Path, list[str]], trackers: int) -> None:
    """Print what differs: each file of a paper, and some trackers of each kind of difference."""
    of_papers = {path: lines for path, lines in found.items() if path.parts[0] == "papers"}
    kinds: dict[str, list[Path]] = {}
    for path, lines in found.items():
        if path not in of_papers:
            kinds.setdefault(", ".join(sorted(set(map(kind_of, lines)))), []).append(path)
    for path, lines in of_papers.items():
        print(path.as_posix(), *(f"  {line}" for line in lines[:LINES]), sep="\n")
    for number, (kind, paths) in enumerate(sorted(kinds.items(), key=lambda one: -len(one[1]))):
        names = " ".join(path.stem for path in paths[:NAMED])
        print(f"{kind}: {len(paths)} ({names}{' …' if len(paths) > NAMED else ''})")
        for path in paths[: SHOWN if number < KINDS else 0]:
            print(f"  {path.stem}", *(f"    {line}" for line in found[path][:LINES]), sep="\n")
    print(
        f"{len(of_papers)} files of papers and {len(found) - len(of_papers)} of {trackers:,} trackers differ.\n"
        f"Both sides are in {WORK.name}; git diff --no-index shows all that differs in a file."
    )


def main() -> int:
    """Compare; 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", help="The commit to compare with.")
    parser.add_argument("--trackers", type=int, default=3000, help="How many random trackers.")
    parser.add_argument("--first", type=int, default=0, help="The number of the first.")
    asked = parser.parse_args()
    make(asked.base, asked.trackers, asked.first)
    found = differing()
    if found:
        report(found, asked.trackers)
        return 1
    shutil.rmtree(WORK)
    return 0


if __name__ == "__main__":
    sys.exit(main())
