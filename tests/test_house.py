"""A house style that is not right is refused in one line, with the file, the key and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import house, settings
from pipeline.errors import PipelineError

WEXMOUTH = settings.folder("wexmouth")
SLIPS = {
    'subtitle = "{papers}"': "{papers} in it, and there is {paper}, {meeting}",
    'page = "{page} of {total}"': "{total} in it, and there is {page}, {pages}",
    'actions = ["{n} action", "{number} actions"]': "{number} in it, and there is {n}",
    'table = "{Committee}"': "{Committee} in it, and there is {committee}",
    'link = "{0}"': "{0} in it, and there is {address}",
    'link = "{address:>{width}}"': "{address} in it",
    'draft = "DRAFT"\nstamp = { text = "{day}" }': "{day} in it, and there is {state}, {saved}, {hash}",
    'draft = "DRAFT"\nclosing = { text = "{list}" }': "{list} in it, and there is {actions}",
    'draft = "DRAFT"\nchanges = { counts = "{old}" }': "{old} in it, and there is {since}",
    'draft = "DRAFT"\nchanges = { same = "{n}" }': "{n} in it, and there is {since}",
    'draft = "DRAFT"\nhtml = { shown = "{of}" }': "{of} in it, and there is {n}, {total}",
    'date = "{dd}/{mm}/{year}"': "{year} in it, and there is {d}, {dd}",
    'long_date = "{d} {month"': "expected '}' before end of string",
    "colours = 1": "Expected `object`",
}


def written(folder: Path, slip: str) -> None:
    """Wexmouth's house style with a slip in place of the line with its key."""
    key = slip.partition(" ")[0]
    lines = (WEXMOUTH / "house.toml").read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith((f"{key} =", f"[{key}]")))
    lines[at] = slip
    style = folder / "slipped"
    style.mkdir()
    (style / "house.toml").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize(("slip", "said"), SLIPS.items())
def test_a_slip_is_refused_with_its_place(
    slip: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, slip)
    monkeypatch.setattr(settings, "TEMPLATES", tmp_path)
    with pytest.raises(PipelineError) as refused:
        house.load("slipped")
    assert "house.toml" in refused.value.message
    assert said in refused.value.message
