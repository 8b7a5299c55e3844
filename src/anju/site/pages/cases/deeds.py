"""What is done on the page of a case: each form names its deed, each deed is one action."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.kernel.cases import actions
from anju.kernel.cases.models import Case
from anju.kernel.errors import AnjuError
from anju.site.pages.cases.case import show
from anju.ui.access import page
from anju.ui.casework import papers_of
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, as_number, readable

Deed = Callable[[ActedRequest, int], str]


@require_POST
@page()
def deed(request: ActedRequest, number: int, name: str) -> HttpResponseBase:
    """Do it and show the case again; what stands against it is said on the page, with what was written still there."""
    if name not in DEEDS:
        raise Http404
    try:
        words = DEEDS[name](request, number)
    except AnjuError as error:
        return show(request, number, error.problems)
    messages.success(request, words)
    return redirect("case", number)


@require_POST
@page("cases.open")
def new_code(request: ActedRequest, number: int) -> HttpResponseBase:
    """A new code for the applicant, shown once on a page of its own."""
    case = Case.objects.filter(pk=number).first()
    if case is None:
        raise Http404
    code = actions.new_follow_code(case, by=request.actor)
    return render(request, "pages/cases/receipt.html", {"case": case, "code": code, "crumbs": [Crumb(case.number)]})


def _text(request: ActedRequest, name: str = "text", longest: int = 4000) -> str:
    return readable(request.POST.get(name, ""), longest)


def _key(request: ActedRequest) -> str | None:
    key = _text(request, "key", 64)
    return f"case-page:{key}" if key else None


def _person(request: ActedRequest) -> int:
    found = as_number(_text(request, "person", 18))
    if found is None:
        raise AnjuError.of("cases.unknown_person", "没有选人。", where="人员", advice="请选择一位同事。")
    return found


def _decide(request: ActedRequest, number: int) -> str:
    choice = _text(request, "choice", 10)
    fields = {name.removeprefix("f."): value for name, value in request.POST.items() if name.startswith("f.")}
    actions.decide(
        number, _text(request, "step", 40), choice, to=_text(request, "to", 40), reason=_text(request, "reason", 40),
        text=_text(request), data=fields, signer=as_number(_text(request, "signer", 4)) or 0, by=request.actor, key=_key(request),
    )  # fmt: skip
    return _("已办理。")


def _notify(request: ActedRequest, number: int) -> str:
    items = [line.strip() for line in _text(request).splitlines() if line.strip()]
    actions.notify_supplement(
        number, items, materials=papers_of(request), step=_text(request, "step", 40), by=request.actor, key=_key(request)
    )
    return _("已告知申请人补正。")


def _hand_in(request: ActedRequest, number: int) -> str:
    actions.hand_in(number, materials=papers_of(request), text=_text(request), by=request.actor, key=_key(request))
    return _("已收到补正材料。")


def _receive(request: ActedRequest, number: int) -> str:
    actions.receive_material(number, _text(request, "material", 40), by=request.actor, key=_key(request))
    return _("已收材料。")


def _give_back(request: ActedRequest, number: int) -> str:
    actions.give_back_material(
        number, _text(request, "material", 40), text=_text(request, longest=300), by=request.actor, key=_key(request)
    )
    return _("已退回材料。")


def _promise(request: ActedRequest, number: int) -> str:
    row = actions.promise_material(number, _text(request, "material", 40), by=request.actor, key=_key(request))
    return _("已记容缺承诺，%(day)s前补齐。") % {"day": row.promise_due_on or "—"}


def _claim(request: ActedRequest, number: int) -> str:
    actions.claim(number, _text(request, "step", 40), by=request.actor, key=_key(request))
    return _("已接办。")


def _release(request: ActedRequest, number: int) -> str:
    actions.release(number, _text(request, "step", 40), by=request.actor, key=_key(request))
    return _("已放回待办。")


def _transfer(request: ActedRequest, number: int) -> str:
    actions.transfer(
        number, _text(request, "step", 40), _person(request), text=_text(request), by=request.actor, key=_key(request),
        signer=as_number(_text(request, "signer", 4)) or 0,
    )  # fmt: skip
    return _("已转交。")


def _add_signer(request: ActedRequest, number: int) -> str:
    placed = _text(request, "placed", 10)
    actions.add_signer(
        number, _text(request, "step", 40), _person(request), placed, text=_text(request), by=request.actor, key=_key(request)
    )
    return _("已请同事加签。")


def _suspend(request: ActedRequest, number: int) -> str:
    actions.suspend(number, _text(request, "reason", 40), text=_text(request), by=request.actor, key=_key(request))
    return _("已中止，全部期限停止计算。")


def _resume(request: ActedRequest, number: int) -> str:
    actions.resume(number, text=_text(request), by=request.actor, key=_key(request))
    return _("已恢复办理。")


def _withdraw(request: ActedRequest, number: int) -> str:
    actions.withdraw(number, text=_text(request), by=request.actor, key=_key(request))
    return _("已按申请人要求撤回。")


def _terminate(request: ActedRequest, number: int) -> str:
    actions.terminate(number, _text(request, "reason", 40), text=_text(request), by=request.actor, key=_key(request))
    return _("已终止。")


def _reopen(request: ActedRequest, number: int) -> str:
    actions.reopen(number, _text(request, "to", 40), _text(request, "reason", 40), text=_text(request), by=request.actor, key=_key(request))
    return _("已重新办理。")


def _pause(request: ActedRequest, number: int) -> str:
    actions.pause_clock(number, _text(request, "reason", 40), text=_text(request), by=request.actor, key=_key(request))
    return _("已停表。")


def _unpause(request: ActedRequest, number: int) -> str:
    actions.restart_clock(number, _text(request, "reason", 40), by=request.actor, key=_key(request))
    return _("已恢复计时。")


def _extend(request: ActedRequest, number: int) -> str:
    document = _text(request, "document", 120)
    actions.extend_clock(number, _text(request, "span", 20), document=document, text=_text(request), by=request.actor, key=_key(request))
    return _("已延长办理期限。")


def _publish(request: ActedRequest, number: int) -> str:
    row = actions.start_publicity(number, batch=_text(request, "batch", 60), by=request.actor, key=_key(request))
    return _("已公示，至%(day)s。") % {"day": row.ends_on}


def _object(request: ActedRequest, number: int) -> str:
    actions.object_to(number, _text(request), raised_by=_text(request, "raised_by", 60), by=request.actor, key=_key(request))
    return _("已登记异议。")


def _settle(request: ActedRequest, number: int) -> str:
    found = as_number(_text(request, "objection", 18)) or 0
    actions.settle_objection(found, _text(request, "outcome", 10), _text(request), by=request.actor, key=_key(request))
    return _("已答复异议。")


def _check(request: ActedRequest, number: int) -> str:
    code = _text(request, "code", 40)
    made = actions.request_checks(number, [(code, "")] if code else [], by=request.actor, key=_key(request))
    return _("已发起%(count)s项核查。") % {"count": len(made)}


def _answer(request: ActedRequest, number: int) -> str:
    found = as_number(_text(request, "check", 18)) or 0
    evidence = _text(request, "evidence", 200)
    actions.answer_check(found, _text(request, "result", 10), text=_text(request), evidence=evidence, by=request.actor, key=_key(request))
    return _("已登记核查结果。")


DEEDS: dict[str, Deed] = {
    "decide": _decide,
    "notify": _notify,
    "hand-in": _hand_in,
    "receive": _receive,
    "give-back": _give_back,
    "promise": _promise,
    "claim": _claim,
    "release": _release,
    "transfer": _transfer,
    "add-signer": _add_signer,
    "suspend": _suspend,
    "resume": _resume,
    "withdraw": _withdraw,
    "terminate": _terminate,
    "reopen": _reopen,
    "pause": _pause,
    "unpause": _unpause,
    "extend": _extend,
    "publish": _publish,
    "object": _object,
    "settle": _settle,
    "check": _check,
    "answer": _answer,
}
