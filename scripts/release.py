"""Makes a release: the version of pyproject.toml is checked, built into dist/, and tagged. Nothing is sent anywhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def ran(*command: str) -> str:
    """What a command prints. Exits where it fails, with what it said."""
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}:\n{done.stdout}{done.stderr}")
    return done.stdout


def version() -> str:
    """The version of the project."""
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(said["project"]["version"])


def news(number: str) -> str:
    """What CHANGELOG.md says of a version, its newest. Exits where that is another."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest, words = re.findall(r"^## (.+)\n((?:(?!## ).*\n?)*)", text, re.MULTILINE)[0]
    if newest != number or not words.strip():
        sys.exit(f"CHANGELOG.md begins with {newest}, and pyproject.toml has {number}.")
    return str(words.strip())


def main() -> None:
    """Exit 1, with nothing built or tagged, where anything is not as it should be."""
    number = version()
    words = news(number)
    if ran("git", "status", "--porcelain"):
        sys.exit("There are changes that are not committed.")
    if ran("git", "tag", "--list", f"v{number}"):
        sys.exit(f"v{number} is tagged already: raise the version in pyproject.toml.")
    for target in ("lint", "coverage", "installed", "audit"):
        print(f"make {target} …", flush=True)
        ran("make", target)
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    print(ran(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-t", "wheel"))
    ran("git", "tag", "--annotate", f"v{number}", "--message", f"{number}\n\n{words}")
    print(
        f"Tagged v{number}. Next: git push origin v{number}, and put dist/ where it is fetched from."
    )


if __name__ == "__main__":
    main()
