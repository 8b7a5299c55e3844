"""Split an exact total into rows: whole units by largest remainder, nothing lost and nothing added."""

from __future__ import annotations

from collections.abc import Sequence


def apportion(total: int, weights: Sequence[int], *, step: int = 1) -> list[int]:
    """Parts of `total` in proportion to `weights`, each a multiple of `step` but one that also takes what is left over.

    The parts sum to `total` exactly. Every part is at least 1 when the weights are positive and the total is large enough.
    """
    if not weights or min(weights) <= 0:
        raise ValueError("weights must be positive")
    steps, left_over = divmod(total, step)
    whole = sum(weights)
    parts = [steps * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-(steps * weights[index] % whole), index))
    for index in by_remainder[: steps - sum(parts)]:
        parts[index] += 1
    scaled = [part * step for part in parts]
    scaled[scaled.index(max(scaled))] += left_over
    return scaled
