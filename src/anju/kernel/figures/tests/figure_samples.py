"""Indicators over the sample sales, and a way to ask both engines at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from anju.kernel.access.actor import Actor
from anju.kernel.figures import catalogue, snapshots
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.engines.postgres import PostgresEngine
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.periods import Period
from anju.kernel.figures.planning import Request

INDICATORS = """
sample.count:
  {name: 销售套数, unit: 套, fact: sample_sale, count: rows, by: filed_on, source: 示例, meaning: 备案套数。}
sample.homes:
  {name: 住宅套数, unit: 套, fact: sample_sale, count: rows, where: {use: home}, by: filed_on, of_which: sample.count,
   source: 示例, meaning: 住宅备案套数。}
sample.others:
  {name: 非住宅套数, unit: 套, fact: sample_sale, count: rows, where: {not: {use: home}}, by: filed_on, of_which: sample.count,
   source: 示例, meaning: 其余备案套数。}
sample.amount:
  {name: 销售额, unit: 元, show: 亿元, round: 2, fact: sample_sale, sum: amount, by: filed_on, source: 示例, meaning: 合同金额合计。}
sample.amount_by_size:
  {name: 销售额按大小显示, unit: 元, show: auto, round: 2, fact: sample_sale, sum: amount, by: filed_on, source: 示例, meaning: 同上。}
sample.amount_to_even:
  {name: 销售额四舍六入, unit: 元, show: 亿元, round: 2, rounding: half_even, growth_round: 1, recorded_from: 2022-02-01,
   fact: sample_sale, sum: amount, by: filed_on, source: 示例, meaning: 按GB/T 8170取舍。}
sample.area:
  {name: 销售面积, unit: ㎡, show: 万㎡, round: 2, fact: sample_sale, sum: area, by: filed_on, source: 示例, meaning: 面积合计。}
sample.price:
  {name: 均价, unit: 元/㎡, round: 0, average: {of: sample.amount, over: sample.area}, source: 示例, meaning: 额除以面积。}
sample.households:
  {name: 购房户数, unit: 户, fact: sample_sale, distinct: household, by: filed_on, source: 示例, meaning: 户号去重。}
sample.held:
  {name: 在册套数, unit: 套, fact: sample_sale, count: rows, stock: {from: filed_on, to: left_on}, source: 示例, meaning: 期末在册。}
sample.ever:
  {name: 累计套数, unit: 套, fact: sample_sale, count: rows, cumulative: {by: filed_on}, source: 示例, meaning: 累计备案。}
sample.since_2022:
  {name: 2022年以来套数, unit: 套, fact: sample_sale, count: rows, cumulative: {by: filed_on, since: 2022-01-01}, source: 示例,
   meaning: 累计。}
sample.left:
  {name: 退出套数, unit: 套, fact: sample_sale, count: rows, by: left_on, source: 示例, meaning: 期内退出。}
sample.home_rate:
  {name: 住宅占比, unit: "%", round: 2, ratio: {of: sample.homes, over: sample.count}, source: 示例, meaning: 住宅除以全部。}
sample.completion:
  {name: 完成比, unit: "%", round: 2, completion: {of: sample.homes, target: sample.others}, better: up, source: 示例, meaning: 完成。}
sample.accidents:
  {name: 事故控制率, unit: "%", round: 2, completion: {of: sample.homes, target: sample.others, inverse: true}, source: 示例,
   meaning: 控制。}
sample.movements:
  {name: 进出套数, unit: 套, sum_of: [sample.count, sample.left], source: 示例, meaning: 进与出之和。}
sample.rescoped:
  {name: 口径调整的套数, unit: 套, fact: sample_sale, count: rows, by: filed_on, source: 示例, meaning: 同上,
   scope_change: [{on: 2023-01-01, note: 并入示例镇}]}
sample.recomputed:
  {name: 可比口径的套数, unit: 套, fact: sample_sale, count: rows, by: filed_on, source: 示例, meaning: 同上,
   scope_change: [{on: 2023-01-01, note: 并入示例镇, comparable: true}]}
sample.last_left:
  {name: 最晚退出日期, unit: 日期, fact: sample_sale, max: left_on, cumulative: {by: filed_on}, source: 示例, meaning: 退出日期中最晚的。}
sample.first_filed:
  {name: 最早备案日期, unit: 日期, fact: sample_sale, min: filed_on, by: filed_on, source: 示例, meaning: 备案日期中最早的。}
sample.dearest:
  {name: 最高单笔金额, unit: 元, show: 万元, round: 2, fact: sample_sale, max: amount, by: filed_on, source: 示例, meaning: 最大的一笔。}
"""


@contextmanager
def indicators(home: Path, text: str = INDICATORS) -> Iterator[None]:
    """These indicators are in the installation's own folder until the block ends."""
    folder = home / "indicators"
    folder.mkdir(exist_ok=True)
    (folder / "sample.yaml").write_text(text, encoding="utf-8")
    catalogue.reload()
    try:
        yield
    finally:
        (folder / "sample.yaml").unlink()
        catalogue.reload()


def on_both(requests: list[Request], by: Actor) -> list[Figure]:
    """The figures, shown to be the same on the snapshot and on PostgreSQL."""
    snapshot = snapshots.refresh()
    on_snapshot = evaluate(requests, by=by, snapshot=snapshot, engine=DuckDBEngine(snapshot))
    on_records = evaluate(requests, by=by, snapshot=snapshot, engine=PostgresEngine())
    assert on_snapshot == on_records
    return on_snapshot


def ask(key: str, period: str, by: Actor, region: str = "990121", **given: Any) -> Figure:
    """One figure, on both engines."""
    return on_both([Request(key, Period.parse(period), region, **given)], by)[0]
