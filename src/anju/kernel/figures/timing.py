"""The fields of an indicator that speak of time and of other regions: by, stock, cumulative, rank, scope_change."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from anju.kernel.figures.facts import Fact
from anju.kernel.figures.indicators import RankRule, ScopeChange, Time

if TYPE_CHECKING:
    from anju.kernel.figures.definitions import Entry


def read_time(entry: Entry, fact: Fact) -> Time | None:
    """Exactly one of by, stock and cumulative, over date columns of the fact."""
    named = [name for name in ("by", "stock", "cumulative") if name in entry.fields]
    if len(named) != 1:
        what = "没有写按哪个日期" if not named else f"同时写了{'、'.join(named)}"
        entry.complain("figures.one_time", (named[-1],) if named else (entry.key,), what, "从by、stock、cumulative中写且只写一种")
        return None
    kind, written = named[0], entry.fields[named[0]]
    if kind == "by":
        column = _date_column(entry, fact, ("by",), written)
        return Time("flow", column) if column else None
    if kind == "stock":
        if not _has_only(entry, "stock", written, {"from"}, {"to"}):
            return None
        begin = _date_column(entry, fact, ("stock", "from"), written["from"])
        end = _date_column(entry, fact, ("stock", "to"), written["to"]) if "to" in written else None
        return Time("stock", begin, end) if begin and end != "" else None
    if not _has_only(entry, "cumulative", written, {"by"}, {"since"}):
        return None
    column = _date_column(entry, fact, ("cumulative", "by"), written["by"])
    since = written.get("since", "beginning")
    if since not in ("beginning", "year_start") and not isinstance(since, date):
        entry.complain("figures.bad_field", ("cumulative", "since"), f"since不能是“{since}”", "可用的：beginning、year_start或日期")
        return None
    return Time("cumulative", column, since=since) if column else None


def _has_only(entry: Entry, name: str, written: Any, required: set[str], optional: set[str]) -> bool:
    if isinstance(written, dict) and required <= set(written) <= required | optional:
        return True
    entry.complain("figures.bad_field", (name,), f"{name}下面应写{'、'.join(sorted(required))}", f"还可以写{'、'.join(sorted(optional))}")
    return False


def _date_column(entry: Entry, fact: Fact, path: tuple[str, ...], name: Any) -> str:
    column = fact.columns.get(name) if isinstance(name, str) else None
    if column is None:
        dates = [each.name for each in fact.columns.values() if each.kind == "date"]
        entry.complain("figures.unknown_column", path, f"“{fact.title}”没有“{name}”这一列", f"日期列有：{'、'.join(dates)}")
        return ""
    if column.kind != "date":
        entry.complain("figures.not_a_date", path, f"“{column.label}”不是日期", "请换成日期列")
        return ""
    return column.name


def read_rank(entry: Entry) -> RankRule:
    """`rank: {among: sibling_regions, order: desc, ties: competition}`; by default higher is better unless `better: down`."""
    default = "asc" if entry.fields.get("better") == "down" else "desc"
    written = entry.fields.get("rank", {})
    if not isinstance(written, dict) or not set(written) <= {"among", "order", "ties"}:
        entry.complain("figures.bad_field", ("rank",), "rank下面应写among、order、ties", "例如rank: {among: sibling_regions, order: desc}")
        return RankRule()
    given = {
        "among": (written.get("among", "sibling_regions"), ("sibling_regions",)),
        "order": (written.get("order", default), ("desc", "asc")),
        "ties": (written.get("ties", "competition"), ("competition", "dense")),
    }
    for name, (value, allowed) in given.items():
        if value not in allowed:
            entry.complain("figures.bad_field", ("rank", name), f"{name}不能是“{value}”", f"可用的：{'、'.join(allowed)}")
            return RankRule()
    return RankRule(order=given["order"][0], ties=given["ties"][0])


def read_scope_changes(entry: Entry) -> tuple[ScopeChange, ...]:
    """`scope_change: [{on: 2023-01-01, note: 并入示例镇, comparable: false}]`, in date order."""
    written = entry.fields.get("scope_change", [])
    found = []
    for position, each in enumerate(written if isinstance(written, list) else [written]):
        path = ("scope_change", position) if isinstance(written, list) else ("scope_change",)
        fits = isinstance(each, dict) and {"on", "note"} <= set(each) <= {"on", "note", "comparable"}
        if not fits or not isinstance(each["on"], date) or not isinstance(each.get("comparable", False), bool):
            entry.complain("figures.bad_field", path, "口径调整应写on（日期）和note", "还可以写comparable: true（按新口径重算上年）")
            continue
        found.append(ScopeChange(each["on"], str(each["note"]), each.get("comparable", False)))
    return tuple(sorted(found, key=lambda change: change.on))
