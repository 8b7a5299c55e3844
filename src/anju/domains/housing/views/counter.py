"""The counter: open the record of a household, and receive its application with the papers it handed in."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.domains.housing import queries
from anju.domains.housing.applications.applying import MATTERS, Written, apply_for
from anju.domains.housing.households import actions
from anju.domains.housing.households.actions import Person
from anju.domains.housing.models import Application, Member
from anju.domains.housing.purchases.claiming import MATTER as TALENTS
from anju.domains.housing.purchases.claiming import Claim, claim_talent_subsidy
from anju.domains.housing.rules.words import DEGREE_CODES, DEGREES
from anju.domains.housing.views.asking import day_of, receipt, said
from anju.domains.market.money import fen_of
from anju.kernel.cases.matters.catalogue import get
from anju.kernel.cases.matters.published import current
from anju.kernel.cases.models import Case
from anju.kernel.errors import AnjuError, Problem
from anju.ui.access import page
from anju.ui.casework import papers_of
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, as_number

MOST_MEMBERS = 8
COLUMNS = ("name", "id", "relation", "phone", "grade", "consent", "student")
PRODUCTS = [(code, label) for code, label in Application.Product.choices if code in MATTERS]


@page("housing.edit")
def new_household(request: ActedRequest) -> HttpResponseBase:
    """Open a household: its members with the authorisation each adult signed. Goes on to the application of `?product=`."""
    problems: tuple[Problem, ...] = ()
    product = _product(request)
    if request.method == "POST":
        try:
            household = actions.open_household(
                "", _people(request), on=timezone.localdate(), by=request.actor, address=said(request, "address", 120) or None,
                key=f"household:{said(request, 'key', 64)}",
            )  # fmt: skip
        except AnjuError as error:
            problems = error.problems
        else:
            return redirect(reverse("housing-apply", args=(household.pk,)) + f"?product={product}")
    rows = [{"number": number, **{name: request.POST.get(f"{name}.{number}", "") for name in COLUMNS}} for number in range(MOST_MEMBERS)]
    context = {
        "rows": rows,
        "relations": [(code, label) for code, label in Member.Relation.choices if code != Member.Relation.APPLICANT],
        "written": request.POST,
        "product": product,
        "product_label": dict(PRODUCTS)[product],
        "products": PRODUCTS,
        "problems": problems,
        "key": request.POST.get("key") or uuid4().hex,
        "crumbs": [Crumb(_("保障家庭"), "housing-households"), Crumb(_("登记家庭"))],
    }
    return render(request, "housing/household_new.html", context, status=422 if problems else 200)


def _people(request: ActedRequest) -> list[Person]:
    """The rows that were filled; the first is the applicant. Raises AnjuError naming the row."""
    today = timezone.localdate()
    people, problems = [], []
    for number in range(MOST_MEMBERS):
        name, identity = said(request, f"name.{number}", 40), said(request, f"id.{number}", 24)
        if not name and not identity:
            continue
        consent = said(request, f"consent.{number}", 80)
        people.append(
            Person(
                name,
                identity,
                Member.Relation.APPLICANT if number == 0 else said(request, f"relation.{number}", 10) or Member.Relation.OTHER,
                phone=said(request, f"phone.{number}", 20) or None,
                student=request.POST.get(f"student.{number}") == "1",
                disability_grade=as_number(said(request, f"grade.{number}", 1)),
                authorised_on=today if consent else None,
                authorisation=consent,
            )
        )
        if not name or not identity:
            where = _("第%(row)s行") % {"row": number + 1}
            problems.append(Problem("housing.member_incomplete", str(where), _("姓名和身份证号要写全。"), _("没有这个人的，两格都清空。")))
    if problems:
        raise AnjuError(problems)
    return people


@page("housing.edit")
def apply(request: ActedRequest, number: int) -> HttpResponseBase:
    """Receive an application of a household: what it is for, and which papers are there."""
    household = queries.household(number, request.actor.scope)
    product = _product(request)
    _version, matter = current(MATTERS[Application.Product(product)])
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            application = apply_for(
                product, household, _written(request, product), on=timezone.localdate(), by=request.actor,
                materials=papers_of(request), key=f"apply:{said(request, 'key', 64)}",
            )  # fmt: skip
        except AnjuError as error:
            problems = error.problems
        else:
            return receipt(request, Case.objects.get(pk=application.case_id or 0), application.follow_code)
    context = {
        "household": household,
        "members": household.members.filter(left_on=None).order_by("pk"),
        "matter": matter,
        "product": product,
        "products": PRODUCTS,
        "degrees": [(code, DEGREES[at]) for code, at in DEGREE_CODES.items()],
        "written": request.POST,
        "chosen": papers_of(request),
        "key": request.POST.get("key") or uuid4().hex,
        "problems": problems,
        "crumbs": [
            Crumb(_("保障家庭"), "housing-households"),
            Crumb(household.household_no, "housing-household", (household.pk,)),
            Crumb(_("提出申请")),
        ],
    }
    return render(request, "housing/apply.html", context, status=422 if problems else 200)


@page("housing.edit")
def claim(request: ActedRequest) -> HttpResponseBase:
    """Receive a claim of a talent's purchase subsidy: the person, the degree, the contract, the policy it is claimed under."""
    matter = get(TALENTS)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            row = claim_talent_subsidy(
                _claimed(request),
                on=timezone.localdate(),
                by=request.actor,
                materials=papers_of(request),
                key=f"claim:{said(request, 'key', 64)}",
            )
        except AnjuError as error:
            problems = error.problems
        else:
            return receipt(request, Case.objects.get(pk=row.case_id or 0), row.follow_code)
    context = {
        "matter": matter,
        "degrees": [(code, DEGREES[at]) for code, at in DEGREE_CODES.items() if code != "college"],
        "written": request.POST,
        "chosen": papers_of(request),
        "key": request.POST.get("key") or uuid4().hex,
        "problems": problems,
        "crumbs": [Crumb(_("收件"), "case-choose"), Crumb(matter.title)],
    }
    return render(request, "housing/claim.html", context, status=422 if problems else 200)


def _claimed(request: ActedRequest) -> Claim:
    """What the form says. Raises AnjuError naming the field that is empty."""
    labels = {"name": _("姓名"), "resident_id": _("身份证号"), "contract_no": _("购房合同编号"), "policy": _("政策文号")}
    for field, label in labels.items():
        if not said(request, field, 80):
            raise AnjuError.of("housing.claim_incomplete", _("没有填写。"), where=str(label))
    degree = said(request, "degree", 10)
    if degree not in DEGREE_CODES:
        raise AnjuError.of("housing.claim_incomplete", _("没有选学位。"), where=_("学位"))
    return Claim(
        said(request, "name", 40), said(request, "resident_id", 24), degree, said(request, "contract_no", 40), said(request, "policy", 80),
        said(request, "employer", 80),
    )  # fmt: skip


def _written(request: ActedRequest, product: str) -> Written:
    rent = fen_of(said(request, "month_rent", 20), str(_("月租金")), required=product == Application.Product.RENT_SUBSIDY)
    graduated: date | None = day_of(request, "graduated_on", _("毕业日期")) if request.POST.get("graduated_on") else None
    return Written(month_rent=rent, employer=said(request, "employer", 80), degree=said(request, "degree", 10), graduated_on=graduated)


def _product(request: ActedRequest) -> str:
    asked = request.POST.get("product") or request.GET.get("product", "")
    return asked if asked in dict(PRODUCTS) else Application.Product.PUBLIC_RENTAL
