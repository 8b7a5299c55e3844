"""A made-up province, its city and nine counties, each county with its housing service centre. No such places exist."""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE = ("99", "示例省")
CITY = ("9901", "云川市")


@dataclass(frozen=True, slots=True)
class County:
    """A county of the sample city and the bureau that works in it."""

    region: str
    name: str
    bureau: str

    @property
    def short(self) -> str:
        """The name without 县."""
        return self.name.removesuffix("县")

    @property
    def bureau_name(self) -> str:
        """The bureau's full name."""
        return f"{self.name}房产服务中心"


COUNTIES = (
    County("990121", "东原县", "dongyuan"),
    County("990122", "西屏县", "xiping"),
    County("990123", "南泽县", "nanze"),
    County("990124", "北塬县", "beiyuan"),
    County("990125", "青禾县", "qinghe"),
    County("990126", "松岗县", "songgang"),
    County("990127", "平野县", "pingye"),
    County("990128", "澄湖县", "chenghu"),
    County("990129", "望云县", "wangyun"),
)
