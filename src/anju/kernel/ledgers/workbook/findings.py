"""What the reader noticed about a sheet, each at its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from anju.kernel.ledgers.workbook.cells import cell_name
from anju.kernel.ledgers.workbook.headers import Column, Header
from anju.kernel.ledgers.workbook.merges import Filled
from anju.kernel.ledgers.workbook.rows import Kind
from anju.kernel.ledgers.workbook.totals import WrongTotal
from anju.kernel.ledgers.workbook.wanted import Wanted
from anju.kernel.quantities.text import grouped
from anju.kernel.quantities.units import find_unit

Level = Literal["block", "must_fix", "confirm"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`row` from 1 as the program shows it, `column` from 0."""

    sheet: str
    row: int
    column: int
    code: str
    level: Level
    value: str
    what: str
    advice: str

    @property
    def cell(self) -> str:
        return cell_name(self.row, self.column)


def column_findings(sheet: str, header: Header, wanted: Mapping[str, Wanted]) -> list[Finding]:
    """Required columns that are missing, units of the wrong kind, and labels that were only guessed."""
    row = header.bottom + 1
    findings: list[Finding] = []
    missing = [one for one in wanted.values() if one.required and one.name not in header.matched]
    if missing:
        labels = "、".join(f"“{one.labels[0]}”" for one in missing)
        findings.append(
            Finding(
                sheet,
                row,
                0,
                "workbook.missing_columns",
                "block",
                "",
                f"表中没有必填的列：{labels}。",
                "请补上这些列，或在列对应中指定。",
            )
        )
    for name, column in header.matched.items():
        one = wanted[name]
        target = find_unit(one.unit)
        if column.unit is not None and target is not None and column.unit.dimension != target.dimension:
            what = f"列“{column.label}”的单位是{column.unit.name}，“{one.labels[0]}”要的是{one.unit}。"
            advice = "请改正列名中的单位，或改正列对应。"
            findings.append(Finding(sheet, row, column.index, "workbook.unit_mismatch", "block", column.label, what, advice))
        if column.match is not None and column.match.how == "guess":
            what = f"列“{column.label}”按“{one.labels[0]}”读取，两者名称不完全一样。"
            advice = "请核对；不对时在列对应中改正。"
            findings.append(Finding(sheet, row, column.index, "workbook.guessed_column", "confirm", column.label, what, advice))
    return findings


def merge_findings(sheet: str, filled: Sequence[Filled], numeric: Sequence[Column], kinds: pl.Series) -> list[Finding]:
    """Numbers in merged cells: filled into each row they would count several times, so a person must say."""
    labels = {column.index: column.label for column in numeric}
    return [
        Finding(
            sheet,
            one.top + 1,
            one.column,
            "workbook.merged_number",
            "confirm",
            one.text,
            f"“{labels[one.column]}”的合并单元格（第{one.top + 1}至{one.bottom + 1}行）已按每行 {one.text} 读取。",
            "如果它是这几行的合计，请取消合并并分行填写。",
        )
        for one in filled
        if one.column in labels and kinds[one.top] == int(Kind.DATA)
    ]


def total_findings(sheet: str, wrong: Sequence[WrongTotal]) -> list[Finding]:
    """Totals that do not add up, with both numbers."""
    return [
        Finding(
            sheet,
            one.row + 1,
            one.column.index,
            "workbook.wrong_total",
            "confirm",
            format(one.stated, "f"),
            f"“{one.column.label}”的{one.word}写的是 {grouped(one.stated)}，上面各行之和是 {grouped(one.summed)}。",
            "请核对是否漏行、重行或数字有误；合计行本身不导入。",
        )
        for one in wrong
    ]
