"""The verbs of households: open, join, leave, authorise, record means, set the tier, close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.models import Asset, Holding, Household, Income, Member, PriorityGroup, Sanction, TierPeriod
from anju.domains.housing.refusals import told_clearly
from anju.kernel.access.actor import Actor
from anju.kernel.codes import resident_id as codes
from anju.kernel.errors import AnjuError, Problem

EDIT = "housing.edit"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who joins a household. `authorised_on`, `authorisation`: when and by which paper the checks were authorised."""

    name: str
    resident_id: str
    relation: str = Member.Relation.APPLICANT
    phone: str | None = None
    student: bool = False
    disability_grade: int | None = None
    authorised_on: date | None = None
    authorisation: str = ""


def open_household(
    household_no: str, people: list[Person], *, on: date, by: Actor, address: str | None = None, key: str | None = None
) -> Household:
    """Open a household with its members, the applicant among them; without a number it gets the next.

    Raises AnjuError `housing.person_in_one_household` (HS-02).
    """
    if sum(person.relation == Member.Relation.APPLICANT for person in people) != 1:
        raise AnjuError.of("housing.one_applicant", "一个家庭须有且只有一名申请人。", where="家庭成员", advice="请核对与申请人关系。")
    with doing("open_household", by=by, needs=EDIT, key=key) as entry:
        if entry.repeated:
            return Household.objects.get(pk=entry.data["household"])
        number = household_no or f"JT{on:%Y%m%d}-{entry.number}"
        household = Household.objects.create(household_no=number, address=address, opened_on=on, **home_of(by))
        for person in people:
            _enter(household, person, on, by)
        entry.subject, entry.data = subject_of(household), {"household": household.pk, "members": len(people)}
    return household


def join(household: Household, person: Person, *, on: date, by: Actor) -> Member:
    """A person joins a household (birth, marriage, moving in)."""
    with doing("join_household", by=by, needs=EDIT, subject=subject_of(household)) as entry:
        held(Household, household.pk, by)
        member = _enter(household, person, on, by)
        entry.data = {"member": member.pk}
    return member


def leave(member: Member, *, on: date, by: Actor, reason: str) -> None:
    """A member leaves: moved out, divorced, deceased. Then the person may belong to another household."""
    with doing("leave_household", by=by, needs=EDIT, subject=f"housing_household:{member.household_id}", reason=reason):
        row = held(Member, member.pk, by)
        row.left_on = on
        row.save(update_fields=["left_on"])


def authorise(member: Member, *, on: date, paper: str, by: Actor) -> None:
    """A member signed the authorisation to be checked (令11号第八条; HS-01). `paper`: the file it is kept as."""
    if not paper.strip():
        raise AnjuError.of("housing.no_paper", "没有授权书。", where="授权书", advice="请先上传签字的授权书。")
    with doing("authorise_checks", by=by, needs=EDIT, subject=f"housing_household:{member.household_id}") as entry:
        row = held(Member, member.pk, by)
        row.authorised_on, row.authorisation = on, paper
        row.save(update_fields=["authorised_on", "authorisation"])
        entry.data = {"member": row.pk}


def record_income(member: Member, monthly: int, *, source: str, since: date, by: Actor) -> Income:
    """What a member earns a month from a source from a day on, in fen; what was said of that source before ends that day."""
    with doing("record_income", by=by, needs=EDIT, subject=f"housing_household:{member.household_id}"):
        held(Member, member.pk, by)
        Income.objects.filter(member=member, source=source, to_date=None, from_date__lt=since).update(to_date=since)
        return Income.objects.create(member=member, monthly=monthly, source=source, from_date=since, **home_of(by))


def record_assets(household: Household, assets: list[tuple[str, int]], *, source: str, on: date, by: Actor) -> None:
    """What civil affairs answered about property: all of it, in fen by kind. An empty list is the answer that there is none."""
    with doing("record_assets", by=by, needs=EDIT, subject=subject_of(household)) as entry:
        row = held(Household, household.pk, by)
        Asset.objects.filter(household=row, to_date=None).update(to_date=on)
        for kind, value in assets:
            Asset.objects.create(household=row, kind=kind, value=value, source=source, from_date=on, **home_of(by))
        row.assets_checked_on = on
        row.save(update_fields=["assets_checked_on"])
        entry.data = {"assets": len(assets)}


@dataclass(frozen=True, slots=True)
class Home:
    """A home as the registry or the net-sign system answers. `unit`: 28-digit unit code or the local key; `share`: 10000 is the whole."""

    member: Member
    unit: str
    area: Decimal | None
    share: int = 10_000
    registered: bool = True
    given_away_on: date | None = None


def record_homes(household: Household, homes: list[Home], *, source: str, on: date, by: Actor) -> None:
    """What the registry and the net-sign system answered: all homes of the members. An empty list is the answer that there are none."""
    with doing("record_homes", by=by, needs=EDIT, subject=subject_of(household)) as entry:
        row = held(Household, household.pk, by)
        known = {(one.member_id, one.unit, one.registered): one for one in Holding.objects.filter(member__household=row)}
        for home in homes:
            unit = "".join(home.unit.split()).upper()
            one = known.get((home.member.pk, unit, home.registered)) or Holding(
                member=home.member, unit=unit, registered=home.registered, source=source, **home_of(by)
            )
            one.area, one.share, one.given_away_on = home.area, home.share, home.given_away_on
            one.save()
        row.homes_checked_on = on
        row.save(update_fields=["homes_checked_on"])
        entry.data = {"homes": len(homes)}


def set_tier(household: Household, tier: int, *, from_month: date, basis: str, by: Actor) -> TierPeriod:
    """The tier of a household from a month on; what was before ends there and paid months stay as they are (RB-06)."""
    if from_month.day != 1:
        raise AnjuError.of("housing.tier_by_month", "保障类别从某月1日起变更。", where="起始月份")
    with doing("set_tier", by=by, needs=EDIT, subject=subject_of(household)) as entry:
        held(Household, household.pk, by)
        TierPeriod.objects.filter(household=household, to_month=None, from_month__lt=from_month).update(to_month=from_month)
        period = TierPeriod.objects.create(household=household, tier=tier, from_month=from_month, basis=basis, **home_of(by))
        entry.data = {"tier": tier, "from_month": from_month.isoformat()}
    return period


def add_priority(household: Household, group: str, *, since: date, evidence: str, by: Actor) -> PriorityGroup:
    """A reason to come first."""
    with doing("add_priority", by=by, needs=EDIT, subject=subject_of(household), data={"group": group}):
        return PriorityGroup.objects.create(household=household, group=group, from_date=since, evidence=evidence, **home_of(by))


def sanction(
    name: str, resident_id: str, *, article: str, reason: str, document: str, decided_on: date, by: Actor,
    returned_on: date | None = None, fine: int = 0, gain: int = 0,
) -> Sanction:  # fmt: skip
    """A sanction by 令11号第三十五条 or 第三十六条: at most 1000元; with illegal gain at most three times it and 30,000元 (HS-20)."""
    most = 100_000 if gain == 0 else min(3 * gain, 3_000_000)
    if not 0 <= fine <= most:
        raise AnjuError.of(
            "housing.fine_beyond_the_rule", f"罚款不能超过{most / 100:,.2f}元。", where="罚款", advice="令11号第三十五条、第三十六条。"
        )
    with doing("sanction", by=by, needs=EDIT, reason=reason) as entry:
        row = Sanction.objects.create(
            name=name, resident_id=resident_id, article=article, reason=reason, document=document, decided_on=decided_on,
            returned_on=returned_on, fine=fine, **home_of(by),
        )  # fmt: skip
        entry.subject = subject_of(row)
    return row


def _enter(household: Household, person: Person, on: date, by: Actor) -> Member:
    number = codes.normalise(person.resident_id)
    fault = codes.fault(number, on)
    if fault is not None:
        raise AnjuError(Problem("housing.bad_resident_id", f"{person.name} 身份证号", fault.what, fault.advice))
    member = Member(
        household=household,
        name=person.name,
        resident_id=number,
        phone=person.phone,
        born_on=date(int(number[6:10]), int(number[10:12]), int(number[12:14])),
        relation=person.relation,
        student=person.student,
        disability_grade=person.disability_grade,
        joined_on=on,
        authorised_on=person.authorised_on,
        authorisation=person.authorisation,
        **home_of(by),
    )
    with told_clearly():
        member.save(force_insert=True)
    return member
