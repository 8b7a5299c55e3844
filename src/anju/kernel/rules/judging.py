"""A rule for one case, with the trace: every step and check in words, with the value and the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from anju.kernel.errors import AnjuError
from anju.kernel.rules.rule import Check, Given, Rule
from anju.kernel.rules.scalar import Value, evaluate
from anju.kernel.rules.showing import UNKNOWN, filled, shown
from anju.kernel.rules.terms import Term

Written = int | bool | date | None


class Verdict(IntEnum):
    """Unknown is not a pass and not a refusal: something has to be found out first."""

    UNKNOWN = -1
    REFUSED = 0
    GRANTED = 1

    @property
    def label(self) -> str:
        return {-1: "待查明", 0: "不符合", 1: "符合"}[self.value]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a trace. `holds`: of a check, None when unknown; always None for a step. `text`: the whole sentence."""

    name: str
    label: str
    value: str
    text: str
    source: str = ""
    is_check: bool = False
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """`amount`: the granted value as stored (fen), 0 when refused, None when unknown. `failed`, `open`: names of checks.

    `missing`: labels of the inputs that have to be found out. `inputs`, `parameters`: what was judged by, as lines.
    """

    verdict: Verdict
    amount: int | None
    lines: tuple[Line, ...]
    inputs: tuple[Line, ...]
    parameters: tuple[Line, ...]
    failed: tuple[str, ...]
    open: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is refused, in words."""
        return tuple(line.text for line in self.lines if line.is_check and line.holds is False)


def stored(rule: Rule, given: Mapping[str, Written]) -> dict[str, Value]:
    """Inputs as the rule computes with them: dates as ordinals. An input left out is unknown.

    Raises AnjuError `rules.unknown_input`, `rules.input_out_of_bounds`.
    """
    strange = sorted(set(given) - set(rule.givens))
    if strange:
        raise AnjuError.of("rules.unknown_input", f"规则“{rule.title}”没有 {'、'.join(strange)} 这项。", advice="请核对名称。")
    found: dict[str, Value] = {}
    for name, one in rule.givens.items():
        value = given.get(name)
        plain = value.toordinal() if isinstance(value, date) else value
        if plain is not None and not one.term.low <= plain <= one.term.high:
            raise out_of_bounds(one)
        found[name] = plain
    return found


def out_of_bounds(one: Given) -> AnjuError:
    """An input that cannot be."""
    least, most = (shown(bound, one.term, one.labels) for bound in (one.term.low, one.term.high))
    return AnjuError.of("rules.input_out_of_bounds", f"“{one.label}”应在{least}至{most}之间。", where=one.label, advice="请核对是否写错。")


def judge(rule: Rule, given: Mapping[str, Written]) -> Judgement:
    """Judge one case and say why."""
    values = stored(rule, given)
    memo: dict[int, Value] = {}
    checked = {check.name: evaluate(check.term, values, memo) for check in rule.checks}
    failed = tuple(name for name, holds in checked.items() if holds is False)
    granted = None if rule.granted is None else evaluate(rule.granted.term, values, memo)
    undecided = [check.term for check in rule.checks if checked[check.name] is None]
    if rule.granted is not None and granted is None:
        undecided.append(rule.granted.term)
    verdict = Verdict.REFUSED if failed else Verdict.UNKNOWN if undecided else Verdict.GRANTED
    return Judgement(
        verdict=verdict,
        amount=None if rule.granted is None or verdict is Verdict.UNKNOWN else int(granted or 0) if verdict is Verdict.GRANTED else 0,
        lines=tuple(_lines(rule, values, memo)),
        inputs=tuple(Line(one.name, one.label, shown(values[one.name], one.term, one.labels), "") for one in rule.givens.values()),
        parameters=tuple(_parameters(rule)),
        failed=failed,
        open=tuple(name for name, holds in checked.items() if holds is None),
        missing=() if failed else _missing(rule, undecided, values),
    )


def _lines(rule: Rule, values: Mapping[str, Value], memo: dict[int, Value]) -> Iterator[Line]:
    for part in rule.parts:
        value = evaluate(part.term, values, memo)
        source = part.source or rule.source
        if isinstance(part, Check):
            holds = None if value is None else bool(value)
            words = part.holds if holds else part.fails
            text = (
                f"{part.label}还不能判定：{filled(part.fails, rule, values, memo)}" if holds is None else filled(words, rule, values, memo)
            )
            yield Line(part.name, part.label, {True: "符合", False: "不符合", None: UNKNOWN}[holds], text, source, True, holds)
        elif value is not None or not part.quiet:
            yield Line(part.name, part.label, shown(value, part.term), filled(part.says, rule, values, memo), source)


def _parameters(rule: Rule) -> Iterator[Line]:
    for value in rule.values.values():
        yield Line(value.name, value.label, shown(value.value, value.term), "", value.source)
    for table in rule.tables.values():
        rows = "；".join(
            f"{table.labels.get(key, key)}：{shown(row, Term('const', unit=table.unit, scale=table.scale))}"
            for key, row in table.rows.items()
        )
        yield Line(table.name, table.label, rows, "", table.source)


def _missing(rule: Rule, terms: list[Term], values: Mapping[str, Value]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    waiting = list(terms)
    while waiting:
        term = waiting.pop()
        if term.op == "given":
            names.setdefault(term.data["name"])
        waiting.extend(term.args)
    return tuple(one.label for name, one in rule.givens.items() if name in names and values[name] is None)
