"""Structured conditions of a list, and the words somebody searches for, as composed SQL: values are literals, never text from a user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg.sql import SQL, Composable, Identifier, Literal

from anju.kernel.access.scope import EVERYWHERE, Scope
from anju.kernel.codes import document_number, resident_id
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import lookups, personal
from anju.kernel.ledgers.declaration import Field, Ledger
from anju.kernel.ledgers.parsing.cells import visible
from anju.kernel.ledgers.parsing.reader import today
from anju.kernel.ledgers.parsing.words import sought_code
from anju.kernel.ledgers.values import parse_value

OPERATORS = {"gte": ">=", "lte": "<=", "gt": ">", "lt": "<"}
MAX_CHOSEN = 200
MAX_SEARCH = 60
SEARCHED = ("text", "organisation", "credit_code", "document_no")
EXACT = ("phone", "bank_card", "unit_code", "project_code")
NEVER = SQL("FALSE")


def seen_by(scope: Scope) -> list[Composable]:
    """The live records of a scope; the database's own policy says the same again."""
    if scope.region == "":
        return [NEVER]
    conditions: list[Composable] = [SQL("voided_at IS NULL")]
    if scope.bureau_id is not None:
        conditions.append(SQL("bureau_id = {}").format(Literal(scope.bureau_id)))
    if scope.region != EVERYWHERE:
        ends = Literal(scope.region), Literal(f"{scope.region}z")
        conditions.append(SQL("region_code >= {} AND region_code < {}").format(*ends))
    return conditions


def conditions_of(ledger: Ledger, where: Mapping[str, Any] | None, search: str = "") -> list[Composable]:
    """What a row must meet, all of it.

    `where`: by field, a value or a list of values (written as in a form, in the field's unit), or a mapping of `gte`, `lte`, `gt`,
    `lt`, `contains` (text), `is_null`, `not`; also `batch_id` and `id`. Raises AnjuError for an unknown field, operator or value.
    """
    conditions: list[Composable] = []
    for name, condition in (where or {}).items():
        if name in ("batch_id", "id"):
            conditions.append(SQL("{} = ANY ({}::bigint[])").format(Identifier(name), Literal(_numbers(name, condition))))
        elif ledger.has(name):
            conditions.append(_condition(ledger.field(name), condition))
        else:
            raise AnjuError.of("ledgers.unknown_field", f"台账“{ledger.title}”没有字段“{name}”。", advice="请重新选择筛选条件。")
    if search.strip():
        conditions.append(_words(ledger, search))
    return conditions


def all_of(conditions: list[Composable]) -> Composable:
    """Joined by AND."""
    return SQL(" AND ").join(conditions) if conditions else SQL("TRUE")


def _condition(field: Field, condition: Any) -> Composable:
    if isinstance(condition, Mapping):
        return all_of([_operated(field, str(operator), value) for operator, value in condition.items()])
    if isinstance(condition, list | tuple | set | frozenset):
        if len(condition) > MAX_CHOSEN:
            raise _unusable(field, f"一次最多选{MAX_CHOSEN}个值")
        chosen = [Literal(_compared(field, _value(field, value))) for value in condition]
        return SQL("{} IN ({})").format(_compared_column(field), SQL(", ").join(chosen)) if chosen else NEVER
    return _equal(field, _value(field, condition))


def _operated(field: Field, operator: str, value: Any) -> Composable:
    name = Identifier(field.column)
    if operator == "is_null":
        return SQL("{} IS NULL" if value in (True, "true", "True", "1") else "{} IS NOT NULL").format(name)
    if operator == "not":
        return SQL("({} IS NULL OR NOT ({}))").format(name, _condition(field, value))
    if operator == "contains" and field.type in SEARCHED:
        return _contains(field, str(value))
    if operator in OPERATORS and not field.personal and field.type not in ("choice", "file", "reference"):
        return SQL("{} {} {}").format(name, SQL(OPERATORS[operator]), Literal(_value(field, value)))
    raise _unusable(field, f"不能用“{operator}”筛选")


def _value(field: Field, written: Any) -> Any:
    value = parse_value(field, written)
    if value is None:
        raise _unusable(field, "没有写筛选的值")
    return lookups.visible_reference(field, value) if field.type == "reference" else value


def _words(ledger: Ledger, search: str) -> Composable:
    words = " ".join(_visible(search).split())[:MAX_SEARCH]
    person = resident_id.normalise(words)
    meets: list[Composable] = []
    for field in ledger.fields:
        name = Identifier(field.column)
        if field.type in SEARCHED:
            meets.append(_contains(field, document_number.normalise(words) if field.type == "document_no" else words))
        elif field.type == "choice":
            meets += [SQL("{} = {}").format(name, Literal(code)) for code, label in field.choices.items() if label == words]
        elif field.type == "resident_id" and len(person) == 18:
            meets.append(_equal(field, person))
        elif field.type in EXACT and (code := sought_code(field.type, words, today())) is not None:
            meets.append(_equal(field, code))
    return SQL("({})").format(SQL(" OR ").join(meets)) if meets else NEVER


def _equal(field: Field, value: Any) -> Composable:
    return SQL("{} = {}").format(_compared_column(field), Literal(_compared(field, value)))


def _compared_column(field: Field) -> Identifier:
    """What an exact value is looked for in: the blind index of a personal field."""
    return Identifier(personal.index_column(field) if field.personal else field.column)


def _compared(field: Field, value: Any) -> Any:
    return personal.index_of(field, value) if field.personal else value


def _contains(field: Field, words: str) -> Composable:
    words = _visible(words)[:MAX_SEARCH]
    for special in ("\\", "%", "_"):
        words = words.replace(special, f"\\{special}")
    # Only Latin letters have a case: comparing without it costs several times as much.
    cased = any(character.lower() != character.upper() for character in words)
    return SQL("{} {} {}").format(Identifier(field.column), SQL("ILIKE" if cased else "LIKE"), Literal(f"%{words}%"))


def _visible(words: str) -> str:
    return visible(words[: MAX_SEARCH * 4])


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
