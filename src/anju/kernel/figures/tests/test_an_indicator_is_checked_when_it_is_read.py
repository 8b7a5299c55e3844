"""Every mistake is named with its file and line, all at once (invariants 7, 80 and 82)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from anju.kernel.errors import AnjuError
from anju.kernel.figures.conditions import both, compares, is_null, is_one_of, negated, some
from anju.kernel.figures.tests.catalogue_samples import AMOUNT, UNITS, load_text


def problems(folder: Path, *texts: str) -> list[tuple[str, str]]:
    with pytest.raises(AnjuError) as refused:
        load_text(folder, *texts)
    assert all(problem.what for problem in refused.value.problems)
    return [(problem.code, problem.where) for problem in refused.value.problems]


def changed(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def test_a_good_file_is_read(tmp_path: Path) -> None:
    catalogue = load_text(tmp_path, UNITS, AMOUNT)
    amount = catalogue.get("market.amount")
    assert (amount.unit.name, amount.show and amount.show.name, amount.round) == ("元", "亿元", 2)
    assert amount.where_place == "domains/s1/indicators.yaml:1"
    assert amount.owner == "s1"


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("fact: sale_contract", "fact: sale_contrat", "figures.unknown_fact", 4),
        ("by: filed_on", "by: filled_on", "figures.unknown_column", 6),
        ("by: filed_on", "by: building", "figures.not_a_date", 6),
        ("by: filed_on", "stock: {from: filed_on, to: building}", "figures.not_a_date", 6),
        ("by: filed_on", "cumulative: {by: filed_on, since: yesterday}", "figures.bad_field", 6),
        ("by: filed_on", "by: filed_on\n  stock: {from: filed_on}", "figures.one_time", 7),
        ("  by: filed_on\n", "", "figures.one_time", 1),
        ("count: rows", "count: 3", "figures.bad_field", 5),
        ("count: rows", "count: rows\n  sum: batch", "figures.one_kind", 6),
        ("  count: rows\n", "", "figures.one_kind", 1),
        ("count: rows", "distinct: nobody", "figures.unknown_column", 5),
        ("  source: 网签备案\n", "", "figures.missing_field", 1),
        ("source: 网签备案", "source: '  '", "figures.missing_field", 7),
        ("  meaning: 备案合同份数。\n", "", "figures.missing_field", 1),
        ("  unit: 套\n", "", "figures.missing_field", 1),
        ("unit: 套", "unit: 光年", "quantities.unknown_unit", 3),
        ("unit: 套", "unit: 套\n  show: 万㎡", "quantities.unit_mismatch", 4),
        ("unit: 套", "unit: 套\n  round: two", "figures.bad_field", 4),
        ("unit: 套", "unit: 套\n  colour: red", "figures.unknown_field", 4),
        ("unit: 套", "unit: 套\n  unit: 户", "declarations.yaml", 4),
        ("unit: 套", "unit: 套\n  better: more", "figures.bad_field", 4),
        ("unit: 套", "unit: 套\n  rank: {ties: olympic}", "figures.bad_field", 4),
        ("unit: 套", "unit: 套\n  scope_change: [{on: soon, note: x}]", "figures.bad_field", 4),
        ("count: rows", "count: rows\n  where: {colour: red}", "figures.unknown_column", 6),
        ("count: rows", "count: rows\n  where: {use: industrial}", "figures.bad_literal", 6),
        ("count: rows", "count: rows\n  where:\n    use: residential\n    state: [filed, sold]", "figures.bad_literal", 8),
        ("count: rows", "count: rows\n  where: {amount: {gte: much}}", "figures.bad_literal", 6),
        ("count: rows", "count: rows\n  where: {area: 0.001}", "figures.bad_literal", 6),
        ("count: rows", "count: rows\n  where: {filed_on: {lt: 2023-02-31}}", "declarations.yaml", 6),
        ("count: rows", "count: rows\n  where: {filed_on: {lt: '2023-02-31'}}", "figures.bad_literal", 6),
        ("count: rows", "count: rows\n  where: {building: {gt: A}}", "figures.bad_where", 6),
        ("count: rows", "count: rows\n  where: {building: 3}", "figures.bad_literal", 6),
        ("count: rows", "count: rows\n  where: {amount: {near: 3}}", "figures.bad_where", 6),
        ("count: rows", "count: rows\n  where: {paid_on: {is_null: maybe}}", "figures.bad_where", 6),
        ("count: rows", "count: rows\n  where: {any: 3}", "figures.bad_where", 6),
        ("count: rows", "count: rows\n  where: {state: []}", "figures.bad_where", 6),
        ("count: rows", "count: rows\n  where: {buyer_id: '123'}", "figures.bad_literal", 6),
        ("count: rows", "count: rows\n  where: x", "figures.bad_where", 6),
        ("unit: 套", "unit: 套\n  of_which: market.total", "figures.unknown_indicator", 1),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    found = problems(tmp_path, changed(UNITS, (old, new)))
    assert (code, f"domains/s0/indicators.yaml:{line}") in found


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("unit: 元", "unit: ㎡", "quantities.unit_mismatch"),
        ("sum: amount", "sum: area", "quantities.unit_mismatch"),
        ("sum: amount", "sum: score", "quantities.unit_mismatch"),
        ("sum: amount", "sum: building", "figures.not_a_number"),
        ("  round: 2\n", "", "figures.missing_field"),
    ],
)
def test_invariant_80_and_82_unit_and_decimals(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert code in [found for found, _ in problems(tmp_path, changed(AMOUNT, (old, new)))]


def test_all_mistakes_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    first = changed(UNITS, ("unit: 套", "unit: 光年"), ("by: filed_on", "by: nothing"))
    second = changed(AMOUNT, ("fact: sale_contract", "fact: nothing"))
    assert problems(tmp_path, first, second) == [
        ("quantities.unknown_unit", "domains/s0/indicators.yaml:3"),
        ("figures.unknown_column", "domains/s0/indicators.yaml:6"),
        ("figures.unknown_fact", "domains/s1/indicators.yaml:6"),
    ]


def test_a_file_that_is_no_yaml_says_where(tmp_path: Path) -> None:
    assert problems(tmp_path, "a.b:\n  name: [x\n") == [("declarations.yaml", "domains/s0/indicators.yaml:3")]
    assert problems(tmp_path, "- a\n")[0][0] == "declarations.yaml"
    assert problems(tmp_path, "Sold: {}\n")[0] == ("figures.bad_key", "domains/s0/indicators.yaml:1")
    assert problems(tmp_path, "a.b: 3\n")[0] == ("figures.bad_field", "domains/s0/indicators.yaml:1")


def test_a_file_that_explodes_is_refused(tmp_path: Path) -> None:
    levels = [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 9)]
    found = problems(tmp_path, "\n".join(["a0: &a0 [x]", *levels]))
    assert "declarations.yaml" in [code for code, _ in found]


DERIVED = """
market.price:
  name: 均价
  unit: 元/㎡
  round: 0
  average: {of: market.amount, over: market.area}
  source: 网签备案
  meaning: 额除以面积。
"""
AREA = changed(
    AMOUNT, ("market.amount", "market.area"), ("unit: 元", "unit: ㎡"), ("show: 亿元", "show: 万㎡"), ("sum: amount", "sum: area")
)


def test_an_average_has_the_unit_of_its_parts(tmp_path: Path) -> None:
    assert load_text(tmp_path, AMOUNT, AREA, DERIVED).get("market.price").inputs == ("market.amount", "market.area")
    assert problems(tmp_path, AMOUNT, AREA, changed(DERIVED, ("unit: 元/㎡", "unit: 元/户")))[0][0] == "quantities.unit_mismatch"
    assert problems(tmp_path, AMOUNT, AREA, changed(DERIVED, ("unit: 元/㎡", "unit: '%'")))[0][0] == "quantities.unit_mismatch"


def test_a_ratio_may_span_facts_but_not_kinds(tmp_path: Path) -> None:
    task = changed(
        UNITS,
        ("market.sold_units", "delivery.task"),
        ("sale_contract", "delivery_task"),
        ("count: rows", "sum: units"),
        ("filed_on", "due_on"),
    )
    rate = changed(
        DERIVED,
        ("unit: 元/㎡", "unit: '%'"),
        ("average: {of: market.amount, over: market.area}", "completion: {of: market.sold_units, target: delivery.task}"),
    )
    assert load_text(tmp_path, UNITS, task, rate).get("market.price").is_rate
    households = changed(UNITS, ("unit: 套", "unit: 户"))
    assert problems(tmp_path, households, task, rate) == [("quantities.unit_mismatch", "domains/s2/indicators.yaml:1")]


def test_what_is_referred_to_must_exist(tmp_path: Path) -> None:
    assert problems(tmp_path, AMOUNT, DERIVED) == [("figures.unknown_indicator", "domains/s1/indicators.yaml:1")]


def test_a_broken_part_is_reported_once_and_not_as_unknown(tmp_path: Path) -> None:
    codes = [code for code, _ in problems(tmp_path, AMOUNT, changed(AREA, ("sum: area", "sum: nothing")), DERIVED)]
    assert codes == ["figures.unknown_column"]


def test_a_cycle_is_named(tmp_path: Path) -> None:
    first = changed(DERIVED, ("market.price", "market.a"), ("market.amount", "market.b"), ("market.area", "market.b"))
    second = changed(first, ("market.a:", "market.b:"), ("of: market.b", "of: market.a"), ("over: market.b", "over: market.a"))
    found = problems(tmp_path, first + second)
    assert "figures.cycle" in [code for code, _ in found]


def test_sums_take_only_what_adds_up(tmp_path: Path) -> None:
    total = changed(DERIVED, ("average: {of: market.amount, over: market.area}", "sum_of: [market.amount, market.sold_units]"))
    assert "quantities.unit_mismatch" in [code for code, _ in problems(tmp_path, UNITS, AMOUNT, total)]
    rates = changed(
        DERIVED,
        ("market.price", "market.total"),
        ("average: {of: market.amount, over: market.area}", "sum_of: [market.price, market.amount]"),
    )
    assert "figures.not_additive" in [code for code, _ in problems(tmp_path, AMOUNT, AREA, DERIVED, rates)]


def test_invariant_06_distinct_counts_are_not_added(tmp_path: Path) -> None:
    buyers = changed(UNITS, ("market.sold_units", "market.buyers"), ("count: rows", "distinct: buyer_id"))
    total = changed(
        DERIVED,
        ("unit: 元/㎡", "unit: 套"),
        ("average: {of: market.amount, over: market.area}", "sum_of: [market.sold_units, market.buyers]"),
    )
    assert problems(tmp_path, UNITS, buyers, total) == [("figures.not_additive", "domains/s2/indicators.yaml:1")]


def test_one_key_is_defined_once(tmp_path: Path) -> None:
    assert problems(tmp_path, UNITS, UNITS) == [("figures.indicator_twice", "domains/s1/indicators.yaml:1")]


def test_invariant_07_a_part_is_of_its_whole(tmp_path: Path) -> None:
    part = changed(
        UNITS,
        ("market.sold_units", "market.residential"),
        ("count: rows", "count: rows\n  where: {use: residential}\n  of_which: market.sold_units"),
    )
    assert load_text(tmp_path, UNITS, part).get("market.residential").of_which == "market.sold_units"
    assert "figures.not_part_of" in [code for code, _ in problems(tmp_path, UNITS, changed(part, ("by: filed_on", "by: paid_on")))]


VERSIONS = """
  versions:
    - {version: 1, from: 2020-01-01, where: {use: residential}}
    - {version: 2, from: 2023-01-01, to: 2023-12-31}
"""


def test_versions_follow_each_other(tmp_path: Path) -> None:
    catalogue = load_text(tmp_path, UNITS.rstrip() + VERSIONS)
    assert catalogue.get("market.sold_units", date(2022, 12, 31)).version == 1
    assert catalogue.get("market.sold_units", date(2023, 1, 1)).version == 2
    assert catalogue.get("market.sold_units", date(2022, 1, 1)).where == is_one_of("use", ["residential"])
    with pytest.raises(AnjuError) as refused:
        catalogue.get("market.sold_units", date(2024, 1, 1))
    assert refused.value.problems[0].code == "figures.no_version"


def test_versions_do_not_overlap(tmp_path: Path) -> None:
    overlapping = changed(UNITS.rstrip() + VERSIONS, ("from: 2020-01-01", "from: 2020-01-01, to: 2023-01-01"))
    assert "figures.version_overlap" in [code for code, _ in problems(tmp_path, overlapping)]
    assert "figures.version_twice" in [
        code for code, _ in problems(tmp_path, changed(UNITS.rstrip() + VERSIONS, ("version: 2", "version: 1")))
    ]


def test_conditions_become_one_normal_form(tmp_path: Path) -> None:
    def where(written: str) -> object:
        return load_text(tmp_path, changed(UNITS, ("count: rows", f"count: rows\n  where: {written}"))).get("market.sold_units").where

    assert where("{use: residential, state: [registered, filed]}") == where("{state: [filed, registered, filed], use: [residential]}")
    assert where("{amount: {gte: 1.5}}") == compares("amount", "gte", 1_500_000)  # written in 万元, held in fen
    assert where("{area: {gt: 90}}") == compares("area", "gt", 9000)
    assert where("{unit_price: {lt: 4687.5}}") == compares("unit_price", "lt", 468750)
    assert where("{month: 2023-06}") == is_one_of("month", [date(2023, 6, 1)])
    assert where("{paid_on: {is_null: false}}") == is_null("paid_on", False)
    assert where("{not: {use: residential}}") == where("{use: {not: residential}}") == negated(is_one_of("use", ["residential"]))
    assert where("{any: [{use: residential}, {batch: 10}], state: filed}") == both(
        some([is_one_of("batch", [10]), is_one_of("use", ["residential"])]), is_one_of("state", ["filed"])
    )
