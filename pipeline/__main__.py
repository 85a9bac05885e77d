"""The `papers` command."""

from __future__ import annotations

import gc
import os
import signal
import sys
import warnings
from pathlib import Path


def run() -> None:
    """Run the command line. A warning is for those who write code, and none is shown.

    The process lives for one command: collecting its garbage would take time and free little.
    """
    gc.disable()
    warnings.simplefilter("ignore")
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed before we began
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    sys.unraisablehook = _end_if_interrupted
    try:
        # Slow to load, and what goes wrong meanwhile is to be said as above.
        from pipeline.commands.cli import main

        main(prog_name="papers")
    except KeyboardInterrupt:  # before a command was running
        sys.exit(128 + signal.SIGINT)
    finally:
        gc.freeze()  # or Python collects it all before it ends


def _end_if_interrupted(ignored: sys.UnraisableHookArgs) -> None:
    """Ctrl-C ends the command also where Python would ignore it: in what is run while something is taken apart."""
    if ignored.exc_type is KeyboardInterrupt:
        os._exit(128 + signal.SIGINT)
    sys.__unraisablehook__(ignored)


if __name__ == "__main__":
    run()
