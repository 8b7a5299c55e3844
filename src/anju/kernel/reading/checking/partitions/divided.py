"""Lists that divide what was told before: 从类别看，A件，B件，C件; 派遣案件中，A件，B件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.partitions.completeness import says_complete
from anju.kernel.reading.checking.partitions.whole import Whole, adds_up, make_whole
from anju.kernel.reading.figure import ReadFigure

_DIVIDES = re.compile(
    r"(?:^|(?<=[。；\n]))[\s\u3000]*(?:(?:从|按|分)[^，。；：\d]{1,12}(?:看|分|划分|统计|来看|分类)|[\u4e00-\u9fff]{2,10}中)[，：,:]"
)
_ALL = re.compile(r"共|累计|全年|全[县市区]|总|合计|受理|派遣|完成")
CHARACTERS, NEAR = 240, 24


def divided(examined: Examined) -> Iterator[Whole]:
    """The whole is an amount of the unit shortly before, in the paragraph or the one before: the one that the parts come to, else the one
    said to be all."""
    for match in _DIVIDES.finditer(examined.text):
        sentence, end = examined.sentence_at(match.end() - 1)
        stop = examined.text.find("；", match.end(), end) if sentence < match.start() else -1
        parts = [each for each in examined.within(match.end(), end if stop < 0 else stop) if adds_up(examined, each)]
        before = [each for each in examined.within(max(0, match.start() - CHARACTERS), match.start(), -NEAR) if adds_up(examined, each)]
        for dimension in dict.fromkeys(part.dimension for part in parts):
            same = [part for part in parts if part.dimension == dimension]
            whole = _whole(examined, [each for each in before if each.dimension == dimension], same)
            if whole is not None and len(same) >= 2:
                yield whole


def _whole(examined: Examined, candidates: Sequence[ReadFigure], parts: Sequence[ReadFigure]) -> Whole | None:
    made = [make_whole(examined, each, parts, complete=says_complete(examined, each, parts)) for each in candidates]
    holding = next((each for each in made if each.holds), None)
    said = next((each for each in reversed(made) if _ALL.search(examined.before(each.whole))), None)
    return holding or said or (made[0] if made else None)
