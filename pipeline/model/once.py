"""What is worked out of an object once and kept on it. Before Python 3.12 `functools.cached_property` takes a lock, for
longer than most of it takes to work out.
"""

from __future__ import annotations

from functools import cached_property as _locked
from typing import Any, TypeVar

T = TypeVar("T")


class cached_property(_locked[T]):  # noqa: N801  # used as Python's own is
    """A property whose value is worked out when it is first asked for, without a lock."""

    def __get__(self, one: Any, _: type | None = None) -> T:  # type: ignore[override]
        value = one.__dict__[self.attrname] = self.func(one)
        return value
