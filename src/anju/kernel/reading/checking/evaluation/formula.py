"""Relations written by hand over printed figures, worked out with intervals and nothing of the rules: `87.76% = 251户 / 286户`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from anju.kernel.quantities.intervals import FAR, Interval
from anju.kernel.reading.figure import ReadFigure

_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


def holds(formula: str, figures: Mapping[str, ReadFigure], *, signed: bool) -> bool | None:
    """Whether both sides may be equal (`=`) or the left at most the right (`<=`). None when a figure is masked or a divisor zero.

    A formula is figures as printed, whole numbers, + - * / and brackets, all set apart by spaces; brackets may touch. `signed`: a fall is a
    negative growth, as in `1 + 4.20%`; otherwise its size is meant. A name that is no figure of the text raises KeyError.
    """
    left, sign, right = formula.partition(" <= ") if " <= " in formula else formula.partition(" = ")
    sides = [_work_out(_tokens(side), figures, signed) for side in (left, right)]
    if any(side is None for side in sides):
        return None
    first, second = (side for side in sides if side is not None)
    return first.low <= second.high if sign == " <= " else first.meets(second)


def names(formula: str) -> tuple[str, ...]:
    """The figures a formula names, in order, each once."""
    kept = (token for token in _tokens(formula) if token not in ("=", "<=", "(", ")", *_RANK) and not token.isdigit())
    return tuple(dict.fromkeys(kept))


def _tokens(side: str) -> list[str]:
    return side.replace("(", " ( ").replace(")", " ) ").split()


def _work_out(pieces: list[str], figures: Mapping[str, ReadFigure], signed: bool) -> Interval | None:
    """Two stacks: values and waiting operators."""
    values: list[Interval] = []
    waiting: list[str] = []
    for piece in pieces:
        if piece == "(":
            waiting.append(piece)
        elif piece == ")":
            while waiting and waiting[-1] != "(":
                _apply(waiting.pop(), values)
            waiting.pop()
        elif piece in _RANK:
            while waiting and waiting[-1] != "(" and _RANK[waiting[-1]] >= _RANK[piece]:
                _apply(waiting.pop(), values)
            waiting.append(piece)
        else:
            value = Interval.exactly(int(piece)) if piece.isdigit() else _value(figures[piece], signed)
            if value is None:
                return None
            values.append(value)
    while waiting:
        _apply(waiting.pop(), values)
    return values[0] if values and values[0].low <= values[0].high else None


def _apply(operator: str, values: list[Interval]) -> None:
    second, first = values.pop(), values.pop()
    if operator == "/":
        quotient = first.over(second) if second.low > 0 else None
        values.append(quotient if quotient is not None else _signed_quotient(first, second))
    else:
        values.append({"+": first.plus, "-": first.minus, "*": first.times}[operator](second))


def _signed_quotient(first: Interval, second: Interval) -> Interval:
    if second.low <= 0 <= second.high:
        return Interval(-FAR, FAR)
    corners = [a / b for a in (first.low, first.high) for b in (second.low, second.high)]
    return Interval(min(abs(each) for each in corners), max(abs(each) for each in corners))


def _value(figure: ReadFigure, signed: bool) -> Interval | None:
    """In base units; percentages and 个百分点 as numbers beside one."""
    if figure.value is None:
        return None
    low = -FAR if figure.low is None else figure.low * figure.factor
    high = FAR if figure.high is None else figure.high * figure.factor
    share = Fraction(1, 100) if figure.dimension in ("rate", "points of rate") else Fraction(1)
    return Interval(low, high).times(-share if signed and figure.direction == "down" else share)
