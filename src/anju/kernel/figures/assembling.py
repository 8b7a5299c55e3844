"""From solved questions to figures: the measure asked for, rounded once, with its words and its formula."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from anju.kernel.figures import deriving
from anju.kernel.figures.deriving import Answers, Solved, solve
from anju.kernel.figures.explaining import formula_of, number_text
from anju.kernel.figures.figure import Figure, Missing
from anju.kernel.figures.planning import Plan
from anju.kernel.figures.presenting import present, value_text
from anju.kernel.figures.references import filters_text, measure_text
from anju.kernel.figures.wording import change_text, growth_text, missing_text, zero_base_text
from anju.kernel.quantities.rounding import round_to
from anju.kernel.quantities.text import plain, readable

POINTS = "个百分点"


def assemble(plan: Plan, answers: Answers, snapshot: int | None) -> Figure:
    """The figure of a plan, ranks excepted (see `ranking`)."""
    now = solve(plan.now, answers)
    figure = value_figure(now, snapshot)
    if plan.request.measure == "share":
        assert plan.whole is not None
        return _share(figure, value_figure(solve(plan.whole, answers), snapshot), plan)
    if plan.base is None:
        return figure
    return _against_base(figure, value_figure(solve(plan.base, answers), snapshot), plan, answers)


def value_figure(solved: Solved, snapshot: int | None) -> Figure:
    """The value itself, with the figures it is computed from as parts."""
    question, indicator = solved.question, solved.question.indicator
    figure = Figure(
        reference=indicator.key + filters_text(question.filters),
        key=indicator.key,
        measure="value",
        name=indicator.name,
        value=solved.value,
        unit=indicator.unit.name,
        shown=None,
        show_unit=(indicator.show or indicator.unit).name,
        text="",
        period=question.period,
        region=question.region,
        bureau_id=question.bureau_id,
        filters=question.filters,
        as_of=question.period.end,
        rows=solved.rows,
        version=indicator.version,
        snapshot=snapshot,
        missing=solved.missing,
        parts=tuple(value_figure(each, snapshot) for each in solved.inputs),
        rounding=indicator.rounding,
    )
    if solved.value is None:
        assert solved.missing is not None
        figure = replace(figure, text=missing_text(solved.missing))
    else:
        shown, unit = present(solved.value, indicator)
        figure = replace(figure, shown=shown, show_unit=unit.name, text=value_text(shown, unit.name))
    return replace(figure, formula=formula_of(indicator, figure))


def _against_base(now: Figure, base: Figure, plan: Plan, answers: Answers) -> Figure:
    """yoy, mom and change: in percent for amounts, in 个百分点 for rates (invariant 17), the change in the unit shown."""
    indicator, measure = plan.now.indicator, plan.request.measure
    assert plan.base is not None
    notes: tuple[str, ...] = ()
    figure = replace(
        now, reference=now.reference + measure_text(measure), measure=measure, base=base, parts=(now,), value=None, shown=None, formula=""
    )
    change = deriving.scope_change_between(plan.now, plan.base.period)
    if change is not None:
        notes = (f"可比口径：{change.note}" if change.comparable else f"口径调整：{change.note}",)
        figure = replace(figure, notes=notes)
    if indicator.is_date:
        return _without_number(figure, "no_growth")
    if now.value is None:
        return replace(figure, text=now.text)
    if change is not None and not change.comparable:
        return _without_number(figure, "scope_change")
    if base.value is None or not deriving.was_recorded(plan.base, answers):
        return _without_number(figure, "no_base")
    if measure == "change" or indicator.is_rate:
        return _difference(figure, now.value - base.value, plan)
    value, missing = deriving.growth(now.value, base.value)
    if value is None:
        assert missing is not None
        if missing == "negative_base":
            worded = _difference(figure, now.value - base.value, plan, words="change").text
        else:
            worded = zero_base_text(measure, now_is_zero=now.value == 0)
        return replace(figure, missing=missing, text=worded, unit="%", show_unit="%")
    shown = round_to(value, indicator.growth_round, indicator.rounding)
    before = number_text(base)
    formula = f"（{number_text(now)} − {before}）÷ {before} × 100% = {readable(plain(shown))}%"
    text = growth_text(measure, shown, "%")
    return replace(figure, value=value, unit="%", shown=shown, show_unit="%", text=text, formula=formula)


def _difference(figure: Figure, value: Fraction, plan: Plan, words: str = "") -> Figure:
    indicator, base = plan.now.indicator, figure.base
    assert base is not None
    if indicator.is_rate:
        shown, unit, own = round_to(value, indicator.round, indicator.rounding), POINTS, POINTS
    else:
        shown, measured = present(value, indicator)
        unit, own = measured.name, indicator.unit.name
    measure = plan.request.measure
    worded = growth_text(measure, shown, unit) if measure != "change" and not words else change_text(measure, shown, unit)
    formula = f"{number_text(figure.parts[0])} − {number_text(base)} = {readable(plain(shown))}{unit}"
    return replace(figure, value=value, unit=own, shown=shown, show_unit=unit, text=worded, formula=formula)


def _without_number(figure: Figure, missing: Missing) -> Figure:
    return replace(figure, missing=missing, text=missing_text(missing), unit="%", show_unit="%")


def _share(now: Figure, whole: Figure, plan: Plan) -> Figure:
    figure = replace(
        now,
        reference=now.reference + "#share",
        measure="share",
        unit="%",
        show_unit="%",
        parts=(now, whole),
        value=None,
        shown=None,
        formula="",
    )
    if now.value is None or not whole.value:
        return replace(figure, missing="zero_denominator", text=missing_text("zero_denominator"))
    value = now.value / whole.value * 100
    shown = round_to(value, plan.now.indicator.growth_round, plan.now.indicator.rounding)
    text = value_text(shown, "%")
    return replace(figure, value=value, shown=shown, text=text, formula=f"{number_text(now)} ÷ {number_text(whole)} × 100% = {text}")
