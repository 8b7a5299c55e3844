"""What somebody wants to sign: plain data from a form, the API or a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from anju.domains.market.models import Contract

_CENT = Decimal(1)


@dataclass(frozen=True, slots=True)
class Buyer:
    """A buyer. `share`: numerator and denominator; (0, 0) for joint ownership without shares. A minor has a guardian."""

    name: str
    id_no: str
    id_type: str = "resident_id"
    phone: str = ""
    share: tuple[int, int] = (1, 1)
    guardian: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """How the price is paid, in fen: first payment, loan, and instalments (due day, fen)."""

    first_fen: int
    loan_fen: int = 0
    instalments: tuple[tuple[date, int], ...] = ()
    way: str = Contract.PayWay.LUMP
    loan_bank: str = ""

    @property
    def later_fen(self) -> int:
        return sum(amount for _due, amount in self.instalments)


@dataclass(frozen=True, slots=True)
class Offer:
    """One contract to be signed.

    `unit_price_fen`: fen a ㎡ of the area that `price_basis` names; `area` and account are the register's when left out, and checked
    against it when given. `mortgage_told`: the buyers were told of the mortgage on the unit.
    """

    unit_id: int
    buyers: tuple[Buyer, ...]
    total_fen: int
    payment: Payment
    unit_price_fen: int | None = None
    price_basis: str = Contract.PriceBasis.BUILDING_AREA
    area: Decimal | None = None
    escrow_account: str = ""
    delivery_on: date | None = None
    eligibility_no: str = ""
    contract_no: str = ""
    mortgage_told: bool = False


def product_fen(unit_price_fen: int, area: Decimal) -> int:
    """Unit price times area, half-up to the fen."""
    return int((Decimal(unit_price_fen) * area).quantize(_CENT, ROUND_HALF_UP))


def tolerance_fen(area: Decimal) -> int:
    """How far the total may be from price times area: 0.01 元 a ㎡ (CT-05)."""
    return int(area) + 1
