"""`python -m pipeline` is `papers`."""

from pipeline.cli import main

if __name__ == "__main__":  # processes that draw import this module again
    main(prog_name="papers")
