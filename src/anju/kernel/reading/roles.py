"""What part a figure plays in its sentence: a level, a growth, a rate, a target ..., and which way it points."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anju.kernel.quantities.units import RATE
from anju.kernel.reading.figure import Direction, Role

UP = r"增长|上升|提高|增加|上涨|提升|增幅|攀升|扩大|增速|涨幅|上浮|多增|多(?=$)|高出|高于|高(?=$)|超出|增(?=$)|涨(?=$)|升(?=$)|翻"
DOWN = (
    r"下降|减少|降低|回落|下滑|下跌|缩减|压减|压缩|收窄|负增长|降幅|跌幅|缩短|下调|少(?=$)|低于|低(?=$)|减(?=$)|降(?=$)|跌(?=$)|精简|削减"
)
_TO_UP = r"(?:增|升|提高|提升|上升|增加|增长|扩大|上涨|攀升|跃升|延长|扩)(?:至|到|为)"
_TO_DOWN = r"(?:降|减|下降|减少|降低|回落|下滑|压缩|压减|缩减|缩短|精简|下调)(?:至|到|为)"
_YEAR_ON_YEAR = re.compile(r"同比|[比较]上?[去上]年|比上年|较上年|比去年|较去年|上年同期|去年同期|同口径|可比口径|年均|同期")
_MONTH_ON_MONTH = re.compile(r"环比|[比较]上(?:个)?(?:月|季度|半年|周)|比年初|较年初|较上期|比上期")
_SHARE = re.compile(r"占|比重|份额|占比")
_RATE = re.compile(r"率|完成|达标|覆盖|比例|合格|任务比|兑现|进度|化(?=达|为|$)")
_AVERAGE = re.compile(
    r"均价|平均|人均|户均|套均|日均|月均|年均|均为|单价|亩均|栋均|每(?:人|户|套|亩|平方米|月|天|年|件|个|次)[^，。]{0,6}$"
)
_CUMULATIVE = re.compile(r"累计|累积|总计已|以来")
_PLAN_HEADING = re.compile(
    r"计划|打算|安排|下一步|下步|下半年(?!.*(?:完成|总结)情况)|思路|目标|展望|来年|明年|部署|措施及|工作重点|主要任务|重点任务|预期"
)
_DONE_HEADING = re.compile(r"完成情况|开展情况|落实情况|总结|回顾|成效|执行情况|问题|不足|进展")
_TARGET = re.compile(
    r"力争|目标|确保|任务(?!完成|比|的?[\d*]|率|全面)|争取(?=.{0,12}(?:达|突破|完成|实现|增长|新增|超))|预期|要求|到20\d\d年|考核指标|指标为"
)
_PLAN = re.compile(
    r"准备|拟(?!定)|计划(?!总投资|单列|生育|生养)|将(?=新|获|投|建|完|实|启|开|达|于|再|全|发|继|安|争)|(?<!急)需(?=兑|要|投|补|新)|待(?=发|兑|支|建)|预算|规划(?=建|总|用地|新|面)|每(?:季度|月|周|年|半年|天|日)(?=开|召|组|进|至)|概算|打算|安排(?=在)|应(?=兑)"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words a role is told by: `clause` from the clause's start to the figure, `lead` the sentence up to the clause,
    `after` some characters behind the figure, `headings` above it."""

    clause: str
    lead: str
    after: str
    headings: tuple[str, ...]


def direction_of(words: Words) -> Direction | None:
    """Which way the last verb of change before the figure points; None when nothing changed."""
    last: tuple[int, Direction] | None = None
    for pattern, way in ((UP, "up"), (DOWN, "down")):
        for match in re.finditer(pattern, words.clause):
            if last is None or match.start() > last[0]:
                last = (match.start(), way)  # type: ignore[assignment]
    return None if last is None else last[1]


def changes_to(words: Words) -> Direction | None:
    """up in 增至35个, down in 降至2%: the figure is the level reached."""
    tail = words.clause[-10:].rstrip("了约近超过不足 的")
    for pattern, way in ((_TO_UP, "up"), (_TO_DOWN, "down")):
        if re.search(f"(?:{pattern})$", tail):
            return way  # type: ignore[return-value]
    return None


def role_of(words: Words, unit: str, dimension: str, kind: str) -> tuple[Role, Direction | None]:
    """Role and direction of one figure."""
    if kind in ("rank", "front"):
        return "rank", None
    if dimension == "points of rate":
        return "change_abs", direction_of(words) or "up"
    reached = changes_to(words)
    change = _change(words, dimension) if reached is None else None
    if change is not None and (change[0] == "change_abs" or not aimed(words)):
        return change
    if change is not None:
        return "target", change[1]
    if dimension in (RATE, "pure", "doublings") or kind == "fraction":
        return _ratio(words), reached
    return _level(words, dimension), reached


def aimed(words: Words) -> bool:
    """Whether the figure is something to reach: it stands below a heading of plans, or its clause says so."""
    for heading in reversed(words.headings):
        if _DONE_HEADING.search(heading):
            break
        if _PLAN_HEADING.search(heading):
            return True
    return _TARGET.search(words.clause) is not None


def _change(words: Words, dimension: str) -> tuple[Role, Direction | None] | None:
    tail = words.clause[-12:].rstrip("了约近达超过为 的仅")
    way = direction_of(words)
    adjacent = re.search(f"(?:{UP}|{DOWN})$", tail) is not None
    compared = _YEAR_ON_YEAR.search(words.clause), _MONTH_ON_MONTH.search(words.clause)
    if dimension in (RATE, "pure", "doublings"):
        if not (adjacent or (any(compared) and way is not None)) or re.search(r"占(?:比|[^，]{0,12}的)$", tail):
            return None
        return ("mom" if compared[1] else "yoy"), way
    if adjacent and (any(compared) or re.search(r"(?:增加|减少|提高|下降|上升|降低|上涨|增长|多|少|增|减)$", tail)):
        later = re.match(r"[\u4e00-\u9fff]", words.after)
        if any(compared) or later is None:
            return "change_abs", way
    return None


def _ratio(words: Words) -> Role:
    if aimed(words):
        return "target"
    shared = [match.start() for match in _SHARE.finditer(words.clause)]
    if shared and not re.search(r"占(?:用|地|道|掘)", words.clause[shared[-1] :]):
        return "share"
    return "average" if _AVERAGE.search(words.clause) and not _RATE.search(words.clause) else "rate"


def _level(words: Words, dimension: str) -> Role:
    if _AVERAGE.search(words.clause) or ("/" in dimension and "均" in words.clause + words.lead[-12:]):
        return "average"
    if aimed(words):
        return "target"
    if _PLAN.search(words.clause):
        return "plan"
    if _CUMULATIVE.search(words.clause) or _so_far(words):
        return "cumulative"
    return "level"


def _so_far(words: Words) -> bool:
    """截至目前，共维护…: what has come together until now, said once for the sentence."""
    whole = words.lead + words.clause
    return (
        re.search(
            r"(?:截[至止])?目前(?=.*(?:共|已|累计|分))|截[至止][^，]{0,12}，?[^，]{0,6}(?:累计|共)|以来|累计(?=[^，。]*、[^，。]*$)", whole
        )
        is not None
    )
