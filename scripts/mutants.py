"""Changes the code a little at a time, and shows the changes that no test notices. mutmut does it.

It does not change what stands outside functions (constants, patterns), nor functions under a decorator
that is not named here.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import libcst as cst
from mutmut import __main__ as tool
from mutmut.configuration import config
from mutmut.mutation import file_mutation
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.runners.harness import PytestRunner
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

# A function under these is copied without them:
DECORATORS = {"check", "check_at", "property", "cached_property"}
UNNOTICED = {"survived", "no tests"}
ARRANGED, SKIPPED, RUN = (
    file_mutation.function_trampoline_arrangement,
    file_mutation.MutationVisitor._skip_node_and_children,
    PytestRunner.run_tests,
)


def is_plain(function: cst.FunctionDef) -> bool:
    """Whether a function's decorators may be left off its changed copies."""
    names = (one.decorator for one in function.decorators)
    called = (name.func if isinstance(name, cst.Call) else name for name in names)
    return {getattr(name, "value", "") for name in called} <= DECORATORS


def is_skipped(visitor: file_mutation.MutationVisitor, node: cst.CSTNode) -> bool:
    """Whether a part of the code is left as it is."""
    if isinstance(node, cst.FunctionDef) and node.decorators and is_plain(node):
        return False
    return SKIPPED(visitor, node)


def arranged(function: cst.FunctionDef, changes: Iterable[Any], class_name: str | None) -> Any:
    """A function's changed copies, and what chooses between them under the function's own decorators."""
    bare = function.with_changes(decorators=[])
    declared, (chooser, *copies), listed, names = ARRANGED(bare, changes, class_name)
    assert isinstance(chooser, cst.FunctionDef)
    decorated = chooser.with_changes(decorators=[*function.decorators, *chooser.decorators])
    return declared, [decorated, *copies], listed, names


def run_tests(runner: PytestRunner, *, mutant_name: str | None, tests: Iterable[str]) -> int:
    """Run the changed module's own tests, and the others only where those notice nothing: most changes end there."""
    if mutant_name is None:
        return RUN(runner, mutant_name=None, tests=tests)
    _, *room, module, _ = mutant_name.split(".")
    own = f"{'/'.join(['tests', *room])}/test_{module}.py::"
    parts: dict[bool, list[str]] = {True: [], False: []}
    for test in tests:
        parts[test.startswith(own)].append(test)
    ends = (RUN(runner, mutant_name=mutant_name, tests=part) for part in parts.values() if part)
    return next(filter(None, ends), 0)


def main(named: list[str]) -> None:
    """Run the tests on every change to what is named, else to all that is configured.

    A folder, a module, or a function of one: `pipeline/council/dates.py::newest_entry`.
    """
    file_mutation.MutationVisitor._skip_node_and_children = is_skipped  # type: ignore[assignment, method-assign]
    file_mutation.function_trampoline_arrangement = arranged  # type: ignore[assignment]
    PytestRunner.run_tests = run_tests  # type: ignore[assignment, method-assign]
    parts = [name.partition("::") for name in named]
    if parts:
        config().only_mutate = [
            path if Path(path).is_file() else f"{path}/*.py" for path, _, _ in parts
        ]
    shutil.rmtree("mutants", ignore_errors=True)  # what was not changed before would not be now
    tool._run([f"*{function}__mutmut_*" for _, _, function in parts if function], 1)
    for path in sorted(walk_mutatable_files()):
        report(SourceFileMutationData(path=path))


def report(changed: SourceFileMutationData) -> None:
    """Print the changes to a module that no test noticed, and how many of its changes there were."""
    changed.load()
    ends = {name: status_by_exit_code[code] for name, code in changed.exit_code_by_key.items()}
    for name, end in ends.items():
        if end in UNNOTICED:
            print(f"\n{end}: {name}\n{get_diff_for_mutant(name, path=changed.path)}")
    counts = ", ".join(f"{count} {end}" for end, count in sorted(Counter(ends.values()).items()))
    print(f"{changed.path}: {counts or 'nothing to change'}")


if __name__ == "__main__":
    main(sys.argv[1:])
