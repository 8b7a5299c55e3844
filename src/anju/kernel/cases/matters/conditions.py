"""Conditions over the data of one case: `amount_fen > 10000000 and kind == 'special'`. Nothing is ever evaluated as Python."""

from __future__ import annotations

import ast
import datetime
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

MAX_LENGTH = 500
MAX_NODES = 80
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


class ConditionError(ValueError):
    """The condition cannot be read; the message says why, in Chinese."""


def names_in(text: str) -> frozenset[str]:
    """The names a condition speaks of. Raises ConditionError when it cannot be read."""
    return frozenset(node.id for node in ast.walk(_parsed(text)) if isinstance(node, ast.Name))


def holds(text: str, data: Mapping[str, Any]) -> bool:
    """Whether the condition holds for this data; an empty condition always does. A comparison with something missing does not hold."""
    return not text or bool(_truth(_parsed(text), data))


@lru_cache(maxsize=512)
def _parsed(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise ConditionError(f"条件超过{MAX_LENGTH}个字符")
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ConditionError("写法不对，请核对括号、引号和比较符号") from None
    if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
        raise ConditionError("条件太长")
    _require_truth(tree)
    return tree


def _require_truth(node: ast.expr) -> None:
    match node:
        case ast.BoolOp(values=values):
            for value in values:
                _require_truth(value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            _require_truth(operand)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            _require_value(left)
            if isinstance(op, ast.In | ast.NotIn):
                if not isinstance(right, ast.Tuple | ast.List) or not all(isinstance(one, ast.Constant) for one in right.elts):
                    raise ConditionError("in 后面应是括号里的几个值")
            elif isinstance(op, ast.Is | ast.IsNot):
                if not (isinstance(right, ast.Constant) and right.value is None):
                    raise ConditionError("is 只用于 is None")
            else:
                _require_value(right)
        case ast.Name():
            return
        case _:
            raise ConditionError("只能用名称、数、文字、比较、in、is None、and、or、not")


def _require_value(node: ast.expr) -> None:
    if isinstance(node, ast.Name) or (isinstance(node, ast.Constant) and isinstance(node.value, int | str | float)):
        return
    raise ConditionError("比较的两边只能是名称、数或引号中的文字")


def _truth(node: ast.expr, data: Mapping[str, Any]) -> bool:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_truth(value, data) for value in values)
        case ast.BoolOp(values=values):
            return any(_truth(value, data) for value in values)
        case ast.UnaryOp(operand=operand):
            return not _truth(operand, data)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _compared(op, _value(left, data), right, data)
        case ast.Name(id=name):
            return data.get(name) is True
    return False


def _compared(op: ast.cmpop, left: Any, right: ast.expr, data: Mapping[str, Any]) -> bool:
    if isinstance(op, ast.Is | ast.IsNot):
        return (left is None) == isinstance(op, ast.Is)
    if isinstance(op, ast.In | ast.NotIn):
        among = [_plain(one.value) for one in getattr(right, "elts", ()) if isinstance(one, ast.Constant)]
        return left is not None and (left in among) == isinstance(op, ast.In)
    other = _value(right, data)
    if left is None or other is None or isinstance(left, str) != isinstance(other, str):
        return False
    return _COMPARE[type(op)](left, other)


def _value(node: ast.expr, data: Mapping[str, Any]) -> Any:
    return _plain(data.get(node.id) if isinstance(node, ast.Name) else getattr(node, "value", None))


def _plain(value: Any) -> Any:
    """Dates compare as their text, numbers with a fraction exactly."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return Decimal(repr(value)) if isinstance(value, float) else value
