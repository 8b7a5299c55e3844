"""The same random moves through the actions on PostgreSQL and through the engine in memory: both accept the same, both end alike."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.calendar.queries import working_days
from anju.kernel.cases import actions
from anju.kernel.cases.engine.situation import Officer, Situation, Task
from anju.kernel.cases.models import Case, CaseClock, ClockEvent, Move
from anju.kernel.cases.models import Task as TaskRow
from anju.kernel.cases.store.clocks import clock_of
from anju.kernel.cases.store.loading import load
from anju.kernel.cases.sweeping import end_publicities, silence
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.models import Bureau
from anju.testing.cases import moment
from anju.testing.factories import make_actor
from anju.testing.matters import matters_for_test
from anju.testing.walks import Try, Walk, random_matter, random_try

START = datetime.date(2024, 1, 2)


def _alike(situation: Situation) -> Situation:
    """Without what only one side has: numbers of rows, tasks that are over."""
    live = [replace(task, row=None) for task in situation.tasks if task.alive or task.standing]
    return replace(situation, tasks=tuple(sorted(live, key=_order)), data={})


def _order(task: Task) -> tuple[Any, ...]:
    return task.step, task.signer, task.standing


def _made(case: Case, attempt: Try, by: Actor, counter: Actor, day: datetime.date) -> None:
    at, step = moment(day.isoformat()), attempt.step
    match attempt.verb:
        case "decide":
            actions.decide(case, step, attempt.choice, to=attempt.to, reason="unfit", text="理由", signer=attempt.signer, by=by, at=at)
        case "notify":
            actions.notify_supplement(case, ["缺页"], step=step, by=by, at=at)
        case "hand_in":
            actions.hand_in(case, by=counter, at=at)
        case "silence":
            silence(case, by=counter, at=at)
        case "claim":
            actions.claim(case, step, signer=attempt.signer, by=by, at=at)
        case "release":
            actions.release(case, step, by=by, at=at)
        case "transfer":
            assert attempt.other is not None
            actions.transfer(
                case,
                step,
                attempt.other.staff or 0,
                signer=attempt.signer,
                by=replace(by, permissions=frozenset({"cases.work", "cases.assign"})),
                at=at,
            )
        case "add_signer":
            assert attempt.other is not None
            actions.add_signer(case, step, attempt.other.staff or 0, attempt.to, by=by, at=at)
        case "suspend":
            actions.suspend(case, "litigation", text="涉诉", by=counter, at=at)
        case "resume":
            actions.resume(case, by=counter, at=at)
        case "withdraw":
            actions.withdraw(case, text="不办了", by=counter, at=at)
        case "terminate":
            actions.terminate(case, "duplicate", text="重复", by=counter, at=at)
        case "reopen":
            actions.reopen(case, attempt.to, "mistake", text="有误", by=by, at=at)
        case "pause":
            actions.pause_clock(case, "site_visit", by=counter, at=at)
        case "unpause":
            actions.restart_clock(case, "site_visit", by=counter, at=at)
        case "publish":
            actions.start_publicity(case, by=counter, at=at)
        case _:
            raise AssertionError(attempt.verb)


def _check_history(case: Case) -> None:
    """The moves are numbered without a gap, each begins where the one before ended, and the last one ends where the case stands."""
    moves = list(Move.objects.filter(case=case).order_by("seq"))
    assert [move.seq for move in moves] == list(range(1, len(moves) + 1))
    for earlier, later in itertools.pairwise(moves):
        assert (earlier.to_state, earlier.to_stage) == (later.from_state, later.from_stage)
    stored = Case.objects.get(pk=case.pk)
    assert (moves[-1].to_state, moves[-1].to_stage, moves[-1].seq) == (stored.state, stored.stage, stored.revision)


def _check_clocks(case: Case, walk: Walk) -> None:
    rows = {row.pk: row for row in TaskRow.objects.filter(case=case)}
    events = {}
    for event in ClockEvent.objects.filter(case=case).order_by("pk"):
        events.setdefault((event.task_id, event.clock_id), []).append(event)
    mine = [clock_of(row, events.get((pk, None), [])) for pk, row in sorted(rows.items()) if row.started_on]
    theirs = [line[-1] for whose, line in sorted((pair for pair in walk.clocks.items() if pair[0] != "case"), key=lambda pair: pair[0])]
    assert [(clock.started_on, clock.suspensions, clock.finished_on) for clock in mine] == [
        (clock.started_on, clock.suspensions, clock.finished_on) for clock in theirs
    ]
    runs = [clock_of(row, events.get((None, row.pk), [])) for row in CaseClock.objects.filter(case=case).order_by("run")]
    assert [(clock.started_on, clock.suspensions, clock.finished_on) for clock in runs] == [
        (clock.started_on, clock.suspensions, clock.finished_on) for clock in walk.clocks.get("case", [])
    ]
    for row, clock in zip((row for _, row in sorted(rows.items()) if row.started_on), theirs, strict=True):
        if row.finished_on is not None:
            assert row.used_days == walk.used(clock)


@pytest.mark.parametrize("seed", range(12))
def test_every_move_means_the_same_in_rows_and_in_memory(bureau: Bureau, seed: int) -> None:
    dice = Random(seed)
    with using_scope(Scope.system()):
        roles = [
            ("clerk",),
            ("clerk", "reviewer"),
            ("reviewer", "leader"),
            ("clerk", "reviewer", "leader"),
            ("leader",),
            ("clerk", "leader"),
        ]
        people = [make_actor(bureau, *one) for one in roles]
    officers = {by.staff_id: (Officer(by.name, by.staff_id, by.roles), by) for by in people}
    matter, page = random_matter(dice, name=f"walk_{seed}")
    counter = Actor.system("测试")
    with matters_for_test(page), using_scope(Scope.system()):
        applicant, at = actions.Applicant("示例申请人"), moment(START.isoformat())
        case = actions.open_case(matter.name, applicant=applicant, data={"amount": 1000}, bureau=bureau, by=counter, at=at)
        walk = Walk.begin(matter, working_days(bureau.region_id), START, {"amount": 1000})
        for _ in range(40):
            walk.today += datetime.timedelta(days=dice.choice([0, 1, 3, 8]))
            walk.lapse()
            list(end_publicities(counter, walk.today))
            attempt = random_try(dice, walk, [officer for officer, _ in officers.values()])
            by = officers[attempt.officer.staff][1]
            refusals: list[str] = []
            try:
                walk.make(attempt)
            except AnjuError as refusal:
                refusals.append(refusal.problems[0].code)
            try:
                _made(case, attempt, by, counter, walk.today)
            except AnjuError as refusal:
                refusals.append(refusal.problems[0].code)
            assert len(refusals) in (0, 2), (attempt, refusals, page)
            stored = load(case.pk, lock=False).situation
            assert _alike(stored) == _alike(walk.situation), (attempt, page)
        _check_history(case)
        _check_clocks(case, walk)
