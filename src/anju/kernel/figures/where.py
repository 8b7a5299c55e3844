"""Read the structured `where` of an indicator: `{use: residential, amount: {gte: 100}, any: [...], not: {...}}`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from anju.kernel.figures.aggregates import ALWAYS, Condition
from anju.kernel.figures.conditions import compares, every, is_null, is_one_of, negated, some
from anju.kernel.figures.facts import Column, Fact
from anju.kernel.figures.literals import WrongLiteral, stored_literal

COMPARISONS = ("gt", "gte", "lt", "lte")
Complain = Callable[[str, tuple[str | int, ...], str, str], None]
"""(code, path of the entry, what, advice)"""


def read_where(written: Any, fact: Fact, path: tuple[str | int, ...], complain: Complain) -> Condition:
    """The condition of a mapping: every entry holds. What is wrong goes to `complain`; the rest is still read."""
    if not isinstance(written, dict):
        complain("figures.bad_where", path, "条件应写成“列: 值”", "例如where: {use: residential}")
        return ALWAYS
    return every(_entry(name, value, fact, (*path, name), complain) for name, value in written.items())


def _entry(name: str, value: Any, fact: Fact, path: tuple[str | int, ...], complain: Complain) -> Condition:
    if name in ("any", "all"):
        if not isinstance(value, list) or not value:
            complain("figures.bad_where", path, f"“{name}”后面应是一列条件", f"例如{name}: [{{a: 1}}, {{b: 2}}]")
            return ALWAYS
        parts = [read_where(each, fact, (*path, position), complain) for position, each in enumerate(value)]
        return some(parts) if name == "any" else every(parts)
    if name == "not":
        return negated(read_where(value, fact, path, complain))
    column = fact.columns.get(name)
    if column is None:
        complain("figures.unknown_column", path, f"“{fact.title}”没有“{name}”这一列", f"可用的列：{'、'.join(fact.columns)}")
        return ALWAYS
    if isinstance(value, dict):
        return every(_operator(column, each, operand, (*path, each), complain) for each, operand in value.items())
    return _one_of(column, value, path, complain)


def _operator(column: Column, name: str, operand: Any, path: tuple[str | int, ...], complain: Complain) -> Condition:
    if name == "is_null":
        if not isinstance(operand, bool):
            complain("figures.bad_where", path, "is_null后面应是true或false", "空值写true，不空写false")
        return is_null(column.name, operand is True)
    if name == "not":
        return negated(_one_of(column, operand, path, complain))
    if name not in COMPARISONS:
        complain("figures.bad_where", path, f"不认识的比较“{name}”", "可用的：gt、gte、lt、lte、not、is_null")
        return ALWAYS
    if column.kind == "string":
        complain("figures.bad_where", path, f"“{column.label}”是文字，不能比大小", "请写出具体的值")
        return ALWAYS
    try:
        return compares(column.name, name, stored_literal(column, operand))
    except WrongLiteral as wrong:
        complain("figures.bad_literal", path, str(wrong).rstrip("。"), "")
        return ALWAYS


def _one_of(column: Column, value: Any, path: tuple[str | int, ...], complain: Complain) -> Condition:
    written = value if isinstance(value, list) else [value]
    literals = []
    for position, each in enumerate(written):
        try:
            literals.append(stored_literal(column, each))
        except WrongLiteral as wrong:
            complain("figures.bad_literal", (*path, position) if isinstance(value, list) else path, str(wrong).rstrip("。"), "")
    if not written:
        complain("figures.bad_where", path, f"“{column.label}”的取值是空的", "请至少写一个值")
    return is_one_of(column.name, literals) if literals else ALWAYS
