"""Which colours of cells stand for a status, where a council gives them one."""

from __future__ import annotations

from pipeline.model.errors import PipelineError

_NEAR = 3  # of 255: programs round a theme's tints differently


def status_colours(
    style: str, said: dict[str, list[str]], statuses: dict[str, list[str]]
) -> dict[str, str]:
    """The canonical status of each colour. Raises `PipelineError` where one means two, or none."""
    made: dict[str, str] = {}
    for name, shades in said.items():
        if not statuses.get(name):
            raise PipelineError(
                f"templates/{style}/columns.toml, colours: no status is called '{name}'.",
                f"Statuses are {', '.join(statuses)}.",
            )
        for shade in shades:
            twice = [other for known, other in made.items() if are_alike(known, shade)]
            if twice and twice[0] != name:
                raise PipelineError(
                    f"templates/{style}/columns.toml, colours: {shade} is both '{twice[0]}' and '{name}'.",
                    "Leave it under one of them.",
                )
            made[shade] = name
    return made


def are_alike(one: str, other: str) -> bool:
    """Whether two colours are the same but for rounding."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return all(abs(first - second) <= _NEAR for first, second in pairs)
