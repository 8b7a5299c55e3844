"""Words of growth that cannot go with their numbers: 下降两倍, 增长5个百分点 of a level, 提高1.2% of a rate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.saying import said
from anju.kernel.reading.figure import ReadFigure

_TIMES_DOWN = re.compile(
    r"(?:下降|减少|降低|缩减|缩小|压缩|减小|缩短|回落|压减)了?(?:约|近|超过)?(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+)(?:多|余)?倍"
)
_RATE = re.compile(r"(?:率|占比|比重|比例)(?:为|是|达到?|约为?)?[\d.]+%$")
_OF_RATES = re.compile(r"增速|增幅|降幅|涨幅|率|占比|比重|比例|覆盖面")
_MOVED = re.compile(r"^(?:[，,](?:同比|环比|比|较)?[^，。；\d]{0,8})?(?:提高|上升|下降|降低|增加|增长|提升|回落|减少)了?$")


def check_times_down(examined: Examined) -> Iterator[Finding]:
    """times_down: nothing falls by a multiple of itself."""
    for match in _TIMES_DOWN.finditer(examined.text):
        message = f"“{examined.around((match.start(), match.end()), 6)}”：减少不能用“倍”，减到零也只是减少100%。"
        advice = "请写下降百分之几，或“降到原来的几分之几”。"
        yield examined.finding("times_down", "error", message, advice, spans=[(match.start(), match.end())])


def check_points(examined: Examined) -> Iterator[Finding]:
    """point_percent: rates move by 个百分点, levels by % (invariant 17)."""
    for figure in examined.figures:
        if figure.unit == "百分点" and figure.index:
            level = examined.figures[figure.index - 1 if figure.attaches_to is None else figure.attaches_to]
            told = figure.attaches_to is not None or _MOVED.search(examined.between(level, figure))
            if told and _is_level(level) and not _OF_RATES.search(examined.lead(figure, 30)):
                message = f"{said(level)}是绝对数，它的增减写成了“{figure.text}”。"
                yield examined.finding("point_percent", "warning", message, "绝对数的增减用%，率和占比的增减才用百分点。", figure, level)
        elif figure.unit == "%" and figure.index:
            rate = examined.figures[figure.index - 1]
            if _is_rate(examined, rate) and _MOVED.search(examined.between(rate, figure)):
                message = f"{said(rate)}是比率，它的增减写成了“{figure.text}”。"
                advice = f"两个比率之差应写“{figure.text.rstrip('%％')}个百分点”；若确指相对增幅，请写明。"
                yield examined.finding("point_percent", "warning", message, advice, figure, rate)


def _is_level(figure: ReadFigure) -> bool:
    return figure.dimension not in ("rate", "points of rate", "pure", "") and figure.role in ("level", "cumulative", "average")


def _is_rate(examined: Examined, figure: ReadFigure) -> bool:
    return (
        figure.unit == "%"
        and figure.role in ("rate", "share")
        and bool(_RATE.search(examined.text[max(0, figure.start - 12) : figure.end]))
        and examined.clause(figure.start)[0] >= examined.sentence_start(figure)
    )
