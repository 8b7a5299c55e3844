"""A reading as the rules look at it: its figures by sentence and paragraph, the words around a figure, intervals in base units."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from anju.kernel.quantities.intervals import FAR, Interval
from anju.kernel.reading.checking.finding import Finding, Place, Severity
from anju.kernel.reading.figure import ReadFigure, Reading

if TYPE_CHECKING:
    from anju.kernel.reading.checking.partitions.whole import Whole

_CLAUSE_END = re.compile(r"[，；：。！？;!?\n]|(?<!\d),|,(?!\d)")
_PLAN = re.compile(r"计划|打算|下一步|下步|目标任务|工作安排|工作思路|工作重点|重点工作任务|工作部署|努力方向|总体要求|工作任务|展望|建议$")
_PLANNED = re.compile(r"力争|计划|预期|预计|拟|目标是|确保(?!了)|将(?!近)|争取(?!了|到|中央|省|各)|年内|今后|到20\d\d年")


AMOUNTS = frozenset(("level", "cumulative", "plan", "target"))
"""Roles of figures that add up, have parts and are bases of rates; an average, a growth or a rank does not."""


LONGEST = 600
"""Characters to either side that a rule looks at in one sentence."""


class Examined:
    """One reading and what the rules ask of it again and again. Everything here is computed in one pass over the text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self._intervals: dict[int, Interval] = {}
        self.figures: Sequence[ReadFigure] = reading.figures
        self.by_sentence: dict[int, list[ReadFigure]] = defaultdict(list)
        self.by_paragraph: dict[int, list[ReadFigure]] = defaultdict(list)
        self.describing: dict[int, list[ReadFigure]] = defaultdict(list)
        for figure in self.figures:
            self.by_sentence[figure.position.sentence].append(figure)
            self.by_paragraph[figure.position.paragraph].append(figure)
            if figure.attaches_to is not None:
                self.describing[figure.attaches_to].append(figure)

    @cached_property
    def _clause_ends(self) -> list[int]:
        return [match.end() for match in _CLAUSE_END.finditer(self.text)]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.reading.sentences]

    def clause(self, start: int) -> Place:
        """The clause around a place: between two of ，；：。 or line ends, the closing mark included."""
        index = bisect.bisect_right(self._clause_ends, start)
        begin = self._clause_ends[index - 1] if index else 0
        return begin, self._clause_ends[index] if index < len(self._clause_ends) else len(self.text)

    def before(self, figure: ReadFigure, limit: int = 24) -> str:
        """The words of the same clause before a figure, back to the figure before it."""
        previous = self.figures[figure.index - 1].end if figure.index else 0
        return self.text[max(self.clause(figure.start)[0], previous, figure.start - limit) : figure.start]

    def lead(self, figure: ReadFigure, limit: int = 60) -> str:
        """The words of the same sentence before a figure."""
        return self.text[max(self.sentence_start(figure), figure.start - limit) : figure.start]

    def after(self, figure: ReadFigure, limit: int = 12) -> str:
        """The words of the same clause after a figure, its closing mark included."""
        return self.text[figure.end : min(self.clause(figure.end)[1], figure.end + limit)]

    def within(self, start: int, end: int, limit: int = 64) -> Sequence[ReadFigure]:
        """The figures that begin in [start, end), in order, the first `limit` of them; the last where it is negative."""
        first, last = (bisect.bisect_left(self._figure_starts, place) for place in (start, end))
        return self.figures[max(first, last + limit) : last] if limit < 0 else self.figures[first : min(last, first + limit)]

    @cached_property
    def _figure_starts(self) -> list[int]:
        return [figure.start for figure in self.figures]

    def between(self, first: ReadFigure, second: ReadFigure) -> str:
        return self.text[first.end : second.start]

    def sentence_start(self, figure: ReadFigure) -> int:
        sentences = self.reading.sentences
        return sentences[figure.position.sentence].start if figure.position.sentence < len(sentences) else 0

    def sentence_at(self, offset: int) -> Place:
        """The sentence around a place of the text; of an endless one so much as a rule looks at."""
        sentences = self.reading.sentences
        index = bisect.bisect_right(self._sentence_starts, offset) - 1
        start, end = (sentences[index].start, sentences[index].end) if index >= 0 else (0, len(self.text))
        return max(start, offset - LONGEST), min(end, offset + LONGEST)

    def headings_at(self, offset: int) -> tuple[str, ...]:
        """The titles of the headings above a place."""
        sentences = self.reading.sentences
        index = bisect.bisect_right(self._sentence_starts, offset) - 1
        return sentences[index].headings if index >= 0 else ()

    def section_start(self, offset: int) -> int:
        """Where the section of the first level (一、) around a place begins; 0 without one."""
        return max((heading.start for heading in self.reading.headings if heading.level == 1 and heading.start <= offset), default=0)

    def around(self, place: Place, margin: int = 8) -> str:
        """The words at a place with a little before and after, for messages."""
        start, end = place
        return self.text[max(0, start - margin) : end + margin].replace("\n", "")

    def planned(self, figure: ReadFigure) -> bool:
        """True for figures of a section on plans, or said to be planned."""
        if figure.role in ("plan", "target") or any(_PLAN.search(title) for title in figure.position.headings):
            return True
        start, end = self.clause(figure.start)
        return bool(_PLANNED.search(self.text[start:end]))

    def interval(self, figure: ReadFigure) -> Interval | None:
        """What the printed words can mean, in base units (元, ㎡, %, things); None when masked."""
        if figure.value is None:
            return None
        known = self._intervals.get(figure.index)
        if known is None:
            low = -FAR if figure.low is None else figure.low * figure.factor
            high = FAR if figure.high is None else figure.high * figure.factor
            known = self._intervals[figure.index] = Interval(low, high)
        return known

    def known(self, figure: ReadFigure) -> Interval:
        """The interval of a figure that prints a number; any number for a masked one."""
        return self.interval(figure) or Interval(-FAR, FAR)

    def growth(self, figure: ReadFigure) -> Interval | None:
        """A growth as a number beside one: 上升55.40% is [0.55395, 0.55405], 下降4.2% is negative, 增长1.05倍 is 1.05."""
        interval = self.interval(figure)
        if interval is None or figure.dimension not in ("rate", "pure") or figure.unit == "百分点":
            return None
        sign = -1 if figure.direction == "down" else 1
        return interval.times(Fraction(sign, 100 if figure.dimension == "rate" else 1))

    def growth_of(self, figure: ReadFigure) -> ReadFigure | None:
        """The year-on-year growth that describes a figure, when exactly one does."""
        found = [each for each in self.describing[figure.index] if each.role == "yoy" and self.growth(each) is not None]
        return found[0] if len(found) == 1 else None

    @cached_property
    def wholes(self) -> tuple[Whole, ...]:
        """The wholes of the text with their parts."""
        from anju.kernel.reading.checking.partitions.finding_wholes import wholes

        return wholes(self)

    @cached_property
    def whole_of(self) -> dict[int, Whole]:
        """The whole that a part belongs to, by the part's index; of several the first."""
        found: dict[int, Whole] = {}
        for whole in self.wholes:
            for part in whole.parts:
                found.setdefault(part.index, whole)
        return found

    def finding(
        self,
        rule: str,
        severity: Severity,
        message: str,
        advice: str,
        *figures: ReadFigure,
        spans: Iterable[Place] = (),
        arithmetic: str = "",
    ) -> Finding:
        """A finding at these figures, or at other places of the text."""
        places = tuple(spans) or tuple((figure.start, figure.end) for figure in figures)
        return Finding(rule, severity, places, message, advice, arithmetic, tuple(figure.index for figure in figures))
