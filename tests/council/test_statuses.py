"""What an officer's words for a status mean."""

from __future__ import annotations

import pytest

from tests.conftest import WEXMOUTH

MEANT = {
    "completed": ["COMPLETE!", "Done ✓", "Completed 12.11.26", "Fully implemented", "Completed in full",
                  "Complete (5 of 5 sites)", "Completed – minute 3 of 2026",
                  "Completed (item 2 of 5)", "Completed – recommendation 2 of 5",
                  "Complete and closed", "Completed 100%", "100% complete", "Closed (complete)",
                  "Complete - no further action", "Delivered",
                  "Completed by 12/10/2026", "Closed - target date met",
                  "Complete & closed", "Closed & completed", "Completed – first aid training held", "Completed (4/4)",
                  "Completed (3/4/27)", "Completed (11/26)", "Completed – 3/11",
                  "Complete (1/12)", "Completed – see 12/14 Quay Street",
                  "Complete (minute 3/14)"],
    "in progress": ["On target", "At risk", "Slipped", "Started – due May", "In progress (75%)", "Ongoing to May 2027",
                    "Off track"],
    "recommended for closure": ["Completed - remove", "Complete (propose closure)"],
    "not started": ["Not yet due", "Pending"],
    "no longer required": ["NFA", "Superseded"],
    "on hold": ["Paused until May"],
    "unknown": ["Amber", "75%", "Completed - 50%", "Mostly complete", "Incomplete", "Not achieved", "IP", "?",
                "Complete (subject to sign off)", "Complete pending approval",
                "Complete (2 of 5 sites)", "Completed - 3 out of 4", "Completed: No", "Complete - N", "Closed (no)",
                "Completed – first half", "Completed – first gate",
                "Completed (first of two)"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "status"), [(said, status) for status, words in MEANT.items() for said in words]
)
def test_what_a_status_means(words: str, status: str) -> None:
    assert WEXMOUTH.columns.status(words) == status
