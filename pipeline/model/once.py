"""What is worked out of an object once and kept on it. Before Python 3.12 `functools.cached_property` takes a lock, for
longer than most of it takes to work out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class cached_property(Generic[T]):  # noqa: N801  # used as Python's own is
    """A property whose value is worked out when it is first asked for."""

    def __init__(self, worked_out: Callable[[Any], T]) -> None:
        self.worked_out = worked_out
        self.__doc__ = worked_out.__doc__

    def __set_name__(self, _: type, name: str) -> None:
        self.name = name

    def __get__(self, one: Any, _: type | None = None) -> T:
        value: T = self.worked_out(one)
        one.__dict__[self.name] = value  # where it is found before this is asked again
        return value
