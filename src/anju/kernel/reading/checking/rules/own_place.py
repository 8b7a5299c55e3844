"""The level a report speaks for: 县, 区 or 市, by its title or by how it calls itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from anju.kernel.reading.checking.examined import Examined

NOT_A_DISTRICT = r"(?<![社园景小城辖片郊发山库地市各牧林矿港新院厂校场战防洪])"
"""区 behind one of these is no district: 社区, 园区, 开发区."""

_ONESELF = re.compile(rf"{NOT_A_DISTRICT}([县区市])委、?\1政府|我([县区市])(?![里外])")
_WHOLE = re.compile(rf"{NOT_A_DISTRICT}(?<![在对健])全([县区])(?![域性级直各委办])")
_TITLE = re.compile(
    r"^[\s\u3000]*(?:关于)?[\u4e00-\u9fff]{1,12}([县区市])(?:[^县区市\n，。]{2,18}?(?:局|中心|委|办|处))?(?:关于)?(?=20\d\d年)|"
    r"^[\s\u3000]*(?:[\u4e00-\u9fff]{1,4}?(?!城市|市政|市场|社区|小区|园区|景区)[省市县区])*?[\u4e00-\u9fff]{1,4}?([县区市])"
    r"(?!城市|政|场|[\u4e00-\u9fff]{1,4}[县区](?!域|级))[^\n，。]{2,30}20\d\d年|"
    r"([县区市])(?:住房和城乡建设|住房城乡建设|住建|房产|房管|住房保障)[^\n，。]{0,8}(?:局|中心|委)"
)
OPENING = 80


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where the text names a level as its own or as a whole: 我县, 区委、区政府, 全县."""

    start: int
    end: int
    words: str
    level: str


def marks_of(examined: Examined) -> tuple[list[Mark], list[Mark]]:
    """How the text calls itself (我县; 县委、县政府, which may be the place above), and the wholes it speaks of (全县, 全区)."""
    oneself = [Mark(m.start(), m.end(), m[0], m[1] or m[2]) for m in _ONESELF.finditer(examined.text)]
    return oneself, [Mark(m.start(), m.end(), m[0], m[1]) for m in _WHOLE.finditer(examined.text)]


def own_level(examined: Examined, oneself: Sequence[Mark], wholes: Sequence[Mark]) -> str | None:
    """What the title says; else 县 or 区, whichever the text says more; 市 when it says neither; None when nothing is said."""
    opening = examined.reading.paragraphs[0].text if examined.reading.paragraphs else ""
    titled = _TITLE.search(opening[:OPENING])
    if titled is not None:
        return titled[1] or titled[2] or titled[3]
    counts = Counter(mark.level for mark in (*oneself, *wholes))
    if counts["县"] or any(mark.level == "区" for mark in oneself):
        return "县" if counts["县"] >= counts["区"] else "区"
    return "市" if counts["市"] else None
