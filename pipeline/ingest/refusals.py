"""The kinds of file, and why one is refused with what to do instead: `templates/files.toml`."""

from __future__ import annotations

from pipeline.council.settings import Settings, shipped_words
from pipeline.model.errors import PipelineError


class FileKind(Settings, frozen=True):
    """A kind of file or of refusal, and how it is recognised: see the file."""

    what: str
    way: str
    reader: str = ""
    starts: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    pattern: str = ""


KINDS = shipped_words("files.toml", dict[str, FileKind])


def refused(name: object, kind: str, **said: object) -> PipelineError:
    """That a file, by its name, is of a kind that is not read; `said` fills in the kind's words."""
    known = KINDS[kind]
    return PipelineError(f"{name} {known.what.format(**said)}.", known.way.format(**said))
