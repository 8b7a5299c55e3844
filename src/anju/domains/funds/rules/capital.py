"""Project capital (项目资本金): 国发〔2015〕51号, 城市房地产开发经营管理条例 art 13."""

from __future__ import annotations

from decimal import Decimal

from anju.domains.funds.rules.exact import part_of


def required(investment_fen: int, ratio: Decimal) -> int:
    """The capital a project must bring, fen."""
    return part_of(investment_fen, ratio)
