"""Visit what a template mentions, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from anju.kernel.reports.language.nodes import (
    Both,
    Choice,
    Compare,
    Condition,
    Each,
    Either,
    Known,
    Node,
    Not,
    Place,
    Reference,
    Slot,
    Text,
    Variable,
)


def slots(nodes: tuple[Node, ...], inside: tuple[Each, ...] = ()) -> Iterator[tuple[Slot | Variable, tuple[Each, ...]]]:
    """Every slot and variable, with the lists it stands in (outermost first)."""
    for node in nodes:
        if isinstance(node, Slot | Variable):
            yield node, inside
        elif isinstance(node, Each):
            yield from slots(node.body, (*inside, node))
        elif isinstance(node, Choice):
            for branch in node.branches:
                yield from slots(branch.body, inside)
            yield from slots(node.otherwise, inside)


def references(nodes: tuple[Node, ...], inside: tuple[Each, ...] = ()) -> Iterator[tuple[Reference, Place, tuple[Each, ...]]]:
    """Every reference of slots, lists and conditions, with the lists it stands in."""
    for node in nodes:
        if isinstance(node, Slot):
            yield node.reference, node.place, inside
        elif isinstance(node, Each):
            yield node.reference, node.place, inside
            yield from references(node.body, (*inside, node))
        elif isinstance(node, Choice):
            for branch in node.branches:
                for reference in condition_references(branch.condition):
                    yield reference, node.place, inside
                yield from references(branch.body, inside)
            yield from references(node.otherwise, inside)


def words(nodes: tuple[Node, ...]) -> Iterator[Text]:
    """Every run of fixed words."""
    for node in nodes:
        if isinstance(node, Text):
            yield node
        elif isinstance(node, Each):
            yield from words(node.body)
        elif isinstance(node, Choice):
            for branch in node.branches:
                yield from words(branch.body)
            yield from words(node.otherwise)


def condition_references(condition: Condition) -> Iterator[Reference]:
    """Every reference a condition compares."""
    if isinstance(condition, Compare):
        yield from (side for side in (condition.left, condition.right) if isinstance(side, Reference))
    elif isinstance(condition, Known):
        yield condition.reference
    elif isinstance(condition, Not):
        yield from condition_references(condition.inner)
    elif isinstance(condition, Both | Either):
        for part in condition.parts:
            yield from condition_references(part)
