"""Unroll the lists of a template: what is left has words, slots and choices only, with complete references."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from anju.kernel.errors import AnjuError
from anju.kernel.reports.language.nodes import (
    Both,
    Branch,
    Choice,
    Compare,
    Condition,
    Each,
    Either,
    Known,
    Node,
    Not,
    Reference,
    Slot,
    Text,
    Variable,
)
from anju.kernel.reports.variables import variable_words

Values = Callable[[str, Reference], list[tuple[str, str]]]
"""(dimension, figure) to the dimension's values that have rows, as (value, label), in order."""

MAX_ITEMS = 500
EVERY = "*"
"""`[batch=*]` inside a list over batch: all batches after all."""


def expand(nodes: tuple[Node, ...], values: Values, words: dict[str, str]) -> tuple[Node, ...]:
    """The nodes without lists and without variables. Raises AnjuError `reports.list_too_long`."""
    return _Expansion(values, words, {}).nodes(nodes)


class _Expansion:
    def __init__(self, values: Values, words: dict[str, str], item: dict[str, tuple[str, str]]) -> None:
        self._values, self._words, self._item = values, words, item

    def nodes(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        found: list[Node] = []
        for node in nodes:
            if isinstance(node, Each):
                found.extend(self._each(node))
            else:
                found.append(self._node(node))
        return tuple(found)

    def _node(self, node: Text | Slot | Variable | Choice) -> Node:
        if isinstance(node, Text):
            return node
        if isinstance(node, Slot):
            return replace(node, reference=self.reference(node.reference))
        if isinstance(node, Variable):
            labels = {name: label for name, (_, label) in self._item.items()}
            return Text(variable_words(node, {**self._words, **labels}), node.place)
        branches = tuple(Branch(self.condition(branch.condition), self.nodes(branch.body)) for branch in node.branches)
        return Choice(branches, self.nodes(node.otherwise), node.place)

    def _each(self, each: Each) -> list[Node]:
        items = self._values(each.dimension, self.reference(each.reference))
        if len(items) > MAX_ITEMS:
            raise AnjuError.of(
                "reports.list_too_long", f"逐项“{each.dimension}”有{len(items)}项，最多{MAX_ITEMS}项。", advice="请加筛选，或改用附表。"
            )
        found: list[Node] = []
        for position, item in enumerate(items):
            if position and each.separator:
                found.append(Text(each.separator, each.place))
            found.extend(_Expansion(self._values, self._words, {**self._item, each.dimension: item}).nodes(each.body))
        return found

    def reference(self, reference: Reference) -> Reference:
        """The reference narrowed to the items of the lists it stands in, unless it names the dimension itself."""
        filters = {name: value for name, (value, _) in self._item.items()} | dict(reference.filters)
        return replace(reference, filters=tuple(sorted((name, value) for name, value in filters.items() if value != EVERY)))

    def condition(self, condition: Condition) -> Condition:
        if isinstance(condition, Compare):
            left, right = (self.reference(side) if isinstance(side, Reference) else side for side in (condition.left, condition.right))
            return Compare(left, condition.operator, right)
        if isinstance(condition, Known):
            return Known(self.reference(condition.reference))
        if isinstance(condition, Not):
            return Not(self.condition(condition.inner))
        parts = tuple(self.condition(part) for part in condition.parts)
        return Both(parts) if isinstance(condition, Both) else Either(parts)
