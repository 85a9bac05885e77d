"""Papers of many workbooks: made in batches, in the order given, and none lost for another's fault."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from pipeline.render import studio
from tests.whole.test_commands import GOOD, Make, files, make, papers

__all__ = ["make"]  # the fixture
BODIES = ["Tides Board", "Quay Panel", "Ferry Panel", "Lights Board", "Locks Panel", "Pilots Board"]


def books(make: Make, *bodies: str) -> list[Path]:
    """A workbook of each body."""
    return [
        make(GOOD, name=f"{number}.xlsx", titles=[body, "Monitoring – 28 March 2027"])
        for number, body in enumerate(bodies)
    ]


def test_batches_come_in_the_order_given(make: Make, tmp_path: Path) -> None:
    build = ("build", "--jobs", "1", "--to", "html", "--output", tmp_path / "out")
    said = papers(*build, *books(make, *BODIES))  # four, and two
    assert said.exit_code == 0, said.output
    made = re.findall(r"^Made \S+/out/([^/]+)/", said.output.replace("\\", "/"), re.M)
    assert made == [body.lower().replace(" ", "-") for body in BODIES]


def test_a_batch_that_cannot_be_made_stops_no_other(make: Make, tmp_path: Path) -> None:
    out = tmp_path / "out"
    twice = [*BODIES[:4], "Locks Panel", "Locks Panel"]
    build = ("build", "--jobs", "1", "--to", "html", "--output", out)
    said = papers(*build, *books(make, *twice))
    assert said.exit_code == 2
    assert "4.xlsx and 5.xlsx are both Locks Panel, 28/03/2027" in said.stderr
    assert {one.partition("/")[0] for one in files(out)} == {
        body.lower().replace(" ", "-") for body in BODIES[:4]
    }


def test_unusual_letters_are_tried_where_the_paper_is_drawn(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, begun = studio._started, []

    def counted_start(*, counted: bool) -> subprocess.Popen[bytes]:
        begun.append(counted)
        return started(counted=counted)

    monkeypatch.setattr(studio, "_started", counted_start)
    path, out = make(GOOD.replace("They", "✓ They")), tmp_path / "out"
    for edition in ("pdf", "html"):
        made = papers("build", path, "--to", edition, "--output", out)
        assert made.exit_code == 0, made.output
    assert len(begun) == 2  # a process for each build
