"""Findings silenced one by one, each with a reason and a name under it; what is silenced stays visible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from anju.kernel.errors import AnjuError
from anju.kernel.reading.checking.finding import Finding

REASON_MIN, REASON_MAX = 4, 500


@dataclass(frozen=True, slots=True)
class Silence:
    """Somebody looked at the finding of this fingerprint and lets it stand. `by` and `on` (ISO date) may be blank in a file of one's own.

    Raises AnjuError `reading.silence.reason` when the reason says nothing.
    """

    fingerprint: str
    reason: str
    by: str = ""
    on: str = ""

    def __post_init__(self) -> None:
        if not REASON_MIN <= len(self.reason.strip()) <= REASON_MAX:
            raise AnjuError.of(
                "reading.silence.reason",
                f"不提示“{self.fingerprint}”的理由应为{REASON_MIN}至{REASON_MAX}个字。",
                advice="请写明核对了什么、为什么可以保留原文，例如“按统计局口径，含代建项目”。",
            )


@dataclass(frozen=True, slots=True)
class Sifted:
    """`standing`: still to be handled. `silenced`: each with its silence. `idle`: silences that met no finding (the text was mended)."""

    standing: tuple[Finding, ...]
    silenced: tuple[tuple[Finding, Silence], ...]
    idle: tuple[Silence, ...]


def sift(findings: Iterable[Finding], silences: Iterable[Silence]) -> Sifted:
    """Part the findings by the silences, each of which meets the finding of its own fingerprint and no other."""
    by_name = {silence.fingerprint: silence for silence in silences}
    standing: list[Finding] = []
    silenced: list[tuple[Finding, Silence]] = []
    for finding in findings:
        silence = by_name.get(finding.fingerprint)
        if silence is None:
            standing.append(finding)
        else:
            silenced.append((finding, silence))
    met = {silence.fingerprint for _, silence in silenced}
    return Sifted(tuple(standing), tuple(silenced), tuple(each for name, each in by_name.items() if name not in met))
