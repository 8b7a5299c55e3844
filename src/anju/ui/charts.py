"""Charts as Vega-Lite specifications, drawn by the browser from the bundle this house serves.

A bar's length and a point's height are floats: a picture needs no more. What is printed beside them is the figure's own exact text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import altair as alt

ACCENT, QUIET, INK, LINE = "#1f5fa8", "#a9c3e2", "#465264", "#dde2e9"
FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif'
LOCALE: dict[str, Any] = {
    "number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["¥", ""]},
    "time": {
        "dateTime": "%Y年%m月%d日 %H:%M:%S",
        "date": "%Y-%m-%d",
        "time": "%H:%M:%S",
        "periods": ["上午", "下午"],
        "days": ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
        "shortDays": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
        "months": [f"{name}月" for name in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")],
        "shortMonths": [f"{number}月" for number in range(1, 13)],
    },
}


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a trend. `value` None is a gap; `text` is what the reader is told; `current` is drawn in the accent."""

    label: str
    value: Decimal | Fraction | None
    text: str
    current: bool = False


def trend(points: Sequence[Point], *, unit: str, shape: Literal["bar", "line"] = "bar", height: int = 190) -> dict[str, Any]:
    """Values over consecutive periods: bars for what happened in a period, a line for what stood at its end."""
    rows = [
        {"label": point.label, "value": float(point.value), "text": point.text, "current": point.current}
        for point in points
        if point.value is not None
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("label:N", sort=[point.label for point in points], title=None, axis=alt.Axis(labelAngle=0, ticks=False, labelOverlap=True)),
        y=alt.Y("value:Q", title=unit or None, scale=alt.Scale(zero=shape == "bar"), axis=alt.Axis(tickCount=5)),
        tooltip=[alt.Tooltip("label:N", title="期间"), alt.Tooltip("text:N", title="数值")],
    )
    colour = alt.condition("datum.current", alt.value(ACCENT), alt.value(QUIET))
    if shape == "bar":
        drawn: alt.Chart | alt.LayerChart = base.mark_bar(size=22).encode(color=colour)
    else:
        drawn = base.mark_line(color=ACCENT, strokeWidth=1.8) + base.mark_circle(size=52, opacity=1).encode(color=colour)
    return specification(drawn, height=height)


def specification(chart: alt.Chart | alt.LayerChart, *, height: int) -> dict[str, Any]:
    """The chart in the look of the house, as a JSON-ready dict."""
    dressed = (
        chart.properties(width="container", height=height, background="transparent")
        .configure(font=FONT, locale=alt.Locale(**LOCALE), autosize=alt.AutoSizeParams(type="fit", contains="padding"))
        .configure_axis(labelFontSize=12, titleFontSize=12, titleFontWeight="normal", labelColor=INK, titleColor=INK, gridColor=LINE)
        .configure_axisY(titleAngle=0, titleAlign="left", titleY=-10, titleX=0, domain=False, ticks=False)
        .configure_view(stroke=None)
    )
    drawing: dict[str, Any] = dressed.to_dict(validate=False)
    return drawing


def sparkline(values: Sequence[Decimal | Fraction | None], *, width: int = 200, height: int = 34) -> str:
    """The `d` of an SVG path through these values, left to right; gaps are left open, fewer than two values give nothing."""
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, span = min(known), (max(known) - min(known)) or 1.0
    step = width / (len(values) - 1)
    parts, pen = [], "M"
    for position, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        parts.append(f"{pen}{position * step:.1f} {height - 3 - (float(value) - low) / span * (height - 6):.1f}")
        pen = "L"
    return " ".join(parts)
