"""Counts that must be whole, percentages that cannot pass 100, ranks outside their set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.saying import said
from anju.kernel.reading.figure import ReadFigure
from anju.kernel.reading.units import is_counted

_AVERAGED = re.compile(r"均|每[^，。；]{1,8}$|折合|比例|相当于|占|密度|拥有")
_DIVISIBLE = frozenset(("层", "字", "步", "站", "期", "倍", "个", "本", "度", "代", "档"))
_NEVER_OVER = re.compile(
    r"占比|占[^，。；\d]{1,16}的?(?:比重|比例)?|比重|覆盖率|覆盖面|合格率|普及率|办结率|签约率|备案率|亮灯率|满意率|满意度|入住率|空置率|达标率|处理率|"
    r"绿化率|回访率|知晓率|参与率|及时率|通过率|抽检率|清扫率|交付率|整改率|化解率|电子化率|装配化率|公开率|答复率|上线率|出租率|利用率"
)
_MAY_PASS = re.compile(r"任务|计划|目标|预算|序时|进度|增|上年|同期|GDP|国内生产总值|生产总值|负债|杠杆|完成")
_RANK_SET = re.compile(
    r"(?:全[市省县区]|[市省县])?(?:的)?(\d{1,3}|[一二三四五六七八九十]{1,3})个?(?:县区|县市区|区县|县市|市县|地市|市州|地级市|街道|乡镇|单位|部门)(?:中|里|内)?[^，。；]{0,10}$"
)
HUNDRED = Fraction(100)


def check_integer_count(examined: Examined) -> Iterator[Finding]:
    """integer_count: 12.5户 and 1.23456万户 count no whole things; averages may."""
    for figure in examined.figures:
        if figure.value is None or figure.value.denominator == 1 or not is_counted(figure.dimension) or figure.role == "average":
            continue
        if figure.dimension in _DIVISIBLE or _AVERAGED.search(examined.lead(figure, 20)) or figure.modifier is not None:
            continue
        message = f"{said(figure)}不是整数，“{figure.unit}”只能按整数计。"
        yield examined.finding("integer_count", "error", message, "请核对数字和单位，或写明是平均数。", figure)


def check_percent_over_100(examined: Examined) -> Iterator[Finding]:
    """percent_over_100: a share, a coverage, a fall; rates of completion may pass 100 (143.94% of the half-year's task)."""
    for figure in examined.figures:
        interval = examined.interval(figure)
        if figure.unit not in ("%", "％") or interval is None or interval.low <= HUNDRED:
            continue
        before = examined.before(figure)
        if figure.direction == "down":
            message, advice = f"{said(figure)}：减少不会超过100%。", "请核对升降的词和数字。"
        elif _NEVER_OVER.search(before) and not _MAY_PASS.search(before):
            message, advice = f"{said(figure)}：这个比率不会超过100%。", "请核对数字，或分子分母是否同一范围。"
        else:
            continue
        yield examined.finding("percent_over_100", "error", message, advice, figure, arithmetic=f"{figure.text} > 100%")


def check_rank(examined: Examined) -> Iterator[Finding]:
    """rank: a place beyond the size of the set named with it; a place 0."""
    for figure in examined.figures:
        if figure.role != "rank" or figure.value is None:
            continue
        size = _set_of(examined, figure)
        if figure.value < 1:
            yield examined.finding("rank", "error", f"“{figure.text}”：名次从第一开始。", "请核对名次。", figure)
        elif size is not None and figure.value > size:
            message = f"“{figure.text}”：{size}个里不会有这个名次。"
            yield examined.finding("rank", "error", message, "请核对名次和参加排名的数目。", figure, arithmetic=f"{figure.text} > {size}")


def _set_of(examined: Examined, figure: ReadFigure) -> int | None:
    from anju.kernel.reading.numerals import chinese

    match = _RANK_SET.search(examined.lead(figure, 30))
    if match is None:
        return None
    value = int(match[1]) if match[1].isdigit() else chinese(match[1])
    return int(value) if value else None
