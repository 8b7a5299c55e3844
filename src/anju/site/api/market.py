"""Net-signing over JSON: check, sign, read, file, cancel. The same actions as the pages, with the client's idempotency key."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import Field

from anju.domains.market import actions, queries
from anju.domains.market.models import Contract
from anju.domains.market.offers import Buyer, Offer, Payment
from anju.kernel.access.actor import Actor
from anju.site.api.access import actor_of_request

router = Router()
Fen = Annotated[int, Field(ge=0, lt=10**14)]
Word = Annotated[str, Field(max_length=120)]


class BuyerIn(Schema):
    """A buyer. `share`: numerator and denominator, [0, 0] for joint ownership without shares."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    id_no: Annotated[str, Field(min_length=1, max_length=40)]
    id_type: Annotated[str, Field(max_length=20)] = "resident_id"
    phone: Annotated[str, Field(max_length=20)] = ""
    share: tuple[Annotated[int, Field(ge=0, le=10**6)], Annotated[int, Field(ge=0, le=10**6)]] = (1, 1)
    guardian: Annotated[str, Field(max_length=80)] = ""


class InstalmentIn(Schema):
    """One instalment, in fen."""

    due_on: date
    amount_fen: Fen


class OfferIn(Schema):
    """What is to be signed; money in fen."""

    unit: int
    buyers: Annotated[list[BuyerIn], Field(min_length=1, max_length=20)]
    total_fen: Fen
    unit_price_fen: Fen | None = None
    price_basis: Contract.PriceBasis = Contract.PriceBasis.BUILDING_AREA
    area: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)] | None = None
    first_fen: Fen
    loan_fen: Fen = 0
    instalments: Annotated[list[InstalmentIn], Field(max_length=60)] = []
    pay_way: Contract.PayWay = Contract.PayWay.LUMP
    loan_bank: Word = ""
    escrow_account: Annotated[str, Field(max_length=40)] = ""
    delivery_on: date | None = None
    eligibility_no: Annotated[str, Field(max_length=40)] = ""
    mortgage_told: bool = False


class ContractOut(Schema):
    """A contract as the register has it; the buyer's paper stays masked."""

    id: int
    contract_no: str
    state: str
    unit: int | None
    buyer: str
    area: str
    total_fen: int
    escrow_account: str
    signed_on: date
    filed_on: date | None
    filing_no: str
    cancelled_on: date | None


class CheckOut(Schema):
    """One check before signing."""

    code: str
    title: str
    passed: bool
    what: str = ""
    advice: str = ""


class CancelIn(Schema):
    """How and why a contract is cancelled."""

    kind: Contract.CancelKind
    reason: Annotated[str, Field(min_length=1, max_length=200)]
    on: date
    document: Annotated[str, Field(max_length=80)] = ""
    paper: Annotated[str, Field(max_length=64)] = ""
    publicity_ended_on: date | None = None


@router.post("/contracts", response={201: ContractOut})
def sign(
    request: HttpRequest, body: OfferIn, idempotency_key: Annotated[str | None, Header(max_length=100)] = None
) -> Status[dict[str, Any]]:
    """Sign a contract. With an `Idempotency-Key` header a repeated call returns the first contract."""
    by = actor_of_request(request)
    return Status(201, _shown(actions.sign_contract(_offer(body), by=by, key=_own_key(by, idempotency_key))))


@router.post("/contracts/check", response=list[CheckOut])
def check(request: HttpRequest, body: OfferIn) -> list[dict[str, Any]]:
    """What the thirteen checks say of an offer now; signs nothing."""
    return [
        {
            "code": one.code,
            "title": one.title,
            "passed": one.passed,
            "what": one.problem.what if one.problem else "",
            "advice": one.problem.advice if one.problem else "",
        }
        for one in actions.check_offer(_offer(body), by=actor_of_request(request))
    ]


@router.get("/contracts/{number}", response=ContractOut)
def contract(request: HttpRequest, number: int) -> dict[str, Any]:
    """One contract of the caller's scope."""
    by = actor_of_request(request)
    by.require("market.view")
    return _shown(queries.contract(number, by.scope))


@router.post("/contracts/{number}/file", response=ContractOut)
def file(request: HttpRequest, number: int, idempotency_key: Annotated[str | None, Header(max_length=100)] = None) -> dict[str, Any]:
    """File it."""
    by = actor_of_request(request)
    return _shown(actions.file_contract(number, by=by, key=_own_key(by, idempotency_key)))


@router.post("/contracts/{number}/cancel", response=ContractOut)
def cancel(
    request: HttpRequest, number: int, body: CancelIn, idempotency_key: Annotated[str | None, Header(max_length=100)] = None
) -> dict[str, Any]:
    """Cancel it."""
    by = actor_of_request(request)
    return _shown(actions.cancel_contract(number, by=by, key=_own_key(by, idempotency_key), **body.dict()))


def _own_key(by: Actor, key: str | None) -> str | None:
    # Two callers may choose the same key; each has its own.
    return None if key is None else f"{by.staff_id}:{key}"


def _offer(body: OfferIn) -> Offer:
    return Offer(
        unit_id=body.unit,
        buyers=tuple(Buyer(**one.dict()) for one in body.buyers),
        total_fen=body.total_fen,
        payment=Payment(
            body.first_fen, body.loan_fen, tuple((one.due_on, one.amount_fen) for one in body.instalments), body.pay_way, body.loan_bank
        ),
        unit_price_fen=body.unit_price_fen,
        price_basis=body.price_basis,
        area=body.area,
        escrow_account=body.escrow_account,
        delivery_on=body.delivery_on,
        eligibility_no=body.eligibility_no,
        mortgage_told=body.mortgage_told,
    )


def _shown(contract: Contract) -> dict[str, Any]:
    return {
        "id": contract.pk,
        "contract_no": contract.contract_no,
        "state": contract.state,
        "unit": contract.unit_id,
        "buyer": contract.buyer,
        "area": str(contract.area),
        "total_fen": contract.total_fen,
        "escrow_account": contract.escrow_account,
        "signed_on": contract.signed_on,
        "filed_on": contract.filed_on,
        "filing_no": contract.filing_no,
        "cancelled_on": contract.cancelled_on,
    }
