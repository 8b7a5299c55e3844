"""Compute the figures of a report again, each on the snapshot it was frozen on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.figures import snapshots
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.evidence import evidence_of_all
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.periods import Period
from anju.kernel.figures.planning import Request
from anju.kernel.figures.references import parse_name
from anju.kernel.reports.built import PlacedFigure

REGION = "region"


def request_of(figure: PlacedFigure) -> Request:
    """The question a placed figure answered; its period is already the part of the report's it names."""
    name = parse_name(figure.reference)
    filters = tuple((column, value) for column, value in name.filters if column != REGION)
    return Request(figure.key, Period.parse(figure.period), figure.region, figure.bureau_id, filters, name.measure)


def recomputed(figures: Sequence[PlacedFigure], *, by: Actor, trusted: bool, notes: list[str]) -> Iterator[tuple[PlacedFigure, str]]:
    """The figures that come out differently, with what differs in words. What cannot be computed any more is said in `notes`.

    `trusted`: what the figures say is what was computed then, so that a difference has its cause here and not in the file.
    """
    by_snapshot: dict[str, list[PlacedFigure]] = {}
    for figure in figures:
        by_snapshot.setdefault(figure.snapshot, []).append(figure)
    for number, members in by_snapshot.items():
        try:
            snapshot = snapshots.get(int(number))
        except (AnjuError, ValueError):
            notes.append(f"第{number}号快照已不在（草稿的快照会被清理），这些数字没有重新计算。")
            continue
        yield from _on(snapshot, members, by, trusted)


def _on(snapshot: Snapshot, figures: Sequence[PlacedFigure], by: Actor, trusted: bool) -> Iterator[tuple[PlacedFigure, str]]:
    engine = DuckDBEngine(snapshot)
    requests = [request_of(figure) for figure in figures]
    again_figures = evaluate(requests, by=by, snapshot=snapshot, engine=engine)
    for figure, again, rows in zip(figures, again_figures, evidence_of_all(requests, by=by, engine=engine), strict=True):
        if str(again.version) != figure.version:
            yield figure, f"指标定义已是第{again.version}版，定稿时是第{figure.version}版"
        elif (again.exact() or "") != figure.value or again.unit != figure.unit:
            yield (
                figure,
                f"按快照重新计算得{again.text}（精确值{again.exact() or '无'}），与所记的{figure.value or '无'}不同{_why(figure, trusted)}",
            )
        elif (rows.digest, rows.count) != (figure.digest, figure.rows):
            yield figure, f"依据的记录不同：按快照现取{rows.count}行，所记{figure.rows}行{_why(figure, trusted)}"


def _why(figure: PlacedFigure, trusted: bool) -> str:
    # Every file of the snapshot was compared with its digest before it was read: the records are those of then. A rank rests on the
    # table of regions too.
    if not trusted or figure.measure == "rank":
        return ""
    return f"；快照里的记录没有变，指标仍标第{figure.version}版，可见指标的定义在这之后改过而没有升版"
