"""网上申请 for everybody: the form, the number and code it gives, and where a request stands."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from anju.domains.housing import queries
from anju.domains.housing.applications import online
from anju.domains.housing.applications.applying import MATTERS, Written
from anju.domains.housing.applications.following_online import follow_online
from anju.domains.housing.applications.online import Asked, Sent
from anju.domains.housing.households.actions import Person
from anju.domains.housing.models import Application, Member
from anju.domains.housing.rules.words import DEGREE_CODES, DEGREES
from anju.domains.housing.views.asking import day
from anju.domains.market.money import fen_of
from anju.kernel.cases.matters.published import current
from anju.kernel.errors import AnjuError
from anju.kernel.files.uses import MATERIAL
from anju.ui.requests import as_number, readable

COLUMNS = ("name", "id", "relation", "phone", "student")
PRODUCTS = [(code, label) for code, label in Application.Product.choices if code in online.PRODUCTS]


def apply(request: HttpRequest) -> HttpResponse:
    """The form of one product, and after it was sent the number and the code, shown once."""
    product = request.POST.get("product") or request.GET.get("product", "")
    product = product if product in dict(PRODUCTS) else Application.Product.PUBLIC_RENTAL
    bureaus = queries.bureaus_asked_online()
    _version, matter = current(MATTERS[Application.Product(product)])
    context: dict[str, Any] = {
        "asked": request.POST,
        "product": product,
        "products": PRODUCTS,
        "bureaus": bureaus,
        "matter": matter,
        "accept": MATERIAL.accept,
        "rows": [{"number": number, **{name: request.POST.get(f"{name}.{number}", "") for name in COLUMNS}} for number in range(6)],
        "relations": [(code, label) for code, label in Member.Relation.choices if code != Member.Relation.APPLICANT],
        "degrees": [(code, DEGREES[number]) for code, number in DEGREE_CODES.items()],
    }
    if request.method != "POST":
        return render(request, "housing/open_apply.html", context)
    try:
        bureau = next((one for one in bureaus if one.pk == as_number(request.POST.get("bureau", ""))), None)
        if bureau is None:
            raise AnjuError.of("housing.no_place", _("没有选受理单位。"), where=_("受理单位"))
        if request.POST.get("truth") != "1":
            raise AnjuError.of("housing.no_promise", _("没有勾选承诺。"), where=_("承诺"), advice=_("对材料的真实性负责才能提交。"))
        asked = Asked(product, bureau, tuple(_people(request)), _written(request, product), _said(request, "address", 120))
        made, code = online.submit(asked, _files(request), address=str(request.META.get("REMOTE_ADDR", "")))
    except AnjuError as error:
        return render(request, "housing/open_apply.html", context | {"problems": error.problems}, status=422)
    return render(request, "housing/open_applied.html", {"made": made, "code": code, "title": matter.title})


def status(request: HttpRequest) -> HttpResponse:
    """Where a request stands, for whoever has its number and code; both are sent in the body."""
    context: dict[str, Any] = {"asked": request.POST}
    if request.method != "POST":
        return render(request, "housing/open_apply_status.html", context)
    number, code = (readable(request.POST.get(name, ""), 60) for name in ("number", "code"))
    try:
        context["found"] = follow_online(number, code, address=str(request.META.get("REMOTE_ADDR", "")))
    except AnjuError as error:
        return render(request, "housing/open_apply_status.html", context | {"problems": error.problems}, status=422)
    return render(request, "housing/open_apply_status.html", context)


def _said(request: HttpRequest, name: str, longest: int) -> str:
    return readable(request.POST.get(name, ""), longest)


def _people(request: HttpRequest) -> list[Person]:
    """The rows in which something is written; the first applies."""
    people = []
    for number in range(online.MOST_PEOPLE):
        name, identity = _said(request, f"name.{number}", 40), _said(request, f"id.{number}", 24)
        if number and not name and not identity:
            continue
        relation = Member.Relation.APPLICANT if number == 0 else _said(request, f"relation.{number}", 10)
        if relation not in Member.Relation.values or (number and relation == Member.Relation.APPLICANT):
            relation = Member.Relation.OTHER
        phone = _said(request, f"phone.{number}", 20) or None
        people.append(Person(name, identity, relation, phone=phone, student=request.POST.get(f"student.{number}") == "1"))
    return people


def _written(request: HttpRequest, product: str) -> Written:
    needs_rent = product == Application.Product.RENT_SUBSIDY
    rent = fen_of(_said(request, "month_rent", 12), str(_("月租金")), required=needs_rent)
    degree = _said(request, "degree", 10)
    graduated = _said(request, "graduated_on", 10)
    return Written(
        rent, _said(request, "employer", 80), degree if degree in DEGREE_CODES else "",
        day(graduated, str(_("毕业日期"))) if graduated else None,
    )  # fmt: skip


def _files(request: HttpRequest) -> list[Sent]:
    sent = []
    for field in request.FILES:
        material = field.removeprefix("file.")
        sent += [Sent(material, one.name or "", one) for one in request.FILES.getlist(field) if isinstance(one, UploadedFile)]  # type: ignore[arg-type]
    return sent
