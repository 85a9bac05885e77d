"""What no linter looks for: code that nothing calls, and what works on one system alone."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
import yaml  # type: ignore[import-untyped]  # ships no types
from vulture import Vulture  # type: ignore[import-untyped]  # ships no types

from pipeline.published.folder import file_name

ROOT = Path(__file__).parents[2]
CODE = [path for part in ("pipeline", "scripts") for path in (ROOT / part).rglob("*.py")]
SAMPLE = ROOT / "inputs" / "children-and-learning-scrutiny-panel.xlsx"

# Called by others: click, WeasyPrint, the process that draws; and what stands in the data, or in `getattr`.
CALLED = [
    "get_*",
    "list_commands",
    "format_commands",
    "fetch",
    "serve",
    "read_*",
    "n_*",
    "due_words",
    "completed_words",
    "responded*",
    "original_due*",
    "priority",
    "percent",
    "style_sha256",
]
KINDS = {"function", "method", "class", "property", "variable", "import", "unreachable_code"}

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.I)
FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$')
LONGEST_PATH = 150  # of the 260 letters that Windows has for a whole path


def tracked() -> list[str]:
    """Every file of the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    ).stdout
    return listed.decode("utf-8").split("\0")[:-1]


def test_no_code_is_there_that_nothing_calls() -> None:
    found = Vulture(ignore_names=CALLED, ignore_decorators=["@check*"])
    templates = "\n".join(path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.j2"))
    found.scavenge([str(ROOT / "pipeline"), str(ROOT / "scripts")])
    unused = [
        f"{item.filename.relative_to(ROOT)}:{item.first_lineno} {item.name}"
        for item in found.get_unused_code()
        if item.typ in KINDS and item.confidence < 100 and item.name not in templates
    ]
    assert unused == []


def forbidden(path: str) -> bool:
    """Whether Windows cannot have a file of that name."""
    parts = PurePosixPath(path).parts
    return len(path) > LONGEST_PATH or any(
        RESERVED.fullmatch(p) or FORBIDDEN.search(p) for p in parts
    )


@pytest.mark.parametrize(
    "name", ["a/con.toml", "NUL", "lpt1.txt", "a:b", "what?", "end.", "end /x", "x" * 151]
)
def test_such_a_name_is_known(name: str) -> None:
    assert forbidden(name)


def test_windows_can_have_every_file() -> None:
    names = tracked()
    if not names:
        pytest.skip("this is no checkout of git")
    assert [name for name in names if forbidden(name)] == []
    assert [name for name, count in Counter(map(str.casefold, names)).items() if count > 1] == []


@pytest.mark.parametrize("words", ["Con", "NUL", "com1", "Part: one?", "a. ", 'a"b', "x" * 300])
def test_windows_can_have_every_paper(words: str) -> None:
    assert not forbidden(f"outputs/{file_name(words)}/2027-01-14")


def test_what_a_forge_reads_can_be_read() -> None:
    paths = [*(ROOT / ".github").rglob("*.yml"), ROOT / ".pre-commit-config.yaml"]
    for path in paths:
        assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict), path
    assert len(paths) > 1


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call in the code: its place, the name that is called, and itself."""
    for path in CODE:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                name = getattr(call.func, "attr", getattr(call.func, "id", ""))
                yield f"{path.relative_to(ROOT)}:{call.lineno}", name, call


def follows_the_system(name: str, call: ast.Call) -> bool:
    """Whether a call writes days as one system or language does, or text in the machine's encoding."""
    if name in ("strftime", "strptime"):
        return re.search(r"%[-#EO]|%[aAbBcpxX]", ast.unparse(call)) is not None
    is_bytes = ast.unparse(call.func) in ("pikepdf.open", "pdfplumber.open", "os.open")
    if is_bytes or any(one.arg in ("encoding", None) for one in call.keywords):
        return False
    if name in ("read_text", "write_text"):
        return len(call.args) < (1 if name == "read_text" else 2)
    modes = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
    return name in ("open", "fdopen") and not any("b" in str(mode) for mode in modes)


@pytest.mark.parametrize(
    ("code", "is_so"),
    [
        ('day.strftime("%-d %m")', True), ('day.strftime("%d %B")', True), ('day.strftime("%d/%m")', False),
        ("path.read_text()", True), ('path.read_text("utf-8")', False), ("path.write_text(words)", True),
        ('path.write_text(words, encoding="utf-8")', False), ("open(path)", True), ('path.open("w")', True),
        ('path.open("wb")', False), ('open(path, "rb")', False),
    ],
)  # fmt: skip
def test_such_a_call_is_known(code: str, is_so: bool) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    assert follows_the_system(name, call) == is_so


def test_no_call_follows_one_system() -> None:
    assert [place for place, name, call in calls() if follows_the_system(name, call)] == []


def test_a_machine_without_utf_8_makes_the_same_papers(tmp_path: Path) -> None:
    made = []
    for name, settings in (
        ("utf-8", {"PYTHONUTF8": "1"}),
        ("ascii", {"PYTHONUTF8": "0", "LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}),
        ("windows", {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp437"}),
    ):
        command = [sys.executable, "-m", "pipeline", "build", "--to", "html,csv,json"]
        done = subprocess.run(
            [*command, "--output", str(tmp_path / name), str(SAMPLE)],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **settings},
            capture_output=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b""), name
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.*")})
    assert len(made[0]) == 3
    assert made[0] == made[1] == made[2]
