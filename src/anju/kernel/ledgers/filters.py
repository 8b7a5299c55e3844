"""Structured conditions of a list, and the words somebody searches for; never SQL text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from anju.kernel.codes import resident_id, telephone
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import lookups
from anju.kernel.ledgers.declaration import Field, Ledger
from anju.kernel.ledgers.values import parse_value

OPERATORS = {"gte": "gte", "lte": "lte", "gt": "gt", "lt": "lt"}
MAX_CHOSEN = 200
MAX_SEARCH = 60
SEARCHED = ("text", "organisation", "credit_code")


def filtered(ledger: Ledger, rows: QuerySet[Any], where: Mapping[str, Any] | None, search: str = "") -> QuerySet[Any]:
    """The rows that meet every condition and contain the words.

    `where`: by field, a value or a list of values (written as in a form, in the field's unit), or a mapping of `gte`, `lte`, `gt`,
    `lt`, `contains` (text), `is_null`, `not`; also `batch_id` and `id`. Raises AnjuError for an unknown field, operator or value.
    """
    for name, condition in (where or {}).items():
        if name in ("batch_id", "id"):
            rows = rows.filter(**{f"{name}__in": _numbers(name, condition)})
            continue
        if not ledger.has(name):
            raise AnjuError.of("ledgers.unknown_field", f"台账“{ledger.title}”没有字段“{name}”。", advice="请重新选择筛选条件。")
        rows = rows.filter(_condition(ledger.field(name), condition))
    return rows.filter(_words(ledger, search)) if search.strip() else rows


def _condition(field: Field, condition: Any) -> Q:
    if isinstance(condition, Mapping):
        meets = Q()
        for operator, value in condition.items():
            meets &= _operated(field, str(operator), value)
        return meets
    if isinstance(condition, list | tuple | set | frozenset):
        if len(condition) > MAX_CHOSEN:
            raise _unusable(field, f"一次最多选{MAX_CHOSEN}个值")
        return Q(**{f"{field.name}__in": [_value(field, value) for value in condition]})
    return Q(**{field.name: _value(field, condition)})


def _operated(field: Field, operator: str, value: Any) -> Q:
    if operator == "is_null":
        return Q(**{f"{field.name}__isnull": value in (True, "true", "True", "1")})
    if operator == "not":
        return ~_condition(field, value) | Q(**{f"{field.name}__isnull": True})
    if operator == "contains" and field.type in SEARCHED:
        return _contains(field.name, str(value))
    if operator in OPERATORS and not field.personal and field.type not in ("choice", "file", "reference"):
        return Q(**{f"{field.name}__{OPERATORS[operator]}": _value(field, value)})
    raise _unusable(field, f"不能用“{operator}”筛选")


def _value(field: Field, written: Any) -> Any:
    value = parse_value(field, written)
    if value is None:
        raise _unusable(field, "没有写筛选的值")
    if field.type == "reference":
        return lookups.visible_reference(field, value)
    return value


def _words(ledger: Ledger, search: str) -> Q:
    words = " ".join(search.split())[:MAX_SEARCH]
    meets = Q(pk__in=[])
    for field in ledger.fields:
        if field.type in SEARCHED:
            meets |= _contains(field.name, words)
        elif field.type == "choice":
            codes = [code for code, label in field.choices.items() if label == words]
            meets |= Q(**{f"{field.name}__in": codes}) if codes else Q()
        elif field.type == "resident_id" and len(resident_id.normalise(words)) == 18:
            meets |= Q(**{field.name: resident_id.normalise(words)})
        elif field.type == "phone" and telephone.fault(telephone.normalise(words)) is None:
            meets |= Q(**{field.name: telephone.normalise(words)})
    return meets


def _contains(name: str, words: str) -> Q:
    # Only Latin letters have a case: comparing without it costs several times as much.
    lookup = "icontains" if any(character.lower() != character.upper() for character in words) else "contains"
    return Q(**{f"{name}__{lookup}": words[:MAX_SEARCH]})


def _numbers(name: str, condition: Any) -> list[int]:
    given = list(condition) if isinstance(condition, list | tuple | set) else [condition]
    try:
        numbers = [int(value) for value in given]
    except (TypeError, ValueError):
        raise AnjuError.of("ledgers.bad_filter", f"“{name}”应为编号。", advice="请重新选择筛选条件。") from None
    if len(numbers) > 10_000 or any(not 0 <= number < 2**63 for number in numbers):
        raise AnjuError.of("ledgers.bad_filter", f"“{name}”的编号太多或超出范围。", advice="请缩小范围。")
    return numbers


def _unusable(field: Field, what: str) -> AnjuError:
    return AnjuError.of("ledgers.bad_filter", f"{what}。", where=field.label, advice="请重新选择筛选条件。")
