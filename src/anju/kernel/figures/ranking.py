"""The place of a region among its siblings: computed on unrounded values, the set named, other regions' values kept back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from anju.kernel.access.scope import Scope
from anju.kernel.figures.assembling import value_figure
from anju.kernel.figures.deriving import Answers, positions, solve
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.planning import Plan
from anju.kernel.figures.wording import missing_text, rank_text

_TIES = {"competition": "并列的名次相同、其后顺延", "dense": "并列的名次相同、其后不空名次"}


def rank_figure(plan: Plan, answers: Answers, snapshot: int | None, reader: Scope) -> Figure:
    """`parts`: the reader's own value and those of the siblings the reader's scope covers. The rest give their names only."""
    indicator, region = plan.now.indicator, plan.now.region
    solved = {rival.region: solve(rival.question, answers) for rival in plan.rivals}
    values = {code: each.value for code, each in solved.items() if each.value is not None and each.rows > 0}
    names = {rival.region: rival.name for rival in plan.rivals}
    own = value_figure(solve(plan.now, answers), snapshot)
    visible = tuple(
        value_figure(each, snapshot)
        for code, each in solved.items()
        if code != region and reader.bureau_id is None and reader.covers_region(code) and code in values
    )
    figure = replace(own, reference=own.reference + "#rank", measure="rank", unit="位", show_unit="位", parts=(own, *visible), base=None)
    absent = [names[code] for code in solved if code not in values]
    notes: tuple[str, ...] = (f"参加排名的地区（{len(values)}个）：{'、'.join(names[code] for code in values)}",)
    if absent:
        notes += (f"没有数据、未参加排名：{'、'.join(absent)}",)
    if region not in values:
        return replace(figure, value=None, shown=None, missing="not_ranked", text=missing_text("not_ranked"), formula="", notes=notes)
    places = positions(values, indicator.rank)
    place = places[region]
    tied = sum(1 for each in places.values() if each == place) > 1
    order = "从高到低" if indicator.rank.order == "desc" else "从低到高"
    text = rank_text(place, tied=tied)
    ties = _TIES[indicator.rank.ties]
    formula = f"{len(values)}个地区按“{indicator.name}”未取舍的值{order}排，{names[region]}居{text}；{ties}"
    return replace(figure, value=Fraction(place), shown=Decimal(place), missing=None, text=text, formula=formula, notes=notes)
