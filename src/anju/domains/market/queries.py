"""What other code and pages may read of the market."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from anju.domains.market.models import Certificate, CoBuyer, Contract, Developer, FiledPrice, HouseCheck, Permit, PermitUnit, ResaleContract
from anju.domains.market.money import yuan_of
from anju.domains.market.settling import Settlement, settle
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.database import prepared
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.queries import at

HOME = "residential"
"""The use of a unit that is lived in."""


def contract(number: int, scope: Scope) -> Contract:
    """One contract. Raises AnjuError `market.unknown_contract`."""
    found = scope.narrow(Contract.objects.select_related("permit", "unit").filter(pk=number)).first()
    if found is None:
        raise AnjuError.of("market.unknown_contract", "没有这份合同。", advice="请从合同列表进入。")
    return found


def contracts(scope: Scope, *, state: str = "", text: str = "") -> QuerySet[Contract]:
    """Contracts of this scope, the newest first; `text`: a contract number, a project, or a whole paper number of a buyer.

    A number is looked for first, and a project only where no contract has it: both by an index, together by none.
    """
    rows = scope.narrow(Contract.objects.filter(voided_at=None).order_by("-pk"))
    if state:
        rows = rows.filter(state=state)
    if not text:
        return rows
    named = [*rows.filter(contract_no=text).values_list("pk", flat=True)]
    if not named and len(text) >= 8 and text.isascii():
        named = [*rows.filter(resident_id=text).values_list("pk", flat=True)[:1000]]
    if named:
        return rows.filter(pk__in=named)
    return rows.filter(project_name__gte=text, project_name__lt=f"{text}\U0010ffff")


def newest_contracts(size: int) -> list[Contract]:
    """The newest contracts the reader may see, with the columns of a list; others are read when asked for."""
    return [prepared.made_of(Contract, row, _NOT_LISTED) for row in prepared.ask(_newest_statement(), [size])]


@cache
def _newest_statement() -> str:
    columns = prepared.read_columns(Contract, "c", _NOT_LISTED)
    return f"SELECT {columns} FROM market_contract c WHERE c.voided_at IS NULL ORDER BY c.id DESC LIMIT %s"  # noqa: S608


_LISTED = (
    "id", "region_code", "bureau_id", "contract_no", "project_name", "building", "room", "buyer", "area", "total_fen", "signed_on",
    "filed_on", "state",
)  # fmt: skip
_NOT_LISTED = tuple(field.name for field in Contract._meta.concrete_fields if field.name not in _LISTED)


def permit(number: int, scope: Scope) -> Permit:
    """One permit with its developer and project. Raises AnjuError `market.unknown_permit`."""
    found = scope.narrow(Permit.objects.select_related("developer", "project").filter(pk=number)).first()
    if found is None:
        raise AnjuError.of("market.unknown_permit", "没有这份许可。", advice="请从许可列表进入。")
    return found


def permits(scope: Scope) -> QuerySet[Permit]:
    """Permits of this scope, the newest first."""
    return scope.narrow(Permit.objects.select_related("developer", "project").order_by("-pk"))


def units_of(permit: Permit) -> list[int]:
    """The units a permit covers now."""
    return list(PermitUnit.objects.filter(permit=permit, ended_on=None).order_by("unit").values_list("unit_id", flat=True))


def permit_totals(permit: Permit) -> dict[str, tuple[int, Any]]:
    """Units and area of a permit by use (MK-04: counted, never typed)."""
    rows = PermitUnit.objects.filter(permit=permit).order_by().values("unit__use").annotate(units=Count("pk"), area=Sum("unit__area"))
    return {row["unit__use"]: (row["units"], row["area"]) for row in rows}


def prices_of(units: Sequence[int]) -> dict[int, FiledPrice]:
    """The filed price in force of each unit that has one."""
    return {one.unit_id: one for one in FiledPrice.objects.filter(unit__in=list(units), ended_on=None)}


def live_contracts_of(units: Sequence[int]) -> dict[int, Contract]:
    """The contract that lives on each unit that has one."""
    found = Contract.objects.filter(unit__in=list(units), voided_at=None).exclude(state=Contract.State.CANCELLED)
    return {one.unit_id: one for one in found if one.unit_id is not None}


def contracts_of_unit(unit_id: int) -> list[Contract]:
    """Every contract a unit ever had, the newest first: a cancelled one stays readable (CT-12)."""
    return list(Contract.objects.filter(unit=unit_id).order_by("-pk")[:50])


def developers(scope: Scope) -> QuerySet[Developer]:
    """Developers of this scope, by name."""
    return scope.narrow(Developer.objects.order_by("name", "pk"))


def overdue_filings(scope: Scope, *, today: date | None = None) -> QuerySet[Contract]:
    """Contracts signed longer ago than the limit and not filed (CT-07), the oldest first."""
    day = today or timezone.localdate()
    limit = at("market.filing.limit_days", scope.region if scope.region.isdigit() else "", day).value
    rows = Contract.objects.filter(state=Contract.State.SIGNED, voided_at=None, signed_on__lt=day - timedelta(days=limit))
    return scope.narrow(rows.order_by("signed_on", "pk"))


def house_checks(scope: Scope, day: date) -> QuerySet[HouseCheck]:
    """Checks of houses that hold on a day, the newest first."""
    rows = HouseCheck.objects.filter(ended_on=None, valid_until__gte=day).select_related("unit__building__project")
    return scope.narrow(rows.order_by("-pk"))


def house_check(number: int, scope: Scope) -> HouseCheck:
    """One check that has not ended. Raises AnjuError `market.unknown_check`."""
    found = scope.narrow(HouseCheck.objects.filter(pk=number, ended_on=None).select_related("unit__building__project")).first()
    if found is None:
        raise AnjuError.of("market.unknown_check", "没有这项房源核验，或已终止。", advice="请回到列表。")
    return found


def resales(scope: Scope, *, text: str = "") -> QuerySet[ResaleContract]:
    """Contracts of existing homes, the newest first. `text`: number, place, or the whole number of the buyer's paper."""
    rows = scope.narrow(ResaleContract.objects.filter(voided_at=None).order_by("-pk"))
    if not text:
        return rows
    same_person = Q(resident_id=text) if len(text) >= 8 and text.isascii() else Q(pk__in=[])
    return rows.filter(Q(contract_no=text) | Q(location__startswith=text) | same_person)


def resale(number: int, scope: Scope) -> ResaleContract:
    """One of them. Raises AnjuError `market.unknown_contract`."""
    found = scope.narrow(ResaleContract.objects.filter(pk=number, voided_at=None).select_related("house_check")).first()
    if found is None:
        raise AnjuError.of("market.unknown_contract", "没有这份合同，或不在您的数据范围内。", advice="请回到列表。")
    return found


def resales_of_unit(unit_id: int) -> list[ResaleContract]:
    """The sales of a home after its first, the newest first."""
    return list(ResaleContract.objects.filter(unit=unit_id).order_by("-pk")[:20])


def homes_signed_by(resident_ids: Sequence[str]) -> dict[str, list[Contract | ResaleContract]]:
    """Homes people have signed for and not yet registered, by the number asked: they count as housing (HS-05, SV-02).

    Whoever is among the buyers has the home, with whatever share; each home once; what is not for living in does not count.
    """
    found: dict[str, list[Contract | ResaleContract]] = {}
    for number in resident_ids:
        shared = list(CoBuyer.objects.filter(resident_id=number).values_list("contract_id", flat=True))
        rows = Contract.objects.filter(
            Q(resident_id=number) | Q(pk__in=shared),
            voided_at=None,
            state__in=[Contract.State.SIGNED, Contract.State.FILED],
            use=HOME,
        )
        resold = ResaleContract.objects.filter(resident_id=number, voided_at=None, state__in=ResaleContract.LIVE, use=HOME)
        homes: dict[tuple[object, ...], Contract | ResaleContract] = {}
        signed: list[Contract | ResaleContract] = [*rows.order_by("pk"), *resold.order_by("pk")]
        for one in signed:
            homes.setdefault(_home(one), one)
        found[number] = list(homes.values())
    return found


def homes_of(number: str) -> list[dict[str, Any]]:
    """The homes of a person by the bureau's records: signed for, filed or registered, less those sold on; each home once (SV-02).

    `number`: of the paper, normalised. Each: `place`, `area` (㎡), `state`, `document`, `since`.
    """
    shared = CoBuyer.objects.filter(resident_id=number).values("contract_id")
    bought: list[Contract | ResaleContract] = [
        *Contract.objects.filter(Q(resident_id=number) | Q(pk__in=shared), voided_at=None, use=HOME)
        .exclude(state="cancelled")
        .order_by("pk"),
        *ResaleContract.objects.filter(resident_id=number, voided_at=None, use=HOME).exclude(state="cancelled").order_by("pk"),
    ]
    homes = {_home(one): one for one in bought}
    sold = ResaleContract.objects.filter(house_check__owner_id=number, state__in=["filed", "registered"], voided_at=None)
    for one in sold.order_by("pk"):
        last = homes.get(_home(one))
        if last is not None and (last.signed_on or one.signed_on or date.min) <= (one.signed_on or date.min):
            del homes[_home(one)]
    return [
        {
            "place": one.location if isinstance(one, ResaleContract) else f"{one.project_name}{one.building}{one.room}",
            "area": str(one.area),
            "state": one.get_state_display(),
            "document": one.contract_no,
            "since": str(one.signed_on or one.filed_on or ""),
        }
        for one in homes.values()
    ]


def certificates(scope: Scope, *, text: str = "") -> QuerySet[Certificate]:
    """Certificates, the newest first. `text`: a number of a certificate, or the whole number of the person's paper."""
    rows = scope.narrow(Certificate.objects.filter(voided_at=None).order_by("-pk"))
    return rows.filter(Q(certificate_no=text) | Q(resident_id=text)) if text else rows


def certificate(number: int, scope: Scope) -> Certificate:
    """One certificate. Raises AnjuError `market.unknown_certificate`."""
    found = scope.narrow(Certificate.objects.filter(pk=number, voided_at=None)).first()
    if found is None:
        raise AnjuError.of("market.unknown_certificate", "没有这份证明，或不在您的数据范围内。", advice="请回到列表。")
    return found


def verified(certificate_no: str, code: str) -> Certificate | None:
    """The certificate of this number and code, whatever its state; None when no paper says both. For everybody (SV-01)."""
    with using_scope(Scope.system()):
        for one in Certificate.objects.filter(certificate_no=certificate_no, voided_at=None).exclude(code="")[:5]:
            if secrets.compare_digest(one.code.encode(), code.strip().upper().encode()):
                return one
    return None


def _home(contract: Contract | ResaleContract) -> tuple[object, ...]:
    """What makes two contracts be about one home: the unit, or its place where an old book names no unit."""
    if contract.unit_id is not None:
        return (contract.unit_id,)
    if isinstance(contract, ResaleContract):
        return (contract.bureau_id, contract.location)
    return (contract.bureau_id, contract.project_name, contract.building, contract.room)


def settlement_of(contract: Contract) -> Settlement | None:
    """What the measured area changes in the price of a pre-sold home (MK-18); None until it is measured, when the contract is cancelled,
    and when it was not sold by building area: then its own words decide."""
    unit = contract.unit
    by_area = contract.price_basis == Contract.PriceBasis.BUILDING_AREA and contract.unit_price_fen is not None
    if unit is None or unit.measured_area is None or contract.kind != Contract.Kind.PRESALE or not contract.live or not by_area:
        return None
    limit = at("market.area_error.limit", contract.region_code, contract.signed_on).value
    return settle(contract.area, unit.measured_area, contract.unit_price_fen or 0, limit)


def price_words(units: Sequence[int]) -> Mapping[int, Mapping[str, str]]:
    """The filed price of units in words, for the board and for the public (一房一价)."""
    return {
        unit: {"备案单价": f"{yuan_of(price.unit_price_fen)}元/㎡", "总价": f"{yuan_of(price.total_fen)}元"}
        for unit, price in prices_of(units).items()
    }
