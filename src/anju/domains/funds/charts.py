"""The picture of an escrow account: its balance over the days against what must stay. Heights are floats; the numbers stand in the text."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from anju.ui.charts import ACCENT, specification

REQUIRED = "#b3261e"
WAN = 1_000_000


@dataclass(frozen=True, slots=True)
class Step:
    """From a day on, this much (fen)."""

    on: datetime.date
    fen: int
    about: str = ""


def balance_against_required(
    balance: Sequence[Step], required: Sequence[Step], nodes: Sequence[Step], *, height: int = 240
) -> dict[str, Any]:
    """Two step lines in 万元, and a mark at every node."""
    rows = [{"on": one.on.isoformat(), "value": one.fen / WAN, "line": "账户余额（万元）", "about": one.about} for one in balance]
    rows += [{"on": one.on.isoformat(), "value": one.fen / WAN, "line": "须留存（万元）", "about": one.about} for one in required]
    colour = alt.Color(
        "line:N",
        scale=alt.Scale(domain=["账户余额（万元）", "须留存（万元）"], range=[ACCENT, REQUIRED]),
        legend=alt.Legend(title=None, orient="top"),
    )
    lines = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_line(interpolate="step-after", strokeWidth=1.8)
        .encode(
            x=alt.X("on:T", title=None, axis=alt.Axis(format="%Y-%m-%d", labelAngle=0, ticks=False, tickCount=6, labelOverlap=True)),
            y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5)),
            color=colour,
            strokeDash=alt.condition("datum.line == '须留存（万元）'", alt.value([5, 3]), alt.value([1, 0])),
            tooltip=[
                alt.Tooltip("line:N", title="线"),
                alt.Tooltip("on:T", title="日期", format="%Y-%m-%d"),
                alt.Tooltip("value:Q", title="万元"),
            ],
        )
    )
    marks = [{"on": one.on.isoformat(), "about": one.about} for one in nodes]
    base = alt.Chart(alt.InlineData(values=marks)).encode(x="on:T")
    rules = base.mark_rule(color="#8793a3", strokeDash=[2, 3])
    words = base.mark_text(align="left", dx=3, dy=4, baseline="top", fontSize=11, color="#465264").encode(text="about:N", y=alt.value(0))
    return specification(alt.LayerChart(layer=[lines, rules, words]), height=height)
