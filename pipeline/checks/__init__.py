"""The checks: each finds one kind of fault in the officers' words, with its cell and the remedy.

A check is a generator in a module of this folder, marked `@check`. It yields (place, what is
wrong, what to do) and decides nothing else: `run` stamps its name, and the severity that the
council's `checks.toml` gives it.
"""

from __future__ import annotations

from pipeline.checks import (  # they register themselves with `run`
    actions,
    cells,
    columns,
    conduct,
    past,
    sheet,
)
from pipeline.checks.run import (
    CHECKS,
    ON_DRAWING,
    Context,
    Finding,
    Rules,
    Severity,
    load,
    run,
    says_nothing,
    settled,
)
from pipeline.clerk import Waiver

__all__ = [
    "CHECKS",
    "ON_DRAWING",
    "Context",
    "Finding",
    "Rules",
    "Severity",
    "Waiver",
    "actions",
    "cells",
    "columns",
    "conduct",
    "load",
    "past",
    "run",
    "says_nothing",
    "settled",
    "sheet",
]
