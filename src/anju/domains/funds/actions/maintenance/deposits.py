"""Areas, unit accounts, deposits, hand-over, change of owner, return after destruction (令165号)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max

from anju.domains.funds import kinds
from anju.domains.funds.actions.maintenance.acting import acting
from anju.domains.funds.models import FundArea, FundOwner, FundUnit
from anju.domains.funds.refusals import told_clearly
from anju.domains.funds.rules import maintenance
from anju.kernel.access.actor import Actor
from anju.kernel.accounts import actions as accounts
from anju.kernel.accounts import queries as account_queries
from anju.kernel.accounts.posting import Move, post
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.orgs.bounds import well_formed
from anju.kernel.parameters.basis import Basis

COST = "funds.maintenance.unit_cost"


@dataclass(frozen=True, slots=True)
class Home:
    """A unit as surveyed. `kind`: `FundUnit.Kind`. `person`: the owner's blind index or code; `unsold`: the developer's."""

    building: str
    room: str
    area_m2: Decimal
    kind: str
    owner: str
    person: str
    entrance: str = ""
    unsold: bool = False


def open_area(*, name: str, bank: str, account_no: str, by: Actor) -> FundArea:
    """Open an area with its bank account and the account of what is not yet shared among units. Needs `funds.handle`."""
    by.require("funds.handle")
    with told_clearly(), action("funds.open_area", by=by) as entry:
        book = accounts.open_book(f"maintenance:{name}", f"{name}维修资金", by=by)
        made = FundArea(
            name=name,
            bank=bank,
            account_no=account_no,
            book=book,
            bank_account=accounts.open_account(book, code=f"bank:{account_no}", name=f"{name}维修资金专户", kind=kinds.FUND_BANK, by=by),
            pool_account=accounts.open_account(book, code="pool", name=f"{name}待分配", kind=kinds.FUND_POOL, by=by),
            region_code=book.region_code,
            bureau_id=book.bureau_id,
        )
        well_formed(made, "name", "bank", "account_no")
        made.save(force_insert=True)
        entry.subject = f"funds_fundarea:{made.pk}"
    return made


def open_unit(area: FundArea, home: Home, *, on: datetime.date, by: Actor) -> FundUnit:
    """Open the account of a home; its first deposit is area x the rate published for the day (MF-01). Needs `funds.handle`.

    Where the unit cost is configured the rate must lie between 5% and 8% of it (MF-02): AnjuError `funds.rate_misfits`.
    """
    with acting("open_unit", area, by=by, permission="funds.handle") as entry:
        basis = Basis.on(on, area.region_code)
        rate = next((row["rate"] for row in basis.rows("funds.maintenance.rates") if row["kind"] == home.kind), None)
        if rate is None:
            raise AnjuError.of("funds.no_rate", f"没有公布“{home.kind}”的交存标准。", where="房屋类型", advice="请在参数中补充。")
        _require_rate(basis, rate)
        position = (FundUnit.objects.filter(area=area).aggregate(last=Max("position"))["last"] or 0) + 1
        made = FundUnit(
            area=area, building=home.building, entrance=home.entrance, room=home.room, position=position, kind=home.kind,
            area_m2=home.area_m2, unsold=home.unsold, first_due_fen=maintenance.first_due(home.area_m2, rate), basis=basis.as_data(),
            region_code=area.region_code, bureau_id=area.bureau_id,
        )  # fmt: skip
        code = f"unit:{home.building}:{home.entrance}:{home.room}"
        made.account = accounts.open_account(area.book, code=code, name=f"{area.name}{made}", kind=kinds.FUND_UNIT, by=by)
        well_formed(made, "building", "room", "kind")
        made.save(force_insert=True)
        _own(made, home.owner, home.person, on, "")
        entry.subject, entry.data = f"funds_fundunit:{made.pk}", {"unit": made.pk, "first_due_fen": made.first_due_fen}
    return made


def _require_rate(basis: Basis, rate: int) -> None:
    try:
        cost = basis.fen(COST)
    except AnjuError:
        return  # no cost is published: nothing to hold the rate against
    if not maintenance.rate_fits_cost(rate, cost):
        raise AnjuError.of(
            "funds.rate_misfits", "交存标准不在建筑安装工程造价的5%至8%之间。", where="交存标准", advice="请核对令165号第七条和公布的标准。"
        )


def deposit(unit: FundUnit, amount_fen: int, *, on: datetime.date, serial_no: str, by: Actor) -> int:
    """Take a deposit into a unit's account: the first one until it is full, a top-up (续交) afterwards. Needs `funds.handle`.

    The first deposit is paid in one amount (MF-01). Returns the transfer; the same serial number again does nothing.
    """
    key = f"deposit:{unit.area_id}:{serial_no}"[:110]
    with acting("deposit", unit, by=by, permission="funds.handle", key=key) as entry:
        if entry.repeated:
            return int(entry.data["transfer"])
        first = unit.first_paid_on is None
        if first and amount_fen != unit.first_due_fen:
            raise AnjuError.of(
                "funds.first_deposit_whole",
                f"首期应一次交清{unit.first_due_fen / 100:,.2f}元。",
                where=str(unit),
                advice="请按应交金额交存。",
            )
        made = post(
            [
                Move(
                    unit.area.bank_account_id, unit.account_id, amount_fen, kinds.DEPOSIT, on, key, subject=f"funds_fundunit:{unit.pk}",
                    memo=f"{'首期' if first else '续交'} 流水号{serial_no}",
                )
            ]
        )  # fmt: skip
        if first:
            unit.first_paid_fen, unit.first_paid_on = amount_fen, on
            unit.save()
        entry.data = {"transfer": made.id, "amount_fen": amount_fen, "first": first}
    return made.id


def hand_over(unit: FundUnit, *, on: datetime.date, by: Actor) -> None:
    """Record that the home was handed over. Refused while the first deposit is missing: `funds.first_deposit_missing` (MF-01)."""
    with acting("hand_over", unit, by=by, permission="funds.handle"):
        if unit.first_paid_on is None or unit.first_paid_on > on:
            raise AnjuError.of("funds.first_deposit_missing", "首期维修资金未交清，不能交房。", where=str(unit), advice="请先交清。")
        unit.handed_over_on = on
        unit.save()


def transfer_title(unit: FundUnit, *, owner: str, person: str, certificate_no: str, on: datetime.date, by: Actor) -> FundOwner:
    """Another owner by title: the account and its balance stay with the home, the history is kept (MF-11). Needs `funds.handle`."""
    with acting("transfer_title", unit, by=by, permission="funds.handle", reason=certificate_no) as entry:
        if not certificate_no.strip():
            raise AnjuError.of("funds.no_document", "没有写产权证号。", where="产权证号", advice="更名以产权转移登记为准。")
        before = unit.owners.get(until=None)
        before.until = on
        before.save(update_fields=["until"])
        if unit.unsold:
            unit.unsold = False
            unit.save()
        made = _own(unit, owner, person, on, certificate_no)
        entry.data = {"unit": unit.pk, "owner": made.pk}
    return made


def return_deposit(unit: FundUnit, *, document: str, on: datetime.date, by: Actor, key: str) -> int:
    """The home is destroyed: the balance of its account goes back to the owner; in no other case (MF-11). Needs `funds.approve`."""
    with acting("return_deposit", unit, by=by, permission="funds.approve", key=key, reason=document) as entry:
        if entry.repeated:
            return int(entry.data["amount_fen"])
        left = account_queries.balance(unit.account_id).posted_fen
        if not document.strip():
            raise AnjuError.of("funds.no_document", "没有写房屋灭失的依据。", where="依据", advice="维修资金只在房屋灭失时返还业主。")
        if left:
            post(
                [
                    Move(
                        unit.account_id,
                        unit.area.bank_account_id,
                        left,
                        kinds.RETURNED,
                        on,
                        key,
                        subject=f"funds_fundunit:{unit.pk}",
                        memo=document[:200],
                    )
                ]
            )
        unit.destroyed_on = on
        unit.save()
        entry.data = {"amount_fen": left}
    return left


def _own(unit: FundUnit, owner: str, person: str, on: datetime.date, certificate_no: str) -> FundOwner:
    made = FundOwner(
        unit=unit,
        name=owner,
        person=person,
        from_on=on,
        certificate_no=certificate_no,
        region_code=unit.region_code,
        bureau_id=unit.bureau_id,
    )
    well_formed(made, "name", "person")
    made.save(force_insert=True)
    return made
