"""Every rule by its name, with the words a clerk reads for it; the order of this list changes no finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.rules.average import check_average
from anju.kernel.reading.checking.rules.brackets import check_brackets
from anju.kernel.reading.checking.rules.completion import check_completion
from anju.kernel.reading.checking.rules.counts import check_integer_count, check_percent_over_100, check_rank
from anju.kernel.reading.checking.rules.dated_terms import check_dated_terms
from anju.kernel.reading.checking.rules.duplicate_value import check_duplicate_value
from anju.kernel.reading.checking.rules.growth_words import check_points, check_times_down
from anju.kernel.reading.checking.rules.impossible_dates import check_impossible_dates
from anju.kernel.reading.checking.rules.magnitude import check_magnitude
from anju.kernel.reading.checking.rules.missing import check_missing_numbers, check_missing_units
from anju.kernel.reading.checking.rules.narrative import check_narrative_conflict, check_plan_without_baseline
from anju.kernel.reading.checking.rules.numbering import check_numbering
from anju.kernel.reading.checking.rules.of_which import check_of_which
from anju.kernel.reading.checking.rules.part_sum import check_part_sum
from anju.kernel.reading.checking.rules.period_mix import check_period_mix
from anju.kernel.reading.checking.rules.place_level import check_place_level
from anju.kernel.reading.checking.rules.price_volume import check_price_volume
from anju.kernel.reading.checking.rules.punctuation import check_punctuation
from anju.kernel.reading.checking.rules.ratio import check_ratio
from anju.kernel.reading.checking.rules.repeated import check_repeated
from anju.kernel.reading.checking.rules.shares import check_shares
from anju.kernel.reading.checking.rules.slips import check_slips
from anju.kernel.reading.checking.rules.stale_years import check_stale_years
from anju.kernel.reading.checking.rules.steps import check_steps
from anju.kernel.reading.checking.rules.upper_level import check_upper_level
from anju.kernel.reading.checking.rules.yoy_absolute import check_yoy_absolute
from anju.kernel.reading.checking.rules.yoy_decomposition import check_yoy_decomposition

Check = Callable[[Examined], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`names` are the rules of the JSON contract that a check may report, each with its Chinese name."""

    check: Check
    names: dict[str, str]


RULES: tuple[Rule, ...] = (
    Rule(check_part_sum, {"part_sum": "分项与合计"}),
    Rule(check_of_which, {"of_which": "其中项与总项"}),
    Rule(check_shares, {"share_sum": "占比合计"}),
    Rule(check_ratio, {"ratio": "比率"}),
    Rule(check_average, {"average": "平均数"}),
    Rule(check_yoy_absolute, {"yoy_absolute": "增减额与增幅", "direction": "升降方向"}),
    Rule(check_yoy_decomposition, {"yoy_decomposition": "同比分解"}),
    Rule(check_price_volume, {"price_volume": "量价额"}),
    Rule(check_completion, {"completion": "完成情况"}),
    Rule(check_integer_count, {"integer_count": "整数"}),
    Rule(check_percent_over_100, {"percent_over_100": "百分比上限"}),
    Rule(check_rank, {"rank": "名次"}),
    Rule(check_magnitude, {"magnitude": "数量级"}),
    Rule(check_duplicate_value, {"duplicate_value": "前后两数不一"}),
    Rule(check_times_down, {"times_down": "减少几倍"}),
    Rule(check_points, {"point_percent": "百分点与%"}),
    Rule(check_stale_years, {"stale_year": "旧年份"}),
    Rule(check_impossible_dates, {"impossible_date": "日期与年份"}),
    Rule(check_dated_terms, {"impossible_date": "日期与年份"}),
    Rule(check_period_mix, {"period_mix": "截止时点"}),
    Rule(check_place_level, {"place_level": "地名层级"}),
    Rule(check_upper_level, {"place_level": "地名层级"}),
    Rule(check_missing_units, {"missing_unit": "缺单位"}),
    Rule(check_missing_numbers, {"missing_number": "缺数字"}),
    Rule(check_narrative_conflict, {"narrative_conflict": "说法矛盾"}),
    Rule(check_plan_without_baseline, {"plan_without_baseline": "计划无现状"}),
    Rule(check_steps, {"order_of_steps": "先后次序"}),
    Rule(check_slips, {
        "masked_left": "遮盖未填", "growth_sign": "升降与负号", "style_yu": "余的用法", "style_jiezhi": "截止与截至",
        "style_docnumber": "发文字号", "style_rough_twice": "约数词重复", "style_percent": "全角百分号", "style_date": "日期写法",
    }),
    Rule(check_brackets, {"style_bracket": "引号括号"}),
    Rule(check_punctuation, {"style_punctuation": "标点"}),
    Rule(check_repeated, {"style_repeated": "词语重复"}),
    Rule(check_numbering, {"style_numbering": "序号"}),
)  # fmt: skip

NAMES: dict[str, str] = {name: words for rule in RULES for name, words in rule.names.items()}
"""Every rule name of the contract with its Chinese name."""

BESIDE = {"system_value": "与系统不符", "published_value": "与已公布的不符", "published_base": "推不回上年公布数"}
"""Rules that need more than the text: the system's figures or an earlier paper (see `comparing`)."""
