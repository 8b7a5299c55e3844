"""A contract book as an office keeps it, for the tests of imports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from anju.kernel.ledgers.workbook.tests.books import delimited, xlsx

LEDGER = "existing_home_contract"
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
