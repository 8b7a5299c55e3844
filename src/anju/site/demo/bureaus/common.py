"""Books that several bureaus keep in the same way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from anju.site.demo import days
from anju.site.demo.bureaus import names
from anju.site.demo.bureaus.desk import Desk, Span, months
from anju.site.demo.paper import Row


def last_day(month: date) -> date:
    """The last day of a month given by its first."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def later(least: int, most: int, name: str, *, until: date | None = None) -> Any:
    """A function for `Desk.add`: so many days after the row's `name`, not after `until`."""

    def after(position: int, row: Row) -> date:
        day: date = row[name] + timedelta(days=least + (position * 7) % (most - least + 1))
        return min(day, until) if until else day

    return after


def zero_reports(desk: Desk, ledger: str, span: Span) -> None:
    """A report for every month that nothing happened, at its end."""
    for month in months(*span):
        desk.put(ledger, month=month, kind="none", reported_on=last_day(month))


def routine(desk: Desk, code: str, spans: Sequence[tuple[str, date]], *, missed: int = 0) -> None:
    """One occurrence in each span; the first `missed` were not held."""
    for position, (name, due) in enumerate(spans):
        desk.put("routine_work", routine=code, span=name, turn=1, due_on=due, held_on=None if position < missed else due, result=None)


def weeks(span: Span) -> list[tuple[str, date]]:
    """Every week that begins in the span, by its Monday."""
    monday = span[0] + timedelta(days=-span[0].weekday() % 7)
    count = (span[1] - monday).days // 7 + 1
    return [(f"{span[0].year}年第{number + 1}周", monday + timedelta(days=7 * number)) for number in range(count)]


def workdays(span: Span) -> list[tuple[str, date]]:
    """Every working day of the span."""
    return [(f"{day:%Y-%m-%d}", day) for day in days.working_days(*span)]


def month_spans(span: Span) -> list[tuple[str, date]]:
    """Every month of the span, due on its last day."""
    return [(f"{month:%Y-%m}", last_day(month)) for month in months(*span)]


def quarters(span: Span) -> list[tuple[str, date]]:
    """Every quarter of the span, due on its last day."""
    return [(f"{month.year}年第{month.month // 3}季度", last_day(month)) for month in months(*span) if month.month % 3 == 0]


def target(desk: Desk, subject: str, year: int, **value: Any) -> None:
    """A target of the year: one of quantity, money, area, length and percent."""
    document = f"{desk.office.short}任务〔{year}〕1号"
    desk.put("annual_target", subject=subject, starts_on=date(year, 1, 1), due_on=date(year, 12, 31), document=document, **value)


def deliveries(desk: Desk, batches: dict[int, tuple[int, ...]]) -> None:
    """The list of guaranteed delivery: homes of each project by batch."""
    listed = {1: date(2022, 9, 20), 2: date(2022, 12, 16)}
    for batch, homes in batches.items():
        for units in homes:
            desk.put(
                "delivery_project",
                developer=names.company(batch, "房地产"),
                batch=batch,
                units=units,
                loan_applied=units * 10_000_000,
                listed_on=listed[batch],
            )


def rentals(desk: Desk, homes: int, span: Span) -> None:
    """Homes let in the span, each to a household whose application was accepted before; some others still wait or gave up."""
    people, dice = desk.people("public_rental"), desk.dice("public_rental/homes")
    for number, allocated in enumerate(days.spread(dice, homes, *span), start=1):
        head = people.somebody(born=(1950, 1995))
        accepted = days.before(dice, allocated, least=20, most=90)
        application = f"{desk.office.letters}GZ{number:05d}"
        household = f"{desk.office.letters}H{number:05d}"
        desk.put(
            "public_rental_application",
            application_no=application,
            household_no=household,
            head=head.name,
            resident_id=head.resident_id,
            persons=dice.between(1, 5),
            tier=dice.pick(("minimum_allowance", "low_income", "lower_middle")),
            applied_on=accepted - timedelta(days=9),
            accepted_on=accepted,
            state="allocated",
        )
        desk.put(
            "public_rental_allocation",
            application_no=application,
            household_no=household,
            head=head.name,
            estate=names.combined(number % 9) + "家园",
            room=f"{1 + number % 12}幢{number:04d}",
            area=dice.between(3900, 5990),
            month_rent=dice.between(9000, 24000),
            allocated_on=allocated,
            state="allocated",
        )
    for number in range(homes + 1, homes + 9):
        head = people.somebody(born=(1950, 1995))
        desk.put(
            "public_rental_application",
            application_no=f"{desk.office.letters}GZ{number:05d}",
            household_no=f"{desk.office.letters}H{number:05d}",
            head=head.name,
            resident_id=head.resident_id,
            applied_on=span[1] - timedelta(days=number % 20),
            accepted_on=None,
            state="submitted",
        )


def subsidies(desk: Desk, households: int, yuan_total: int, pay_days: Sequence[date]) -> None:
    """Rent subsidies: every household is paid on every pay day; `yuan_total` in all, and one payment that failed."""
    from anju.site.demo.apportioning import apportion

    people, dice = desk.people("rent_subsidy"), desk.dice("rent_subsidy")
    heads = [people.somebody(born=(1950, 1990)) for _ in range(households)]
    parts = apportion(yuan_total, [dice.between(80, 120) for _ in range(households * len(pay_days))])
    number = 0
    for day in pay_days:
        for position, head in enumerate(heads, start=1):
            number += 1
            desk.put(
                "rent_subsidy_payment",
                payment_no=f"{desk.office.letters}ZB{number:06d}",
                household_no=f"{desk.office.letters}ZL{position:05d}",
                head=head.name,
                resident_id=head.resident_id,
                amount=parts[number - 1] * 100,
                paid_on=day,
                state="paid",
            )
    failed = heads[0]
    desk.put(
        "rent_subsidy_payment",
        payment_no=f"{desk.office.letters}ZB{number + 1:06d}",
        household_no=f"{desk.office.letters}ZL00001",
        head=failed.name,
        resident_id=failed.resident_id,
        amount=30_000,
        paid_on=pay_days[0],
        state="failed",
    )
