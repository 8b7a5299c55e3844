"""Sign a contract: thirteen checks, the contract, the unit's stage and what follows, in one transaction (CT-02)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from django.utils import timezone

from anju.domains.market import checks, hooks
from anju.domains.market.models import CoBuyer, Contract, Developer, Eligibility, FiledPrice, Instalment, Operator, Permit
from anju.domains.market.offers import Buyer, Offer
from anju.domains.market.refusals import check_now, told_clearly
from anju.domains.property import actions as property_actions
from anju.domains.property import queries as property_queries
from anju.domains.property.stages import MORTGAGES, Event, Stage
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.codes import identity_document
from anju.kernel.database import prepared
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.journal.actions import action
from anju.kernel.parameters.basis import Basis

if TYPE_CHECKING:
    from anju.domains.property.models import Unit

TEMPLATE = {Contract.Kind.PRESALE: "presale-2014", Contract.Kind.FINISHED: "finished-2014"}
"""The model text a contract is printed from: GF-2014-0171 and GF-2014-0172 name their fields."""


def sign_contract(offer: Offer, *, by: Actor, key: str | None = None, on: date | None = None) -> Contract:
    """Sign. Needs `market.sign`, or `market.sign_own` for the operator of the unit's developer.

    `key`: the client's idempotency key; the same request again gives the contract of the first. `on`: the day of signing, today when
    left out. Raises AnjuError with every check that failed (`market.C01` … `market.C13`), `market.one_live_contract` and others; then
    nothing has changed.
    """
    today = on or timezone.localdate()
    with told_clearly(), action("market.sign_contract", by=by, key=key) as entry:
        if entry.repeated:
            return Contract.objects.get(pk=entry.data["contract"])
        (unit,) = property_actions.lock_units([offer.unit_id])
        situation, basis = _situation(offer, unit, today, by.region_code)
        _require_may_sign(by, situation.developer)
        refused = checks.problems(checks.run(situation))
        if refused:
            raise AnjuError(refused)
        if unit.stage == Stage.RESERVED and situation.holder not in situation.buyer_keys:
            property_actions.move_units([unit], Event.LAPSE, Stage.SALEABLE, on=today)
        number = offer.contract_no or f"{unit.region_code}{today.year}{situation.number:08d}"
        property_actions.move_units([unit], Event.SIGN, Stage.SIGNED, on=today, document=number)
        contract = _write(offer, unit, situation, number, today, basis)
        entry.subject, entry.data = f"market_contract:{contract.pk}", {"contract": contract.pk, "unit": unit.pk, "number": number}
        hooks.tell("signed", contract, by)
    return contract


def check_offer(offer: Offer, *, by: Actor, on: date | None = None) -> list[checks.Checked]:
    """What the checks say of an offer now, without signing. Needs the same permission."""
    with using_scope(by.scope):
        unit = property_queries.unit(offer.unit_id, by.scope)
        situation, _basis = _situation(offer, unit, on or timezone.localdate(), by.region_code)
        _require_may_sign(by, situation.developer)
        return checks.run(situation)


def buyer_key(id_type: str, id_no: str) -> str:
    """The blind index of a buyer's paper as text: equal for the same person, telling nothing else."""
    field = Contract._meta.get_field("resident_id")
    return bytes(field.index_of(identity_document.normalise(id_type, id_no))).hex()


def _situation(offer: Offer, unit: Unit, today: date, region: str) -> tuple[checks.Situation, Basis]:
    permit, price, number = _cover(unit)
    project = unit.building.project
    developer: Developer | None = permit.developer if permit else None
    if developer is None and project.developer_code:
        developer = Developer.objects.filter(code=project.developer_code, bureau_id=unit.bureau_id).first()
    basis = Basis.on(today, region or unit.region_code)
    limited = basis.flag("market.purchase_limit")
    eligibility = (
        Eligibility.objects.filter(number=offer.eligibility_no, bureau_id=unit.bureau_id).first() if offer.eligibility_no else None
    )
    unconsented: tuple[str, ...] = ()
    if any(limit in MORTGAGES for limit in unit.limits):
        standing = property_queries.restrictions_of([unit.pk])
        unconsented = tuple(f"{one.get_kind_display()}（{one.document}）" for one in standing if one.kind in MORTGAGES and not one.consent)
    return (
        checks.Situation(
            offer=offer,
            unit=unit,
            project_developer_code=project.developer_code,
            today=today,
            now=timezone.now(),
            developer=developer,
            permit=permit,
            price=price,
            live_contract=_live_contract(unit),
            unconsented=unconsented,
            holder=unit.reserved_for,
            buyer_keys=_keys(offer.buyers) if unit.reserved_for or limited else frozenset(),
            purchase_limit=limited,
            eligibility=eligibility,
            eligibility_used=eligibility is not None and Contract.objects.filter(eligibility=eligibility).exists(),
            number=number,
            least_down=basis.decimal("market.down_payment.least") if offer.payment.loan_fen else Decimal(0),
        ),
        basis,
    )


def _cover(unit: Unit) -> tuple[Permit | None, FiledPrice | None, int]:
    """The permit that covers the unit, its filed price and the next contract number, in one round trip."""
    found = prepared.ask(_cover_statement(), [unit.pk]).fetchone()
    if found is None:
        return None, FiledPrice.objects.filter(unit=unit.pk, ended_on=None).first(), 0
    *row, price_id, price_each, price_total, number = found
    permit, developer = prepared.joined((Permit, Developer), row)
    permit.developer = developer
    return permit, FiledPrice(pk=price_id, unit_price_fen=price_each, total_fen=price_total) if price_id else None, number


@cache
def _cover_statement() -> str:
    return (
        f"SELECT {prepared.read_columns(Permit, 'p')}, {prepared.read_columns(Developer, 'd')}, f.id, f.unit_price_fen, f.total_fen,"  # noqa: S608
        " nextval('market_contract_number') FROM market_permitunit c JOIN market_permit p ON p.id = c.permit_id AND p.state = 'issued'"
        " JOIN market_developer d ON d.id = p.developer_id LEFT JOIN market_filedprice f ON f.unit_id = c.unit_id AND f.ended_on IS NULL"
        " WHERE c.unit_id = %s AND c.ended_on IS NULL ORDER BY c.id LIMIT 1"
    )


def _live_contract(unit: Unit) -> str:
    if unit.stage in (Stage.INITIAL, Stage.SALEABLE, Stage.RESERVED, Stage.NOT_FOR_SALE):
        return ""  # the database keeps stage and contract together
    live = (
        Contract.objects.filter(unit=unit.pk, voided_at=None).exclude(state=Contract.State.CANCELLED).values_list("contract_no", flat=True)
    )
    return live.first() or ""


def _keys(buyers: tuple[Buyer, ...]) -> frozenset[str]:
    return frozenset(buyer_key(one.id_type, one.id_no) for one in buyers if one.id_type in identity_document.PAPERS)


def _require_may_sign(by: Actor, developer: Developer | None) -> None:
    if by.may("market.sign"):
        return
    by.require("market.sign_own")
    own = developer is not None and Operator.objects.filter(staff_id=by.staff_id or 0, developer=developer, ended_on=None).exists()
    if not own:
        raise Forbidden.of("market.not_own_project", f"{by.name}不是该项目开发企业的网签操作员。", advice="只能为授权企业的项目网签。")


def _write(offer: Offer, unit: Unit, situation: checks.Situation, number: str, today: date, basis: Basis) -> Contract:
    lead, *others = offer.buyers
    permit = situation.permit
    if permit is None:
        raise AnjuError.of("market.C02", "户室不在有效的预售许可或现售备案内。", advice="未取得许可不得签约。")
    kind = Contract.Kind.PRESALE if permit.kind == Permit.Kind.PRESALE else Contract.Kind.FINISHED
    pay = offer.payment
    contract = Contract(
        contract_no=number,
        kind=kind,
        unit_id=unit.pk,
        permit=permit,
        project_name=unit.building.project.name,
        building=unit.building.number,
        room=unit.room,
        use=unit.use,
        buyer=lead.name.strip()[:80],
        id_type=lead.id_type,
        resident_id=identity_document.normalise(lead.id_type, lead.id_no),
        phone=lead.phone.strip() or None,
        guardian=lead.guardian.strip()[:80],
        share_numerator=lead.share[0],
        share_denominator=lead.share[1],
        area=unit.area,
        price_basis=offer.price_basis,
        unit_price_fen=offer.unit_price_fen,
        total_fen=offer.total_fen,
        pay_way=pay.way,
        first_fen=pay.first_fen,
        loan_fen=pay.loan_fen,
        later_fen=pay.later_fen,
        loan_bank=pay.loan_bank.strip()[:80],
        escrow_account=permit.escrow_account,
        delivery_on=offer.delivery_on or permit.delivery_on,
        eligibility=situation.eligibility,
        template=TEMPLATE[kind],
        state=Contract.State.SIGNED,
        signed_on=today,
        basis=basis.as_data(),
        region_code=unit.region_code,
        bureau_id=unit.bureau_id,
    )
    prepared.numbered(contract, prepared.insert(contract))
    place = {"contract": contract, "region_code": unit.region_code, "bureau_id": unit.bureau_id}
    if others:
        CoBuyer.objects.bulk_create(
            [
                CoBuyer(
                    name=one.name.strip()[:80],
                    id_type=one.id_type,
                    resident_id=identity_document.normalise(one.id_type, one.id_no),
                    guardian=one.guardian.strip()[:80],
                    share_numerator=one.share[0],
                    share_denominator=one.share[1],
                    **place,
                )
                for one in others
            ]
        )
    if pay.instalments:
        Instalment.objects.bulk_create([Instalment(due_on=due, amount_fen=amount, **place) for due, amount in pay.instalments])
    if others or pay.instalments or lead.share[0] != lead.share[1]:
        check_now("adds_up", "alone")
    return contract
