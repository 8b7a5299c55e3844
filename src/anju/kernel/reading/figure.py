"""What reading finds in a text: figures with everything the words around them say, as plain immutable data.

The JSON form of these (see `form.py` and docs/reading.md) is a contract: names and meanings of its keys do not change.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from anju.kernel.figures.periods import Period

Role = Literal["level", "cumulative", "yoy", "mom", "change_abs", "share", "rate", "rank", "target", "plan", "average"]
ROLES: tuple[Role, ...] = ("level", "cumulative", "yoy", "mom", "change_abs", "share", "rate", "rank", "target", "plan", "average")
Modifier = Literal["about", "over", "under", "at_least", "at_most", "masked"]
Direction = Literal["up", "down", "flat"]
Claimed = Literal["all", "none"]

LEVELS: frozenset[Role] = frozenset({"level", "cumulative", "target", "plan", "average"})
"""Roles of figures that others describe: a growth, a share, a rate, a rank or a change attaches to one of these."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a figure is about beside its subject, as the text says it (`place` 全县, `period_text` 上半年, `cut_off_text` 六月底).

    `period` and `cut_off` are resolved against the report's own period and None when they cannot be. `of_which` is true after 其中.
    """

    place: str = ""
    period_text: str = ""
    cut_off_text: str = ""
    period: Period | None = None
    cut_off: Period | None = None
    of_which: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """Where a figure stands: counters from 0 of paragraph, sentence (ends with 。！？ or the line) and clause (ends with ，；：too), and
    the titles of the headings above it, outermost first."""

    paragraph: int = 0
    sentence: int = 0
    clause: int = 0
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """One figure: text[start:end] is number + scale + unit (35.52万㎡, 1300余人次), offsets count characters of the text read.

    `value` is exact and counted in `unit` (355200 ㎡; 55.40 %; 13 百分点; 2 位); None when masked. `value_max` is the upper end of a range.
    `low` and `high` bound what the printed words can mean: half a unit of the last printed place for measured amounts, more for 约 and 余;
    None is an open end. A count printed in full is exact (low = value = high). A fall has a positive value and direction down.
    `attaches_to` is the index of the figure this one describes, or of the whole it is a part of.
    """

    index: int
    start: int
    end: int
    text: str
    value: Fraction | None
    unit: str
    role: Role
    value_max: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    direction: Direction | None = None
    modifier: Modifier | None = None
    hedges: tuple[str, ...] = ()
    """The words behind `modifier` as printed: 约, 余, 以上. A masked figure may have some too."""
    subject: str = ""
    scope: Scope = field(default_factory=Scope)
    attaches_to: int | None = None
    dimension: str = ""
    """The kind of quantity as kernel.quantities names it (money, area, rate, 户 ...); "" when the unit is missing."""
    factor: Fraction = Fraction(1)
    """How many base units of the dimension one `unit` is: 亩 is 2000/3 ㎡."""
    scale: int = 1
    """万 is 10000: printed value × scale = value."""
    places: int = 0
    """Decimals as printed: 35.52万㎡ has two."""
    position: Position = field(default_factory=Position)

    @property
    def masked(self) -> bool:
        return self.value is None

    @property
    def base(self) -> Fraction | None:
        """`value` in the base unit of the dimension."""
        return None if self.value is None else self.value * self.factor

    @property
    def step(self) -> Fraction:
        """One unit of the last printed place, in `unit`: 100 ㎡ for 35.52万㎡."""
        return Fraction(self.scale, 10**self.places)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about a whole set without digits: 全部, 全覆盖, 应保尽保 (`all`); 未发生一起, 没有出现, 清零 (`none`)."""

    start: int
    end: int
    text: str
    kind: Claimed
    subject: str
    position: Position
    attaches_to: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end], with the words themselves."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading or run-in (一、 （一） 1. 一是): `level` 1 is 一、, `title` is without the number."""

    start: int
    end: int
    number: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """text[start:end]; figures of one sentence share its `index` in their position."""

    index: int
    paragraph: int
    start: int
    end: int
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Date:
    """A date, year, month or named period in the text: `period` is what it means, when it can be told (上半年 of a 2023 report)."""

    start: int
    end: int
    text: str
    period: Period | None
    year_printed: bool
    """False when the year was taken from the report around it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as read. `period` is the report's own, from its title or opening; None when it names none."""

    text: str
    figures: tuple[ReadFigure, ...]
    sentences: tuple[Sentence, ...] = ()
    headings: tuple[Heading, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    dates: tuple[Date, ...] = ()
    claims: tuple[Claim, ...] = ()
    document_numbers: tuple[Span, ...] = ()
    period: Period | None = None

    def parts_of(self, index: int) -> tuple[ReadFigure, ...]:
        """The figures that attach to one as parts (same dimension, a level themselves)."""
        whole = self.figures[index]
        return tuple(f for f in self.figures if f.attaches_to == index and f.role in LEVELS and f.dimension == whole.dimension)
