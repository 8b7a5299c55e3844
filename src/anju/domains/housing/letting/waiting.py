"""The verbs of the waiting line (轮候): register, leave, cancel, let go whose time is over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.models import Application, TierPeriod, WaitlistEntry
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.basis import Basis

LET = "housing.let"
YEARS, ORDER = "housing.letting.waiting_years", "housing.letting.order"
State = WaitlistEntry.State


def register(
    application: Application,
    *,
    published_until: date,
    on: date,
    by: Actor,
    key: str | None = None,
) -> WaitlistEntry:
    """轮候登记 of an approved application whose publicity is over (HS-07); it ends after the local number of years, at most five (HS-08).

    The line goes by what `housing.letting.order` says that day. When that changes, a new series begins behind those who wait already.
    Raises AnjuError `housing.waits_after_publicity`, `housing.one_place_in_the_line`, `housing.waits_by_an_approved_application`,
    `housing.order_not_known` where the day or score the line goes by was not found out.
    """
    with doing("register_waiting", by=by, needs="housing.view", key=key) as entry:
        if entry.repeated:
            return WaitlistEntry.objects.get(pk=entry.data["entry"])
        row = held(Application, application.pk, by)
        tier = TierPeriod.objects.filter(household=row.household_id, to_month=None).first()
        if tier is None:
            raise AnjuError.of("housing.no_tier", "这个家庭还没有认定保障类别。", where=row.application_no, advice="请先认定保障类别。")
        rules = Basis.on(on, row.region_code)
        basis = order_of(rules)
        ordered_on, score = place_by(row, basis)
        made = WaitlistEntry.objects.create(
            entry_no=f"LH-{row.application_no}"[:40], household_id=row.household_id, application=row, product=row.product, tier=tier.tier,
            basis=basis, series=_series(row, basis), ordered_on=ordered_on, score=score, published_until=published_until, registered_on=on,
            expires_on=years_later(on, rules.integer(YEARS)), state=State.WAITING, **home_of(by),
        )  # fmt: skip
        entry.subject, entry.data = subject_of(made), {"entry": made.pk, "expires_on": made.expires_on.isoformat()}
    return made


def order_of(rules: Basis) -> str:
    """What the line of a region goes by: by acceptance where nothing is published."""
    try:
        return rules.text(ORDER)
    except AnjuError:
        return WaitlistEntry.Basis.ACCEPTANCE


def place_by(row: Application, basis: str) -> tuple[date, Decimal | None]:
    """The day that counts, and the score where the line goes by it. Raises AnjuError `housing.order_not_known`."""
    accepted = row.accepted_on or row.applied_on
    days = {WaitlistEntry.Basis.REGISTER: row.registered_since, WaitlistEntry.Basis.INSURANCE: row.insured_since}
    day = days.get(WaitlistEntry.Basis(basis), accepted)
    if day is None or (basis == WaitlistEntry.Basis.SCORE and row.score is None):
        label = WaitlistEntry.Basis(basis).label
        raise AnjuError.of(
            "housing.order_not_known", f"本地按{label}排序，还没有查明。", where=row.application_no, advice="请退回复审，补填排序依据。"
        )
    return day, row.score if basis == WaitlistEntry.Basis.SCORE else None


def _series(row: Application, basis: str) -> int:
    """Of the newest place in the bureau's line, and the next when that was by something else. Call inside an action."""
    newest = WaitlistEntry.objects.select_for_update().filter(bureau_id=row.bureau_id, product=row.product).order_by("-pk").first()
    if newest is None:
        return 1
    return newest.series if newest.basis == basis else newest.series + 1


def withdraw(one: WaitlistEntry, *, reason: str, on: date, by: Actor) -> WaitlistEntry:
    """The household leaves the line by its own wish."""
    return _end(one, State.WITHDRAWN, "withdraw_waiting", reason=reason, on=on, by=by)


def cancel(one: WaitlistEntry, *, reason: str, on: date, by: Actor) -> WaitlistEntry:
    """取消轮候: no longer fit, fraud, or refused too often."""
    return _end(one, State.CANCELLED, "cancel_waiting", reason=reason, on=on, by=by)


def expire_due(*, on: date, by: Actor) -> int:
    """Let go whose registration is over; they may apply again. How many."""
    with doing("expire_waiting", by=by, needs=LET) as entry:
        rows = list(
            WaitlistEntry.objects.select_for_update().filter(bureau_id=home_of(by)["bureau_id"], state=State.WAITING, expires_on__lt=on)
        )
        for row in rows:
            row.state, row.ended_on, row.reason = State.EXPIRED, on, "轮候期满"
            row.save(update_fields=["state", "ended_on", "reason"])
        entry.data = {"entries": [row.pk for row in rows]}
    return len(rows)


def _end(one: WaitlistEntry, state: str, verb: str, *, reason: str, on: date, by: Actor) -> WaitlistEntry:
    if not reason.strip():
        raise AnjuError.of("housing.no_reason", "没有写理由。", where="理由", advice="写明依据，理由随动作留痕。")
    with doing(verb, by=by, needs=LET, subject=subject_of(one), reason=reason):
        row = held(WaitlistEntry, one.pk, by)
        row.state, row.ended_on, row.reason = state, on, reason
        row.save(update_fields=["state", "ended_on", "reason"])
    return row


def years_later(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes the 28th."""
    return date(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
