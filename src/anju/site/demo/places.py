"""Made-up estates of the sample county, their developers and banks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anju.site.demo.dice import Dice


@dataclass(frozen=True, slots=True)
class Estate:
    """`price`: 元 a ㎡ around which homes sell; only a weight, the totals decide."""

    number: str
    name: str
    developer: str
    bank: str
    price: int


ESTATES = (
    Estate("DY01", "锦和苑", "云川示例锦和置业有限公司", "示例银行东原支行", 4350),
    Estate("DY02", "望湖里", "东原示例望湖房地产开发有限公司", "示例银行东原支行", 5150),
    Estate("DY03", "槐荫府", "云川示例槐荫置业有限公司", "示例农商银行", 4780),
    Estate("DY04", "东城新苑", "东原示例城建开发有限公司", "示例农商银行", 4290),
    Estate("DY05", "学府壹号", "云川示例学府置业有限公司", "示例银行东原支行", 5480),
    Estate("DY06", "清河湾", "东原示例清河房地产开发有限公司", "示例村镇银行", 4620),
    Estate("DY07", "翠微居", "云川示例翠微置业有限公司", "示例农商银行", 4510),
    Estate("DY08", "明月台", "东原示例明月房地产开发有限公司", "示例银行东原支行", 5020),
    Estate("DY09", "云锦园", "云川示例云锦置业有限公司", "示例村镇银行", 4440),
    Estate("DY10", "祥和家园", "东原示例安居建设有限公司", "示例农商银行", 4180),
    Estate("DY11", "金桂园", "云川示例金桂置业有限公司", "示例银行东原支行", 4690),
    Estate("DY12", "新城中央", "东原示例新城房地产开发有限公司", "示例村镇银行", 5260),
)


def rooms(dice: Dice, *, buildings: int, floors: int = 18) -> Iterator[tuple[Estate, str, int, str]]:
    """Different rooms in no order: estate, building, floor and room number."""
    every = [
        (estate, f"{building}#", floor, f"{floor}{door:02d}")
        for estate in ESTATES
        for building in range(1, buildings + 1)
        for floor in range(1, floors + 1)
        for door in range(1, 5)
    ]
    return iter(dice.shuffled(every))
