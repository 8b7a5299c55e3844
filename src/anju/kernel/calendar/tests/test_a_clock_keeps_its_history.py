"""A clock starts, stops for a legal reason, resumes, is extended by approval, and says where it stands."""

from __future__ import annotations

import datetime

import pytest

from anju.kernel.calendar.clock import Clock, ClockState, Extension, Limit
from anju.kernel.calendar.counting import counting_day, due_moment
from anju.kernel.calendar.explaining import explain
from anju.kernel.calendar.reading import Standing, due, read, remaining, require_not_run_out, standing, stop_overran
from anju.kernel.calendar.shipped import shipped_calendar
from anju.kernel.calendar.spans import Span
from anju.kernel.calendar.workdays import UnknownYear
from anju.kernel.errors import AnjuError

DAYS = shipped_calendar()
ORDINARY = Limit(
    Span.parse("20wd"),
    source="行政许可法第42条",
    stops_for=frozenset({"hearing", "expert_review"}),
    extension=Extension(Span.parse("10wd"), by="本行政机关负责人", source="行政许可法第42条"),
)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def refused(code: str) -> pytest.RaisesExc[AnjuError]:
    return pytest.raises(AnjuError, match=code.replace(".", r"\."))


def test_a_clock_runs_from_start_to_finish() -> None:
    clock = Clock(ORDINARY)
    assert standing(clock, DAYS, day("2025-06-03")) is Standing.WAITING
    clock = clock.start(day("2025-06-03"))
    assert due(clock, DAYS) == day("2025-07-01")
    assert standing(clock, DAYS, day("2025-06-26")) is Standing.OK
    assert standing(clock, DAYS, day("2025-06-27")) is Standing.DUE_SOON
    assert remaining(clock, DAYS, day("2025-06-27")) == 2
    assert standing(clock, DAYS, day("2025-07-02")) is Standing.OVERDUE
    assert remaining(clock, DAYS, day("2025-07-04")) == -3
    assert standing(clock.finish(day("2025-06-30")), DAYS, day("2025-09-01")) is Standing.DONE
    assert standing(clock.finish(day("2025-07-02")), DAYS, day("2025-09-01")) is Standing.LATE


def test_while_stopped_there_is_no_last_day_and_nothing_is_used_up() -> None:
    clock = Clock(ORDINARY).start(day("2025-06-03")).suspend(day("2025-06-10"), "hearing", until=day("2025-06-20"))
    assert read(clock, DAYS).due_on is None
    assert clock.state is ClockState.STOPPED
    assert standing(clock, DAYS, day("2026-01-30")) is Standing.STOPPED
    assert remaining(clock, DAYS, day("2025-06-30")) == 16
    assert due(clock, DAYS, day("2025-06-20")) == read(clock.resume(day("2025-06-20")), DAYS).due_on
    assert not stop_overran(clock, day("2025-06-20"))
    assert stop_overran(clock, day("2025-06-21"))


def test_only_named_reasons_stop_it() -> None:
    clock = Clock(ORDINARY).start(day("2025-06-03"))
    with refused("calendar.reason_not_allowed"):
        clock.suspend(day("2025-06-10"), "supplement")
    with refused("calendar.clock_state"):
        Clock(ORDINARY).suspend(day("2025-06-10"), "hearing")
    with refused("calendar.clock_state"):
        clock.resume(day("2025-06-10"))
    with refused("calendar.before_last_event"):
        clock.suspend(day("2025-06-02"), "hearing")


def test_a_stop_after_the_end_saves_nobody() -> None:
    clock = Clock(ORDINARY).start(day("2025-06-03")).suspend(day("2025-07-03"), "hearing")
    assert standing(clock, DAYS, day("2025-07-10")) is Standing.OVERDUE
    assert "不影响期限" in str(explain(clock, DAYS))


def test_an_extension_needs_approval_within_the_limit_and_in_time() -> None:
    clock = Clock(ORDINARY).start(day("2025-06-03"))
    longer = clock.extend(day("2025-06-20"), Span.parse("10wd"), document="示例许延〔2025〕3号", approved_by="局长")
    assert due(longer, DAYS) == day("2025-07-15")
    for span, document in (("11wd", "示例许延〔2025〕3号"), ("10cd", "示例许延〔2025〕3号"), ("10wd", " ")):
        with refused("calendar.extension_refused"):
            clock.extend(day("2025-06-20"), Span.parse(span), document=document, approved_by="局长")
    with refused("calendar.extension_refused"):
        longer.extend(day("2025-06-20"), Span.parse("5wd"), document="示例许延〔2025〕4号", approved_by="局长")
    require_not_run_out(clock, DAYS, day("2025-07-01"))
    with refused("calendar.run_out"):
        require_not_run_out(clock, DAYS, day("2025-07-02"))


def test_every_day_is_accounted_for_in_chinese() -> None:
    clock = Clock(Limit(Span.parse("7wd"), source="建筑法第8条")).start(day("2025-09-26"))
    assert explain(clock, DAYS, event="受理").lines == [
        "2025年9月26日（周五）受理，期限7个工作日（建筑法第8条）。",
        "9月26日（周五）受理，当日不计。",
        "9月27日（周六）不计1日：双休日。",
        "9月28日（周日）至9月30日（周二）计3日，累计3个工作日（9月28日（周日）国庆节、中秋节调休上班）。",
        "10月1日（周三）至10月8日（周三）不计8日：国庆节、中秋节放假。",
        "10月9日（周四）至10月11日（周六）计3日，累计6个工作日（10月11日（周六）国庆节、中秋节调休上班）。",
        "10月12日（周日）不计1日：双休日。",
        "10月13日（周一）计1日，累计7个工作日。",
        "最后一日为2025年10月13日（周一）。",
    ]
    moved = explain(Clock(Limit(Span.parse("15cd"))).start(day("2025-09-20")), DAYS)
    assert "10月5日（周日）是国庆节、中秋节放假，顺延至其后第一个工作日10月9日（周四）" in str(moved)


def test_a_year_that_is_not_known_is_never_guessed() -> None:
    clock = Clock(ORDINARY).start(day("2026-12-20"))
    with pytest.raises(UnknownYear, match="2027年的放假安排尚未录入"):
        due(clock, DAYS)
    reading = read(clock, DAYS)
    assert (reading.due_on, reading.unknown_year) == (None, 2027)
    assert standing(clock, DAYS, day("2027-03-01")) is Standing.UNDETERMINED
    assert "2027年" in explain(clock, DAYS).closing
    with pytest.raises(UnknownYear, match="2006年"):
        DAYS.is_working(day("2006-12-30"))


def test_an_instant_counts_on_its_day_in_shanghai() -> None:
    late = datetime.datetime(2025, 6, 3, 15, 59, tzinfo=datetime.UTC)  # 23:59 in Shanghai
    assert counting_day(late) == day("2025-06-03")
    assert counting_day(late + datetime.timedelta(minutes=1)) == day("2025-06-04")
    assert due_moment(late, Span.parse("24h")) == late + datetime.timedelta(hours=24)


@pytest.mark.parametrize(("text", "words"), [("7wd", "7个工作日"), ("15 个自然日", "15日"), ("3个月", "3个月"), ("1yr", "1年")])
def test_a_span_is_read_as_the_law_writes_it(text: str, words: str) -> None:
    assert Span.parse(text).words == words


@pytest.mark.parametrize("text", ["", "0wd", "7", "wd7", "99999cd", "7工作"])
def test_a_span_that_is_none_is_refused(text: str) -> None:
    with refused("calendar.bad_span"):
        Span.parse(text)
