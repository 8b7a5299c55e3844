"""Total rows are left out, but first they are held against the rows above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from anju.kernel.ledgers.workbook.headers import Column
from anju.kernel.ledgers.workbook.numbers import plain_numbers
from anju.kernel.ledgers.workbook.rows import Kind, Sorted
from anju.kernel.quantities.rounding import round_half_up

_EXACT = pl.Decimal(38, 8)


@dataclass(frozen=True, slots=True)
class WrongTotal:
    """A total that its rows do not add up to. `row` from 0; `stated` as written, `summed` over the rows it covers."""

    row: int
    column: Column
    word: str
    stated: Decimal
    summed: Decimal


def check_totals(columns: Sequence[pl.Series], numeric: Sequence[Column], sorted_rows: Sorted) -> list[WrongTotal]:
    """Every number in a total row that differs from the sum above it.

    小计 covers the rows since the last total row; 合计, 总计, 累计 and 共计 cover all rows above or, in books of several
    blocks, those since the last such row. A total printed with fewer decimals than its rows is compared after rounding half up.
    """
    if not sorted_rows.totals:
        return []
    wrong: list[WrongTotal] = []
    data = sorted_rows.kinds == int(Kind.DATA)
    for column in numeric:
        texts = plain_numbers(columns[column.index])
        stated_at = [(row, word) for row, word in sorted_rows.totals if texts[row] is not None]
        if not stated_at:
            continue
        amounts = texts.to_frame("x").select(pl.when(data).then(pl.col("x")).cast(_EXACT).fill_null(0).alias("x"))["x"]
        wrong += _check_column(column, amounts, texts, stated_at, sorted_rows)
    return sorted(wrong, key=lambda one: (one.row, one.column.index))


def _check_column(
    column: Column, amounts: pl.Series, texts: pl.Series, stated_at: list[tuple[int, str]], sorted_rows: Sorted
) -> list[WrongTotal]:
    wrong: list[WrongTotal] = []
    running, at = Decimal(0), 0
    since_any, since_same = Decimal(0), Decimal(0)
    stated = dict(stated_at)
    for row, word in sorted_rows.totals:
        running += _sum(amounts, at, row)
        at = row
        small = "小计" in word
        if row in stated:
            value = Decimal(str(texts[row]))
            covered = [running - since_any] if small else [running, running - since_same, running - since_any]
            if not any(_agrees(value, one) for one in covered):
                wrong.append(WrongTotal(row, column, word, value, _short(covered[0])))
        since_any = running
        if not small:
            since_same = running
    return wrong


def _sum(amounts: pl.Series, start: int, end: int) -> Decimal:
    return Decimal(amounts.slice(start, end - start).sum() or 0)


def _agrees(stated: Decimal, summed: Decimal) -> bool:
    places = max(0, -int(stated.as_tuple().exponent))
    return stated == summed or round_half_up(summed, places) == stated


def _short(value: Decimal) -> Decimal:
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else value
