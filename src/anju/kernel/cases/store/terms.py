"""Declared terms become limits on a day: literals carry their source, parameters are looked up where and when the case is."""

from __future__ import annotations

import datetime

from anju.kernel.calendar.clock import Extension, Limit
from anju.kernel.calendar.spans import Span
from anju.kernel.cases.matters.declaration import Matter, Term
from anju.kernel.parameters.catalogue import parameter
from anju.kernel.parameters.queries import at as value_at

SUSPENSION = "suspension"
"""The stop of a whole case, whatever its legal reason: every clock allows it."""


def resolve(term: Term, region_code: str, on: datetime.date) -> tuple[Span, str]:
    """The span and its source; of a parameter the document and the version used. Raises AnjuError `parameters.not_found` (GN-01)."""
    if term.span is not None:
        return term.span, term.source
    found = value_at(term.parameter, region_code, on)
    return span_of(term.parameter, found.value), f"{found.document}（{term.parameter} 第{found.version}号）"


def span_of(name: str, value: object) -> Span:
    """A parameter's value as a span: a text such as 7个工作日, or an integer in its unit. Raises AnjuError `calendar.bad_span`."""
    if isinstance(value, str):
        return Span.parse(value)
    unit = parameter(name).shape.unit
    return Span.parse(f"{value}{'个月' if unit == '月' else unit}")


def case_limit(matter: Matter, region_code: str, on: datetime.date) -> Limit:
    """The limit of the case clock: its stops and how it may be extended."""
    clock = matter.clock
    assert clock is not None
    span, source = resolve(clock.limit, region_code, on)
    longer = None
    if clock.extension is not None:
        most, cited = resolve(clock.extension.limit, region_code, on)
        longer = Extension(most, clock.extension.times, clock.extension.role, cited[:120])
    return Limit(span, source[:120], frozenset((*clock.stops_for, SUSPENSION)), longer)


def task_limit(term: Term, region_code: str, on: datetime.date) -> Limit:
    """The limit of a step: stopped by whatever stops the case by hand or as a whole."""
    span, source = resolve(term, region_code, on)
    return Limit(span, source[:120])
