"""Conditions of rules: a small language read into exact Polars expressions. Nothing is ever evaluated as Python.

`amount > month_amount * months`, `signed_on > filed_on`, `state == 'filed' and filed_on is None`, `use in ('shop', 'office')`.
Numbers of a field count in the field's unit; adding or comparing two units is refused. An empty field makes a comparison not hold.
Numbers are carried as 128-bit integers with an exact factor, so no comparison is ever off by a rounding.
"""

from __future__ import annotations

import ast
import datetime
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Literal

import polars as pl

from anju.kernel.ledgers.declaration import DATE_TYPES, NUMBER_TYPES, Field, Ledger
from anju.kernel.quantities.units import stored_unit, unit

MAX_LENGTH = 500
MAX_NODES = 120
MAX_FACTORS = 3

Kind = Literal["number", "date", "text", "truth"]


class ExpressionError(ValueError):
    """The condition cannot be read; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Term:
    """A typed sub-expression. Numbers are `expr * factor` in `unit` (None: fits any); `factors` counts multiplied fields."""

    kind: Kind
    expr: pl.Expr
    factor: Fraction = Fraction(1)
    unit: str | None = None
    field: Field | None = None
    text: str | None = None
    factors: int = 0


def compile_condition(text: str, ledger: Ledger) -> Callable[[datetime.date], pl.Expr]:
    """The condition as a function from today's date to a boolean expression over the ledger's typed frame.

    Raises ExpressionError. The expression is null where an empty field leaves the answer open.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"条件超过{MAX_LENGTH}个字符")
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ExpressionError("写法不对，请核对括号、引号和比较符号") from None
    if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
        raise ExpressionError("条件太长")
    reader = _Reader(ledger)
    reader.truth(tree)  # refuse now, not at the first record

    def at(today: datetime.date) -> pl.Expr:
        return _Reader(ledger, today).truth(tree)

    return at


def names_in(text: str) -> tuple[str, ...]:
    """The field names a condition speaks of, in order of appearance."""
    nodes = ast.walk(ast.parse(text, mode="eval"))
    return tuple(dict.fromkeys(node.id for node in nodes if isinstance(node, ast.Name) and node.id != "today"))


class _Reader:
    def __init__(self, ledger: Ledger, today: datetime.date = datetime.date(2000, 1, 1)) -> None:
        self.ledger = ledger
        self.today = today

    def truth(self, node: ast.expr) -> pl.Expr:
        term = self.term(node)
        if term.kind != "truth":
            raise ExpressionError("整个条件应是一个判断，例如 a > b")
        return term.expr

    def term(self, node: ast.expr) -> Term:
        match node:
            case ast.BoolOp(op=op, values=values):
                parts = [self.truth(value) for value in values]
                joined = pl.all_horizontal(parts) if isinstance(op, ast.And) else pl.any_horizontal(parts)
                return Term("truth", joined)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Term("truth", ~self.truth(operand))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner = self.number(operand)
                return Term("number", inner.expr * _whole(-1), inner.factor, inner.unit, factors=inner.factors)
            case ast.Compare(left=left, ops=ops, comparators=others):
                return self.compare(left, ops, others)
            case ast.BinOp(left=left, op=op, right=right):
                return self.arithmetic(self.term(left), op, self.term(right))
            case ast.Constant(value=value):
                return self.literal(value)
            case ast.Name(id=name):
                return self.name(name)
        raise ExpressionError("只能用字段名、数、文字、比较、and、or、not、+ - *")

    def number(self, node: ast.expr) -> Term:
        term = self.term(node)
        if term.kind != "number":
            raise ExpressionError("这里应是一个数")
        return term

    def literal(self, value: object) -> Term:
        if isinstance(value, bool) or value is None or isinstance(value, bytes | complex):
            raise ExpressionError(f"不能直接使用“{value!r}”")
        if isinstance(value, str):
            return Term("text", pl.lit(value), text=value)
        if value in (float("inf"), float("-inf")):
            raise ExpressionError("数超出范围")
        exact = Fraction(str(value))
        if abs(exact.numerator) > 10**18 or exact.denominator > 10**9:
            raise ExpressionError(f"数“{value}”超出范围")
        return Term("number", _whole(exact.numerator), Fraction(1, exact.denominator))

    def name(self, name: str) -> Term:
        if name == "today":
            return Term("date", pl.lit(self.today))
        if not self.ledger.has(name):
            raise ExpressionError(f"没有名为“{name}”的字段")
        field = self.ledger.field(name)
        column = pl.col(name)
        if field.type in DATE_TYPES:
            return Term("date", column, field=field)
        if field.type in NUMBER_TYPES:
            whole = column.to_physical().cast(pl.Int128)
            return Term("number", whole, stored_factor(field), field.unit or None, field, factors=1)
        if field.type in ("file", "reference", "region") or field.personal:
            return Term("text", column.cast(pl.String), field=field)
        return Term("text", column, field=field)

    def arithmetic(self, left: Term, op: ast.operator, right: Term) -> Term:
        if isinstance(op, ast.Mult) and left.kind == right.kind == "number":
            factors = left.factors + right.factors
            if factors > MAX_FACTORS:
                raise ExpressionError(f"相乘的字段不能超过{MAX_FACTORS}个")
            return Term("number", left.expr * right.expr, left.factor * right.factor, _product_unit(left, right), factors=factors)
        if not isinstance(op, ast.Add | ast.Sub):
            raise ExpressionError("算式只能用 + - *")
        if left.kind == right.kind == "number":
            _same_unit(left, right)
            first, second, factor = _aligned(left, right)
            joined = first + second if isinstance(op, ast.Add) else first - second
            return Term("number", joined, factor, left.unit or right.unit, factors=max(left.factors, right.factors))
        left, right = _dated(left, right), _dated(right, left)
        if left.kind == right.kind == "date" and isinstance(op, ast.Sub):
            return Term("number", (left.expr - right.expr).dt.total_days().cast(pl.Int128), unit="天")
        if left.kind == "date" and right.kind == "number" and right.factor == 1 and right.field is None:
            days = pl.duration(days=right.expr.cast(pl.Int64))
            return Term("date", left.expr + days if isinstance(op, ast.Add) else left.expr - days)
        raise ExpressionError("这两样不能相加减")

    def compare(self, left: ast.expr, ops: list[ast.cmpop], others: list[ast.expr]) -> Term:
        parts: list[pl.Expr] = []
        first = self.term(left)
        for op, other in zip(ops, others, strict=True):
            if isinstance(op, ast.Is | ast.IsNot):
                if not (isinstance(other, ast.Constant) and other.value is None):
                    raise ExpressionError("is 只能与 None 连用")
                parts.append(first.expr.is_null() if isinstance(op, ast.Is) else first.expr.is_not_null())
                continue
            if isinstance(op, ast.In | ast.NotIn):
                parts.append(self.membership(first, other, negated=isinstance(op, ast.NotIn)))
                continue
            second = self.term(other)
            parts.append(_compared(first, op, second))
            first = second
        return Term("truth", parts[0] if len(parts) == 1 else pl.all_horizontal(parts))

    def membership(self, first: Term, other: ast.expr, *, negated: bool) -> pl.Expr:
        if not isinstance(other, ast.Tuple | ast.List) or not other.elts:
            raise ExpressionError("in 后面应是括号中的若干值")
        found = pl.any_horizontal([_compared(first, ast.Eq(), self.term(item)) for item in other.elts])
        return ~found if negated else found


def stored_factor(field: Field) -> Fraction:
    """One stored integer of a number field in the field's unit: 1/100 for 元, 1/1000000 for 万元, 1/100 for a decimal with two places."""
    if field.type in ("money", "area"):
        measured = unit(field.unit)
        return stored_unit(measured.dimension) / measured.factor
    return Fraction(1, 10**field.places) if field.type == "decimal" else Fraction(1)


def _whole(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.Int128)


def _aligned(left: Term, right: Term) -> tuple[pl.Expr, pl.Expr, Fraction]:
    common = lcm(left.factor.denominator, right.factor.denominator)
    first, second = left.factor * common, right.factor * common
    return left.expr * _whole(first.numerator), right.expr * _whole(second.numerator), Fraction(1, common)


def _same_unit(left: Term, right: Term) -> None:
    if left.unit and right.unit and left.unit != right.unit:
        raise ExpressionError(f"单位不同：{left.unit}与{right.unit}")


def _product_unit(left: Term, right: Term) -> str | None:
    # 元 times months is 元; 元/㎡ times ㎡ is left to the author.
    if left.unit and right.unit:
        return None
    return left.unit or right.unit


def _compared(left: Term, op: ast.cmpop, right: Term) -> pl.Expr:
    left, right = _dated(left, right), _dated(right, left)
    if left.kind != right.kind or left.kind == "truth":
        raise ExpressionError("这两样不能比较")
    if left.kind == "number":
        _same_unit(left, right)
        first, second, _ = _aligned(left, right)
    else:
        first, second = left.expr, right.expr
    if left.kind == "text":
        _known_choice(left, right)
        _known_choice(right, left)
        if not isinstance(op, ast.Eq | ast.NotEq):
            raise ExpressionError("文字只能比较是否相同")
    match op:
        case ast.Eq():
            return first == second
        case ast.NotEq():
            return first != second
        case ast.Lt():
            return first < second
        case ast.LtE():
            return first <= second
        case ast.Gt():
            return first > second
        case ast.GtE():
            return first >= second
    raise ExpressionError("不认识的比较符号")


def _dated(term: Term, other: Term) -> Term:
    if other.kind != "date" or term.text is None:
        return term
    try:
        return Term("date", pl.lit(datetime.date.fromisoformat(term.text)))
    except ValueError:
        raise ExpressionError(f"“{term.text}”不是日期，应写成 '2023-06-30'") from None


def _known_choice(term: Term, other: Term) -> None:
    if term.field is not None and term.field.choices and other.text is not None and other.text not in term.field.choices:
        raise ExpressionError(f"“{term.field.label}”没有选项“{other.text}”")
