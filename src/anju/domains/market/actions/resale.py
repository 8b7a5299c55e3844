"""存量房: check the house, sign, file, register, cancel (CT-13). The triggers of `resale.sql` hold the same rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from anju.domains.market import hooks
from anju.domains.market.models import Eligibility, HouseCheck, ResaleContract
from anju.domains.market.offers import Buyer
from anju.domains.market.refusals import told_clearly
from anju.domains.property import actions as property_actions
from anju.kernel.access.actor import Actor
from anju.kernel.codes import identity_document
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.parameters.basis import Basis


@dataclass(frozen=True, slots=True)
class House:
    """What the registry told of a house. `consents`: documents by which co-owners agree to the sale."""

    unit_id: int
    code: str
    certificate_no: str
    certified_on: date
    owner: str
    owner_id: str
    id_type: str = "resident_id"
    consents: str = ""


@dataclass(frozen=True, slots=True)
class Sale:
    """What seller and buyer agree: by check code, with the price in fen. `mortgagee_agrees`: the document, where the house is mortgaged."""

    code: str
    contract_no: str
    seller: str
    seller_id: str
    buyer: Buyer
    total_fen: int
    certificate_no: str
    mortgagee_agrees: str = ""
    eligibility_no: str = ""


def check_house(house: House, *, by: Actor, on: date | None = None, key: str | None = None) -> HouseCheck:
    """房源核验: enter what the registry told; the code holds for the days of the parameter. Needs `market.file`.

    Raises AnjuError `market.house_is_free` (C05), `market.house_is_sold_for_the_first_time`, `market.one_house_check`, `market.C08`.
    """
    by.require("market.file")
    today = on or timezone.localdate()
    with told_clearly(), action("market.check_house", by=by, key=key) as entry:
        if entry.repeated:
            return HouseCheck.objects.get(pk=entry.data["check"])
        (unit,) = property_actions.lock_units([house.unit_id])
        HouseCheck.objects.filter(unit=unit.pk, ended_on=None, valid_until__lt=today).update(ended_on=today)
        days = Basis.on(today, unit.region_code).integer("market.resale.check_days")
        row = HouseCheck.objects.create(
            code=house.code.strip()[:40],
            unit_id=unit.pk,
            certificate_no=house.certificate_no.strip()[:60],
            certified_on=house.certified_on,
            owner=house.owner.strip()[:80],
            id_type=house.id_type,
            owner_id=number_of(house.id_type, house.owner_id, "权利人证件号", today),
            consents=house.consents.strip()[:200],
            checked_on=today,
            valid_until=today + timedelta(days=days - 1),
            region_code=unit.region_code,
            bureau_id=unit.bureau_id,
        )
        entry.subject, entry.data = f"market_housecheck:{row.pk}", {"check": row.pk, "unit": unit.pk, "code": row.code}
    return row


def end_house_check(check_id: int, *, reason: str, by: Actor, on: date | None = None) -> HouseCheck:
    """The owner does not sell, or the registry told something new. Needs `market.file`."""
    by.require("market.file")
    if not reason.strip():
        raise AnjuError.of("market.no_reason", "没有写理由。", where="理由", advice="写明为何终止核验。")
    with told_clearly(), action("market.end_house_check", by=by, subject=f"market_housecheck:{check_id}", reason=reason):
        row = HouseCheck.objects.select_for_update().filter(pk=check_id).first()
        if row is None:
            raise AnjuError.of("market.unknown_check", "没有这项房源核验。", advice="请刷新后重试。")
        row.ended_on = on or timezone.localdate()
        row.save(update_fields=["ended_on"])
    return row


def sign_resale(sale: Sale, *, by: Actor, on: date | None = None, key: str | None = None) -> ResaleContract:
    """Sign the sale of an existing home by its check code. Needs `market.sign`.

    Raises AnjuError `market.resale_has_a_live_check` (CT-13: no live code, or another seller or certificate), `market.house_is_free` (C05),
    `market.mortgagee_agrees` (C06), `market.C08` (identity), `market.C09` (eligibility where buying is limited),
    `market.holding_period_is_over` (C10) and others; then nothing has changed.
    """
    by.require("market.sign")
    today = on or timezone.localdate()
    with told_clearly(), action("market.sign_resale", by=by, key=key) as entry:
        if entry.repeated:
            return ResaleContract.objects.get(pk=entry.data["contract"])
        check = by.scope.narrow(HouseCheck.objects.filter(code=sale.code.strip(), ended_on=None)).select_related("unit").first()
        if check is None:
            raise AnjuError.of(
                "market.resale_has_a_live_check", "没有这个核验码，或核验已终止。", where="核验码", advice="请先办理房源核验。"
            )
        (unit,) = property_actions.lock_units([check.unit_id])
        _require_the_owner(check, sale, today)
        basis = Basis.on(today, unit.region_code)
        if basis.flag("market.purchase_limit"):
            _require_eligible(sale, unit.bureau_id, today)
        row = ResaleContract.objects.create(
            contract_no=sale.contract_no.strip()[:40],
            unit_id=unit.pk,
            house_check=check,
            location=f"{unit.building.project.name}{unit.building.number}{unit.entrance}{unit.room}"[:120],
            use=unit.use,
            seller=check.owner,
            buyer=sale.buyer.name.strip()[:80],
            id_type=sale.buyer.id_type,
            resident_id=number_of(sale.buyer.id_type, sale.buyer.id_no, "买受人证件号", today),
            area=unit.area,
            total_fen=sale.total_fen,
            lock_months=basis.integer("market.resale.lock_months"),
            mortgagee_agrees=sale.mortgagee_agrees.strip()[:120],
            eligibility_no=sale.eligibility_no.strip()[:60],
            basis=basis.as_data(),
            state=ResaleContract.State.SIGNED,
            signed_on=today,
            region_code=unit.region_code,
            bureau_id=unit.bureau_id,
        )
        entry.subject = f"market_resalecontract:{row.pk}"
        entry.data = {"contract": row.pk, "unit": unit.pk, "number": row.contract_no}
        hooks.tell_resale(row, by)
    return row


def file_resale(contract_id: int, *, by: Actor, on: date | None = None) -> ResaleContract:
    """备案. Needs `market.file`. Raises AnjuError `market.house_is_free` when the house was seized meanwhile."""
    by.require("market.file")
    with told_clearly(), action("market.file_resale", by=by, subject=f"market_resalecontract:{contract_id}"):
        row = _moving(contract_id, ResaleContract.State.SIGNED)
        row.state, row.filed_on = ResaleContract.State.FILED, on or timezone.localdate()
        row.save(update_fields=["state", "filed_on", "version"])
    return row


def register_resale(contract_id: int, *, certificate_no: str, on: date, by: Actor) -> ResaleContract:
    """The registry's event that the home is the buyer's, with the new certificate (CT-14). Needs `market.file`."""
    by.require("market.file")
    with told_clearly(), action("market.register_resale", by=by, subject=f"market_resalecontract:{contract_id}"):
        row = _moving(contract_id, ResaleContract.State.FILED)
        row.state, row.registered_on, row.new_certificate_no = ResaleContract.State.REGISTERED, on, certificate_no.strip()[:60]
        row.save(update_fields=["state", "registered_on", "new_certificate_no", "version"])
    return row


def cancel_resale(contract_id: int, *, reason: str, by: Actor, on: date | None = None) -> ResaleContract:
    """撤销. The house needs a new check before it is sold again. Needs `market.cancel`."""
    by.require("market.cancel")
    with told_clearly(), action("market.cancel_resale", by=by, subject=f"market_resalecontract:{contract_id}", reason=reason):
        row = _moving(contract_id, ResaleContract.State.SIGNED, ResaleContract.State.FILED)
        row.state, row.cancelled_on, row.cancel_reason = ResaleContract.State.CANCELLED, on or timezone.localdate(), reason.strip()[:200]
        row.save(update_fields=["state", "cancelled_on", "cancel_reason", "version"])
    return row


def number_of(id_type: str, id_no: str, where: str, today: date) -> str:
    """The normalised number of a paper. Raises AnjuError `market.C08`."""
    if id_type not in identity_document.PAPERS:
        raise AnjuError.of("market.C08", "不认识的证件类型。", where=where)
    number = identity_document.normalise(id_type, id_no)
    wrong = identity_document.fault(id_type, number, today)
    if wrong is not None:
        raise AnjuError.of("market.C08", f"证件号码有误：{wrong.what}", where=where, advice="请核对证件。")
    return number


def _require_the_owner(check: HouseCheck, sale: Sale, today: date) -> None:
    """CT-13: the code is of this seller and this certificate, and has not run out."""
    seller_id = identity_document.normalise(check.id_type, sale.seller_id)
    same = check.owner_id is not None and check.owner_id.in_full == seller_id
    if not same or check.owner != sale.seller.strip() or check.certificate_no != sale.certificate_no.strip():
        raise AnjuError.of(
            "market.resale_has_a_live_check",
            "核验码的权利人、证件号或不动产权证号与出卖人不符。",
            where="出卖人",
            advice="请核对后重新核验。",
        )
    if check.valid_until < today:
        raise AnjuError.of(
            "market.resale_has_a_live_check", f"核验码已于{check.valid_until:%Y-%m-%d}到期。", where="核验码", advice="请重新核验。"
        )


def _require_eligible(sale: Sale, bureau_id: int, today: date) -> None:
    found = Eligibility.objects.filter(number=sale.eligibility_no.strip(), bureau_id=bureau_id).first() if sale.eligibility_no else None
    used = found is not None and (
        ResaleContract.objects.filter(eligibility_no=found.number, bureau_id=bureau_id).exclude(state="cancelled").exists()
        or hasattr(found, "contract")
    )
    if found is None or found.valid_until < today or used:
        raise AnjuError.of(
            "market.C09", "没有有效的购房资格证明，或已用于另一份合同。", where="购房资格证明", advice="限购期间须持有效证明。"
        )


def _moving(contract_id: int, *wanted: ResaleContract.State) -> ResaleContract:
    unit_id = ResaleContract.objects.filter(pk=contract_id).values_list("unit_id", flat=True).first()
    if unit_id is None:
        raise AnjuError.of("market.unknown_contract", "没有这份合同，或是台账的历史记录。", advice="历史记录请在台账中更正。")
    property_actions.lock_units([unit_id])
    row = ResaleContract.objects.select_for_update(of=("self",)).get(pk=contract_id)
    if row.state not in wanted:
        raise AnjuError.of(
            "market.contract_moves_one_way", f"合同{row.contract_no}为“{row.get_state_display()}”，不能办理这项。", advice="请刷新后核对。"
        )
    row.version += 1
    return row
