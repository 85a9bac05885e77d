"""The rooms of the code are those of the picture in docs/architecture.md, and no module imports from above."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "pipeline"
MOST_FLOORS = 16
NO_ROOM = {"__init__", "__main__"}


def floors_of_rooms() -> list[list[str]]:
    """The rooms of the picture, lowest floor first."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    picture = re.search(r"^## Rooms\n.*?```text\n(.*?)```", page, re.DOTALL | re.MULTILINE)
    assert picture, "docs/architecture.md has no picture under 'Rooms'"
    names = [re.findall(r"(\w+)/|(line)\.py", line) for line in picture[1].splitlines()]
    return [[room or line for room, line in found] for found in reversed(names) if found]


def modules() -> dict[str, Path]:
    """Every module of the package, such as `pipeline.check.run`, and its file."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports() -> dict[str, set[str]]:
    """What each module imports of the package: at its top, for types alone, and inside functions."""
    known = modules()
    found: dict[str, set[str]] = {}
    for name, path in known.items():
        tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        found[name] = {
            whole if (whole := f"{node.module}.{alias.name}") in known else str(node.module)
            for node in tree
            if isinstance(node, ast.ImportFrom)
            and str(node.module).split(".", maxsplit=1)[0] == PACKAGE.name
            for alias in node.names
        } - {name}
    return found


def room_of(module: str) -> str:
    """The room that a module is in: `check` of `pipeline.check.run`."""
    return [*module.split("."), "__init__"][1]


def test_the_picture_has_every_room_and_no_other() -> None:
    drawn = [room for floor in floors_of_rooms() for room in floor]
    assert sorted(drawn) == sorted({room_of(module) for module in modules()} - NO_ROOM)


def test_only_the_line_and_the_entry_stand_loose() -> None:
    loose = {path.name for path in PACKAGE.glob("*.py")}
    assert loose == {"__init__.py", "__main__.py", "line.py"}


def test_no_module_imports_from_a_room_above_it_or_beside_it() -> None:
    floor_of = {room: n for n, floor in enumerate(floors_of_rooms()) for room in floor}
    wrong = [
        f"{module} imports {other}"
        for module, others in imports().items()
        for other in others
        if room_of(module) != room_of(other)
        and room_of(module) not in NO_ROOM
        and floor_of[room_of(other)] >= floor_of[room_of(module)]
    ]
    assert wrong == []


def test_imports_make_no_circle_and_few_floors() -> None:
    height: dict[str, int] = {}
    known = imports()
    for module in TopologicalSorter(known).static_order():  # raises CycleError
        height[module] = 1 + max((height[other] for other in known[module]), default=0)
    assert max(height.values()) <= MOST_FLOORS


def test_every_import_of_the_package_is_of_a_known_form() -> None:
    """`import pipeline.x` and relative imports would pass the other tests unseen."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert not any(name.name.startswith(PACKAGE.name) for name in node.names), path
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, path
