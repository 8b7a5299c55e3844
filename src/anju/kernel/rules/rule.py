"""A rule: inputs, parameters, named steps, checks and an amount; written with `Draft`, read by `judging` and `running`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from anju.kernel.rules.parameters import Table, Value
from anju.kernel.rules.terms import LAST_DAY, Kind, RuleError, Term

MAX_CHECKS, LAST_CODE = 62, 999
SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Given:
    """An input. `labels`: what the codes of a code input are called."""

    name: str
    label: str
    term: Term
    labels: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A named term. `says`: how it comes about, a Chinese sentence with {name} for inputs, parameters and steps.

    `quiet`: told only when it is known, because it matters to few.
    """

    name: str
    label: str
    term: Term
    says: str = ""
    source: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """A condition somebody must meet. `holds`, `fails`: what to say, with {name} slots."""

    name: str
    label: str
    term: Term
    holds: str
    fails: str
    source: str = ""


@dataclass(frozen=True)
class Rule:
    """A finished rule. `amount` names the step whose value is granted; None for a rule of eligibility alone."""

    name: str
    title: str
    source: str
    givens: Mapping[str, Given]
    values: Mapping[str, Value]
    tables: Mapping[str, Table]
    parts: tuple[Step | Check, ...]
    amount: str | None

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The checks in the order they are made."""
        return tuple(part for part in self.parts if isinstance(part, Check))

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """The steps by name."""
        return {part.name: part for part in self.parts if isinstance(part, Step)}

    @cached_property
    def granted(self) -> Step | None:
        """The step whose value is granted."""
        return None if self.amount is None else self.steps[self.amount]


class Draft:
    """Writes a rule. Every name is used once (checks have names of their own); a slot of a sentence names something written before it."""

    def __init__(self, name: str, title: str, *, source: str) -> None:
        self.name, self.title, self.source = name, title, source
        self._givens: dict[str, Given] = {}
        self._values: dict[str, Value] = {}
        self._tables: dict[str, Table] = {}
        self._parts: list[Step | Check] = []

    def number(self, name: str, label: str, *, most: int, least: int = 0, unit: str = "", scale: int = 0) -> Term:
        """A whole or decimal input, stored between `least` and `most`; what lies beyond is refused, not computed with."""
        return self._given(name, label, Term("given", unit=unit, scale=scale, low=least, high=most, data={"name": name}), {})

    def truth(self, name: str, label: str) -> Term:
        """An input that is true, false or unknown."""
        return self._given(name, label, Term("given", kind="truth", data={"name": name}), {})

    def day(self, name: str, label: str) -> Term:
        """A date."""
        return self._given(name, label, Term("given", kind="date", high=LAST_DAY, data={"name": name}), {})

    def code(self, name: str, label: str, labels: Mapping[int, str]) -> Term:
        """One of a few codes."""
        return self._given(name, label, Term("given", kind="code", high=LAST_CODE, data={"name": name}), labels)

    def value(self, value: Value) -> Term:
        """A parameter in force."""
        self._once(value.name)
        self._values[value.name] = value
        return value.term

    def table(self, table: Table, key: Term) -> Term:
        """The value of a parameter table for a key."""
        if self._tables.setdefault(table.name, table) is not table:
            raise RuleError(f"“{table.name}” is already another table")
        return table.at(key)

    def step(self, name: str, label: str, term: Term, says: str = "", *, source: str = "", quiet: bool = False) -> Term:
        """Name a term: it gets a line in the trace."""
        self._add(Step(name, label, term, says, source, quiet), says)
        return term

    def check(self, name: str, label: str, term: Term, *, holds: str, fails: str, source: str = "") -> None:
        """Require a condition."""
        if term.kind != "truth":
            raise RuleError(f"check “{name}” is no condition")
        self._add(Check(name, label, term, holds, fails, source), holds + fails)

    def rule(self, amount: str | None = None) -> Rule:
        """The finished rule."""
        rule = Rule(self.name, self.title, self.source, self._givens, self._values, self._tables, tuple(self._parts), amount)
        if amount is not None and rule.steps[amount].term.kind != "number":
            raise RuleError("an amount is a number")
        if len(rule.checks) > MAX_CHECKS:
            raise RuleError("too many checks for one rule")
        return rule

    def _given(self, name: str, label: str, term: Term, labels: Mapping[int, str]) -> Term:
        self._once(name)
        self._givens[name] = Given(name, label, term, labels)
        return term

    def _add(self, part: Step | Check, words: str) -> None:
        if isinstance(part, Step):
            self._once(part.name)
        elif any(isinstance(other, Check) and other.name == part.name for other in self._parts):
            raise RuleError(f"check “{part.name}” is written twice")
        for slot in SLOT.findall(words):
            if not self._holds(slot):
                raise RuleError(f"“{part.name}” speaks of “{slot}”, which was not written before")
        self._parts.append(part)

    def _once(self, name: str) -> None:
        if self._holds(name):
            raise RuleError(f"“{name}” is written twice")

    def _holds(self, name: str) -> bool:
        return (
            name in self._givens
            or name in self._values
            or name in self._tables
            or any(isinstance(part, Step) and part.name == name for part in self._parts)
        )


__all__ = ["Check", "Draft", "Given", "Kind", "Rule", "Step"]
