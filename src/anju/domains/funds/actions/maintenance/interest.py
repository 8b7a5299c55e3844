"""A year's bank interest, shared among the units by their own balance-days (令165号第二十七条); once a year (MF-12)."""

from __future__ import annotations

import datetime

from anju.domains.funds import kinds
from anju.domains.funds.actions.maintenance.acting import acting
from anju.domains.funds.models import FundArea, FundUnit, InterestRun, UnitInterest
from anju.domains.funds.rules import maintenance
from anju.domains.funds.rules.exact import share
from anju.kernel.access.actor import Actor
from anju.kernel.accounts import queries as accounts
from anju.kernel.accounts.posting import Move, post
from anju.kernel.errors import AnjuError


def run_interest(area: FundArea, year: int, bank_fen: int, *, on: datetime.date, by: Actor) -> InterestRun:
    """Credit the bank's interest of a year to the units, exactly (MF-12). Needs `funds.handle`. The same year again gives the run there.

    Raises AnjuError `funds.interest_exists` when the year was run with another amount, `funds.no_balance` when no unit held money.
    """
    with acting("run_interest", area, by=by, permission="funds.handle") as entry:
        there = InterestRun.objects.filter(area=area, year=year).first()
        if there is not None:
            if there.bank_fen != bank_fen:
                raise AnjuError.of("funds.interest_exists", f"{year}年度已按另一金额结息。", where=area.name, advice="更正以红冲办理。")
            return there
        units = list(FundUnit.objects.filter(area=area).select_related("account").order_by("position"))
        weights = [maintenance.interest_weights(_days(unit, year)) for unit in units]
        if not any(weights):
            raise AnjuError.of("funds.no_balance", f"{year}年度没有分户余额，不能分配利息。", where=area.name)
        place = {"region_code": area.region_code, "bureau_id": area.bureau_id}
        run = InterestRun.objects.create(area=area, year=year, bank_fen=bank_fen, credited_on=on, **place)
        parts = share(bank_fen, weights)
        UnitInterest.objects.bulk_create(
            (UnitInterest(run=run, unit=unit, amount_fen=fen, **place) for unit, fen in zip(units, parts, strict=True)), batch_size=1_000
        )
        post(
            [
                Move(
                    area.bank_account_id, unit.account_id, fen, kinds.INTEREST_IN, on, f"interest:{run.pk}:{unit.pk}",
                    subject=f"funds_fundunit:{unit.pk}", memo=f"{year}年度利息",
                )
                for unit, fen in zip(units, parts, strict=True)
                if fen
            ]
        )  # fmt: skip
        entry.data = {"run": run.pk, "year": year, "bank_fen": bank_fen, "units": len(units)}
    return run


def _days(unit: FundUnit, year: int) -> list[tuple[int, int]]:
    """(balance, days) segments of the unit's account over a year; the day of entry counts."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    balances = accounts.daily_balances(unit.account, first, last)
    ends = [day for day, _ in balances[1:]] + [last + datetime.timedelta(days=1)]
    return [(balance, (end - day).days) for (day, balance), end in zip(balances, ends, strict=True)]
