"""Terms: what a rule is made of. A term says what is computed, never how; `scalar` and `columns` both read it.

Every number is an integer with decimals known beforehand: `scale` 2 in 元 is fen, in ㎡ hundredths. Sums and comparisons bring both sides
to one scale, products add scales, and rounding happens only where a rule says so. `low` and `high` bound the stored value, so that no
column of 64-bit integers can overflow: a rule whose bounds do not fit is refused when it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from anju.kernel.rules import units

Kind = Literal["number", "truth", "date", "code"]
MOST = 2**62
LAST_DAY = 3_652_059
"""date.max as an ordinal."""


class RuleError(ValueError):
    """A rule that makes no sense: a mistake of whoever writes it, not of a user."""


@dataclass(frozen=True, eq=False, slots=True)
class Term:
    """`op` over `args`. `scale`, `unit`: see the module; a truth has neither, a date is an ordinal day, a code a small integer."""

    op: str
    args: tuple[Term, ...] = ()
    kind: Kind = "number"
    unit: str = ""
    scale: int = 0
    low: int = 0
    high: int = 1
    data: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not -MOST <= self.low <= self.high <= MOST:
            raise RuleError(f"{self.op}: values from {self.low} to {self.high} do not fit; bound the inputs")

    def __add__(self, other: Term | int) -> Term:
        return _sum("add", self, other)

    def __sub__(self, other: Term | int) -> Term:
        return _sum("sub", self, other)

    def __mul__(self, other: Term | int) -> Term:
        right = as_term(other)
        _numbers("mul", self, right)
        unit = units.multiplied(self.unit, right.unit)
        ends = [one * other for one in (self.low, self.high) for other in (right.low, right.high)]
        return Term("mul", (self, right), unit=unit, scale=self.scale + right.scale, low=min(ends), high=max(ends))

    def __truediv__(self, other: Term) -> Ratio:
        _numbers("per", self, other)
        return Ratio(self, Term("positive", (other,), unit=other.unit, scale=other.scale, low=0, high=max(other.high, 1)))

    def __le__(self, other: Term | int) -> Term:
        return compared("le", self, other)

    def __lt__(self, other: Term | int) -> Term:
        return compared("lt", self, other)

    def __ge__(self, other: Term | int) -> Term:
        return compared("ge", self, other)

    def __gt__(self, other: Term | int) -> Term:
        return compared("gt", self, other)

    def __and__(self, other: Term) -> Term:
        return _truths("and", self, other)

    def __or__(self, other: Term) -> Term:
        return _truths("or", self, other)

    def __invert__(self) -> Term:
        return _truths("not", self)

    def equals(self, other: Term | int) -> Term:
        """Whether both are the same."""
        return compared("eq", self, other)

    def one_of(self, *codes: int) -> Term:
        """Whether a code is one of these."""
        if self.kind != "code":
            raise RuleError(f"one_of asks a code, not a {self.kind}")
        return Term("in", (self,), kind="truth", data={"codes": sorted(codes)})

    @property
    def known(self) -> Term:
        """Whether there is a value at all; itself never unknown."""
        return Term("known", (self,), kind="truth")

    def rounded(self, scale: int) -> Term:
        """Rounded half up (四舍五入, away from zero) to `scale` decimals."""
        return Ratio(self, as_term(1)).rounded(scale)


@dataclass(frozen=True, eq=False, slots=True)
class Ratio:
    """A quotient that has not been rounded: it can be compared, by multiplying across, and rounded. Over zero it is unknown."""

    over: Term
    under: Term

    @property
    def unit(self) -> str:
        return units.divided(self.over.unit, self.under.unit)

    def __le__(self, other: Term) -> Term:
        return compared("le", self.over, other * self.under)

    def __lt__(self, other: Term) -> Term:
        return compared("lt", self.over, other * self.under)

    def __ge__(self, other: Term) -> Term:
        return compared("ge", self.over, other * self.under)

    def __gt__(self, other: Term) -> Term:
        return compared("gt", self.over, other * self.under)

    def rounded(self, scale: int) -> Term:
        """The quotient rounded half up to `scale` decimals."""
        shift = scale + self.under.scale - self.over.scale
        up, down = 10 ** max(shift, 0), 10 ** max(-shift, 0)
        low, high = min(self.over.low, 0) * up, max(self.over.high, 0) * up
        if 2 * max(-low, high, self.under.high * down) > MOST:
            raise RuleError("a quotient this large cannot be rounded exactly; bound the inputs")
        return Term("divide", (self.over, self.under), unit=self.unit, scale=scale, low=low, high=high, data={"up": up, "down": down})


def as_term(value: Term | int) -> Term:
    """A plain whole number as a term."""
    if isinstance(value, Term):
        return value
    return constant(value)


def constant(value: int, unit: str = "", scale: int = 0, kind: Kind = "number") -> Term:
    """A value that is in the rule itself (never a threshold or a rate: those are parameters)."""
    return Term("const", kind=kind, unit=unit, scale=scale, low=value, high=value, data={"value": value})


def smallest(*terms: Term | int) -> Term:
    """The least of these (不超过)."""
    return _chosen("min", terms)


def largest(*terms: Term | int) -> Term:
    """The greatest of these (不低于)."""
    return _chosen("max", terms)


def choose(condition: Term, then: Term, otherwise: Term) -> Term:
    """`then` where the condition holds, `otherwise` where it does not; unknown where that is unknown."""
    if condition.kind != "truth" or then.kind != otherwise.kind:
        raise RuleError("choose needs a truth and two terms of one kind")
    left, right = _aligned(then, otherwise)
    unit = left.unit or right.unit
    low, high = min(left.low, right.low), max(left.high, right.high)
    return Term("choose", (condition, left, right), kind=left.kind, unit=unit, scale=left.scale, low=low, high=high)


def looked_up(key: Term, table: Mapping[int, int], *, unit: str = "", scale: int = 0, clamp: bool = False) -> Term:
    """The value of a small table. `clamp`: keys above the last take the last, keys below the first the first; else they are unknown."""
    if not table or key.scale:
        raise RuleError("a table needs rows and a whole key")
    rows = {str(at): table[at] for at in sorted(table)}
    low, high = min(0, *table.values()), max(0, *table.values())
    return Term("table", (key,), unit=unit, scale=scale, low=low, high=high, data={"rows": rows, "clamp": clamp})


def months_later(day: Term, months: Term | int) -> Term:
    """The same day of the month so many months later, or the last day of a shorter month (民法典第二百零二条)."""
    count = as_term(months)
    if day.kind != "date" or count.kind != "number" or count.scale or count.unit not in ("", "月"):
        raise RuleError("months_later takes a date and whole months")
    return Term("months_later", (day, count), kind="date", low=0, high=LAST_DAY)


def compared(op: str, left: Term, right: Term | int) -> Term:
    """A comparison of two terms of one kind and unit."""
    other = right if isinstance(right, Term) else constant(right, left.unit, left.scale, left.kind)
    if left.kind != other.kind or left.kind == "truth":
        raise RuleError(f"{op} compares {left.kind} with {other.kind}")
    if left.kind == "number":
        left, other = _aligned(left, other)
    return Term(op, (left, other), kind="truth")


def _sum(op: str, one: Term, other: Term | int) -> Term:
    left, right = _aligned(one, as_term(other))
    low, high = (left.low + right.low, left.high + right.high) if op == "add" else (left.low - right.high, left.high - right.low)
    return Term(op, (left, right), unit=left.unit or right.unit, scale=left.scale, low=low, high=high)


def _chosen(op: str, terms: tuple[Term | int, ...]) -> Term:
    bound = min if op == "min" else max
    found, *rest = (as_term(term) for term in terms)
    for term in rest:
        left, right = _aligned(found, term)
        low, high = (bound(left.low, right.low), bound(left.high, right.high))
        found = Term(op, (left, right), unit=left.unit or right.unit, scale=left.scale, low=low, high=high)
    return found


def _aligned(one: Term, other: Term) -> tuple[Term, Term]:
    if one.kind != other.kind:
        raise RuleError(f"{one.kind} and {other.kind} do not go together")
    zero = any(each.op == "const" and each.data["value"] == 0 for each in (one, other))
    if not units.same(one.unit, other.unit) and not zero:
        raise RuleError(f"{one.unit or '纯数'} and {other.unit or '纯数'} do not go together")
    scale = max(one.scale, other.scale)
    return _rescaled(one, scale), _rescaled(other, scale)


def _rescaled(term: Term, scale: int) -> Term:
    if term.scale == scale:
        return term
    by = 10 ** (scale - term.scale)
    return Term("rescale", (term,), kind=term.kind, unit=term.unit, scale=scale, low=term.low * by, high=term.high * by, data={"by": by})


def _numbers(op: str, *terms: Term) -> None:
    if any(term.kind != "number" for term in terms):
        raise RuleError(f"{op} takes numbers")


def _truths(op: str, *terms: Term) -> Term:
    if any(term.kind != "truth" for term in terms):
        raise RuleError(f"{op} takes truths")
    return Term(op, terms, kind="truth")
