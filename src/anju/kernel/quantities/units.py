"""Units of measurement: exact factors, and no arithmetic across kinds of things.

户, 套, 栋 and 宗 are different things although all are counts, so each is a dimension of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from anju.kernel.errors import AnjuError

MONEY, AREA, RATE = "money", "area", "rate"
DATE = "日期"
"""A day counted from 1 January of the year 1 (`date.toordinal`): dates are compared and printed, never added."""


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor`: how many of the dimension's base one of these is (元, ㎡, %, or the counted thing itself)."""

    name: str
    dimension: str
    factor: Fraction

    def __str__(self) -> str:
        return self.name


_MEASURES: dict[str, dict[str, Fraction]] = {
    MONEY: {"元": Fraction(1), "分": Fraction(1, 100), "角": Fraction(1, 10), "万元": Fraction(10**4), "亿元": Fraction(10**8)},
    AREA: {
        "㎡": Fraction(1),
        "万㎡": Fraction(10**4),
        "亩": Fraction(2000, 3),
        "公顷": Fraction(10**4),
        "平方公里": Fraction(10**6),
    },
    RATE: {"%": Fraction(1), "个百分点": Fraction(1), "‰": Fraction(1, 10)},
    "length": {"米": Fraction(1), "公里": Fraction(1000)},
    "volume": {"立方米": Fraction(1), "万立方米": Fraction(10**4)},
    "mass": {"吨": Fraction(1), "万吨": Fraction(10**4)},
    "pure": {"倍": Fraction(1)},
    DATE: {DATE: Fraction(1)},
}

_COUNTED = frozenset("户套宗件份次人栋个批位起项处家幢间名条台张块期场笔片村盏座辆部本封例组层天年篇段等") | {
    "人次", "件次", "个次", "户次", "家次", "台班", "人天", "个月", "记分",
}  # fmt: skip

_ALIASES = {
    "m²": "㎡", "m2": "㎡", "M2": "㎡", "M²": "㎡", "平米": "㎡", "平方": "㎡", "平方米": "㎡", "平": "㎡", "m^2": "㎡",
    "万平方米": "万㎡", "万平米": "万㎡", "万平": "万㎡", "万m²": "万㎡", "万m2": "万㎡", "万M2": "万㎡", "万平方": "万㎡",
    "km²": "平方公里", "km2": "平方公里", "平方千米": "平方公里", "ha": "公顷", "hm²": "公顷",
    "圆": "元", "人民币元": "元", "RMB": "元", "¥": "元", "￥": "元", "万圆": "万元",
    "％": "%", "百分点": "个百分点", "百分比": "%",
    "m": "米", "km": "公里", "千米": "公里", "m³": "立方米", "m3": "立方米", "立方": "立方米", "t": "吨",
    "日": "天",
}  # fmt: skip

STORED_PLACES = {MONEY: 2, AREA: 2}
"""Decimal places of the base unit that the integers in facts carry: money in fen, area in hundredths of ㎡, counts whole."""


@lru_cache(maxsize=4096)
def unit(name: str) -> Unit:
    """The unit of this name, alias or quotient (`万元`, `m²`, `万户`, `元/㎡`). Raises AnjuError `quantities.unknown_unit`."""
    found = find_unit(name)
    if found is None:
        raise AnjuError.of(
            "quantities.unknown_unit", f"不认识的计量单位“{name}”。", advice="请改用系统已有的单位，例如元、万元、㎡、亩、套、户、%。"
        )
    return found


@lru_cache(maxsize=4096)
def find_unit(name: str) -> Unit | None:
    """Like `unit`, but None when there is no such unit; for reading headers of workbooks."""
    name = name.strip().replace("／", "/")
    name = _ALIASES.get(name, name)
    for dimension, members in _MEASURES.items():
        if name in members:
            return Unit(name, dimension, members[name])
    if name in _COUNTED:
        return Unit(name, name, Fraction(1))
    if name[:1] == "万" and name[1:] in _COUNTED:
        return Unit(name, name[1:], Fraction(10**4))
    above, slash, below = name.partition("/")
    if slash and above and below and "/" not in below:
        return _quotient(above, below)
    return None


def _quotient(above: str, below: str) -> Unit | None:
    top, bottom = find_unit(above), find_unit(below)
    if top is None or bottom is None:
        return None
    return Unit(f"{top.name}/{bottom.name}", quotient_dimension(top, bottom), top.factor / bottom.factor)


def quotient_dimension(top: Unit, bottom: Unit) -> str:
    """The dimension of the first divided by the second: `money/area`; a rate when both are of one kind."""
    return RATE if top.dimension == bottom.dimension else f"{top.dimension}/{bottom.dimension}"


def convert(value: Fraction, source: Unit, target: Unit) -> Fraction:
    """The same quantity in another unit, exactly. Raises AnjuError `quantities.unit_mismatch` across dimensions."""
    require_same_kind(source, target)
    return value * source.factor / target.factor


def require_same_kind(first: Unit, second: Unit) -> None:
    """Raise AnjuError `quantities.unit_mismatch` unless both measure the same kind of thing."""
    if first.dimension != second.dimension:
        raise AnjuError.of(
            "quantities.unit_mismatch",
            f"“{first.name}”与“{second.name}”不是同一类量，不能相加、比较或换算。",
            advice="请核对两个数的计量单位。",
        )


def stored_unit(dimension: str) -> Fraction:
    """How many base units one stored integer stands for: 1/100 for money and area, 1 for counts."""
    return Fraction(1, 10 ** STORED_PLACES.get(dimension, 0))


def from_stored(value: int, target: Unit) -> Fraction:
    """A stored integer (fen, hundredths of ㎡, things) in `target`, exactly."""
    return value * stored_unit(target.dimension) / target.factor


def to_stored(value: Fraction, source: Unit) -> Fraction:
    """A quantity in stored integers; a fraction is left when it is finer than what is stored (0.001元): the caller refuses or rounds."""
    return value * source.factor / stored_unit(source.dimension)


def default_scale_of_money(value_yuan: Fraction) -> Unit:
    """The unit money is printed in when the indicator names none: 亿元 from 1e8 on, 万元 from 1e4 on, else 元, by absolute value."""
    size = abs(value_yuan)
    return unit("亿元" if size >= 10**8 else "万元" if size >= 10**4 else "元")
