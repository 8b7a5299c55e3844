"""Made-up people and companies. Every name carries 例, every number a code nobody was ever given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from anju.site.demo.dice import Dice

SAMPLE_REGION = "990121"  # no province has the code 99
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
)
_GIVEN = (
    "安宁平和顺康健明亮辉光朗清源河海波涛山岭峰石岩松柏竹梅兰菊荷莲英华芳芬丽秀文武斌学勤俭诚信义仁礼智勇"
    "强刚毅坚恒远志达通祥瑞庆喜福禄寿春夏秋冬晨曦晓露云霞雪霜月星"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    name: str
    resident_id: str
    phone: str


@dataclass
class People:
    """Makes people; no two share a resident number."""

    dice: Dice
    _made: int = field(default=0)
    _bodies: set[str] = field(default_factory=set)

    def somebody(self, *, born: tuple[int, int] = (1955, 2002)) -> Person:
        """A new person born between the years, both included."""
        self._made += 1
        body = self._body(born)
        while body in self._bodies:
            body = self._body(born)
        self._bodies.add(body)
        return Person(name_of(self.dice), body + check_character(body), f"199000{self.dice.between(0, 99_999):05d}")

    def _body(self, born: tuple[int, int]) -> str:
        first, last = date(born[0], 1, 1), date(born[1], 12, 31)
        birthday = first + timedelta(days=self.dice.between(0, (last - first).days))
        return f"{SAMPLE_REGION}{birthday:%Y%m%d}{self._made % 1000:03d}"


def name_of(dice: Dice) -> str:
    """A surname, 例 and one more character."""
    return f"{dice.pick(_SURNAMES)}例{dice.pick(_GIVEN)}"


def check_character(body: str) -> str:
    """The 18th character of a resident number (GB 11643-1999) for its first 17 digits."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]
