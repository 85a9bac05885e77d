"""The `papers` command. Loads the commands when run, and not in the processes that draw."""

from __future__ import annotations


def run() -> None:
    """Run the command line.

    The process lives for one command: collecting its garbage would take time and free little.
    """
    import gc

    gc.disable()
    from pipeline.commands.cli import (
        main,  # a process that draws runs this module, and needs no commands
    )

    main(prog_name="papers")


if __name__ == "__main__":
    run()
