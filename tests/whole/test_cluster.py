"""Papers drawn on a Dask cluster of processes: the same files as without it, also where a worker is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.whole.test_commands import GOOD, Make, files, make

__all__ = ["make"]  # the fixture

# A cluster of two processes: prints its address and the workers, and ends with its standard input.
_CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, *(worker.pid for worker in cluster.workers.values()), flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[list[str]]:
    """The address of a running cluster, and its workers' process numbers."""
    script = tmp_path / "cluster.py"
    script.write_text(_CLUSTER, encoding="utf-8")
    # Dask tries a lost worker's address for 30 seconds, if nobody asks for less.
    environment = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"}
    with subprocess.Popen(
        [sys.executable, script],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        yield running.stdout.readline().split()
        running.communicate("", timeout=30)


def build(workbooks: list[Path], output: Path, *options: str) -> subprocess.Popen[str]:
    """`papers build` of some workbooks, begun."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "build", *map(str, workbooks), "--output", str(output), *options],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_cluster_that_loses_a_worker_draws_the_same_files(
    make: Make, tmp_path: Path, cluster: list[str]
) -> None:
    names = ["Harbour Panel", "Tides Board", "Quay Committee", "Ferry Panel", "Lights Board"]
    titles = [[name, "Monitoring – 28 March 2027"] for name in names]
    books = [make(GOOD, name=f"{each[0]}.xlsx", titles=each) for each in titles]
    here, there = tmp_path / "here", tmp_path / "there"
    address, worker, _ = cluster
    with build(books, there, "--on", address) as far, build(books, here) as near:
        os.kill(int(worker), signal.SIGTERM)
        assert (far.communicate()[1], near.communicate()[1]) == ("", "")
    assert (far.returncode, near.returncode) == (0, 0)
    assert files(there) == files(here)
    for name in files(here):
        assert (there / name).read_bytes() == (here / name).read_bytes()
    assert len(files(here)) == 3 * len(books)


@pytest.mark.parametrize(
    "address", ["scheduler", pytest.param("tcp://127.0.0.1:9", marks=pytest.mark.matrix)]
)  # for the second it waits some seconds
def test_a_scheduler_that_is_not_there_is_one_line(
    address: str, make: Make, tmp_path: Path
) -> None:
    with build([make(GOOD)], tmp_path / "out", "--on", address) as asked:
        said = asked.communicate()[1]
    assert asked.returncode == 2
    assert said.startswith(f"Error: No Dask scheduler answers at {address} (")
    assert len(said.splitlines()) == 1
