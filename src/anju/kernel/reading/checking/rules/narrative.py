"""Words that contradict words: one project started early and is slow; a plan ends what the report never began."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding, Place

_SLOW = re.compile(r"(?:进展|推进|进度)(?:较为|比较|较|相对|还)?(?:缓慢|滞后|不快|较慢)|尚未开工|仍未开工|未开展")
_FAST = re.compile(r"提前(?:开工|完成|竣工)|超前完成|进展顺利|快速推进|(?<!未)全面完成|全部完成|超额完成|已全部(?:完工|竣工)")
_SPLIT = re.compile(r"[，；。：、\n]")
_GENERIC = re.compile(r"项目|工程|建设|改造|工作|任务|推进|示范|进展|实施|方面|部分|一些|个别|重点")
_PLANS = re.compile(r"计划|下一步|打算|工作安排|工作思路|努力方向|工作部署")
_ENDING = re.compile(
    r"(?:确保|力争|推动|实现)(?P<count>[一二两三四五六七八九十\d*]+(?:个|批|处|座|条))?(?P<thing>[\u4e00-\u9fff“”]{2,12}?)(?:项目)?(?:早日|尽早|如期|按期|尽快)(?:建成|交付|完工|竣工|投用|投入使用|建成交付)"
)
_SHORT, _KEY, MOST = 2, 4, 100
LOOKBACK = 40


def check_narrative_conflict(examined: Examined) -> Iterator[Finding]:
    """narrative_conflict: the same project 提前开工 in one place and 进展缓慢 in another."""
    fast = [(match, _topic(examined, match.start())) for match in islice(_FAST.finditer(examined.text), MOST)]
    for slow in islice(_SLOW.finditer(examined.text), MOST):
        topic = _topic(examined, slow.start(), clauses=1)
        for quick, other in fast:
            shared = _shared(topic, other)
            if shared:
                spans: list[Place] = [(slow.start(), slow.end()), (quick.start(), quick.end())]
                message = f"“{shared}”前面写“{quick[0]}”，这里写“{slow[0]}”，说法不一。"
                advice = "请核对进度；若说的是其中不同的项目，请分别写明。"
                yield examined.finding("narrative_conflict", "warning", message, advice, spans=spans)
                break


def _topic(examined: Examined, at: int, clauses: int = 2) -> str:
    """The words before a place, back over so many clauses of its sentence."""
    start = examined.sentence_at(at)[0]
    pieces = _SPLIT.split(examined.text[max(start, at - LOOKBACK * clauses) : at])
    return "，".join(pieces[-clauses:] if clauses == 1 else pieces[-4:])


def _shared(topic: str, other: str) -> str:
    """The longest stretch both have that names something (four characters beside the generic words), "" when there is none."""
    for size in range(min(len(topic), 16), _KEY - 1, -1):
        for start in range(len(topic) - size + 1):
            piece = topic[start : start + size]
            if "，" not in piece and piece in other and len(_GENERIC.sub("", piece)) >= _SHORT:
                return piece
    return ""


def check_plan_without_baseline(examined: Examined) -> Iterator[Finding]:
    """plan_without_baseline: a plan to finish something of which the report on the work done says nothing."""
    for match in islice(_ENDING.finditer(examined.text), MOST):
        titles = examined.headings_at(match.start())
        thing = re.sub(r"[“”的]", "", match["thing"])
        if not any(_PLANS.search(title) for title in titles) or len(thing) < _SHORT or not match["count"]:
            continue
        start = examined.section_start(match.start())
        if thing in examined.text[:start].replace("“", "").replace("”", ""):
            continue
        place = (match.start(), match.end())
        message = f"计划写“{match[0]}”，前面的工作情况里却没有{thing}的进度。"
        yield examined.finding(
            "plan_without_baseline", "info", message, "请在工作情况里写明现状，或核对这项任务是否本单位的。", spans=[place]
        )
