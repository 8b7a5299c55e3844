"""Figures and evidence for the command line and the API: asked by reference, answered as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table

from anju.kernel.access.actor import Actor
from anju.kernel.figures import evidence as evidence_room
from anju.kernel.figures import snapshots
from anju.kernel.figures.catalogue import all_indicators
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.evidence import Evidence
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.periods import Period
from anju.kernel.figures.planning import Request
from anju.kernel.figures.references import parse_name
from anju.kernel.orgs.models import Bureau

SHOWN_ROWS = 50


def request_of(reference: str, *, period: str, bureau: Bureau) -> Request:
    """The request a reference such as `market.new_homes.amount@Q1#yoy` makes for a bureau's region. Raises AnjuError for a bad one."""
    name = parse_name(reference)
    return Request(name.key, name.period_in(Period.parse(period)), bureau.region_id, None, name.filters, name.measure)


def compute(
    *, references: Sequence[str], period: str, bureau: Bureau, by: Actor, template: str | None = None
) -> tuple[list[Figure], Snapshot]:
    """Figures by reference, of a report template, or (with neither) every indicator; all on one fresh snapshot."""
    snapshot = snapshots.refresh()
    wanted = list(references)
    if template is not None:
        wanted += _of_template(template, period, bureau, by, snapshot)
    if not wanted:
        wanted = list(all_indicators())
    requests = [request_of(reference, period=period, bureau=bureau) for reference in dict.fromkeys(wanted)]
    return evaluate(requests, by=by, snapshot=snapshot), snapshot


def _of_template(template: str, period: str, bureau: Bureau, by: Actor, snapshot: Snapshot) -> list[str]:
    from anju.kernel.reports.building import build

    built = build(template, Period.parse(period), by=by, bureau=bureau, snapshot=snapshot)
    asked = Period.parse(period)
    return [_within(asked, figure.reference, figure.period) for figure in built.figures]


def _within(asked: Period, reference: str, code: str) -> str:
    if "@" in reference or code == asked.code:
        return reference
    key, mark, measure = reference.partition("#")
    return f"{key}@{code.removeprefix(str(asked.start.year))}{mark}{measure}"


def as_json(figures: Sequence[Figure], *, by: Actor, snapshot: Snapshot) -> list[dict[str, Any]]:
    """Figures as data. `value` is the exact value in `unit` as a string; `rows` and `digest` are those of its evidence."""
    requests = [Request(figure.key, figure.period, figure.region, figure.bureau_id, figure.filters, figure.measure) for figure in figures]
    proofs = evidence_room.evidence_of_all(requests, by=by, snapshot=snapshot)
    return [_one_as_json(figure, proof) for figure, proof in zip(figures, proofs, strict=True)]


def _one_as_json(figure: Figure, proof: Evidence) -> dict[str, Any]:
    return {
        "key": figure.reference,
        "name": figure.name,
        "value": figure.exact(),
        "unit": figure.unit,
        "shown": None if figure.shown is None else str(figure.shown),
        "show_unit": figure.show_unit,
        "text": figure.text,
        "missing": figure.missing,
        "period": figure.period.code,
        "region": figure.region,
        "as_of": figure.as_of.isoformat(),
        "rows": proof.count,
        "digest": proof.digest,
        "version": figure.version,
        "snapshot": figure.snapshot,
        "formula": figure.formula,
        "notes": list(figure.notes),
    }


def evidence_json(found: Evidence) -> dict[str, Any]:
    """Evidence as data; parts nest."""
    return {
        "key": found.reference,
        "name": found.name,
        "period": found.period.code,
        "rows": found.count,
        "digest": found.digest,
        "columns": [{"name": column.name, "label": column.label, "unit": column.unit} for column in found.columns],
        "records": [
            {
                "record": f"{row.record_table}:{row.record_id}",
                "cells": dict(zip((column.name for column in found.columns), row.cells, strict=True)),
                "contributed": row.contributed,
            }
            for row in (found.rows if found.fact is not None else ())
        ],
        "parts": [evidence_json(part) for part in found.parts],
    }


def evidence_tables(found: Evidence) -> list[Table]:
    """Each counted part as a table of its first rows."""
    tables = []
    for part in found.tables():
        title = f"{part.name}（{part.period.label}）共{part.count:,}行  SM3 {part.digest}"
        table = Table("记录", *(column.label for column in part.columns), title=title, title_justify="left", header_style="bold")
        for row in part.rows[:SHOWN_ROWS]:
            table.add_row(f"{row.record_table}:{row.record_id}", *row.cells)
        if part.count > min(len(part.rows), SHOWN_ROWS):
            table.caption = f"只列出前{min(len(part.rows), SHOWN_ROWS)}行；用 --format xlsx 导出全部"
        tables.append(table)
    return tables
