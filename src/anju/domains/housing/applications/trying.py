"""我能申请什么: what the rules of a place would say of what somebody tells of their household. Nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from anju.domains.housing.rules.from_basis import letting_terms, new_worker_terms, rent_terms
from anju.domains.housing.rules.new_worker import new_worker
from anju.domains.housing.rules.public_rental import public_rental
from anju.domains.housing.rules.rent_subsidy import rent_eligibility
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.basis import Basis
from anju.kernel.rules.judging import Judgement, judge
from anju.kernel.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells; None where nothing was said. `income`, `assets`, `month_rent` in fen, `own_area` in millionths of ㎡."""

    persons: int
    tier: int | None = None
    income: int | None = None
    assets: int | None = None
    own_area: int | None = None
    insured: int | None = None
    month_rent: int | None = None
    degree: int | None = None
    graduated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says of a product, or why it cannot be said here."""

    product: str
    judgement: Judgement | None
    source: str = ""
    problem: str = ""


def answers(told: Told, region_code: str, on: date) -> list[Answer]:
    """One answer a product, by the parameters in force in the region on the day."""
    rules: tuple[tuple[str, Callable[[Basis], Rule]], ...] = (
        ("公共租赁住房", lambda basis: public_rental(letting_terms(basis))),
        ("住房租赁补贴", lambda basis: rent_eligibility(rent_terms(basis))),
        ("新就业无房职工租房补贴", lambda basis: new_worker(new_worker_terms(basis))),
    )
    with using_scope(Scope.system()):
        return [_answer(product, make, told, region_code, on) for product, make in rules]


def _answer(product: str, make: Callable[[Basis], Rule], told: Told, region_code: str, on: date) -> Answer:
    try:
        rule = make(Basis.on(on, region_code))
    except AnjuError as error:
        if error.problems[0].code != "parameters.not_found":
            raise
        return Answer(product, None, problem="本地还没有公布这一项的标准，请到窗口咨询。")
    inputs = _inputs(told, on)
    asked = {name: value for name, value in inputs.items() if name in rule.givens}
    return Answer(product, judge(rule, asked), rule.source)


def _inputs(told: Told, on: date) -> dict[str, Any]:
    return {
        "persons": told.persons, "tier": told.tier, "income": told.income, "assets": told.assets, "own_area": told.own_area,
        "judged_on": on, "sanctioned": False, "returned_on": None, "insured": told.insured, "month_rent": told.month_rent,
        "degree": told.degree, "graduated_on": told.graduated_on, "applied_on": on,
        "no_home": None if told.own_area is None else told.own_area == 0, "other_support": False, "months_used": 0,
    }  # fmt: skip
