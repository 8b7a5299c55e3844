"""Units of rule terms: `元/㎡·月` times `㎡` is `元/月`, and adding `㎡` to `元` is refused when a rule is written."""

from __future__ import annotations

Powers = dict[str, int]


def powers(unit: str) -> Powers:
    """`元/㎡·月` as {元: 1, ㎡: -1, 月: -1}; the empty unit (a pure number) as nothing."""
    over, _slash, under = unit.partition("/")
    found: Powers = {}
    for symbols, sign in ((over, 1), (under, -1)):
        for symbol in filter(None, symbols.split("·")):
            found[symbol] = found.get(symbol, 0) + sign
    return {symbol: power for symbol, power in found.items() if power}


def written(found: Powers) -> str:
    """The unit in words again, in the order its parts came."""
    over = [symbol for symbol, power in found.items() for _ in range(power)]
    under = [symbol for symbol, power in found.items() for _ in range(-power)]
    return "·".join(over) + (f"/{'·'.join(under)}" if under else "")


def multiplied(one: str, other: str) -> str:
    """The unit of a product."""
    return _combined(one, other, 1)


def divided(one: str, other: str) -> str:
    """The unit of a quotient."""
    return _combined(one, other, -1)


def same(one: str, other: str) -> bool:
    """Whether values in these units can be added and compared."""
    return powers(one) == powers(other)


def _combined(one: str, other: str, sign: int) -> str:
    found = powers(one)
    for symbol, power in powers(other).items():
        found[symbol] = found.get(symbol, 0) + sign * power
    return written({symbol: power for symbol, power in found.items() if power})
