"""Numbers from the unit of their header into the unit a ledger wants, exactly.

Decimal factors (万元 to 元) move the point and round nothing. Others (亩: 2000/3 ㎡, GB 3100) are rounded half up once, to the
places the ledger keeps. A cell that is not a plain number, or says its own unit (98.4亩), is left for the ledger's own check.
"""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from anju.kernel.quantities.rounding import round_half_up
from anju.kernel.quantities.text import plain
from anju.kernel.quantities.units import Unit

PLAIN_NUMBER = r"^[-+]?(\d{1,20}(\.\d{0,8})?|\.\d{1,8})$"


def plain_numbers(texts: pl.Series) -> pl.Series:
    """The texts that are numbers as plain ASCII (thousands separators gone, full-width digits narrowed), null for the rest."""
    name = texts.name
    frame = texts.to_frame("text")
    text = pl.col("text")
    if texts.str.contains("[０-９．，－,\\s¥￥]").any():
        text = text.str.replace_many(list("０１２３４５６７８９．，－"), list("0123456789.,-")).str.replace_all(r"[,\s¥￥]", "")
    return frame.select(pl.when(text.str.contains(PLAIN_NUMBER)).then(text.str.strip_prefix("+")).alias(name))[name]


def convert_column(texts: pl.Series, source: Unit, target: Unit, places: int) -> pl.Series:
    """The column of texts in `target`. Raises nothing: the caller has made sure that both units measure one kind of thing."""
    factor = source.factor / target.factor
    if factor == 1:
        return texts
    numbers = plain_numbers(texts)
    converted = _multiplied(numbers, int(factor)) if factor.denominator == 1 else _each(numbers, factor, places)
    return converted.fill_null(texts) if converted.null_count() else converted


def _multiplied(numbers: pl.Series, factor: int) -> pl.Series:
    product = numbers.cast(pl.Decimal(38, 8)) * factor
    return product.cast(pl.String).str.replace(r"\.?0+$", "")


def _each(numbers: pl.Series, factor: Fraction, places: int) -> pl.Series:
    known = {text: _one(text, factor, places) for text in numbers.drop_nulls().unique().to_list()}
    return numbers.replace_strict(known, default=None, return_dtype=pl.String)


def _one(text: str, factor: Fraction, places: int) -> str:
    exact = Fraction(text) * factor
    power = exact.denominator
    for prime in (2, 5):
        while power % prime == 0:
            power //= prime
    if power == 1 and (10**12 * exact).denominator == 1:
        scaled = round_half_up(exact, 12)
        shown = plain(scaled)
        return shown.rstrip("0").rstrip(".") if "." in shown else shown
    return plain(round_half_up(exact, places))
