"""Progress is told across processes, forgotten when the work ends, and closed to guessed names."""

from __future__ import annotations

from anju.site.pages.progress import Progress, progress_of

TICKET = "0123456789abcdef0123456789abcdef"


def test_progress_is_told_while_the_work_lasts() -> None:
    with Progress(TICKET) as progress:
        progress(0, 1203)
        assert progress_of(TICKET)["total"] == 1203
        progress(1203, 1203)
        assert progress_of(TICKET)["done"] == 1203
    assert progress_of(TICKET) == {"done": 0, "total": 0, "words": ""}


def test_a_ticket_is_never_a_path() -> None:
    with Progress("../../secret") as progress:
        progress(1, 2)
    assert progress_of("../../secret")["total"] == 0
