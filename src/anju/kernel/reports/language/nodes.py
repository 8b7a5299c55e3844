"""What a template is made of once it is read."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from anju.kernel.figures.references import FigureName


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the template file, both counted from 1."""

    line: int
    column: int


Reference = FigureName
"""Which figure: `key[dimension=value]@Q1#yoy`. `part` names a period inside the report's own (Q1, M03, H1; by place 1Q, 2Q)."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words printed as they stand; a line break in them ends a paragraph."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure to print, with its formats (亿元, 同比, 中文 ...)."""

    reference: Reference
    formats: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Variable:
    """A word that depends on the report: 期间, 单位, the dimension of the list it stands in."""

    name: str
    formats: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Each:
    """`{逐项 dimension 取自 key 分隔 "；"}…{逐项完}`: the body once for every value of the dimension that has rows."""

    dimension: str
    reference: Reference
    separator: str
    body: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Amount:
    """A literal number in a condition, with its unit when one is written."""

    value: Fraction
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Compare:
    """`left operator right`; operator is one of < <= = != >= >."""

    left: Reference | Amount
    operator: str
    right: Reference | Amount


@dataclass(frozen=True, slots=True)
class Known:
    """`有 reference`: the figure exists (its base is not missing, its denominator is not zero)."""

    reference: Reference


@dataclass(frozen=True, slots=True)
class Not:
    inner: Condition


@dataclass(frozen=True, slots=True)
class Both:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """`{如果 condition}` with the words that follow it."""

    condition: Condition
    body: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`{如果 …}…{否则如果 …}…{否则}…{如果完}`."""

    branches: tuple[Branch, ...]
    otherwise: tuple[Node, ...]
    place: Place


Condition = Compare | Known | Not | Both | Either
Node = Text | Slot | Variable | Each | Choice
