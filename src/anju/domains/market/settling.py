"""What is paid when the measured area differs from the contract's (面积差异结算). Pure.

Source: 商品房销售管理办法（建设部令第88号）第二十条. Within the limit by fact. Beyond it the buyer may return the home or keep it: of a
larger area only the part within the limit is paid; of a smaller one the part within is paid back once and the part beyond it twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_FEN = Decimal(1)
_PERCENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Settlement:
    """`due_fen`: what the buyer pays, negative when the developer pays back. `may_return`: the buyer may return the home instead."""

    contract_area: Decimal
    measured_area: Decimal
    limit: Decimal
    due_fen: int

    @property
    def difference(self) -> Decimal:
        """Measured less contract area, ㎡."""
        return self.measured_area - self.contract_area

    @property
    def percent(self) -> Decimal:
        """The difference in percent of the contract's area, two places half-up; judged unrounded, shown so."""
        return (self.difference * 100 / self.contract_area).quantize(_PERCENT, ROUND_HALF_UP)

    @property
    def back_fen(self) -> int:
        """What the developer pays back."""
        return max(-self.due_fen, 0)

    @property
    def may_return(self) -> bool:
        """True beyond the limit."""
        return abs(self.difference) > self.limit * self.contract_area


def settle(contract_area: Decimal, measured_area: Decimal, unit_price_fen: int, limit: Decimal) -> Settlement:
    """Settle a home sold by building area when the contract is silent; `limit` 0.03 for 3 percent."""
    difference = measured_area - contract_area
    within = limit * contract_area
    if abs(difference) <= within:
        area = difference
    elif difference > 0:
        area = within
    else:
        area = -(within + 2 * (-difference - within))
    return Settlement(contract_area, measured_area, limit, int((area * unit_price_fen).quantize(_FEN, ROUND_HALF_UP)))
