"""Properties of counting, for any start, length and suspension within the known years."""

from __future__ import annotations

import datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.calendar.clock import Clock, Limit
from anju.kernel.calendar.counting import Suspension, add_months, due, elapsed, ending, merged
from anju.kernel.calendar.explaining import Treatment, explain, explain_span
from anju.kernel.calendar.reading import read, remaining
from anju.kernel.calendar.shipped import shipped_calendar
from anju.kernel.calendar.spans import Span, Unit

DAYS = shipped_calendar()
ONE = datetime.timedelta(days=1)
starts = st.dates(datetime.date(2007, 1, 1), datetime.date(2024, 12, 31))
counts = st.integers(1, 60)
day_units = st.sampled_from([Unit.WORKING_DAY, Unit.DAY])
units = st.sampled_from([Unit.WORKING_DAY, Unit.DAY, Unit.MONTH])


@st.composite
def suspensions(draw: st.DrawFn, start: datetime.date) -> tuple[Suspension, ...]:
    found = []
    for _each in range(draw(st.integers(0, 3))):
        first = start + datetime.timedelta(days=draw(st.integers(0, 90)))
        found.append(Suspension(first, first + datetime.timedelta(days=draw(st.integers(0, 40))), "publicity"))
    return tuple(found)


@given(starts, counts)
def test_a_working_day_limit_never_ends_on_a_day_off(start: datetime.date, count: int) -> None:
    assert DAYS.is_working(due(DAYS, start, Span(count, Unit.WORKING_DAY)))


@given(starts, st.integers(1, 12), units)
def test_no_limit_ends_on_a_day_off(start: datetime.date, count: int, unit: Unit) -> None:
    assert DAYS.is_working(due(DAYS, start, Span(count, unit)))


@given(starts, counts, day_units, st.data())
def test_exactly_so_many_days_are_counted(start: datetime.date, count: int, unit: Unit, data: st.DataObject) -> None:
    out = data.draw(suspensions(start))
    found = ending(DAYS, start, (Span(count, unit),), out)
    assert found is not None
    closed = {datetime.date.fromordinal(n) for first, last in merged(out) for n in range(first, last + 1)}
    day, counted = start, 0
    while day < found.nominal:
        day += ONE
        counted += day not in closed and (unit is Unit.DAY or DAYS.is_working(day))
    assert counted == count == elapsed(DAYS, start, found.nominal, unit, out)
    assert found.nominal not in closed


@given(starts, counts, units, st.integers(1, 30))
def test_a_stop_of_no_length_changes_nothing(start: datetime.date, count: int, unit: Unit, after: int) -> None:
    count = min(count, 12) if unit is Unit.MONTH else count
    clock = Clock(Limit(Span(count, unit))).start(start)
    at = start + datetime.timedelta(days=after)
    assert read(clock.suspend(at, "publicity").resume(at), DAYS).due_on == read(clock, DAYS).due_on


@given(starts, counts, day_units, st.data())
def test_a_stop_never_brings_the_last_day_forward(start: datetime.date, count: int, unit: Unit, data: st.DataObject) -> None:
    out = data.draw(suspensions(start))
    assert due(DAYS, start, Span(count, unit), out) >= due(DAYS, start, Span(count, unit))


@given(starts, st.integers(1, 30), units, st.data())
def test_the_explanation_adds_up(start: datetime.date, count: int, unit: Unit, data: st.DataObject) -> None:
    count = min(count, 6) if unit is Unit.MONTH else count
    out, span = data.draw(suspensions(start)), Span(count, unit)
    told = explain_span(DAYS, start, span, out)
    found = ending(DAYS, start, (span,), out)
    assert found is not None
    wanted = count if unit is not Unit.MONTH else (add_months(start, count) - start).days
    assert told.counted == wanted
    days = [one for one in told.stretches if one.treatment is not Treatment.MOVED]
    assert sum(one.days for one in days) == (found.nominal - start).days + 1
    for before, after in pairwise(days):
        assert after.first == before.last + ONE


@given(starts, st.integers(1, 30), st.integers(0, 60))
def test_elapsed_and_remaining_make_the_whole(start: datetime.date, count: int, after: int) -> None:
    clock = Clock(Limit(Span(count, Unit.WORKING_DAY))).start(start)
    at = start + datetime.timedelta(days=after)
    left = remaining(clock, DAYS, at)
    assert left is not None
    assert elapsed(DAYS, start, at, Unit.WORKING_DAY) + left == count


@given(starts, st.integers(1, 30), st.integers(1, 40), st.integers(0, 40))
def test_the_account_of_a_stopped_clock_adds_up(start: datetime.date, count: int, stop: int, length: int) -> None:
    clock = Clock(Limit(Span(count, Unit.WORKING_DAY))).start(start).suspend(start + datetime.timedelta(days=stop), "hearing")
    at = start + datetime.timedelta(days=stop + length)
    told = explain(clock, DAYS, at)
    last = read(clock, DAYS).due_on
    assert told.counted == (count if last else elapsed(DAYS, start, start + datetime.timedelta(days=stop - 1), Unit.WORKING_DAY))
