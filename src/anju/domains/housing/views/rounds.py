"""Rounds of letting: the list, a new plan, and one round with the step it waits for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.domains.housing.letting import balloting, choosing, planning, queries
from anju.domains.housing.letting.planning import Group, Plan
from anju.domains.housing.models import Draw, Intention, LettingUnit, Place, Pool, Round, WaitlistEntry
from anju.domains.housing.rules.words import PRIORITY_GROUPS
from anju.kernel.errors import AnjuError, Problem
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, as_number, readable

PAGE = 50
M = TypeVar("M", bound=Model)
GROUPS = range(1, 5)
State = Round.State


@page("housing.view")
def all_rounds(request: ActedRequest) -> HttpResponseBase:
    """Rounds of the reader's scope, newest first, and what homes there are."""
    context = {
        "page": Paginator(queries.rounds(request.actor.scope), PAGE).get_page(request.GET.get("page")),
        "counts": queries.unit_counts(request.actor.scope),
        "may_let": request.actor.may("housing.let"),
        "crumbs": [Crumb(_("公租房配租"))],
    }
    return render(request, "housing/rounds.html", context)


@page("housing.let")
def new_round(request: ActedRequest) -> HttpResponseBase:
    """Draft an allocation plan: its terms, its groups in order, its homes."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            made = _planned(request)
        except AnjuError as error:
            problems = error.problems
        else:
            messages.success(request, _("已拟订配租批次 %(number)s。") % {"number": made.round_no})
            return redirect("housing-round", made.pk)
    context = {
        "written": request.POST,
        "groups": [
            {
                "number": number,
                "name": request.POST.get(f"group-{number}", ""),
                "chosen": request.POST.getlist(f"priorities-{number}"),
                "floor": request.POST.get(f"floor-{number}", ""),
            }
            for number in GROUPS
        ],
        "priorities": PRIORITY_GROUPS.items(),
        "homes": queries.units(request.actor.scope, state=LettingUnit.State.VACANT),
        "chosen": set(request.POST.getlist("home")),
        "problems": problems,
        "crumbs": [Crumb(_("公租房配租"), "housing-rounds"), Crumb(_("拟订配租方案"))],
    }
    return render(request, "housing/round_new.html", context, status=422 if problems else 200)


def _planned(request: ActedRequest) -> Round:
    text = {
        name: readable(request.POST.get(name, ""), 200) for name in ("round_no", "name", "document", "scope", "rent", "witness", "event")
    }
    missing = [label for name, label in _MUST.items() if not text[name]]
    if missing:
        raise AnjuError.of(
            "housing.plan_is_whole", _("没有填写：%(names)s。") % {"names": "、".join(map(str, missing))}, where=_("配租方案")
        )
    groups = []
    for number in GROUPS:
        name = readable(request.POST.get(f"group-{number}", ""), 60)
        if name:
            floor = as_number(request.POST.get(f"floor-{number}", ""))
            groups.append(Group(name, tuple(request.POST.getlist(f"priorities-{number}")), floor))
    homes = [queries.unit_of(int(number), request.actor.scope) for number in request.POST.getlist("home") if number.isdigit()]
    plan = Plan(
        **text,
        intention_until=_day(request.POST.get("intention_until", ""), _("意向登记截止")),
        event_on=_day(request.POST.get("event_on", ""), _("事件日期")) if text["event"] else None,
    )
    return planning.plan(plan, groups, homes, by=request.actor)


_MUST = {
    "round_no": _("批次编号"),
    "name": _("名称"),
    "document": _("方案文号"),
    "scope": _("供应对象"),
    "rent": _("租金标准"),
    "witness": _("公证或见证方"),
}


@page("housing.view")
def one_round(request: ActedRequest, number: int) -> HttpResponseBase:
    """A round: where it stands, what may be done next and by whom."""
    return _round_page(request, queries.round_of(number, request.actor.scope))


def _round_page(request: ActedRequest, one: Round, problems: tuple[Problem, ...] = ()) -> HttpResponseBase:
    pool = Pool.objects.filter(round=one).first()
    draw = Draw.objects.filter(pool=pool).first() if pool else None
    intentions = one.intentions.select_related("entry__household", "entry__application__applicant").order_by("pk")
    called = queries.next_place(one) if one.state == State.CHOOSING else None
    context: dict[str, Any] = {
        "round": one,
        "pool": pool,
        "draw": draw,
        "steps": _steps(one),
        "groups": one.groups.order_by("ordinal"),
        "priorities": PRIORITY_GROUPS,
        "homes": LettingUnit.objects.filter(rounds__round=one).order_by("estate", "building", "floor", "room"),
        "left": queries.homes_left(one),
        "intentions": intentions,
        "pending": intentions.filter(recheck=Intention.Recheck.PENDING).count(),
        "waiting": queries.line(request.actor.scope).filter(bureau_id=one.bureau_id).exclude(intentions__round=one)[:300],
        "places": balloting.places(draw) if draw else [],
        "called": called,
        "lapsed": one.allocations.filter(state="allocated", sign_until__lt=timezone.localdate()).select_related("unit", "household"),
        "may_let": request.actor.may("housing.let"),
        "may_announce": request.actor.may("housing.announce_letting"),
        "today": timezone.localdate(),
        "problems": problems,
        "crumbs": [Crumb(_("公租房配租"), "housing-rounds"), Crumb(one.round_no)],
    }
    return render(request, "housing/round.html", context, status=422 if problems else 200)


def _steps(one: Round) -> list[tuple[str, str]]:
    road = [State.DRAFT, State.ANNOUNCED, State.FROZEN, State.DRAWN, State.CHOOSING, State.CLOSED]
    if one.state == State.CANCELLED:
        return [(str(State.CANCELLED.label), "now")]
    at = road.index(State(one.state))
    return [(str(state.label), "done" if place < at else "now" if place == at else "ahead") for place, state in enumerate(road)]


@require_POST
@page("housing.view")
def act(request: ActedRequest, number: int) -> HttpResponseBase:
    """Take the step a button names."""
    one = queries.round_of(number, request.actor.scope)
    verb = _verbs(request, one).get(request.POST.get("verb", ""))
    if verb is None:
        return redirect("housing-round", number)
    try:
        verb()
    except AnjuError as error:
        return _round_page(request, queries.round_of(number, request.actor.scope), error.problems)
    return redirect("housing-round", number)


def _verbs(request: ActedRequest, one: Round) -> dict[str, Callable[[], object]]:
    by, today = request.actor, timezone.localdate()

    def said(name: str, longest: int = 200) -> str:
        return readable(request.POST.get(name, ""), longest)

    return {
        "announce": lambda: planning.announce(one, on=today, by=by),
        "cancel": lambda: planning.cancel(one, reason=said("reason"), by=by),
        "commit": lambda: planning.commit(one, bureau=said("bureau", 64), witness=said("witness_digest", 64), by=by),
        "intend": lambda: [planning.intend(one, entry, on=today, by=by) for entry in _entries(request)],
        "fit": lambda: planning.recheck(_intention(request, one), fit=True, on=today, by=by),
        "unfit": lambda: planning.recheck(_intention(request, one), fit=False, reason=said("reason"), on=today, by=by),
        "freeze": lambda: balloting.freeze(one, by=by, key=f"freeze-{one.pk}"),
        "draw": lambda: balloting.draw(
            one,
            event=said("event_result"),
            secrets=(request.POST.get("secret_bureau", ""), request.POST.get("secret_witness", ""))
            if one.seed_kind == "commitments"
            else None,
            evidence=said("evidence"),
            witness=said("witness_name", 80),
            by=by,
            key=f"draw-{one.pk}",
        ),
        "publish": lambda: choosing.publish_result(one, on=today, by=by),
        "open": lambda: choosing.open_choosing(one, on=today, by=by),
        "choose": lambda: choosing.choose(_place(request, one), _home(request), on=today, by=by),
        "refuse": lambda: choosing.refuse(_place(request, one), reason=said("reason"), on=today, by=by),
        "absent": lambda: choosing.absent(_place(request, one), on=today, by=by),
        "lapse": lambda: choosing.lapse(one.allocations.get(pk=as_number(request.POST.get("allocation", "")) or 0), on=today, by=by),
        "close": lambda: choosing.close(one, on=today, by=by),
    }


def _entries(request: ActedRequest) -> list[WaitlistEntry]:
    numbers = [int(number) for number in request.POST.getlist("entry") if number.isdigit()]
    found = list(queries.line(request.actor.scope).filter(pk__in=numbers))
    if not found:
        raise AnjuError.of("housing.only_who_waits", _("没有选择家庭。"), where=_("意向登记"), advice=_("从轮候家庭中选择。"))
    return found


def _intention(request: ActedRequest, one: Round) -> Intention:
    return _named(one.intentions.filter(pk=as_number(request.POST.get("intention", "")) or 0).first(), _("意向"))


def _place(request: ActedRequest, one: Round) -> Place:
    return _named(Place.objects.filter(draw__pool__round=one, pk=as_number(request.POST.get("place", "")) or 0).first(), _("顺序号"))


def _home(request: ActedRequest) -> LettingUnit:
    return queries.unit_of(as_number(request.POST.get("home", "")) or 0, request.actor.scope)


def _named(found: M | None, what: str) -> M:
    if found is None:
        raise AnjuError.of("housing.no_such_row", _("没有选择%(what)s。") % {"what": what}, where=what)
    return found


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AnjuError.of("housing.bad_day", _("%(where)s不是日期。") % {"where": where}, where=where) from None
