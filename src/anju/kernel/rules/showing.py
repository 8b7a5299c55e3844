"""Values of a rule as a household reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from anju.kernel.rules.rule import SLOT, Rule
from anju.kernel.rules.scalar import Value, evaluate
from anju.kernel.rules.terms import Term

UNKNOWN = "未知"


def shown(value: Value, term: Term, labels: Mapping[int, str] | None = None) -> str:
    """`1,035.00元/月`, `31.5㎡`, `80%` is `0.8`; a truth is 是 or 否, a date 2023年6月30日, nothing 未知."""
    if value is None:
        return UNKNOWN
    match term.kind:
        case "truth":
            return "是" if value else "否"
        case "date":
            day = date.fromordinal(value)
            return f"{day.year}年{day.month}月{day.day}日"
        case "code":
            return (labels or {}).get(value, str(value))
    number = Decimal(value).scaleb(-term.scale)
    money = term.unit.startswith("元")
    text = f"{number:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".") if not money else _cents(text)
    return f"{text}{term.unit}"


def filled(words: str, rule: Rule, given: Mapping[str, Value], memo: dict[int, Value]) -> str:
    """A sentence of the rule with its slots filled."""

    def of(match: object) -> str:
        name = match[1]  # type: ignore[index]
        if name in rule.givens:
            one = rule.givens[name]
            return shown(given[name], one.term, one.labels)
        if name in rule.values:
            value = rule.values[name]
            return shown(value.value, value.term)
        if name in rule.tables:
            return rule.tables[name].label
        part = rule.steps[name]
        return shown(evaluate(part.term, given, memo), part.term)

    return SLOT.sub(of, words)


def _cents(text: str) -> str:
    whole, _point, rest = text.partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest.ljust(2, '0')}"
