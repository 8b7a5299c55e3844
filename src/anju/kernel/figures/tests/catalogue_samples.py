"""Facts and indicator files for tests of the catalogue: the real classes, without a database."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from anju.kernel.figures.catalogue import Catalogue, DefinitionFile, load
from anju.kernel.figures.facts import Column, Fact

CONTRACT = Fact(
    name="sale_contract",
    title="商品房网签合同台账",
    columns={
        column.name: column
        for column in (
            Column("use", "用途", "choice", choices={"residential": "住宅", "commercial": "商业"}),
            Column("state", "合同状态", "choice", choices={"filed": "已备案", "registered": "已办证", "cancelled": "已注销"}),
            Column("amount", "合同金额", "money", "元", 100, "万元"),
            Column("area", "建筑面积", "area", "㎡", 100, "㎡"),
            Column("batch", "批次", "integer", "批"),
            Column("score", "评分", "integer"),
            Column("unit_price", "单价", "decimal", "元/㎡", 100, "元/㎡"),
            Column("buyer_id", "买受人证件", "digest"),
            Column("building", "楼栋", "text"),
            Column("filed_on", "备案日期", "date"),
            Column("paid_on", "付款日期", "date"),
            Column("month", "所属月份", "month"),
        )
    },
    sources=(),
)
TASK = Fact(
    name="delivery_task",
    title="交付任务台账",
    columns={"units": Column("units", "任务套数", "integer", "套"), "due_on": Column("due_on", "完成时限", "date")},
    sources=(),
)
FACTS = {fact.name: fact for fact in (CONTRACT, TASK)}

UNITS = """
market.sold_units:
  name: 商品房销售套数
  unit: 套
  fact: sale_contract
  count: rows
  by: filed_on
  source: 网签备案
  meaning: 备案合同份数。
"""
AMOUNT = """
market.amount:
  name: 商品房销售额
  unit: 元
  show: 亿元
  round: 2
  fact: sale_contract
  sum: amount
  by: filed_on
  source: 网签备案
  meaning: 合同金额合计。
"""


def load_text(folder: Path, *texts: str) -> Catalogue:
    """A catalogue of files with these contents, named domains/s0/indicators.yaml and so on."""
    files = []
    for position, text in enumerate(texts):
        path = folder / f"{position}.yaml"
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        files.append(DefinitionFile(f"s{position}", path, f"domains/s{position}/indicators.yaml"))
    return load(files, FACTS)
