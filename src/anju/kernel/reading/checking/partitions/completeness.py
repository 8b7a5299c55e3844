"""Whether a list of parts is said to leave nothing out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.partitions.whole import naming
from anju.kernel.reading.figure import ReadFigure

_OPEN = re.compile(r"^(?:余|多)?[^，。；、]{0,8}等(?![级候待额效])")
_EACH = re.compile(r"^(?!.*其中).*分别")
_REST = re.compile(r"其余|剩余|其他|其它|余下|剩下|另有|另外")
_GRADE = re.compile(r"([A-F一二三四五六])(?:级|类|档|等|期|季度|产业)[^，。；]{0,8}$")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,}")
_LEADING = re.compile(r"^(?:其中|包括|有|分别|为|是|新增|完成|已|全|各|改造|治理|建成|发放|实现)+")
_NOT = re.compile(r"非([\u4e00-\u9fff]{2})")
_OPPOSITES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (r"新建|新开工|新增|新申请", r"改建|续建|改造|结转|扩建|原有|存量"),
        (r"(?:^|[，：；、（(])(?:其中)?[：:，]?全?市(?:级|本级|直|区|属)?[^，。；县区]{0,10}$", r"县区|区县|县市|县级|各县|乡镇"),
        (r"住宅", r"非住宅|商业|办公|商铺|其他"),
        (r"男", r"女"),
        (r"城镇|城市|城区", r"农村|乡村|乡镇"),
        (r"中央", r"地方"),
        (r"新房|一手房|新建商品房|商品房", r"二手房|存量房"),
        (r"完工|竣工|已完成|已交付|已办结|办结|已整改|已入住", r"未完|未竣工|剩余|未交付|未办结|未整改|办理中|尚有|空置"),
        (r"(?<!不)合格|达标", r"不合格|不达标|未达标"),
        (r"一季度", r"二季度"),
        (r"上半年", r"下半年"),
        (r"备案", r"注销"),
        (r"国有|公有", r"民营|私有|非公"),
        (r"市级|市本级", r"县级|县区"),
        (r"县级", r"乡镇|乡级|村级"),
        (r"税收", r"非税"),
        (r"简易", r"普通|一般"),
        (r"事件", r"部件"),
        (r"首付", r"按揭"),
        (r"线上", r"线下"),
        (r"基本支出", r"项目支出"),
        (r"老旧小区", r"新建小区"),
        (r"新建", r"改建"),
        (r"人员经费", r"公用经费|其余|项目"),
        (r"本地|本市|本县", r"外地|市外|县外"),
        (r"内资", r"外资"),
        (r"已", r"待|尚未|未"),
    )
)


def says_complete(examined: Examined, whole: ReadFigure, parts: Sequence[ReadFigure]) -> bool:
    """其余 at the end, 分别, grades in order, two opposites (住宅 and 商业), or the names of the parts in the name of the whole."""
    if len(parts) < 2 or any(_OPEN.search(examined.text[part.end : part.end + 12]) for part in parts):
        return False
    names = [naming(examined, part) for part in parts]
    if _REST.search(names[-1]) or _EACH.search(examined.text[whole.end : parts[0].start]):
        return True
    if (len(parts) > 2 and _graded(names)) or _named_in(examined, whole, names):
        return True
    return len(parts) == 2 and _opposite(names[0], names[1])


def _opposite(first: str, second: str) -> bool:
    negated = _NOT.search(second)
    if negated is not None and negated[1] in first:
        return True
    return any(one.search(first) and other.search(second) for one, other in _OPPOSITES)


def _graded(names: Sequence[str]) -> bool:
    """A级、B级、C级; 一类、二类、三类: the grades in their order, from the first."""
    grades = [match[1] if (match := _GRADE.search(name)) else "" for name in names]
    return any(grades == list(row[: len(grades)]) for row in ("ABCDEF", "一二三四五六"))


def _named_in(examined: Examined, whole: ReadFigure, names: Sequence[str]) -> bool:
    """燃气、供水管网97.6公里，其中燃气45.2公里、供水52.4公里: every part is named in the words of the whole, each its own."""
    words = examined.before(whole, 40)
    heads = [_head(name) for name in names]
    return all(heads) and len(set(heads)) == len(heads) and all(head in words for head in heads)


def _head(name: str) -> str:
    """The first two characters of a part's own name."""
    runs = _NAME.findall(name)
    own = _LEADING.sub("", runs[-1]) if runs else ""
    return own[:2] if len(own) >= 2 else ""
