"""What the tests share: a tracker written as one would type it, and the sample council's settings."""

from __future__ import annotations

import gc
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as ExcelWorkbook

from pipeline import line
from pipeline.check import run
from pipeline.check.run import findings
from pipeline.check.seen import Context
from pipeline.council import columns, house, settings
from pipeline.council.own_words import columns_of
from pipeline.council.rules import Rules
from pipeline.ingest.read import workbook_at
from pipeline.normalise import trackers
from pipeline.normalise.tracker import Tracker
from pipeline.normalise.trackers import Asked
from tests.engines import ENGINES

HEADINGS = "Date | Title | Action proposed | Action Taken | Progress Status"
# Loading it takes as long as the checks of a short tracker.
WEXMOUTH = line.council("wexmouth")
TITLES = ["Harbour Scrutiny Panel", "Scrutiny Monitoring – 28 March 2027"]

Read = Callable[..., Tracker]
Office = Callable[..., Any]
AddToCouncil = Callable[[str], None]


def as_typed(book: ExcelWorkbook) -> None:
    """No change."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Two workers take the longest modules first, those from a workbook to its papers, and so end together."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.path, reverse=True)


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and is not gone through for garbage again and again."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--renew`, which `make goldens` gives."""
    parser.addoption("--renew", action="store_true", help="write tests/goldens as they are made")


@pytest.fixture(scope="session")
def renew(pytestconfig: pytest.Config) -> bool:
    """Whether goldens are written, and not compared with."""
    return bool(pytestconfig.getoption("renew"))


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice, which makes of each file another in a folder, and gives their paths, or the path of one.
    Its settings are made once, and it is started once for several files: that takes longer than its work.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(tmp_path_factory.mktemp('office') / 'profile').as_uri()}"

    def converted(given: Path | list[Path], to: str, folder: Path, *options: str) -> Any:
        paths = [given] if isinstance(given, Path) else given
        command = [program, profile, "--headless", *options, "--convert-to", to]
        subprocess.run(
            [*command, "--outdir", str(folder), *map(str, paths)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        made = [folder / f"{path.stem}.{to.split(':', maxsplit=1)[0]}" for path in paths]
        return made[0] if isinstance(given, Path) else made

    return converted


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine that draws the PDF."""
    return str(request.param)


@pytest.fixture(scope="session")
def known() -> columns.Columns:
    return columns_of("wexmouth")


@pytest.fixture(scope="session")
def rules() -> Rules:
    return run.rules_of("wexmouth")


@pytest.fixture(scope="session")
def house_style() -> house.HouseStyle:
    return house.house_of("wexmouth")


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AddToCouncil:
    """A council that is Wexmouth but for what is added to its checks.toml."""

    def add(toml: str) -> None:
        folder = tmp_path / "templates" / "wexmouth"
        shutil.copytree(settings.TEMPLATES / "wexmouth", folder)
        with (folder / "checks.toml").open("a", encoding="utf-8") as rules:
            rules.write(toml)
        monkeypatch.chdir(tmp_path)

    return add


@pytest.fixture
def read(tmp_path: Path, known: columns.Columns) -> Read:
    """Read a sheet typed as lines of cells with bars between them; `change` works on it in openpyxl."""

    def read_lines(
        *rows: str,
        headings: str = HEADINGS,
        titles: list[str] = TITLES,
        change: Callable[[ExcelWorkbook], None] = as_typed,
    ) -> Tracker:
        book = ExcelWorkbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Actions"
        for number, row in enumerate([*titles, headings, *rows], 1):
            for column, cell in enumerate(row.split("|"), 1):
                if cell.strip():
                    sheet.cell(number, column, cell.strip().replace("\\n", "\n"))
        change(book)
        path = tmp_path / "tracker.xlsx"
        book.save(path)
        made = trackers.trackers_of(workbook_at(path), known, Asked(paper="Monitoring"))
        assert len(made) == 1
        return made[0]

    return read_lines


@pytest.fixture
def found(known: columns.Columns, rules: Rules) -> Callable[[Tracker], list[tuple[str, str]]]:
    """The findings on a tracker: (cell, check), in order."""

    def run(tracker: Tracker) -> list[tuple[str, str]]:
        return [(f.place.cell, f.check) for f in findings(Context(tracker, known, rules))]

    return run
