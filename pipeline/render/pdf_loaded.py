"""WeasyPrint and all that draws with it, loaded in half the time; or what to do where it cannot be loaded."""

from __future__ import annotations

import ctypes.util
import sys

from pipeline.model.errors import PipelineError

__all__ = ["render"]

# cffi asks `ctypes.util` where each library is, which on Linux runs gcc, ld and ldconfig for half of
# WeasyPrint's load time, and makes temporary files. WeasyPrint gives their file names too, by which the loader
# finds them. No module may load WeasyPrint before.
_find_library = ctypes.util.find_library
if sys.platform == "linux":
    ctypes.util.find_library = lambda name: None  # noqa: ARG005
try:
    from pipeline.render.pdf import render
except OSError:  # a library that WeasyPrint loads, Pango or HarfBuzz, is not installed
    raise PipelineError(
        "The PDF cannot be made: Pango is not installed.",
        "Debian and Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
        "macOS: brew install pango; Windows: "
        "https://doc.courtbouillon.org/weasyprint/stable/first_steps.html#windows. "
        'Or draw it without Pango: [pdf] engine = "typst" in house.toml.',
    ) from None
finally:
    ctypes.util.find_library = _find_library
