"""What part a figure plays in its sentence: a level, a growth, a rate, a target ..., and which way it points."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anju.kernel.quantities.units import RATE
from anju.kernel.reading.figure import Direction, Role

_UP = (
    "增长|上升|提高|增加|上涨|提升|增幅|攀升|扩大|增速|涨幅|上浮|多增|高出|(?<!不)高于|超出|上调|翻|增收|增产|净增|前进|多收|改善|"
    "(?:多|高|增|涨|升|快|长)(?=$)"
)  # fmt: skip
_DOWN = (
    "下降|减少|降低|回落|下滑|下跌|缩减|压减|压缩|收窄|负增长|降幅|跌幅|缩短|下调|少增|(?<!不)低于|精简|削减|放缓|下浮|短收|减收|减产|净减|后退|少收|"
    "(?:少|低|减|降|跌|慢)(?=$)"
)  # fmt: skip
_CHANGES = re.compile(f"(?P<up>{_UP})|(?P<down>{_DOWN})")
_ADJACENT = re.compile(f"(?:{_UP}|{_DOWN})$")
_REACHED = re.compile(
    r"(?:(?P<up>增|升|提高|提升|上升|增加|增长|扩大|上涨|攀升|跃升|延长|扩大|上调|拓展|扩)|"
    r"(?P<down>降|减|下降|减少|降低|回落|下滑|压缩|压减|缩减|缩短|精简|下调|收窄|控制))(?:至|到|为)$"
)
_TRAILS = "了约近达到超过突破为的仅只又再 "
_REACHING = "了约近超突破的仅只又再 "
_YEAR_ON_YEAR = re.compile(r"同比|[比较]上?[去上]年|比上年|较上年|比去年|较去年|上年同期|去年同期|可比口径|年均|同期|[比较](?:19|20)\d\d年")
_MONTH_ON_MONTH = re.compile(r"环比|[比较]上(?:个)?(?:月|季度|半年|周)|[比较]年初|[比较]上期")
_COMPARED_WITH = re.compile(r"[比较](?:全[国省市]|计划|目标|预期|预算|任务|原|整治前|改革前|改造前|规定|法定|承诺)")
_CUTS = re.compile(r"(?:压减|削减|精简|压缩)[^，。率占比]{2,12}$")
_GROWS_BEHIND = re.compile(r"[ ]?的?(?:增长|增速|增幅|涨幅)")
_COUNTED_AS = re.compile(r"的(?:城市|县|企业|户)?(?:个数|数)?(?:为|有|是|达)$")
_PLAIN_CHANGE = re.compile(r"(?:增加|减少|提高|下降|上升|降低|上涨|增长|净增|净减|前进|上调|下调|(?<![不至最新])[多少增减降涨])$")
_ENDS = re.compile(r"[，。；、）)]|$|左右|以上")
_SHARE = re.compile(r"占(?!用|地|道|掘|补)|比重|份额")
_RATE = re.compile(r"率|完成|达标|覆盖|比例|合格|任务比|兑现|进度|化(?=达|为|$)")
_AVERAGE = re.compile(
    r"均价|平均|人均|户均|套均|日均|月均|年均|单价|亩均|栋均|地均|件均|"
    r"每(?:人|户|套|亩|平方米|月|天|年|件|个|次|公里|吨|万人口?|千人口?|百人|百户|千名|万名|百名)(?!度|期)[^，。]{0,16}$"
)
_CUMULATIVE = re.compile(r"累计|累积")
_SO_FAR = re.compile(
    r"目前.{0,60}(?:共|已|累计|分)|截[至止][^，]{0,12}，?[^，]{0,6}(?:累计|共)|(?<!今年)(?<!一年)(?<!上半年)(?<!年初)(?<!去年)以来"
)
_STANDING = re.compile(r"现有|现存|现状|在册|在建|拥有|保有|存量|尚有|还有")
_PLANS = re.compile(
    r"计划|打算|下一步|下步|思路|展望|来年|明年|下半年|今后|工作部署|重点任务|主要任务|预期目标|工作安排|目标任务|工作重点|总体要求|草案|预算安排"
)
_DONE = re.compile(
    r"完成情况|开展情况|落实情况|执行情况|工作情况|推进情况|进展情况|运行情况|总结|回顾|成效|成绩|存在|问题|不足|做法|圆满|主要工作|取得|特点|亮点"
)
_PLANS_BELOW = re.compile(r"计划$|打算|下一步|下步|思路|展望|明年|下半年工作|预期目标|目标任务$|主要目标")
_TARGET = re.compile(
    r"力争|力促|目标|确保|(?<!完成)(?<!实事)任务(?:数|量|指标)?[为是共]?约?[(]?$|争取(?=.{0,14}(?:达|突破|增长|超))|争取$|预期|"
    r"(?:今年|明年|下半年|年内|来年)[^，]{0,6}(?:要|再)(?!求)|要(?=稳定|达|新增|完成|再|力|关停|淘汰|实现|建成|确保|控制)"
)
_NO_TARGET = re.compile(r"完成[^，]{0,10}目标|超[^，]{0,6}目标|^.{0,3}(?:目标|任务)[^，]{0,4}(?:完成|的)|早日")
_PLAN = re.compile(
    r"准备|拟(?!定|建设|态)|计划(?!总投资|单列|生育)|将(?=新|获|投|建|完|实|启|开|达|于|再|全|发|继|安|争|有)|(?<!急)(?<!所)需(?=兑|要投|投|补|新增)|待(?=发|兑|支付)|预算安排|"
    r"规划(?=建|总|用地|新|面)|每(?:季度|月|周|半年)(?=开|召|组|进|至|不)|概算|安排(?=在)"
)
_STRIVES = re.compile(
    r"(?:预期|主要|工作|发展|总体|奋斗)目标(?:是|为)?[:：][^。]*$|力争(?:到|在|用|年内|全年|今年|明年|实现|完成|新增)[^；;。]*$"
)
_AIM_BEHIND = re.compile(r"(?:左右|以上|以内)?的(?:[^，。；]{0,4})?目标(?!任务的)")
_AHEAD = re.compile(r"(?:今后|未来|下一步|下半年|明年)[^，。；]{0,8}，")
_IN_TIME = re.compile(r"[^，。；]{0,16}(?:早日|如期|按期)")
_PLAN_AHEAD = re.compile(r"(?:计划|拟|将)于[^；。]*$")
_GOES_ON_TO = re.compile(r"，(?:尚)?(?:需(?=[兑支发])|拟(?=[兑支发拨]))")
_STREAK = re.compile(r"连续\|(?:[^，。；]{0,8}第|位[列居]|[蝉荣]|获|排名|[列居]|保持[^，。]{0,8}第|夺)")
_TIMES = frozenset({"months", "days", "working days", "weeks"})
_PROPORTIONS = frozenset({RATE, "pure", "doublings"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words a role is told by: `clause` from the clause's start (or the figure before) to the figure, `lead` the sentence up to there,
    `after` some characters behind it, `headings` above it. `later` is true when its time lies behind the report's period."""

    clause: str
    lead: str
    after: str
    headings: tuple[str, ...]
    later: bool = False


def role_of(words: Words, dimension: str, kind: str) -> tuple[Role, Direction | None]:
    """Role and direction of one figure."""
    if kind in ("rank", "front") or dimension == "streak" or (dimension == "months" and _STREAK.search(words.clause + "|" + words.after)):
        return "rank", None
    if dimension == "points of rate":
        return "change_abs", direction_of(words) or "up"
    reached = _reached(words)
    change = _change(words, dimension) if reached is None else None
    if change is not None and (change[0] == "change_abs" or not aimed(words)):
        return change
    if change is not None:
        return "target", change[1]
    if dimension in _PROPORTIONS or kind == "fraction":
        return _ratio(words), reached
    return _level(words, dimension), reached


def direction_of(words: Words) -> Direction | None:
    """Which way the last verb of change before the figure points; None when nothing changed."""
    way: Direction | None = None
    for match in _CHANGES.finditer(words.clause):
        way = "up" if match["up"] else "down"
    return way


def aimed(words: Words) -> bool:
    """Whether the figure is something to reach: it stands below a heading of plans, or its clause or its date says so."""
    if words.later:
        return True
    if _IN_TIME.match(words.after):
        return False
    if _STRIVES.search(words.lead + words.clause) is not None or _AIM_BEHIND.match(words.after) is not None:
        return True
    if _AHEAD.search(words.lead) and not _PLAN.search(words.clause):
        return True
    outer, inner = words.headings[:1], words.headings[1:]
    below_plans = any(_PLANS.search(title) and not _DONE.search(title) for title in outer) or (
        not any(_DONE.search(title) for title in outer) and any(_PLANS_BELOW.search(title) for title in inner)
    )
    return below_plans or (_TARGET.search(words.clause) is not None and _NO_TARGET.search(words.clause + words.after) is None)


def _reached(words: Words) -> Direction | None:
    """up in 增至35个, down in 降至2%: the figure is the level reached."""
    match = _REACHED.search(words.clause[-14:].rstrip(_REACHING))
    if match is None:
        return None
    return "up" if match["up"] else ("down" if match["down"] != "控制" else None)


def _change(words: Words, dimension: str) -> tuple[Role, Direction | None] | None:
    tail = words.clause[-14:].rstrip(_TRAILS)
    way = direction_of(words)
    adjacent = _ADJACENT.search(tail) is not None and _COUNTED_AS.search(words.clause) is None
    monthly = _MONTH_ON_MONTH.search(words.clause) is not None
    compared = monthly or any(pattern.search(words.clause) for pattern in (_YEAR_ON_YEAR, _COMPARED_WITH))
    if dimension in _PROPORTIONS:
        told = adjacent or (compared and way is not None) or _CUTS.search(tail) is not None or _GROWS_BEHIND.match(words.after) is not None
        if not told or re.search(r"占(?:比|[^，]{0,12}的)$|率(?:达|为)?$", tail):
            return None
        return ("mom" if monthly else "yoy"), way or "up"
    if adjacent and (compared or (_PLAIN_CHANGE.search(tail) is not None and _ENDS.match(words.after) is not None)):
        return "change_abs", way
    return None


def _ratio(words: Words) -> Role:
    if aimed(words):
        return "target"
    if _SHARE.search(words.clause):
        return "share"
    return "average" if _AVERAGE.search(words.clause) and not _RATE.search(words.clause) else "rate"


def _level(words: Words, dimension: str) -> Role:
    if aimed(words):
        return "plan" if dimension in _TIMES else "target"
    per_thing = "/" in dimension and not dimension.endswith(("/days", "/months", "/volume"))
    if per_thing or _AVERAGE.search(words.clause):
        return "average"
    if _PLAN.search(words.clause) or _PLAN_AHEAD.search(words.lead + words.clause) or _GOES_ON_TO.match(words.after):
        return "plan"
    if _CUMULATIVE.search(words.clause) or (_SO_FAR.search(words.lead + words.clause) and not _STANDING.search(words.clause)):
        return "cumulative"
    return "level"
