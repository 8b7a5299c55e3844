"""Lengths of time as matters write them: `5wd`, `{is: 15cd, source: 令11号第九条}`, `{parameter: housing.publicity_days}`."""

from __future__ import annotations

from anju.kernel.calendar.spans import Span, Unit
from anju.kernel.cases.matters.declaration import Term
from anju.kernel.declarations.entries import Entry
from anju.kernel.errors import AnjuError

_ADVICE = "写作 5wd（工作日）、15cd（日）、3mo（月），或 {parameter: 参数名}。"


def read_term(entry: Entry, key: str, source: str) -> Term | None:
    """The limit under a key, None when there is none. One written as a number needs a source: its own, or the matter's."""
    value = entry.data.get(key)
    if value is None:
        return None
    if not isinstance(value, dict):
        return _literal(entry, str(value), source, key)
    inner = entry.inside(key)
    inner.only(("is", "source", "parameter"))
    if "parameter" in inner:
        if "is" in inner:
            inner.complain("期限既写了数又写了参数。", "只保留一个。", "is")
        return Term(parameter=inner.text("parameter", longest=120))
    return _literal(inner, inner.text("is"), inner.text("source", needed=False) or source, "is")


def _literal(entry: Entry, written: str, source: str, key: str) -> Term | None:
    try:
        span = Span.parse(written)
    except AnjuError:
        span = None
    if span is None or span.unit is Unit.HOUR:
        entry.complain(f"期限“{written}”读不懂。", _ADVICE, key)
        return None
    if not source:
        entry.complain(f"期限“{written}”没有依据。", "写上 source（文件和条款），或改用有文号的参数。", key)
    return Term(span, source)


def longer(one: Term | None, other: Term | None) -> bool:
    """True when both are written in one unit and the first is longer; limits of different kinds cannot be compared here."""
    if one is None or other is None or one.span is None or other.span is None or one.span.unit is not other.span.unit:
        return False
    return one.span.count > other.span.count
