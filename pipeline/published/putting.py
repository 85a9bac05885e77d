"""Putting files in place: all of a set new, or all as they were, whatever ends the process meanwhile.

What is under way stands in `.papers/` in the output folder, which is gone when nothing is: for each committee
that is written to a lock, and for each set a folder that has its new files, copies of those that they replace,
and a list of both. While the list is called `_REPLACING`, some files may be new and others not, and `restore`
puts the copies back; under any other name nothing has been replaced, or all has.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from pipeline.council.settings import Settings
from pipeline.model.errors import PipelineError
from pipeline.published.folder import SUPERSEDED
from pipeline.published.records import RECORDS_NAME

UNDER_WAY = ".papers"
_STAGING, _REPLACING = "staging.json", "replacing.json"
_PATIENCE = 5.0  # seconds that another writer is waited for
_TICK = 0.1  # seconds
_DEEPEST = 5  # folders between a paper, or one that is superseded, and the output folder
_LOCKED_BYTE = 1 << 30  # beyond what the lock's file says, which Windows else lets nobody read
_OPEN_ELSEWHERE = (
    "Close it if it is open in another program, or choose another folder with --output."
)
_RUN_AGAIN = "Close it if it is open in another program, and run the command again."


class _Placed(Settings, frozen=True):
    """A file of a set, its path from the output folder, the first part being its committee's. `had`: there was one
    before. None is put for `gone`. `folders` had to be made for it, innermost first.
    """

    path: str
    had: bool
    gone: bool = False
    folders: tuple[str, ...] = ()


@contextmanager
def one_writer(output: Path, committees: Iterable[str]) -> Iterator[None]:
    """Nobody else writes the papers of some committees (their folders' names) meanwhile.

    Raises `PipelineError` where somebody does.
    """
    names = sorted(set(committees))
    _refuse_links(output, [output / UNDER_WAY])
    made = _new_folders(output / UNDER_WAY)
    with ExitStack() as stack:
        stack.callback(_take_away, made)  # those in which nothing was put
        with _refused(output):
            for name in names:
                _lock(stack, output / UNDER_WAY, name, _PATIENCE)
            _undo_left(output, names)
        yield


def put(output: Path, files: dict[Path, bytes], gone: Iterable[Path] = ()) -> None:
    """Write every file and take away the others that are `gone`, or leave every one as it was; all below the output
    folder.

    To be called under `one_writer`. Raises `PipelineError` where one cannot be.
    """
    paths = [*sorted(files, key=_turn), *(path for path in gone if path not in files)]
    _refuse_links(output, paths)
    listed = [
        _Placed(
            path=_inside(output, path),
            had=path.exists(),
            gone=path not in files,
            folders=tuple(_inside(output, new) for new in _new_folders(path.parent)),
        )
        for path in paths
    ]
    if not listed:
        return
    work = output / UNDER_WAY / min(_committees(listed))
    try:
        with _refused(output):
            work.mkdir()
            _write(work / _STAGING, msgspec.json.encode(listed))
            for number, one in enumerate(listed):
                path = output / one.path
                path.parent.mkdir(parents=True, exist_ok=True)
                if one.had:
                    _write(work / f"{number}.old", path.read_bytes())
                if not one.gone:
                    _write(work / f"{number}.new", files[path])
            (work / _STAGING).replace(work / _REPLACING)
            for number, one in enumerate(listed):
                if one.gone:
                    (output / one.path).unlink()
                else:
                    (work / f"{number}.new").replace(output / one.path)
            (work / _REPLACING).unlink()  # from here on the new set counts
            _sweep(work)
    finally:  # after Ctrl-C too; once the new set counts, nothing is undone
        _undo(output, work)


def restore(output: Path) -> None:
    """Undo what a command had begun in an output folder when it was ended. Raises `PipelineError` where a file
    cannot be put back.
    """
    if (output / UNDER_WAY).is_dir():
        _refuse_links(output, [output / UNDER_WAY])
        with _refused(output):
            _undo_left(output, ())


def restore_around(path: Path) -> None:
    """Undo what was begun in the output folder that a paper is in, if it is in one."""
    for folder in (path.absolute(), *list(path.absolute().parents)[:_DEEPEST]):
        restore(folder)


def is_unfinished(folder: Path) -> bool:
    """Whether in a folder within an output folder some papers may be new and others not."""
    whole = folder.absolute()
    return any(
        (output / one.path).parent == whole
        for output in list(whole.parents)[:_DEEPEST]
        for work in _sets(output)
        if (work / _REPLACING).exists()
        for one in _read(work)
    )


def write(path: Path, data: bytes, remedy: str = _OPEN_ELSEWHERE) -> None:
    """Write one file whole, or leave it as it was. Raises `PipelineError` with a remedy where it cannot be."""
    if path.exists() and not path.is_file():
        raise PipelineError(f"{path} is no file that can be written.", remedy)
    staged = path.with_name(f".{path.name}.new")
    made = _new_folders(path.parent)
    try:
        with _refused(path, remedy):
            path.parent.mkdir(parents=True, exist_ok=True)
            staged.unlink(missing_ok=True)  # of a command that was killed
            _write(staged, data)
            staged.replace(path)
    finally:  # after Ctrl-C too; once the file is in place, none of these is left
        with suppress(OSError):
            staged.unlink(missing_ok=True)
        _take_away(made)


@contextmanager
def _refused(path: Path, remedy: str = _OPEN_ELSEWHERE, done: str = "written") -> Iterator[None]:
    """What the system refuses is one line, of the file that it is about; of two, the one that was to be replaced."""
    try:
        yield
    except OSError as fault:
        name = fault.filename2 or fault.filename or path
        raise PipelineError(
            f"{name} cannot be {done}: {fault.strerror or fault}.", remedy
        ) from None


def _turn(path: Path) -> tuple[int, str]:
    """In which turn a file is put: what is kept of an older paper first, the records last."""
    turn = 0 if SUPERSEDED in path.parts else 2 if path.name == RECORDS_NAME else 1
    return turn, str(path)


def _write(path: Path, data: bytes) -> None:
    """Write a file that is new: one that is there, or a link, is not written through."""
    with path.open("xb") as file:
        file.write(data)


def _inside(output: Path, path: Path) -> str:
    return path.relative_to(output).as_posix()


def _refuse_links(output: Path, paths: Iterable[Path]) -> None:
    """Raise `PipelineError` where a path leads out of the output folder by a link."""
    inner = {
        folder
        for path in paths
        for folder in (path, *path.parents)
        if len(folder.parts) > len(output.parts)
    }
    for folder in sorted(inner):
        if folder.is_symlink():
            raise PipelineError(
                f"{folder} is a link to another place, and papers are not written through it.",
                "Take the link away, or choose another folder with --output.",
            )


def _new_folders(folder: Path) -> list[Path]:
    """The folders that have to be made for a folder to be there, innermost first."""
    return [path for path in (folder, *folder.parents) if not path.exists()]


def _take_away(folders: Iterable[Path]) -> None:
    """Take away those of some folders that are empty, innermost first."""
    for folder in sorted(folders, key=lambda path: -len(path.parts)):
        with suppress(OSError):
            folder.rmdir()


def _sweep(work: Path) -> None:
    """Take away a set's folder, and `.papers/` if nothing else is under way."""
    for path in work.iterdir():
        path.unlink()
    work.rmdir()


def _sets(output: Path) -> list[Path]:
    """The folders of the sets that are under way, or were when their command was ended."""
    return sorted(path for path in (output / UNDER_WAY).glob("*") if path.is_dir())


def _committees(listed: Iterable[_Placed]) -> set[str]:
    """The committees to whose papers some files belong."""
    return {Path(one.path).parts[0] for one in listed}


def _read(work: Path) -> list[_Placed]:
    """A set's list; an empty one where it is not written yet, or not any more."""
    for name in (_REPLACING, _STAGING):
        try:
            found = msgspec.json.decode((work / name).read_bytes(), type=list[_Placed])
        except FileNotFoundError:
            continue
        except (msgspec.DecodeError, UnicodeError):
            if name == _STAGING:
                continue  # it was being written, and nothing else had been
            raise _damaged(work / name) from None
        paths = [Path(path) for one in found for path in (one.path, *one.folders)]
        if any(path.is_absolute() or ".." in path.parts or path.drive for path in paths):
            raise _damaged(work / name)
        return found
    return []


def _damaged(path: Path) -> PipelineError:
    return PipelineError(
        f"{path} is damaged, and it says which papers are unfinished.",
        "Compare the papers with `papers verify`, put back what is missing, and delete that folder.",
    )


def _undo_left(output: Path, held: Collection[str]) -> None:
    """Undo the sets that ended commands had begun, and take away their locks, but not those of somebody who is
    writing. `held` are the committees whose locks we have.
    """
    work = output / UNDER_WAY
    for one in _sets(output):
        committees = {one.name, *_committees(_read(one))}
        with ExitStack() as stack:
            try:
                for name in sorted(committees - set(held)):
                    _lock(stack, work, name, 0)
            except PipelineError:
                if committees & set(held):
                    raise
                continue
            _undo(output, one)
    for path in work.glob("*.lock"):
        if path.stem not in held:
            with suppress(PipelineError), ExitStack() as stack:
                _lock(stack, work, path.stem, 0)
    _take_away([work])


def _undo(output: Path, work: Path) -> None:
    """Put back what a set has replaced, and take away what it has made; as often as need be."""
    if not work.is_dir():
        return
    begun = _read(work)
    _refuse_links(output, [output / one.path for one in begun])
    with _refused(work, _RUN_AGAIN, "put back"):
        if (work / _REPLACING).exists():
            for number, one in enumerate(begun):
                old = work / f"{number}.old"
                if not one.had:
                    (output / one.path).unlink(missing_ok=True)
                elif old.exists():
                    old.replace(output / one.path)
        _take_away(output / folder for one in begun for folder in one.folders)
        (work / _REPLACING).unlink(missing_ok=True)
        _sweep(work)


def _lock(stack: ExitStack, work: Path, name: str, patience: float) -> None:
    """Lock a committee until a stack is closed; a process that ends loses its locks.

    Raises `PipelineError` where somebody else has it for longer than `patience` in seconds.
    """
    path = work / f"{name}.lock"
    until = time.monotonic() + patience
    while True:
        work.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # `.papers/` was taken away just now
            handle = path.open("ab+")
            if _is_ours(handle, path):
                break
            handle.close()
        if time.monotonic() >= until:
            raise _written_by(path, name)
        time.sleep(_TICK)
    stack.callback(_unlock, handle, path)
    handle.truncate(0)
    handle.write(f"{platform.node()}\n{os.getpid()}\n".encode())
    handle.flush()


def _is_ours(handle: BinaryIO, path: Path) -> bool:
    """Whether a lock's file could be locked, and is the one that others find."""
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(_LOCKED_BYTE)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
            handle.seek(0)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return path.exists() and os.path.samestat(os.fstat(handle.fileno()), path.stat())


def _unlock(handle: BinaryIO, path: Path) -> None:
    """Give a lock back. Its file goes while it is locked, or, as Windows needs it, when it is closed."""
    is_windows = sys.platform == "win32"
    with suppress(OSError):
        if not is_windows:
            path.unlink()
    handle.close()
    with suppress(OSError):
        if is_windows:
            path.unlink()
    _take_away([path.parent])


def _written_by(path: Path, name: str) -> PipelineError:
    """Who has a lock, as its file says."""
    host, process, since = "", "", ""
    with suppress(OSError, ValueError):
        host, process = path.read_text(encoding="utf-8").split("\n")[:2]
        since = f" since {datetime.fromtimestamp(path.stat().st_mtime):%H:%M:%S}"
    who = f"process {process} on {host}" if process else "another papers command"
    return PipelineError(
        f"The papers of {name} are being written by {who}{since}.", "Wait until it is done, and run it again."
    )  # fmt: skip
