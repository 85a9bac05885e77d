"""Installs what the PDF needs from the system: Pango with HarfBuzz where a council draws with WeasyPrint, and
the house font's stand-in.

Run by `make` before `.venv` is made, with the Python there is; with `--check` it only says where
WeasyPrint is needed and cannot load. Uses the package manager where there is one and the rights are
there; else it prints the one command to run. Standard library only.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "templates"
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset")
FONT = "Liberation Sans"
SUDO = "" if shutil.which("brew") else "sudo "

# By package manager: how to install, then the libraries and the font there.
MANAGERS = {
    "apt-get": (["apt-get", "install", "-y", "--no-install-recommends"],
                ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"], ["fonts-liberation", "fontconfig"]),
    "dnf": (["dnf", "install", "-y"], ["pango", "harfbuzz"], ["liberation-sans-fonts", "fontconfig"]),
    "zypper": (["zypper", "--non-interactive", "install"], ["libpango-1_0-0", "libharfbuzz-subset0"],
               ["liberation-fonts", "fontconfig"]),
    "pacman": (["pacman", "-S", "--noconfirm", "--needed"], ["pango", "harfbuzz"], ["ttf-liberation", "fontconfig"]),
    "apk": (["apk", "add"], ["pango", "harfbuzz-subset"], ["font-liberation", "fontconfig"]),
    "brew": (["brew", "install"], ["pango"], ["--cask", "font-liberation"]),
}  # fmt: skip


def needs_pango() -> bool:
    """Whether a council draws its PDF with WeasyPrint: the one that PAPERS_STYLE names, else any."""
    named = os.environ.get("PAPERS_STYLE", "")
    styles = (path for path in TEMPLATES.glob("*/house.toml") if named in ("", path.parent.name))
    read = (tomllib.loads(path.read_text(encoding="utf-8")) for path in styles)
    return any(style.get("pdf", {}).get("engine") != "typst" for style in read)


def lacks_library() -> bool:
    """Whether a library that WeasyPrint loads is not found."""
    return any(ctypes.util.find_library(name) is None for name in LIBRARIES)


def lacks_font() -> bool:
    """Whether neither Arial nor its stand-in is there, as far as fontconfig can tell."""
    if sys.platform in ("win32", "darwin"):
        return False  # these have Arial
    listing = shutil.which("fc-list")
    if listing is None:
        return True
    said = subprocess.run(
        [listing, ":", "family"], capture_output=True, text=True, check=False
    ).stdout
    return FONT not in said and "Arial" not in said


def rights(manager: str) -> list[str] | None:
    """What to put before a command so that it may install: nothing, sudo, or None if we may not."""
    if manager == "brew" or (hasattr(os, "geteuid") and os.geteuid() == 0):
        return []
    sudo = shutil.which("sudo")
    may = (
        sudo
        and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
    )
    return [str(sudo), "-n"] if may else None


def install(library: bool, font: bool) -> None:
    """Install what is lacking, or say the one command that would."""
    manager = next((name for name in MANAGERS if shutil.which(name)), None)
    if manager is None:
        print(
            f"setup: this machine lacks {'Pango' if library else FONT}; see README.md, What it needs.",
            file=sys.stderr,
        )
        return
    command, libraries, fonts = MANAGERS[manager]
    packages = libraries * library + fonts * font
    line = [*command, *packages]
    before = rights(manager)
    if before is not None:
        print(f"Installing {' '.join(packages)} (once)…", flush=True)
        if manager == "apt-get":
            subprocess.run([*before, "apt-get", "update", "-qq"], check=False, capture_output=True)
        tried = subprocess.run([*before, *line], check=False, capture_output=True, text=True)
        if tried.returncode == 0:
            return
        why = tried.stderr.strip().splitlines()
        print(
            f"setup: {manager} could not: {why[-1] if why else 'it does not say why'}",
            file=sys.stderr,
        )
    what = "a part of the PDF" if library else f"{FONT}, so papers will look different"
    print(f"setup: this machine lacks {what}. Run: {SUDO}{' '.join(line)}", file=sys.stderr)


def weasyprint_loads() -> bool:
    """Whether WeasyPrint finds its libraries. Run with the Python of `.venv`."""
    tried = subprocess.run(
        [sys.executable, "-c", "import weasyprint"], capture_output=True, check=False
    )
    return tried.returncode == 0


def main() -> None:
    """Install what is missing, or say what is."""
    if "--check" not in sys.argv:
        library, font = needs_pango() and lacks_library(), lacks_font()
        if library or font:
            install(library, font)
    elif needs_pango() and not weasyprint_loads():
        print(
            "setup: the PDF needs Pango, which is not installed: see README.md, What it needs; "
            'or set [pdf] engine = "typst" in the council\'s house.toml.',
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()
