"""Why this is the last day: every day from the event to the end, counted or not, and for what reason. In Chinese, for anybody who asks."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from anju.kernel.calendar.clock import Clock, ClockState, EventKind
from anju.kernel.calendar.counting import Ending, Roll, Suspension, ending
from anju.kernel.calendar.reasons import reason_label
from anju.kernel.calendar.spans import Span, Unit
from anju.kernel.calendar.workdays import WEEKDAYS, DayKind, UnknownYear, WorkingDays

Day = datetime.date
_ONE = datetime.timedelta(days=1)


class Treatment(StrEnum):
    """What became of a day."""

    EVENT = "event"
    COUNTED = "counted"
    DAY_OFF = "day_off"
    STOPPED = "stopped"
    MOVED = "moved"


@dataclass(slots=True)
class Stretch:
    """Neighbouring days treated alike. `through`: how many days had been counted of the period when the stretch ended."""

    first: Day
    last: Day
    treatment: Treatment
    through: int = 0
    notes: list[str] = field(default_factory=list)
    working: bool = True

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def counted(self) -> int:
        """Days of it that count."""
        return self.days if self.treatment is Treatment.COUNTED else 0

    def __str__(self) -> str:
        place = _short(self.first) if self.first == self.last else f"{_short(self.first)}至{_short(self.last)}"
        notes = "、".join(dict.fromkeys(self.notes))
        if self.treatment is Treatment.EVENT:
            return f"{place}{notes}，当日不计。"
        if self.treatment is Treatment.COUNTED:
            unit = "个工作日" if self.working else "日"
            return f"{place}计{self.days}日，累计{self.through}{unit}{f'（{notes}）' if notes else ''}。"
        if self.treatment is Treatment.MOVED:
            return f"{place}{notes}。"
        return f"{place}不计{self.days}日：{notes}。"


@dataclass(frozen=True, slots=True)
class Explanation:
    """`opening` says the rule, `stretches` every day, `closing` the outcome; `str()` is the whole text."""

    opening: str
    stretches: tuple[Stretch, ...]
    closing: str
    version: int

    @property
    def counted(self) -> int:
        """Days counted in all."""
        return sum(stretch.counted for stretch in self.stretches)

    @property
    def lines(self) -> list[str]:
        """The text, a line each."""
        return [line for line in (self.opening, *map(str, self.stretches), self.closing) if line]

    def __str__(self) -> str:
        return "\n".join(self.lines)


def explain(clock: Clock, days: WorkingDays, at: Day | None = None, *, event: str = "起算") -> Explanation:
    """The account of a clock. `event`: what began it (受理, 送达). `at`: until when a stopped clock is told.

    Never raises: a last day in a year not entered yet is said to be so.
    """
    start = clock.started_on
    if start is None:
        return Explanation(f"期限{_length(clock)}，尚未起算。", (), "", days.version)
    opening = f"{_full(start)}{event}，期限{_length(clock)}。"
    try:
        found = ending(days, start, clock.spans, clock.suspensions, roll=clock.limit.roll)
        if found is None:
            stop = clock.stop
            until = max(at or start, stop.on if stop else start)
            walked = tuple(_walk(clock, days, until, event))
            return Explanation(opening, walked, _stopped(clock, walked), days.version)
        walked = (*_walk(clock, days, found.nominal, event), *_moved(days, found, clock.limit.roll))
    except UnknownYear as refusal:
        return Explanation(opening, (), f"最后一日落在{refusal.year}年，该年放假安排尚未录入，录入后推算。", days.version)
    return Explanation(opening, walked, _closing(clock, found), days.version)


def explain_span(
    days: WorkingDays, start: Day, span: Span, suspensions: tuple[Suspension, ...] = (), *, roll: Roll = Roll.NEXT
) -> Explanation:
    """The account of a plain period with these suspensions, as `counting.due` counts it. Raises UnknownYear."""
    out = _Out(suspensions)
    found = ending(days, start, (span,), suspensions, roll=roll)
    opening = f"{_full(start)}起算，期限{span.words}。"
    if found is None:
        return Explanation(opening, (), "期限正在中止，尚无到期日。", days.version)
    walked = (*_stretches(days, start, found.nominal, span.unit, out, "起算"), *_moved(days, found, roll))
    return Explanation(opening, walked, f"最后一日为{_full(found.due)}。", days.version)


class _Out:
    """Which days are not counted, and for what."""

    def __init__(self, suspensions: tuple[Suspension, ...]) -> None:
        self.suspensions = suspensions

    def reasons(self, day: Day) -> list[str]:
        return [
            reason_label(one.reason) or "中止" for one in self.suspensions if one.first <= day and (one.last is None or day <= one.last)
        ]


def _walk(clock: Clock, days: WorkingDays, until: Day, event: str) -> Iterator[Stretch]:
    """Part by part, as `counting.ending` counts: a period of another unit begins where the one before ended."""
    start, out = clock.started_on or until, _Out(clock.suspensions)
    spans = clock.spans
    for number, span in enumerate(spans):
        last = until
        if number < len(spans) - 1:
            reached = ending(days, start, (span,), clock.suspensions, roll=Roll.NONE)
            last = min(until, reached.nominal) if reached else until
        yield from _stretches(days, start, last, span.unit, out, event if number == 0 else "")
        start = last
        if last == until:
            return


def _stretches(days: WorkingDays, start: Day, last: Day, unit: Unit, out: _Out, event: str) -> Iterator[Stretch]:
    if event:
        yield Stretch(start, start, Treatment.EVENT, notes=[event])
    working = unit is Unit.WORKING_DAY
    open_stretch: Stretch | None = None
    through, day = 0, start + _ONE
    while day <= last:
        treatment, notes = _treat(days, day, working, out.reasons(day))
        through += treatment is Treatment.COUNTED
        if (
            open_stretch is not None
            and open_stretch.treatment is treatment
            and (treatment is not Treatment.STOPPED or open_stretch.notes == notes)
        ):
            open_stretch.last, open_stretch.through = day, through
            open_stretch.notes += notes
        else:
            if open_stretch is not None:
                yield open_stretch
            open_stretch = Stretch(day, day, treatment, through, notes, working)
        day += _ONE
    if open_stretch is not None:
        yield open_stretch


def _treat(days: WorkingDays, day: Day, working: bool, reasons: list[str]) -> tuple[Treatment, list[str]]:
    if reasons:
        return Treatment.STOPPED, ["、".join(dict.fromkeys(reasons))]
    if not working:
        return Treatment.COUNTED, []
    exception = days.exception(day)
    if days.is_working(day):
        return Treatment.COUNTED, [f"{_short(day)}{exception.name}调休上班"] if exception else []
    return Treatment.DAY_OFF, [f"{exception.name}放假" if exception and exception.kind is DayKind.HOLIDAY else "双休日"]


def _moved(days: WorkingDays, found: Ending, roll: Roll) -> Iterator[Stretch]:
    if found.due == found.nominal:
        return
    names = days.exception(found.nominal)
    why = f"{names.name}放假" if names else "双休日"
    verb = "顺延至其后第一个工作日" if roll is Roll.NEXT else "提前至其前最后一个工作日"
    first, last = min(found.nominal + _ONE, found.due), max(found.nominal, found.due)
    yield Stretch(first, last, Treatment.MOVED, notes=[f"：最后一日{_short(found.nominal)}是{why}，{verb}{_short(found.due)}"])


def _length(clock: Clock) -> str:
    source = f"（{clock.limit.source}）" if clock.limit.source else ""
    longer = "".join(
        f"，{_full(event.on)}{event.approved_by}批准延长{event.span.words}（{event.document}）" for event in clock.extensions if event.span
    )
    return f"{clock.limit.span.words}{source}{longer}"


def _closing(clock: Clock, found: Ending) -> str:
    text = f"最后一日为{_full(found.due)}。"
    for event in clock.events:
        if event.kind is EventKind.STOPPED and event.on > found.due:
            text += f"{_full(event.on)}的中止在届满之后，不影响期限。"
    done = clock.finished_on
    if done is not None:
        text += f"{_full(done)}办结，{'已逾期' if done > found.due else '未逾期'}。"
    return text


def _stopped(clock: Clock, walked: tuple[Stretch, ...]) -> str:
    stop = clock.stop
    if clock.state is not ClockState.STOPPED or stop is None:
        return ""
    counted = walked[-1].through if walked[-1].treatment is Treatment.COUNTED else max((one.through for one in walked), default=0)
    told = f"，已告知至{_full(stop.until)}" if stop.until else ""
    return f"{_full(stop.on)}因{reason_label(stop.reason)}中止{told}，中止前已计{counted}日；恢复之前没有到期日。"


def _full(day: Day) -> str:
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def _short(day: Day) -> str:
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"
