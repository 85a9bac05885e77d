"""Make templates/bank_holidays.json: the bank holidays of each nation, from the library `holidays`.

The library takes longer to load than a workbook to check, so the program reads this table of its own. Make it anew
(`make docs`) when a newer library knows a holiday that was proclaimed since; a test says when it does.
"""

from __future__ import annotations

import json
from pathlib import Path

from holidays import country_holidays

FILE = Path(__file__).resolve().parents[1] / "templates" / "bank_holidays.json"
_NATIONS = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}
YEARS = range(2000, 2061)


def table() -> str:
    """The file's text: a line a year."""
    nations = ",\n".join(
        f"{json.dumps(nation)}: {{\n{_lines(part)}\n}}" for nation, part in _NATIONS.items()
    )
    return f"{{\n{nations}\n}}\n"


def _lines(part: str) -> str:
    """The years of a nation, each with its days and their names."""
    return ",\n".join(f'"{year}": {json.dumps(_days(part, year))}' for year in YEARS)


def _days(part: str, year: int) -> dict[str, str]:
    """The bank holidays of a year by their names."""
    known = country_holidays("GB", subdiv=part, years=year, expand=False, language="en_GB")
    return {day.isoformat(): str(name) for day, name in sorted(known.items())}


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8", newline="\n")
