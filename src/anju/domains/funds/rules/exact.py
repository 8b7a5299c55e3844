"""Exact arithmetic over fen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def part_of(fen: int, ratio: Decimal | Fraction) -> int:
    """`fen` times a ratio, rounded half up to the fen."""
    exact = Fraction(fen) * Fraction(ratio)
    whole, rest = divmod(exact.numerator, exact.denominator)
    return whole + (1 if 2 * rest >= exact.denominator else 0)


def share(total: int, weights: Sequence[int]) -> list[int]:
    """Parts of `total` in proportion to `weights`: largest remainder, ties by order; they sum to `total` exactly.

    `weights` are whole numbers >= 0 (areas in hundredths, balance-days) and not all zero.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative and not all zero")
    if total < 0:
        raise ValueError("a negative total cannot be shared")
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-(total * weights[index] % whole), index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts
