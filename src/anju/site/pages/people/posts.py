"""Hiring, moving, ending a post, and replacing a forgotten password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from anju.kernel.errors import AnjuError
from anju.kernel.orgs import actions
from anju.kernel.orgs.credentials import reset_password, temporary_password
from anju.kernel.orgs.models import Bureau, Department, Staff
from anju.kernel.orgs.queries import bureaus_in
from anju.site.pages.people.asking import (
    bureau_or_404,
    reach_options,
    reach_value,
    read_reach,
    reason_ask,
    required_reason,
    show_secret,
    staff_or_404,
)
from anju.ui.access import page
from anju.ui.asking import Ask, show_form, written
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, as_number


@page("orgs.manage")
def hire(request: ActedRequest) -> HttpResponseBase:
    """Put somebody new in post; the first password is made here and shown once."""
    bureau = bureau_or_404(request, request.GET.get("bureau", ""))
    asks = [
        Ask("name", _("姓名"), written(request, "name"), required=True),
        Ask("username", _("登录名"), written(request, "username"), required=True, hint=_("登录时用，全平台唯一，不能再改。")),
        Ask("title", _("职务"), written(request, "title")),
        Ask("department", _("股室"), written(request, "department"), (("", _("（不定）")), *_departments(bureau))),
        Ask("reach", _("数据范围"), written(request, "reach", "bureau"), reach_options(bureau, request.actor)),
        Ask(
            "password",
            _("初始密码"),
            written(request, "password", "made"),
            (("made", _("生成一个，显示一次")), ("none", _("不设，只用单点登录"))),
        ),
    ]
    title, crumbs = _("人员上岗"), [Crumb(_("机构与人员"), "people"), Crumb(_("人员上岗"))]
    notice = _("上岗后还没有任何权限，请安全管理员授予角色。")
    form = {
        "title": title,
        "lead": bureau.name,
        "note": notice,
        "asks": asks,
        "verb": _("上岗"),
        "back": reverse("people"),
        "crumbs": crumbs,
    }
    if request.method != "POST":
        return show_form(request, form)
    password = None if written(request, "password") == "none" else temporary_password()
    try:
        reach, region = read_reach(written(request, "reach", "bureau"), bureau)
        staff = actions.hire_staff(
            bureau=bureau,
            username=written(request, "username"),
            name=written(request, "name"),
            title=written(request, "title"),
            department=_department(request, bureau),
            reach=reach,
            region=region,
            password=password,
            by=request.actor,
        )
    except AnjuError as error:
        return show_form(request, form, error.problems)
    if password is not None:
        return show_secret(request, _secret(staff, password, _("%(name)s已上岗") % {"name": staff.name}))
    messages.success(request, _("%(name)s已上岗。") % {"name": staff.name})
    return redirect("person", staff.pk)


@page("orgs.manage")
def move(request: ActedRequest, number: int) -> HttpResponseBase:
    """Give a person another title, section, data scope or bureau."""
    staff = staff_or_404(request, number)
    bureaus = tuple((str(one.pk), one.name) for one in bureaus_in(request.actor.scope)[:300])
    asks = [
        Ask("title", _("职务"), written(request, "title", staff.title)),
        Ask(
            "department",
            _("股室"),
            written(request, "department", str(staff.department_id or "")),
            (("", _("（不变）")), *_departments(staff.bureau)),
        ),
        Ask(
            "reach",
            _("数据范围"),
            written(request, "reach", reach_value(staff)),
            reach_options(staff.bureau, request.actor, staff),
        ),
    ]
    if len(bureaus) > 1:
        hint = _("调到别的单位时收回全部角色，数据范围改为新单位，股室到岗后再定。")
        asks.append(Ask("bureau", _("单位"), written(request, "bureau", str(staff.bureau_id)), bureaus, hint=hint))
    asks.append(reason_ask(written(request, "reason"), _("记入日志，例如：党组会议定，自7月1日起任市场管理股股长。")))
    form = _about(staff, _("调整%(name)s的岗位") % {"name": staff.name}, asks, _("调整岗位"))
    if request.method != "POST":
        return show_form(request, form)
    try:
        changes: dict[str, Any] = {"title": written(request, "title"), "reason": required_reason(request)}
        target = written(request, "bureau")
        if target and target != str(staff.bureau_id):
            changes["bureau"] = bureau_or_404(request, target)
        else:
            changes["department"] = _department(request, staff.bureau)
            changes["reach"], changes["region"] = read_reach(written(request, "reach", reach_value(staff)), staff.bureau)
        actions.move_staff(staff, by=request.actor, **changes)
    except AnjuError as error:
        return show_form(request, form, error.problems)
    messages.success(request, _("已调整%(name)s的岗位。") % {"name": staff.name})
    return redirect("person", number)


@page("orgs.manage")
def leave(request: ActedRequest, number: int) -> HttpResponseBase:
    """End a person's post."""
    staff = staff_or_404(request, number)
    asks = [reason_ask(written(request, "reason"), _("记入日志，例如：调离本单位。"))]
    form = _about(staff, _("%(name)s离岗") % {"name": staff.name}, asks, _("确认离岗"))
    form |= {"danger": True, "warning": _("离岗后不能再登录，收回全部角色，接口密钥停用；经办过的记录和日志保留。离岗不能撤回。")}
    if request.method != "POST":
        return show_form(request, form)
    try:
        actions.deactivate_staff(staff, by=request.actor, reason=required_reason(request))
    except AnjuError as error:
        return show_form(request, form, error.problems)
    messages.success(request, _("%(name)s已离岗。") % {"name": staff.name})
    return redirect("person", number)


@page("orgs.manage")
def password(request: ActedRequest, number: int) -> HttpResponseBase:
    """Replace a forgotten password by a temporary one, shown once."""
    staff = staff_or_404(request, number)
    asks = [reason_ask(written(request, "reason"), _("记入日志，例如：本人到场申请，忘记密码。密码本身不记。"))]
    form = _about(staff, _("给%(name)s设临时密码") % {"name": staff.name}, asks, _("生成临时密码"))
    form["warning"] = _("原密码立即失效，已登录的窗口随即退出。请当面核实是本人申请。")
    if request.method != "POST":
        return show_form(request, form)
    made = temporary_password()
    try:
        reset_password(staff, made, by=request.actor, reason=required_reason(request))
    except AnjuError as error:
        return show_form(request, form, error.problems)
    return show_secret(request, _secret(staff, made, _("已给%(name)s设临时密码") % {"name": staff.name}))


def _about(staff: Staff, title: str, asks: list[Ask], verb: str) -> dict[str, Any]:
    crumbs = [Crumb(_("机构与人员"), "people"), Crumb(staff.name, "person", (staff.pk,)), Crumb(verb)]
    lead = f"{staff.bureau.name} · {staff.user.username}"
    return {"title": title, "lead": lead, "asks": asks, "verb": verb, "back": reverse("person", args=[staff.pk]), "crumbs": crumbs}


def _secret(staff: Staff, secret: str, title: str) -> dict[str, Any]:
    crumbs = [Crumb(_("机构与人员"), "people"), Crumb(staff.name, "person", (staff.pk,)), Crumb(_("密码"))]
    return {"title": title, "staff": staff, "secret": secret, "crumbs": crumbs}


def _departments(bureau: Bureau) -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in Department.objects.filter(bureau=bureau).order_by("name")]


def _department(request: ActedRequest, bureau: Bureau) -> Department | None:
    return Department.objects.filter(bureau=bureau, pk=as_number(written(request, "department")) or 0).first()
