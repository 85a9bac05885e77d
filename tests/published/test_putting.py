"""A set of files is put in place whole or not at all, whoever ends the command, and by one writer at a time."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.cli import main
from pipeline.model.errors import PipelineError
from pipeline.published import putting
from pipeline.published.putting import is_unfinished, one_writer, put, restore
from tests.whole.test_commands import GOOD, OPEN, Make, make, papers

__all__ = ["make"]  # the fixture
FOLDER = "harbour-scrutiny-panel/2027-03-28"
BETTER = GOOD.replace("They were sent", "They were sent twice")
TODAY = ("--today", "1/3/2027")
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"}
KILLED = 9
LOCK = (".papers", ".papers/harbour-scrutiny-panel.lock")
MOST = 200  # steps of a command

Stop = Callable[[str], None]  # is given the file that is about to be written, if one is

needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="hundreds of new processes are slow"
)


def tree(folder: Path) -> dict[str, bytes | None]:
    """All that is in a folder: files with their bytes, and folders."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def stopped_at(step: int, folder: Path, work: Callable[[], object], stop: Stop) -> int:
    """The exit code of some work in a process that is stopped before its change of that number in a folder."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    gc.disable()  # as the command does; it would go over, and so copy, all that other tests have left
    count = 0

    def watch(event: str, given: tuple[Any, ...]) -> None:
        nonlocal count
        is_change = event in CHANGES or (
            event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if not is_change or not str(given[0]).startswith(str(folder)):
            return
        count += 1
        if count == step:
            stop(str(given[0]) if event == "open" else "")

    code = 70
    try:
        sys.addaudithook(watch)
        work()
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        os._exit(code)


def interrupt(opening: str) -> None:  # noqa: ARG001
    raise KeyboardInterrupt


def kill(opening: str) -> None:
    if opening:
        Path(opening).touch()
    os._exit(KILLED)


def scenes(make: Make, folder: Path) -> Iterator[tuple[str, Path, list[str]]]:
    """Each kind of build: its name, an output folder as it was before, and the command."""
    options = ["--to", "csv,json", *TODAY, "--output"]
    old, new = make(GOOD, name="old.xlsx"), make(BETTER, name="new.xlsx")
    started = make(GOOD, OPEN, name="started.xlsx")
    for name, before, command in (
        ("draft", [started], ["build", str(new)]),
        ("final", [started], ["build", str(new), "--final"]),
        (
            "replace",
            [old, "--final"],
            ["build", str(new), "--final", "--replace", "--reason", "Put right"],
        ),
    ):
        out = folder / name
        assert papers("build", *before, *options, out).exit_code == 0
        yield name, out, [*command, *options]


@needs_fork
@pytest.mark.parametrize("stop", [kill, interrupt], ids=["killed", "interrupted"])
@pytest.mark.parametrize("stride", [3, pytest.param(1, marks=pytest.mark.matrix)])
def test_stopped_anywhere_it_leaves_the_old_set_or_the_new_one(
    make: Make, tmp_path: Path, stop: Stop, stride: int
) -> None:
    unfinished: list[str] = []
    whole, out = tmp_path / "whole", tmp_path / "out"
    for number, (name, before, command) in enumerate(scenes(make, tmp_path)):
        shutil.copytree(before, whole)
        assert papers(*command, whole).exit_code == 0
        old, new = tree(before), tree(whole)
        assert old != new
        for step in range(1 + number % stride, MOST, stride):
            shutil.copytree(before, out)
            code = stopped_at(step, out, lambda c=command: main([*c, str(out)]), stop)  # type: ignore[misc]
            if code == 0:
                assert step > len(new)  # there was something to stop
                shutil.rmtree(out)
                break
            if is_unfinished(out / FOLDER):
                unfinished.append(f"{name} {step}")
                said = papers("verify", out)
                assert (said.exit_code, "It is unfinished" in said.output) == (1, True), said.output
            else:
                public = {key: data for key, data in tree(out).items() if ".papers" not in key}
                empty = {key for key, data in public.items() if data is None}
                assert {key: data for key, data in public.items() if key not in empty} in (
                    {key: data for key, data in old.items() if data is not None},
                    {key: data for key, data in new.items() if data is not None},
                ), (name, step)
            if stop is interrupt:
                assert code == 130
                left = {key: data for key, data in tree(out).items() if key not in LOCK}
                assert left in (old, new), (name, step)
            assert papers("check", tmp_path / "in" / "new.xlsx", "--output", out).exit_code in (
                0,
                1,
            )
            assert tree(out) in (old, new), (name, step)
            shutil.rmtree(out)
        else:
            pytest.fail("it never ended")
        shutil.rmtree(whole)
    assert bool(unfinished) == (stop is not interrupt)


def half_done(out: Path) -> dict[str, bytes | None]:
    """Makes an output folder whose command was killed in the midst of replacing; returns what it was before."""
    folder = out / "panel"

    def work() -> None:
        files = {folder / name: b"new" for name in ("one", "two", "new/four")}
        with one_writer(out, ["panel"]):
            put(out, files, [folder / "three"])

    for step in range(1, MOST):
        folder.mkdir(parents=True)
        for name in ("one", "two", "three"):
            (folder / name).write_bytes(b"old")
        before = tree(out)
        assert stopped_at(step, out, work, kill) == KILLED
        if ((folder / "one").read_bytes(), (folder / "two").read_bytes()) == (b"new", b"old"):
            break
        shutil.rmtree(out)
    return before


@needs_fork
def test_putting_back_can_be_stopped_too(tmp_path: Path) -> None:
    before = half_done(tmp_path / "half")
    out = tmp_path / "out"
    for step in range(1, MOST):
        shutil.copytree(tmp_path / "half", out)
        code = stopped_at(step, out, lambda: restore(out), kill)
        restore(out)
        assert tree(out) == before, step
        shutil.rmtree(out)
        if code == 0:
            return
    pytest.fail("it never ended")


@needs_fork
def test_a_list_that_is_damaged_or_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    half_done(out)
    (listed,) = out.rglob("replacing.json")
    whole = listed.read_text()
    for text in (
        whole[:-9],
        whole.replace("panel/one", "../one"),
        whole.replace("panel/one", "/one"),
    ):
        listed.write_text(text)
        result = papers("verify", out / "panel" / "one")
        assert result.exit_code == 2
        with pytest.raises(PipelineError, match="is damaged"):
            restore(out)


def test_one_that_cannot_be_replaced_leaves_all_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "panel" / "b").mkdir(parents=True)
    (tmp_path / "panel" / "a").write_bytes(b"old")
    before = tree(tmp_path)
    files = {tmp_path / "panel" / "a": b"new", tmp_path / "panel" / "b": b"new"}
    with pytest.raises(PipelineError, match="b cannot be written"), one_writer(tmp_path, ["panel"]):
        put(tmp_path, files)
    assert tree(tmp_path) == before


def test_a_second_writer_is_told_who_is_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(putting, "_PATIENCE", 0.2)
    with one_writer(tmp_path, ["panel", "quay"]):
        said = rf"of quay are being written by process {os.getpid()} on \S+ since \d\d:\d\d:\d\d\.$"
        with pytest.raises(PipelineError, match=said), one_writer(tmp_path, ["quay", "tides"]):
            pytest.fail("two are writing")
        with one_writer(tmp_path, ["tides"]):
            pass
    assert tree(tmp_path) == {}


@needs_fork
def test_a_dead_process_has_no_lock(tmp_path: Path) -> None:
    def work() -> None:
        with one_writer(tmp_path, ["panel"]):
            os._exit(KILLED)

    assert stopped_at(0, tmp_path, work, interrupt) == KILLED
    assert list(tmp_path.rglob("*.lock"))
    with one_writer(tmp_path, ["panel"]):
        pass
    assert tree(tmp_path) == {}


def test_what_was_published_meanwhile_stays(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, out = make(GOOD, name="old.xlsx"), make(BETTER, name="new.xlsx"), tmp_path / "out"
    original = putting.one_writer

    def late(folder: Path, committees: list[str]) -> Any:
        monkeypatch.setattr("pipeline.commands.making.one_writer", original)
        assert (
            papers("build", old, "--final", "--to", "html", *TODAY, "--output", out).exit_code == 0
        )
        return original(folder, committees)

    monkeypatch.setattr("pipeline.commands.making.one_writer", late)
    result = papers("build", new, "--to", "html", *TODAY, "--output", out)
    assert (result.exit_code, "has published it meanwhile" in result.output) == (2, True)
    assert b"sent twice" not in next((out / FOLDER).glob("*.html")).read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="making a link needs rights there")
def test_nothing_is_written_through_a_link(make: Make, tmp_path: Path) -> None:
    elsewhere, out = tmp_path / "elsewhere", tmp_path / "out"
    elsewhere.mkdir()
    for link in (out / "harbour-scrutiny-panel", out / FOLDER, out / ".papers"):
        link.parent.mkdir(parents=True)
        link.symlink_to(elsewhere, target_is_directory=True)
        result = papers("build", make(GOOD), "--to", "html", "--output", out)
        assert (result.exit_code, "is a link to another place" in result.output) == (2, True)
        assert tree(elsewhere) == {}
        shutil.rmtree(out)
