"""The `papers` command. Loads the commands when run, and not in the processes that draw."""


def run() -> None:
    """Run the command line.

    The process lives for one command: collecting its garbage would take time and free little.
    """
    import gc

    gc.disable()
    from pipeline.cli import main

    main(prog_name="papers")


if __name__ == "__main__":
    run()
