"""Several cut-offs in one report, some without a date: 上半年, 截至六月底, 截至目前."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding

_UNDATED = re.compile(r"截[至止]到?(?:目前|今|现在|当前)")
_DATED = re.compile(r"截[至止]到?[^，。；\n]{0,10}?(?:月底|月末|年底|年末|月份|月|日|季度末)")
SHOWN = 12


def check_period_mix(examined: Examined) -> Iterator[Finding]:
    """period_mix: an undated 截至目前 in a report with a period or a dated cut-off; one finding for the whole text."""
    undated = list(_UNDATED.finditer(examined.text))
    dated = list(_DATED.finditer(examined.text))
    if not undated or not (dated or examined.reading.period is not None):
        return
    words = "、".join(dict.fromkeys(match[0] for match in (*undated, *dated)))
    period = examined.reading.period
    until = f"报告期是{period.label}，" if period else ""
    message = f"{until}截止时点写法不一（{words}），其中{len(undated)}处没有日期，读者不知道数字截至哪一天。"
    advice = f"请统一写“截至{period.end_label}”。" if period else "请统一为一个写明日期的时点。"
    spans = sorted((match.start(), match.end()) for match in (*undated, *dated))[:SHOWN]
    yield examined.finding("period_mix", "warning", message, advice, spans=spans)
