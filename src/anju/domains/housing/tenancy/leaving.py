"""The verbs of giving a home back: visits, grounds, the moving period, moving out (令11号第二十七条至第三十一条)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Sum
from django.utils import timezone

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.letting.planning import LET
from anju.domains.housing.models import Allocation, BenefitMonth, ExitGround, HomeVisit, Lease, LettingUnit, Renewal, RentBill, SecurityExit
from anju.domains.housing.refusals import told
from anju.domains.housing.rules.rent import empty_since, in_arrears, is_empty
from anju.kernel.access.actor import Actor
from anju.kernel.cases.actions.opening import Applicant, open_case
from anju.kernel.cases.models import Case
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.basis import Basis

EXIT = "public_rental_exit"
MOVING_DAYS = "housing.rent.moving_days"
Ground = ExitGround.Ground
OFFICERS = (
    Ground.SUBLET, Ground.USE, Ground.DAMAGE, Ground.ILLEGAL, Ground.OVER_INCOME, Ground.UNFIT, Ground.OTHER_HOME, Ground.OTHER_PRODUCT,
    Ground.FRAUD,
)  # fmt: skip
"""Grounds an officer finds; arrears, emptiness and a term that ran out are found by the records."""
UNFIT = {"over_income": Ground.OVER_INCOME, "has_housing": Ground.OTHER_HOME, "other_product": Ground.OTHER_PRODUCT}
"""Reason for which a review or a renewal was refused -> the ground to give the home back."""
EXIT_REASONS = {
    Ground.ARREARS: SecurityExit.Reason.ARREARS,
    Ground.EMPTY: SecurityExit.Reason.VACANT,
    Ground.OTHER_HOME: SecurityExit.Reason.HOME,
    Ground.OVER_INCOME: SecurityExit.Reason.INCOME,
}
VOLUNTARY = (Ground.OWN_WISH, Ground.NOT_RENEWED)
"""Who goes by own wish or when the term is over leaves; the others are made to."""


def visit(lease: Lease, *, on: date, lived_in: bool, finding: str, by: Actor) -> HomeVisit:
    """入户巡查. A home found empty at every visit of six months is a ground to give it back (HS-16)."""
    if not finding.strip():
        raise AnjuError.of("housing.no_finding", "没有写巡查情况。", where="情况", advice="写明看到什么，例如：无人居住，水表读数未变。")
    with doing("visit_home", by=by, needs=LET, subject=subject_of(lease)) as entry:
        row = held(Lease, lease.pk, by)
        made = HomeVisit.objects.create(
            lease=row, visited_on=on, lived_in=lived_in, finding=finding, visited_by=by.name, region_code=row.region_code,
            bureau_id=row.bureau_id,
        )  # fmt: skip
        visits = list(HomeVisit.objects.filter(lease=row).values_list("visited_on", "lived_in"))
        if is_empty(visits, on):
            _note(row, Ground.EMPTY, on, f"自{empty_since(visits):%Y-%m-%d}起历次巡查均无人居住", breach_on=empty_since(visits))
        elif lived_in:
            _lift(row, Ground.EMPTY, on)
        entry.data = {"lived_in": lived_in}
    return made


def note_arrears(lease: Lease, on: date) -> None:
    """HS-15: with six months unpaid in all the ground stands, with five it does not. Call inside an action."""
    months = unpaid_months(lease, on)
    if in_arrears(months):
        _note(lease, Ground.ARREARS, on, f"累计{months}个月租金未缴")
    else:
        _lift(lease, Ground.ARREARS, on)


def unpaid_months(lease: Lease, on: date) -> int:
    """Months whose bill is due and wholly unpaid."""
    due = RentBill.objects.filter(lease=lease, due_on__lt=on, amount__gt=0).exclude(rate=RentBill.Rate.BACK)
    return due.annotate(paid=Sum("shares__amount")).filter(paid=None).values("month").distinct().count()


def find_grounds(*, on: date, by: Actor) -> int:
    """What the records of all live leases show on a day: arrears, and terms that ran out without a renewal. How many new grounds."""
    with doing("find_grounds", by=by, needs=LET) as entry:
        before = ExitGround.objects.filter(bureau_id=home_of(by)["bureau_id"], lifted_on=None).count()
        for lease in Lease.objects.select_for_update().filter(bureau_id=home_of(by)["bureau_id"], state__in=Lease.LIVE).order_by("pk"):
            note_arrears(lease, on)
            if lease.state == Lease.State.ACTIVE and lease.ends_on < on:
                _note(lease, _why_not_renewed(lease), on, f"租期{lease.ends_on:%Y-%m-%d}届满，没有续租")
        found = ExitGround.objects.filter(bureau_id=home_of(by)["bureau_id"], lifted_on=None).count() - before
        entry.data = {"found": found}
    return found


def _why_not_renewed(lease: Lease) -> Ground:
    """The ground of a term that ran out: what the case of a refused renewal says, else that nobody renewed it in time."""
    cases = Renewal.objects.filter(lease=lease, state=Renewal.State.REFUSED, case_id__isnull=False).values("case_id")
    reason = Case.objects.filter(pk__in=cases).values_list("reason", flat=True).first()
    return UNFIT.get(reason or "", Ground.NOT_RENEWED)


def find(lease: Lease, ground: str, *, on: date, evidence: str, by: Actor, breach_on: date | None = None) -> ExitGround:
    """An officer found a ground. `breach_on`: the day it began. Raises AnjuError `housing.no_evidence`, `housing.one_open_ground`."""
    if ground not in OFFICERS or not evidence.strip():
        raise AnjuError.of("housing.no_evidence", "须选择事由并写明依据。", where="退出事由", advice="欠租、空置和到期由系统按记录认定。")
    with doing("find_ground", by=by, needs=LET, subject=subject_of(lease), data={"ground": ground}):
        return _note(held(Lease, lease.pk, by), ground, on, evidence, breach_on=breach_on)


def ask_exit(lease: Lease, ground: str, *, by: Actor, text: str = "", key: str | None = None) -> Case:
    """Open the case of leaving: by the tenant's own wish, or for a ground that stands. What it decides begins the moving period."""
    with doing("ask_exit", by=by, needs=LET, subject=subject_of(lease), data={"ground": ground}, key=key) as entry:
        if entry.repeated:
            return Case.objects.get(pk=entry.data["case"])
        row = held(Lease, lease.pk, by)
        if row.state != Lease.State.ACTIVE:
            raise told("illegal_transition", row.get_state_display())
        if Case.objects.filter(matter=EXIT, subject=subject_of(row), completed_at=None).exists():
            raise AnjuError.of("housing.one_open_exit", "这份租约已有在办的退出办件。", where=row.lease_no, advice="请在原办件中办理。")
        if ground == Ground.OWN_WISH and not ExitGround.objects.filter(lease=row, ground=ground, lifted_on=None).exists():
            _note(row, ground, timezone.localdate(), text or "承租人申请退租")
        _require_ground(row, ground)
        person = row.tenant
        applicant = Applicant(person.name, "household" if ground == Ground.OWN_WISH else "office")
        case = open_case(EXIT, applicant=applicant, subject=subject_of(row), data={"ground": ground}, by=by)
        entry.data |= {"case": case.pk}
    return case


def begin(lease: Lease, ground: str, *, on: date, by: Actor, text: str = "") -> Lease:
    """通知腾退: the moving period begins; within it the rate of the lease holds (HS-22). Needs an open ground, or the tenant's own wish."""
    with doing("begin_leaving", by=by, needs=LET, subject=subject_of(lease), data={"ground": ground}):
        row = held(Lease, lease.pk, by)
        if ground == Ground.OWN_WISH:
            _note(row, ground, on, text or "承租人申请退租")
        _require_ground(row, ground)
        row.state, row.ground, row.ground_text, row.notice_on = Lease.State.MOVING, ground, text, on
        row.move_by = on + timedelta(days=Basis.on(on, row.region_code).integer(MOVING_DAYS))
        row.version += 1
        row.save(update_fields=["state", "ground", "ground_text", "notice_on", "move_by", "version"])
    return row


def finish(lease: Lease, *, on: date, by: Actor, repair: bool = False) -> Lease:
    """退租: keys given back. The home is vacant again or under repair, and the months after are free for a subsidy."""
    with doing("finish_leaving", by=by, needs=LET, subject=subject_of(lease)) as entry:
        row = held(Lease, lease.pk, by)
        end(row, on)
        chosen = held(Allocation, row.allocation_id, by)
        chosen.state = Allocation.State.VACATED
        chosen.save(update_fields=["state"])
        unit = held(LettingUnit, row.unit_id, by)
        unit.state = LettingUnit.State.REPAIRING if repair else LettingUnit.State.VACANT
        unit.save(update_fields=["state"])
        SecurityExit.objects.create(
            exit_no=f"TZ-{row.lease_no}", household_id=row.household_id, household_no=row.household.household_no, head=row.tenant.name,
            kind=SecurityExit.Kind.VOLUNTARY if row.ground in VOLUNTARY else SecurityExit.Kind.EVICTION,
            reason=EXIT_REASONS.get(Ground(row.ground), SecurityExit.Reason.OTHER), exited_on=on, lease=row, **home_of(by),
        )  # fmt: skip
        entry.data = {"unit": unit.pk, "state": unit.state}
    return row


def end(row: Lease, on: date) -> None:
    """The lease ends on a day and gives its later months back. Call inside an action."""
    row.state, row.ended_on = Lease.State.ENDED, on
    row.version += 1
    row.save(update_fields=["state", "ended_on", "version"])
    BenefitMonth.objects.filter(lease_id=row.pk, month__gt=on).delete()


def _require_ground(lease: Lease, ground: str) -> None:
    if not ExitGround.objects.filter(lease=lease, ground=ground, lifted_on=None).exists():
        raise AnjuError.of("housing.no_open_ground", "没有这项退出事由的记录。", where=lease.lease_no, advice="请先登记事由和依据。")


def _note(lease: Lease, ground: str, on: date, evidence: str, *, breach_on: date | None = None) -> ExitGround:
    found = ExitGround.objects.filter(lease=lease, ground=ground, lifted_on=None).first()
    return found or ExitGround.objects.create(
        lease=lease, ground=ground, found_on=on, breach_on=breach_on, evidence=evidence[:200], region_code=lease.region_code,
        bureau_id=lease.bureau_id,
    )  # fmt: skip


def _lift(lease: Lease, ground: str, on: date) -> None:
    for row in ExitGround.objects.filter(lease=lease, ground=ground, lifted_on=None):
        row.lifted_on = on
        row.save(update_fields=["lifted_on"])
