"""Change files a little, thousands of times, and read them with every reader: none may crash, stall or take too much.

A refusal is right, and so is a workbook. What else comes out is made as small as Hypothesis can, and kept in
`.torture/`. Cases run in another process, so that an abort is seen too.
"""

from __future__ import annotations

import subprocess
import sys
import time
import traceback
import zipfile
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from io import BytesIO
from multiprocessing import active_children
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky

from pipeline import line
from pipeline.ingest import read
from pipeline.model.errors import PipelineError
from pipeline.published import paper_book, verify

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".torture"
SLOWEST, LARGEST = 20.0, 800  # seconds of CPU and MB that no file may take
PAPERS = (".docx", ".html", ".pdf", ".json")
BYTES = [
    b"", b"\0", b"<", b'"', b"&#0;", b"-1", b"99999999999", b"1e400", b"nan", b"\xff\xfe", b"\xd8\x00", b"(" * 999,
    b"<b>" * 5000, b"<td rowspan=65534 colspan=1000>", b" " * 9999, b"1" * 32767, b"\x1b[2J",
]  # fmt: skip
CHANGE = st.tuples(st.floats(0, 1), st.integers(0, 60), st.sampled_from(BYTES) | st.binary())


def peak() -> int:
    """The most memory that this process has had (MB); 0 where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def verified(path: Path) -> list[str]:
    """What in a published paper does not agree with its records."""
    return list(verify.differences([verify.edition_at(path)]))


def tried(name: str, data: bytes) -> tuple[str, float, int]:
    """What was wrong with reading a file by each reader of its kind, or nothing; CPU seconds; peak MB."""
    started, crash = time.process_time(), ""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        known = line.council("wexmouth")
        of_papers = [paper_book.book, verified]
        of_workbooks = [read.workbook_at, lambda one: list(line.checked(one, known))]
        for reader in of_papers if path.suffix in PAPERS else of_workbooks:
            try:
                reader(path)
            except PipelineError:
                pass
            except BaseException as fault:  # noqa: BLE001  # whatever comes out is what is looked for
                at = traceback.extract_tb(fault.__traceback__)[-1]
                crash = f"{type(fault).__name__} at {at.filename}:{at.lineno}"
    return crash, time.process_time() - started, peak()


def changed(data: bytes, part: float, changes: list[tuple[float, int, bytes]]) -> bytes:
    """A file with some bytes in the place of others; of a zip file mostly within one part, and packed again."""
    if part < 0.9 and zipfile.is_zipfile(BytesIO(data)):
        made = BytesIO()
        with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", 8) as new:
            for number, name in enumerate(old.namelist()):
                is_it = number == int(part * len(old.namelist()))
                new.writestr(name, changed(old.read(name), 1, changes) if is_it else old.read(name))
        return made.getvalue()
    for where, gone, new_bytes in changes:
        at = int(where * len(data))
        data = data[:at] + new_bytes + data[at + gone :]
    return data


def seeds() -> list[tuple[str, bytes]]:
    """The names and bytes of what is changed: our samples and fixtures, and a paper of ours in every edition."""
    sample = ROOT / "inputs" / "environment-and-transport-committee.xlsx"
    with TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pipeline", "build", sample, "--output", folder, "--quiet"],
            check=True, cwd=ROOT,
        )  # fmt: skip
        files = [sample, *Path(folder).rglob("*.*"), *(ROOT / "tests" / "fixtures").rglob("*.*")]
        return [(one.name, one.read_bytes()) for one in files if one.suffix not in (".md", ".toml")]


def main() -> None:
    """Run for some minutes; exit 1 if anything crashed, stalled or took too much."""
    ends = time.monotonic() + 60 * float(sys.argv[1] if len(sys.argv) > 1 else 10)
    crashes: dict[str, int] = {}  # each with the batch that found it
    kinds: dict[str, tuple[int, float, int]] = {}  # by suffix: cases, slowest, largest
    pools, batches = [ProcessPoolExecutor(1)], list[int]()

    def one_case(
        file: tuple[str, bytes], part: float, changes: list[tuple[float, int, bytes]]
    ) -> None:
        name, data = file[0], changed(file[1], part, changes)
        if time.monotonic() > ends:
            return
        try:
            crash, seconds, size = pools[-1].submit(tried, name, data).result(timeout=3 * SLOWEST)
        except (BrokenProcessPool, TimeoutError) as fault:
            crash, seconds, size = type(fault).__name__, 3 * SLOWEST, 0
            for child in active_children():
                child.kill()
        if crash or size > LARGEST:
            pools.append(ProcessPoolExecutor(1))
        crash = crash or (
            "too slow" if seconds > SLOWEST else "too large" if size > LARGEST else ""
        )
        cases, *worst = kinds.get(Path(name).suffix, (0, 0.0, 0))
        kinds[Path(name).suffix] = cases + 1, max(seconds, worst[0]), int(max(size, worst[1]))
        if crash and crashes.setdefault(crash, len(batches)) == len(batches):
            KEPT.mkdir(exist_ok=True)
            (KEPT / f"{len(crashes):03}-{name}").write_bytes(data)
            raise AssertionError(crash)

    cases = given(
        st.sampled_from(seeds()), st.floats(0, 1), st.lists(CHANGE, min_size=1, max_size=5)
    )
    how = settings(
        max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )  # fmt: skip
    while time.monotonic() < ends:
        batches.append(len(batches))
        try:
            seed(len(batches))(how(cases(one_case)))()
        except (
            AssertionError,
            Flaky,
        ) as fault:  # flaky where the time ended while it was made smaller
            print(str(fault).splitlines()[0][:200], flush=True)
    for suffix, (number, slowest, largest) in sorted(kinds.items()):
        print(f"{suffix:6} {number:6} cases, slowest {slowest:.1f} s, largest {largest} MB")
    print(f"{sum(number for number, _, _ in kinds.values())} cases, {len(crashes)} crashes")
    sys.exit(bool(crashes))


if __name__ == "__main__":
    main()
