"""Words written twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding

_TWICE = re.compile(
    r"((?:进行|工作|建设|完成|推进|开展|加强|实施|项目|我们|已经|同比|其中|增长|下降|以及|改造|落实|提高|认真|全面|积极|情况|问题|组织|管理|服务|住房|小区)"
    r"|[\u4e00-\u9fff]{3,8})\1(?![制化性型法类])"
)
_PARTICLE = re.compile(r"(?<![目标])的的(?!确)|(?<=[\u4e00-\u9fff])及及|，但但|我局我局")
_REDUPLICATED = re.compile(
    r"^[一逐很多再层步件户点条项天年月日时处事人个家户村镇街县区段次句字页桩样]|商量|讨论|研究|考虑|学习|了解|休息|交流|哗啦|清清|高高"
)
_NAME = re.compile(r"[“《]")


def check_repeated(examined: Examined) -> Iterator[Finding]:
    """style_repeated: 进行进行, 的的; reduplications of the language (逐户逐户, 一件一件) are none."""
    for pattern in (_TWICE, _PARTICLE):
        for match in pattern.finditer(examined.text):
            if pattern is _TWICE and _REDUPLICATED.search(match[1]):
                continue
            place = (match.start(), match.end())
            message = f"“{examined.around(place, 6)}”：词语重复。"
            yield examined.finding("style_repeated", "warning", message, "请删去多余的一个。", spans=[place])
