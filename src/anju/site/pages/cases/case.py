"""The page of one case: who, what, where it stands; papers on the left, decision on the right, history below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.kernel.calendar.queries import working_days
from anju.kernel.calendar.reasons import reason_label
from anju.kernel.cases.engine.situation import Officer
from anju.kernel.cases.fields import shown
from anju.kernel.cases.matters.conditions import holds
from anju.kernel.cases.matters.declaration import APPLICANT, Matter, Step
from anju.kernel.cases.matters.returning import targets_of, title_of
from anju.kernel.cases.models import Material, Move, Task
from anju.kernel.cases.queries import CaseView, case_page
from anju.kernel.errors import Problem
from anju.kernel.orgs.models import Staff
from anju.site.pages.cases.words import move_words, reason_words, state_look, view_clock
from anju.ui.access import page
from anju.ui.casework import panels_of
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest

MOST_COLLEAGUES = 200


@page()
def case(request: ActedRequest, number: int) -> HttpResponseBase:
    """The page of a case."""
    return show(request, number)


def show(request: ActedRequest, number: int, problems: Iterable[Problem] = ()) -> HttpResponseBase:
    """The page, with what stood against the last deed."""
    actor = request.actor
    view = case_page(number, actor, on=timezone.localdate(), days=working_days(actor.region_code))
    problems = tuple(problems)
    context: dict[str, Any] = {
        "view": view,
        "case": view.case,
        "matter": view.matter,
        "look": state_look(view.case),
        "clock": view_clock(view.clock) if view.clock else None,
        "line": [_on_line(view, one) for one in view.stages if _is_shown(view, one)],
        "materials": _materials(view),
        "checks": view.checks,
        "checkable": bool(view.matter.checks) and not view.case.final and actor.may("cases.work"),
        "notices": view.notices,
        "publicities": _publicities(view),
        "seats": [_seat(view, task) for task in view.mine] if view.case.state in ("received", "running") else [],
        "others": _others(view),
        "history": [_told(view.matter, move) for move in view.moves],
        "whole": _whole(view, request),
        "panels": panels_of(view, actor),
        "problems": problems,
        "asked": request.POST,
        "key": uuid4().hex,
        "files_subject": f"cases_case:{view.case.pk}",
        "material_roles": {one.code: one.title for one in view.matter.materials},
        "crumbs": [Crumb(_("待办"), "tasks") if actor.may("cases.work") else Crumb(_("全部办件"), "cases"), Crumb(view.case.number)],
    }
    return render(request, "pages/cases/case.html", context, status=422 if problems else 200)


def _is_shown(view: CaseView, one: Any) -> bool:
    """Detours and conditional stages stand on the line only where the case has been or goes."""
    if one.tasks or one.stage.code == view.case.stage:
        return True
    return not one.stage.by_forward and holds(one.stage.when, view.situation.data)


def _on_line(view: CaseView, one: Any) -> dict[str, Any]:
    alive = [task for task in one.tasks if task.alive]
    clocks = [view_clock(view.clocks[task.pk]) for task in alive if task.pk in view.clocks]
    worst = next((clock for look in ("wrong", "due", "") for clock in clocks if clock["look"] == look), None)
    return {"title": one.stage.title, "state": one.state, "clock": worst, "rounds": max((task.round for task in one.tasks), default=1)}


def _materials(view: CaseView) -> list[dict[str, Any]]:
    found = []
    for row in view.materials:
        terms = view.matter.material(row.code)
        if terms is None:
            continue
        needed = terms.required and holds(terms.when, view.situation.data)
        if not needed and terms.when and row.state == Material.State.MISSING:
            continue
        open_case = not view.case.final
        may_promise = terms.may_follow is not None and row.state == Material.State.MISSING and open_case
        found.append({"row": row, "terms": terms, "needed": needed, "may_promise": may_promise, "may_receive": open_case})
    return found


def _publicities(view: CaseView) -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [
        {
            "row": row,
            "running": row.ends_on >= today and not view.case.final and row.stopped_on is None,
            "objections": [one for one in view.objections if one.publicity_id == row.pk],
        }
        for row in view.publicities
    ]


def _seat(view: CaseView, task: Task) -> dict[str, Any]:
    """A task of the reader: what may be decided, with what."""
    step = view.matter.step(task.step)
    stage = view.matter.stage(task.stage)
    publicity = next((row for row in view.publicities if row.task_id == task.pk), None)
    to_publish = stage.publicity is not None and not task.signer and publicity is None
    choices = {"agree": _("同意"), "refuse": _("不同意")} if task.signer else dict(step.decisions)
    targets = [] if task.signer else [(rule.target, title_of(view.matter, rule.target)) for rule in _reachable(view, step)]
    may_notify = not task.signer and (
        (step.code == "accept" and not view.situation.accepted and view.situation.noticed < view.matter.supplement.times)
        or (APPLICANT in step.returns and view.situation.noticed_round != view.situation.round)
    )
    return {
        "task": task,
        "step": step,
        "title": _("加签：%(step)s") % {"step": step.title} if task.signer else step.title,
        "clock": view_clock(view.clocks[task.pk]) if task.pk in view.clocks else None,
        "verb": _verb(step, task, choices, published=publicity is not None),
        "agree": "agree" in choices,
        "refuse": choices.get("refuse", ""),
        "return": choices.get("return", "") if targets else "",
        "targets": targets,
        "forwards": [(code, view.matter.stage(code).title) for code in step.forwards] if "forward" in choices else [],
        "forward": choices.get("forward", ""),
        "waiting": task.status == "waiting",
        "claimable": task.holder_id is None and view.officer.staff is not None,
        "held": task.holder_id is not None and not task.signer,
        "fields": [] if task.signer else step.fields,
        "to_publish": to_publish,
        "published_until": publicity.ends_on if publicity is not None and publicity.ends_on >= timezone.localdate() else None,
        "may_notify": may_notify,
        "may_add_signer": not task.signer and step.code != "accept",
        "colleagues": _colleagues(view, task),
        "checks": [kind.title for code in step.checks if holds((kind := view.matter.checks[code]).when, view.situation.data)],
    }


def _verb(step: Step, task: Task, choices: dict[str, str], *, published: bool) -> str:
    """What the one button says."""
    if task.signer:
        return choices["agree"]
    return step.verb or (_("公示无异议") if published else choices.get("agree", ""))


def _reachable(view: CaseView, step: Step) -> list[Any]:
    """Return targets this case can really go to: stages it has passed. Asking the applicant is a notice of its own."""
    return [
        rule
        for rule in targets_of(view.matter, step)
        if rule.target != APPLICANT and (rule.stage == view.case.stage or view.situation.standing(rule.stage))
    ]


def _colleagues(view: CaseView, task: Task) -> list[tuple[int, str]]:
    rows = Staff.objects.filter(bureau_id=view.case.bureau_id, active=True).exclude(pk=task.holder_id or 0).order_by("name")
    return [(person.pk, f"{person.name} {person.title}".strip()) for person in rows[:MOST_COLLEAGUES] if person.pk != _me(view.officer)]


def _me(officer: Officer) -> int:
    return officer.staff or 0


def _others(view: CaseView) -> list[dict[str, Any]]:
    """Open tasks of other people."""
    mine = {task.pk for task in view.mine} if view.case.state in ("received", "running") else set()
    return [
        {
            "task": task,
            "step": view.matter.step(task.step),
            "clock": view_clock(view.clocks[task.pk]) if task.pk in view.clocks else None,
        }
        for task in view.tasks
        if task.alive and task.pk not in mine
    ]


def _told(matter: Matter, move: Move) -> dict[str, Any]:
    step = matter.by_step.get(move.step)
    return {
        "move": move,
        "words": move_words(matter, move),
        "reason": reason_words(matter, move),
        "fields": list(shown(step, move.data)) if step else [],
        "strong": move.verb in ("agree", "refuse", "return", "forward", "notify", "publish", "terminate", "withdraw", "reopen", "silence"),
    }


def _whole(view: CaseView, request: ActedRequest) -> dict[str, Any]:
    """What the reader may do to the whole case."""
    actor, case, matter, state = request.actor, view.case, view.matter, view.case.state
    open_case = not case.final
    stops = [reason for reason in (matter.clock.stops_for if matter.clock else ()) if reason not in ("supplement", "publicity")]
    role = matter.terminate_role
    return {
        "hand_in": state == "supplementing" and actor.may("cases.open"),
        "resume": state == "suspended" and actor.may("cases.suspend"),
        "suspend": matter.suspensions if open_case and state != "suspended" and actor.may("cases.suspend") else {},
        "withdraw": open_case and actor.may("cases.open"),
        "terminate": matter.terminations if open_case and (role in actor.roles if role else actor.may("cases.suspend")) else {},
        "pause": [(one, reason_label(one)) for one in stops if one not in view.situation.pauses]
        if view.mine and state == "running"
        else [],
        "paused": [(one, reason_label(one)) for one in view.situation.pauses if one != "publicity"] if view.mine else [],
        "reopen": [(code, matter.stage(code).title) for code in matter.reopening.to]
        if case.final and matter.reopening is not None and matter.reopening.role in actor.roles
        else [],
        "reopen_reasons": matter.reopening.reasons if matter.reopening else {},
        "extend": matter.clock is not None
        and matter.clock.extension is not None
        and state == "running"
        and matter.clock.extension.role in actor.roles
        and view.situation.extensions < matter.clock.extension.times,
        "new_code": actor.may("cases.open") and open_case,
    }
