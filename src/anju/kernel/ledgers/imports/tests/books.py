"""A contract book as an office keeps it, for the tests of imports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from anju.kernel.ledgers.workbook.tests.books import delimited, xlsx

LEDGER = "contract_probe"
PAGE = """
ledger: contract_probe
name: 存量房网签合同备案台账
version: 1
grain: one net-signed contract of an existing home
source: 存量房网签备案
key: [contract_no]
date: filed_on
fields:
  contract_no:  {label: 合同编号, also: [备案编号, 合同号], type: text, required: true, max: 40}
  location:     {label: 房屋坐落, also: [坐落, 地址], type: text, required: true, max: 120}
  use:          {label: 用途, also: [房屋用途], type: choice, required: true, choices: {residential: 住宅, commercial: 商业, other: 其他}}
  seller:       {label: 出卖人, also: [卖方, 转让方], type: text, required: true, max: 80}
  buyer:        {label: 买受人, also: [买方, 受让方], type: text, required: true, max: 80}
  resident_id:  {label: 买受人证件号, also: [证件号码, 身份证号], type: resident_id}
  area:         {label: 建筑面积, also: [面积], type: area, unit: ㎡, required: true, min: 0.01}
  amount:       {label: 成交金额, also: [合同金额, 成交价, 转让价款], type: money, unit: 元, required: true, min: 0}
  filed_on:     {label: 备案日期, also: [网签日期, 网签备案日期], type: date, required: true}
  state:        {label: 状态, also: [合同状态], type: choice, required: true, choices: {filed: 已备案, cancelled: 已撤销}}
rules:
  - {when: "use == 'residential' and area > 500", level: confirm, message: 住宅单套超过500㎡, advice: 核对面积的小数点和用途}
"""
"""A book with a table of its own, as the catalogue declares it; it exists in these tests only."""
TITLES = [["东原县存量房网签合同备案台账"], ["填报单位：东原县房产服务中心", *[None] * 6, "单位：万元"]]
HEADER = ["序号", "合同编号", "房屋坐落", "用途", "出卖人", "买受人", "建筑面积（㎡）", "成交金额", "备案日期", "状态"]
FIRST = 4
"""The sheet row of the first record."""


def record(number: int, **cells: Any) -> list[Any]:
    """One row; `cells` by label replace what it holds."""
    values: dict[str, Any] = {
        "序号": number,
        "合同编号": f"CL2023{number:04d}",
        "房屋坐落": f"阳光苑{number}号",
        "用途": "住宅",
        "出卖人": "张三",
        "买受人": "李四",
        "建筑面积（㎡）": 88.5,
        "成交金额": 45.1234,
        "备案日期": "2023-03-08",
        "状态": "已备案",
    }
    return list({**values, **cells}.values())


def book(path: Path, records: Sequence[Sequence[Any]], *, below: Sequence[Sequence[Any]] = (), titles: Sequence[Any] = TITLES) -> Path:
    """A workbook with titles, header, these rows and what stands below; .csv by its name."""
    rows = [*titles, HEADER, *records, *below]
    return delimited(path, rows) if path.suffix == ".csv" else xlsx(path, {"2023年": rows})
