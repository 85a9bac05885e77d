"""From the officers' workbook of committee actions to the published monitoring paper."""

from __future__ import annotations
