"""How well the reader agrees with people: F1 of span, value and unit; accuracy of role, direction, modifier and attachment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from anju.kernel.quantities.rounding import round_half_up
from anju.kernel.reading.figure import ReadFigure
from anju.kernel.reading.gold.annotated import GoldFigure, GoldText
from anju.kernel.reading.reader import read
from anju.kernel.reading.units import read_unit

F1_TARGET, ROLE_TARGET, ATTACHMENT_TARGET = Fraction(97, 100), Fraction(95, 100), Fraction(9, 10)
_CONTEXT = 14


@dataclass(frozen=True, slots=True)
class Disagreement:
    """`kind`: missing, extra, value, role, direction, modifier or attachment; `place` quotes the text around the figure."""

    kind: str
    place: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one text or of several added up."""

    name: str
    gold: int = 0
    read: int = 0
    agreed: int = 0
    """Same span, value and unit."""
    spans: int = 0
    """Same span: the base of the accuracies below."""
    roles: int = 0
    directions: int = 0
    modifiers: int = 0
    attachable: int = 0
    """Figures of equal span that attach to something in the gold or in the reading."""
    attached: int = 0
    disagreements: tuple[Disagreement, ...] = field(default=(), repr=False)

    @property
    def f1(self) -> Fraction:
        return Fraction(2 * self.agreed, self.gold + self.read) if self.gold + self.read else Fraction(1)

    @property
    def reaches_targets(self) -> bool:
        """Whether F1, role and attachment are as good as the project promises."""
        return self.f1 >= F1_TARGET and self.role >= ROLE_TARGET and self.attachment >= ATTACHMENT_TARGET

    @property
    def cells(self) -> tuple[str, ...]:
        """Name, counts and shares with three decimals, for a table."""
        shares = (self.f1, self.role, self.direction, self.modifier, self.attachment)
        return (self.name, str(self.gold), str(self.read), *(str(round_half_up(share, 3)) for share in shares))

    @property
    def role(self) -> Fraction:
        return _share(self.roles, self.spans)

    @property
    def direction(self) -> Fraction:
        return _share(self.directions, self.spans)

    @property
    def modifier(self) -> Fraction:
        return _share(self.modifiers, self.spans)

    @property
    def attachment(self) -> Fraction:
        return _share(self.attached, self.attachable)


def evaluate(gold: GoldText) -> Score:
    """Read the text and compare."""
    reading = read(gold.text)
    wanted = {(figure.start, figure.end): figure for figure in gold.figures}
    seen = {(figure.start, figure.end): figure for figure in reading.figures}
    both = [(wanted[span], seen[span]) for span in sorted(wanted.keys() & seen.keys())]
    notes = [_note("missing", gold.text, figure, _said(figure), "") for span, figure in wanted.items() if span not in seen]
    notes += [_note("extra", gold.text, figure, "", figure.text) for span, figure in seen.items() if span not in wanted]
    agreed = roles = directions = modifiers = attachable = attached = 0
    for expected, found in both:
        same = _same_value(expected, found)
        agreed += same
        roles += expected.role == found.role
        directions += expected.direction == found.direction
        modifiers += expected.modifier == found.modifier
        notes += _differences(gold.text, expected, found, same)
        targets = _target(gold.figures, expected), _target(reading.figures, found)
        if targets != (None, None):
            attachable += 1
            attached += targets[0] == targets[1]
            if targets[0] != targets[1]:
                notes.append(_note("attachment", gold.text, expected, _quote(gold.text, targets[0]), _quote(gold.text, targets[1])))
    return Score(
        gold.name, len(wanted), len(seen), agreed, len(both), roles, directions, modifiers, attachable, attached, tuple(notes)
    )  # fmt: skip


def total(name: str, scores: Iterable[Score]) -> Score:
    """The counts of several texts added up."""
    rows = list(scores)
    counts = ("gold", "read", "agreed", "spans", "roles", "directions", "modifiers", "attachable", "attached")
    return Score(name, **{count: sum(getattr(row, count) for row in rows) for count in counts})


def _same_value(expected: GoldFigure, found: ReadFigure) -> bool:
    wanted, seen = read_unit(expected.unit), read_unit(found.unit)
    unit = (wanted.dimension, wanted.factor) == (seen.dimension, seen.factor)
    return unit and (expected.value, expected.value_max) == (found.value, found.value_max)


def _differences(text: str, expected: GoldFigure, found: ReadFigure, same: bool) -> list[Disagreement]:
    notes = []
    if not same:
        seen = "" if found.value is None else str(found.value)
        notes.append(_note("value", text, expected, _said(expected), f"{seen} {found.unit}"))
    for kind in ("role", "direction", "modifier"):
        if getattr(expected, kind) != getattr(found, kind):
            notes.append(_note(kind, text, expected, str(getattr(expected, kind)), str(getattr(found, kind))))
    return notes


def _target(figures: tuple[GoldFigure, ...] | tuple[ReadFigure, ...], figure: GoldFigure | ReadFigure) -> tuple[int, int] | None:
    if figure.attaches_to is None:
        return None
    target = figures[figure.attaches_to]
    return target.start, target.end


def _note(kind: str, text: str, figure: GoldFigure | ReadFigure, expected: str, found: str) -> Disagreement:
    before = text[max(figure.start - _CONTEXT, 0) : figure.start].replace("\n", "/")
    after = text[figure.end : figure.end + 6].replace("\n", "/")
    return Disagreement(kind, f"{before}【{text[figure.start : figure.end]}】{after}", expected, found)


def _said(figure: GoldFigure) -> str:
    value = "-" if figure.value is None else str(figure.value)
    return f"{value} {figure.unit}"


def _quote(text: str, span: tuple[int, int] | None) -> str:
    return "" if span is None else f"{text[max(span[0] - 6, 0) : span[0]]}【{text[span[0] : span[1]]}】".replace("\n", "/")


def _share(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(1)
