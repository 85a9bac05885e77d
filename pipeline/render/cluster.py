"""Papers drawn by a Dask cluster that is there already, and not by processes of this machine.

The words of the papers leave the machine: docs/scale.md says how they travel, and what the cluster needs.
"""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from importlib import import_module
from importlib.metadata import version

from pipeline.council.house import HouseStyle
from pipeline.model.document import Paper
from pipeline.model.errors import PipelineError
from pipeline.render import Drawn, edition
from pipeline.render.studio import Studio

_PATIENCE = "5 s"  # for the scheduler to answer
_TRIES = 3  # more, where a worker was lost


class Cluster(Studio):
    """A studio whose papers are drawn by a cluster's workers. Raises `PipelineError` where it cannot be used."""

    def __init__(self, address: str) -> None:
        super().__init__([])
        try:
            dask = import_module("distributed")
        except ImportError:
            raise PipelineError(
                "--on needs Dask, which is not installed.",
                "Install it: pip install 'committee-papers[cluster]'.",
            ) from None
        try:
            dask.comm.addressing.parse_host_port(dask.comm.parse_address(address)[1])
            self._client = dask.Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError, TypeError) as fault:
            raise PipelineError(
                f"No Dask scheduler answers at {address} ({type(fault).__name__}).",
                "Give its address, such as tcp://scheduler:8786, and see that it runs.",
            ) from None
        self._refuse_others(address)
        self._executor = self._client.get_executor(pure=False, retries=_TRIES)

    def _refuse_others(self, address: str) -> None:
        """Raise `PipelineError` where the workers are none, or have another version of this program."""
        ours, theirs = _installed(), set(self._client.run(_installed).values())
        if theirs != {ours}:
            self._client.close()
            found = ", ".join(sorted(theirs)) or "no worker"
            raise PipelineError(
                f"The cluster at {address} has {found}, and this machine has version {ours}.",
                "Install committee-papers of this version on each of its workers.",
            )

    def load(self, engine: str, desks: int = 1) -> None:
        """The workers load what draws when they come to it."""

    def _drawn(self, name: str, paper: Paper, house: HouseStyle) -> Future[Drawn]:
        """One edition, under way."""
        made: Future[Drawn] = Future()
        asked = self._executor.submit(edition, name, paper, house)
        asked.add_done_callback(lambda done: _pass_on(done, made))
        return made

    def __exit__(self, *fault: object) -> None:
        self._client.close()


def _installed() -> str:
    """The version of this program, on a worker too."""
    return version("committee-papers")


def _pass_on(done: Future[Drawn], made: Future[Drawn]) -> None:
    """Give what came of one future to another; what the cluster could not do is one line."""
    lost = import_module("distributed").KilledWorker
    fault = CancelledError() if done.cancelled() else done.exception()
    if fault is None:
        made.set_result(done.result())
    elif isinstance(fault, lost | CancelledError):
        made.set_exception(
            PipelineError(
                "The cluster could not draw a paper: its workers ended, or its scheduler did.",
                "See that the workers have memory, and run it again, or without --on.",
            )
        )
    else:
        made.set_exception(fault)
