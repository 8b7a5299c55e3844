"""Reads of housing security's money that pages and other code use, within a scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Model, Q, QuerySet, Sum

from anju.domains.housing.models import (
    Agreement,
    Application,
    Asset,
    BankFile,
    BankResult,
    BenefitMonth,
    Budget,
    Decision,
    Holding,
    Household,
    Income,
    Member,
    OnlineRequest,
    Payment,
    PaymentBatch,
    PriorityGroup,
    PurchaseSubsidy,
    SubsidyRun,
    SubsidyRunRow,
    TierPeriod,
    Tranche,
)
from anju.domains.housing.payments.steps import committed
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.codes import resident_id
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.models import Bureau, Region, Staff
from anju.kernel.parameters.basis import Basis
from anju.kernel.parameters.queries import live

MOST_RUNS = 24
M = TypeVar("M", bound=Model)


def batches(scope: Scope) -> QuerySet[PaymentBatch]:
    """Payment batches, newest first."""
    return scope.narrow(PaymentBatch.objects.all()).order_by("-pk")


def batch(number: int, scope: Scope) -> PaymentBatch:
    """One batch. Raises AnjuError `housing.no_such_row`."""
    return _found(scope.narrow(PaymentBatch.objects.select_related("supplements", "budget")).filter(pk=number).first(), "发放批次")


def payments(one: PaymentBatch, scope: Scope, state: str = "") -> QuerySet[Payment]:
    """Rows of a batch, failed ones first."""
    rows = scope.narrow(Payment.objects.filter(payment_batch=one)).select_related("household", "reissue_of__payment_batch", "reissued_as")
    return (rows.filter(state=state) if state else rows).order_by("state", "payment_no")


def payment(number: int, one: PaymentBatch) -> Payment:
    """A row of a batch. Raises AnjuError `housing.no_such_row`."""
    return _found(Payment.objects.filter(payment_batch=one, pk=number).first(), "发放行")


def counts(one: PaymentBatch) -> list[dict[str, Any]]:
    """Number and sum of the rows of a batch by state, with the state in words."""
    found = Payment.objects.filter(payment_batch=one).values("state").annotate(rows=Count("pk"), total=Sum("amount")).order_by("state")
    return [{**row, "label": Payment.State(row["state"]).label} for row in found]


def open_failures(one: PaymentBatch) -> int:
    """Failed rows that no supplementary batch names yet."""
    return Payment.objects.filter(payment_batch=one, state__in=("failed", "returned"), reissued_as=None).count()


def people_of(one: PaymentBatch) -> dict[str, str]:
    """Names of who drafted, reviewed and approved a batch."""
    numbers = [one.drafted_by, one.reviewed_by, one.approved_by]
    names = dict(Staff.objects.filter(pk__in=[number for number in numbers if number]).values_list("pk", "name"))
    return {step: names.get(number or 0, "") for step, number in zip(("drafted", "reviewed", "approved"), numbers, strict=True)}


def bank_file(one: PaymentBatch) -> BankFile | None:
    """The file a batch was sent by."""
    return BankFile.objects.filter(payment_batch=one).first()


def results(one: PaymentBatch) -> QuerySet[BankResult]:
    """The bank's answers to a batch."""
    return BankResult.objects.filter(payment_batch=one).order_by("pk")


def budgets(scope: Scope, year: int) -> list[dict[str, Any]]:
    """Budgets of a year with what approved batches take of them."""
    rows = scope.narrow(Budget.objects.filter(year=year)).order_by("kind")
    kinds = dict(PaymentBatch.Kind.choices)
    found = []
    for row in rows:
        spent = committed(row)
        found.append({"label": kinds.get(row.kind, row.kind), "amount": row.amount, "spent": spent, "left": row.amount - spent})
    return found


def households(scope: Scope, text: str = "") -> QuerySet[Household]:
    """Households, newest first; `text`: a household number, a member's name, or a whole resident number (by its blind index)."""
    rows = scope.narrow(Household.objects.all()).order_by("-pk")
    if not text:
        return rows
    number = resident_id.normalise(text)
    if len(number) == 18:
        return rows.filter(pk__in=Member.objects.filter(resident_id=number).values("household_id"))
    named = Member.objects.filter(name__startswith=text, left_on=None).values("household_id")
    return rows.filter(Q(household_no__startswith=text) | Q(pk__in=named))


def household(number: int, scope: Scope) -> Household:
    """One household. Raises AnjuError `housing.no_such_row`."""
    return _found(scope.narrow(Household.objects.all()).filter(pk=number).first(), "保障家庭")


def described(rows: list[Household]) -> list[dict[str, Any]]:
    """For a list: each household with its applicant, number of members, tier and what it was paid in all."""
    numbers = [row.pk for row in rows]
    heads = dict(Member.objects.filter(household__in=numbers, relation="applicant", left_on=None).values_list("household_id", "name"))
    persons = _sums(Member.objects.filter(household__in=numbers, left_on=None).values("household_id").annotate(one=Count("pk")))
    paid = _sums(
        Payment.objects.filter(household__in=numbers, state="paid", voided_at=None).values("household_id").annotate(one=Sum("amount"))
    )
    tiers = {row.household_id: row.get_tier_display() for row in TierPeriod.objects.filter(household__in=numbers, to_month=None)}
    return [
        {
            "row": row,
            "head": heads.get(row.pk, ""),
            "persons": persons.get(row.pk, 0),
            "tier": tiers.get(row.pk, ""),
            "paid": paid.get(row.pk, 0),
        }
        for row in rows
    ]


def tier_of(one: Household) -> TierPeriod | None:
    """The tier a household has now."""
    return TierPeriod.objects.filter(household=one, to_month=None).first()


def places_of_applying() -> list[tuple[str, str]]:
    """Regions whose limits of income are published: code and name. Everybody may read them."""
    with using_scope(Scope.system()):
        codes = set(live("housing.means.income_limit").values_list("region_code", flat=True))
        return list(Region.objects.filter(code__in=codes).order_by("code").values_list("code", "name"))


def applications_to_sign(one: Household) -> list[Application]:
    """Approved applications for a subsidy that no agreement follows yet."""
    signed = Agreement.objects.filter(household=one, application__isnull=False).exclude(state="cancelled").values("application_id")
    rows = Application.objects.filter(household=one, state="approved", product__in=Agreement.Kind.values, voided_at=None)
    return list(rows.exclude(pk__in=signed).order_by("-pk")[:12])


def means_of(one: Household) -> dict[str, Any]:
    """What is on record of a household now: each member's income, assets, homes, reasons to come first. Nothing on record is unknown."""
    members = list(Member.objects.filter(household=one, left_on=None).order_by("pk"))
    incomes: dict[int, list[Income]] = {}
    for row in Income.objects.filter(member__in=members, to_date=None).order_by("pk"):
        incomes.setdefault(row.member_id, []).append(row)
    return {
        "incomes": [(member, incomes.get(member.pk, [])) for member in members],
        "assets": list(Asset.objects.filter(household=one, to_date=None).order_by("pk")),
        "homes": list(Holding.objects.filter(member__in=members).select_related("member").order_by("pk")),
        "priorities": list(PriorityGroup.objects.filter(household=one, to_date=None).order_by("pk")),
    }


def runs_of(one: Household) -> QuerySet[SubsidyRun]:
    """The newest runs that judged a household."""
    numbers = SubsidyRunRow.objects.filter(household=one).order_by("-run_id").values_list("run_id", flat=True)[:MOST_RUNS]
    return SubsidyRun.objects.filter(pk__in=list(numbers)).select_related("rule").order_by("-month", "-pk")


def months_of(one: Household) -> list[dict[str, Any]]:
    """The months a household has taken, by year, newest first: form and whether it was inferred."""
    years: dict[int, dict[int, BenefitMonth]] = {}
    for row in BenefitMonth.objects.filter(household=one).select_related("payment").order_by("-month")[:240]:
        years.setdefault(row.month.year, {})[row.month.month] = row
    return [{"year": year, "months": [(number, found.get(number)) for number in range(1, 13)]} for year, found in years.items()]


def purchases(scope: Scope, *, kind: str = "", state: str = "", text: str = "", without_account: bool = False) -> QuerySet[PurchaseSubsidy]:
    """Purchase subsidies, newest first; `text` begins a number, name or contract. `without_account`: due without an account."""
    rows = scope.narrow(PurchaseSubsidy.objects.filter(voided_at=None)).order_by("-pk")
    rows = rows.filter(kind=kind) if kind in PurchaseSubsidy.Kind.values else rows
    rows = rows.filter(state=state) if state in PurchaseSubsidy.State.values else rows
    if without_account:
        waiting = Tranche.objects.filter(state__in=(Tranche.State.PENDING, Tranche.State.PAYABLE)).values("purchase_id")
        rows = rows.filter(account__isnull=True, case_id__isnull=False, state__in=("approved", "paid"), returned_on=None, pk__in=waiting)
    if text:
        rows = rows.filter(Q(application_no__startswith=text) | Q(applicant__startswith=text) | Q(contract_no__startswith=text))
    return rows


def purchase(number: int, scope: Scope) -> PurchaseSubsidy:
    """One purchase subsidy. Raises AnjuError `housing.no_such_row`."""
    found = purchases(scope).filter(pk=number).first()
    if found is None:
        raise AnjuError.of("housing.no_such_row", "没有这笔购房补贴。", advice="它可能不在本人的数据范围内。")
    return found


def decision_of_case(case_id: int) -> Decision | None:
    """The newest decision a case kept."""
    return Decision.objects.filter(case_id=case_id).order_by("-pk").first()


def reward_policies(on: date, region_code: str) -> list[Mapping[str, Any]]:
    """The documents of purchase rewards a region publishes on a day; none where nothing is published."""
    try:
        return list(Basis.on(on, region_code).rows("housing.reward.policies"))
    except AnjuError:
        return []


def online_requests(scope: Scope, *, state: str = "waiting") -> QuerySet[OnlineRequest]:
    """Requests from the internet; the waiting ones by their last day, the others newest first."""
    rows = scope.narrow(OnlineRequest.objects.filter(state=state)).prefetch_related("people")
    return rows.order_by("due_on", "pk") if state == OnlineRequest.State.WAITING else rows.order_by("-pk")


def online_request(number: int, scope: Scope) -> OnlineRequest:
    """One request. Raises AnjuError `housing.no_such_row`."""
    found = scope.narrow(OnlineRequest.objects.all()).filter(pk=number).first()
    if found is None:
        raise AnjuError.of("housing.no_such_row", "没有这件网上申报。", advice="它可能不在本人的数据范围内。")
    return found


def bureaus_asked_online() -> list[Bureau]:
    """Bureaus of the places whose limits of income are published. Everybody may read them."""
    with using_scope(Scope.system()):
        return list(
            Bureau.objects.filter(region__in=[code for code, _name in places_of_applying()]).select_related("region").order_by("pk")
        )


def unreturned_purchase_subsidy(contract_no: str, bureau_id: int) -> PurchaseSubsidy | None:
    """The subsidy that was paid for this contract and not returned: such a contract cannot be cancelled (RB-13)."""
    rows = PurchaseSubsidy.objects.filter(bureau_id=bureau_id, contract_no=contract_no, state="paid", returned_on=None, voided_at=None)
    return rows.first()


def months_taken(household_ids: Iterable[int], month: date) -> set[int]:
    """Which of these households have taken a month, by whatever form."""
    return set(BenefitMonth.objects.filter(household__in=list(household_ids), month=month).values_list("household_id", flat=True))


def _sums(rows: Iterable[Any]) -> dict[int, int]:
    return {row["household_id"]: row["one"] for row in rows}


def _found(row: M | None, what: str) -> M:
    if row is None:
        raise AnjuError.of("housing.no_such_row", f"没有这条{what}。", advice="它可能不在本人的数据范围内。")
    return row
