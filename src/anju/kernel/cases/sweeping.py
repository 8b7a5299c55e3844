"""What the passing of time does to cases, every night: silence accepts, promises break, publicity ends, unanswered checks time out.

Safe to run at any time and twice: every step asks again under the case's lock whether it is still due. One case that cannot be moved is
logged and holds up no other.
"""

from __future__ import annotations

import datetime
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.calendar.columns import outdated
from anju.kernel.calendar.queries import newest_version, working_days
from anju.kernel.calendar.reading import read
from anju.kernel.cases.engine import lifting, supplementing
from anju.kernel.cases.engine.situation import ALIVE, FINAL, State
from anju.kernel.cases.engine.walking import end
from anju.kernel.cases.models import Case, CaseClock, Check, FollowFailure, Material, Notice, Publicity, Task
from anju.kernel.cases.moving import moving
from anju.kernel.cases.store.clocks import clock_of
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action

log = logging.getLogger("anju.cases")
BATCH = 500
Step = Callable[[Actor, datetime.date], Iterator[str]]


def sweep(on: datetime.date | None = None, *, by: Actor | None = None) -> dict[str, int]:
    """Do everything that is due on a day (today); returns how many cases each step moved."""
    actor = by or Actor.system("定时任务")
    today = on or timezone.localdate()
    done: Counter[str] = Counter()
    steps: tuple[Step, ...] = (recount_clocks, end_publicities, accept_by_silence, end_late_supplements, break_promises, time_out_checks)
    with using_scope(actor.scope):
        for step in steps:
            for what in step(actor, today):
                done[what] += 1
        FollowFailure.objects.filter(at__lt=timezone.now() - datetime.timedelta(days=1)).delete()
    return dict(done)


def accept_by_silence(by: Actor, on: datetime.date) -> Iterator[str]:
    """Applications nobody answered within the limit count as accepted from the day they were received (行政许可法第三十二条)."""
    due = Task.objects.filter(step="accept", status__in=ALIVE, due_on__lt=on, case__state=State.RECEIVED)
    for number in _numbers(due, "case_id"):
        if _made(number, lambda number=number: silence(number, by=by)):  # type: ignore[misc]
            yield "accepted"


def silence(case: Case | int, *, by: Actor, at: datetime.datetime | None = None) -> Case:
    """Let one application count as accepted."""
    with moving(case, "silence", by=by, at=at) as held:
        row = held.row("accept")
        after = supplementing.accept_by_silence(held.matter, held.situation)
        text = "逾期未告知，自收到申请材料之日起即为受理（行政许可法第三十二条）"
        held.make(after, "silence", task=row, text=text, accepted_at=row.opened_at if row else None)
    return held.case


def end_late_supplements(by: Actor, on: datetime.date) -> Iterator[str]:
    """What was asked for did not come in time: withdrawn before acceptance, terminated after it, where the matter says so."""
    newest = Notice.objects.filter(case__state=State.SUPPLEMENTING).values("case_id").annotate(newest=Max("pk")).values("newest")
    late = Notice.objects.filter(pk__in=newest, due_on__lt=on, late="withdraw")
    for number in _numbers(late, "case_id"):
        if _made(number, lambda number=number: _end_late(number, by)):  # type: ignore[misc]
            yield "supplement_late"


def _end_late(number: int, by: Actor) -> None:
    with moving(number, "supplement_late", by=by) as held:
        if held.situation.state != State.SUPPLEMENTING:
            return
        if held.situation.accepted:
            after, verb = lifting.terminate(held.matter, held.situation, "supplement_late"), "terminate"
        else:
            after, verb = end(held.situation, State.WITHDRAWN), "withdraw"
        held.make(after, verb, reason="supplement_late", text="逾期未补正")


def break_promises(by: Actor, on: datetime.date) -> Iterator[str]:
    """Promised papers that did not come (domain notes 1.5.8): the promise is broken, and the case ends where the matter says so."""
    due = Material.objects.filter(state=Material.State.PROMISED, promise_due_on__lt=on)
    for number in _numbers(due, "pk"):
        if _made(number, lambda number=number: _break(number, by, on)):  # type: ignore[misc]
            yield "promise_breached"


def _break(number: int, by: Actor, on: datetime.date) -> None:
    owner = Material.objects.values_list("case_id", flat=True).get(pk=number)
    with moving(owner, "breach", by=by) as held:
        row = Material.objects.select_for_update().get(pk=number)
        if row.state != Material.State.PROMISED or row.promise_due_on is None or row.promise_due_on >= on or held.situation.final:
            return
        row.state = Material.State.BREACHED
        row.save()
        terms = held.matter.material(row.code)
        if terms is not None and terms.late == "terminate":
            after = lifting.terminate(held.matter, held.situation, "promise_breached")
            held.make(after, "terminate", target=row.code, reason="promise_breached", text=f"{row.title}逾期未补齐")
        else:
            held.make(held.situation, "breach", target=row.code, text=f"{row.title}逾期未补齐")
        held.tell("promise_breached", target=row.code)


def end_publicities(by: Actor, on: datetime.date) -> Iterator[str]:
    """Publicities that have run their days: the clocks go on from the last one."""
    due = Publicity.objects.filter(lapsed=False, ends_on__lt=on).exclude(case__state__in=FINAL)
    for number in _numbers(due, "case_id"):
        if _made(number, lambda number=number: _lapse(number, by)):  # type: ignore[misc]
            yield "publicity_ended"


def _lapse(number: int, by: Actor) -> None:
    with moving(number, "publicity_over", by=by):
        pass  # every move begins with what time has done to the case


def time_out_checks(by: Actor, on: datetime.date) -> Iterator[str]:
    """Checks nobody answered in time: overdue, never consent (domain notes 1.4.3). They may still be answered."""
    due = Check.objects.filter(result=Check.Result.OPEN, replaced=False, due_on__lt=on).exclude(case__state__in=FINAL)
    for number in _numbers(due, "pk"):
        if _made(number, lambda number=number: _time_out(number, by, on)):  # type: ignore[misc]
            yield "check_timed_out"


def _time_out(number: int, by: Actor, on: datetime.date) -> None:
    owner = Check.objects.values_list("case_id", flat=True).get(pk=number)
    with moving(owner, "time_out", by=by) as held:
        row = Check.objects.select_for_update().get(pk=number)
        if row.result or row.replaced or row.due_on is None or row.due_on >= on:
            return
        row.result, row.returned_on = Check.Result.TIMEOUT, max(on, row.requested_on)
        row.save()
        held.make(held.situation, "time_out", target=row.code, text=f"{row.title}超过{row.due_on}未返回")
        held.tell("check_answered", target=row.code, choice="timeout")


def recount_clocks(by: Actor, on: datetime.date) -> Iterator[str]:
    """Open clocks counted with an older calendar are counted again (10.5.3); the change is in the journal."""
    version = newest_version()
    for model in (Task, CaseClock):
        for number in _numbers(outdated(model.objects.all(), version), "pk"):
            with action("cases.recount", by=by, subject=f"{model._meta.db_table}:{number}") as entry:
                row = model.objects.select_for_update().get(pk=number)
                entry.region_code, entry.bureau_id = row.region_code, row.bureau_id
                before = row.due_on
                row.keep(read(clock_of(row), working_days(row.region_code)))
                row.save()
                entry.data = {"before": str(before), "after": str(row.due_on), "calendar": version}
            yield "recounted"


def _numbers(rows: QuerySet[Any], column: str) -> Iterator[int]:
    """The numbers of what is due, in portions, each once; what a portion did not change is not asked for again."""
    last = 0
    while True:
        found = list(rows.filter(**{f"{column}__gt": last}).order_by(column).values_list(column, flat=True).distinct()[:BATCH])
        yield from found
        if len(found) < BATCH:
            return
        last = found[-1]


def _made(number: int, move: Callable[[], object]) -> bool:
    try:
        move()
    except AnjuError as refusal:
        log.warning("case not swept", extra={"number": number, "refusal": str(refusal)})
        return False
    return True
