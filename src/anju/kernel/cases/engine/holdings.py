"""What a move may ask about a case beyond its situation: papers, promises, checks, publicity. Rows answer it, or a test's memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from anju.kernel.cases.engine.situation import PublicityState


class Holdings(Protocol):
    """Questions are asked only when a rule needs the answer."""

    def lacking(self, stage: str) -> Sequence[str]:
        """Titles of the materials this stage requires that are neither handed in nor promised where they may be."""

    def promised(self) -> Sequence[str]:
        """Titles of the materials that are promised and still outstanding."""

    def unchecked(self, step: str) -> Sequence[str]:
        """Titles of the checks a step requires that are missing, open, unclear, timed out, expired or failed, each with the reason."""

    def publicity(self) -> PublicityState | None:
        """The publicity of the present stage and round; None when it has not begun."""
