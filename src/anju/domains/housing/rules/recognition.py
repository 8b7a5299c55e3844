"""保障性租赁住房项目认定: enough homes, small enough, each in one letter (国办发〔2021〕22号; minimum size LOCAL). RB-15."""

from __future__ import annotations

from dataclasses import dataclass

from anju.kernel.rules.parameters import Value
from anju.kernel.rules.rule import Draft, Rule

SOURCE = "《国务院办公厅关于加快发展保障性租赁住房的意见》（国办发〔2021〕22号）"


@dataclass(frozen=True, slots=True)
class RecognitionTerms:
    """`min_units`: 套; `min_area`: ㎡ of the project; `small_area`: ㎡, what counts as a small flat; `small_share`: least share of them."""

    min_units: Value
    min_area: Value
    small_area: Value
    small_share: Value


def recognition(p: RecognitionTerms) -> Rule:
    """One project. `small_units` are counted by `p.small_area` from the list of homes; an approved exemption frees the project of it."""
    draft = Draft("housing.recognition", "保障性租赁住房项目认定", source=SOURCE)
    homes = draft.number("units", "房源套数", unit="套", most=10**6)
    small = draft.number("small_units", "小户型套数", unit="套", most=10**6)
    area = draft.number("area", "总建筑面积", unit="㎡", scale=2, most=10**10)
    exempt = draft.truth("exempt", "批准豁免户型要求")
    elsewhere = draft.number("units_elsewhere", "已列入其他认定书的套数", unit="套", most=10**6)
    land = draft.truth("eligible_land", "土地来源属于支持范围")
    least, least_area, share = (draft.value(one) for one in (p.min_units, p.min_area, p.small_share))
    draft.value(p.small_area)  # the list of homes is counted by it; here it is only said
    draft.check(
        "enough_units",
        "规模",
        homes >= least,
        holds="{units}，不少于 {min_units}",
        fails="{units}，不足 {min_units}",
        source=p.min_units.source,
    )
    draft.check(
        "enough_area",
        "面积",
        area >= least_area,
        holds="{area}，不少于 {min_area}",
        fails="{area}，不足 {min_area}",
        source=p.min_area.source,
    )
    draft.check(
        "small", "户型", exempt | (small / homes >= share), holds="不超过 {small_area} 的小户型有 {small_units}，符合户型要求",
        fails="不超过 {small_area} 的小户型只有 {small_units}，占比不足 {small_share}", source=SOURCE,
    )  # fmt: skip
    draft.check("only_here", "房源", elsewhere.equals(0), holds="房源没有列入其他认定书", fails="有 {units_elsewhere} 已列入其他认定书")
    draft.check("land", "土地来源", land, holds="土地来源属于支持范围", fails="土地来源不属于支持范围")
    return draft.rule()
