"""Seeded chance: every book draws from its own stream, so that changing one book leaves the others as they were."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass
class Dice:
    """A stream of chance named `name` under `seed`. Integers only: nothing here may bring a float near an amount."""

    seed: int
    name: str
    _random: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._random = random.Random(f"{self.seed}/{self.name}")  # noqa: S311 — sample data, and it must repeat

    def between(self, low: int, high: int) -> int:
        """An integer from low to high, both included."""
        return self._random.randint(low, high)

    def pick(self, choices: Sequence[T], weights: Sequence[int] | None = None) -> T:
        """One of the choices."""
        return self._random.choices(choices, weights=weights)[0]

    def picks(self, choices: Sequence[T], count: int, weights: Sequence[int] | None = None) -> list[T]:
        """`count` choices, each time from all of them."""
        return self._random.choices(choices, weights=weights, k=count)

    def sample(self, choices: Sequence[T], count: int) -> list[T]:
        """`count` different choices."""
        return self._random.sample(choices, count)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The same items in another order."""
        return self._random.sample(items, len(items))
