"""Random matters, random officers, random legal and illegal moves: the promises of the engine hold whatever happens."""

from __future__ import annotations

import datetime
from collections import Counter
from random import Random

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from anju.kernel.calendar.clock import Clock, ClockState
from anju.kernel.calendar.explaining import explain
from anju.kernel.calendar.shipped import shipped_calendar
from anju.kernel.calendar.spans import Unit
from anju.kernel.cases.engine.situation import State
from anju.kernel.cases.matters.roads import roads
from anju.kernel.errors import AnjuError
from anju.testing.walks import ROLES, Walk, finish, person, random_matter, random_try

DAYS = shipped_calendar()
ONE = datetime.timedelta(days=1)


def _check(walk: Walk, known: frozenset[tuple[str, str, str, str]], before: tuple[str, str]) -> None:
    now = walk.situation
    here = (now.state.value, now.stage)
    assert here == before or (*before, *here) in known, f"no road {before} -> {here}"
    assert all(task.stage == now.stage for task in now.alive), "in two places at once"
    assert all(count == 1 for count in Counter(task.seat for task in now.alive).values()), "a seat is open twice"
    assert not (now.final and now.alive)
    if now.state in (State.RUNNING, State.RECEIVED):
        assert now.alive, "nobody's turn"
    standing = [task for task in now.tasks if task.standing]
    assert all(count == 1 for count in Counter(task.seat for task in standing).values())
    for one in standing:
        for other in standing:
            if one is not other and one.decided_by is not None and one.decided_by == other.decided_by:
                assert one.level is None or other.level is None or abs(one.level - other.level) > 1, "two levels by one person"


def _recount(clock: Clock, until: datetime.date) -> int:
    """Day by day, the long way round."""
    assert clock.started_on is not None
    counted, day = 0, clock.started_on + ONE
    while day <= until:
        stopped = any(one.first <= day and (one.last is None or day <= one.last) for one in clock.suspensions)
        if not stopped and (clock.limit.span.unit is not Unit.WORKING_DAY or DAYS.is_working(day)):
            counted += 1
        day += ONE
    return counted


def _check_clocks(walk: Walk) -> None:
    now = walk.situation
    for whose, line in walk.clocks.items():
        assert all(clock.state is ClockState.FINISHED for clock in line[:-1]), "two clocks of one thing"
        clock = line[-1]
        assert walk.used(clock) == _recount(clock, clock.finished_on or walk.today)
        alive = (whose == "case" and now.accepted and not now.final) or any(task.row == whose and task.alive for task in now.tasks)
        assert (clock.state is not ClockState.FINISHED) == alive, f"clock of {whose}"
        account = explain(clock, DAYS, walk.today)
        if clock.limit.span.unit in (Unit.WORKING_DAY, Unit.DAY) and clock.state is not ClockState.STOPPED and account.stretches:
            limit = clock.limit.span.count
            done_early = clock.finished_on is not None and any(one.last is None for one in clock.suspensions)
            assert account.counted == limit or done_early, str(account)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), steps=st.integers(0, 40), crowd=st.integers(1, 12))
def test_never_stuck_never_in_two_places_and_every_clock_explains_itself(seed: int, steps: int, crowd: int) -> None:
    dice = Random(seed)
    matter, page = random_matter(dice)
    known = roads(matter)
    people = [person(number, tuple(dice.sample(ROLES, k=dice.randint(1, 3)))) for number in range(1, crowd + 1)]
    walk = Walk.begin(matter, DAYS, datetime.date(2024, 1, 2), {"amount": dice.choice([1, 1000])})
    note(page)
    _check(walk, known, (walk.situation.state.value, walk.situation.stage))
    for _ in range(steps):
        walk.today += datetime.timedelta(days=dice.choice([0, 0, 1, 3, 8]))
        walk.lapse()
        before = walk.situation
        attempt = random_try(dice, walk, people)
        try:
            walk.make(attempt)
            note(f"{walk.today} {attempt}")
        except AnjuError:
            assert walk.situation == before
        _check(walk, known, (before.state.value, before.stage))
    _check_clocks(walk)
    finish(walk)
    _check_clocks(walk)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_same_moves_lead_to_the_same_place(seed: int) -> None:
    dice = Random(seed)
    matter, _ = random_matter(dice)
    people = [person(number) for number in range(1, 9)]
    walk = Walk.begin(matter, DAYS, datetime.date(2024, 1, 2), {"amount": 1})
    for _ in range(30):
        walk.today += ONE
        try:
            walk.make(random_try(dice, walk, people))
        except AnjuError:
            continue
    again = Walk.begin(matter, DAYS, datetime.date(2024, 1, 2), {"amount": 1})
    for day, attempt in walk.made:
        again.today = day
        again.make(attempt)
    again.today = walk.today
    again.lapse()
    walk.lapse()
    assert again.situation == walk.situation
    assert again.clocks == walk.clocks
