"""Units and numbers that dropped out: 收缴12.5万。, 总投资亿元, 分拣中心处建设."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.figure import ReadFigure

_MONEY = r"(?:资金|投资|金额|收缴|征收|补助|补贴|罚款|产值|税收|收入|支出|贷款|借款|融资|造价|费用|价款|处罚)"
_BARE_MONEY = re.compile(rf"{_MONEY}[^，。；：、\n\d*]{{0,6}}[\d*][\d.*]*[万亿](?=[。，；、\n])")
_NO_NUMBER = re.compile(
    r"(?:投资|资金|金额|补助|补贴|收入|支出|产值|面积|借款|贷款|收缴|征收|罚款|共计|合计|总额|规模)(?:约|近|超|达|为)?(?:万元|亿元|万平方米|平方米|万㎡|㎡|公里)(?=[，。；、）)\n])"
)
_THING = r"(?:中心|站点|站|场|点|园|厂房|厂|公厕|小区|项目|道路|桥梁|泵房|游园|停车场|设施)"
_NO_COUNT = re.compile(rf"{_THING}(?:处|座|条|个|栋|套)(?=建设|改造|开工|完工|竣工|投用|投入使用|建成|全部)")
_OFFICE = re.compile(r"办事处$|管理处$|人事处$|办公室$")
_ENUMERATED = re.compile(r"^(?:[，。；\n]|[）)])")
_PLAIN_NUMBER = re.compile(
    r"(?:得分|分数|评分|总分|指数|排名|编号|系数|比例|概率|比|达标率|率|号码|电话|邮编|为|第|至|(?:人口|人数|户数|用户|总数|数量|人员|规模|数)(?:已|将)?(?:达到?|超过|突破|为|约|近|减少|增加|共)*|版|型|PM|pH|P)$"
)


def check_missing_units(examined: Examined) -> Iterator[Finding]:
    """missing_unit: money that ends with 万 or 亿, and other figures the text gives no unit."""
    seen: set[int] = set()
    for match in _BARE_MONEY.finditer(examined.text):
        seen.update(range(match.start(), match.end()))
        message = f"“{examined.around((match.start(), match.end()), 4)}”：数字后面没有单位。"
        yield examined.finding("missing_unit", "warning", message, "请补上单位，例如“万元”“亿元”。", spans=[(match.start(), match.end())])
    for figure in examined.figures:
        if not figure.unit and figure.start not in seen and _needs_unit(examined, figure):
            message = f"“{examined.around((figure.start, figure.end), 8)}”：数字{figure.text}后面没有单位。"
            yield examined.finding("missing_unit", "warning", message, "请补上单位。", figure)


def _needs_unit(examined: Examined, figure: ReadFigure) -> bool:
    """A number of work done that ends its clause; scores, indexes and numbers of lists need none."""
    ends = _ENUMERATED.match(examined.text[figure.end : figure.end + 1] or "\n")
    words = examined.before(figure)
    if examined.text[max(0, figure.start - 1) : figure.start] in (":", "：", "∶", "/"):
        return False
    return bool(ends and figure.role in ("level", "cumulative") and len(words) >= 2 and not _PLAIN_NUMBER.search(words))


def check_missing_numbers(examined: Examined) -> Iterator[Finding]:
    """missing_number: a unit or measure word directly behind the thing, with the number fallen out."""
    for pattern in (_NO_NUMBER, _NO_COUNT):
        for match in pattern.finditer(examined.text):
            if pattern is _NO_COUNT and _OFFICE.search(match[0]):
                continue
            place = (match.start(), match.end())
            message = f"“{examined.around(place, 6)}”：量词前面少了数字。"
            yield examined.finding("missing_number", "error", message, "请补上数字，或改写这句话。", spans=[place])
