"""Checks between indicators: what they refer to exists, fits in unit, has no cycle; versions do not overlap; invariant 80."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise

from anju.kernel.errors import Problem
from anju.kernel.figures.indicators import EXTREMES, QUOTIENTS, Indicator
from anju.kernel.quantities.units import RATE, quotient_dimension

Versions = Mapping[str, Sequence[Indicator]]
MAX_DEPTH = 8


def check_all(versions: Versions, known: frozenset[str]) -> list[Problem]:
    """Every problem between indicators. `known`: all keys written anywhere, also those that could not be read."""
    problems = list(_cycles(versions))
    for each in versions.values():
        problems.extend(_overlaps(each))
        for indicator in each:
            problems.extend(_inputs(indicator, versions, known))
            problems.extend(_of_which(indicator, versions, known))
    return problems


def _problem(indicator: Indicator, code: str, what: str, advice: str) -> Problem:
    return Problem(code, indicator.where_place, f"{indicator.key}：{what}。", f"{advice}。")


def _overlaps(versions: Sequence[Indicator]) -> Iterator[Problem]:
    ordered = sorted(versions, key=lambda each: each.valid_from)
    for each in ordered:
        if each.valid_from > each.valid_to:
            yield _problem(each, "figures.version_dates", f"版本{each.version}的from晚于to", "请核对起止日期")
    for first, second in pairwise(ordered):
        if second.version == first.version:
            yield _problem(second, "figures.version_twice", f"版本号{second.version}用了两次", "每个版本用自己的号")
        if second.valid_from == first.valid_from or first.valid_to >= second.valid_from:
            what = f"版本{first.version}与版本{second.version}的有效期重叠"
            yield _problem(second, "figures.version_overlap", what, f"前一版本应止于{second.valid_from - timedelta(days=1)}")


def _inputs(indicator: Indicator, versions: Versions, known: frozenset[str]) -> Iterator[Problem]:
    for key in indicator.inputs:
        if key not in known:
            yield _problem(indicator, "figures.unknown_indicator", f"没有名为“{key}”的指标", "请核对指标的键")
    inputs = [versions[key][-1] for key in indicator.inputs if versions.get(key)]
    if len(inputs) != len(indicator.inputs) or not inputs:
        return
    if indicator.kind in QUOTIENTS:
        yield from _quotient(indicator, *inputs)
        return
    for part in inputs:
        if part.unit.dimension != indicator.unit.dimension:
            what = f"“{part.name}”的单位是{part.unit.name}，不能加进以{indicator.unit.name}计的“{indicator.name}”"
            yield _problem(indicator, "quantities.unit_mismatch", what, "只有同一类量才能相加")
        elif part.kind in QUOTIENTS:
            yield _problem(indicator, "figures.not_additive", f"“{part.name}”是比率或均价，不能相加", "请由各自的分子、分母合计后再除")
        elif part.kind in EXTREMES:
            yield _problem(indicator, "figures.not_additive", f"“{part.name}”是一个最值，不能相加", "请改用sum合计")
        elif part.kind == "distinct":
            what = f"“{part.name}”是去重后的数，同一个可能在两边都有，不能相加"
            yield _problem(indicator, "figures.not_additive", what, "请在一个事实上去重计数")


def _quotient(indicator: Indicator, above: Indicator, below: Indicator) -> Iterator[Problem]:
    if indicator.inverse:
        above, below = below, above
    for part in (above, below):
        if part.is_date:
            yield _problem(indicator, "quantities.unit_mismatch", f"“{part.name}”是日期，不能相除", "请换成数量")
            return
    got, wanted = quotient_dimension(above.unit, below.unit), indicator.unit.dimension
    if got == wanted or (got == RATE and wanted == "pure"):
        return
    what = f"{above.unit.name}除以{below.unit.name}得不到{indicator.unit.name}"
    yield _problem(indicator, "quantities.unit_mismatch", what, "请核对unit和所用的两个指标")


def _of_which(indicator: Indicator, versions: Versions, known: frozenset[str]) -> Iterator[Problem]:
    """Invariant 7: a part has the unit, the date and the scope of its whole."""
    if indicator.of_which is None:
        return
    if indicator.of_which not in known:
        yield _problem(indicator, "figures.unknown_indicator", f"没有名为“{indicator.of_which}”的指标", "请核对of_which")
        return
    if not versions.get(indicator.of_which):
        return
    whole = versions[indicator.of_which][-1]
    if (whole.unit.dimension, whole.time, whole.fact, whole.column) != (
        indicator.unit.dimension,
        indicator.time,
        indicator.fact,
        indicator.column,
    ):
        what = f"与“{whole.name}”的单位、日期或范围不同，不能说是“其中”"
        yield _problem(indicator, "figures.not_part_of", what, "请让两者取同一事实、同一列、同一日期，只多一个条件")


def _cycles(versions: Versions) -> Iterator[Problem]:
    done: set[str] = set()
    for key in versions:
        path: list[str] = []
        trail = _find_cycle(key, versions, path, done)
        if trail is not None:
            indicator = versions[trail[0]][-1]
            yield _problem(indicator, "figures.cycle", f"指标互相引用成了环：{' → '.join(trail)}", "请去掉其中一个引用")


def _find_cycle(key: str, versions: Versions, path: list[str], done: set[str]) -> list[str] | None:
    if key in path:
        return [*path[path.index(key) :], key]
    if key in done or not versions.get(key):
        return None
    path.append(key)
    for version in versions[key]:
        for each in version.inputs:
            found = _find_cycle(each, versions, path, done)
            if found is not None:
                done.update(path)
                return found
    path.pop()
    done.add(key)
    return None
