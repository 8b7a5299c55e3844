"""Check a template against the catalogue of indicators: nothing it mentions may be unknown when somebody builds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from anju.kernel.errors import Problem
from anju.kernel.figures import catalogue, facts
from anju.kernel.figures.indicators import Indicator
from anju.kernel.quantities.units import find_unit
from anju.kernel.reports.findings.relations import Relation
from anju.kernel.reports.language.nodes import Each, Place, Reference, Slot, Variable
from anju.kernel.reports.language.references import NotAReference
from anju.kernel.reports.language.walking import references, slots
from anju.kernel.reports.variables import NAMES
from anju.kernel.reports.wording import CHINESE, read_formats

if TYPE_CHECKING:
    from anju.kernel.reports.template import Template

REGION = "region"
"""The dimension of a list over the regions below the report's own."""

_PART = re.compile(r"Q[1-4]|H[12]|M(?:0[1-9]|1[0-2])|[1-4]Q|[12]H|(?:0?[1-9]|1[0-2])M")


def check_template(template: Template) -> list[Problem]:
    """Everything in the template that the catalogue does not know, with line and column."""
    indicators = catalogue.all_indicators()
    problems: list[Problem] = []

    def complain(place: Place, what: str, advice: str = "") -> None:
        where = f"{template.file}:{place.line}:{place.column}"
        problems.append(Problem("reports.template.unknown", where, what, advice))

    for nodes in (template.body, *template.head_words.values(), *template.attachments):
        for reference, place, inside in references(nodes):
            for what, advice in reference_problems(reference, indicators):
                complain(place, what, advice)
            for what, advice in _list_problems(inside, indicators):
                complain(place, what, advice)
        for node, inside in slots(nodes):
            for what, advice in _variable_problems(node, inside) if isinstance(node, Variable) else _slot_problems(node, indicators):
                complain(node.place, what, advice)
    return problems + check_relations(template.relations)


def check_relations(relations: Iterable[Relation]) -> list[Problem]:
    """Everything in declared relations that the catalogue does not know."""
    indicators = catalogue.all_indicators()
    return [
        Problem("reports.template.unknown", relation.where, what, advice)
        for relation in relations
        for reference in relation.references
        for what, advice in reference_problems(reference, indicators)
    ]


def reference_problems(reference: Reference, indicators: dict[str, Indicator]) -> Iterator[tuple[str, str]]:
    """(what, advice) of everything wrong with a reference."""
    indicator = indicators.get(reference.key)
    if indicator is None:
        near = get_close_matches(reference.key, indicators, n=3)
        yield f"没有名为“{reference.key}”的指标。", f"相近的有：{'、'.join(near)}。" if near else "请在指标目录中查找。"
        return
    if reference.measure == "rank" and not indicator.ranked:
        yield f"“{indicator.name}”没有声明排名。", "请在指标定义里写rank，或去掉“排名”。"
    if reference.part and _PART.fullmatch(reference.part) is None:
        yield (
            f"“@{reference.part}”不是报告期的一部分。",
            "可写@1Q（报告期内第一个季度）、@2Q、@1H、@1M等，或@Q1至@Q4、@H1、@H2、@M01至@M12。",
        )
    for name, _ in reference.filters:
        if name != REGION and not has_dimension(indicator, name):
            yield f"“{indicator.name}”的数据里没有“{name}”这一列。", f"可用的列：{'、'.join(dimensions(indicator))}。"


def has_dimension(indicator: Indicator, name: str) -> bool:
    """True when every fact the indicator rests on has this column."""
    return name in dimensions(indicator)


def dimensions(indicator: Indicator) -> list[str]:
    """The columns common to the facts the indicator rests on."""
    leaves = catalogue.catalogue().leaves(indicator)
    columns = [set(facts.fact(leaf.fact).columns) for leaf in leaves if leaf.fact]
    return sorted(set.intersection(*columns)) if columns else []


def _list_problems(inside: tuple[Each, ...], indicators: dict[str, Indicator]) -> Iterator[tuple[str, str]]:
    for each in inside:
        indicator = indicators.get(each.reference.key)
        if indicator is not None and each.dimension != REGION and not has_dimension(indicator, each.dimension):
            yield f"逐项的“{each.dimension}”不是“{indicator.name}”数据里的列。", f"可用的列：{'、'.join(dimensions(indicator))}、{REGION}。"


def _slot_problems(slot: Slot, indicators: dict[str, Indicator]) -> Iterator[tuple[str, str]]:
    try:
        shape = read_formats(slot.formats)
    except NotAReference as error:
        yield f"{error}。", ""
        return
    indicator = indicators.get(slot.reference.key)
    if indicator is None:
        return
    if shape.measure and slot.reference.measure not in ("value", shape.measure):
        yield f"“#{slot.reference.measure}”与格式“{slot.formats[0]}”互相矛盾。", "两者只写一个。"
    if shape.measure == "rank" and not indicator.ranked:
        yield f"“{indicator.name}”没有声明排名。", "请在指标定义里写rank，或去掉“排名”。"
    wanted = find_unit(shape.unit) if shape.unit else None
    if wanted is not None and wanted.dimension != indicator.unit.dimension:
        yield f"“{indicator.name}”以{indicator.unit.name}计，不能写成{wanted.name}。", "请换成同一类量的单位。"


def _variable_problems(variable: Variable, inside: tuple[Each, ...]) -> Iterator[tuple[str, str]]:
    known = (*NAMES, *(each.dimension for each in inside))
    if variable.name not in known:
        near = get_close_matches(variable.name, known, n=2, cutoff=0.4)
        yield (
            f"不认识“{{{variable.name}}}”。",
            f"可用的有：{'、'.join(near or known)}。" + "指标要写全名，例如market.new_homes.sold_units。",
        )
    for word in variable.formats:
        if word != CHINESE:
            yield f"“{{{variable.name}}}”不能用格式“{word}”。", "变量只能用“中文”。"
