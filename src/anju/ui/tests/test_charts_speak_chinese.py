"""Charts carry the house's locale, upright labels and exact texts; a trend with gaps leaves them open."""

from __future__ import annotations

import json
from decimal import Decimal

from anju.ui.charts import Point, sparkline, trend

POINTS = [
    Point("2023Q1", Decimal("7.51"), "7.51亿元"),
    Point("2023Q2", Decimal("10.97"), "10.97亿元", current=True),
    Point("2023Q3", None, ""),
]


def test_a_trend_is_a_specification_in_chinese() -> None:
    drawing = trend(POINTS, unit="亿元")
    assert drawing["config"]["locale"]["number"]["thousands"] == ","
    assert drawing["config"]["locale"]["time"]["shortMonths"][5] == "6月"
    assert drawing["encoding"]["x"]["axis"]["labelAngle"] == 0
    (rows,) = drawing["datasets"].values()
    assert [row["text"] for row in rows] == ["7.51亿元", "10.97亿元"]
    assert json.loads(json.dumps(drawing)) == drawing


def test_a_line_stands_for_what_is_at_the_end_of_each_period() -> None:
    drawing = trend(POINTS, unit="套", shape="line")
    assert [layer["mark"]["type"] for layer in drawing["layer"]] == ["line", "circle"]


def test_a_sparkline_is_open_where_nothing_is_known() -> None:
    path = sparkline([Decimal(1), Decimal(3), None, Decimal(2)])
    assert path.count("M") == 2
    assert sparkline([Decimal(1), None]) == ""
