"""A reading as lines for people: the figure in its place, then what it is."""

from __future__ import annotations

from collections.abc import Iterator

from anju.kernel.reading.figure import ReadFigure, Reading
from anju.kernel.reading.form import number

ROLE_WORDS = {
    "level": "数量",
    "cumulative": "累计",
    "yoy": "同比",
    "mom": "环比",
    "change_abs": "增减",
    "share": "占比",
    "rate": "比率",
    "rank": "位次",
    "target": "目标",
    "plan": "计划",
    "average": "平均",
}
MODIFIER_WORDS = {"about": "约", "over": "超过", "under": "不足", "at_least": "以上", "at_most": "以内", "masked": "已掩去"}
DIRECTION_WORDS = {"up": "上升", "down": "下降", "flat": "持平"}
_BEFORE, _AFTER = 16, 6


def lines(reading: Reading) -> Iterator[str]:
    """One line a figure: number, place, value with unit, role, what it describes."""
    for figure in reading.figures:
        before = reading.text[max(figure.start - _BEFORE, 0) : figure.start].replace("\n", " ")
        after = reading.text[figure.end : figure.end + _AFTER].replace("\n", " ")
        yield f"{figure.index:>4}  {before}【{figure.text}】{after}  {said(figure)}"


def said(figure: ReadFigure) -> str:
    """What a figure is, in words: 355200 ㎡ 数量 〔建筑面积〕 → 8."""
    value = number(figure.value, figure) or "*"
    if figure.value_max is not None:
        value += f"至{number(figure.value_max, figure)}"
    words = [f"{value} {figure.unit}".strip(), ROLE_WORDS[figure.role]]
    if figure.direction:
        words.append(DIRECTION_WORDS[figure.direction])
    if figure.modifier:
        words.append(MODIFIER_WORDS[figure.modifier])
    if figure.subject:
        words.append(f"〔{figure.scope.place}{figure.subject}〕")
    if figure.attaches_to is not None:
        words.append(f"→ {figure.attaches_to}")
    return " ".join(words)
