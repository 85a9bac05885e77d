"""Tries the wheel as a stranger would: builds it, installs it with the run-time lock alone in a new environment,
makes a council's folder in an empty one, and looks at the papers there. Needs the network.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import pdfplumber
from lxml import html

ROOT = Path(__file__).parent.parent
COUNCIL = "Quayside District Council"
OTHER = "Wexmouth City Council"  # whose sample it is
WINDOWS = os.name == "nt"
LAUNCHER = (
    "make-the-paper-windows.cmd" if WINDOWS else "make-the-paper-linux.sh"
)  # macOS has the same


def ran(command: list[str | Path], folder: Path, typed: str = "") -> str:
    """What a command prints in a folder, printed here too. Exits where it fails."""
    print("$", *command, flush=True)
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PAPERS", "VIRTUAL"))
    }
    done = subprocess.run(
        command,
        cwd=folder,
        env=own,
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    print(done.stdout + done.stderr, flush=True)
    if done.returncode:
        sys.exit(f"{command[0]} ended with {done.returncode}.")
    return done.stdout


def files(folder: Path) -> dict[str, str]:
    """Every file in a folder but for compiled code, with its SHA-256."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def words(path: Path) -> str:
    """What is read in an edition."""
    if path.suffix == ".docx":
        made = docx.Document(str(path))
        parts = [made.core_properties.author, *(paragraph.text for paragraph in made.paragraphs)]
        return " ".join(part for part in parts if part)
    if path.suffix == ".pdf":
        with pdfplumber.open(path) as pdf:
            return " ".join(page.extract_text() for page in pdf.pages)
    page: Any = html.document_fromstring(path.read_bytes())
    return str(page.text_content())


def installed(folder: Path) -> Path:
    """The folder of an environment's commands in which the wheel is installed, with what it needs."""
    ran([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist"], ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    commands = folder / "venv" / ("Scripts" if WINDOWS else "bin")
    pip: list[str | Path] = [
        commands / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    ran(
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", ROOT / "requirements.lock"],
        folder,
    )
    ran([*pip, "--no-deps", wheel], folder)
    return commands


def main() -> None:
    """Exit 1 where the papers are not there, or not the council's, or the installation has changed."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        commands = installed(folder)
        (package,) = (folder / "venv").rglob("site-packages/pipeline")
        before = files(package)
        empty, ours = folder / "empty", folder / "empty" / "our council"
        empty.mkdir()
        ran(
            [
                commands / "papers",
                "init",
                "our council",
                "--council",
                COUNCIL,
                "--nation",
                "England",
            ],
            empty,
        )
        ran([commands / "papers", "build"], ours)
        ran([commands / "papers", "doctor"], ours)
        editions = sorted(
            path for path in (ours / "outputs").rglob("*.*") if path.suffix != ".json"
        )
        for path in editions:
            said = words(path)
            if COUNCIL not in said or OTHER in said:
                sys.exit(f"{path.name} is not in the name of {COUNCIL}.")
            path.unlink()
        if {path.suffix for path in editions} != {".docx", ".pdf", ".html"}:
            sys.exit(f"These editions were made: {editions}.")
        command: list[str | Path] = ["cmd", "/c", LAUNCHER] if WINDOWS else [ours / LAUNCHER]
        said = ran(command, ours if WINDOWS else folder, typed="\n")
        if (
            f"({COUNCIL})" not in said
            or "NOT READY" not in said
            or not all(map(Path.exists, editions))
        ):
            sys.exit(f"{LAUNCHER} did not make the papers again.")
        if files(package) != before:
            sys.exit("Something was written into the installation.")
    print("The wheel installs, and makes a council's papers.")


if __name__ == "__main__":
    main()
