"""Which cells are plain numbers: what totals are checked with."""

from __future__ import annotations

import polars as pl

PLAIN_NUMBER = r"^[-+]?(\d{1,20}(\.\d{0,8})?|\.\d{1,8})$"
_WIDE = "[０-９．，－,\\s¥￥]"


def plain_numbers(texts: pl.Series) -> pl.Series:
    """The texts that are numbers as plain ASCII (thousands separators gone, full-width digits narrowed), null for the rest."""
    name = texts.name
    text = pl.col("text")
    if texts.str.contains(_WIDE).any():
        text = text.str.replace_many(list("０１２３４５６７８９．，－"), list("0123456789.,-")).str.replace_all(r"[,\s¥￥]", "")
    shown = pl.when(text.str.contains(PLAIN_NUMBER)).then(text.str.strip_prefix("+"))
    return texts.to_frame("text").select(shown.alias(name))[name]
