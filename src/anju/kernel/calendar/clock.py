"""The clock of a legal limit: a value whose history only grows. Pure: no database, no present moment.

A clock is a `Limit` (how long, by which rule, what may stop it, how far it may be extended) and a tuple of `Event`s.
Every verb returns a new clock; `reading.py` says where it stands, `explaining.py` why. To keep one: rows as in `columns.py`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from anju.kernel.calendar.counting import Roll, Suspension
from anju.kernel.calendar.reasons import STOP_REASONS, reason_label
from anju.kernel.calendar.spans import Span, total
from anju.kernel.errors import AnjuError

Day = datetime.date
MOST_EVENTS = 400


class EventKind(StrEnum):
    """What happens to a clock."""

    STARTED = "started"
    STOPPED = "stopped"
    RESUMED = "resumed"
    EXTENDED = "extended"
    FINISHED = "finished"


class ClockState(StrEnum):
    """Where a clock stands, whatever the date."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPED = "stopped"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a clock's history. `on`: the date that counts (Asia/Shanghai).

    `reason`: code of `reasons` for a stop, plain text else. `document`: the paper it stands on. `span`: how much longer, of an extension.
    `until`: the last day that the stop was announced for (行政许可法 Art. 45: the applicant is told how long), None when open.
    """

    kind: EventKind
    on: Day
    reason: str = ""
    document: str = ""
    span: Span | None = None
    approved_by: str = ""
    until: Day | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """How a limit may be extended: so many times, each time at most so much, by whom (行政许可法 Art. 42: once 10 wd, by the head)."""

    most: Span
    times: int = 1
    by: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """A legal or promised limit. `source`: document and article. `stops_for`: reason codes that stop it; None for every known reason.

    `roll`: where a last day off moves. `soon`: how many working days before the last day it counts as due soon.
    """

    span: Span
    source: str = ""
    stops_for: frozenset[str] | None = None
    extension: Extension | None = None
    roll: Roll = Roll.NEXT
    soon: int = 2

    def allows(self, reason: str) -> bool:
        """Whether this reason stops the clock."""
        return reason in (STOP_REASONS if self.stops_for is None else self.stops_for)


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit and what has happened to it, oldest first."""

    limit: Limit
    events: tuple[Event, ...] = ()

    @classmethod
    def replay(cls, limit: Limit, events: Iterable[Event]) -> Clock:
        """The clock with this history. Raises AnjuError where the history cannot be."""
        clock = cls(limit)
        for event in events:
            clock = clock._with(event)
        return clock

    # What stands in the history

    @property
    def state(self) -> ClockState:
        """Waiting, running, stopped or finished."""
        for event in reversed(self.events):
            if event.kind is not EventKind.EXTENDED:
                return _STATE_AFTER[event.kind]
        return ClockState.WAITING

    @property
    def started_on(self) -> Day | None:
        """The day of the event that began it: not counted."""
        return self.events[0].on if self.events else None

    @property
    def finished_on(self) -> Day | None:
        """The day it was done."""
        return self.events[-1].on if self.state is ClockState.FINISHED else None

    @property
    def stop(self) -> Event | None:
        """The stop in force; None when it is not stopped."""
        if self.state is not ClockState.STOPPED:
            return None
        return next(event for event in reversed(self.events) if event.kind is EventKind.STOPPED)

    @property
    def extensions(self) -> tuple[Event, ...]:
        """The extensions approved so far."""
        return tuple(event for event in self.events if event.kind is EventKind.EXTENDED)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The limit with its extensions, neighbours of one unit added up."""
        longer = [event.span for event in self.events if event.span is not None]
        return total((self.limit.span, *longer)) if longer else (self.limit.span,)

    @property
    def suspensions(self) -> tuple[Suspension, ...]:
        """The days that are not counted. A stop taken back on its own day lasted no day and stops nothing (reading)."""
        found: list[Suspension] = []
        opened: Event | None = None
        for event in self.events:
            if event.kind is EventKind.STOPPED:
                opened = event
            elif opened is not None and event.kind in (EventKind.RESUMED, EventKind.FINISHED):
                if event.on > opened.on:
                    found.append(Suspension(opened.on, event.on, opened.reason))
                opened = None
        if opened is not None:
            found.append(Suspension(opened.on, None, opened.reason))
        return tuple(found)

    # Verbs

    def start(self, on: Day, *, reason: str = "", document: str = "") -> Clock:
        """Begin: 受理, 送达, 立案 ... on this day, which is not counted."""
        return self._with(Event(EventKind.STARTED, on, reason, document))

    def suspend(self, on: Day, reason: str, *, document: str = "", until: Day | None = None) -> Clock:
        """Stop for a legal reason from this day on. Raises `calendar.reason_not_allowed` for one that does not stop this limit."""
        return self._with(Event(EventKind.STOPPED, on, reason, document, until=until))

    def resume(self, on: Day, *, reason: str = "", document: str = "") -> Clock:
        """Count again; this day is the last one not counted."""
        return self._with(Event(EventKind.RESUMED, on, reason, document))

    def extend(self, on: Day, span: Span, *, document: str, approved_by: str, reason: str = "") -> Clock:
        """Lengthen by approval. Raises `calendar.extension_refused` beyond what the limit allows, or without a document.

        Whether the limit had already run out needs a calendar: `reading.require_not_run_out`.
        """
        return self._with(Event(EventKind.EXTENDED, on, reason, document, span, approved_by))

    def finish(self, on: Day, *, reason: str = "", document: str = "") -> Clock:
        """Done; an open stop ends with it."""
        return self._with(Event(EventKind.FINISHED, on, reason, document))

    def _with(self, event: Event) -> Clock:
        self._require_possible(event)
        if event.kind is EventKind.STOPPED:
            self._require_stops(event)
        if event.kind is EventKind.EXTENDED:
            self._require_extension(event)
        return replace(self, events=(*self.events, event))

    def _require_possible(self, event: Event) -> None:
        state = self.state
        if event.kind not in _POSSIBLE[state]:
            raise AnjuError.of("calendar.clock_state", f"期限{_STATE_WORDS[state]}，不能{_KIND_WORDS[event.kind]}。")
        if self.events and event.on < self.events[-1].on:
            raise AnjuError.of(
                "calendar.before_last_event",
                f"{_KIND_WORDS[event.kind]}日{event.on}早于上一步的日期{self.events[-1].on}。",
                advice="请按发生的先后登记。",
            )
        if len(self.events) >= MOST_EVENTS:
            raise AnjuError.of("calendar.too_many_events", f"一个期限最多记{MOST_EVENTS}步。")

    def _require_stops(self, event: Event) -> None:
        if not self.limit.allows(event.reason):
            allowed = sorted(STOP_REASONS if self.limit.stops_for is None else self.limit.stops_for)
            words = "、".join(reason_label(code) for code in allowed)
            raise AnjuError.of(
                "calendar.reason_not_allowed",
                f"“{reason_label(event.reason)}”不能中止这个期限。",
                advice=f"可以中止的事由：{words}。" if words else "这个期限不能中止。",
            )
        if event.until is not None and event.until < event.on:
            raise AnjuError.of("calendar.bad_stop", f"告知的中止截止日{event.until}早于中止日{event.on}。")

    def _require_extension(self, event: Event) -> None:
        allowed, span = self.limit.extension, event.span
        if allowed is None or span is None:
            raise _refused("这个期限不能延长。", "")
        if not event.document.strip():
            raise _refused("没有写批准延长的文件。", "请写明批准文书的文号。")
        if len(self.extensions) >= allowed.times:
            raise _refused(f"已延长{len(self.extensions)}次，最多{allowed.times}次。", allowed.source)
        if span.unit is not allowed.most.unit or span.count > allowed.most.count:
            raise _refused(f"延长{span.words}超出许可的{allowed.most.words}。", allowed.source)


def _refused(what: str, advice: str) -> AnjuError:
    return AnjuError.of("calendar.extension_refused", what, advice=advice and (advice if advice.endswith("。") else f"依据：{advice}。"))


_POSSIBLE = {
    ClockState.WAITING: {EventKind.STARTED},
    ClockState.RUNNING: {EventKind.STOPPED, EventKind.EXTENDED, EventKind.FINISHED},
    ClockState.STOPPED: {EventKind.RESUMED, EventKind.EXTENDED, EventKind.FINISHED},
    ClockState.FINISHED: set(),
}
_STATE_AFTER = {
    EventKind.STARTED: ClockState.RUNNING,
    EventKind.STOPPED: ClockState.STOPPED,
    EventKind.RESUMED: ClockState.RUNNING,
    EventKind.FINISHED: ClockState.FINISHED,
}
_STATE_WORDS = {
    ClockState.WAITING: "尚未起算",
    ClockState.RUNNING: "正在计算",
    ClockState.STOPPED: "已中止",
    ClockState.FINISHED: "已办结",
}
_KIND_WORDS = {
    EventKind.STARTED: "起算",
    EventKind.STOPPED: "中止",
    EventKind.RESUMED: "恢复",
    EventKind.EXTENDED: "延长",
    EventKind.FINISHED: "办结",
}
