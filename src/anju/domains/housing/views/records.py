"""What is recorded on a household after it was opened: authorisations, means, tier, who joins and leaves, agreements, sanctions."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.domains.housing import queries
from anju.domains.housing.applications.applying import appeal
from anju.domains.housing.households import actions
from anju.domains.housing.households.actions import Home, Person
from anju.domains.housing.models import Agreement, Household, Member
from anju.domains.housing.rules.words import TIER_CODES
from anju.domains.housing.subsidies import agreements
from anju.domains.housing.subsidies.agreements import Account, Tenancy
from anju.domains.housing.views.asking import area_of, day, day_of, said
from anju.domains.housing.views.households import household_page
from anju.domains.market.money import fen_of
from anju.kernel.errors import AnjuError
from anju.ui.access import page
from anju.ui.requests import ActedRequest, as_number

ROWS = 4
"""Lines a form offers for property and for homes."""


@require_POST
@page("housing.edit")
def record(request: ActedRequest, number: int) -> HttpResponseBase:
    """Record what the form of this verb says."""
    household = queries.household(number, request.actor.scope)
    verb = VERBS.get(request.POST.get("verb", ""))
    if verb is None:
        return redirect("housing-household", number)
    try:
        address = verb(request, household)
    except AnjuError as error:
        return household_page(request, queries.household(number, request.actor.scope), error.problems)
    messages.success(request, _("已登记。"))
    return address or redirect("housing-household", number)


def _member(request: ActedRequest, household: Household, name: str = "member") -> Member:
    found = household.members.filter(pk=as_number(said(request, name, 18)) or 0, left_on=None).first()
    if found is None:
        raise AnjuError.of("housing.no_such_row", _("没有选成员。"), where=_("成员"), advice=_("请选择家庭里的一位成员。"))
    return found


def _authorise(request: ActedRequest, household: Household) -> None:
    actions.authorise(_member(request, household), on=timezone.localdate(), paper=said(request, "paper", 80), by=request.actor)


def _income(request: ActedRequest, household: Household) -> None:
    monthly = fen_of(said(request, "monthly", 20), str(_("月收入"))) or 0
    since = day_of(request, "since", _("起始日期"))
    actions.record_income(_member(request, household), monthly, source=_source(request), since=since, by=request.actor)


def _assets(request: ActedRequest, household: Household) -> None:
    found = []
    for number in range(ROWS):
        if value := fen_of(said(request, f"value.{number}", 20), str(_("第%(row)s行") % {"row": number + 1}), required=False):
            found.append((said(request, f"kind.{number}", 12), value))
    actions.record_assets(household, found, source=_source(request), on=timezone.localdate(), by=request.actor)


def _homes(request: ActedRequest, household: Household) -> None:
    found = []
    for number in range(ROWS):
        if not (unit := said(request, f"unit.{number}", 60)):
            continue
        where = str(_("第%(row)s行") % {"row": number + 1})
        share = as_number(said(request, f"share.{number}", 3)) or 0
        if not 1 <= share <= 100:
            raise AnjuError.of("housing.bad_share", _("份额要写1到100的百分数。"), where=where)
        found.append(
            Home(
                _member(request, household, f"owner.{number}"),
                unit,
                area_of(said(request, f"area.{number}", 12), where),
                share * 100,
                registered=request.POST.get(f"registered.{number}") != "0",
            )
        )
    actions.record_homes(household, found, source=_source(request), on=timezone.localdate(), by=request.actor)


def _tier(request: ActedRequest, household: Household) -> None:
    tier = TIER_CODES.get(said(request, "tier", 20))
    if tier is None:
        raise AnjuError.of("housing.no_tier", _("没有选保障类别。"), where=_("保障类别"))
    month = day_of(request, "month", _("起始月份"))
    actions.set_tier(household, tier, from_month=month.replace(day=1), basis=said(request, "basis", 100), by=request.actor)


def _priority(request: ActedRequest, household: Household) -> None:
    evidence = said(request, "evidence", 100)
    if not evidence:
        raise AnjuError.of("housing.no_evidence", _("没有写凭证。"), where=_("凭证"), advice=_("写明证件名称和编号。"))
    actions.add_priority(household, said(request, "group", 20), since=timezone.localdate(), evidence=evidence, by=request.actor)


def _join(request: ActedRequest, household: Household) -> None:
    consent = said(request, "paper", 80)
    today = timezone.localdate()
    person = Person(
        said(request, "name", 40), said(request, "id", 24), said(request, "relation", 10), student=request.POST.get("student") == "1",
        authorised_on=today if consent else None, authorisation=consent,
    )  # fmt: skip
    actions.join(household, person, on=today, by=request.actor)


def _leave(request: ActedRequest, household: Household) -> None:
    reason = said(request, "reason", 100)
    if not reason:
        raise AnjuError.of("housing.no_reason", _("没有写原因。"), where=_("离开原因"))
    actions.leave(_member(request, household), on=timezone.localdate(), reason=reason, by=request.actor)


def _appeal(request: ActedRequest, household: Household) -> HttpResponseBase:
    row = household.applications.filter(pk=as_number(said(request, "application", 18)) or 0).first()
    if row is None:
        raise AnjuError.of("housing.no_appealed_application", _("没有选申请。"), where=_("申请"))
    case = appeal(row, materials=("request",) if request.POST.get("paper") == "1" else (), by=request.actor)
    return redirect("case", case.pk)


def _agree(request: ActedRequest, household: Household) -> None:
    application = household.applications.filter(pk=as_number(said(request, "application", 18)) or 0).first()
    if application is None:
        raise AnjuError.of("housing.agreement_of_its_application", _("没有选已通过的申请。"), where=_("申请"))
    rent = fen_of(said(request, "month_rent", 20), str(_("月租金"))) or 0
    tenancy = Tenancy(
        day_of(request, "tenancy_from", _("租期起")), day_of(request, "tenancy_to", _("租期止")), rent, said(request, "home", 120)
    )
    account = Account(_member(request, household, "holder"), said(request, "account", 40), said(request, "bank", 60))
    first, last = day_of(request, "from_month", _("协议起始月")), day_of(request, "to_month", _("协议截止月"))
    agreements.sign(
        said(request, "agreement_no", 40), household, kind=application.product, tenancy=tenancy, account=account,
        from_month=first.replace(day=1), to_month=last.replace(day=1), on=timezone.localdate(), application=application, by=request.actor,
    )  # fmt: skip


def _change_agreement(request: ActedRequest, household: Household) -> None:
    row = household.agreements.filter(pk=as_number(said(request, "agreement", 18)) or 0).first()
    if row is None:
        raise AnjuError.of("housing.no_such_row", _("没有选协议。"), where=_("补贴协议"))
    change, reason = said(request, "change", 12), said(request, "reason", 100)
    if change == "suspend":
        agreements.suspend(row, reason=reason, by=request.actor)
    elif change == "resume":
        agreements.resume(row, reason=reason, by=request.actor)
    elif change in Agreement.Ending.values:
        unpaid = day_of(request, "unpaid_from", _("停发月份")).replace(day=1)
        left = agreements.end(row, ending=change, on=timezone.localdate(), unpaid_from=unpaid, reason=reason, by=request.actor)
        if left:
            messages.warning(request, _("停发月份以后已发放 %(number)s 个月，须追回。") % {"number": left})
    else:
        raise AnjuError.of("housing.no_such_change", _("没有选怎样变更。"), where=_("补贴协议"))


def _sanction(request: ActedRequest, household: Household) -> None:
    person = _member(request, household)
    returned = request.POST.get("returned_on", "")
    actions.sanction(
        person.name, person.resident_id.in_full, article=said(request, "article", 60), reason=said(request, "reason", 200),
        document=said(request, "document", 80), decided_on=day_of(request, "decided_on", _("处理日期")),
        returned_on=day(returned, _("退回日期")) if returned else None,
        fine=fen_of(said(request, "fine", 16), str(_("罚款")), required=False) or 0,
        gain=fen_of(said(request, "gain", 16), str(_("违法所得")), required=False) or 0, by=request.actor,
    )  # fmt: skip


def _source(request: ActedRequest) -> str:
    found = said(request, "source", 60)
    if not found:
        raise AnjuError.of("housing.no_source", _("没有写来源。"), where=_("来源"), advice=_("例如：民政核对报告 编号。"))
    return found


VERBS: dict[str, Callable[[ActedRequest, Household], HttpResponseBase | None]] = {
    "authorise": _authorise, "income": _income, "assets": _assets, "homes": _homes, "tier": _tier, "priority": _priority, "join": _join,
    "leave": _leave, "appeal": _appeal, "agree": _agree, "agreement": _change_agreement, "sanction": _sanction,
}  # fmt: skip
