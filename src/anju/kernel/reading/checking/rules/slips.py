"""Slips of official style that a pattern shows; the patterns and their advice are those of finished reports."""

from __future__ import annotations

from collections.abc import Iterator

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding, Severity
from anju.kernel.reports.findings.style import SLIPS

_HERE: dict[str, tuple[str, Severity]] = {
    "masked": ("masked_left", "error"),
    "cut_off": ("style_jiezhi", "warning"),
    "rough": ("style_yu", "warning"),
    "rough_twice": ("style_rough_twice", "warning"),
    "document_number": ("style_docnumber", "warning"),
    "percent": ("style_percent", "info"),
    "growth_sign": ("growth_sign", "error"),
    "leading_zero": ("style_date", "warning"),
}


_ADVICE = {"style_yu": "请写精确数（1332人次），或写成整数加“余”（1300余人次）。"}
"""Advice for a text that comes from no template."""


def check_slips(examined: Examined) -> Iterator[Finding]:
    """masked_left, style_jiezhi, style_yu, style_rough_twice, style_docnumber, style_percent, growth_sign, style_date."""
    for slip in SLIPS:
        rule, severity = _HERE[slip.rule]
        for match in slip.pattern.finditer(examined.text):
            place = (match.start(), match.end())
            message = f"“{examined.around(place, 4)}”：{slip.what}。"
            yield examined.finding(rule, severity, message, _ADVICE.get(rule, slip.advice), spans=[place])
