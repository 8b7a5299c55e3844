"""A made-up building on sale: developer, permit, filed prices, and offers for its units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from anju.domains.market import actions
from anju.domains.market.models import Developer, Permit
from anju.domains.market.offers import Buyer, Offer, Payment
from anju.domains.property.models import Building, Unit
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.codes import credit_code
from anju.kernel.codes.resident_id import check_character

DEVELOPER_CODE = "91990121MA0AAAA10"
PRICE_FEN = 500_000
"""5,000 元 a ㎡."""
ESCROW, AGREEMENT = "6200000000000001", "监管〔2023〕1号"
DAY = date(2023, 3, 1)


def developer_code() -> str:
    """A made-up credit code that passes its check."""
    return DEVELOPER_CODE + credit_code.check_character(DEVELOPER_CODE)


def made_up_id(number: int, *, born: str = "19800101") -> str:
    """A resident id of the reserved province 99 cannot be: 11 is used, with a made-up county and a valid check character."""
    body = f"110199{born}{number % 1000:03d}"
    return body + check_character(body)


def good_conditions(**changes: Any) -> actions.Conditions:
    """What a pre-sale needs, with a quarter invested."""
    held: dict[str, Any] = {
        "land_fee_paid": True, "land_document": "示国用（2022）1号", "planning_permit": "建字第1号",
        "construction_permit": "990121202201010101",
        "schedule": "主体施工，2024年12月竣工", "delivery_on": date(2024, 12, 31), "invested_fen": 2_500, "investment_fen": 10_000,
        "bank": "示例银行", "escrow_account": ESCROW, "agreement": AGREEMENT,
    }  # fmt: skip
    return actions.Conditions(**(held | changes))


def make_escrow(by: Actor, account_no: str = ESCROW, agreement_no: str = AGREEMENT) -> str:
    """The escrow agreement of the bureau's permits, in force; returns its account number."""
    from anju.domains.funds.actions.agreements import Terms, sign_agreement
    from anju.domains.funds.models import Agreement

    with using_scope(by.scope):
        found = Agreement.objects.filter(bureau_id=by.bureau_id or 0, agreement_no=agreement_no).first()
        if found is None:
            terms = Terms(
                agreement_no, "示例苑", "示例置业有限公司", "示例银行", "示例置业监管户", account_no, date(2023, 1, 10), mode="retained"
            )
            found = sign_agreement(terms, by=replace(by, permissions=by.permissions | {"funds.handle"}))
        return found.account_no


def end_escrow(by: Actor, *, on: date) -> None:
    """That agreement is in force no more."""
    from anju.domains.funds.models import Agreement

    with using_scope(by.scope):
        Agreement.objects.filter(bureau_id=by.bureau_id or 0, agreement_no=AGREEMENT).update(state="terminated", ended_on=on)


def make_developer(by: Actor) -> Developer:
    """示例置业有限公司, once."""
    with using_scope(by.scope):
        found = Developer.objects.filter(bureau_id=by.bureau_id or 0).first()
        return found or actions.add_developer(name="示例置业有限公司", code=developer_code(), grade="二级", by=by)


def open_for_sale(building: Building, units: Sequence[Unit], by: Actor, *, price_fen: int = PRICE_FEN) -> Permit:
    """Issue a permit for the units and file their prices."""
    with using_scope(by.scope):
        project = building.project
        developer = make_developer(by)
        type(project).objects.filter(pk=project.pk).update(developer_code=developer.code)
        permit = actions.apply_for_permit(
            kind=Permit.Kind.PRESALE, project_id=project.pk, developer=developer, units=[unit.pk for unit in units],
            conditions=good_conditions(escrow_account=make_escrow(by, f"62{by.bureau_id or 0:014d}")), on=date(2023, 1, 20), by=by,
        )  # fmt: skip
        actions.issue_permit(permit.pk, number=f"示预许{permit.pk}号", on=date(2023, 2, 1), valid_until=None, by=by)
        lines = [actions.PriceLine(unit.pk, price_fen, price_fen * int(unit.area * 100) // 100) for unit in units]
        actions.file_prices(lines, document="价备〔2023〕1号", on=date(2023, 2, 2), by=by)
        return Permit.objects.get(pk=permit.pk)


def offer_for(unit: Unit, number: int = 1, *, price_fen: int = PRICE_FEN, **changes: Any) -> Offer:
    """One buyer pays everything at once."""
    total = price_fen * int(Decimal(unit.area) * 100) // 100
    held: dict[str, Any] = {
        "unit_id": unit.pk,
        "buyers": (Buyer(f"示例买{number}", made_up_id(number)),),
        "total_fen": total,
        "unit_price_fen": price_fen,
        "payment": Payment(total),
    }
    return Offer(**(held | changes))
