"""The verbs of choosing: in the order of the ballot a household takes a home, refuses, or was not there; who does not sign gives it up."""

from __future__ import annotations

from datetime import date, timedelta

from anju.domains.housing.acting import doing, held, subject_of
from anju.domains.housing.letting.planning import LET, move
from anju.domains.housing.models import Allocation, LettingUnit, Member, Place, Round, WaitlistEntry
from anju.domains.housing.refusals import told
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.basis import Basis

LAYOUTS, SIGN_DAYS, REFUSALS = "housing.letting.layouts", "housing.letting.sign_days", "housing.letting.refusals"
RESULT_DAYS = "housing.letting.result_days"
State = Allocation.State
COUNTED = (State.REFUSED, State.DECLINED)


def publish_result(one: Round, *, on: date, by: Actor) -> Round:
    """结果公示: for the local number of days; choosing begins afterwards."""
    with doing("publish_ballot", by=by, needs=LET, subject=subject_of(one)) as entry:
        row = held(Round, one.pk, by)
        if row.state != Round.State.DRAWN or row.result_until is not None:
            raise told("illegal_transition", row.get_state_display())
        row.result_until = on + timedelta(days=Basis.on(on, row.region_code).integer(RESULT_DAYS))
        row.save(update_fields=["result_until"])
        entry.data = {"until": row.result_until.isoformat()}
    return row


def open_choosing(one: Round, *, on: date, by: Actor) -> Round:
    """选房 begins when the publicity of the result is over."""
    with doing("open_choosing", by=by, needs=LET, subject=subject_of(one)):
        row = held(Round, one.pk, by)
        if row.result_until is None or on <= row.result_until:
            raise told("result_is_published", "" if row.result_until is None else f"公示至{row.result_until:%Y-%m-%d}")
        return move(row, Round.State.CHOOSING)


def choose(place: Place, unit: LettingUnit, *, on: date, by: Actor, key: str | None = None) -> Allocation:
    """A household takes a home of the layout its size is entitled to. HS-11 and HS-12 are the database's.

    Raises AnjuError `housing.order_of_the_ballot`, `housing.home_of_the_plan`, `housing.layout_of_the_household`,
    `housing.home_to_one_household`.
    """
    with doing("choose_home", by=by, needs=LET, key=key) as entry:
        if entry.repeated:
            return Allocation.objects.get(pk=entry.data["allocation"])
        one = _round_of(place, by)
        waiting = _waiting(place, by)
        home = held(LettingUnit, unit.pk, by)
        basis = Basis.on(on, one.region_code)
        persons = Member.objects.filter(household=waiting.household_id, left_on=None).count()
        if home.layout not in layouts_for(persons, basis):
            raise AnjuError.of(
                "housing.layout_of_the_household",
                f"{persons}人家庭不能选{home.get_layout_display()}。",
                where=str(home),
                advice="请在可选户型中选择。",
            )
        made = _keep(one, place, waiting, State.ALLOCATED, on, unit=home, sign_until=on + timedelta(days=basis.integer(SIGN_DAYS)))
        _move_waiting(waiting, WaitlistEntry.State.ALLOCATED)
        entry.subject, entry.data = subject_of(made), {"allocation": made.pk, "unit": home.pk, "position": place.position}
    return made


def refuse(place: Place, *, reason: str, on: date, by: Actor) -> Allocation:
    """放弃选房, counted; at the local limit the place in the line is cancelled."""
    if not reason.strip():
        raise told("refused_for_a_reason")
    with doing("refuse_home", by=by, needs=LET, reason=reason) as entry:
        one = _round_of(place, by)
        waiting = _waiting(place, by)
        made = _keep(one, place, waiting, State.REFUSED, on, reason=reason)
        entry.subject, entry.data = subject_of(made), {"allocation": made.pk, "cancelled": _cancel_if_too_often(waiting, on)}
    return made


def absent(place: Place, *, on: date, by: Actor) -> Allocation:
    """Nobody came when the place was called: the next in the order chooses. It does not count as a refusal."""
    with doing("absent_from_choosing", by=by, needs=LET) as entry:
        made = _keep(_round_of(place, by), place, _waiting(place, by), State.ABSENT, on)
        entry.subject, entry.data = subject_of(made), {"allocation": made.pk}
    return made


def lapse(one: Allocation, *, on: date, by: Actor) -> Allocation:
    """Not signed in time: given up and counted as a refusal; the home is vacant again."""
    with doing("lapse_allocation", by=by, needs=LET, subject=subject_of(one)) as entry:
        row = held(Allocation, one.pk, by)
        if row.sign_until is None or on <= row.sign_until:
            raise told("signed_within_a_time", "" if row.sign_until is None else f"签约截止{row.sign_until:%Y-%m-%d}")
        waiting = held(WaitlistEntry, row.entry_id or 0, by)
        row.state, row.reason = State.DECLINED, "逾期未签约"
        row.save(update_fields=["state", "reason"])
        _move_waiting(waiting, WaitlistEntry.State.WAITING)
        entry.data = {"cancelled": _cancel_if_too_often(waiting, on)}
    return row


def close(one: Round, *, on: date, by: Actor) -> Round:
    """The round ends when every place was heard or no home is left; homes nobody took are free for the next."""
    with doing("close_letting", by=by, needs=LET, subject=subject_of(one)):
        row = held(Round, one.pk, by)
        unheard = Place.objects.filter(draw__pool__round=row, allocation=None).exists()
        vacant = LettingUnit.objects.filter(rounds__round=row, rounds__open=True, state=LettingUnit.State.VACANT).exists()
        if unheard and vacant:
            raise AnjuError.of("housing.places_unheard", "还有家庭没有叫到，也还有房源。", where=row.round_no, advice="请按顺序继续选房。")
        return move(row, Round.State.CLOSED, closed_on=on)


def layouts_for(persons: int, basis: Basis) -> set[str]:
    """The layouts a household of this size may choose: those of the largest number of persons not above its own."""
    rows = basis.rows(LAYOUTS)
    known = [int(row["persons"]) for row in rows if int(row["persons"]) <= persons]
    return {str(row["layout"]) for row in rows if known and int(row["persons"]) == max(known)}


def _round_of(place: Place, by: Actor) -> Round:
    """The round of a place, locked: one counter at a time calls the next."""
    return held(Round, Place.objects.values_list("draw__pool__round", flat=True).get(pk=place.pk), by)


def _waiting(place: Place, by: Actor) -> WaitlistEntry:
    return held(WaitlistEntry, Place.objects.values_list("candidate__intention__entry", flat=True).get(pk=place.pk), by)


def _keep(
    one: Round, place: Place, waiting: WaitlistEntry, state: str, on: date, *, unit: LettingUnit | None = None,
    sign_until: date | None = None, reason: str = "",
) -> Allocation:  # fmt: skip
    made = Allocation.objects.create(
        allocation_no=f"{one.round_no}-{place.position:04d}"[:40], round=one, place=place, household_id=waiting.household_id, entry=waiting,
        unit=unit, allocated_on=on, sign_until=sign_until, state=state, reason=reason, region_code=one.region_code, bureau_id=one.bureau_id,
    )  # fmt: skip
    return made


def _move_waiting(waiting: WaitlistEntry, state: str) -> None:
    waiting.state = state
    waiting.save(update_fields=["state"])


def _cancel_if_too_often(waiting: WaitlistEntry, on: date) -> bool:
    most = Basis.on(on, waiting.region_code).integer(REFUSALS)
    times = Allocation.objects.filter(entry=waiting, state__in=COUNTED).count()
    if times < most:
        return False
    waiting.state, waiting.ended_on, waiting.reason = WaitlistEntry.State.CANCELLED, on, f"累计放弃{times}次"
    waiting.save(update_fields=["state", "ended_on", "reason"])
    return True
