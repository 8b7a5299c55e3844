"""Contracts of new and existing homes, development and its investment: exact totals spread over plausible rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from anju.site.demo import days
from anju.site.demo.apportioning import apportion
from anju.site.demo.bureaus import names
from anju.site.demo.bureaus.desk import Desk, Span

_USES = ("residential", "residential", "residential", "residential", "commercial", "parking")
_CENTI = {"residential": (8_900, 14_800), "commercial": (6_000, 21_000), "parking": (1_250, 1_450)}


def sales(desk: Desk, span: Span, *, units: int, centi: int, yuan: int, unfiled: int = 0) -> None:
    """Filed contracts of new homes: exactly so many units, hundredths of ㎡ and 元; some more that are signed only or cancelled."""
    dice, people = desk.dice(f"sale_contract/{span[0]}"), desk.people(f"sale_contract/{span[0]}")
    uses = [dice.pick(_USES) for _ in range(units)]
    areas = apportion(centi, [dice.between(*_CENTI[use]) for use in uses])
    amounts = apportion(yuan, [area * dice.between(90, 110) for area in areas])
    filed = days.spread(dice, units, *span)
    for number, (use, area, amount, on) in enumerate(zip(uses, areas, amounts, filed, strict=True)):
        signed = max(days.before(dice, on, least=0, most=6), span[0])
        _contract(desk, dice, people, number, span, use=use, area=area, amount=amount * 100, signed_on=signed, filed_on=on, state="filed")
    for number in range(units, units + unfiled):
        signed = days.spread(dice, 1, *span)[0]
        _contract(desk, dice, people, number, span, use="residential", area=11_000, amount=50_000_000, signed_on=signed, state="signed")
    for number in range(units + unfiled, units + unfiled + 4):
        signed = days.spread(dice, 1, *span)[0]
        _contract(
            desk,
            dice,
            people,
            number,
            span,
            use="residential",
            area=11_000,
            amount=50_000_000,
            signed_on=signed,
            filed_on=signed,
            cancelled_on=signed + timedelta(days=20),
            state="cancelled",
        )


def _contract(desk: Desk, dice: Any, people: Any, number: int, span: Span, **row: Any) -> None:
    buyer = people.somebody()
    desk.put(
        "sale_contract",
        contract_no=f"{desk.office.letters}{span[0].year}{span[0].month:02d}{number + 1:06d}",
        project=names.combined(number % 17) + "苑",
        building=f"{1 + number % 14}#",
        room=f"{number + 1}",
        buyer=buyer.name,
        resident_id=buyer.resident_id,
        **row,
    )


def existing_homes(desk: Desk, span: Span, *, contracts: int, centi: int, yuan: int) -> None:
    """Filed contracts of existing homes."""
    dice, people = desk.dice("existing_home"), desk.people("existing_home")
    areas = apportion(centi, [dice.between(6_500, 14_000) for _ in range(contracts)])
    amounts = apportion(yuan, areas)
    for number, (area, amount, on) in enumerate(zip(areas, amounts, days.spread(dice, contracts, *span), strict=True), start=1):
        buyer = people.somebody()
        desk.put(
            "existing_home_contract",
            contract_no=f"{desk.office.letters}CL{number:06d}",
            location=f"{names.combined(number % 60)}小区{number}号",
            use="residential",
            seller=people.somebody().name,
            buyer=buyer.name,
            resident_id=buyer.resident_id,
            area=area,
            amount=amount * 100,
            filed_on=on,
            state="filed",
        )


def buildings(desk: Desk, span: Span, *, count: int, centi: int, finished: Span | None = None, batch: str = "A") -> None:
    """Buildings begun in a span: exactly so much area; with `finished` all are done on days of that span."""
    dice = desk.dice(f"development/{batch}")
    parts = apportion(centi, [dice.between(70, 130) for _ in range(count)])
    ends: Sequence[date | None] = days.spread(dice, count, *finished) if finished else [None] * count
    begins = days.spread(dice, count, *span)
    for number, (area, begin, end) in enumerate(zip(parts, begins, ends, strict=True), start=1):
        desk.put(
            "development_building",
            building_no=f"{desk.office.letters}{batch}{number:04d}",
            project=names.combined(number % 40) + "苑",
            developer=names.company(number % 40, "房地产"),
            use="commercial" if number % 7 == 0 else "residential",
            area=area,
            storeys=6 + number % 20,
            started_on=begin,
            finished_on=end,
            state="finished" if end else "building",
        )


def investment(desk: Desk, months: Sequence[date], fen: int, *, projects: int, place: str) -> None:
    """Monthly development investment of the projects of one county."""
    entities = [
        {"project_no": f"{desk.office.letters}{place[-2:]}{number:03d}", "project": f"{names.combined(number)}苑", "place": place}
        for number in range(1, projects + 1)
    ]
    desk.monthly("development_investment", months, entities, {"amount": fen}, step=1_000_000)


def withdrawals(desk: Desk, span: Span, *, count: int, yuan: int) -> None:
    """Paid withdrawals of pre-sale money."""
    dice = desk.dice("presale_withdrawal")
    parts = apportion(yuan, [dice.between(60, 900) for _ in range(count)], step=100)
    for number, (part, on) in enumerate(zip(parts, days.spread(dice, count, *span), strict=True), start=1):
        desk.put(
            "presale_withdrawal",
            application_no=f"{desk.office.letters}ZQ{number:05d}",
            project=names.combined(number % 24) + "苑",
            developer=names.company(number % 24, "房地产"),
            purpose=dice.pick(("works", "materials", "wages")),
            applied_amount=part * 100,
            paid_amount=part * 100,
            applied_on=days.before(dice, on, least=2, most=9),
            paid_on=on,
            state="paid",
        )


def output(desk: Desk, months: Sequence[date], fen: int, *, enterprises: int) -> None:
    """Monthly output of the construction enterprises."""
    entities = [{"enterprise": names.company(number)} for number in range(1, enterprises + 1)]
    desk.monthly("enterprise_output", months, entities, {"amount": fen}, step=1_000_000)
