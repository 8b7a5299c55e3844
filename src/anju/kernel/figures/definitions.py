"""One entry of an indicators file becomes its versions; everything wrong with it is said at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from anju.kernel.declarations.reading import YamlText
from anju.kernel.errors import Problem
from anju.kernel.figures.facts import Fact
from anju.kernel.figures.indicators import BASIC, EXTREMES, KINDS, QUOTIENTS, Indicator
from anju.kernel.figures.timing import read_rank, read_scope_changes, read_time
from anju.kernel.figures.where import read_where
from anju.kernel.quantities.rounding import MODES
from anju.kernel.quantities.units import DATE, Unit, find_unit

KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", re.ASCII)
TIMES = ("by", "stock", "cumulative")
FIELDS = frozenset(
    "name unit show round rounding growth_round fact where owner source meaning version from to versions rank better scope_change of_which recorded_from".split()  # noqa: E501, SIM905
) | set(KINDS) | set(TIMES)  # fmt: skip
MAX_PLACES = 6


@dataclass(slots=True)
class Entry:
    """One version being read: its own fields laid over those of the key, the place of each, and what is wrong so far."""

    key: str
    slice: str
    source: YamlText
    fields: dict[str, Any]
    paths: dict[str, tuple[str | int, ...]]
    facts: Mapping[str, Fact]
    problems: list[Problem] = field(default_factory=list)

    def complain(self, code: str, path: tuple[str | int, ...], what: str, advice: str) -> None:
        """Note a problem at an entry of the file. `path` begins with a field name or is complete."""
        complete = (*self.paths.get(str(path[0]), (self.key, path[0])), *path[1:]) if path and path[0] != self.key else path
        stop = "" if advice.endswith("。") or not advice else "。"
        self.problems.append(Problem(code, self.source.where(*(complete or (self.key,))), f"{self.key}：{what}。", advice + stop))

    def text(self, name: str, *, required: bool = True) -> str:
        """A text field; a missing or blank one is a problem when required."""
        value = self.fields.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is not None and not isinstance(value, str):
            self.complain("figures.bad_field", (name,), f"“{name}”应是文字", "请加引号")
        elif required:
            self.complain("figures.missing_field", (name,), f"缺少“{name}”", "每个指标都要写明name、unit、source和meaning，保留几位写round")
        return ""

    def number(self, name: str, default: int, low: int = 0, high: int = MAX_PLACES) -> int:
        """A whole number within limits."""
        value = self.fields.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.complain("figures.bad_field", (name,), f"“{name}”应是{low}到{high}的整数", "")
            return default
        return value

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> Any:
        """One of some words."""
        value = self.fields.get(name, default)
        if value not in allowed:
            self.complain("figures.bad_field", (name,), f"“{name}”不能是“{value}”", f"可用的：{'、'.join(allowed)}")
            return default
        return value

    def day(self, name: str, default: date) -> date:
        """A date."""
        value = self.fields.get(name, default)
        if not isinstance(value, date):
            self.complain("figures.bad_field", (name,), f"“{name}”应是日期", "例如2023-01-01")
            return default
        return value

    def unit(self, name: str) -> Unit | None:
        """A unit by name."""
        written = self.fields.get(name)
        found = find_unit(written) if isinstance(written, str) else None
        if written is not None and found is None:
            self.complain("quantities.unknown_unit", (name,), f"不认识的计量单位“{written}”", "例如元、万元、㎡、套、户、%；%要加引号")
        return found


def read_entry(key: str, source: YamlText, facts: Mapping[str, Fact], slice_name: str) -> tuple[list[Indicator], list[Problem]]:
    """All versions of one key; one that is wrong is left out and its problems are returned."""
    written = source.data[key]
    place = source.where(key)
    if KEY.fullmatch(key) is None:
        return [], [Problem("figures.bad_key", place, f"“{key}”不是指标的键。", "请用小写英文和点，例如market.new_homes.sold_units。")]
    if not isinstance(written, dict):
        return [], [Problem("figures.bad_field", place, f"{key}：下面应是“名: 值”。", "请参照其他指标。")]
    versions = written.get("versions", [{}])
    if not isinstance(versions, list) or not versions or not all(isinstance(each, dict) for each in versions):
        return [], [
            Problem("figures.bad_field", source.where(key, "versions"), f"{key}：versions应是一列版本。", "每个版本写version和from。")
        ]
    indicators, problems = [], []
    for position, own in enumerate(versions):
        paths: dict[str, tuple[str | int, ...]] = {name: (key, name) for name in written}
        paths |= {name: (key, "versions", position, name) for name in own}
        fields = {name: value for name, value in {**written, **own}.items() if name != "versions"}
        if any(kind in own for kind in KINDS):
            fields = {name: value for name, value in fields.items() if name not in KINDS or name in own}
        entry = Entry(key, slice_name, source, fields, paths, facts)
        indicator = _indicator(entry)
        problems.extend(entry.problems)
        if not entry.problems and indicator is not None:
            indicators.append(indicator)
    return _following(indicators), list(dict.fromkeys(problems))


def _following(versions: list[Indicator]) -> list[Indicator]:
    """A version without `to` ends the day before the next one begins."""
    ordered = sorted(versions, key=lambda each: each.valid_from)
    for position, following in enumerate(ordered[1:]):
        if ordered[position].valid_to == date.max and ordered[position].valid_from < following.valid_from:
            ordered[position] = replace(ordered[position], valid_to=following.valid_from - timedelta(days=1))
    return ordered


def _indicator(entry: Entry) -> Indicator | None:
    for name in sorted(set(entry.fields) - FIELDS):
        entry.complain("figures.unknown_field", (name,), f"不认识的字段“{name}”", f"可用的：{'、'.join(sorted(FIELDS))}")
    kinds = [kind for kind in KINDS if kind in entry.fields]
    if len(kinds) != 1:
        what = "没有写怎么算" if not kinds else f"同时写了{'、'.join(kinds)}"
        entry.complain("figures.one_kind", (kinds[-1],) if kinds else (entry.key,), what, f"从{'、'.join(KINDS)}中写且只写一种")
    unit = entry.unit("unit")
    if "unit" not in entry.fields:
        entry.complain("figures.missing_field", (entry.key,), "缺少“unit”", "请写计量单位")
    show_by_size = entry.fields.get("show") == "auto"
    show = None if show_by_size else entry.unit("show") if "show" in entry.fields else unit
    if unit is not None and show is not None and unit.dimension != show.dimension:
        entry.complain("quantities.unit_mismatch", ("show",), f"“{unit.name}”不能显示成“{show.name}”", "请改为同一类量的单位")
    kind = kinds[0] if len(kinds) == 1 else "count"
    if (
        "round" not in entry.fields
        and kind not in ("count", "distinct")
        and not (kind in ("sum", "sum_of", *EXTREMES) and _counts_things(unit))
    ):
        entry.complain("figures.missing_field", (entry.key,), "缺少“round”", "请写按显示单位保留几位小数")
    shape = _basic(entry, kind, unit) if kind in BASIC else _derived(entry, kind)
    indicator_fields: dict[str, Any] = dict(
        key=entry.key, slice=entry.slice, kind=kind, unit=unit, show=show, name=entry.text("name"), meaning=entry.text("meaning"),
        source=entry.text("source"), owner=entry.text("owner", required=False) or entry.slice, where_place=entry.source.where(entry.key),
        round=entry.number("round", 0), rounding=entry.choice("rounding", MODES, "half_up"), growth_round=entry.number("growth_round", 2),
        better=entry.choice("better", ("up", "down", "none"), "none"), version=entry.number("version", 1, 1, 999),
        valid_from=entry.day("from", date.min), valid_to=entry.day("to", date.max),
        of_which=entry.text("of_which", required=False) or None, ranked="rank" in entry.fields,
        recorded_from=entry.day("recorded_from", date.min) if "recorded_from" in entry.fields else None,
        rank=read_rank(entry), scope_changes=read_scope_changes(entry), **shape,
    )  # fmt: skip
    return Indicator(**indicator_fields) if unit is not None else None


def _counts_things(unit: Unit | None) -> bool:
    return unit is not None and unit.dimension == unit.name


def _basic(entry: Entry, kind: str, unit: Unit | None) -> dict[str, Any]:
    name = entry.text("fact")
    fact = entry.facts.get(name)
    if fact is None:
        if name:
            entry.complain("figures.unknown_fact", ("fact",), f"没有名为“{name}”的事实", "请检查台账名称是否写对")
        return {}
    column = entry.fields.get(kind)
    if kind == "count":
        if column not in ("rows", None):
            entry.complain("figures.bad_field", ("count",), "count只能写rows", "按某列去重请写distinct")
        column = None
    elif column not in fact.columns:
        entry.complain("figures.unknown_column", (kind,), f"“{fact.title}”没有“{column}”这一列", f"可用的列：{'、'.join(fact.columns)}")
        column = None
    elif kind == "sum" or kind in EXTREMES:
        _check_number(entry, fact, kind, str(column), unit)
    condition = read_where(entry.fields["where"], fact, ("where",), entry.complain) if "where" in entry.fields else ("all", ())
    return {"fact": fact.name, "column": column, "where": condition, "time": read_time(entry, fact)}


def _check_number(entry: Entry, fact: Fact, kind: str, name: str, unit: Unit | None) -> None:
    column = fact.columns[name]
    if column.kind == "date" and kind in EXTREMES:
        if unit is not None and unit.dimension != DATE:
            entry.complain("quantities.unit_mismatch", ("unit",), f"“{column.label}”是日期，指标的单位是{unit.name}", "请写unit: 日期")
        return
    if column.kind != "int64":
        entry.complain("figures.not_a_number", (kind,), f"“{column.label}”不是数，不能合计", "请换一列，或改用count、distinct")
        return
    of_column = find_unit(column.unit) if column.unit else None
    if unit is not None and of_column is not None and unit.dimension != of_column.dimension:
        what = f"“{column.label}”的单位是{column.unit}，指标的单位是{unit.name}，不是同一类量"
        entry.complain("quantities.unit_mismatch", ("unit",), what, "请改指标的unit，或换一列")
    elif unit is not None and of_column is None and not _counts_things(unit):
        entry.complain(
            "quantities.unit_mismatch", ("unit",), f"“{column.label}”没有计量单位，不能当作{unit.name}", "请在台账的字段上写unit"
        )


def _derived(entry: Entry, kind: str) -> dict[str, Any]:
    for name in ("fact", "where", *TIMES):
        if name in entry.fields:
            entry.complain("figures.unknown_field", (name,), f"由其他指标算出的指标不能再写“{name}”", "请写在它所用的指标上")
    written = entry.fields[kind]
    if kind == "sum_of":
        if not isinstance(written, list) or len(written) < 2 or not all(isinstance(each, str) for each in written):
            entry.complain("figures.bad_field", (kind,), "sum_of后面应是至少两个指标的键", "例如sum_of: [a.b, a.c]")
            return {}
        if len(set(written)) != len(written):
            entry.complain("figures.bad_field", (kind,), "同一个指标加了两次", "请删去其中一个")
        return {"parts": tuple(written)}
    assert kind in QUOTIENTS
    below = "target" if kind == "completion" else "over"
    allowed = {"of", below, "inverse"} if kind == "completion" else {"of", below}
    if not isinstance(written, dict) or not {"of", below} <= set(written) <= allowed:
        entry.complain("figures.bad_field", (kind,), f"{kind}应写of和{below}两个指标", f"例如{kind}: {{of: a.b, {below}: a.c}}")
        return {}
    return {"of": str(written["of"]), "over": str(written[below]), "inverse": written.get("inverse") is True}
