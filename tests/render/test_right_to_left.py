"""Words that run from right to left are drawn so by either PDF engine, lists with their signs on the right."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber

from pipeline import line
from tests.engines import drawn

HEBREW = range(0x590, 0x600)


def test_a_pdf_runs_from_right_to_left_where_the_words_do(engine: str, tmp_path: Path) -> None:
    update = '"הסקר החל.\n• רציף נסקר, by Ann\n• צבע"'
    rows = ["Harbour Panel", "Log – 14 January 2027"]
    rows += ["Date,Title,Action proposed,Action taken,Progress status"]
    rows += [f"1/2/27,Tides,That they are sent.,{update},Completed"]
    (tmp_path / "log.csv").write_text("\n".join(rows), encoding="utf-8")
    council = line.council("wexmouth")
    paper = line.paper_of(next(line.checked(tmp_path / "log.csv", council)), council)
    with pdfplumber.open(BytesIO(drawn(paper, council.house, engine).data)) as pdf:
        chars: list[dict[str, Any]] = pdf.pages[0].chars
    letters = [one for one in chars if ord(one["text"]) in HEBREW]
    first, second, third = sorted({round(float(one["top"])) for one in letters})

    def row_of(char: dict[str, Any]) -> int:
        middle = float(char["top"])
        return min((first, second, third), key=lambda top: abs(top - middle))

    ends = {
        top: max(c["x1"] for c in letters if row_of(c) == top) for top in (first, second, third)
    }
    signs = [one for one in chars if one["text"] == "•"]
    assert [row_of(one) for one in signs] == [second, third]
    assert all(ends[row_of(one)] < one["x0"] < ends[first] for one in signs)
    (ann,) = [
        one
        for one in chars
        if one["text"] == "A" and row_of(one) == second and one["x0"] > signs[0]["x0"] - 150
    ]
    assert ann["x0"] < min(c["x0"] for c in letters if row_of(c) == second)
    assert (
        "".join(c["text"] for c in sorted(letters, key=lambda c: c["x0"]) if row_of(c) == third)
        == "עבצ"
    )
